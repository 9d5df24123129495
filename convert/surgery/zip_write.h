// SPDX-License-Identifier: Apache-2.0
/// @file A crate as a zip archive: APPNOTE 6.3.10.
///
/// The same files make the same bytes, wherever they lie and however they were
/// packed: the metadata document first, then by path; no times, no owners, no
/// permissions; packed by zlib at one level, so that another zlib may make
/// other bytes of the same meaning.
#ifndef CRATE_CONVERT_SURGERY_ZIP_WRITE_H
#define CRATE_CONVERT_SURGERY_ZIP_WRITE_H
#include <cratekit/buffer.h>
#include <cratekit/package.h>

/**
   Write all members below the root of a package, in bounded memory.

   @param name For diagnostics.
   @return CRATE_UNSUPPORTED for what is neither a folder nor an archive, and
   for names that are not UTF-8; CRATE_UNREADABLE for a file that
   changes meanwhile; said.
*/
CRATE_NODISCARD CrateStatus crate_zip_write(CrateBuffer *buffer,
                                            CratePackage *package,
                                            CrateText name);

/// Whether a package is one that can be packed; else CRATE_UNSUPPORTED, said.
/// Of a bag, the payload is packed, with a warning.
CRATE_NODISCARD CrateStatus crate_zip_check(const CrateBuffer *buffer,
                                            const CratePackage *package,
                                            CrateText name);

/// Call for each member that an archive of the package has, in its order: the
/// metadata document, then by path; an empty folder ends in a slash.
CRATE_NODISCARD CrateStatus
crate_zip_members(CratePackage *package,
                  CrateStatus (*write)(void *handle, CrateText path),
                  void *handle);

#endif // CRATE_CONVERT_SURGERY_ZIP_WRITE_H
