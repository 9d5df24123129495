// SPDX-License-Identifier: Apache-2.0
// RFC 1950 and 1952, read at any offset as long as it does not go far back.
#include "model/inflated.h"
#include "package/zlib.h"

enum {
  PIECE = 1 << 15,
  HISTORY = 1 << 18, // a few windows of a cursor's
  MOST_RESTARTS = 8,
  HARMLESS = 16 << 20,
};

struct CrateInflated {
  const CrateModelReading *reading;
  CrateModelSource source;
  z_stream stream;
  bool open, ended;
  unsigned restarts;
  uint64_t packed_at; // next packed byte to read
  uint64_t at;        // bytes unpacked so far
  unsigned char packed[PIECE];
  unsigned char history[HISTORY]; // the last of them, byte i at i % HISTORY
};

bool
crate_inflated_begins(CrateText head)
{
  const unsigned char *const bytes = (const unsigned char *)head.data;
  return crate_text_starts(head, CRATE_TEXT("\x1F\x8B\x08")) ||
         (head.size > 2 && bytes[0] == 0x78 &&
          (bytes[0] * 256u + bytes[1]) % 31u == 0);
}

static CrateStatus
start(CrateInflated *inflated)
{
  enum { ZLIB_OR_GZIP = 32 };
  if (inflated->open) {
    inflateEnd(&inflated->stream);
    inflated->open = false;
  }
  inflated->packed_at = inflated->at = 0;
  inflated->ended = false;
  crate_zlib_init(&inflated->stream, inflated->reading->world);
  if (inflateInit2(&inflated->stream, MAX_WBITS + ZLIB_OR_GZIP) != Z_OK) {
    return CRATE_NO_MEMORY;
  }
  inflated->open = true;
  return CRATE_OK;
}

static CrateStatus
fill(CrateInflated *inflated)
{
  const CrateModelSource *const source = inflated->reading->source;
  const uint64_t left = source->size - inflated->packed_at;
  const size_t size = left < PIECE ? (size_t)left : PIECE;
  if (!size) {
    return crate_model_refuse(inflated->reading, CRATE_MALFORMED,
                              "its packed data ends early");
  }
  CRATE_TRY(crate_model_read_at(inflated->reading, inflated->packed_at,
                                inflated->packed, size));
  inflated->packed_at += size;
  inflated->stream.next_in = inflated->packed;
  inflated->stream.avail_in = (uInt)size;
  return CRATE_OK;
}

/// Unpack some more into the history.
static CrateStatus
advance(CrateInflated *inflated)
{
  z_stream *const stream = &inflated->stream;
  const size_t at = (size_t)(inflated->at % HISTORY);
  if (!stream->avail_in) {
    CRATE_TRY(fill(inflated));
  }
  stream->next_out = inflated->history + at;
  stream->avail_out = (uInt)(HISTORY - at < PIECE ? HISTORY - at : PIECE);
  const uInt room = stream->avail_out;
  const int result = inflate(stream, Z_NO_FLUSH);
  inflated->at += room - stream->avail_out;
  inflated->ended = result == Z_STREAM_END;
  if (result == Z_MEM_ERROR) {
    return CRATE_NO_MEMORY;
  }
  return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR
           ? CRATE_OK
           : crate_model_refuse(inflated->reading, CRATE_MALFORMED,
                                "its packed data is damaged");
}

static CrateStatus
count_bytes(CrateInflated *inflated)
{
  const uint32_t ratio = inflated->reading->world->limits.archive_ratio;
  CRATE_TRY(start(inflated));
  while (!inflated->ended) {
    CRATE_TRY(advance(inflated));
    if (inflated->at > HARMLESS &&
        inflated->at / (ratio ? ratio : 1u) > inflated->packed_at) {
      return crate_model_refuse(inflated->reading, CRATE_OVER_LIMIT,
                                "it unpacks to too many bytes");
    }
  }
  inflated->source.size = inflated->at;
  return start(inflated);
}

/// Make sure that the byte at an offset is in the history.
static CrateStatus
reach(CrateInflated *inflated, uint64_t offset)
{
  if (offset + HISTORY < inflated->at) {
    if (++inflated->restarts > MOST_RESTARTS) {
      return crate_model_refuse(inflated->reading, CRATE_OVER_LIMIT,
                                "its header goes back and forth too often "
                                "for a packed file");
    }
    CRATE_TRY(start(inflated));
  }
  while (offset >= inflated->at) {
    if (inflated->ended) {
      return CRATE_UNREADABLE; // it was changed while we looked
    }
    CRATE_TRY(advance(inflated));
  }
  return CRATE_OK;
}

static CrateStatus
read_at(void *handle, uint64_t offset, void *out, size_t size)
{
  CrateInflated *const inflated = (CrateInflated *)handle;
  unsigned char *to = (unsigned char *)out;
  while (size) {
    CRATE_TRY(reach(inflated, offset));
    const size_t at = (size_t)(offset % HISTORY);
    size_t piece = HISTORY - at;
    piece =
      piece < inflated->at - offset ? piece : (size_t)(inflated->at - offset);
    piece = piece < size ? piece : size;
    memcpy(to, inflated->history + at, piece);
    to += piece;
    offset += piece;
    size -= piece;
  }
  return CRATE_OK;
}

CrateStatus
crate_inflated_open(const CrateModelReading *reading,
                    CrateInflated **inflated,
                    CrateModelReading *out)
{
  CrateInflated *const made =
    (CrateInflated *)crate_world_allocate(reading->world, sizeof(*made));
  *inflated = made;
  if (!made) {
    return CRATE_NO_MEMORY;
  }
  memset(made, 0, sizeof(*made));
  made->reading = reading;
  made->source = (CrateModelSource){0, read_at, made};
  *out = *reading;
  out->source = &made->source;
  out->base = 0;
  out->place = CRATE_TENSOR_PACKED;
  return count_bytes(made);
}

void
crate_inflated_free(CrateInflated *inflated)
{
  if (inflated) {
    if (inflated->open) {
      inflateEnd(&inflated->stream);
    }
    crate_world_release(inflated->reading->world, inflated);
  }
}
