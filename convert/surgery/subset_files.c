// SPDX-License-Identifier: Apache-2.0
// The files that go with a part of a crate.
#include "convert/ro_crate_json.h"
#include "convert/surgery/nodes.h"
#include "convert/surgery/subset.h"
#include "convert/surgery/surgery.h"
#include <cratekit/iri.h>
#include <cratekit/map.h>

/// Paths that entities have, without a last slash.
typedef struct Paths {
  CrateMap known;
  CrateText metadata;
} Paths;

/// Whether a path, or a folder that it is in, is one.
static bool
takes(const void *handle, CrateText path)
{
  const Paths *const paths = handle;
  if (crate_text_equal(path, paths->metadata)) {
    return false;
  }
  path.size -= crate_text_ends(path, CRATE_TEXT("/")) ? 1u : 0u;
  while (path.size && !crate_map_get(&paths->known, path, NULL)) {
    while (path.size && path.data[path.size - 1u] != '/') {
      --path.size;
    }
    path.size -= path.size ? 1u : 0u;
  }
  return path.size != 0;
}

static CrateStatus
note_path(CrateJob *job, CrateText id, Paths *paths)
{
  CrateText path;
  CRATE_TRY(crate_iri_resolve(&job->arena, job->options.base, id, &path));
  path = crate_job_path_of(job, path);
  if (!path.size) {
    return CRATE_OK;
  }
  const CrateStatus status = crate_iri_decode(&job->arena, path, &path);
  path.size -= crate_text_ends(path, CRATE_TEXT("/")) ? 1u : 0u;
  return status == CRATE_MALFORMED ? CRATE_OK
         : status                  ? status
                                   : crate_map_put(&paths->known, path, 1);
}

static CrateStatus
note_paths(CrateJob *job, const CrateJson *document, Paths *paths)
{
  const CrateJson *const graph = crate_json_get(document, CRATE_TEXT("@graph"));
  for (const CrateJson *entity = crate_json_first(graph); entity;
       entity = entity->next) {
    CRATE_TRY(note_path(job, crate_ro_crate_id(entity), paths));
  }
  return CRATE_OK;
}

CrateStatus
crate_job_subset_files(CrateJob *job,
                       const CrateJson *document,
                       CrateContents *contents)
{
  Paths paths;
  const CrateChoice choice = {takes, &paths};
  CratePackage *const package = job->what->package;
  if (crate_job_wants_all(job)) {
    return crate_job_add_payload(job, contents);
  }
  crate_map_init(&paths.known, job->world);
  paths.metadata = package ? crate_package_metadata(package) : CRATE_TEXT("");
  CrateStatus status = note_paths(job, document, &paths);
  status = status
             ? status
             : crate_contents_add_package(contents, package, job->what->name,
                                          CRATE_TEXT(""), &choice);
  crate_map_clear(&paths.known);
  return status;
}
