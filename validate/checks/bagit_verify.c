// SPDX-License-Identifier: Apache-2.0
// Whether a bag is complete and valid (RFC 8493 3): what is listed is there
// with the digests given, what is there is listed. Each file is read once.
#include "package/package.h"
#include "validate/checks/bagit.h"
#include <stdlib.h>

/// Files that systems make and remove on their own.
static bool
is_system_file(CrateText path)
{
  static const char *const names[] = {".DS_Store", "Thumbs.db", "desktop.ini",
                                      ".Spotlight-V100", ".Trashes"};
  size_t slash = path.size;
  while (slash && path.data[slash - 1u] != '/') {
    --slash;
  }
  const CrateText name = crate_text_slice(path, slash, path.size);
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (crate_text_is(name, names[i])) {
      return true;
    }
  }
  return false;
}

static const CrateText *
file_name(const CrateBag *bag, const CrateBagEntry *entry)
{
  return &bag->manifests[entry->manifest].file;
}

/// The file's first entry, which is where it is spoken of.
static const CrateBagEntry *
first_entry(const CrateBag *bag, const CrateBagFile *file)
{
  const CrateBagEntry *entry = &bag->entries[file->last - 1u];
  while (entry->earlier) {
    entry = &bag->entries[entry->earlier - 1u];
  }
  return entry;
}

/// Names that differ in letter case or Unicode form are one file to some
/// systems: when one of them is there, it stands for both.
static CrateStatus
look_for_namesakes(CrateBag *bag, CrateMap *folds)
{
  for (size_t i = 0; i < bag->file_count; ++i) {
    CrateBagFile *const file = &bag->files[i];
    CrateText fold;
    uintptr_t known = 0;
    CRATE_TRY(crate_name_fold(bag->arena, file->path, true, &fold));
    if (!crate_map_get(folds, fold, &known)) {
      CRATE_TRY(crate_map_put(folds, fold, i + 1u));
      continue;
    }
    CrateBagFile *const other = &bag->files[known - 1u];
    const CrateBagEntry *const entry = first_entry(bag, file);
    bag->line = entry->line;
    file->namesake |= other->member == CRATE_MEMBER_FILE;
    other->namesake |= file->member == CRATE_MEMBER_FILE;
    CRATE_TRY(crate_bag_flaw(
      bag, CRATE_BAG_NAMESAKE, *file_name(bag, entry), entry->number,
      "%.*s and %.*s are one name to some systems",
      CRATE_TEXT_ARG(crate_text_slice(other->path, 0, 200)),
      CRATE_TEXT_ARG(crate_text_slice(file->path, 0, 200))));
  }
  return CRATE_OK;
}

/// A listed file that is no file here.
static CrateStatus
miss(CrateBag *bag, const CrateBagFile *file)
{
  const CrateBagEntry *const entry = first_entry(bag, file);
  const bool fetched = crate_map_get(&bag->fetched, file->path, NULL);
  bag->payload_known &= !file->payload;
  bag->line = entry->line;
  if (file->namesake) {
    return CRATE_OK;
  }
  const CrateText path = crate_text_slice(file->path, 0, 200);
  return file->member == CRATE_MEMBER_OUTSIDE
           ? crate_bag_flaw(bag, CRATE_BAG_PATH, *file_name(bag, entry),
                            entry->number, "%.*s is a link out of the bag",
                            CRATE_TEXT_ARG(path))
         : fetched
           ? crate_bag_flaw(bag, CRATE_BAG_PENDING, *file_name(bag, entry),
                            entry->number, "%.*s is yet to be fetched",
                            CRATE_TEXT_ARG(path))
           : crate_bag_flaw(bag,
                            is_system_file(file->path) ? CRATE_BAG_SYSTEM_FILE
                                                       : CRATE_BAG_MISSING,
                            *file_name(bag, entry), entry->number,
                            "%.*s is not there", CRATE_TEXT_ARG(path));
}

/// Hold the digests of one file against all that is said of them.
static CrateStatus
compare(CrateBag *bag, const CrateBagFile *file)
{
  const CrateReading *const reading =
    crate_contents_at(bag->checks, file->content);
  if (!crate_contents_known(&bag->unread, reading)) {
    return CRATE_OK;
  }
  for (size_t i = file->last; i; i = bag->entries[i - 1u].earlier) {
    const CrateBagEntry *const entry = &bag->entries[i - 1u];
    const CrateText digest = crate_digest_of(
      reading->digits, reading->kinds, bag->manifests[entry->manifest].kind);
    bag->line = entry->line;
    if (!crate_text_equal_fold(entry->digest, digest)) {
      CRATE_TRY(crate_bag_flaw(
        bag, CRATE_BAG_DIGEST, *file_name(bag, entry), entry->number,
        "%.*s has %.*s", CRATE_TEXT_ARG(crate_text_slice(file->path, 0, 200)),
        CRATE_TEXT_ARG(digest)));
    }
  }
  return CRATE_OK;
}

static CrateStatus
want_file(CrateBag *bag, CrateBagFile *file)
{
  CrateText path;
  if (file->member != CRATE_MEMBER_FILE) {
    return miss(bag, file);
  }
  if (is_system_file(file->path)) {
    const CrateBagEntry *const entry = first_entry(bag, file);
    CRATE_TRY(
      crate_bag_flaw(bag, CRATE_BAG_SYSTEM_FILE, *file_name(bag, entry),
                     entry->number, "%.*s comes and goes",
                     CRATE_TEXT_ARG(crate_text_slice(file->path, 0, 200))));
  }
  CRATE_TRY(crate_bag_path(bag, file->path, &path));
  return crate_contents_want(bag->checks, path, file->kinds, &file->content);
}

static CrateStatus
verify_files(CrateBag *bag)
{
  for (size_t i = 0; i < bag->file_count; ++i) {
    CRATE_TRY(want_file(bag, &bag->files[i]));
  }
  CRATE_TRY(crate_contents_read(bag->checks));
  for (size_t i = 0; i < bag->file_count; ++i) {
    if (bag->files[i].member == CRATE_MEMBER_FILE) {
      CRATE_TRY(compare(bag, &bag->files[i]));
    }
  }
  return CRATE_OK;
}

/// Where a bag's manifests speak of files that others ask for, they are read
/// for both.
CrateStatus
crate_bag_gather(CrateChecks *checks)
{
  CrateText top;
  CrateBag *bag = NULL;
  if (!checks->contents->count ||
      !crate_package_is_bag(checks->view->package, &top)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_bag_listed(checks, &bag));
  for (size_t i = 0; i < bag->file_count; ++i) {
    CrateText path;
    const CrateBagFile *const file = &bag->files[i];
    CRATE_TRY(crate_bag_path(bag, file->path, &path));
    uintptr_t known = 0;
    if (crate_map_get(&checks->contents->by_path, path, &known)) {
      checks->contents->readings[known - 1u].kinds |= file->kinds;
    }
  }
  return CRATE_OK;
}

/// 2.1.3: each payload file is in every manifest; before 1.0, in one.
static CrateStatus
look_for_unlisted(CrateBag *bag, CrateText path)
{
  uintptr_t known = 0;
  crate_map_get(&bag->by_path, path, &known);
  const unsigned listed = known ? bag->files[known - 1u].listed : 0;
  for (size_t i = 0; i < bag->manifest_count; ++i) {
    const CrateBagManifest *const manifest = &bag->manifests[i];
    if (!manifest->tag && !(listed & 1u << i) && (bag->strict || !listed)) {
      CRATE_TRY(crate_bag_flaw(bag, CRATE_BAG_UNLISTED, manifest->file, 0,
                               "it does not list %.*s",
                               CRATE_TEXT_ARG(crate_text_slice(path, 0, 200))));
    }
  }
  return CRATE_OK;
}

/// Every file in data/, which the package lists below its own root.
static CrateStatus
look_at_payload(CrateBag *bag)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  const CrateText root = crate_package_root(bag->package);
  CRATE_TRY(crate_package_list(bag->package, &paths, &count));
  for (size_t i = 0; i < count; ++i) {
    const CrateText parts[] = {CRATE_TEXT("/"), root, paths[i]};
    CrateText full;
    uint64_t size = 0;
    CrateMember member = CRATE_MEMBER_ABSENT;
    CRATE_TRY(crate_arena_join(bag->arena, parts, 3, &full));
    const CrateText path =
      crate_text_slice(full, 1u + bag->top.size, full.size);
    if (crate_text_ends(path, CRATE_TEXT("/")) ||
        !crate_text_starts(path, CRATE_TEXT("data/"))) {
      continue;
    }
    CRATE_TRY(crate_package_find(bag->package, full, &member, &size));
    ++bag->payload_files;
    bag->payload_bytes += size;
    CRATE_TRY(look_for_unlisted(bag, path));
  }
  return CRATE_OK;
}

CrateStatus
crate_bag_verify(CrateBag *bag)
{
  CrateMap folds;
  bag->payload_known = true;
  crate_map_init(&folds, bag->arena->world);
  CrateStatus st = look_for_namesakes(bag, &folds);
  crate_map_clear(&folds);
  CRATE_TRY(st);
  CRATE_TRY(look_at_payload(bag));
  return verify_files(bag);
}
