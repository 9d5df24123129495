// SPDX-License-Identifier: Apache-2.0
#include "jsonld/library.h"
#include "base/bundle.h"
#include "base/file.h"
#include "jsonld/frozen.h"
#include <cratekit/iri.h>
#include <limits.h>
#include <stdlib.h>

/// IRIs that start with `prefix` lie under `directory`.
typedef struct Mapping {
  struct Mapping *next;
  CrateText prefix, directory;
} Mapping;

/// A context that was loaded, from a file or from the bundle.
typedef struct Loaded {
  struct Loaded *next;
  CrateFile file;
  CrateJsonDocument document;
  CrateSource source;
  const CrateJson *context;
} Loaded;

struct CrateLibrary {
  const CrateWorld *world;
  CrateWorld quiet; ///< To try files without a word.
  CrateArena arena;
  Mapping *mappings;
  CrateTable loaded; ///< Loaded by IRI.
  Loaded *first;
};

CrateStatus
crate_library_new(const CrateWorld *world, CrateLibrary **out)
{
  CrateLibrary *const library = crate_world_allocate(world, sizeof *library);
  *out = library;
  if (!library) {
    return CRATE_NO_MEMORY;
  }
  *library = (CrateLibrary){.world = world, .quiet = *world};
  library->quiet.sink.write = NULL;
  crate_arena_init(&library->arena, world);
  return CRATE_OK;
}

void
crate_library_free(CrateLibrary *library)
{
  if (!library) {
    return;
  }
  for (Loaded *at = library->first; at; at = at->next) {
    crate_json_clear(&at->document);
    crate_file_clear(&at->file);
  }
  crate_arena_clear(&library->arena);
  crate_world_release(library->world, library);
}

CrateStatus
crate_library_map(CrateLibrary *library, CrateText prefix, CrateText directory)
{
  Mapping *const mapping =
    crate_arena_allocate(&library->arena, sizeof *mapping);
  if (!mapping) {
    return crate_arena_status(&library->arena);
  }
  CRATE_TRY(crate_arena_copy(&library->arena, prefix, &mapping->prefix));
  CRATE_TRY(crate_arena_copy(&library->arena, directory, &mapping->directory));
  mapping->next = library->mappings;
  library->mappings = mapping;
  return CRATE_OK;
}

/// The mapping with the longest prefix, the latest of equals.
static const Mapping *
find_mapping(const CrateLibrary *library, CrateText iri)
{
  const Mapping *best = NULL;
  for (const Mapping *at = library->mappings; at; at = at->next) {
    if (crate_text_starts(iri, at->prefix) &&
        (!best || at->prefix.size > best->prefix.size)) {
      best = at;
    }
  }
  return best;
}

CrateText
crate_library_bundled(const CrateLibrary *library, CrateText iri)
{
  (void)library;
  return crate_frozen_spelling(iri);
}

bool
crate_library_has(const CrateLibrary *library, CrateText iri)
{
  return crate_library_bundled(library, iri).size ||
         (library && find_mapping(library, iri));
}

const char *
crate_library_frozen(const CrateLibrary *library, CrateText iri)
{
  return library && find_mapping(library, iri)
           ? NULL
           : crate_frozen_open(crate_frozen_spelling(iri));
}

/// Whether a relative path stays where it is put: no empty, "." or ".."
/// segment, nothing that a system reads in another way.
static bool
is_tame(CrateText path)
{
  if (memchr(path.size ? path.data : "", '\0', path.size) ||
      memchr(path.size ? path.data : "", '\\', path.size)) {
    return false;
  }
  for (size_t at = 0; at <= path.size;) {
    const CrateText rest = crate_text_slice(path, at, path.size);
    const size_t end = crate_text_find(rest, '/');
    const CrateText segment = crate_text_slice(rest, 0, end);
    if (!segment.size || crate_text_is(segment, ".") ||
        crate_text_is(segment, "..")) {
      return false;
    }
    at += end + 1;
  }
  return true;
}

/// Whether a file lies under a directory once links are followed.
static bool
is_under(CrateText directory, CrateText path)
{
  char real_directory[PATH_MAX];
  char real_path[PATH_MAX];
  if (!realpath(directory.data, real_directory) ||
      !realpath(path.data, real_path)) {
    return false;
  }
  const CrateText base = crate_text(real_directory);
  return crate_text_starts(crate_text(real_path), base) &&
         (crate_text_is(base, "/") || real_path[base.size] == '/');
}

/// Read what a mapping makes of an IRI; CRATE_NOT_FOUND when it is nothing.
static CrateStatus
read_mapped(CrateLibrary *library,
            const Mapping *mapping,
            CrateText iri,
            CrateFile *file)
{
  static const char *const endings[] = {"", ".jsonld", ".json"};
  CrateText encoded = crate_text_slice(iri, mapping->prefix.size, iri.size);
  if (encoded.size && encoded.data[0] == '/' &&
      !crate_text_ends(mapping->prefix, CRATE_TEXT("/"))) {
    encoded = crate_text_slice(encoded, 1, encoded.size);
  }
  CrateText rest;
  const CrateStatus status = crate_iri_decode(&library->arena, encoded, &rest);
  if (status == CRATE_MALFORMED || (!status && !is_tame(rest))) {
    return CRATE_NOT_FOUND;
  }
  CRATE_TRY(status);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; ++i) {
    const CrateText parts[] = {mapping->directory, CRATE_TEXT("/"), rest,
                               crate_text(endings[i])};
    CrateText path;
    CRATE_TRY(crate_arena_join(&library->arena, parts, 4, &path));
    if (!is_under(mapping->directory, path)) {
      continue;
    }
    const CrateStatus read = crate_file_read(&library->quiet, path, file);
    if (read != CRATE_NOT_FOUND && read != CRATE_UNREADABLE) {
      return read;
    }
  }
  return CRATE_NOT_FOUND;
}

/// Where the IRI of a context stood, for complaints.
typedef struct Request {
  CrateProcessor *p;
  CrateText iri;
  const CrateSource *source;
  uint32_t offset;
} Request;

static CrateStatus
parse(const Request *request, CrateLibrary *library, Loaded *loaded)
{
  const CrateStatus status =
    crate_json_read(library->world, loaded->source.name,
                    crate_file_text(&loaded->file), &loaded->document);
  if (status == CRATE_MALFORMED) { // 4.1.2, step 5.2.5.1
    return CRATE_FAIL(request->p, request->source, request->offset,
                      "loading-remote-context-failed",
                      "the local copy of \"%.*s\" is not JSON",
                      CRATE_TEXT_ARG(request->iri));
  }
  CRATE_TRY(status);
  loaded->source.document = &loaded->document;
  loaded->context =
    crate_json_get(loaded->document.root, CRATE_TEXT("@context"));
  if (!loaded->context) { // step 5.2.5.2
    return CRATE_FAIL(request->p, request->source, request->offset,
                      "invalid-remote-context",
                      "\"%.*s\" has no @context at its top level",
                      CRATE_TEXT_ARG(request->iri));
  }
  return CRATE_OK;
}

/// Find the context: mapped, bundled, or nowhere.
static CrateStatus
fetch(const Request *request, CrateLibrary *library, Loaded *loaded)
{
  const Mapping *const mapping = find_mapping(library, request->iri);
  CrateStatus status = CRATE_NOT_FOUND;
  if (mapping) {
    status = read_mapped(library, mapping, request->iri, &loaded->file);
  }
  if (status != CRATE_NOT_FOUND) {
    CRATE_TRY(status);
    return parse(request, library, loaded);
  }
  const char *const blob =
    crate_frozen_open(crate_frozen_spelling(request->iri));
  if (!blob) {
    return CRATE_FAIL(request->p, request->source, request->offset,
                      "loading-remote-context-failed",
                      "no copy of \"%.*s\" is known and nothing is fetched; "
                      "add --map IRI-PREFIX=DIR",
                      CRATE_TEXT_ARG(request->iri));
  }
  CrateJson *context;
  CRATE_TRY(crate_frozen_json(blob, &library->arena, &context));
  loaded->context = context;
  return CRATE_OK;
}

static CrateStatus
load(const Request *request, CrateLibrary *library, Loaded **out)
{
  Loaded *const loaded = crate_arena_array(&library->arena, 1, sizeof *loaded);
  if (!loaded) {
    return crate_arena_status(&library->arena);
  }
  CRATE_TRY(
    crate_arena_copy(&library->arena, request->iri, &loaded->source.base));
  loaded->source.name = loaded->source.base;
  // In the list at once, so that whatever it comes to hold is released.
  loaded->next = library->first;
  library->first = loaded;
  CRATE_TRY(fetch(request, library, loaded));
  CrateTableSlot *const slot =
    crate_table_put(&library->loaded, &library->arena, loaded->source.base);
  if (!slot) {
    return crate_arena_status(&library->arena);
  }
  slot->value = *out = loaded;
  return CRATE_OK;
}

CrateStatus
crate_library_load(CrateProcessor *p,
                   CrateText iri,
                   const CrateSource *source,
                   uint32_t offset,
                   const CrateSource **out_source,
                   const CrateJson **out)
{
  CrateLibrary *const library = p->library;
  const Request request = {p, iri, source, offset};
  if (!library) {
    return CRATE_FAIL(p, source, offset, "loading-remote-context-failed",
                      "\"%.*s\" is not loaded: there is no library",
                      CRATE_TEXT_ARG(iri));
  }
  const CrateTableSlot *const slot =
    crate_table_get(&library->loaded, library->world, iri);
  Loaded *loaded = slot ? slot->value : NULL;
  if (!loaded) {
    CRATE_TRY(load(&request, library, &loaded));
  }
  *out_source = &loaded->source;
  *out = loaded->context;
  return CRATE_OK;
}
