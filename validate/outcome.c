// SPDX-License-Identifier: Apache-2.0
// What a review comes to.
#include "validate/profile.h"
#include "validate/validator.h"
#include "validate/verdict.h"

/// The severest finding of a profile's rules; -1 when there is none.
static int
worst_of(const CrateVerdict *verdict, CrateText token)
{
  int worst = -1;
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    const CrateFinding *const finding = &verdict->findings[i];
    if (crate_text_starts(finding->rule, token) &&
        finding->rule.size > token.size &&
        finding->rule.data[token.size] == '/' &&
        (int)finding->severity > worst) {
      worst = (int)finding->severity;
    }
  }
  return worst;
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
    if (words.size) {
      CrateText word = crate_text_next_word(&words);
      for (int s = CRATE_SEVERITY_VIOLATION;
           s > CRATE_SEVERITY_INFO && worst_of(verdict, token) < s; --s) {
        word = crate_text_next_word(&words);
      }
      return crate_arena_copy(&verdict->arena, word, &verdict->outcome);
    }
  }
  return CRATE_OK;
}
