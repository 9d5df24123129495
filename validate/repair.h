// SPDX-License-Identifier: Apache-2.0
/// @file Repairs that are certain: what --fix may do without asking.
#ifndef CRATE_VALIDATE_REPAIR_H
#define CRATE_VALIDATE_REPAIR_H
#include "validate/checks/checks.h"
#include <cratekit/buffer.h>
#include <cratekit/validate.h>

/// One finding to be mended.
typedef struct CrateRepair {
  CrateChecks *checks;
  CrateText component;         ///< IRI of the constraint component,
  CrateText parameter;         ///< and what it was asked for.
  const CrateFinding *finding; ///< Located.
  const CrateJson *culprit;    ///< The value that its pointer names, or NULL.
  CrateBuffer *out;            ///< Gets the operations: see patch.h.
} CrateRepair;

/// How what a component finds is mended. A function that cannot be certain
/// writes nothing.
typedef struct CrateRepairRow {
  const char *component;
  void (*mend)(const CrateRepair *repair);
  const char *rule; ///< Of a component that many use: the rule's own name.
} CrateRepairRow;

/// Rows of one family of components; ended by one without a component.
extern const CrateRepairRow crate_repairs_croissant[];
extern const CrateRepairRow crate_repairs_croissant_terms[];

/// Write a JSON Patch (RFC 6902) that mends a finding, against the document as
/// it was read. Nothing is written where there is more than one way to mend it,
/// or where only its author can know.
CrateStatus crate_repair_write(const CrateRepair *repair);

/// A JSON pointer without its last token, and that token as it is written.
CrateText crate_repair_parent(CrateText pointer, CrateText *token);

#endif // CRATE_VALIDATE_REPAIR_H
