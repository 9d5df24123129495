// SPDX-License-Identifier: Apache-2.0
#include "validate/levels.h"
#include "validate/profile.h"

const CrateLevel *
crate_levels_find(const CrateJudgeOptions *options, const CrateRule *rule)
{
  const CrateText local = crate_rule_name(rule);
  const CrateLevel *found = NULL;
  for (size_t i = 0; i < options->level_count; ++i) {
    const CrateLevel *const level = &options->levels[i];
    if (crate_text_equal(level->rule, rule->id)) {
      return level;
    }
    if (crate_text_equal(level->rule, local)) {
      found = level;
    }
  }
  return found;
}

CrateSeverity
crate_levels_severity(const CrateJudgeOptions *options, const CrateRule *rule)
{
  const CrateLevel *const level = crate_levels_find(options, rule);
  return level && !level->off ? level->severity : rule->severity;
}
