// SPDX-License-Identifier: Apache-2.0
// The files of the package against the entities that name them.
#include "validate/checks/checks.h"
#include <cratekit/iri.h>

/// A file that is to come, and with it the folders it is in.
static CrateStatus
promise(CrateChecks *checks, CrateText path)
{
  CRATE_TRY(crate_map_put(&checks->fetched, path, 1));
  uint32_t depth = 0;
  for (size_t end = path.size; end && depth < checks->view->world->limits.depth;
       --end) {
    if (path.data[end - 1u] == '/') {
      const CrateText folder = crate_text_slice(path, 0, end);
      CRATE_TRY(crate_map_put(&checks->fetched, folder, 1));
      CRATE_TRY(crate_map_put(&checks->fetched,
                              crate_text_slice(folder, 0, end - 1u), 1));
      ++depth;
    }
  }
  return CRATE_OK;
}

/// RFC 8493 encodes CR, LF and '%' in paths; older tools do not.
static CrateStatus
promise_decoded(CrateChecks *checks, CrateText path)
{
  CrateText decoded;
  if (crate_text_find(path, '%') == path.size) {
    return CRATE_OK;
  }
  const CrateStatus st = crate_iri_decode(&checks->arena, path, &decoded);
  return st == CRATE_MALFORMED ? CRATE_OK : st ? st : promise(checks, decoded);
}

/// fetch.txt of an incomplete bag promises files that are not here yet: RFC
/// 8493 2.2.3, "URL LENGTH FILEPATH" a line.
static CrateStatus
read_fetch(CrateChecks *checks)
{
  CratePackage *const package = checks->view->package;
  CrateText top;
  CrateText path;
  CrateText text;
  CrateMember member = CRATE_MEMBER_ABSENT;
  if (!crate_package_is_bag(package, &top)) {
    return CRATE_OK;
  }
  const CrateText parts[] = {CRATE_TEXT("/"), top, CRATE_TEXT("fetch.txt")};
  CRATE_TRY(crate_arena_join(&checks->arena, parts, 3, &path));
  CRATE_TRY(crate_package_find(package, path, &member, NULL));
  if (member != CRATE_MEMBER_FILE) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_package_read(package, path, &checks->arena, &text));
  for (size_t at = 0; at < text.size;) {
    const CrateText rest = crate_text_slice(text, at, text.size);
    const size_t end = crate_text_find(rest, '\n');
    CrateText line = crate_text_slice(rest, 0, end);
    for (int field = 0; field < 2; ++field) {
      line = crate_text_slice(line, crate_text_find(line, ' ') + 1u, line.size);
    }
    if (crate_text_ends(line, CRATE_TEXT("\r"))) {
      --line.size;
    }
    if (crate_text_starts(line, CRATE_TEXT("data/"))) {
      line = crate_text_slice(line, 5, line.size);
      CRATE_TRY(promise(checks, line));
      CRATE_TRY(promise_decoded(checks, line));
    }
    at += end + 1u;
  }
  return CRATE_OK;
}

static CrateStatus
look_up(CrateChecks *checks, CrateArena *scratch, size_t i)
{
  const CrateEntity *const entity = &checks->view->entities[i];
  checks->members[i] = CRATE_MEMBER_UNKNOWN;
  if (!(entity->bits & CRATE_IS_RELATIVE)) {
    return CRATE_OK;
  }
  CrateText path;
  CrateMember member = CRATE_MEMBER_UNKNOWN;
  CRATE_TRY(crate_view_payload_path(entity, scratch, &path));
  CRATE_TRY(crate_package_find(checks->view->package, path, &member,
                               &checks->sizes[i]));
  if (member == CRATE_MEMBER_ABSENT) {
    CRATE_TRY(
      crate_package_find_alike(checks->view->package, path, &member, NULL));
  }
  if (member == CRATE_MEMBER_ABSENT &&
      crate_map_get(&checks->fetched, path, NULL)) {
    member = CRATE_MEMBER_UNKNOWN;
  }
  checks->members[i] = (uint8_t)member;
  return CRATE_OK;
}

CrateStatus
crate_check_members(CrateChecks *checks)
{
  const CrateView *const view = checks->view;
  if (checks->members_known) {
    return CRATE_OK;
  }
  checks->members =
    (uint8_t *)crate_arena_array(&checks->arena, view->entity_count + 1u, 1);
  checks->sizes = (uint64_t *)crate_arena_array(
    &checks->arena, view->entity_count + 1u, sizeof(uint64_t));
  if (!checks->members || !checks->sizes) {
    return crate_arena_status(&checks->arena);
  }
  CRATE_TRY(read_fetch(checks));
  CrateArena scratch;
  crate_arena_init(&scratch, view->world);
  CrateStatus st = CRATE_OK;
  for (size_t i = 0; i < view->entity_count && !st; ++i) {
    crate_arena_reset(&scratch);
    st = look_up(checks, &scratch, i);
  }
  crate_arena_clear(&scratch);
  checks->members_known = !st;
  return st;
}

typedef struct {
  const char *name;   // value of the parameter
  uint32_t bits;      // any of these the entity must have
  uint32_t but_not;   // and none of these
  CrateMember member; // is a flaw when found like this
  const char *words;
} Expectation;

static const Expectation expectations[] = {
  {"file-absent", CRATE_TYPED_FILE, CRATE_TYPED_DATASET, CRATE_MEMBER_ABSENT,
   "is not in the package"},
  {"folder-absent", CRATE_TYPED_DATASET, 0, CRATE_MEMBER_ABSENT,
   "is not in the package"},
  {"outside", CRATE_TYPED_FILE | CRATE_TYPED_DATASET, 0, CRATE_MEMBER_OUTSIDE,
   "lies outside of the package"},
};

CrateStatus
crate_check_payload(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const CrateText name = crate_check_parameter(call);
  const size_t count = sizeof(expectations) / sizeof(*expectations);
  CRATE_TRY(crate_check_members(checks));
  for (size_t e = 0; e < count; ++e) {
    const Expectation *const expected = &expectations[e];
    for (size_t i = 0;
         crate_text_is(name, expected->name) && i < view->entity_count; ++i) {
      const CrateEntity *const entity = &view->entities[i];
      const bool exempt = entity->bits & (CRATE_IS_ROOT | CRATE_IS_DESCRIPTOR |
                                          CRATE_IS_PREVIEW | expected->but_not);
      if ((entity->bits & expected->bits) && !exempt &&
          checks->members[i] == expected->member) {
        CRATE_TRY(crate_check_report(call, entity->id_offset, "\"%.*s\" %s",
                                     CRATE_TEXT_ARG(entity->id),
                                     expected->words));
      }
    }
  }
  return CRATE_OK;
}

/// Whether a thumbnail that nobody describes is in the package all the same.
static CrateStatus
find_undescribed(const CrateView *view, CrateTerm value, bool *there)
{
  CrateArena scratch;
  CrateMember member = CRATE_MEMBER_ABSENT;
  CrateText path;
  const CrateEntity stand_in = {.id = crate_view_name(view, value)};
  *there = false;
  if (crate_iri_is_absolute(stand_in.id)) {
    return CRATE_OK;
  }
  crate_arena_init(&scratch, view->world);
  CrateStatus st = crate_view_payload_path(&stand_in, &scratch, &path);
  if (!st) {
    st = crate_package_find(view->package, path, &member, NULL);
  }
  crate_arena_clear(&scratch);
  *there = member == CRATE_MEMBER_FILE || member == CRATE_MEMBER_OTHER_FORM;
  return st;
}

/// contextual-entities#thumbnails: each value of the path is in the package.
CrateStatus
crate_check_thumbnail(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  CRATE_TRY(crate_check_members(checks));
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateEntity *const entity = crate_view_entity(view, call->values[i]);
    bool there = false;
    if (!entity) {
      CRATE_TRY(find_undescribed(view, call->values[i], &there));
    }
    const char *const flaw =
      there     ? NULL
      : !entity ? "it is neither in the package nor described in @graph"
      : entity->bits & CRATE_IS_WEB ? "it is on the web, not in the package"
      : checks->members[crate_check_index(checks, entity)] ==
          CRATE_MEMBER_ABSENT
        ? "it is not in the package"
        : NULL;
    if (flaw) {
      CRATE_TRY(
        call->report(call, call->values[i], CRATE_NO_ORIGIN, crate_text(flaw)));
    }
  }
  return CRATE_OK;
}

/// data-entities#web-based-data-entities: a File with a web @id whose
/// localPath is in the package. Values are those of localPath.
CrateStatus
crate_check_local_path(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateEntity *const entity = crate_view_entity(view, call->focus);
  if (!entity || !(entity->bits & CRATE_IS_WEB) ||
      !(entity->bits & CRATE_TYPED_FILE)) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < call->value_count; ++i) {
    CrateMember member = CRATE_MEMBER_ABSENT;
    const CrateText path = crate_view_name(view, call->values[i]);
    CRATE_TRY(crate_package_find(view->package, path, &member, NULL));
    if (member == CRATE_MEMBER_FILE) {
      CRATE_TRY(call->report(call, call->values[i], CRATE_NO_ORIGIN,
                             CRATE_TEXT("the file is in the package")));
    }
  }
  return CRATE_OK;
}
