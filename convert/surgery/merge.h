// SPDX-License-Identifier: Apache-2.0
/// @file Several crates as one.
///
/// The first takes the others in: each gets a folder of its own, in which it
/// is the crate that it was (RO-Crate 1.2, "Referencing other RO-Crates"), and
/// all that it describes is described by the first as well. What both name by
/// an IRI is one entity; what only looks alike, labels of blank nodes and
/// fragments, is told apart.
#ifndef CRATE_CONVERT_SURGERY_MERGE_H
#define CRATE_CONVERT_SURGERY_MERGE_H
#include "convert/surgery/contents.h"
#include <cratekit/map.h>

/// A crate that is put into another.
typedef struct CrateGuest {
  CrateConversion what; ///< As it was given, but for its base.
  CrateJob job;
  CrateJson *nodes;
  CrateText folder;           ///< Where its files go: one name and a slash.
  CrateText descriptor, root; ///< What these are called now.
} CrateGuest;

/// What a merger knows of what is there already.
typedef struct CrateHost {
  CrateJob *job;
  CrateMap names; ///< IRIs and labels -> their node, or 1.
  CrateMap tops;  ///< First names of paths, as those systems read them that
                  ///< know no letter case.
} CrateHost;

/// The base that guests are read with: so what is relative in them can be told
/// from all else.
#define CRATE_GUEST_WORLD "crate://guest/"
#define CRATE_GUEST_FOLDER CRATE_GUEST_WORLD "crate/"
#define CRATE_GUEST_BASE CRATE_GUEST_FOLDER "ro-crate-metadata.json"

void crate_host_init(CrateHost *host, CrateJob *job);

/// Note the names that the job's own crate has. merge_names.c
CRATE_NODISCARD CrateStatus crate_host_note(CrateHost *host, CrateJson *nodes);

void crate_host_clear(CrateHost *host);

/// Give a guest a folder that nothing is in yet.
CRATE_NODISCARD CrateStatus crate_host_find_folder(CrateHost *host,
                                                   CrateGuest *guest);

/**
   Change names in a guest's nodes to what they are in the merged crate.
   @return CRATE_UNSUPPORTED, said, for a path that leads out of the guest.
*/
CRATE_NODISCARD CrateStatus crate_host_rename(CrateHost *host,
                                              CrateGuest *guest);

/// Terms of the guests that the job's context lacks, put beside it:
/// merge_context.c. @param out A context, in the job's arena.
CRATE_NODISCARD CrateStatus crate_job_merge_context(CrateJob *job,
                                                    CrateJson **out);

/// The job's document with the conversion's `merge` in it.
CRATE_NODISCARD CrateStatus crate_job_merge(CrateJob *job, CrateJson **out);

/// The files of all of them.
CRATE_NODISCARD CrateStatus crate_job_merge_files(CrateJob *job,
                                                  const CrateJson *document,
                                                  CrateContents *contents);

/// What crate_job_merge() keeps in the job.
void crate_job_clear_guests(CrateJob *job);

#endif // CRATE_CONVERT_SURGERY_MERGE_H
