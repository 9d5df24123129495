// SPDX-License-Identifier: Apache-2.0
// crate-mount: a crate as a folder.
#include "base/options.h"
#include "base/output.h"
#include "base/terminal.h"
#include "fuse/ops.h"
#include "fuse/print.h"
#include <stdlib.h>
#include <unistd.h>

enum { EXIT_YES = 0, EXIT_TROUBLE = 2 };

typedef enum {
  OPTION_EXTRACT,
  OPTION_FOREGROUND,
  OPTION_HELP,
  OPTION_NAME,
  OPTION_OPTIONS,
  OPTION_PROFILE,
  OPTION_TREE,
  OPTION_VERSION,
} OptionId;

static const CrateOption table[] = {
  {"foreground", 'f', NULL, "stay in the foreground", OPTION_FOREGROUND},
  {"options", 'o', "OPTIONS",
   "options of mount(8) and FUSE, such as allow_other; may be repeated",
   OPTION_OPTIONS},
  {"name", 0, "NAME",
   "what the folder beside the payload is called; default: .crate",
   OPTION_NAME},
  {"profile", 'p', "PROFILE",
   "judge by this profile; default: by those that the crate conforms to",
   OPTION_PROFILE},
  {"tree", 't', NULL, "print the tree, and mount nothing", OPTION_TREE},
  {"extract", 0, "FOLDER",
   "write the tree as a folder, which is not there yet, and mount nothing",
   OPTION_EXTRACT},
  {"help", 'h', NULL, "show this and exit", OPTION_HELP},
  {"version", 'V', NULL, "show the version and exit", OPTION_VERSION},
};

#define TABLE_SIZE (sizeof(table) / sizeof(*table))

typedef struct {
  const CrateWorld *world;
  const char *operands[2]; // the crate, the folder to mount on
  size_t operand_count;
  const char *name, *profile, *extract;
  CrateBuffer options; // joined with commas
  bool foreground, help, tree, version;
} Task;

static const CrateDiagnostic usage = {.code = {"usage", 5}};

static CrateStatus
take_option(void *handle, const CrateOption *option, const char *value)
{
  Task *const task = (Task *)handle;
  switch ((OptionId)option->id) {
    case OPTION_FOREGROUND:
      task->foreground = true;
      break;
    case OPTION_HELP:
      task->help = true;
      break;
    case OPTION_TREE:
      task->tree = true;
      break;
    case OPTION_VERSION:
      task->version = true;
      break;
    case OPTION_NAME:
      task->name = value;
      break;
    case OPTION_PROFILE:
      task->profile = value;
      break;
    case OPTION_EXTRACT:
      task->extract = value;
      break;
    default: // OPTION_OPTIONS
      crate_buffer_add_string(&task->options, task->options.size ? "," : "");
      crate_buffer_add_string(&task->options, value);
      break;
  }
  return CRATE_OK;
}

static CrateStatus
take_operand(void *handle, const char *operand)
{
  Task *const task = (Task *)handle;
  if (task->operand_count == 2) {
    return crate_world_say(task->world, CRATE_BAD_ARGUMENT, &usage,
                           "expected a crate and a folder, \"%s\" is one too "
                           "many",
                           operand);
  }
  task->operands[task->operand_count++] = operand;
  return CRATE_OK;
}

/// What the folder beside the payload is called has to be a name.
static CrateStatus
check_name(const Task *task)
{
  const CrateText name = crate_text(task->name);
  const bool fine =
    !task->name ||
    (name.size && name.size < 256 && crate_text_find(name, '/') == name.size &&
     !crate_text_is(name, ".") && !crate_text_is(name, ".."));
  return fine ? CRATE_OK
              : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &usage,
                                "--name cannot be \"%s\", expected the name of "
                                "a folder",
                                task->name);
}

static CrateStatus
parse(Task *task, int count, char **arguments)
{
  const CrateOptions options = {table, TABLE_SIZE, take_option, take_operand,
                                task};
  CRATE_TRY(crate_options_parse(task->world, &options, count, arguments));
  CRATE_TRY(check_name(task));
  if (task->help || task->version) {
    return CRATE_OK;
  }
  const size_t wanted = task->tree || task->extract ? 1 : 2;
  return task->operand_count == wanted
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &usage,
                             wanted == 1 ? "expected a crate, see --help"
                                         : "expected a crate and a folder to "
                                           "show it in, see --help");
}

/// Print what something writes.
static CrateStatus
print(const Task *task,
      CrateStatus (*write)(void *handle, CrateBuffer *buffer),
      void *handle)
{
  CrateOutput output = {.world = task->world};
  CrateBuffer text;
  crate_buffer_init(&text, task->world);
  text.flush = crate_output_write;
  text.handle = &output;
  CrateStatus st = write(handle, &text);
  crate_buffer_flush(&text);
  st = st ? st : crate_buffer_status(&text);
  crate_buffer_clear(&text);
  return crate_output_close(&output, st);
}

static CrateStatus
write_help(void *handle, CrateBuffer *buffer)
{
  (void)handle;
  crate_buffer_add_string(
    buffer, "usage: crate-mount [OPTION]... CRATE FOLDER\n"
            "       crate-mount --tree CRATE\n"
            "       crate-mount --extract FOLDER CRATE\n\n"
            "Show a crate, and in .crate all that its metadata say, as a "
            "folder.\n"
            "fusermount3 -u FOLDER ends it.\n\n");
  crate_options_help(buffer, table, TABLE_SIZE);
  crate_buffer_add_string(
    buffer, "\nExit status: 0 when it was mounted, printed or written, 2 for "
            "trouble.\n");
  return CRATE_OK;
}

static CrateStatus
write_version(void *handle, CrateBuffer *buffer)
{
  (void)handle;
  crate_buffer_add_string(buffer, "crate-mount " CRATE_VERSION "\n");
  return CRATE_OK;
}

static CrateStatus
write_tree(void *handle, CrateBuffer *buffer)
{
  return crate_tree_print((CrateTree *)handle, buffer);
}

static CrateStatus
write_ready(void *handle, CrateBuffer *buffer)
{
  const Task *const task = (const Task *)handle;
  crate_buffer_print(buffer, "%s is shown in %s\n", task->operands[0],
                     task->operands[1]);
  return CRATE_OK;
}

/// A failure to say so is no reason not to go on.
static void
say_ready(void *handle)
{
  (void)print((const Task *)handle, write_ready, handle);
}

static CrateStatus
mount_tree(Task *task, CrateTree *tree)
{
  crate_buffer_add_byte(&task->options, '\0');
  CRATE_TRY(crate_buffer_status(&task->options));
  const CrateMount mount = {
    .world = task->world,
    .tree = tree,
    .source = task->operands[0],
    .folder = task->operands[1],
    .options = task->options.size > 1 ? task->options.data : NULL,
    .foreground = task->foreground,
    .ready = say_ready,
    .handle = task,
  };
  return crate_mount_run(&mount);
}

/// The path from the root: the program leaves its folder when it goes into the
/// background.
static CrateStatus
make_absolute(const Task *task, CrateArena *arena, CrateText *out)
{
  const CrateText path = crate_text(task->operands[0]);
  char *const here =
    path.data[0] == '/' || crate_text_is(path, "-") ? NULL : getcwd(NULL, 0);
  const CrateText parts[] = {crate_text(here), crate_text(here ? "/" : ""),
                             path};
  const CrateStatus st = crate_arena_join(arena, parts, 3, out);
  free(here);
  return st;
}

static CrateStatus
show(Task *task, CrateArena *arena)
{
  const CrateTreeOptions options = {.name = crate_text(task->name),
                                    .profile = crate_text(task->profile)};
  CrateTree *tree = NULL;
  CrateText path;
  CRATE_TRY(make_absolute(task, arena, &path));
  CRATE_TRY(crate_tree_open(task->world, path, &options, &tree));
  const CrateStatus st =
    task->tree      ? print(task, write_tree, tree)
    : task->extract ? crate_tree_extract(task->world, tree, task->extract)
                    : mount_tree(task, tree);
  crate_tree_free(tree);
  return st;
}

int
main(int count, char **arguments)
{
  CrateTerminal terminal = {.stream = stderr, .program = "crate-mount"};
  CrateWorld world;
  crate_world_init(&world);
  world.sink = crate_terminal_sink(&terminal);
  CrateArena arena;
  Task task = {.world = &world};
  crate_arena_init(&arena, &world);
  crate_buffer_init(&task.options, &world);
  CrateStatus st = parse(&task, count - 1, arguments + 1);
  st = st             ? st
       : task.help    ? print(&task, write_help, NULL)
       : task.version ? print(&task, write_version, NULL)
                      : show(&task, &arena);
  crate_buffer_clear(&task.options);
  crate_arena_clear(&arena);
  if (st && !terminal.errors) {
    fprintf(stderr, "crate-mount: error: %s\n", crate_status_text(st));
  }
  return st ? EXIT_TROUBLE : EXIT_YES;
}
