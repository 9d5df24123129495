// SPDX-License-Identifier: Apache-2.0
// Other constraint components, SHACL 4.8.
#include "validate/shapes/components.h"

/// Copy terms into the arena as a sorted set.
static CrateStatus
keep_set(CrateCompiler *compiler,
         const CrateTerm *terms,
         size_t count,
         CrateConstraint *constraint)
{
  CrateArena *const arena = &compiler->shapes->arena;
  CrateTerm *const set = crate_arena_array(arena, count, sizeof(CrateTerm));
  if (!set) {
    return crate_arena_status(arena);
  }
  if (count) {
    memcpy(set, terms, count * sizeof(CrateTerm));
  }
  constraint->terms = set;
  constraint->term_count = crate_terms_sort(set, count);
  return CRATE_OK;
}

/// 4.8.1: predicates that the property shapes of the shape enumerate.
static CrateStatus
add_paths(CrateCompiler *compiler, CrateTerm node, CrateTermArray *out)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateQuadRange range = crate_graph_about(
    shapes->graph, node, crate_shapes_term(shapes, CRATE_SH_PROPERTY));
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTerm path =
      crate_graph_object(shapes->graph, range.first[i].object,
                         crate_shapes_term(shapes, CRATE_SH_PATH));
    if (crate_terms_kind(shapes->terms, path) == CRATE_TERM_IRI) {
      CRATE_TRY(crate_term_array_add(shapes->world, out, path));
    }
  }
  return CRATE_OK;
}

static CrateStatus
add_ignored(CrateCompiler *compiler, CrateTerm node, CrateTermArray *out)
{
  CrateShapes *const shapes = compiler->shapes;
  const CrateTerm head =
    crate_graph_object(shapes->graph, node,
                       crate_shapes_term(shapes, CRATE_SH_IGNORED_PROPERTIES));
  CrateTerm *members = NULL;
  size_t count = 0;
  if (!head) {
    return CRATE_OK;
  }
  const CrateStatus status =
    crate_graph_list(shapes->graph, head, &shapes->arena, &members, &count);
  if (status == CRATE_MALFORMED) { // blamed by its own row of the table
    return CRATE_OK;
  }
  CRATE_TRY(status);
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(crate_term_array_add(shapes->world, out, members[i]));
  }
  return CRATE_OK;
}

CRATE_COMPILE(closed)
{
  CrateShapes *const shapes = compiler->shapes;
  if (!crate_value_true(shapes, constraint->parameter)) {
    return CRATE_NOT_FOUND;
  }
  CrateTermArray allowed = {NULL, 0, 0};
  CrateStatus status = add_paths(compiler, shape->node, &allowed);
  if (!status) {
    status = add_ignored(compiler, shape->node, &allowed);
  }
  if (!status) {
    status = keep_set(compiler, allowed.terms, allowed.count, constraint);
  }
  crate_world_release(shapes->world, allowed.terms);
  return status;
}

static CrateStatus
check_closed(CrateCheck *check, CrateTerm value)
{
  const CrateConstraint *const constraint = check->constraint;
  const CrateQuadRange about = crate_graph_about(check->run->data, value, 0);
  for (size_t i = 0; i < about.count && !crate_check_done(check); ++i) {
    const CrateQuad *const quad = &about.first[i];
    if (crate_terms_contain(constraint->terms, constraint->term_count,
                            quad->predicate)) {
      continue;
    }
    const CrateFlaw flaw = {
      .value = quad->object,
      .quad = quad,
      .path = quad->predicate,
    };
    CRATE_TRY(crate_check_fail(check, &flaw));
  }
  return CRATE_OK;
}

CRATE_CHECK(closed)
{
  for (size_t i = 0; i < check->count; ++i) {
    CRATE_TRY(check_closed(check, crate_check_value(check, i)));
  }
  return CRATE_OK;
}

CRATE_CHECK(has_value)
{
  const CrateFlaw flaw = {0};
  for (size_t i = 0; i < check->count; ++i) {
    if (crate_check_value(check, i) == check->constraint->parameter) {
      return CRATE_OK;
    }
  }
  return crate_check_fail(check, &flaw);
}

CRATE_COMPILE(in)
{
  (void)shape;
  return keep_set(compiler, constraint->terms, constraint->term_count,
                  constraint);
}

CRATE_HOLDS(in)
{
  const CrateConstraint *const constraint = check->constraint;
  *out = crate_terms_contain(constraint->terms, constraint->term_count, value)
           ? CRATE_CONFORMS
           : CRATE_FAILS;
  return CRATE_OK;
}
