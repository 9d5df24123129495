// SPDX-License-Identifier: Apache-2.0
#include <cratekit/arena.h>

struct CrateArenaChunk {
  CrateArenaChunk *older;
  size_t size; // of the memory after this header
};

#define FIRST_CHUNK ((size_t)16 << 10u)
#define LARGEST_CHUNK ((size_t)8 << 20u)

void
crate_arena_init(CrateArena *arena, const CrateWorld *world)
{
  *arena = (CrateArena){.world = world, .next_size = FIRST_CHUNK};
}

static void
release_chunks(CrateArena *arena, CrateArenaChunk *last)
{
  while (arena->chunk != last) {
    CrateArenaChunk *const older = arena->chunk->older;
    arena->used -= arena->chunk->size;
    crate_world_release(arena->world, arena->chunk);
    arena->chunk = older;
  }
}

void
crate_arena_clear(CrateArena *arena)
{
  if (arena->world) {
    release_chunks(arena, NULL);
    crate_arena_init(arena, arena->world);
  }
}

static void
use_chunk(CrateArena *arena, CrateArenaChunk *chunk)
{
  arena->free = (char *)(chunk + 1);
  arena->end = arena->free + chunk->size;
}

void
crate_arena_reset(CrateArena *arena)
{
#ifdef CRATE_ARENA_DEBUG
  crate_arena_clear(arena);
#else
  CrateArenaChunk *const kept = arena->chunk;
  if (!kept) {
    return;
  }
  arena->chunk = kept->older;
  arena->used -= kept->size;
  release_chunks(arena, NULL);
  kept->older = NULL;
  arena->chunk = kept;
  arena->used = kept->size;
  use_chunk(arena, kept);
#endif
}

CrateArenaMark
crate_arena_mark(const CrateArena *arena)
{
  return (CrateArenaMark){arena->chunk, arena->free, arena->end,
                          arena->next_size};
}

void
crate_arena_rewind(CrateArena *arena, CrateArenaMark mark)
{
  release_chunks(arena, mark.chunk);
  arena->free = mark.free;
  arena->end = mark.end;
  arena->next_size = mark.next_size;
}

void *
crate_arena_grow(CrateArena *arena, size_t size)
{
#ifdef CRATE_ARENA_DEBUG
  const size_t room = size ? size : 1;
#else
  const size_t room = size > arena->next_size ? size : arena->next_size;
#endif
  const size_t ceiling = arena->world->limits.memory_bytes;
  if (room > SIZE_MAX - sizeof(CrateArenaChunk) || arena->used > ceiling ||
      room > ceiling - arena->used) {
    arena->next_size = 0; // remembered for crate_arena_status()
    return NULL;
  }
  CrateArenaChunk *const chunk = (CrateArenaChunk *)crate_world_allocate(
    arena->world, sizeof(CrateArenaChunk) + room);
  if (!chunk) {
    return NULL;
  }
  *chunk = (CrateArenaChunk){arena->chunk, room};
  arena->chunk = chunk;
  arena->used += room;
  use_chunk(arena, chunk);
  char *const block = arena->free;
  arena->free += size;
  if (arena->next_size && arena->next_size < LARGEST_CHUNK) {
    arena->next_size *= 2u;
  }
  return block;
}

CrateStatus
crate_arena_status(const CrateArena *arena)
{
  return arena->next_size ? CRATE_NO_MEMORY : CRATE_OVER_LIMIT;
}

void *
crate_arena_array(CrateArena *arena, size_t count, size_t size)
{
  if (size && count > SIZE_MAX / size) {
    arena->next_size = 0;
    return NULL;
  }
  // An empty array of a fresh arena is a place too: NULL means failure.
  void *const block =
    crate_arena_allocate(arena, count && size ? count * size : 1);
  return block ? memset(block, 0, count * size) : NULL;
}

CrateStatus
crate_arena_copy(CrateArena *arena, CrateText text, CrateText *out)
{
  return crate_arena_join(arena, &text, 1, out);
}

CrateStatus
crate_arena_join(CrateArena *arena,
                 const CrateText *parts,
                 size_t count,
                 CrateText *out)
{
  *out = (CrateText){NULL, 0};
  size_t size = 0;
  for (size_t i = 0; i < count; ++i) {
    if (parts[i].size >= SIZE_MAX - size) {
      return CRATE_OVER_LIMIT;
    }
    size += parts[i].size;
  }
  char *const copy = (char *)crate_arena_allocate(arena, size + 1u);
  if (!copy) {
    return crate_arena_status(arena);
  }
  char *end = copy;
  for (size_t i = 0; i < count; ++i) {
    if (parts[i].size) {
      memcpy(end, parts[i].data, parts[i].size);
    }
    end += parts[i].size;
  }
  *end = '\0';
  *out = (CrateText){copy, size};
  return CRATE_OK;
}
