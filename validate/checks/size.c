// SPDX-License-Identifier: Apache-2.0
// contentSize: the number of bytes, in digits; and that of the file itself,
// where it is at hand. data-entities#file-data-entity.
#include "validate/checks/checks.h"
#include <stdio.h>

/// Digits and nothing else; more than fit are a flaw too.
static bool
read_count(CrateText text, uint64_t *out)
{
  *out = 0;
  for (size_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    if (c < '0' || c > '9' || *out > (UINT64_MAX - 9u) / 10u) {
      return false;
    }
    *out = *out * 10u + (uint64_t)(c - '0');
  }
  return text.size > 0;
}

/// The file's own size; `known` is false when it is not at hand.
static CrateStatus
find_size(CrateChecks *checks,
          const CrateEntity *entity,
          uint64_t *size,
          bool *known)
{
  *known = entity && checks->view->mode == CRATE_MODE_ATTACHED;
  if (*known) {
    CRATE_TRY(crate_check_members(checks));
    const size_t index = crate_check_index(checks, entity);
    *known = checks->members[index] == CRATE_MEMBER_FILE;
    *size = checks->sizes[index];
  }
  return CRATE_OK;
}

static CrateStatus
look_at_size(const CrateNativeCall *call, CrateTerm value)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateTermInfo info = crate_terms_info(checks->view->terms, value);
  uint64_t said = 0;
  uint64_t size = 0;
  bool known = false;
  char detail[120];
  if (info.kind != CRATE_TERM_LITERAL || !read_count(info.text, &said)) {
    return call->report(call, value, CRATE_NO_ORIGIN,
                        CRATE_TEXT("it is no number of bytes"));
  }
  CRATE_TRY(find_size(checks, crate_view_entity(checks->view, call->focus),
                      &size, &known));
  if (!known || size == said) {
    return CRATE_OK;
  }
  snprintf(detail, sizeof(detail), "the file has %llu",
           (unsigned long long)size);
  return call->report(call, value, CRATE_NO_ORIGIN, crate_text(detail));
}

CrateStatus
crate_check_byte_count(const CrateNativeCall *call)
{
  for (size_t i = 0; i < call->value_count; ++i) {
    CRATE_TRY(look_at_size(call, call->values[i]));
  }
  return CRATE_OK;
}
