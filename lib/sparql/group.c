// SPDX-License-Identifier: Apache-2.0
// Groups: 18.2.2.6 and 18.5. A group inside of another starts from the rows
// outside, with those variables that it binds for certain: the rest must agree
// afterwards. So nothing is joined that was not looked up.
#include "sparql/run.h"

/// One row of start for each row outside.
static CrateStatus
seed(CrateRun *run,
     const CrateGroup *group,
     const CrateSolutions *rows,
     CrateSolutions *seeds)
{
  for (size_t i = 0; i < rows->count; ++i) {
    uint32_t *made;
    CRATE_TRY(
      crate_solutions_add(run, seeds, crate_run_row(run, rows, i), &made));
    made[CRATE_ROW_PARENT] = (uint32_t)i;
    for (uint32_t v = 0; v < run->operation->variable_count; ++v) {
      const size_t cell = CRATE_ROW_VARIABLES + v;
      if (!group->certain[v] && !(run->outer && run->outer[cell])) {
        made[cell] = CRATE_NO_TERM;
      }
    }
  }
  return CRATE_OK;
}

/// 18.3 compatible mappings. `row` gets what only `left` has.
/// @param shared Whether a variable is bound in both.
static bool
merge(const CrateRun *run, const uint32_t *left, uint32_t *row, bool *shared)
{
  *shared = false;
  for (uint32_t v = 0; v < run->operation->variable_count; ++v) {
    const size_t cell = CRATE_ROW_VARIABLES + v;
    if (!left[cell]) {
      continue;
    }
    if (row[cell] && row[cell] != left[cell]) {
      return false;
    }
    *shared = *shared || row[cell];
    row[cell] = left[cell];
  }
  row[CRATE_ROW_PARENT] = left[CRATE_ROW_PARENT];
  return true;
}

/// The solutions of a group, from the rows outside.
static CrateStatus
run_inside(CrateRun *run,
           const CrateGroup *group,
           bool filtered,
           const CrateSolutions *rows,
           CrateSolutions *out)
{
  *out = (CrateSolutions){NULL, 0, 0};
  CrateStatus st = seed(run, group, rows, out);
  st = st ? st : crate_run_group(run, group, filtered, out);
  if (st) {
    crate_solutions_clear(run, out);
  }
  return st;
}

/// Join with a group, or with the union of several.
static CrateStatus
join(CrateRun *run,
     const CrateGroup *group,
     const CrateSolutions *rows,
     CrateSolutions *out)
{
  CrateStatus st = CRATE_OK;
  for (; !st && group; group = group->next) {
    CrateSolutions inside;
    CRATE_TRY(run_inside(run, group, true, rows, &inside));
    for (size_t i = 0; !st && i < inside.count; ++i) {
      uint32_t *const row = crate_run_row(run, &inside, i);
      bool shared;
      if (merge(run, crate_run_row(run, rows, row[CRATE_ROW_PARENT]), row,
                &shared)) {
        st = crate_solutions_add(run, out, row, NULL);
      }
    }
    crate_solutions_clear(run, &inside);
  }
  return st;
}

/// Rows outside that are marked, or those that are not.
static CrateStatus
add_rows(CrateRun *run,
         const CrateSolutions *rows,
         const bool *marks,
         bool marked,
         CrateSolutions *out)
{
  for (size_t i = 0; i < rows->count; ++i) {
    if (marks[i] == marked) {
      CRATE_TRY(
        crate_solutions_add(run, out, crate_run_row(run, rows, i), NULL));
    }
  }
  return CRATE_OK;
}

/// LeftJoin: what is inside, if its filters hold for both; else the row alone.
static CrateStatus
add_optional(CrateRun *run,
             const CrateGroup *group,
             const CrateSolutions *rows,
             CrateSolutions *inside,
             bool *marks,
             CrateSolutions *out)
{
  for (size_t i = 0; i < inside->count; ++i) {
    uint32_t *const row = crate_run_row(run, inside, i);
    const uint32_t left = row[CRATE_ROW_PARENT];
    bool holds;
    if (!merge(run, crate_run_row(run, rows, left), row, &holds)) {
      continue;
    }
    CRATE_TRY(crate_run_filter(run, group->filters, row, &holds));
    if (holds) {
      marks[left] = true;
      CRATE_TRY(crate_solutions_add(run, out, row, NULL));
    }
  }
  return add_rows(run, rows, marks, false, out);
}

/// Minus: rows that agree with one inside, in a variable at least, go.
static CrateStatus
add_minus(CrateRun *run,
          const CrateSolutions *rows,
          CrateSolutions *inside,
          bool *marks,
          CrateSolutions *out)
{
  for (size_t i = 0; i < inside->count; ++i) {
    uint32_t *const row = crate_run_row(run, inside, i);
    const uint32_t left = row[CRATE_ROW_PARENT];
    bool shared;
    if (merge(run, crate_run_row(run, rows, left), row, &shared) && shared) {
      marks[left] = true;
    }
  }
  return add_rows(run, rows, marks, false, out);
}

static CrateStatus
run_beside(CrateRun *run,
           const CrateElement *element,
           const CrateSolutions *rows,
           CrateSolutions *out)
{
  const bool optional = element->kind == CRATE_ELEMENT_OPTIONAL;
  CrateSolutions inside;
  bool *const marks = crate_world_allocate(run->world, rows->count);
  if (!marks) {
    return CRATE_NO_MEMORY;
  }
  memset(marks, 0, rows->count);
  CrateStatus st = run_inside(run, element->groups, !optional, rows, &inside);
  if (!st) {
    st = optional
           ? add_optional(run, element->groups, rows, &inside, marks, out)
           : add_minus(run, rows, &inside, marks, out);
    crate_solutions_clear(run, &inside);
  }
  crate_world_release(run->world, marks);
  return st;
}

static CrateStatus
join_values(CrateRun *run,
            const CrateElement *element,
            const CrateSolutions *rows,
            CrateSolutions *out)
{
  for (size_t i = 0; i < rows->count; ++i) {
    const CrateTerm *value = element->values;
    for (uint32_t j = 0; j < element->value_rows; ++j) {
      uint32_t *made;
      bool agrees = true;
      CRATE_TRY(
        crate_solutions_add(run, out, crate_run_row(run, rows, i), &made));
      for (uint32_t k = 0; k < element->variable_count; ++k, ++value) {
        const CrateNode variable = {0, element->variables[k]};
        agrees = agrees && (!*value || crate_row_bind(made, variable, *value));
      }
      out->count -= !agrees;
    }
  }
  return CRATE_OK;
}

/// Extend: an error leaves the variable unbound.
static CrateStatus
bind_rows(CrateRun *run,
          const CrateElement *element,
          const CrateSolutions *rows,
          CrateSolutions *out)
{
  const CrateNode variable = {0, element->variables[0]};
  for (size_t i = 0; i < rows->count; ++i) {
    uint32_t *made;
    CrateTerm value;
    const uint32_t *const row = crate_run_row(run, rows, i);
    CRATE_TRY(crate_run_evaluate(run, element->expression, row, &value));
    CRATE_TRY(crate_solutions_add(run, out, row, &made));
    out->count -= value && !crate_row_bind(made, variable, value);
  }
  return CRATE_OK;
}

static CrateStatus
run_element(CrateRun *run, const CrateElement *element, CrateSolutions *rows)
{
  CrateSolutions out = {NULL, 0, 0};
  CrateStatus st = CRATE_OK;
  switch (element->kind) {
    case CRATE_ELEMENT_TRIPLES:
      return crate_run_triples(run, element, rows);
    case CRATE_ELEMENT_GROUP:
      st = join(run, element->groups, rows, &out);
      break;
    case CRATE_ELEMENT_OPTIONAL:
    case CRATE_ELEMENT_MINUS:
      st = run_beside(run, element, rows, &out);
      break;
    case CRATE_ELEMENT_VALUES:
      st = join_values(run, element, rows, &out);
      break;
    case CRATE_ELEMENT_BIND:
      st = bind_rows(run, element, rows, &out);
      break;
  }
  if (st) {
    crate_solutions_clear(run, &out);
    return st;
  }
  crate_solutions_replace(run, rows, &out);
  return CRATE_OK;
}

/// Keep the rows for which all filters hold.
static CrateStatus
filter_rows(CrateRun *run, const CrateExpression *filters, CrateSolutions *rows)
{
  size_t kept = 0;
  for (size_t i = 0; filters && i < rows->count; ++i) {
    bool holds;
    const uint32_t *const row = crate_run_row(run, rows, i);
    CRATE_TRY(crate_run_filter(run, filters, row, &holds));
    if (holds) {
      memmove(crate_run_row(run, rows, kept), row,
              run->width * sizeof(uint32_t));
      ++kept;
    }
  }
  rows->count = filters ? kept : rows->count;
  return CRATE_OK;
}

CrateStatus
crate_run_group(CrateRun *run,
                const CrateGroup *group,
                bool filtered,
                CrateSolutions *rows)
{
  for (const CrateElement *e = group->elements; e && rows->count; e = e->next) {
    CRATE_TRY(run_element(run, e, rows));
  }
  return filtered ? filter_rows(run, group->filters, rows) : CRATE_OK;
}

static CrateStatus
ask(CrateRun *run, const CrateGroup *group, const uint32_t *row, bool *out)
{
  CrateSolutions rows = {NULL, 0, 0};
  const uint32_t *const outer = run->outer;
  run->outer = row;
  CrateStatus st = crate_solutions_add(run, &rows, row, NULL);
  st = st ? st : crate_run_group(run, group, true, &rows);
  run->outer = outer;
  *out = rows.count != 0;
  crate_solutions_clear(run, &rows);
  return st;
}

/// Whether two rows are one for a group.
static bool
is_same(const CrateRun *run,
        const CrateGroup *group,
        const uint32_t *a,
        const uint32_t *b)
{
  for (uint32_t v = 0; v < run->operation->variable_count; ++v) {
    const size_t cell = CRATE_ROW_VARIABLES + v;
    if (group->touched[v] && a[cell] != b[cell]) {
      return false;
    }
  }
  return true;
}

CrateStatus
crate_run_exists(CrateRun *run,
                 const CrateExpression *exists,
                 const uint32_t *row,
                 bool *out)
{
  CrateMemo *const memo = &run->memos[exists->number];
  if (memo->row && is_same(run, exists->group, memo->row, row)) {
    *out = memo->answer;
    return CRATE_OK;
  }
  CRATE_TRY(ask(run, exists->group, row, out));
  if (!memo->row) {
    memo->row = crate_arena_array(&run->arena, run->width, sizeof(*row));
    if (!memo->row) {
      return crate_arena_status(&run->arena);
    }
  }
  memcpy(memo->row, row, run->width * sizeof(*row));
  memo->answer = *out;
  return CRATE_OK;
}
