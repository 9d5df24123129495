// SPDX-License-Identifier: Apache-2.0
/// @file The names of PROV-O as terms of one dictionary.
#ifndef CRATE_PROV_NAMES_H
#define CRATE_PROV_NAMES_H
#include "convert/prov/prov.h"

#define CRATE_PROV_ALIASES 3u

/// Those of one kind; 0 where PROV-O has none.
typedef struct CrateProvKindNames {
  CrateTerm type, plain, qualified;
  CrateTerm arguments[CRATE_PROV_ARGUMENTS];
} CrateProvKindNames;

typedef struct CrateProvSubtypeNames {
  CrateTerm type, plain, qualified;
} CrateProvSubtypeNames;

typedef struct CrateProvNames {
  CrateTerm type;                         ///< prov:type
  CrateTerm bundle;                       ///< prov:Bundle
  CrateTerm generated_at, invalidated_at; ///< Times of what has no activity.
  CrateTerm attributes[CRATE_PROV_ALIASES], properties[CRATE_PROV_ALIASES];
  CrateTerm generated, invalidated; ///< From activities to entities.
  CrateProvSubtypeNames subtypes[CRATE_PROV_SUBTYPES];
  CrateProvKindNames kinds[CRATE_PROV_KIND_COUNT];
} CrateProvNames;

CRATE_NODISCARD CrateStatus crate_prov_names_find(CrateTerms *terms,
                                                  CrateProvNames *names);

#endif // CRATE_PROV_NAMES_H
