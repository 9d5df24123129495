// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/zip_out.h"
#include "package/zlib.h"

/// What the 32-bit and 16-bit fields of zip have no room for.
#define FULL32 0xFFFFFFFFu
#define FULL16 0xFFFFu

/// 4.4: versions, flags (sizes follow the data; names are UTF-8), methods.
enum {
  VERSION = 20,
  VERSION64 = 45,
  UNIX = 3 << 8,
  SIZES_FOLLOW = 1 << 3,
  UTF8 = 1 << 11,
  STORED = 0,
  DEFLATED = 8,
  FIRST_DAY = 0x21, ///< 1980-01-01, the earliest there is.
  LEVEL = 6,
};

static CrateStatus
refuse(const CrateZipOut *out,
       CrateStatus status,
       CrateText path,
       const char *why)
{
  const CrateDiagnostic place = {.file = out->name,
                                 .code = CRATE_TEXT("not-packed")};
  return crate_world_say(out->buffer->world, status, &place, "%.*s%s%s",
                         CRATE_TEXT_ARG(path), path.size ? ": " : "", why);
}

static void
add(CrateZipOut *out, CrateText bytes)
{
  crate_buffer_add(out->buffer, bytes);
  out->at += bytes.size;
  crate_buffer_drain(out->buffer);
}

/// A number of so many bytes, the least first.
static void
put(CrateZipOut *out, uint64_t number, size_t size)
{
  char bytes[8];
  for (size_t i = 0; i < size; ++i) {
    bytes[i] = (char)(unsigned char)(number >> (8u * i) & 0xFFu);
  }
  add(out, (CrateText){bytes, size});
}

static uint32_t
clamped(uint64_t number)
{
  return number < FULL32 ? (uint32_t)number : FULL32;
}

/// 4.4.2 to 4.4.9: what both headers of a member have in common.
static void
put_common(CrateZipOut *out, const CrateZipEntry *entry, bool in_directory)
{
  const bool has_data = entry->size > 0;
  const bool later = has_data && !in_directory;
  put(out, entry->is_wide ? VERSION64 : VERSION, 2);
  put(out, UTF8 | (has_data ? SIZES_FOLLOW : 0), 2);
  put(out, has_data ? DEFLATED : STORED, 2);
  put(out, 0, 2);
  put(out, FIRST_DAY, 2);
  put(out, later ? 0 : entry->crc, 4);
  put(out, entry->is_wide ? FULL32 : later ? 0 : entry->packed, 4);
  put(out, entry->is_wide ? FULL32 : later ? 0 : entry->size, 4);
  put(out, entry->path.size, 2);
}

/// 4.3.7: the header before the data; 4.5.3: room for long sizes.
static void
put_local_header(CrateZipOut *out, const CrateZipEntry *entry)
{
  put(out, 0x04034B50u, 4);
  put_common(out, entry, false);
  put(out, entry->is_wide ? 20 : 0, 2);
  add(out, entry->path);
  if (entry->is_wide) {
    put(out, 1, 2);
    put(out, 16, 2);
    put(out, 0, 8);
    put(out, 0, 8);
  }
}

/// 4.3.9: the sizes behind the data.
static void
put_descriptor(CrateZipOut *out, const CrateZipEntry *entry)
{
  put(out, 0x08074B50u, 4);
  put(out, entry->crc, 4);
  put(out, entry->packed, entry->is_wide ? 8 : 4);
  put(out, entry->size, entry->is_wide ? 8 : 4);
}

/// Pack a piece; at the end, with none, what is left.
static CrateStatus
pack(CrateZipOut *out, CrateText piece, int flush)
{
  char packed[16384];
  z_stream *const stream = out->stream;
  stream->next_in = (Bytef *)(uintptr_t)piece.data;
  stream->avail_in = (uInt)piece.size;
  int result = Z_OK;
  do {
    stream->next_out = (Bytef *)packed;
    stream->avail_out = sizeof packed;
    result = deflate(stream, flush);
    const size_t made = sizeof packed - stream->avail_out;
    out->entry->packed += made;
    add(out, (CrateText){packed, made});
    CRATE_TRY(crate_buffer_status(out->buffer));
  } while (stream->avail_in || !stream->avail_out ||
           (flush == Z_FINISH && result == Z_OK));
  return result == Z_STREAM_ERROR ? CRATE_BAD_ARGUMENT : CRATE_OK;
}

/// A new member, its header not yet written.
static CrateStatus
start(CrateZipOut *out, CrateText path, uint64_t size)
{
  if (path.size > FULL16 || crate_text_utf8_span(path) < path.size) {
    return refuse(out, CRATE_UNSUPPORTED, path,
                  "a name in a zip archive is UTF-8, of 65535 bytes at most");
  }
  CRATE_TRY(crate_world_reserve(out->buffer->world, &out->entries,
                                &out->capacity, out->count + 1u,
                                sizeof *out->entries));
  CrateZipEntry *const entry = &out->entries[out->count++];
  // What deflate cannot make smaller grows by less than a thousandth.
  *entry = (CrateZipEntry){.path = path,
                           .offset = out->at,
                           .size = size,
                           .is_folder = crate_text_ends(path, CRATE_TEXT("/")),
                           .is_wide = size >= FULL32 - FULL32 / 1000u};
  put_local_header(out, entry);
  entry->size = 0;
  out->entry = entry;
  out->promised = size;
  return CRATE_OK;
}

/// One piece of a file. More than was listed is another file: the archive
/// itself, perhaps, which would never end.
static CrateStatus
take(void *handle, CrateText piece)
{
  CrateZipOut *const out = handle;
  CrateZipEntry *const entry = out->entry;
  if (piece.size > out->promised - entry->size) {
    return refuse(out, CRATE_UNREADABLE, entry->path,
                  "it grows while it is read");
  }
  entry->size += piece.size;
  entry->crc =
    (uint32_t)crc32(entry->crc, (const Bytef *)piece.data, (uInt)piece.size);
  CRATE_TRY(out->watch ? out->watch->take(out->watch->handle, piece)
                       : CRATE_OK);
  return pack(out, piece, Z_NO_FLUSH);
}

/// The data of a member, and its sizes.
static CrateStatus
write_data(CrateZipOut *out, const CrateItem *item)
{
  z_stream stream;
  const CratePour to = {take, out};
  const CrateText nothing = {NULL, 0};
  out->stream = &stream;
  crate_zlib_init(&stream, out->buffer->world);
  if (deflateInit2(&stream, LEVEL, Z_DEFLATED, -MAX_WBITS, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return CRATE_NO_MEMORY;
  }
  CrateStatus status = crate_item_pour(item, &to);
  status = status ? status : pack(out, nothing, Z_FINISH);
  deflateEnd(&stream);
  CRATE_TRY(status);
  if (out->entry->size != out->promised) {
    return refuse(out, CRATE_UNREADABLE, out->entry->path,
                  "it changed meanwhile");
  }
  put_descriptor(out, out->entry);
  return CRATE_OK;
}

CrateStatus
crate_zip_out_item(CrateZipOut *out, const CrateItem *item)
{
  uint64_t size = 0;
  CRATE_TRY(crate_item_size(item, &size));
  CRATE_TRY(start(out, item->path, size));
  return size ? write_data(out, item) : CRATE_OK;
}

/// 4.3.12: a header of the central directory. Modes are the same for all.
static void
put_directory_entry(CrateZipOut *out, const CrateZipEntry *entry)
{
  const bool far = entry->offset >= FULL32;
  const size_t wide = (entry->is_wide ? 16u : 0u) + (far ? 8u : 0u);
  put(out, 0x02014B50u, 4);
  put(out, UNIX | (wide ? VERSION64 : VERSION), 2);
  put_common(out, entry, true);
  put(out, wide ? wide + 4u : 0u, 2);
  put(out, 0, 2); // no comment
  put(out, 0, 2); // disk
  put(out, 0, 2);
  put(out, entry->is_folder ? 040755u << 16u | 0x10u : 0100644u << 16u, 4);
  put(out, clamped(entry->offset), 4);
  add(out, entry->path);
  if (wide) {
    put(out, 1, 2);
    put(out, wide, 2);
  }
  if (entry->is_wide) {
    put(out, entry->size, 8);
    put(out, entry->packed, 8);
  }
  if (far) {
    put(out, entry->offset, 8);
  }
}

/// 4.3.14 and 4.3.15: the end of many or far members.
static void
put_wide_end(CrateZipOut *out, uint64_t start)
{
  const uint64_t end = out->at;
  put(out, 0x06064B50u, 4);
  put(out, 44, 8);
  put(out, UNIX | VERSION64, 2);
  put(out, VERSION64, 2);
  put(out, 0, 8); // disks
  put(out, out->count, 8);
  put(out, out->count, 8);
  put(out, end - start, 8);
  put(out, start, 8);
  put(out, 0x07064B50u, 4);
  put(out, 0, 4);
  put(out, end, 8);
  put(out, 1, 4);
}

/// 4.3.16.
void
crate_zip_out_end(CrateZipOut *out)
{
  const uint64_t start = out->at;
  for (size_t i = 0; i < out->count; ++i) {
    put_directory_entry(out, &out->entries[i]);
  }
  const uint64_t size = out->at - start;
  const size_t count = out->count < FULL16 ? out->count : FULL16;
  if (count == FULL16 || size >= FULL32 || start >= FULL32) {
    put_wide_end(out, start);
  }
  put(out, 0x06054B50u, 4);
  put(out, 0, 4); // disks
  put(out, count, 2);
  put(out, count, 2);
  put(out, clamped(size), 4);
  put(out, clamped(start), 4);
  put(out, 0, 2);
}

void
crate_zip_out_clear(CrateZipOut *out)
{
  crate_world_release(out->buffer->world, out->entries);
}
