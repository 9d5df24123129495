// SPDX-License-Identifier: Apache-2.0
#include "jsonld/table.h"

/// Key of the empty text: its own address tells it from a free slot.
static const char empty_key[1] = "";

static CrateTableSlot *
probe(const CrateTable *table, CrateText key, uint64_t hash)
{
  const uint32_t mask = table->capacity - 1u;
  for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1u) & mask) {
    CrateTableSlot *const slot = &table->slots[i];
    if (!slot->key.data ||
        (slot->hash == hash && crate_text_equal(slot->key, key))) {
      return slot;
    }
  }
}

static bool
grow(CrateTable *table, CrateArena *arena)
{
  const uint32_t capacity = table->capacity ? table->capacity * 2u : 8u;
  CrateTable larger = {NULL, capacity, table->count};
  if (capacity < table->capacity ||
      !(larger.slots =
          crate_arena_array(arena, capacity, sizeof(CrateTableSlot)))) {
    return false;
  }
  for (uint32_t i = 0; i < table->capacity; ++i) {
    const CrateTableSlot *const slot = &table->slots[i];
    if (slot->key.data) {
      *probe(&larger, slot->key, slot->hash) = *slot;
    }
  }
  *table = larger;
  return true;
}

CrateTableSlot *
crate_table_put(CrateTable *table, CrateArena *arena, CrateText key)
{
  if (table->count >= table->capacity / 4u * 3u && !grow(table, arena)) {
    return NULL;
  }
  const uint64_t hash = crate_text_hash(key, arena->world->hash_key);
  CrateTableSlot *const slot = probe(table, key, hash);
  if (!slot->key.data) {
    slot->key = key.size ? key : (CrateText){empty_key, 0};
    slot->hash = hash;
    ++table->count;
  }
  return slot;
}

CrateTableSlot *
crate_table_get(const CrateTable *table, const CrateWorld *world, CrateText key)
{
  if (!table->count) {
    return NULL;
  }
  CrateTableSlot *const slot =
    probe(table, key, crate_text_hash(key, world->hash_key));
  return slot->key.data ? slot : NULL;
}
