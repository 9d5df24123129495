// SPDX-License-Identifier: Apache-2.0
/// @file Which profiles a crate is judged by, the inherited ones first.
#ifndef CRATE_VALIDATE_CHOOSE_H
#define CRATE_VALIDATE_CHOOSE_H
#include "validate/validator.h"
#include <cratekit/view.h>

/**
   Fill the verdict's profiles: those asked for, else the RO-Crate that the
   crate declares and the profiles that its root conforms to; and whatever
   they inherit from. Profiles that nobody here knows are listed as not
   checked.
*/
CrateStatus crate_choose_profiles(const CrateValidator *validator,
                                  const CrateView *view,
                                  const CrateJudgeOptions *options,
                                  CrateVerdict *verdict);

/// Whether an IRI stands for the RO-Crate that a crate declares, in whatever
/// version.
bool crate_is_any_ro_crate(CrateText iri);

#endif // CRATE_VALIDATE_CHOOSE_H
