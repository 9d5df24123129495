// SPDX-License-Identifier: Apache-2.0
// Where the crate's root is in what was opened: see open.c.
#include "package/package.h"
#include <limits.h>

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

CrateStatus
crate_package_find_root(CratePackage *package, CrateText base)
{
  bool found = false;
  package->root = base;
  CRATE_TRY(try_top(package, base, &found));
  if (!found && base.size) {
    return CRATE_OK; // a folder of an archive was asked for: that one
  }
  if (!found && package->kind == CRATE_PACKAGE_FOLDER) {
    return crate_package_find_document(package);
  }
  if (found) {
    return CRATE_OK;
  }
  TopFolder top = {.package = package};
  CRATE_TRY(package->verbs->list(package->place, UINT_MAX, narrow_top, &top));
  return top.several || !top.top.size ? CRATE_OK
                                      : try_top(package, top.top, &found);
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
