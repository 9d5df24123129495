// SPDX-License-Identifier: Apache-2.0
/// @file A long run of bytes that may be packed as a whole: plain, gzip, zstd
/// or deflate. Read forwards; going back begins again, or at the nearest point
/// that was remembered.
#ifndef CRATE_PACKAGE_INFLOW_H
#define CRATE_PACKAGE_INFLOW_H
#include "package/names.h"
#include "package/zlib.h"

typedef enum {
  CRATE_PACKED_NOT,
  CRATE_PACKED_GZIP,
  CRATE_PACKED_ZSTD,
  CRATE_PACKED_DEFLATE, // RFC 1951, a member of a zip archive
} CratePacking;

typedef struct CrateZstd CrateZstd;

/// What deflate looks back at.
#define CRATE_WINDOW ((size_t)1 << 15u)

/// A place to unpack from that is not the start: between two blocks of deflate,
/// with the bytes before it, or between two frames of zstd.
typedef struct CratePoint {
  uint64_t at;   // of the unpacked bytes
  uint64_t from; // of the packed bytes
  unsigned bits; // of the packed byte before that are still to come
  unsigned char *window;
  size_t window_size;
} CratePoint;

/// Points that were passed, in order. No more than can be afforded: when they
/// are too many, every other one is forgotten, and they come half as often.
typedef struct CratePoints {
  CratePoint *items;
  size_t count, capacity;
  uint64_t span; // of unpacked bytes between two; 0: nothing is remembered
} CratePoints;

typedef struct CrateInflow {
  const CrateWorld *world;
  const CrateNames *names; // who says what is wrong
  CrateBytes bytes;
  CrateText member; // the one of an archive that it is about, or empty
  CratePacking packing;
  uint64_t start, end; // of the packed bytes
  uint64_t at;         // of the unpacked bytes: what comes next
  uint64_t from;       // of the packed bytes: read so far
  unsigned char *in;   // CRATE_PIECE bytes, in_at to in_end still to unpack
  size_t in_at, in_end;
  bool started, ended, between; // between: two packed streams in a row
  bool raw;                     // gzip that was taken up in its middle
  size_t trailer;               // bytes of such gzip to pass over
  uint64_t summed;              // unpacked bytes that went into `sum` so far
  uint32_t sum, wanted_sum;     // CRC-32, of deflate
  unsigned idle;                // steps in which nothing went in or out
  z_stream gzip;                // deflate as well
  CratePoints points;
  CrateZstd *zstd;
} CrateInflow;

/// How bytes are packed, by their first four.
CratePacking crate_packing_of(const unsigned char magic[4]);

/// Keeps the names, takes the bytes. Nothing to undo on failure.
CrateStatus crate_inflow_open(const CrateNames *names,
                              CrateBytes *bytes,
                              CrateInflow *out);

/// A member of a zip archive that is deflated: `packed` bytes at an offset, and
/// the checksum of what they unpack to. Who gets to the end is told when that
/// is another one.
/// Borrows the bytes: take them out before it is closed.
CrateInflow crate_inflow_deflated(const CrateNames *names,
                                  CrateText member,
                                  const CrateBytes *bytes,
                                  uint64_t offset,
                                  uint64_t packed,
                                  uint32_t crc);

/// From here on, remember points to come back to. For who reads to and fro.
void crate_inflow_remember(CrateInflow *inflow);

/// Note a point where the last step ended, if it is one, and it is time.
CrateStatus crate_points_note(CrateInflow *inflow);

/// Go to the nearest point before an offset, if that is nearer than where the
/// reader is. False: there is none.
bool crate_points_go(CrateInflow *inflow, uint64_t offset);

void crate_points_clear(CrateInflow *inflow);

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
