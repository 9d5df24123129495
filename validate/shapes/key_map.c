// SPDX-License-Identifier: Apache-2.0
#include "validate/shapes/key_map.h"

struct CrateKeySlot {
  uint64_t key;
  uint32_t value;
  uint32_t generation;
};

void
crate_key_map_init(CrateKeyMap *map, const CrateWorld *world)
{
  *map = (CrateKeyMap){.world = world, .generation = 1};
}

void
crate_key_map_clear(CrateKeyMap *map)
{
  if (map->world) {
    crate_world_release(map->world, map->slots);
  }
  *map = (CrateKeyMap){.world = map->world, .generation = 1};
}

void
crate_key_map_reset(CrateKeyMap *map)
{
  map->count = 0;
  if (++map->generation) {
    return;
  }
  // The counter went round: slots of the first generation would come back.
  if (map->slots) {
    memset(map->slots, 0, map->capacity * sizeof(*map->slots));
  }
  map->generation = 1;
}

static size_t
slot_of(const CrateKeyMap *map, uint64_t key)
{
  uint64_t h = (key ^ map->world->hash_key) * UINT64_C(0x9E3779B97F4A7C15);
  h = (h ^ h >> 32u) * UINT64_C(0xD6E8FEB86659FD93);
  size_t i = (size_t)(h >> 29u) & (map->capacity - 1);
  while (map->slots[i].generation == map->generation &&
         map->slots[i].key != key) {
    i = (i + 1) & (map->capacity - 1);
  }
  return i;
}

static CrateStatus
grow(CrateKeyMap *map)
{
  const size_t capacity = map->capacity ? map->capacity * 2 : 64;
  if (capacity > SIZE_MAX / sizeof(CrateKeySlot)) {
    return CRATE_NO_MEMORY;
  }
  CrateKeySlot *const slots =
    crate_world_allocate(map->world, capacity * sizeof(*slots));
  if (!slots) {
    return CRATE_NO_MEMORY;
  }
  memset(slots, 0, capacity * sizeof(*slots));
  const CrateKeyMap old = *map;
  map->slots = slots;
  map->capacity = capacity;
  for (size_t i = 0; i < old.capacity; ++i) {
    if (old.slots[i].generation == old.generation) {
      slots[slot_of(map, old.slots[i].key)] = old.slots[i];
    }
  }
  crate_world_release(map->world, old.slots);
  return CRATE_OK;
}

CrateStatus
crate_key_map_add(CrateKeyMap *map,
                  uint64_t key,
                  uint32_t value,
                  uint32_t *found)
{
  *found = 0;
  if (map->count >= map->capacity / 2) {
    CRATE_TRY(grow(map));
  }
  CrateKeySlot *const slot = &map->slots[slot_of(map, key)];
  if (slot->generation == map->generation) {
    *found = slot->value;
    return CRATE_OK;
  }
  *slot = (CrateKeySlot){key, value, map->generation};
  ++map->count;
  return CRATE_OK;
}

uint32_t
crate_key_map_get(const CrateKeyMap *map, uint64_t key)
{
  if (!map->count) {
    return 0;
  }
  const CrateKeySlot *const slot = &map->slots[slot_of(map, key)];
  return slot->generation == map->generation ? slot->value : 0;
}
