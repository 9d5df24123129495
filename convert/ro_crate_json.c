// SPDX-License-Identifier: Apache-2.0
#include "convert/ro_crate_json.h"
#include "convert/convert.h"
#include "crate/classify.h"
#include <cratekit/map.h>

/// The version whose context is taken when nothing says another.
#define LATEST "1.2"

static bool
names_ro_crate(const CrateJson *context)
{
  for (const CrateJson *at = crate_json_first(context); at; at = at->next) {
    if (names_ro_crate(at)) {
      return true;
    }
  }
  return crate_json_is(context, CRATE_JSON_STRING) &&
         crate_version_of(crate_json_text(context)).size;
}

CrateStatus
crate_job_reshape_with(CrateJob *job,
                       const CrateJsonDocument *context,
                       CrateJson **out)
{
  CrateJsonldOptions options = job->options;
  CrateJsonDocument document = job->document;
  options.ordered = true;
  options.keep_labels = true;
  if (job->nodes) { // with nothing left that a context could say
    document.root = (CrateJson *)(uintptr_t)job->nodes;
    options.expand_context = NULL;
  }
  return crate_jsonld_flatten(&document, context, job->library, &options,
                              &job->arena, out);
}

/// The context of a version.
static CrateStatus
name_context(CrateJob *job, CrateText version, CrateJson **out)
{
  CrateText iri;
  const CrateText parts[] = {CRATE_TEXT("https://w3id.org/ro/crate/"), version,
                             CRATE_TEXT("/context")};
  CRATE_TRY(crate_arena_join(&job->arena, parts, 3, &iri));
  *out = crate_json_new_text(&job->arena, CRATE_JSON_STRING, iri,
                             CRATE_JSON_NOWHERE);
  return *out ? CRATE_OK : crate_arena_status(&job->arena);
}

/// The same with the context of a version, and prefixes for what that has no
/// terms for.
static CrateStatus
reshape_as(CrateJob *job, CrateText version, CrateJson **out)
{
  CrateJsonDocument context = {.world = job->world,
                               .name = CRATE_TEXT("RO-Crate")};
  bool more = false;
  CRATE_TRY(name_context(job, version, &context.root));
  CRATE_TRY(crate_job_reshape_with(job, &context, out));
  CRATE_TRY(crate_ro_crate_prefixes(&job->arena, *out, &context.root, &more));
  return more ? crate_job_reshape_with(job, &context, out) : CRATE_OK;
}

/// With the context that is asked for; or the document's own, when it is one
/// of RO-Crate; or the one of the version that the descriptor claims.
CrateStatus
crate_job_reshape(CrateJob *job, CrateJson **out)
{
  const CrateJson *const own =
    crate_json_get(job->document.root, CRATE_TEXT("@context"));
  if (job->what->context) {
    return crate_job_reshape_with(job, job->what->context, out);
  }
  if (names_ro_crate(own)) {
    return crate_job_reshape_with(job, &job->document, out);
  }
  CRATE_TRY(reshape_as(job, CRATE_TEXT(LATEST), out));
  const CrateText claim = crate_ro_crate_claim(*out);
  return claim.size && !crate_text_is(claim, LATEST)
           ? reshape_as(job, claim, out)
           : CRATE_OK;
}

CrateStatus
crate_job_context_value(CrateJob *job, const CrateJson **out)
{
  CrateJson *document = NULL;
  const CrateJsonDocument *const given = job->what->context;
  const CrateJson *const root = given ? given->root : job->document.root;
  *out = crate_json_get(root, CRATE_TEXT("@context"));
  if (given || names_ro_crate(*out)) {
    *out = *out ? *out : root;
    return CRATE_OK;
  }
  CRATE_TRY(crate_job_reshape(job, &document));
  *out = crate_json_get(document, CRATE_TEXT("@context"));
  return CRATE_OK;
}

/// Keys that are named one by one.
#define MOST_NAMED 20u

/// What looks for keys that JSON-LD drops.
typedef struct Search {
  CrateJob *job;
  CrateContext *context;
  CrateMap said; ///< Keys that were met before.
} Search;

/// A warning at a byte, or about the document as a whole.
static CrateDiagnostic
warning_at(const CrateJob *job, uint32_t offset)
{
  CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                           .file = job->what->name,
                           .code = CRATE_TEXT("dropped-key")};
  if (offset != CRATE_JSON_NOWHERE) {
    const CratePlace at = crate_json_place(&job->document, offset);
    place.line = at.line;
    place.column = at.column;
  }
  return place;
}

static CrateStatus
say_dropped(Search *search, const CrateJson *key)
{
  const CrateText name = crate_json_text(key);
  if (crate_map_get(&search->said, name, NULL)) {
    return CRATE_OK;
  }
  if (search->said.count < MOST_NAMED) {
    const CrateDiagnostic place = warning_at(search->job, key->offset);
    crate_world_say(search->job->world, CRATE_OK, &place,
                    "\"%.*s\" is in no context: JSON-LD drops it, and so does "
                    "the result",
                    CRATE_TEXT_ARG(name));
  }
  return crate_map_put(&search->said, name, 1);
}

/// How many more there were than were named.
static void
say_others(const Search *search)
{
  if (search->said.count > MOST_NAMED) {
    const CrateDiagnostic place = warning_at(search->job, CRATE_JSON_NOWHERE);
    crate_world_say(search->job->world, CRATE_OK, &place,
                    "%zu more keys are in no context",
                    search->said.count - MOST_NAMED);
  }
}

static CrateStatus find_dropped(Search *search, const CrateJson *value);

/// Members of an object, unless a context of its own defines them.
static CrateStatus
find_in_object(Search *search, const CrateJson *object, bool is_top)
{
  if (!is_top && crate_json_get(object, CRATE_TEXT("@context"))) {
    return CRATE_OK;
  }
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    CrateKeyKind kind;
    bool is_json;
    if (crate_json_is_string(key, "@context")) {
      continue;
    }
    CRATE_TRY(
      crate_context_key(search->context, crate_json_text(key), &kind, NULL));
    CRATE_TRY(
      crate_context_is_json(search->context, crate_json_text(key), &is_json));
    if (kind == CRATE_KEY_UNDEFINED) {
      CRATE_TRY(say_dropped(search, key));
    } else if (!is_json) {
      CRATE_TRY(find_dropped(search, key->next));
    }
  }
  return CRATE_OK;
}

/// As deep as the reader lets JSON nest.
static CrateStatus
find_dropped(Search *search, const CrateJson *value)
{
  if (crate_json_is(value, CRATE_JSON_OBJECT)) {
    return find_in_object(search, value, false);
  }
  for (const CrateJson *at = crate_json_first(value); at; at = at->next) {
    CRATE_TRY(find_dropped(search, at));
  }
  return CRATE_OK;
}

CrateStatus
crate_job_name_dropped(CrateJob *job)
{
  Search search = {.job = job};
  if (!job->document.bytes.data) {
    return CRATE_OK; // made from RDF
  }
  CRATE_TRY(crate_context_new(&job->document, job->library, &job->options,
                              &search.context));
  crate_map_init(&search.said, job->world);
  const CrateStatus status =
    crate_json_is(job->document.root, CRATE_JSON_OBJECT)
      ? find_in_object(&search, job->document.root, true)
      : find_dropped(&search, job->document.root);
  say_others(&search);
  crate_map_clear(&search.said);
  crate_context_free(search.context);
  return status;
}
