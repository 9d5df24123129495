// SPDX-License-Identifier: Apache-2.0
// A zip archive, from its central directory. Section numbers are of
// PKWARE's APPNOTE 6.3.10.
#include "package/package.h"
#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/// One central directory header, as far as we need it.
typedef struct {
  CrateText name;
  uint64_t packed, size, header; // header: offset of the local header
  uint32_t crc;
  uint16_t method, flags;
} Entry;

typedef struct {
  const CrateWorld *world;
  CrateText name; // of the archive, for diagnostics
  int descriptor;
  uint64_t file_size;
  CrateArena arena;
  Entry *entries;
  size_t count, capacity;
  CrateMap by_name; // name without a last '/' -> index + 1, folders implied
} Zip;

static uint16_t
get16(const unsigned char *at)
{
  return (uint16_t)(at[0] | (unsigned)at[1] << 8u);
}

static uint32_t
get32(const unsigned char *at)
{
  return get16(at) | (uint32_t)get16(at + 2) << 16u;
}

static uint64_t
get64(const unsigned char *at)
{
  return get32(at) | (uint64_t)get32(at + 4) << 32u;
}

static CrateStatus
refuse(const Zip *zip, CrateStatus status, const char *why)
{
  const CrateDiagnostic where = {
    .file = zip->name,
    .code = status == CRATE_MALFORMED ? CRATE_TEXT("invalid-zip")
                                      : CRATE_TEXT("over-limit"),
  };
  return crate_world_say(zip->world, status, &where, "%s", why);
}

/// Read exactly `size` bytes at an offset into the arena.
static CrateStatus
read_at(const Zip *zip,
        CrateArena *arena,
        uint64_t offset,
        uint64_t size,
        unsigned char **out)
{
  *out = NULL;
  if (offset > zip->file_size || size > zip->file_size - offset) {
    return refuse(zip, CRATE_MALFORMED, "a record lies beyond the archive's end");
  }
  if (size > zip->world->limits.document_bytes) {
    return refuse(zip, CRATE_OVER_LIMIT, "a member is larger than a document may be");
  }
  unsigned char *const bytes =
    (unsigned char *)crate_arena_allocate(arena, (size_t)size + 1u);
  if (!bytes) {
    return crate_arena_status(arena);
  }
  for (size_t done = 0; done < size;) {
    const ssize_t got = pread(
      zip->descriptor, bytes + done, (size_t)size - done, (off_t)(offset + done));
    if (got <= 0) {
      return refuse(zip, CRATE_UNREADABLE, "the archive ends early");
    }
    done += (size_t)got;
  }
  *out = bytes;
  return CRATE_OK;
}

typedef struct {
  uint64_t offset, size, count;
} Directory;

/// 4.3.14, 4.3.15: what the 16- and 32-bit fields have no room for.
static CrateStatus
read_zip64_end(const Zip *zip,
               CrateArena *arena,
               uint64_t end_offset,
               Directory *directory)
{
  enum { LOCATOR = 20, RECORD = 56 };
  unsigned char *at = NULL;
  if (end_offset < LOCATOR) {
    return refuse(zip, CRATE_MALFORMED, "the zip64 locator is missing");
  }
  CRATE_TRY(read_at(zip, arena, end_offset - LOCATOR, LOCATOR, &at));
  if (get32(at) != 0x07064B50u) {
    return CRATE_OK; // a plain archive with full fields
  }
  CRATE_TRY(read_at(zip, arena, get64(at + 8), RECORD, &at));
  if (get32(at) != 0x06064B50u) {
    return refuse(zip, CRATE_MALFORMED, "the zip64 end record is missing");
  }
  directory->count = get64(at + 32);
  directory->size = get64(at + 40);
  directory->offset = get64(at + 48);
  return CRATE_OK;
}

/// 4.3.16: the end record, the last thing but a comment of up to 64 KiB.
static CrateStatus
find_directory(const Zip *zip, CrateArena *arena, Directory *directory)
{
  enum { END = 22, LONGEST_COMMENT = 65535 };
  const uint64_t tail = zip->file_size < END + LONGEST_COMMENT
                          ? zip->file_size
                          : END + LONGEST_COMMENT;
  unsigned char *bytes = NULL;
  CRATE_TRY(read_at(zip, arena, zip->file_size - tail, tail, &bytes));
  for (uint64_t i = tail >= END ? tail - END + 1u : 0; i-- > 0;) {
    const unsigned char *const at = bytes + i;
    if (get32(at) != 0x06054B50u || i + END + get16(at + 20) > tail) {
      continue;
    }
    *directory = (Directory){get32(at + 16), get32(at + 12), get16(at + 10)};
    if (get16(at + 4) || get16(at + 6)) {
      return refuse(zip, CRATE_MALFORMED, "archives in several parts are not read");
    }
    return directory->count == 0xFFFFu || directory->size == UINT32_MAX ||
               directory->offset == UINT32_MAX
             ? read_zip64_end(zip, arena, zip->file_size - tail + i, directory)
             : CRATE_OK;
  }
  return refuse(zip, CRATE_MALFORMED, "not a zip archive: it has no central directory");
}

/// 4.5.3: the zip64 extra field holds those of the three that were full.
static void
read_zip64_extra(Entry *entry, const unsigned char *at, size_t size)
{
  while (size >= 4u) {
    const size_t field = get16(at + 2);
    if (field > size - 4u) {
      return;
    }
    if (get16(at) == 1u) {
      uint64_t *const wide[] = {&entry->size, &entry->packed, &entry->header};
      const unsigned char *from = at + 4;
      for (size_t i = 0; i < 3; ++i) {
        if (*wide[i] == UINT32_MAX && from + 8 <= at + 4 + field) {
          *wide[i] = get64(from);
          from += 8;
        }
      }
    }
    at += 4u + field;
    size -= 4u + field;
  }
}

/// Whether a member's name is one that can lie beneath the root: no "..",
/// no absolute path, no drive, no backslash, no NUL.
static bool
is_clean(CrateText name)
{
  if (!name.size || name.data[0] == '/' || memchr(name.data, 0, name.size) ||
      memchr(name.data, '\\', name.size) ||
      (name.size > 1 && name.data[1] == ':')) {
    return false;
  }
  for (size_t at = 0; at < name.size;) {
    const CrateText rest = crate_text_slice(name, at, name.size);
    const size_t end = crate_text_find(rest, '/');
    const CrateText segment = crate_text_slice(rest, 0, end);
    if (!end || crate_text_is(segment, ".") || crate_text_is(segment, "..")) {
      return false;
    }
    at += end + 1u;
  }
  return true;
}

/// Let a path be found, and the folders above it, which need no entries.
static CrateStatus
register_name(Zip *zip, CrateText name, size_t number)
{
  if (name.data[name.size - 1u] == '/') {
    --name.size;
    number = 0;
  }
  CRATE_TRY(crate_map_put(&zip->by_name, name, number));
  for (;;) {
    while (name.size && name.data[name.size - 1u] != '/') {
      --name.size;
    }
    if (name.size < 2u) {
      return CRATE_OK;
    }
    --name.size;
    if (crate_map_get(&zip->by_name, name, NULL)) {
      return CRATE_OK;
    }
    CRATE_TRY(crate_map_put(&zip->by_name, name, 0));
  }
}

/// 4.3.12: one central directory header; `size` is what is left.
static CrateStatus
read_entry(Zip *zip, const unsigned char *at, size_t size, size_t *used)
{
  enum { HEADER = 46 };
  if (size < HEADER || get32(at) != 0x02014B50u) {
    return refuse(zip, CRATE_MALFORMED, "the central directory is damaged");
  }
  const size_t name = get16(at + 28);
  const size_t extra = get16(at + 30);
  *used = HEADER + name + extra + get16(at + 32);
  if (*used > size) {
    return refuse(zip, CRATE_MALFORMED, "the central directory is cut short");
  }
  Entry entry = {
    .name = {(const char *)at + HEADER, name},
    .flags = get16(at + 8),
    .method = get16(at + 10),
    .crc = get32(at + 16),
    .packed = get32(at + 20),
    .size = get32(at + 24),
    .header = get32(at + 42),
  };
  read_zip64_extra(&entry, at + HEADER + name, extra);
  if (!is_clean(entry.name)) {
    return CRATE_OK; // cannot be named by a crate, so it is not there
  }
  CRATE_TRY(crate_world_reserve(
    zip->world, &zip->entries, &zip->capacity, zip->count + 1u, sizeof(Entry)));
  zip->entries[zip->count++] = entry;
  return register_name(zip, entry.name, zip->count);
}

static CrateStatus
read_directory(Zip *zip)
{
  Directory directory = {0, 0, 0};
  CRATE_TRY(find_directory(zip, &zip->arena, &directory));
  if (directory.count > zip->world->limits.archive_members) {
    return refuse(zip, CRATE_OVER_LIMIT, "too many members");
  }
  unsigned char *at = NULL;
  CRATE_TRY(read_at(zip, &zip->arena, directory.offset, directory.size, &at));
  size_t left = (size_t)directory.size;
  for (uint64_t i = 0; i < directory.count; ++i) {
    size_t used = 0;
    CRATE_TRY(read_entry(zip, at, left, &used));
    at += used;
    left -= used;
  }
  return CRATE_OK;
}

static void
zip_close(void *place)
{
  Zip *const zip = (Zip *)place;
  if (zip) {
    close(zip->descriptor);
    crate_map_clear(&zip->by_name);
    crate_arena_clear(&zip->arena);
    crate_world_release(zip->world, zip->entries);
    crate_world_release(zip->world, zip);
  }
}

CrateStatus
crate_zip_open(const CrateWorld *world,
               CrateText name,
               int descriptor,
               void **out)
{
  *out = NULL;
  struct stat info;
  Zip *const zip = (Zip *)crate_world_allocate(world, sizeof(Zip));
  if (!zip) {
    close(descriptor);
    return CRATE_NO_MEMORY;
  }
  *zip = (Zip){.world = world, .name = name, .descriptor = descriptor};
  crate_arena_init(&zip->arena, world);
  crate_map_init(&zip->by_name, world);
  CrateStatus st = fstat(descriptor, &info) ? CRATE_UNREADABLE : CRATE_OK;
  if (!st) {
    zip->file_size = (uint64_t)info.st_size;
    st = read_directory(zip);
  }
  if (st) {
    zip_close(zip);
    return st;
  }
  *out = zip;
  return CRATE_OK;
}

static CrateText
without_slash(CrateText path)
{
  if (path.size && path.data[path.size - 1u] == '/') {
    --path.size;
  }
  return path;
}

static CrateStatus
zip_find(void *place, CrateText path, CrateMember *out, uint64_t *size)
{
  const Zip *const zip = (const Zip *)place;
  uintptr_t number = 0;
  *size = 0;
  *out = CRATE_MEMBER_ABSENT;
  if (!path.size) {
    *out = CRATE_MEMBER_FOLDER;
  } else if (crate_map_get(&zip->by_name, without_slash(path), &number)) {
    *out = number ? CRATE_MEMBER_FILE : CRATE_MEMBER_FOLDER;
    *size = number ? zip->entries[number - 1u].size : 0;
  }
  return CRATE_OK;
}

/// Where an entry's bytes begin: 4.3.7, whose name and extra field may differ
/// from the central directory's in length.
static CrateStatus
find_data(const Zip *zip, const Entry *entry, CrateArena *arena, uint64_t *out)
{
  enum { HEADER = 30 };
  unsigned char *at = NULL;
  CRATE_TRY(read_at(zip, arena, entry->header, HEADER, &at));
  if (get32(at) != 0x04034B50u) {
    return refuse(zip, CRATE_MALFORMED, "a member's local header is damaged");
  }
  *out = entry->header + HEADER + get16(at + 26) + get16(at + 28);
  return CRATE_OK;
}

/// RFC 1951, to exactly the announced size.
static CrateStatus
inflate_all(const Zip *zip,
            const Entry *entry,
            unsigned char *packed,
            unsigned char *out)
{
  z_stream stream = {0};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
    return CRATE_NO_MEMORY;
  }
  stream.next_in = packed;
  stream.avail_in = (uInt)entry->packed;
  stream.next_out = out;
  stream.avail_out = (uInt)entry->size;
  const int result = inflate(&stream, Z_FINISH);
  const bool whole = result == Z_STREAM_END && !stream.avail_out;
  inflateEnd(&stream);
  return whole ? CRATE_OK
               : refuse(zip, CRATE_MALFORMED, "a member's packed data is damaged");
}

/// Limits that an honest metadata document never meets.
static CrateStatus
check_size(const Zip *zip, const Entry *entry)
{
  enum { HARMLESS = 16 << 20 };
  const CrateLimits *const limits = &zip->world->limits;
  if (entry->flags & 1u) {
    return refuse(zip, CRATE_MALFORMED, "encrypted members are not read");
  }
  if (entry->size > limits->document_bytes || entry->size >= UINT32_MAX ||
      (entry->size > HARMLESS &&
       entry->size / limits->archive_ratio > entry->packed)) {
    return refuse(zip, CRATE_OVER_LIMIT, "a member unpacks to too many bytes");
  }
  return CRATE_OK;
}

static CrateStatus
unpack(const Zip *zip, const Entry *entry, CrateArena *arena, CrateText *out)
{
  uint64_t data = 0;
  unsigned char *packed = NULL;
  CRATE_TRY(check_size(zip, entry));
  CRATE_TRY(find_data(zip, entry, arena, &data));
  CRATE_TRY(read_at(zip, arena, data, entry->packed, &packed));
  unsigned char *bytes = packed;
  if (entry->method == 8) {
    bytes = (unsigned char *)crate_arena_allocate(arena, (size_t)entry->size + 1u);
    if (!bytes) {
      return crate_arena_status(arena);
    }
    CRATE_TRY(inflate_all(zip, entry, packed, bytes));
  } else if (entry->method != 0 || entry->packed != entry->size) {
    return refuse(
      zip, CRATE_MALFORMED, "a member is packed in a way other than deflate");
  }
  if (crc32(0, bytes, (uInt)entry->size) != entry->crc) {
    return refuse(zip, CRATE_MALFORMED, "a member's checksum does not match");
  }
  *out = (CrateText){(const char *)bytes, (size_t)entry->size};
  return CRATE_OK;
}

static CrateStatus
zip_read(void *place, CrateText path, CrateArena *arena, CrateText *out)
{
  const Zip *const zip = (const Zip *)place;
  uintptr_t number = 0;
  *out = (CrateText){NULL, 0};
  if (!crate_map_get(&zip->by_name, path, &number) || !number) {
    return CRATE_NOT_FOUND;
  }
  return unpack(zip, &zip->entries[number - 1u], arena, out);
}

static CrateStatus
zip_list(void *place,
         CrateStatus (*add)(void *handle, CrateMemberEntry entry),
         void *handle)
{
  const Zip *const zip = (const Zip *)place;
  for (size_t i = 0; i < zip->count; ++i) {
    const CrateMemberEntry entry = {zip->entries[i].name,
                                    zip->entries[i].size};
    CRATE_TRY(add(handle, entry));
  }
  return CRATE_OK;
}

const CratePlaceVerbs crate_zip_verbs = {
  zip_find, zip_read, zip_list, zip_close};
