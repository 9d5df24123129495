// SPDX-License-Identifier: Apache-2.0
/// @file Memory that is released whole: one arena per document or phase.
#ifndef CRATE_ARENA_H
#define CRATE_ARENA_H
#include <cratekit/text.h>
#include <cratekit/world.h>
CRATE_BEGIN_DECLS

typedef struct CrateArenaChunk CrateArenaChunk;

/// Caller's memory; the fields are private.
typedef struct CrateArena {
  const CrateWorld *world;
  CrateArenaChunk *chunk; // newest first
  char *free, *end;
  size_t used;      // bytes in all chunks
  size_t next_size; // of the next chunk
} CrateArena;

/// Ready for use; allocates nothing yet. Keeps the world.
CRATE_API void crate_arena_init(CrateArena *arena, const CrateWorld *world);

/// Release everything. The arena may be used again.
CRATE_API void crate_arena_clear(CrateArena *arena);

/// Forget every object but keep one chunk, for a loop that refills it.
CRATE_API void crate_arena_reset(CrateArena *arena);

/// How far an arena was filled at some time.
typedef struct CrateArenaMark {
  CrateArenaChunk *chunk;
  char *free, *end;
  size_t next_size;
} CrateArenaMark;

CRATE_API CrateArenaMark crate_arena_mark(const CrateArena *arena);

/// Forget every object made since the mark.
CRATE_API void crate_arena_rewind(CrateArena *arena, CrateArenaMark mark);

/// Out of line part of crate_arena_allocate().
CRATE_API void *crate_arena_grow(CrateArena *arena, size_t size);

/**
   Room for `size` bytes, aligned to 8, not cleared.

   @return A view, valid while the arena lives; NULL when memory or the
   world's memory_bytes ran out (crate_arena_status() tells which).
*/
static inline void *
crate_arena_allocate(CrateArena *arena, size_t size)
{
  const size_t wanted = (size + 7u) & ~(size_t)7u;
#ifndef CRATE_ARENA_DEBUG
  if (wanted >= size && wanted <= (size_t)(arena->end - arena->free)) {
    void *const block = arena->free;
    arena->free += wanted;
    return block;
  }
#endif
  return crate_arena_grow(arena, wanted >= size ? wanted : size);
}

/// Why the last allocation failed: CRATE_OVER_LIMIT or CRATE_NO_MEMORY.
CRATE_API CrateStatus crate_arena_status(const CrateArena *arena);

/// Cleared room for `count` objects of `size` bytes; NULL as above.
CRATE_API void *crate_arena_array(CrateArena *arena, size_t count, size_t size);

/**
   A copy of a text, NUL-ended for convenience.

   @param out Empty on failure; else a view, valid while the arena lives.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_arena_copy(CrateArena *arena,
                                                       CrateText text,
                                                       CrateText *out);

/// The concatenation of `count` texts, NUL-ended; as crate_arena_copy().
CRATE_API CRATE_NODISCARD CrateStatus crate_arena_join(CrateArena *arena,
                                                       const CrateText *parts,
                                                       size_t count,
                                                       CrateText *out);

CRATE_END_DECLS
#endif // CRATE_ARENA_H
