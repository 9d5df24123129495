// SPDX-License-Identifier: Apache-2.0
// Members of a zip archive: found, links followed, unpacked.
#include "package/zip.h"
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static void
zip_close(void *place)
{
  CrateZip *const zip = (CrateZip *)place;
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
  CrateZip *const zip =
    (CrateZip *)crate_world_allocate(world, sizeof(CrateZip));
  if (!zip) {
    close(descriptor);
    return CRATE_NO_MEMORY;
  }
  *zip = (CrateZip){.world = world, .name = name, .descriptor = descriptor};
  crate_arena_init(&zip->arena, world);
  crate_map_init(&zip->by_name, world);
  CrateStatus st = fstat(descriptor, &info) ? CRATE_UNREADABLE : CRATE_OK;
  if (!st) {
    zip->file_size = (uint64_t)info.st_size;
    st = crate_zip_read_directory(zip);
  }
  if (st) {
    zip_close(zip);
    return st;
  }
  *out = zip;
  return CRATE_OK;
}

/// Where an entry's bytes begin: 4.3.7, whose name and extra field may differ
/// from the central directory's in length.
static CrateStatus
find_data(const CrateZip *zip,
          const CrateZipEntry *entry,
          CrateArena *arena,
          uint64_t *out)
{
  enum { HEADER = 30 };
  unsigned char *at = NULL;
  CRATE_TRY(crate_zip_read_at(zip, arena, entry->header, HEADER, &at));
  if (crate_zip_get32(at) != 0x04034B50u) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "a member's local header is damaged");
  }
  *out = entry->header + HEADER + crate_zip_get16(at + 26) +
         crate_zip_get16(at + 28);
  return CRATE_OK;
}

/// zlib's memory comes from the world too.
static void *
allocate_for_zlib(void *world, unsigned count, unsigned size)
{
  return crate_world_allocate((const CrateWorld *)world, (size_t)count * size);
}

static void
release_for_zlib(void *world, void *block)
{
  crate_world_release((const CrateWorld *)world, block);
}

/// RFC 1951, to exactly the announced size.
static CrateStatus
inflate_all(const CrateZip *zip,
            const CrateZipEntry *entry,
            unsigned char *packed,
            unsigned char *out)
{
  z_stream stream = {.zalloc = allocate_for_zlib,
                     .zfree = release_for_zlib,
                     .opaque = (void *)(uintptr_t)zip->world};
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
  if (result == Z_MEM_ERROR) {
    return CRATE_NO_MEMORY;
  }
  return whole ? CRATE_OK
               : crate_zip_refuse(zip, CRATE_MALFORMED,
                                  "a member's packed data is damaged");
}

/// Limits that an honest metadata document never meets.
static CrateStatus
check_size(const CrateZip *zip, const CrateZipEntry *entry)
{
  enum { HARMLESS = 16 << 20 };
  const CrateLimits *const limits = &zip->world->limits;
  const uint32_t ratio = limits->archive_ratio ? limits->archive_ratio : 1u;
  if (entry->flags & 1u) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "encrypted members are not read");
  }
  if (entry->size > limits->document_bytes || entry->size >= UINT32_MAX ||
      (entry->size > HARMLESS && entry->size / ratio > entry->packed)) {
    return crate_zip_refuse(zip, CRATE_OVER_LIMIT,
                            "a member unpacks to too many bytes");
  }
  return CRATE_OK;
}

static CrateStatus
unpack(const CrateZip *zip,
       const CrateZipEntry *entry,
       CrateArena *arena,
       CrateText *out)
{
  uint64_t data = 0;
  unsigned char *packed = NULL;
  CRATE_TRY(check_size(zip, entry));
  CRATE_TRY(find_data(zip, entry, arena, &data));
  CRATE_TRY(crate_zip_read_at(zip, arena, data, entry->packed, &packed));
  unsigned char *bytes = packed;
  if (entry->method == 8) {
    bytes =
      (unsigned char *)crate_arena_allocate(arena, (size_t)entry->size + 1u);
    if (!bytes) {
      return crate_arena_status(arena);
    }
    CRATE_TRY(inflate_all(zip, entry, packed, bytes));
  } else if (entry->method != 0 || entry->packed != entry->size) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "a member is packed in a way other than deflate");
  }
  if (crc32(0, bytes, (uInt)entry->size) != entry->crc) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "a member's checksum does not match");
  }
  *out = (CrateText){(const char *)bytes, (size_t)entry->size};
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

/// The first part of a path that is a link: its length, or 0.
static size_t
find_link(const CrateZip *zip, CrateText path, const CrateZipEntry **link)
{
  for (size_t end = 0; end < path.size; ++end) {
    const CrateText rest = crate_text_slice(path, end, path.size);
    end += crate_text_find(rest, '/');
    uintptr_t number = 0;
    const CrateText part = crate_text_slice(path, 0, end);
    if (!crate_map_get(&zip->by_name, part, &number)) {
      return 0;
    }
    if (number && zip->entries[number - 1u].is_link) {
      *link = &zip->entries[number - 1u];
      return end;
    }
  }
  return 0;
}

/// Put a link's target in its place. CRATE_NOT_FOUND when it leads out.
static CrateStatus
follow_link(const CrateZip *zip,
            const CrateZipEntry *link,
            size_t size,
            CrateArena *arena,
            CrateText *path)
{
  CrateText target = {NULL, 0};
  if (link->size > CRATE_ZIP_LONGEST_NAME) {
    return CRATE_NOT_FOUND;
  }
  CRATE_TRY(unpack(zip, link, arena, &target));
  if (crate_text_starts(target, CRATE_TEXT("/"))) {
    return CRATE_NOT_FOUND;
  }
  size_t slash = size;
  while (slash && path->data[slash - 1u] != '/') {
    --slash;
  }
  const CrateText parts[] = {crate_text_slice(*path, 0, slash), target,
                             crate_text_slice(*path, size, path->size)};
  CrateText joined;
  CRATE_TRY(crate_arena_join(arena, parts, 3, &joined));
  CRATE_TRY(crate_path_clean(arena, joined, path));
  return path->size > CRATE_ZIP_LONGEST_NAME ? CRATE_NOT_FOUND : CRATE_OK;
}

/// Follow links as a file system would, but never out of the archive: that
/// is CRATE_NOT_FOUND, and so is a chain of links without end.
static CrateStatus
follow_links(const CrateZip *zip, CrateArena *arena, CrateText *path)
{
  enum { MOST_LINKS = 40 }; // as Linux: path_resolution(7)
  for (int i = 0; zip->links && i < MOST_LINKS; ++i) {
    const CrateZipEntry *link = NULL;
    const size_t size = find_link(zip, *path, &link);
    if (!size) {
      return CRATE_OK;
    }
    CRATE_TRY(follow_link(zip, link, size, arena, path));
  }
  return zip->links ? CRATE_NOT_FOUND : CRATE_OK;
}

static CrateStatus
zip_find(void *place, CrateText path, CrateMember *out, uint64_t *size)
{
  const CrateZip *const zip = (const CrateZip *)place;
  uintptr_t number = 0;
  CrateArena scratch;
  *size = 0;
  *out = CRATE_MEMBER_ABSENT;
  crate_arena_init(&scratch, zip->world);
  path = without_slash(path);
  const CrateStatus st = follow_links(zip, &scratch, &path);
  if (st == CRATE_NOT_FOUND) {
    *out = CRATE_MEMBER_OUTSIDE;
  } else if (!st && !path.size) {
    *out = CRATE_MEMBER_FOLDER;
  } else if (!st && crate_map_get(&zip->by_name, path, &number)) {
    *out = number ? CRATE_MEMBER_FILE : CRATE_MEMBER_FOLDER;
    *size = number ? zip->entries[number - 1u].size : 0;
  }
  crate_arena_clear(&scratch);
  return st == CRATE_NOT_FOUND ? CRATE_OK : st;
}

static CrateStatus
zip_read(void *place, CrateText path, CrateArena *arena, CrateText *out)
{
  const CrateZip *const zip = (const CrateZip *)place;
  uintptr_t number = 0;
  *out = (CrateText){NULL, 0};
  CrateStatus st = follow_links(zip, arena, &path);
  if (!st && (!crate_map_get(&zip->by_name, path, &number) || !number)) {
    st = CRATE_NOT_FOUND;
  }
  if (st) {
    return st == CRATE_NOT_FOUND
             ? crate_zip_refuse_member(zip, st, path, "is not in the archive")
             : st;
  }
  return unpack(zip, &zip->entries[number - 1u], arena, out);
}

static CrateStatus
zip_list(void *place,
         unsigned levels,
         CrateStatus (*add)(void *handle, CrateMemberEntry entry),
         void *handle)
{
  const CrateZip *const zip = (const CrateZip *)place;
  (void)levels; // the directory is flat
  for (size_t i = 0; i < zip->count; ++i) {
    const CrateMemberEntry entry = {zip->entries[i].name, zip->entries[i].size};
    if (!zip->entries[i].is_link) { // as in a folder: only looked up by name
      CRATE_TRY(add(handle, entry));
    }
  }
  return CRATE_OK;
}

const CratePlaceVerbs crate_zip_verbs = {zip_find, zip_read, zip_list,
                                         zip_close};
