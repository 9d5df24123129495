// SPDX-License-Identifier: Apache-2.0
// Repairs of Croissant documents: words that the context lacks, and words that
// another version of Croissant has.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"
#include "validate/patch.h"
#include "validate/repair.h"
#include <stdio.h>

#define SHACL "http://www.w3.org/ns/shacl#"

/// Fits into a pointer as it is.
static bool
is_plain(CrateText name)
{
  return name.size && name.size < 64u &&
         crate_text_find(name, '/') == name.size &&
         crate_text_find(name, '~') == name.size;
}

static void
write_value(CrateBuffer *out, const char *value)
{
  crate_buffer_add_string(out, ",\"value\":");
  crate_buffer_add_string(out, value);
}

/// A key for the context: into the first object that it has, else into a new
/// one behind what it refers to. `value` is JSON.
static void
add_to_context(const CrateRepair *repair, CrateText key, const char *value)
{
  const CrateView *const view = repair->checks->view;
  const CrateJson *const context =
    crate_json_get(crate_document_head(view), CRATE_TEXT("@context"));
  char path[128] = "/@context";
  size_t index = 0;
  const CrateJson *item = crate_json_first(context);
  if (crate_document_head(view) != view->document.root || !context) {
    return; // of an array of documents, each has a context of its own
  }
  while (item && !crate_json_is(item, CRATE_JSON_OBJECT)) {
    item = item->next;
    ++index;
  }
  CrateBuffer *const out = repair->out;
  if (item || crate_json_is(context, CRATE_JSON_OBJECT)) {
    char at[32] = "";
    if (item) {
      snprintf(at, sizeof(at), "/%zu", index);
    }
    snprintf(path, sizeof(path), "/@context%s/%.*s", at, CRATE_TEXT_ARG(key));
    crate_patch_begin(out, "add", crate_text(path), "");
    write_value(out, value);
  } else if (crate_json_is(context, CRATE_JSON_STRING)) {
    crate_patch_begin(out, "replace", crate_text(path), "");
    crate_buffer_add_string(out, ",\"value\":[");
    crate_json_write_string(out, crate_json_text(context));
    crate_buffer_print(out, ",{\"%.*s\":%s}]", CRATE_TEXT_ARG(key), value);
  } else {
    return;
  }
  crate_patch_end(out);
}

/// Prefixes that everybody means the same by, and terms of Croissant that are
/// more than a name.
static const struct {
  const char *name, *value;
} meanings[] = {
  {"cr", "\"http://mlcommons.org/croissant/\""},
  {"rai", "\"http://mlcommons.org/croissant/RAI/\""},
  {"sc", "\"http://schema.org/\""},
  {"dct", "\"http://purl.org/dc/terms/\""},
  {"prov", "\"http://www.w3.org/ns/prov#\""},
  {"odrl", "\"http://www.w3.org/ns/odrl/2/\""},
  {"foaf", "\"http://xmlns.com/foaf/0.1/\""},
  {"rdf", "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""},
  {"rdfs", "\"http://www.w3.org/2000/01/rdf-schema#\""},
  {"xsd", "\"http://www.w3.org/2001/XMLSchema#\""},
  {"skos", "\"http://www.w3.org/2004/02/skos/core#\""},
  {"wd", "\"http://www.wikidata.org/entity/\""},
  {"wdt", "\"http://www.wikidata.org/prop/direct/\""},
  {"data", "{\"@id\":\"cr:data\",\"@type\":\"@json\"}"},
  {"examples", "{\"@id\":\"cr:examples\",\"@type\":\"@json\"}"},
  {"dataType", "{\"@id\":\"cr:dataType\",\"@type\":\"@vocab\"}"},
  {"conformsTo", "\"dct:conformsTo\""},
};

static const char *
meaning_of(CrateText name)
{
  for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); ++i) {
    if (crate_text_is(name, meanings[i].name)) {
      return meanings[i].value;
    }
  }
  return NULL;
}

/// A prefix that is not declared; the name is a key or a value.
static void
repair_undeclared(const CrateRepair *repair)
{
  CrateText token;
  crate_repair_parent(repair->finding->pointer, &token);
  CrateText name = token;
  if (crate_text_find(name, ':') == name.size &&
      crate_json_is(repair->culprit, CRATE_JSON_STRING)) {
    name = crate_json_text(repair->culprit);
  }
  const CrateText prefix =
    crate_text_slice(name, 0, crate_text_find(name, ':'));
  const char *const meaning = meaning_of(prefix);
  if (meaning && prefix.size < name.size &&
      !crate_context_has(repair->checks->view, prefix)) {
    add_to_context(repair, prefix, meaning);
  }
}

/// Terms that other versions have: renamed, not mapped.
static bool
is_of_old(CrateText name)
{
  return crate_text_is(name, "repeated") || crate_text_is(name, "delimiter") ||
         crate_text_is(name, "separator");
}

/// A term of Croissant that the context does not map, where it has the prefix.
static void
repair_unmapped(const CrateRepair *repair)
{
  CrateText token;
  char value[96];
  crate_repair_parent(repair->finding->pointer, &token);
  const char *const meaning = meaning_of(token);
  if (is_plain(token) && token.size < 60u && !is_of_old(token) &&
      crate_context_has(repair->checks->view, CRATE_TEXT("cr")) &&
      !crate_context_has(repair->checks->view, token)) {
    snprintf(value, sizeof(value), "\"cr:%.*s\"", CRATE_TEXT_ARG(token));
    add_to_context(repair, token, meaning ? meaning : value);
  }
}

/// Rename a key of an object, where the new name is free.
static void
rename_key(const CrateRepair *repair,
           CrateText object,
           const CrateJson *json,
           const char *from,
           const char *to)
{
  CrateText parts[] = {object, CRATE_TEXT("/"), crate_text(from)};
  CrateText path;
  if (!crate_json_get(json, crate_text(from)) ||
      crate_json_get(json, crate_text(to)) ||
      crate_arena_join(&repair->checks->arena, parts, 3, &path)) {
    return;
  }
  char rest[64];
  snprintf(rest, sizeof(rest), "/%s", to);
  crate_patch_begin(repair->out, "move", object, rest);
  crate_patch_text(repair->out, "from", path);
  crate_patch_end(repair->out);
}

/// The object of a document that holds the finding's place, by its pointer.
static const CrateJson *
object_at(const CrateRepair *repair, CrateText pointer)
{
  return crate_json_at(&repair->checks->view->document, pointer);
}

/// What 1.0 calls delimiter is separator in 1.1.
static void
repair_transform(const CrateRepair *repair)
{
  const bool old =
    crate_text_starts(repair->finding->rule, CRATE_TEXT("croissant-1.0"));
  CrateText token;
  CrateText at = repair->finding->pointer;
  const CrateJson *json = repair->culprit;
  if (!crate_json_is(json, CRATE_JSON_OBJECT)) {
    at = crate_repair_parent(at, &token);
    json = object_at(repair, at);
  }
  rename_key(repair, at, json, old ? "separator" : "delimiter",
             old ? "delimiter" : "separator");
}

/// What 1.0 calls repeated is isArray in 1.1.
static void
repair_repeated(const CrateRepair *repair)
{
  CrateText token;
  const CrateText parent =
    crate_repair_parent(repair->finding->pointer, &token);
  if (crate_text_is(token, "repeated")) {
    rename_key(repair, parent, object_at(repair, parent), "repeated",
               "isArray");
  }
}

static void
repair_words(const CrateRepair *repair)
{
  if (crate_text_is(repair->parameter, "undeclared")) {
    repair_undeclared(repair);
  } else if (crate_text_is(repair->parameter, "unmapped") &&
             crate_text_ends(repair->finding->pointer,
                             CRATE_TEXT("/repeated"))) {
    repair_repeated(repair);
  } else if (crate_text_is(repair->parameter, "unmapped")) {
    repair_unmapped(repair);
  }
}

/// Who gives a shape says that it is an array.
static void
repair_shape(const CrateRepair *repair)
{
  CrateText token;
  const CrateText parent =
    crate_repair_parent(repair->finding->pointer, &token);
  const CrateJson *const field = object_at(repair, parent);
  const CrateJson *const said = crate_json_get(field, CRATE_TEXT("isArray"));
  if (crate_text_is(token, "arrayShape") && field && !said) {
    crate_patch_begin(repair->out, "add", parent, "/isArray");
    write_value(repair->out, "true");
    crate_patch_end(repair->out);
  }
}

/// Spaces in an address.
static void
repair_url(const CrateRepair *repair)
{
  const CrateText text = crate_json_is(repair->culprit, CRATE_JSON_STRING)
                           ? crate_json_text(repair->culprit)
                           : (CrateText){NULL, 0};
  CrateBuffer mended;
  crate_buffer_init(&mended, repair->out->world);
  for (size_t i = 0; i < text.size; ++i) {
    if (text.data[i] == ' ') {
      crate_buffer_add_string(&mended, "%20");
    } else {
      crate_buffer_add_byte(&mended, text.data[i]);
    }
  }
  const CrateText url = crate_buffer_text(&mended);
  const bool path = crate_text_is(repair->parameter, "reference");
  if (url.size > text.size && !crate_buffer_status(&mended) &&
      (crate_is_web_url(url) || (path && crate_is_url_reference(url)))) {
    crate_patch_begin(repair->out, "replace", repair->finding->pointer, "");
    crate_patch_text(repair->out, "value", url);
    crate_patch_end(repair->out);
  }
  crate_buffer_clear(&mended);
}

/// A name that may be part of an @id as it is.
static bool
is_part_of_id(CrateText name)
{
  for (size_t i = 0; i < name.size; ++i) {
    const char c = name.data[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
          (c >= '0' && c <= '9') || (c && strchr("._-", c)))) {
      return false;
    }
  }
  return name.size && name.data[0] != '.';
}

static CrateText
name_of(const CrateEntity *entity)
{
  const CrateJson *const name =
    crate_json_get(entity->json, CRATE_TEXT("name"));
  return crate_json_is(name, CRATE_JSON_STRING) ? crate_json_text(name)
                                                : (CrateText){NULL, 0};
}

/// Whether nothing beside an entity has its name.
static bool
is_alone(const CrateView *view, const CrateEntity *entity)
{
  const CrateText name = name_of(entity);
  size_t count = 0;
  for (size_t i = 0; i < view->entity_count; ++i) {
    count += view->entities[i].parent == entity->parent &&
             crate_text_equal(name_of(&view->entities[i]), name);
  }
  return count == 1;
}

/// The @id of what has a name, but none: that of what it is in, and the name,
/// as the text recommends. Nothing refers to it so far.
static void
repair_identity(const CrateRepair *repair)
{
  CrateChecks *const checks = repair->checks;
  const CrateView *const view = checks->view;
  const CrateEntity *const entity =
    repair->culprit ? crate_entity_at(view, repair->culprit->offset) : NULL;
  const CrateEntity *const parent =
    entity && entity->parent ? &view->entities[entity->parent - 1u] : NULL;
  const bool top = parent && parent == view->dataset;
  if (!parent || (!top && !parent->id.size) ||
      !is_part_of_id(name_of(entity)) || !is_alone(view, entity)) {
    return;
  }
  CrateText id = name_of(entity);
  const CrateText parts[] = {parent->id, CRATE_TEXT("/"), id};
  if ((!top && crate_arena_join(&checks->arena, parts, 3, &id)) ||
      crate_map_get(&checks->ids, id, NULL)) {
    return;
  }
  crate_patch_begin(repair->out, "add", repair->finding->pointer, "/@id");
  crate_patch_text(repair->out, "value", id);
  crate_patch_end(repair->out);
}

/// The version that the context is of.
static CrateText
version_of_context(const CrateView *view)
{
  const CrateJson *const context =
    crate_json_get(crate_document_head(view), CRATE_TEXT("@context"));
  const CrateJson *item = crate_json_first(context);
  item = item ? item : context;
  const CrateText text = crate_json_is(item, CRATE_JSON_STRING)
                           ? crate_json_text(item)
                           : (CrateText){NULL, 0};
  return crate_text_is(text, CROISSANT "1.0") ||
             crate_text_is(text, CROISSANT "1.1")
           ? text
           : (CrateText){NULL, 0};
}

/// Who takes the context of a version and says no other conforms to that one.
static void
repair_conformance(const CrateRepair *repair)
{
  const CrateText version = version_of_context(repair->checks->view);
  if (version.size && crate_json_is(repair->culprit, CRATE_JSON_OBJECT)) {
    crate_patch_begin(repair->out, "add", repair->finding->pointer,
                      "/conformsTo");
    crate_patch_text(repair->out, "value", version);
    crate_patch_end(repair->out);
  }
}

const CrateRepairRow crate_repairs_croissant_terms[] = {
  {CRATEKIT "croissantWords", repair_words, NULL},
  {CRATEKIT "transformKnown", repair_transform, NULL},
  {CRATEKIT "onArray", repair_shape, NULL},
  {CRATEKIT "url", repair_url, NULL},
  {SHACL "InConstraintComponent", repair_repeated, "field-repeated"},
  {SHACL "OrConstraintComponent", repair_identity, "id-present"},
  {SHACL "MinCountConstraintComponent", repair_conformance,
   "dataset-conformsto"},
  {NULL, NULL, NULL},
};
