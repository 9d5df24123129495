// SPDX-License-Identifier: Apache-2.0
#include "fuse/cache.h"

/// What may lie about that nobody reads. All of it can be made again, the same.
enum { ROOM = 24 << 20, MOST_ITEMS = 512 };

static CrateMade *
find_made(const CrateCache *cache, CrateNodeId id)
{
  for (size_t i = 0; i < cache->count; ++i) {
    if (cache->items[i]->node == id) {
      return cache->items[i];
    }
  }
  return NULL;
}

static void
drop(CrateCache *cache, size_t index)
{
  CrateMade *const made = cache->items[index];
  cache->items[index] = cache->items[--cache->count];
  cache->held -= made->bytes.size;
  crate_world_release(cache->world, made->memory);
  crate_world_release(cache->world, made);
}

/// The one that nobody reads, and nobody has asked for longest; or `count`.
static size_t
find_oldest(const CrateCache *cache)
{
  size_t oldest = cache->count;
  for (size_t i = 0; i < cache->count; ++i) {
    if (!cache->items[i]->readers &&
        (oldest == cache->count ||
         cache->items[i]->used < cache->items[oldest]->used)) {
      oldest = i;
    }
  }
  return oldest;
}

static void
make_room(CrateCache *cache)
{
  while (cache->held > ROOM || cache->count > MOST_ITEMS) {
    const size_t oldest = find_oldest(cache);
    if (oldest == cache->count) {
      return;
    }
    drop(cache, oldest);
  }
}

static CrateStatus
make(const CrateCache *cache,
     CrateTree *tree,
     CrateNodeId id,
     const CrateNode *node,
     CrateMade **out)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, cache->world);
  CrateStatus st = node->write(tree, node, &buffer);
  st = st ? st : crate_buffer_status(&buffer);
  *out =
    st ? NULL : (CrateMade *)crate_world_allocate(cache->world, sizeof(**out));
  if (!*out) {
    crate_buffer_clear(&buffer);
    return st ? st : CRATE_NO_MEMORY;
  }
  **out = (CrateMade){
    .node = id, .bytes = crate_buffer_text(&buffer), .memory = buffer.data};
  return CRATE_OK;
}

static CrateStatus
add(CrateCache *cache, CrateMade *made)
{
  const CrateStatus st =
    crate_world_reserve(cache->world, &cache->items, &cache->capacity,
                        cache->count + 1u, sizeof(CrateMade *));
  if (st) {
    crate_world_release(cache->world, made->memory);
    crate_world_release(cache->world, made);
    return st;
  }
  cache->items[cache->count++] = made;
  cache->held += made->bytes.size;
  return CRATE_OK;
}

CrateStatus
crate_cache_get(CrateCache *cache,
                CrateTree *tree,
                CrateNodeId id,
                const CrateNode *node,
                CrateMade **out)
{
  *out = find_made(cache, id);
  if (!*out) {
    CRATE_TRY(make(cache, tree, id, node, out));
    CRATE_TRY(add(cache, *out));
  }
  ++(*out)->readers;
  (*out)->used = ++cache->clock;
  return CRATE_OK;
}

void
crate_cache_release(CrateCache *cache, CrateMade *made)
{
  --made->readers;
  make_room(cache);
}

void
crate_cache_clear(CrateCache *cache)
{
  while (cache->count) {
    drop(cache, cache->count - 1u);
  }
  crate_world_release(cache->world, cache->items);
  cache->items = NULL;
  cache->capacity = 0;
}
