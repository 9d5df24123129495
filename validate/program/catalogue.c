// SPDX-License-Identifier: Apache-2.0
// Profiles and rules: listed, explained, looked up.
#include "validate/program/catalogue.h"
#include <cratekit/map.h>
#include <stdlib.h>

static bool
is_among(const CrateTexts *tokens, CrateText token)
{
  for (size_t i = 0; i < tokens->count; ++i) {
    if (crate_text_equal(tokens->items[i], token)) {
      return true;
    }
  }
  return false;
}

/// A profile and those that it inherits from, but for the RO-Crate that each
/// crate chooses.
static CrateStatus
list_profile(CrateProgram *program, CrateText token, CrateTexts *tokens)
{
  for (size_t i = 0;; ++i) {
    const CrateText other = crate_validator_profile(program->validator, i);
    if (!other.size) {
      return CRATE_OK;
    }
    if ((crate_text_equal(other, token) ||
         (crate_validator_inherits(program->validator, token, other) &&
          !crate_text_starts(other, CRATE_TEXT("ro-crate-")))) &&
        !is_among(tokens, other)) {
      CRATE_TRY(crate_texts_add(program->world, tokens, other));
    }
  }
}

/// The profiles asked for, or every one: `all` also if some are asked for, as
/// they bring others along.
static CrateStatus
choose_listed(CrateProgram *program, bool all, CrateTexts *tokens)
{
  for (size_t i = 0; !all && i < program->command.profiles.count; ++i) {
    const CrateText token = crate_validator_find(
      program->validator, program->command.profiles.items[i]);
    if (!token.size) {
      return CRATE_NOT_FOUND;
    }
    CRATE_TRY(list_profile(program, token, tokens));
  }
  for (size_t i = 0; all || !program->command.profiles.count; ++i) {
    const CrateText token = crate_validator_profile(program->validator, i);
    if (!token.size) {
      break;
    }
    CRATE_TRY(crate_texts_add(program->world, tokens, token));
  }
  return CRATE_OK;
}

void
crate_rule_list_init(CrateRuleList *list, const CrateWorld *world)
{
  *list = (CrateRuleList){.items = NULL};
  crate_arena_init(&list->arena, world);
}

void
crate_rule_list_clear(CrateRuleList *list)
{
  crate_world_release(list->arena.world, list->items);
  crate_arena_clear(&list->arena);
}

/// Add all rules of some profiles.
static CrateStatus
add_rules(CrateValidator *validator,
          const CrateTexts *tokens,
          CrateRuleList *list)
{
  for (size_t i = 0; i < tokens->count; ++i) {
    CrateRule *some = NULL;
    size_t more = 0;
    CRATE_TRY(crate_validator_rules(validator, tokens->items[i], &list->arena,
                                    &some, &more));
    CRATE_TRY(crate_world_reserve(list->arena.world, &list->items,
                                  &list->capacity, list->count + more,
                                  sizeof(CrateRule)));
    if (more) {
      memcpy(list->items + list->count, some, more * sizeof(CrateRule));
      list->count += more;
    }
  }
  return CRATE_OK;
}

/// The same of the chosen profiles.
static CrateStatus
collect_rules(CrateProgram *program, bool all, CrateRuleList *list)
{
  CrateTexts tokens = {0};
  CrateStatus st = choose_listed(program, all, &tokens);
  st = st ? st : add_rules(program->validator, &tokens, list);
  crate_world_release(program->world, tokens.items);
  return st;
}

/// Whether some profile in question has a rule of that id.
static bool
is_rule(CrateText id, const CrateRule *rules, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    const CrateText local = crate_text_slice(
      rules[i].id, rules[i].profile.size + 1u, rules[i].id.size);
    if (crate_text_equal(id, rules[i].id) || crate_text_equal(id, local)) {
      return true;
    }
  }
  return false;
}

static CrateStatus
refuse_rule(const CrateProgram *program, CrateText id)
{
  return crate_world_say(program->world, CRATE_NOT_FOUND, &crate_usage_place,
                         "there is no rule \"%.*s\"; see --list-rules",
                         CRATE_TEXT_ARG(id));
}

/// Tell about the rules of that id, with or without the profile's name.
static CrateStatus
explain(CrateProgram *program, CrateRuleList *list)
{
  const CrateText asked = crate_text(program->command.explain);
  CrateRule *const rules = list->items;
  size_t chosen = 0;
  for (size_t i = 0; i < list->count; ++i) {
    if (is_rule(asked, &rules[i], 1)) {
      rules[chosen++] = rules[i];
    }
  }
  if (!chosen) {
    return refuse_rule(program, asked);
  }
  CRATE_TRY(
    crate_validator_examples(program->world, &list->arena, rules, chosen));
  program->command.format->explain(&program->result, rules, chosen);
  return CRATE_OK;
}

CrateStatus
crate_catalogue_rules(CrateProgram *program)
{
  CrateRuleList list;
  if (!program->command.format->rules) {
    return crate_world_say(program->world, CRATE_BAD_ARGUMENT,
                           &crate_usage_place,
                           "-f %s is for findings; rules are listed as text or "
                           "json",
                           program->command.format->name);
  }
  crate_rule_list_init(&list, program->world);
  CrateStatus st = collect_rules(program, false, &list);
  if (!st && program->command.explain) {
    st = explain(program, &list);
  } else if (!st) {
    program->command.format->rules(&program->result, list.items, list.count);
  }
  crate_rule_list_clear(&list);
  return st;
}

void
crate_catalogue_profiles(CrateProgram *program)
{
  for (size_t i = 0;; ++i) {
    const CrateText token = crate_validator_profile(program->validator, i);
    if (!token.size) {
      return;
    }
    crate_buffer_add(&program->result, token);
    crate_buffer_add_byte(&program->result, '\n');
  }
}

/// What is wrong with single profiles was said when they were added.
CrateStatus
crate_catalogue_lint(CrateProgram *program)
{
  if (!program->command.paths.count) {
    return crate_world_say(program->world, CRATE_BAD_ARGUMENT,
                           &crate_usage_place,
                           "--lint-profiles is for --profiles-path");
  }
  size_t count = 0;
  CRATE_TRY(crate_validator_lint(program->validator, &count));
  crate_buffer_print(&program->result, "%zu %s sound\n", count,
                     count == 1 ? "profile is" : "profiles are");
  return CRATE_OK;
}

static int
compare_rules(const void *a, const void *b)
{
  return crate_text_compare(((const CrateRule *)a)->id,
                            ((const CrateRule *)b)->id);
}

/// The profiles that any crate was judged by.
static CrateStatus
list_profiles_judged(const CrateWorld *world,
                     const CrateVerdict *verdicts,
                     size_t count,
                     CrateTexts *tokens)
{
  CrateMap seen;
  CrateStatus st = CRATE_OK;
  crate_map_init(&seen, world);
  for (size_t v = 0; v < count; ++v) {
    const CrateVerdict *const verdict = &verdicts[v];
    for (size_t i = 0; i < verdict->profile_count && !st; ++i) {
      if (!crate_map_get(&seen, verdict->profiles[i], NULL)) {
        st = crate_map_put(&seen, verdict->profiles[i], 1);
        st = st ? st : crate_texts_add(world, tokens, verdict->profiles[i]);
      }
    }
  }
  crate_map_clear(&seen);
  return st;
}

CrateStatus
crate_catalogue_judged(CrateValidator *validator,
                       const CrateVerdict *verdicts,
                       size_t count,
                       CrateRuleList *out)
{
  const CrateWorld *const world = out->arena.world;
  CrateTexts tokens = {0};
  CrateStatus st = list_profiles_judged(world, verdicts, count, &tokens);
  st = st ? st : add_rules(validator, &tokens, out);
  if (!st && out->count) {
    qsort(out->items, out->count, sizeof(CrateRule), compare_rules);
  }
  crate_world_release(world, tokens.items);
  return st;
}
