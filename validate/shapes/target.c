// SPDX-License-Identifier: Apache-2.0
// Targets, SHACL 2.1.3.
#include "validate/shapes/run.h"

static const CrateShacl KINDS[] = {
  CRATE_SH_TARGET_NODE,
  CRATE_SH_TARGET_CLASS,
  CRATE_SH_TARGET_SUBJECTS_OF,
  CRATE_SH_TARGET_OBJECTS_OF,
};
enum { KIND_COUNT = sizeof(KINDS) / sizeof(*KINDS) };

/// 2.1.3.1: a target node is an IRI or a literal; all others are IRIs.
static bool
suits(CrateCompiler *compiler, CrateShacl kind, CrateTerm term)
{
  if (kind != CRATE_SH_TARGET_NODE) {
    return crate_value_check(compiler, kind, CRATE_VALUE_IRI, term);
  }
  if (crate_terms_kind(compiler->shapes->terms, term) != CRATE_TERM_BLANK) {
    return true;
  }
  crate_compiler_blame(compiler, kind, term, "expects an IRI or a literal");
  return false;
}

static CrateStatus
add_target(CrateCompiler *compiler,
           CrateTarget *targets,
           size_t *count,
           CrateShacl kind,
           CrateTerm term)
{
  CrateTarget *const target = &targets[(*count)++];
  *target = (CrateTarget){kind, term, 0};
  return kind == CRATE_SH_TARGET_CLASS
           ? crate_compiler_class(compiler, term, &target->class_number)
           : CRATE_OK;
}

static CrateQuadRange
targets_of(const CrateShapes *shapes, CrateTerm node, CrateShacl kind)
{
  return crate_graph_about(shapes->graph, node,
                           crate_shapes_term(shapes, kind));
}

/// 2.1.3.3: a shape that is a class too is its own class target.
static bool
is_class(CrateCompiler *compiler, CrateTerm node)
{
  const unsigned types = crate_compiler_types(compiler, node);
  if (!(types & CRATE_TYPE_CLASS) ||
      !(types & (CRATE_TYPE_NODE_SHAPE | CRATE_TYPE_PROPERTY_SHAPE))) {
    return false;
  }
  if (crate_terms_kind(compiler->shapes->terms, node) == CRATE_TERM_IRI) {
    return true;
  }
  crate_compiler_blame(compiler, CRATE_SH_NONE, 0,
                       "expects an IRI as its name, since it is a class");
  return false;
}

CrateStatus
crate_targets_compile(CrateCompiler *compiler, CrateShape *shape)
{
  CrateShapes *const shapes = compiler->shapes;
  size_t most = 1;
  for (size_t k = 0; k < KIND_COUNT; ++k) {
    most += targets_of(shapes, shape->node, KINDS[k]).count;
  }
  CrateTarget *const targets =
    crate_arena_array(&shapes->arena, most, sizeof(CrateTarget));
  if (!targets) {
    return crate_arena_status(&shapes->arena);
  }
  size_t count = 0;
  for (size_t k = 0; k < KIND_COUNT; ++k) {
    const CrateQuadRange range = targets_of(shapes, shape->node, KINDS[k]);
    for (size_t i = 0; i < range.count; ++i) {
      const CrateTerm term = range.first[i].object;
      if (suits(compiler, KINDS[k], term)) {
        CRATE_TRY(add_target(compiler, targets, &count, KINDS[k], term));
      }
    }
  }
  if (is_class(compiler, shape->node)) {
    CRATE_TRY(add_target(compiler, targets, &count, CRATE_SH_TARGET_CLASS,
                         shape->node));
  }
  shape->targets = targets;
  shape->target_count = count;
  return CRATE_OK;
}

static CrateStatus
add_focus(CrateRun *run, CrateTerm focus)
{
  return crate_term_array_add(run->world, &run->focuses, focus);
}

static CrateStatus
add_instances(CrateRun *run, const CrateTarget *target)
{
  const CrateClass *class = NULL;
  CRATE_TRY(crate_class_find(run, target->class_number, &class));
  for (size_t c = 0; c < class->count; ++c) {
    const CrateQuadList list =
      crate_graph_towards(run->data, CRATE_RDF_TYPE, class->classes[c]);
    for (size_t i = 0; i < list.count; ++i) {
      CRATE_TRY(add_focus(run, crate_quad_list_at(list, i)->subject));
    }
  }
  return CRATE_OK;
}

/// Subjects or objects of a predicate.
static CrateStatus
add_ends(CrateRun *run, const CrateTarget *target)
{
  const CrateQuadList list = crate_graph_with(run->data, target->term);
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    CRATE_TRY(add_focus(run, target->kind == CRATE_SH_TARGET_SUBJECTS_OF
                               ? quad->subject
                               : quad->object));
  }
  return CRATE_OK;
}

CrateStatus
crate_targets_find(CrateRun *run, const CrateShape *shape)
{
  run->focuses.count = 0;
  for (size_t i = 0; i < shape->target_count; ++i) {
    const CrateTarget *const target = &shape->targets[i];
    if (target->kind == CRATE_SH_TARGET_NODE) {
      CRATE_TRY(add_focus(run, target->term));
    } else if (target->kind == CRATE_SH_TARGET_CLASS) {
      CRATE_TRY(add_instances(run, target));
    } else {
      CRATE_TRY(add_ends(run, target));
    }
  }
  run->focuses.count = crate_terms_sort(run->focuses.terms, run->focuses.count);
  return CRATE_OK;
}
