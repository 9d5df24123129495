// SPDX-License-Identifier: Apache-2.0
// The headers of a tar archive: which members there are. ustar, pax, and the
// long names and sparse files of GNU. What readers differ in is refused.
#include "package/tar.h"

#define BLOCK CRATE_TAR_BLOCK

/// Longest pax header or long name: sane ones have a few hundred bytes.
#define LONGEST_EXTENSION ((uint64_t)1 << 20u)

/// Offsets of the fields of a header.
enum {
  NAME = 0,
  SIZE = 124,
  CHECKSUM = 148,
  TYPE = 156,
  TARGET = 157,
  MAGIC = 257,
  PREFIX = 345,
  GNU_EXTENDED = 482,  // of the old sparse form: more blocks follow
  GNU_REAL_SIZE = 483, // and how large the file is
  GNU_EXTENDED_AGAIN = 504,
};

/// What extension headers say of the member to come.
typedef struct {
  CrateText path, target;
  uint64_t size, real_size;
  bool has_size, sparse;
} Said;

typedef struct {
  CrateTar *tar;
  CrateArena scratch; // extension headers of one member
  uint64_t at;        // of the next block
  uint64_t headers;
  bool damaged; // the archive, not only a member
  Said said;
  unsigned char block[BLOCK];
} Scan;

static CrateStatus
refuse(Scan *scan, const char *why)
{
  scan->damaged = true;
  return crate_names_refuse(&scan->tar->names, CRATE_MALFORMED, why);
}

/// A number in octal digits, or GNU's and star's in base 256. No negative
/// ones, nor any that an offset cannot hold.
static bool
read_number(const unsigned char *at, size_t size, uint64_t *out)
{
  *out = 0;
  if (*at & 0x80u) {
    *out = *at & 0x7Fu;
    for (size_t i = 1; i < size; ++i) {
      if (*out >> 54u) {
        return false;
      }
      *out = *out << 8u | at[i];
    }
    return true;
  }
  size_t i = 0;
  while (i < size && at[i] == ' ') {
    ++i;
  }
  for (; i < size && at[i] >= '0' && at[i] <= '7'; ++i) {
    *out = *out << 3u | (unsigned)(at[i] - '0');
  }
  return i == size || at[i] == ' ' || at[i] == '\0';
}

/// The sum of all bytes, those of the sum itself as spaces; some old tools
/// took bytes for signed.
static bool
has_checksum(const unsigned char *block)
{
  uint64_t said = 0;
  int64_t bytes = 0;
  int64_t signs = 0;
  for (size_t i = 0; i < BLOCK; ++i) {
    const bool own = i >= CHECKSUM && i < CHECKSUM + 8;
    bytes += own ? ' ' : block[i];
    signs += own ? ' ' : (signed char)block[i];
  }
  return read_number(block + CHECKSUM, 8, &said) &&
         ((int64_t)said == bytes || (int64_t)said == signs);
}

bool
crate_tar_is_header(const unsigned char block[CRATE_TAR_BLOCK])
{
  return block[NAME] && has_checksum(block);
}

static CrateText
field(const unsigned char *at, size_t size)
{
  const char *const text = (const char *)at;
  return (CrateText){text, strnlen(text, size)};
}

/// The bytes of an extension header, in the scratch arena.
static CrateStatus
read_extension(Scan *scan, uint64_t size, CrateText *out)
{
  if (size > LONGEST_EXTENSION) {
    return crate_names_refuse(&scan->tar->names, CRATE_OVER_LIMIT,
                              "an extended header is larger than 1 MiB");
  }
  size_t got = 0;
  unsigned char *const bytes =
    (unsigned char *)crate_arena_allocate(&scan->scratch, (size_t)size + 1u);
  if (!bytes) {
    return crate_arena_status(&scan->scratch);
  }
  CRATE_TRY(
    crate_inflow_read(&scan->tar->inflow, scan->at, bytes, (size_t)size, &got));
  *out = (CrateText){(const char *)bytes, got};
  return got < size ? refuse(scan, "the archive is cut short") : CRATE_OK;
}

static bool
read_decimal(CrateText text, uint64_t *out)
{
  *out = 0;
  for (size_t i = 0; i < text.size; ++i) {
    if (text.data[i] < '0' || text.data[i] > '9' || *out >> 54u) {
      return false;
    }
    *out = *out * 10u + (unsigned)(text.data[i] - '0');
  }
  return text.size > 0;
}

/// One "key=value" of a pax header.
static bool
take_record(Said *said, CrateText key, CrateText value)
{
  if (crate_text_is(key, "path") || crate_text_is(key, "GNU.sparse.name")) {
    said->path = value;
  } else if (crate_text_is(key, "linkpath")) {
    said->target = value;
  } else if (crate_text_is(key, "size")) {
    said->has_size = true;
    return read_decimal(value, &said->size);
  } else if (crate_text_is(key, "GNU.sparse.realsize") ||
             crate_text_is(key, "GNU.sparse.size")) {
    return read_decimal(value, &said->real_size);
  }
  said->sparse |= crate_text_starts(key, CRATE_TEXT("GNU.sparse."));
  return true;
}

/// "<length> <key>=<value>\n", the length being of all that.
static CrateStatus
read_records(Scan *scan, CrateText bytes, Said *said)
{
  while (bytes.size) {
    const size_t space = crate_text_find(bytes, ' ');
    uint64_t size = 0;
    if (!read_decimal(crate_text_slice(bytes, 0, space), &size) ||
        size > bytes.size || size < space + 3u ||
        bytes.data[size - 1u] != '\n') {
      return refuse(scan, "an extended header is damaged");
    }
    const CrateText record =
      crate_text_slice(bytes, space + 1u, (size_t)size - 1u);
    const size_t equal = crate_text_find(record, '=');
    if (equal == record.size ||
        !take_record(said, crate_text_slice(record, 0, equal),
                     crate_text_slice(record, equal + 1u, record.size))) {
      return refuse(scan, "an extended header is damaged");
    }
    bytes = crate_text_slice(bytes, (size_t)size, bytes.size);
  }
  return CRATE_OK;
}

/// A global header may say what it likes, but not where members are.
static CrateStatus
read_global(Scan *scan, CrateText bytes)
{
  Said said = {.has_size = false};
  CRATE_TRY(read_records(scan, bytes, &said));
  return said.path.data || said.target.data || said.has_size || said.sparse
           ? refuse(scan, "a global header names all members or their sizes")
           : CRATE_OK;
}

/// Extension headers; `known` tells whether it was one.
static CrateStatus
read_extensions(Scan *scan, char type, uint64_t size, bool *known)
{
  CrateText bytes;
  *known = strchr("xgLKV", type) && type;
  if (!*known) {
    return CRATE_OK;
  }
  CRATE_TRY(read_extension(scan, size, &bytes));
  const CrateText name = {bytes.data, strnlen(bytes.data, bytes.size)};
  switch (type) {
    case 'x':
      return read_records(scan, bytes, &scan->said);
    case 'g':
      return read_global(scan, bytes);
    case 'L':
      scan->said.path = name;
      return CRATE_OK;
    case 'K':
      scan->said.target = name;
      return CRATE_OK;
    default: // 'V', the name of a tape
      return CRATE_OK;
  }
}

/// The name in the header itself; ustar has a second field for long ones.
static CrateStatus
name_of(Scan *scan, CrateText *out)
{
  const CrateText prefix = field(scan->block + PREFIX, 155);
  const bool ustar = !memcmp(scan->block + MAGIC, "ustar", 6) && prefix.size;
  const CrateText parts[] = {prefix, CRATE_TEXT("/"),
                             field(scan->block + NAME, 100)};
  return crate_arena_join(&scan->scratch, ustar ? parts : parts + 2,
                          ustar ? 3 : 1, out);
}

/// GNU's old sparse form: maps of holes in blocks of their own.
static CrateStatus
skip_sparse_maps(Scan *scan, CrateTarEntry *entry)
{
  unsigned char block[BLOCK];
  size_t got = 0;
  entry->sparse = true;
  if (!read_number(scan->block + GNU_REAL_SIZE, 12, &entry->size)) {
    return refuse(scan, "a header is damaged");
  }
  for (bool more = scan->block[GNU_EXTENDED]; more;
       more = block[GNU_EXTENDED_AGAIN]) {
    CRATE_TRY(
      crate_inflow_read(&scan->tar->inflow, scan->at, block, BLOCK, &got));
    if (got < BLOCK) {
      return refuse(scan, "the archive is cut short");
    }
    scan->at += BLOCK;
  }
  return CRATE_OK;
}

/// Keep a file, a folder or a link.
static CrateStatus
keep(Scan *scan, CrateTarEntry entry, bool folder)
{
  CrateTar *const tar = scan->tar;
  const CrateText slash = CRATE_TEXT("/");
  const bool add = folder && !crate_text_ends(entry.name, slash);
  const CrateText parts[] = {entry.name, slash};
  const CrateText target = entry.target;
  if (!entry.name.size) {
    return refuse(scan, "a member has no name");
  }
  CRATE_TRY(crate_arena_join(&tar->arena, parts, add ? 2 : 1, &entry.name));
  CRATE_TRY(crate_arena_copy(&tar->arena, target, &entry.target));
  if (!folder && crate_text_ends(entry.name, slash)) {
    return crate_names_refuse_member(&tar->names, CRATE_MALFORMED, entry.name,
                                     "has a folder's name but is none");
  }
  CRATE_TRY(crate_names_add(&tar->names, &entry.name, tar->count + 1u));
  if (!entry.name.size) {
    return CRATE_OK; // the root itself
  }
  CRATE_TRY(crate_world_reserve(tar->world, &tar->entries, &tar->capacity,
                                tar->count + 1u, sizeof(CrateTarEntry)));
  tar->entries[tar->count++] = entry;
  tar->names.links += entry.kind != CRATE_NAMED_FILE;
  return CRATE_OK;
}

/// What a member is, by its type flag. Devices and FIFOs are no data: they
/// are passed over, as in a folder. `stored`: the bytes that follow.
static CrateStatus
take_member(Scan *scan, char type, CrateTarEntry entry, uint64_t *stored)
{
  const bool old = !type && crate_text_ends(entry.name, CRATE_TEXT("/"));
  switch (old ? '5' : type) {
    case '\0':
    case '0':
    case '7': // contiguous: no difference to us
      break;
    case '1':
      entry.kind = CRATE_NAMED_HARD_LINK;
      if (*stored) {
        return crate_names_refuse_member(&scan->tar->names, CRATE_MALFORMED,
                                         entry.name,
                                         "is a hard link with bytes");
      }
      break;
    case '2':
      entry.kind = CRATE_NAMED_LINK;
      *stored = entry.size = 0;
      break;
    case '3':
    case '4':
    case '6':
      *stored = 0;
      return CRATE_OK;
    case '5':
      *stored = entry.size = 0;
      return keep(scan, entry, true);
    case 'D': // GNU: a folder, and a list of what was in it
      return keep(scan, entry, true);
    case 'S':
      CRATE_TRY(skip_sparse_maps(scan, &entry));
      break;
    default:
      return crate_names_refuse_member(&scan->tar->names, CRATE_MALFORMED,
                                       entry.name, "is of an unknown type");
  }
  entry.at = scan->at;
  return keep(scan, entry, false);
}

static CrateStatus
read_member(Scan *scan, char type, uint64_t *stored)
{
  const Said said = scan->said;
  CrateTarEntry entry = {
    .name = said.path,
    .target = said.target.data ? said.target : field(scan->block + TARGET, 100),
    .sparse = said.sparse,
  };
  if (said.has_size) {
    *stored = said.size;
  }
  entry.size = said.sparse ? said.real_size : *stored;
  if (!entry.name.data) {
    CRATE_TRY(name_of(scan, &entry.name));
  }
  const CrateStatus st = take_member(scan, type, entry, stored);
  if (scan->damaged || !crate_names_leave_out(&scan->tar->names, st)) {
    CRATE_TRY(st);
  }
  scan->said = (Said){.has_size = false};
  return CRATE_OK;
}

/// One header and what belongs to it.
static CrateStatus
read_header(Scan *scan)
{
  uint64_t size = 0;
  bool extension = false;
  const char type = (char)scan->block[TYPE];
  if (!has_checksum(scan->block) ||
      !read_number(scan->block + SIZE, 12, &size)) {
    return refuse(scan, "a member's header is damaged");
  }
  if (++scan->headers > scan->tar->world->limits.archive_members) {
    return crate_names_refuse(&scan->tar->names, CRATE_OVER_LIMIT,
                              "too many members");
  }
  scan->at += BLOCK;
  CRATE_TRY(read_extensions(scan, type, size, &extension));
  if (!extension) {
    CRATE_TRY(read_member(scan, type, &size));
    crate_arena_reset(&scan->scratch);
  }
  const uint64_t end = scan->at + size;
  if (scan->tar->inflow.packing == CRATE_PACKED_NOT &&
      (end < size || end > scan->tar->inflow.bytes.size)) {
    return refuse(scan, "a member lies beyond the archive's end");
  }
  scan->at = (end + BLOCK - 1u) / BLOCK * BLOCK;
  return CRATE_OK;
}

static bool
is_zero(const unsigned char *block)
{
  return !block[0] && !memcmp(block, block + 1, BLOCK - 1u);
}

/// The end is at least one block of zeros: without, who knows what is lacking?
static CrateStatus
read_headers(Scan *scan)
{
  for (;;) {
    size_t got = 0;
    CRATE_TRY(crate_inflow_read(&scan->tar->inflow, scan->at, scan->block,
                                BLOCK, &got));
    if (got < BLOCK) {
      return refuse(scan, "the archive is cut short: its end is missing");
    }
    if (is_zero(scan->block)) {
      break;
    }
    CRATE_TRY(read_header(scan));
  }
  size_t got = 0; // the checksums of what it is packed with lie at the end
  return crate_inflow_read(&scan->tar->inflow, UINT64_MAX, scan->block, 0,
                           &got);
}

CrateStatus
crate_tar_read_headers(CrateTar *tar)
{
  Scan scan = {.tar = tar};
  crate_arena_init(&scan.scratch, tar->world);
  const CrateStatus st = read_headers(&scan);
  crate_arena_clear(&scan.scratch);
  return st;
}
