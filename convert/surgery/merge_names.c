// SPDX-License-Identifier: Apache-2.0
// What things are called in a merged crate.
#include "convert/ro_crate_json.h"
#include "convert/surgery/merge.h"
#include "convert/surgery/nodes.h"
#include "package/package.h"
#include <cratekit/iri.h>
#include <inttypes.h>
#include <stdio.h>

/// Longest name of a folder that we make up.
#define LONGEST_FOLDER 100u

/// The first name of a path, as the pickiest of systems sees it.
static CrateStatus
fold_top(CrateHost *host, CrateText path, CrateText *out)
{
  const CrateText top = crate_text_slice(path, 0, crate_text_find(path, '/'));
  return crate_name_fold(&host->job->arena, top, true, out);
}

static CrateStatus
note_top(CrateHost *host, CrateText path)
{
  CrateText fold;
  CRATE_TRY(fold_top(host, path, &fold));
  return fold.size ? crate_map_put(&host->tops, fold, 1) : CRATE_OK;
}

static CrateStatus
note_name(void *handle, CrateNameKind kind, CrateJson *name)
{
  CrateHost *const host = handle;
  CrateJob *const job = host->job;
  const CrateText text = crate_json_text(name);
  CrateText path = crate_job_path_of(job, text);
  if (kind == CRATE_NAME_KEY || crate_map_get(&host->names, text, NULL)) {
    return CRATE_OK;
  }
  const CrateStatus status =
    path.size ? crate_iri_decode(&job->arena, path, &path) : CRATE_OK;
  CRATE_TRY(status == CRATE_MALFORMED ? CRATE_OK : status);
  CRATE_TRY(path.size ? note_top(host, path) : CRATE_OK);
  return crate_map_put(&host->names, text, 1);
}

static CrateStatus
note_files(CrateHost *host)
{
  CratePackage *const package = host->job->what->package;
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(package ? crate_package_list(package, &paths, &count) : CRATE_OK);
  for (size_t i = 0; i < count; ++i) {
    // Neighbours share their top.
    const size_t top = crate_text_find(paths[i], '/');
    const CrateText start = crate_text_slice(paths[i], 0, top);
    CRATE_TRY(i && crate_text_starts(paths[i - 1u], start)
                ? CRATE_OK
                : note_top(host, paths[i]));
  }
  return CRATE_OK;
}

void
crate_host_init(CrateHost *host, CrateJob *job)
{
  *host = (CrateHost){.job = job};
  crate_map_init(&host->names, job->world);
  crate_map_init(&host->tops, job->world);
}

CrateStatus
crate_host_note(CrateHost *host, CrateJson *nodes)
{
  const CrateNameVisitor visitor = {note_name, host};
  CRATE_TRY(crate_nodes_visit(nodes, &visitor));
  for (CrateJson *node = nodes->first; node; node = node->next) {
    CRATE_TRY(
      crate_map_put(&host->names, crate_ro_crate_id(node), (uintptr_t)node));
  }
  return note_files(host);
}

void
crate_host_clear(CrateHost *host)
{
  crate_map_clear(&host->names);
  crate_map_clear(&host->tops);
}

static CrateText
without_ending(CrateText name)
{
  static const char *const endings[] = {
    ".zip", ".eln",    ".tgz",  ".tar.gz",          ".tar.zst",
    ".tar", ".jsonld", ".json", "ro-crate-metadata"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; ++i) {
    const CrateText ending = crate_text(endings[i]);
    name.size -= crate_text_ends(name, ending) ? ending.size : 0;
  }
  return name;
}

/// The last name of a path that is not only that of a metadata document.
static CrateText
stem_of(CrateText path)
{
  while (path.size) {
    while (path.size && path.data[path.size - 1u] == '/') {
      --path.size;
    }
    size_t start = path.size;
    while (start && path.data[start - 1u] != '/') {
      --start;
    }
    const CrateText stem =
      without_ending(crate_text_slice(path, start, path.size));
    if (stem.size) {
      return stem;
    }
    path.size = start;
  }
  return path;
}

/// A name that needs no escapes, in a path or an IRI.
static CrateStatus
tidy(CrateArena *arena, CrateText stem, CrateText *out)
{
  CrateText copy;
  const bool keep = crate_iri_span(stem) == stem.size;
  stem.size = stem.size < LONGEST_FOLDER ? stem.size : LONGEST_FOLDER;
  stem.size = keep ? crate_text_utf8_span(stem) : stem.size;
  CRATE_TRY(crate_arena_copy(arena, stem, &copy));
  char *const data = (char *)(uintptr_t)copy.data;
  for (size_t i = 0; i < copy.size; ++i) {
    const unsigned char c = (unsigned char)data[i];
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                          (c >= 'a' && c <= 'z') || c == '.' || c == '_' ||
                          (c >= 0x80 && keep);
    data[i] = is_plain ? data[i] : '-';
  }
  while (copy.size && (copy.data[0] == '.' || copy.data[0] == '-')) {
    copy = crate_text_slice(copy, 1, copy.size);
  }
  while (copy.size && (copy.data[copy.size - 1u] == '-' ||
                       copy.data[copy.size - 1u] == '.')) {
    --copy.size;
  }
  *out = copy.size ? copy : CRATE_TEXT("crate");
  return CRATE_OK;
}

/// "name", "name-2" and so on.
static CrateStatus
number(CrateArena *arena, CrateText name, unsigned try, CrateText *out)
{
  char digits[16];
  snprintf(digits, sizeof digits, "-%u", try);
  const CrateText parts[] = {name, crate_text(try > 1u ? digits : "")};
  return crate_arena_join(arena, parts, 2, out);
}

CrateStatus
crate_host_find_folder(CrateHost *host, CrateGuest *guest)
{
  CrateArena *const arena = &host->job->arena;
  const CratePackage *const package = guest->what.package;
  CrateText stem = package ? crate_package_path(package) : guest->what.name;
  CrateText name;
  CrateText fold;
  CRATE_TRY(tidy(arena, stem_of(stem), &stem));
  unsigned try = 0;
  do {
    CRATE_TRY(number(arena, stem, ++try, &name));
    CRATE_TRY(fold_top(host, name, &fold));
  } while (crate_map_get(&host->tops, fold, NULL));
  CRATE_TRY(crate_map_put(&host->tops, fold, 1));
  const CrateText parts[] = {name, CRATE_TEXT("/")};
  return crate_arena_join(arena, parts, 2, &guest->folder);
}

/// One guest's names on their way.
typedef struct Renaming {
  CrateHost *host;
  CrateGuest *guest;
  CrateMap now;     ///< What was read -> CrateText of what it becomes.
  CrateText *clash; ///< Those that are taken, in order.
  size_t clash_count, clash_capacity;
} Renaming;

static CrateStatus
become(Renaming *renaming, CrateText name, CrateText now)
{
  CrateHost *const host = renaming->host;
  CrateText *const kept = crate_arena_allocate(&host->job->arena, sizeof now);
  if (!kept) {
    return crate_arena_status(&host->job->arena);
  }
  *kept = now;
  CRATE_TRY(crate_map_get(&host->names, now, NULL)
              ? CRATE_OK
              : crate_map_put(&host->names, now, 1));
  return crate_map_put(&renaming->now, name, (uintptr_t)kept);
}

/// Of an entity that leads out, the place where it is described.
static CrateStatus
refuse_path(const Renaming *renaming, CrateText name)
{
  const CrateGuest *const guest = renaming->guest;
  CrateDiagnostic place = {.file = guest->what.name,
                           .code = CRATE_TEXT("no-merge")};
  for (const CrateJson *node = guest->nodes->first; node; node = node->next) {
    if (crate_text_equal(crate_ro_crate_id(node), name) &&
        guest->job.document.bytes.data && node->offset != CRATE_JSON_NOWHERE) {
      const CratePlace at =
        crate_json_place(&guest->job.document, node->offset);
      place.line = at.line;
      place.column = at.column;
    }
  }
  return crate_world_say(renaming->host->job->world, CRATE_UNSUPPORTED, &place,
                         "an @id leads out of the crate, and would be "
                         "something else in another one");
}

/// What is a fragment or a label keeps its name unless that is taken: then it
/// has to wait until all others have theirs.
static CrateStatus
decide_local(Renaming *renaming, CrateText name, CrateText wanted)
{
  if (!crate_map_get(&renaming->host->names, wanted, NULL)) {
    return become(renaming, name, wanted);
  }
  CRATE_TRY(crate_world_reserve(
    renaming->host->job->world, &renaming->clash, &renaming->clash_capacity,
    renaming->clash_count + 1u, sizeof *renaming->clash));
  renaming->clash[renaming->clash_count++] = name;
  return crate_map_put(&renaming->now, name, 0);
}

static CrateStatus
decide(void *handle, CrateNameKind kind, CrateJson *name)
{
  Renaming *const renaming = handle;
  CrateJob *const job = renaming->host->job;
  const CrateText text = crate_json_text(name);
  const CrateText document = CRATE_TEXT(CRATE_GUEST_BASE);
  const CrateText fragment = CRATE_TEXT(CRATE_GUEST_BASE "#");
  const CrateText folder = CRATE_TEXT(CRATE_GUEST_FOLDER);
  CrateText now;
  (void)kind;
  if (crate_map_get(&renaming->now, text, NULL)) {
    return CRATE_OK;
  }
  if (crate_text_starts(text, CRATE_TEXT("_:"))) {
    return decide_local(renaming, text, text);
  }
  if (crate_text_starts(text, fragment)) {
    const CrateText base = job->options.base;
    const CrateText parts[] = {
      crate_text_slice(base, 0, crate_text_find(base, '#')),
      crate_text_slice(text, document.size, text.size)};
    CRATE_TRY(crate_arena_join(&job->arena, parts, 2, &now));
    return decide_local(renaming, text, now);
  }
  if (crate_text_starts(text, folder)) {
    const CrateText parts[] = {crate_job_folder_iri(job),
                               renaming->guest->folder,
                               crate_text_slice(text, folder.size, text.size)};
    CRATE_TRY(crate_arena_join(&job->arena, parts, 3, &now));
    return become(renaming, text, now);
  }
  return crate_text_starts(text, CRATE_TEXT(CRATE_GUEST_WORLD))
           ? refuse_path(renaming, text)
           : CRATE_OK;
}

/// A name that is free: with that of the guest's folder before it, and a number
/// behind it if need be.
static CrateStatus
decide_clash(Renaming *renaming, CrateText name)
{
  const CrateHost *const host = renaming->host;
  CrateArena *const arena = &host->job->arena;
  const CrateText base = host->job->options.base;
  const CrateText folder = renaming->guest->folder;
  const CrateText stem = crate_text_slice(folder, 0, folder.size - 1u);
  const bool is_label = crate_text_starts(name, CRATE_TEXT("_:"));
  const CrateText parts[] = {
    is_label ? CRATE_TEXT("_:")
             : crate_text_slice(base, 0, crate_text_find(base, '#')),
    is_label ? CRATE_TEXT("m") : CRATE_TEXT("#"), // a label begins plainly
    is_label ? CRATE_TEXT("") : stem, CRATE_TEXT("-"),
    crate_text_slice(name, is_label ? 2u : sizeof(CRATE_GUEST_BASE),
                     name.size)};
  CrateText plain;
  CrateText now;
  CRATE_TRY(crate_arena_join(arena, parts, 5, &plain));
  unsigned try = 0;
  do {
    CRATE_TRY(number(arena, plain, ++try, &now));
  } while (crate_map_get(&host->names, now, NULL));
  return become(renaming, name, now);
}

static CrateStatus
apply(void *handle, CrateNameKind kind, CrateJson *name)
{
  const Renaming *const renaming = handle;
  uintptr_t found = 0;
  (void)kind;
  if (crate_map_get(&renaming->now, crate_json_text(name), &found)) {
    const CrateText now = *(const CrateText *)found;
    name->text = now.data;
    name->size = (uint32_t)now.size & CRATE_JSON_MAX_SIZE;
  }
  return CRATE_OK;
}

static CrateStatus
rename_all(Renaming *renaming)
{
  const CrateNameVisitor deciding = {decide, renaming};
  const CrateNameVisitor applying = {apply, renaming};
  CrateGuest *const guest = renaming->guest;
  CRATE_TRY(crate_nodes_visit(guest->nodes, &deciding));
  for (size_t i = 0; i < renaming->clash_count; ++i) {
    CRATE_TRY(decide_clash(renaming, renaming->clash[i]));
  }
  uintptr_t found = 0;
  if (crate_map_get(&renaming->now, guest->root, &found)) {
    guest->root = *(const CrateText *)found;
  }
  if (crate_map_get(&renaming->now, guest->descriptor, &found)) {
    guest->descriptor = *(const CrateText *)found;
  }
  return crate_nodes_visit(guest->nodes, &applying);
}

CrateStatus
crate_host_rename(CrateHost *host, CrateGuest *guest)
{
  Renaming renaming = {.host = host, .guest = guest};
  crate_map_init(&renaming.now, host->job->world);
  const CrateStatus status = rename_all(&renaming);
  crate_map_clear(&renaming.now);
  crate_world_release(host->job->world, renaming.clash);
  return status;
}
