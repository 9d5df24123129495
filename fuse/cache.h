// SPDX-License-Identifier: Apache-2.0
/// @file Bytes of files that are made: kept while somebody reads them, and a
/// while longer, as far as there is room.
#ifndef CRATE_FUSE_CACHE_H
#define CRATE_FUSE_CACHE_H
#include "fuse/node.h"

/// What was made of one node. Released by crate_cache_release().
typedef struct CrateMade {
  CrateNodeId node;
  uint32_t readers;
  uint64_t used; ///< When it was asked for last.
  CrateText bytes;
  char *memory;
} CrateMade;

/// Caller's memory; all zero but the world to begin with.
typedef struct CrateCache {
  const CrateWorld *world;
  CrateMade **items;
  size_t count, capacity;
  uint64_t clock;
  uint64_t held; ///< Bytes.
} CrateCache;

/// The bytes of a node, made now if they are not there. Kept until released.
CRATE_NODISCARD CrateStatus crate_cache_get(CrateCache *cache,
                                            CrateTree *tree,
                                            CrateNodeId id,
                                            const CrateNode *node,
                                            CrateMade **out);

/// Give back what was got; what nobody reads may go.
void crate_cache_release(CrateCache *cache, CrateMade *made);

void crate_cache_clear(CrateCache *cache);

#endif // CRATE_FUSE_CACHE_H
