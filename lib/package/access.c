// SPDX-License-Identifier: Apache-2.0
// A file of a package, read anywhere: in place where its bytes lie as they are,
// else through a run that is unpacked, or from memory.
#include "package/access.h"

struct CratePackageFile {
  const CrateWorld *world;
  CrateExtent extent;
  CrateSeekable *unpacked; // our own, of a member that is packed by itself
  CrateArena arena;        // what was read whole
};

/// Members of this size are unpacked at once: that is faster than to be ready
/// for more, and their checksum is known to be right.
enum { SMALL = 1 << 18 };

static CrateStatus
read_whole(CratePackage *package, CrateText path, CratePackageFile *file)
{
  CrateText bytes;
  CRATE_TRY(package->verbs->read(package->place, path, &file->arena, &bytes));
  file->extent = (CrateExtent){
    .bytes = {.memory = (char *)(uintptr_t)bytes.data,
              .descriptor = -1,
              .size = bytes.size},
    .size = bytes.size,
  };
  return CRATE_OK;
}

/// Be ready to unpack a member that is packed by itself.
static CrateStatus
start_unpacking(CratePackageFile *file)
{
  CrateExtent *const extent = &file->extent;
  CrateInflow run =
    crate_inflow_deflated(extent->names, extent->member, &extent->bytes,
                          extent->offset, extent->packed, extent->crc);
  return crate_seekable_new(&run, &file->unpacked);
}

static CrateStatus
open_file(CratePackage *package, CrateText path, CratePackageFile *file)
{
  CrateText full;
  CRATE_TRY(crate_package_place_path(package, package->world, &file->arena,
                                     path, &full));
  if (!package->verbs->locate) {
    return read_whole(package, full, file);
  }
  CRATE_TRY(
    package->verbs->locate(package->place, full, &file->arena, &file->extent));
  return !file->extent.deflated       ? CRATE_OK
         : file->extent.size <= SMALL ? read_whole(package, full, file)
                                      : start_unpacking(file);
}

CrateStatus
crate_package_file_open(CratePackage *package,
                        CrateText path,
                        CratePackageFile **out)
{
  CratePackageFile *const file = (CratePackageFile *)crate_world_allocate(
    package->world, sizeof(CratePackageFile));
  *out = file;
  if (!file) {
    return CRATE_NO_MEMORY;
  }
  *file = (CratePackageFile){.world = package->world,
                             .extent = {.bytes = {.descriptor = -1}}};
  crate_arena_init(&file->arena, package->world);
  const CrateStatus st = open_file(package, path, file);
  if (st) {
    crate_package_file_close(file);
    *out = NULL;
  }
  return st;
}

uint64_t
crate_package_file_size(const CratePackageFile *file)
{
  return file->extent.size;
}

int
crate_package_file_descriptor(const CratePackageFile *file, uint64_t *offset)
{
  const CrateExtent *const extent = &file->extent;
  *offset = extent->offset;
  return file->unpacked || extent->stream ? -1 : extent->bytes.descriptor;
}

CrateStatus
crate_package_file_read(CratePackageFile *file,
                        uint64_t offset,
                        void *out,
                        size_t size,
                        size_t *got)
{
  const CrateExtent *const extent = &file->extent;
  const uint64_t left = offset < extent->size ? extent->size - offset : 0;
  const size_t wanted = size < left ? size : (size_t)left;
  *got = 0;
  CRATE_TRY(file->unpacked
              ? crate_seekable_read(file->unpacked, offset, out, wanted, got)
            : extent->stream
              ? crate_seekable_read(extent->stream, extent->offset + offset,
                                    out, wanted, got)
              : crate_bytes_read(&extent->bytes, extent->offset + offset, out,
                                 wanted, got));
  return *got == wanted ? CRATE_OK : CRATE_MALFORMED;
}

void
crate_package_file_close(CratePackageFile *file)
{
  if (file) {
    crate_seekable_free(file->unpacked);
    if (file->extent.owned) {
      crate_bytes_close(&file->extent.bytes);
    }
    crate_arena_clear(&file->arena);
    crate_world_release(file->world, file);
  }
}
