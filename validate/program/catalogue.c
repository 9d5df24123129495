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

/// All rules of some profiles, their texts in the arena.
static CrateStatus
rules_of(CrateProgram *program,
         const CrateTexts *tokens,
         CrateArena *arena,
         CrateRule **rules,
         size_t *count)
{
  CrateStatus st = CRATE_OK;
  size_t capacity = 0;
  *rules = NULL;
  *count = 0;
  for (size_t i = 0; i < tokens->count && !st; ++i) {
    CrateRule *some = NULL;
    size_t more = 0;
    st = crate_validator_rules(program->validator, tokens->items[i], arena,
                               &some, &more);
    if (!st) {
      st = crate_world_reserve(program->world, rules, &capacity, *count + more,
                               sizeof(CrateRule));
    }
    if (!st && more) {
      memcpy(*rules + *count, some, more * sizeof(CrateRule));
      *count += more;
    }
  }
  return st;
}

/// The same of the chosen profiles.
static CrateStatus
collect_rules(CrateProgram *program,
              bool all,
              CrateArena *arena,
              CrateRule **rules,
              size_t *count)
{
  CrateTexts tokens = {0};
  *rules = NULL;
  *count = 0;
  CrateStatus st = choose_listed(program, all, &tokens);
  if (!st) {
    st = rules_of(program, &tokens, arena, rules, count);
  }
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
explain(CrateProgram *program,
        CrateArena *arena,
        CrateRule *rules,
        size_t count)
{
  const CrateText asked = crate_text(program->command.explain);
  size_t chosen = 0;
  for (size_t i = 0; i < count; ++i) {
    if (is_rule(asked, &rules[i], 1)) {
      rules[chosen++] = rules[i];
    }
  }
  if (!chosen) {
    return refuse_rule(program, asked);
  }
  CRATE_TRY(crate_validator_examples(program->world, arena, rules, chosen));
  program->command.format->explain(&program->result, rules, chosen);
  return CRATE_OK;
}

CrateStatus
crate_catalogue_rules(CrateProgram *program)
{
  CrateArena arena;
  CrateRule *rules = NULL;
  size_t count = 0;
  if (!program->command.format->rules) {
    return crate_world_say(program->world, CRATE_BAD_ARGUMENT,
                           &crate_usage_place,
                           "-f %s is for findings; rules are listed as text or "
                           "json",
                           program->command.format->name);
  }
  crate_arena_init(&arena, program->world);
  CrateStatus st = collect_rules(program, false, &arena, &rules, &count);
  if (!st && program->command.explain) {
    st = explain(program, &arena, rules, count);
  } else if (!st) {
    program->command.format->rules(&program->result, rules, count);
  }
  crate_world_release(program->world, rules);
  crate_arena_clear(&arena);
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

/// A rule that is misspelt would not be skipped, and nobody would know why.
CrateStatus
crate_catalogue_check_skips(CrateProgram *program)
{
  CrateArena arena;
  CrateRule *rules = NULL;
  size_t count = 0;
  if (!program->command.skips.count) {
    return CRATE_OK;
  }
  crate_arena_init(&arena, program->world);
  CrateStatus st = collect_rules(program, true, &arena, &rules, &count);
  for (size_t i = 0; i < program->command.skips.count && !st; ++i) {
    if (!is_rule(program->command.skips.items[i], rules, count)) {
      st = refuse_rule(program, program->command.skips.items[i]);
    }
  }
  crate_world_release(program->world, rules);
  crate_arena_clear(&arena);
  return st;
}

static int
compare_rules(const void *a, const void *b)
{
  return crate_text_compare(((const CrateRule *)a)->id,
                            ((const CrateRule *)b)->id);
}

/// The profiles that any crate was judged by.
static CrateStatus
list_profiles_judged(CrateProgram *program, CrateTexts *tokens)
{
  CrateMap seen;
  CrateStatus st = CRATE_OK;
  crate_map_init(&seen, program->world);
  for (size_t v = 0; v < program->verdict_count; ++v) {
    const CrateVerdict *const verdict = &program->verdicts[v];
    for (size_t i = 0; i < verdict->profile_count && !st; ++i) {
      if (!crate_map_get(&seen, verdict->profiles[i], NULL)) {
        st = crate_map_put(&seen, verdict->profiles[i], 1);
        st = st ? st
                : crate_texts_add(program->world, tokens, verdict->profiles[i]);
      }
    }
  }
  crate_map_clear(&seen);
  return st;
}

CrateStatus
crate_catalogue_judged(CrateProgram *program,
                       CrateArena *arena,
                       CrateRule **rules,
                       size_t *count)
{
  CrateTexts tokens = {0};
  *rules = NULL;
  *count = 0;
  CrateStatus st = list_profiles_judged(program, &tokens);
  st = st ? st : rules_of(program, &tokens, arena, rules, count);
  if (!st && *count) {
    qsort(*rules, *count, sizeof(CrateRule), compare_rules);
  }
  crate_world_release(program->world, tokens.items);
  return st;
}
