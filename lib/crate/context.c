// SPDX-License-Identifier: Apache-2.0
#include "crate/context.h"
#include "crate/classify.h"

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

/// Look at one local context; whether JSON-LD may see it.
static bool
look_at(CrateView *view, CrateLibrary *library, CrateJson *context)
{
  if (crate_json_is(context, CRATE_JSON_OBJECT)) {
    take_base(view, context);
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
    return true;
  }
  view->unknown_context = view->unknown_context ? view->unknown_context : context;
  return false;
}

CrateStatus
crate_context_prepare(CrateView *view, CrateLibrary *library)
{
  CrateJson *const context =
    crate_json_get(view->document.root, CRATE_TEXT("@context"));
  if (!context) {
    return CRATE_OK;
  }
  if (!crate_json_is(context, CRATE_JSON_ARRAY)) {
    if (!look_at(view, library, context)) {
      context->kind = CRATE_JSON_ARRAY; // [] in the place of the one context
      context->first = NULL;
      context->size = 0;
    }
    return CRATE_OK;
  }
  CrateJson **link = &context->first;
  while (*link) {
    if (look_at(view, library, *link)) {
      link = &(*link)->next;
    } else {
      *link = (*link)->next;
      context->size = (context->size - 1u) & CRATE_JSON_MAX_SIZE;
    }
  }
  return CRATE_OK;
}
