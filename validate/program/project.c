// SPDX-License-Identifier: Apache-2.0
#include "validate/program/project.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_LEVELS = 64 }; // of folders above the current one

/// Whether somebody may decide for us: our user, the system's, or whoever the
/// current folder belongs to. In a folder that all may write to, as /tmp, a
/// stranger could else switch rules off.
static bool
is_trusted(const struct stat *about)
{
  struct stat here;
  return about->st_uid == geteuid() || about->st_uid == 0 ||
         (!stat(".", &here) && about->st_uid == here.st_uid);
}

/// How many folders up the project begins: where .git is. Without one, the
/// current folder is all there is.
static int
find_root(void)
{
  char path[3 * MOST_LEVELS + 8] = "";
  struct stat about;
  for (int level = 0; level < MOST_LEVELS; ++level) {
    memcpy(path + 3 * level, ".git", 5);
    if (!lstat(path, &about)) {
      return level;
    }
    memcpy(path + 3 * level, "../", 4);
  }
  return 0;
}

static CrateStatus
warn_of_stranger(const CrateWorld *world, CrateText path)
{
  const CrateDiagnostic where = {.level = CRATE_DIAGNOSTIC_WARNING,
                                 .file = path,
                                 .code = CRATE_TEXT("settings-of-others")};
  return crate_world_say(world, CRATE_OK, &where,
                         "the file belongs to somebody else and is not read; "
                         "--settings reads it all the same");
}

/// The nearest settings between here and the project's root.
static CrateStatus
find(CrateProject *project, const CrateWorld *world)
{
  char path[3 * MOST_LEVELS + sizeof(CRATE_SETTINGS_NAME)] = "";
  const int root = find_root();
  struct stat about;
  for (int level = 0; level <= root; ++level) {
    memcpy(path + 3 * level, CRATE_SETTINGS_NAME, sizeof(CRATE_SETTINGS_NAME));
    if (!stat(path, &about)) {
      return is_trusted(&about)
               ? crate_arena_copy(&project->arena, crate_text(path),
                                  &project->path)
               : warn_of_stranger(world, crate_text(path));
    }
    memcpy(path + 3 * level, "../", 4);
  }
  return CRATE_OK;
}

/// What a path in the settings means: it is relative to their file.
static CrateStatus
resolve(CrateProject *project, CrateText path, CrateText *out)
{
  size_t slash = project->path.size;
  while (slash && project->path.data[slash - 1u] != '/') {
    --slash;
  }
  const bool absolute = path.data[0] == '/';
  const CrateText parts[] = {
    crate_text_slice(project->path, 0, absolute ? 0 : slash), path};
  return crate_arena_join(&project->arena, parts, 2, out);
}

static CrateStatus
add_all(const CrateCommand *command,
        CrateTexts *texts,
        const CrateSettingList *list)
{
  for (size_t i = 0; i < list->count; ++i) {
    CRATE_TRY(crate_texts_add(command->world, texts, list->items[i].text));
  }
  return CRATE_OK;
}

/// As --map has it: PREFIX=DIR.
static CrateStatus
add_maps(CrateProject *project, CrateCommand *command)
{
  const CrateSettings *const settings = &project->settings;
  for (size_t i = 0; i < settings->maps.count; ++i) {
    const CrateSetting prefix = settings->maps.items[i];
    CrateText folder;
    CrateText map;
    if (crate_text_find(prefix.text, '=') < prefix.text.size) {
      return crate_settings_refuse(settings, prefix.offset, "invalid-setting",
                                   "expected a prefix without '='");
    }
    CRATE_TRY(resolve(project, settings->folders.items[i].text, &folder));
    const CrateText parts[] = {prefix.text, CRATE_TEXT("="), folder};
    CRATE_TRY(crate_arena_join(&project->arena, parts, 3, &map));
    CRATE_TRY(crate_texts_add(command->world, &command->maps, map));
  }
  return CRATE_OK;
}

/// The one place where settings become part of what was asked for.
static CrateStatus
apply(CrateProject *project, CrateCommand *command)
{
  const CrateSettings *const settings = &project->settings;
  if (!command->profiles.count) {
    CRATE_TRY(add_all(command, &command->profiles, &settings->profiles));
  }
  for (size_t i = 0; i < settings->profiles_path.count; ++i) {
    CrateText folder;
    CRATE_TRY(resolve(project, settings->profiles_path.items[i].text, &folder));
    CRATE_TRY(crate_texts_add(command->world, &command->paths, folder));
  }
  CRATE_TRY(add_maps(project, command));
  command->levels = settings->levels;
  command->level_count = settings->level_count;
  if (settings->fail_on_given && !command->fail_on_given) {
    command->style.fail_on = settings->fail_on;
  }
  if (settings->show_given && !command->show_given) {
    command->style.show = settings->show;
    command->show_given = true;
  }
  if (settings->baseline.text.size && !command->baseline) {
    CrateText path;
    CRATE_TRY(resolve(project, settings->baseline.text, &path));
    command->baseline = path.data;
  }
  return CRATE_OK;
}

/// A FIFO of that name would keep us waiting.
static CrateStatus
read_file(CrateProject *project, const CrateWorld *world)
{
  const CrateDiagnostic where = {.file = project->path,
                                 .code = CRATE_TEXT("unreadable-file")};
  struct stat about;
  const int file = open(project->path.data, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0 || fstat(file, &about) || !S_ISREG(about.st_mode)) {
    const char *const why = file < 0 ? strerror(errno) : "it is no file";
    crate_world_say(world, CRATE_UNREADABLE, &where, "cannot read: %s", why);
    if (file >= 0) {
      close(file);
    }
    return CRATE_UNREADABLE;
  }
  const CrateStatus st =
    crate_file_read_open(world, project->path, file, &project->file);
  close(file);
  return st;
}

CrateStatus
crate_project_open(CrateProject *project, CrateCommand *command)
{
  const CrateWorld *const world = command->world;
  *project = (CrateProject){.path = {NULL, 0}};
  crate_arena_init(&project->arena, world);
  if (command->settings) {
    project->path = crate_text(command->settings);
  } else if (!command->no_settings && !command->shapes) {
    CRATE_TRY(find(project, world));
  }
  if (!project->path.size) {
    return CRATE_OK;
  }
  CRATE_TRY(read_file(project, world));
  CRATE_TRY(crate_settings_read(
    world, project->path, crate_file_text(&project->file), &project->settings));
  return apply(project, command);
}

void
crate_project_clear(CrateProject *project)
{
  crate_settings_clear(&project->settings);
  crate_file_clear(&project->file);
  if (project->arena.world) {
    crate_arena_clear(&project->arena);
  }
}
