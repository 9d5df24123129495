// SPDX-License-Identifier: Apache-2.0
// Whether a model was tested on what it was trained on: the same file under
// another name, or in another folder.
#include "validate/checks/uses.h"

static CrateStatus
report_twin(const CrateNativeCall *call,
            const CrateUse *use,
            const CrateUse *twin)
{
  const CrateText other =
    crate_text_equal(twin->path, use->path) ? (CrateText){NULL, 0} : twin->path;
  return crate_check_report(call, use->origin,
                            other.size ? "\"%.*s\" has the bytes of \"%.*s\", "
                                         "which is trained on"
                                       : "\"%.*s\" is trained on too%.*s",
                            CRATE_TEXT_ARG(use->path), CRATE_TEXT_ARG(other));
}

/// Asked once, for the document.
CrateStatus
crate_check_shared_bytes(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  CrateUses uses;
  CrateStatus st = crate_uses_gather(checks, &uses);
  for (size_t i = 0; i < uses.count && !st; ++i) {
    const CrateUse *const use = &uses.items[i];
    const CrateUse *const twin = crate_uses_twin(&uses, use);
    st = use->tested && twin ? report_twin(call, use, twin) : CRATE_OK;
  }
  st = st ? st : crate_contents_excuse(call, &uses.unread);
  crate_uses_clear(checks->view->world, &uses);
  return st;
}
