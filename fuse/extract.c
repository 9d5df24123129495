// SPDX-License-Identifier: Apache-2.0
// The tree as a folder: beneath an open folder, by names that hold no slash, so
// that nothing can be written elsewhere.
#include "fuse/print.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  const CrateWorld *world;
  CrateTree *tree;
  char piece[1 << 16];
} Extraction;

static CrateStatus
refuse(const Extraction *e, const char *name, CrateStatus status)
{
  const CrateDiagnostic place = {.file = crate_text(name),
                                 .code = CRATE_TEXT("not-written")};
  return crate_world_say(e->world, status, &place, "%s", strerror(errno));
}

static CrateStatus
write_all(int fd, const char *bytes, size_t size)
{
  while (size) {
    const ssize_t done = write(fd, bytes, size);
    if (done < 0 && errno != EINTR) {
      return CRATE_UNREADABLE;
    }
    bytes += done > 0 ? done : 0;
    size -= done > 0 ? (size_t)done : 0;
  }
  return CRATE_OK;
}

static CrateStatus
copy_file(Extraction *e, CrateNodeId node, int fd)
{
  CrateTreeFile *file = NULL;
  CRATE_TRY(crate_tree_open_file(e->tree, node, &file));
  CrateStatus st = CRATE_OK;
  size_t got = sizeof(e->piece);
  for (uint64_t at = 0; !st && got; at += got) {
    st = crate_tree_read(file, at, e->piece, sizeof(e->piece), &got);
    st = st ? st : write_all(fd, e->piece, got);
  }
  crate_tree_close(file);
  return st;
}

/// A file that cannot be read is said, and is left out: the others are none the
/// worse for it.
static CrateStatus
extract_file(Extraction *e, CrateNodeId node, int folder, const char *name)
{
  const int fd = openat(
    folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0) {
    return refuse(e, name, CRATE_UNREADABLE);
  }
  CrateStatus st = copy_file(e, node, fd);
  if (close(fd) && !st) {
    st = refuse(e, name, CRATE_UNREADABLE);
  }
  if (st && st != CRATE_NO_MEMORY) {
    const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                   .file = crate_text(name),
                                   .code = CRATE_TEXT("not-written")};
    (void)unlinkat(folder, name, 0);
    (void)crate_world_say(e->world, CRATE_OK, &place, "left out: %s",
                          crate_status_text(st));
    return CRATE_OK;
  }
  return st;
}

static CrateStatus extract_folder(Extraction *e, CrateNodeId node, int folder);

static CrateStatus
enter(Extraction *e, CrateNodeId node, int above, const char *name)
{
  if (mkdirat(above, name, 0777)) {
    return refuse(e, name, CRATE_UNREADABLE);
  }
  const int fd =
    openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) {
    return refuse(e, name, CRATE_UNREADABLE);
  }
  const CrateStatus st = extract_folder(e, node, fd);
  close(fd);
  return st;
}

static CrateStatus
extract_node(Extraction *e, CrateNodeId node, int folder)
{
  char name[256];
  char target[4096];
  const CrateText text = crate_tree_name(e->tree, node);
  const CrateText way = crate_tree_target(e->tree, node);
  memcpy(name, text.data, text.size);
  name[text.size] = '\0';
  switch (crate_tree_kind(e->tree, node)) {
    case CRATE_NODE_FOLDER:
      return enter(e, node, folder, name);
    case CRATE_NODE_FILE:
      return extract_file(e, node, folder, name);
    default:
      break;
  }
  errno = ENAMETOOLONG;
  if (way.size >= sizeof(target)) {
    return refuse(e, name, CRATE_UNREADABLE);
  }
  memcpy(target, way.data, way.size);
  target[way.size] = '\0';
  return symlinkat(target, folder, name) ? refuse(e, name, CRATE_UNREADABLE)
                                         : CRATE_OK;
}

static CrateStatus
extract_folder(Extraction *e, CrateNodeId node, int folder)
{
  CrateNodeId first = 0;
  uint32_t count = 0;
  CRATE_TRY(crate_tree_children(e->tree, node, &first, &count));
  for (uint32_t i = 0; i < count; ++i) {
    CRATE_TRY(extract_node(e, first + i, folder));
  }
  return CRATE_OK;
}

CrateStatus
crate_tree_extract(const CrateWorld *world, CrateTree *tree, const char *path)
{
  Extraction *const e =
    (Extraction *)crate_world_allocate(world, sizeof(Extraction));
  if (!e) {
    return CRATE_NO_MEMORY;
  }
  e->world = world;
  e->tree = tree;
  CrateStatus st =
    mkdir(path, 0777) ? refuse(e, path, CRATE_BAD_ARGUMENT) : CRATE_OK;
  const int fd =
    st ? -1 : open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd >= 0) {
    st = extract_folder(e, CRATE_NODE_ROOT, fd);
    close(fd);
  } else if (!st) {
    st = refuse(e, path, CRATE_UNREADABLE);
  }
  crate_world_release(world, e);
  return st;
}
