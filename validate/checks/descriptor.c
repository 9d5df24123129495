// SPDX-License-Identifier: Apache-2.0
// Descriptor and root: are they there, under the names the text asks for?
#include "validate/checks/checks.h"

CrateStatus
crate_check_descriptor_present(const CrateNativeCall *call)
{
  return crate_check_view(call)->descriptor
           ? CRATE_OK
           : crate_check_report(
               call, CRATE_NO_ORIGIN,
               "no entity of @graph is the metadata descriptor");
}

/// Parameter "legacy": the name of RO-Crate 1.0. Any other: that of later
/// versions, or of the crate's own.
CrateStatus
crate_check_descriptor_id(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool legacy = crate_text_is(crate_check_parameter(call), "legacy");
  const bool fine =
    !view->descriptor ||
    (legacy ? crate_text_is(view->descriptor->id, "ro-crate-metadata.jsonld")
            : view->exact_descriptor);
  return fine ? CRATE_OK
              : crate_check_report(call, view->descriptor->id_offset,
                                   "the descriptor's @id is \"%.*s\"",
                                   CRATE_TEXT_ARG(view->descriptor->id));
}

/// `about` leads somewhere, but not to an entity of @graph.
CrateStatus
crate_check_root_described(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  if (!view->descriptor || view->root) {
    return CRATE_OK;
  }
  const CrateJson *const about =
    crate_json_get(view->descriptor->json, CRATE_TEXT("about"));
  const CrateJson *const id = crate_json_get(about, CRATE_TEXT("@id"));
  return crate_json_is(id, CRATE_JSON_STRING)
           ? crate_check_report(call, id->offset,
                                "no entity has the @id \"%.*s\"",
                                CRATE_TEXT_ARG(crate_json_text(id)))
           : CRATE_OK;
}
