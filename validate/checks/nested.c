// SPDX-License-Identifier: Apache-2.0
// Crates inside of crates: data-entities#referencing-other-ro-crates.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

#define DOCUMENT "ro-crate-metadata.json"

/// Whether the folder of an entity has a metadata document of its own.
static CrateStatus
is_crate(CrateChecks *checks, const CrateEntity *entity, bool *crate)
{
  const CrateView *const view = checks->view;
  CrateMember member = CRATE_MEMBER_ABSENT;
  CrateText folder;
  CrateText path;
  CrateArena scratch;
  crate_arena_init(&scratch, view->world);
  CrateStatus st = crate_view_payload_path(entity, &scratch, &folder);
  if (!st) {
    const bool slash = crate_text_ends(folder, CRATE_TEXT("/"));
    const CrateText parts[] = {folder, crate_text(slash ? "" : "/"),
                               CRATE_TEXT(DOCUMENT)};
    st = crate_arena_join(&scratch, parts, 3, &path);
  }
  if (!st) {
    st = crate_package_find(view->package, path, &member, NULL);
  }
  crate_arena_clear(&scratch);
  *crate = member == CRATE_MEMBER_FILE;
  return st;
}

/// A folder that is a crate says so: it conforms to RO-Crate.
CrateStatus
crate_check_nested_declared(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const uint32_t wanted = CRATE_IS_FOLDER | CRATE_IS_RELATIVE;
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    bool crate = false;
    if ((entity->bits & wanted) != wanted ||
        (entity->bits & CRATE_IS_REFERENCED)) {
      continue;
    }
    CRATE_TRY(is_crate(checks, entity, &crate));
    if (crate) {
      CRATE_TRY(crate_check_report(call, entity->id_offset,
                                   "\"%.*s\" has a metadata document",
                                   CRATE_TEXT_ARG(entity->id)));
    }
  }
  return CRATE_OK;
}

/// The metadata document of a nested crate is described: then the folder that
/// it is in is a Dataset, under its path.
CrateStatus
crate_check_nested_described(const CrateNativeCall *call)
{
  const CrateChecks *const checks = (const CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (!(entity->bits & CRATE_IS_RELATIVE) ||
        !crate_text_ends(entity->id, CRATE_TEXT("/" DOCUMENT))) {
      continue;
    }
    const CrateText folder = crate_text_slice(
      entity->id, 0, entity->id.size - (sizeof(DOCUMENT) - 1u));
    const CrateText bare = crate_text_slice(folder, 0, folder.size - 1u);
    if (!crate_map_get(&checks->ids, folder, NULL) &&
        !crate_map_get(&checks->ids, bare, NULL) &&
        !crate_text_is(folder, "./")) {
      CRATE_TRY(crate_check_report(call, entity->id_offset,
                                   "\"%.*s\" is not described as a Dataset",
                                   CRATE_TEXT_ARG(folder)));
    }
  }
  return CRATE_OK;
}
