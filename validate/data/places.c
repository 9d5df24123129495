// SPDX-License-Identifier: Apache-2.0
// Where the files of a document are: below the folder given, or in an archive
// that is there. A file is known by the end of its address: who downloads
// https://example.org/v1/data/train.csv has data/train.csv, or train.csv.
#include "crate/vocabulary.h"
#include "validate/data/data.h"
#include <cratekit/iri.h>

/// Archives in archives.
#define DEEPEST 4u

/// Segments of an address that are tried.
#define MOST_SEGMENTS 12u

CrateText
crate_data_text(const CrateView *view, CrateTerm value)
{
  const CrateText root = CRATE_TEXT(CRATE_VIEW_ROOT);
  const CrateText text = crate_terms_info(view->terms, value).text;
  return crate_text_starts(text, root)
           ? crate_text_slice(text, root.size, text.size)
           : text;
}

static bool
is_web(CrateText text)
{
  return crate_text_find(text, ':') < crate_text_find(text, '/');
}

/// Look for one path in a place.
static CrateStatus
try_path(CrateData *data,
         const CrateDataPlace *place,
         CrateText path,
         CrateDataFile *out,
         CrateMember *member)
{
  CratePackage *const package = place->package;
  const CrateText opened = crate_package_path(package);
  const CrateText parts[] = {CRATE_TEXT("/"), place->prefix, path};
  *member = CRATE_MEMBER_ABSENT;
  if (!path.size || crate_check_climbs(path)) {
    return CRATE_OK;
  }
  *out = (CrateDataFile){.package = package};
  CRATE_TRY(crate_arena_join(&data->arena, parts, 3, &out->path));
  CRATE_TRY(crate_package_find(package, out->path, member, &out->size));
  const bool slash = crate_text_ends(opened, CRATE_TEXT("/"));
  const CrateText names[] = {opened,
                             crate_text_slice(out->path, slash, SIZE_MAX)};
  const bool here = crate_text_is(opened, ".");
  const CrateText bare = crate_text_slice(out->path, 1, out->path.size);
  return here ? crate_arena_copy(&data->arena, bare, &out->name)
              : crate_arena_join(&data->arena, names, 2, &out->name);
}

/// Past the scheme and the host of an address, short of its query.
static CrateText
path_of(CrateText address)
{
  const size_t query = crate_text_find(address, '?');
  const size_t fragment = crate_text_find(address, '#');
  CrateText path =
    crate_text_slice(address, 0, query < fragment ? query : fragment);
  if (is_web(path)) {
    path = crate_text_slice(path, crate_text_find(path, ':') + 1u, path.size);
  }
  while (crate_text_starts(path, CRATE_TEXT("/"))) {
    path = crate_text_slice(path, 1, path.size);
  }
  return path;
}

/// Try a path, then ever shorter ends of it.
static CrateStatus
try_ends(CrateData *data,
         const CrateDataPlace *place,
         CrateText address,
         CrateDataFile *out,
         CrateMember *member)
{
  CrateText path;
  *member = CRATE_MEMBER_ABSENT;
  CRATE_TRY(crate_iri_decode(&data->arena, path_of(address), &path));
  for (unsigned i = 0; i < MOST_SEGMENTS && path.size; ++i) {
    CRATE_TRY(try_path(data, place, path, out, member));
    const size_t slash = crate_text_find(path, '/');
    if (*member == CRATE_MEMBER_FILE || *member == CRATE_MEMBER_FOLDER ||
        slash == path.size) {
      return CRATE_OK;
    }
    path = crate_text_slice(path, slash + 1u, path.size);
  }
  return CRATE_OK;
}

/// By its address, else by its @id, else by its name.
static CrateStatus
find_in(CrateData *data,
        const CrateDataResource *resource,
        const CrateDataPlace *place,
        CrateDataFile *out,
        CrateMember *member)
{
  const CrateView *const view = data->view;
  const CrateText names[] = {
    crate_data_text(
      view, crate_check_value_of(view, resource->term, SCHEMA "contentUrl")),
    crate_view_name(view, resource->term),
    crate_data_text(view,
                    crate_check_value_of(view, resource->term, SCHEMA "name")),
  };
  *member = CRATE_MEMBER_ABSENT;
  for (size_t i = 0;
       i < 3 && *member != CRATE_MEMBER_FILE && *member != CRATE_MEMBER_FOLDER;
       ++i) {
    CRATE_TRY(try_ends(data, place, names[i], out, member));
  }
  return CRATE_OK;
}

/// Repositories are no file: what is in them lies in the folder given.
static bool
is_repository(const CrateData *data, const CrateDataResource *resource)
{
  const CrateText format =
    crate_data_text(data->view, crate_check_value_of(data->view, resource->term,
                                                     SCHEMA "encodingFormat"));
  return crate_text_starts(format, CRATE_TEXT("git+")) ||
         crate_text_is(format, "application/x-git");
}

/// What a resource is contained in.
static CrateQuadRange
containers_of(const CrateView *view, const CrateDataResource *resource)
{
  const CrateQuadRange own =
    crate_check_values_of(view, resource->term, CROISSANT "containedIn");
  return own.count
           ? own
           : crate_check_values_of(view, resource->term, SCHEMA "containedIn");
}

static CrateDataFlaw
flaw_of(CrateDataAspect aspect, const CrateDataResource *resource)
{
  return (CrateDataFlaw){
    .aspect = aspect, .focus = resource->term, .origin = resource->origin};
}

static CrateStatus
unreadable(CrateData *data, const CrateDataResource *resource, CrateText name)
{
  return crate_data_add_flaw(data, flaw_of(CRATE_DATA_FILE, resource),
                             "\"%.*s\" cannot be read: %s",
                             CRATE_TEXT_ARG(name), data->said);
}

/// Open an archive as a place.
static CrateStatus
open_archive(CrateData *data,
             CrateDataResource *resource,
             const CrateDataFile *file)
{
  CratePackage *package = NULL;
  data->said[0] = '\0';
  CRATE_TRY(crate_world_reserve(data->view->world, &data->packages,
                                &data->package_capacity,
                                data->package_count + 1u, sizeof(package)));
  const CrateStatus st = crate_package_open(&data->world, file->name, &package);
  if (st) {
    resource->lying = false;
    return st == CRATE_NO_MEMORY ? st : unreadable(data, resource, file->name);
  }
  data->packages[data->package_count++] = package;
  resource->place = (CrateDataPlace){package, {NULL, 0}};
  return CRATE_OK;
}

static CrateStatus find_file(CrateData *data,
                             CrateDataResource *resource,
                             unsigned depth);

/// The place that a container is. One that is not at hand may have been
/// unpacked into the folder given.
static CrateStatus
open_container(CrateData *data, CrateDataResource *resource, unsigned depth)
{
  if (resource->opened) {
    return CRATE_OK;
  }
  resource->opened = true;
  resource->place = (CrateDataPlace){data->folder, {NULL, 0}};
  if (resource->set || is_repository(data, resource)) {
    resource->lying = true;
    return CRATE_OK;
  }
  CRATE_TRY(find_file(data, resource, depth + 1u));
  const CrateDataFile *const file = resource->files;
  if (!resource->lying) {
    return CRATE_OK;
  }
  if (!crate_text_ends(file->path, CRATE_TEXT("/"))) {
    return open_archive(data, resource, file);
  }
  resource->place = (CrateDataPlace){
    file->package, crate_text_slice(file->path, 1, file->path.size)};
  return CRATE_OK;
}

/// A file that is there.
static CrateStatus
keep_file(CrateData *data,
          CrateDataResource *resource,
          CrateDataFile file,
          bool folder)
{
  const CrateText parts[] = {file.path, CRATE_TEXT("/")};
  resource->files =
    (CrateDataFile *)crate_arena_array(&data->arena, 1, sizeof(CrateDataFile));
  if (!resource->files) {
    return crate_arena_status(&data->arena);
  }
  if (folder && !crate_text_ends(file.path, CRATE_TEXT("/"))) {
    CRATE_TRY(crate_arena_join(&data->arena, parts, 2, &file.path));
  }
  resource->files[0] = file;
  resource->file_count = folder ? 0 : 1;
  resource->lying = true;
  return CRATE_OK;
}

/// Look in one container; with 0, in the folder given. `looked` becomes the
/// place.
static CrateStatus
look_in(CrateData *data,
        CrateDataResource *resource,
        CrateTerm container,
        unsigned depth,
        CrateDataPlace *looked,
        bool *excused)
{
  CrateDataPlace place = {data->folder, {NULL, 0}};
  CrateDataResource *const outer =
    container ? crate_data_resource(data, container) : NULL;
  CrateDataFile file;
  CrateMember member = CRATE_MEMBER_ABSENT;
  if (outer && outer != resource) {
    CRATE_TRY(open_container(data, outer, depth));
    place = outer->place;
    *excused = *excused || !outer->lying; // said of the container
  }
  *looked = place;
  CRATE_TRY(find_in(data, resource, &place, &file, &member));
  const bool folder = member == CRATE_MEMBER_FOLDER;
  return folder || member == CRATE_MEMBER_FILE
           ? keep_file(data, resource, file, folder)
           : CRATE_OK;
}

static CrateStatus
find_file(CrateData *data, CrateDataResource *resource, unsigned depth)
{
  const CrateView *const view = data->view;
  CrateDataPlace place = {data->folder, {NULL, 0}};
  bool excused = depth > DEEPEST || is_repository(data, resource);
  if (resource->looked) {
    return CRATE_OK;
  }
  resource->looked = true;
  const CrateQuadRange containers = containers_of(view, resource);
  for (size_t i = 0; i < containers.count && !resource->lying && !excused;
       ++i) {
    CRATE_TRY(look_in(data, resource, containers.first[i].object, depth, &place,
                      &excused));
  }
  if (!containers.count && !excused) {
    CRATE_TRY(look_in(data, resource, CRATE_NO_TERM, depth, &place, &excused));
  }
  return resource->lying || excused
           ? CRATE_OK
           : crate_data_add_flaw(
               data, flaw_of(CRATE_DATA_FILE, resource),
               "nothing in \"%.*s\" is called \"%.*s\"",
               CRATE_TEXT_ARG(crate_package_path(place.package)),
               CRATE_TEXT_ARG(crate_check_shown(view, resource->term)));
}

/// The patterns of a FileSet.
typedef struct {
  CrateQuadRange includes, excludes;
} Patterns;

static bool
fits_any(const CrateView *view, CrateQuadRange patterns, CrateText path)
{
  for (size_t i = 0; i < patterns.count; ++i) {
    if (crate_data_glob(crate_data_text(view, patterns.first[i].object),
                        path)) {
      return true;
    }
  }
  return false;
}

typedef struct {
  CrateData *data;
  CrateDataFile *files;
  size_t count, capacity;
  CrateText place; ///< That was looked through last, for a person.
} Found;

/// The files of a place that fit.
static CrateStatus
add_fitting(Found *found, const CrateDataPlace *place, const Patterns *patterns)
{
  CrateData *const data = found->data;
  const CrateView *const view = data->view;
  const CrateText *paths = NULL;
  size_t count = 0;
  found->place = crate_package_path(place->package);
  CRATE_TRY(crate_package_list(place->package, &paths, &count));
  for (size_t i = 0; i < count; ++i) {
    CrateMember member;
    const CrateText path =
      crate_text_slice(paths[i], place->prefix.size, paths[i].size);
    if (!crate_text_starts(paths[i], place->prefix) ||
        crate_text_ends(path, CRATE_TEXT("/")) ||
        (patterns->includes.count &&
         !fits_any(view, patterns->includes, path)) ||
        fits_any(view, patterns->excludes, path)) {
      continue;
    }
    CRATE_TRY(crate_world_reserve(view->world, &found->files, &found->capacity,
                                  found->count + 1u, sizeof(CrateDataFile)));
    CRATE_TRY(
      try_path(data, place, path, &found->files[found->count], &member));
    found->count += member == CRATE_MEMBER_FILE;
  }
  return CRATE_OK;
}

/// The files of a FileSet, in the order of their paths.
static CrateStatus
find_set(Found *found, CrateDataResource *resource, bool *excused)
{
  CrateData *const data = found->data;
  const CrateView *const view = data->view;
  const Patterns patterns = {
    crate_check_values_of(view, resource->term, CROISSANT "includes"),
    crate_check_values_of(view, resource->term, CROISSANT "excludes")};
  const CrateQuadRange containers = containers_of(view, resource);
  CrateDataPlace place = {data->folder, {NULL, 0}};
  for (size_t i = 0; i < containers.count; ++i) {
    CrateDataResource *const outer =
      crate_data_resource(data, containers.first[i].object);
    if (outer && outer != resource) {
      CRATE_TRY(open_container(data, outer, 0));
      *excused = *excused || !outer->lying;
      CRATE_TRY(add_fitting(found, &outer->place, &patterns));
    }
  }
  return containers.count ? CRATE_OK : add_fitting(found, &place, &patterns);
}

static CrateStatus
find_all(CrateData *data, CrateDataResource *resource)
{
  Found found = {.data = data};
  bool excused = false;
  resource->looked = true;
  CrateStatus st = find_set(&found, resource, &excused);
  resource->lying = found.count > 0;
  resource->file_count = found.count;
  if (!st && found.count) {
    resource->files = (CrateDataFile *)crate_arena_array(
      &data->arena, found.count, sizeof(CrateDataFile));
    st = resource->files ? CRATE_OK : crate_arena_status(&data->arena);
  }
  if (!st && found.count) {
    memcpy(resource->files, found.files, found.count * sizeof(CrateDataFile));
  }
  crate_world_release(data->view->world, found.files);
  return st || resource->lying || excused
           ? st
           : crate_data_add_flaw(data, flaw_of(CRATE_DATA_MEMBERS, resource),
                                 "nothing in \"%.*s\" fits its patterns",
                                 CRATE_TEXT_ARG(found.place));
}

CrateStatus
crate_data_find(CrateData *data, CrateDataResource *resource)
{
  return resource->looked ? CRATE_OK
         : resource->set  ? find_all(data, resource)
                          : find_file(data, resource, 0);
}
