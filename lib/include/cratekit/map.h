// SPDX-License-Identifier: Apache-2.0
/// @file A hash table from texts to numbers or pointers.
#ifndef CRATE_MAP_H
#define CRATE_MAP_H
#include <cratekit/text.h>
#include <cratekit/world.h>
CRATE_BEGIN_DECLS

typedef struct CrateMapSlot CrateMapSlot;

/// Caller's memory; fields are private. Has no order: never walk one to
/// make output.
typedef struct CrateMap {
  const CrateWorld *world;
  CrateMapSlot *slots;
  size_t capacity, count;
} CrateMap;

/// Empty; allocates nothing yet. Keeps the world.
CRATE_API void crate_map_init(CrateMap *map, const CrateWorld *world);

CRATE_API void crate_map_clear(CrateMap *map);

/// Put or replace. Keeps the key's bytes, does not copy them.
CRATE_API CRATE_NODISCARD CrateStatus crate_map_put(CrateMap *map,
                                                    CrateText key,
                                                    uintptr_t value);

/// Whether the key is there; `value` (may be NULL) is 0 when it is not.
CRATE_API bool crate_map_get(const CrateMap *map,
                             CrateText key,
                             uintptr_t *value);

CRATE_END_DECLS
#endif // CRATE_MAP_H
