// SPDX-License-Identifier: Apache-2.0
/// @file Bytes at any offset: an open file's, or some in memory.
#ifndef CRATE_PACKAGE_BYTES_H
#define CRATE_PACKAGE_BYTES_H
#include <cratekit/world.h>

/// Where an archive's bytes come from. One of the three is set.
typedef struct CrateBytes {
  const CrateWorld *world; // that `memory` came from
  char *memory;            // from the world, or NULL
  int descriptor;          // or -1
  uint64_t size;
  /// Somebody else's: reads what lies within, CRATE_UNREADABLE, unsaid.
  CrateStatus (*read_at)(void *handle, uint64_t offset, void *out, size_t size);
  void *handle;
} CrateBytes;

/// Takes the descriptor of a regular file.
CrateStatus crate_bytes_open(const CrateWorld *world,
                             int descriptor,
                             CrateBytes *out);

/// Takes memory of the world's.
CrateBytes crate_bytes_of(const CrateWorld *world, char *memory, size_t size);

/// At most `size` bytes from an offset; `got` is less only at the end.
/// CRATE_UNREADABLE, unsaid, when the system fails.
CrateStatus crate_bytes_read(const CrateBytes *bytes,
                             uint64_t offset,
                             void *out,
                             size_t size,
                             size_t *got);

/// Accepts all zero.
void crate_bytes_close(CrateBytes *bytes);

#endif // CRATE_PACKAGE_BYTES_H
