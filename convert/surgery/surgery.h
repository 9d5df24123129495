// SPDX-License-Identifier: Apache-2.0
/// @file Crate surgery: what people ask to be done to whole crates.
///
/// One file for each: upgrade.h, place.h (attached to detached and back),
/// subset.h, merge.h. Each makes another document of the job's; those that
/// move files say which go into a package as well (contents.h). Packages are
/// written by zip_write.c, bag_write.c and folder_write.c, whatever was done.
#ifndef CRATE_CONVERT_SURGERY_SURGERY_H
#define CRATE_CONVERT_SURGERY_SURGERY_H
#include "convert/surgery/contents.h"

/// A row of the table.
typedef struct CrateSurgery {
  bool (*is_wanted)(const CrateConversion *what);
  /// Make the document, flattened and compacted. In the job's arena.
  CrateStatus (*change)(CrateJob *job, CrateJson **out);
  /// Add the files that go with it, all but the metadata document. NULL: those
  /// of the job's package.
  CrateStatus (*collect)(CrateJob *job,
                         const CrateJson *document,
                         CrateContents *contents);
} CrateSurgery;

/// What a conversion asks for, or NULL.
const CrateSurgery *crate_surgery_of(const CrateConversion *what);

/**
   Write the metadata of the job's crate, in order, after what is to be done to
   it was done.
   @param out The document that was written; in the job's arena.
*/
CRATE_NODISCARD CrateStatus crate_job_write_metadata(CrateJob *job,
                                                     CrateBuffer *buffer,
                                                     CrateJson **out);

/// Add the files of the job's package, all but the metadata document.
CRATE_NODISCARD CrateStatus crate_job_add_payload(CrateJob *job,
                                                  CrateContents *contents);

#endif // CRATE_CONVERT_SURGERY_SURGERY_H
