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

/// Call the document by its name wherever it is called by its IRI.
static void
name_document(CrateJson *value, CrateText iri)
{
  for (CrateJson *at = crate_json_is(value, CRATE_JSON_ARRAY) ? value->first
                                                              : NULL;
       at; at = at->next) {
    name_document(at, iri);
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CrateJson *const id = key->next;
    if (!crate_json_is_string(key, "@id")) {
      name_document(id, iri);
    } else if (crate_json_is(id, CRATE_JSON_STRING) &&
               crate_text_equal(crate_json_text(id), iri)) {
      id->text = NAME;
      id->size = sizeof(NAME) - 1;
    }
  }
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
  name_document(crate_json_get(*out, CRATE_TEXT("@graph")), job->options.base);
  return CRATE_OK;
}

static CrateJson *
find_entity(const CrateJson *document, CrateText name)
{
  const CrateJson *const graph = crate_json_get(document, CRATE_TEXT("@graph"));
  CrateJson *entity =
    crate_json_is(graph, CRATE_JSON_ARRAY) ? graph->first : NULL;
  for (; entity; entity = entity->next) {
    const CrateJson *const id = crate_json_get(entity, CRATE_TEXT("@id"));
    if (crate_json_is(id, CRATE_JSON_STRING) &&
        crate_text_equal(crate_json_text(id), name)) {
      break;
    }
  }
  return entity;
}

/// What the descriptor is about; empty when that is not told.
static CrateText
root_of(const CrateJson *document)
{
  const CrateJson *const descriptor = crate_ro_crate_descriptor(document);
  const CrateJson *const about =
    crate_json_get(descriptor, CRATE_TEXT("about"));
  const CrateJson *const id = crate_json_get(about, CRATE_TEXT("@id"));
  return crate_json_is(id, CRATE_JSON_STRING) ? crate_json_text(id)
                                              : (CrateText){NULL, 0};
}

/// The URL that the root had is where it can be found still.
static CrateStatus
keep_url(CrateJob *job, const CrateJson *document, CrateText url)
{
  CrateArena *const arena = &job->arena;
  CrateJson *const found = find_entity(document, root_of(document));
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
  const CrateText root = root_of(*out);
  if (!is_web_folder(root)) {
    return refuse(job, CRATE_UNSUPPORTED,
                  "the root data entity has no URL of a folder, one that ends "
                  "in a slash, to be attached from");
  }
  CRATE_TRY(move_base(job, root));
  CRATE_TRY(crate_job_reshape(job, out));
  return keep_url(job, *out, root);
}
