// SPDX-License-Identifier: Apache-2.0
// The writer of PROV-JSON: statements by kind and identifier, sorted. Those
// that share an identifier are an array, and so are values of one attribute.
#include "convert/prov/json_writer.h"
#include "rdf/names.h"

/// A value with its type or language.
static void
write_typed(CrateProvJsonWriter *w,
            CrateText value,
            CrateTerm type,
            CrateText language)
{
  crate_buffer_add_string(w->buffer, "{\"$\": ");
  crate_json_write_string(w->buffer, value);
  crate_buffer_add_string(w->buffer,
                          language.size ? ", \"lang\": " : ", \"type\": ");
  if (language.size) {
    crate_json_write_string(w->buffer, language);
  } else {
    crate_prov_json_write_name(w, type);
  }
  crate_buffer_add_byte(w->buffer, '}');
}

/// Whether JSON writes an integer like this.
static bool
is_number(CrateText text)
{
  CrateTerm kind;
  const size_t sign = text.size && text.data[0] == '-';
  return text.size > sign && text.data[0] != '+' &&
         (text.data[sign] != '0' || text.size == 1) &&
         crate_name_number_span(text, &kind) == text.size &&
         kind == CRATE_XSD_INTEGER;
}

static void
write_value(CrateProvJsonWriter *w, CrateTerm term)
{
  const CrateTermInfo info = crate_terms_info(w->terms, term);
  if (info.kind != CRATE_TERM_LITERAL) {
    crate_buffer_add_string(w->buffer, "{\"$\": ");
    crate_prov_json_write_name(w, term);
    crate_buffer_add_string(w->buffer, ", \"type\": \"prov:QUALIFIED_NAME\"}");
  } else if (info.datatype == CRATE_XSD_STRING) {
    crate_json_write_string(w->buffer, info.text);
  } else if (info.datatype == w->integer && is_number(info.text)) {
    crate_buffer_add(w->buffer, info.text);
  } else {
    write_typed(w, info.text, info.datatype, info.language);
  }
}

/// Values [i, end) of one attribute.
static void
write_values(CrateProvJsonWriter *w, size_t i, size_t end)
{
  const CrateProvAttribute *const all = w->naming.document->attributes;
  if (end - i == 1) {
    write_value(w, all[i].value);
    return;
  }
  crate_prov_json_open(w, '[');
  for (const char *before = ""; i < end; ++i, before = ",") {
    crate_prov_json_line(w, before);
    write_value(w, all[i].value);
  }
  crate_prov_json_close(w, ']');
}

static void
write_argument(CrateProvJsonWriter *w,
               const CrateProvArgument *argument,
               CrateTerm term)
{
  crate_buffer_print(w->buffer, "\"prov:%s\": ", argument->key);
  if (argument->role == CRATE_PROV_IS_TIME) {
    crate_json_write_string(w->buffer, crate_terms_info(w->terms, term).text);
  } else {
    crate_prov_json_write_name(w, term);
  }
}

static void
write_record(CrateProvJsonWriter *w, const CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  const CrateProvAttribute *const all = w->naming.document->attributes;
  const size_t end = record->first + record->count;
  const char *before = "";
  crate_prov_json_open(w, '{');
  for (unsigned i = 0; i < info->count; ++i) {
    if (record->arguments[i]) {
      crate_prov_json_line(w, before);
      write_argument(w, &info->arguments[i], record->arguments[i]);
      before = ",";
    }
  }
  for (size_t i = record->first, next; i < end; i = next, before = ",") {
    for (next = i + 1; next < end && all[next].name == all[i].name; ++next) {
    }
    crate_prov_json_line(w, before);
    crate_prov_json_write_name(w, all[i].name);
    crate_buffer_add_string(w->buffer, ": ");
    write_values(w, i, next);
  }
  if (*before) {
    crate_prov_json_close(w, '}');
  } else {
    --w->level;
    crate_buffer_add_byte(w->buffer, '}');
  }
  crate_buffer_drain(w->buffer);
}

/// Statements [i, end) of one identifier.
static void
write_identified(CrateProvJsonWriter *w, size_t i, size_t end)
{
  const CrateProvRecord *const all = w->naming.document->records;
  if (all[i].id) {
    crate_prov_json_write_name(w, all[i].id);
  } else {
    crate_buffer_print(w->buffer, "\"_:id%zu\"", ++w->labels);
  }
  crate_buffer_add_string(w->buffer, ": ");
  if (end - i == 1) {
    write_record(w, &all[i]);
    return;
  }
  crate_prov_json_open(w, '[');
  for (const char *before = ""; i < end; ++i, before = ",") {
    crate_prov_json_line(w, before);
    write_record(w, &all[i]);
  }
  crate_prov_json_close(w, ']');
}

/// Statements [i, end) of one kind.
static void
write_kind(CrateProvJsonWriter *w, size_t i, size_t end)
{
  const CrateProvRecord *const all = w->naming.document->records;
  crate_buffer_print(w->buffer, "\"%s\": ", crate_prov_kind(all[i].kind)->name);
  crate_prov_json_open(w, '{');
  const char *before = "";
  for (size_t next; i < end; i = next, before = ",") {
    next = i + 1;
    while (all[i].id && next < end && all[next].id == all[i].id) {
      ++next;
    }
    crate_prov_json_line(w, before);
    write_identified(w, i, next);
  }
  crate_prov_json_close(w, '}');
}

/// Statements of one bundle from the i-th on; where the next one's begin.
static size_t
write_bundle(CrateProvJsonWriter *w, size_t i, const char *before)
{
  const CrateProv *const document = w->naming.document;
  const CrateProvRecord *const all = document->records;
  const CrateTerm bundle = i < document->count ? all[i].bundle : 0;
  for (size_t next; i < document->count && all[i].bundle == bundle; i = next) {
    next = i + 1;
    while (next < document->count && all[next].bundle == bundle &&
           all[next].kind == all[i].kind) {
      ++next;
    }
    if (all[i].kind != CRATE_PROV_EMPTY) {
      crate_prov_json_line(w, before);
      write_kind(w, i, next);
      before = ",";
    }
  }
  return i;
}

static void
write_bundles(CrateProvJsonWriter *w, size_t i, const char *before)
{
  const CrateProv *const document = w->naming.document;
  crate_prov_json_line(w, before);
  crate_buffer_add_string(w->buffer, "\"bundle\": ");
  crate_prov_json_open(w, '{');
  for (before = ""; i < document->count; before = ",") {
    crate_prov_json_line(w, before);
    crate_prov_json_write_name(w, document->records[i].bundle);
    crate_buffer_add_string(w->buffer, ": ");
    crate_prov_json_open(w, '{');
    i = write_bundle(w, i, "");
    crate_prov_json_close(w, '}');
  }
  crate_prov_json_close(w, '}');
}

static void
write_prefixes(CrateProvJsonWriter *w,
               const CratePrefix *prefixes,
               size_t count)
{
  crate_prov_json_line(w, "");
  crate_buffer_add_string(w->buffer, "\"prefix\": ");
  crate_prov_json_open(w, '{');
  for (size_t i = 0; i < count; ++i) {
    crate_prov_json_line(w, i ? "," : "");
    crate_json_write_string(w->buffer, prefixes[i].prefix);
    crate_buffer_add_string(w->buffer, ": ");
    crate_json_write_string(w->buffer, prefixes[i].iri);
  }
  crate_prov_json_close(w, '}');
}

static CrateStatus
write_document(CrateProvJsonWriter *w)
{
  const CrateProv *const document = w->naming.document;
  CratePrefix *prefixes;
  size_t count;
  CRATE_TRY(crate_prov_naming_prefixes(&w->naming, &prefixes, &count));
  crate_prov_json_open(w, '{');
  write_prefixes(w, prefixes, count);
  size_t i = 0;
  if (document->count && !document->records[0].bundle) {
    i = write_bundle(w, 0, ",");
  }
  if (i < document->count) {
    write_bundles(w, i, ",");
  }
  crate_prov_json_close(w, '}');
  crate_buffer_add_byte(w->buffer, '\n');
  CRATE_TRY(crate_buffer_status(&w->name));
  return crate_buffer_status(w->buffer);
}

CrateStatus
crate_prov_json_write(CrateProv *document, CrateText name, CrateBuffer *buffer)
{
  (void)name; // there is nothing that it cannot say
  CrateProvJsonWriter w;
  CrateStatus status = crate_prov_json_writer_init(&w, document, buffer);
  status = status ? status : write_document(&w);
  crate_prov_json_writer_clear(&w);
  return status;
}
