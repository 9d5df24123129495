// SPDX-License-Identifier: Apache-2.0
// How the @context is put together: appendix/jsonld#extending-ro-crate and
// appendix/relative-uris#flattening-json-ld-from-nested-json.
#include "crate/classify.h"
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

/// Definitions of schema.org's terms in an inline context, of which nobody
/// writes so many by hand.
#define COPIED 20u

/// What is asked of each member of the context, itself alone or an array.
typedef CrateStatus Look(const CrateNativeCall *call, const CrateJson *item);

static CrateStatus
each_member(const CrateNativeCall *call, Look *look)
{
  const CrateView *const view = crate_check_view(call);
  const CrateJson *const context =
    crate_json_get(view->document.root, CRATE_TEXT("@context"));
  if (!context) {
    return CRATE_OK;
  }
  CRATE_TRY(look(call, context));
  for (const CrateJson *item = crate_json_first(context); item;
       item = item->next) {
    CRATE_TRY(look(call, item));
  }
  return CRATE_OK;
}

/// Taken out of the document when it was read: section 14 of decisions.md.
CrateStatus
crate_check_no_null_base(const CrateNativeCall *call)
{
  const CrateJson *const base = crate_check_view(call)->base;
  return crate_json_is(base, CRATE_JSON_NULL)
           ? crate_check_report(call, base->offset,
                                "the @context sets @base to null")
           : CRATE_OK;
}

static CrateStatus
look_for_version(const CrateNativeCall *call, const CrateJson *item)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText iri = crate_json_is(item, CRATE_JSON_STRING)
                          ? crate_json_text(item)
                          : (CrateText){NULL, 0};
  const CrateText version = crate_version_of(iri);
  return !version.size || !view->declared.size ||
             crate_text_equal(version, view->declared)
           ? CRATE_OK
           : crate_check_report(call, item->offset,
                                "the @context names that of version %.*s too",
                                CRATE_TEXT_ARG(version));
}

/// Whether the context of the declared version is a member.
static bool
names_declared(const CrateView *view, const CrateJson *context)
{
  for (const CrateJson *item = crate_json_first(context); item;
       item = item->next) {
    if (crate_json_is(item, CRATE_JSON_STRING) && view->declared.size &&
        crate_text_equal(crate_version_of(crate_json_text(item)),
                         view->declared)) {
      return true;
    }
  }
  return false;
}

/// A context of another version alone is said by ck:contextReference.
CrateStatus
crate_check_context_versions(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateJson *const context =
    crate_json_get(view->document.root, CRATE_TEXT("@context"));
  return names_declared(view, context) ? each_member(call, look_for_version)
                                       : CRATE_OK;
}

/// Whether a definition says just what RO-Crate's own context says.
static bool
is_copy(const CrateJson *key)
{
  const CrateText schema = CRATE_TEXT(SCHEMA);
  const CrateText iri = crate_json_is(key->next, CRATE_JSON_STRING)
                          ? crate_json_text(key->next)
                          : (CrateText){NULL, 0};
  return crate_text_starts(iri, schema) &&
         crate_text_equal(crate_text_slice(iri, schema.size, iri.size),
                          crate_json_text(key));
}

static CrateStatus
look_for_copies(const CrateNativeCall *call, const CrateJson *item)
{
  size_t count = 0;
  for (const CrateJson *key = crate_json_first_key(item); key;
       key = crate_json_next_key(key)) {
    count += is_copy(key);
  }
  return count <= COPIED
           ? CRATE_OK
           : crate_check_report(call, item->offset,
                                "%zu terms of schema.org are defined again",
                                count);
}

/// An inline context alone is said by ck:contextReference.
CrateStatus
crate_check_copied_terms(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateJson *const context =
    crate_json_get(view->document.root, CRATE_TEXT("@context"));
  return crate_json_is(context, CRATE_JSON_ARRAY)
           ? each_member(call, look_for_copies)
           : CRATE_OK;
}
