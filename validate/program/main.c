// SPDX-License-Identifier: Apache-2.0
// crate-validate: the command line of <cratekit/validate.h>.
#include "base/bar.h"
#include "validate/program/batch.h"
#include "validate/program/catalogue.h"
#include "validate/program/crates.h"
#include "validate/program/known.h"
#include "validate/program/names.h"
#include "validate/program/watching.h"

// Exit statuses as grep's: see crate-validate(1).
enum { EXIT_CONFORMS = 0, EXIT_CONFORMS_NOT = 1, EXIT_TROUBLE = 2 };

static void
show_help(CrateProgram *program)
{
  crate_buffer_add_string(
    &program->result,
    "Usage: crate-validate [OPTION]... CRATE...\n"
    "Judge RO-Crates: a folder, a zip archive, a metadata document, or - for "
    "standard\ninput.\n\nOptions:\n");
  crate_command_help(&program->result);
  crate_buffer_add_string(
    &program->result,
    "\nExit status: 0 when every crate conforms, 1 when one does not, 2 for "
    "trouble.\n");
}

static CrateStatus
judge(CrateProgram *program)
{
  CRATE_TRY(crate_command_check(&program->command));
  CRATE_TRY(crate_names_check(program));
  CRATE_TRY(crate_known_open(program));
  const CrateStatus st =
    program->command.batch ? crate_batch(program) : crate_judge_crates(program);
  return crate_known_close(program, st);
}

static CrateStatus
act(CrateProgram *program)
{
  if (program->command.help) {
    show_help(program);
    return CRATE_OK;
  }
  if (program->command.version) {
    crate_buffer_add_string(&program->result,
                            "crate-validate " CRATE_VERSION "\n");
    return CRATE_OK;
  }
  CRATE_TRY(crate_project_open(&program->project, &program->command));
  crate_command_settle(&program->command);
  CRATE_TRY(crate_program_open(program));
  if (program->command.lint) {
    return crate_catalogue_lint(program);
  }
  if (program->command.list_profiles) {
    crate_catalogue_profiles(program);
    return CRATE_OK;
  }
  return program->command.list_rules || program->command.explain
           ? crate_catalogue_rules(program)
           : judge(program);
}

static CrateStatus
finish(CrateProgram *program)
{
  crate_buffer_flush(&program->result);
  return crate_output_close(&program->output,
                            crate_buffer_status(&program->result));
}

static int
exit_status(const CrateProgram *program, CrateStatus status)
{
  return status || (program->unsure && !program->failed) ? EXIT_TROUBLE
         : program->failed                               ? EXIT_CONFORMS_NOT
                                                         : EXIT_CONFORMS;
}

/// Say what nobody has said; the exit status.
static int
conclude(const CrateProgram *program, CrateStatus st)
{
  if (st && !program->terminal->errors) {
    crate_world_say(program->world, st, NULL, "%s", crate_status_text(st));
  }
  return exit_status(program, st);
}

/// Do what the command line says; the exit status.
static int
run(void *handle)
{
  CrateProgram *const program = (CrateProgram *)handle;
  program->output =
    (CrateOutput){.world = program->world, .path = program->command.output};
  program->result.flush = crate_output_write;
  program->result.handle = &program->output;
  CrateStatus st = act(program);
  const CrateStatus written = finish(program);
  return conclude(program, st ? st : written);
}

int
main(int argc, char **argv)
{
  CrateTerminal terminal = {.stream = stderr, .program = CRATE_PROGRAM_NAME};
  CrateBar bar;
  CrateWorld world;
  crate_world_init(&world);
  world.sink = crate_terminal_sink(&terminal);
  world.progress = crate_bar_progress(&bar, stderr);
  CrateProgram program = {.world = &world, .terminal = &terminal};
  const CrateCommand *const command = &program.command;
  program.command = (CrateCommand){
    .world = &world,
    .style = {.fail_on = CRATE_SEVERITY_VIOLATION, .most = 5},
    .format = crate_report_format(CRATE_TEXT("text")),
    .colour = "auto",
  };
  crate_buffer_init(&program.result, &world);
  int status = EXIT_CONFORMS;
  CrateStatus st = crate_command_parse(&program.command, argc, argv);
  if (!st && command->watch && !command->help && !command->version) {
    st = crate_watching(&program, run, &status);
  } else if (!st) {
    status = run(&program);
  }
  if (st) {
    status = conclude(&program, st);
  }
  crate_program_clear(&program);
  return status;
}
