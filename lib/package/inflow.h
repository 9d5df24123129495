// SPDX-License-Identifier: Apache-2.0
/// @file A long run of bytes that may be packed as a whole: plain, gzip or
/// zstd. Read forwards; going back begins again.
#ifndef CRATE_PACKAGE_INFLOW_H
#define CRATE_PACKAGE_INFLOW_H
#include "package/names.h"
#include "package/zlib.h"

typedef enum {
  CRATE_PACKED_NOT,
  CRATE_PACKED_GZIP,
  CRATE_PACKED_ZSTD,
} CratePacking;

typedef struct CrateZstd CrateZstd;

typedef struct CrateInflow {
  const CrateWorld *world;
  const CrateNames *names; // who says what is wrong
  CrateBytes bytes;
  CratePacking packing;
  uint64_t at;       // of the unpacked bytes: what comes next
  uint64_t from;     // of the packed bytes: read so far
  unsigned char *in; // CRATE_PIECE bytes, in_at to in_end still to unpack
  size_t in_at, in_end;
  bool started, ended, between; // between: two packed streams in a row
  z_stream gzip;
  CrateZstd *zstd;
} CrateInflow;

/// How bytes are packed, by their first four.
CratePacking crate_packing_of(const unsigned char magic[4]);

/// Keeps the names, takes the bytes. Nothing to undo on failure.
CrateStatus crate_inflow_open(const CrateNames *names,
                              CrateBytes *bytes,
                              CrateInflow *out);

/// Another reader of the same bytes, from their start; nothing is allocated
/// yet. Keeps the names, borrows the bytes: take them out before it is closed.
CrateInflow crate_inflow_share(const CrateInflow *first,
                               const CrateNames *names);

/**
   Read at an offset of the unpacked bytes.

   @param got Less than `size` only at the end.
   @return CRATE_MALFORMED, CRATE_UNREADABLE, CRATE_OVER_LIMIT (archive_ratio),
   CRATE_UNSUPPORTED (no libzstd); said.
*/
CrateStatus crate_inflow_read(CrateInflow *inflow,
                              uint64_t offset,
                              unsigned char *out,
                              size_t size,
                              size_t *got);

/// Accepts all zero.
void crate_inflow_close(CrateInflow *inflow);

/// The door to libzstd: NULL when it is not installed or memory is short
/// (`*missing` tells which).
CrateZstd *crate_zstd_new(const CrateWorld *world, bool *missing);

/// Unpack what fits. CRATE_MALFORMED or CRATE_OVER_LIMIT (window), unsaid.
CrateStatus crate_zstd_run(CrateZstd *zstd,
                           const unsigned char *in,
                           size_t in_size,
                           size_t *used,
                           unsigned char *out,
                           size_t out_size,
                           size_t *made,
                           bool *frame_ended);

void crate_zstd_restart(CrateZstd *zstd);

/// Accepts NULL.
void crate_zstd_free(CrateZstd *zstd);

#endif // CRATE_PACKAGE_INFLOW_H
