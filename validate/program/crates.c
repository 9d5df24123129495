// SPDX-License-Identifier: Apache-2.0
// All crates of the command line: judged by several threads, reported in
// order, a verdict forgotten as soon as the format allows.
#include "validate/program/crates.h"
#include "base/workers.h"
#include "validate/program/catalogue.h"
#include "validate/program/gather.h"
#include "validate/program/known.h"
#include "validate/program/seat.h"
#include "validate/report.h"
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/// Cases that each thread may be ahead of the report.
enum { AHEAD = 32 };

typedef struct {
  CrateProgram *program;
  CrateArena arena;  // paths that were found
  CrateTexts crates; // what to judge
  size_t next;
  CrateSeat *seats;
  size_t seat_count;
  CrateCase *cases; // as many as slots
  size_t case_count;
  CrateTally tally;
  CrateVerdict *verdicts; // kept for a format that wants all at once
  size_t verdict_count, verdict_capacity;
  CrateStatus first; // trouble with a crate
} Round;

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

/// Say why a crate without a fault does not pass.
static void
say_doubt(const CrateProgram *program,
          const CrateVerdict *verdict,
          const CrateNotChecked *doubt)
{
  const CrateDiagnostic place = {.file = verdict->path,
                                 .code = CRATE_TEXT("not-checked")};
  crate_world_say(program->world, CRATE_OVER_LIMIT, &place,
                  "no fault was found, but not all could be checked: %.*s",
                  CRATE_TEXT_ARG(doubt->reason));
}

/// Report a verdict now, or keep it for the end.
static CrateStatus
keep_verdict(Round *round, CrateCase *one)
{
  CrateProgram *const program = round->program;
  const CrateReportParts *const parts = program->command.format->parts;
  if (program->command.turtle) {
    return CRATE_OK; // the report was written by the judge
  }
  if (parts) {
    parts->verdict(&program->result, &program->command.style, &one->verdict,
                   program->judged - 1u);
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(
    program->world, &round->verdicts, &round->verdict_capacity,
    round->verdict_count + 1u, sizeof(CrateVerdict)));
  round->verdicts[round->verdict_count++] = one->verdict;
  one->verdict = (CrateVerdict){0};
  return CRATE_OK;
}

static CrateStatus
take_verdict(Round *round, CrateCase *one)
{
  CrateProgram *const program = round->program;
  const CrateSeverity fail_on = program->command.style.fail_on;
  ++program->judged;
  CRATE_TRY(crate_known_mark(program, &one->verdict));
  const CrateNotChecked *const doubt =
    crate_verdict_doubt(&one->verdict, fail_on);
  if (crate_verdict_fails(&one->verdict, fail_on) ||
      !one->verdict.profile_count) {
    ++program->failed;
  } else if (doubt) {
    say_doubt(program, &one->verdict, doubt);
    program->unsure = true;
  }
  CRATE_TRY(crate_tally_add(&round->tally, &one->verdict, fail_on));
  return keep_verdict(round, one);
}

static void
say(const CrateProgram *program, const CrateCase *one)
{
  if (one->said.size) { // of nothing there is no address
    fwrite(one->said.data, 1, one->said.size, program->terminal->stream);
  }
  program->terminal->errors += one->errors;
}

/// Trouble with one crate does not keep the others from being judged.
static CrateStatus
take(void *handle, size_t slot)
{
  Round *const round = (Round *)handle;
  CrateProgram *const program = round->program;
  CrateCase *const one = &round->cases[slot];
  CrateStatus st = crate_buffer_status(&one->wrote);
  say(program, one);
  crate_buffer_add(&program->result, crate_buffer_text(&one->wrote));
  if (one->status) {
    round->first = round->first ? round->first : one->status;
    st = crate_tally_add_unread(&round->tally, one->path);
  } else if (!st) {
    st = take_verdict(round, one);
  }
  crate_case_reset(one);
  crate_buffer_drain(&program->result);
  return st ? st : crate_buffer_status(&program->result);
}

static CrateJobSource
next(void *handle, size_t slot, bool wait)
{
  Round *const round = (Round *)handle;
  (void)wait;
  if (round->next == round->crates.count) {
    return CRATE_JOB_NO_MORE;
  }
  round->cases[slot].path = round->crates.items[round->next++];
  return CRATE_JOB_GIVEN;
}

static void
work(void *handle, unsigned thread, size_t slot)
{
  Round *const round = (Round *)handle;
  crate_seat_judge(&round->seats[thread], &round->cases[slot]);
}

static CrateStatus
open_cases(Round *round)
{
  const CrateWorld *const world = round->program->world;
  const size_t count = round->seat_count * AHEAD;
  round->cases =
    (CrateCase *)crate_world_allocate(world, count * sizeof(CrateCase));
  if (!round->cases) {
    return CRATE_NO_MEMORY;
  }
  for (; round->case_count < count; ++round->case_count) {
    crate_case_init(&round->cases[round->case_count], world);
  }
  return CRATE_OK;
}

static CrateStatus
judge_each(Round *round)
{
  CrateProgram *const program = round->program;
  program->command.style.many = round->crates.count > 1u;
  round->seat_count = crate_program_threads(program, round->crates.count);
  CRATE_TRY(open_cases(round));
  CRATE_TRY(crate_seats_new(program, round->seat_count, &round->seats));
  const CrateWorkers workers = {
    .world = program->world,
    .threads = (unsigned)round->seat_count,
    .slots = round->case_count,
    .handle = round,
    .next = next,
    .work = work,
    .take = take,
  };
  return crate_workers_run(&workers);
}

/// The report at once, with what is known of the rules if the format wants it.
static CrateStatus
write_all(Round *round)
{
  CrateProgram *const program = round->program;
  const CrateReportFormat *const format = program->command.format;
  CrateReportStyle style = program->command.style;
  CrateRuleList list;
  CrateStatus st = CRATE_OK;
  style.unread = round->tally.unread;
  crate_rule_list_init(&list, program->world);
  if (format->list_rules && !program->command.shapes) {
    st = crate_catalogue_judged(round->seats->validator, round->verdicts,
                                round->verdict_count, &list);
  }
  if (!st) {
    style.rules = list.items;
    style.rule_count = list.count;
    format->verdicts(&program->result, &style, round->verdicts,
                     round->verdict_count);
  }
  crate_rule_list_clear(&list);
  return st;
}

static CrateStatus
judge_and_report(Round *round)
{
  CrateProgram *const program = round->program;
  const CrateReportParts *const parts =
    program->command.turtle ? NULL : program->command.format->parts;
  if (parts && parts->begin) {
    parts->begin(&program->result);
  }
  CRATE_TRY(judge_each(round));
  if (parts) {
    crate_tally_sort(&round->tally);
    parts->end(&program->result, &program->command.style, &round->tally);
  } else if (!program->command.turtle) {
    CRATE_TRY(write_all(round));
  }
  return round->first;
}

static void
clear(Round *round)
{
  const CrateWorld *const world = round->program->world;
  for (size_t i = 0; i < round->verdict_count; ++i) {
    crate_verdict_clear(&round->verdicts[i]);
  }
  for (size_t i = 0; i < round->case_count; ++i) {
    crate_case_clear(&round->cases[i]);
  }
  crate_world_release(world, round->verdicts);
  crate_world_release(world, round->cases);
  crate_world_release(world, round->crates.items);
  crate_seats_free(round->program, round->seats, round->seat_count);
  crate_tally_clear(&round->tally);
  crate_arena_clear(&round->arena);
}

CrateStatus
crate_judge_crates(CrateProgram *program)
{
  Round round = {.program = program};
  program->command.style.colour = wants_colour(program);
  program->command.style.time = time_of_report();
  crate_arena_init(&round.arena, program->world);
  crate_tally_init(&round.tally, program->world);
  CrateStatus st = crate_gather(&program->command, &round.arena, &round.crates);
  st = st ? st : judge_and_report(&round);
  clear(&round);
  return st;
}
