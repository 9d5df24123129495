// SPDX-License-Identifier: Apache-2.0
/// @file Inside of a zip archive. Section numbers are of PKWARE's APPNOTE
/// 6.3.10.
#ifndef CRATE_PACKAGE_ZIP_H
#define CRATE_PACKAGE_ZIP_H
#include "package/package.h"

/// One central directory header, as far as we need it.
typedef struct CrateZipEntry {
  CrateText name;
  uint64_t packed, size, header; // header: offset of the local header
  uint32_t crc;
  uint16_t method, flags;
  bool is_link; // its bytes are the path of another member
} CrateZipEntry;

/// Longest name of a member: no system opens a longer path.
#define CRATE_ZIP_LONGEST_NAME 4096u

typedef struct CrateZip {
  const CrateWorld *world;
  CrateText name; // of the archive, for diagnostics
  int descriptor;
  uint64_t file_size;
  CrateArena arena;
  CrateZipEntry *entries;
  size_t count, capacity, links;
  CrateMap by_name; // name without a last '/' -> index + 1, folders implied
} CrateZip;

static inline uint16_t
crate_zip_get16(const unsigned char *at)
{
  return (uint16_t)(at[0] | (unsigned)at[1] << 8u);
}

static inline uint32_t
crate_zip_get32(const unsigned char *at)
{
  return crate_zip_get16(at) | (uint32_t)crate_zip_get16(at + 2) << 16u;
}

static inline uint64_t
crate_zip_get64(const unsigned char *at)
{
  return crate_zip_get32(at) | (uint64_t)crate_zip_get32(at + 4) << 32u;
}

/// Say what is wrong with the archive.
CrateStatus crate_zip_refuse(const CrateZip *zip,
                             CrateStatus status,
                             const char *why);

/// The same about one member.
CrateStatus crate_zip_refuse_member(const CrateZip *zip,
                                    CrateStatus status,
                                    CrateText name,
                                    const char *why);

/// Read exactly `size` bytes at an offset into the arena.
CrateStatus crate_zip_read_at(const CrateZip *zip,
                              CrateArena *arena,
                              uint64_t offset,
                              uint64_t size,
                              unsigned char **out);

/// Fill the entries from the central directory.
CrateStatus crate_zip_read_directory(CrateZip *zip);

#endif // CRATE_PACKAGE_ZIP_H
