// SPDX-License-Identifier: Apache-2.0
// A metadata document alone, from a file or standard input.
#include "base/file.h"
#include "package/package.h"

typedef struct {
  const CrateWorld *world;
  CrateFile file;
} Lone;

/// The whole of the bytes, which are used up.
static CrateStatus
read_bytes(const CrateWorld *world,
           CrateText name,
           CrateBytes *bytes,
           CrateFile *out)
{
  CrateStatus st = CRATE_OK;
  if (bytes->descriptor >= 0) {
    st = crate_file_read_open(world, name, bytes->descriptor, out);
  } else {
    *out = (CrateFile){.world = world,
                       .data = bytes->memory,
                       .size = (size_t)bytes->size,
                       .capacity = (size_t)bytes->size};
    bytes->memory = NULL;
  }
  crate_bytes_close(bytes);
  return st;
}

static CrateStatus
keep_script(const Lone *lone, CrateText name)
{
  const CrateDiagnostic where = {.file = name,
                                 .code = CRATE_TEXT("not-a-crate")};
  return crate_page_bare(lone->file.data, lone->file.size)
           ? CRATE_OK
           : crate_world_say(lone->world, CRATE_MALFORMED, &where,
                             "the page holds no <script "
                             "type=\"application/ld+json\">");
}

static void lone_close(void *place);

CrateStatus
crate_lone_open(const CrateWorld *world,
                CrateText name,
                CrateBytes *bytes,
                bool page,
                void **out)
{
  *out = NULL;
  Lone *const lone = (Lone *)crate_world_allocate(world, sizeof(Lone));
  if (!lone) {
    crate_bytes_close(bytes);
    return CRATE_NO_MEMORY;
  }
  *lone = (Lone){.world = world};
  CrateStatus st = read_bytes(world, name, bytes, &lone->file);
  if (!st && page) {
    st = keep_script(lone, name);
  }
  if (st) {
    lone_close(lone);
    return st;
  }
  *out = lone;
  return CRATE_OK;
}

static CrateStatus
lone_find(void *place, CrateText path, CrateMember *out, uint64_t *size)
{
  (void)place;
  (void)path;
  *out = CRATE_MEMBER_UNKNOWN;
  *size = 0;
  return CRATE_OK;
}

static CrateStatus
lone_read(void *place, CrateText path, CrateArena *arena, CrateText *out)
{
  const Lone *const lone = (const Lone *)place;
  (void)path;
  (void)arena;
  *out = crate_file_text(&lone->file);
  return CRATE_OK;
}

static CrateStatus
lone_list(void *place,
          unsigned levels,
          CrateStatus (*add)(void *handle, CrateMemberEntry entry),
          void *handle)
{
  (void)place;
  (void)levels;
  (void)add;
  (void)handle;
  return CRATE_OK;
}

static void
lone_close(void *place)
{
  Lone *const lone = (Lone *)place;
  if (lone) {
    crate_file_clear(&lone->file);
    crate_world_release(lone->world, lone);
  }
}

const CratePlaceVerbs crate_lone_verbs = {
  .find = lone_find,
  .read = lone_read,
  .list = lone_list,
  .close = lone_close,
};
