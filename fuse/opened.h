// SPDX-License-Identifier: Apache-2.0
/// @file Files of the package that are open: one for all who read it, and kept
/// a while longer, as it knows by then where it can be unpacked from.
#ifndef CRATE_FUSE_OPENED_H
#define CRATE_FUSE_OPENED_H
#include <cratekit/package.h>

typedef struct CrateOpened {
  CrateText path; ///< Of a node: lives as long as the tree.
  CratePackageFile *file;
  uint32_t readers;
  uint64_t used; ///< When it was asked for last.
} CrateOpened;

/// Caller's memory; all zero but the first two to begin with.
typedef struct CrateOpenedFiles {
  const CrateWorld *world;
  CratePackage *package;
  CrateOpened **items;
  size_t count, capacity;
  uint64_t clock;
} CrateOpenedFiles;

/// Open a file, or join those who have it open. Released by
/// crate_opened_release().
CRATE_NODISCARD CrateStatus crate_opened_get(CrateOpenedFiles *files,
                                             CrateText path,
                                             CrateOpened **out);

/// Give back what was got; what nobody reads may be closed.
void crate_opened_release(CrateOpenedFiles *files, CrateOpened *opened);

void crate_opened_clear(CrateOpenedFiles *files);

#endif // CRATE_FUSE_OPENED_H
