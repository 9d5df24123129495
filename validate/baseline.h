// SPDX-License-Identifier: Apache-2.0
/// @file Findings that were there before: they are shown, and fail nobody.
///
/// A finding is known by its crate, rule, entity, property and value, and not
/// by its place, so that edits elsewhere in the file do not make it new. Of
/// findings alike, as many are known as the baseline counts, the first ones.
#ifndef CRATE_VALIDATE_BASELINE_H
#define CRATE_VALIDATE_BASELINE_H
#include <cratekit/buffer.h>
#include <cratekit/validate.h>

typedef struct CrateBaseline CrateBaseline;

/**
   Read what crate_baseline_write() wrote.

   New, freed by crate_baseline_free().
   @param name  For diagnostics.
   @param bytes Borrowed.
   @return CRATE_MALFORMED, said with the place.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_baseline_new(const CrateWorld *world,
                   CrateText name,
                   CrateText bytes,
                   CrateBaseline **out);

/// Accepts NULL.
CRATE_API void crate_baseline_free(CrateBaseline *baseline);

/// Mark the findings of a verdict that are known, and count them. `crate` is
/// what the baseline calls the crate.
CRATE_API CRATE_NODISCARD CrateStatus
crate_baseline_apply(CrateBaseline *baseline,
                     CrateText crate,
                     CrateVerdict *verdict);

/// Findings of the crates seen so far that did not occur any more.
CRATE_API size_t crate_baseline_gone(const CrateBaseline *baseline);

/**
   Write the findings of all verdicts, a line for each, sorted.

   @param crates What the baseline calls each crate; of one that comes twice
   the first verdict counts.
*/
CRATE_API void crate_baseline_write(CrateBuffer *buffer,
                                    const CrateText *crates,
                                    const CrateVerdict *verdicts,
                                    size_t count);

#endif // CRATE_VALIDATE_BASELINE_H
