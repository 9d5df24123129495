// SPDX-License-Identifier: Apache-2.0
#include "validate/checks/uses.h"
#include "validate/checks/croissant.h"

#define KINDS CRATE_DIGEST_SET(CRATE_DIGEST_SHA256)
#define FAIR4ML "https://w3id.org/fair4ml#"

typedef struct {
  CrateChecks *checks;
  CrateUses *uses;
  CrateMap known[2]; ///< Paths that are in it, by whether they are tested on.
} Gathering;

static CrateStatus
add_use(Gathering *gathering, CrateUse use)
{
  CrateUses *const uses = gathering->uses;
  CrateMap *const known = &gathering->known[use.tested];
  if (crate_map_get(known, use.path, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(known, use.path, 1));
  CRATE_TRY(crate_world_reserve(gathering->checks->view->world, &uses->items,
                                &uses->capacity, uses->count + 1u,
                                sizeof(use)));
  uses->items[uses->count++] = use;
  return CRATE_OK;
}

/// The files below a folder of the package, whose list is sorted.
static CrateStatus
add_folder(Gathering *gathering, CrateUse use)
{
  const CrateText folder = use.path;
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(
    crate_package_list(gathering->checks->view->package, &paths, &count));
  size_t low = 0;
  for (size_t high = count; low < high;) {
    const size_t middle = low + (high - low) / 2u;
    if (crate_text_compare(paths[middle], folder) < 0) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  for (; low < count && crate_text_starts(paths[low], folder); ++low) {
    use.path = paths[low];
    if (!crate_text_ends(use.path, CRATE_TEXT("/"))) {
      CRATE_TRY(add_use(gathering, use));
    }
  }
  return CRATE_OK;
}

static CrateStatus
add_entity(Gathering *gathering, CrateTerm term, CrateUse use)
{
  CrateChecks *const checks = gathering->checks;
  const CrateEntity *const entity = crate_view_entity(checks->view, term);
  if (!entity || !(entity->bits & CRATE_IS_RELATIVE) ||
      (entity->bits & CRATE_IS_ROOT)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_view_payload_path(entity, &checks->arena, &use.path));
  switch (checks->members[crate_check_index(checks, entity)]) {
    case CRATE_MEMBER_FILE:
      return add_use(gathering, use);
    case CRATE_MEMBER_FOLDER:
      return crate_text_ends(use.path, CRATE_TEXT("/"))
               ? add_folder(gathering, use)
               : CRATE_OK;
    default:
      return CRATE_OK;
  }
}

/// Objects of a property, each once: a folder may be named by many models.
static CrateStatus
add_objects(Gathering *gathering, const char *property, bool tested)
{
  const CrateView *const view = gathering->checks->view;
  const CrateTerm predicate = crate_check_term(view, property);
  const CrateQuadList list =
    predicate ? crate_graph_with(view->graph, predicate) : (CrateQuadList){0};
  CrateMap seen;
  CrateStatus st = CRATE_OK;
  crate_map_init(&seen, view->world);
  for (size_t i = 0; i < list.count && !st; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    const CrateText key = {(const char *)&quad->object, sizeof(quad->object)};
    const CrateUse use = {.origin = crate_check_origin(view, quad),
                          .tested = tested};
    if (!crate_map_get(&seen, key, NULL)) {
      st = crate_map_put(&seen, key, 1);
      st = st ? st : add_entity(gathering, quad->object, use);
    }
  }
  crate_map_clear(&seen);
  return st;
}

static CrateStatus
gather(CrateChecks *checks, CrateUses *out)
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
  Gathering gathering = {.checks = checks, .uses = out};
  crate_map_init(&gathering.known[0], checks->view->world);
  crate_map_init(&gathering.known[1], checks->view->world);
  CrateStatus st = crate_check_members(checks);
  for (size_t i = 0; i < sizeof(properties) / sizeof(*properties) && !st; ++i) {
    st = add_objects(&gathering, properties[i].property, properties[i].tested);
  }
  crate_map_clear(&gathering.known[0]);
  crate_map_clear(&gathering.known[1]);
  return st;
}

/// Asked for before any is read, so that all are read together.
static CrateStatus
read_all(CrateChecks *checks, CrateUses *uses)
{
  size_t index = 0;
  for (size_t i = 0; i < uses->count; ++i) {
    CRATE_TRY(crate_contents_want(checks, uses->items[i].path, KINDS, &index));
  }
  CRATE_TRY(crate_contents_read(checks));
  for (size_t i = 0; i < uses->count; ++i) {
    CrateUse *const use = &uses->items[i];
    CRATE_TRY(crate_contents_want(checks, use->path, KINDS, &index));
    const CrateReading *const reading = crate_contents_at(checks, index);
    if (crate_contents_known(&uses->unread, reading) && reading->size) {
      use->digest =
        crate_digest_of(reading->digits, reading->kinds, CRATE_DIGEST_SHA256);
    }
    if (!use->tested && use->digest.size) {
      CRATE_TRY(crate_map_put(&uses->trained, use->digest, i + 1u));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_uses_gather(CrateChecks *checks, CrateUses *out)
{
  *out = (CrateUses){0};
  crate_map_init(&out->trained, checks->view->world);
  CRATE_TRY(crate_contents_gather(checks)); // what others want goes along
  CRATE_TRY(gather(checks, out));
  return read_all(checks, out);
}

void
crate_uses_clear(const CrateWorld *world, CrateUses *uses)
{
  crate_map_clear(&uses->trained);
  crate_world_release(world, uses->items);
  uses->items = NULL;
}

const CrateUse *
crate_uses_twin(const CrateUses *uses, const CrateUse *use)
{
  uintptr_t known = 0;
  return use->digest.size && crate_map_get(&uses->trained, use->digest, &known)
           ? &uses->items[known - 1u]
           : NULL;
}
