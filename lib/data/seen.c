// SPDX-License-Identifier: Apache-2.0
#include "data/seen.h"

/// Empty when the place is 0.
struct CrateSeenSlot {
  CrateHash128 hash;
  uint64_t place;
};

enum { SMALLEST = 256 };

/// Two lanes, each of them multiplied and folded; odd constants.
static CrateHash128
mix(CrateHash128 hash, uint64_t word)
{
  hash.low = (hash.low ^ word) * UINT64_C(0x9e3779b97f4a7c15);
  hash.low ^= hash.low >> 29u;
  hash.high = (hash.high + word) * UINT64_C(0xc2b2ae3d27d4eb4f);
  hash.high ^= hash.high >> 32u;
  return hash;
}

CrateHash128
crate_hash128_start(const CrateWorld *world)
{
  const CrateHash128 hash = {world->hash_key, ~world->hash_key};
  return mix(hash, UINT64_C(0x165667b19e3779f9));
}

CrateHash128
crate_hash128_add(CrateHash128 hash, CrateText value)
{
  const char *at = value.data;
  size_t left = value.size;
  uint64_t word = 0;
  for (; left >= sizeof(word); left -= sizeof(word), at += sizeof(word)) {
    memcpy(&word, at, sizeof(word));
    hash = mix(hash, word);
  }
  word = 0;
  if (left) {
    memcpy(&word, at, left);
  }
  hash = mix(hash, word);
  return mix(hash, (uint64_t)value.size); // where the value ends
}

void
crate_seen_init(CrateSeen *seen, const CrateWorld *world, size_t most)
{
  *seen = (CrateSeen){.world = world, .most = most};
}

void
crate_seen_clear(CrateSeen *seen)
{
  crate_world_release(seen->world, seen->slots);
  *seen = (CrateSeen){.world = seen->world, .most = seen->most};
}

/// Where a value is, or would be.
static CrateSeenSlot *
find_slot(const CrateSeen *seen, CrateHash128 hash)
{
  const size_t mask = seen->capacity - 1u;
  size_t at = (size_t)(hash.low ^ (hash.high >> 17u)) & mask;
  while (seen->slots[at].place && (seen->slots[at].hash.low != hash.low ||
                                   seen->slots[at].hash.high != hash.high)) {
    at = (at + 1u) & mask;
  }
  return &seen->slots[at];
}

static CrateStatus
grow(CrateSeen *seen)
{
  const size_t capacity = seen->capacity ? 2u * seen->capacity : SMALLEST;
  CrateSeen larger = {.world = seen->world,
                      .capacity = capacity,
                      .count = seen->count,
                      .most = seen->most};
  larger.slots = (CrateSeenSlot *)crate_world_allocate(
    seen->world, capacity * sizeof(CrateSeenSlot));
  if (!larger.slots) {
    return CRATE_NO_MEMORY;
  }
  memset(larger.slots, 0, capacity * sizeof(CrateSeenSlot));
  for (size_t i = 0; i < seen->capacity; ++i) {
    if (seen->slots[i].place) {
      *find_slot(&larger, seen->slots[i].hash) = seen->slots[i];
    }
  }
  crate_world_release(seen->world, seen->slots);
  *seen = larger;
  return CRATE_OK;
}

CrateStatus
crate_seen_put(CrateSeen *seen,
               CrateHash128 hash,
               uint64_t place,
               uint64_t *first)
{
  *first = 0;
  if (4u * seen->count >= 3u * seen->capacity) {
    CRATE_TRY(grow(seen));
  }
  CrateSeenSlot *const slot = find_slot(seen, hash);
  *first = slot->place;
  if (slot->place) {
    return CRATE_OK;
  }
  if (seen->count >= seen->most) {
    return CRATE_OVER_LIMIT;
  }
  *slot = (CrateSeenSlot){hash, place};
  ++seen->count;
  return CRATE_OK;
}

uint64_t
crate_seen_get(const CrateSeen *seen, CrateHash128 hash)
{
  return seen->capacity ? find_slot(seen, hash)->place : 0;
}
