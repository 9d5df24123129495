// SPDX-License-Identifier: Apache-2.0
/// @file Zip archives that are model files, and their members as files of
/// their own: read in place where they are stored, else unpacked.
#ifndef CRATE_MODEL_ARCHIVE_H
#define CRATE_MODEL_ARCHIVE_H
#include "model/reading.h"
#include "package/zip.h"
#include <cratekit/json.h>

/// An open archive. Caller's memory; end it with crate_archive_close().
typedef struct CrateArchive {
  CrateModelReading *reading;
  CrateZip *zip;
} CrateArchive;

/// Open the source as an archive; failures are said with code "invalid-zip".
CrateStatus crate_archive_open(CrateModelReading *reading, CrateArchive *out);

/// Accepts one that failed.
void crate_archive_close(CrateArchive *archive);

/// The member of that name; NULL when there is none.
const CrateZipEntry *crate_archive_find(const CrateArchive *archive,
                                        CrateText name);

/// The first member whose name ends so; NULL when there is none.
const CrateZipEntry *crate_archive_find_end(const CrateArchive *archive,
                                            const char *ending);

/// Whether a beginning of a file is that of a zip archive.
bool crate_archive_begins(CrateText head);

/// Whether the first member, which is at the beginning, has a name that ends
/// so; the surest that can be told from a beginning.
bool crate_archive_first_ends(CrateText head, const char *ending);

/// Where the bytes of a stored member are: HERE with the file's offset; of a
/// packed one PACKED and 0.
CrateStatus crate_archive_place(const CrateArchive *archive,
                                const CrateZipEntry *entry,
                                CrateTensorPlace *place,
                                uint64_t *offset);

/**
   Read a member as a file of its own.

   @param most Bytes to unpack of a packed one: reading behind them fails.
   @param out  A reading of the same model, valid while the archive is open.
*/
CrateStatus crate_archive_read(const CrateArchive *archive,
                               const CrateZipEntry *entry,
                               uint64_t most,
                               CrateModelReading *out);

/// A whole member, into the model's arena. More than `most` bytes are refused.
CrateStatus crate_archive_text(const CrateArchive *archive,
                               const CrateZipEntry *entry,
                               uint64_t most,
                               CrateText *out);

/// Read a member as JSON, and hand its root over; nothing when there is none.
/// The tree is gone afterwards.
CrateStatus crate_archive_json(
  const CrateArchive *archive,
  CrateText name,
  uint64_t most,
  CrateStatus (*read)(CrateModelReading *reading,
                      const CrateJson *root,
                      const CrateArchive *archive));

#endif // CRATE_MODEL_ARCHIVE_H
