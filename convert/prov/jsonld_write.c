// SPDX-License-Identifier: Apache-2.0
// The writer of PROV-JSONLD: an array of statements in order, by the schema of
// the submission.
#include "convert/prov/json_writer.h"

#define CONTEXT "https://openprovenance.org/prov-jsonld/context.jsonld"

typedef CrateProvJsonWriter Writer;

/// Relations that PROV-O has no class for. The schema has none for mentions,
/// either.
static const char *
class_of(CrateProvKind kind)
{
  static const char *const others[CRATE_PROV_KIND_COUNT] = {
    [CRATE_PROV_SPECIALIZATION] = "Specialization",
    [CRATE_PROV_ALTERNATE] = "Alternate",
    [CRATE_PROV_MENTION] = "provext:Mention",
    [CRATE_PROV_MEMBERSHIP] = "Membership",
  };
  return others[kind] ? others[kind] : crate_prov_kind(kind)->type;
}

#define KIND(kind) (1u << CRATE_PROV_##kind)

/// Attributes with short names, and what may have them by the schema. `names`:
/// a string is a name.
static const struct {
  const char *key;
  uint32_t kinds;
  bool names;
} attributes[] = {
  {"type", UINT32_MAX, true},
  {"label", UINT32_MAX, false},
  {"location",
   KIND(ENTITY) | KIND(AGENT) | KIND(ACTIVITY) | KIND(USAGE) |
     KIND(GENERATION) | KIND(INVALIDATION) | KIND(START) | KIND(END),
   true},
  {"role",
   KIND(USAGE) | KIND(GENERATION) | KIND(INVALIDATION) | KIND(START) |
     KIND(END) | KIND(ASSOCIATION),
   true},
  {"value", KIND(ENTITY), false},
};

#define ATTRIBUTE_COUNT (sizeof(attributes) / sizeof(*attributes))

/// The row of an attribute, or ATTRIBUTE_COUNT.
static size_t
row_of(const Writer *w, CrateTerm name)
{
  const CrateText prov = CRATE_TEXT(CRATE_PROV_NAMESPACE);
  const CrateText text = crate_terms_info(w->terms, name).text;
  const CrateText local = crate_text_slice(text, prov.size, text.size);
  size_t i = 0;
  while (i < ATTRIBUTE_COUNT && (!crate_text_starts(text, prov) ||
                                 !crate_text_is(local, attributes[i].key))) {
    ++i;
  }
  return i;
}

static void
write_value(Writer *w, CrateTerm term, bool names)
{
  const CrateTermInfo info = crate_terms_info(w->terms, term);
  const bool literal = info.kind == CRATE_TERM_LITERAL;
  if (!literal && names) {
    crate_prov_json_write_name(w, term);
    return;
  }
  crate_buffer_add_string(w->buffer, "{\"@value\": ");
  if (!literal) {
    crate_prov_json_write_name(w, term);
    crate_buffer_add_string(w->buffer, ", \"@type\": \"prov:QUALIFIED_NAME\"}");
    return;
  }
  crate_json_write_string(w->buffer, info.text);
  if (info.language.size) {
    crate_buffer_add_string(w->buffer, ", \"@language\": ");
    crate_json_write_string(w->buffer, info.language);
  } else if (info.datatype != CRATE_XSD_STRING) {
    crate_buffer_add_string(w->buffer, ", \"@type\": ");
    crate_prov_json_write_name(w, info.datatype);
  }
  crate_buffer_add_byte(w->buffer, '}');
}

/// Values [i, end) of one attribute.
static void
write_attribute(Writer *w, CrateProvKind kind, size_t i, size_t end)
{
  const CrateProvAttribute *const all = w->naming.document->attributes;
  const size_t row = row_of(w, all[i].name);
  const bool known = row < ATTRIBUTE_COUNT;
  crate_prov_json_line(w, ",");
  if (known && attributes[row].kinds & 1u << kind) {
    crate_buffer_print(w->buffer, "\"%s\"", attributes[row].key);
  } else {
    crate_prov_json_write_name(w, all[i].name);
  }
  crate_buffer_add_string(w->buffer, ": [");
  for (const char *before = ""; i < end; ++i, before = ", ") {
    crate_buffer_add_string(w->buffer, before);
    write_value(w, all[i].value, known && attributes[row].names);
  }
  crate_buffer_add_byte(w->buffer, ']');
}

static void
write_record(Writer *w, const CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  const CrateProvAttribute *const all = w->naming.document->attributes;
  const size_t end = record->first + record->count;
  crate_prov_json_open(w, '{');
  crate_prov_json_line(w, "");
  crate_buffer_print(w->buffer, "\"@type\": \"%s\"", class_of(record->kind));
  if (record->id) {
    crate_prov_json_line(w, ",");
    crate_buffer_add_string(w->buffer, "\"@id\": ");
    crate_prov_json_write_name(w, record->id);
  }
  for (unsigned i = 0; i < info->count; ++i) {
    const CrateTerm argument = record->arguments[i];
    if (!argument) {
      continue;
    }
    crate_prov_json_line(w, ",");
    crate_buffer_print(w->buffer, "\"%s\": ", info->arguments[i].key);
    if (info->arguments[i].role == CRATE_PROV_IS_TIME) {
      crate_json_write_string(w->buffer,
                              crate_terms_info(w->terms, argument).text);
    } else {
      crate_prov_json_write_name(w, argument);
    }
  }
  for (size_t i = record->first, next; i < end; i = next) {
    for (next = i + 1; next < end && all[next].name == all[i].name; ++next) {
    }
    write_attribute(w, record->kind, i, next);
  }
  crate_prov_json_close(w, '}');
  crate_buffer_drain(w->buffer);
}

/// Statements of one bundle from the i-th on; where the next one's begin.
static size_t
write_statements(Writer *w, size_t i, const char **before)
{
  const CrateProv *const document = w->naming.document;
  const CrateTerm bundle =
    i < document->count ? document->records[i].bundle : CRATE_NO_TERM;
  for (; i < document->count && document->records[i].bundle == bundle; ++i) {
    if (document->records[i].kind != CRATE_PROV_EMPTY) {
      crate_prov_json_line(w, *before);
      write_record(w, &document->records[i]);
      *before = ",";
    }
  }
  return i;
}

static size_t
write_bundle(Writer *w, size_t i)
{
  const char *before = "";
  crate_prov_json_open(w, '{');
  crate_prov_json_line(w, "");
  crate_buffer_add_string(w->buffer, "\"@type\": \"Bundle\",");
  crate_prov_json_line(w, "");
  crate_buffer_add_string(w->buffer, "\"@id\": ");
  crate_prov_json_write_name(w, w->naming.document->records[i].bundle);
  crate_prov_json_line(w, ",");
  crate_buffer_add_string(w->buffer, "\"@context\": [],");
  crate_prov_json_line(w, "");
  crate_buffer_add_string(w->buffer, "\"@graph\": ");
  crate_prov_json_open(w, '[');
  i = write_statements(w, i, &before);
  crate_prov_json_close(w, ']');
  crate_prov_json_close(w, '}');
  return i;
}

static void
write_context(Writer *w, const CratePrefix *prefixes, size_t count)
{
  crate_prov_json_line(w, "");
  crate_buffer_add_string(w->buffer, "\"@context\": ");
  crate_prov_json_open(w, '[');
  crate_prov_json_line(w, "");
  if (count) {
    crate_prov_json_open(w, '{');
    for (size_t i = 0; i < count; ++i) {
      crate_prov_json_line(w, i ? "," : "");
      crate_json_write_string(w->buffer, prefixes[i].prefix);
      crate_buffer_add_string(w->buffer, ": ");
      crate_json_write_string(w->buffer, prefixes[i].iri);
    }
    crate_prov_json_close(w, '}');
    crate_prov_json_line(w, ",");
  }
  crate_buffer_add_string(w->buffer, "\"" CONTEXT "\"");
  crate_prov_json_close(w, ']');
}

static CrateStatus
write_document(Writer *w)
{
  const CrateProv *const document = w->naming.document;
  const char *before = "";
  CratePrefix *prefixes;
  size_t count;
  CRATE_TRY(crate_prov_naming_prefixes(&w->naming, &prefixes, &count));
  crate_prov_json_open(w, '{');
  write_context(w, prefixes, count);
  crate_prov_json_line(w, ",");
  crate_buffer_add_string(w->buffer, "\"@graph\": ");
  crate_prov_json_open(w, '[');
  size_t i = 0;
  if (document->count && !document->records[0].bundle) {
    i = write_statements(w, 0, &before);
  }
  for (; i < document->count; before = ",") {
    crate_prov_json_line(w, before);
    i = write_bundle(w, i);
  }
  crate_prov_json_close(w, ']');
  crate_prov_json_close(w, '}');
  crate_buffer_add_byte(w->buffer, '\n');
  CRATE_TRY(crate_buffer_status(&w->name));
  return crate_buffer_status(w->buffer);
}

/// Whether JSON-LD lets a prefix shorten names (JSON-LD 1.1 API, Create Term
/// Definition 14.2.5), and it is no term of PROV-JSONLD.
static bool
is_usable(const CratePrefix *prefix)
{
  static const char *const own[] = {"type", "role",  "label",  "location",
                                    "time", "value", "provext"};
  const CrateText iri = prefix->iri;
  bool usable = iri.size && strchr(":/?#[]@", iri.data[iri.size - 1]);
  for (size_t i = 0; i < sizeof(own) / sizeof(*own); ++i) {
    usable = usable && !crate_text_is(prefix->prefix, own[i]);
  }
  for (int kind = 0; kind < CRATE_PROV_KIND_COUNT; ++kind) {
    const CrateProvKindInfo *const info = crate_prov_kind((CrateProvKind)kind);
    for (unsigned i = 0; i < info->count; ++i) {
      usable = usable && !crate_text_is(prefix->prefix, info->arguments[i].key);
    }
  }
  return usable;
}

CrateStatus
crate_prov_jsonld_write(CrateProv *document,
                        CrateText name,
                        CrateBuffer *buffer)
{
  (void)name; // there is nothing that it cannot say
  size_t count = 0;
  for (size_t i = 0; i < document->prefix_count; ++i) {
    if (is_usable(&document->prefixes[i])) {
      document->prefixes[count++] = document->prefixes[i];
    }
  }
  document->prefix_count = count;
  Writer w;
  CrateStatus status = crate_prov_json_writer_init(&w, document, buffer);
  status = status ? status : write_document(&w);
  crate_prov_json_writer_clear(&w);
  return status;
}
