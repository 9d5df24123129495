// SPDX-License-Identifier: Apache-2.0
// A member of a zip archive piece by piece, however large it is.
#include "package/zip.h"
#include "package/zlib.h"

/// One member on its way out.
typedef struct {
  const CrateZip *zip;
  const CrateZipEntry *entry;
  const CratePour *to;
  uint64_t at, left; // of the packed bytes
  uint64_t done;     // unpacked
  uLong crc;
  unsigned char *in, *out; // CRATE_PIECE each
  size_t in_size;
} Pouring;

static CrateStatus
fill(Pouring *pouring)
{
  const size_t wanted =
    pouring->left < CRATE_PIECE ? (size_t)pouring->left : CRATE_PIECE;
  CRATE_TRY(crate_bytes_read(&pouring->zip->bytes, pouring->at, pouring->in,
                             wanted, &pouring->in_size));
  pouring->at += pouring->in_size;
  pouring->left -= pouring->in_size;
  return pouring->in_size < wanted || !wanted
           ? crate_zip_refuse(pouring->zip, CRATE_MALFORMED,
                              "a member's packed data ends early")
           : CRATE_OK;
}

static CrateStatus
hand_over(Pouring *pouring, const unsigned char *bytes, size_t size)
{
  const CrateZipEntry *const entry = pouring->entry;
  if (size > entry->size - pouring->done) {
    return crate_zip_refuse(pouring->zip, CRATE_MALFORMED,
                            "a member unpacks to more than its size");
  }
  pouring->done += size;
  pouring->crc = crc32(pouring->crc, bytes, (uInt)size);
  return pouring->to->take(pouring->to->handle,
                           (CrateText){(const char *)bytes, size});
}

static CrateStatus
pour_stored(Pouring *pouring)
{
  while (pouring->left) {
    CRATE_TRY(fill(pouring));
    CRATE_TRY(hand_over(pouring, pouring->in, pouring->in_size));
  }
  return CRATE_OK;
}

/// RFC 1951.
static CrateStatus
inflate_pieces(Pouring *pouring, z_stream *stream)
{
  for (int result = Z_OK; result != Z_STREAM_END;) {
    if (!stream->avail_in) {
      CRATE_TRY(fill(pouring));
      stream->next_in = pouring->in;
      stream->avail_in = (uInt)pouring->in_size;
    }
    stream->next_out = pouring->out;
    stream->avail_out = (uInt)CRATE_PIECE;
    result = inflate(stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) {
      return result == Z_MEM_ERROR
               ? CRATE_NO_MEMORY
               : crate_zip_refuse(pouring->zip, CRATE_MALFORMED,
                                  "a member's packed data is damaged");
    }
    CRATE_TRY(
      hand_over(pouring, pouring->out, CRATE_PIECE - stream->avail_out));
  }
  return CRATE_OK;
}

static CrateStatus
pour_deflated(Pouring *pouring)
{
  z_stream stream;
  crate_zlib_init(&stream, pouring->zip->world);
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
    return CRATE_NO_MEMORY;
  }
  const CrateStatus st = inflate_pieces(pouring, &stream);
  inflateEnd(&stream);
  return st;
}

CrateStatus
crate_zip_pour(const CrateZip *zip,
               const CrateZipEntry *entry,
               CrateArena *scratch,
               const CratePour *to)
{
  Pouring pouring = {.zip = zip, .entry = entry, .to = to};
  pouring.left = entry->packed;
  CRATE_TRY(crate_zip_check_ratio(zip, entry));
  CRATE_TRY(crate_zip_find_data(zip, entry, scratch, &pouring.at));
  pouring.in = (unsigned char *)crate_arena_allocate(scratch, 2 * CRATE_PIECE);
  if (!pouring.in) {
    return crate_arena_status(scratch);
  }
  pouring.out = pouring.in + CRATE_PIECE;
  pouring.crc = crc32(0, NULL, 0);
  if (entry->method != 0 && entry->method != 8) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "a member is packed in a way other than deflate");
  }
  CRATE_TRY(entry->method ? pour_deflated(&pouring) : pour_stored(&pouring));
  return pouring.done == entry->size && pouring.crc == entry->crc
           ? CRATE_OK
           : crate_zip_refuse(zip, CRATE_MALFORMED,
                              "a member's checksum does not match");
}
