// SPDX-License-Identifier: Apache-2.0
// A bag as a whole (RFC 8493): looked through once, asked aspect by aspect.
#include "validate/checks/bagit.h"
#include <stdarg.h>
#include <stdio.h>

/// What rules call the aspects: objects of ck:bag.
static const char *const aspects[CRATE_BAG_ASPECTS] = {
  [CRATE_BAG_PAYLOAD] = "payload",
  [CRATE_BAG_DECLARATION] = "declaration",
  [CRATE_BAG_ENCODING] = "encoding",
  [CRATE_BAG_MANIFEST] = "manifest",
  [CRATE_BAG_LINE] = "line",
  [CRATE_BAG_PATH] = "path",
  [CRATE_BAG_MISSING] = "missing",
  [CRATE_BAG_UNLISTED] = "unlisted",
  [CRATE_BAG_DIGEST] = "digest",
  [CRATE_BAG_REPEATED] = "repeated",
  [CRATE_BAG_REPEATED_ALIKE] = "repeated-alike",
  [CRATE_BAG_NAMESAKE] = "namesake",
  [CRATE_BAG_SYSTEM_FILE] = "system-file",
  [CRATE_BAG_MARK] = "mark",
  [CRATE_BAG_DOT] = "dot",
  [CRATE_BAG_ALGORITHM] = "algorithm",
  [CRATE_BAG_FETCH] = "fetch",
  [CRATE_BAG_PENDING] = "pending",
  [CRATE_BAG_INFO] = "info",
  [CRATE_BAG_OXUM] = "oxum",
  [CRATE_BAG_TOP_FOLDER] = "top-folder",
};

CrateStatus
crate_bag_flaw(CrateBag *bag,
               CrateBagAspect aspect,
               CrateText file,
               uint32_t line,
               const char *format,
               ...)
{
  char detail[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(detail, sizeof(detail), format, arguments);
  va_end(arguments);
  CrateText text = crate_text(detail);
  text.size = crate_text_utf8_span(text); // a cut may split a character
  CRATE_TRY(crate_world_reserve(bag->arena->world, &bag->flaws,
                                &bag->flaw_capacity, bag->flaw_count + 1u,
                                sizeof(CrateBagFlaw)));
  CrateBagFlaw *const flaw = &bag->flaws[bag->flaw_count];
  const bool shown = line && crate_text_utf8_span(bag->line) == bag->line.size;
  *flaw = (CrateBagFlaw){aspect, {.file = file, .line = line}, {NULL, 0}};
  flaw->where.excerpt = shown ? bag->line : (CrateText){NULL, 0};
  CRATE_TRY(crate_arena_copy(bag->arena, text, &flaw->detail));
  ++bag->flaw_count;
  return CRATE_OK;
}

CrateStatus
crate_bag_path(const CrateBag *bag, CrateText path, CrateText *out)
{
  const CrateText parts[] = {CRATE_TEXT("/"), bag->top, path};
  return crate_arena_join(bag->arena, parts, 3, out);
}

/// RFC 8493 2: the two things that a bag cannot do without.
static CrateStatus
look_at_form(CrateBag *bag)
{
  CrateText path;
  CrateMember member = CRATE_MEMBER_ABSENT;
  const CratePackageKind kind = crate_package_kind(bag->package);
  const CrateText none = {NULL, 0};
  CRATE_TRY(crate_bag_path(bag, CRATE_TEXT("data"), &path));
  CRATE_TRY(crate_package_find(bag->package, path, &member, NULL));
  if (member != CRATE_MEMBER_FOLDER) {
    CRATE_TRY(crate_bag_flaw(bag, CRATE_BAG_PAYLOAD, none, 0,
                             "there is no folder data/"));
  }
  return kind == CRATE_PACKAGE_FOLDER || bag->top.size ||
             member != CRATE_MEMBER_FOLDER
           ? CRATE_OK
           : crate_bag_flaw(bag, CRATE_BAG_TOP_FOLDER, none, 0,
                            "the archive holds the bag's files at its top");
}

static CrateStatus
list(CrateBag *bag)
{
  bag->listed = true;
  CRATE_TRY(look_at_form(bag));
  CRATE_TRY(crate_bag_read_declaration(bag));
  CRATE_TRY(crate_bag_read_fetch(bag));
  return crate_bag_read_manifests(bag);
}

CrateStatus
crate_bag_of(CrateChecks *checks, CrateBag **out)
{
  CRATE_TRY(crate_bag_listed(checks, out));
  CrateBag *const bag = *out;
  if (!bag->listed) {
    return CRATE_OK;
  }
  bag->listed = false;
  CRATE_TRY(crate_contents_gather(checks));
  CRATE_TRY(crate_bag_verify(bag));
  return crate_bag_read_info(bag);
}

CrateStatus
crate_bag_listed(CrateChecks *checks, CrateBag **out)
{
  const CrateWorld *const world = checks->view->world;
  *out = checks->bag;
  if (*out) {
    return CRATE_OK;
  }
  CrateBag *const bag =
    (CrateBag *)crate_world_allocate(world, sizeof(CrateBag));
  if (!bag) {
    return CRATE_NO_MEMORY;
  }
  *bag = (CrateBag){.checks = checks,
                    .arena = &checks->arena,
                    .package = checks->view->package};
  crate_package_is_bag(bag->package, &bag->top);
  crate_map_init(&bag->by_path, world);
  crate_map_init(&bag->fetched, world);
  checks->bag = bag;
  *out = bag;
  return list(bag);
}

void
crate_bag_free(CrateBag *bag)
{
  if (bag) {
    const CrateWorld *const world = bag->arena->world;
    crate_map_clear(&bag->by_path);
    crate_map_clear(&bag->fetched);
    crate_world_release(world, bag->flaws);
    crate_world_release(world, bag->manifests);
    crate_world_release(world, bag->files);
    crate_world_release(world, bag->entries);
    crate_world_release(world, bag);
  }
}

/// A flaw of no file is one of the bag.
static CrateStatus
report(const CrateNativeCall *call, const CrateBag *bag, CrateBagFlaw flaw)
{
  if (!flaw.where.file.size) {
    flaw.where.file = crate_package_path(bag->package);
  }
  return call->report_elsewhere(call, &flaw.where, flaw.detail);
}

/// Parameter: the aspect.
CrateStatus
crate_check_bag(const CrateNativeCall *call)
{
  const CrateText aspect = crate_check_parameter(call);
  CrateBag *bag = NULL;
  CRATE_TRY(crate_bag_of((CrateChecks *)call->handle, &bag));
  for (size_t i = 0; i < bag->flaw_count; ++i) {
    if (crate_text_is(aspect, aspects[bag->flaws[i].aspect])) {
      CRATE_TRY(report(call, bag, bag->flaws[i]));
    }
  }
  return crate_text_is(aspect, aspects[CRATE_BAG_DIGEST])
           ? crate_contents_excuse(call, &bag->unread)
           : CRATE_OK;
}
