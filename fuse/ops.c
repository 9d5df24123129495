// SPDX-License-Identifier: Apache-2.0
#define FUSE_USE_VERSION 312
#include "fuse/ops.h"
#include <errno.h>
#include <fuse_lowlevel.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/// The tree does not change: the kernel may keep what it knows.
#define FOREVER 1e9

static CrateTree *
tree_of(fuse_req_t request)
{
  return ((const CrateMount *)fuse_req_userdata(request))->tree;
}

static int
errno_of(CrateStatus status)
{
  switch (status) {
    case CRATE_OK:
      return 0;
    case CRATE_NOT_FOUND:
      return ENOENT;
    case CRATE_NO_MEMORY:
      return ENOMEM;
    case CRATE_OVER_LIMIT:
      return EFBIG;
    default:
      return EIO;
  }
}

static void
fill_links(CrateTree *tree, CrateNodeId node, struct stat *out)
{
  // Two for a folder, whatever is in it: nobody has to count its folders.
  out->st_nlink = crate_tree_kind(tree, node) == CRATE_NODE_FOLDER ? 2 : 1;
  out->st_uid = getuid();
  out->st_gid = getgid();
  out->st_blksize = 1 << 17;
  out->st_atim = out->st_mtim = out->st_ctim = crate_tree_time(tree, node);
}

static CrateStatus
stat_node(CrateTree *tree, CrateNodeId node, struct stat *out)
{
  static const mode_t modes[] = {
    [CRATE_NODE_FOLDER] = S_IFDIR | 0555,
    [CRATE_NODE_FILE] = S_IFREG | 0444,
    [CRATE_NODE_LINK] = S_IFLNK | 0777,
  };
  uint64_t size = 0;
  *out = (struct stat){.st_ino = node};
  CRATE_TRY(crate_tree_size(tree, node, &size));
  out->st_mode = modes[crate_tree_kind(tree, node)];
  out->st_size = (off_t)size;
  out->st_blocks = (blkcnt_t)((size + 511u) / 512u);
  fill_links(tree, node, out);
  return CRATE_OK;
}

static CrateStatus
make_entry(CrateTree *tree, CrateNodeId node, struct fuse_entry_param *out)
{
  *out = (struct fuse_entry_param){
    .ino = node, .attr_timeout = FOREVER, .entry_timeout = FOREVER};
  return stat_node(tree, node, &out->attr);
}

static void
op_lookup(fuse_req_t request, fuse_ino_t parent, const char *name)
{
  CrateTree *const tree = tree_of(request);
  struct fuse_entry_param entry = {.entry_timeout = FOREVER};
  CrateNodeId node = CRATE_NO_NODE;
  CrateStatus st =
    crate_tree_look_up(tree, (CrateNodeId)parent, crate_text(name), &node);
  st = st ? st : make_entry(tree, node, &entry);
  if (st && st != CRATE_NOT_FOUND) {
    fuse_reply_err(request, errno_of(st));
  } else {
    fuse_reply_entry(request, &entry); // an inode of 0: there is none
  }
}

static void
op_getattr(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *info)
{
  struct stat about;
  (void)info;
  const CrateStatus st = stat_node(tree_of(request), (CrateNodeId)node, &about);
  if (st) {
    fuse_reply_err(request, errno_of(st));
  } else {
    fuse_reply_attr(request, &about, FOREVER);
  }
}

static void
op_readlink(fuse_req_t request, fuse_ino_t node)
{
  char target[4096];
  const CrateText text = crate_tree_target(tree_of(request), (CrateNodeId)node);
  if (text.size >= sizeof(target)) {
    fuse_reply_err(request, ENAMETOOLONG);
    return;
  }
  memcpy(target, text.data, text.size);
  target[text.size] = '\0';
  fuse_reply_readlink(request, target);
}

static void
op_open(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *info)
{
  CrateTreeFile *file = NULL;
  if ((info->flags & O_ACCMODE) != O_RDONLY) {
    fuse_reply_err(request, EROFS);
    return;
  }
  const CrateStatus st =
    crate_tree_open_file(tree_of(request), (CrateNodeId)node, &file);
  if (st) {
    fuse_reply_err(request, errno_of(st));
    return;
  }
  info->fh = (uint64_t)(uintptr_t)file;
  info->keep_cache = 1;
  if (fuse_reply_open(request, info) == -ENOENT) {
    crate_tree_close(file); // whoever asked was interrupted
  }
}

static void
op_release(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *info)
{
  (void)node;
  crate_tree_close((CrateTreeFile *)(uintptr_t)info->fh);
  fuse_reply_err(request, 0);
}

/// Send bytes from the file that holds them as they are.
static bool
reply_in_place(fuse_req_t request,
               const CrateTreeFile *file,
               uint64_t offset,
               size_t size)
{
  uint64_t at = offset;
  size_t there = size;
  const int descriptor = crate_tree_descriptor(file, &at, &there);
  if (descriptor < 0 || there < size) {
    return false;
  }
  struct fuse_bufvec bytes = FUSE_BUFVEC_INIT(there);
  bytes.buf[0].flags = FUSE_BUF_IS_FD | FUSE_BUF_FD_SEEK;
  bytes.buf[0].fd = descriptor;
  bytes.buf[0].pos = (off_t)at;
  fuse_reply_data(request, &bytes, FUSE_BUF_SPLICE_MOVE);
  return true;
}

static void
op_read(fuse_req_t request,
        fuse_ino_t node,
        size_t size,
        off_t offset,
        struct fuse_file_info *info)
{
  CrateTreeFile *const file = (CrateTreeFile *)(uintptr_t)info->fh;
  size_t got = 0;
  (void)node;
  if (reply_in_place(request, file, (uint64_t)offset, size)) {
    return;
  }
  char *const bytes = (char *)malloc(size);
  const CrateStatus st =
    bytes ? crate_tree_read(file, (uint64_t)offset, bytes, size, &got)
          : CRATE_NO_MEMORY;
  if (st) {
    fuse_reply_err(request, errno_of(st));
  } else {
    fuse_reply_buf(request, bytes, got);
  }
  free(bytes);
}

static void
op_opendir(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *info)
{
  CrateNodeId first = 0;
  uint32_t count = 0;
  const CrateStatus st =
    crate_tree_children(tree_of(request), (CrateNodeId)node, &first, &count);
  if (st) {
    fuse_reply_err(request, errno_of(st));
    return;
  }
  info->keep_cache = info->cache_readdir = 1;
  fuse_reply_open(request, info);
}

/// One entry of a folder in a buffer, as readdir or readdirplus wants it; its
/// bytes, more than `room` when it does not fit.
typedef struct {
  fuse_req_t request;
  CrateTree *tree;
  CrateNodeId folder;
  bool plus;
} Listing;

static size_t
add_entry(const Listing *listing,
          CrateNodeId node,
          const char *name,
          off_t next,
          char *at,
          size_t room)
{
  struct fuse_entry_param entry = {.attr = {.st_ino = node}};
  CrateTree *const tree = listing->tree;
  const CrateNodeKind kind = crate_tree_kind(tree, node);
  entry.attr.st_mode = kind == CRATE_NODE_FOLDER ? S_IFDIR
                       : kind == CRATE_NODE_LINK ? S_IFLNK
                                                 : S_IFREG;
  if (!listing->plus) {
    return fuse_add_direntry(listing->request, at, room, name, &entry.attr,
                             next);
  }
  // An inode of 0 tells nothing but the name: nothing is made for a listing.
  const bool tell = name[0] != '.' || (name[1] && strcmp(name, "..") != 0);
  if (tell && crate_tree_is_ready(tree, node) &&
      make_entry(tree, node, &entry)) {
    entry.ino = 0;
  }
  return fuse_add_direntry_plus(listing->request, at, room, name, &entry, next);
}

/// The i-th entry of a folder: itself, the one above, its children.
static CrateNodeId
nth_entry(const Listing *listing, CrateNodeId first, off_t i, char name[256])
{
  const CrateNodeId folder = listing->folder;
  if (i < 2) {
    const CrateNodeId above = crate_tree_parent(listing->tree, folder);
    (void)snprintf(name, 256, "%s", i ? ".." : ".");
    return i && above ? above : folder;
  }
  const CrateNodeId node = first + (CrateNodeId)(i - 2);
  const CrateText text = crate_tree_name(listing->tree, node);
  memcpy(name, text.data, text.size);
  name[text.size] = '\0';
  return node;
}

static void
list(const Listing *listing, size_t size, off_t offset)
{
  CrateNodeId first = 0;
  uint32_t count = 0;
  size_t used = 0;
  char name[256];
  char *const bytes = (char *)malloc(size);
  const CrateStatus st =
    bytes ? crate_tree_children(listing->tree, listing->folder, &first, &count)
          : CRATE_NO_MEMORY;
  for (off_t i = offset; !st && i < (off_t)count + 2; ++i) {
    const CrateNodeId node = nth_entry(listing, first, i, name);
    const size_t wanted =
      add_entry(listing, node, name, i + 1, bytes + used, size - used);
    if (wanted > size - used) {
      break;
    }
    used += wanted;
  }
  if (st) {
    fuse_reply_err(listing->request, errno_of(st));
  } else {
    fuse_reply_buf(listing->request, bytes, used);
  }
  free(bytes);
}

static void
op_readdir(fuse_req_t request,
           fuse_ino_t node,
           size_t size,
           off_t offset,
           struct fuse_file_info *info)
{
  (void)info;
  list(&(Listing){request, tree_of(request), (CrateNodeId)node, false}, size,
       offset);
}

static void
op_readdirplus(fuse_req_t request,
               fuse_ino_t node,
               size_t size,
               off_t offset,
               struct fuse_file_info *info)
{
  (void)info;
  list(&(Listing){request, tree_of(request), (CrateNodeId)node, true}, size,
       offset);
}

static void
op_statfs(fuse_req_t request, fuse_ino_t node)
{
  CrateTree *const tree = tree_of(request);
  const uint64_t bytes = crate_tree_bytes(tree);
  (void)node;
  // Full, as all that cannot be written to.
  const struct statvfs about = {
    .f_bsize = 4096,
    .f_frsize = 4096,
    .f_blocks = (fsblkcnt_t)((bytes + 4095u) / 4096u),
    .f_files = crate_tree_count(tree),
    .f_flag = ST_RDONLY | ST_NOSUID | ST_NODEV,
    .f_namemax = 255,
  };
  fuse_reply_statfs(request, &about);
}

static void
op_access(fuse_req_t request, fuse_ino_t node, int mask)
{
  (void)node;
  fuse_reply_err(request, mask & W_OK ? EROFS : 0);
}

/// Send what somebody has room for, or say how much that would be.
static void
reply_attribute(fuse_req_t request, CrateText bytes, size_t room)
{
  if (!room) {
    fuse_reply_xattr(request, bytes.size);
  } else if (bytes.size > room) {
    fuse_reply_err(request, ERANGE);
  } else {
    fuse_reply_buf(request, bytes.data, bytes.size);
  }
}

/// ENODATA for what there is not: ENOSYS would switch attributes off for as
/// long as it is mounted. `ls -l` asks for others than ours of each file.
static void
op_getxattr(fuse_req_t request, fuse_ino_t node, const char *name, size_t room)
{
  CrateAttributes attributes;
  if (!crate_text_starts(crate_text(name), CRATE_TEXT("user."))) {
    fuse_reply_err(request, ENODATA);
    return;
  }
  const CrateStatus st =
    crate_tree_attributes(tree_of(request), (CrateNodeId)node, &attributes);
  const CrateText value =
    st ? CRATE_TEXT("") : crate_attributes_get(&attributes, name);
  if (st || !value.data) {
    fuse_reply_err(request, st ? errno_of(st) : ENODATA);
  } else {
    reply_attribute(request, value, room);
  }
  crate_attributes_clear(&attributes);
}

static void
op_listxattr(fuse_req_t request, fuse_ino_t node, size_t room)
{
  CrateAttributes attributes;
  const CrateStatus st =
    crate_tree_attributes(tree_of(request), (CrateNodeId)node, &attributes);
  if (st) {
    fuse_reply_err(request, errno_of(st));
  } else {
    reply_attribute(request, crate_buffer_text(&attributes.names), room);
  }
  crate_attributes_clear(&attributes);
}

static const struct fuse_lowlevel_ops operations = {
  .lookup = op_lookup,
  .getattr = op_getattr,
  .readlink = op_readlink,
  .open = op_open,
  .read = op_read,
  .release = op_release,
  .opendir = op_opendir,
  .readdir = op_readdir,
  .readdirplus = op_readdirplus,
  .statfs = op_statfs,
  .access = op_access,
  .getxattr = op_getxattr,
  .listxattr = op_listxattr,
};

static CrateStatus
refuse(const CrateMount *mount, const char *what)
{
  const CrateDiagnostic place = {.file = crate_text(mount->folder),
                                 .code = CRATE_TEXT("not-mounted")};
  return crate_world_say(mount->world, CRATE_UNREADABLE, &place, "%s", what);
}

/// What FUSE is told: it is read-only and of one user, whatever else is asked.
static CrateStatus
make_arguments(const CrateMount *mount, struct fuse_args *arguments)
{
  static const char always[] =
    "ro,nosuid,nodev,default_permissions,subtype=crate-mount";
  char *options = NULL;
  bool fine = !fuse_opt_add_arg(arguments, "crate-mount") &&
              !fuse_opt_add_opt(&options, always) &&
              !fuse_opt_add_opt(&options, "fsname=") &&
              !fuse_opt_add_opt_escaped(&options, mount->source);
  // fsname=,NAME: the comma is the one that was put between the two.
  char *const comma = fine ? strstr(options, "fsname=,") : NULL;
  if (comma) {
    memmove(comma + 7, comma + 8, strlen(comma + 8) + 1u);
  }
  fine =
    fine && (!mount->options || !fuse_opt_add_opt(&options, mount->options));
  fine = fine && !fuse_opt_add_arg(arguments, "-o") &&
         !fuse_opt_add_arg(arguments, options);
  free(options);
  return fine ? CRATE_OK : CRATE_NO_MEMORY;
}

/// Serve until it is unmounted. The program goes into the background when the
/// folder shows the crate, not before.
static CrateStatus
serve(const CrateMount *mount, struct fuse_session *session)
{
  struct fuse_loop_config *const config = fuse_loop_cfg_create();
  if (!config) {
    return CRATE_NO_MEMORY;
  }
  mount->ready(mount->handle);
  CrateStatus st = fuse_daemonize(mount->foreground)
                     ? refuse(mount, "cannot go into the background")
                     : CRATE_OK;
  if (!st && fuse_session_loop_mt(session, config) < 0) {
    st = refuse(mount, "the kernel ended the mount");
  }
  fuse_loop_cfg_destroy(config);
  return st;
}

static CrateStatus
run_session(const CrateMount *mount, struct fuse_session *session)
{
  if (fuse_set_signal_handlers(session)) {
    return refuse(mount, "cannot wait for signals");
  }
  CrateStatus st = fuse_session_mount(session, mount->folder)
                     ? refuse(mount, "cannot be mounted on: expected an empty "
                                     "folder, /dev/fuse and fusermount3")
                     : CRATE_OK;
  if (!st) {
    st = serve(mount, session);
    fuse_session_unmount(session);
  }
  fuse_remove_signal_handlers(session);
  return st;
}

CrateStatus
crate_mount_run(const CrateMount *mount)
{
  struct fuse_args arguments = FUSE_ARGS_INIT(0, NULL);
  CrateStatus st = make_arguments(mount, &arguments);
  struct fuse_session *const session =
    st ? NULL
       : fuse_session_new(&arguments, &operations, sizeof(operations),
                          (void *)(uintptr_t)mount);
  if (session) {
    st = run_session(mount, session);
    fuse_session_destroy(session);
  } else {
    st = st ? st : refuse(mount, "an option after -o is none");
  }
  fuse_opt_free_args(&arguments);
  return st;
}
