// SPDX-License-Identifier: Apache-2.0
// The form of @type, which the graph does not keep: 1.2 profiles#declaring-
// conformance-of-an-ro-crate-profile.
#include "validate/checks/checks.h"

/// The focus node's @type is an array, though it be of one type.
CrateStatus
crate_check_type_array(const CrateNativeCall *call)
{
  const CrateEntity *const entity =
    crate_view_entity(crate_check_view(call), call->focus);
  const CrateJson *const type =
    entity ? crate_json_get(entity->json, CRATE_TEXT("@type")) : NULL;
  return crate_json_is(type, CRATE_JSON_STRING)
           ? crate_check_report(call, type->offset, "it is the string \"%.*s\"",
                                CRATE_TEXT_ARG(crate_json_text(type)))
           : CRATE_OK;
}
