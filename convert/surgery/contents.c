// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/contents.h"
#include "package/package.h"
#include <stdlib.h>

void
crate_contents_init(CrateContents *contents,
                    const CrateWorld *world,
                    CrateText name)
{
  *contents = (CrateContents){.world = world, .name = name};
  crate_arena_init(&contents->arena, world);
}

void
crate_contents_clear(CrateContents *contents)
{
  crate_world_release(contents->world, contents->items);
  crate_arena_clear(&contents->arena);
}

CrateStatus
crate_contents_add(CrateContents *contents, CrateItem item)
{
  CRATE_TRY(crate_world_reserve(contents->world, &contents->items,
                                &contents->capacity, contents->count + 1u,
                                sizeof *contents->items));
  contents->items[contents->count++] = item;
  return CRATE_OK;
}

/// Whether there are files to be taken at all.
static CrateStatus
check_package(const CrateContents *contents,
              const CratePackage *package,
              CrateText name)
{
  CrateText top;
  CrateDiagnostic place = {.file = name, .code = CRATE_TEXT("not-packed")};
  if (!package || crate_package_kind(package) == CRATE_PACKAGE_DOCUMENT ||
      crate_package_kind(package) == CRATE_PACKAGE_PAGE) {
    return crate_world_say(contents->world, CRATE_UNSUPPORTED, &place,
                           "only a folder or an archive can be packed");
  }
  place.level = CRATE_DIAGNOSTIC_WARNING;
  return crate_package_is_bag(package, &top)
           ? crate_world_say(contents->world, CRATE_OK, &place,
                             "it is a bag: its payload is packed, its tag "
                             "files (bag-info.txt and others) are left out")
           : CRATE_OK;
}

/// What a package has no members for is not there afterwards.
static void
say_skipped(const CrateContents *contents,
            const CratePackage *package,
            CrateText name)
{
  CrateText first;
  const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                 .file = name,
                                 .code = CRATE_TEXT("not-packed")};
  const size_t count = crate_package_skipped(package, &first);
  if (count) {
    crate_world_say(contents->world, CRATE_OK, &place,
                    "%.*s is a link to a folder, out of the crate or to "
                    "nothing: left out, with %zu more",
                    CRATE_TEXT_ARG(first), count - 1u);
  }
}

CrateStatus
crate_contents_add_package(CrateContents *contents,
                           CratePackage *package,
                           CrateText name,
                           CrateText folder,
                           const CrateChoice *choice)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(check_package(contents, package, name));
  CRATE_TRY(crate_package_list(package, &paths, &count));
  say_skipped(contents, package, name);
  for (size_t i = 0; i < count; ++i) {
    CrateItem item = {.path = paths[i], .package = package, .source = paths[i]};
    if (choice && !choice->takes(choice->handle, paths[i])) {
      continue;
    }
    if (folder.size) {
      const CrateText parts[] = {folder, paths[i]};
      CRATE_TRY(crate_arena_join(&contents->arena, parts, 2, &item.path));
    }
    CRATE_TRY(crate_contents_add(contents, item));
  }
  return CRATE_OK;
}

static int
by_path(const void *a, const void *b)
{
  const CrateItem *const left = a;
  const CrateItem *const right = b;
  return crate_text_compare(left->path, right->path);
}

static CrateStatus
refuse_twice(const CrateContents *contents, CrateText path)
{
  const CrateDiagnostic place = {.file = contents->name,
                                 .code = CRATE_TEXT("not-packed")};
  return crate_world_say(contents->world, CRATE_UNSUPPORTED, &place,
                         "%.*s: two files would have this path",
                         CRATE_TEXT_ARG(path));
}

/// The item of the metadata, moved before all others.
static void
put_first(CrateContents *contents)
{
  CrateItem *const items = contents->items;
  for (size_t i = 0; i < contents->count; ++i) {
    if (crate_text_equal(items[i].path, contents->metadata)) {
      const CrateItem first = items[i];
      memmove(&items[1], &items[0], i * sizeof *items);
      items[0] = first;
      return;
    }
  }
}

CrateStatus
crate_contents_settle(CrateContents *contents)
{
  CrateItem *const items = contents->items;
  size_t kept = 0;
  if (!contents->count) {
    return CRATE_OK;
  }
  qsort(items, contents->count, sizeof *items, by_path);
  for (size_t i = 0; i < contents->count; ++i) {
    const CrateText path = items[i].path;
    const bool is_last = i + 1u == contents->count;
    const bool is_folder = crate_text_ends(path, CRATE_TEXT("/"));
    if (!is_last && crate_text_equal(path, items[i + 1u].path)) {
      return refuse_twice(contents, path);
    }
    if (is_last || !is_folder || !crate_text_starts(items[i + 1u].path, path)) {
      items[kept++] = items[i];
    }
  }
  contents->count = kept;
  put_first(contents);
  return CRATE_OK;
}

CrateStatus
crate_item_size(const CrateItem *item, uint64_t *size)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  *size = item->bytes.size;
  return item->package && !crate_text_ends(item->path, CRATE_TEXT("/"))
           ? crate_package_find(item->package, item->source, &member, size)
           : CRATE_OK;
}

/// Bytes at hand, in pieces as of files: what takes them counts in 32 bits.
static CrateStatus
pour_bytes(CrateText bytes, const CratePour *to)
{
  CrateStatus status = CRATE_OK;
  for (size_t at = 0; at < bytes.size && !status; at += CRATE_PIECE) {
    status =
      to->take(to->handle, crate_text_slice(bytes, at, at + CRATE_PIECE));
  }
  return status;
}

CrateStatus
crate_item_pour(const CrateItem *item, const CratePour *to)
{
  return item->package ? crate_package_pour(item->package, item->source, to)
                       : pour_bytes(item->bytes, to);
}
