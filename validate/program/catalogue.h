// SPDX-License-Identifier: Apache-2.0
/// @file What a person can learn about profiles and rules.
#ifndef CRATE_VALIDATE_CATALOGUE_H
#define CRATE_VALIDATE_CATALOGUE_H
#include "validate/program/program.h"

/// --list-profiles
void crate_catalogue_profiles(CrateProgram *program);

/// --list-rules and --explain
CrateStatus crate_catalogue_rules(CrateProgram *program);

/// --lint-profiles: what is wrong with single ones was said as they were read.
CrateStatus crate_catalogue_lint(CrateProgram *program);

/// A rule that is misspelt would not be skipped, and nobody would know why.
CrateStatus crate_catalogue_check_skips(CrateProgram *program);

/**
   The rules of all profiles that the verdicts name, sorted by id.

   @param arena Holds the texts; the array is released by the caller.
*/
CrateStatus crate_catalogue_judged(CrateProgram *program,
                                   CrateArena *arena,
                                   CrateRule **rules,
                                   size_t *count);

#endif // CRATE_VALIDATE_CATALOGUE_H
