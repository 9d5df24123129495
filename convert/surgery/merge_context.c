// SPDX-License-Identifier: Apache-2.0
// The context of a merged crate: that of the first, and those terms of the
// others that it has no word for. Where one term means two things, the first
// crate's meaning stands, and the other is written by its IRI.
#include "convert/ro_crate_json.h"
#include "convert/surgery/merge.h"
#include "convert/surgery/nodes.h"

typedef struct Terms {
  CrateJob *job;
  CrateContext *ours, *theirs;
  CrateMap seen;     ///< IRIs that were looked at.
  CrateMap made;     ///< Terms that were added.
  CrateMap prefixes; ///< Of the guest: IRI -> CrateJson of the key.
  CrateJson *object, *last;
} Terms;

static CrateStatus
add(Terms *terms, CrateText term, CrateText iri)
{
  CrateArena *const arena = &terms->job->arena;
  CrateJson *const key =
    crate_json_new_text(arena, CRATE_JSON_STRING, term, CRATE_JSON_NOWHERE);
  CrateJson *const value =
    crate_json_new_text(arena, CRATE_JSON_STRING, iri, CRATE_JSON_NOWHERE);
  if (!key || !value) {
    return crate_arena_status(arena);
  }
  key->next = value;
  if (terms->last) {
    terms->last->next = key;
  } else {
    terms->object->first = key;
  }
  terms->last = value;
  ++terms->object->size;
  return crate_map_put(&terms->made, term, 1);
}

/// A term of the guest's, unless it means something here.
static CrateStatus
take_term(Terms *terms, CrateText term, CrateText iri)
{
  CrateKeyKind kind;
  if (crate_map_get(&terms->made, term, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_context_key(terms->ours, term, &kind, NULL));
  if (kind != CRATE_KEY_UNDEFINED) {
    return CRATE_OK;
  }
  // The guest's context goes before the result is written.
  CRATE_TRY(crate_arena_copy(&terms->job->arena, term, &term));
  CRATE_TRY(crate_arena_copy(&terms->job->arena, iri, &iri));
  return add(terms, term, iri);
}

/// What a guest's own context has for prefixes.
static CrateStatus
note_prefixes(Terms *terms, const CrateJson *context)
{
  for (const CrateJson *at = crate_json_first(context); at; at = at->next) {
    CRATE_TRY(note_prefixes(terms, at));
  }
  for (const CrateJson *key = crate_json_first_key(context); key;
       key = crate_json_next_key(key)) {
    CrateKeyKind kind;
    CrateText iri;
    CRATE_TRY(
      crate_context_key(terms->theirs, crate_json_text(key), &kind, &iri));
    if (kind == CRATE_KEY_TERM && iri.size &&
        strchr("#/:", iri.data[iri.size - 1u])) {
      CRATE_TRY(crate_map_put(&terms->prefixes, iri, (uintptr_t)key));
    }
  }
  return CRATE_OK;
}

/// Where the local name of an IRI begins: what a prefix may stand for.
static CrateText
namespace_of(CrateText iri)
{
  size_t size = iri.size;
  while (size && !strchr("#/:", iri.data[size - 1u])) {
    --size;
  }
  return crate_text_slice(iri, 0, size);
}

static CrateStatus
look(void *handle, CrateNameKind kind, CrateJson *name)
{
  Terms *const terms = handle;
  const CrateText iri = crate_json_text(name);
  const CrateText space = namespace_of(iri);
  uintptr_t prefix = 0;
  if (kind == CRATE_NAME_ID || crate_map_get(&terms->seen, iri, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(&terms->seen, iri, 1));
  if (crate_context_term_for(terms->ours, iri).size) {
    return CRATE_OK;
  }
  const CrateText term = crate_context_term_for(terms->theirs, iri);
  if (term.size) {
    return take_term(terms, term, iri);
  }
  return crate_map_get(&terms->prefixes, space, &prefix)
           ? take_term(terms, crate_json_text((const CrateJson *)prefix), space)
           : CRATE_OK;
}

/// A document that is nothing but a context.
static CrateStatus
wrap(CrateArena *arena, const CrateJson *context, CrateJson **out)
{
  CrateJson *const key = crate_json_new_text(
    arena, CRATE_JSON_STRING, CRATE_TEXT("@context"), CRATE_JSON_NOWHERE);
  CrateJson *const value =
    crate_json_new(arena, CRATE_JSON_NULL, CRATE_JSON_NOWHERE);
  *out = crate_json_new(arena, CRATE_JSON_OBJECT, CRATE_JSON_NOWHERE);
  if (!key || !value || !*out) {
    return crate_arena_status(arena);
  }
  *value = *context;
  value->next = NULL;
  key->next = value;
  (*out)->first = key;
  (*out)->size = 1;
  return CRATE_OK;
}

/// The context and the terms as one; elements are shared no more.
static CrateStatus
extend(CrateArena *arena,
       const CrateJson *context,
       CrateJson *object,
       CrateJson **out)
{
  const bool several = crate_json_is(context, CRATE_JSON_ARRAY);
  *out = crate_json_new(arena, CRATE_JSON_ARRAY, CRATE_JSON_NOWHERE);
  if (!*out) {
    return crate_arena_status(arena);
  }
  CrateJson **link = &(*out)->first;
  for (const CrateJson *at = several ? context->first : context; at;
       at = several ? at->next : NULL) {
    *link = crate_json_new(arena, CRATE_JSON_NULL, CRATE_JSON_NOWHERE);
    if (!*link) {
      return crate_arena_status(arena);
    }
    **link = *at;
    (*link)->next = NULL;
    link = &(*link)->next;
    ++(*out)->size;
  }
  *link = object;
  ++(*out)->size;
  return CRATE_OK;
}

static CrateStatus
look_at_guest(Terms *terms, CrateGuest *guest)
{
  const CrateNameVisitor visitor = {look, terms};
  const CrateJsonDocument *const document = &guest->job.document;
  CRATE_TRY(crate_context_new(document, guest->job.library, &guest->job.options,
                              &terms->theirs));
  crate_map_init(&terms->prefixes, terms->job->world);
  CrateStatus status = note_prefixes(
    terms, crate_json_get(document->root, CRATE_TEXT("@context")));
  status = status ? status : crate_nodes_visit(guest->nodes, &visitor);
  crate_map_clear(&terms->prefixes);
  crate_context_free(terms->theirs);
  terms->theirs = NULL;
  return status;
}

static CrateStatus
look_at_guests(Terms *terms, const CrateJson *context)
{
  CrateJob *const job = terms->job;
  CrateJsonDocument document = job->document;
  CRATE_TRY(wrap(&job->arena, context, &document.root));
  CRATE_TRY(
    crate_context_new(&document, job->library, &job->options, &terms->ours));
  CrateStatus status = CRATE_OK;
  for (size_t i = 0; i < job->guest_count && !status; ++i) {
    status = look_at_guest(terms, &job->guests[i]);
  }
  crate_context_free(terms->ours);
  return status;
}

CrateStatus
crate_job_merge_context(CrateJob *job, CrateJson **out)
{
  Terms terms = {.job = job};
  const CrateJson *context;
  CRATE_TRY(crate_job_context_value(job, &context));
  terms.object =
    crate_json_new(&job->arena, CRATE_JSON_OBJECT, CRATE_JSON_NOWHERE);
  if (!terms.object) {
    return crate_arena_status(&job->arena);
  }
  crate_map_init(&terms.seen, job->world);
  crate_map_init(&terms.made, job->world);
  const CrateStatus status = look_at_guests(&terms, context);
  crate_map_clear(&terms.made);
  crate_map_clear(&terms.seen);
  CRATE_TRY(status);
  if (terms.object->size) {
    return extend(&job->arena, context, terms.object, out);
  }
  *out = (CrateJson *)(uintptr_t)context;
  return CRATE_OK;
}
