// SPDX-License-Identifier: Apache-2.0
// A crate as a folder that was not there before.
//
// It is made beside its place, under a name of its own, and put there when all
// of it is written; what cannot be finished is taken away again, file by file.
// Every step goes into a folder that we hold open and follows no link, so that
// nothing is written outside, whatever the names are and whoever is about.
#include "convert/surgery/contents.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0644, FOLDER_MODE = 0755, MOST_TRIES = 100 };

#define FOLDER_FLAGS (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

typedef struct Writer {
  const CrateWorld *world;
  CrateText folder; ///< As the person called it.
  char name[32];    ///< Of what is made, beside its place.
  char *place;      ///< The path of its place, without slashes at its end.
  const char *last; ///< The name there.
  int parent, root; ///< Open folders, or -1.
  int within;       ///< The folder of the last file, or -1.
  CrateText in;     ///< Its path below the root.
  CrateText path;   ///< Of what is being written.
  int file;         ///< The same, or -1.
} Writer;

static CrateStatus
refuse(const Writer *writer,
       CrateText path,
       CrateStatus status,
       const char *why)
{
  const CrateDiagnostic place = {.file = writer->folder,
                                 .code = CRATE_TEXT("unwritable-folder")};
  return crate_world_say(writer->world, status, &place, "%.*s%s%s",
                         CRATE_TEXT_ARG(path), path.size ? ": " : "", why);
}

static CrateStatus
refuse_errno(const Writer *writer, CrateText path)
{
  const int error = errno;
  return refuse(
    writer, path, CRATE_UNREADABLE,
    error == ENAMETOOLONG ? "the file system has no room for so long a name"
    : error == EEXIST ? "the file system takes this name for that of another"
                      : strerror(error));
}

static void
close_one(int *descriptor)
{
  if (*descriptor >= 0) {
    close(*descriptor);
  }
  *descriptor = -1;
}

/// Split the place into the folder it is in and its name there.
static CrateStatus
open_parent(Writer *writer)
{
  size_t size = writer->folder.size;
  while (size > 1u && writer->folder.data[size - 1u] == '/') {
    --size;
  }
  writer->place = crate_world_allocate(writer->world, size + 1u);
  if (!writer->place) {
    return CRATE_NO_MEMORY;
  }
  memcpy(writer->place, writer->folder.data, size);
  writer->place[size] = '\0';
  char *const slash = strrchr(writer->place, '/');
  writer->last = slash ? slash + 1 : writer->place;
  if (slash) {
    *slash = '\0';
  }
  const char *const above = !slash                   ? "."
                            : slash == writer->place ? "/"
                                                     : writer->place;
  writer->parent = open(above, O_PATH | O_DIRECTORY | O_CLOEXEC);
  return writer->parent < 0 ? refuse_errno(writer, CRATE_TEXT("")) : CRATE_OK;
}

static CrateStatus
refuse_old(const Writer *writer)
{
  return refuse(writer, CRATE_TEXT(""), CRATE_BAD_ARGUMENT,
                "it exists already, and only a new folder is written");
}

/// What is there already stays as it is.
static CrateStatus
check_place(const Writer *writer)
{
  struct stat about;
  if (!fstatat(writer->parent, writer->last, &about, AT_SYMLINK_NOFOLLOW)) {
    return refuse_old(writer);
  }
  return errno == ENOENT && *writer->last
           ? CRATE_OK
           : refuse_errno(writer, CRATE_TEXT(""));
}

/// Make the folder under another name.
static CrateStatus
create_root(Writer *writer)
{
  int made = -1;
  for (int i = 0; made && i < MOST_TRIES; ++i) {
    snprintf(writer->name, sizeof writer->name, ".crate-%ld-%d", (long)getpid(),
             i);
    made = mkdirat(writer->parent, writer->name, FOLDER_MODE);
    i = made && errno != EEXIST ? MOST_TRIES : i;
  }
  if (made) {
    writer->name[0] = '\0';
    return refuse_errno(writer, CRATE_TEXT(""));
  }
  writer->root = openat(writer->parent, writer->name, FOLDER_FLAGS);
  return writer->root < 0 ? refuse_errno(writer, CRATE_TEXT("")) : CRATE_OK;
}

/// A name that is one everywhere: of something in this very folder.
static bool
is_name(CrateText name)
{
  return name.size && !crate_text_is(name, ".") && !crate_text_is(name, "..") &&
         crate_text_find(name, '\0') == name.size;
}

/// A segment of a path as the system wants it. False, with errno, for one that
/// no folder can hold.
static bool
copy_name(CrateText segment, char name[NAME_MAX + 1])
{
  errno = segment.size > NAME_MAX ? ENAMETOOLONG : EINVAL;
  if (segment.size > NAME_MAX || !is_name(segment)) {
    return false;
  }
  memcpy(name, segment.data, segment.size);
  name[segment.size] = '\0';
  return true;
}

/// Open a folder below the root, step by step; `make` those that are missing.
/// -1 as open() answers.
static int
descend(const Writer *writer, CrateText path, bool make)
{
  char name[NAME_MAX + 1];
  int at = openat(writer->root, ".", FOLDER_FLAGS);
  while (at >= 0 && path.size) {
    const size_t end = crate_text_find(path, '/');
    const bool sound = copy_name(crate_text_slice(path, 0, end), name);
    int next = sound ? openat(at, name, FOLDER_FLAGS) : -1;
    if (sound && next < 0 && make && errno == ENOENT &&
        !mkdirat(at, name, FOLDER_MODE)) {
      next = openat(at, name, FOLDER_FLAGS);
    }
    const int error = errno;
    close(at);
    errno = error;
    at = next;
    path = crate_text_slice(path, end + 1u, path.size);
  }
  return at;
}

/// The folder that a path begins with, its slash included.
static CrateText
folder_of(CrateText path)
{
  size_t size = path.size;
  while (size && path.data[size - 1u] != '/') {
    --size;
  }
  return crate_text_slice(path, 0, size);
}

/// Step into a folder, unless we are still there: neighbours share it.
static int
enter(Writer *writer, CrateText folder, bool make)
{
  if (writer->within < 0 || !crate_text_equal(writer->in, folder)) {
    close_one(&writer->within);
    writer->within = descend(writer, folder, make);
    writer->in = folder;
  }
  return writer->within;
}

static CrateStatus
take(void *handle, CrateText piece)
{
  Writer *const writer = handle;
  while (piece.size) {
    const ssize_t written = write(writer->file, piece.data, piece.size);
    if (written < 0 && errno != EINTR) {
      return refuse_errno(writer, writer->path);
    }
    piece =
      crate_text_slice(piece, written > 0 ? (size_t)written : 0, piece.size);
  }
  return CRATE_OK;
}

/// One file, or an empty folder.
static CrateStatus
write_item(Writer *writer, const CrateItem *item)
{
  char name[NAME_MAX + 1];
  const CratePour to = {take, writer};
  const CrateText folder = folder_of(item->path);
  writer->path = item->path;
  if (enter(writer, folder, true) < 0) {
    return refuse_errno(writer, item->path);
  }
  if (folder.size == item->path.size) {
    return CRATE_OK;
  }
  if (!copy_name(crate_text_slice(item->path, folder.size, item->path.size),
                 name)) {
    return refuse_errno(writer, item->path);
  }
  writer->file =
    openat(writer->within, name,
           O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
  if (writer->file < 0) {
    return refuse_errno(writer, item->path);
  }
  CrateStatus status = crate_item_pour(item, &to);
  if (close(writer->file) && !status) {
    status = refuse_errno(writer, item->path);
  }
  writer->file = -1;
  return status;
}

/// Take away what an item left: its file, then the folders above it that hold
/// nothing else.
static void
remove_item(Writer *writer, CrateText path)
{
  char name[NAME_MAX + 1];
  bool is_folder = crate_text_ends(path, CRATE_TEXT("/"));
  bool is_full = false;
  while (path.size && !is_full) {
    path.size -= is_folder ? 1u : 0u;
    const CrateText folder = folder_of(path);
    if (copy_name(crate_text_slice(path, folder.size, path.size), name) &&
        enter(writer, folder, false) >= 0) {
      is_full = unlinkat(writer->within, name, is_folder ? AT_REMOVEDIR : 0) &&
                errno == ENOTEMPTY;
    }
    path = folder;
    is_folder = true;
  }
}

/// Put what is whole in its place; where nobody can say "unless it is there",
/// check_place() has to do.
static CrateStatus
put_in_place(const Writer *writer)
{
  int failed = renameat2(writer->parent, writer->name, writer->parent,
                         writer->last, RENAME_NOREPLACE);
  if (failed && (errno == ENOSYS || errno == EINVAL)) {
    failed =
      renameat(writer->parent, writer->name, writer->parent, writer->last);
  }
  return !failed           ? CRATE_OK
         : errno == EEXIST ? refuse_old(writer)
                           : refuse_errno(writer, CRATE_TEXT(""));
}

/// Take away what there is. Nothing is walked: what is not ours is not
/// touched.
static void
remove_all(Writer *writer, const CrateContents *contents)
{
  for (size_t i = contents->count; i-- > 0;) {
    remove_item(writer, contents->items[i].path);
  }
  (void)unlinkat(writer->parent, writer->name, AT_REMOVEDIR);
}

static CrateStatus
write_all(Writer *writer, const CrateContents *contents)
{
  CRATE_TRY(open_parent(writer));
  CRATE_TRY(check_place(writer));
  CrateStatus status = create_root(writer);
  for (size_t i = 0; i < contents->count && !status; ++i) {
    status = write_item(writer, &contents->items[i]);
  }
  status = status ? status : put_in_place(writer);
  if (status && writer->name[0]) {
    remove_all(writer, contents);
  }
  return status;
}

static CrateStatus
write_folder(CrateJob *job, const CrateContents *contents)
{
  Writer writer = {.world = job->world,
                   .folder = job->what->folder,
                   .parent = -1,
                   .root = -1,
                   .within = -1,
                   .file = -1};
  if (!writer.folder.size) {
    return refuse(&writer, CRATE_TEXT(""), CRATE_BAD_ARGUMENT,
                  "it takes a name for the folder");
  }
  const CrateStatus status = write_all(&writer, contents);
  close_one(&writer.within);
  close_one(&writer.root);
  close_one(&writer.parent);
  crate_world_release(job->world, writer.place);
  return status;
}

CrateStatus
crate_job_folder(CrateJob *job)
{
  return crate_job_pack(job, write_folder);
}
