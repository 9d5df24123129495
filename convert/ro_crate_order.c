// SPDX-License-Identifier: Apache-2.0
#include "convert/ro_crate_json.h"
#include <cratekit/map.h>
#include <stdlib.h>

/// Members that come before all others; those sort by their names.
static const char *const first_members[] = {
  "@id",   "@type",         "name",    "description", "conformsTo",
  "about", "datePublished", "license", "author",
};

/// An entity on its way into order.
typedef struct Entity {
  CrateJson *node;
  CrateText id;  ///< data NULL when it has none.
  size_t number; ///< Where it stood.
  bool is_taken; ///< It has its place.
} Entity;

typedef struct Ordering {
  const CrateWorld *world;
  Entity *entities; ///< Sorted by @id.
  size_t count;
  CrateMap by_id; ///< One more than the index.
  size_t *places; ///< Indexes in the new order.
  size_t placed;
} Ordering;

/// A member being sorted.
typedef struct Member {
  CrateJson *key, *value;
  size_t rank;
} Member;

static size_t
rank_of(const CrateJson *key)
{
  size_t rank = 0;
  while (rank < sizeof first_members / sizeof *first_members &&
         !crate_json_is_string(key, first_members[rank])) {
    ++rank;
  }
  return rank;
}

static int
by_rank(const void *a, const void *b)
{
  const Member *const left = a;
  const Member *const right = b;
  return left->rank != right->rank
           ? (left->rank < right->rank ? -1 : 1)
           : crate_text_compare(crate_json_text(left->key),
                                crate_json_text(right->key));
}

/// Sort the members of one entity.
static CrateStatus
sort_members(const CrateWorld *world, CrateJson *object)
{
  size_t count = 0;
  if (object->size < 2) {
    return CRATE_OK;
  }
  Member *const members =
    crate_world_allocate(world, object->size * sizeof *members);
  if (!members) {
    return CRATE_NO_MEMORY;
  }
  for (CrateJson *key = object->first; key; key = key->next->next) {
    members[count++] = (Member){key, key->next, rank_of(key)};
  }
  qsort(members, count, sizeof *members, by_rank);
  object->first = members[0].key;
  for (size_t i = 0; i < count; ++i) {
    members[i].key->next = members[i].value;
    members[i].value->next = i + 1 < count ? members[i + 1].key : NULL;
  }
  crate_world_release(world, members);
  return CRATE_OK;
}

static int
by_id(const void *a, const void *b)
{
  const Entity *const left = a;
  const Entity *const right = b;
  const int order = crate_text_compare(left->id, right->id);
  return order ? order : (left->number > right->number) * 2 - 1;
}

/// Give the entity of an @id the next place, unless it has one.
static void
take(Ordering *ordering, CrateText id)
{
  uintptr_t index;
  if (!id.data || !crate_map_get(&ordering->by_id, id, &index)) {
    return;
  }
  Entity *const entity = &ordering->entities[index - 1];
  if (!entity->is_taken) {
    entity->is_taken = true;
    ordering->places[ordering->placed++] = index - 1;
  }
}

/// All that a value refers to, as deep as compaction nests.
static void
take_references(Ordering *ordering, const CrateJson *value)
{
  if (crate_json_is(value, CRATE_JSON_OBJECT)) {
    take(ordering, crate_ro_crate_id(value));
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    take_references(ordering, key->next);
  }
  for (const CrateJson *at = crate_json_first(value); at; at = at->next) {
    take_references(ordering, at);
  }
}

/// The places: descriptor, root, what they lead to, the rest.
static void
place_all(Ordering *ordering, const CrateJson *descriptor, CrateText root)
{
  take(ordering, crate_ro_crate_id(descriptor));
  const size_t own = ordering->placed;
  take(ordering, root);
  take(ordering, CRATE_TEXT("./"));
  for (size_t i = own; i < ordering->placed; ++i) {
    take_references(ordering, ordering->entities[ordering->places[i]].node);
  }
  for (size_t i = 0; i < ordering->count; ++i) {
    if (!ordering->entities[i].is_taken) {
      ordering->places[ordering->placed++] = i;
    }
  }
}

/// The entities by @id.
static CrateStatus
collect(Ordering *ordering, const CrateJson *graph)
{
  const CrateWorld *const world = ordering->world;
  ordering->entities =
    crate_world_allocate(world, (graph->size + 1u) * sizeof(Entity));
  ordering->places =
    crate_world_allocate(world, (graph->size + 1u) * sizeof(size_t));
  if (!ordering->entities || !ordering->places) {
    return CRATE_NO_MEMORY;
  }
  for (CrateJson *at = graph->first; at; at = at->next) {
    CRATE_TRY(crate_json_is(at, CRATE_JSON_OBJECT) ? sort_members(world, at)
                                                   : CRATE_OK);
    ordering->entities[ordering->count] =
      (Entity){at, crate_ro_crate_id(at), ordering->count, false};
    ++ordering->count;
  }
  qsort(ordering->entities, ordering->count, sizeof(Entity), by_id);
  for (size_t i = 0; i < ordering->count; ++i) {
    if (ordering->entities[i].id.data) {
      CRATE_TRY(
        crate_map_put(&ordering->by_id, ordering->entities[i].id, i + 1));
    }
  }
  return CRATE_OK;
}

static CrateStatus
order(Ordering *ordering, const CrateJson *document, CrateJson *graph)
{
  CRATE_TRY(collect(ordering, graph));
  place_all(ordering, crate_ro_crate_descriptor(document),
            crate_ro_crate_root(document));
  CrateJson *last = NULL;
  for (size_t i = 0; i < ordering->placed; ++i) {
    CrateJson *const node = ordering->entities[ordering->places[i]].node;
    node->next = NULL;
    if (last) {
      last->next = node;
    } else {
      graph->first = node;
    }
    last = node;
  }
  return CRATE_OK;
}

CrateStatus
crate_ro_crate_order(const CrateWorld *world, CrateJson *document)
{
  CrateJson *const graph = crate_json_get(document, CRATE_TEXT("@graph"));
  Ordering ordering = {.world = world};
  if (!crate_json_is(graph, CRATE_JSON_ARRAY) || !graph->size) {
    return CRATE_OK;
  }
  crate_map_init(&ordering.by_id, world);
  const CrateStatus status = order(&ordering, document, graph);
  crate_map_clear(&ordering.by_id);
  crate_world_release(world, ordering.places);
  crate_world_release(world, ordering.entities);
  return status;
}
