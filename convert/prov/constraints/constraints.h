// SPDX-License-Identifier: Apache-2.0
/// @file Whether a document is valid by PROV-CONSTRAINTS (W3C Recommendation of
/// 2013): a history that can have been.
#ifndef CRATE_PROV_CONSTRAINTS_H
#define CRATE_PROV_CONSTRAINTS_H
#include "convert/prov/prov.h"

typedef struct CrateProvConstraint {
  unsigned number;  ///< In PROV-CONSTRAINTS.
  const char *name; ///< Also there.
  const char *text; ///< What it asks for, in our words.
} CrateProvConstraint;

/// The i-th constraint, sorted by number; NULL past the end.
const CrateProvConstraint *crate_prov_constraint_at(size_t i);

/**
   Hold the document, and each of its bundles by itself, against all.

   @param name  Of the document, for findings.
   @param bytes Of the document, that origins of statements count.
   @param out   Gets a line for each violation, in the order of the document,
   and warnings about times that contradict the order of events.
   @param count Of violations.
*/
CRATE_NODISCARD CrateStatus crate_prov_check(const CrateProv *document,
                                             CrateText name,
                                             CrateText bytes,
                                             CrateBuffer *out,
                                             size_t *count);

#endif // CRATE_PROV_CONSTRAINTS_H
