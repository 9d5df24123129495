// SPDX-License-Identifier: Apache-2.0
/// @file The metadata of a crate as those of a later version of RO-Crate.
#ifndef CRATE_CONVERT_SURGERY_UPGRADE_H
#define CRATE_CONVERT_SURGERY_UPGRADE_H
#include "convert/convert.h"

/**
   The job's document, flattened and compacted as of the version that the
   conversion asks for: its context names that version's, its descriptor claims
   it, and is called as it calls it.

   Statements stay as they are: a term that means something else to the newer
   context is written otherwise. What the newer version asks for and the
   document does not say is not made up: crate-validate finds it.
   @param out In the job's arena.
   @return CRATE_UNSUPPORTED, said, where the document claims no version, or
   one that is not older.
*/
CRATE_NODISCARD CrateStatus crate_job_upgrade(CrateJob *job, CrateJson **out);

#endif // CRATE_CONVERT_SURGERY_UPGRADE_H
