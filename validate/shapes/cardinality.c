// SPDX-License-Identifier: Apache-2.0
// Cardinality constraint components, SHACL 4.2.
#include "validate/shapes/components.h"

CRATE_COMPILE(count)
{
  (void)shape;
  constraint->number =
    crate_value_count(compiler->shapes, constraint->parameter);
  return CRATE_OK;
}

CRATE_CHECK(min_count)
{
  const CrateFlaw flaw = {0};
  return check->count < check->constraint->number
           ? crate_check_fail(check, &flaw)
           : CRATE_OK;
}

CRATE_CHECK(max_count)
{
  // A negative count reads as 0, and one value is too many just the same.
  const CrateFlaw flaw = {0};
  return check->count > check->constraint->number
           ? crate_check_fail(check, &flaw)
           : CRATE_OK;
}
