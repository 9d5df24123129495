// SPDX-License-Identifier: Apache-2.0
// A folder. The kernel keeps look-ups beneath it: openat2(RESOLVE_BENEATH).
#include "base/file.h"
#include "package/access.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct {
  const CrateWorld *world;
  int root;
  int last;         // the folder looked into last, or -1
  CrateArena names; // holds last_path
  CrateText last_path;
  size_t skipped;          // links that the listing left out
  char first_skipped[512]; // the first of them, as far as it goes
} Folder;

CrateStatus
crate_folder_open(const CrateWorld *world, const char *path, void **out)
{
  *out = NULL;
  Folder *const folder = (Folder *)crate_world_allocate(world, sizeof(Folder));
  if (!folder) {
    return CRATE_NO_MEMORY;
  }
  *folder = (Folder){.world = world, .last = -1};
  crate_arena_init(&folder->names, world);
  folder->root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder->root < 0) {
    const CrateDiagnostic where = {.file = crate_text(path),
                                   .code = CRATE_TEXT("unreadable")};
    crate_world_release(world, folder);
    return crate_world_say(world, CRATE_UNREADABLE, &where, "%s",
                           strerror(errno));
  }
  *out = folder;
  return CRATE_OK;
}

/// Without openat2 (an old kernel, a sandbox): step by step, and no link is
/// followed, as nobody could say where it ends. errno is ELOOP at a link.
static int
walk_beneath(const Folder *folder, const char *path, int flags)
{
  char name[NAME_MAX + 1];
  int at = openat(folder->root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  while (at >= 0 && *path) {
    const size_t size = strcspn(path, "/");
    const bool last = !path[size] || !path[size + 1u];
    const int how = last ? flags : O_PATH | O_DIRECTORY;
    struct stat info;
    int next = -1;
    errno = ENAMETOOLONG;
    if (size < sizeof(name)) {
      memcpy(name, path, size);
      name[size] = '\0';
      next = openat(at, name, how | O_NOFOLLOW | O_CLOEXEC);
    }
    if (next < 0 && size < sizeof(name) &&
        !fstatat(at, name, &info, AT_SYMLINK_NOFOLLOW)) {
      errno = S_ISLNK(info.st_mode) ? ELOOP : errno;
    }
    const int error = errno;
    close(at);
    errno = error;
    at = next;
    path += size + (path[size] == '/');
  }
  return at;
}

/// Open beneath the root; errno is EXDEV when a link or ".." leads out.
static int
open_beneath(const Folder *folder, const char *path, int flags)
{
  const struct open_how how = {
    .flags = (uint64_t)(flags | O_CLOEXEC),
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
  };
  const char *const name = *path ? path : ".";
  const int fd =
    (int)syscall(SYS_openat2, folder->root, name, &how, sizeof(how));
  if (fd >= 0 || (errno != ENOSYS && errno != EPERM)) {
    return fd;
  }
  return *path ? walk_beneath(folder, path, flags)
               : openat(folder->root, ".", flags | O_CLOEXEC);
}

static CrateMember
member_of(const struct stat *info)
{
  return S_ISDIR(info->st_mode)   ? CRATE_MEMBER_FOLDER
         : S_ISREG(info->st_mode) ? CRATE_MEMBER_FILE
         : S_ISLNK(info->st_mode) ? CRATE_MEMBER_UNKNOWN // not followed
                                  : CRATE_MEMBER_ABSENT; // a FIFO is no data
}

/// The slow, general way: let the kernel resolve the whole path.
static CrateMember
resolve(const Folder *folder, const char *path, struct stat *info)
{
  const int fd = open_beneath(folder, path, O_PATH);
  if (fd < 0) {
    // ELOOP: a chain of links without end, or one that is not followed.
    return errno == EXDEV || errno == ELOOP ? CRATE_MEMBER_OUTSIDE
                                            : CRATE_MEMBER_ABSENT;
  }
  const CrateMember member =
    fstat(fd, info) ? CRATE_MEMBER_ABSENT : member_of(info);
  close(fd);
  return member;
}

/// Step into the folder that holds a member, unless we are still there:
/// members of one folder tend to be asked for one after another.
static CrateStatus
enter(Folder *folder, CrateText parent, bool *entered)
{
  *entered = folder->last >= 0 && crate_text_equal(folder->last_path, parent);
  if (*entered) {
    return CRATE_OK;
  }
  if (folder->last >= 0) {
    close(folder->last);
    folder->last = -1;
  }
  crate_arena_reset(&folder->names);
  CRATE_TRY(crate_arena_copy(&folder->names, parent, &folder->last_path));
  folder->last =
    open_beneath(folder, folder->last_path.data, O_PATH | O_DIRECTORY);
  *entered = folder->last >= 0;
  return CRATE_OK;
}

/// A member's path as the system wants it, and where its name begins.
typedef struct {
  char path[4096]; // NUL-ended
  size_t name;
} Member;

/// False for a path that no member can have: longer than PATH_MAX, say.
static bool
split(CrateText path, Member *out)
{
  if (path.size >= sizeof(out->path) || memchr(path.data, 0, path.size)) {
    return false;
  }
  memcpy(out->path, path.data, path.size);
  out->path[path.size] = '\0';
  out->name = path.size;
  while (out->name && path.data[out->name - 1u] != '/') {
    --out->name;
  }
  return true;
}

/// Step into the folder of a member. False: it has to be looked up whole.
static CrateStatus
enter_parent(Folder *folder, const Member *member, bool *entered)
{
  const char *const name = member->path + member->name;
  const CrateText parent = {member->path, member->name};
  CRATE_TRY(enter(folder, parent, entered));
  *entered =
    *entered && *name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
  return CRATE_OK;
}

static CrateStatus
folder_find(void *place, CrateText path, CrateMember *out, uint64_t *size)
{
  Folder *const folder = (Folder *)place;
  struct stat info = {0};
  Member member;
  bool entered = false;
  *out = CRATE_MEMBER_ABSENT;
  if (!split(path, &member)) {
    return CRATE_OK;
  }
  CRATE_TRY(enter_parent(folder, &member, &entered));
  if (entered &&
      !fstatat(folder->last, member.path + member.name, &info,
               AT_SYMLINK_NOFOLLOW) &&
      !S_ISLNK(info.st_mode)) {
    *out = member_of(&info);
  } else {
    *out = resolve(folder, member.path, &info);
  }
  *size = *out == CRATE_MEMBER_FILE ? (uint64_t)info.st_size : 0;
  return CRATE_OK;
}

/// Open a member to read it; -1 as open() answers. Links are resolved the slow
/// way, which keeps them beneath the root.
static CrateStatus
open_member(Folder *folder, CrateText path, int *fd)
{
  const int flags = O_RDONLY | O_NONBLOCK;
  Member member;
  bool entered = false;
  *fd = -1;
  errno = ENOENT;
  if (!split(path, &member)) {
    return CRATE_OK;
  }
  CRATE_TRY(enter_parent(folder, &member, &entered));
  if (entered) {
    *fd = openat(folder->last, member.path + member.name,
                 flags | O_NOFOLLOW | O_CLOEXEC);
  }
  if (*fd < 0 && (!entered || errno == ELOOP)) {
    *fd = open_beneath(folder, member.path, flags);
  }
  return CRATE_OK;
}

/// What we say ourselves of a file that changed; no call of the system's does.
#define CHANGED ESTALE

/// Say why a member cannot be read.
static CrateStatus
refuse_member(const Folder *folder, CrateText path, int error)
{
  const CrateDiagnostic where = {.file = path,
                                 .code = CRATE_TEXT("unreadable")};
  return crate_world_say(folder->world,
                         error == ENOENT ? CRATE_NOT_FOUND : CRATE_UNREADABLE,
                         &where, "%s",
                         error == EXDEV     ? "a link leads out of the package"
                         : error == CHANGED ? "it changed while it was read"
                         : error == EISDIR  ? "it is no file"
                                            : strerror(error));
}

static CrateStatus
folder_read(void *place, CrateText path, CrateArena *arena, CrateText *out)
{
  Folder *const folder = (Folder *)place;
  int fd = -1;
  CRATE_TRY(open_member(folder, path, &fd));
  if (fd < 0) {
    return refuse_member(folder, path, errno);
  }
  const CrateStatus st =
    crate_file_read_arena(folder->world, path, fd, arena, out);
  close(fd);
  return st;
}

/// A file that somebody writes to is neither what it was nor what it will be.
static CrateStatus
check_unchanged(int fd, const struct stat *before)
{
  struct stat after;
  const bool same = !fstat(fd, &after) && after.st_size == before->st_size &&
                    after.st_mtim.tv_sec == before->st_mtim.tv_sec &&
                    after.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
  errno = CHANGED;
  return same ? CRATE_OK : CRATE_UNREADABLE;
}

/// A file that grows while it is read ends where it ended at first.
static CrateStatus
pour_file(int fd, char *buffer, const CratePour *to)
{
  struct stat info;
  if (fstat(fd, &info) || !S_ISREG(info.st_mode)) {
    errno = EISDIR;
    return CRATE_UNREADABLE;
  }
  for (uint64_t left = (uint64_t)info.st_size; left;) {
    const size_t wanted = left < CRATE_PIECE ? (size_t)left : CRATE_PIECE;
    const ssize_t got = read(fd, buffer, wanted);
    if (got < 0 && errno != EINTR) {
      return CRATE_UNREADABLE;
    }
    if (!got) {
      break; // cut while we looked
    }
    left -= got > 0 ? (uint64_t)got : 0;
    if (got > 0) {
      CRATE_TRY(to->take(to->handle, (CrateText){buffer, (size_t)got}));
    }
  }
  return check_unchanged(fd, &info);
}

static CrateStatus
folder_pour(void *place, CrateText path, const CratePour *to)
{
  Folder *const folder = (Folder *)place;
  int fd = -1;
  CRATE_TRY(open_member(folder, path, &fd));
  if (fd < 0) {
    return refuse_member(folder, path, errno);
  }
  char *const buffer = (char *)crate_world_allocate(folder->world, CRATE_PIECE);
  const CrateStatus st = buffer ? pour_file(fd, buffer, to) : CRATE_NO_MEMORY;
  const int error = errno;
  close(fd);
  crate_world_release(folder->world, buffer);
  return st == CRATE_UNREADABLE ? refuse_member(folder, path, error) : st;
}

/// The last bytes of an open file.
static CrateStatus
read_tail(int fd,
          size_t most,
          CrateArena *arena,
          CrateText *out,
          uint64_t *size)
{
  struct stat info;
  if (fstat(fd, &info) || !S_ISREG(info.st_mode)) {
    errno = EISDIR;
    return CRATE_UNREADABLE;
  }
  *size = (uint64_t)info.st_size;
  const size_t wanted = *size < most ? (size_t)*size : most;
  char *const bytes = (char *)crate_arena_allocate(arena, wanted + 1u);
  if (!bytes) {
    return crate_arena_status(arena);
  }
  for (size_t done = 0; done < wanted;) {
    const ssize_t got =
      pread(fd, bytes + done, wanted - done, (off_t)(*size - wanted + done));
    if (got < 0 && errno != EINTR) {
      return CRATE_UNREADABLE;
    }
    if (!got) {
      break; // cut while we looked
    }
    done += got > 0 ? (size_t)got : 0;
  }
  *out = (CrateText){bytes, wanted};
  return check_unchanged(fd, &info);
}

static CrateStatus
folder_tail(void *place,
            CrateText path,
            size_t most,
            CrateArena *arena,
            CrateText *out,
            uint64_t *size)
{
  Folder *const folder = (Folder *)place;
  int fd = -1;
  CRATE_TRY(open_member(folder, path, &fd));
  if (fd < 0) {
    return refuse_member(folder, path, errno);
  }
  const CrateStatus st = read_tail(fd, most, arena, out, size);
  const int error = errno;
  close(fd);
  return st == CRATE_UNREADABLE ? refuse_member(folder, path, error) : st;
}

static CrateStatus
folder_locate(void *place, CrateText path, CrateArena *arena, CrateExtent *out)
{
  Folder *const folder = (Folder *)place;
  struct stat info;
  int fd = -1;
  (void)arena;
  CRATE_TRY(open_member(folder, path, &fd));
  if (fd < 0) {
    return refuse_member(folder, path, errno);
  }
  const int error = fstat(fd, &info)        ? errno
                    : S_ISREG(info.st_mode) ? 0
                                            : EISDIR;
  if (error) {
    close(fd);
    return refuse_member(folder, path, error);
  }
  const uint64_t size = (uint64_t)info.st_size;
  *out = (CrateExtent){
    .bytes = {.world = folder->world, .descriptor = fd, .size = size},
    .owned = true,
    .size = size};
  return CRATE_OK;
}

typedef struct {
  Folder *folder;
  unsigned levels;
  CrateStatus (*add)(void *handle, CrateMemberEntry entry);
  void *handle;
  CrateArena *paths;
} Walk;

static CrateStatus
refuse_depth(const CrateWorld *world)
{
  const CrateDiagnostic where = {.code = CRATE_TEXT("over-limit")};
  return crate_world_say(world, CRATE_OVER_LIMIT, &where,
                         "folders are nested too deep");
}

static CrateStatus walk_folder(Walk *walk, CrateText path, unsigned depth);

/// What an entry is: most file systems say so in the folder itself.
static unsigned char
type_of(int fd, const struct dirent *entry)
{
  struct stat info;
  return entry->d_type != DT_UNKNOWN ? entry->d_type
         : fstatat(fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW)
           ? DT_UNKNOWN
           : IFTODT(info.st_mode);
}

/// Whether a link is as good as a file of this folder.
static bool
leads_to_file(const Folder *folder, CrateText path)
{
  struct stat info;
  return resolve(folder, path.data, &info) == CRATE_MEMBER_FILE;
}

/// A link to a folder is looked up by name, never walked; one that leads out or
/// nowhere is no member.
static void
note_skipped(Folder *folder, CrateText path)
{
  if (!folder->skipped++) {
    snprintf(folder->first_skipped, sizeof(folder->first_skipped), "%.*s",
             CRATE_TEXT_ARG(path));
  }
}

static CrateStatus
walk_entry(Walk *walk,
           CrateText folder,
           int fd,
           const struct dirent *found,
           unsigned depth)
{
  const char *const name = found->d_name;
  if (!strcmp(name, ".") || !strcmp(name, "..")) {
    return CRATE_OK;
  }
  const unsigned char type = type_of(fd, found);
  const bool is_folder = type == DT_DIR;
  if (!is_folder && type != DT_REG && type != DT_LNK) {
    return CRATE_OK;
  }
  const CrateText parts[] = {folder, crate_text(name),
                             crate_text(is_folder ? "/" : "")};
  CrateMemberEntry entry;
  CRATE_TRY(crate_arena_join(walk->paths, parts, 3, &entry.path));
  if (type == DT_LNK && !leads_to_file(walk->folder, entry.path)) {
    note_skipped(walk->folder, entry.path);
    return CRATE_OK;
  }
  CRATE_TRY(walk->add(walk->handle, entry));
  return is_folder && depth + 1u < walk->levels
           ? walk_folder(walk, entry.path, depth + 1u)
           : CRATE_OK;
}

static CrateStatus
walk_folder(Walk *walk, CrateText path, unsigned depth)
{
  const CrateWorld *const world = walk->folder->world;
  if (depth > world->limits.depth) {
    return refuse_depth(world);
  }
  const int fd = open_beneath(walk->folder, path.size ? path.data : ".",
                              O_RDONLY | O_DIRECTORY);
  DIR *const dir = fd < 0 ? NULL : fdopendir(fd);
  if (!dir) {
    const int error = errno;
    if (fd >= 0) {
      close(fd);
    }
    // What may not be read, or is gone, has no members that we could know.
    return error == ENAMETOOLONG                ? refuse_depth(world)
           : error == EMFILE || error == ENFILE ? refuse_depth(world)
           : error == ENOMEM                    ? CRATE_NO_MEMORY
                                                : CRATE_OK;
  }
  CrateStatus st = CRATE_OK;
  for (struct dirent *entry = readdir(dir); entry && !st;
       entry = readdir(dir)) {
    st = walk_entry(walk, path, fd, entry, depth);
  }
  closedir(dir);
  return st;
}

static CrateStatus
folder_list(void *place,
            unsigned levels,
            CrateStatus (*add)(void *handle, CrateMemberEntry entry),
            void *handle)
{
  Folder *const folder = (Folder *)place;
  CrateArena paths;
  crate_arena_init(&paths, folder->world);
  Walk walk = {folder, levels, add, handle, &paths};
  folder->skipped = 0;
  const CrateStatus st = walk_folder(&walk, (CrateText){NULL, 0}, 0);
  crate_arena_clear(&paths);
  return st;
}

static size_t
folder_skipped(const void *place, CrateText *first)
{
  const Folder *const folder = (const Folder *)place;
  *first = crate_text(folder->skipped ? folder->first_skipped : "");
  return folder->skipped;
}

/// All but the root, which is the first one's.
static void
folder_unshare(void *place)
{
  Folder *const folder = (Folder *)place;
  if (folder->last >= 0) {
    close(folder->last);
  }
  crate_arena_clear(&folder->names);
  crate_world_release(folder->world, folder);
}

static void
folder_close(void *place)
{
  Folder *const folder = (Folder *)place;
  if (folder) {
    close(folder->root);
    folder_unshare(folder);
  }
}

static CrateStatus
folder_share(const void *place, const CrateWorld *world, void **out)
{
  Folder *const folder = (Folder *)crate_world_allocate(world, sizeof(Folder));
  *out = folder;
  if (!folder) {
    return CRATE_NO_MEMORY;
  }
  *folder =
    (Folder){.world = world, .root = ((const Folder *)place)->root, .last = -1};
  crate_arena_init(&folder->names, world);
  return CRATE_OK;
}

const CratePlaceVerbs crate_folder_verbs = {
  .find = folder_find,
  .read = folder_read,
  .pour = folder_pour,
  .tail = folder_tail,
  .locate = folder_locate,
  .share = folder_share,
  .unshare = folder_unshare,
  .list = folder_list,
  .skipped = folder_skipped,
  .close = folder_close,
};
