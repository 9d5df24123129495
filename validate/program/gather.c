// SPDX-License-Identifier: Apache-2.0
#include "validate/program/gather.h"
#include "base/file.h"
#include <cratekit/package.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/// What a metadata document ends in, a detached one's prefix before it.
#define DOCUMENT "ro-crate-metadata.json"
#define LEGACY_DOCUMENT "ro-crate-metadata.jsonld"

/// The document of a data set that is no RO-Crate.
#define CROISSANT_DOCUMENT "croissant.json"

typedef struct {
  const CrateWorld *world;
  CrateWorld quiet; // to look into archives without a word
  CrateArena *arena;
  CrateTexts *out;
} Gather;

static CrateStatus
cannot_read(const Gather *gather, CrateText path)
{
  const CrateDiagnostic where = {.file = path,
                                 .code = CRATE_TEXT("unreadable")};
  return crate_world_say(gather->world, CRATE_UNREADABLE, &where,
                         "cannot be searched: %s", strerror(errno));
}

/// Whether an archive, by its name one that crates come in, holds a crate.
static CrateStatus
holds_crate(const Gather *gather, CrateText path, bool *out)
{
  static const char *const endings[] = {".zip", ".eln",    ".tar",
                                        ".tgz", ".tar.gz", ".tar.zst"};
  *out = false;
  for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); ++i) {
    CratePackage *package = NULL;
    if (!crate_text_ends(path, crate_text(endings[i]))) {
      continue;
    }
    const CrateStatus st = crate_package_open(&gather->quiet, path, &package);
    *out = !st && crate_package_metadata(package).size;
    crate_package_close(package);
    return st == CRATE_NO_MEMORY ? st : CRATE_OK;
  }
  return CRATE_OK;
}

static CrateStatus
add_file(const Gather *gather, CrateText path, CrateText name)
{
  bool crate = crate_text_ends(name, CRATE_TEXT("-" DOCUMENT));
  if (!crate) {
    CRATE_TRY(holds_crate(gather, path, &crate));
  }
  return crate ? crate_texts_add(gather->world, gather->out, path) : CRATE_OK;
}

static int
compare_names(const void *a, const void *b)
{
  return crate_text_compare(*(const CrateText *)a, *(const CrateText *)b);
}

/// The names in a folder, sorted, but for hidden ones.
static CrateStatus
list(const Gather *gather, CrateText folder, CrateTexts *names)
{
  DIR *const directory = opendir(folder.data);
  CrateStatus st = CRATE_OK;
  if (!directory) {
    return cannot_read(gather, folder);
  }
  for (const struct dirent *entry = readdir(directory); entry && !st;
       entry = readdir(directory)) {
    CrateText name = crate_text(entry->d_name);
    if (name.data[0] != '.') {
      st = crate_arena_copy(gather->arena, name, &name);
      st = st ? st : crate_texts_add(gather->world, names, name);
    }
  }
  closedir(directory);
  if (!st && names->count) {
    qsort(names->items, names->count, sizeof(CrateText), compare_names);
  }
  return st;
}

static CrateStatus
join(const Gather *gather, CrateText folder, CrateText name, CrateText *out)
{
  const bool slash = crate_text_ends(folder, CRATE_TEXT("/"));
  const CrateText parts[] = {folder, crate_text(slash ? "" : "/"), name};
  return crate_arena_join(gather->arena, parts, 3, out);
}

static bool
is_document(CrateText name)
{
  return crate_text_is(name, DOCUMENT) ||
         crate_text_is(name, LEGACY_DOCUMENT) ||
         crate_text_is(name, CROISSANT_DOCUMENT);
}

static CrateStatus search(const Gather *gather,
                          CrateText folder,
                          uint32_t depth);

/// What lies in a folder; the folder itself has been looked at.
static CrateStatus
search_member(const Gather *gather,
              CrateText folder,
              CrateText name,
              uint32_t depth)
{
  CrateText path;
  struct stat about;
  CRATE_TRY(join(gather, folder, name, &path));
  if (lstat(path.data, &about)) {
    return errno == ENOENT ? CRATE_OK : cannot_read(gather, path);
  }
  return S_ISDIR(about.st_mode)   ? search(gather, path, depth + 1u)
         : S_ISREG(about.st_mode) ? add_file(gather, path, name)
                                  : CRATE_OK;
}

static CrateStatus
search(const Gather *gather, CrateText folder, uint32_t depth)
{
  CrateTexts names = {0};
  bool found = false;
  if (depth > gather->world->limits.depth) {
    errno = ELOOP;
    return cannot_read(gather, folder);
  }
  CrateStatus st = list(gather, folder, &names);
  for (size_t i = 0; i < names.count && !found; ++i) {
    found = is_document(names.items[i]);
  }
  if (found && !st) {
    st = crate_texts_add(gather->world, gather->out, folder);
  }
  for (size_t i = 0; i < names.count && !st; ++i) {
    st = search_member(gather, folder, names.items[i], depth);
  }
  crate_world_release(gather->world, names.items);
  return st;
}

/// An operand of --recursive: a folder is searched, anything else was meant.
static CrateStatus
add_found(const Gather *gather, CrateText path)
{
  struct stat about;
  if (stat(path.data, &about) || !S_ISDIR(about.st_mode)) {
    return crate_texts_add(gather->world, gather->out, path);
  }
  const size_t before = gather->out->count;
  CRATE_TRY(search(gather, path, 0));
  const CrateDiagnostic where = {.file = path, .code = CRATE_TEXT("no-crates")};
  return gather->out->count > before
           ? CRATE_OK
           : crate_world_say(gather->world, CRATE_NOT_FOUND, &where,
                             "no crate is in this folder or below it; one "
                             "holds a " DOCUMENT " or a " CROISSANT_DOCUMENT);
}

static CrateStatus
read_list(const Gather *gather, const char *path, CrateFile *file)
{
  return strcmp(path, "-")
           ? crate_file_read(gather->world, crate_text(path), file)
           : crate_file_read_open(gather->world, CRATE_TEXT("<stdin>"),
                                  STDIN_FILENO, file);
}

/// A path a line; a list that holds a NUL anywhere is separated by NULs, as
/// find -print0 writes it.
static CrateStatus
add_listed(const Gather *gather, const CrateCommand *command)
{
  CrateFile file = {0};
  CrateText text;
  CRATE_TRY(read_list(gather, command->files_from, &file));
  CrateStatus st =
    crate_arena_copy(gather->arena, crate_file_text(&file), &text);
  crate_file_clear(&file);
  const bool nul = crate_text_find(text, '\0') < text.size;
  for (size_t at = 0; at < text.size && !st;) {
    const CrateText rest = crate_text_slice(text, at, text.size);
    const size_t end = crate_text_find(rest, nul ? '\0' : '\n');
    CrateText path;
    st = crate_arena_copy(gather->arena, crate_text_slice(rest, 0, end), &path);
    if (!st && path.size) {
      st = command->recursive
             ? add_found(gather, path)
             : crate_texts_add(gather->world, gather->out, path);
    }
    at += end + 1u;
  }
  return st;
}

CrateStatus
crate_gather(const CrateCommand *command, CrateArena *arena, CrateTexts *out)
{
  Gather gather = {.world = command->world,
                   .quiet = *command->world,
                   .arena = arena,
                   .out = out};
  gather.quiet.sink.write = NULL;
  for (size_t i = 0; i < command->crates.count; ++i) {
    const CrateText path = command->crates.items[i];
    CRATE_TRY(command->recursive ? add_found(&gather, path)
                                 : crate_texts_add(gather.world, out, path));
  }
  return command->files_from ? add_listed(&gather, command) : CRATE_OK;
}
