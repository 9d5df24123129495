// SPDX-License-Identifier: Apache-2.0
// The central directory of a zip archive: which members there are. What is
// doubtful is refused: readers of zip archives differ in what they make of it.
#include "package/zip.h"
#include <stdlib.h>
#include <sys/stat.h>

CrateStatus
crate_zip_refuse(const CrateZip *zip, CrateStatus status, const char *why)
{
  return crate_names_refuse(&zip->names, status, why);
}

CrateStatus
crate_zip_read_at(const CrateZip *zip,
                  CrateArena *arena,
                  uint64_t offset,
                  uint64_t size,
                  unsigned char **out)
{
  *out = NULL;
  if (offset > zip->bytes.size || size > zip->bytes.size - offset) {
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
  size_t got = 0;
  const CrateStatus st =
    crate_bytes_read(&zip->bytes, offset, bytes, (size_t)size, &got);
  if (st || got < size) {
    return crate_zip_refuse(zip, CRATE_UNREADABLE, "the archive ends early");
  }
  *out = bytes;
  return CRATE_OK;
}

typedef struct {
  uint64_t offset, size, count;
  uint64_t shift; // of all offsets: bytes that were put before the archive
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

/// What unpacks itself has a program in front, and offsets may count without
/// it: the directory then lies as far behind its place as `end` says.
static CrateStatus
find_shift(const CrateZip *zip, uint64_t end, Directory *directory)
{
  const uint64_t size = directory->size;
  const uint64_t start = end >= size ? end - size : 0;
  if (start <= directory->offset || directory->offset == UINT32_MAX) {
    return CRATE_OK;
  }
  directory->shift = start - directory->offset;
  directory->offset = start;
  return crate_names_warn_all(&zip->names, "has other bytes in front of it");
}

/// 4.3.16: the end record, the last thing but a comment of up to 64 KiB.
static CrateStatus
find_directory(const CrateZip *zip, CrateArena *arena, Directory *directory)
{
  enum { END = 22, LONGEST_COMMENT = 65535 };
  const uint64_t tail = zip->bytes.size < END + LONGEST_COMMENT
                          ? zip->bytes.size
                          : END + LONGEST_COMMENT;
  unsigned char *bytes = NULL;
  CRATE_TRY(
    crate_zip_read_at(zip, arena, zip->bytes.size - tail, tail, &bytes));
  for (uint64_t i = tail >= END ? tail - END + 1u : 0; i-- > 0;) {
    const unsigned char *const at = bytes + i;
    if (crate_zip_get32(at) != 0x06054B50u ||
        i + END + crate_zip_get16(at + 20) > tail) {
      continue;
    }
    *directory = (Directory){crate_zip_get32(at + 16), crate_zip_get32(at + 12),
                             crate_zip_get16(at + 10), 0};
    if (crate_zip_get16(at + 4) || crate_zip_get16(at + 6)) {
      return crate_zip_refuse(zip, CRATE_MALFORMED,
                              "archives in several parts are not read");
    }
    return directory->count == 0xFFFFu || directory->size == UINT32_MAX ||
               directory->offset == UINT32_MAX
             ? read_zip64_end(zip, arena, zip->bytes.size - tail + i, directory)
             : find_shift(zip, zip->bytes.size - tail + i, directory);
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

/// Whether a member can be what it says: deflate makes 1 032 bytes of one at
/// most, and what is stored does not change its size. Much out of little is
/// worth a word even so.
static CrateStatus
check_entry(const CrateZip *zip, const CrateZipEntry *entry)
{
  enum { BEST = 1032, SLACK = 64, MUCH = 1 << 20, DOUBTFUL = 500 };
  const bool stored = entry->method == 0 && !(entry->flags & 1u);
  if ((entry->method == 8 && entry->size / BEST > entry->packed + SLACK) ||
      (stored && entry->size != entry->packed)) {
    return crate_names_refuse_member(&zip->names, CRATE_MALFORMED, entry->name,
                                     "cannot have the size it says");
  }
  return entry->size > MUCH && entry->size / DOUBTFUL > entry->packed
           ? crate_names_warn(&zip->names, entry->name,
                              "unpacks to more than 500 times its size")
           : CRATE_OK;
}

/// Keep an entry, unless it is the root itself ("./"). Names: 4.4.17.1.
static CrateStatus
keep_entry(CrateZip *zip, CrateZipEntry entry)
{
  const CrateNames *const names = &zip->names;
  CrateStatus st = crate_names_add(&zip->names, &entry.name, zip->count + 1u);
  if (crate_names_leave_out(names, st) || (!st && !entry.name.size)) {
    return CRATE_OK;
  }
  st = st ? st : check_entry(zip, &entry);
  entry.doubtful = crate_names_leave_out(names, st);
  CRATE_TRY(entry.doubtful ? CRATE_OK : st);
  CRATE_TRY(crate_world_reserve(zip->world, &zip->entries, &zip->capacity,
                                zip->count + 1u, sizeof(CrateZipEntry)));
  zip->entries[zip->count++] = entry;
  zip->names.links += entry.is_link;
  return CRATE_OK;
}

/// 4.3.12: one central directory header; `size` is what is left.
static CrateStatus
read_entry(CrateZip *zip,
           const Directory *directory,
           const unsigned char *at,
           size_t size,
           size_t *used)
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
  entry.header += directory->shift;
  return keep_entry(zip, entry);
}

/// Where a member lies in the file, at least.
typedef struct {
  uint64_t start, end;
  CrateZipEntry *entry;
} Extent;

static int
compare_extents(const void *a, const void *b)
{
  const Extent *const x = (const Extent *)a;
  const Extent *const y = (const Extent *)b;
  return (x->start > y->start) - (x->start < y->start);
}

/// Of two members that share bytes nobody knows whose they are.
static void
leave_both(const Extent *extents)
{
  extents[0].entry->doubtful = true;
  if (extents[1].entry) { // and not the end of them all
    extents[1].entry->doubtful = true;
  }
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
    CrateZipEntry *const entry = &zip->entries[i];
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
      st = crate_names_refuse_member(&zip->names, CRATE_MALFORMED,
                                     extents[i].entry->name,
                                     "overlaps what follows it in the archive");
      if (crate_names_leave_out(&zip->names, st)) {
        leave_both(&extents[i]);
        st = CRATE_OK;
      }
    }
  }
  crate_world_release(zip->world, extents);
  return st;
}

CrateStatus
crate_zip_read_directory(CrateZip *zip)
{
  Directory directory = {0, 0, 0, 0};
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
    CRATE_TRY(read_entry(zip, &directory, at, left, &used));
    at += used;
    left -= used;
  }
  if (left) {
    return crate_zip_refuse(zip, CRATE_MALFORMED,
                            "the central directory holds more than it counts");
  }
  return check_extents(zip, directory.offset);
}
