// SPDX-License-Identifier: Apache-2.0
/// @file Files of the package that models were trained and tested on.
#ifndef CRATE_VALIDATE_USES_H
#define CRATE_VALIDATE_USES_H
#include "validate/checks/contents.h"

/// A file, once for each of the two.
typedef struct CrateUse {
  CrateText path;
  uint32_t origin;  ///< Of the statement that led to it.
  bool tested;      ///< Else trained on.
  CrateText digest; ///< Empty for a file that cannot be read, or is empty:
                    ///< such files are all alike.
} CrateUse;

/// Caller's memory.
typedef struct CrateUses {
  CrateUse *items; ///< Those trained on first.
  size_t count, capacity;
  CrateMap trained; ///< Digest -> index + 1.
  CrateUnread unread;
} CrateUses;

/// Gather them: what a property of FAIR4ML names, and below folders that it
/// names; and read them for their digests. End it with crate_uses_clear(),
/// even on failure.
CrateStatus crate_uses_gather(CrateChecks *checks, CrateUses *out);

void crate_uses_clear(const CrateWorld *world, CrateUses *uses);

/// The file trained on that has the same bytes; or NULL.
const CrateUse *crate_uses_twin(const CrateUses *uses, const CrateUse *use);

#endif // CRATE_VALIDATE_USES_H
