// SPDX-License-Identifier: Apache-2.0
#include <cratekit/map.h>

struct CrateMapSlot {
  const char *key; // NULL: the slot is empty
  uint32_t size;   // of the key; longer keys are refused
  uint32_t hash;   // low half, compared before the bytes
  uintptr_t value;
};

/// What an empty key's `key` points to, so that NULL can mean "no key".
static const char no_bytes[1] = "";

void
crate_map_init(CrateMap *map, const CrateWorld *world)
{
  *map = (CrateMap){.world = world};
}

void
crate_map_clear(CrateMap *map)
{
  if (map->world) {
    crate_world_release(map->world, map->slots);
    crate_map_init(map, map->world);
  }
}

/// The slot that holds the key, or the empty one where it would go. Linear
/// probing; capacity is a power of two and never full.
static CrateMapSlot *
find_slot(const CrateMap *map, CrateText key, uint32_t hash)
{
  const size_t mask = map->capacity - 1u;
  for (size_t i = hash & mask;; i = (i + 1u) & mask) {
    CrateMapSlot *const slot = &map->slots[i];
    if (!slot->key ||
        (slot->hash == hash &&
         crate_text_equal((CrateText){slot->key, slot->size}, key))) {
      return slot;
    }
  }
}

static CrateStatus
grow(CrateMap *map)
{
  const CrateMap old = *map;
  const size_t capacity = old.capacity ? old.capacity * 2u : 16u;
  if (capacity > SIZE_MAX / sizeof(CrateMapSlot)) {
    return CRATE_NO_MEMORY;
  }
  CrateMapSlot *const slots = (CrateMapSlot *)crate_world_allocate(
    map->world, capacity * sizeof(CrateMapSlot));
  if (!slots) {
    return CRATE_NO_MEMORY;
  }
  memset(slots, 0, capacity * sizeof(CrateMapSlot));
  map->slots = slots;
  map->capacity = capacity;
  for (size_t i = 0; i < old.capacity; ++i) {
    const CrateMapSlot *const slot = &old.slots[i];
    if (slot->key) {
      *find_slot(map, (CrateText){slot->key, slot->size}, slot->hash) = *slot;
    }
  }
  crate_world_release(map->world, old.slots);
  return CRATE_OK;
}

CrateStatus
crate_map_put(CrateMap *map, CrateText key, uintptr_t value)
{
  if (key.size > UINT32_MAX) {
    return CRATE_OVER_LIMIT;
  }
  if (map->count + 1u > map->capacity - map->capacity / 4u) {
    CRATE_TRY(grow(map));
  }
  const uint32_t hash = (uint32_t)crate_text_hash(key, map->world->hash_key);
  CrateMapSlot *const slot = find_slot(map, key, hash);
  if (!slot->key) {
    slot->key = key.data ? key.data : no_bytes;
    slot->size = (uint32_t)key.size;
    slot->hash = hash;
    ++map->count;
  }
  slot->value = value;
  return CRATE_OK;
}

bool
crate_map_get(const CrateMap *map, CrateText key, uintptr_t *value)
{
  if (value) {
    *value = 0;
  }
  if (!map->count || key.size > UINT32_MAX) {
    return false;
  }
  const uint32_t hash = (uint32_t)crate_text_hash(key, map->world->hash_key);
  const CrateMapSlot *const slot = find_slot(map, key, hash);
  if (slot->key && value) {
    *value = slot->value;
  }
  return slot->key != NULL;
}
