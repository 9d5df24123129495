// SPDX-License-Identifier: Apache-2.0
// The central directory of a zip archive: which members there are. What is
// doubtful is refused: readers of zip archives differ in what they make of it.
#include "package/zip.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static CrateText
code_of(CrateStatus status)
{
  return status == CRATE_MALFORMED    ? CRATE_TEXT("invalid-zip")
         : status == CRATE_OVER_LIMIT ? CRATE_TEXT("over-limit")
         : status == CRATE_NOT_FOUND  ? CRATE_TEXT("no-such-member")
                                      : CRATE_TEXT("unreadable");
}

CrateStatus
crate_zip_refuse(const CrateZip *zip, CrateStatus status, const char *why)
{
  const CrateDiagnostic where = {
    .file = zip->name,
    .code = code_of(status),
  };
  return crate_world_say(zip->world, status, &where, "%s", why);
}

CrateStatus
crate_zip_refuse_member(const CrateZip *zip,
                        CrateStatus status,
                        CrateText name,
                        const char *why)
{
  const CrateDiagnostic where = {
    .file = zip->name,
    .code = code_of(status),
  };
  return crate_world_say(zip->world, status, &where, "the member \"%.*s\" %s",
                         CRATE_TEXT_ARG(crate_text_slice(name, 0, 200)), why);
}

CrateStatus
crate_zip_read_at(const CrateZip *zip,
                  CrateArena *arena,
                  uint64_t offset,
                  uint64_t size,
                  unsigned char **out)
{
  *out = NULL;
  if (offset > zip->file_size || size > zip->file_size - offset) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "a record lies beyond the archive's end");
  }
  if (size > zip->world->limits.document_bytes) {
    return crate_zip_refuse(zip, CRATE_OVER_LIMIT,
                            "a member is larger than a document may be");
  }
  unsigned char *const bytes =
    (unsigned char *)crate_arena_allocate(arena, (size_t)size + 1u);
  if (!bytes) {
    return crate_arena_status(arena);
  }
  for (size_t done = 0; done < size;) {
    const ssize_t got = pread(zip->descriptor, bytes + done,
                              (size_t)size - done, (off_t)(offset + done));
    if (got <= 0) {
      return crate_zip_refuse(zip, CRATE_UNREADABLE, "the archive ends early");
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
read_zip64_end(const CrateZip *zip,
               CrateArena *arena,
               uint64_t end_offset,
               Directory *directory)
{
  enum { LOCATOR = 20, RECORD = 56 };
  unsigned char *at = NULL;
  if (end_offset < LOCATOR) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "the zip64 locator is missing");
  }
  CRATE_TRY(crate_zip_read_at(zip, arena, end_offset - LOCATOR, LOCATOR, &at));
  if (crate_zip_get32(at) != 0x07064B50u) {
    return CRATE_OK; // a plain archive with full fields
  }
  CRATE_TRY(
    crate_zip_read_at(zip, arena, crate_zip_get64(at + 8), RECORD, &at));
  if (crate_zip_get32(at) != 0x06064B50u) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "the zip64 end record is missing");
  }
  directory->count = crate_zip_get64(at + 32);
  directory->size = crate_zip_get64(at + 40);
  directory->offset = crate_zip_get64(at + 48);
  return CRATE_OK;
}

/// 4.3.16: the end record, the last thing but a comment of up to 64 KiB.
static CrateStatus
find_directory(const CrateZip *zip, CrateArena *arena, Directory *directory)
{
  enum { END = 22, LONGEST_COMMENT = 65535 };
  const uint64_t tail = zip->file_size < END + LONGEST_COMMENT
                          ? zip->file_size
                          : END + LONGEST_COMMENT;
  unsigned char *bytes = NULL;
  CRATE_TRY(crate_zip_read_at(zip, arena, zip->file_size - tail, tail, &bytes));
  for (uint64_t i = tail >= END ? tail - END + 1u : 0; i-- > 0;) {
    const unsigned char *const at = bytes + i;
    if (crate_zip_get32(at) != 0x06054B50u ||
        i + END + crate_zip_get16(at + 20) > tail) {
      continue;
    }
    *directory = (Directory){crate_zip_get32(at + 16), crate_zip_get32(at + 12),
                             crate_zip_get16(at + 10)};
    if (crate_zip_get16(at + 4) || crate_zip_get16(at + 6)) {
      return crate_zip_refuse(zip, CRATE_MALFORMED,
                              "archives in several parts are not read");
    }
    return directory->count == 0xFFFFu || directory->size == UINT32_MAX ||
               directory->offset == UINT32_MAX
             ? read_zip64_end(zip, arena, zip->file_size - tail + i, directory)
             : CRATE_OK;
  }
  return crate_zip_refuse(zip, CRATE_MALFORMED,
                          "not a zip archive: it has no central directory");
}

/// 4.5.3: the zip64 extra field holds those of the three that were full.
static void
read_zip64_extra(CrateZipEntry *entry, const unsigned char *at, size_t size)
{
  while (size >= 4u) {
    const size_t field = crate_zip_get16(at + 2);
    if (field > size - 4u) {
      return;
    }
    if (crate_zip_get16(at) == 1u) {
      uint64_t *const wide[] = {&entry->size, &entry->packed, &entry->header};
      const unsigned char *from = at + 4;
      for (size_t i = 0; i < 3; ++i) {
        if (*wide[i] == UINT32_MAX && from + 8 <= at + 4 + field) {
          *wide[i] = crate_zip_get64(from);
          from += 8;
        }
      }
    }
    at += 4u + field;
    size -= 4u + field;
  }
}

/// 4.4.17.1: why a member's name can name nothing beneath the root, or NULL.
static const char *
flaw_of_name(CrateText name)
{
  if (memchr(name.data, 0, name.size)) {
    return "has a NUL in its name";
  }
  if (memchr(name.data, '\\', name.size)) {
    return "has a backslash in its name, expected /";
  }
  if (name.data[0] == '/' ||
      (name.size > 2 && name.data[1] == ':' && name.data[2] == '/')) {
    return "has an absolute name";
  }
  for (size_t at = 0; at < name.size;) {
    const CrateText rest = crate_text_slice(name, at, name.size);
    const size_t end = crate_text_find(rest, '/');
    const CrateText segment = crate_text_slice(rest, 0, end);
    if (crate_text_is(segment, "..")) {
      return "has a name that leads out of the archive";
    }
    if (!end || crate_text_is(segment, ".")) {
      return "has an empty segment or a dot in its name";
    }
    at += end + 1u;
  }
  return NULL;
}

/// Note a name; a folder (number 0) may be noted often, a file once.
static CrateStatus
note_name(CrateZip *zip, CrateText name, size_t number, bool *known)
{
  uintptr_t earlier = 0;
  *known = crate_map_get(&zip->by_name, name, &earlier);
  if (*known && (earlier || number)) {
    return crate_zip_refuse_member(zip, CRATE_MALFORMED, name,
                                   "is there twice: which one is meant?");
  }
  return *known ? CRATE_OK : crate_map_put(&zip->by_name, name, number);
}

/// Let a path be found, and the folders above it, which need no entries.
static CrateStatus
register_name(CrateZip *zip, CrateText name, size_t number)
{
  bool known = false;
  uint32_t depth = 0;
  if (name.data[name.size - 1u] == '/') {
    --name.size;
    number = 0;
  }
  CRATE_TRY(note_name(zip, name, number, &known));
  for (known = false; !known; ++depth) {
    while (name.size && name.data[name.size - 1u] != '/') {
      --name.size;
    }
    if (name.size < 2u) {
      return CRATE_OK;
    }
    --name.size;
    if (depth > zip->world->limits.depth) {
      return crate_zip_refuse_member(zip, CRATE_OVER_LIMIT, name,
                                     "lies too deep");
    }
    CRATE_TRY(note_name(zip, name, 0, &known));
  }
  return CRATE_OK;
}

/// Keep an entry, unless it is the root itself ("./", as some tools write).
static CrateStatus
keep_entry(CrateZip *zip, CrateZipEntry entry)
{
  while (crate_text_starts(entry.name, CRATE_TEXT("./"))) {
    entry.name = crate_text_slice(entry.name, 2, entry.name.size);
  }
  if (!entry.name.size) {
    return CRATE_OK;
  }
  if (entry.name.size > CRATE_ZIP_LONGEST_NAME) {
    return crate_zip_refuse_member(zip, CRATE_OVER_LIMIT, entry.name,
                                   "has too long a name");
  }
  const char *const flaw = flaw_of_name(entry.name);
  if (flaw) {
    return crate_zip_refuse_member(zip, CRATE_MALFORMED, entry.name, flaw);
  }
  CRATE_TRY(crate_world_reserve(zip->world, &zip->entries, &zip->capacity,
                                zip->count + 1u, sizeof(CrateZipEntry)));
  zip->entries[zip->count++] = entry;
  zip->links += entry.is_link;
  return register_name(zip, entry.name, zip->count);
}

/// 4.3.12: one central directory header; `size` is what is left.
static CrateStatus
read_entry(CrateZip *zip, const unsigned char *at, size_t size, size_t *used)
{
  enum { HEADER = 46 };
  if (size < HEADER || crate_zip_get32(at) != 0x02014B50u) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "the central directory is damaged");
  }
  const size_t name = crate_zip_get16(at + 28);
  const size_t extra = crate_zip_get16(at + 30);
  *used = HEADER + name + extra + crate_zip_get16(at + 32);
  if (*used > size) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "the central directory is cut short");
  }
  CrateZipEntry entry = {
    .name = {(const char *)at + HEADER, name},
    .flags = crate_zip_get16(at + 8),
    .method = crate_zip_get16(at + 10),
    .crc = crate_zip_get32(at + 16),
    .packed = crate_zip_get32(at + 20),
    .size = crate_zip_get32(at + 24),
    .header = crate_zip_get32(at + 42),
    // 4.4.2.2, 4.4.15: made by Unix, a mode in the upper half.
    .is_link = at[5] == 3 && S_ISLNK(crate_zip_get32(at + 38) >> 16u),
  };
  read_zip64_extra(&entry, at + HEADER + name, extra);
  return keep_entry(zip, entry);
}

/// Where a member lies in the file, at least.
typedef struct {
  uint64_t start, end;
  const CrateZipEntry *entry;
} Extent;

static int
compare_extents(const void *a, const void *b)
{
  const Extent *const x = (const Extent *)a;
  const Extent *const y = (const Extent *)b;
  return (x->start > y->start) - (x->start < y->start);
}

/// No two members share bytes: those that do unpack to more than they weigh.
static CrateStatus
check_extents(const CrateZip *zip, uint64_t fence)
{
  enum { HEADER = 30 };
  Extent *const extents = (Extent *)crate_world_allocate(
    zip->world, (zip->count + 1u) * sizeof(Extent));
  if (!extents) {
    return CRATE_NO_MEMORY;
  }
  for (size_t i = 0; i < zip->count; ++i) {
    const CrateZipEntry *const entry = &zip->entries[i];
    const bool absurd = entry->packed > fence || entry->header > fence;
    extents[i] = (Extent){entry->header,
                          absurd ? UINT64_MAX
                                 : entry->header + HEADER + entry->name.size +
                                     entry->packed,
                          entry};
  }
  qsort(extents, zip->count, sizeof(Extent), compare_extents);
  extents[zip->count] = (Extent){.start = fence};
  CrateStatus st = CRATE_OK;
  for (size_t i = 0; i < zip->count && !st; ++i) {
    if (extents[i].end > extents[i + 1u].start) {
      st = crate_zip_refuse_member(zip, CRATE_MALFORMED, extents[i].entry->name,
                                   "overlaps what follows it in the archive");
    }
  }
  crate_world_release(zip->world, extents);
  return st;
}

CrateStatus
crate_zip_read_directory(CrateZip *zip)
{
  Directory directory = {0, 0, 0};
  CRATE_TRY(find_directory(zip, &zip->arena, &directory));
  if (directory.count > zip->world->limits.archive_members) {
    return crate_zip_refuse(zip, CRATE_OVER_LIMIT, "too many members");
  }
  unsigned char *at = NULL;
  CRATE_TRY(
    crate_zip_read_at(zip, &zip->arena, directory.offset, directory.size, &at));
  size_t left = (size_t)directory.size;
  for (uint64_t i = 0; i < directory.count; ++i) {
    size_t used = 0;
    CRATE_TRY(read_entry(zip, at, left, &used));
    at += used;
    left -= used;
  }
  if (left) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "the central directory holds more than it counts");
  }
  return check_extents(zip, directory.offset);
}
