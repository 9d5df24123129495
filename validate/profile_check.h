// SPDX-License-Identifier: Apache-2.0
/// @file One look at a profile for its author's mistakes.
#ifndef CRATE_VALIDATE_PROFILE_CHECK_H
#define CRATE_VALIDATE_PROFILE_CHECK_H
#include "validate/profile.h"
#include <cratekit/map.h>

typedef struct CrateProfileCheck {
  const CrateProfileSource *source;
  bool strictly; ///< Say errors, not warnings.
  CrateShapes *shapes;
  CrateMap names; ///< Of rules -> the term that has it.
  CrateMap words; ///< Bag: unknown ones, once said.
  size_t said;
} CrateProfileCheck;

/// Blame a statement: "<problem>: <what>", `what` may be empty.
void crate_profile_blame(CrateProfileCheck *check,
                         const CrateQuad *quad,
                         const char *problem,
                         CrateText what);

/// Classes and properties of schema.org that there are not.
CrateStatus crate_profile_check_terms(CrateProfileCheck *check,
                                      CrateLibrary *library);

#endif // CRATE_VALIDATE_PROFILE_CHECK_H
