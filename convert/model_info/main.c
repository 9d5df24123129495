// SPDX-License-Identifier: Apache-2.0
// crate-model-info: the command line of <cratekit/model.h>.
#include "base/file.h"
#include "base/options.h"
#include "base/output.h"
#include "base/terminal.h"
#include <cratekit/model.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

// Exit statuses as grep's: see crate-model-info(1).
enum { EXIT_YES = 0, EXIT_NO = 1, EXIT_TROUBLE = 2 };

typedef enum {
  OPTION_JSON,
  OPTION_FORMAT,
  OPTION_HAZARDS,
  OPTION_LIST,
  OPTION_HELP,
  OPTION_VERSION,
} OptionId;

static const CrateOption table[] = {
  {"json", 'j', NULL, "one JSON object for each file, in place of words",
   OPTION_JSON},
  {"format", 'f', "NAME",
   "what to take the files for, whatever they look like (see --list)",
   OPTION_FORMAT},
  {"hazards", 0, NULL,
   "tell hazards only, a line each, nothing of files without them",
   OPTION_HAZARDS},
  {"list", 'l', NULL, "list the formats and exit", OPTION_LIST},
  {"help", 'h', NULL, "show this and exit", OPTION_HELP},
  {"version", 'V', NULL, "show the version and exit", OPTION_VERSION},
};

#define TABLE_SIZE (sizeof(table) / sizeof(*table))

/// What the command line asks for.
typedef struct {
  const CrateWorld *world;
  const CrateModelFormat *format;
  const char **files; ///< As many as there is room for.
  size_t count;
  bool json, hazards, list, help, version;
  bool danger, trouble; ///< What came of the files.
} Task;

static const CrateDiagnostic usage = {.code = {"usage", 5}};

static CrateStatus
set_format(Task *task, const char *name)
{
  task->format = crate_model_format_find(crate_text(name));
  return task->format
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &usage,
                             "unknown format \"%s\", --list names those that "
                             "are known",
                             name);
}

static CrateStatus
take_option(void *handle, const CrateOption *option, const char *value)
{
  Task *const task = (Task *)handle;
  switch ((OptionId)option->id) {
    case OPTION_JSON:
      task->json = true;
      break;
    case OPTION_FORMAT:
      return set_format(task, value);
    case OPTION_HAZARDS:
      task->hazards = true;
      break;
    case OPTION_LIST:
      task->list = true;
      break;
    case OPTION_HELP:
      task->help = true;
      break;
    case OPTION_VERSION:
      task->version = true;
      break;
  }
  return CRATE_OK;
}

static CrateStatus
take_operand(void *handle, const char *operand)
{
  Task *const task = (Task *)handle;
  task->files[task->count++] = operand;
  return CRATE_OK;
}

static void
write_help(CrateBuffer *buffer)
{
  crate_buffer_add_string(
    buffer, "Usage: crate-model-info [OPTION]... FILE...\n"
            "Tell what the headers of model files say: tensors, metadata, and "
            "what would be run\nor read by whoever loads them. Weights are not "
            "read, and nothing is run.\nFILE is - for standard input.\n\n"
            "Options:\n");
  crate_options_help(buffer, table, TABLE_SIZE);
  crate_buffer_add_string(buffer,
                          "\nExit status: 0 when nothing is dangerous, 1 when "
                          "something is, 2 for trouble.\n");
}

static void
write_list(CrateBuffer *buffer)
{
  const CrateModelFormat *format;
  for (size_t i = 0; (format = crate_model_format_at(i)); ++i) {
    crate_buffer_print(buffer, "%-15s%s (%s)\n", format->name, format->help,
                       format->endings);
  }
}

static void
write_version(CrateBuffer *buffer)
{
  crate_buffer_add_string(buffer, "crate-model-info " CRATE_VERSION "\n");
}

static void
write_model(const Task *task,
            const CrateModel *model,
            CrateText name,
            CrateBuffer *out)
{
  CrateModel part = *model;
  if (task->json) {
    part.tensor_count = task->hazards ? 0 : part.tensor_count;
    part.entry_count = task->hazards ? 0 : part.entry_count;
    if (!task->hazards || part.hazard_count) {
      crate_model_write_json(&part, name, out);
    }
  } else if (task->hazards) {
    crate_model_write_hazards(model, name, out);
  } else {
    crate_model_write_text(model, name, out);
  }
}

static CrateStatus
refuse_file(const Task *task, const char *path, CrateStatus status)
{
  const CrateDiagnostic where = {.file = crate_text(path),
                                 .code = CRATE_TEXT("unreadable")};
  return crate_world_say(task->world, status, &where, "%s",
                         status == CRATE_NOT_FOUND
                           ? "there is no such file"
                           : "it cannot be read as a regular file");
}

/// What a file says, as far as it can be read.
static CrateStatus
tell_source(Task *task,
            CrateText name,
            const CrateModelSource *source,
            CrateBuffer *out)
{
  CrateModel model;
  const CrateStatus st =
    crate_model_read(task->world, name, source, task->format, &model);
  if (!st || model.hazard_count) {
    write_model(task, &model, name, out);
  }
  task->danger |= crate_model_worst(&model) == CRATE_HAZARD_DANGER;
  crate_model_clear(&model);
  return st;
}

/// A pipe cannot be read at any offset: it is kept in memory.
static CrateStatus
tell_standard_input(Task *task, CrateBuffer *out)
{
  const CrateText name = CRATE_TEXT("<stdin>");
  CrateFile file;
  CRATE_TRY(crate_file_read_open(task->world, name, STDIN_FILENO, &file));
  const CrateText bytes = crate_file_text(&file);
  const CrateModelSource source = crate_model_source_of(&bytes);
  const CrateStatus st = tell_source(task, name, &source, out);
  crate_file_clear(&file);
  return st;
}

/// One file; its troubles are said and do not keep the others from their turn.
static CrateStatus
tell_file(Task *task, const char *path, CrateBuffer *out)
{
  CrateModelSource source;
  if (!strcmp(path, "-")) {
    return tell_standard_input(task, out);
  }
  const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    return refuse_file(task, path,
                       errno == ENOENT ? CRATE_NOT_FOUND : CRATE_UNREADABLE);
  }
  CrateStatus st = crate_model_source_of_file(&descriptor, &source);
  st = st ? refuse_file(task, path, st)
          : tell_source(task, crate_text(path), &source, out);
  close(descriptor);
  return st;
}

static CrateStatus
tell_files(Task *task, CrateBuffer *out)
{
  for (size_t i = 0; i < task->count; ++i) {
    const size_t before = out->size;
    const CrateStatus st = tell_file(task, task->files[i], out);
    task->trouble |= st != CRATE_OK;
    if (st == CRATE_NO_MEMORY) {
      return st;
    }
    if (!task->json && !task->hazards && out->size > before &&
        i + 1u < task->count) {
      crate_buffer_add_byte(out, '\n');
    }
    crate_buffer_flush(out);
  }
  return CRATE_OK;
}

static CrateStatus
act(Task *task, CrateBuffer *out)
{
  if (task->help || task->version || task->list) {
    (task->help ? write_help : task->version ? write_version : write_list)(out);
    return CRATE_OK;
  }
  return task->count ? tell_files(task, out)
                     : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &usage,
                                       "expected a file, see --help");
}

static CrateStatus
run(Task *task, int count, char **arguments)
{
  const CrateOptions options = {table, TABLE_SIZE, take_option, take_operand,
                                task};
  CrateOutput output = {.world = task->world};
  CrateBuffer out;
  CRATE_TRY(crate_options_parse(task->world, &options, count, arguments));
  crate_buffer_init(&out, task->world);
  out.flush = crate_output_write;
  out.handle = &output;
  CrateStatus st = act(task, &out);
  crate_buffer_flush(&out);
  st = st ? st : crate_buffer_status(&out);
  crate_buffer_clear(&out);
  return crate_output_close(&output, st);
}

int
main(int count, char **arguments)
{
  CrateTerminal terminal = {.stream = stderr, .program = "crate-model-info"};
  CrateWorld world;
  crate_world_init(&world);
  world.sink = crate_terminal_sink(&terminal);
  Task task = {.world = &world};
  task.files = (const char **)crate_world_allocate(
    &world, ((size_t)count + 1u) * sizeof(*task.files));
  const CrateStatus st =
    task.files ? run(&task, count - 1, arguments + 1) : CRATE_NO_MEMORY;
  crate_world_release(&world, (void *)task.files);
  if ((st || task.trouble) && !terminal.errors) {
    fprintf(stderr, "crate-model-info: error: %s\n", crate_status_text(st));
  }
  return st || task.trouble ? EXIT_TROUBLE : task.danger ? EXIT_NO : EXIT_YES;
}
