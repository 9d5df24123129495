// SPDX-License-Identifier: Apache-2.0
// Prefixes that a JSON-LD document's own context declares, for who writes its
// graph in Turtle: the terms for namespaces, and usual prefixes beside them.
#include "convert/convert.h"
#include "rdf/names.h"
#include "rdf/prefixes.h"
#include <cratekit/iri.h>

/// The IRI that a term stands for, if it is one that may be a prefix: JSON-LD
/// API, Create Term Definition, step 14.2.5.
static CrateText
namespace_of(const CrateJson *definition)
{
  const CrateText none = {NULL, 0};
  const CrateJson *const id = crate_json_is(definition, CRATE_JSON_OBJECT)
                                ? crate_json_get(definition, CRATE_TEXT("@id"))
                                : definition;
  const bool told =
    id != definition &&
    crate_json_is(crate_json_get(definition, CRATE_TEXT("@prefix")),
                  CRATE_JSON_TRUE);
  if (!crate_json_is(id, CRATE_JSON_STRING) || (id != definition && !told)) {
    return none;
  }
  const CrateText iri = crate_json_text(id);
  const bool ends = iri.size && strchr("/#:?[]@", iri.data[iri.size - 1]) &&
                    iri.data[iri.size - 1];
  const bool whole =
    crate_iri_is_absolute(iri) && crate_name_iri_span(iri) == iri.size;
  return whole && (ends || told) ? iri : none;
}

/// A prefix, unless there is one of that name.
static CrateStatus
add(CrateJob *job, CrateText name, CrateText iri)
{
  for (size_t i = 0; i < job->prefix_count; ++i) {
    if (crate_text_equal(job->prefixes[i].prefix, name)) {
      return CRATE_OK;
    }
  }
  if (!iri.size || !name.size || job->prefix_count == CRATE_MOST_PREFIXES ||
      crate_name_prefix_span(name) != name.size) {
    return CRATE_OK;
  }
  CratePrefix *const prefix = &job->prefixes[job->prefix_count++];
  CRATE_TRY(crate_arena_copy(&job->arena, name, &prefix->prefix));
  return crate_arena_copy(&job->arena, iri, &prefix->iri);
}

static CrateStatus
add_context(CrateJob *job, const CrateJson *context)
{
  for (const CrateJson *item = crate_json_first(context); item;
       item = item->next) {
    if (crate_json_is(item, CRATE_JSON_OBJECT)) {
      CRATE_TRY(add_context(job, item));
    }
  }
  for (const CrateJson *key = crate_json_first_key(context); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(add(job, crate_json_text(key), namespace_of(key->next)));
  }
  return CRATE_OK;
}

CrateStatus
crate_job_context_prefixes(CrateJob *job)
{
  const CrateJson *const context =
    crate_json_get(job->document.root, CRATE_TEXT("@context"));
  size_t count = 0;
  const CratePrefix *const usual = crate_prefixes_usual(&count);
  if (!context) {
    return CRATE_OK;
  }
  job->prefixes = (CratePrefix *)crate_arena_array(
    &job->arena, CRATE_MOST_PREFIXES, sizeof(*job->prefixes));
  if (!job->prefixes) {
    return crate_arena_status(&job->arena);
  }
  CRATE_TRY(add_context(job, context));
  for (size_t i = 0; job->prefix_count && i < count; ++i) {
    CRATE_TRY(add(job, usual[i].prefix, usual[i].iri));
  }
  return CRATE_OK;
}
