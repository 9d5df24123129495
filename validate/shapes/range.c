// SPDX-License-Identifier: Apache-2.0
// Value range constraint components, SHACL 4.3.
#include "validate/shapes/components.h"
#include "validate/shapes/datatype.h"

/// Bits of the orders in which the bound may stand to the value.
static CrateOutcome
bound_stands(const CrateCheck *check, CrateTerm value, unsigned orders)
{
  const CrateRun *const run = check->run;
  const CrateOrder order = crate_value_compare(
    run->terms, &run->shapes->datatypes, check->constraint->parameter, value);
  return orders >> order & 1u ? CRATE_CONFORMS : CRATE_FAILS;
}

CRATE_HOLDS(min_exclusive)
{
  *out = bound_stands(check, value, 1u << CRATE_LESS);
  return CRATE_OK;
}

CRATE_HOLDS(min_inclusive)
{
  *out = bound_stands(check, value, 1u << CRATE_LESS | 1u << CRATE_EQUAL);
  return CRATE_OK;
}

CRATE_HOLDS(max_exclusive)
{
  *out = bound_stands(check, value, 1u << CRATE_GREATER);
  return CRATE_OK;
}

CRATE_HOLDS(max_inclusive)
{
  *out = bound_stands(check, value, 1u << CRATE_GREATER | 1u << CRATE_EQUAL);
  return CRATE_OK;
}
