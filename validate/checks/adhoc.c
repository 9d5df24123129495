// SPDX-License-Identifier: Apache-2.0
// Terms that a crate brings along: appendix/jsonld#adding-new-or-ad-hoc-
// vocabulary-terms and profiles#extension-terms.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

#define RDFS_CLASS "http://www.w3.org/2000/01/rdf-schema#Class"
#define RDF_PROPERTY "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property"

/// Vocabularies that are documented elsewhere: their terms are not ad hoc.
static bool
is_published(CrateText iri)
{
  static const char *const hosts[] = {
    "schema.org/",
    "www.w3.org/",
    "purl.org/",
    "bioschemas.org/",
    "xmlns.com/",
    "purl.obolibrary.org/",
    "w3id.org/ro/crate",
    "www.opengis.net/",
    "pcdm.org/",
    "codemeta.github.io/",
    "mlcommons.org/",
    "w3id.org/okn/",
    "spdx.org/",
    "rdfs.org/",
    "edamontology.org/",
    "www.ebi.ac.uk/",
    "semanticscience.org/",
    "qudt.org/",
    "www.iana.org/",
    "w3id.org/ro/terms/workflow-run",
    "w3id.org/ro/terms/test#",
  };
  const size_t slashes = crate_text_find(iri, '/') + 2u;
  const CrateText rest = crate_text_slice(iri, slashes, iri.size);
  for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); ++i) {
    if (crate_text_starts(rest, crate_text(hosts[i]))) {
      return true;
    }
  }
  return false;
}

/// Whether some entity uses the term as a key or as a type.
static bool
is_used(const CrateView *view, CrateTerm term)
{
  return crate_graph_with(view->graph, term).count ||
         crate_graph_towards(view->graph, CRATE_RDF_TYPE, term).count;
}

static CrateStatus
look_at_definition(const CrateNativeCall *call, const CrateJson *key)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText name = crate_json_text(key);
  CrateKeyKind kind = CRATE_KEY_UNDEFINED;
  CrateText iri = {NULL, 0};
  if (!name.size || name.data[0] == '@') {
    return CRATE_OK;
  }
  CRATE_TRY(crate_context_key(view->context, name, &kind, &iri));
  const CrateTerm term = iri.size ? crate_terms_find_iri(view->terms, iri) : 0;
  return !term || is_published(iri) || crate_view_entity(view, term) ||
             !is_used(view, term)
           ? CRATE_OK
           : crate_check_report(call, key->offset,
                                "no entity defines \"%.*s\", <%.*s>",
                                CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(iri));
}

static CrateStatus
look_at_context(const CrateNativeCall *call, const CrateJson *context)
{
  for (const CrateJson *key = crate_json_first_key(context); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(look_at_definition(call, key));
  }
  return CRATE_OK;
}

/// A profile that the crate conforms to may define the terms.
static bool
has_profile(const CrateView *view)
{
  for (size_t i = 0; i < view->entity_count; ++i) {
    if (view->entities[i].bits & CRATE_IS_ROOT_PROFILE) {
      return true;
    }
  }
  return false;
}

/// Asked of the document: every ad-hoc term of an inline context that the
/// crate uses is defined by an entity.
CrateStatus
crate_check_terms_defined(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText focus = crate_terms_info(view->terms, call->focus).text;
  if (!crate_text_is(focus, CRATEKIT "document") || has_profile(view)) {
    return CRATE_OK; // a shape with two targets: this part is about one
  }
  const CrateJson *const context =
    crate_json_get(view->document.root, CRATE_TEXT("@context"));
  CRATE_TRY(look_at_context(call, context));
  for (const CrateJson *item = crate_json_first(context); item;
       item = item->next) {
    CRATE_TRY(look_at_context(call, item));
  }
  return CRATE_OK;
}

static bool
is_a(const CrateView *view, CrateTerm node, const char *type)
{
  const CrateTerm class = crate_terms_find_iri(view->terms, crate_text(type));
  return class && crate_graph_find(view->graph, node, CRATE_RDF_TYPE, class);
}

/// Keys are of type rdf:Property, types are of type rdfs:Class. A DefinedTerm
/// may stand beside a vocabulary that is published elsewhere, to lead people to
/// its pages: appendix/jsonld#extending-ro-crate.
CrateStatus
crate_check_term_use(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateEntity *const entity = crate_view_entity(view, call->focus);
  const CrateTerm term = call->focus;
  const bool key = crate_graph_with(view->graph, term).count;
  const bool type =
    crate_graph_towards(view->graph, CRATE_RDF_TYPE, term).count;
  const bool property = is_a(view, term, RDF_PROPERTY);
  const bool class = is_a(view, term, RDFS_CLASS);
  if (!property && !class &&
      is_published(crate_terms_info(view->terms, term).text)) {
    return CRATE_OK;
  }
  const char *const flaw =
    key && !property ? "it is used as a key, but is no rdf:Property"
    : type && !class ? "it is used as a type, but is no rdfs:Class"
                     : NULL;
  return entity && flaw
           ? crate_check_report(call, entity->id_offset, "%s", flaw)
           : CRATE_OK;
}

/// Each value, a termCode, is a key that the @context maps to the focus node.
CrateStatus
crate_check_term_code(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText iri = crate_terms_info(view->terms, call->focus).text;
  for (size_t i = 0; i < call->value_count; ++i) {
    CrateKeyKind kind = CRATE_KEY_UNDEFINED;
    CrateText mapped = {NULL, 0};
    const CrateText code = crate_terms_info(view->terms, call->values[i]).text;
    CRATE_TRY(crate_context_key(view->context, code, &kind, &mapped));
    if (!crate_text_equal(mapped, iri)) {
      CRATE_TRY(call->report(
        call, call->values[i], CRATE_NO_ORIGIN,
        mapped.size ? CRATE_TEXT("the @context maps it to another URI")
                    : CRATE_TEXT("the @context does not map it")));
    }
  }
  return CRATE_OK;
}
