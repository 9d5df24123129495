// SPDX-License-Identifier: Apache-2.0
// A metadata document alone, from a file or standard input.
#include "base/file.h"
#include "package/package.h"

typedef struct {
  const CrateWorld *world;
  CrateFile file;
} Lone;

CrateStatus
crate_lone_open(const CrateWorld *world,
                CrateText name,
                int descriptor,
                void **out)
{
  *out = NULL;
  Lone *const lone = (Lone *)crate_world_allocate(world, sizeof(Lone));
  if (!lone) {
    return CRATE_NO_MEMORY;
  }
  *lone = (Lone){.world = world};
  const CrateStatus st =
    crate_file_read_open(world, name, descriptor, &lone->file);
  if (st) {
    crate_world_release(world, lone);
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
