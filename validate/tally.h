// SPDX-License-Identifier: Apache-2.0
/// @file What remains of many verdicts once each has been reported.
#ifndef CRATE_VALIDATE_TALLY_H
#define CRATE_VALIDATE_TALLY_H
#include <cratekit/map.h>
#include <cratekit/verdict.h>

/// A crate that does not conform, or could not be judged.
typedef struct CrateTallyCrate {
  CrateText path;
  size_t counts[3]; ///< By CrateSeverity, without what is known.
  bool unread;
} CrateTallyCrate;

/// A rule that crates break.
typedef struct CrateTallyRule {
  CrateText id;
  size_t crates, findings;
  size_t last; ///< The last crate that counted, from 1.
} CrateTallyRule;

/// Grows with the crates that do not conform and the rules broken, not with
/// all crates.
typedef struct CrateTally {
  const CrateWorld *world;
  CrateArena arena; // the texts
  size_t crates, conforming, unread;
  CrateTallyCrate *failed; // in order of judging
  size_t failed_count, failed_capacity;
  CrateTallyRule *rules;
  size_t rule_count, rule_capacity;
  CrateMap by_id; // id -> index in rules
} CrateTally;

CRATE_API void crate_tally_init(CrateTally *tally, const CrateWorld *world);

CRATE_API void crate_tally_clear(CrateTally *tally);

/// Count one. `fail_on` is the least severity of a finding that counts as a
/// rule broken.
CRATE_API CRATE_NODISCARD CrateStatus
crate_tally_add(CrateTally *tally,
                const CrateVerdict *verdict,
                CrateSeverity fail_on);

/// Count one that has no verdict.
CRATE_API CRATE_NODISCARD CrateStatus crate_tally_add_unread(CrateTally *tally,
                                                             CrateText path);

/// Put the rules in order: those that most crates break first.
CRATE_API void crate_tally_sort(CrateTally *tally);

#endif // CRATE_VALIDATE_TALLY_H
