// SPDX-License-Identifier: Apache-2.0
// Shapes that speak of classes and properties that schema.org does not have:
// they would never apply, or always fail.
#include "crate/vocabulary.h"
#include "validate/profile_check.h"
#include <cratekit/json.h>
#include <cratekit/jsonld.h>
#include <stdio.h>

/// Terms of schema.org and of RO-Crate, as crates have them.
#define DOCUMENT "{\"@context\": \"https://w3id.org/ro/crate/1.3/context\"}"

static void
blame_scheme(CrateProfileCheck *check, const CrateQuad *quad, CrateText iri)
{
  crate_profile_blame(check, quad,
                      "in crates, terms of schema.org begin with "
                      "http://schema.org/, not https",
                      iri);
}

static CrateStatus
blame_term(CrateProfileCheck *check,
           CrateContext *context,
           const CrateQuad *quad,
           CrateText name)
{
  char text[200];
  CrateKeyKind kind;
  CrateText means = {NULL, 0};
  CRATE_TRY(crate_context_key(context, name, &kind, &means));
  const CrateText near = kind == CRATE_KEY_TERM
                           ? (CrateText){NULL, 0}
                           : crate_context_suggest(context, name);
  snprintf(text, sizeof(text), "%.*s%s%.*s%.*s", CRATE_TEXT_ARG(name),
           kind == CRATE_KEY_TERM ? ", which in crates means "
           : near.size            ? ", did you mean "
                                  : "",
           CRATE_TEXT_ARG(near), kind == CRATE_KEY_TERM ? (int)means.size : 0,
           means.data);
  crate_profile_blame(check, quad, "schema.org has no such term",
                      crate_text(text));
  return CRATE_OK;
}

static CrateStatus
check_term(CrateProfileCheck *check,
           CrateContext *context,
           const CrateQuad *quad,
           CrateTerm term)
{
  const CrateTerms *const terms = check->source->terms;
  const CrateText iri = crate_terms_info(terms, term).text;
  const CrateText space = CRATE_TEXT(SCHEMA);
  const bool https = crate_text_starts(iri, CRATE_TEXT("https://schema.org/"));
  if (crate_terms_kind(terms, term) != CRATE_TERM_IRI ||
      (!https && !crate_text_starts(iri, space)) ||
      crate_map_get(&check->words, iri, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(&check->words, iri, 1));
  if (https) {
    blame_scheme(check, quad, iri);
    return CRATE_OK;
  }
  return crate_context_term_for(context, iri).size
           ? CRATE_OK
           : blame_term(check, context, quad,
                        crate_text_slice(iri, space.size, iri.size));
}

/// What names a class or a property: targets, classes, paths and their parts.
static bool
is_naming(CrateText predicate)
{
  static const char *const naming[] = {
    "http://www.w3.org/ns/shacl#targetClass",
    "http://www.w3.org/ns/shacl#targetSubjectsOf",
    "http://www.w3.org/ns/shacl#targetObjectsOf",
    "http://www.w3.org/ns/shacl#class",
    "http://www.w3.org/ns/shacl#path",
    "http://www.w3.org/ns/shacl#inversePath",
    "http://www.w3.org/ns/shacl#zeroOrMorePath",
    "http://www.w3.org/ns/shacl#oneOrMorePath",
    "http://www.w3.org/ns/shacl#zeroOrOnePath",
  };
  for (size_t i = 0; i < sizeof(naming) / sizeof(*naming); ++i) {
    if (crate_text_is(predicate, naming[i])) {
      return true;
    }
  }
  return false;
}

CrateStatus
crate_profile_check_terms(CrateProfileCheck *check, CrateLibrary *library)
{
  const CrateGraph *const graph = check->source->graph;
  const CrateQuad *const quads = crate_graph_quads(graph);
  const CrateJsonldOptions options = {0};
  CrateJsonDocument document;
  CrateContext *context = NULL;
  CrateStatus st = crate_json_read(check->source->world, CRATE_TEXT("context"),
                                   CRATE_TEXT(DOCUMENT), &document);
  if (!st) {
    st = crate_context_new(&document, library, &options, &context);
  }
  for (size_t i = 0; i < crate_graph_size(graph) && !st; ++i) {
    const CrateText predicate =
      crate_terms_info(check->source->terms, quads[i].predicate).text;
    if (is_naming(predicate)) {
      st = check_term(check, context, &quads[i], quads[i].object);
    }
  }
  crate_context_free(context);
  crate_json_clear(&document);
  return st;
}
