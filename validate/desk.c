// SPDX-License-Identifier: Apache-2.0
#include "validate/desk.h"

void
crate_desk_init(CrateDesk *desk, const CrateWorld *world)
{
  *desk = (CrateDesk){.world = world};
  crate_arena_init(&desk->arena, world);
}

static void
put_away(CrateDeskProfile *entry)
{
  crate_profile_clear(&entry->profile);
  entry->profile = (CrateProfile){0};
  entry->ready = entry->stays = false;
}

void
crate_desk_clear(CrateDesk *desk)
{
  for (size_t i = 0; i < desk->count; ++i) {
    put_away(desk->profiles[i]);
    crate_world_release(desk->world, desk->profiles[i]);
  }
  crate_world_release(desk->world, desk->profiles);
  crate_terms_free(desk->terms);
  crate_arena_clear(&desk->arena);
  crate_desk_init(desk, desk->world);
}

static CrateStatus
compile(CrateDesk *desk, CrateDeskProfile *entry)
{
  const CrateStatus st =
    crate_profile_load(desk->world, desk->terms, entry->frozen, desk->natives,
                       desk->native_count, &entry->profile);
  if (st) {
    put_away(entry);
    return st;
  }
  entry->ready = true;
  return CRATE_OK;
}

/// Compile what crates asked for so far where it can stay. A failure on the
/// way leaves terms above the mark and nothing that relies on them.
static CrateStatus
keep_profiles(CrateDesk *desk)
{
  for (size_t i = 0; i < desk->count; ++i) {
    CrateDeskProfile *const entry = desk->profiles[i];
    if (!entry->stays) {
      CRATE_TRY(compile(desk, entry));
      entry->stays = true;
      crate_terms_mark(desk->terms);
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_desk_begin(CrateDesk *desk)
{
  for (size_t i = 0; i < desk->count; ++i) {
    if (!desk->profiles[i]->stays) {
      put_away(desk->profiles[i]);
    }
  }
  if (!desk->terms) {
    CRATE_TRY(crate_terms_new(desk->world, &desk->terms));
  }
  if (!desk->natives) {
    CRATE_TRY(crate_checks_table(&desk->checks, &desk->arena, &desk->natives,
                                 &desk->native_count));
  }
  crate_terms_rewind(desk->terms);
  return keep_profiles(desk);
}

static CrateDeskProfile *
find(const CrateDesk *desk, CrateText frozen)
{
  for (size_t i = 0; i < desk->count; ++i) {
    if (desk->profiles[i]->frozen.data == frozen.data) {
      return desk->profiles[i];
    }
  }
  return NULL;
}

static CrateStatus
add(CrateDesk *desk, CrateText frozen, CrateDeskProfile **out)
{
  CRATE_TRY(crate_world_reserve(desk->world, &desk->profiles, &desk->capacity,
                                desk->count + 1u, sizeof(*desk->profiles)));
  CrateDeskProfile *const entry = (CrateDeskProfile *)crate_world_allocate(
    desk->world, sizeof(CrateDeskProfile));
  if (!entry) {
    return CRATE_NO_MEMORY;
  }
  *entry = (CrateDeskProfile){.frozen = frozen};
  desk->profiles[desk->count++] = *out = entry;
  return CRATE_OK;
}

CrateStatus
crate_desk_profile(CrateDesk *desk, CrateText frozen, const CrateProfile **out)
{
  CrateDeskProfile *entry = find(desk, frozen);
  *out = NULL;
  if (!entry) {
    CRATE_TRY(add(desk, frozen, &entry));
    const CrateStatus st = compile(desk, entry);
    if (st) { // no other crate is to suffer from it
      crate_world_release(desk->world, entry);
      --desk->count;
      return st;
    }
  }
  *out = &entry->profile;
  return entry->ready ? CRATE_OK : compile(desk, entry);
}

const CrateProfile *
crate_desk_ready(const CrateDesk *desk, CrateText frozen)
{
  const CrateDeskProfile *const entry = find(desk, frozen);
  return entry && entry->ready ? &entry->profile : NULL;
}
