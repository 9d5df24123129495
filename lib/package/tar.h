// SPDX-License-Identifier: Apache-2.0
/// @file Inside of a tar archive. Sections are of POSIX.1-2017's pax utility,
/// "ustar Interchange Format" and "pax Header Block".
#ifndef CRATE_PACKAGE_TAR_H
#define CRATE_PACKAGE_TAR_H
#include "package/access.h"

/// One member, as far as we need it.
typedef struct CrateTarEntry {
  CrateText name;
  CrateText target;  // of a link
  uint64_t at, size; // of its bytes in the unpacked archive
  CrateNamedKind kind;
  bool sparse; // GNU: holes were left out, `size` counts them
} CrateTarEntry;

typedef struct CrateTar {
  const CrateWorld *world;
  CrateInflow inflow;
  CrateSeekable *stream; // the same bytes, for files that are read anywhere
  CrateArena arena;      // names and targets
  CrateTarEntry *entries;
  size_t count, capacity;
  CrateNames names; // number: index + 1 of an entry
} CrateTar;

#define CRATE_TAR_BLOCK 512u

/// Whether a block is a header: its checksum is right, and it has a name.
bool crate_tar_is_header(const unsigned char block[CRATE_TAR_BLOCK]);

/// Fill the entries from all headers.
CrateStatus crate_tar_read_headers(CrateTar *tar);

#endif // CRATE_PACKAGE_TAR_H
