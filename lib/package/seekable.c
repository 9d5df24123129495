// SPDX-License-Identifier: Apache-2.0
// Reading to and fro in a packed run.
#include "package/seekable.h"
#include <pthread.h>

/// A block is what a system reads ahead; there are so many that readers who
/// come a little late or early still find theirs.
enum { BLOCK = 1 << 17, BLOCKS = 24, AHEAD = 8 };

typedef struct {
  uint64_t number; // of the block in the run
  uint64_t used;   // when it was asked for last; 0: it holds nothing
  size_t size;     // less than BLOCK at the end of the run
  unsigned char *bytes;
} Block;

struct CrateSeekable {
  CrateInflow run;
  pthread_mutex_t lock; // of all that is here
  uint64_t clock;
  Block blocks[BLOCKS];
};

CrateStatus
crate_seekable_new(CrateInflow *run, CrateSeekable **out)
{
  CrateSeekable *const seekable =
    (CrateSeekable *)crate_world_allocate(run->world, sizeof(CrateSeekable));
  *out = seekable;
  if (!seekable) {
    return CRATE_NO_MEMORY;
  }
  *seekable = (CrateSeekable){.run = *run};
  pthread_mutex_init(&seekable->lock, NULL);
  crate_inflow_remember(&seekable->run);
  return CRATE_OK;
}

void
crate_seekable_free(CrateSeekable *seekable)
{
  if (seekable) {
    const CrateWorld *const world = seekable->run.world;
    for (size_t i = 0; i < BLOCKS; ++i) {
      crate_world_release(world, seekable->blocks[i].bytes);
    }
    seekable->run.bytes = (CrateBytes){.descriptor = -1};
    crate_inflow_close(&seekable->run);
    pthread_mutex_destroy(&seekable->lock);
    crate_world_release(world, seekable);
  }
}

static Block *
find_block(CrateSeekable *seekable, uint64_t number)
{
  for (size_t i = 0; i < BLOCKS; ++i) {
    Block *const block = &seekable->blocks[i];
    if (block->used && block->number == number) {
      return block;
    }
  }
  return NULL;
}

/// The block that nobody has asked for longest, or one that is still free.
static Block *
oldest_block(CrateSeekable *seekable)
{
  Block *oldest = &seekable->blocks[0];
  for (size_t i = 1; i < BLOCKS; ++i) {
    if (seekable->blocks[i].used < oldest->used) {
      oldest = &seekable->blocks[i];
    }
  }
  return oldest;
}

static CrateStatus
load_block(CrateSeekable *seekable, uint64_t number, Block **out)
{
  Block *const block = oldest_block(seekable);
  *out = block;
  block->used = 0;
  if (!block->bytes) {
    block->bytes =
      (unsigned char *)crate_world_allocate(seekable->run.world, BLOCK);
    if (!block->bytes) {
      return CRATE_NO_MEMORY;
    }
  }
  CRATE_TRY(crate_inflow_read(&seekable->run, number * BLOCK, block->bytes,
                              BLOCK, &block->size));
  block->number = number;
  block->used = ++seekable->clock;
  return CRATE_OK;
}

/// Load a block. Those that have to be unpacked on the way to it are kept, if
/// they are few: who reads ahead asks for them next.
static CrateStatus
load_up_to(CrateSeekable *seekable, uint64_t number, Block **out)
{
  const uint64_t next = (seekable->run.at + BLOCK - 1u) / BLOCK;
  const bool near = next < number && number - next <= AHEAD;
  for (uint64_t i = near ? next : number; i < number; ++i) {
    CRATE_TRY(load_block(seekable, i, out));
  }
  return load_block(seekable, number, out);
}

static CrateStatus
read_locked(CrateSeekable *seekable,
            uint64_t offset,
            unsigned char *out,
            size_t size,
            size_t *got)
{
  while (*got < size) {
    const uint64_t at = offset + *got;
    const size_t start = (size_t)(at % BLOCK);
    Block *block = find_block(seekable, at / BLOCK);
    if (!block) {
      CRATE_TRY(load_up_to(seekable, at / BLOCK, &block));
    }
    block->used = ++seekable->clock;
    if (start >= block->size) {
      return CRATE_OK; // the end of the run
    }
    const size_t left = block->size - start;
    const size_t piece = size - *got < left ? size - *got : left;
    memcpy(out + *got, block->bytes + start, piece);
    *got += piece;
  }
  return CRATE_OK;
}

CrateStatus
crate_seekable_read(CrateSeekable *seekable,
                    uint64_t offset,
                    unsigned char *out,
                    size_t size,
                    size_t *got)
{
  *got = 0;
  pthread_mutex_lock(&seekable->lock);
  const CrateStatus st = read_locked(seekable, offset, out, size, got);
  pthread_mutex_unlock(&seekable->lock);
  return st;
}
