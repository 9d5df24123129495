// SPDX-License-Identifier: Apache-2.0
/// @file A part of a crate, as a crate of its own.
///
/// It has the root and its descriptor, the data entities that are named with
/// all that is part of them, the actions that made or used one of these, and
/// what of the context these lead to. What is left out takes along whatever
/// hangs on it alone; where something that stays refers to it, it stays as an
/// entity of the context, without its file.
#ifndef CRATE_CONVERT_SURGERY_SUBSET_H
#define CRATE_CONVERT_SURGERY_SUBSET_H
#include "convert/surgery/contents.h"

/**
   The job's document for that part.
   @param out In the job's arena.
   @return CRATE_NOT_FOUND, said, when a name or pattern of the conversion's
   `subset` has no entity; CRATE_UNSUPPORTED without a root data entity.
*/
CRATE_NODISCARD CrateStatus crate_job_subset(CrateJob *job, CrateJson **out);

/// Whether the root is named: then nothing is left out.
bool crate_job_wants_all(const CrateJob *job);

/// The files that such a document has entities for, and those below folders
/// that it has.
CRATE_NODISCARD CrateStatus crate_job_subset_files(CrateJob *job,
                                                   const CrateJson *document,
                                                   CrateContents *contents);

#endif // CRATE_CONVERT_SURGERY_SUBSET_H
