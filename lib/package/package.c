// SPDX-License-Identifier: Apache-2.0
// Opening what a person named, and finding the crate's root in it.
#include "package/package.h"
#include "package/tar.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

/// Names of the metadata document, the first that is there wins.
static const CrateText metadata_names[] = {
  {"ro-crate-metadata.json", 22},
  {"ro-crate-metadata.jsonld", 24},
};

static CrateStatus
is_there(CratePackage *package, CrateText path, bool *there)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  uint64_t size = 0;
  *there = false;
  CRATE_TRY(package->verbs->find(package->place, path, &member, &size));
  *there = member == CRATE_MEMBER_FILE;
  return CRATE_OK;
}

/// Look for the metadata document in one folder of the package.
static CrateStatus
try_root(CratePackage *package, CrateText root, bool *found)
{
  *found = false;
  for (size_t i = 0; i < 2 && !*found; ++i) {
    const CrateText parts[] = {root, metadata_names[i]};
    CrateText path;
    CRATE_TRY(crate_arena_join(&package->arena, parts, 2, &path));
    CRATE_TRY(is_there(package, path, found));
    if (*found) {
      package->root = root;
      package->metadata = metadata_names[i];
    }
  }
  return CRATE_OK;
}

/// Files that only a bag has at its top: RFC 8493 2.1.
static const char *const bag_files[] = {
  "bagit.txt",         "manifest-sha512.txt", "manifest-sha256.txt",
  "manifest-sha1.txt", "manifest-md5.txt",
};

/// A bag has a `data` folder and at least one of the bag's files.
static CrateStatus
look_for_bag(CratePackage *package, CrateText top, CrateText data)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  uint64_t size = 0;
  CRATE_TRY(package->verbs->find(package->place, data, &member, &size));
  const size_t count = sizeof(bag_files) / sizeof(*bag_files);
  bool found = false;
  for (size_t i = 0; i < count && !found && member == CRATE_MEMBER_FOLDER;
       ++i) {
    const CrateText parts[] = {top, crate_text(bag_files[i])};
    CrateText path;
    CRATE_TRY(crate_arena_join(&package->arena, parts, 2, &path));
    CRATE_TRY(is_there(package, path, &found));
  }
  if (found) {
    package->is_bag = true;
    package->bag_top = top;
  }
  return CRATE_OK;
}

/// A root at `top`, or at `top`data/ when `top` is a bag.
static CrateStatus
try_top(CratePackage *package, CrateText top, bool *found)
{
  const CrateText payload[] = {top, CRATE_TEXT("data/")};
  CrateText data;
  CRATE_TRY(crate_arena_join(&package->arena, payload, 2, &data));
  CRATE_TRY(look_for_bag(package, top, data));
  CRATE_TRY(try_root(package, top, found));
  return *found || !package->is_bag ? CRATE_OK : try_root(package, data, found);
}

typedef struct {
  CratePackage *package;
  CrateText top; // the one folder everything lies in so far
  bool several;
} TopFolder;

/// What one desktop leaves in archives of its own accord.
static bool
is_litter(CrateText path)
{
  return crate_text_starts(path, CRATE_TEXT("__MACOSX/")) ||
         crate_text_is(path, ".DS_Store");
}

static CrateStatus
narrow_top(void *handle, CrateMemberEntry entry)
{
  TopFolder *const t = (TopFolder *)handle;
  const size_t slash = crate_text_find(entry.path, '/');
  const CrateText top = crate_text_slice(entry.path, 0, slash + 1u);
  const bool eln = crate_text_ends(t->package->path, CRATE_TEXT(".eln"));
  if (is_litter(entry.path) || (eln && slash == entry.path.size)) {
    return CRATE_OK; // an .eln has one folder, whatever files lie beside it
  }
  if (slash == entry.path.size ||
      (t->top.size && !crate_text_equal(t->top, top))) {
    t->several = true;
  } else if (!t->top.size) {
    CRATE_TRY(crate_arena_copy(&t->package->arena, top, &t->top));
  }
  return CRATE_OK;
}

typedef struct {
  CratePackage *package;
  CrateText found;
  bool several;
} Prefixed;

static CrateStatus
look_for_prefixed(void *handle, CrateMemberEntry entry)
{
  Prefixed *const prefixed = (Prefixed *)handle;
  if (crate_text_find(entry.path, '/') < entry.path.size ||
      !crate_text_ends(entry.path, CRATE_TEXT("-ro-crate-metadata.json"))) {
    return CRATE_OK;
  }
  prefixed->several = prefixed->found.size > 0;
  return crate_arena_copy(&prefixed->package->arena, entry.path,
                          &prefixed->found);
}

/// A folder without a crate of its own, but with the one document of a
/// detached crate (1.2 structure#detached-ro-crate-package): that is meant.
static CrateStatus
try_prefixed(CratePackage *package)
{
  Prefixed prefixed = {.package = package};
  CRATE_TRY(
    package->verbs->list(package->place, 1, look_for_prefixed, &prefixed));
  if (!prefixed.several) {
    package->metadata = prefixed.found;
  }
  return CRATE_OK;
}

static CrateStatus
find_root(CratePackage *package)
{
  bool found = false;
  const CrateText none = CRATE_TEXT("");
  package->root = none;
  CRATE_TRY(try_top(package, none, &found));
  if (!found && package->kind == CRATE_PACKAGE_FOLDER) {
    return try_prefixed(package);
  }
  if (found) {
    return CRATE_OK;
  }
  TopFolder top = {.package = package};
  CRATE_TRY(package->verbs->list(package->place, UINT_MAX, narrow_top, &top));
  return top.several || !top.top.size ? CRATE_OK
                                      : try_top(package, top.top, &found);
}

/// "path/root/name", or for a folder given as "." just the name.
static CrateStatus
name_metadata(CratePackage *package)
{
  const CrateText path = package->path;
  const bool slash = path.size && path.data[path.size - 1u] == '/';
  const CrateText parts[] = {path, crate_text(slash ? "" : "/"), package->root,
                             package->metadata};
  const bool bare = crate_text_is(path, ".");
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
  CRATE_TRY(find_root(package));
  return name_metadata(package);
}

/// A kind of archive.
typedef struct Archive {
  bool (*is_one)(const unsigned char *start, size_t size);
  CratePackageKind kind;
  CrateStatus (*open)(const CrateWorld *world,
                      CrateText name,
                      CrateBytes *bytes,
                      void **out);
  const CratePlaceVerbs *verbs;
} Archive;

static CrateStatus
open_archive(CratePackage *package, const Archive *archive, CrateBytes *bytes)
{
  package->kind = archive->kind;
  package->verbs = archive->verbs;
  CRATE_TRY(
    archive->open(package->world, package->path, bytes, &package->place));
  CRATE_TRY(find_root(package));
  return name_metadata(package);
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

static CrateStatus
open_lone(CratePackage *package, CrateText name, int descriptor)
{
  package->kind = CRATE_PACKAGE_DOCUMENT;
  package->verbs = &crate_lone_verbs;
  package->metadata = last_segment(name);
  package->metadata_name = name;
  return crate_lone_open(package->world, name, descriptor, &package->place);
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
         (size == CRATE_TAR_BLOCK && crate_tar_is_header(start));
}

/// Kinds of archives, told by how they start.
static const struct Archive archives[] = {
  {looks_like_zip, CRATE_PACKAGE_ZIP, crate_zip_open, &crate_zip_verbs},
  {looks_like_tar, CRATE_PACKAGE_TAR, crate_tar_open, &crate_tar_verbs},
};

static const Archive *
archive_of(const CrateBytes *bytes)
{
  unsigned char start[CRATE_TAR_BLOCK] = {0};
  size_t size = 0;
  if (crate_bytes_read(bytes, 0, start, sizeof(start), &size)) {
    return NULL;
  }
  for (size_t i = 0; i < sizeof(archives) / sizeof(*archives); ++i) {
    if (archives[i].is_one(start, size)) {
      return &archives[i];
    }
  }
  return NULL;
}

static CrateStatus
open_file(CratePackage *package, int descriptor, bool regular)
{
  const CrateText path = package->path;
  const CrateDiagnostic where = {.file = path,
                                 .code = CRATE_TEXT("not-a-crate")};
  CrateBytes bytes = {.descriptor = -1};
  const Archive *archive = NULL;
  if (regular) {
    CRATE_TRY(crate_bytes_open(package->world, descriptor, &bytes));
    archive = archive_of(&bytes);
  }
  if (archive) {
    return open_archive(package, archive, &bytes);
  }
  CrateStatus st = CRATE_MALFORMED;
  if (regular && (crate_text_ends(path, CRATE_TEXT(".json")) ||
                  crate_text_ends(path, CRATE_TEXT(".jsonld")))) {
    st = open_lone(package, path, descriptor);
  } else {
    crate_world_say(package->world, st, &where,
                    "expected a folder, an archive (zip, tar, tar.gz, "
                    "tar.zst) or a JSON document");
  }
  close(descriptor);
  return st;
}

static CrateStatus
open_path(CratePackage *package)
{
  if (crate_text_is(package->path, "-")) {
    return open_lone(package, CRATE_TEXT("<stdin>"), STDIN_FILENO);
  }
  struct stat info;
  const CrateDiagnostic where = {.file = package->path,
                                 .code = CRATE_TEXT("unreadable")};
  if (memchr(package->path.data, '\0', package->path.size)) {
    return crate_world_say(package->world, CRATE_NOT_FOUND, &where,
                           "no name holds a NUL");
  }
  const int fd = open(package->path.data, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 || fstat(fd, &info)) {
    const int error = errno;
    if (fd >= 0) {
      close(fd);
    }
    return crate_world_say(package->world,
                           error == ENOENT ? CRATE_NOT_FOUND : CRATE_UNREADABLE,
                           &where, "%s", strerror(error));
  }
  return S_ISDIR(info.st_mode) ? open_folder(package, fd)
                               : open_file(package, fd, S_ISREG(info.st_mode));
}

CrateStatus
crate_package_open(const CrateWorld *world, CrateText path, CratePackage **out)
{
  *out = NULL;
  CratePackage *const package =
    (CratePackage *)crate_world_allocate(world, sizeof(CratePackage));
  if (!package) {
    return CRATE_NO_MEMORY;
  }
  *package = (CratePackage){.world = world};
  crate_arena_init(&package->arena, world);
  crate_map_init(&package->folds, world);
  CrateStatus st = crate_arena_copy(&package->arena, path, &package->path);
  if (!st) {
    st = open_path(package);
  }
  if (st) {
    crate_package_close(package);
    return st;
  }
  *out = package;
  return CRATE_OK;
}

void
crate_package_close(CratePackage *package)
{
  if (package) {
    const CrateWorld *const world = package->world;
    if (package->place) {
      package->verbs->close(package->place);
    }
    crate_map_clear(&package->folds);
    crate_arena_clear(&package->arena);
    crate_world_release(world, package->members);
    crate_world_release(world, package);
  }
}

CratePackageKind
crate_package_kind(const CratePackage *package)
{
  return package->kind;
}

CrateText
crate_package_path(const CratePackage *package)
{
  return package->path;
}

CrateText
crate_package_metadata(const CratePackage *package)
{
  return package->metadata;
}

CrateText
crate_package_metadata_name(const CratePackage *package)
{
  return package->metadata_name;
}

CrateText
crate_package_root(const CratePackage *package)
{
  return package->root;
}

bool
crate_package_is_bag(const CratePackage *package, CrateText *top)
{
  *top = package->bag_top;
  return package->is_bag;
}
