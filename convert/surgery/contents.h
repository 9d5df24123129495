// SPDX-License-Identifier: Apache-2.0
/// @file What goes into a package: files of other packages, and bytes at hand,
/// each with the path that it gets. Whoever changes a crate fills this,
/// whoever writes a package pours it.
#ifndef CRATE_CONVERT_SURGERY_CONTENTS_H
#define CRATE_CONVERT_SURGERY_CONTENTS_H
#include "convert/convert.h"

/// One file, or an empty folder. Texts are kept.
typedef struct CrateItem {
  CrateText path;        ///< A folder's ends in a slash.
  CratePackage *package; ///< Whose file it is; NULL: bytes at hand.
  CrateText source;      ///< Its path there.
  CrateText bytes;
} CrateItem;

/// Caller's memory. Fill it, settle it, pour it.
typedef struct CrateContents {
  const CrateWorld *world;
  CrateText name;     ///< For diagnostics; kept.
  CrateText metadata; ///< Path of the item that comes before all others; kept.
  CrateArena arena;   ///< For paths that are made.
  CrateItem *items;
  size_t count, capacity;
} CrateContents;

/// Which members of a package are taken, by their paths in it; a folder's
/// ends in a slash.
typedef struct CrateChoice {
  bool (*takes)(const void *handle, CrateText path);
  const void *handle;
} CrateChoice;

void crate_contents_init(CrateContents *contents,
                         const CrateWorld *world,
                         CrateText name);

void crate_contents_clear(CrateContents *contents);

CRATE_NODISCARD CrateStatus crate_contents_add(CrateContents *contents,
                                               CrateItem item);

/**
   Take the members of a package, each at the same path below a folder.

   @param folder Empty, or ends in a slash.
   @param choice NULL: all of them.
   @return CRATE_UNSUPPORTED, said, for what is neither a folder nor an archive.
   Of a bag, the payload is taken, with a warning.
*/
CRATE_NODISCARD CrateStatus
crate_contents_add_package(CrateContents *contents,
                           CratePackage *package,
                           CrateText name,
                           CrateText folder,
                           const CrateChoice *choice);

/// Put the items in order: the metadata document, then by path. Folders are
/// named by what is in them; those that are empty have items of their own.
/// @return CRATE_UNSUPPORTED, said, when two have one path.
CRATE_NODISCARD CrateStatus crate_contents_settle(CrateContents *contents);

/// Bytes of an item as they are listed; 0 of a folder.
CRATE_NODISCARD CrateStatus crate_item_size(const CrateItem *item,
                                            uint64_t *size);

/// Hand them over, in bounded memory.
CRATE_NODISCARD CrateStatus crate_item_pour(const CrateItem *item,
                                            const CratePour *to);

/// A kind of package: writes what is settled, to the job's buffer or folder.
typedef CrateStatus (*CratePacker)(CrateJob *job,
                                   const CrateContents *contents);

/// Pack the job's crate, after what is to be done to it was done. Each
/// crate_job_*() of a kind of package is a call of this.
CRATE_NODISCARD CrateStatus crate_job_pack(CrateJob *job, CratePacker write);

#endif // CRATE_CONVERT_SURGERY_CONTENTS_H
