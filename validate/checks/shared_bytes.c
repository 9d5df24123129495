// SPDX-License-Identifier: Apache-2.0
// Whether a model was tested on what it was trained on: the same file under
// another name, or in another folder.
#include "validate/checks/contents.h"

#define FAIR4ML "https://w3id.org/fair4ml#"

/// A file that a model was trained or tested on.
typedef struct {
  CrateText path;
  uint32_t origin; // of the statement that led to it
  size_t index;    // of its reading
  bool tested;
} Use;

typedef struct {
  const CrateNativeCall *call;
  CrateChecks *checks;
  Use *uses;
  size_t count, capacity;
} Uses;

static CrateStatus
add_use(Uses *uses, CrateText path, uint32_t origin, bool tested)
{
  CRATE_TRY(crate_world_reserve(uses->checks->view->world, &uses->uses,
                                &uses->capacity, uses->count + 1u,
                                sizeof(Use)));
  Use *const use = &uses->uses[uses->count];
  *use = (Use){.path = path, .origin = origin, .tested = tested};
  CRATE_TRY(crate_contents_want(
    uses->checks, path, CRATE_DIGEST_SET(CRATE_DIGEST_SHA256), &use->index));
  ++uses->count;
  return CRATE_OK;
}

/// The files below a folder of the package.
static CrateStatus
add_folder(Uses *uses, CrateText folder, uint32_t origin, bool tested)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(crate_package_list(uses->checks->view->package, &paths, &count));
  for (size_t i = 0; i < count; ++i) {
    if (crate_text_starts(paths[i], folder) &&
        !crate_text_ends(paths[i], CRATE_TEXT("/"))) {
      CRATE_TRY(add_use(uses, paths[i], origin, tested));
    }
  }
  return CRATE_OK;
}

static CrateStatus
add_entity(Uses *uses, CrateTerm term, uint32_t origin, bool tested)
{
  CrateChecks *const checks = uses->checks;
  const CrateEntity *const entity = crate_view_entity(checks->view, term);
  CrateText path;
  if (!entity || !(entity->bits & CRATE_IS_RELATIVE) ||
      (entity->bits & CRATE_IS_ROOT)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_view_payload_path(entity, &checks->arena, &path));
  switch (checks->members[crate_check_index(checks, entity)]) {
    case CRATE_MEMBER_FILE:
      return add_use(uses, path, origin, tested);
    case CRATE_MEMBER_FOLDER:
      return crate_text_ends(path, CRATE_TEXT("/"))
               ? add_folder(uses, path, origin, tested)
               : CRATE_OK;
    default:
      return CRATE_OK;
  }
}

static CrateStatus
add_objects(Uses *uses, const char *property, bool tested)
{
  const CrateGraph *const graph = uses->call->data;
  const CrateTerm predicate =
    crate_terms_find_iri(uses->checks->view->terms, crate_text(property));
  const CrateQuadList list =
    predicate ? crate_graph_with(graph, predicate) : (CrateQuadList){0};
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    CRATE_TRY(
      add_entity(uses, quad->object, crate_graph_origin(graph, quad), tested));
  }
  return CRATE_OK;
}

static CrateStatus
gather(Uses *uses)
{
  static const struct {
    const char *property;
    bool tested;
  } properties[] = {
    {FAIR4ML "trainedOn", false},
    {FAIR4ML "testedOn", true},
    {FAIR4ML "evaluatedOn", true},
    {FAIR4ML "evaluationDataset", true},
  };
  for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); ++i) {
    CRATE_TRY(add_objects(uses, properties[i].property, properties[i].tested));
  }
  return CRATE_OK;
}

/// A file tested on against those trained on, which the map has by digest.
static CrateStatus
compare(const Uses *uses, const Use *use, const CrateMap *trained)
{
  uintptr_t known = 0;
  const CrateReading *const reading =
    crate_contents_at(uses->checks, use->index);
  const CrateText digest =
    crate_digest_of(reading->digits, reading->kinds, CRATE_DIGEST_SHA256);
  if (!crate_map_get(trained, digest, &known)) {
    return CRATE_OK;
  }
  const CrateText other = uses->uses[known - 1u].path;
  const bool same = crate_text_equal(other, use->path);
  return crate_check_report(uses->call, use->origin,
                            same ? "\"%.*s\" is trained on too%.*s"
                                 : "\"%.*s\" has the bytes of \"%.*s\", which "
                                   "is trained on",
                            CRATE_TEXT_ARG(use->path),
                            CRATE_TEXT_ARG(same ? CRATE_TEXT("") : other));
}

static CrateStatus
compare_all(const Uses *uses, CrateMap *trained, CrateUnread *unread)
{
  for (size_t i = 0; i < uses->count; ++i) {
    const Use *const use = &uses->uses[i];
    const CrateReading *const reading =
      crate_contents_at(uses->checks, use->index);
    const CrateText digest =
      crate_digest_of(reading->digits, reading->kinds, CRATE_DIGEST_SHA256);
    if (!crate_contents_known(unread, reading) || !reading->size) {
      continue; // empty files are all alike
    }
    CRATE_TRY(use->tested ? compare(uses, use, trained)
                          : crate_map_put(trained, digest, i + 1u));
  }
  return CRATE_OK;
}

/// Asked once, for the document.
CrateStatus
crate_check_shared_bytes(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  Uses uses = {.call = call, .checks = checks};
  CrateUnread unread = {NULL, 0};
  CrateMap trained;
  crate_map_init(&trained, checks->view->world);
  CrateStatus st = crate_check_members(checks);
  st = st ? st : crate_contents_gather(checks); // what others want goes along
  st = st ? st : gather(&uses);
  st = st ? st : crate_contents_read(checks);
  st = st ? st : compare_all(&uses, &trained, &unread);
  st = st ? st : crate_contents_excuse(call, &unread);
  crate_map_clear(&trained);
  crate_world_release(checks->view->world, uses.uses);
  return st;
}
