// SPDX-License-Identifier: Apache-2.0
// What a review comes to.
#include "validate/profile.h"
#include "validate/validator.h"
#include "validate/verdict.h"

/// Whether a rule is one of a profile's.
static bool
is_of(CrateText rule, CrateText token)
{
  return crate_text_starts(rule, token) && rule.size > token.size &&
         rule.data[token.size] == '/';
}

/// The severest finding of a profile's rules; -1 when there is none.
static int
worst_of(const CrateVerdict *verdict, CrateText token)
{
  int worst = -1;
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    const CrateFinding *const finding = &verdict->findings[i];
    if (is_of(finding->rule, token) && (int)finding->severity > worst) {
      worst = (int)finding->severity;
    }
  }
  return worst;
}

/// A rule that could have been judged and was not has not passed: somebody has
/// to look.
static bool
is_unsettled(const CrateVerdict *verdict, CrateText token)
{
  for (size_t i = 0; i < verdict->not_checked_count; ++i) {
    const CrateNotChecked *const check = &verdict->not_checked[i];
    if (is_of(check->rule, token) && !check->never &&
        check->severity > CRATE_SEVERITY_INFO) {
      return true;
    }
  }
  return false;
}

CrateStatus
crate_verdict_settle(const CrateValidator *validator, CrateVerdict *verdict)
{
  for (size_t i = 0; i < verdict->profile_count; ++i) {
    const CrateText token = verdict->profiles[i];
    const CrateShelfProfile *const profile =
      crate_validator_shelf(validator, token);
    CrateText words =
      profile ? crate_profile_card_line(profile->card, CRATE_CARD_OUTCOMES)
              : (CrateText){NULL, 0};
    const int worst = worst_of(verdict, token);
    const bool unsettled = is_unsettled(verdict, token);
    if (words.size) {
      CrateText word = crate_text_next_word(&words);
      if (worst < CRATE_SEVERITY_VIOLATION) {
        word = crate_text_next_word(&words);
      }
      if (worst < CRATE_SEVERITY_WARNING && !unsettled) {
        word = crate_text_next_word(&words);
      }
      return crate_arena_copy(&verdict->arena, word, &verdict->outcome);
    }
  }
  return CRATE_OK;
}
