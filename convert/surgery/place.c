// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/place.h"
#include "convert/ro_crate_json.h"
#include "rdf/names.h"
#include <cratekit/iri.h>

#define NAME "ro-crate-metadata.json"

static CrateStatus
refuse(const CrateJob *job, CrateStatus status, const char *why)
{
  const CrateDiagnostic place = {.file = job->what->name,
                                 .code = CRATE_TEXT("no-place")};
  return crate_world_say(job->world, status, &place, "%s", why);
}

static bool
is_web_folder(CrateText iri)
{
  const bool web = crate_text_starts(iri, CRATE_TEXT("https://")) ||
                   crate_text_starts(iri, CRATE_TEXT("http://"));
  return web && crate_text_ends(iri, CRATE_TEXT("/")) &&
         crate_name_iri_span(iri) == iri.size;
}

/// From here on the metadata document stands in that folder.
static CrateStatus
move_base(CrateJob *job, CrateText folder)
{
  const CrateText parts[] = {folder, CRATE_TEXT(NAME)};
  return crate_arena_join(&job->arena, parts, 2, &job->options.base);
}

CrateStatus
crate_job_detach(CrateJob *job, CrateJson **out)
{
  const CrateText folder = job->what->detach;
  if (!is_web_folder(folder)) {
    return refuse(job, CRATE_BAD_ARGUMENT,
                  "--detach wants the URL of a folder, which ends in a slash");
  }
  CRATE_TRY(move_base(job, folder));
  job->options.keep_absolute = true;
  CRATE_TRY(crate_job_reshape(job, out));
  crate_ro_crate_rename(*out, job->options.base, CRATE_TEXT(NAME));
  return CRATE_OK;
}

/// The URL that the root had is where it can be found still.
static CrateStatus
keep_url(CrateJob *job, const CrateJson *document, CrateText url)
{
  CrateArena *const arena = &job->arena;
  CrateJson *const found =
    crate_ro_crate_entity(document, crate_ro_crate_root(document));
  if (!found || crate_json_get(found, CRATE_TEXT("identifier"))) {
    return CRATE_OK;
  }
  CrateJson *const key = crate_json_new_text(
    arena, CRATE_JSON_STRING, CRATE_TEXT("identifier"), CRATE_JSON_NOWHERE);
  CrateJson *const value =
    crate_json_new_text(arena, CRATE_JSON_STRING, url, CRATE_JSON_NOWHERE);
  if (!key || !value) {
    return crate_arena_status(arena);
  }
  CrateJson *last = found->first;
  while (last->next) {
    last = last->next;
  }
  last->next = key;
  key->next = value;
  ++found->size;
  return CRATE_OK;
}

CrateStatus
crate_job_attach(CrateJob *job, CrateJson **out)
{
  CRATE_TRY(crate_job_reshape(job, out));
  const CrateText root = crate_ro_crate_root(*out);
  if (!is_web_folder(root)) {
    return refuse(job, CRATE_UNSUPPORTED,
                  "the root data entity has no URL of a folder, one that ends "
                  "in a slash, to be attached from");
  }
  CRATE_TRY(move_base(job, root));
  CRATE_TRY(crate_job_reshape(job, out));
  return keep_url(job, *out, root);
}
