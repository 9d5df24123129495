// SPDX-License-Identifier: Apache-2.0
// JSONPath in a document: whether it is read as RFC 9535 or libraries do.
#include "validate/checks/croissant.h"
#include "json/path.h"

/// What a text lacks to be a query, if anything.
static CrateStatus
misread(const CrateWorld *world,
        CrateText text,
        bool lenient,
        CrateJsonPathFlaw *flaw)
{
  CrateJsonPath *path = NULL;
  const CrateStatus st = crate_json_path_new(world, text, lenient, &path, flaw);
  crate_json_path_free(path);
  return flaw->expected ? CRATE_OK : st;
}

/// What is not even lenient is no business of the strict flavour.
static CrateStatus
look_at(const CrateNativeCall *call, CrateTerm value, bool lenient)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText text = crate_terms_info(view->terms, value).text;
  CrateJsonPathFlaw flaw;
  CRATE_TRY(misread(view->world, text, true, &flaw));
  if (!lenient) {
    if (flaw.expected) {
      return CRATE_OK;
    }
    CRATE_TRY(misread(view->world, text, false, &flaw));
  }
  return flaw.expected
           ? crate_check_report_value(call, value, "expected %s at byte %zu",
                                      flaw.expected, flaw.at)
           : CRATE_OK;
}

/// Parameter "strict", or "lenient".
CrateStatus
crate_check_json_path(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool lenient = crate_text_is(crate_check_parameter(call), "lenient");
  for (size_t i = 0; i < call->value_count; ++i) {
    if (crate_terms_kind(view->terms, call->values[i]) == CRATE_TERM_LITERAL) {
      CRATE_TRY(look_at(call, call->values[i], lenient));
    }
  }
  return CRATE_OK;
}
