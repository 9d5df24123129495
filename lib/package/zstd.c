// SPDX-License-Identifier: Apache-2.0
// zstd (RFC 8878) through libzstd, opened when the first archive needs it.
#include "package/inflow.h"
#include <dlfcn.h>
#include <zstd.h>
#include <zstd_errors.h>

#define LIBRARY "libzstd.so.1"

// 2^27 bytes: what a frame may ask to be remembered; zstd's own default.
#define LARGEST_WINDOW 27

#define FUNCTIONS(X)                                                           \
  X(ZSTD_createDCtx)                                                           \
  X(ZSTD_freeDCtx)                                                             \
  X(ZSTD_DCtx_setParameter)                                                    \
  X(ZSTD_DCtx_reset)                                                           \
  X(ZSTD_decompressStream)                                                     \
  X(ZSTD_getErrorCode)                                                         \
  X(ZSTD_isError)

struct CrateZstd {
  const CrateWorld *world;
  void *library;
#define FIELD(name) __typeof__(&name) name;
  FUNCTIONS(FIELD)
#undef FIELD
  ZSTD_DCtx *context;
};

static const struct {
  const char *name;
  size_t offset;
} symbols[] = {
#define ROW(name) {#name, offsetof(CrateZstd, name)},
  FUNCTIONS(ROW)
#undef ROW
};

static bool
find_symbols(CrateZstd *zstd)
{
  zstd->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
  for (size_t i = 0; i < sizeof(symbols) / sizeof(*symbols); ++i) {
    void *const symbol =
      zstd->library ? dlsym(zstd->library, symbols[i].name) : NULL;
    if (!symbol) {
      return false;
    }
    memcpy((char *)zstd + symbols[i].offset, &symbol, sizeof(symbol));
  }
  return true;
}

CrateZstd *
crate_zstd_new(const CrateWorld *world, bool *missing)
{
  CrateZstd *const zstd =
    (CrateZstd *)crate_world_allocate(world, sizeof(CrateZstd));
  *missing = false;
  if (!zstd) {
    return NULL;
  }
  *zstd = (CrateZstd){.world = world};
  *missing = !find_symbols(zstd);
  zstd->context = *missing ? NULL : zstd->ZSTD_createDCtx();
  if (!zstd->context) {
    crate_zstd_free(zstd);
    return NULL;
  }
  zstd->ZSTD_DCtx_setParameter(zstd->context, ZSTD_d_windowLogMax,
                               LARGEST_WINDOW);
  return zstd;
}

CrateStatus
crate_zstd_run(CrateZstd *zstd,
               const unsigned char *in,
               size_t in_size,
               size_t *used,
               unsigned char *out,
               size_t out_size,
               size_t *made,
               bool *frame_ended)
{
  ZSTD_inBuffer from = {in, in_size, 0};
  ZSTD_outBuffer to = {out, out_size, 0};
  const size_t result = zstd->ZSTD_decompressStream(zstd->context, &to, &from);
  *used = from.pos;
  *made = to.pos;
  *frame_ended = result == 0;
  if (!zstd->ZSTD_isError(result)) {
    return CRATE_OK;
  }
  switch (zstd->ZSTD_getErrorCode(result)) {
    case ZSTD_error_frameParameter_windowTooLarge:
      return CRATE_OVER_LIMIT;
    case ZSTD_error_memory_allocation:
      return CRATE_NO_MEMORY;
    default:
      return CRATE_MALFORMED;
  }
}

void
crate_zstd_restart(CrateZstd *zstd)
{
  zstd->ZSTD_DCtx_reset(zstd->context, ZSTD_reset_session_only);
}

void
crate_zstd_free(CrateZstd *zstd)
{
  if (zstd) {
    if (zstd->context) {
      zstd->ZSTD_freeDCtx(zstd->context);
    }
    if (zstd->library) {
      dlclose(zstd->library);
    }
    crate_world_release(zstd->world, zstd);
  }
}
