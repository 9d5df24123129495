// SPDX-License-Identifier: Apache-2.0
// Files that nothing describes. Nobody has to describe each: 1.2 data-
// entities#file-data-entity. A Dataset with a description speaks for what is
// in its folder, and a crate in a folder for itself.
#include "package/package.h"
#include "validate/checks/checks.h"
#include <stdarg.h>
#include <stdio.h>

/// Files of one folder that are named one by one; of more, the first few.
#define MOST_NAMED 5u

/// Nobody reads on after so many; the others are counted.
#define MOST_NOTES 200u

/// What the metadata say of a path.
enum { DESCRIBED = 1, COVERS = 2 };

/// A folder that is being walked: members come in order of their paths.
typedef struct {
  CrateText path; // with its last slash
  size_t files, missing;
  CrateText named[MOST_NAMED]; // of those right in it
  size_t here;                 // how many that are
  size_t first;                // of its notes, and those of its folders
  size_t more;                 // files that were counted before it
  bool covered;
} Folder;

/// Something to be said, unless a folder above is said as a whole.
typedef struct {
  CrateText path;
  char detail[400];
} Note;

typedef struct {
  CrateChecks *checks;
  const CrateNativeCall *call;
  CrateMap described; // path without a last slash -> one of above
  CrateMap alike;     // the same of names that differ in letters only
  Folder *folders;
  Note *notes;
  size_t depth, capacity, note_count, note_capacity;
  size_t more; // files for which there is no note
} Walk;

/// Paths are compared without the slash that a folder's @id ends in.
static CrateText
bare(CrateText path)
{
  while (crate_text_ends(path, CRATE_TEXT("/"))) {
    --path.size;
  }
  return path;
}

/// An @id as one of the package's: relative, or below that of the root.
static bool
is_inside(const CrateView *view, CrateEntity *entity)
{
  const CrateText root = view->root ? view->root->id : (CrateText){NULL, 0};
  if (entity->bits & CRATE_IS_WEB && crate_text_ends(root, CRATE_TEXT("/")) &&
      crate_text_starts(entity->id, root)) {
    entity->id = crate_text_slice(entity->id, root.size, entity->id.size);
    return entity->id.size > 0;
  }
  return entity->bits & CRATE_IS_RELATIVE && !(entity->bits & CRATE_IS_ROOT);
}

static CrateStatus
note_entity(Walk *walk, size_t index)
{
  CrateChecks *const checks = walk->checks;
  CrateEntity entity = checks->view->entities[index];
  CrateText path;
  CrateText clean;
  uintptr_t known = 0;
  if (!is_inside(checks->view, &entity)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_view_payload_path(&entity, &checks->arena, &path));
  const CrateStatus st = crate_path_clean(&checks->arena, path, &clean);
  if (st) {
    return st == CRATE_NOT_FOUND ? CRATE_OK : st;
  }
  const bool folder = checks->members[index] == CRATE_MEMBER_FOLDER;
  const bool speaks = // for all that is in it
    folder && crate_json_get(entity.json, CRATE_TEXT("description"));
  crate_map_get(&walk->described, bare(clean), &known);
  CRATE_TRY(crate_map_put(&walk->described, bare(clean),
                          known | (speaks ? COVERS : DESCRIBED)));
  if (checks->members[index] != CRATE_MEMBER_OTHER_CASE &&
      checks->members[index] != CRATE_MEMBER_OTHER_FORM) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_name_fold(&checks->arena, bare(clean), true, &clean));
  return crate_map_put(&walk->alike, clean, DESCRIBED);
}

static CrateText
last_segment(CrateText path)
{
  size_t slash = path.size;
  while (slash && path.data[slash - 1u] != '/') {
    --slash;
  }
  return crate_text_slice(path, slash, path.size);
}

/// The crate's own files, with backups and signatures; and what systems and
/// tools keep for themselves: "Thumbs.db", and names that begin with a dot.
static bool
is_own(CrateText path)
{
  const CrateText name = last_segment(path);
  return crate_text_starts(name, CRATE_TEXT(".")) ||
         crate_text_is(name, "Thumbs.db") ||
         crate_text_is(path, "ro-crate-preview.html") ||
         crate_text_starts(path, CRATE_TEXT("ro-crate-metadata.json")) ||
         crate_text_ends(path, CRATE_TEXT("-ro-crate-metadata.json"));
}

/// Folders of the same kind.
static bool
is_own_folder(CrateText path)
{
  const CrateText folder = bare(path);
  return crate_text_starts(last_segment(folder), CRATE_TEXT(".")) ||
         crate_text_is(folder, "ro-crate-preview_files");
}

static CrateStatus
is_described(Walk *walk, CrateText path, bool *described)
{
  CrateText fold;
  *described = crate_map_get(&walk->described, path, NULL);
  if (*described || !walk->alike.count) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_name_fold(&walk->checks->arena, path, true, &fold));
  *described = crate_map_get(&walk->alike, fold, NULL);
  return CRATE_OK;
}

/// `files` are what it speaks of.
CRATE_PRINTF(4, 5)
static CrateStatus
add_note(Walk *walk, CrateText path, size_t files, const char *format, ...)
{
  if (walk->note_count == MOST_NOTES) {
    walk->more += files;
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(walk->checks->view->world, &walk->notes,
                                &walk->note_capacity, walk->note_count + 1u,
                                sizeof(Note)));
  Note *const note = &walk->notes[walk->note_count++];
  va_list arguments;
  va_start(arguments, format);
  note->path = path;
  vsnprintf(note->detail, sizeof(note->detail), format, arguments);
  va_end(arguments);
  return CRATE_OK;
}

/// A folder above speaks for them.
static void
take_back_notes(Walk *walk, const Folder *folder)
{
  walk->note_count = folder->first;
  walk->more = folder->more;
}

/// A name that fits into a note.
static CrateText
brief(CrateText path)
{
  return crate_text_slice(path, 0, 90);
}

/// The files right in a folder, one by one unless they are many.
static CrateStatus
note_files(Walk *walk, const Folder *folder)
{
  for (size_t i = 0; i < folder->here && folder->here <= MOST_NAMED; ++i) {
    CRATE_TRY(
      add_note(walk, folder->named[i], 1, "nothing describes %.*s",
               CRATE_TEXT_ARG(crate_text_slice(folder->named[i], 0, 300))));
  }
  return folder->here > MOST_NAMED
           ? add_note(walk, folder->path, folder->here,
                      "nothing describes %zu files, such as %.*s, %.*s and "
                      "%.*s",
                      folder->here, CRATE_TEXT_ARG(brief(folder->named[0])),
                      CRATE_TEXT_ARG(brief(folder->named[1])),
                      CRATE_TEXT_ARG(brief(folder->named[2])))
           : CRATE_OK;
}

/// A folder is over: say what it lacks, and let the one above know.
static CrateStatus
leave(Walk *walk)
{
  const Folder folder = walk->folders[--walk->depth];
  Folder *const above = walk->depth ? &walk->folders[walk->depth - 1u] : NULL;
  if (above) {
    above->files += folder.files;
    above->missing += folder.covered ? 0 : folder.missing;
  }
  if (folder.covered || !folder.missing) {
    take_back_notes(walk, &folder);
    return CRATE_OK;
  }
  if (!above || folder.missing < folder.files) {
    return note_files(walk, &folder);
  }
  take_back_notes(walk, &folder);
  return add_note(walk, folder.path, folder.files,
                  "nothing describes %.*s, with %zu file%s",
                  CRATE_TEXT_ARG(crate_text_slice(folder.path, 0, 300)),
                  folder.files, folder.files == 1u ? "" : "s");
}

static CrateStatus
enter(Walk *walk, CrateText path)
{
  uintptr_t known = 0;
  CRATE_TRY(crate_world_reserve(walk->checks->view->world, &walk->folders,
                                &walk->capacity, walk->depth + 1u,
                                sizeof(Folder)));
  crate_map_get(&walk->described, bare(path), &known);
  walk->folders[walk->depth++] =
    (Folder){.path = path,
             .first = walk->note_count,
             .more = walk->more,
             .covered = known & COVERS || is_own_folder(path)};
  return CRATE_OK;
}

/// Whether a file is a nested crate's document, which speaks for its folder.
static bool
is_metadata(CrateText name)
{
  return crate_text_is(name, "ro-crate-metadata.json") ||
         crate_text_is(name, "ro-crate-metadata.jsonld");
}

static CrateStatus
visit_file(Walk *walk, CrateText path)
{
  Folder *const folder = &walk->folders[walk->depth - 1u];
  const CrateText name = crate_text_slice(path, folder->path.size, path.size);
  bool described = false;
  if (is_own(path)) {
    return CRATE_OK;
  }
  CRATE_TRY(is_described(walk, path, &described));
  folder->covered |= is_metadata(name);
  ++folder->files;
  if (described) {
    return CRATE_OK;
  }
  ++folder->missing;
  if (folder->here++ < MOST_NAMED) {
    folder->named[folder->here - 1u] = path;
  }
  return CRATE_OK;
}

/// Folders of the path that have not been entered; archives need not list them.
static CrateStatus
enter_all(Walk *walk, CrateText path)
{
  for (size_t at = walk->folders[walk->depth - 1u].path.size; at < path.size;
       ++at) {
    if (path.data[at] == '/') {
      CRATE_TRY(enter(walk, crate_text_slice(path, 0, at + 1u)));
    }
  }
  return CRATE_OK;
}

static CrateStatus
walk_members(Walk *walk)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(crate_package_list(walk->checks->view->package, &paths, &count));
  CRATE_TRY(enter(walk, (CrateText){"", 0}));
  for (size_t i = 0; i < count; ++i) {
    while (!crate_text_starts(paths[i], walk->folders[walk->depth - 1u].path)) {
      CRATE_TRY(leave(walk));
    }
    CRATE_TRY(enter_all(walk, paths[i]));
    if (!crate_text_ends(paths[i], CRATE_TEXT("/"))) {
      CRATE_TRY(visit_file(walk, paths[i]));
    }
  }
  while (walk->depth) {
    CRATE_TRY(leave(walk));
  }
  return CRATE_OK;
}

/// Where the file is, for a person.
static CrateStatus
report_note(Walk *walk, const Note *note)
{
  CratePackage *const package = walk->checks->view->package;
  const CrateText path = crate_package_path(package);
  const CrateText parts[] = {
    path, crate_text(crate_text_ends(path, CRATE_TEXT("/")) ? "" : "/"),
    crate_package_root(package), note->path};
  const bool here = crate_text_is(path, ".");
  CrateElsewhere where = {.line = 0};
  CrateText detail = crate_text(note->detail);
  detail.size = crate_text_utf8_span(detail); // a cut may split a character
  CRATE_TRY(crate_arena_join(&walk->checks->arena, here ? parts + 2 : parts,
                             here ? 2 : 4, &where.file));
  return walk->call->report_elsewhere(walk->call, &where, detail);
}

static CrateStatus
find_undescribed(Walk *walk)
{
  CrateChecks *const checks = walk->checks;
  CRATE_TRY(crate_check_members(checks));
  for (size_t i = 0; i < checks->view->entity_count; ++i) {
    CRATE_TRY(note_entity(walk, i));
  }
  CRATE_TRY(walk_members(walk));
  for (size_t i = 0; i < walk->note_count; ++i) {
    CRATE_TRY(report_note(walk, &walk->notes[i]));
  }
  return walk->more
           ? crate_check_report(walk->call, CRATE_NO_ORIGIN,
                                "nothing describes %zu files more", walk->more)
           : CRATE_OK;
}

CrateStatus
crate_check_undescribed(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateWorld *const world = checks->view->world;
  Walk walk = {.checks = checks, .call = call};
  crate_map_init(&walk.described, world);
  crate_map_init(&walk.alike, world);
  const CrateStatus st = find_undescribed(&walk);
  crate_map_clear(&walk.described);
  crate_map_clear(&walk.alike);
  crate_world_release(world, walk.folders);
  crate_world_release(world, walk.notes);
  return st;
}
