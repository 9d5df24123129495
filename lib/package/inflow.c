// SPDX-License-Identifier: Apache-2.0
// Unpacking forwards. What lies behind is unpacked anew, from the start or from
// a point that was remembered, so that memory is bounded however long the run
// is.
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
  out->end = bytes->size;
  return CRATE_OK;
}

CrateInflow
crate_inflow_deflated(const CrateNames *names,
                      CrateText member,
                      const CrateBytes *bytes,
                      uint64_t offset,
                      uint64_t packed,
                      uint32_t crc)
{
  return (CrateInflow){.world = names->world,
                       .names = names,
                       .bytes = *bytes,
                       .member = member,
                       .packing = CRATE_PACKED_DEFLATE,
                       .start = offset,
                       .end = offset + packed,
                       .from = offset,
                       .wanted_sum = crc};
}

CrateInflow
crate_inflow_share(const CrateInflow *first, const CrateNames *names)
{
  return (CrateInflow){.world = names->world,
                       .names = names,
                       .bytes = first->bytes,
                       .packing = first->packing,
                       .end = first->end};
}

/// Say what is wrong with it, or with the member if it is about one.
static CrateStatus
refuse(const CrateInflow *inflow, CrateStatus status, const char *why)
{
  const bool it = !strncmp(why, "it ", 3);
  return inflow->member.size
           ? crate_names_refuse_member(inflow->names, status, inflow->member,
                                       why + (it ? 3 : 0))
           : crate_names_refuse(inflow->names, status, why);
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
  if (inflow->packing != CRATE_PACKED_ZSTD) {
    const bool gzip = inflow->packing == CRATE_PACKED_GZIP;
    crate_zlib_init(&inflow->gzip, inflow->world);
    if (inflateInit2(&inflow->gzip, gzip ? MAX_WBITS + 16 : -MAX_WBITS) !=
        Z_OK) {
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
  inflow->at = 0;
  inflow->from = inflow->start;
  inflow->in_at = inflow->in_end = inflow->trailer = 0;
  inflow->ended = inflow->between = inflow->raw = false;
  if (inflow->packing == CRATE_PACKED_GZIP) {
    inflateReset2(&inflow->gzip, MAX_WBITS + 16);
  } else if (inflow->packing == CRATE_PACKED_DEFLATE) {
    inflateReset2(&inflow->gzip, -MAX_WBITS);
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
  const uint64_t left = inflow->end - inflow->from;
  inflow->in_at = inflow->in_end = 0;
  if (crate_bytes_read(&inflow->bytes, inflow->from, inflow->in,
                       left < CRATE_PIECE ? (size_t)left : CRATE_PIECE,
                       &inflow->in_end)) {
    return refuse(inflow, CRATE_UNREADABLE, "it cannot be read");
  }
  inflow->from += inflow->in_end;
  return CRATE_OK;
}

static CrateStatus
refuse_data(const CrateInflow *inflow, CrateStatus status)
{
  return status == CRATE_NO_MEMORY ? status
         : status == CRATE_OVER_LIMIT
           ? refuse(inflow, status, "its zstd frames need too much memory")
           : refuse(inflow, CRATE_MALFORMED, "it is damaged");
}

/// RFC 1952, 2.3.1: the checksum and the size of a member that was taken up in
/// its middle, which nobody can compare any more.
static void
pass_trailer(CrateInflow *inflow)
{
  const size_t there = inflow->in_end - inflow->in_at;
  const size_t passed = there < inflow->trailer ? there : inflow->trailer;
  inflow->in_at += passed;
  inflow->trailer -= passed;
  inflow->between = !inflow->trailer;
}

/// The end of a packed stream: gzip may have another one behind it.
static void
end_stream(CrateInflow *inflow)
{
  if (inflow->packing == CRATE_PACKED_DEFLATE) {
    inflow->ended = true;
    return;
  }
  inflow->between = !inflow->raw;
  inflow->trailer = inflow->raw ? 8u : 0u;
  inflow->raw = false;
  inflateReset2(&inflow->gzip, MAX_WBITS + 16);
}

/// RFC 1951 and 1952. `between`: after one member, where another may begin.
static CrateStatus
run_zlib(CrateInflow *inflow, unsigned char *out, size_t size, size_t *made)
{
  z_stream *const stream = &inflow->gzip;
  *made = 0;
  if (inflow->trailer) {
    pass_trailer(inflow);
    return CRATE_OK;
  }
  stream->next_in = inflow->in + inflow->in_at;
  stream->avail_in = (uInt)(inflow->in_end - inflow->in_at);
  stream->next_out = out;
  stream->avail_out = (uInt)size;
  inflow->between = false;
  const int result =
    inflate(stream, inflow->points.span ? Z_BLOCK : Z_NO_FLUSH);
  *made = size - stream->avail_out;
  inflow->in_at = inflow->in_end - stream->avail_in;
  if (result == Z_STREAM_END) {
    end_stream(inflow);
  }
  const bool fine = result == Z_OK || result == Z_STREAM_END ||
                    (result == Z_BUF_ERROR && stream->avail_in);
  return fine                    ? CRATE_OK
         : result == Z_MEM_ERROR ? CRATE_NO_MEMORY
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
             inflow->at / (limit ? limit : 1u) > inflow->from - inflow->start
           ? refuse(inflow, CRATE_OVER_LIMIT, "it unpacks to too many bytes")
           : CRATE_OK;
}

/// Sum up what was made, but for what was passed before.
static CrateStatus
check_sum(CrateInflow *inflow, const unsigned char *out, size_t made)
{
  const uint64_t end = inflow->at + made;
  if (inflow->packing != CRATE_PACKED_DEFLATE) {
    return CRATE_OK;
  }
  if (inflow->at <= inflow->summed && end > inflow->summed) {
    const size_t old = (size_t)(inflow->summed - inflow->at);
    inflow->sum = (uint32_t)crc32(inflow->sum, out + old, (uInt)(made - old));
    inflow->summed = end;
  }
  return inflow->ended && inflow->summed == end &&
             inflow->sum != inflow->wanted_sum
           ? refuse(inflow, CRATE_MALFORMED, "does not match its checksum")
           : CRATE_OK;
}

/// Blocks of a few bits that were read already: nothing seems to move, but not
/// for long.
enum { MOST_IDLE = 64 };

/// One step: some bytes go in, some may come out.
static CrateStatus
step(CrateInflow *inflow, unsigned char *out, size_t size, size_t *made)
{
  const bool dry = !inflow->in_end;
  const size_t before = inflow->in_at;
  const CrateStatus st = inflow->packing == CRATE_PACKED_ZSTD
                           ? run_zstd(inflow, out, size, made)
                           : run_zlib(inflow, out, size, made);
  const bool ended = inflow->between || inflow->ended;
  if (dry && !*made && !ended && (!st || st == CRATE_MALFORMED)) {
    return refuse(inflow, CRATE_MALFORMED,
                  "it is cut short: its packed data ends early");
  }
  const bool moved = *made || inflow->in_at != before || ended;
  inflow->idle = moved ? 0 : inflow->idle + 1u;
  CRATE_TRY(st ? CRATE_OK : check_sum(inflow, out, *made));
  inflow->at += *made;
  return st || inflow->idle > MOST_IDLE
           ? refuse_data(inflow, st ? st : CRATE_MALFORMED)
           : crate_points_note(inflow);
}

/// Unpack the next bytes, at least one unless it is the end.
static CrateStatus
unpack(CrateInflow *inflow, unsigned char *out, size_t size, size_t *made)
{
  *made = 0;
  while (!*made && !inflow->ended) {
    CRATE_TRY(fill(inflow));
    if (!inflow->in_end ? inflow->between : is_padding(inflow)) {
      inflow->ended = true;
      return CRATE_OK;
    }
    CRATE_TRY(step(inflow, out, size, made));
  }
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
           ? refuse(inflow, CRATE_UNREADABLE, "it cannot be read")
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
  if (!crate_points_go(inflow, offset) && offset < inflow->at) {
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
    if (inflow->gzip.state) {
      inflateEnd(&inflow->gzip);
    }
    crate_points_clear(inflow);
    crate_zstd_free(inflow->zstd);
    crate_world_release(inflow->world, inflow->in);
    crate_bytes_close(&inflow->bytes);
    *inflow = (CrateInflow){0};
  }
}
