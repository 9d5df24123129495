// SPDX-License-Identifier: Apache-2.0
// crate-validate: the command line of <cratekit/validate.h>.
#include "base/output.h"
#include "base/terminal.h"
#include "validate/command.h"
#include "validate/fix.h"
#include <cratekit/map.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// Exit statuses as grep's: see crate-validate(1).
enum { EXIT_CONFORMS = 0, EXIT_CONFORMS_NOT = 1, EXIT_TROUBLE = 2 };

typedef struct {
  const CrateWorld *world;
  CrateCommand command;
  CrateLibrary *library;
  CrateValidator *validator;
  CrateBuffer result; // what goes to standard output or --output
  CrateVerdict *verdicts;
  size_t verdict_count;
} Run;

static CrateStatus
open_library(Run *run)
{
  CRATE_TRY(crate_library_new(run->world, &run->library));
  for (size_t i = 0; i < run->command.maps.count; ++i) {
    const CrateText map = run->command.maps.items[i];
    const size_t equals = crate_text_find(map, '=');
    if (equals == map.size) {
      return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &crate_usage_place,
                             "--map wants PREFIX=DIR, not \"%.*s\"",
                             CRATE_TEXT_ARG(map));
    }
    CRATE_TRY(crate_library_map(run->library, crate_text_slice(map, 0, equals),
                                crate_text_slice(map, equals + 1u, map.size)));
  }
  return CRATE_OK;
}

static CrateStatus
open_validator(Run *run)
{
  CRATE_TRY(open_library(run));
  CRATE_TRY(crate_validator_new(run->world, run->library, &run->validator));
  if (run->command.lint) {
    crate_validator_be_strict(run->validator);
  }
  for (size_t i = 0; i < run->command.paths.count; ++i) {
    CRATE_TRY(crate_validator_add(run->validator, run->command.paths.items[i]));
  }
  return CRATE_OK;
}

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
list_profile(Run *run, CrateText token, CrateTexts *tokens)
{
  for (size_t i = 0;; ++i) {
    const CrateText other = crate_validator_profile(run->validator, i);
    if (!other.size) {
      return CRATE_OK;
    }
    if ((crate_text_equal(other, token) ||
         (crate_validator_inherits(run->validator, token, other) &&
          !crate_text_starts(other, CRATE_TEXT("ro-crate-")))) &&
        !is_among(tokens, other)) {
      CRATE_TRY(crate_texts_add(run->world, tokens, other));
    }
  }
}

/// The profiles asked for, or every one: `all` also if some are asked for, as
/// they bring others along.
static CrateStatus
choose_listed(Run *run, bool all, CrateTexts *tokens)
{
  for (size_t i = 0; !all && i < run->command.profiles.count; ++i) {
    const CrateText token =
      crate_validator_find(run->validator, run->command.profiles.items[i]);
    if (!token.size) {
      return CRATE_NOT_FOUND;
    }
    CRATE_TRY(list_profile(run, token, tokens));
  }
  for (size_t i = 0; all || !run->command.profiles.count; ++i) {
    const CrateText token = crate_validator_profile(run->validator, i);
    if (!token.size) {
      break;
    }
    CRATE_TRY(crate_texts_add(run->world, tokens, token));
  }
  return CRATE_OK;
}

/// All rules of some profiles, their texts in the arena.
static CrateStatus
rules_of(Run *run,
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
    st = crate_validator_rules(run->validator, tokens->items[i], arena, &some,
                               &more);
    if (!st) {
      st = crate_world_reserve(run->world, rules, &capacity, *count + more,
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
collect_rules(Run *run,
              bool all,
              CrateArena *arena,
              CrateRule **rules,
              size_t *count)
{
  CrateTexts tokens = {0};
  *rules = NULL;
  *count = 0;
  CrateStatus st = choose_listed(run, all, &tokens);
  if (!st) {
    st = rules_of(run, &tokens, arena, rules, count);
  }
  crate_world_release(run->world, tokens.items);
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
refuse_rule(const Run *run, CrateText id)
{
  return crate_world_say(run->world, CRATE_NOT_FOUND, &crate_usage_place,
                         "there is no rule \"%.*s\"; see --list-rules",
                         CRATE_TEXT_ARG(id));
}

/// Tell about the rules of that id, with or without the profile's name.
static CrateStatus
explain(Run *run, CrateArena *arena, CrateRule *rules, size_t count)
{
  const CrateText asked = crate_text(run->command.explain);
  size_t chosen = 0;
  for (size_t i = 0; i < count; ++i) {
    if (is_rule(asked, &rules[i], 1)) {
      rules[chosen++] = rules[i];
    }
  }
  if (!chosen) {
    return refuse_rule(run, asked);
  }
  CRATE_TRY(crate_validator_examples(run->world, arena, rules, chosen));
  run->command.format->explain(&run->result, rules, chosen);
  return CRATE_OK;
}

static CrateStatus
show_rules(Run *run)
{
  CrateArena arena;
  CrateRule *rules = NULL;
  size_t count = 0;
  if (!run->command.format->rules) {
    return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &crate_usage_place,
                           "-f %s is for findings; rules are listed as text or "
                           "json",
                           run->command.format->name);
  }
  crate_arena_init(&arena, run->world);
  CrateStatus st = collect_rules(run, false, &arena, &rules, &count);
  if (!st && run->command.explain) {
    st = explain(run, &arena, rules, count);
  } else if (!st) {
    run->command.format->rules(&run->result, rules, count);
  }
  crate_world_release(run->world, rules);
  crate_arena_clear(&arena);
  return st;
}

static void
show_profiles(Run *run)
{
  for (size_t i = 0;; ++i) {
    const CrateText token = crate_validator_profile(run->validator, i);
    if (!token.size) {
      return;
    }
    crate_buffer_add(&run->result, token);
    crate_buffer_add_byte(&run->result, '\n');
  }
}

/// What is wrong with single profiles was said when they were added.
static CrateStatus
lint(Run *run)
{
  if (!run->command.paths.count) {
    return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &crate_usage_place,
                           "--lint-profiles is for --profiles-path");
  }
  size_t count = 0;
  CRATE_TRY(crate_validator_lint(run->validator, &count));
  crate_buffer_print(&run->result, "%zu %s sound\n", count,
                     count == 1 ? "profile is" : "profiles are");
  return CRATE_OK;
}

static bool
wants_colour(const Run *run)
{
  if (!strcmp(run->command.colour, "auto")) {
    return !run->command.output && isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
  }
  return !strcmp(run->command.colour, "always");
}

/// Say what --fix did, or why it did nothing to this crate.
static CrateStatus
keep_mended(Run *run, const CrateMended *mended)
{
  const CrateDiagnostic where = {.file = mended->file,
                                 .code = CRATE_TEXT("not-mended")};
  if (!mended->applied) {
    return CRATE_OK;
  }
  if (!mended->can_write) {
    return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &where,
                           "--fix mends folders and documents; this is an "
                           "archive or a bag");
  }
  if (run->command.format->least > CRATE_SEVERITY_INFO) { // for a person
    crate_fix_diff(&run->result, mended);
  }
  return run->command.dry_run ? CRATE_OK : crate_fix_write(run->world, mended);
}

static CrateStatus
mend_one(Run *run,
         CrateText path,
         const CrateJudgeOptions *options,
         CrateVerdict *verdict)
{
  CrateMended mended;
  CrateStatus st =
    crate_validator_mend(run->validator, run->world, path, options, &mended);
  st = st ? st : keep_mended(run, &mended);
  if (!st) {
    *verdict = mended.verdict;
    mended.verdict = (CrateVerdict){0};
  }
  crate_mended_clear(&mended);
  return st;
}

static CrateStatus
judge_one(Run *run, CrateText path, CrateVerdict *verdict)
{
  if (run->command.shapes) {
    const CrateShapesQuestion question = {
      .shapes = crate_text(run->command.shapes),
      .data = path,
      .base = crate_text(run->command.base),
      .turtle = run->command.turtle,
      .list_rules = run->command.format->list_rules,
    };
    return crate_validator_judge_shapes(run->validator, &question, &run->result,
                                        verdict);
  }
  const CrateJudgeOptions options = {
    .profiles = run->command.profiles.items,
    .profile_count = run->command.profiles.count,
    .skip = run->command.skips.items,
    .skip_count = run->command.skips.count,
    .metadata_only = run->command.metadata_only,
    .list_rules = run->command.format->list_rules,
  };
  return run->command.fix
           ? mend_one(run, path, &options, verdict)
           : crate_validator_judge(run->validator, path, &options, verdict);
}

/// Now, or the time that reproducible builds are given.
static uint64_t
time_of_report(void)
{
  const char *const given = getenv("SOURCE_DATE_EPOCH");
  return given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
}

static CrateStatus
check_usage(const Run *run)
{
  const char *const flaw =
    !run->command.crates.count ? "name at least one crate; see --help"
    : run->command.base && !run->command.shapes ? "--base is for --shapes"
    : run->command.fix && run->command.shapes   ? "--fix is for crates"
    : run->command.dry_run && !run->command.fix ? "--dry-run is for --fix"
                                                : NULL;
  return flaw ? crate_world_say(run->world, CRATE_BAD_ARGUMENT,
                                &crate_usage_place, "%s", flaw)
              : CRATE_OK;
}

/// A rule that is misspelt would not be skipped, and nobody would know why.
static CrateStatus
check_skips(Run *run)
{
  CrateArena arena;
  CrateRule *rules = NULL;
  size_t count = 0;
  if (!run->command.skips.count) {
    return CRATE_OK;
  }
  crate_arena_init(&arena, run->world);
  CrateStatus st = collect_rules(run, true, &arena, &rules, &count);
  for (size_t i = 0; i < run->command.skips.count && !st; ++i) {
    if (!is_rule(run->command.skips.items[i], rules, count)) {
      st = refuse_rule(run, run->command.skips.items[i]);
    }
  }
  crate_world_release(run->world, rules);
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
list_profiles_judged(Run *run, CrateTexts *tokens)
{
  CrateMap seen;
  CrateStatus st = CRATE_OK;
  crate_map_init(&seen, run->world);
  for (size_t v = 0; v < run->verdict_count; ++v) {
    const CrateVerdict *const verdict = &run->verdicts[v];
    for (size_t i = 0; i < verdict->profile_count && !st; ++i) {
      if (!crate_map_get(&seen, verdict->profiles[i], NULL)) {
        st = crate_map_put(&seen, verdict->profiles[i], 1);
        st =
          st ? st : crate_texts_add(run->world, tokens, verdict->profiles[i]);
      }
    }
  }
  crate_map_clear(&seen);
  return st;
}

/// Write the report, with what is known of the rules if the format wants it.
static CrateStatus
write_report(Run *run)
{
  CrateReportStyle style = run->command.style;
  CrateTexts tokens = {0};
  CrateArena arena;
  CrateRule *rules = NULL;
  CrateStatus st = CRATE_OK;
  crate_arena_init(&arena, run->world);
  if (run->command.format->list_rules && !run->command.shapes) {
    st = list_profiles_judged(run, &tokens);
    st = st ? st : rules_of(run, &tokens, &arena, &rules, &style.rule_count);
  }
  if (!st) {
    if (style.rule_count) {
      qsort(rules, style.rule_count, sizeof(CrateRule), compare_rules);
    }
    style.rules = rules;
    run->command.format->verdicts(&run->result, &style, run->verdicts,
                                  run->verdict_count);
  }
  crate_world_release(run->world, rules);
  crate_world_release(run->world, tokens.items);
  crate_arena_clear(&arena);
  return st;
}

/// Judge every crate; trouble with one does not keep the others from it, but
/// the first trouble is the answer.
static CrateStatus
judge_all(Run *run)
{
  CRATE_TRY(check_usage(run));
  CRATE_TRY(check_skips(run));
  run->command.style.colour = wants_colour(run);
  run->command.style.time = time_of_report();
  run->verdicts = (CrateVerdict *)crate_world_allocate(
    run->world, run->command.crates.count * sizeof(CrateVerdict));
  if (!run->verdicts) {
    return CRATE_NO_MEMORY;
  }
  CrateStatus first = CRATE_OK;
  for (size_t i = 0; i < run->command.crates.count; ++i) {
    CrateVerdict *const verdict = &run->verdicts[run->verdict_count];
    const CrateStatus st =
      judge_one(run, run->command.crates.items[i], verdict);
    if (st) {
      crate_verdict_clear(verdict);
      first = first ? first : st;
      ++run->command.style.unread;
    } else {
      ++run->verdict_count;
    }
  }
  if (!run->command.turtle) {
    const CrateStatus st = write_report(run);
    first = first ? first : st;
  }
  return first;
}

static void
show_help(Run *run)
{
  crate_buffer_add_string(
    &run->result,
    "Usage: crate-validate [OPTION]... CRATE...\n"
    "Judge RO-Crates: a folder, a zip archive, a metadata document, or - for "
    "standard\ninput.\n\nOptions:\n");
  crate_command_help(&run->result);
  crate_buffer_add_string(
    &run->result,
    "\nExit status: 0 when every crate conforms, 1 when one does not, 2 for "
    "trouble.\n");
}

static CrateStatus
act(Run *run)
{
  if (run->command.help) {
    show_help(run);
    return CRATE_OK;
  }
  if (run->command.version) {
    crate_buffer_add_string(&run->result, "crate-validate " CRATE_VERSION "\n");
    return CRATE_OK;
  }
  CRATE_TRY(open_validator(run));
  if (run->command.lint) {
    return lint(run);
  }
  if (run->command.list_profiles) {
    show_profiles(run);
    return CRATE_OK;
  }
  return run->command.list_rules || run->command.explain ? show_rules(run)
                                                         : judge_all(run);
}

static CrateStatus
write_result(const Run *run)
{
  CrateOutput output = {run->world, run->command.output, NULL};
  CrateStatus st = crate_buffer_status(&run->result);
  if (!st) {
    st = crate_output_write(&output, crate_buffer_text(&run->result));
  }
  return crate_output_close(&output, st);
}

/// Data that take too long to look at do not pass (SHACL 3.4: a failure).
static bool
is_unsure(const Run *run, const CrateVerdict *verdict)
{
  for (size_t i = 0; i < verdict->not_checked_count; ++i) {
    const CrateNotChecked *const check = &verdict->not_checked[i];
    if (!check->gave_up || check->severity < run->command.style.fail_on) {
      continue;
    }
    const CrateDiagnostic place = {.file = verdict->path,
                                   .code = CRATE_TEXT("not-checked")};
    crate_world_say(run->world, CRATE_OVER_LIMIT, &place,
                    "no fault was found, but not all could be checked: %.*s",
                    CRATE_TEXT_ARG(check->reason));
    return true;
  }
  return false;
}

static int
exit_status(const Run *run)
{
  int status = EXIT_CONFORMS;
  for (size_t i = 0; i < run->verdict_count; ++i) {
    const CrateVerdict *const verdict = &run->verdicts[i];
    if (!crate_verdict_conforms(verdict, run->command.style.fail_on)) {
      return EXIT_CONFORMS_NOT;
    }
    status = is_unsure(run, verdict) ? EXIT_TROUBLE : status;
  }
  return status;
}

static void
clear(Run *run)
{
  crate_command_clear(&run->command);
  for (size_t i = 0; i < run->verdict_count; ++i) {
    crate_verdict_clear(&run->verdicts[i]);
  }
  crate_world_release(run->world, run->verdicts);
  crate_buffer_clear(&run->result);
  crate_validator_free(run->validator);
  crate_library_free(run->library);
}

int
main(int argc, char **argv)
{
  CrateTerminal terminal = {.stream = stderr, .program = "crate-validate"};
  CrateWorld world;
  crate_world_init(&world);
  world.sink = crate_terminal_sink(&terminal);
  Run run = {.world = &world};
  run.command = (CrateCommand){
    .world = &world,
    .style = {.fail_on = CRATE_SEVERITY_VIOLATION, .most = 5},
    .format = crate_report_format(CRATE_TEXT("text")),
    .colour = "auto",
  };
  crate_buffer_init(&run.result, &world);
  CrateStatus st = crate_command_parse(&run.command, argc, argv);
  if (!st) {
    st = act(&run);
    const CrateStatus written = write_result(&run);
    st = st ? st : written;
  }
  if (st && !terminal.errors) {
    crate_world_say(&world, st, NULL, "%s", crate_status_text(st));
  }
  const int status = st ? EXIT_TROUBLE : exit_status(&run);
  clear(&run);
  return status;
}
