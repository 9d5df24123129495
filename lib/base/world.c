// SPDX-License-Identifier: Apache-2.0
#include <cratekit/world.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

static void *
system_allocate(void *handle, size_t size)
{
  (void)handle;
  return malloc(size);
}

static void *
system_resize(void *handle, void *block, size_t size)
{
  (void)handle;
  return realloc(block, size);
}

static void
system_release(void *handle, void *block)
{
  (void)handle;
  free(block);
}

void
crate_world_init(CrateWorld *world)
{
  *world = (CrateWorld){
    .allocator = {NULL, system_allocate, system_resize, system_release},
    .limits =
      {
        .document_bytes = (size_t)1 << 30u,
        // 4 GiB, or half of what a smaller size_t can count.
        .memory_bytes =
          sizeof(size_t) > 4 ? (size_t)1 << 31u << 1u : SIZE_MAX / 2u,
        .depth = 512,
        .quads = 200u * 1000u * 1000u,
        .context_depth = 16,
        .archive_members = 2u * 1000u * 1000u,
        .archive_ratio = 1100,
        .canonical_work = 1u << 18u,
        .shape_depth = 64,
        .path_work = 100u * 1000u * 1000u,
        .update_work = 400u * 1000u * 1000u,
      },
  };
  // Without entropy the key is 0: the tables still work, only predictably.
  if (getrandom(&world->hash_key, sizeof(world->hash_key), GRND_NONBLOCK) !=
      (ssize_t)sizeof(world->hash_key)) {
    world->hash_key = 0;
  }
}

void *
crate_world_allocate(const CrateWorld *world, size_t size)
{
  const CrateAllocator *const a = &world->allocator;
  return a->allocate(a->handle, size ? size : 1);
}

void *
crate_world_resize(const CrateWorld *world, void *block, size_t size)
{
  const CrateAllocator *const a = &world->allocator;
  return block ? a->resize(a->handle, block, size ? size : 1)
               : crate_world_allocate(world, size);
}

void
crate_world_release(const CrateWorld *world, void *block)
{
  const CrateAllocator *const a = &world->allocator;
  a->release(a->handle, block);
}

CrateStatus
crate_world_reserve(const CrateWorld *world,
                    void *array,
                    size_t *capacity,
                    size_t needed,
                    size_t size)
{
  if (needed <= *capacity) {
    return CRATE_OK;
  }
  const size_t grown = *capacity + *capacity / 2u + 8u;
  const size_t wanted = grown > needed ? grown : needed;
  if (wanted > SIZE_MAX / size) {
    return CRATE_NO_MEMORY;
  }
  void *block = NULL;
  memcpy(&block, array, sizeof(block)); // any kind of object pointer
  block = crate_world_resize(world, block, wanted * size);
  if (!block) {
    return CRATE_NO_MEMORY;
  }
  memcpy(array, &block, sizeof(block));
  *capacity = wanted;
  return CRATE_OK;
}

CrateStatus
crate_world_say(const CrateWorld *world,
                CrateStatus status,
                const CrateDiagnostic *place,
                const char *format,
                ...)
{
  if (!world->sink.write) {
    return status;
  }
  char line[1024]; // longer messages are cut: they are one line for a person
  va_list arguments;
  va_start(arguments, format);
  const int written = vsnprintf(line, sizeof(line), format, arguments);
  va_end(arguments);
  size_t size = written < 0 ? 0 : (size_t)written;
  if (size >= sizeof(line)) {
    size = sizeof(line) - 1u;
    while (size && ((unsigned char)line[size - 1u] & 0xC0u) == 0x80u) {
      --size; // up to the lead byte of the character that may be split
    }
    size -= size && (unsigned char)line[size - 1u] >= 0x80u;
  }
  const CrateText message = {line, size};
  CrateDiagnostic diagnostic = place ? *place : (CrateDiagnostic){0};
  diagnostic.message = message;
  world->sink.write(world->sink.handle, &diagnostic);
  return status;
}
