// SPDX-License-Identifier: Apache-2.0
// Members of a tar archive: found, links followed, read in place.
#include "package/tar.h"

static void
tar_close(void *place)
{
  CrateTar *const tar = (CrateTar *)place;
  if (tar) {
    crate_seekable_free(tar->stream);
    crate_inflow_close(&tar->inflow);
    crate_map_clear(&tar->names.by_name);
    crate_arena_clear(&tar->arena);
    crate_world_release(tar->world, tar->entries);
    crate_world_release(tar->world, tar);
  }
}

static CrateNamedKind
kind_of(void *place, size_t number)
{
  return ((const CrateTar *)place)->entries[number - 1u].kind;
}

static CrateText
name_of(void *place, size_t number)
{
  return ((const CrateTar *)place)->entries[number - 1u].name;
}

static CrateStatus
read_link(void *place, size_t number, CrateArena *arena, CrateText *out)
{
  (void)arena;
  *out = ((const CrateTar *)place)->entries[number - 1u].target;
  return CRATE_OK;
}

/// Something packed need not be a tar archive: one look says it.
static CrateStatus
check_first(CrateTar *tar)
{
  unsigned char block[CRATE_TAR_BLOCK];
  size_t got = 0;
  CRATE_TRY(crate_inflow_read(&tar->inflow, 0, block, sizeof(block), &got));
  return got == sizeof(block) && (!block[0] || crate_tar_is_header(block))
           ? CRATE_OK
           : crate_names_refuse(&tar->names, CRATE_MALFORMED,
                                "it holds no tar archive, or one that is "
                                "damaged");
}

CrateStatus
crate_tar_open(const CrateWorld *world,
               CrateText name,
               CrateBytes *bytes,
               bool lenient,
               void **out)
{
  *out = NULL;
  CrateTar *const tar =
    (CrateTar *)crate_world_allocate(world, sizeof(CrateTar));
  if (!tar) {
    crate_bytes_close(bytes);
    return CRATE_NO_MEMORY;
  }
  *tar = (CrateTar){.world = world};
  tar->names = (CrateNames){.world = world,
                            .archive = name,
                            .code = CRATE_TEXT("invalid-tar"),
                            .lenient = lenient,
                            .place = tar,
                            .kind = kind_of,
                            .name = name_of,
                            .target = read_link};
  crate_arena_init(&tar->arena, world);
  crate_map_init(&tar->names.by_name, world);
  CrateStatus st = crate_inflow_open(&tar->names, bytes, &tar->inflow);
  if (!st) {
    st = check_first(tar);
  }
  if (!st) {
    st = crate_tar_read_headers(tar);
  }
  if (!st) {
    st = crate_names_check_links(&tar->names, tar->count);
  }
  if (st) {
    tar_close(tar);
    return st;
  }
  *out = tar;
  return CRATE_OK;
}

/// The entry behind a path, or NULL.
static CrateStatus
look_up(const CrateTar *tar,
        CrateText path,
        CrateMember *member,
        const CrateTarEntry **entry)
{
  size_t number = 0;
  CrateArena scratch;
  crate_arena_init(&scratch, tar->world);
  const CrateStatus st =
    crate_names_find(&tar->names, &scratch, path, member, &number);
  *entry = number ? &tar->entries[number - 1u] : NULL;
  crate_arena_clear(&scratch);
  return st;
}

static CrateStatus
tar_find(void *place, CrateText path, CrateMember *out, uint64_t *size)
{
  const CrateTarEntry *entry = NULL;
  CRATE_TRY(look_up((const CrateTar *)place, path, out, &entry));
  *size = entry ? entry->size : 0;
  return CRATE_OK;
}

static uint64_t
tar_order(void *place, CrateText path)
{
  const CrateTarEntry *entry = NULL;
  CrateMember member = CRATE_MEMBER_ABSENT;
  return !look_up((const CrateTar *)place, path, &member, &entry) && entry
           ? entry->at
           : 0;
}

/// The entry of a file that is to be read.
static CrateStatus
need(const CrateTar *tar, CrateText path, const CrateTarEntry **entry)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  CRATE_TRY(look_up(tar, path, &member, entry));
  if (!*entry) {
    return crate_names_refuse_member(&tar->names, CRATE_NOT_FOUND, path,
                                     "is not in the archive");
  }
  return (*entry)->sparse
           ? crate_names_refuse_member(&tar->names, CRATE_UNSUPPORTED, path,
                                       "is sparse: make the archive without "
                                       "--sparse")
           : CRATE_OK;
}

static CrateStatus
read_some(CrateTar *tar, uint64_t at, unsigned char *out, size_t size)
{
  size_t got = 0;
  CRATE_TRY(crate_inflow_read(&tar->inflow, at, out, size, &got));
  return got == size ? CRATE_OK
                     : crate_names_refuse(&tar->names, CRATE_MALFORMED,
                                          "the archive is cut short");
}

static CrateStatus
tar_read(void *place, CrateText path, CrateArena *arena, CrateText *out)
{
  CrateTar *const tar = (CrateTar *)place;
  const CrateTarEntry *entry = NULL;
  *out = (CrateText){NULL, 0};
  CRATE_TRY(need(tar, path, &entry));
  if (entry->size > tar->world->limits.document_bytes) {
    return crate_names_refuse(&tar->names, CRATE_OVER_LIMIT,
                              "a member is larger than a document may be");
  }
  unsigned char *const bytes =
    (unsigned char *)crate_arena_allocate(arena, (size_t)entry->size + 1u);
  if (!bytes) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(read_some(tar, entry->at, bytes, (size_t)entry->size));
  *out = (CrateText){(const char *)bytes, (size_t)entry->size};
  return CRATE_OK;
}

static CrateStatus
tar_pour(void *place, CrateText path, const CratePour *to)
{
  CrateTar *const tar = (CrateTar *)place;
  const CrateTarEntry *entry = NULL;
  CRATE_TRY(need(tar, path, &entry));
  unsigned char *const piece =
    (unsigned char *)crate_world_allocate(tar->world, CRATE_PIECE);
  CrateStatus st = piece ? CRATE_OK : CRATE_NO_MEMORY;
  for (uint64_t done = 0; !st && done < entry->size;) {
    const uint64_t left = entry->size - done;
    const size_t size = left < CRATE_PIECE ? (size_t)left : CRATE_PIECE;
    st = read_some(tar, entry->at + done, piece, size);
    if (!st) {
      st = to->take(to->handle, (CrateText){(const char *)piece, size});
    }
    done += size;
  }
  crate_world_release(tar->world, piece);
  return st;
}

/// All files of a packed archive are in one run.
static CrateStatus
start_stream(CrateTar *tar)
{
  CrateInflow run = crate_inflow_share(&tar->inflow, &tar->names);
  return tar->stream || tar->inflow.packing == CRATE_PACKED_NOT
           ? CRATE_OK
           : crate_seekable_new(&run, &tar->stream);
}

static CrateStatus
tar_locate(void *place, CrateText path, CrateArena *arena, CrateExtent *out)
{
  CrateTar *const tar = (CrateTar *)place;
  const CrateTarEntry *entry = NULL;
  (void)arena;
  CRATE_TRY(need(tar, path, &entry));
  CRATE_TRY(start_stream(tar));
  *out = (CrateExtent){.bytes = tar->inflow.bytes,
                       .offset = entry->at,
                       .size = entry->size,
                       .stream = tar->stream};
  return CRATE_OK;
}

/// Links are looked up by name, as in a folder; but a hard link is a file
/// like any other, when the one it means is there.
static CrateStatus
list_entry(const CrateTar *tar,
           const CrateTarEntry *entry,
           CrateStatus (*add)(void *handle, CrateMemberEntry entry),
           void *handle)
{
  const CrateTarEntry *file = entry;
  CrateMember member = CRATE_MEMBER_ABSENT;
  if (entry->kind == CRATE_NAMED_LINK) {
    return CRATE_OK;
  }
  if (entry->kind == CRATE_NAMED_HARD_LINK) {
    CRATE_TRY(look_up(tar, entry->name, &member, &file));
  }
  return file ? add(handle, (CrateMemberEntry){entry->name}) : CRATE_OK;
}

static CrateStatus
tar_list(void *place,
         unsigned levels,
         CrateStatus (*add)(void *handle, CrateMemberEntry entry),
         void *handle)
{
  const CrateTar *const tar = (const CrateTar *)place;
  (void)levels; // the archive is flat
  for (size_t i = 0; i < tar->count; ++i) {
    CRATE_TRY(list_entry(tar, &tar->entries[i], add, handle));
  }
  return CRATE_OK;
}

static bool
tar_is_stream(const void *place)
{
  return ((const CrateTar *)place)->inflow.packing != CRATE_PACKED_NOT;
}

static CrateStatus
tar_share(const void *place, const CrateWorld *world, void **out)
{
  const CrateTar *const first = (const CrateTar *)place;
  CrateTar *const tar =
    (CrateTar *)crate_world_allocate(world, sizeof(CrateTar));
  *out = tar;
  if (!tar) {
    return CRATE_NO_MEMORY;
  }
  *tar = *first;
  tar->world = tar->names.world = world;
  tar->names.place = tar;
  tar->stream = NULL;
  tar->inflow = crate_inflow_share(&first->inflow, &tar->names);
  return CRATE_OK;
}

static void
tar_unshare(void *place)
{
  CrateTar *const tar = (CrateTar *)place;
  tar->inflow.bytes = (CrateBytes){.descriptor = -1}; // the first one's
  crate_inflow_close(&tar->inflow);
  crate_world_release(tar->world, tar);
}

const CratePlaceVerbs crate_tar_verbs = {
  .find = tar_find,
  .read = tar_read,
  .pour = tar_pour,
  .locate = tar_locate,
  .share = tar_share,
  .unshare = tar_unshare,
  .is_stream = tar_is_stream,
  .order = tar_order,
  .list = tar_list,
  .close = tar_close,
};
