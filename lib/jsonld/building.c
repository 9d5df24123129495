// SPDX-License-Identifier: Apache-2.0
#include "jsonld/building.h"

/// Fewer members than this are found by walking.
#define INDEX_FROM 16u

CrateStatus
crate_builder_status(const CrateBuilder *builder)
{
  const CrateStatus status = crate_arena_status(builder->scratch);
  return status == CRATE_OVER_LIMIT ? status
                                    : crate_arena_status(builder->output);
}

CrateEntry *
crate_building_find(const CrateBuilder *builder,
                    const CrateBuilding *building,
                    CrateText key)
{
  if (building->index.count) {
    const CrateTableSlot *const slot =
      crate_table_get(&building->index, builder->scratch->world, key);
    return slot ? slot->value : NULL;
  }
  CrateEntry *entry = building->first;
  while (entry && !crate_text_equal(entry->key, key)) {
    entry = entry->next;
  }
  return entry;
}

/// Index the members there are, once there are many, or the new one.
static bool
note(const CrateBuilder *builder, CrateBuilding *building, CrateEntry *entry)
{
  if (building->count < INDEX_FROM) {
    return true;
  }
  CrateEntry *at = building->index.count ? entry : building->first;
  for (; at; at = at->next) {
    CrateTableSlot *const slot =
      crate_table_put(&building->index, builder->scratch, at->key);
    if (!slot) {
      return false;
    }
    slot->value = at;
  }
  return true;
}

CrateStatus
crate_building_entry(const CrateBuilder *builder,
                     CrateBuilding *building,
                     CrateText key,
                     CrateEntry **out)
{
  *out = crate_building_find(builder, building, key);
  if (*out) {
    return CRATE_OK;
  }
  CrateEntry *const entry =
    crate_arena_array(builder->scratch, 1, sizeof *entry);
  if (!entry) {
    return crate_builder_status(builder);
  }
  entry->key = key;
  if (building->last) {
    building->last->next = entry;
  } else {
    building->first = entry;
  }
  building->last = entry;
  ++building->count;
  *out = entry;
  return note(builder, building, entry) ? CRATE_OK
                                        : crate_builder_status(builder);
}

CrateStatus
crate_building_map(const CrateBuilder *builder,
                   CrateBuilding *building,
                   CrateText key,
                   CrateBuilding **out)
{
  CrateEntry *entry;
  CRATE_TRY(crate_building_entry(builder, building, key, &entry));
  if (!entry->map) {
    entry->map = crate_arena_array(builder->scratch, 1, sizeof *entry->map);
    if (!entry->map) {
      return crate_builder_status(builder);
    }
    entry->map->offset = building->offset;
    entry->value = entry->last = NULL;
  }
  *out = entry->map;
  return CRATE_OK;
}

/// Step 1: what the member holds becomes an array.
static CrateStatus
make_array(const CrateBuilder *builder, CrateEntry *entry)
{
  CrateJson *const first = entry->value;
  if (crate_json_is(first, CRATE_JSON_ARRAY)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_builder_new(builder, CRATE_JSON_ARRAY, &entry->value));
  entry->last = NULL;
  if (first) {
    entry->value->offset = first->offset;
    crate_json_append(entry->value, &entry->last, first);
  }
  return CRATE_OK;
}

/// Step 3, for one value.
static CrateStatus
add_one(const CrateBuilder *builder, CrateEntry *entry, CrateJson *value)
{
  if (!entry->value) {
    value->next = NULL;
    entry->value = value;
    return CRATE_OK;
  }
  CRATE_TRY(make_array(builder, entry));
  crate_json_append(entry->value, &entry->last, value);
  return CRATE_OK;
}

CrateStatus
crate_building_add(const CrateBuilder *builder,
                   CrateBuilding *building,
                   CrateText key,
                   CrateJson *value,
                   bool as_array)
{
  const bool is_array = value->kind == CRATE_JSON_ARRAY;
  CrateEntry *entry;
  if (is_array && !value->size && !as_array) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_building_entry(builder, building, key, &entry));
  if (as_array) {
    CRATE_TRY(make_array(builder, entry));
  }
  if (!is_array) {
    return add_one(builder, entry, value);
  }
  for (CrateJson *item = value->first, *next; item; item = next) {
    next = item->next;
    CRATE_TRY(add_one(builder, entry, item));
  }
  return CRATE_OK;
}

CrateStatus
crate_building_set(const CrateBuilder *builder,
                   CrateBuilding *building,
                   CrateText key,
                   CrateJson *value)
{
  CrateEntry *entry;
  CRATE_TRY(crate_building_entry(builder, building, key, &entry));
  value->next = NULL;
  entry->value = value;
  entry->last = NULL;
  entry->map = NULL;
  return CRATE_OK;
}

CrateStatus
crate_building_finish(const CrateBuilder *builder,
                      CrateBuilding *building,
                      CrateJson **out)
{
  CrateJson head = {.next = NULL};
  CrateJson *last = &head;
  CRATE_TRY(crate_builder_new(builder, CRATE_JSON_OBJECT, out));
  (*out)->offset = building->offset;
  for (CrateEntry *entry = building->first; entry; entry = entry->next) {
    CrateJson *key;
    if (entry->map) {
      CRATE_TRY(crate_building_finish(builder, entry->map, &entry->value));
    }
    if (!entry->value) {
      continue;
    }
    CRATE_TRY(crate_builder_string(builder, entry->key, &key));
    last->next = key;
    key->next = last = entry->value;
    ++(*out)->size;
  }
  last->next = NULL;
  (*out)->first = head.next;
  return CRATE_OK;
}

CrateStatus
crate_builder_string(const CrateBuilder *builder,
                     CrateText text,
                     CrateJson **out)
{
  *out = crate_json_new_text(builder->output, CRATE_JSON_STRING, text,
                             CRATE_JSON_NOWHERE);
  return *out ? CRATE_OK : crate_builder_status(builder);
}

CrateStatus
crate_builder_new(const CrateBuilder *builder,
                  CrateJsonKind kind,
                  CrateJson **out)
{
  *out = crate_json_new(builder->output, kind, CRATE_JSON_NOWHERE);
  return *out ? CRATE_OK : crate_builder_status(builder);
}

CrateStatus
crate_builder_copy(const CrateBuilder *builder,
                   const CrateJson *value,
                   CrateJson **out)
{
  *out = crate_arena_allocate(builder->output, sizeof **out);
  if (!*out) {
    return crate_builder_status(builder);
  }
  **out = *value;
  (*out)->next = NULL;
  if (value->kind != CRATE_JSON_ARRAY) {
    return CRATE_OK;
  }
  CrateJson *last = NULL;
  (*out)->size = 0;
  (*out)->first = NULL;
  for (const CrateJson *item = value->first; item; item = item->next) {
    CrateJson *const copy = crate_arena_allocate(builder->output, sizeof *copy);
    if (!copy) {
      return crate_builder_status(builder);
    }
    *copy = *item;
    crate_json_append(*out, &last, copy);
  }
  return CRATE_OK;
}
