// SPDX-License-Identifier: Apache-2.0
// Constraint components written in C: CrateNative of the public header.
#include "validate/shapes/run.h"

/// The statement that gave a value node, or NULL. Components report in the
/// order of the values, so the search goes on where the last one ended.
static const CrateQuad *
quad_of(CrateCheck *check, CrateTerm value)
{
  for (size_t i = 0; i < check->count; ++i) {
    const size_t at = (check->hint + i) % check->count;
    if (crate_check_value(check, at) == value) {
      check->hint = at;
      return check->run->quads[check->first + at];
    }
  }
  return NULL;
}

static CrateStatus
report(const CrateNativeCall *call,
       CrateTerm value,
       uint32_t origin,
       CrateText detail)
{
  CrateCheck *const check = call->private_state;
  const bool placed = origin != CRATE_NO_ORIGIN;
  const CrateFlaw flaw = {
    .value = value,
    // A byte that the component names is better than a whole statement.
    .quad = value && !placed ? quad_of(check, value) : NULL,
    .origin = origin,
    .has_origin = placed,
    .detail = detail,
  };
  return crate_check_fail(check, &flaw);
}

static CrateStatus
report_elsewhere(const CrateNativeCall *call,
                 const CrateElsewhere *where,
                 CrateText detail)
{
  const CrateFlaw flaw = {.detail = detail, .elsewhere = where};
  return crate_check_fail((CrateCheck *)call->private_state, &flaw);
}

static CrateStatus
say_unknown(const CrateNativeCall *call, CrateText reason, bool gave_up)
{
  CrateCheck *const check = call->private_state;
  check->outcome = crate_outcome_and(check->outcome, CRATE_UNKNOWN);
  // The reason may differ from node to node, so each node has its own.
  return crate_run_say(
    check->run,
    crate_key(check->constraint->id + CRATE_SAID_NATIVE, check->focus),
    call->shape, reason, gave_up);
}

static CrateStatus
not_checked(const CrateNativeCall *call, CrateText reason)
{
  return say_unknown(call, reason, false);
}

static CrateStatus
gave_up(const CrateNativeCall *call, CrateText reason)
{
  return say_unknown(call, reason, true);
}

static CrateStatus
check_native(CrateCheck *check)
{
  const CrateNative *const native = check->constraint->native;
  const CrateNativeCall call = {
    .shapes = check->run->shapes,
    .data = check->run->data,
    .shape = check->shape->node,
    .focus = check->focus,
    .values = check->count ? &check->run->values[check->first] : NULL,
    .value_count = check->count,
    .parameter = check->constraint->parameter,
    .handle = native->handle,
    .report = report,
    .report_elsewhere = report_elsewhere,
    .not_checked = not_checked,
    .gave_up = gave_up,
    .private_state = check,
  };
  return native->check(&call);
}

const CrateComponent crate_native_component = {
  .check = check_native,
  .message = "{$detail}",
};
