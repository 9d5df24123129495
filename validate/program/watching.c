// SPDX-License-Identifier: Apache-2.0
#include "validate/program/watching.h"
#include "validate/program/watch.h"
#include <unistd.h>

/// ECMA-48: cursor to the corner, erase the screen and what was scrolled away.
#define CLEAR "\033[H\033[2J\033[3J"

static CrateStatus
add_texts(CrateWatch *watch, const CrateTexts *texts)
{
  for (size_t i = 0; i < texts->count; ++i) {
    CRATE_TRY(crate_watch_add(watch, texts->items[i]));
  }
  return CRATE_OK;
}

/// The folders of PREFIX=DIR.
static CrateStatus
add_maps(CrateWatch *watch, const CrateTexts *maps)
{
  for (size_t i = 0; i < maps->count; ++i) {
    const CrateText map = maps->items[i];
    CRATE_TRY(crate_watch_add(
      watch, crate_text_slice(map, crate_text_find(map, '=') + 1u, map.size)));
  }
  return CRATE_OK;
}

static CrateStatus
add_file(CrateWatch *watch, const char *file)
{
  return file ? crate_watch_add(watch, crate_text(file)) : CRATE_OK;
}

/// What a command reads besides its crates.
static CrateStatus
add_others(CrateWatch *watch, const CrateCommand *command)
{
  CRATE_TRY(add_texts(watch, &command->paths));
  CRATE_TRY(add_maps(watch, &command->maps));
  CRATE_TRY(add_file(watch, command->baseline));
  CRATE_TRY(add_file(watch, command->settings));
  return add_file(watch, command->shapes);
}

/// The settings as they are now, wherever they may be, and what they name.
/// What is wrong with them is for the judge to say.
static CrateStatus
add_settings(CrateWatch *watch, const CrateCommand *command)
{
  CrateWorld quiet = *command->world;
  CrateProject project;
  CrateCommand named = {.world = &quiet,
                        .settings = command->settings,
                        .shapes = command->shapes,
                        .no_settings = command->no_settings};
  quiet.sink.write = NULL;
  CrateStatus st = crate_project_open(&project, &named);
  st = st == CRATE_NO_MEMORY ? st : add_others(watch, &named);
  if (!st && project.path.size) {
    st = crate_watch_add(watch, project.path);
  } else if (!st && !command->no_settings && !command->shapes) {
    st = crate_watch_add(watch, CRATE_TEXT(CRATE_SETTINGS_NAME));
  }
  crate_command_clear(&named);
  crate_project_clear(&project);
  return st;
}

/// Everything anew: folders may have come.
static CrateStatus
add_all(CrateWatch *watch, const CrateCommand *command)
{
  crate_watch_begin(watch);
  CRATE_TRY(add_texts(watch, &command->crates));
  CRATE_TRY(add_others(watch, command));
  return add_settings(watch, command);
}

/// Between two reports, where they are not drawn over one another.
static CrateStatus
separate(const CrateProgram *program, CrateText changed)
{
  CrateBuffer line;
  crate_buffer_init(&line, program->world);
  crate_buffer_add_string(&line, "--- ");
  crate_terminal_escape(&line, changed);
  crate_buffer_add_string(&line, " changed\n");
  const CrateStatus st = crate_buffer_status(&line);
  if (!st) {
    fwrite(line.data, 1, line.size, stdout);
  }
  crate_buffer_clear(&line);
  return st;
}

static void
show_state(const CrateWatch *watch)
{
  fprintf(stderr, "watching %zu %s; Ctrl-C ends it\n", crate_watch_count(watch),
          crate_watch_count(watch) == 1 ? "folder" : "folders");
}

static CrateStatus
go_on(CrateProgram *program,
      CrateWatch *watch,
      int (*judge)(void *program),
      int *status)
{
  const bool screen = !program->command.output && isatty(STDOUT_FILENO);
  CrateText changed = {NULL, 0};
  for (bool more = true; more;) {
    CRATE_TRY(add_all(watch, &program->command));
    if (screen) {
      fputs(CLEAR, stdout);
    } else if (changed.size && !program->command.output) {
      CRATE_TRY(separate(program, changed));
    }
    CRATE_TRY(crate_watch_run(watch, judge, program, status, &more));
    if (screen) {
      show_state(watch);
    }
    if (more) {
      CRATE_TRY(crate_watch_wait(watch, &changed));
      more = changed.size > 0;
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_watching(CrateProgram *program, int (*judge)(void *program), int *status)
{
  CrateWatch *watch = NULL;
  CRATE_TRY(crate_command_check(&program->command));
  CRATE_TRY(crate_watch_new(program->world, &watch));
  crate_watch_ignore(watch, program->command.output);
  const CrateStatus st = go_on(program, watch, judge, status);
  crate_watch_free(watch);
  return st;
}
