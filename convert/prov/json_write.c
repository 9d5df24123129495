// SPDX-License-Identifier: Apache-2.0
// The writer of PROV-JSON: statements by kind and identifier, sorted. Those
// that share an identifier are an array, and so are values of one attribute.
#include "convert/prov/naming.h"
#include "rdf/names.h"
#include <cratekit/json.h>

typedef struct Writer {
  CrateProvNaming naming;
  const CrateTerms *terms;
  CrateBuffer *buffer;
  CrateBuffer name; ///< One in the making.
  CrateTerm integer;
  size_t labels;  ///< Given to statements without identifier.
  unsigned level; ///< Of indentation.
} Writer;

static void
new_line(const Writer *w, const char *before)
{
  crate_buffer_add_string(w->buffer, before);
  crate_buffer_print(w->buffer, "\n%*s", (int)(2 * w->level), "");
}

static void
begin(Writer *w, char bracket)
{
  crate_buffer_add_byte(w->buffer, bracket);
  ++w->level;
}

static void
finish(Writer *w, char bracket)
{
  --w->level;
  new_line(w, "");
  crate_buffer_add_byte(w->buffer, bracket);
}

static void
write_text(Writer *w, CrateText text)
{
  crate_json_write_string(w->buffer, text);
}

static void
write_name(Writer *w, CrateTerm term)
{
  w->name.size = 0;
  if (crate_terms_kind(w->terms, term) == CRATE_TERM_BLANK) {
    crate_buffer_print(&w->name, "_:b%u", w->naming.uses[term].rank);
  } else {
    CrateText prefix, local;
    crate_prov_naming_split(&w->naming, term, &prefix, &local);
    crate_buffer_add(&w->name, prefix);
    crate_buffer_add_byte(&w->name, ':');
    crate_buffer_add(&w->name, local);
  }
  write_text(w, crate_buffer_text(&w->name));
}

/// A value with its type or language.
static void
write_typed(Writer *w, CrateText value, CrateTerm type, CrateText language)
{
  crate_buffer_add_string(w->buffer, "{\"$\": ");
  write_text(w, value);
  crate_buffer_add_string(w->buffer,
                          language.size ? ", \"lang\": " : ", \"type\": ");
  if (language.size) {
    write_text(w, language);
  } else {
    write_name(w, type);
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
write_value(Writer *w, CrateTerm term)
{
  const CrateTermInfo info = crate_terms_info(w->terms, term);
  if (info.kind != CRATE_TERM_LITERAL) {
    crate_buffer_add_string(w->buffer, "{\"$\": ");
    write_name(w, term);
    crate_buffer_add_string(w->buffer, ", \"type\": \"prov:QUALIFIED_NAME\"}");
  } else if (info.datatype == CRATE_XSD_STRING) {
    write_text(w, info.text);
  } else if (info.datatype == w->integer && is_number(info.text)) {
    crate_buffer_add(w->buffer, info.text);
  } else {
    write_typed(w, info.text, info.datatype, info.language);
  }
}

/// Values [i, end) of one attribute.
static void
write_values(Writer *w, size_t i, size_t end)
{
  const CrateProvAttribute *const all = w->naming.document->attributes;
  if (end - i == 1) {
    write_value(w, all[i].value);
    return;
  }
  begin(w, '[');
  for (const char *before = ""; i < end; ++i, before = ",") {
    new_line(w, before);
    write_value(w, all[i].value);
  }
  finish(w, ']');
}

static void
write_argument(Writer *w, const CrateProvArgument *argument, CrateTerm term)
{
  crate_buffer_print(w->buffer, "\"prov:%s\": ", argument->key);
  if (argument->role == CRATE_PROV_IS_TIME) {
    write_text(w, crate_terms_info(w->terms, term).text);
  } else {
    write_name(w, term);
  }
}

static void
write_record(Writer *w, const CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  const CrateProvAttribute *const all = w->naming.document->attributes;
  const size_t end = record->first + record->count;
  const char *before = "";
  begin(w, '{');
  for (unsigned i = 0; i < info->count; ++i) {
    if (record->arguments[i]) {
      new_line(w, before);
      write_argument(w, &info->arguments[i], record->arguments[i]);
      before = ",";
    }
  }
  for (size_t i = record->first, next; i < end; i = next, before = ",") {
    for (next = i + 1; next < end && all[next].name == all[i].name; ++next) {
    }
    new_line(w, before);
    write_name(w, all[i].name);
    crate_buffer_add_string(w->buffer, ": ");
    write_values(w, i, next);
  }
  if (*before) {
    finish(w, '}');
  } else {
    --w->level;
    crate_buffer_add_byte(w->buffer, '}');
  }
  crate_buffer_drain(w->buffer);
}

/// Statements [i, end) of one identifier.
static void
write_identified(Writer *w, size_t i, size_t end)
{
  const CrateProvRecord *const all = w->naming.document->records;
  if (all[i].id) {
    write_name(w, all[i].id);
  } else {
    crate_buffer_print(w->buffer, "\"_:id%zu\"", ++w->labels);
  }
  crate_buffer_add_string(w->buffer, ": ");
  if (end - i == 1) {
    write_record(w, &all[i]);
    return;
  }
  begin(w, '[');
  for (const char *before = ""; i < end; ++i, before = ",") {
    new_line(w, before);
    write_record(w, &all[i]);
  }
  finish(w, ']');
}

/// Statements [i, end) of one kind.
static void
write_kind(Writer *w, size_t i, size_t end)
{
  const CrateProvRecord *const all = w->naming.document->records;
  crate_buffer_print(w->buffer, "\"%s\": ", crate_prov_kind(all[i].kind)->name);
  begin(w, '{');
  const char *before = "";
  for (size_t next; i < end; i = next, before = ",") {
    next = i + 1;
    while (all[i].id && next < end && all[next].id == all[i].id) {
      ++next;
    }
    new_line(w, before);
    write_identified(w, i, next);
  }
  finish(w, '}');
}

/// Statements of one bundle from the i-th on; where the next one's begin.
static size_t
write_bundle(Writer *w, size_t i, const char *before)
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
      new_line(w, before);
      write_kind(w, i, next);
      before = ",";
    }
  }
  return i;
}

static void
write_bundles(Writer *w, size_t i, const char *before)
{
  const CrateProv *const document = w->naming.document;
  new_line(w, before);
  crate_buffer_add_string(w->buffer, "\"bundle\": ");
  begin(w, '{');
  for (before = ""; i < document->count; before = ",") {
    new_line(w, before);
    write_name(w, document->records[i].bundle);
    crate_buffer_add_string(w->buffer, ": ");
    begin(w, '{');
    i = write_bundle(w, i, "");
    finish(w, '}');
  }
  finish(w, '}');
}

static void
write_prefixes(Writer *w, const CratePrefix *prefixes, size_t count)
{
  new_line(w, "");
  crate_buffer_add_string(w->buffer, "\"prefix\": ");
  begin(w, '{');
  for (size_t i = 0; i < count; ++i) {
    new_line(w, i ? "," : "");
    write_text(w, prefixes[i].prefix);
    crate_buffer_add_string(w->buffer, ": ");
    write_text(w, prefixes[i].iri);
  }
  finish(w, '}');
}

static CrateStatus
write_document(Writer *w)
{
  const CrateProv *const document = w->naming.document;
  CratePrefix *prefixes;
  size_t count;
  CRATE_TRY(crate_prov_naming_prefixes(&w->naming, &prefixes, &count));
  begin(w, '{');
  write_prefixes(w, prefixes, count);
  size_t i = 0;
  if (document->count && !document->records[0].bundle) {
    i = write_bundle(w, 0, ",");
  }
  if (i < document->count) {
    write_bundles(w, i, ",");
  }
  finish(w, '}');
  crate_buffer_add_byte(w->buffer, '\n');
  CRATE_TRY(crate_buffer_status(&w->name));
  return crate_buffer_status(w->buffer);
}

CrateStatus
crate_prov_json_write(CrateProv *document, CrateText name, CrateBuffer *buffer)
{
  (void)name; // there is nothing that it cannot say
  Writer w = {.terms = document->terms,
              .buffer = buffer,
              .integer = crate_terms_find_iri(
                document->terms, CRATE_TEXT(CRATE_PROV_XSD "int"))};
  crate_buffer_init(&w.name, document->world);
  CrateStatus status =
    crate_prov_naming_init(&w.naming, document, crate_prov_local_notation);
  status = status ? status : write_document(&w);
  crate_prov_naming_clear(&w.naming);
  crate_buffer_clear(&w.name);
  return status;
}
