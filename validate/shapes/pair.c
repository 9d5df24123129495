// SPDX-License-Identifier: Apache-2.0
// Property pair constraint components, SHACL 4.5.
#include "validate/shapes/components.h"
#include "validate/shapes/datatype.h"

/// Pairs that are compared at one focus node; beyond them nothing is.
#define MOST_PAIRS ((size_t)1 << 20u)

static CrateQuadRange
others_of(const CrateCheck *check)
{
  return crate_graph_about(check->run->data, check->focus,
                           check->constraint->parameter);
}

static bool
is_other(const CrateCheck *check, CrateTerm value)
{
  return crate_graph_find(check->run->data, check->focus,
                          check->constraint->parameter, value) != NULL;
}

CRATE_HOLDS(disjoint)
{
  *out = is_other(check, value) ? CRATE_FAILS : CRATE_CONFORMS;
  return CRATE_OK;
}

/// 4.5.1, first half: value nodes that the other property has not.
static CrateStatus
check_values(CrateCheck *check)
{
  for (size_t i = 0; i < check->count && !crate_check_done(check); ++i) {
    const CrateFlaw flaw = {
      .value = crate_check_value(check, i),
      .quad = check->run->quads[check->first + i],
    };
    if (!is_other(check, flaw.value)) {
      CRATE_TRY(crate_check_fail(check, &flaw));
    }
  }
  return CRATE_OK;
}

/// 4.5.1, second half: values of the other property that are no value nodes.
static CrateStatus
check_others(CrateCheck *check, const CrateTerm *values, size_t count)
{
  const CrateQuadRange others = others_of(check);
  for (size_t i = 0; i < others.count && !crate_check_done(check); ++i) {
    const CrateFlaw flaw = {
      .value = others.first[i].object,
      .quad = &others.first[i],
    };
    if (!crate_terms_contain(values, count, flaw.value)) {
      CRATE_TRY(crate_check_fail(check, &flaw));
    }
  }
  return CRATE_OK;
}

CRATE_CHECK(equals)
{
  const CrateWorld *const world = check->run->world;
  CRATE_TRY(check_values(check));
  CrateTerm *const sorted =
    crate_world_allocate(world, check->count * sizeof(CrateTerm));
  if (!sorted) {
    return CRATE_NO_MEMORY;
  }
  for (size_t i = 0; i < check->count; ++i) {
    sorted[i] = crate_check_value(check, i);
  }
  const size_t count = crate_terms_sort(sorted, check->count);
  const CrateStatus status = check_others(check, sorted, count);
  crate_world_release(world, sorted);
  return status;
}

/// One result for each pair that does not stand in one of the orders.
static CrateStatus
check_pair(CrateCheck *check, size_t i, CrateTerm other, unsigned orders)
{
  CrateRun *const run = check->run;
  const CrateTerm value = crate_check_value(check, i);
  const CrateOrder order =
    crate_value_compare(run->terms, &run->shapes->datatypes, value, other);
  if (orders >> order & 1u) {
    return CRATE_OK;
  }
  const CrateFlaw flaw = {
    .value = value,
    .quad = run->quads[check->first + i],
    .detail = crate_terms_info(run->terms, other).text,
  };
  return crate_check_fail(check, &flaw);
}

static CrateStatus
check_pairs(CrateCheck *check, unsigned orders)
{
  const CrateQuadRange others = others_of(check);
  if (others.count && check->count > MOST_PAIRS / others.count) {
    return crate_check_unknown(
      check, CRATE_TEXT("there are too many pairs of values to compare"));
  }
  for (size_t i = 0; i < check->count; ++i) {
    for (size_t j = 0; j < others.count && !crate_check_done(check); ++j) {
      CRATE_TRY(check_pair(check, i, others.first[j].object, orders));
    }
  }
  return CRATE_OK;
}

CRATE_CHECK(less_than)
{
  return check_pairs(check, 1u << CRATE_LESS);
}

CRATE_CHECK(less_than_or_equals)
{
  return check_pairs(check, 1u << CRATE_LESS | 1u << CRATE_EQUAL);
}
