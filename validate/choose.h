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

/// Dialects that the profiles asked for are about: a document is read in them
/// whatever it looks like.
uint32_t crate_choose_dialects(const CrateJudgeOptions *options);

#endif // CRATE_VALIDATE_CHOOSE_H
