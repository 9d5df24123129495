// SPDX-License-Identifier: Apache-2.0
// Evaluation of paths: each pair of state and node is visited once.
#include "validate/shapes/run.h"

CrateStatus
crate_run_push(CrateRun *run, CrateTerm value, const CrateQuad *quad)
{
  if (run->value_count == run->value_capacity) {
    CRATE_TRY(crate_world_reserve(run->world, &run->values,
                                  &run->value_capacity, run->value_count + 1,
                                  sizeof(*run->values)));
  }
  if (run->value_count >= run->quad_capacity) {
    CRATE_TRY(crate_world_reserve(run->world, &run->quads, &run->quad_capacity,
                                  run->value_count + 1, sizeof(*run->quads)));
  }
  run->values[run->value_count] = value;
  run->quads[run->value_count++] = quad;
  return CRATE_OK;
}

/// First of the statements, sorted by predicate, that is not below it.
static size_t
lower(CrateQuadRange range, CrateTerm predicate)
{
  size_t low = 0;
  size_t high = range.count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (range.first[middle].predicate < predicate) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

CrateQuadRange
crate_run_about(CrateRun *run, CrateTerm subject, CrateTerm predicate)
{
  if (run->subject != subject) {
    run->subject = subject;
    run->about = crate_graph_about(run->data, subject, 0);
  }
  const size_t low = lower(run->about, predicate);
  if (low == run->about.count || run->about.first[low].predicate != predicate) {
    return (CrateQuadRange){NULL, 0};
  }
  const CrateQuadRange rest = {run->about.first + low, run->about.count - low};
  return (CrateQuadRange){rest.first, lower(rest, predicate + 1)};
}

static CrateStatus
walk_predicate(CrateRun *run, CrateTerm predicate, CrateTerm focus)
{
  const CrateQuadRange range = crate_run_about(run, focus, predicate);
  for (size_t i = 0; i < range.count; ++i) {
    CRATE_TRY(crate_run_push(run, range.first[i].object, &range.first[i]));
  }
  return CRATE_OK;
}

static CrateStatus
walk_inverse(CrateRun *run, CrateTerm predicate, CrateTerm focus)
{
  const CrateQuadList list = crate_graph_towards(run->data, predicate, focus);
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    CRATE_TRY(crate_run_push(run, quad->subject, quad));
  }
  return CRATE_OK;
}

/// Queue a pair unless it was met before.
static CrateStatus
visit(CrateRun *run, size_t *count, CrateVisit pair)
{
  uint32_t found = 0;
  if (pair.state == CRATE_NO_STEP) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_key_map_add(&run->visited, crate_key(pair.state, pair.node),
                              1, &found));
  if (found) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(run->world, &run->visits, &run->visit_capacity,
                                *count + 1, sizeof(*run->visits)));
  run->visits[(*count)++] = pair;
  return CRATE_OK;
}

static CrateStatus
follow(CrateRun *run, const CrateStep *step, CrateTerm node, size_t *count)
{
  if (step->inverse) {
    const CrateQuadList list =
      crate_graph_towards(run->data, step->predicate, node);
    for (size_t i = 0; i < list.count; ++i) {
      const CrateQuad *const quad = crate_quad_list_at(list, i);
      CRATE_TRY(
        visit(run, count, (CrateVisit){quad->subject, step->next, quad}));
    }
    return CRATE_OK;
  }
  const CrateQuadRange range =
    crate_graph_about(run->data, node, step->predicate);
  for (size_t i = 0; i < range.count; ++i) {
    const CrateQuad *const quad = &range.first[i];
    CRATE_TRY(visit(run, count, (CrateVisit){quad->object, step->next, quad}));
  }
  return CRATE_OK;
}

static CrateStatus
walk_automaton(CrateRun *run, const CratePath *path, CrateTerm focus)
{
  size_t count = 0;
  crate_key_map_reset(&run->visited);
  CRATE_TRY(visit(run, &count, (CrateVisit){focus, path->start, NULL}));
  for (size_t i = 0; i < count; ++i) {
    const CrateVisit at = run->visits[i];
    const CrateStep *const step = &path->steps[at.state];
    if (step->predicate) {
      CRATE_TRY(follow(run, step, at.node, &count));
    } else if (at.state == 0) {
      CRATE_TRY(crate_run_push(run, at.node, at.quad));
    } else {
      CRATE_TRY(visit(run, &count, (CrateVisit){at.node, step->next, at.quad}));
      CRATE_TRY(
        visit(run, &count, (CrateVisit){at.node, step->other, at.quad}));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_path_walk(CrateRun *run, const CratePath *path, CrateTerm focus)
{
  switch (path->kind) {
    case CRATE_PATH_PREDICATE:
      return walk_predicate(run, path->predicate, focus);
    case CRATE_PATH_INVERSE:
      return walk_inverse(run, path->predicate, focus);
    case CRATE_PATH_COMPLEX:
      break;
  }
  return walk_automaton(run, path, focus);
}
