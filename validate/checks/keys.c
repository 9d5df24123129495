// SPDX-License-Identifier: Apache-2.0
// Keys and types against the context: JSON-LD drops what it does not know,
// so a misspelt key is lost without a word unless somebody says so.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"
#include <stdio.h>

/// Crates say few words very often: a small cache spares most look-ups.
#define RECENT 128u

/// Names whose likes are looked for: that takes the whole context, and after
/// so many mistakes nobody reads on for it.
#define MOST_SUGGESTIONS 500u

/// What is done with each key or type of the document.
typedef struct {
  const CrateNativeCall *call;
  const CrateView *view;
  CrateMap seen;    // names met before
  CrateMap ad_hoc;  // local names of terms that the crate itself describes
  CrateMap scoped;  // keys of contexts inside term definitions
  bool want_ad_hoc; // judge only those, or only the others
  CrateText recent[RECENT]; // names met lately, by a cheap hash
} Keys;

/// The last segment of an IRI: what a term of it would be called.
static CrateText
local_name(CrateText iri)
{
  size_t at = iri.size;
  while (at && iri.data[at - 1u] != '#' && iri.data[at - 1u] != '/' &&
         iri.data[at - 1u] != ':') {
    --at;
  }
  return crate_text_slice(iri, at, iri.size);
}

/// Entities of type rdf:Property or rdfs:Class are definitions of ad-hoc
/// terms: appendix/jsonld#adding-new-or-ad-hoc-vocabulary-terms.
static CrateStatus
find_ad_hoc(Keys *keys)
{
  static const char *const types[] = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property",
    "http://www.w3.org/2000/01/rdf-schema#Class",
  };
  const CrateView *const view = keys->view;
  for (size_t t = 0; t < 2; ++t) {
    const CrateTerm type =
      crate_terms_find_iri(view->terms, crate_text(types[t]));
    const CrateQuadList list =
      crate_graph_towards(view->graph, CRATE_RDF_TYPE, type);
    for (size_t i = 0; i < list.count; ++i) {
      const CrateTerm subject = crate_quad_list_at(list, i)->subject;
      const CrateText iri = crate_terms_info(view->terms, subject).text;
      CRATE_TRY(crate_map_put(&keys->ad_hoc, local_name(iri), subject));
    }
  }
  return CRATE_OK;
}

static bool
met_lately(Keys *keys, CrateText name)
{
  const unsigned first = name.size ? (unsigned char)name.data[0] : 0u;
  const unsigned last =
    name.size ? (unsigned char)name.data[name.size - 1u] : 0u;
  CrateText *const slot =
    &keys->recent[((unsigned)name.size * 37u + first * 11u + last) % RECENT];
  const bool met = slot->data && crate_text_equal(*slot, name);
  *slot = name;
  return met;
}

/// Keywords of JSON-LD 1.1; anything else with an '@' is undefined.
static const char *const keywords[] = {
  "@base",   "@container", "@context", "@direction", "@graph",     "@id",
  "@import", "@included",  "@index",   "@json",      "@language",  "@list",
  "@nest",   "@none",      "@prefix",  "@propagate", "@protected", "@reverse",
  "@set",    "@type",      "@value",   "@version",   "@vocab",
};

static bool
is_keyword(CrateText name)
{
  for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); ++i) {
    if (crate_text_is(name, keywords[i])) {
      return true;
    }
  }
  return false;
}

/// The keyword that a key is but for its '@': other JSON says "type".
static CrateText
bare_keyword(CrateText name)
{
  for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); ++i) {
    if (crate_text_is(name, keywords[i] + 1)) {
      return crate_text(keywords[i]);
    }
  }
  return (CrateText){NULL, 0};
}

CrateText
crate_check_meant_name(CrateChecks *checks, CrateText name)
{
  const CrateText keyword = bare_keyword(name);
  return keyword.size ? keyword
         : checks->suggestions++ < MOST_SUGGESTIONS
           ? crate_context_suggest(checks->view->context, name)
           : (CrateText){NULL, 0};
}

static CrateStatus
report_undefined(Keys *keys, const CrateJson *key, const char *what)
{
  const CrateText name = crate_json_text(key);
  const CrateText near =
    crate_check_meant_name((CrateChecks *)keys->call->handle, name);
  return near.size ? crate_check_report(keys->call, key->offset,
                                        "the %s \"%.*s\" is not defined; did "
                                        "you mean \"%.*s\"?",
                                        what, CRATE_TEXT_ARG(name),
                                        CRATE_TEXT_ARG(near))
                   : crate_check_report(keys->call, key->offset,
                                        "the %s \"%.*s\" is not defined", what,
                                        CRATE_TEXT_ARG(name));
}

static CrateStatus
look_at_name(Keys *keys, const CrateJson *key, const char *what)
{
  const CrateText name = crate_json_text(key);
  if (met_lately(keys, name) || crate_map_get(&keys->seen, name, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(&keys->seen, name, 1));
  if (is_keyword(name)) {
    return CRATE_OK;
  }
  CrateKeyKind kind = CRATE_KEY_UNDEFINED;
  CRATE_TRY(crate_context_key(keys->view->context, name, &kind, NULL));
  // "ex:name" without such a prefix passes for an IRI with the scheme "ex".
  const bool loose = kind == CRATE_KEY_IRI &&
                     !crate_text_starts(name, CRATE_TEXT("http://")) &&
                     !crate_text_starts(name, CRATE_TEXT("https://"));
  if ((kind != CRATE_KEY_UNDEFINED && kind != CRATE_KEY_NULL && !loose) ||
      crate_map_get(&keys->scoped, name, NULL)) {
    return CRATE_OK;
  }
  return crate_map_get(&keys->ad_hoc, name, NULL) == keys->want_ad_hoc
           ? report_undefined(keys, key, what)
           : CRATE_OK;
}

static CrateStatus
look_at_types(Keys *keys, const CrateJson *types)
{
  if (crate_json_is(types, CRATE_JSON_STRING)) {
    return look_at_name(keys, types, "type");
  }
  for (const CrateJson *type = crate_json_first(types); type;
       type = type->next) {
    if (type->kind == CRATE_JSON_STRING) {
      CRATE_TRY(look_at_name(keys, type, "type"));
    }
  }
  return CRATE_OK;
}

static CrateStatus
look_at_entities(Keys *keys)
{
  for (size_t i = 0; i < keys->view->entity_count; ++i) {
    const CrateJson *const entity = keys->view->entities[i].json;
    for (const CrateJson *key = crate_json_first_key(entity); key;
         key = crate_json_next_key(key)) {
      CRATE_TRY(look_at_name(keys, key, "key"));
      if (crate_json_is_string(key, "@type")) {
        CRATE_TRY(look_at_types(keys, key->next));
      }
    }
  }
  return CRATE_OK;
}

/// Without all contexts nobody can tell which keys are defined.
static CrateStatus
report_unknown_context(const CrateNativeCall *call, const CrateView *view)
{
  char reason[300];
  snprintf(reason, sizeof(reason),
           "the @context \"%.*s\" is not at hand; give it with --map",
           view->unknown_context->size > 200 ? 200
                                             : (int)view->unknown_context->size,
           view->unknown_context->text);
  CrateText text = crate_text(reason);
  text.size = crate_text_utf8_span(text); // a cut may split a character
  return call->not_checked(call, text);
}

/// The terms of one context that have a context of their own: JSON-LD 1.1,
/// 4.1.8. What is defined there counts as defined everywhere.
static CrateStatus
find_scoped(Keys *keys, const CrateJson *context)
{
  for (const CrateJson *term = crate_json_first_key(context); term;
       term = crate_json_next_key(term)) {
    const CrateJson *const inner =
      crate_json_is(term->next, CRATE_JSON_OBJECT)
        ? crate_json_get(term->next, CRATE_TEXT("@context"))
        : NULL;
    for (const CrateJson *key = crate_json_first_key(inner); key;
         key = crate_json_next_key(key)) {
      CRATE_TRY(crate_map_put(&keys->scoped, crate_json_text(key), 1));
    }
  }
  for (const CrateJson *item = crate_json_first(context); item;
       item = item->next) {
    if (item->kind == CRATE_JSON_OBJECT) {
      CRATE_TRY(find_scoped(keys, item));
    }
  }
  return CRATE_OK;
}

/// Parameter "ad-hoc": terms that the crate describes but does not map.
/// Parameter "other": every other key or type without a meaning.
CrateStatus
crate_check_defined_keys(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  if (view->unknown_context) {
    return report_unknown_context(call, view);
  }
  Keys keys = {
    .call = call,
    .view = view,
    .want_ad_hoc = crate_text_is(crate_check_parameter(call), "ad-hoc"),
  };
  crate_map_init(&keys.seen, view->world);
  crate_map_init(&keys.ad_hoc, view->world);
  crate_map_init(&keys.scoped, view->world);
  CrateStatus st = find_ad_hoc(&keys);
  if (!st) {
    st = find_scoped(
      &keys, crate_json_get(view->document.root, CRATE_TEXT("@context")));
  }
  if (!st) {
    st = look_at_entities(&keys);
  }
  crate_map_clear(&keys.seen);
  crate_map_clear(&keys.ad_hoc);
  crate_map_clear(&keys.scoped);
  return st;
}

static CrateStatus
look_at_full_iri(const CrateNativeCall *call,
                 const CrateView *view,
                 const CrateJson *key)
{
  const CrateText name = crate_json_text(key);
  CrateKeyKind kind = CRATE_KEY_UNDEFINED;
  if (crate_text_find(name, ':') == name.size) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_context_key(view->context, name, &kind, NULL));
  const CrateText term = kind == CRATE_KEY_IRI
                           ? crate_context_term_for(view->context, name)
                           : (CrateText){NULL, 0};
  return term.size
           ? crate_check_report(call, key->offset,
                                "the key \"%.*s\" is written \"%.*s\" "
                                "in compacted form",
                                CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(term))
           : CRATE_OK;
}

CrateStatus
crate_check_compact_keys(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateJson *const entity = view->entities[i].json;
    for (const CrateJson *key = crate_json_first_key(entity); key;
         key = crate_json_next_key(key)) {
      CRATE_TRY(look_at_full_iri(call, view, key));
    }
  }
  return CRATE_OK;
}
