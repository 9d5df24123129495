// SPDX-License-Identifier: Apache-2.0
// The writer of PROV-XML: statements in order, in the sequence of the schema's
// elements: arguments, attributes of PROV, those of others.
#include "convert/prov/naming.h"
#include "rdf/xml_text.h"
#include "xml/xml.h"

#define XSD_SCHEMA "http://www.w3.org/2001/XMLSchema"

typedef struct Writer {
  CrateProvNaming naming;
  const CrateTerms *terms;
  CrateText name; ///< Of the document.
  CrateBuffer *buffer;
} Writer;

static CrateStatus
refuse(const Writer *w, CrateText what, const char *why)
{
  const CrateDiagnostic place = {.file = w->name,
                                 .code = CRATE_TEXT("no-prov-xml")};
  return crate_world_say(w->naming.document->world, CRATE_UNSUPPORTED, &place,
                         "\"%.*s\" %s", CRATE_TEXT_ARG(what), why);
}

static void
write_name(const Writer *w, CrateTerm term)
{
  CrateText prefix, local;
  if (crate_terms_kind(w->terms, term) == CRATE_TERM_BLANK) {
    crate_buffer_print(w->buffer, "blank:b%u", w->naming.uses[term].rank);
    return;
  }
  crate_prov_naming_split(&w->naming, term, &prefix, &local);
  crate_buffer_add(w->buffer, prefix);
  crate_buffer_add_byte(w->buffer, ':');
  crate_buffer_add(w->buffer, local);
}

static CrateStatus
write_text(const Writer *w, CrateText text)
{
  if (crate_xml_character_span(text) < text.size) {
    return refuse(w, text, "holds a character that XML does not have");
  }
  crate_xml_write_text(w->buffer, text);
  return CRATE_OK;
}

static void
write_argument(const Writer *w,
               const CrateProvArgument *argument,
               CrateTerm term,
               const char *indent)
{
  crate_buffer_print(w->buffer, "%s  <prov:%s", indent, argument->key);
  if (argument->role == CRATE_PROV_IS_TIME) {
    crate_buffer_add_byte(w->buffer, '>');
    crate_buffer_add(w->buffer, crate_terms_info(w->terms, term).text);
    crate_buffer_print(w->buffer, "</prov:%s>\n", argument->key);
  } else {
    crate_buffer_add_string(w->buffer, " prov:ref=\"");
    write_name(w, term);
    crate_buffer_add_string(w->buffer, "\"/>\n");
  }
}

/// The type or the language of a value, as attributes.
static void
write_type(const Writer *w, const CrateTermInfo *info)
{
  if (info->language.size) {
    crate_buffer_add_string(w->buffer, " xml:lang=\"");
    crate_buffer_add(w->buffer, info->language);
    crate_buffer_add_byte(w->buffer, '"');
  } else if (info->datatype != CRATE_XSD_STRING) {
    crate_buffer_add_string(w->buffer, " xsi:type=\"");
    write_name(w, info->datatype);
    crate_buffer_add_byte(w->buffer, '"');
  }
}

static CrateStatus
write_attribute(const Writer *w,
                const CrateProvAttribute *attribute,
                const char *indent)
{
  const CrateTermInfo info = crate_terms_info(w->terms, attribute->value);
  CrateText prefix, local;
  crate_prov_naming_split(&w->naming, attribute->name, &prefix, &local);
  if (crate_xml_name_span(local) < local.size || !local.size) {
    return refuse(w, crate_terms_info(w->terms, attribute->name).text,
                  "ends in no name of an XML element");
  }
  crate_buffer_print(w->buffer, "%s  <", indent);
  write_name(w, attribute->name);
  if (info.kind == CRATE_TERM_LITERAL) {
    write_type(w, &info);
    crate_buffer_add_byte(w->buffer, '>');
    CRATE_TRY(write_text(w, info.text));
  } else {
    crate_buffer_add_string(w->buffer, " xsi:type=\"xsd:QName\">");
    write_name(w, attribute->value);
  }
  crate_buffer_add_string(w->buffer, "</");
  write_name(w, attribute->name);
  crate_buffer_add_string(w->buffer, ">\n");
  return CRATE_OK;
}

/// Attributes that are PROV's own, or those that are not.
static CrateStatus
write_attributes(const Writer *w,
                 const CrateProvRecord *record,
                 bool own,
                 const char *indent)
{
  const CrateText prov = CRATE_TEXT(CRATE_PROV_NAMESPACE);
  for (size_t i = record->first; i < record->first + record->count; ++i) {
    const CrateProvAttribute *const a = &w->naming.document->attributes[i];
    if (crate_text_starts(crate_terms_info(w->terms, a->name).text, prov) ==
        own) {
      CRATE_TRY(write_attribute(w, a, indent));
    }
  }
  return CRATE_OK;
}

static CrateStatus
write_record(const Writer *w, const CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  const char *const indent = record->bundle ? "    " : "  ";
  bool empty = !record->count;
  crate_buffer_print(w->buffer, "%s<prov:%s", indent, info->name);
  if (record->id) {
    crate_buffer_add_string(w->buffer, " prov:id=\"");
    write_name(w, record->id);
    crate_buffer_add_byte(w->buffer, '"');
  }
  for (unsigned i = 0; i < info->count; ++i) {
    empty &= !record->arguments[i];
  }
  crate_buffer_add_string(w->buffer, empty ? "/>\n" : ">\n");
  if (empty) {
    return CRATE_OK;
  }
  for (unsigned i = 0; i < info->count; ++i) {
    if (record->arguments[i]) {
      write_argument(w, &info->arguments[i], record->arguments[i], indent);
    }
  }
  CRATE_TRY(write_attributes(w, record, true, indent));
  CRATE_TRY(write_attributes(w, record, false, indent));
  crate_buffer_print(w->buffer, "%s</prov:%s>\n", indent, info->name);
  crate_buffer_drain(w->buffer);
  return CRATE_OK;
}

static CrateStatus
write_records(const Writer *w)
{
  const CrateProv *const document = w->naming.document;
  CrateTerm bundle = CRATE_NO_TERM;
  for (size_t i = 0; i < document->count; ++i) {
    const CrateProvRecord *const record = &document->records[i];
    if (record->bundle != bundle) {
      crate_buffer_add_string(w->buffer,
                              bundle ? "  </prov:bundleContent>\n" : "");
      crate_buffer_add_string(w->buffer, "  <prov:bundleContent prov:id=\"");
      write_name(w, record->bundle);
      crate_buffer_add_string(w->buffer, "\">\n");
      bundle = record->bundle;
    }
    CRATE_TRY(record->kind == CRATE_PROV_EMPTY ? CRATE_OK
                                               : write_record(w, record));
  }
  crate_buffer_add_string(w->buffer, bundle ? "  </prov:bundleContent>\n" : "");
  return CRATE_OK;
}

static CrateStatus
write_document(const Writer *w, const CratePrefix *prefixes, size_t count)
{
  crate_buffer_add_string(w->buffer,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<prov:document\n"
                          "    xmlns:prov=\"" CRATE_PROV_NAMESPACE "\"\n"
                          "    xmlns:xsd=\"" XSD_SCHEMA "\"\n"
                          "    xmlns:xsi=\"" CRATE_PROV_XSI "\"");
  for (size_t i = 0; i < count; ++i) {
    if (!crate_text_is(prefixes[i].prefix, "xsi") &&
        !crate_text_is(prefixes[i].prefix, "xml")) {
      crate_buffer_print(w->buffer, "\n    xmlns:%.*s=\"",
                         CRATE_TEXT_ARG(prefixes[i].prefix));
      crate_xml_write_text(w->buffer, prefixes[i].iri);
      crate_buffer_add_byte(w->buffer, '"');
    }
  }
  crate_buffer_add_string(w->buffer, ">\n");
  CRATE_TRY(write_records(w));
  crate_buffer_add_string(w->buffer, "</prov:document>\n");
  return crate_buffer_status(w->buffer);
}

CrateStatus
crate_prov_xml_write(CrateProv *document, CrateText name, CrateBuffer *buffer)
{
  Writer w = {.terms = document->terms, .name = name, .buffer = buffer};
  CratePrefix *prefixes;
  size_t count;
  CrateStatus status =
    crate_prov_naming_init(&w.naming, document, crate_prov_local_xml);
  status =
    status ? status : crate_prov_naming_prefixes(&w.naming, &prefixes, &count);
  status = status ? status : write_document(&w, prefixes, count);
  crate_prov_naming_clear(&w.naming);
  return status;
}
