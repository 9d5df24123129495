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

/// Rules and their texts. Caller's memory.
typedef struct CrateRuleList {
  CrateArena arena;
  CrateRule *items;
  size_t count, capacity;
} CrateRuleList;

void crate_rule_list_init(CrateRuleList *list, const CrateWorld *world);

void crate_rule_list_clear(CrateRuleList *list);

/// Add the rules of all profiles that verdicts name to an empty list, sorted
/// by id.
CrateStatus crate_catalogue_judged(CrateValidator *validator,
                                   const CrateVerdict *verdicts,
                                   size_t count,
                                   CrateRuleList *out);

#endif // CRATE_VALIDATE_CATALOGUE_H
