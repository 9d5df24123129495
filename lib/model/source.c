// SPDX-License-Identifier: Apache-2.0
// Where a model's bytes come from.
#include <cratekit/model.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static CrateStatus
read_memory(void *handle, uint64_t offset, void *out, size_t size)
{
  const CrateText *const bytes = (const CrateText *)handle;
  memcpy(out, bytes->data + offset, size);
  return CRATE_OK;
}

CrateModelSource
crate_model_source_of(const CrateText *bytes)
{
  return (CrateModelSource){bytes->size, read_memory, (void *)(uintptr_t)bytes};
}

static CrateStatus
read_file(void *handle, uint64_t offset, void *out, size_t size)
{
  const int descriptor = *(const int *)handle;
  size_t got = 0;
  while (got < size) {
    const ssize_t count =
      pread(descriptor, (char *)out + got, size - got, (off_t)(offset + got));
    if (!count || (count < 0 && errno != EINTR)) {
      return CRATE_UNREADABLE; // or it was cut while we looked
    }
    got += count > 0 ? (size_t)count : 0;
  }
  return CRATE_OK;
}

CrateStatus
crate_model_source_of_file(const int *descriptor, CrateModelSource *out)
{
  struct stat info;
  *out = (CrateModelSource){0, read_file, (void *)(uintptr_t)descriptor};
  if (fstat(*descriptor, &info) || !S_ISREG(info.st_mode)) {
    return CRATE_UNREADABLE;
  }
  out->size = (uint64_t)info.st_size;
  return CRATE_OK;
}
