// SPDX-License-Identifier: Apache-2.0
// References are objects, and some of them must lead somewhere.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"
#include <stdio.h>

/// Nodes of the shapes graph whose ck:property names properties.
#define REFERENCES CRATEKIT "references"
#define STRUCTURE CRATEKIT "structure"

/// Whether a value is written as a string; a context may make an IRI of it.
static bool
is_string(const CrateView *view, const CrateQuad *quad)
{
  const uint32_t origin = crate_graph_origin(view->graph, quad);
  return origin < view->document.bytes.size &&
         view->document.bytes.data[origin] == '"';
}

/// Statements with one property whose value is a string: a flaw when the
/// string is an @id, or, for a structural property, always.
static CrateStatus
look_at_property(const CrateNativeCall *call, CrateTerm property, bool always)
{
  const CrateChecks *const checks = (const CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const CrateQuadList list = crate_graph_with(view->graph, property);
  const CrateTerm about = // of the descriptor: said by desc-about
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA "about"));
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    const CrateTermInfo info = crate_terms_info(view->terms, quad->object);
    const CrateEntity *const subject = crate_view_entity(view, quad->subject);
    const bool descriptor = subject && (subject->bits & CRATE_IS_DESCRIPTOR);
    const bool coerced = info.kind != CRATE_TERM_LITERAL;
    const CrateText id =
      coerced ? crate_view_name(view, quad->object) : info.text;
    if ((coerced && !is_string(view, quad)) ||
        (!coerced && descriptor && quad->predicate == about) ||
        (!always && !crate_map_get(&checks->ids, id, NULL))) {
      continue;
    }
    CRATE_TRY(
      crate_check_report(call, crate_graph_origin(view->graph, quad),
                         "write {\"@id\": \"%.*s\"} for the string \"%.*s\"",
                         CRATE_TEXT_ARG(id), CRATE_TEXT_ARG(id)));
  }
  return CRATE_OK;
}

static CrateStatus
look_at_properties(const CrateNativeCall *call, const char *node, bool always)
{
  const CrateGraph *const shapes = crate_shapes_graph(call->shapes);
  const CrateTerms *const terms = crate_graph_terms(shapes);
  const CrateTerm list = crate_terms_find_iri(terms, crate_text(node));
  const CrateTerm property =
    crate_terms_find_iri(terms, CRATE_TEXT(CRATEKIT "property"));
  const CrateQuadRange range = list && property
                                 ? crate_graph_about(shapes, list, property)
                                 : (CrateQuadRange){NULL, 0};
  for (size_t i = 0; i < range.count; ++i) {
    CRATE_TRY(look_at_property(call, range.first[i].object, always));
  }
  return CRATE_OK;
}

CrateStatus
crate_check_object_form(const CrateNativeCall *call)
{
  CRATE_TRY(look_at_properties(call, REFERENCES, false));
  return look_at_properties(call, STRUCTURE, true);
}

/// Each value of the path is an entity of @graph. Literals are none of our
/// business.
/// A value of a property that no entity describes.
static CrateStatus
report_undescribed(const CrateNativeCall *call, CrateTerm value)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateText near =
    crate_check_near_id(checks, crate_view_name(checks->view, value));
  char detail[256];
  snprintf(detail, sizeof(detail),
           near.size ? "it is not described in @graph; did you mean \"%.*s\"?"
                     : "it is not described in @graph",
           CRATE_TEXT_ARG(near));
  CrateText text = crate_text(detail);
  text.size = crate_text_utf8_span(text); // a cut may split a character
  return call->report(call, value, CRATE_NO_ORIGIN, text);
}

CrateStatus
crate_check_described(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTerm value = call->values[i];
    if (crate_terms_kind(view->terms, value) != CRATE_TERM_LITERAL &&
        !crate_view_entity(view, value)) {
      CRATE_TRY(report_undescribed(call, value));
    }
  }
  return CRATE_OK;
}
