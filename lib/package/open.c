// SPDX-License-Identifier: Apache-2.0
// Opening what a person named: what it is, its bytes tell. An archive in an
// archive is read into memory and opened there.
#include "base/file.h"
#include "package/tar.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

/// Archives in one another that a path may lead through.
#define MOST_NESTED 8u

/// Bytes at the start that tell what a file is.
#define START 1024u

static CrateStatus
refuse(const CratePackage *package,
       CrateStatus status,
       CrateText file,
       const char *why)
{
  const CrateDiagnostic where = {
    .file = file,
    .code = status == CRATE_MALFORMED    ? CRATE_TEXT("not-a-crate")
            : status == CRATE_OVER_LIMIT ? CRATE_TEXT("over-limit")
                                         : CRATE_TEXT("unreadable"),
  };
  return crate_world_say(package->world, status, &where, "%s", why);
}

/// "label/root/name", or for a folder given as "." just the name.
static CrateStatus
name_metadata(CratePackage *package)
{
  const CrateText label = package->label;
  const bool slash = crate_text_ends(label, CRATE_TEXT("/"));
  const CrateText parts[] = {label, crate_text(slash ? "" : "/"), package->root,
                             package->metadata};
  const bool bare = crate_text_is(label, ".");
  return crate_arena_join(&package->arena, bare ? parts + 2 : parts,
                          bare ? 2 : 4, &package->metadata_name);
}

static CrateStatus
open_folder(CratePackage *package, int descriptor)
{
  close(descriptor);
  package->kind = CRATE_PACKAGE_FOLDER;
  package->verbs = &crate_folder_verbs;
  CRATE_TRY(
    crate_folder_open(package->world, package->path.data, &package->place));
  CRATE_TRY(crate_package_find_root(package, CRATE_TEXT("")));
  return name_metadata(package);
}

static bool
looks_like_zip(const unsigned char *start, size_t size)
{
  return size >= 4 && start[0] == 'P' && start[1] == 'K' &&
         (start[2] == 3 || start[2] == 5);
}

static bool
looks_like_tar(const unsigned char *start, size_t size)
{
  return (size >= 4 && crate_packing_of(start) != CRATE_PACKED_NOT) ||
         (size >= CRATE_TAR_BLOCK && crate_tar_is_header(start));
}

/// Kinds of archives, told by how they start.
static const struct Archive {
  bool (*is_one)(const unsigned char *start, size_t size);
  CratePackageKind kind;
  CrateStatus (*open)(const CrateWorld *world,
                      CrateText name,
                      CrateBytes *bytes,
                      bool lenient,
                      void **out);
  const CratePlaceVerbs *verbs;
} archives[] = {
  {looks_like_zip, CRATE_PACKAGE_ZIP, crate_zip_open, &crate_zip_verbs},
  {looks_like_tar, CRATE_PACKAGE_TAR, crate_tar_open, &crate_tar_verbs},
};

static const struct Archive *
archive_of(CrateText name, const unsigned char *start, size_t size)
{
  for (size_t i = 0; i < sizeof(archives) / sizeof(*archives); ++i) {
    if (archives[i].is_one(start, size)) {
      return &archives[i];
    }
  }
  // Called a zip archive, it is taken for one, to say what is wrong with it.
  return crate_text_ends(name, CRATE_TEXT(".zip")) ||
             crate_text_ends(name, CRATE_TEXT(".eln"))
           ? &archives[0]
           : NULL;
}

static CrateText
last_segment(CrateText path)
{
  size_t slash = path.size;
  while (slash && path.data[slash - 1u] != '/') {
    --slash;
  }
  return crate_text_slice(path, slash, path.size);
}

/// A document by its name, or by its first character.
static bool
looks_like_json(CrateText name, CrateText start)
{
  size_t at = crate_text_starts(start, CRATE_TEXT("\xEF\xBB\xBF")) ? 3 : 0;
  while (at < start.size && start.data[at] &&
         strchr(" \t\r\n", start.data[at])) {
    ++at;
  }
  return crate_text_ends(name, CRATE_TEXT(".json")) ||
         crate_text_ends(name, CRATE_TEXT(".jsonld")) ||
         (at < start.size && (start.data[at] == '{' || start.data[at] == '['));
}

/// Whether unpacked bytes are a document, or a page that holds one.
static bool
is_document(CrateText start)
{
  return looks_like_json(CRATE_TEXT(""), start) || crate_page_is_one(start);
}

static CrateStatus
open_lone(CratePackage *package, CrateBytes *bytes, bool page)
{
  package->kind = page ? CRATE_PACKAGE_PAGE : CRATE_PACKAGE_DOCUMENT;
  package->verbs = &crate_lone_verbs;
  package->metadata = last_segment(package->label);
  package->metadata_name = package->label;
  return crate_lone_open(package->world, package->label, bytes, page,
                         &package->place);
}

static CrateStatus open_inside(CratePackage *package,
                               CrateText inside,
                               unsigned depth);

/**
   Open bytes as what they are.

   @param bytes  Taken.
   @param inside The rest of the path, which leads into an archive.
   @param piped  Whatever it is, somebody means a document.
*/
static CrateStatus
open_bytes(CratePackage *package,
           CrateBytes *bytes,
           CrateText inside,
           bool piped,
           unsigned depth)
{
  unsigned char start[START] = {0};
  size_t size = 0;
  if (crate_bytes_read(bytes, 0, start, START, &size)) {
    crate_bytes_close(bytes);
    return refuse(package, CRATE_UNREADABLE, package->label,
                  "it cannot be read");
  }
  bool unpacked = false;
  if (!inside.size && size >= 4 && crate_packing_of(start)) {
    CRATE_TRY(crate_packed_open(package->world, package->label, is_document,
                                bytes, &unpacked));
  }
  if (unpacked) {
    return open_bytes(package, bytes, inside, true, depth);
  }
  const CrateText text = {(const char *)start, size};
  const struct Archive *const archive = archive_of(package->label, start, size);
  if (archive) {
    package->kind = archive->kind;
    package->verbs = archive->verbs;
    CRATE_TRY(archive->open(package->world, package->label, bytes,
                            package->lenient, &package->place));
    return open_inside(package, inside, depth);
  }
  const bool page = crate_page_is_one(text);
  if (!inside.size &&
      (page || piped || looks_like_json(package->label, text))) {
    return open_lone(package, bytes, page);
  }
  crate_bytes_close(bytes);
  return inside.size ? refuse(package, CRATE_NOT_FOUND, package->path,
                              "the path leads into a file that is no archive")
                     : refuse(package, CRATE_MALFORMED, package->label,
                              "expected a folder, an archive (zip, tar, "
                              "tar.gz, tar.zst), a web page or a JSON "
                              "document");
}

/// The bytes of a member, in memory of their own.
static CrateStatus
spool(const CratePackage *package, CrateText path, CrateBytes *out)
{
  CrateText bytes;
  CrateArena arena;
  crate_arena_init(&arena, package->world);
  CrateStatus st = package->verbs->read(package->place, path, &arena, &bytes);
  char *const memory =
    st ? NULL : (char *)crate_world_allocate(package->world, bytes.size);
  if (memory) {
    memcpy(memory, bytes.size ? bytes.data : "", bytes.size);
    *out = crate_bytes_of(package->world, memory, bytes.size);
  } else {
    st = st ? st : CRATE_NO_MEMORY;
  }
  crate_arena_clear(&arena);
  return st;
}

/// A file of the archive is what was meant, or leads on.
static CrateStatus
open_member(CratePackage *package,
            CrateText path,
            CrateText rest,
            unsigned depth)
{
  CrateBytes bytes;
  const CrateText parts[] = {package->label, CRATE_TEXT("/"), path};
  if (depth >= MOST_NESTED) {
    return refuse(package, CRATE_OVER_LIMIT, package->path,
                  "archives are nested too deep");
  }
  CRATE_TRY(spool(package, path, &bytes));
  package->verbs->close(package->place);
  package->place = NULL;
  const CrateStatus st =
    crate_arena_join(&package->arena, parts, 3, &package->label);
  if (st) {
    crate_bytes_close(&bytes);
    return st;
  }
  return open_bytes(package, &bytes, rest, false, depth + 1u);
}

/// The first part of a path in an archive that is a file; else the whole.
static CrateStatus
find_file(const CratePackage *package, CrateText path, size_t *end, bool *file)
{
  for (*end = 0; *end < path.size; ++*end) {
    CrateMember member = CRATE_MEMBER_ABSENT;
    uint64_t size = 0;
    const CrateText rest = crate_text_slice(path, *end, path.size);
    *end += crate_text_find(rest, '/');
    CRATE_TRY(package->verbs->find(
      package->place, crate_text_slice(path, 0, *end), &member, &size));
    *file = member == CRATE_MEMBER_FILE;
    if (member != CRATE_MEMBER_FOLDER) {
      return *file ? CRATE_OK
                   : refuse(package, CRATE_NOT_FOUND, package->path,
                            "no such member in the archive");
    }
  }
  return CRATE_OK;
}

/// An archive is open: where in it does the path lead?
static CrateStatus
open_inside(CratePackage *package, CrateText inside, unsigned depth)
{
  CrateText path;
  size_t end = 0;
  bool file = false;
  const CrateStatus st = crate_path_clean(&package->arena, inside, &path);
  if (st == CRATE_NOT_FOUND) {
    return refuse(package, st, package->path,
                  "the path leads out of the archive");
  }
  CRATE_TRY(st);
  while (crate_text_ends(path, CRATE_TEXT("/"))) {
    --path.size;
  }
  CRATE_TRY(find_file(package, path, &end, &file));
  if (file) {
    return open_member(package, crate_text_slice(path, 0, end),
                       crate_text_slice(path, end + 1u, path.size), depth);
  }
  const CrateText parts[] = {path, crate_text(path.size ? "/" : "")};
  CRATE_TRY(crate_arena_join(&package->arena, parts, 2, &path));
  CRATE_TRY(crate_package_find_root(package, path));
  return name_metadata(package);
}

static CrateStatus
refuse_errno(const CratePackage *package, int error)
{
  return refuse(package,
                error == ENOENT || error == ENOTDIR ? CRATE_NOT_FOUND
                                                    : CRATE_UNREADABLE,
                package->path, strerror(error));
}

static int
open_to_read(const char *path)
{
  return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

/// A path that goes on behind a file: the file's length, or 0.
static size_t
find_outer(const char *path, char *copy, size_t size)
{
  struct stat info;
  const size_t whole = strlen(path);
  for (size_t end = whole < size ? whole : 0; end--;) {
    if (path[end] == '/' && end) {
      memcpy(copy, path, end);
      copy[end] = '\0';
      if (!stat(copy, &info)) {
        return S_ISREG(info.st_mode) ? end : 0;
      }
    }
  }
  return 0;
}

static CrateStatus
open_regular(CratePackage *package, int descriptor, CrateText inside)
{
  CrateBytes bytes;
  return crate_bytes_open(package->world, descriptor, &bytes)
           ? refuse(package, CRATE_UNREADABLE, package->path,
                    "it cannot be read")
           : open_bytes(package, &bytes, inside, false, 0);
}

/// What is no file and no folder: perhaps a path into an archive.
static CrateStatus
open_outer(CratePackage *package, int error)
{
  char outer[PATH_MAX];
  const size_t end = find_outer(package->path.data, outer, sizeof(outer));
  const int fd = end ? open_to_read(outer) : -1;
  if (fd < 0) {
    return refuse_errno(package, end ? errno : error);
  }
  package->label = crate_text_slice(package->path, 0, end);
  return open_regular(
    package, fd, crate_text_slice(package->path, end + 1u, package->path.size));
}

/// What was piped in lies in memory, as archives are read from their ends.
static CrateStatus
open_piped(CratePackage *package, char *memory, size_t size)
{
  CrateBytes bytes = crate_bytes_of(package->world, memory, size);
  return open_bytes(package, &bytes, CRATE_TEXT(""), true, 0);
}

static CrateStatus
open_input(CratePackage *package)
{
  CrateFile file;
  package->label = CRATE_TEXT("<stdin>");
  CRATE_TRY(
    crate_file_read_open(package->world, package->label, STDIN_FILENO, &file));
  return open_piped(package, file.data, file.size);
}

static CrateStatus
open_path(CratePackage *package)
{
  struct stat info;
  package->label = package->path;
  if (crate_text_is(package->path, "-")) {
    return open_input(package);
  }
  if (memchr(package->path.data, '\0', package->path.size)) {
    return refuse(package, CRATE_NOT_FOUND, package->path,
                  "no name holds a NUL");
  }
  const int fd = open_to_read(package->path.data);
  if (fd < 0) {
    return errno == ENOTDIR ? open_outer(package, errno)
                            : refuse_errno(package, errno);
  }
  if (fstat(fd, &info)) {
    const int error = errno;
    close(fd);
    return refuse_errno(package, error);
  }
  if (S_ISDIR(info.st_mode)) {
    return open_folder(package, fd);
  }
  if (S_ISREG(info.st_mode)) {
    return open_regular(package, fd, CRATE_TEXT(""));
  }
  close(fd);
  return refuse(package, CRATE_MALFORMED, package->path,
                "expected a folder or a file");
}

static CrateStatus
new_package(const CrateWorld *world, CrateText path, CratePackage **out)
{
  CratePackage *const package =
    (CratePackage *)crate_world_allocate(world, sizeof(CratePackage));
  *out = package;
  if (!package) {
    return CRATE_NO_MEMORY;
  }
  *package = (CratePackage){.world = world};
  crate_arena_init(&package->arena, world);
  crate_map_init(&package->folds, world);
  return crate_arena_copy(&package->arena, path, &package->path);
}

/// No half-open package is handed out.
static CrateStatus
settle(CrateStatus status, CratePackage **out)
{
  if (status) {
    crate_package_close(*out);
    *out = NULL;
  }
  return status;
}

static CrateStatus
open_new(const CrateWorld *world,
         CrateText path,
         bool lenient,
         CratePackage **out)
{
  CRATE_TRY(new_package(world, path, out));
  (*out)->lenient = lenient;
  return open_path(*out);
}

CrateStatus
crate_package_open(const CrateWorld *world, CrateText path, CratePackage **out)
{
  return settle(open_new(world, path, false, out), out);
}

CrateStatus
crate_package_open_leniently(const CrateWorld *world,
                             CrateText path,
                             CratePackage **out)
{
  return settle(open_new(world, path, true, out), out);
}

CrateStatus
crate_package_open_text(const CrateWorld *world,
                        CrateText text,
                        CratePackage **out)
{
  CrateStatus st = new_package(world, CRATE_TEXT("-"), out);
  char *const memory =
    st ? NULL : (char *)crate_world_allocate(world, text.size);
  if (memory) {
    memcpy(memory, text.size ? text.data : "", text.size);
    (*out)->label = CRATE_TEXT("<stdin>");
    st = open_piped(*out, memory, text.size);
  }
  return settle(st || memory ? st : CRATE_NO_MEMORY, out);
}
