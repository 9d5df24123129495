// SPDX-License-Identifier: Apache-2.0
// All crates of the command line, and what came of them.
#include "validate/program/catalogue.h"
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/// Write the report, with what is known of the rules if the format wants it.
static CrateStatus
write_report(CrateProgram *program)
{
  CrateReportStyle style = program->command.style;
  CrateArena arena;
  CrateRule *rules = NULL;
  CrateStatus st = CRATE_OK;
  crate_arena_init(&arena, program->world);
  if (program->command.format->list_rules && !program->command.shapes) {
    st = crate_catalogue_judged(program, &arena, &rules, &style.rule_count);
  }
  if (!st) {
    style.rules = rules;
    program->command.format->verdicts(
      &program->result, &style, program->verdicts, program->verdict_count);
  }
  crate_world_release(program->world, rules);
  crate_arena_clear(&arena);
  return st;
}

static bool
wants_colour(const CrateProgram *program)
{
  if (!strcmp(program->command.colour, "auto")) {
    return !program->command.output && isatty(STDOUT_FILENO) &&
           !getenv("NO_COLOR");
  }
  return !strcmp(program->command.colour, "always");
}

/// Now, or the time that reproducible builds are given.
static uint64_t
time_of_report(void)
{
  const char *const given = getenv("SOURCE_DATE_EPOCH");
  return given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
}

static CrateStatus
check_usage(const CrateProgram *program)
{
  const char *const flaw =
    !program->command.crates.count ? "name at least one crate; see --help"
    : program->command.base && !program->command.shapes
      ? "--base is for --shapes"
    : program->command.fix && program->command.shapes ? "--fix is for crates"
    : program->command.dry_run && !program->command.fix
      ? "--dry-run is for --fix"
      : NULL;
  return flaw ? crate_world_say(program->world, CRATE_BAD_ARGUMENT,
                                &crate_usage_place, "%s", flaw)
              : CRATE_OK;
}

/// Judge every crate; trouble with one does not keep the others from it, but
/// the first trouble is the answer.
CrateStatus
crate_program_judge_all(CrateProgram *program)
{
  CRATE_TRY(check_usage(program));
  CRATE_TRY(crate_catalogue_check_skips(program));
  program->command.style.colour = wants_colour(program);
  program->command.style.time = time_of_report();
  program->verdicts = (CrateVerdict *)crate_world_allocate(
    program->world, program->command.crates.count * sizeof(CrateVerdict));
  if (!program->verdicts) {
    return CRATE_NO_MEMORY;
  }
  CrateStatus first = CRATE_OK;
  for (size_t i = 0; i < program->command.crates.count; ++i) {
    CrateVerdict *const verdict = &program->verdicts[program->verdict_count];
    const CrateStatus st =
      crate_program_judge(program, program->command.crates.items[i], verdict);
    if (st) {
      crate_verdict_clear(verdict);
      first = first ? first : st;
      ++program->command.style.unread;
    } else {
      ++program->verdict_count;
    }
  }
  if (!program->command.turtle) {
    const CrateStatus st = write_report(program);
    first = first ? first : st;
  }
  return first;
}

/// Data that take too long to look at do not pass (SHACL 3.4: a failure).
static bool
is_unsure(const CrateProgram *program, const CrateVerdict *verdict)
{
  for (size_t i = 0; i < verdict->not_checked_count; ++i) {
    const CrateNotChecked *const check = &verdict->not_checked[i];
    if (!check->gave_up || check->severity < program->command.style.fail_on) {
      continue;
    }
    const CrateDiagnostic place = {.file = verdict->path,
                                   .code = CRATE_TEXT("not-checked")};
    crate_world_say(program->world, CRATE_OVER_LIMIT, &place,
                    "no fault was found, but not all could be checked: %.*s",
                    CRATE_TEXT_ARG(check->reason));
    return true;
  }
  return false;
}

CrateStatus
crate_program_outcome(const CrateProgram *program, bool *conforms)
{
  CrateStatus st = CRATE_OK;
  *conforms = true;
  for (size_t i = 0; i < program->verdict_count; ++i) {
    const CrateVerdict *const verdict = &program->verdicts[i];
    if (!crate_verdict_conforms(verdict, program->command.style.fail_on)) {
      *conforms = false;
      return CRATE_OK;
    }
    st = is_unsure(program, verdict) ? CRATE_OVER_LIMIT : st;
  }
  return st;
}
