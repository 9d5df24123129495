// SPDX-License-Identifier: Apache-2.0
// What the parts of a Croissant document ask of one another.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"

/// Where a node says its types; else where it stands.
static uint32_t
type_place(const CrateView *view, CrateTerm node, uint32_t otherwise)
{
  const CrateEntity *const entity = crate_view_entity(view, node);
  const CrateJson *const type =
    entity ? crate_json_get(entity->json, CRATE_TEXT("@type")) : NULL;
  return type ? type->offset : otherwise;
}

/// Asked of the dataset: what it distributes are files and sets of them.
CrateStatus
crate_check_distribution_kind(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateQuadRange range =
    crate_check_values_of(view, call->focus, SCHEMA "distribution");
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTerm node = range.first[i].object;
    const uint32_t origin = crate_check_origin(view, &range.first[i]);
    if (!crate_check_is_a(view, node, CRATE_TEXT("FileObject")) &&
        !crate_check_is_a(view, node, CRATE_TEXT("FileSet"))) {
      CRATE_TRY(
        crate_check_report(call, type_place(view, node, origin),
                           crate_graph_about(view->graph, node, 0).count
                             ? "\"%.*s\" is none"
                             : "nothing is called \"%.*s\"",
                           CRATE_TEXT_ARG(crate_check_shown(view, node))));
    }
  }
  return CRATE_OK;
}

/// Asked of a record set: no two fields have one name.
CrateStatus
crate_check_names_differ(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateQuadRange fields =
    crate_check_values_of(view, call->focus, CROISSANT "field");
  const CrateTerm name = crate_check_term(view, SCHEMA "name");
  CrateMap seen;
  CrateStatus st = CRATE_OK;
  crate_map_init(&seen, view->world);
  for (size_t i = 0; i < fields.count && !st; ++i) {
    const CrateTerm field = fields.first[i].object;
    const CrateQuadRange names = crate_graph_values(view->graph, field, name);
    const CrateText text =
      names.count ? crate_terms_info(view->terms, names.first->object).text
                  : (CrateText){NULL, 0};
    if (!text.size) {
      continue;
    }
    st = crate_map_get(&seen, text, NULL)
           ? crate_check_report(
               call,
               crate_check_member(view, field,
                                  crate_check_origin(view, names.first)),
               "\"%.*s\" is that of another one", CRATE_TEXT_ARG(text))
           : crate_map_put(&seen, text, 1);
  }
  crate_map_clear(&seen);
  return st;
}

/// Formats of bounding boxes that Keras has.
static bool
is_box_format(CrateText text)
{
  static const char *const formats[] = {
    "XYXY",        "REL_XYXY", "XYWH",     "REL_XYWH",
    "CENTER_XYWH", "YXYX",     "REL_YXYX", "REL_CENTER_XYWH",
  };
  for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); ++i) {
    if (crate_text_equal_fold(text, crate_text(formats[i]))) {
      return true;
    }
  }
  return false;
}

static bool
is_box(const CrateView *view, CrateTerm field)
{
  const CrateTerm type = crate_check_term(view, CROISSANT "dataType");
  const CrateTerm box = crate_check_term(view, CROISSANT "BoundingBox");
  return type && box && crate_graph_find(view->graph, field, type, box);
}

/// Asked of the formats of a source: of a field of boxes they are Keras's.
CrateStatus
crate_check_box_format(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateQuadList fields =
    crate_check_subjects_of(view, CROISSANT "source", call->focus);
  bool boxes = false;
  for (size_t i = 0; i < fields.count; ++i) {
    boxes = boxes || is_box(view, crate_quad_list_at(fields, i)->subject);
  }
  for (size_t i = 0; i < call->value_count && boxes; ++i) {
    const CrateTermInfo info = crate_terms_info(view->terms, call->values[i]);
    if (info.kind == CRATE_TERM_LITERAL && !is_box_format(info.text)) {
      CRATE_TRY(crate_check_report_value(
        call, call->values[i], "\"%.*s\" is none", CRATE_TEXT_ARG(info.text)));
    }
  }
  return CRATE_OK;
}

/// Asked of an arrayShape: its field is an array.
CrateStatus
crate_check_on_array(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateTerm is_array =
    crate_check_value_of(view, call->focus, CROISSANT "isArray");
  return !call->value_count ||
             crate_text_is(crate_terms_info(view->terms, is_array).text, "true")
           ? CRATE_OK
           : crate_check_report_value(call, call->values[0],
                                      is_array ? "isArray is not true"
                                               : "isArray is missing");
}

/// What a property is called, whichever vocabulary the context put it in.
static CrateText
name_of_property(CrateText iri)
{
  static const char *const spaces[] = {CROISSANT, SCHEMA};
  for (size_t i = 0; i < 2; ++i) {
    const CrateText space = crate_text(spaces[i]);
    if (crate_text_starts(iri, space)) {
      return crate_text_slice(iri, space.size, iri.size);
    }
  }
  return (CrateText){NULL, 0};
}

static bool
is_word_of(CrateText words, CrateText word)
{
  while (words.size) {
    if (crate_text_equal(crate_text_next_word(&words), word)) {
      return true;
    }
  }
  return false;
}

/// Asked of a transform: it has one of the properties that are the parameter.
CrateStatus
crate_check_transform_known(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateQuadRange range = crate_graph_about(view->graph, call->focus, 0);
  const CrateText known = crate_check_parameter(call);
  const CrateQuad *other = NULL;
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText iri =
      crate_terms_info(view->terms, range.first[i].predicate).text;
    if (is_word_of(known, name_of_property(iri))) {
      return CRATE_OK;
    }
    other =
      range.first[i].predicate != CRATE_RDF_TYPE ? &range.first[i] : other;
  }
  return other ? crate_check_report(
                   call, crate_check_origin(view, other), "it has %.*s",
                   CRATE_TEXT_ARG(name_of_property(
                     crate_terms_info(view->terms, other->predicate).text)))
               : crate_check_report(call, CRATE_NO_ORIGIN, "it has none");
}

/// Asked of a node: it has exactly one of the properties of Croissant that are
/// the parameter.
CrateStatus
crate_check_exactly_one(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateQuadRange range = crate_graph_about(view->graph, call->focus, 0);
  const CrateText wanted = crate_check_parameter(call);
  CrateTerm last = CRATE_NO_TERM;
  CrateText two[2] = {{NULL, 0}, {NULL, 0}};
  size_t count = 0;
  for (size_t i = 0; i < range.count; ++i) { // sorted by predicate
    const CrateTerm property = range.first[i].predicate;
    const CrateText iri = crate_terms_info(view->terms, property).text;
    const CrateText name =
      crate_text_slice(iri, sizeof(CROISSANT) - 1u, iri.size);
    if (property != last && crate_text_starts(iri, CRATE_TEXT(CROISSANT)) &&
        is_word_of(wanted, name)) {
      two[count++ > 0] = name;
    }
    last = property;
  }
  return count == 1 ? CRATE_OK
         : !count
           ? crate_check_report(call, CRATE_NO_ORIGIN, "it has none")
           : crate_check_report(call, CRATE_NO_ORIGIN, "it has %.*s and %.*s",
                                CRATE_TEXT_ARG(two[0]), CRATE_TEXT_ARG(two[1]));
}

/// Asked once, for the document: who uses RAI says so.
CrateStatus
crate_check_rai_declared(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText wanted = CRATE_TEXT(CROISSANT "RAI/1.0");
  const CrateTerm dataset = view->dataset ? view->dataset->term : 0;
  const CrateQuadRange range =
    crate_check_values_of(view, dataset, DCTERMS "conformsTo");
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText text =
      crate_terms_info(view->terms, range.first[i].object).text;
    if (crate_text_equal(text, wanted)) {
      return CRATE_OK;
    }
  }
  const uint32_t place =
    range.count
      ? crate_check_member(view, dataset, crate_check_origin(view, range.first))
    : view->dataset ? view->dataset->id_offset
                    : CRATE_NO_ORIGIN;
  return crate_check_report(call, place, "it does not");
}
