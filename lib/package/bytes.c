// SPDX-License-Identifier: Apache-2.0
#include "package/bytes.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

CrateStatus
crate_bytes_open(const CrateWorld *world, int descriptor, CrateBytes *out)
{
  struct stat info;
  *out = (CrateBytes){.world = world, .descriptor = descriptor};
  if (fstat(descriptor, &info)) {
    crate_bytes_close(out);
    return CRATE_UNREADABLE;
  }
  out->size = (uint64_t)info.st_size;
  return CRATE_OK;
}

CrateBytes
crate_bytes_of(const CrateWorld *world, char *memory, size_t size)
{
  return (CrateBytes){
    .world = world, .memory = memory, .descriptor = -1, .size = size};
}

CrateStatus
crate_bytes_read(const CrateBytes *bytes,
                 uint64_t offset,
                 void *out,
                 size_t size,
                 size_t *got)
{
  const uint64_t left = offset < bytes->size ? bytes->size - offset : 0;
  const size_t wanted = size < left ? size : (size_t)left;
  *got = 0;
  if (bytes->read_at) {
    *got = wanted;
    return wanted ? bytes->read_at(bytes->handle, offset, out, wanted)
                  : CRATE_OK;
  }
  if (bytes->descriptor < 0) {
    if (wanted) {
      memcpy(out, bytes->memory + offset, wanted);
    }
    *got = wanted;
    return CRATE_OK;
  }
  while (*got < wanted) {
    const ssize_t count = pread(bytes->descriptor, (char *)out + *got,
                                wanted - *got, (off_t)(offset + *got));
    if (count < 0 && errno != EINTR) {
      return CRATE_UNREADABLE;
    }
    if (!count) {
      return CRATE_OK; // it was cut while we looked
    }
    *got += count > 0 ? (size_t)count : 0;
  }
  return CRATE_OK;
}

void
crate_bytes_close(CrateBytes *bytes)
{
  if (bytes->world) {
    if (bytes->descriptor >= 0) {
      close(bytes->descriptor);
    }
    crate_world_release(bytes->world, bytes->memory);
    *bytes = (CrateBytes){.descriptor = -1};
  }
}
