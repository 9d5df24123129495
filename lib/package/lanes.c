// SPDX-License-Identifier: Apache-2.0
// One large file: who reads it fills pieces of a ring, and each kind of digest
// empties them on a thread of its own.
#include "package/reading.h"
#include <pthread.h>

/// Pieces that the reader may be ahead of the slowest digest.
#define SLOTS 16u

typedef struct {
  CrateLanes *lanes;
  CrateDigester digester;
  unsigned kinds;
  uint64_t taken; // pieces digested
  CrateStatus status;
  pthread_t thread;
} Lane;

struct CrateLanes {
  const CrateWorld *world;
  pthread_mutex_t lock;
  pthread_cond_t moved; // `given`, some `taken`, or `ended`
  uint64_t given;       // pieces read
  bool ended;
  char *ring;
  size_t sizes[SLOTS];
  Lane lanes[CRATE_DIGEST_KINDS]; // those that have threads
  size_t count;
  unsigned kinds;
  CrateDigester rest; // kinds without a thread
  unsigned rest_kinds;
};

/// Wait for the next piece; false at the end.
static bool
wait_for_piece(Lane *lane)
{
  CrateLanes *const lanes = lane->lanes;
  pthread_mutex_lock(&lanes->lock);
  while (lane->taken == lanes->given && !lanes->ended) {
    pthread_cond_wait(&lanes->moved, &lanes->lock);
  }
  const bool more = lane->taken < lanes->given;
  pthread_mutex_unlock(&lanes->lock);
  return more;
}

/// A lane whose digest failed goes on taking, so that nobody waits for it.
static void *
run_lane(void *handle)
{
  Lane *const lane = (Lane *)handle;
  CrateLanes *const lanes = lane->lanes;
  while (wait_for_piece(lane)) {
    const size_t slot = (size_t)(lane->taken % SLOTS);
    const CrateText piece = {lanes->ring + slot * CRATE_PIECE,
                             lanes->sizes[slot]};
    const CrateStatus st =
      lane->status ? lane->status : crate_digester_add(&lane->digester, piece);
    pthread_mutex_lock(&lanes->lock);
    lane->status = st;
    ++lane->taken;
    pthread_cond_broadcast(&lanes->moved);
    pthread_mutex_unlock(&lanes->lock);
  }
  return NULL;
}

/// Start a lane for one kind, or leave the kind to the reader.
static CrateStatus
open_lane(CrateLanes *lanes, unsigned kind)
{
  Lane *const lane = &lanes->lanes[lanes->count];
  *lane = (Lane){.lanes = lanes, .kinds = CRATE_DIGEST_SET(kind)};
  const CrateStatus st = crate_digester_start(&lane->digester, lane->kinds);
  if (!st && !pthread_create(&lane->thread, NULL, run_lane, lane)) {
    ++lanes->count;
    return CRATE_OK;
  }
  crate_digester_clear(&lane->digester);
  lanes->rest_kinds |= lane->kinds;
  return st;
}

CrateStatus
crate_lanes_new(const CrateWorld *world, unsigned kinds, CrateLanes **out)
{
  CrateLanes *const lanes =
    (CrateLanes *)crate_world_allocate(world, sizeof(CrateLanes));
  *out = NULL;
  if (!lanes) {
    return CRATE_NO_MEMORY;
  }
  *lanes = (CrateLanes){.world = world, .kinds = kinds};
  lanes->ring = (char *)crate_world_allocate(world, SLOTS * CRATE_PIECE);
  if (!lanes->ring) {
    crate_world_release(world, lanes);
    return CRATE_NO_MEMORY;
  }
  pthread_mutex_init(&lanes->lock, NULL);
  pthread_cond_init(&lanes->moved, NULL);
  CrateStatus st = CRATE_OK;
  for (unsigned i = 0; i < CRATE_DIGEST_KINDS && !st; ++i) {
    st = kinds & CRATE_DIGEST_SET(i) ? open_lane(lanes, i) : CRATE_OK;
  }
  st = st ? st : crate_digester_start(&lanes->rest, lanes->rest_kinds);
  if (st) {
    crate_lanes_finish(lanes, NULL);
    return st;
  }
  *out = lanes;
  return CRATE_OK;
}

/// Whether the ring is full: some lane is far behind.
static bool
is_full(const CrateLanes *lanes)
{
  for (size_t i = 0; i < lanes->count; ++i) {
    if (lanes->given - lanes->lanes[i].taken >= SLOTS) {
      return true;
    }
  }
  return false;
}

static void
give(CrateLanes *lanes, CrateText piece)
{
  pthread_mutex_lock(&lanes->lock);
  while (is_full(lanes)) {
    pthread_cond_wait(&lanes->moved, &lanes->lock);
  }
  const size_t slot = (size_t)(lanes->given % SLOTS);
  pthread_mutex_unlock(&lanes->lock);
  memcpy(lanes->ring + slot * CRATE_PIECE, piece.data, piece.size);
  lanes->sizes[slot] = piece.size;
  pthread_mutex_lock(&lanes->lock);
  ++lanes->given;
  pthread_cond_broadcast(&lanes->moved);
  pthread_mutex_unlock(&lanes->lock);
}

CrateStatus
crate_lanes_add(CrateLanes *lanes, CrateText piece)
{
  while (piece.size) {
    const CrateText part = crate_text_slice(piece, 0, CRATE_PIECE);
    if (lanes->count) {
      give(lanes, part);
    }
    CRATE_TRY(crate_digester_add(&lanes->rest, part));
    piece = crate_text_slice(piece, part.size, piece.size);
  }
  return CRATE_OK;
}

/// One kind's digits into their place among all.
static CrateStatus
write_digits(const CrateLanes *lanes, CrateDigester *digester, char *digits)
{
  char own[CRATE_DIGEST_KINDS * 128u];
  const unsigned kinds = digester->kinds;
  CRATE_TRY(crate_digester_finish(digester, own));
  for (unsigned i = 0; i < CRATE_DIGEST_KINDS; ++i) {
    const CrateText from = crate_digest_of(own, kinds, (CrateDigestKind)i);
    if (from.size) {
      const CrateText to =
        crate_digest_of(digits, lanes->kinds, (CrateDigestKind)i);
      memcpy(digits + (to.data - digits), from.data, from.size);
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_lanes_finish(CrateLanes *lanes, char *digits)
{
  CrateStatus st = CRATE_OK;
  if (!lanes) {
    return st;
  }
  pthread_mutex_lock(&lanes->lock);
  lanes->ended = true;
  pthread_cond_broadcast(&lanes->moved);
  pthread_mutex_unlock(&lanes->lock);
  for (size_t i = 0; i < lanes->count; ++i) {
    Lane *const lane = &lanes->lanes[i];
    pthread_join(lane->thread, NULL);
    st = st ? st : lane->status;
    if (!st && digits) {
      st = write_digits(lanes, &lane->digester, digits);
    }
    crate_digester_clear(&lane->digester);
  }
  if (!st && digits) {
    st = write_digits(lanes, &lanes->rest, digits);
  }
  crate_digester_clear(&lanes->rest);
  pthread_cond_destroy(&lanes->moved);
  pthread_mutex_destroy(&lanes->lock);
  crate_world_release(lanes->world, lanes->ring);
  crate_world_release(lanes->world, lanes);
  return st;
}
