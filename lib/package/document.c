// SPDX-License-Identifier: Apache-2.0
// Which document describes a package that holds no ro-crate-metadata.json: one
// whose name says what it is, if there is but one.
#include "package/package.h"

/// Larger documents of an unspecific name are not looked into.
#define MOST_LOOKED_INTO ((uint64_t)64 << 20u)

/// How documents are called, the first that a package has wins.
static const struct {
  const char *ending;
  bool whole;  ///< That is all of the name.
  bool mostly; ///< Others have that name: its words decide.
} names[] = {
  // 1.2 structure#detached-ro-crate-package
  {"-ro-crate-metadata.json", false, false}, {"croissant.json", true, false},
  {"croissant.jsonld", true, false},         {".croissant.json", false, false},
  {".croissant.jsonld", false, false},       {"metadata.json", true, true},
};
enum { NAMES = sizeof(names) / sizeof(*names) };

typedef struct {
  CratePackage *package;
  CrateText found[NAMES];
  bool several[NAMES];
} Search;

static CrateStatus
look_at(void *handle, CrateMemberEntry entry)
{
  Search *const search = (Search *)handle;
  const CrateText path = entry.path;
  if (crate_text_find(path, '/') < path.size) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < NAMES; ++i) {
    const CrateText ending = crate_text(names[i].ending);
    if (names[i].whole ? crate_text_equal(path, ending)
                       : crate_text_ends(path, ending)) {
      search->several[i] = search->found[i].size > 0;
      return crate_arena_copy(&search->package->arena, path, &search->found[i]);
    }
  }
  return CRATE_OK;
}

static bool
mentions(CrateText text, CrateText words)
{
  while (text.size >= words.size) {
    const size_t at = crate_text_find(text, words.data[0]);
    text = crate_text_slice(text, at, text.size);
    if (crate_text_starts(text, words)) {
      return true;
    }
    text = crate_text_slice(text, 1, text.size);
  }
  return false;
}

/// Whether a document of an unspecific name speaks of Croissant.
static CrateStatus
look_into(const CratePackage *package, CrateText path, bool *meant)
{
  CrateArena scratch;
  CrateText text = {NULL, 0};
  CrateMember member = CRATE_MEMBER_ABSENT;
  uint64_t size = 0;
  *meant = false;
  CRATE_TRY(package->verbs->find(package->place, path, &member, &size));
  if (size > MOST_LOOKED_INTO) {
    return CRATE_OK;
  }
  crate_arena_init(&scratch, package->world);
  const CrateStatus st =
    package->verbs->read(package->place, path, &scratch, &text);
  *meant = !st && mentions(text, CRATE_TEXT("mlcommons.org/"));
  crate_arena_clear(&scratch);
  return st;
}

CrateStatus
crate_package_find_document(CratePackage *package)
{
  Search search = {.package = package};
  bool meant = false;
  CRATE_TRY(package->verbs->list(package->place, 1, look_at, &search));
  for (size_t i = 0; i < NAMES && !meant; ++i) {
    meant = search.found[i].size && !search.several[i];
    if (meant && names[i].mostly) {
      CRATE_TRY(look_into(package, search.found[i], &meant));
    }
    package->metadata = meant ? search.found[i] : (CrateText){NULL, 0};
  }
  return CRATE_OK;
}
