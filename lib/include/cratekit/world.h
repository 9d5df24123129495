// SPDX-License-Identifier: Apache-2.0
/// @file What every room shares: allocator, limits and sink. No globals.
#ifndef CRATE_WORLD_H
#define CRATE_WORLD_H
#include <cratekit/diagnostic.h>
#include <cratekit/progress.h>
#include <cratekit/status.h>
CRATE_BEGIN_DECLS

/// Where memory comes from. All three are set; `handle` is passed through.
typedef struct CrateAllocator {
  void *handle;
  void *(*allocate)(void *handle, size_t size); ///< NULL when there is none.
  void *(*resize)(void *handle, void *block, size_t size);
  void (*release)(void *handle, void *block); ///< Accepts NULL.
} CrateAllocator;

/// Ceilings on what hostile input may cost. A room that meets one answers
/// CRATE_OVER_LIMIT. Counts are of things, sizes are bytes.
typedef struct CrateLimits {
  size_t document_bytes;    ///< One document; never above 4 GiB - 1.
  size_t memory_bytes;      ///< One arena.
  uint32_t depth;           ///< Nesting of JSON values.
  uint32_t quads;           ///< Of one graph.
  uint32_t context_depth;   ///< Remote contexts nested in one another.
  uint32_t archive_members; ///< Entries of one archive.
  uint32_t archive_ratio;   ///< Unpacked bytes per packed byte.
  uint64_t canonical_work;  ///< RDFC-1.0: Hash N-Degree Quads steps.
  uint32_t shape_depth;     ///< Nesting of sh:node and its like.
  uint64_t path_work;       ///< JSONPath, itemref: steps of one walk.
  uint64_t update_work;     ///< Mappings: statements and solutions looked at.
} CrateLimits;

/// Plain data: fill it with crate_world_init() and then change what you like.
/// Must outlive everything made with it. One thread at a time: the library may
/// read files on threads of its own, but calls all of these one at a time, and
/// sink and progress only on the thread that called it.
typedef struct CrateWorld {
  CrateAllocator allocator;
  CrateLimits limits;
  CrateSink sink;
  CrateProgress progress;
  uint32_t threads;  ///< To read files with; 0: one for each processor.
  uint64_t hash_key; ///< Random; keys the hash tables, never the output.
} CrateWorld;

/// The system's allocator, careful limits, a sink that drops everything.
CRATE_API void crate_world_init(CrateWorld *world);

/// Allocate through the world. NULL when there is none. Size 0 is 1.
CRATE_API void *crate_world_allocate(const CrateWorld *world, size_t size);

/// Grow or shrink; on NULL the old block stands.
CRATE_API void *crate_world_resize(const CrateWorld *world,
                                   void *block,
                                   size_t size);

CRATE_API void crate_world_release(const CrateWorld *world, void *block);

/**
   Make room for at least `needed` elements in a growing array.

   @param array    Changed: pointer to the array's pointer.
   @param capacity Changed: elements there is room for.
   @param needed   Elements there must be room for afterwards.
   @param size     Of one element, in bytes.
   @return CRATE_NO_MEMORY; the array then stands unchanged.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_world_reserve(const CrateWorld *world,
                    void *array,
                    size_t *capacity,
                    size_t needed,
                    size_t size);

/**
   Say something to the person.

   @param place Borrowed; file, line, column, code and level are taken from it.
   @return `status`, so that a caller can say and return in one line.
*/
CRATE_API CRATE_PRINTF(4, 5) CrateStatus
  crate_world_say(const CrateWorld *world,
                  CrateStatus status,
                  const CrateDiagnostic *place,
                  const char *format,
                  ...);

CRATE_END_DECLS
#endif // CRATE_WORLD_H
