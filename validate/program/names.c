// SPDX-License-Identifier: Apache-2.0
#include "validate/program/names.h"

/// Edits that still look like a slip.
enum { SLIPS = 4 };

/// A rule that somebody named.
typedef struct {
  CrateText name;
  const CrateSetting *setting; // that names it; NULL: --skip
  bool found;
  CrateText near; // the nearest so far, in the arena
  unsigned distance;
} Wanted;

typedef struct {
  CrateProgram *program;
  CrateArena arena; // rules
  Wanted *wanted;
  size_t count, missing;
} Search;

static CrateText
local_of(CrateText id)
{
  return crate_text_slice(id, crate_text_find(id, '/') + 1u, id.size);
}

static bool
is_local(CrateText name)
{
  return crate_text_find(name, '/') == name.size;
}

/// Hold one rule against one name.
static void
compare(Search *search, Wanted *wanted, const CrateRule *rule)
{
  const CrateText id = is_local(wanted->name) ? local_of(rule->id) : rule->id;
  if (wanted->found) {
    return;
  }
  if (crate_text_equal(id, wanted->name)) {
    wanted->found = true;
    --search->missing;
    return;
  }
  const unsigned distance =
    crate_text_distance(id, wanted->name, wanted->distance);
  if (distance < wanted->distance) {
    wanted->distance = distance;
    wanted->near = id;
  }
}

static CrateStatus
look_into(Search *search, CrateText token)
{
  CrateRule *rules = NULL;
  size_t count = 0;
  CRATE_TRY(crate_validator_rules(search->program->validator, token,
                                  &search->arena, &rules, &count));
  for (size_t r = 0; r < count; ++r) {
    for (size_t i = 0; i < search->count; ++i) {
      compare(search, &search->wanted[i], &rules[r]);
    }
  }
  return CRATE_OK;
}

/// Whether a profile is likely to have a rule that is still missing: its name
/// is in front of one, or it is the newest of RO-Crate, `first`.
static bool
is_likely(const Search *search, CrateText token, CrateText first)
{
  for (size_t i = 0; i < search->count; ++i) {
    const CrateText name = search->wanted[i].name;
    if (!search->wanted[i].found &&
        (is_local(name)
           ? crate_text_equal(token, first)
           : crate_text_equal(
               token, crate_text_slice(name, 0, crate_text_find(name, '/'))))) {
      return true;
    }
  }
  return false;
}

/// Likely profiles first, then the others: to read them all takes longer than
/// to judge a crate.
static CrateStatus
look_everywhere(Search *search)
{
  const CrateValidator *const validator = search->program->validator;
  const CrateText first =
    crate_validator_look_up(validator, CRATE_TEXT("ro-crate"), NULL);
  for (int round = 0; round < 2; ++round) {
    for (size_t i = 0; search->missing; ++i) {
      const CrateText token = crate_validator_profile(validator, i);
      if (!token.size) {
        break;
      }
      if (round || is_likely(search, token, first)) {
        CRATE_TRY(look_into(search, token));
      }
    }
  }
  return CRATE_OK;
}

static CrateStatus
refuse(const Search *search, const Wanted *wanted)
{
  const CrateProgram *const program = search->program;
  const char *const hint =
    wanted->near.size ? "did you mean " : "see --list-rules";
  return wanted->setting
           ? crate_settings_refuse(
               &program->project.settings, wanted->setting->offset,
               "unknown-rule", "there is no rule \"%.*s\"; %s%.*s",
               CRATE_TEXT_ARG(wanted->name), hint, CRATE_TEXT_ARG(wanted->near))
           : crate_world_say(program->world, CRATE_NOT_FOUND,
                             &crate_usage_place,
                             "there is no rule \"%.*s\"; %s%.*s",
                             CRATE_TEXT_ARG(wanted->name), hint,
                             CRATE_TEXT_ARG(wanted->near));
}

static CrateStatus
check_rules(Search *search)
{
  const CrateProgram *const program = search->program;
  const CrateTexts *const skips = &program->command.skips;
  const CrateSettingList *const rules = &program->project.settings.rules;
  CrateStatus first = CRATE_OK;
  search->count = search->missing = skips->count + rules->count;
  search->wanted =
    (Wanted *)crate_arena_array(&search->arena, search->count, sizeof(Wanted));
  if (!search->wanted) {
    return crate_arena_status(&search->arena);
  }
  for (size_t i = 0; i < search->count; ++i) {
    const CrateSetting *const setting =
      i < skips->count ? NULL : &rules->items[i - skips->count];
    search->wanted[i] =
      (Wanted){.name = setting ? setting->text : skips->items[i],
               .setting = setting,
               .distance = SLIPS};
  }
  CRATE_TRY(look_everywhere(search));
  for (size_t i = 0; i < search->count; ++i) {
    if (!search->wanted[i].found) {
      const CrateStatus st = refuse(search, &search->wanted[i]);
      first = first ? first : st;
    }
  }
  return first;
}

static CrateStatus
check_profiles(const CrateProgram *program)
{
  const CrateSettings *const settings = &program->project.settings;
  CrateStatus first = CRATE_OK;
  for (size_t i = 0; i < settings->profiles.count; ++i) {
    const CrateSetting *const setting = &settings->profiles.items[i];
    CrateText near;
    if (!crate_validator_look_up(program->validator, setting->text, &near)
           .size) {
      const CrateStatus st = crate_settings_refuse(
        settings, setting->offset, "unknown-profile",
        "there is no profile \"%.*s\"; %s%.*s", CRATE_TEXT_ARG(setting->text),
        near.size ? "did you mean " : "see --list-profiles",
        CRATE_TEXT_ARG(near));
      first = first ? first : st;
    }
  }
  return first;
}

CrateStatus
crate_names_check(CrateProgram *program)
{
  Search search = {.program = program};
  const CrateStatus first = check_profiles(program);
  crate_arena_init(&search.arena, program->world);
  const CrateStatus st = check_rules(&search);
  crate_arena_clear(&search.arena);
  return first ? first : st;
}
