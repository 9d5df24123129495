// SPDX-License-Identifier: Apache-2.0
/// @file zlib, with memory from the world.
#ifndef CRATE_PACKAGE_ZLIB_H
#define CRATE_PACKAGE_ZLIB_H
#include <cratekit/world.h>
#include <zlib.h>

static inline void *
crate_zlib_allocate(void *world, unsigned count, unsigned size)
{
  return crate_world_allocate((const CrateWorld *)world, (size_t)count * size);
}

static inline void
crate_zlib_release(void *world, void *block)
{
  crate_world_release((const CrateWorld *)world, block);
}

/// Ready for inflateInit2().
static inline void
crate_zlib_init(z_stream *stream, const CrateWorld *world)
{
  *stream = (z_stream){.zalloc = crate_zlib_allocate,
                       .zfree = crate_zlib_release,
                       .opaque = (void *)(uintptr_t)world};
}

#endif // CRATE_PACKAGE_ZLIB_H
