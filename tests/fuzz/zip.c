// SPDX-License-Identifier: Apache-2.0
// Fuzz target: bytes as an archive, opened, listed, each member looked up and
// read. What is listed is found.
#include <cratekit/package.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_members(const CrateWorld *world, CratePackage *package)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  CrateArena arena;
  CrateText bytes;
  crate_arena_init(&arena, world);
  if (!crate_package_list(package, &paths, &count)) {
    for (size_t i = 0; i < count; ++i) {
      CrateMember member = CRATE_MEMBER_ABSENT;
      const CrateStatus st =
        crate_package_find(package, paths[i], &member, NULL);
      if (!st && member == CRATE_MEMBER_ABSENT) {
        abort();
      }
      crate_arena_reset(&arena);
      (void)!crate_package_read(package, paths[i], &arena, &bytes);
    }
  }
  crate_arena_clear(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  char path[64];
  CrateWorld world;
  CratePackage *package = NULL;
  const int memory = memfd_create("fuzz", MFD_CLOEXEC);
  if (memory < 0 || write(memory, data, size) != (ssize_t)size) {
    abort();
  }
  crate_world_init(&world);
  world.limits.document_bytes = (size_t)4 << 20u;
  world.limits.memory_bytes = (size_t)32 << 20u;
  snprintf(path, sizeof(path), "/proc/self/fd/%d", memory);
  if (!crate_package_open(&world, crate_text(path), &package)) {
    read_members(&world, package);
  }
  crate_package_close(package);
  close(memory);
  return 0;
}
