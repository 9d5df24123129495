// SPDX-License-Identifier: Apache-2.0
// Questions that the checks of Croissant ask of a document.
#include "validate/checks/croissant.h"
#include "crate/vocabulary.h"

CrateStatus
crate_check_report_value(const CrateNativeCall *call,
                         CrateTerm value,
                         const char *format,
                         ...)
{
  va_list arguments;
  va_start(arguments, format);
  const CrateStatus st =
    crate_check_say(call, value, CRATE_NO_ORIGIN, format, arguments);
  va_end(arguments);
  return st;
}

CrateText
crate_check_shown(const CrateView *view, CrateTerm value)
{
  enum { LONGEST = 120 };
  CrateText text = crate_view_name(view, value);
  if (!text.size) { // an object without an @id may have a name
    const CrateTerm name = crate_check_value_of(view, value, SCHEMA "name");
    text = name ? crate_terms_info(view->terms, name).text : text;
  }
  if (text.size > LONGEST) {
    text = crate_text_slice(text, 0, LONGEST);
    text.size = crate_text_utf8_span(text);
  }
  return text;
}

const CrateJson *
crate_check_member_key(const CrateView *view, CrateTerm node, uint32_t origin)
{
  const CrateEntity *const entity = crate_view_entity(view, node);
  const CrateJson *found = NULL;
  for (const CrateJson *key =
         crate_json_first_key(entity ? entity->json : NULL);
       key; key = crate_json_next_key(key)) {
    if (key->offset > origin) {
      break;
    }
    found = key;
  }
  return entity && origin < entity->end ? found : NULL;
}

uint32_t
crate_check_member(const CrateView *view, CrateTerm node, uint32_t origin)
{
  const CrateJson *const key = crate_check_member_key(view, node, origin);
  return key ? key->next->offset : origin;
}

CrateTerm
crate_check_term(const CrateView *view, const char *iri)
{
  return crate_terms_find_iri(view->terms, crate_text(iri));
}

bool
crate_check_is_a(const CrateView *view, CrateTerm node, CrateText kind)
{
  const CrateText space = CRATE_TEXT(CRATEKIT);
  const CrateQuadRange types =
    crate_graph_about(view->graph, node, CRATE_RDF_TYPE);
  for (size_t i = 0; i < types.count; ++i) {
    const CrateText iri =
      crate_terms_info(view->terms, types.first[i].object).text;
    if (crate_text_starts(iri, space) &&
        crate_text_equal(crate_text_slice(iri, space.size, iri.size), kind)) {
      return true;
    }
  }
  return false;
}

CrateQuadRange
crate_check_values_of(const CrateView *view,
                      CrateTerm node,
                      const char *property)
{
  return crate_graph_values(view->graph, node,
                            crate_check_term(view, property));
}

CrateTerm
crate_check_value_of(const CrateView *view,
                     CrateTerm node,
                     const char *property)
{
  const CrateQuadRange range = crate_check_values_of(view, node, property);
  return range.count ? range.first->object : CRATE_NO_TERM;
}

CrateQuadList
crate_check_subjects_of(const CrateView *view,
                        const char *property,
                        CrateTerm value)
{
  const CrateTerm predicate = crate_check_term(view, property);
  return predicate ? crate_graph_towards(view->graph, predicate, value)
                   : (CrateQuadList){NULL, NULL, 0};
}

CrateQuadList
crate_check_nodes_of(const CrateView *view, const char *class_iri)
{
  const CrateTerm class = crate_check_term(view, class_iri);
  return class ? crate_graph_towards(view->graph, CRATE_RDF_TYPE, class)
               : (CrateQuadList){NULL, NULL, 0};
}

bool
crate_check_has_many(const CrateView *view, CrateTerm field)
{
  static const char *const properties[] = {CROISSANT "isArray",
                                           CROISSANT "repeated"};
  for (size_t i = 0; i < 2; ++i) {
    const CrateTerm value = crate_check_value_of(view, field, properties[i]);
    if (crate_text_is(crate_terms_info(view->terms, value).text, "true")) {
      return true;
    }
  }
  return false;
}
