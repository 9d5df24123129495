// SPDX-License-Identifier: Apache-2.0
// Group graph patterns: [53] to [68].
#include "sparql/read.h"

/// The group in the making.
typedef struct {
  CrateElement **last_element;
  CrateExpression **last_filter;
} Ends;

static CrateStatus
add_element(CrateSparql *sparql,
            Ends *ends,
            CrateElementKind kind,
            CrateElement **out)
{
  CrateElement *const element =
    crate_sparql_allocate(sparql, sizeof(CrateElement));
  *out = element;
  if (!element) {
    return crate_sparql_no_memory(sparql);
  }
  element->kind = kind;
  *ends->last_element = element;
  ends->last_element = &element->next;
  return CRATE_OK;
}

static CrateStatus
read_triples(CrateSparql *sparql, Ends *ends)
{
  CrateElement *element;
  CRATE_TRY(add_element(sparql, ends, CRATE_ELEMENT_TRIPLES, &element));
  return crate_sparql_triples(sparql, &element->triples,
                              &element->triple_count);
}

/// GroupOrUnionGraphPattern [67]
static CrateStatus
read_union(CrateSparql *sparql, Ends *ends)
{
  CrateElement *element;
  CRATE_TRY(add_element(sparql, ends, CRATE_ELEMENT_GROUP, &element));
  CrateGroup **last = &element->groups;
  do {
    CRATE_TRY(crate_sparql_group(sparql, last));
    last = &(*last)->next;
  } while (crate_sparql_word(sparql, "UNION"));
  return CRATE_OK;
}

static CrateStatus
read_optional(CrateSparql *sparql, Ends *ends)
{
  CrateElement *element;
  CRATE_TRY(add_element(sparql, ends, CRATE_ELEMENT_OPTIONAL, &element));
  return crate_sparql_group(sparql, &element->groups);
}

static CrateStatus
read_minus(CrateSparql *sparql, Ends *ends)
{
  CrateElement *element;
  CRATE_TRY(add_element(sparql, ends, CRATE_ELEMENT_MINUS, &element));
  return crate_sparql_group(sparql, &element->groups);
}

static CrateStatus
read_filter(CrateSparql *sparql, Ends *ends)
{
  CRATE_TRY(crate_sparql_constraint(sparql, ends->last_filter));
  ends->last_filter = &(*ends->last_filter)->next;
  return CRATE_OK;
}

/// Bind [60]
static CrateStatus
read_bind(CrateSparql *sparql, Ends *ends)
{
  CrateElement *element;
  CrateExpression *expression;
  CrateNode variable;
  CRATE_TRY(add_element(sparql, ends, CRATE_ELEMENT_BIND, &element));
  CRATE_TRY(crate_sparql_require(sparql, '(', "'('"));
  CRATE_TRY(crate_sparql_expression(sparql, &expression));
  if (!crate_sparql_word(sparql, "AS")) {
    return crate_sparql_expected(sparql, "AS and a variable");
  }
  (void)crate_sparql_next(sparql);
  element->at = crate_sparql_cursor(sparql)->at;
  CRATE_TRY(crate_sparql_variable(sparql, &variable));
  uint32_t *const variables = crate_sparql_allocate(sparql, sizeof(*variables));
  if (!variables) {
    return crate_sparql_no_memory(sparql);
  }
  *variables = variable.variable;
  element->variables = variables;
  element->variable_count = 1;
  element->expression = expression;
  return crate_sparql_require(sparql, ')', "')'");
}

/// The variables of a data block, then the terms of its rows.
typedef struct {
  uint32_t *items;
  size_t count, capacity;
} Numbers;

static CrateStatus
push(CrateSparql *sparql, Numbers *numbers, uint32_t item)
{
  CRATE_TRY(crate_world_reserve(sparql->update->world, &numbers->items,
                                &numbers->capacity, numbers->count + 1u,
                                sizeof(uint32_t)));
  numbers->items[numbers->count++] = item;
  return CRATE_OK;
}

/// DataBlockValue [65]
static CrateStatus
read_value(CrateSparql *sparql, Numbers *values)
{
  CrateTerm term = CRATE_NO_TERM;
  if (!crate_sparql_word(sparql, "UNDEF")) {
    CRATE_TRY(crate_sparql_constant(sparql, &term));
  }
  return push(sparql, values, term);
}

/// The part of InlineDataFull [64] behind the variables.
static CrateStatus
read_rows(CrateSparql *sparql, size_t width, Numbers *values, uint32_t *rows)
{
  CRATE_TRY(crate_sparql_require(sparql, '{', "'{'"));
  for (*rows = 0; !crate_sparql_take(sparql, '}'); ++*rows) {
    CRATE_TRY(crate_sparql_require(sparql, '(', "'}', or '(' and values"));
    const size_t before = values->count;
    while (!crate_sparql_take(sparql, ')')) {
      if (values->count - before == width) {
        return crate_sparql_expected(
          sparql, "')', as there are no more variables than these values");
      }
      CRATE_TRY(read_value(sparql, values));
    }
    if (values->count - before < width) {
      return crate_sparql_expected(sparql,
                                   "a value for each variable before this");
    }
  }
  return CRATE_OK;
}

/// InlineDataOneVar [63] or InlineDataFull [64]
static CrateStatus
read_block(CrateSparql *sparql,
           Numbers *variables,
           Numbers *values,
           uint32_t *rows)
{
  CrateNode variable;
  if (crate_sparql_take(sparql, '(')) {
    while (!crate_sparql_take(sparql, ')')) {
      CRATE_TRY(crate_sparql_variable(sparql, &variable));
      CRATE_TRY(push(sparql, variables, variable.variable));
    }
    return read_rows(sparql, variables->count, values, rows);
  }
  CRATE_TRY(crate_sparql_variable(sparql, &variable));
  CRATE_TRY(push(sparql, variables, variable.variable));
  CRATE_TRY(crate_sparql_require(sparql, '{', "'{' and values"));
  for (*rows = 0; !crate_sparql_take(sparql, '}'); ++*rows) {
    CRATE_TRY(read_value(sparql, values));
  }
  return CRATE_OK;
}

/// Move numbers to where the request is.
static CrateStatus
keep(CrateSparql *sparql, const Numbers *numbers, const uint32_t **out)
{
  uint32_t *const kept =
    crate_arena_array(&sparql->update->arena, numbers->count, sizeof(uint32_t));
  *out = kept;
  if (!kept) {
    return crate_sparql_no_memory(sparql);
  }
  if (numbers->count) {
    memcpy(kept, numbers->items, numbers->count * sizeof(uint32_t));
  }
  return CRATE_OK;
}

/// InlineData [61]
static CrateStatus
read_values(CrateSparql *sparql, Ends *ends)
{
  CrateElement *element;
  Numbers variables = {NULL, 0, 0};
  Numbers values = {NULL, 0, 0};
  CrateStatus st = add_element(sparql, ends, CRATE_ELEMENT_VALUES, &element);
  st = st ? st : read_block(sparql, &variables, &values, &element->value_rows);
  st = st ? st : keep(sparql, &variables, &element->variables);
  st = st ? st : keep(sparql, &values, &element->values);
  if (!st) {
    element->variable_count = (uint32_t)variables.count;
  }
  crate_world_release(sparql->update->world, variables.items);
  crate_world_release(sparql->update->world, values.items);
  return st;
}

/// GraphPatternNotTriples [56] by its word.
static const struct {
  const char *word;
  CrateStatus (*read)(CrateSparql *sparql, Ends *ends); // NULL: refused
} parts[] = {
  {"FILTER", read_filter}, {"OPTIONAL", read_optional},
  {"BIND", read_bind},     {"VALUES", read_values},
  {"MINUS", read_minus},   {"GRAPH", NULL},
  {"SERVICE", NULL},       {"SELECT", NULL},
};

static CrateStatus
read_part(CrateSparql *sparql, Ends *ends)
{
  if (crate_sparql_next(sparql) == '{') {
    return read_union(sparql, ends);
  }
  CrateCursor *const c = crate_sparql_cursor(sparql);
  const char *const start = c->at;
  for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); ++i) {
    if (!crate_sparql_word(sparql, parts[i].word)) {
      continue;
    }
    if (parts[i].read) {
      return parts[i].read(sparql, ends);
    }
    c->at = start;
    return crate_sparql_unsupported(sparql, parts[i].word);
  }
  return read_triples(sparql, ends);
}

CrateStatus
crate_sparql_group(CrateSparql *sparql, CrateGroup **out)
{
  CrateGroup *const group = crate_sparql_allocate(sparql, sizeof(CrateGroup));
  *out = group;
  if (!group) {
    return crate_sparql_no_memory(sparql);
  }
  Ends ends = {&group->elements, &group->filters};
  CRATE_TRY(crate_sparql_require(sparql, '{', "'{' and a pattern"));
  CRATE_TRY(crate_sparql_enter(sparql));
  while (!crate_sparql_take(sparql, '}')) {
    const char *const before = crate_sparql_cursor(sparql)->at;
    CRATE_TRY(read_part(sparql, &ends));
    (void)crate_sparql_take(sparql, '.'); // between parts, or behind the last
    if (crate_sparql_cursor(sparql)->at == before) {
      return crate_sparql_expected(sparql, "'}' or a pattern");
    }
  }
  crate_sparql_leave(sparql);
  return CRATE_OK;
}
