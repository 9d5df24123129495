// SPDX-License-Identifier: Apache-2.0
/// @file What rules want to know of files' contents: asked for together, so
/// that each file is read once.
#ifndef CRATE_VALIDATE_CONTENTS_H
#define CRATE_VALIDATE_CONTENTS_H
#include "package/reading.h"
#include "validate/checks/checks.h"

typedef struct CrateContents {
  const CrateWorld *world;
  CrateReading *readings; // paths from where the package was opened
  size_t count, capacity;
  size_t read;       // the first so many have been
  CrateMap by_path;  // -> index + 1
  size_t *by_entity; // -> index + 1, once asked for
  bool gathered;     // what the metadata says of files is in it
} CrateContents;

/// Accepts NULL.
void crate_contents_free(CrateContents *contents);

/**
   Ask for a file, with some digests or none: of what it is, then.

   @param path  As for crate_package_find(), of a file that is there.
   @param index Of the reading, once crate_contents_read() has been called.
*/
CrateStatus crate_contents_want(CrateChecks *checks,
                                CrateText path,
                                unsigned kinds,
                                size_t *index);

/// The same of an entity that is a file of the package, as
/// crate_check_members() has found.
CrateStatus crate_contents_want_entity(CrateChecks *checks,
                                       size_t entity,
                                       unsigned kinds,
                                       size_t *index);

/// Ask for everything that the metadata's rules may want; once.
CrateStatus crate_contents_gather(CrateChecks *checks);

/// Read what was asked for and has not been read.
CrateStatus crate_contents_read(CrateChecks *checks);

static inline const CrateReading *
crate_contents_at(const CrateChecks *checks, size_t index)
{
  return &checks->contents->readings[index];
}

/// Files that could not be read, to be said as one.
typedef struct CrateUnread {
  const CrateReading *first;
  size_t count;
} CrateUnread;

/// Whether a file was read; if not, it is counted.
bool crate_contents_known(CrateUnread *unread, const CrateReading *reading);

/// What could not be read was not checked, and so does not pass.
CrateStatus crate_contents_excuse(const CrateNativeCall *call,
                                  const CrateUnread *unread);

// What asks for files: each calls crate_contents_want().
CrateStatus crate_checksum_gather(CrateChecks *checks); // checksum.c
CrateStatus crate_media_gather(CrateChecks *checks);    // media.c
CrateStatus crate_bag_gather(CrateChecks *checks);      // bagit_verify.c

#endif // CRATE_VALIDATE_CONTENTS_H
