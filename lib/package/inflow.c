// SPDX-License-Identifier: Apache-2.0
// Unpacking forwards. What lies behind is unpacked anew, so that memory stays
// the same however long the run is.
#include "package/inflow.h"

CratePacking
crate_packing_of(const unsigned char magic[4])
{
  static const unsigned char zstd[4] = {0x28, 0xB5, 0x2F, 0xFD};
  const bool skippable = (magic[0] & 0xF0u) == 0x50 && magic[1] == 0x2A &&
                         magic[2] == 0x4D && magic[3] == 0x18;
  return magic[0] == 0x1F && magic[1] == 0x8B   ? CRATE_PACKED_GZIP
         : !memcmp(magic, zstd, 4) || skippable ? CRATE_PACKED_ZSTD
                                                : CRATE_PACKED_NOT;
}

CrateStatus
crate_inflow_open(const CrateNames *names, CrateBytes *bytes, CrateInflow *out)
{
  unsigned char magic[4] = {0};
  size_t got = 0;
  *out = (CrateInflow){.world = names->world, .names = names, .bytes = *bytes};
  if (crate_bytes_read(bytes, 0, magic, sizeof(magic), &got)) {
    crate_inflow_close(out);
    return crate_names_refuse(names, CRATE_UNREADABLE, "it cannot be read");
  }
  out->packing = crate_packing_of(magic);
  return CRATE_OK;
}

CrateInflow
crate_inflow_share(const CrateInflow *first, const CrateNames *names)
{
  return (CrateInflow){.world = names->world,
                       .names = names,
                       .bytes = first->bytes,
                       .packing = first->packing};
}

static CrateStatus
start(CrateInflow *inflow)
{
  bool missing = false;
  inflow->in =
    (unsigned char *)crate_world_allocate(inflow->world, CRATE_PIECE);
  if (!inflow->in) {
    return CRATE_NO_MEMORY;
  }
  if (inflow->packing == CRATE_PACKED_GZIP) {
    crate_zlib_init(&inflow->gzip, inflow->world);
    if (inflateInit2(&inflow->gzip, MAX_WBITS + 16) != Z_OK) {
      return CRATE_NO_MEMORY;
    }
  } else {
    inflow->zstd = crate_zstd_new(inflow->world, &missing);
    if (!inflow->zstd) {
      return missing ? crate_names_refuse(inflow->names, CRATE_UNSUPPORTED,
                                          "zstd is read with libzstd.so.1, "
                                          "which is not installed")
                     : CRATE_NO_MEMORY;
    }
  }
  inflow->started = true;
  return CRATE_OK;
}

static void
restart(CrateInflow *inflow)
{
  inflow->at = inflow->from = 0;
  inflow->in_at = inflow->in_end = 0;
  inflow->ended = inflow->between = false;
  if (inflow->packing == CRATE_PACKED_GZIP) {
    inflateReset(&inflow->gzip);
  } else {
    crate_zstd_restart(inflow->zstd);
  }
}

static CrateStatus
fill(CrateInflow *inflow)
{
  if (inflow->in_at < inflow->in_end) {
    return CRATE_OK;
  }
  inflow->in_at = inflow->in_end = 0;
  if (crate_bytes_read(&inflow->bytes, inflow->from, inflow->in, CRATE_PIECE,
                       &inflow->in_end)) {
    return crate_names_refuse(inflow->names, CRATE_UNREADABLE,
                              "it cannot be read");
  }
  inflow->from += inflow->in_end;
  return CRATE_OK;
}

static CrateStatus
refuse_data(const CrateInflow *inflow, CrateStatus status)
{
  return status == CRATE_NO_MEMORY ? status
         : status == CRATE_OVER_LIMIT
           ? crate_names_refuse(inflow->names, status,
                                "its zstd frames need too much memory")
           : crate_names_refuse(inflow->names, CRATE_MALFORMED,
                                "its packed data is damaged");
}

/// RFC 1952. `between`: after one member, where another may begin.
static CrateStatus
run_gzip(CrateInflow *inflow, unsigned char *out, size_t size, size_t *made)
{
  z_stream *const stream = &inflow->gzip;
  stream->next_in = inflow->in + inflow->in_at;
  stream->avail_in = (uInt)(inflow->in_end - inflow->in_at);
  stream->next_out = out;
  stream->avail_out = (uInt)size;
  const int result = inflate(stream, Z_NO_FLUSH);
  *made = size - stream->avail_out;
  inflow->in_at = inflow->in_end - stream->avail_in;
  inflow->between = result == Z_STREAM_END;
  if (inflow->between) {
    inflateReset(stream);
  }
  return result == Z_OK || result == Z_STREAM_END ? CRATE_OK
         : result == Z_MEM_ERROR                  ? CRATE_NO_MEMORY
                                                  : CRATE_MALFORMED;
}

static CrateStatus
run_zstd(CrateInflow *inflow, unsigned char *out, size_t size, size_t *made)
{
  size_t used = 0;
  const CrateStatus st = crate_zstd_run(
    inflow->zstd, inflow->in + inflow->in_at, inflow->in_end - inflow->in_at,
    &used, out, size, made, &inflow->between);
  inflow->in_at += used;
  return st;
}

/// gzip(1) lets zeros follow, as tapes have them; nothing else may.
static bool
is_padding(const CrateInflow *inflow)
{
  return inflow->packing == CRATE_PACKED_GZIP && inflow->between &&
         inflow->in[inflow->in_at] == 0;
}

/// A bomb is stopped by what it has unpacked to so far.
static CrateStatus
check_ratio(const CrateInflow *inflow)
{
  enum { HARMLESS = 16 << 20 };
  const uint32_t limit = inflow->world->limits.archive_ratio;
  return inflow->at > HARMLESS &&
             inflow->at / (limit ? limit : 1u) > inflow->from
           ? crate_names_refuse(inflow->names, CRATE_OVER_LIMIT,
                                "it unpacks to too many bytes")
           : CRATE_OK;
}

/// Unpack the next bytes, at least one unless it is the end.
static CrateStatus
unpack(CrateInflow *inflow, unsigned char *out, size_t size, size_t *made)
{
  *made = 0;
  while (!*made && !inflow->ended) {
    CRATE_TRY(fill(inflow));
    const bool dry = !inflow->in_end;
    if (dry ? inflow->between : is_padding(inflow)) {
      inflow->ended = true;
      return CRATE_OK;
    }
    const size_t before = inflow->in_at;
    const CrateStatus st = inflow->packing == CRATE_PACKED_GZIP
                             ? run_gzip(inflow, out, size, made)
                             : run_zstd(inflow, out, size, made);
    if (dry && !*made && (!st || st == CRATE_MALFORMED)) {
      return crate_names_refuse(inflow->names, CRATE_MALFORMED,
                                "it is cut short: its packed data ends early");
    }
    if (st || (!*made && inflow->in_at == before && !inflow->between)) {
      return refuse_data(inflow, st ? st : CRATE_MALFORMED);
    }
  }
  inflow->at += *made;
  return check_ratio(inflow);
}

static CrateStatus
read_plain(CrateInflow *inflow,
           uint64_t offset,
           unsigned char *out,
           size_t size,
           size_t *got)
{
  return crate_bytes_read(&inflow->bytes, offset, out, size, got)
           ? crate_names_refuse(inflow->names, CRATE_UNREADABLE,
                                "it cannot be read")
           : CRATE_OK;
}

/// Unpack up to an offset, and forget it.
static CrateStatus
skip_to(CrateInflow *inflow, uint64_t offset)
{
  unsigned char forgotten[16384];
  while (inflow->at < offset && !inflow->ended) {
    const uint64_t left = offset - inflow->at;
    size_t made = 0;
    CRATE_TRY(unpack(
      inflow, forgotten,
      left < sizeof(forgotten) ? (size_t)left : sizeof(forgotten), &made));
  }
  return CRATE_OK;
}

CrateStatus
crate_inflow_read(CrateInflow *inflow,
                  uint64_t offset,
                  unsigned char *out,
                  size_t size,
                  size_t *got)
{
  *got = 0;
  if (inflow->packing == CRATE_PACKED_NOT) {
    return read_plain(inflow, offset, out, size, got);
  }
  if (!inflow->started) {
    CRATE_TRY(start(inflow));
  }
  if (offset < inflow->at) {
    restart(inflow);
  }
  CRATE_TRY(skip_to(inflow, offset));
  while (*got < size && !inflow->ended) {
    size_t made = 0;
    CRATE_TRY(unpack(inflow, out + *got, size - *got, &made));
    *got += made;
  }
  return CRATE_OK;
}

void
crate_inflow_close(CrateInflow *inflow)
{
  if (inflow->world) {
    if (inflow->packing == CRATE_PACKED_GZIP && inflow->gzip.state) {
      inflateEnd(&inflow->gzip);
    }
    crate_zstd_free(inflow->zstd);
    crate_world_release(inflow->world, inflow->in);
    crate_bytes_close(&inflow->bytes);
    *inflow = (CrateInflow){0};
  }
}
