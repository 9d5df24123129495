// SPDX-License-Identifier: Apache-2.0
/// @file Jobs done by several threads, their results taken in order.
#ifndef CRATE_BASE_WORKERS_H
#define CRATE_BASE_WORKERS_H
#include <cratekit/world.h>

/// What a source of jobs answers.
typedef enum {
  CRATE_JOB_GIVEN,
  CRATE_JOB_NOT_YET, ///< None at hand; there may be one later.
  CRATE_JOB_NO_MORE,
} CrateJobSource;

/**
   Jobs live in slots of the caller's own making: filled, worked on, taken,
   filled again. `next` and `take` are called on the caller's thread alone,
   `take` in the order of `next`; `work` on any, a slot's on one.
*/
typedef struct CrateWorkers {
  const CrateWorld *world;
  unsigned threads; ///< 1: the caller's own thread does it all.
  size_t slots;     ///< Jobs at hand at most, waiting to be taken included.
  void *handle;
  /// Fill a slot. With `wait`, NOT_YET is no answer.
  CrateJobSource (*next)(void *handle, size_t slot, bool wait);
  void (*work)(void *handle, unsigned thread, size_t slot);
  /// A failure ends it all, once the work under way is done.
  CrateStatus (*take)(void *handle, size_t slot);
} CrateWorkers;

/// As many threads as this process may run at once; at least 1.
CRATE_API unsigned crate_workers_most(void);

/// Run until there are no more jobs. Fewer threads than asked for do as well,
/// when the system has no more of them.
CRATE_API CRATE_NODISCARD CrateStatus
crate_workers_run(const CrateWorkers *workers);

#endif // CRATE_BASE_WORKERS_H
