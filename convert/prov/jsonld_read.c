// SPDX-License-Identifier: Apache-2.0
// The reader of PROV-JSONLD (W3C member submission of 2024): an array of
// statements, each with its class as type and its arguments as members. It is
// read by its own schema and not as JSON-LD, because published documents call
// the classes by names that the context does not define ("prov:Usage").
#include "convert/prov/json_terms.h"
#include "rdf/names.h"
#include <cratekit/iri.h>

typedef CrateProvJson Reader;

static CrateStatus
expected(const Reader *reader, const CrateJson *value, const char *what)
{
  return crate_prov_json_expected(reader, value, what);
}

/// A text without a prefix that only says that it is PROV's.
static CrateText
own_name(CrateText text)
{
  const CrateText prefixes[] = {CRATE_TEXT("prov:"), CRATE_TEXT("provext:")};
  for (size_t i = 0; i < 2; ++i) {
    if (crate_text_starts(text, prefixes[i])) {
      return crate_text_slice(text, prefixes[i].size, text.size);
    }
  }
  return text;
}

/// Relations that PROV-O has no class for.
static const struct {
  const char *name;
  CrateProvKind kind;
} others[] = {
  {"Specialization", CRATE_PROV_SPECIALIZATION},
  {"Alternate", CRATE_PROV_ALTERNATE},
  {"Mention", CRATE_PROV_MENTION},
  {"Membership", CRATE_PROV_MEMBERSHIP},
};

/// The kind of a class; CRATE_PROV_KIND_COUNT when it is another one.
static CrateProvKind
kind_of(CrateText name)
{
  for (size_t i = 0; i < sizeof(others) / sizeof(*others); ++i) {
    if (crate_text_is(own_name(name), others[i].name)) {
      return others[i].kind;
    }
  }
  int kind = 0;
  while (kind < CRATE_PROV_KIND_COUNT &&
         (!crate_prov_kind((CrateProvKind)kind)->type ||
          !crate_text_is(own_name(name),
                         crate_prov_kind((CrateProvKind)kind)->type))) {
    ++kind;
  }
  return (CrateProvKind)kind;
}

/// Whether a context is that of PROV-JSONLD, wherever it was published.
static bool
is_context(const CrateJson *value)
{
  const CrateText text = crate_json_is(value, CRATE_JSON_STRING)
                           ? crate_json_text(value)
                           : (CrateText){NULL, 0};
  return text.size && memmem(text.data, text.size, "prov-jsonld", 11);
}

bool
crate_prov_is_jsonld(const CrateJson *root)
{
  const CrateJson *const context = crate_json_get(root, CRATE_TEXT("@context"));
  bool found = is_context(context);
  for (const CrateJson *one = crate_json_first(context); one; one = one->next) {
    found |= is_context(one);
  }
  return found;
}

/// Namespaces of an object. What is an object itself, or a keyword's, is of
/// PROV-JSONLD's own context, which a document may hold.
static CrateStatus
read_namespaces(const Reader *reader,
                CrateProvScope *scope,
                const CrateJson *object)
{
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    if (!crate_json_is(key->next, CRATE_JSON_STRING) ||
        crate_text_starts(crate_json_text(key), CRATE_TEXT("@"))) {
      continue;
    }
    const CrateStatus status = crate_prov_declare(scope, crate_json_text(key),
                                                  crate_json_text(key->next));
    CRATE_TRY(status == CRATE_MALFORMED
                ? expected(reader, key->next, "an absolute IRI")
                : status);
  }
  return CRATE_OK;
}

static CrateStatus
read_context(const Reader *reader,
             CrateProvScope *scope,
             const CrateJson *context)
{
  if (!context || is_context(context)) {
    return CRATE_OK;
  }
  if (crate_json_is(context, CRATE_JSON_OBJECT)) {
    return read_namespaces(reader, scope, context);
  }
  if (!crate_json_is(context, CRATE_JSON_ARRAY)) {
    return expected(reader, context, "the context of PROV-JSONLD, or prefixes");
  }
  for (const CrateJson *one = crate_json_first(context); one; one = one->next) {
    if (crate_json_is(one, CRATE_JSON_OBJECT)) {
      CRATE_TRY(read_namespaces(reader, scope, one));
    } else if (!is_context(one)) {
      return expected(reader, one, "the context of PROV-JSONLD, or prefixes");
    }
  }
  return CRATE_OK;
}

/// What an attribute is called in full, for those that have short names.
static const char *
attribute_named(CrateText key)
{
  static const char *const names[] = {"type", "label", "location", "role",
                                      "value"};
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (crate_text_is(key, names[i])) {
      return names[i];
    }
  }
  return NULL;
}

/// Whether a string among the values of an attribute is a name: the context
/// says so of these.
static bool
holds_names(CrateText key)
{
  const CrateText name = own_name(key);
  return crate_text_is(name, "type") || crate_text_is(name, "role") ||
         crate_text_is(name, "location");
}

/// A value object of JSON-LD, or a reference.
static CrateStatus
read_object(const Reader *reader, const CrateJson *object, CrateTerm *out)
{
  const CrateJson *const value = crate_json_get(object, CRATE_TEXT("@value"));
  const CrateJson *const id = crate_json_get(object, CRATE_TEXT("@id"));
  if (id && !value) {
    return crate_prov_json_name(reader, id, out);
  }
  if (!value) {
    return expected(reader, object, "\"@value\" with the value");
  }
  return crate_prov_json_typed(
    reader, value, crate_json_get(object, CRATE_TEXT("@type")),
    crate_json_get(object, CRATE_TEXT("@language")), out);
}

static CrateStatus
read_value(const Reader *reader,
           CrateText key,
           CrateTerm name,
           const CrateJson *value)
{
  const CrateText none = {NULL, 0};
  CrateTerm term = CRATE_NO_TERM;
  CRATE_TRY(
    crate_json_is(value, CRATE_JSON_OBJECT) ? read_object(reader, value, &term)
    : crate_json_is(value, CRATE_JSON_STRING) && holds_names(key)
      ? crate_prov_json_name(reader, value, &term)
      : crate_prov_json_scalar(reader, value, CRATE_NO_TERM, none, &term));
  return crate_prov_add_attribute(reader->document, name, term);
}

/// All values of an attribute of the record added last.
static CrateStatus
read_attribute(const Reader *reader, const CrateJson *key)
{
  const CrateText text = crate_json_text(key);
  const char *const own = attribute_named(text);
  const CrateJson *const value = key->next;
  CrateTerm name = CRATE_NO_TERM;
  if (!own && crate_text_find(text, ':') == text.size) {
    return expected(reader, key,
                    "a member of PROV-JSONLD, or an attribute with a prefix");
  }
  CRATE_TRY(own ? crate_prov_term(reader->document, own, &name)
                : crate_prov_json_iri(reader, key, &name));
  if (!crate_json_is(value, CRATE_JSON_ARRAY)) {
    return read_value(reader, text, name, value);
  }
  for (const CrateJson *one = crate_json_first(value); one; one = one->next) {
    CRATE_TRY(read_value(reader, text, name, one));
  }
  return CRATE_OK;
}

/// The number of the argument that a key names, or CRATE_PROV_ARGUMENTS.
static unsigned
argument_of(const CrateProvKindInfo *info, const CrateJson *key)
{
  for (unsigned i = 0; i < info->count; ++i) {
    if (crate_json_is_string(key, info->arguments[i].key)) {
      return i;
    }
  }
  return CRATE_PROV_ARGUMENTS;
}

/// An argument, which may be an object with "@id" or "@value".
static CrateStatus
read_argument(const Reader *reader,
              CrateProvRole role,
              const CrateJson *value,
              CrateTerm *out)
{
  const CrateText member =
    role == CRATE_PROV_IS_TIME ? CRATE_TEXT("@value") : CRATE_TEXT("@id");
  const CrateJson *const inner = crate_json_get(value, member);
  return crate_prov_json_argument(reader, role, inner ? inner : value, out);
}

/// The arguments; a collection may have an array of members, of which all but
/// the last become statements at once.
static CrateStatus
read_arguments(const Reader *reader,
               const CrateJson *object,
               CrateProvRecord *record,
               const CrateJson **members)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const unsigned i = argument_of(info, key);
    const CrateJson *value = key->next;
    if (i == CRATE_PROV_ARGUMENTS) {
      continue;
    }
    if (record->kind == CRATE_PROV_MEMBERSHIP && i == 1 &&
        crate_json_first(value)) {
      *members = value = crate_json_first(value);
    }
    CRATE_TRY(read_argument(reader, info->arguments[i].role, value,
                            &record->arguments[i]));
  }
  for (unsigned i = 0; i < info->count; ++i) {
    if (info->arguments[i].required && !record->arguments[i]) {
      return expected(reader, object,
                      "both ends of the relation, by PROV-JSONLD's names");
    }
  }
  return CRATE_OK;
}

/// Types beside the one that makes the statement.
static CrateStatus
read_types(const Reader *reader, const CrateJson *type, const CrateJson *kind)
{
  CrateTerm name = CRATE_NO_TERM;
  CRATE_TRY(crate_prov_term(reader->document, "type", &name));
  for (const CrateJson *one = crate_json_first(type); one; one = one->next) {
    if (one != kind) {
      CRATE_TRY(read_value(reader, CRATE_TEXT("type"), name, one));
    }
  }
  return CRATE_OK;
}

/// Attributes of the record added last.
static CrateStatus
read_attributes(const Reader *reader,
                const CrateJson *object,
                CrateProvKind kind)
{
  const CrateProvKindInfo *const info = crate_prov_kind(kind);
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    if (crate_text_starts(crate_json_text(key), CRATE_TEXT("@")) ||
        argument_of(info, key) < CRATE_PROV_ARGUMENTS) {
      continue;
    }
    if (kind >= CRATE_PROV_FIRST_RELATION && !info->qualified) {
      return expected(reader, key, "no attributes: this relation has none");
    }
    CRATE_TRY(read_attribute(reader, key));
  }
  return CRATE_OK;
}

static CrateStatus
read_record(const Reader *reader,
            const CrateJson *object,
            CrateProvKind kind,
            const CrateJson *type)
{
  const CrateJson *const id = crate_json_get(object, CRATE_TEXT("@id"));
  const CrateJson *members = NULL;
  CrateProvRecord record = {
    .kind = kind, .bundle = reader->bundle, .origin = object->offset};
  if (id) {
    CRATE_TRY(crate_prov_json_name(reader, id, &record.id));
  } else if (kind < CRATE_PROV_FIRST_RELATION) {
    return expected(reader, object, "\"@id\" with its name");
  }
  CRATE_TRY(read_arguments(reader, object, &record, &members));
  CRATE_TRY(crate_prov_add(reader->document, &record));
  CRATE_TRY(
    read_types(reader, crate_json_get(object, CRATE_TEXT("@type")), type));
  CRATE_TRY(read_attributes(reader, object, kind));
  for (members = members ? members->next : NULL; members;
       members = members->next) {
    CRATE_TRY(crate_prov_json_name(reader, members, &record.arguments[1]));
    CRATE_TRY(crate_prov_add(reader->document, &record));
  }
  return CRATE_OK;
}

static CrateStatus read_statements(Reader *reader, const CrateJson *graph);

static CrateStatus
read_bundle(Reader *reader, const CrateJson *object)
{
  const CrateJson *const id = crate_json_get(object, CRATE_TEXT("@id"));
  const size_t before = reader->document->count;
  if (!id || reader->bundle) {
    return expected(reader, object,
                    id ? "no bundle within a bundle" : "\"@id\" with its name");
  }
  CRATE_TRY(
    crate_prov_scope_init(&reader->inner, reader->document, &reader->outer));
  CrateStatus status = read_context(
    reader, &reader->inner, crate_json_get(object, CRATE_TEXT("@context")));
  reader->scope = &reader->inner;
  status = status ? status : crate_prov_json_name(reader, id, &reader->bundle);
  status =
    status
      ? status
      : read_statements(reader, crate_json_get(object, CRATE_TEXT("@graph")));
  status = status
             ? status
             : crate_prov_end_bundle(reader->document, reader->bundle, before);
  crate_prov_scope_clear(&reader->inner);
  reader->scope = &reader->outer;
  reader->bundle = CRATE_NO_TERM;
  return status;
}

/// The first of an object's types that is a kind of statement.
static CrateProvKind
find_kind(const CrateJson *type, const CrateJson **found)
{
  CrateProvKind kind = CRATE_PROV_KIND_COUNT;
  const CrateJson *one =
    crate_json_is(type, CRATE_JSON_ARRAY) ? crate_json_first(type) : type;
  for (; one && kind == CRATE_PROV_KIND_COUNT; one = one->next) {
    *found = one;
    kind = crate_json_is(one, CRATE_JSON_STRING) ? kind_of(crate_json_text(one))
                                                 : kind;
    if (one == type) {
      break; // no element of an array: what follows is another member
    }
  }
  return kind;
}

static CrateStatus
read_statement(Reader *reader, const CrateJson *object)
{
  const CrateJson *const type = crate_json_get(object, CRATE_TEXT("@type"));
  const CrateJson *found = NULL;
  const CrateProvKind kind = find_kind(type, &found);
  if (kind < CRATE_PROV_KIND_COUNT) {
    return read_record(reader, object, kind, found);
  }
  return crate_json_is_string(type, "Bundle") ||
             crate_json_is_string(type, "prov:Bundle")
           ? read_bundle(reader, object)
           : expected(reader, type ? type : object,
                      "a statement of PROV-DM with its \"@type\", such as "
                      "\"Entity\" or \"Usage\"");
}

static CrateStatus
read_statements(Reader *reader, const CrateJson *graph)
{
  if (graph && !crate_json_is(graph, CRATE_JSON_ARRAY)) {
    return expected(reader, graph, "an array of statements");
  }
  for (const CrateJson *one = crate_json_first(graph); one; one = one->next) {
    CRATE_TRY(crate_json_is(one, CRATE_JSON_OBJECT)
                ? read_statement(reader, one)
                : expected(reader, one, "an object, the statement"));
  }
  return CRATE_OK;
}

static CrateStatus
read_document(Reader *reader)
{
  const CrateJson *const root = reader->json->root;
  const CrateJson *const graph = crate_json_get(root, CRATE_TEXT("@graph"));
  CRATE_TRY(crate_prov_json_begin(reader));
  reader->integer = CRATE_XSD_INTEGER; // as JSON-LD has it
  if (!graph) {
    return expected(reader, root,
                    "an object, the document, with \"@graph\" in it");
  }
  CRATE_TRY(read_context(reader, &reader->outer,
                         crate_json_get(root, CRATE_TEXT("@context"))));
  CRATE_TRY(read_statements(reader, graph));
  return crate_prov_drop_labels(reader->document);
}

CrateStatus
crate_prov_jsonld_read(CrateProv *document, CrateText name, CrateText bytes)
{
  CrateJsonDocument json;
  CrateStatus status = crate_json_read(document->world, name, bytes, &json);
  if (!status) {
    Reader reader = {.document = document,
                     .json = &json,
                     .code = "invalid-prov-jsonld",
                     .scope = &reader.outer,
                     .absolute = true};
    crate_map_init(&reader.outer.namespaces, document->world);
    status = read_document(&reader);
    crate_prov_scope_clear(&reader.outer);
  }
  crate_json_clear(&json);
  return status;
}
