// SPDX-License-Identifier: Apache-2.0
// Properties of schema.org on what they are for: metadata#common-principles-
// for-ro-crate-entities. The shapes graph says it, word by word: domain:usedOn
// of a property names types, domain:kinds of a type itself and what it inherits
// from.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

/// Answers kept: crates have few types, with few properties each.
#define KEPT 512u

typedef struct {
  CrateTerm type, property;
  bool fits;
} Answer;

typedef struct {
  const CrateView *view;
  const CrateGraph *shapes;
  CrateTerm used_on, kinds; // predicates of the shapes graph
  Answer kept[KEPT];
} Domains;

static CrateText
words_of(const Domains *domains, CrateTerm subject, CrateTerm predicate)
{
  const CrateTerm words =
    crate_graph_object(domains->shapes, subject, predicate);
  return words ? crate_terms_info(domains->view->terms, words).text
               : (CrateText){NULL, 0};
}

static bool
share_word(CrateText a, CrateText b)
{
  while (a.size) {
    const CrateText word = crate_text_next_word(&a);
    CrateText rest = b;
    while (rest.size) {
      if (crate_text_equal(crate_text_next_word(&rest), word)) {
        return true;
      }
    }
  }
  return false;
}

/// What the table does not know fits.
static bool
look_up(const Domains *domains, CrateTerm type, CrateTerm property)
{
  const CrateText types = words_of(domains, property, domains->used_on);
  const CrateText kinds = words_of(domains, type, domains->kinds);
  return !types.size || !kinds.size || share_word(kinds, types);
}

static bool
fits(Domains *domains, CrateTerm type, CrateTerm property)
{
  Answer *const answer = &domains->kept[(type * 31u + property) % KEPT];
  if (answer->type != type || answer->property != property) {
    *answer = (Answer){type, property, look_up(domains, type, property)};
  }
  return answer->fits;
}

static bool
fits_any(Domains *domains, CrateQuadRange types, CrateTerm property)
{
  for (size_t i = 0; i < types.count; ++i) {
    const CrateText type =
      crate_terms_info(domains->view->terms, types.first[i].object).text;
    if (!crate_text_starts(type, CRATE_TEXT(CRATEKIT)) &&
        fits(domains, types.first[i].object, property)) {
      return true;
    }
  }
  return false;
}

/// Whether all types are schema.org's: others may have properties that only
/// they know of.
static bool
is_plain(const CrateView *view, CrateQuadRange types)
{
  size_t known = 0;
  for (size_t i = 0; i < types.count; ++i) {
    const CrateText type =
      crate_terms_info(view->terms, types.first[i].object).text;
    const bool own = crate_text_starts(type, CRATE_TEXT(CRATEKIT));
    if (!own && !crate_text_starts(type, CRATE_TEXT(SCHEMA))) {
      return false;
    }
    known += !own;
  }
  return known > 0;
}

static CrateStatus
look_at_entity(const CrateNativeCall *call,
               Domains *domains,
               const CrateEntity *entity)
{
  const CrateView *const view = domains->view;
  const CrateQuadRange types =
    crate_graph_about(view->graph, entity->term, CRATE_RDF_TYPE);
  const CrateQuadRange range =
    crate_graph_about(view->graph, entity->term, CRATE_NO_TERM);
  CrateTerm last = CRATE_NO_TERM;
  if (!is_plain(view, types)) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTerm property = range.first[i].predicate;
    if (property == last || fits_any(domains, types, property)) {
      continue;
    }
    last = property;
    const CrateText iri = crate_terms_info(view->terms, property).text;
    const CrateText words = words_of(domains, property, domains->used_on);
    CRATE_TRY(crate_check_report(
      call, crate_graph_origin(view->graph, &range.first[i]),
      "\"%.*s\" is for %.*s",
      CRATE_TEXT_ARG(crate_text_slice(iri, sizeof(SCHEMA) - 1u, iri.size)),
      CRATE_TEXT_ARG(words)));
  }
  return CRATE_OK;
}

CrateStatus
crate_check_domains(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  Domains domains = {
    .view = view,
    .shapes = crate_shapes_graph(call->shapes),
    .used_on =
      crate_terms_find_iri(view->terms, CRATE_TEXT(CRATEKIT "domain:usedOn")),
    .kinds =
      crate_terms_find_iri(view->terms, CRATE_TEXT(CRATEKIT "domain:kinds")),
  };
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (entity->term && crate_view_entity(view, entity->term) == entity) {
      CRATE_TRY(look_at_entity(call, &domains, entity));
    }
  }
  return CRATE_OK;
}
