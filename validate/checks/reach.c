// SPDX-License-Identifier: Apache-2.0
// What hasPart leads to from the root, and what that asks of it: data-
// entities#referencing-files-and-folders-from-the-root-data-entity.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

/// Entities reached, in the order in which their parts are looked at.
typedef struct {
  uint32_t *indexes;
  size_t head, tail;
} Queue;

static void
reach(CrateChecks *checks, const CrateEntity *part, Queue *queue)
{
  const size_t index = crate_check_index(checks, part);
  if (!checks->reached[index]) {
    checks->reached[index] = 1;
    queue->indexes[queue->tail++] = (uint32_t)index;
  }
}

/// A value of hasPart that is no entity may be an @list of some.
static CrateStatus
reach_members(CrateChecks *checks, CrateTerm list, Queue *queue)
{
  const CrateView *const view = checks->view;
  CrateTerm *members = NULL;
  size_t count = 0;
  CrateArena scratch;
  crate_arena_init(&scratch, view->world);
  const CrateStatus st =
    crate_graph_list(view->graph, list, &scratch, &members, &count);
  for (size_t i = 0; !st && i < count; ++i) {
    const CrateEntity *const part = crate_view_entity(view, members[i]);
    if (part) {
      reach(checks, part, queue);
    }
  }
  crate_arena_clear(&scratch);
  return st == CRATE_MALFORMED ? CRATE_OK : st;
}

static CrateStatus
spread(CrateChecks *checks, CrateTerm has_part, Queue *queue)
{
  const CrateView *const view = checks->view;
  reach(checks, view->root, queue);
  while (has_part && queue->head < queue->tail) { // 0 would mean any property
    const CrateQuadRange range = crate_graph_about(
      view->graph, view->entities[queue->indexes[queue->head++]].term,
      has_part);
    for (size_t i = 0; i < range.count; ++i) {
      const CrateTerm value = range.first[i].object;
      const CrateEntity *const part = crate_view_entity(view, value);
      if (part) {
        reach(checks, part, queue);
      } else if (crate_terms_kind(view->terms, value) == CRATE_TERM_BLANK) {
        CRATE_TRY(reach_members(checks, value, queue));
      }
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_check_reached(CrateChecks *checks)
{
  const CrateView *const view = checks->view;
  if (checks->reached_known || !view->root) {
    return CRATE_OK;
  }
  const size_t count = view->entity_count;
  checks->reached = (uint8_t *)crate_arena_array(&checks->arena, count + 1u, 1);
  Queue queue = {
    (uint32_t *)crate_arena_array(&checks->arena, count + 1u, sizeof(uint32_t)),
    0, 0};
  if (!checks->reached || !queue.indexes) {
    return crate_arena_status(&checks->arena);
  }
  const CrateTerm has_part =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA "hasPart"));
  checks->reached_known = true;
  return spread(checks, has_part, &queue);
}

/// Whether an entity is the value of a property.
static bool
is_value_of(const CrateView *view, const CrateEntity *entity, const char *iri)
{
  const CrateTerm property = crate_terms_find_iri(view->terms, crate_text(iri));
  return property &&
         crate_graph_towards(view->graph, property, entity->term).count;
}

static bool
has_type(const CrateView *view, const CrateEntity *entity, const char *iri)
{
  const CrateTerm type = crate_terms_find_iri(view->terms, crate_text(iri));
  return type &&
         crate_graph_find(view->graph, entity->term, CRATE_RDF_TYPE, type);
}

/// Data that need not be listed: section 7 of docs/decisions.md.
static bool
is_exempt(const CrateView *view, const CrateEntity *entity)
{
  return (entity->bits & CRATE_IS_THUMBNAIL) ||
         ((entity->bits & CRATE_IS_WEB) &&
          has_type(view, entity, PROF "Profile")) ||
         is_value_of(view, entity, SCHEMA "license") ||
         is_value_of(view, entity, SCHEMA "distribution") ||
         crate_text_ends(entity->id, CRATE_TEXT("ro-crate-metadata.json"));
}

CrateStatus
crate_check_reachable(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  CRATE_TRY(crate_check_reached(checks));
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if ((entity->bits & CRATE_IS_DATA) &&
        crate_view_entity(view, entity->term) == entity &&
        !checks->reached[i] && !is_exempt(view, entity)) {
      CRATE_TRY(crate_check_report(call, entity->id_offset,
                                   "\"%.*s\" is not linked from the root",
                                   CRATE_TEXT_ARG(entity->id)));
    }
  }
  return CRATE_OK;
}

/// What an entity stands for, told by its path or, better, by the package.
typedef enum { NOTHING, FILE_BY_ID, FOLDER_BY_ID, REAL_FILE, REAL_FOLDER } Sort;

static const struct {
  const char *name; // value of the parameter
  Sort sort;
  uint32_t wanted;
  const char *words;
} expected[] = {
  {"file", FILE_BY_ID, CRATE_TYPED_FILE, "stands for a file, but is no File"},
  {"folder", FOLDER_BY_ID, CRATE_TYPED_DATASET,
   "stands for a folder, but is no Dataset"},
  {"real-file", REAL_FILE, CRATE_TYPED_FILE, "is a file, but not typed File"},
  {"real-folder", REAL_FOLDER, CRATE_TYPED_DATASET,
   "is a folder, but not typed Dataset"},
};

/// Things that hasPart may lead to though they are neither file nor folder,
/// and scripts, which have rules of their own.
static bool
is_no_data(const CrateView *view, const CrateEntity *entity)
{
  static const char *const types[] = {
    SCHEMA "SoftwareApplication",
    "http://pcdm.org/models#Object",
    "http://pcdm.org/models#object",
    "http://pcdm.org/models#Collection",
    PROF "Profile",
  };
  for (size_t i = 0; i < sizeof(types) / sizeof(*types); ++i) {
    if (has_type(view, entity, types[i])) {
      return true;
    }
  }
  return entity->bits &
         (CRATE_IS_SCRIPT | CRATE_IS_WORKFLOW | CRATE_IS_DESCRIPTOR |
          CRATE_IS_ROOT | CRATE_IS_PREVIEW | CRATE_IS_LOCAL);
}

/// Told by the package and the path alone, which is cheap; whether it is data
/// at all is asked later, and of few.
static Sort
sort_of(const CrateChecks *checks, const CrateEntity *entity)
{
  const size_t i = crate_check_index(checks, entity);
  const CrateMember member =
    checks->members ? (CrateMember)checks->members[i] : CRATE_MEMBER_UNKNOWN;
  if (!(entity->bits & CRATE_IS_RELATIVE)) {
    return NOTHING;
  }
  if (member == CRATE_MEMBER_FILE || member == CRATE_MEMBER_OTHER_FORM) {
    return REAL_FILE;
  }
  if (member == CRATE_MEMBER_FOLDER) {
    return REAL_FOLDER;
  }
  if (entity->bits & (CRATE_TYPED_FILE | CRATE_TYPED_DATASET)) {
    return NOTHING; // absent, but typed: other rules speak
  }
  return crate_text_ends(entity->id, CRATE_TEXT("/")) ? FOLDER_BY_ID
                                                      : FILE_BY_ID;
}

/// Whether an entity is not what it stands for.
static bool
is_mistyped(const CrateChecks *checks,
            const CrateEntity *entity,
            Sort sort,
            uint32_t wanted)
{
  return !(entity->bits & wanted) && sort_of(checks, entity) == sort &&
         crate_text_find(entity->id, '#') == entity->id.size &&
         !is_no_data(checks->view, entity);
}

CrateStatus
crate_check_expected_type(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const CrateText name = crate_check_parameter(call);
  CRATE_TRY(crate_check_reached(checks));
  if (view->mode == CRATE_MODE_ATTACHED) {
    CRATE_TRY(crate_check_members(checks));
  }
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    const uint32_t data = CRATE_TYPED_FILE | CRATE_TYPED_DATASET;
    if (!checks->reached[i] && !(entity->bits & data)) {
      continue; // contextual: a licence text, say
    }
    for (size_t e = 0; e < sizeof(expected) / sizeof(*expected); ++e) {
      if (crate_text_is(name, expected[e].name) &&
          is_mistyped(checks, entity, expected[e].sort, expected[e].wanted)) {
        CRATE_TRY(crate_check_report(call, entity->id_offset, "\"%.*s\" %s",
                                     CRATE_TEXT_ARG(entity->id),
                                     expected[e].words));
      }
    }
  }
  return CRATE_OK;
}
