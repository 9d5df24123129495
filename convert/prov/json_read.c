// SPDX-License-Identifier: Apache-2.0
// The reader of PROV-JSON (W3C member submission of 2013): a document is an
// object of kinds, a kind one of identifiers, each with a statement or several.
#include "convert/prov/json_terms.h"
#include "rdf/names.h"

/// A value of an attribute that is no array.
static CrateStatus
read_value(const CrateProvJson *reader, const CrateJson *value, CrateTerm *out)
{
  const CrateText none = {NULL, 0};
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return crate_prov_json_scalar(reader, value, CRATE_NO_TERM, none, out);
  }
  const CrateJson *const text = crate_json_get(value, CRATE_TEXT("$"));
  if (!text) {
    return crate_prov_json_expected(reader, value, "\"$\" with the value");
  }
  return crate_prov_json_typed(reader, text,
                               crate_json_get(value, CRATE_TEXT("type")),
                               crate_json_get(value, CRATE_TEXT("lang")), out);
}

/// All values of an attribute of the record added last.
static CrateStatus
read_attribute(const CrateProvJson *reader,
               const CrateJson *key,
               const CrateJson *value)
{
  CrateTerm name, term;
  CRATE_TRY(crate_prov_json_iri(reader, key, &name));
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
read_arguments(const CrateProvJson *reader,
               const CrateJson *object,
               CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const unsigned i = argument_of(info, crate_json_text(key));
    if (i < CRATE_PROV_ARGUMENTS) {
      CRATE_TRY(crate_prov_json_argument(reader, info->arguments[i].role,
                                         key->next, &record->arguments[i]));
    }
  }
  for (unsigned i = 0; i < info->count; ++i) {
    if (info->arguments[i].required && !record->arguments[i]) {
      return crate_prov_json_expected(
        reader, object, "both ends of the relation, by PROV-JSON's names");
    }
  }
  return CRATE_OK;
}

static CrateStatus
read_record(const CrateProvJson *reader,
            const CrateJson *object,
            CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  if (!crate_json_is(object, CRATE_JSON_OBJECT)) {
    return crate_prov_json_expected(reader, object, "an object, the statement");
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
      return crate_prov_json_expected(reader, key,
                                      "no attributes: this relation has none");
    }
    CRATE_TRY(read_attribute(reader, key, key->next));
  }
  return CRATE_OK;
}

/// The statements of one kind, by identifier.
static CrateStatus
read_kind(const CrateProvJson *reader,
          CrateProvKind kind,
          const CrateJson *value)
{
  CrateProvRecord record = {.kind = kind, .bundle = reader->bundle};
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return crate_prov_json_expected(reader, value,
                                    "an object of statements by identifier");
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(crate_prov_json_name(reader, key, &record.id));
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
read_prefixes(const CrateProvJson *reader,
              CrateProvScope *scope,
              const CrateJson *value)
{
  if (value && !crate_json_is(value, CRATE_JSON_OBJECT)) {
    return crate_prov_json_expected(reader, value,
                                    "an object of namespaces by prefix");
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
                ? crate_prov_json_expected(reader, key->next, "an absolute IRI")
                : status);
  }
  return CRATE_OK;
}

static CrateStatus read_bundles(CrateProvJson *reader, const CrateJson *value);

/// The members of a document or a bundle.
static CrateStatus
read_members(CrateProvJson *reader, const CrateJson *object)
{
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const CrateProvKind kind = crate_prov_kind_named(crate_json_text(key));
    if (kind < CRATE_PROV_KIND_COUNT) {
      CRATE_TRY(read_kind(reader, kind, key->next));
    } else if (!reader->bundle && crate_json_is_string(key, "bundle")) {
      CRATE_TRY(read_bundles(reader, key->next));
    } else if (!crate_json_is_string(key, "prefix")) {
      return crate_prov_json_expected(
        reader, key, "\"prefix\", \"bundle\" or a kind of statement");
    }
  }
  return CRATE_OK;
}

static CrateStatus
read_bundle(CrateProvJson *reader, const CrateJson *key)
{
  if (!crate_json_is(key->next, CRATE_JSON_OBJECT)) {
    return crate_prov_json_expected(reader, key->next, "an object, the bundle");
  }
  CRATE_TRY(
    crate_prov_scope_init(&reader->inner, reader->document, &reader->outer));
  CrateStatus status = read_prefixes(
    reader, &reader->inner, crate_json_get(key->next, CRATE_TEXT("prefix")));
  reader->scope = &reader->inner;
  status = status ? status : crate_prov_json_name(reader, key, &reader->bundle);
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
read_bundles(CrateProvJson *reader, const CrateJson *value)
{
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return crate_prov_json_expected(reader, value,
                                    "an object of bundles by identifier");
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(read_bundle(reader, key));
  }
  return CRATE_OK;
}

static CrateStatus
read_document(CrateProvJson *reader)
{
  CrateProv *const document = reader->document;
  const CrateJson *const root = reader->json->root;
  CRATE_TRY(crate_prov_json_begin(reader));
  if (!crate_json_is(root, CRATE_JSON_OBJECT)) {
    return crate_prov_json_expected(reader, root, "an object, the document");
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
    CrateProvJson reader = {.document = document,
                            .json = &json,
                            .code = "invalid-prov-json",
                            .scope = &reader.outer};
    crate_map_init(&reader.outer.namespaces, document->world);
    status = read_document(&reader);
    crate_prov_scope_clear(&reader.outer);
  }
  crate_json_clear(&json);
  return status;
}
