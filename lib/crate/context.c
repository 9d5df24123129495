// SPDX-License-Identifier: Apache-2.0
#include "crate/context.h"
#include "crate/classify.h"
#include "crate/dialect.h"
#include <cratekit/iri.h>

/// Take the member "@base" out of an inline context.
static void
take_base(CrateView *view, CrateJson *context)
{
  CrateJson **link = &context->first;
  while (*link) {
    CrateJson *const key = *link;
    if (crate_json_is_string(key, "@base")) {
      view->base = key->next;
      *link = key->next->next;
      context->size = (context->size - 1u) & CRATE_JSON_MAX_SIZE;
    } else {
      link = &key->next->next;
    }
  }
}

/// What relative @ids mean where an @base is nobody's business.
static void
note_base(CrateView *view, const CrateJson *context)
{
  const CrateJson *const base = crate_json_get(context, CRATE_TEXT("@base"));
  const CrateText outer =
    view->base_iri.size ? view->base_iri : CRATE_TEXT(CRATE_VIEW_DOCUMENT);
  if (crate_json_is(base, CRATE_JSON_STRING) &&
      crate_iri_resolve(&view->arena, outer, crate_json_text(base),
                        &view->base_iri)) {
    view->base_iri = (CrateText){NULL, 0};
  }
}

/// Look at one local context; whether JSON-LD may see it. `known` becomes
/// true when it is a remote one that is at hand.
static bool
look_at(CrateView *view, CrateLibrary *library, CrateJson *context, bool *known)
{
  if (crate_json_is(context, CRATE_JSON_OBJECT)) {
    if (view->dialects & CRATE_SPEAKS_RO_CRATE) {
      take_base(view, context);
    } else {
      note_base(view, context);
    }
    return true;
  }
  if (!crate_json_is(context, CRATE_JSON_STRING)) {
    return true;
  }
  const CrateText iri = crate_json_text(context);
  const CrateText version = crate_version_of(iri);
  if (version.size && !view->version.size) {
    view->version = version;
  }
  if (crate_library_has(library, iri)) {
    *known = true;
    return true;
  }
  view->unknown_context =
    view->unknown_context ? view->unknown_context : context;
  return false;
}

/// Make an empty array of a lone context that nobody has.
static CrateStatus
take_out(CrateView *view, CrateJson *context)
{
  CrateJson *const inner =
    crate_json_new(&view->arena, CRATE_JSON_NULL, context->offset);
  if (!inner) {
    return crate_arena_status(&view->arena);
  }
  *inner = *context;
  inner->next = NULL;
  context->kind = CRATE_JSON_ARRAY;
  context->first = NULL;
  context->size = 0;
  view->unknown_context = inner;
  return CRATE_OK;
}

/// Section 14 of docs/decisions.md.
static CrateStatus
put_stand_in(CrateView *view, CrateJson *context)
{
  CrateJson *const remote =
    crate_json_new_text(&view->arena, CRATE_JSON_STRING,
                        crate_dialect_stand_in(view), context->offset);
  if (!remote) {
    return crate_arena_status(&view->arena);
  }
  remote->next = context->first;
  context->first = remote;
  context->size = (context->size + 1u) & CRATE_JSON_MAX_SIZE;
  return CRATE_OK;
}

CrateStatus
crate_context_prepare(CrateView *view, CrateLibrary *library)
{
  CrateJson *const context =
    crate_json_get(crate_document_head(view), CRATE_TEXT("@context"));
  bool known = false;
  if (!context) {
    return CRATE_OK;
  }
  if (!crate_json_is(context, CRATE_JSON_ARRAY)) {
    if (look_at(view, library, context, &known)) {
      return CRATE_OK;
    }
    CRATE_TRY(take_out(view, context));
  }
  CrateJson **link = &context->first;
  while (*link) {
    if (look_at(view, library, *link, &known)) {
      link = &(*link)->next;
    } else {
      *link = (*link)->next;
      context->size = (context->size - 1u) & CRATE_JSON_MAX_SIZE;
    }
  }
  return view->unknown_context && !known ? put_stand_in(view, context)
                                         : CRATE_OK;
}
