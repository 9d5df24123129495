// SPDX-License-Identifier: Apache-2.0
#include "validate/program/watch.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
  QUIET = 50,   // milliseconds without a change: whoever saves is done
  MOST = 1000,  // and so long it may go on
  GRACE = 200,  // what is nearly done may end when a signal came
  SPOTS = 8192, // folders; a user may have no more on many systems
};

/// What tells that a file has other bytes, or another name. Editors write in
/// place, or write anew and rename.
#define CHANGES                                                                \
  (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |      \
   IN_DELETE_SELF | IN_MOVE_SELF)

/// A folder under watch.
typedef struct {
  int number; // of the kernel
  CrateText path;
  CrateText name; // of the one file that matters there; empty: all do
  dev_t device;
  ino_t inode;
} Spot;

struct CrateWatch {
  const CrateWorld *world;
  int changes, signals;
  sigset_t before;
  CrateArena arena; // paths of the spots
  Spot *spots;
  size_t count, capacity;
  bool ignores; // the file of that name, in the folder of that number
  CrateText ignored;
  dev_t device;
  ino_t inode;
  char changed[4352];
  bool said_full, said_remote;
};

static CrateStatus
refuse(const CrateWorld *world, const char *what)
{
  const CrateDiagnostic where = {.code = CRATE_TEXT("no-watch")};
  return crate_world_say(world, CRATE_UNSUPPORTED, &where,
                         "--watch is not to be had here: %s: %s", what,
                         strerror(errno));
}

CrateStatus
crate_watch_new(const CrateWorld *world, CrateWatch **out)
{
  static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD};
  sigset_t set;
  CrateWatch *const watch =
    (CrateWatch *)crate_world_allocate(world, sizeof(*watch));
  *out = watch;
  if (!watch) {
    return CRATE_NO_MEMORY;
  }
  *watch = (CrateWatch){.world = world, .changes = -1, .signals = -1};
  crate_arena_init(&watch->arena, world);
  sigemptyset(&set);
  for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); ++i) {
    sigaddset(&set, ends[i]);
  }
  sigprocmask(SIG_BLOCK, &set, &watch->before);
  watch->changes = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  watch->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (watch->changes >= 0 && watch->signals >= 0) {
    return CRATE_OK;
  }
  const CrateStatus st = refuse(world, "inotify");
  crate_watch_free(watch);
  *out = NULL;
  return st;
}

void
crate_watch_free(CrateWatch *watch)
{
  if (!watch) {
    return;
  }
  const CrateWorld *const world = watch->world;
  close(watch->changes);
  close(watch->signals);
  sigprocmask(SIG_SETMASK, &watch->before, NULL);
  crate_arena_clear(&watch->arena);
  crate_world_release(world, watch->spots);
  crate_world_release(world, watch);
}

void
crate_watch_begin(CrateWatch *watch)
{
  watch->count = 0;
  crate_arena_reset(&watch->arena);
}

size_t
crate_watch_count(const CrateWatch *watch)
{
  return watch->count;
}

/// The folder a path is in, and its name there.
static CrateStatus
split(CrateArena *arena, CrateText path, CrateText *folder, CrateText *name)
{
  while (path.size > 1u && path.data[path.size - 1u] == '/') {
    --path.size;
  }
  size_t slash = path.size;
  while (slash && path.data[slash - 1u] != '/') {
    --slash;
  }
  CRATE_TRY(
    crate_arena_copy(arena, crate_text_slice(path, slash, path.size), name));
  return crate_arena_copy(
    arena, slash ? crate_text_slice(path, 0, slash) : CRATE_TEXT("./"), folder);
}

void
crate_watch_ignore(CrateWatch *watch, const char *file)
{
  struct stat about;
  CrateText folder;
  CrateArena scratch;
  crate_arena_init(&scratch, watch->world);
  watch->ignores =
    file && !split(&scratch, crate_text(file), &folder, &watch->ignored) &&
    !stat(folder.data, &about);
  if (watch->ignores) {
    watch->ignored = crate_text(file + strlen(file) - watch->ignored.size);
    watch->device = about.st_dev;
    watch->inode = about.st_ino;
  }
  crate_arena_clear(&scratch);
}

static void
warn(CrateText path, const CrateWorld *world, const char *words)
{
  const CrateDiagnostic where = {.level = CRATE_DIAGNOSTIC_WARNING,
                                 .file = path,
                                 .code = CRATE_TEXT("not-watched")};
  crate_world_say(world, CRATE_OK, &where, "%s", words);
}

/// File systems that other machines, or programs, change without a word.
static bool
is_remote(const char *folder)
{
  static const unsigned long kinds[] = {
    0x6969u,     // NFS
    0x517Bu,     // SMB
    0xFE534D42u, // SMB 2
    0xFF534D42u, // CIFS
    0x65735546u, // FUSE
    0x01021997u, // 9P
    0x00C36400u, // Ceph
    0x0BD00BD0u, // Lustre
  };
  struct statfs about;
  if (!statfs(folder, &about)) {
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); ++i) {
      if (((unsigned long)about.f_type & 0xFFFFFFFFu) == kinds[i]) {
        return true;
      }
    }
  }
  return false;
}

/// Watch one folder, for all or for one name in it. NUL-ended path in the
/// arena.
static CrateStatus
add_spot(CrateWatch *watch, CrateText folder, CrateText name)
{
  struct stat about;
  if (watch->count == SPOTS && !watch->said_full) {
    watch->said_full = true;
    warn(folder, watch->world,
         "too many folders: changes here and below are not seen");
  }
  if (watch->count == SPOTS || stat(folder.data, &about)) {
    return CRATE_OK; // or it is gone again
  }
  const int number =
    inotify_add_watch(watch->changes, folder.data, CHANGES | IN_ONLYDIR);
  if (number < 0) {
    if (errno != ENOENT && !watch->said_full) {
      watch->said_full = true;
      warn(folder, watch->world,
           errno == ENOSPC ? "the system watches no more folders "
                             "(fs.inotify.max_user_watches): changes here and "
                             "below are not seen"
                           : "the folder cannot be watched");
    }
    return CRATE_OK;
  }
  if (!watch->said_remote && is_remote(folder.data)) {
    watch->said_remote = true;
    warn(folder, watch->world,
         "on this file system, changes made elsewhere are not seen");
  }
  CRATE_TRY(crate_world_reserve(watch->world, &watch->spots, &watch->capacity,
                                watch->count + 1u, sizeof(Spot)));
  watch->spots[watch->count++] =
    (Spot){number, folder, name, about.st_dev, about.st_ino};
  return CRATE_OK;
}

static bool
is_folder(int folder, const struct dirent *entry)
{
  struct stat about;
  return entry->d_type == DT_DIR ||
         (entry->d_type == DT_UNKNOWN &&
          !fstatat(folder, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) &&
          S_ISDIR(about.st_mode));
}

/// The folders right below one.
static CrateStatus
add_below(CrateWatch *watch, CrateText path)
{
  DIR *const folder = opendir(path.data);
  CrateStatus st = CRATE_OK;
  for (struct dirent *entry = folder ? readdir(folder) : NULL; entry && !st;
       entry = readdir(folder)) {
    const CrateText name = crate_text(entry->d_name);
    if (!is_folder(dirfd(folder), entry) || crate_text_is(name, ".") ||
        crate_text_is(name, "..") || crate_text_is(name, ".git")) {
      continue;
    }
    const CrateText parts[] = {path, name, CRATE_TEXT("/")};
    CrateText below;
    st = crate_arena_join(&watch->arena, parts, 3, &below);
    st = st ? st : add_spot(watch, below, CRATE_TEXT(""));
  }
  if (folder) {
    closedir(folder);
  }
  return st;
}

/// The folder of a path says when it is replaced as a whole, comes or goes. Of
/// a path that leads through an archive, or is not there yet, the nearest one
/// that is.
static CrateStatus
add_name(CrateWatch *watch, CrateText path)
{
  CrateText name = path;
  struct stat about;
  do {
    CrateText folder;
    CRATE_TRY(split(&watch->arena, path, &folder, &name));
    if (!name.size || crate_text_is(name, ".") || crate_text_is(name, "..")) {
      return CRATE_OK;
    }
    if (!stat(folder.data, &about) && S_ISDIR(about.st_mode)) {
      return add_spot(watch, folder, name);
    }
    path = crate_text_slice(path, 0, folder.size);
  } while (path.size > 1u);
  return CRATE_OK;
}

CrateStatus
crate_watch_add(CrateWatch *watch, CrateText path)
{
  CrateText folder;
  struct stat about;
  CrateArena *const arena = &watch->arena;
  CRATE_TRY(add_name(watch, path));
  const bool slash = crate_text_ends(path, CRATE_TEXT("/"));
  const CrateText parts[] = {path, slash ? CRATE_TEXT("") : CRATE_TEXT("/")};
  CRATE_TRY(crate_arena_join(arena, parts, 2, &folder));
  if (stat(folder.data, &about)) {
    return CRATE_OK; // a file, or nothing yet
  }
  size_t next = watch->count;
  CRATE_TRY(add_spot(watch, folder, CRATE_TEXT("")));
  for (; next < watch->count; ++next) {
    CRATE_TRY(add_below(watch, watch->spots[next].path));
  }
  return CRATE_OK;
}

/// Whether an event is about something that was named; its path then.
static bool
matters(CrateWatch *watch, const struct inotify_event *event)
{
  const CrateText name =
    event->len ? crate_text(event->name) : (CrateText){NULL, 0};
  if (event->mask & IN_Q_OVERFLOW) {
    snprintf(watch->changed, sizeof(watch->changed), "much at once");
    return true;
  }
  for (size_t i = 0; i < watch->count; ++i) {
    const Spot *const spot = &watch->spots[i];
    if (spot->number != event->wd || event->mask & IN_IGNORED ||
        (spot->name.size && !crate_text_equal(spot->name, name)) ||
        (watch->ignores && crate_text_equal(watch->ignored, name) &&
         spot->device == watch->device && spot->inode == watch->inode)) {
      continue;
    }
    if (!watch->changed[0]) {
      snprintf(watch->changed, sizeof(watch->changed), "%.*s%.*s",
               CRATE_TEXT_ARG(spot->path), CRATE_TEXT_ARG(name));
    }
    return true;
  }
  return false;
}

/// Take what the kernel has to tell.
static bool
read_changes(CrateWatch *watch)
{
  union {
    char bytes[8192];
    struct inotify_event align;
  } buffer;
  bool found = false;
  for (;;) {
    const ssize_t size =
      read(watch->changes, buffer.bytes, sizeof(buffer.bytes));
    if (size <= 0) {
      return found;
    }
    for (ssize_t at = 0; at < size;) {
      const struct inotify_event *const event =
        (const struct inotify_event *)(const void *)(buffer.bytes + at);
      found |= matters(watch, event);
      at += (ssize_t)(sizeof(*event) + event->len);
    }
  }
}

/// Whether a signal came that asks for an end.
static bool
is_asked_to_end(const CrateWatch *watch)
{
  struct signalfd_siginfo info;
  bool end = false;
  while (read(watch->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
    end |= info.ssi_signo != SIGCHLD;
  }
  return end;
}

static long
milliseconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

CrateStatus
crate_watch_wait(CrateWatch *watch, CrateText *changed)
{
  struct pollfd sources[] = {{watch->changes, POLLIN, 0},
                             {watch->signals, POLLIN, 0}};
  long since = 0;
  *changed = (CrateText){NULL, 0};
  watch->changed[0] = '\0';
  for (;;) {
    const int ready = poll(sources, 2, since ? QUIET : -1);
    if (ready < 0 && errno != EINTR) {
      return refuse(watch->world, "poll");
    }
    if (is_asked_to_end(watch)) {
      return CRATE_OK;
    }
    if (read_changes(watch) && !since) {
      since = milliseconds();
    }
    if (since && (!ready || milliseconds() - since > MOST)) {
      *changed = crate_text(watch->changed);
      return CRATE_OK;
    }
  }
}

CrateStatus
crate_watch_run(CrateWatch *watch,
                int (*work)(void *handle),
                void *handle,
                int *status,
                bool *more)
{
  struct pollfd source = {watch->signals, POLLIN, 0};
  int how = 0;
  *more = true;
  fflush(NULL);
  const pid_t child = fork();
  if (child < 0) {
    return refuse(watch->world, "fork");
  }
  if (!child) {
    sigprocmask(SIG_SETMASK, &watch->before, NULL);
    _exit(work(handle)); // `work` closed its output
  }
  while (waitpid(child, &how, WNOHANG) == 0) {
    if (!poll(&source, 1, *more ? -1 : GRACE)) {
      kill(child, SIGKILL);
    }
    *more = !is_asked_to_end(watch) && *more;
  }
  if (WIFEXITED(how)) {
    *status = WEXITSTATUS(how);
  } else if (*more) {
    *status = 2; // it crashed
  }
  return CRATE_OK;
}
