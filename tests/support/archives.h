// SPDX-License-Identifier: Apache-2.0
/// @file Archives of one file, "d/a", for tests that read it in many ways.
#ifndef CRATE_TESTS_ARCHIVES_H
#define CRATE_TESTS_ARCHIVES_H
#include <support/check.h>

/// How the file, or the archive, is packed.
typedef enum {
  CHECK_STORED,    ///< zip
  CHECK_DEFLATED,  ///< zip
  CHECK_TAR,       ///< plain
  CHECK_TAR_GZIP,  ///< tar.gz
  CHECK_TAR_GZIPS, ///< The same of many gzip members, one after the other.
  CHECK_TAR_ZSTD,  ///< tar.zst of one frame.
  CHECK_TAR_ZSTDS, ///< The same of many frames.
} CheckArchive;

/// Write parts one after the other to a file.
void check_write_parts(const char *path, const CrateText *parts, size_t count);

/// Write the archive. False when libzstd is not installed.
bool check_write_archive(const char *path,
                         CheckArchive kind,
                         CrateText content);

/// Write a zip of files that are only stored, and hold their own names. `lie`
/// of them, from the first on, say that they lie where the first one does.
void check_write_names(const char *path,
                       const char *const *names,
                       size_t count,
                       size_t lie);

#endif // CRATE_TESTS_ARCHIVES_H
