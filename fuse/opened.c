// SPDX-License-Identifier: Apache-2.0
#include "fuse/opened.h"

/// Files that nobody reads and that stay open: the points of so many take as
/// much memory as we may.
enum { MOST_IDLE = 4 };

static CrateOpened *
find_open(const CrateOpenedFiles *files, CrateText path)
{
  for (size_t i = 0; i < files->count; ++i) {
    if (crate_text_equal(files->items[i]->path, path)) {
      return files->items[i];
    }
  }
  return NULL;
}

static void
drop(CrateOpenedFiles *files, size_t index)
{
  CrateOpened *const opened = files->items[index];
  files->items[index] = files->items[--files->count];
  crate_package_file_close(opened->file);
  crate_world_release(files->world, opened);
}

/// Close those that nobody has read for longest.
static void
close_idle(CrateOpenedFiles *files)
{
  for (;;) {
    size_t idle = 0, oldest = 0;
    for (size_t i = 0; i < files->count; ++i) {
      const CrateOpened *const opened = files->items[i];
      if (!opened->readers &&
          (!idle++ || opened->used < files->items[oldest]->used)) {
        oldest = i;
      }
    }
    if (idle <= MOST_IDLE) {
      return;
    }
    drop(files, oldest);
  }
}

static CrateStatus
open_new(CrateOpenedFiles *files, CrateText path, CrateOpened **out)
{
  CRATE_TRY(crate_world_reserve(files->world, &files->items, &files->capacity,
                                files->count + 1u, sizeof(CrateOpened *)));
  CrateOpened *const opened =
    (CrateOpened *)crate_world_allocate(files->world, sizeof(CrateOpened));
  if (!opened) {
    return CRATE_NO_MEMORY;
  }
  *opened = (CrateOpened){.path = path};
  const CrateStatus st =
    crate_package_file_open(files->package, path, &opened->file);
  if (st) {
    crate_world_release(files->world, opened);
    return st;
  }
  files->items[files->count++] = *out = opened;
  return CRATE_OK;
}

CrateStatus
crate_opened_get(CrateOpenedFiles *files, CrateText path, CrateOpened **out)
{
  *out = find_open(files, path);
  if (!*out) {
    CRATE_TRY(open_new(files, path, out));
  }
  ++(*out)->readers;
  (*out)->used = ++files->clock;
  return CRATE_OK;
}

void
crate_opened_release(CrateOpenedFiles *files, CrateOpened *opened)
{
  --opened->readers;
  close_idle(files);
}

void
crate_opened_clear(CrateOpenedFiles *files)
{
  while (files->count) {
    drop(files, files->count - 1u);
  }
  crate_world_release(files->world, files->items);
  files->items = NULL;
  files->capacity = 0;
}
