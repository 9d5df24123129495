// SPDX-License-Identifier: Apache-2.0
// Who is who in flattened and compacted metadata.
#include "convert/ro_crate_json.h"
#include "crate/classify.h"

CrateText
crate_ro_crate_id(const CrateJson *node)
{
  const CrateJson *const id = crate_json_get(node, CRATE_TEXT("@id"));
  return crate_json_is(id, CRATE_JSON_STRING) ? crate_json_text(id)
                                              : (CrateText){NULL, 0};
}

/// The version that a conformsTo names, or any of several.
static CrateText
version_of(const CrateJson *value)
{
  CrateText best = {NULL, 0};
  if (crate_json_is(value, CRATE_JSON_OBJECT)) {
    return crate_version_of(crate_ro_crate_id(value));
  }
  for (const CrateJson *at = crate_json_first(value); at; at = at->next) {
    const CrateText version = crate_version_of(crate_ro_crate_id(at));
    best = crate_text_compare(version, best) > 0 ? version : best;
  }
  return best;
}

/// How well an entity suits as the descriptor, the less the better: as
/// crate-validate finds it.
enum { EXACT, LEGACY, BY_CONFORMANCE, BY_NAME, NOT_AT_ALL };

static int
way_of(const CrateJson *node)
{
  const CrateText id = crate_ro_crate_id(node);
  if (crate_text_is(id, "ro-crate-metadata.json")) {
    return EXACT;
  }
  if (crate_text_is(id, "ro-crate-metadata.jsonld")) {
    return LEGACY;
  }
  if (!crate_json_get(node, CRATE_TEXT("about"))) {
    return NOT_AT_ALL;
  }
  if (version_of(crate_json_get(node, CRATE_TEXT("conformsTo"))).size) {
    return BY_CONFORMANCE;
  }
  return crate_text_ends(id, CRATE_TEXT("ro-crate-metadata.json")) ||
             crate_text_ends(id, CRATE_TEXT("ro-crate-metadata.jsonld"))
           ? BY_NAME
           : NOT_AT_ALL;
}

const CrateJson *
crate_ro_crate_descriptor(const CrateJson *document)
{
  const CrateJson *const graph = crate_json_get(document, CRATE_TEXT("@graph"));
  const CrateJson *best = NULL;
  int best_way = NOT_AT_ALL;
  for (const CrateJson *at = crate_json_first(graph); at; at = at->next) {
    const int way = way_of(at);
    if (way < best_way || (best && way == best_way &&
                           crate_text_compare(crate_ro_crate_id(at),
                                              crate_ro_crate_id(best)) < 0)) {
      best = at;
      best_way = way;
    }
  }
  return best;
}

CrateText
crate_ro_crate_claim(const CrateJson *document)
{
  const CrateJson *const descriptor = crate_ro_crate_descriptor(document);
  return version_of(crate_json_get(descriptor, CRATE_TEXT("conformsTo")));
}

CrateText
crate_ro_crate_root(const CrateJson *document)
{
  return crate_ro_crate_id(
    crate_json_get(crate_ro_crate_descriptor(document), CRATE_TEXT("about")));
}

CrateJson *
crate_ro_crate_entity(const CrateJson *document, CrateText id)
{
  const CrateJson *const graph = crate_json_get(document, CRATE_TEXT("@graph"));
  CrateJson *entity =
    crate_json_is(graph, CRATE_JSON_ARRAY) ? graph->first : NULL;
  while (entity && !crate_text_equal(crate_ro_crate_id(entity), id)) {
    entity = entity->next;
  }
  return entity;
}

void
crate_ro_crate_rename(CrateJson *value, CrateText from, CrateText to)
{
  for (CrateJson *at = crate_json_is(value, CRATE_JSON_ARRAY) ? value->first
                                                              : NULL;
       at; at = at->next) {
    crate_ro_crate_rename(at, from, to);
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CrateJson *const id = key->next;
    if (crate_json_is_string(key, "@id") &&
        crate_json_is(id, CRATE_JSON_STRING) &&
        crate_text_equal(crate_json_text(id), from)) {
      id->text = to.data;
      id->size = (uint32_t)to.size & CRATE_JSON_MAX_SIZE;
    } else if (!crate_json_is_string(key, "@context")) {
      crate_ro_crate_rename(id, from, to);
    }
  }
}
