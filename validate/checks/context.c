// SPDX-License-Identifier: Apache-2.0
// The @context itself: 1.2 structure#ro-crate-metadata-document, appendix
// jsonld#extending-ro-crate.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"
#include <cratekit/iri.h>
#include <stdio.h>

/// The context that a crate must name is that of the version it declares;
/// section 14 of docs/decisions.md.
static CrateStatus
find_wanted(const CrateNativeCall *call, CrateText *out)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateText parts[] = {CRATE_TEXT(RO_CRATE "/"), checks->view->declared,
                             CRATE_TEXT("/context")};
  *out = crate_check_parameter(call);
  return checks->view->declared.size
           ? crate_arena_join(&checks->arena, parts, 3, out)
           : CRATE_OK;
}

/// Whether an IRI is the context of just what conformsTo names: of a draft, for
/// instance, by its own name.
static bool
is_own_context(const CrateView *view, CrateText iri)
{
  const CrateText tail = CRATE_TEXT("/context");
  const CrateTerm conforms_to =
    crate_terms_find_iri(view->terms, CRATE_TEXT(DCTERMS "conformsTo"));
  if (!view->declared.size || !conforms_to ||
      !crate_text_starts(iri, CRATE_TEXT(RO_CRATE "/")) ||
      !crate_text_ends(iri, tail)) {
    return false;
  }
  const CrateTerm named = crate_terms_find_iri(
    view->terms, crate_text_slice(iri, 0, iri.size - tail.size));
  return named && crate_graph_find(view->graph, view->descriptor->term,
                                   conforms_to, named);
}

/// The parameter is the IRI to name where no version is declared.
CrateStatus
crate_check_context_reference(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  CrateText wanted;
  CRATE_TRY(find_wanted(call, &wanted));
  const CrateJson *const context =
    crate_json_get(view->document.root, CRATE_TEXT("@context"));
  const bool set_aside =
    view->unknown_context &&
    crate_text_equal(crate_json_text(view->unknown_context), wanted);
  if (!context || set_aside) {
    return CRATE_OK; // without one: said by doc-graph
  }
  const CrateJson *item =
    crate_json_is(context, CRATE_JSON_ARRAY) ? context->first : context;
  for (; item; item = item == context ? NULL : item->next) {
    if (crate_json_is(item, CRATE_JSON_STRING) &&
        (crate_text_equal(crate_json_text(item), wanted) ||
         is_own_context(view, crate_json_text(item)))) {
      return CRATE_OK;
    }
  }
  return crate_check_report(call, context->offset,
                            "the @context does not name \"%.*s\"",
                            CRATE_TEXT_ARG(wanted));
}

/// The IRI that a term definition of an inline context maps to, as written.
static const CrateJson *
mapped_to(const CrateJson *definition)
{
  const CrateJson *const id = crate_json_is(definition, CRATE_JSON_OBJECT)
                                ? crate_json_get(definition, CRATE_TEXT("@id"))
                                : definition;
  return crate_json_is(id, CRATE_JSON_STRING) ? id : NULL;
}

static CrateStatus
check_term(const CrateNativeCall *call, const CrateJson *key)
{
  const CrateView *const view = crate_check_view(call);
  const CrateJson *const id = mapped_to(key->next);
  // What @vocab means is told by its value.
  const bool vocab = crate_json_is_string(key, "@vocab");
  const CrateText name = crate_json_text(vocab && id ? id : key);
  if (!id || (name.size && name.data[0] == '@') ||
      (id->size && id->text[0] == '@')) {
    return CRATE_OK;
  }
  CrateKeyKind kind = CRATE_KEY_UNDEFINED;
  CrateText iri = {NULL, 0};
  CRATE_TRY(crate_context_key(view->context, name, &kind, &iri));
  if (!iri.size || crate_text_starts(iri, CRATE_TEXT("http://")) ||
      crate_text_starts(iri, CRATE_TEXT("https://"))) {
    return CRATE_OK;
  }
  return crate_check_report(call, id->offset,
                            "the term \"%.*s\" stands for <%.*s>",
                            CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(iri));
}

static CrateStatus
check_inline(const CrateNativeCall *call, const CrateJson *context)
{
  for (const CrateJson *key = crate_json_first_key(context); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(check_term(call, key));
  }
  return CRATE_OK;
}

CrateStatus
crate_check_context_http(const CrateNativeCall *call)
{
  const CrateJson *const context = crate_json_get(
    crate_check_view(call)->document.root, CRATE_TEXT("@context"));
  CRATE_TRY(check_inline(call, context));
  for (const CrateJson *item = crate_json_first(context); item;
       item = item->next) {
    CRATE_TRY(check_inline(call, item));
  }
  return CRATE_OK;
}
