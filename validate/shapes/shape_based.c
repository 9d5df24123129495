// SPDX-License-Identifier: Apache-2.0
// Shape-based constraint components, SHACL 4.7.
#include "validate/shapes/components.h"
#include <stdio.h>

CRATE_HOLDS(node)
{
  return crate_run_conforms(check->run, check->constraint->shapes[0], value,
                            out);
}

/// Validate one value node against the property shape of sh:property.
static CrateStatus
check_property(CrateCheck *check, CrateTerm value, CrateOutcome *out)
{
  CrateRun *const run = check->run;
  const uint32_t number = check->constraint->shapes[0];
  const CrateShape *const shape = run->shapes->shapes[number];
  if (!shape->deep) {
    return crate_run_shape(run, shape, value, out);
  }
  // Without this a lattice of nodes would be walked along each of its ways.
  CRATE_TRY(crate_run_conforms(run, number, value, out));
  return *out == CRATE_CONFORMS || run->quiet
           ? CRATE_OK
           : crate_run_shape(run, shape, value, out);
}

// 4.7.2: the results are those of the property shape.
CRATE_CHECK(property)
{
  for (size_t i = 0; i < check->count && !crate_check_done(check); ++i) {
    CrateOutcome outcome = CRATE_CONFORMS;
    CRATE_TRY(check_property(check, crate_check_value(check, i), &outcome));
    check->outcome = crate_outcome_and(check->outcome, outcome);
  }
  return CRATE_OK;
}

/// Append the qualified value shapes below a parent, but for our own.
static CrateStatus
add_siblings(CrateCompiler *compiler,
             CrateTerm parent,
             CrateTerm own,
             CrateTermArray *out)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateQuadRange properties = crate_graph_about(
    shapes->graph, parent, crate_shapes_term(shapes, CRATE_SH_PROPERTY));
  for (size_t i = 0; i < properties.count; ++i) {
    const CrateQuadRange range = crate_graph_about(
      shapes->graph, properties.first[i].object,
      crate_shapes_term(shapes, CRATE_SH_QUALIFIED_VALUE_SHAPE));
    for (size_t j = 0; j < range.count; ++j) {
      if (range.first[j].object != own) {
        CRATE_TRY(
          crate_term_array_add(shapes->world, out, range.first[j].object));
      }
    }
  }
  return CRATE_OK;
}

/// 4.7.3: sibling shapes, over all shapes that have this one as sh:property.
static CrateStatus
find_siblings(CrateCompiler *compiler,
              CrateTerm node,
              CrateTerm own,
              CrateTermArray *out)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateQuadList parents = crate_graph_towards(
    shapes->graph, crate_shapes_term(shapes, CRATE_SH_PROPERTY), node);
  for (size_t i = 0; i < parents.count; ++i) {
    CRATE_TRY(add_siblings(compiler, crate_quad_list_at(parents, i)->subject,
                           own, out));
  }
  out->count = crate_terms_sort(out->terms, out->count);
  return CRATE_OK;
}

static CrateStatus
number_shapes(CrateCompiler *compiler,
              const CrateTerm *nodes,
              size_t count,
              const uint32_t **out)
{
  CrateArena *const arena = &compiler->shapes->arena;
  uint32_t *const numbers = crate_arena_array(arena, count, sizeof(uint32_t));
  if (!numbers) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(crate_compiler_shape(compiler, nodes[i], &numbers[i]));
  }
  *out = numbers;
  return CRATE_OK;
}

CRATE_COMPILE(qualified)
{
  CrateShapes *const shapes = compiler->shapes;
  const CrateTerm own = crate_graph_object(
    shapes->graph, shape->node,
    crate_shapes_term(shapes, CRATE_SH_QUALIFIED_VALUE_SHAPE));
  if (!own) { // the mandatory parameter is missing: no constraint
    return CRATE_NOT_FOUND;
  }
  constraint->number = crate_value_count(shapes, constraint->parameter);
  constraint->shape_count = 1;
  CRATE_TRY(number_shapes(compiler, &own, 1, &constraint->shapes));
  const CrateTerm disjoint =
    crate_graph_object(shapes->graph, shape->node,
                       crate_shapes_term(shapes, CRATE_SH_QUALIFIED_DISJOINT));
  if (!crate_value_true(shapes, disjoint)) {
    return CRATE_OK;
  }
  CrateTermArray siblings = {NULL, 0, 0};
  CrateStatus status = find_siblings(compiler, shape->node, own, &siblings);
  constraint->sibling_count = siblings.count;
  if (!status) {
    status = number_shapes(compiler, siblings.terms, siblings.count,
                           &constraint->siblings);
  }
  crate_world_release(shapes->world, siblings.terms);
  return status;
}

/// Whether a value counts: it has our shape and none of the siblings'.
static CrateStatus
counts(CrateCheck *check, CrateTerm value, CrateOutcome *out)
{
  const CrateConstraint *const constraint = check->constraint;
  CrateRun *const run = check->run;
  CRATE_TRY(crate_run_conforms(run, constraint->shapes[0], value, out));
  for (size_t i = 0; i < constraint->sibling_count && *out != CRATE_FAILS;
       ++i) {
    CrateOutcome other = CRATE_CONFORMS;
    CRATE_TRY(crate_run_conforms(run, constraint->siblings[i], value, &other));
    *out = crate_outcome_and(*out, other == CRATE_CONFORMS ? CRATE_FAILS
                                   : other == CRATE_FAILS  ? CRATE_CONFORMS
                                                           : CRATE_UNKNOWN);
  }
  return CRATE_OK;
}

static CrateStatus
count_values(CrateCheck *check, size_t *sure, size_t *most)
{
  *sure = 0;
  *most = 0;
  for (size_t i = 0; i < check->count; ++i) {
    CrateOutcome outcome = CRATE_CONFORMS;
    CRATE_TRY(counts(check, crate_check_value(check, i), &outcome));
    *sure += outcome == CRATE_CONFORMS;
    *most += outcome != CRATE_FAILS;
  }
  return CRATE_OK;
}

static CrateStatus
fail_count(CrateCheck *check, size_t found)
{
  char number[32];
  const int size = snprintf(number, sizeof(number), "%zu", found);
  const CrateFlaw flaw = {.detail = {number, size > 0 ? (size_t)size : 0}};
  return crate_check_fail(check, &flaw);
}

CRATE_CHECK(qualified_min)
{
  size_t sure = 0;
  size_t most = 0;
  CRATE_TRY(count_values(check, &sure, &most));
  if (most < check->constraint->number) {
    return fail_count(check, most);
  }
  if (sure < check->constraint->number) {
    check->outcome = crate_outcome_and(check->outcome, CRATE_UNKNOWN);
  }
  return CRATE_OK;
}

CRATE_CHECK(qualified_max)
{
  size_t sure = 0;
  size_t most = 0;
  CRATE_TRY(count_values(check, &sure, &most));
  if (sure > check->constraint->number) {
    return fail_count(check, sure);
  }
  if (most > check->constraint->number) {
    check->outcome = crate_outcome_and(check->outcome, CRATE_UNKNOWN);
  }
  return CRATE_OK;
}
