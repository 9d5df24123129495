// SPDX-License-Identifier: Apache-2.0
// Members of a zip archive: found, links followed, unpacked.
#include "package/zip.h"
#include "package/access.h"
#include "package/zlib.h"

CrateStatus
crate_zip_find_data(const CrateZip *zip,
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

/// RFC 1951, to exactly the announced size.
static CrateStatus
inflate_all(const CrateZip *zip,
            const CrateZipEntry *entry,
            unsigned char *packed,
            unsigned char *out)
{
  z_stream stream;
  crate_zlib_init(&stream, zip->world);
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

CrateStatus
crate_zip_check_ratio(const CrateZip *zip, const CrateZipEntry *entry)
{
  enum { HARMLESS = 16 << 20 };
  const CrateLimits *const limits = &zip->world->limits;
  const uint32_t ratio = limits->archive_ratio ? limits->archive_ratio : 1u;
  if (entry->doubtful) {
    return CRATE_MALFORMED; // which was said when the archive was opened
  }
  if (entry->flags & 1u) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "encrypted members are not read");
  }
  if (entry->size > HARMLESS && entry->size / ratio > entry->packed) {
    return crate_zip_refuse(zip, CRATE_OVER_LIMIT,
                            "a member unpacks to too many bytes");
  }
  return CRATE_OK;
}

/// Limits that an honest metadata document never meets.
static CrateStatus
check_size(const CrateZip *zip, const CrateZipEntry *entry)
{
  CRATE_TRY(crate_zip_check_ratio(zip, entry));
  return entry->size > zip->world->limits.document_bytes ||
             entry->size >= UINT32_MAX
           ? crate_zip_refuse(zip, CRATE_OVER_LIMIT,
                              "a member unpacks to too many bytes")
           : CRATE_OK;
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
  CRATE_TRY(crate_zip_find_data(zip, entry, arena, &data));
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

static void
zip_close(void *place)
{
  CrateZip *const zip = (CrateZip *)place;
  if (zip) {
    crate_bytes_close(&zip->bytes);
    crate_map_clear(&zip->names.by_name);
    crate_arena_clear(&zip->arena);
    crate_world_release(zip->world, zip->entries);
    crate_world_release(zip->world, zip);
  }
}

static CrateNamedKind
kind_of(void *place, size_t number)
{
  const CrateZip *const zip = (const CrateZip *)place;
  return zip->entries[number - 1u].is_link ? CRATE_NAMED_LINK
                                           : CRATE_NAMED_FILE;
}

static CrateText
name_of(void *place, size_t number)
{
  return ((const CrateZip *)place)->entries[number - 1u].name;
}

static CrateStatus
read_link(void *place, size_t number, CrateArena *arena, CrateText *out)
{
  const CrateZip *const zip = (const CrateZip *)place;
  const CrateZipEntry *const entry = &zip->entries[number - 1u];
  return entry->size > CRATE_LONGEST_NAME ? CRATE_NOT_FOUND
                                          : unpack(zip, entry, arena, out);
}

CrateStatus
crate_zip_open(const CrateWorld *world,
               CrateText name,
               CrateBytes *bytes,
               bool lenient,
               void **out)
{
  *out = NULL;
  CrateZip *const zip =
    (CrateZip *)crate_world_allocate(world, sizeof(CrateZip));
  if (!zip) {
    crate_bytes_close(bytes);
    return CRATE_NO_MEMORY;
  }
  *zip = (CrateZip){.world = world, .bytes = *bytes};
  zip->names = (CrateNames){.world = world,
                            .archive = name,
                            .code = CRATE_TEXT("invalid-zip"),
                            .lenient = lenient,
                            .place = zip,
                            .kind = kind_of,
                            .name = name_of,
                            .target = read_link};
  crate_arena_init(&zip->arena, world);
  crate_map_init(&zip->names.by_name, world);
  CrateStatus st = crate_zip_read_directory(zip);
  if (!st) {
    st = crate_names_check_links(&zip->names, zip->count);
  }
  if (st) {
    zip_close(zip);
    return st;
  }
  *out = zip;
  return CRATE_OK;
}

static CrateStatus
zip_find(void *place, CrateText path, CrateMember *out, uint64_t *size)
{
  const CrateZip *const zip = (const CrateZip *)place;
  size_t number = 0;
  CrateArena scratch;
  crate_arena_init(&scratch, zip->world);
  const CrateStatus st =
    crate_names_find(&zip->names, &scratch, path, out, &number);
  *size = number ? zip->entries[number - 1u].size : 0;
  crate_arena_clear(&scratch);
  return st;
}

static CrateStatus
zip_read(void *place, CrateText path, CrateArena *arena, CrateText *out)
{
  const CrateZip *const zip = (const CrateZip *)place;
  size_t number = 0;
  *out = (CrateText){NULL, 0};
  CRATE_TRY(crate_names_need(&zip->names, arena, path, &number));
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
    const CrateMemberEntry entry = {zip->entries[i].name};
    if (!zip->entries[i].is_link) { // as in a folder: only looked up by name
      CRATE_TRY(add(handle, entry));
    }
  }
  return CRATE_OK;
}

static CrateStatus
zip_pour(void *place, CrateText path, const CratePour *to)
{
  const CrateZip *const zip = (const CrateZip *)place;
  size_t number = 0;
  CrateArena scratch;
  crate_arena_init(&scratch, zip->world);
  CrateStatus st = crate_names_need(&zip->names, &scratch, path, &number);
  if (!st) {
    st = crate_zip_pour(zip, &zip->entries[number - 1u], &scratch, to);
  }
  crate_arena_clear(&scratch);
  return st;
}

/// The end of a member that is stored as it is; its checksum is of all of it,
/// and is not asked for.
static CrateStatus
zip_tail(void *place,
         CrateText path,
         size_t most,
         CrateArena *arena,
         CrateText *out,
         uint64_t *size)
{
  const CrateZip *const zip = (const CrateZip *)place;
  size_t number = 0;
  uint64_t data = 0;
  unsigned char *bytes = NULL;
  CRATE_TRY(crate_names_need(&zip->names, arena, path, &number));
  const CrateZipEntry *const entry = &zip->entries[number - 1u];
  if (entry->method != 0 || entry->packed != entry->size) {
    return CRATE_UNSUPPORTED;
  }
  const uint64_t wanted = entry->size < most ? entry->size : most;
  CRATE_TRY(crate_zip_check_ratio(zip, entry));
  CRATE_TRY(crate_zip_find_data(zip, entry, arena, &data));
  CRATE_TRY(
    crate_zip_read_at(zip, arena, data + entry->size - wanted, wanted, &bytes));
  *out = (CrateText){(const char *)bytes, (size_t)wanted};
  *size = entry->size;
  return CRATE_OK;
}

static CrateStatus
zip_locate(void *place, CrateText path, CrateArena *arena, CrateExtent *out)
{
  const CrateZip *const zip = (const CrateZip *)place;
  size_t number = 0;
  CRATE_TRY(crate_names_need(&zip->names, arena, path, &number));
  const CrateZipEntry *const entry = &zip->entries[number - 1u];
  *out = (CrateExtent){.bytes = zip->bytes,
                       .size = entry->size,
                       .deflated = entry->method == 8,
                       .packed = entry->packed,
                       .crc = entry->crc,
                       .names = &zip->names,
                       .member = entry->name};
  CRATE_TRY(crate_zip_check_ratio(zip, entry));
  if (entry->method != 8 &&
      (entry->method != 0 || entry->packed != entry->size)) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "a member is packed in a way other than deflate");
  }
  return crate_zip_find_data(zip, entry, arena, &out->offset);
}

static CrateStatus
zip_share(const void *place, const CrateWorld *world, void **out)
{
  CrateZip *const zip =
    (CrateZip *)crate_world_allocate(world, sizeof(CrateZip));
  *out = zip;
  if (!zip) {
    return CRATE_NO_MEMORY;
  }
  *zip = *(const CrateZip *)place;
  zip->world = zip->names.world = world;
  zip->names.place = zip;
  return CRATE_OK;
}

static void
zip_unshare(void *place)
{
  crate_world_release(((const CrateZip *)place)->world, place);
}

const CratePlaceVerbs crate_zip_verbs = {
  .find = zip_find,
  .read = zip_read,
  .pour = zip_pour,
  .tail = zip_tail,
  .locate = zip_locate,
  .share = zip_share,
  .unshare = zip_unshare,
  .list = zip_list,
  .close = zip_close,
};
