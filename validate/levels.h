// SPDX-License-Identifier: Apache-2.0
/// @file The severity of rules, where those who judge wish another.
#ifndef CRATE_VALIDATE_LEVELS_H
#define CRATE_VALIDATE_LEVELS_H
#include <cratekit/validate.h>

/// What the options make of a rule; NULL: it stays as it is.
const CrateLevel *crate_levels_find(const CrateJudgeOptions *options,
                                    const CrateRule *rule);

/// The severity of a rule under the options.
CrateSeverity crate_levels_severity(const CrateJudgeOptions *options,
                                    const CrateRule *rule);

#endif // CRATE_VALIDATE_LEVELS_H
