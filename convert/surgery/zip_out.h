// SPDX-License-Identifier: Apache-2.0
/// @file A zip archive in the making: APPNOTE 6.3.10, one member after the
/// other. No times, no owners, no permissions: the same members make the same
/// bytes, with the same zlib.
#ifndef CRATE_CONVERT_SURGERY_ZIP_OUT_H
#define CRATE_CONVERT_SURGERY_ZIP_OUT_H
#include "convert/surgery/contents.h"

/// A member that was written.
typedef struct CrateZipEntry {
  CrateText path;
  uint64_t size, packed, offset;
  uint32_t crc;
  bool is_folder, is_wide; ///< Wide: its sizes take 64 bits.
} CrateZipEntry;

/// All zero but the first two to begin with.
typedef struct CrateZipOut {
  CrateBuffer *buffer;
  CrateText name;         ///< For diagnostics.
  const CratePour *watch; ///< Gets the bytes of each member too; may be NULL.
  uint64_t at;            ///< Bytes written.
  CrateZipEntry *entries;
  size_t count, capacity;
  struct z_stream_s *stream; ///< Of the member being written.
  CrateZipEntry *entry;
  uint64_t promised; ///< Its size as listed.
} CrateZipOut;

/**
   Write a file, or an empty folder, as a member, in bounded memory.

   @param item Its path is kept until crate_zip_out_end().
   @return CRATE_UNSUPPORTED for a path that is not UTF-8; CRATE_UNREADABLE for
   a file that changes meanwhile; said.
*/
CRATE_NODISCARD CrateStatus crate_zip_out_item(CrateZipOut *out,
                                               const CrateItem *item);

/// Write the central directory.
void crate_zip_out_end(CrateZipOut *out);

void crate_zip_out_clear(CrateZipOut *out);

#endif // CRATE_CONVERT_SURGERY_ZIP_OUT_H
