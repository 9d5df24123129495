// SPDX-License-Identifier: Apache-2.0
/// @file Repairs that are certain: what --fix may do without asking.
#ifndef CRATE_VALIDATE_REPAIR_H
#define CRATE_VALIDATE_REPAIR_H
#include "validate/checks/checks.h"
#include <cratekit/buffer.h>
#include <cratekit/validate.h>

/**
   Write a JSON Patch (RFC 6902) that mends what a component found, against the
   document as it was read. Nothing is written where there is more than one way
   to mend it, or where only its author can know.

   @param component IRI of the constraint component.
   @param finding   Located.
   @param culprit   The value that its pointer names, or NULL.
*/
CrateStatus crate_repair_write(CrateChecks *checks,
                               CrateText component,
                               const CrateFinding *finding,
                               const CrateJson *culprit,
                               CrateBuffer *out);

/// The same for components of Croissant; `out` is left open.
void crate_repair_croissant(CrateChecks *checks,
                            CrateText component,
                            const CrateFinding *finding,
                            const CrateJson *culprit,
                            CrateBuffer *out);

#endif // CRATE_VALIDATE_REPAIR_H
