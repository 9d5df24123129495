// SPDX-License-Identifier: Apache-2.0
// Constraints of a shape, SHACL 2.1.2: parameters looked up in the table.
#include "validate/shapes/run.h"

static CrateStatus
append(CrateCompiler *compiler, CrateConstraint constraint)
{
  CrateShapes *const shapes = compiler->shapes;
  CRATE_TRY(crate_world_reserve(
    shapes->world, &compiler->constraints, &compiler->constraint_capacity,
    compiler->constraint_count + 1, sizeof(CrateConstraint)));
  constraint.id = ++shapes->constraint_count;
  compiler->constraints[compiler->constraint_count++] = constraint;
  return CRATE_OK;
}

/// Numbers of the shapes that the value refers to: one, or a list's members.
static CrateStatus
refer(CrateCompiler *compiler,
      const CrateTerm *nodes,
      size_t count,
      CrateConstraint *constraint)
{
  CrateShapes *const shapes = compiler->shapes;
  uint32_t *const numbers =
    crate_arena_array(&shapes->arena, count, sizeof(uint32_t));
  if (!numbers) {
    return crate_arena_status(&shapes->arena);
  }
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(crate_compiler_shape(compiler, nodes[i], &numbers[i]));
  }
  constraint->shapes = numbers;
  constraint->shape_count = count;
  return CRATE_OK;
}

/// Read the value as its kind asks.
static CrateStatus
read_value(CrateCompiler *compiler, CrateConstraint *constraint)
{
  const CrateComponent *const component = constraint->component;
  CrateTerm *members = NULL;
  switch (component->value) {
    case CRATE_VALUE_ANY:
    case CRATE_VALUE_IRI:
    case CRATE_VALUE_LITERAL:
    case CRATE_VALUE_STRING:
    case CRATE_VALUE_INTEGER:
    case CRATE_VALUE_BOOLEAN:
      return CRATE_OK;
    case CRATE_VALUE_SHAPE:
    case CRATE_VALUE_NODE_SHAPE:
    case CRATE_VALUE_PROPERTY_SHAPE:
      return refer(compiler, &constraint->parameter, 1, constraint);
    case CRATE_VALUE_LIST:
    case CRATE_VALUE_IRI_LIST:
    case CRATE_VALUE_STRING_LIST:
    case CRATE_VALUE_SHAPE_LIST:
      break;
  }
  CRATE_TRY(crate_value_list(compiler, component->parameter, component->value,
                             constraint->parameter, &members,
                             &constraint->term_count));
  constraint->terms = members;
  return component->value == CRATE_VALUE_SHAPE_LIST
           ? refer(compiler, members, constraint->term_count, constraint)
           : CRATE_OK;
}

static CrateStatus
declare(CrateCompiler *compiler,
        const CrateShape *shape,
        const CrateComponent *component,
        CrateTerm value)
{
  const CrateShapes *const shapes = compiler->shapes;
  CrateConstraint constraint = {
    .component = component,
    .iri = crate_shapes_term(shapes, component->iri),
    .predicate = crate_shapes_term(shapes, component->parameter),
    .parameter = value,
  };
  if (!crate_value_check(compiler, component->parameter, component->value,
                         value)) {
    return CRATE_OK;
  }
  CRATE_TRY(read_value(compiler, &constraint));
  if (component->compile) {
    const CrateStatus status = component->compile(compiler, shape, &constraint);
    if (status == CRATE_NOT_FOUND) { // the constraint asks for nothing
      return CRATE_OK;
    }
    CRATE_TRY(status);
  }
  return component->iri ? append(compiler, constraint) : CRATE_OK;
}

static CrateStatus
compile_component(CrateCompiler *compiler,
                  const CrateShape *shape,
                  const CrateComponent *component)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateQuadRange range =
    crate_graph_about(shapes->graph, shape->node,
                      crate_shapes_term(shapes, component->parameter));
  if (!range.count) {
    return CRATE_OK;
  }
  if (component->flags & CRATE_COMPONENT_PROPERTY_ONLY && !shape->path_node) {
    crate_compiler_blame(compiler, component->parameter, 0,
                         "expects a shape with sh:path around it");
  }
  if (component->flags & CRATE_COMPONENT_SINGLE) {
    (void)crate_compiler_single(compiler, component->parameter);
  }
  for (size_t i = 0; i < range.count; ++i) {
    CRATE_TRY(declare(compiler, shape, component, range.first[i].object));
  }
  return CRATE_OK;
}

static CrateStatus
compile_native(CrateCompiler *compiler,
               const CrateShape *shape,
               const CrateNative *native)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateTerm predicate =
    crate_terms_find_iri(shapes->terms, native->parameter);
  if (!predicate) {
    return CRATE_OK;
  }
  const CrateQuadRange range =
    crate_graph_about(shapes->graph, shape->node, predicate);
  for (size_t i = 0; i < range.count; ++i) {
    CRATE_TRY(append(compiler, (CrateConstraint){
                                 .component = &crate_native_component,
                                 .iri = predicate,
                                 .predicate = predicate,
                                 .parameter = range.first[i].object,
                                 .native = native,
                               }));
  }
  return CRATE_OK;
}

CrateStatus
crate_constraints_compile(CrateCompiler *compiler, const CrateShape *shape)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateComponent *component = NULL;
  for (size_t i = 0; (component = crate_component_at(i)); ++i) {
    CRATE_TRY(compile_component(compiler, shape, component));
  }
  for (size_t i = 0; i < shapes->native_count; ++i) {
    CRATE_TRY(compile_native(compiler, shape, &shapes->natives[i]));
  }
  return CRATE_OK;
}
