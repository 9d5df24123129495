// SPDX-License-Identifier: Apache-2.0
// Which nodes a frame can match at all, without a look at every node.
#include "jsonld/frame.h"

static CrateText
address_of(const void *const *pointer)
{
  return (CrateText){(const char *)pointer, sizeof *pointer};
}

static CrateStatus
index_of(CrateFraming *f, const CrateNodeMap *graph, CrateFrameIndex **out)
{
  const void *const key = graph;
  CrateText kept = address_of(&key);
  const CrateTableSlot *const known =
    crate_table_get(&f->indexes, f->p->world, kept);
  if (known) {
    *out = known->value;
    return CRATE_OK;
  }
  CrateArena *const arena = &f->p->arena;
  *out = crate_arena_array(arena, 1, sizeof **out);
  CRATE_TRY(crate_arena_copy(arena, kept, &kept));
  CrateTableSlot *const slot = crate_table_put(&f->indexes, arena, kept);
  if (!*out || !slot) {
    return crate_processor_out_of_memory(f->p);
  }
  slot->value = *out;
  return CRATE_OK;
}

/// Append a node under a key, which is kept; a repeat at the end is dropped.
static CrateStatus
note(CrateFraming *f, CrateTable *table, CrateText key, CrateNode *node)
{
  CrateArena *const arena = &f->p->arena;
  CrateTableSlot *const slot = crate_table_put(table, arena, key);
  if (slot && !slot->value) {
    slot->value = crate_arena_array(arena, 1, sizeof(CrateNodeLinks));
  }
  CrateNodeLinks *const links = slot ? slot->value : NULL;
  if (!links) {
    return crate_processor_out_of_memory(f->p);
  }
  if (links->last && links->last->node == node) {
    return CRATE_OK;
  }
  CrateNodeLink *const link = crate_arena_allocate(arena, sizeof *link);
  if (!link) {
    return crate_processor_out_of_memory(f->p);
  }
  *link = (CrateNodeLink){NULL, node};
  if (links->last) {
    links->last->next = link;
  } else {
    links->first = link;
  }
  links->last = link;
  ++links->count;
  return CRATE_OK;
}

CrateStatus
crate_frame_typed(CrateFraming *f,
                  const CrateNodeMap *graph,
                  CrateText type,
                  const CrateNodeLinks **out)
{
  CrateFrameIndex *index;
  CRATE_TRY(index_of(f, graph, &index));
  for (CrateNode *node = index->has_types ? NULL : graph->first; node;
       node = node->next) {
    for (const CrateTypeValue *at = node->element->types; at; at = at->next) {
      CRATE_TRY(note(f, &index->types, at->text, node));
    }
  }
  index->has_types = true;
  const CrateTableSlot *const slot =
    crate_table_get(&index->types, f->p->world, type);
  *out = slot ? slot->value : NULL;
  return CRATE_OK;
}

/// A property and an identifier as one key.
static CrateStatus
join_key(CrateArena *arena,
         const CrateName *property,
         CrateText id,
         CrateText *out)
{
  const void *const address = property;
  const CrateText parts[] = {address_of(&address), id};
  return crate_arena_join(arena, parts, 2, out);
}

static CrateStatus
note_references(CrateFraming *f, CrateTable *table, CrateNode *node)
{
  for (const CrateProperty *property = node->element->properties.first;
       property; property = property->next) {
    for (const CrateElement *at = property->values.first; at; at = at->next) {
      CrateText key;
      if (!crate_element_has(at, CRATE_AT_ID)) {
        continue;
      }
      CRATE_TRY(join_key(&f->p->arena, property->name, at->id, &key));
      CRATE_TRY(note(f, table, key, node));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_frame_referring(CrateFraming *f,
                      const CrateNodeMap *graph,
                      const CrateName *property,
                      CrateText id,
                      const CrateNodeLinks **out)
{
  CrateFrameIndex *index;
  CrateText key;
  CRATE_TRY(index_of(f, graph, &index));
  for (CrateNode *node = index->has_objects ? NULL : graph->first; node;
       node = node->next) {
    CRATE_TRY(note_references(f, &index->objects, node));
  }
  index->has_objects = true;
  CRATE_TRY(join_key(&f->p->arena, property, id, &key));
  const CrateTableSlot *const slot =
    crate_table_get(&index->objects, f->p->world, key);
  *out = slot ? slot->value : NULL;
  return CRATE_OK;
}
