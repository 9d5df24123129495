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

/// New, knowing nothing, freed by crate_baseline_free().
CRATE_API CRATE_NODISCARD CrateStatus
crate_baseline_new(const CrateWorld *world, CrateBaseline **out);

/**
   Add what crate_baseline_write() wrote.

   @param name  For diagnostics.
   @param bytes Borrowed.
   @return CRATE_MALFORMED, said with the place.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_baseline_read(CrateBaseline *baseline, CrateText name, CrateText bytes);

/// Accepts NULL.
CRATE_API void crate_baseline_free(CrateBaseline *baseline);

/// Mark the findings of a verdict that are known, and count them. `crate` is
/// what the baseline calls the crate; `whole`: it was judged with its files, so
/// that what does not occur is gone.
CRATE_API CRATE_NODISCARD CrateStatus
crate_baseline_apply(CrateBaseline *baseline,
                     CrateText crate,
                     bool whole,
                     CrateVerdict *verdict);

/// Findings of the crates seen so far that did not occur any more, although
/// their rules were checked.
CRATE_API size_t crate_baseline_gone(const CrateBaseline *baseline);

/// Add all findings of a verdict, and mark them as known. Of a crate that
/// comes again, nothing is added.
CRATE_API CRATE_NODISCARD CrateStatus
crate_baseline_add(CrateBaseline *baseline,
                   CrateText crate,
                   CrateVerdict *verdict);

/// Write all that is known, a line for each finding, sorted.
CRATE_API void crate_baseline_write(CrateBaseline *baseline,
                                    CrateBuffer *buffer);

#endif // CRATE_VALIDATE_BASELINE_H
