// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/zip_write.h"
#include "convert/convert.h"
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

/// A member that was written.
typedef struct Entry {
  CrateText path;
  uint64_t size, packed, offset;
  uint32_t crc;
  bool is_folder, is_wide; ///< Wide: its sizes take 64 bits.
} Entry;

typedef struct Writer {
  CrateBuffer *buffer;
  CratePackage *package;
  CrateText name;
  uint64_t at; ///< Bytes written.
  Entry *entries;
  size_t count;
  z_stream stream;
  Entry *entry;      ///< Being written.
  uint64_t promised; ///< Its size as listed.
} Writer;

static CrateStatus
refuse(const Writer *writer,
       CrateStatus status,
       CrateText path,
       const char *why)
{
  const CrateDiagnostic place = {.file = writer->name,
                                 .code = CRATE_TEXT("not-packed")};
  return crate_world_say(writer->buffer->world, status, &place, "%.*s%s%s",
                         CRATE_TEXT_ARG(path), path.size ? ": " : "", why);
}

static void
add(Writer *writer, CrateText bytes)
{
  crate_buffer_add(writer->buffer, bytes);
  writer->at += bytes.size;
  crate_buffer_drain(writer->buffer);
}

/// A number of so many bytes, the least first.
static void
put(Writer *writer, uint64_t number, size_t size)
{
  char bytes[8];
  for (size_t i = 0; i < size; ++i) {
    bytes[i] = (char)(unsigned char)(number >> (8u * i) & 0xFFu);
  }
  add(writer, (CrateText){bytes, size});
}

static uint32_t
clamped(uint64_t number)
{
  return number < FULL32 ? (uint32_t)number : FULL32;
}

/// 4.4.2 to 4.4.9: what both headers of a member have in common.
static void
put_common(Writer *writer, const Entry *entry, bool in_directory)
{
  const bool has_data = entry->size > 0;
  const bool later = has_data && !in_directory;
  put(writer, entry->is_wide ? VERSION64 : VERSION, 2);
  put(writer, UTF8 | (has_data ? SIZES_FOLLOW : 0), 2);
  put(writer, has_data ? DEFLATED : STORED, 2);
  put(writer, 0, 2);
  put(writer, FIRST_DAY, 2);
  put(writer, later ? 0 : entry->crc, 4);
  put(writer, entry->is_wide ? FULL32 : later ? 0 : entry->packed, 4);
  put(writer, entry->is_wide ? FULL32 : later ? 0 : entry->size, 4);
  put(writer, entry->path.size, 2);
}

/// 4.3.7: the header before the data; 4.5.3: room for long sizes.
static void
put_local_header(Writer *writer, const Entry *entry)
{
  put(writer, 0x04034B50u, 4);
  put_common(writer, entry, false);
  put(writer, entry->is_wide ? 20 : 0, 2);
  add(writer, entry->path);
  if (entry->is_wide) {
    put(writer, 1, 2);
    put(writer, 16, 2);
    put(writer, 0, 8);
    put(writer, 0, 8);
  }
}

/// 4.3.9: the sizes behind the data.
static void
put_descriptor(Writer *writer, const Entry *entry)
{
  put(writer, 0x08074B50u, 4);
  put(writer, entry->crc, 4);
  put(writer, entry->packed, entry->is_wide ? 8 : 4);
  put(writer, entry->size, entry->is_wide ? 8 : 4);
}

/// Pack a piece; at the end, with none, what is left.
static CrateStatus
pack(Writer *writer, CrateText piece, int flush)
{
  char packed[16384];
  z_stream *const stream = &writer->stream;
  stream->next_in = (Bytef *)(uintptr_t)piece.data;
  stream->avail_in = (uInt)piece.size;
  int result = Z_OK;
  do {
    stream->next_out = (Bytef *)packed;
    stream->avail_out = sizeof packed;
    result = deflate(stream, flush);
    const size_t made = sizeof packed - stream->avail_out;
    writer->entry->packed += made;
    add(writer, (CrateText){packed, made});
    CRATE_TRY(crate_buffer_status(writer->buffer));
  } while (stream->avail_in || !stream->avail_out ||
           (flush == Z_FINISH && result == Z_OK));
  return result == Z_STREAM_ERROR ? CRATE_BAD_ARGUMENT : CRATE_OK;
}

/// One piece of a file. More than was listed is another file: the archive
/// itself, perhaps, which would never end.
static CrateStatus
take(void *handle, CrateText piece)
{
  Writer *const writer = handle;
  Entry *const entry = writer->entry;
  if (piece.size > writer->promised - entry->size) {
    return refuse(writer, CRATE_UNREADABLE, entry->path,
                  "it grows while it is read");
  }
  entry->size += piece.size;
  entry->crc =
    (uint32_t)crc32(entry->crc, (const Bytef *)piece.data, (uInt)piece.size);
  return pack(writer, piece, Z_NO_FLUSH);
}

/// The data of a file, and its sizes.
static CrateStatus
write_data(Writer *writer, CrateText path)
{
  const CratePour to = {take, writer};
  Entry *const entry = writer->entry;
  crate_zlib_init(&writer->stream, writer->buffer->world);
  if (deflateInit2(&writer->stream, LEVEL, Z_DEFLATED, -MAX_WBITS, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return CRATE_NO_MEMORY;
  }
  CrateStatus status = crate_package_pour(writer->package, path, &to);
  const CrateText nothing = {NULL, 0};
  status = status ? status : pack(writer, nothing, Z_FINISH);
  deflateEnd(&writer->stream);
  CRATE_TRY(status);
  if (entry->size != writer->promised) {
    return refuse(writer, CRATE_UNREADABLE, path, "it changed meanwhile");
  }
  put_descriptor(writer, entry);
  return CRATE_OK;
}

static CrateStatus
write_member(Writer *writer, CrateText path)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  uint64_t size = 0;
  Entry *const entry = &writer->entries[writer->count++];
  *entry = (Entry){.path = path,
                   .offset = writer->at,
                   .is_folder = crate_text_ends(path, CRATE_TEXT("/"))};
  if (path.size > FULL16 || crate_text_utf8_span(path) < path.size) {
    return refuse(writer, CRATE_UNSUPPORTED, path,
                  "a name in a zip archive is UTF-8, of 65535 bytes at most");
  }
  if (!entry->is_folder) {
    CRATE_TRY(crate_package_find(writer->package, path, &member, &size));
  }
  // What deflate cannot make smaller grows by less than a thousandth.
  entry->is_wide = size >= FULL32 - FULL32 / 1000u;
  entry->size = size;
  put_local_header(writer, entry);
  if (!size) {
    return CRATE_OK;
  }
  entry->size = 0;
  writer->entry = entry;
  writer->promised = size;
  return write_data(writer, path);
}

/// 4.3.12: a header of the central directory. Modes are the same for all.
static void
put_directory_entry(Writer *writer, const Entry *entry)
{
  const bool far = entry->offset >= FULL32;
  const size_t wide = (entry->is_wide ? 16u : 0u) + (far ? 8u : 0u);
  put(writer, 0x02014B50u, 4);
  put(writer, UNIX | (wide ? VERSION64 : VERSION), 2);
  put_common(writer, entry, true);
  put(writer, wide ? wide + 4u : 0u, 2);
  put(writer, 0, 2); // no comment
  put(writer, 0, 2); // disk
  put(writer, 0, 2);
  put(writer, entry->is_folder ? 040755u << 16u | 0x10u : 0100644u << 16u, 4);
  put(writer, clamped(entry->offset), 4);
  add(writer, entry->path);
  if (wide) {
    put(writer, 1, 2);
    put(writer, wide, 2);
  }
  if (entry->is_wide) {
    put(writer, entry->size, 8);
    put(writer, entry->packed, 8);
  }
  if (far) {
    put(writer, entry->offset, 8);
  }
}

/// 4.3.14 and 4.3.15: the end of many or far members.
static void
put_wide_end(Writer *writer, uint64_t start)
{
  const uint64_t end = writer->at;
  put(writer, 0x06064B50u, 4);
  put(writer, 44, 8);
  put(writer, UNIX | VERSION64, 2);
  put(writer, VERSION64, 2);
  put(writer, 0, 8); // disks
  put(writer, writer->count, 8);
  put(writer, writer->count, 8);
  put(writer, end - start, 8);
  put(writer, start, 8);
  put(writer, 0x07064B50u, 4);
  put(writer, 0, 4);
  put(writer, end, 8);
  put(writer, 1, 4);
}

/// 4.3.16.
static void
put_end(Writer *writer)
{
  const uint64_t start = writer->at;
  for (size_t i = 0; i < writer->count; ++i) {
    put_directory_entry(writer, &writer->entries[i]);
  }
  const uint64_t size = writer->at - start;
  const size_t count = writer->count < FULL16 ? writer->count : FULL16;
  if (count == FULL16 || size >= FULL32 || start >= FULL32) {
    put_wide_end(writer, start);
  }
  put(writer, 0x06054B50u, 4);
  put(writer, 0, 4); // disks
  put(writer, count, 2);
  put(writer, count, 2);
  put(writer, clamped(size), 4);
  put(writer, clamped(start), 4);
  put(writer, 0, 2);
}

/// The metadata document, then the others. Folders are named by what is in
/// them; those that are empty have entries of their own.
static CrateStatus
write_members(Writer *writer, const CrateText *paths, size_t count)
{
  const CrateText metadata = crate_package_metadata(writer->package);
  CRATE_TRY(metadata.size ? write_member(writer, metadata) : CRATE_OK);
  for (size_t i = 0; i < count; ++i) {
    const bool is_full = crate_text_ends(paths[i], CRATE_TEXT("/")) &&
                         i + 1u < count &&
                         crate_text_starts(paths[i + 1u], paths[i]);
    if (!is_full && !crate_text_equal(paths[i], metadata)) {
      CRATE_TRY(write_member(writer, paths[i]));
    }
  }
  put_end(writer);
  return CRATE_OK;
}

CrateStatus
crate_zip_write(CrateBuffer *buffer, CratePackage *package, CrateText name)
{
  Writer writer = {.buffer = buffer, .package = package, .name = name};
  const CrateText nobody = {NULL, 0};
  CrateText top;
  const CrateText *paths = NULL;
  size_t count = 0;
  if (!package || crate_package_kind(package) == CRATE_PACKAGE_DOCUMENT ||
      crate_package_kind(package) == CRATE_PACKAGE_PAGE) {
    return refuse(&writer, CRATE_UNSUPPORTED, nobody,
                  "only a folder or an archive can be packed");
  }
  if (crate_package_is_bag(package, &top)) {
    return refuse(&writer, CRATE_UNSUPPORTED, nobody,
                  "it is a bag, whose tag files would be lost");
  }
  CRATE_TRY(crate_package_list(package, &paths, &count));
  writer.entries =
    crate_world_allocate(buffer->world, (count + 1u) * sizeof *writer.entries);
  if (!writer.entries) {
    return CRATE_NO_MEMORY;
  }
  const CrateStatus status = write_members(&writer, paths, count);
  crate_world_release(buffer->world, writer.entries);
  return status;
}

CrateStatus
crate_job_read_nothing(CrateJob *job)
{
  (void)job;
  return CRATE_OK;
}

CrateStatus
crate_job_zip(CrateJob *job)
{
  return crate_zip_write(job->buffer, job->what->package, job->what->name);
}
