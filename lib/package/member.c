// SPDX-License-Identifier: Apache-2.0
// Members of a package: finding, reading, listing. Paths of crates are
// cleaned here, so that a place sees only what lies beneath it.
#include "package/package.h"
#include <limits.h>
#include <stdlib.h>

CrateStatus
crate_path_clean(CrateArena *arena, CrateText path, CrateText *out)
{
  CrateText copy;
  CRATE_TRY(crate_arena_copy(arena, path, &copy));
  char *const data = (char *)(uintptr_t)copy.data;
  size_t size = 0;
  for (size_t at = 0; at < path.size;) {
    const CrateText rest = crate_text_slice(path, at, path.size);
    const size_t end = crate_text_find(rest, '/');
    const CrateText segment = crate_text_slice(rest, 0, end);
    if (crate_text_is(segment, "..")) {
      if (!size) {
        return CRATE_NOT_FOUND;
      }
      --size;
      while (size && data[size - 1u] != '/') {
        --size;
      }
    } else if (end && !crate_text_is(segment, ".")) {
      memmove(data + size, segment.data, end);
      size += end;
      if (end < rest.size) {
        data[size++] = '/';
      }
    }
    at += end + 1u;
  }
  data[size] = '\0';
  *out = (CrateText){data, size};
  return CRATE_OK;
}

/// The path below what was opened.
static CrateStatus
place_path(const CratePackage *package,
           CrateArena *arena,
           CrateText path,
           CrateText *out)
{
  const bool rooted = path.size && path.data[0] == '/';
  CrateText clean;
  CRATE_TRY(crate_path_clean(arena, path, &clean));
  const CrateText parts[] = {rooted ? CRATE_TEXT("") : package->root, clean};
  return crate_arena_join(arena, parts, 2, out);
}

static CrateStatus
add_member(void *handle, CrateMemberEntry entry)
{
  CratePackage *const package = (CratePackage *)handle;
  if (!crate_text_starts(entry.path, package->root) ||
      entry.path.size == package->root.size) {
    return CRATE_OK;
  }
  if (package->member_count >= package->world->limits.archive_members) {
    const CrateDiagnostic where = {.file = package->path,
                                   .code = CRATE_TEXT("over-limit")};
    return crate_world_say(package->world, CRATE_OVER_LIMIT, &where,
                           "too many members");
  }
  CRATE_TRY(crate_world_reserve(package->world, &package->members,
                                &package->member_capacity,
                                package->member_count + 1u, sizeof(CrateText)));
  const CrateText below =
    crate_text_slice(entry.path, package->root.size, entry.path.size);
  return crate_arena_copy(&package->arena, below,
                          &package->members[package->member_count++]);
}

static int
compare_texts(const void *a, const void *b)
{
  return crate_text_compare(*(const CrateText *)a, *(const CrateText *)b);
}

CrateStatus
crate_package_list(CratePackage *package,
                   const CrateText **paths,
                   size_t *count)
{
  *paths = NULL;
  *count = 0;
  if (!package->listed) {
    package->member_count = 0;
    CRATE_TRY(
      package->verbs->list(package->place, UINT_MAX, add_member, package));
    if (package->member_count) {
      qsort(package->members, package->member_count, sizeof(CrateText),
            compare_texts);
    }
    package->listed = true;
  }
  *paths = package->members;
  *count = package->member_count;
  return CRATE_OK;
}

size_t
crate_package_skipped(const CratePackage *package, CrateText *first)
{
  *first = (CrateText){NULL, 0};
  return package->verbs->skipped
           ? package->verbs->skipped(package->place, first)
           : 0;
}

static CrateText
without_slash(CrateText path)
{
  while (path.size && path.data[path.size - 1u] == '/') {
    --path.size;
  }
  return path;
}

/// Folded names of all members, made when the first one is missed.
static CrateStatus
build_folds(CratePackage *package)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(crate_package_list(package, &paths, &count));
  for (size_t i = 0; i < count; ++i) {
    CrateText fold;
    CRATE_TRY(
      crate_name_fold(&package->arena, without_slash(paths[i]), true, &fold));
    CRATE_TRY(crate_map_put(&package->folds, fold, i + 1u));
  }
  package->folded = true;
  return CRATE_OK;
}

/// A name that is not there: is it there in other letters?
static CrateStatus
find_lookalike(CratePackage *package,
               CrateArena *arena,
               CrateText path,
               CrateMember *out,
               CrateText *name)
{
  if (!package->folded) {
    CRATE_TRY(build_folds(package));
  }
  CrateText fold;
  uintptr_t number = 0;
  CRATE_TRY(crate_name_fold(arena, without_slash(path), true, &fold));
  if (!crate_map_get(&package->folds, fold, &number)) {
    return CRATE_OK;
  }
  CrateText form_a;
  CrateText form_b;
  *name = without_slash(package->members[number - 1u]);
  CRATE_TRY(crate_name_fold(arena, without_slash(path), false, &form_a));
  CRATE_TRY(crate_name_fold(arena, *name, false, &form_b));
  *out = crate_text_equal(form_a, form_b) ? CRATE_MEMBER_OTHER_FORM
                                          : CRATE_MEMBER_OTHER_CASE;
  return CRATE_OK;
}

/// Look up below what was opened; `full` is where that was.
static CrateStatus
find_exactly(CratePackage *package,
             CrateArena *arena,
             CrateText path,
             CrateMember *out,
             uint64_t *size,
             CrateText *full)
{
  const CrateStatus st = place_path(package, arena, path, full);
  if (st == CRATE_NOT_FOUND) {
    *out = CRATE_MEMBER_OUTSIDE;
    return CRATE_OK;
  }
  CRATE_TRY(st);
  return package->verbs->find(package->place, *full, out, size);
}

CrateStatus
crate_package_find(CratePackage *package,
                   CrateText path,
                   CrateMember *out,
                   uint64_t *size)
{
  uint64_t bytes = 0;
  CrateText full;
  CrateArena scratch;
  *out = CRATE_MEMBER_ABSENT;
  crate_arena_init(&scratch, package->world);
  const CrateStatus st =
    find_exactly(package, &scratch, path, out, &bytes, &full);
  crate_arena_clear(&scratch);
  if (size) {
    *size = bytes;
  }
  return st;
}

CrateStatus
crate_package_find_alike(CratePackage *package,
                         CrateText path,
                         CrateMember *out,
                         CrateText *name)
{
  uint64_t bytes = 0;
  CrateText full = {NULL, 0};
  CrateText there = {NULL, 0};
  CrateArena scratch;
  *out = CRATE_MEMBER_ABSENT;
  crate_arena_init(&scratch, package->world);
  CrateStatus st = find_exactly(package, &scratch, path, out, &bytes, &full);
  const bool rooted = path.size && path.data[0] == '/';
  if (!st && *out == CRATE_MEMBER_ABSENT && !rooted) {
    const CrateText below =
      crate_text_slice(full, package->root.size, full.size);
    st = find_lookalike(package, &scratch, below, out, &there);
  }
  if (name) {
    *name = there;
  }
  crate_arena_clear(&scratch);
  return st;
}

CrateStatus
crate_package_place_path(const CratePackage *package,
                         const CrateWorld *world,
                         CrateArena *arena,
                         CrateText path,
                         CrateText *full)
{
  const CrateStatus st = place_path(package, arena, path, full);
  const CrateDiagnostic where = {.file = path,
                                 .code = CRATE_TEXT("unreadable")};
  return st == CRATE_NOT_FOUND
           ? crate_world_say(world, st, &where,
                             "the path leads out of the package")
           : st;
}

CrateStatus
crate_package_read(CratePackage *package,
                   CrateText path,
                   CrateArena *arena,
                   CrateText *out)
{
  CrateText full;
  *out = (CrateText){NULL, 0};
  CRATE_TRY(
    crate_package_place_path(package, package->world, arena, path, &full));
  return package->verbs->read(package->place, full, arena, out);
}

CrateStatus
crate_package_pour_from(const CratePackage *package,
                        void *place,
                        const CrateWorld *world,
                        CrateText path,
                        const CratePour *to)
{
  CrateText full;
  CrateArena scratch;
  crate_arena_init(&scratch, world);
  CrateStatus st =
    crate_package_place_path(package, world, &scratch, path, &full);
  if (!st && package->verbs->pour) {
    st = package->verbs->pour(place, full, to);
  } else if (!st) {
    const CrateDiagnostic where = {.file = path,
                                   .code = CRATE_TEXT("unreadable")};
    st = crate_world_say(world, CRATE_NOT_FOUND, &where,
                         "a document alone has no other files");
  }
  crate_arena_clear(&scratch);
  return st;
}

CrateStatus
crate_package_pour(CratePackage *package, CrateText path, const CratePour *to)
{
  return crate_package_pour_from(package, package->place, package->world, path,
                                 to);
}

uint64_t
crate_package_order(CratePackage *package, CrateText path)
{
  CrateText full;
  CrateArena scratch;
  uint64_t order = 0;
  crate_arena_init(&scratch, package->world);
  if (package->verbs->order && !place_path(package, &scratch, path, &full)) {
    order = package->verbs->order(package->place, full);
  }
  crate_arena_clear(&scratch);
  return order;
}
