// SPDX-License-Identifier: Apache-2.0
/// @file What of a crate meets a rule.
#ifndef CRATE_VALIDATE_EVIDENCE_H
#define CRATE_VALIDATE_EVIDENCE_H
#include "validate/profile.h"
#include <cratekit/buffer.h>
#include <cratekit/view.h>

/// Append the first values that a rule's shape looks at: `license "https://…"`.
/// The profile must have been compiled on the view's terms.
CrateStatus crate_evidence_write(const CrateProfile *profile,
                                 const CrateRule *rule,
                                 const CrateView *view,
                                 CrateBuffer *out);

#endif // CRATE_VALIDATE_EVIDENCE_H
