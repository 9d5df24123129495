// SPDX-License-Identifier: Apache-2.0
/// @file Inside of a zip archive. Section numbers are of PKWARE's APPNOTE
/// 6.3.10.
#ifndef CRATE_PACKAGE_ZIP_H
#define CRATE_PACKAGE_ZIP_H
#include "package/bytes.h"
#include "package/names.h"

/// One central directory header, as far as we need it.
typedef struct CrateZipEntry {
  CrateText name;
  uint64_t packed, size, header; // header: offset of the local header
  uint32_t crc;
  uint16_t method, flags;
  bool doubtful; // it is there, but is not read
  bool is_link;  // its bytes are the path of another member
} CrateZipEntry;

typedef struct CrateZip {
  const CrateWorld *world;
  CrateBytes bytes;
  CrateArena arena;
  CrateZipEntry *entries;
  size_t count, capacity;
  CrateNames names; // number: index + 1 of an entry
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

/// Read exactly `size` bytes at an offset into the arena.
CrateStatus crate_zip_read_at(const CrateZip *zip,
                              CrateArena *arena,
                              uint64_t offset,
                              uint64_t size,
                              unsigned char **out);

/// Where an entry's bytes begin: 4.3.7, whose name and extra field may differ
/// from the central directory's in length.
CrateStatus crate_zip_find_data(const CrateZip *zip,
                                const CrateZipEntry *entry,
                                CrateArena *arena,
                                uint64_t *out);

/// Whether a member may be unpacked: neither encrypted nor a bomb.
CrateStatus crate_zip_check_ratio(const CrateZip *zip,
                                  const CrateZipEntry *entry);

/// Hand over an entry piece by piece, and check its checksum.
CrateStatus crate_zip_pour(const CrateZip *zip,
                           const CrateZipEntry *entry,
                           CrateArena *scratch,
                           const CratePour *to);

/// Fill the entries from the central directory.
CrateStatus crate_zip_read_directory(CrateZip *zip);

#endif // CRATE_PACKAGE_ZIP_H
