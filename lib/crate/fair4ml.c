// SPDX-License-Identifier: Apache-2.0
// FAIR4ML as a dialect: a document about a model, with no crate around it.
// Within one it is a vocabulary among others.
#include "crate/dialect.h"
#include "crate/vocabulary.h"

#define NAMESPACE "w3id.org/fair4ml"

static bool
is_of_namespace(CrateText text)
{
  return crate_text_starts(text, CRATE_TEXT("https://" NAMESPACE)) ||
         crate_text_starts(text, CRATE_TEXT("http://" NAMESPACE));
}

static bool
is_model(CrateText type)
{
  return crate_text_ends(type, CRATE_TEXT("MLModel"));
}

bool
crate_fair4ml_is_spoken(const CrateView *view)
{
  if (crate_ro_crate_is_spoken(view) ||
      !crate_document_has_text(
        crate_json_get(crate_document_head(view), CRATE_TEXT("@context")), true,
        is_of_namespace)) {
    return false;
  }
  for (const CrateJson *object = crate_document_first(view); object;
       object = crate_document_next(view, object)) {
    if (crate_document_has_text(crate_json_get(object, CRATE_TEXT("@type")),
                                false, is_model)) {
      return true;
    }
  }
  return false;
}

/// The first model of the document, in whatever version's words.
static const CrateEntity *
find_model(const CrateView *view)
{
  static const char *const classes[] = {
    "https://" NAMESPACE "#MLModel",
    "https://" NAMESPACE "/MLModel",
  };
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    for (size_t c = 0; c < 2; ++c) {
      const CrateTerm type =
        crate_terms_find_iri(view->terms, crate_text(classes[c]));
      if (type && entity->term &&
          crate_graph_find(view->graph, entity->term, CRATE_RDF_TYPE, type)) {
        return entity;
      }
    }
  }
  return NULL;
}

CrateStatus
crate_fair4ml_understand(CrateView *view, CrateText root)
{
  (void)root;
  if (view->dialects & ~(uint32_t)CRATE_SPEAKS_FAIR4ML) {
    return CRATE_OK; // the other one knows the root
  }
  CRATE_TRY(crate_croissant_rename(view)); // of schema.org, https to http
  CRATE_TRY(crate_graph_index(view->graph));
  CRATE_TRY(crate_index_entities(view));
  const CrateEntity *const model = find_model(view);
  if (!model) {
    return CRATE_OK;
  }
  CrateQuad quad = {model->term, CRATE_RDF_TYPE, CRATE_NO_TERM, 0};
  CRATE_TRY(
    crate_terms_iri(view->terms, CRATE_TEXT(CRATEKIT "Root"), &quad.object));
  CRATE_TRY(crate_graph_add(view->graph, quad, model->id_offset));
  view->root = model;
  view->state = CRATE_VIEW_ROOTED;
  return crate_graph_index(view->graph);
}

CrateText
crate_fair4ml_version(const CrateView *view)
{
  (void)view;
  return (CrateText){NULL, 0}; // documents do not say
}

const char *
crate_fair4ml_fallback(const CrateView *view)
{
  (void)view;
  return "fair4ml-0.1.0";
}
