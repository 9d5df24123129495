// SPDX-License-Identifier: Apache-2.0
// A file piece by piece, unpacked on the way when it is packed as a whole:
// train.csv.gz. Bytes come as the package hands them over, so they cannot be
// asked for as inflow.c does.
#include "package/inflow.h"

typedef struct {
  const CrateNames *names; // who says what is wrong
  const CratePour *to;
  CratePacking packing;
  bool told;             // `packing` is known
  unsigned char head[4]; // the first bytes, until then
  size_t head_size;
  uint64_t packed, unpacked; // bytes so far
  unsigned char *out;        // CRATE_PIECE bytes
  z_stream gzip;
  CrateZstd *zstd;
  bool begun, between; // within packed data; between two streams in a row
  bool padded;         // nothing but zeros is to come
} Unpacking;

static CrateStatus
begin(Unpacking *unpacking)
{
  const CrateWorld *const world = unpacking->names->world;
  bool missing = false;
  unpacking->out = (unsigned char *)crate_world_allocate(world, CRATE_PIECE);
  if (!unpacking->out) {
    return CRATE_NO_MEMORY;
  }
  unpacking->between = true;
  unpacking->begun = true;
  if (unpacking->packing == CRATE_PACKED_GZIP) {
    crate_zlib_init(&unpacking->gzip, world);
    return inflateInit2(&unpacking->gzip, 16 + MAX_WBITS) == Z_OK
             ? CRATE_OK
             : CRATE_NO_MEMORY;
  }
  unpacking->zstd = crate_zstd_new(world, &missing);
  return unpacking->zstd ? CRATE_OK
         : missing
           ? crate_names_refuse(unpacking->names, CRATE_UNSUPPORTED,
                                "reading it needs libzstd, install libzstd1")
           : CRATE_NO_MEMORY;
}

static CrateStatus
damaged(const Unpacking *unpacking)
{
  return crate_names_refuse(unpacking->names, CRATE_MALFORMED,
                            "its packed data is damaged");
}

/// One step of inflate(). `used` and `made` count bytes.
static CrateStatus
run_gzip(Unpacking *unpacking, CrateText piece, size_t *used, size_t *made)
{
  z_stream *const stream = &unpacking->gzip;
  stream->next_in = (Bytef *)(uintptr_t)piece.data;
  stream->avail_in = (uInt)piece.size;
  stream->next_out = unpacking->out;
  stream->avail_out = (uInt)CRATE_PIECE;
  const int result = inflate(stream, Z_NO_FLUSH);
  *used = piece.size - stream->avail_in;
  *made = CRATE_PIECE - stream->avail_out;
  unpacking->between = result == Z_STREAM_END;
  if (unpacking->between) {
    inflateReset(stream);
  }
  return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR
           ? CRATE_OK
         : result == Z_MEM_ERROR ? CRATE_NO_MEMORY
                                 : damaged(unpacking);
}

static CrateStatus
run_zstd(Unpacking *unpacking, CrateText piece, size_t *used, size_t *made)
{
  const CrateStatus st = crate_zstd_run(
    unpacking->zstd, (const unsigned char *)piece.data, piece.size, used,
    unpacking->out, CRATE_PIECE, made, &unpacking->between);
  return st == CRATE_OVER_LIMIT
           ? crate_names_refuse(unpacking->names, st,
                                "its zstd frames need too much memory")
         : st == CRATE_MALFORMED ? damaged(unpacking)
                                 : st;
}

/// A bomb is stopped by what it has unpacked to so far.
static CrateStatus
check_ratio(const Unpacking *unpacking)
{
  enum { HARMLESS = 16 << 20 };
  const uint32_t limit = unpacking->names->world->limits.archive_ratio;
  return unpacking->unpacked > HARMLESS &&
             unpacking->unpacked / (limit ? limit : 1u) > unpacking->packed
           ? crate_names_refuse(unpacking->names, CRATE_OVER_LIMIT,
                                "it unpacks to too many bytes")
           : CRATE_OK;
}

static CrateStatus
unpack(Unpacking *unpacking, CrateText piece)
{
  const bool gzip = unpacking->packing == CRATE_PACKED_GZIP;
  unpacking->packed += piece.size;
  // What has no room in the output comes with the next step, without input.
  for (bool full = false; piece.size || full;) {
    size_t used = 0;
    size_t made = 0;
    unpacking->padded = unpacking->padded || (gzip && unpacking->between &&
                                              piece.size && !piece.data[0]);
    if (unpacking->padded) { // as tapes have it; gzip(1) permits it
      return CRATE_OK;
    }
    CRATE_TRY(gzip ? run_gzip(unpacking, piece, &used, &made)
                   : run_zstd(unpacking, piece, &used, &made));
    if (!used && !made && piece.size) {
      return damaged(unpacking);
    }
    piece = crate_text_slice(piece, used, piece.size);
    unpacking->unpacked += made;
    full = made == CRATE_PIECE;
    CRATE_TRY(check_ratio(unpacking));
    if (made) {
      CRATE_TRY(
        unpacking->to->take(unpacking->to->handle,
                            (CrateText){(const char *)unpacking->out, made}));
    }
  }
  return CRATE_OK;
}

static CrateStatus
pass(Unpacking *unpacking, CrateText piece)
{
  if (unpacking->packing == CRATE_PACKED_NOT) {
    return piece.size ? unpacking->to->take(unpacking->to->handle, piece)
                      : CRATE_OK;
  }
  if (!unpacking->begun) {
    CRATE_TRY(begin(unpacking));
  }
  return unpack(unpacking, piece);
}

/// The first bytes tell; a piece may hold fewer of them.
static CrateStatus
take(void *handle, CrateText piece)
{
  Unpacking *const unpacking = (Unpacking *)handle;
  if (!unpacking->told && !unpacking->head_size && piece.size >= 4u) {
    memcpy(unpacking->head, piece.data, 4u);
    unpacking->told = true;
    unpacking->packing = crate_packing_of(unpacking->head);
  }
  while (!unpacking->told && piece.size) {
    unpacking->head[unpacking->head_size++] = (unsigned char)piece.data[0];
    piece = crate_text_slice(piece, 1, piece.size);
    if (unpacking->head_size == sizeof(unpacking->head)) {
      unpacking->told = true;
      unpacking->packing = crate_packing_of(unpacking->head);
      CRATE_TRY(pass(unpacking, (CrateText){(const char *)unpacking->head,
                                            sizeof(unpacking->head)}));
    }
  }
  return piece.size ? pass(unpacking, piece) : CRATE_OK;
}

static CrateStatus
end(Unpacking *unpacking)
{
  if (!unpacking->told) {
    return pass(unpacking, (CrateText){(const char *)unpacking->head,
                                       unpacking->head_size});
  }
  return unpacking->begun && !unpacking->between && !unpacking->padded
           ? crate_names_refuse(unpacking->names, CRATE_MALFORMED,
                                "it is cut short: its packed data ends early")
           : CRATE_OK;
}

CrateStatus
crate_package_pour_unpacked(CratePackage *package,
                            CrateText path,
                            const CratePour *to)
{
  const CrateNames names = {
    .world = package->world, .archive = path, .code = CRATE_TEXT("unreadable")};
  Unpacking unpacking = {.names = &names, .to = to};
  const CratePour through = {take, &unpacking};
  CrateStatus st = crate_package_pour(package, path, &through);
  st = st ? st : end(&unpacking);
  if (unpacking.begun && unpacking.packing == CRATE_PACKED_GZIP) {
    inflateEnd(&unpacking.gzip);
  }
  crate_zstd_free(unpacking.zstd);
  crate_world_release(package->world, unpacking.out);
  return st;
}
