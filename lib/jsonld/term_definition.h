// SPDX-License-Identifier: Apache-2.0
/// @file The steps of Create Term Definition, JSON-LD API 4.2.2.
#ifndef CRATE_JSONLD_TERM_DEFINITION_H
#define CRATE_JSONLD_TERM_DEFINITION_H
#include "jsonld/context.h"

/// A definition in the making.
typedef struct CrateDefining {
  CrateProcessor *p;
  CrateActive *active;
  CrateLocal *local;
  CrateLocalEntry *entry;
  CrateDefinition *definition;
  const CrateJson *value; ///< As it stood: object, string or null.
  const CrateJson *id;    ///< The @id entry, given or implied; may be NULL.
  bool is_simple;         ///< simple term
} CrateDefining;

/// Say an error about the term, at a value.
CrateStatus crate_define_fail(const CrateDefining *d,
                              const CrateJson *at,
                              const char *code,
                              const char *message);

/// Step 11.
CrateStatus crate_define_protected(CrateDefining *d);

/// Step 12.
CrateStatus crate_define_type(CrateDefining *d);

/// Step 13. `skip`: the definition is to be ignored.
CrateStatus crate_define_reverse(CrateDefining *d,
                                 bool *is_reverse,
                                 bool *skip);

/// Steps 14 to 18.
CrateStatus crate_define_iri(CrateDefining *d, bool *skip);

/// Step 19.
CrateStatus crate_define_container(CrateDefining *d);

/// Step 20.
CrateStatus crate_define_index(CrateDefining *d);

/// Step 21.
CrateStatus crate_define_context(CrateDefining *d);

/// Step 22.
CrateStatus crate_define_language(CrateDefining *d);

/// Step 23.
CrateStatus crate_define_direction(CrateDefining *d);

/// Step 24.
CrateStatus crate_define_nest(CrateDefining *d);

/// Step 25.
CrateStatus crate_define_prefix(CrateDefining *d);

#endif // CRATE_JSONLD_TERM_DEFINITION_H
