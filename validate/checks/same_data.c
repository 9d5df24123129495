// SPDX-License-Identifier: Apache-2.0
// Whether a model was tested on the data set that it was trained on. One whose
// records are split for the purpose, as Croissant says it, may serve for both:
// then nobody can tell which split was which.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"

#define FAIR4ML "https://w3id.org/fair4ml#"

static bool
holds(CrateText text, CrateText word)
{
  while (text.size >= word.size) {
    if (crate_text_starts(text, word)) {
      return true;
    }
    text = crate_text_slice(text, 1, text.size);
  }
  return false;
}

/// Whether the inline records of a set of splits name both kinds.
static bool
has_both(const CrateView *view, CrateTerm set)
{
  const CrateTerm data = crate_check_value_of(view, set, CROISSANT "data");
  const CrateText text =
    data ? crate_terms_info(view->terms, data).text : (CrateText){NULL, 0};
  return holds(text, CRATE_TEXT("TrainingSplit")) &&
         (holds(text, CRATE_TEXT("TestSplit")) ||
          holds(text, CRATE_TEXT("ValidationSplit")));
}

static bool
is_split(const CrateView *view, CrateTerm dataset)
{
  const CrateTerm type = crate_check_term(view, CROISSANT "dataType");
  const CrateTerm split = crate_check_term(view, CROISSANT "Split");
  const CrateQuadRange sets =
    crate_check_values_of(view, dataset, CROISSANT "recordSet");
  bool found = false;
  for (size_t i = 0; i < sets.count && type && split && !found; ++i) {
    const CrateTerm set = sets.first[i].object;
    found =
      crate_graph_find(view->graph, set, type, split) && has_both(view, set);
  }
  return found;
}

static bool
is_in(CrateQuadRange range, CrateTerm value)
{
  for (size_t i = 0; i < range.count; ++i) {
    if (range.first[i].object == value) {
      return true;
    }
  }
  return false;
}

/// Whether an evaluation of the model, by either end of the link, was on it.
static bool
is_evaluated_on(const CrateView *view, CrateTerm model, CrateTerm data)
{
  const char *const on = FAIR4ML "evaluationDataset";
  const CrateQuadRange has =
    crate_check_values_of(view, model, FAIR4ML "hasEvaluation");
  const CrateQuadList of =
    crate_check_subjects_of(view, FAIR4ML "evaluatedMLModel", model);
  bool found = false;
  for (size_t i = 0; i < has.count && !found; ++i) {
    found = is_in(crate_check_values_of(view, has.first[i].object, on), data);
  }
  for (size_t i = 0; i < of.count && !found; ++i) {
    const CrateTerm evaluation = crate_quad_list_at(of, i)->subject;
    found = is_in(crate_check_values_of(view, evaluation, on), data);
  }
  return found;
}

static bool
is_tested_on(const CrateView *view, CrateTerm model, CrateTerm data)
{
  static const char *const properties[] = {
    FAIR4ML "testedOn", FAIR4ML "evaluatedOn", FAIR4ML "validatedOn"};
  for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); ++i) {
    if (is_in(crate_check_values_of(view, model, properties[i]), data)) {
      return true;
    }
  }
  return is_evaluated_on(view, model, data);
}

/// Asked once, for the document. Parameter "whole": data that are not split;
/// "split": those that are.
CrateStatus
crate_check_same_data(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool split = crate_text_is(crate_check_parameter(call), "split");
  const CrateTerm trained = crate_check_term(view, FAIR4ML "trainedOn");
  const CrateQuadList list = trained ? crate_graph_with(view->graph, trained)
                                     : (CrateQuadList){NULL, NULL, 0};
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    if (is_tested_on(view, quad->subject, quad->object) &&
        is_split(view, quad->object) == split) {
      CRATE_TRY(crate_check_report(
        call, crate_check_origin(view, quad), "\"%.*s\"",
        CRATE_TEXT_ARG(crate_check_shown(view, quad->object))));
    }
  }
  return CRATE_OK;
}
