// SPDX-License-Identifier: Apache-2.0
// What is wrong among profiles: each may be sound, and yet not fit the others.
#include "crate/dialect.h"
#include "validate/choose.h"
#include "validate/profile.h"

typedef struct {
  CrateValidator *validator;
  const CrateShelfProfile *profile;
  CrateArena arena;
  size_t said;
} Lint;

static void
say(Lint *lint, const char *problem, CrateText what)
{
  const CrateDiagnostic where = {.file = lint->profile->file,
                                 .code = CRATE_TEXT("doubtful-profile")};
  ++lint->said;
  (void)crate_world_say(lint->validator->world, CRATE_MALFORMED, &where,
                        "%s: %.*s", problem, CRATE_TEXT_ARG(what));
}

static void
check_parents(Lint *lint)
{
  const CrateShelfProfile *const profile = lint->profile;
  CrateText parents =
    crate_profile_card_line(profile->card, CRATE_CARD_PARENTS);
  while (parents.size) {
    const CrateText iri = crate_text_next_word(&parents);
    if (!crate_dialect_any(iri) &&
        !crate_validator_named(lint->validator, iri)) {
      say(lint, "it inherits from a profile that is not known here", iri);
    }
  }
  if (crate_validator_inherits(lint->validator, profile->token,
                               profile->token)) {
    say(lint, "it inherits from itself, by way of others", profile->token);
  }
}

/// The rule's name that is nearest to the one given, if it is near.
typedef struct {
  CrateText name;
  unsigned distance; // 0: the name itself
} Nearest;

static void
look_among(const CrateRule *rules,
           size_t count,
           CrateText name,
           Nearest *nearest)
{
  for (size_t i = 0; i < count && nearest->distance; ++i) {
    const CrateText other = crate_rule_name(&rules[i]);
    const unsigned distance =
      crate_text_equal_fold(other, name)
        ? !crate_text_equal(other, name)
        : crate_text_distance(other, name, nearest->distance - 1u);
    if (distance < nearest->distance) {
      *nearest = (Nearest){other, distance};
    }
  }
}

/// Look for a rule of that name in all that this profile inherits from.
static CrateStatus
find_inherited(Lint *lint, CrateText name, Nearest *nearest)
{
  *nearest = (Nearest){{NULL, 0}, 4};
  for (size_t i = 0; i < lint->validator->count && nearest->distance; ++i) {
    const CrateText token = lint->validator->profiles[i].token;
    CrateRule *rules = NULL;
    size_t count = 0;
    if (!crate_text_equal(token, lint->profile->token) &&
        crate_validator_inherits(lint->validator, lint->profile->token,
                                 token)) {
      CRATE_TRY(crate_validator_rules(lint->validator, token, &lint->arena,
                                      &rules, &count));
      look_among(rules, count, name, nearest);
    }
  }
  return CRATE_OK;
}

/// A rule that is switched off should be there.
static CrateStatus
check_without(Lint *lint, const CrateProfile *profile)
{
  for (size_t i = 0; i < profile->without_count; ++i) {
    Nearest nearest;
    CrateText what = profile->without[i];
    CRATE_TRY(find_inherited(lint, what, &nearest));
    if (!nearest.distance) {
      continue;
    }
    const CrateText parts[] = {what, CRATE_TEXT(", did you mean "),
                               nearest.name};
    if (nearest.name.size) {
      CRATE_TRY(crate_arena_join(&lint->arena, parts, 3, &what));
    }
    say(lint, "it switches off a rule that it does not inherit", what);
  }
  return CRATE_OK;
}

static CrateStatus
check_profile(Lint *lint)
{
  CrateTerms *terms = NULL;
  CrateProfile profile = {0};
  check_parents(lint);
  CrateStatus st = crate_terms_new(lint->validator->world, &terms);
  if (!st) {
    st = crate_profile_load(lint->validator->world, terms,
                            lint->profile->frozen, NULL, 0, &profile);
  }
  st = st ? st : check_without(lint, &profile);
  crate_profile_clear(&profile);
  crate_terms_free(terms);
  return st;
}

CrateStatus
crate_validator_lint(CrateValidator *validator, size_t *count)
{
  Lint lint = {.validator = validator};
  CrateStatus st = CRATE_OK;
  *count = 0;
  crate_arena_init(&lint.arena, validator->world);
  for (size_t i = 0; i < validator->count && !st; ++i) {
    lint.profile = &validator->profiles[i];
    if (lint.profile->file.size) {
      st = check_profile(&lint);
      ++*count;
    }
  }
  crate_arena_clear(&lint.arena);
  return !st && lint.said ? CRATE_MALFORMED : st;
}
