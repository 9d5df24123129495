// SPDX-License-Identifier: Apache-2.0
// Which variables a group makes visible (18.2.1), and which of them all of its
// solutions have.
#include "sparql/read.h"

static CrateStatus scope_group(CrateSparql *sparql, CrateGroup *group);

static void
see(CrateGroup *group, CrateNode node, bool certain)
{
  if (!node.term) {
    // Not if something before could have told that it was unbound.
    group->certain[node.variable] |= certain && !group->touched[node.variable];
    group->visible[node.variable] = true;
    group->touched[node.variable] = true;
  }
}

/// Parts that make nothing certain, but can tell whether these are bound.
static void
touch(CrateGroup *group, const bool *variables, uint32_t count)
{
  for (uint32_t v = 0; v < count; ++v) {
    group->touched[v] |= variables[v];
  }
}

static void
scope_triples(CrateGroup *group, const CrateElement *element)
{
  for (const CrateTriple *t = element->triples; t; t = t->next) {
    see(group, t->subject, true);
    if (!t->path) {
      see(group, t->predicate, true);
    }
    see(group, t->object, true);
  }
}

/// The variables of groups inside of this one. Certain is what is so in all
/// of the alternatives.
static CrateStatus
scope_groups(CrateSparql *sparql, CrateGroup *group, CrateGroup *list)
{
  const uint32_t count = sparql->named;
  for (CrateGroup *inner = list; inner; inner = inner->next) {
    CRATE_TRY(scope_group(sparql, inner));
  }
  for (const CrateGroup *inner = list; inner; inner = inner->next) {
    // What is visible is touched below, once it is known whether for certain.
    for (uint32_t v = 0; v < count; ++v) {
      group->touched[v] |= inner->touched[v] && !inner->visible[v];
    }
  }
  for (uint32_t v = 0; v < count; ++v) {
    bool certain = true;
    bool visible = false;
    for (const CrateGroup *inner = list; inner; inner = inner->next) {
      certain = certain && inner->certain[v];
      visible = visible || inner->visible[v];
    }
    if (visible) {
      see(group, (CrateNode){0, v}, certain);
    }
  }
  return CRATE_OK;
}

static void
scope_values(CrateGroup *group, const CrateElement *element)
{
  for (uint32_t v = 0; v < element->variable_count; ++v) {
    bool certain = true;
    for (uint32_t row = 0; row < element->value_rows; ++row) {
      certain = certain && element->values[row * element->variable_count + v];
    }
    see(group, (CrateNode){0, element->variables[v]}, certain);
  }
}

/// Groups of EXISTS have a scope, too; what they bind does not leave it.
static CrateStatus
scope_expression(CrateSparql *sparql,
                 CrateGroup *group,
                 const CrateExpression *expression)
{
  for (const CrateExpression *e = expression; e; e = e->next) {
    if (e->kind == CRATE_EXPRESSION_VARIABLE ||
        e->kind == CRATE_EXPRESSION_BOUND) {
      group->touched[e->node.variable] = true;
    }
    if (e->group) {
      CRATE_TRY(scope_group(sparql, e->group));
      touch(group, e->group->touched, sparql->named);
    }
    CRATE_TRY(scope_expression(sparql, group, e->arguments));
  }
  return CRATE_OK;
}

static CrateStatus
scope_bind(CrateSparql *sparql, CrateGroup *group, const CrateElement *element)
{
  const CrateNode variable = {0, element->variables[0]};
  CRATE_TRY(scope_expression(sparql, group, element->expression));
  if (group->visible[variable.variable]) {
    crate_sparql_cursor(sparql)->at = element->at;
    return crate_sparql_expected(
      sparql, "a variable that the group has not used before");
  }
  see(group, variable, false);
  return CRATE_OK;
}

/// OPTIONAL and MINUS
static CrateStatus
scope_beside(CrateSparql *sparql,
             CrateGroup *group,
             const CrateElement *element)
{
  CrateGroup *const inner = element->groups;
  CRATE_TRY(scope_group(sparql, inner));
  touch(group, inner->touched, sparql->named);
  for (uint32_t v = 0; v < sparql->named; ++v) {
    group->visible[v] |=
      element->kind == CRATE_ELEMENT_OPTIONAL && inner->visible[v];
  }
  return CRATE_OK;
}

static CrateStatus
scope_element(CrateSparql *sparql, CrateGroup *group, CrateElement *element)
{
  switch (element->kind) {
    case CRATE_ELEMENT_TRIPLES:
      scope_triples(group, element);
      return CRATE_OK;
    case CRATE_ELEMENT_GROUP:
      return scope_groups(sparql, group, element->groups);
    case CRATE_ELEMENT_OPTIONAL:
    case CRATE_ELEMENT_MINUS:
      return scope_beside(sparql, group, element);
    case CRATE_ELEMENT_VALUES:
      scope_values(group, element);
      return CRATE_OK;
    case CRATE_ELEMENT_BIND:
      return scope_bind(sparql, group, element);
  }
  return CRATE_OK;
}

static CrateStatus
scope_group(CrateSparql *sparql, CrateGroup *group)
{
  CrateArena *const arena = &sparql->update->arena;
  const uint32_t count = sparql->named;
  group->certain = crate_arena_array(arena, count, sizeof(bool));
  group->visible = crate_arena_array(arena, count, sizeof(bool));
  group->touched = crate_arena_array(arena, count, sizeof(bool));
  if (!group->certain || !group->visible || !group->touched) {
    return crate_arena_status(arena);
  }
  for (CrateElement *e = group->elements; e; e = e->next) {
    CRATE_TRY(scope_element(sparql, group, e));
  }
  return scope_expression(sparql, group, group->filters);
}

CrateStatus
crate_sparql_scope(CrateSparql *sparql, CrateGroup *group)
{
  return scope_group(sparql, group);
}
