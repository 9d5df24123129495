// SPDX-License-Identifier: Apache-2.0
// Logical constraint components, SHACL 4.6. What could not be checked makes
// the whole unknown unless the rest decides it.
#include "validate/shapes/components.h"

/// How many of the shapes a value conforms to, for certain and at most.
static CrateStatus
count_shapes(CrateCheck *check, CrateTerm value, size_t *sure, size_t *most)
{
  const CrateConstraint *const constraint = check->constraint;
  *sure = 0;
  *most = 0;
  for (size_t i = 0; i < constraint->shape_count; ++i) {
    CrateOutcome outcome = CRATE_CONFORMS;
    CRATE_TRY(
      crate_run_conforms(check->run, constraint->shapes[i], value, &outcome));
    *sure += outcome == CRATE_CONFORMS;
    *most += outcome != CRATE_FAILS;
  }
  return CRATE_OK;
}

CRATE_HOLDS(not )
{
  size_t sure = 0;
  size_t most = 0;
  CRATE_TRY(count_shapes(check, value, &sure, &most));
  *out = sure ? CRATE_FAILS : most ? CRATE_UNKNOWN : CRATE_CONFORMS;
  return CRATE_OK;
}

CRATE_HOLDS(and)
{
  const CrateConstraint *const constraint = check->constraint;
  *out = CRATE_CONFORMS;
  for (size_t i = 0; i < constraint->shape_count && *out != CRATE_FAILS; ++i) {
    CrateOutcome outcome = CRATE_CONFORMS;
    CRATE_TRY(
      crate_run_conforms(check->run, constraint->shapes[i], value, &outcome));
    *out = crate_outcome_and(*out, outcome);
  }
  return CRATE_OK;
}

CRATE_HOLDS(or)
{
  const CrateConstraint *const constraint = check->constraint;
  *out = CRATE_FAILS;
  for (size_t i = 0; i < constraint->shape_count && *out != CRATE_CONFORMS;
       ++i) {
    CrateOutcome outcome = CRATE_CONFORMS;
    CRATE_TRY(
      crate_run_conforms(check->run, constraint->shapes[i], value, &outcome));
    *out = outcome < *out ? outcome : *out;
  }
  return CRATE_OK;
}

CRATE_HOLDS(xone)
{
  size_t sure = 0;
  size_t most = 0;
  CRATE_TRY(count_shapes(check, value, &sure, &most));
  if (sure > 1 || !most) {
    *out = CRATE_FAILS;
  } else {
    *out = sure == most ? CRATE_CONFORMS : CRATE_UNKNOWN;
  }
  return CRATE_OK;
}
