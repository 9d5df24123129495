// SPDX-License-Identifier: Apache-2.0
/// @file Bytes as an archive: opened, listed, each member looked up, read,
/// poured and read here and there. What is listed is found; what is poured, and
/// what is read in parts, is what is read. Who opens it leniently finds no
/// less.
#ifndef CRATE_FUZZ_MEMBERS_H
#define CRATE_FUZZ_MEMBERS_H
#include <cratekit/package.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/// Compares what is poured with what was read.
typedef struct {
  CrateText left;
} Compare;

static CrateStatus
compare_piece(void *handle, CrateText piece)
{
  Compare *const compare = (Compare *)handle;
  if (!crate_text_starts(compare->left, piece)) {
    abort();
  }
  compare->left =
    crate_text_slice(compare->left, piece.size, compare->left.size);
  return CRATE_OK;
}

/// What can be read ends as its tail says.
static void
check_tail(CratePackage *package,
           CrateText path,
           CrateArena *arena,
           CrateText whole)
{
  const size_t most = whole.size / 2u + 1u;
  const size_t start = whole.size - (most < whole.size ? most : whole.size);
  CrateText tail = {NULL, 0};
  uint64_t size = 0;
  if (crate_package_tail(package, path, most, arena, &tail, &size) ||
      size != whole.size ||
      !crate_text_equal(tail, crate_text_slice(whole, start, whole.size))) {
    abort();
  }
}

/// Read in parts, the last one first, a file is the same.
static void
check_parts(CratePackage *package, CrateText path, CrateText whole)
{
  enum { PARTS = 3 };
  CratePackageFile *file = NULL;
  char *const copy = (char *)malloc(whole.size + 1u);
  const size_t step = whole.size / PARTS + 1u;
  if (!copy || crate_package_file_open(package, path, &file) ||
      crate_package_file_size(file) != whole.size) {
    abort();
  }
  for (size_t i = PARTS; i--;) {
    const CrateText part = crate_text_slice(whole, i * step, (i + 1u) * step);
    size_t got = 0;
    if (crate_package_file_read(file, i * step, copy, step, &got) ||
        !crate_text_equal(part, (CrateText){copy, got})) {
      abort();
    }
  }
  crate_package_file_close(file);
  free(copy);
}

static void
read_member(CratePackage *package, CrateText path, CrateArena *arena)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  Compare compare = {{NULL, 0}};
  const CratePour pour = {compare_piece, &compare};
  if (!crate_package_find(package, path, &member, NULL) &&
      member == CRATE_MEMBER_ABSENT) {
    abort();
  }
  crate_arena_reset(arena);
  if (!crate_package_read(package, path, arena, &compare.left)) {
    check_tail(package, path, arena, compare.left);
    check_parts(package, path, compare.left);
    if (crate_package_pour(package, path, &pour) || compare.left.size) {
      abort();
    }
  }
}

/// How many members there are.
static size_t
read_members(const CrateWorld *world, CratePackage *package)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  CrateArena arena;
  crate_arena_init(&arena, world);
  if (!crate_package_list(package, &paths, &count)) {
    for (size_t i = 0; i < count; ++i) {
      read_member(package, paths[i], &arena);
    }
  }
  crate_arena_clear(&arena);
  return count;
}

static size_t
read_package(CrateStatus (*open)(const CrateWorld *world,
                                 CrateText path,
                                 CratePackage **out),
             const char *path,
             bool *opened)
{
  CrateWorld world;
  CratePackage *package = NULL;
  size_t count = 0;
  crate_world_init(&world);
  world.limits.document_bytes = (size_t)4 << 20u;
  world.limits.memory_bytes = (size_t)32 << 20u;
  *opened = !open(&world, crate_text(path), &package);
  if (*opened) {
    count = read_members(&world, package);
  }
  crate_package_close(package);
  return count;
}

static void
read_archive(const uint8_t *data, size_t size)
{
  char path[64];
  bool strictly = false;
  bool leniently = false;
  const int memory = memfd_create("fuzz", MFD_CLOEXEC);
  if (memory < 0 || write(memory, data, size) != (ssize_t)size) {
    abort();
  }
  snprintf(path, sizeof(path), "/proc/self/fd/%d", memory);
  const size_t count = read_package(crate_package_open, path, &strictly);
  const size_t all =
    read_package(crate_package_open_leniently, path, &leniently);
  if (strictly && (!leniently || all != count)) {
    abort();
  }
  close(memory);
}

#endif // CRATE_FUZZ_MEMBERS_H
