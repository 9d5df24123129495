// SPDX-License-Identifier: Apache-2.0
// The entities of a document: of RO-Crate, which is flat, the members of
// @graph; else all objects that say something of a node, however deep.
#include "crate/dialect.h"

static const CrateJson *
id_of(const CrateJson *object)
{
  const CrateJson *const id = crate_json_get(object, CRATE_TEXT("@id"));
  return crate_json_is(id, CRATE_JSON_STRING) ? id : NULL;
}

static CrateStatus
list_flat(CrateView *view)
{
  const CrateJson *const graph =
    crate_json_get(view->document.root, CRATE_TEXT("@graph"));
  if (!crate_json_is(graph, CRATE_JSON_ARRAY)) {
    return CRATE_OK;
  }
  view->entities = (CrateEntity *)crate_arena_array(&view->arena, graph->size,
                                                    sizeof(CrateEntity));
  if (!view->entities) {
    return crate_arena_status(&view->arena);
  }
  uint32_t position = 0;
  const uint32_t end = graph->next ? graph->next->offset : CRATE_JSON_NOWHERE;
  for (const CrateJson *item = graph->first; item;
       item = item->next, ++position) {
    if (crate_json_is(item, CRATE_JSON_OBJECT)) {
      const CrateJson *const id = id_of(item);
      view->entities[view->entity_count++] = (CrateEntity){
        .json = item,
        .id = id ? crate_json_text(id) : (CrateText){NULL, 0},
        .id_offset = id ? id->offset : item->offset,
        .end = item->next ? item->next->offset : end,
        .position = position,
      };
    }
  }
  view->state = CRATE_VIEW_ENTITIES;
  return CRATE_OK;
}

/// Members whose values are no nodes: the context, and data as they stand.
static bool
holds_no_nodes(const CrateJson *key)
{
  static const char *const names[] = {"@context", "@value", "data", "examples"};
  const CrateText text = crate_json_text(key);
  size_t start = text.size;
  while (start && !strchr(":/#", text.data[start - 1u])) {
    --start;
  }
  const CrateText name = crate_text_slice(text, start, text.size);
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (crate_text_is(name, names[i])) {
      return true;
    }
  }
  return false;
}

/// Whether an object says something of a node: it is no reference to one, no
/// value, no list, and more than the frame of the document.
static bool
is_entity(const CrateJson *object)
{
  size_t other = 0;
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    if (crate_json_is_string(key, "@value") ||
        crate_json_is_string(key, "@list") ||
        crate_json_is_string(key, "@set")) {
      return false;
    }
    other += !crate_json_is_string(key, "@id") &&
             !crate_json_is_string(key, "@context") &&
             !crate_json_is_string(key, "@graph");
  }
  return other || !object->size;
}

/// A walk over the document: once to count, once to fill in.
typedef struct {
  CrateEntity *entities;
  size_t count;
} Listing;

static void
list_nested(Listing *listing,
            const CrateJson *value,
            uint32_t end,
            uint32_t parent)
{
  if (crate_json_is(value, CRATE_JSON_OBJECT) && is_entity(value)) {
    if (listing->entities) {
      const CrateJson *const id = id_of(value);
      listing->entities[listing->count] = (CrateEntity){
        .json = value,
        .id = id ? crate_json_text(id) : (CrateText){NULL, 0},
        .id_offset = value->offset,
        .end = end,
        .position = (uint32_t)listing->count,
        .parent = parent,
      };
    }
    parent = (uint32_t)++listing->count;
  }
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    list_nested(listing, item, item->next ? item->next->offset : end, parent);
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    const CrateJson *const inner = key->next;
    if (inner->kind >= CRATE_JSON_ARRAY && !holds_no_nodes(key)) {
      list_nested(listing, inner, inner->next ? inner->next->offset : end,
                  parent);
    }
  }
}

CrateStatus
crate_list_entities(CrateView *view)
{
  Listing listing = {NULL, 0};
  const CrateJson *const root = view->document.root;
  if (view->dialects & CRATE_SPEAKS_RO_CRATE) {
    return list_flat(view);
  }
  if (root->kind < CRATE_JSON_ARRAY) {
    return CRATE_OK;
  }
  list_nested(&listing, root, CRATE_JSON_NOWHERE, 0);
  listing.entities = (CrateEntity *)crate_arena_array(
    &view->arena, listing.count, sizeof(CrateEntity));
  if (!listing.entities) {
    return crate_arena_status(&view->arena);
  }
  listing.count = 0;
  list_nested(&listing, root, CRATE_JSON_NOWHERE, 0);
  view->entities = listing.entities;
  view->entity_count = listing.count;
  view->state = CRATE_VIEW_ENTITIES;
  return CRATE_OK;
}

CrateEntity *
crate_entity_at(const CrateView *view, uint32_t offset)
{
  size_t low = 0;
  size_t high = view->entity_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    if (view->entities[middle].json->offset < offset) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low < view->entity_count && view->entities[low].json->offset == offset
           ? &view->entities[low]
           : NULL;
}

CrateStatus
crate_index_entities(CrateView *view)
{
  view->by_term_end = crate_terms_end(view->terms);
  view->by_term = (uint32_t *)crate_arena_array(&view->arena, view->by_term_end,
                                                sizeof(uint32_t));
  if (!view->by_term) {
    return crate_arena_status(&view->arena);
  }
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateTerm term = view->entities[i].term;
    if (term && !view->by_term[term]) {
      view->by_term[term] = (uint32_t)i + 1u;
    }
  }
  return CRATE_OK;
}
