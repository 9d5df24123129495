// SPDX-License-Identifier: Apache-2.0
#include "validate/program/seat.h"
#include "validate/program/fix.h"

void
crate_case_init(CrateCase *one, const CrateWorld *world)
{
  *one = (CrateCase){.status = CRATE_OK};
  crate_buffer_init(&one->said, world);
  crate_buffer_init(&one->wrote, world);
}

void
crate_case_reset(CrateCase *one)
{
  crate_verdict_clear(&one->verdict);
  one->verdict = (CrateVerdict){0};
  one->status = CRATE_OK;
  one->said.size = 0;
  one->wrote.size = 0;
  one->errors = 0;
}

void
crate_case_clear(CrateCase *one)
{
  crate_verdict_clear(&one->verdict);
  crate_buffer_clear(&one->said);
  crate_buffer_clear(&one->wrote);
}

static void
write_down(void *handle, const CrateDiagnostic *diagnostic)
{
  CrateCase *const one = ((CrateSeat *)handle)->at_hand;
  one->errors += diagnostic->level == CRATE_DIAGNOSTIC_ERROR;
  crate_terminal_format(&one->said, CRATE_PROGRAM_NAME, diagnostic);
}

/// Where crates are judged side by side, none takes all the processors, and
/// none has the terminal to itself.
static CrateStatus
open_seat(const CrateProgram *program, CrateSeat *seat, bool alone)
{
  seat->program = program;
  seat->world = *program->world;
  seat->world.sink = (CrateSink){write_down, seat};
  seat->world.threads = alone ? (uint32_t)program->command.jobs : 1u;
  if (!alone) {
    seat->world.progress.step = NULL;
  }
  CRATE_TRY(
    crate_program_library(&program->command, &seat->world, &seat->library));
  return crate_validator_twin(program->validator, &seat->world, seat->library,
                              &seat->validator);
}

CrateStatus
crate_seats_new(const CrateProgram *program, size_t count, CrateSeat **out)
{
  CrateSeat *const seats = (CrateSeat *)crate_world_allocate(
    program->world, count * sizeof(CrateSeat));
  CrateStatus st = seats ? CRATE_OK : CRATE_NO_MEMORY;
  *out = seats;
  for (size_t i = 0; i < count && seats; ++i) {
    seats[i] = (CrateSeat){.program = program};
    st = st ? st : open_seat(program, &seats[i], count == 1);
  }
  return st;
}

void
crate_seats_free(const CrateProgram *program, CrateSeat *seats, size_t count)
{
  for (size_t i = 0; i < count && seats; ++i) {
    crate_validator_free(seats[i].validator);
    crate_library_free(seats[i].library);
  }
  crate_world_release(program->world, seats);
}

/// Say what --fix did, or why it did nothing to this crate.
static CrateStatus
keep_mended(CrateSeat *seat, const CrateMended *mended)
{
  const CrateCommand *const command = &seat->program->command;
  const CrateDiagnostic where = {.file = mended->file,
                                 .code = CRATE_TEXT("not-mended")};
  if (!mended->applied) {
    return CRATE_OK;
  }
  if (!mended->can_write) {
    return crate_world_say(&seat->world, CRATE_BAD_ARGUMENT, &where,
                           "--fix mends folders and documents; this is an "
                           "archive or a bag");
  }
  if (command->format->least > CRATE_SEVERITY_INFO) { // for a person
    crate_fix_diff(&seat->at_hand->wrote, mended);
  }
  return command->dry_run ? CRATE_OK : crate_fix_write(&seat->world, mended);
}

static CrateStatus
mend(CrateSeat *seat, const CrateJudgeOptions *options, CrateCase *one)
{
  CrateMended mended;
  CrateStatus st = crate_validator_mend(seat->validator, &seat->world,
                                        one->path, options, &mended);
  st = st ? st : keep_mended(seat, &mended);
  if (!st) {
    one->verdict = mended.verdict;
    mended.verdict = (CrateVerdict){0};
  }
  crate_mended_clear(&mended);
  return st;
}

static CrateStatus
judge_shapes(CrateSeat *seat, CrateCase *one)
{
  const CrateCommand *const command = &seat->program->command;
  const CrateShapesQuestion question = {
    .shapes = crate_text(command->shapes),
    .data = one->path,
    .base = crate_text(command->base),
    .turtle = command->turtle,
    .list_rules = command->format->list_rules,
  };
  return crate_validator_judge_shapes(seat->validator, &question, &one->wrote,
                                      &one->verdict);
}

static CrateStatus
judge_crate(CrateSeat *seat, CrateCase *one)
{
  const CrateCommand *const command = &seat->program->command;
  const CrateJudgeOptions options = {
    .profiles = command->profiles.items,
    .profile_count = command->profiles.count,
    .skip = command->skips.items,
    .skip_count = command->skips.count,
    .levels = command->levels,
    .level_count = command->level_count,
    .metadata_only = command->metadata_only,
    .list_rules = command->format->list_rules,
    .text = one->text,
    .root = crate_text(command->root),
    .data = crate_text(command->data),
  };
  return command->fix ? mend(seat, &options, one)
                      : crate_validator_judge(seat->validator, one->path,
                                              &options, &one->verdict);
}

void
crate_seat_judge(CrateSeat *seat, CrateCase *one)
{
  seat->at_hand = one;
  one->status = seat->program->command.shapes ? judge_shapes(seat, one)
                                              : judge_crate(seat, one);
}
