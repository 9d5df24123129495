// SPDX-License-Identifier: Apache-2.0
/// @file Which values were seen before, and where: of millions, in bounded
/// memory. Values are kept as hashes of 128 bits, keyed by the world.
#ifndef CRATE_DATA_SEEN_H
#define CRATE_DATA_SEEN_H
#include <cratekit/text.h>
#include <cratekit/world.h>

typedef struct CrateHash128 {
  uint64_t low, high;
} CrateHash128;

/// The hash of no values.
CrateHash128 crate_hash128_start(const CrateWorld *world);

/// Add a value to a run of values: "ab", "c" is another run than "a", "bc".
CrateHash128 crate_hash128_add(CrateHash128 hash, CrateText value);

typedef struct CrateSeenSlot CrateSeenSlot;

/// Caller's memory; the fields are private.
typedef struct CrateSeen {
  const CrateWorld *world;
  CrateSeenSlot *slots;
  size_t capacity, count, most;
} CrateSeen;

/// Empty; allocates nothing yet. Keeps the world, holds `most` values.
void crate_seen_init(CrateSeen *seen, const CrateWorld *world, size_t most);

void crate_seen_clear(CrateSeen *seen);

/**
   Note a value.

   @param place What to remember with it; not 0.
   @param first The place it was noted with before; 0 when it was not.
   @return CRATE_NO_MEMORY; CRATE_OVER_LIMIT when there are too many.
*/
CrateStatus crate_seen_put(CrateSeen *seen,
                           CrateHash128 hash,
                           uint64_t place,
                           uint64_t *first);

/// The place that a value was noted with; 0 when it was not.
uint64_t crate_seen_get(const CrateSeen *seen, CrateHash128 hash);

#endif // CRATE_DATA_SEEN_H
