// SPDX-License-Identifier: Apache-2.0
// crate-convert: the command line of <cratekit/convert.h>.
#include "base/output.h"
#include "base/terminal.h"
#include "convert/program/inputs.h"
#include "convert/program/stream.h"

// Exit statuses as grep's: see crate-convert(1).
enum { EXIT_YES = 0, EXIT_NO = 1, EXIT_TROUBLE = 2 };

static void
start_buffer(CrateBuffer *buffer, CrateOutput *output)
{
  crate_buffer_init(buffer, output->world);
  buffer->flush = crate_output_write;
  buffer->handle = output;
}

static CrateStatus
write_result(CrateTask *task, CrateInputs *inputs, CrateBuffer *buffer)
{
  if (task->stream) {
    return crate_task_stream(task, buffer);
  }
  CRATE_TRY(crate_inputs_read(inputs, task));
  if (task->check) {
    return crate_check_constraints(task->world, &task->what, buffer,
                                   &task->violations);
  }
  return crate_convert(task->world, &task->what, task->format, buffer);
}

static CrateStatus
convert(CrateTask *task, CrateInputs *inputs)
{
  const CrateWorld *const world = task->world;
  CrateOutput output = {.world = world, .path = task->output, .whole = true};
  CrateOutput losses = {
    .world = world, .path = task->loss_report, .whole = true};
  CrateBuffer buffer;
  CrateBuffer lost;
  start_buffer(&buffer, &output);
  start_buffer(&lost, &losses);
  if (task->loss_report) {
    task->what.losses = &lost;
    losses.stream = strcmp(task->loss_report, "-") ? NULL : stderr;
  }
  CrateStatus st = write_result(task, inputs, &buffer);
  if (!st) {
    crate_buffer_flush(&buffer);
    st = crate_buffer_status(&buffer);
  }
  crate_buffer_clear(&buffer);
  crate_buffer_clear(&lost);
  if (task->loss_report && losses.stream != stderr) {
    st = crate_output_close(&losses, st);
  }
  return crate_output_close(&output, st);
}

static CrateStatus
print(const CrateWorld *world, void (*write)(CrateBuffer *))
{
  CrateBuffer text;
  crate_buffer_init(&text, world);
  write(&text);
  CrateOutput output = {.world = world};
  CrateStatus st = crate_buffer_status(&text);
  if (!st) {
    st = crate_output_write(&output, crate_buffer_text(&text));
  }
  crate_buffer_clear(&text);
  return crate_output_close(&output, st);
}

static CrateStatus
print_version(const CrateWorld *world)
{
  CrateOutput output = {.world = world};
  const CrateText line = CRATE_TEXT("crate-convert " CRATE_VERSION "\n");
  return crate_output_close(&output, crate_output_write(&output, line));
}

static CrateStatus
act(CrateTask *task, CrateInputs *inputs, int count, char **arguments)
{
  CRATE_TRY(crate_task_parse(task, count, arguments));
  return task->help      ? print(task->world, crate_task_help)
         : task->list    ? print(task->world, crate_task_list)
         : task->version ? print_version(task->world)
                         : convert(task, inputs);
}

int
main(int count, char **arguments)
{
  CrateTerminal terminal = {.stream = stderr, .program = "crate-convert"};
  CrateWorld world;
  crate_world_init(&world);
  world.sink = crate_terminal_sink(&terminal);
  CrateTask task = {.world = &world};
  CrateInputs inputs;
  crate_inputs_init(&inputs, &world);
  const CrateStatus st = act(&task, &inputs, count - 1, arguments + 1);
  crate_inputs_clear(&inputs);
  crate_task_clear(&task);
  if (st && !terminal.errors) {
    // No room has found words for it: out of memory, mostly.
    fprintf(stderr, "crate-convert: error: %s\n", crate_status_text(st));
  }
  return st ? EXIT_TROUBLE : task.violations ? EXIT_NO : EXIT_YES;
}
