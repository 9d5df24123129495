// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/upgrade.h"
#include "convert/ro_crate_json.h"
#include "crate/classify.h"

#define RO_CRATE_IRI "https://w3id.org/ro/crate/"
#define OLD_NAME "ro-crate-metadata.jsonld"
#define NEW_NAME "ro-crate-metadata.json"

/// The IRI of a version, or of its context.
static CrateStatus
version_iri(CrateJob *job, const char *after, CrateText *out)
{
  const CrateText parts[] = {CRATE_TEXT(RO_CRATE_IRI), job->what->upgrade,
                             crate_text(after)};
  return crate_arena_join(&job->arena, parts, 3, out);
}

static void
set_text(CrateJson *string, CrateText text)
{
  string->text = text.data;
  string->size = (uint32_t)text.size & CRATE_JSON_MAX_SIZE;
}

/// A context with RO-Crate's replaced, and the author's own terms kept.
static CrateStatus
renew_context(CrateJob *job,
              const CrateJson *own,
              CrateText iri,
              CrateJson **out)
{
  *out = crate_json_new(&job->arena, CRATE_JSON_ARRAY, CRATE_JSON_NOWHERE);
  if (!*out) {
    return crate_arena_status(&job->arena);
  }
  CrateJson **link = &(*out)->first;
  const bool several = crate_json_is(own, CRATE_JSON_ARRAY);
  bool named = false;
  for (const CrateJson *at = several ? own->first : own; at;
       at = several ? at->next : NULL) {
    CrateJson *const copy =
      crate_json_new(&job->arena, CRATE_JSON_NULL, CRATE_JSON_NOWHERE);
    if (!copy) {
      return crate_arena_status(&job->arena);
    }
    *copy = *at;
    copy->next = NULL;
    if (crate_json_is(at, CRATE_JSON_STRING) &&
        crate_version_of(crate_json_text(at)).size) {
      if (named) {
        continue; // two versions of one context become one
      }
      set_text(copy, iri);
      named = true;
    }
    *link = copy;
    link = &copy->next;
    ++(*out)->size;
  }
  return CRATE_OK;
}

/// Whether an array of contexts names RO-Crate's.
static bool
names(const CrateJson *contexts, CrateText iri)
{
  for (const CrateJson *at = crate_json_first(contexts); at; at = at->next) {
    if (crate_json_is(at, CRATE_JSON_STRING) &&
        crate_text_equal(crate_json_text(at), iri)) {
      return true;
    }
  }
  return false;
}

/// The new context: one IRI where there is nothing else to it.
static CrateStatus
make_context(CrateJob *job, CrateJson **out)
{
  CrateText iri;
  const CrateJson *const own =
    crate_json_get(job->document.root, CRATE_TEXT("@context"));
  CRATE_TRY(version_iri(job, "/context", &iri));
  CRATE_TRY(renew_context(job, own, iri, out));
  if (names(*out, iri) && (*out)->size > 1u) {
    return CRATE_OK;
  }
  CrateJson *const whole = crate_json_new_text(&job->arena, CRATE_JSON_STRING,
                                               iri, CRATE_JSON_NOWHERE);
  if (!whole) {
    return crate_arena_status(&job->arena);
  }
  if (names(*out, iri) || !(*out)->size) {
    *out = whole;
  } else { // terms by value: the version's own come first, by reference
    whole->next = (*out)->first;
    (*out)->first = whole;
    ++(*out)->size;
  }
  return CRATE_OK;
}

/// The claim of a descriptor: other things it conforms to stay.
static void
renew_claim(const CrateJson *value, CrateText iri)
{
  for (const CrateJson *at = crate_json_first(value); at; at = at->next) {
    renew_claim(at, iri);
  }
  CrateJson *const id = crate_json_get(value, CRATE_TEXT("@id"));
  if (crate_json_is(id, CRATE_JSON_STRING) &&
      crate_version_of(crate_json_text(id)).size) {
    set_text(id, iri);
  }
}

/// An upgrade goes upwards.
static CrateStatus
check_claim(const CrateJob *job, const CrateJson *document)
{
  const CrateText claim = crate_ro_crate_claim(document);
  const CrateDiagnostic place = {.file = job->what->name,
                                 .code = CRATE_TEXT("no-upgrade")};
  if (!claim.size) {
    return crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                           "no descriptor says which version of RO-Crate this "
                           "is of");
  }
  return crate_text_compare(claim, job->what->upgrade) < 0
           ? CRATE_OK
           : crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                             "the crate is of RO-Crate %.*s already",
                             CRATE_TEXT_ARG(claim));
}

CrateStatus
crate_job_upgrade(CrateJob *job, CrateJson **out)
{
  CrateJsonDocument context = {.world = job->world,
                               .name = CRATE_TEXT("RO-Crate")};
  CrateText iri;
  CRATE_TRY(crate_job_reshape(job, out));
  CRATE_TRY(check_claim(job, *out));
  CRATE_TRY(make_context(job, &context.root));
  CRATE_TRY(crate_job_reshape_with(job, &context, out));
  CRATE_TRY(version_iri(job, "", &iri));
  const CrateJson *const descriptor = crate_ro_crate_descriptor(*out);
  renew_claim(crate_json_get(descriptor, CRATE_TEXT("conformsTo")), iri);
  // Versions before 1.1 called the document otherwise.
  crate_ro_crate_rename(*out, CRATE_TEXT(OLD_NAME), CRATE_TEXT(NEW_NAME));
  return CRATE_OK;
}
