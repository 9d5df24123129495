// SPDX-License-Identifier: Apache-2.0
#include "validate/program/program.h"
#include "base/workers.h"

CrateStatus
crate_program_library(const CrateCommand *command,
                      const CrateWorld *world,
                      CrateLibrary **out)
{
  CRATE_TRY(crate_library_new(world, out));
  for (size_t i = 0; i < command->maps.count; ++i) {
    const CrateText map = command->maps.items[i];
    const size_t equals = crate_text_find(map, '=');
    if (equals == map.size) {
      return crate_world_say(world, CRATE_BAD_ARGUMENT, &crate_usage_place,
                             "--map wants PREFIX=DIR, not \"%.*s\"",
                             CRATE_TEXT_ARG(map));
    }
    CRATE_TRY(crate_library_map(*out, crate_text_slice(map, 0, equals),
                                crate_text_slice(map, equals + 1u, map.size)));
  }
  return CRATE_OK;
}

CrateStatus
crate_program_open(CrateProgram *program)
{
  CRATE_TRY(crate_program_library(&program->command, program->world,
                                  &program->library));
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

size_t
crate_program_threads(const CrateProgram *program, size_t crates)
{
  const CrateCommand *const command = &program->command;
  const size_t wanted = command->jobs ? command->jobs : crate_workers_most();
  // Two paths may lead to one crate, which is not to be written twice at once.
  return command->fix || crates < 2 ? 1 : wanted < crates ? wanted : crates;
}

void
crate_program_clear(CrateProgram *program)
{
  crate_command_clear(&program->command);
  crate_baseline_free(program->baseline);
  crate_project_clear(&program->project);
  crate_buffer_clear(&program->result);
  crate_validator_free(program->validator);
  crate_library_free(program->library);
}
