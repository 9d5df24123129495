// SPDX-License-Identifier: Apache-2.0
/// @file A hash table from 64-bit keys to numbers, cheap to empty.
#ifndef CRATE_SHAPES_KEY_MAP_H
#define CRATE_SHAPES_KEY_MAP_H
#include <cratekit/term.h>

typedef struct CrateKeySlot CrateKeySlot;

/// Caller's memory; fields are private. Has no order.
typedef struct CrateKeyMap {
  const CrateWorld *world;
  CrateKeySlot *slots;
  size_t capacity, count;
  uint32_t generation; // slots of an older one are free
} CrateKeyMap;

/// Empty; allocates nothing yet. Keeps the world.
void crate_key_map_init(CrateKeyMap *map, const CrateWorld *world);

void crate_key_map_clear(CrateKeyMap *map);

/// Forget all keys in constant time, keep the memory.
void crate_key_map_reset(CrateKeyMap *map);

/**
   Put a key that is not there yet; a key that is there keeps its value.

   @param value Of the key; never 0.
   @param found Set to the value that was there, 0 when the key is new.
*/
CRATE_NODISCARD CrateStatus crate_key_map_add(CrateKeyMap *map,
                                              uint64_t key,
                                              uint32_t value,
                                              uint32_t *found);

/// The value, 0 when the key is not there.
uint32_t crate_key_map_get(const CrateKeyMap *map, uint64_t key);

/// Two numbers as one key.
static inline uint64_t
crate_key(uint32_t a, CrateTerm b)
{
  return (uint64_t)a << 32u | b;
}

#endif // CRATE_SHAPES_KEY_MAP_H
