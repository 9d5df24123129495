// SPDX-License-Identifier: Apache-2.0
// The writer of PROV-N: a statement a line, sorted.
#include "convert/prov/naming.h"
#include "convert/prov/notation.h"
#include "rdf/names.h"

typedef struct Writer {
  CrateProvNaming naming;
  const CrateTerms *terms;
  CrateBuffer *buffer;
  CrateTerm integer;
} Writer;

/// A local name with the escapes it needs. A '.' needs one at the end only,
/// a '-' at the start.
static void
write_local(CrateBuffer *buffer, CrateText local)
{
  for (size_t at = 0; at < local.size;) {
    uint32_t c = 0;
    const size_t size = crate_name_decode(local.data + at, &c);
    const bool dot = c == '.' && at && at + 1 < local.size;
    if (crate_notation_is_escaped(c) && !dot &&
        !crate_notation_is_plain(c, !at)) {
      crate_buffer_add_byte(buffer, '\\');
    }
    crate_buffer_add(buffer, crate_text_slice(local, at, at + size));
    at += size;
  }
}

static void
write_name(const Writer *w, CrateTerm term)
{
  if (crate_terms_kind(w->terms, term) == CRATE_TERM_BLANK) {
    crate_buffer_print(w->buffer, "blank:b%u", w->naming.uses[term].rank);
    return;
  }
  CrateText prefix, local;
  crate_prov_naming_split(&w->naming, term, &prefix, &local);
  crate_buffer_add(w->buffer, prefix);
  crate_buffer_add_byte(w->buffer, ':');
  write_local(w->buffer, local);
}

static void
write_string(CrateBuffer *buffer, CrateText text)
{
  static const char letters[] = "\"\\nrtbf";
  static const char meanings[] = "\"\\\n\r\t\b\f";
  crate_buffer_add_byte(buffer, '"');
  for (size_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    const char *const found = c ? strchr(meanings, c) : NULL;
    if (found) {
      crate_buffer_add_byte(buffer, '\\');
    }
    crate_buffer_add_byte(buffer, found ? letters[found - meanings] : c);
  }
  crate_buffer_add_byte(buffer, '"');
}

static bool
is_integer(CrateText text)
{
  CrateTerm kind;
  return text.size && text.data[0] != '+' &&
         crate_name_number_span(text, &kind) == text.size &&
         kind == CRATE_XSD_INTEGER;
}

static void
write_literal(const Writer *w, const CrateTermInfo *info)
{
  if (info->datatype == w->integer && is_integer(info->text)) {
    crate_buffer_add(w->buffer, info->text);
    return;
  }
  write_string(w->buffer, info->text);
  if (info->language.size) {
    crate_buffer_add_byte(w->buffer, '@');
    crate_buffer_add(w->buffer, info->language);
  } else if (info->datatype != CRATE_XSD_STRING) {
    crate_buffer_add_string(w->buffer, " %% ");
    write_name(w, info->datatype);
  }
}

static void
write_value(const Writer *w, CrateTerm term)
{
  const CrateTermInfo info = crate_terms_info(w->terms, term);
  if (info.kind == CRATE_TERM_LITERAL) {
    write_literal(w, &info);
    return;
  }
  crate_buffer_add_byte(w->buffer, '\'');
  write_name(w, term);
  crate_buffer_add_byte(w->buffer, '\'');
}

static void
write_attributes(const Writer *w, const CrateProvRecord *record)
{
  const CrateProvAttribute *const all = w->naming.document->attributes;
  for (size_t i = 0; i < record->count; ++i) {
    crate_buffer_add_string(w->buffer, i ? ", " : ", [");
    write_name(w, all[record->first + i].name);
    crate_buffer_add_byte(w->buffer, '=');
    write_value(w, all[record->first + i].value);
  }
  crate_buffer_add_string(w->buffer, record->count ? "]" : "");
}

/// Arguments that there must be by the grammar, all or none of the others.
static unsigned
written_arguments(const CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  unsigned needed = 0;
  bool more = false;
  for (unsigned i = 0; i < info->count; ++i) {
    needed += info->arguments[i].required;
    more |= !info->arguments[i].required && record->arguments[i];
  }
  return more ? info->count : needed;
}

static void
write_record(const Writer *w, const CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  const unsigned count = written_arguments(record);
  const bool thing = record->kind < CRATE_PROV_FIRST_RELATION;
  crate_buffer_print(w->buffer, "%s%s(", record->bundle ? "    " : "  ",
                     info->name);
  if (record->id) {
    write_name(w, record->id);
    crate_buffer_add_string(w->buffer, thing ? "" : "; ");
  }
  for (unsigned i = 0; i < count; ++i) {
    const CrateTerm argument = record->arguments[i];
    crate_buffer_add_string(w->buffer, i || thing ? ", " : "");
    if (!argument) {
      crate_buffer_add_byte(w->buffer, '-');
    } else if (info->arguments[i].role == CRATE_PROV_IS_TIME) {
      crate_buffer_add(w->buffer, crate_terms_info(w->terms, argument).text);
    } else {
      write_name(w, argument);
    }
  }
  write_attributes(w, record);
  crate_buffer_add_string(w->buffer, ")\n");
  crate_buffer_drain(w->buffer);
}

static void
write_records(const Writer *w)
{
  const CrateProv *const document = w->naming.document;
  CrateTerm bundle = CRATE_NO_TERM;
  for (size_t i = 0; i < document->count; ++i) {
    const CrateProvRecord *const record = &document->records[i];
    if (record->bundle != bundle) {
      crate_buffer_add_string(w->buffer, bundle ? "  endBundle\n" : "");
      crate_buffer_add_string(w->buffer, "\n  bundle ");
      write_name(w, record->bundle);
      crate_buffer_add_byte(w->buffer, '\n');
      bundle = record->bundle;
    }
    if (record->kind != CRATE_PROV_EMPTY) {
      write_record(w, record);
    }
  }
  crate_buffer_add_string(w->buffer, bundle ? "  endBundle\n" : "");
}

static CrateStatus
write_document(Writer *w)
{
  CratePrefix *prefixes;
  size_t count;
  CRATE_TRY(crate_prov_naming_prefixes(&w->naming, &prefixes, &count));
  crate_buffer_add_string(w->buffer, "document\n");
  for (size_t i = 0; i < count; ++i) {
    crate_buffer_add_string(w->buffer, "  prefix ");
    crate_buffer_add(w->buffer, prefixes[i].prefix);
    crate_buffer_add_string(w->buffer, " <");
    crate_buffer_add(w->buffer, prefixes[i].iri);
    crate_buffer_add_string(w->buffer, ">\n");
  }
  crate_buffer_add_string(w->buffer, count ? "\n" : "");
  write_records(w);
  crate_buffer_add_string(w->buffer, "endDocument\n");
  return crate_buffer_status(w->buffer);
}

CrateStatus
crate_provn_write(CrateProv *document, CrateText name, CrateBuffer *buffer)
{
  (void)name; // there is nothing that it cannot say
  Writer w = {.terms = document->terms,
              .buffer = buffer,
              .integer = crate_terms_find_iri(
                document->terms, CRATE_TEXT(CRATE_PROV_XSD "int"))};
  CrateStatus status =
    crate_prov_naming_init(&w.naming, document, crate_prov_local_notation);
  status = status ? status : write_document(&w);
  crate_prov_naming_clear(&w.naming);
  return status;
}
