// SPDX-License-Identifier: Apache-2.0
// The reader of PROV-JSON (W3C member submission of 2013): a document is an
// object of kinds, a kind one of identifiers, each with a statement or several.
#include "convert/prov/notation.h"
#include "rdf/names.h"
#include <cratekit/json.h>

typedef struct Reader {
  CrateProv *document;
  const CrateJsonDocument *json;
  CrateProvScope outer, inner;
  const CrateProvScope *scope; ///< The one in force.
  CrateTerm bundle;
  CrateTerm integer, name, old_name; ///< xsd:int, types of qualified names.
} Reader;

static CrateStatus
expected(const Reader *reader, const CrateJson *value, const char *what)
{
  const CratePlace place = crate_json_place(reader->json, value->offset);
  const CrateDiagnostic diagnostic = {.file = reader->json->name,
                                      .line = place.line,
                                      .column = place.column,
                                      .code = CRATE_TEXT("invalid-prov-json")};
  return crate_world_say(reader->document->world, CRATE_MALFORMED, &diagnostic,
                         "expected %s", what);
}

/// The term of a string that is a qualified name, or "_:" and a label.
static CrateStatus
read_name(const Reader *reader, const CrateJson *value, CrateTerm *out)
{
  if (!crate_json_is(value, CRATE_JSON_STRING)) {
    return expected(reader, value, "a qualified name in a string");
  }
  const CrateText text = crate_json_text(value);
  if (crate_text_starts(text, CRATE_TEXT("_:"))) {
    return crate_prov_blank(reader->document,
                            crate_text_slice(text, 2, text.size), out);
  }
  const size_t colon = crate_text_find(text, ':');
  const bool prefixed = colon < text.size;
  const CrateStatus status = crate_prov_expand(
    reader->scope, crate_text_slice(text, 0, prefixed ? colon : 0),
    crate_text_slice(text, prefixed ? colon + 1 : 0, text.size), out);
  return status == CRATE_MALFORMED
           ? expected(reader, value, "a name that makes an IRI")
         : status != CRATE_NOT_FOUND ? status
         : prefixed
           ? expected(reader, value, "a prefix that is declared")
           : expected(reader, value, "a prefix, as there is no default");
}

/// A name that is no blank node: of an attribute, of a type of literals.
static CrateStatus
read_iri(const Reader *reader, const CrateJson *value, CrateTerm *out)
{
  CRATE_TRY(read_name(reader, value, out));
  return crate_terms_kind(reader->document->terms, *out) == CRATE_TERM_IRI
           ? CRATE_OK
           : expected(reader, value, "a qualified name that is no blank node");
}

/// A number as it stands: what is no integer is a double.
static CrateTerm
number_type(const Reader *reader, CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (strchr(".eE", text.data[i])) {
      return CRATE_XSD_DOUBLE;
    }
  }
  return reader->integer;
}

/// A string, number or boolean. `type` 0: as JSON says.
static CrateStatus
read_scalar(const Reader *reader,
            const CrateJson *value,
            CrateTerm type,
            CrateText language,
            CrateTerm *out)
{
  CrateText text = crate_json_text(value);
  switch ((CrateJsonKind)value->kind) {
    case CRATE_JSON_STRING:
      break;
    case CRATE_JSON_NUMBER:
      type = type ? type : number_type(reader, text);
      break;
    case CRATE_JSON_TRUE:
    case CRATE_JSON_FALSE:
      type = type ? type : (CrateTerm)CRATE_XSD_BOOLEAN;
      text = crate_json_is(value, CRATE_JSON_TRUE) ? CRATE_TEXT("true")
                                                   : CRATE_TEXT("false");
      break;
    default:
      return expected(reader, value, "a string, a number or a boolean");
  }
  return crate_terms_literal(reader->document->terms, text, type, language,
                             out);
}

/// A value of an attribute that is no array.
static CrateStatus
read_value(const Reader *reader, const CrateJson *value, CrateTerm *out)
{
  const CrateText none = {NULL, 0};
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return read_scalar(reader, value, CRATE_NO_TERM, none, out);
  }
  const CrateJson *const text = crate_json_get(value, CRATE_TEXT("$"));
  const CrateJson *const type = crate_json_get(value, CRATE_TEXT("type"));
  const CrateJson *const language = crate_json_get(value, CRATE_TEXT("lang"));
  CrateTerm datatype = CRATE_NO_TERM;
  if (!text) {
    return expected(reader, value, "\"$\" with the value");
  }
  if (language) {
    const CrateText tag = crate_json_is(language, CRATE_JSON_STRING)
                            ? crate_json_text(language)
                            : none;
    return tag.size && crate_name_language_span(tag) == tag.size
             ? read_scalar(reader, text, CRATE_NO_TERM, tag, out)
             : expected(reader, language, "a language tag");
  }
  if (type) {
    CRATE_TRY(read_iri(reader, type, &datatype));
  }
  return datatype && (datatype == reader->name || datatype == reader->old_name)
           ? read_name(reader, text, out)
           : read_scalar(reader, text, datatype, none, out);
}

/// All values of an attribute of the record added last.
static CrateStatus
read_attribute(const Reader *reader,
               const CrateJson *key,
               const CrateJson *value)
{
  CrateTerm name, term;
  CRATE_TRY(read_iri(reader, key, &name));
  if (!crate_json_is(value, CRATE_JSON_ARRAY)) {
    CRATE_TRY(read_value(reader, value, &term));
    return crate_prov_add_attribute(reader->document, name, term);
  }
  for (value = crate_json_first(value); value; value = value->next) {
    CRATE_TRY(read_value(reader, value, &term));
    CRATE_TRY(crate_prov_add_attribute(reader->document, name, term));
  }
  return CRATE_OK;
}

/// The number of the argument that a key names, or CRATE_PROV_ARGUMENTS.
static unsigned
argument_of(const CrateProvKindInfo *info, CrateText key)
{
  const CrateText prefix = CRATE_TEXT("prov:");
  const CrateText local = crate_text_slice(key, prefix.size, key.size);
  for (unsigned i = 0; i < info->count; ++i) {
    if (crate_text_starts(key, prefix) &&
        crate_text_is(local, info->arguments[i].key)) {
      return i;
    }
  }
  return CRATE_PROV_ARGUMENTS;
}

static CrateStatus
read_argument(const Reader *reader,
              CrateProvRole role,
              const CrateJson *value,
              CrateTerm *out)
{
  const CrateText none = {NULL, 0};
  if (role != CRATE_PROV_IS_TIME) {
    return read_name(reader, value, out);
  }
  const CrateText text =
    crate_json_is(value, CRATE_JSON_STRING) ? crate_json_text(value) : none;
  if (!text.size || crate_notation_time_span(text) < text.size) {
    return expected(reader, value,
                    "a time in a string, such as 2011-11-16T16:05:00Z");
  }
  return read_scalar(reader, value, CRATE_XSD_DATE_TIME, none, out);
}

static CrateStatus
read_arguments(const Reader *reader,
               const CrateJson *object,
               CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const unsigned i = argument_of(info, crate_json_text(key));
    if (i < CRATE_PROV_ARGUMENTS) {
      CRATE_TRY(read_argument(reader, info->arguments[i].role, key->next,
                              &record->arguments[i]));
    }
  }
  for (unsigned i = 0; i < info->count; ++i) {
    if (info->arguments[i].required && !record->arguments[i]) {
      return expected(reader, object,
                      "both ends of the relation, by PROV-JSON's names");
    }
  }
  return CRATE_OK;
}

static CrateStatus
read_record(const Reader *reader,
            const CrateJson *object,
            CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  if (!crate_json_is(object, CRATE_JSON_OBJECT)) {
    return expected(reader, object, "an object, the statement");
  }
  record->origin = object->offset;
  memset(record->arguments, 0, sizeof(record->arguments));
  CRATE_TRY(read_arguments(reader, object, record));
  CRATE_TRY(crate_prov_add(reader->document, record));
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    if (argument_of(info, crate_json_text(key)) < CRATE_PROV_ARGUMENTS) {
      continue;
    }
    if (record->kind >= CRATE_PROV_FIRST_RELATION && !info->qualified) {
      return expected(reader, key, "no attributes: this relation has none");
    }
    CRATE_TRY(read_attribute(reader, key, key->next));
  }
  return CRATE_OK;
}

/// The statements of one kind, by identifier.
static CrateStatus
read_kind(const Reader *reader, CrateProvKind kind, const CrateJson *value)
{
  CrateProvRecord record = {.kind = kind, .bundle = reader->bundle};
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return expected(reader, value, "an object of statements by identifier");
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(read_name(reader, key, &record.id));
    if (!crate_json_is(key->next, CRATE_JSON_ARRAY)) {
      CRATE_TRY(read_record(reader, key->next, &record));
      continue;
    }
    for (const CrateJson *one = crate_json_first(key->next); one;
         one = one->next) {
      CRATE_TRY(read_record(reader, one, &record));
    }
  }
  return CRATE_OK;
}

/// The member "prefix"; "default" is the namespace of names without one.
static CrateStatus
read_prefixes(const Reader *reader,
              CrateProvScope *scope,
              const CrateJson *value)
{
  if (value && !crate_json_is(value, CRATE_JSON_OBJECT)) {
    return expected(reader, value, "an object of namespaces by prefix");
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    const CrateText none = {NULL, 0};
    const CrateText prefix =
      crate_json_is_string(key, "default") ? none : crate_json_text(key);
    const CrateStatus status =
      crate_json_is(key->next, CRATE_JSON_STRING)
        ? crate_prov_declare(scope, prefix, crate_json_text(key->next))
        : CRATE_MALFORMED;
    CRATE_TRY(status == CRATE_MALFORMED
                ? expected(reader, key->next, "an absolute IRI")
                : status);
  }
  return CRATE_OK;
}

static CrateStatus read_bundles(Reader *reader, const CrateJson *value);

/// The members of a document or a bundle.
static CrateStatus
read_members(Reader *reader, const CrateJson *object)
{
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const CrateProvKind kind = crate_prov_kind_named(crate_json_text(key));
    if (kind < CRATE_PROV_KIND_COUNT) {
      CRATE_TRY(read_kind(reader, kind, key->next));
    } else if (!reader->bundle && crate_json_is_string(key, "bundle")) {
      CRATE_TRY(read_bundles(reader, key->next));
    } else if (!crate_json_is_string(key, "prefix")) {
      return expected(reader, key,
                      "\"prefix\", \"bundle\" or a kind of statement");
    }
  }
  return CRATE_OK;
}

static CrateStatus
read_bundle(Reader *reader, const CrateJson *key)
{
  if (!crate_json_is(key->next, CRATE_JSON_OBJECT)) {
    return expected(reader, key->next, "an object, the bundle");
  }
  CRATE_TRY(
    crate_prov_scope_init(&reader->inner, reader->document, &reader->outer));
  CrateStatus status = read_prefixes(
    reader, &reader->inner, crate_json_get(key->next, CRATE_TEXT("prefix")));
  reader->scope = &reader->inner;
  status = status ? status : read_name(reader, key, &reader->bundle);
  const size_t before = reader->document->count;
  status = status ? status : read_members(reader, key->next);
  status = status
             ? status
             : crate_prov_end_bundle(reader->document, reader->bundle, before);
  crate_prov_scope_clear(&reader->inner);
  reader->scope = &reader->outer;
  reader->bundle = CRATE_NO_TERM;
  return status;
}

static CrateStatus
read_bundles(Reader *reader, const CrateJson *value)
{
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return expected(reader, value, "an object of bundles by identifier");
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(read_bundle(reader, key));
  }
  return CRATE_OK;
}

static CrateStatus
read_document(Reader *reader)
{
  CrateProv *const document = reader->document;
  const CrateJson *const root = reader->json->root;
  CRATE_TRY(crate_terms_iri(document->terms, CRATE_TEXT(CRATE_PROV_XSD "int"),
                            &reader->integer));
  CRATE_TRY(crate_terms_iri(document->terms, CRATE_TEXT(CRATE_PROV_XSD "QName"),
                            &reader->old_name));
  CRATE_TRY(crate_prov_term(document, "QUALIFIED_NAME", &reader->name));
  CRATE_TRY(crate_prov_scope_init(&reader->outer, document, NULL));
  if (!crate_json_is(root, CRATE_JSON_OBJECT)) {
    return expected(reader, root, "an object, the document");
  }
  CRATE_TRY(read_prefixes(reader, &reader->outer,
                          crate_json_get(root, CRATE_TEXT("prefix"))));
  CRATE_TRY(read_members(reader, root));
  return crate_prov_drop_labels(document);
}

CrateStatus
crate_prov_json_read(CrateProv *document, CrateText name, CrateText bytes)
{
  CrateJsonDocument json;
  CrateStatus status = crate_json_read(document->world, name, bytes, &json);
  if (!status) {
    Reader reader = {
      .document = document, .json = &json, .scope = &reader.outer};
    crate_map_init(&reader.outer.namespaces, document->world);
    status = read_document(&reader);
    crate_prov_scope_clear(&reader.outer);
  }
  crate_json_clear(&json);
  return status;
}
