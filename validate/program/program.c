// SPDX-License-Identifier: Apache-2.0
// One crate, as the command line has it.
#include "validate/program/program.h"
#include "validate/program/fix.h"

static CrateStatus
open_library(CrateProgram *program)
{
  CRATE_TRY(crate_library_new(program->world, &program->library));
  for (size_t i = 0; i < program->command.maps.count; ++i) {
    const CrateText map = program->command.maps.items[i];
    const size_t equals = crate_text_find(map, '=');
    if (equals == map.size) {
      return crate_world_say(
        program->world, CRATE_BAD_ARGUMENT, &crate_usage_place,
        "--map wants PREFIX=DIR, not \"%.*s\"", CRATE_TEXT_ARG(map));
    }
    CRATE_TRY(crate_library_map(program->library,
                                crate_text_slice(map, 0, equals),
                                crate_text_slice(map, equals + 1u, map.size)));
  }
  return CRATE_OK;
}

CrateStatus
crate_program_open(CrateProgram *program)
{
  CRATE_TRY(open_library(program));
  CRATE_TRY(
    crate_validator_new(program->world, program->library, &program->validator));
  if (program->command.lint) {
    crate_validator_be_strict(program->validator);
  }
  for (size_t i = 0; i < program->command.paths.count; ++i) {
    CRATE_TRY(
      crate_validator_add(program->validator, program->command.paths.items[i]));
  }
  return CRATE_OK;
}

/// Say what --fix did, or why it did nothing to this crate.
static CrateStatus
keep_mended(CrateProgram *program, const CrateMended *mended)
{
  const CrateDiagnostic where = {.file = mended->file,
                                 .code = CRATE_TEXT("not-mended")};
  if (!mended->applied) {
    return CRATE_OK;
  }
  if (!mended->can_write) {
    return crate_world_say(program->world, CRATE_BAD_ARGUMENT, &where,
                           "--fix mends folders and documents; this is an "
                           "archive or a bag");
  }
  if (program->command.format->least > CRATE_SEVERITY_INFO) { // for a person
    crate_fix_diff(&program->result, mended);
  }
  return program->command.dry_run ? CRATE_OK
                                  : crate_fix_write(program->world, mended);
}

static CrateStatus
mend_one(CrateProgram *program,
         CrateText path,
         const CrateJudgeOptions *options,
         CrateVerdict *verdict)
{
  CrateMended mended;
  CrateStatus st = crate_validator_mend(program->validator, program->world,
                                        path, options, &mended);
  st = st ? st : keep_mended(program, &mended);
  if (!st) {
    *verdict = mended.verdict;
    mended.verdict = (CrateVerdict){0};
  }
  crate_mended_clear(&mended);
  return st;
}

CrateStatus
crate_program_judge(CrateProgram *program,
                    CrateText path,
                    CrateVerdict *verdict)
{
  if (program->command.shapes) {
    const CrateShapesQuestion question = {
      .shapes = crate_text(program->command.shapes),
      .data = path,
      .base = crate_text(program->command.base),
      .turtle = program->command.turtle,
      .list_rules = program->command.format->list_rules,
    };
    return crate_validator_judge_shapes(program->validator, &question,
                                        &program->result, verdict);
  }
  const CrateJudgeOptions options = {
    .profiles = program->command.profiles.items,
    .profile_count = program->command.profiles.count,
    .skip = program->command.skips.items,
    .skip_count = program->command.skips.count,
    .metadata_only = program->command.metadata_only,
    .list_rules = program->command.format->list_rules,
  };
  return program->command.fix
           ? mend_one(program, path, &options, verdict)
           : crate_validator_judge(program->validator, path, &options, verdict);
}

void
crate_program_clear(CrateProgram *program)
{
  crate_command_clear(&program->command);
  for (size_t i = 0; i < program->verdict_count; ++i) {
    crate_verdict_clear(&program->verdicts[i]);
  }
  crate_world_release(program->world, program->verdicts);
  crate_buffer_clear(&program->result);
  crate_validator_free(program->validator);
  crate_library_free(program->library);
}
