// SPDX-License-Identifier: Apache-2.0
// Validation, SHACL 3.4: shapes against their targets.
#include "validate/shapes/run.h"

CrateStatus
crate_run_say(CrateRun *run,
              uint64_t key,
              CrateTerm shape,
              CrateText reason,
              bool gave_up)
{
  uint32_t found = 0;
  CRATE_TRY(crate_key_map_add(&run->said, key, 1, &found));
  return found || !run->sink->not_checked
           ? CRATE_OK
           : run->sink->not_checked(run->sink->handle, shape, reason, gave_up);
}

CrateStatus
crate_check_unknown(CrateCheck *check, CrateText reason)
{
  check->outcome = crate_outcome_and(check->outcome, CRATE_UNKNOWN);
  return crate_run_say(check->run,
                       crate_key(CRATE_SAID_CONSTRAINT, check->constraint->id),
                       check->shape->node, reason, true);
}

static CrateStatus
say_shape(CrateRun *run, const CrateShape *shape)
{
  return crate_run_say(run, crate_key(CRATE_SAID_SHAPE, shape->node),
                       shape->node, shape->not_checked, false);
}

/// The first byte of the document that speaks of the focus node.
static uint32_t
origin_of(CrateRun *run, CrateTerm focus)
{
  if (run->blamed == focus) {
    return run->origin;
  }
  const CrateQuadRange about = crate_graph_about(run->data, focus, 0);
  run->blamed = focus;
  run->origin = CRATE_NO_ORIGIN;
  for (size_t i = 0; i < about.count; ++i) {
    const uint32_t origin = crate_graph_origin(run->data, &about.first[i]);
    run->origin = origin < run->origin ? origin : run->origin;
  }
  return run->origin;
}

static CrateStatus
hand_over(const CrateCheck *check, const CrateFlaw *flaw)
{
  CrateRun *const run = check->run;
  const CrateShape *const shape = check->shape;
  const bool simple =
    shape->path_node && shape->path.kind == CRATE_PATH_PREDICATE;
  CrateResult result = {
    .focus = check->focus,
    .value = flaw->value,
    .shape = shape->node,
    .rule = run->rule->node,
    .component = check->constraint->iri,
    .parameter = check->constraint->parameter,
    .path = flaw->path ? flaw->path : shape->path_node,
    .predicate = flaw->path ? flaw->path
                 : simple   ? shape->path.predicate
                            : 0,
    .severity = shape->severity,
    .quad = flaw->quad,
    .elsewhere = flaw->elsewhere,
  };
  if (flaw->quad) {
    result.origin = crate_graph_origin(run->data, flaw->quad);
  } else if (flaw->has_origin) {
    result.origin = flaw->origin;
  } else {
    result.origin = origin_of(run, check->focus);
  }
  crate_message_fill(check, flaw);
  CRATE_TRY(crate_buffer_status(&run->message));
  result.message = crate_buffer_text(&run->message);
  return run->sink->add(run->sink->handle, &result);
}

CrateStatus
crate_check_fail(CrateCheck *check, const CrateFlaw *flaw)
{
  check->outcome = CRATE_FAILS;
  return check->run->quiet ? CRATE_OK : hand_over(check, flaw);
}

/// Ask about each value node in turn.
static CrateStatus
check_values(CrateCheck *check)
{
  for (size_t i = 0; i < check->count && !crate_check_done(check); ++i) {
    const CrateTerm value = crate_check_value(check, i);
    CrateOutcome outcome = CRATE_CONFORMS;
    CRATE_TRY(check->constraint->component->holds(check, value, &outcome));
    check->outcome = crate_outcome_and(check->outcome, outcome);
    if (outcome == CRATE_FAILS) {
      const CrateFlaw flaw = {
        .value = value,
        .quad = check->run->quads[check->first + i],
      };
      CRATE_TRY(crate_check_fail(check, &flaw));
    }
  }
  return CRATE_OK;
}

static CrateStatus
check_constraints(CrateCheck *check)
{
  const CrateShape *const shape = check->shape;
  for (size_t i = 0; i < shape->constraint_count && !crate_check_done(check);
       ++i) {
    check->constraint = &shape->constraints[i];
    const CrateComponent *const component = check->constraint->component;
    if (component->check) {
      CRATE_TRY(component->check(check));
    } else if (check->count) {
      CRATE_TRY(check_values(check));
    }
  }
  return CRATE_OK;
}

static bool
is_off(const CrateRun *run, const CrateShape *shape)
{
  return shape->deactivated ||
         (shape->target_count && run->skip && run->skip[shape->rule]);
}

CrateStatus
crate_run_shape(CrateRun *run,
                const CrateShape *shape,
                CrateTerm focus,
                CrateOutcome *out)
{
  *out = CRATE_CONFORMS;
  if (is_off(run, shape)) { // 2.1.6: all nodes conform
    return CRATE_OK;
  }
  CrateCheck check = {
    .run = run,
    .shape = shape,
    .focus = focus,
    .first = run->value_count,
  };
  if (shape->not_checked.size) {
    check.outcome = CRATE_UNKNOWN;
    CRATE_TRY(say_shape(run, shape));
  }
  CrateStatus status = shape->path_node
                         ? crate_path_walk(run, &shape->path, focus)
                         : crate_run_push(run, focus, NULL);
  check.count = run->value_count - check.first;
  if (!status) {
    status = check_constraints(&check);
  }
  run->value_count = check.first;
  *out = check.outcome;
  return status;
}

CrateStatus
crate_run_conforms(CrateRun *run,
                   uint32_t shape,
                   CrateTerm focus,
                   CrateOutcome *out)
{
  const CrateShape *const found = run->shapes->shapes[shape];
  const uint64_t key = crate_key(shape, focus);
  uint32_t known = found->deep ? crate_key_map_get(&run->outcomes, key) : 0;
  if (known) {
    *out = (CrateOutcome)(known - 1);
    return CRATE_OK;
  }
  ++run->quiet;
  const CrateStatus status = crate_run_shape(run, found, focus, out);
  --run->quiet;
  if (status || !found->deep) {
    return status;
  }
  return crate_key_map_add(&run->outcomes, key, (uint32_t)*out + 1, &known);
}

/// Shapes that only SPARQL could check are not passed in silence, be they
/// reached or not: their targets may be among what we cannot read.
static CrateStatus
say_limits(CrateRun *run)
{
  const CrateShapes *const shapes = run->shapes;
  for (size_t i = 0; i < shapes->count; ++i) {
    const CrateShape *const shape = shapes->shapes[i];
    if (shape->not_checked.size && !is_off(run, shape)) {
      CRATE_TRY(say_shape(run, shape));
    }
  }
  return CRATE_OK;
}

static CrateStatus
run_rules(CrateRun *run)
{
  const CrateShapes *const shapes = run->shapes;
  run->classes =
    crate_arena_array(&run->arena, shapes->classes.count, sizeof(CrateClass));
  if (!run->classes) {
    return crate_arena_status(&run->arena);
  }
  CRATE_TRY(say_limits(run));
  for (size_t i = 0; i < shapes->rules.count; ++i) {
    run->rule = shapes->shapes[shapes->rules.terms[i]];
    if (is_off(run, run->rule)) {
      continue;
    }
    CRATE_TRY(crate_targets_find(run, run->rule));
    for (size_t j = 0; j < run->focuses.count; ++j) {
      CrateOutcome outcome = CRATE_CONFORMS;
      CRATE_TRY(
        crate_run_shape(run, run->rule, run->focuses.terms[j], &outcome));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_shapes_run(const CrateShapes *shapes,
                 const CrateGraph *data,
                 const bool *skip,
                 const CrateResultSink *sink)
{
  const CrateWorld *const world = shapes->world;
  CrateRun run = {
    .shapes = shapes,
    .skip = skip,
    .world = world,
    .data = data,
    .terms = crate_graph_terms(data),
    .sink = sink,
  };
  crate_key_map_init(&run.visited, world);
  crate_key_map_init(&run.outcomes, world);
  crate_key_map_init(&run.said, world);
  crate_arena_init(&run.arena, world);
  crate_buffer_init(&run.message, world);
  const CrateStatus status = run_rules(&run);
  crate_matcher_free(run.matcher);
  crate_key_map_clear(&run.visited);
  crate_key_map_clear(&run.outcomes);
  crate_key_map_clear(&run.said);
  crate_world_release(world, run.values);
  crate_world_release(world, run.quads);
  crate_world_release(world, run.visits);
  crate_world_release(world, run.focuses.terms);
  crate_arena_clear(&run.arena);
  crate_buffer_clear(&run.message);
  return status;
}
