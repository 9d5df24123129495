// SPDX-License-Identifier: Apache-2.0
// What a training was set to, against what SACRO's safe models allow. The
// settings are PropertyValues of the model, or of the action that made it, and
// what reports of attacks say of their target.
#include "validate/checks/hyper_parameters.h"
#include <ctype.h>
#include <stdlib.h>

#define FAIR4ML "https://w3id.org/fair4ml#"
#define SCHEMA_ORG "http://schema.org/"

/// Longest name or value that is looked at, without what is no letter or digit.
enum { LONGEST = 96 };

/// A line of the parameter: "random-forest min_samples_leaf >= 5". A name that
/// ends in "?" need not be said; is_kind() tells what a kind may be.
typedef struct {
  CrateText kind, name, op, bound;
  bool optional;
} Limit;

typedef struct {
  const CrateNativeCall *call;
  const CrateView *view;
  CrateTerm model;
  CrateText shown; ///< What the model is called.
} Model;

/// Words may be parted by more than a space, and by lines.
static CrateText
next_word(CrateText *words)
{
  size_t start = 0;
  while (start < words->size && isspace((unsigned char)words->data[start])) {
    ++start;
  }
  size_t end = start;
  while (end < words->size && !isspace((unsigned char)words->data[end])) {
    ++end;
  }
  const CrateText word = crate_text_slice(*words, start, end);
  *words = crate_text_slice(*words, end, words->size);
  return word;
}

/// The last one of all is empty.
static Limit
next_limit(CrateText *words)
{
  Limit limit = {.kind = next_word(words)};
  limit.name = next_word(words);
  limit.op = next_word(words);
  limit.bound = next_word(words);
  limit.optional = crate_text_ends(limit.name, CRATE_TEXT("?"));
  limit.name.size -= limit.optional;
  return limit;
}

/// Letters and digits alone, in lower case.
static size_t
fold(CrateText text, char *out)
{
  size_t size = 0;
  for (size_t i = 0; i < text.size && size + 1u < LONGEST; ++i) {
    if (isalnum((unsigned char)text.data[i])) {
      out[size++] = (char)tolower((unsigned char)text.data[i]);
    }
  }
  out[size] = '\0';
  return size;
}

static bool
is_named(CrateText name, CrateText wanted)
{
  char a[LONGEST];
  char b[LONGEST];
  return fold(name, a) && fold(wanted, b) && !strcmp(a, b);
}

/// Whether words such as "Random Forest (scikit-learn)" name a kind; of
/// "decision-tree!boost" those that do not speak of boosting.
static bool
is_kind(CrateText words, CrateText kind)
{
  char a[LONGEST];
  char b[LONGEST];
  const size_t end = crate_text_find(kind, '!');
  const CrateText other = crate_text_slice(kind, end + 1u, kind.size);
  return fold(words, a) && fold(crate_text_slice(kind, 0, end), b) &&
         strstr(a, b) && !(fold(other, b) && strstr(a, b));
}

/// Truth values count as 1 and 0.
static bool
number_of(CrateText text, double *out)
{
  char room[64];
  char *end = room;
  if (crate_text_equal_fold(text, CRATE_TEXT("true")) ||
      crate_text_equal_fold(text, CRATE_TEXT("false"))) {
    *out = text.size == 4;
    return true;
  }
  if (!text.size || text.size >= sizeof(room)) {
    return false;
  }
  memcpy(room, text.data, text.size);
  room[text.size] = '\0';
  *out = strtod(room, &end);
  return !*end;
}

static bool
is_met(const Limit *limit, double value)
{
  double bound = 0;
  return !number_of(limit->bound, &bound) ||
         (crate_text_is(limit->op, ">=")   ? value >= bound
          : crate_text_is(limit->op, "<=") ? value <= bound
                                           : value == bound);
}

static const char *
words_of(const Limit *limit)
{
  return crate_text_is(limit->op, ">=")   ? "at least "
         : crate_text_is(limit->op, "<=") ? "at most "
                                          : "";
}

static CrateStatus
report_value(const CrateNativeCall *call,
             uint32_t offset,
             const Limit *limit,
             CrateText owner,
             CrateText value)
{
  double number = 0;
  return !number_of(value, &number) || is_met(limit, number)
           ? CRATE_OK
           : crate_check_report(call, offset,
                                "%.*s of \"%.*s\" is %.*s, not %s%.*s",
                                CRATE_TEXT_ARG(limit->name),
                                CRATE_TEXT_ARG(crate_text_slice(owner, 0, 120)),
                                CRATE_TEXT_ARG(value), words_of(limit),
                                CRATE_TEXT_ARG(limit->bound));
}

static CrateText
text_of(const CrateView *view, CrateTerm subject, const char *property)
{
  const CrateTerm predicate =
    crate_terms_find_iri(view->terms, crate_text(property));
  const CrateTerm object =
    predicate ? crate_graph_object(view->graph, subject, predicate)
              : CRATE_NO_TERM;
  return object ? crate_terms_info(view->terms, object).text
                : (CrateText){NULL, 0};
}

/// A setting of the limit's name is held against it.
static CrateStatus
look_at(const Model *model, const Limit *limit, CrateTerm node, bool *said)
{
  const CrateView *const view = model->view;
  const CrateEntity *const entity = crate_view_entity(view, node);
  if (!is_named(text_of(view, node, SCHEMA_ORG "name"), limit->name)) {
    return CRATE_OK;
  }
  *said = true;
  return report_value(model->call, entity ? entity->id_offset : CRATE_NO_ORIGIN,
                      limit, model->shown,
                      text_of(view, node, SCHEMA_ORG "value"));
}

static CrateStatus
look_at_values(const Model *model,
               const Limit *limit,
               CrateTerm node,
               const char *property,
               bool *said)
{
  const CrateGraph *const graph = model->view->graph;
  const CrateTerm predicate =
    crate_terms_find_iri(model->view->terms, crate_text(property));
  const CrateQuadRange range = crate_graph_values(graph, node, predicate);
  for (size_t i = 0; i < range.count; ++i) {
    CRATE_TRY(look_at(model, limit, range.first[i].object, said));
  }
  return CRATE_OK;
}

/// The actions that something is the result of.
static CrateStatus
look_at_runs(const Model *model, const Limit *limit, CrateTerm made, bool *said)
{
  const CrateView *const view = model->view;
  const CrateTerm result =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA_ORG "result"));
  const CrateQuadList runs = result
                               ? crate_graph_towards(view->graph, result, made)
                               : (CrateQuadList){NULL, NULL, 0};
  for (size_t i = 0; i < runs.count; ++i) {
    const CrateTerm run = crate_quad_list_at(runs, i)->subject;
    CRATE_TRY(look_at_values(model, limit, run, SCHEMA_ORG "object", said));
    CRATE_TRY(
      look_at_values(model, limit, run, SCHEMA_ORG "additionalProperty", said));
  }
  return CRATE_OK;
}

static CrateStatus
look_at_parts(const Model *model, const Limit *limit, bool *said)
{
  const CrateView *const view = model->view;
  const CrateTerm part =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA_ORG "hasPart"));
  const CrateQuadRange parts =
    crate_graph_values(view->graph, model->model, part);
  for (size_t i = 0; i < parts.count; ++i) {
    CRATE_TRY(look_at_runs(model, limit, parts.first[i].object, said));
  }
  return CRATE_OK;
}

/// What a model says that it is: its category, as a text or a DefinedTerm, and
/// its name.
static bool
is_of_kind(const Model *model, CrateText kind)
{
  static const char *const properties[] = {FAIR4ML "modelCategory",
                                           SCHEMA_ORG "name"};
  const CrateView *const view = model->view;
  bool found = false;
  for (size_t p = 0; p < 2; ++p) {
    const CrateQuadRange range = crate_graph_values(
      view->graph, model->model,
      crate_terms_find_iri(view->terms, crate_text(properties[p])));
    for (size_t i = 0; i < range.count && !found; ++i) {
      const CrateTerm value = range.first[i].object;
      found = is_kind(crate_terms_info(view->terms, value).text, kind) ||
              is_kind(text_of(view, value, SCHEMA_ORG "name"), kind);
    }
  }
  return found;
}

static CrateStatus
judge_limit(const Model *model, const Limit *limit)
{
  const CrateEntity *const entity =
    crate_view_entity(model->view, model->model);
  bool said = limit->optional;
  if (!is_of_kind(model, limit->kind)) {
    return CRATE_OK;
  }
  CRATE_TRY(look_at_values(model, limit, model->model,
                           SCHEMA_ORG "additionalProperty", &said));
  CRATE_TRY(look_at_runs(model, limit, model->model, &said));
  CRATE_TRY(look_at_parts(model, limit, &said));
  return said ? CRATE_OK
              : crate_check_report(
                  model->call, entity ? entity->id_offset : CRATE_NO_ORIGIN,
                  "\"%.*s\" does not say its %.*s, which should be %s%.*s",
                  CRATE_TEXT_ARG(crate_text_slice(model->shown, 0, 120)),
                  CRATE_TEXT_ARG(limit->name), words_of(limit),
                  CRATE_TEXT_ARG(limit->bound));
}

static CrateStatus
judge_model(const CrateNativeCall *call, CrateTerm term)
{
  const CrateView *const view = crate_check_view(call);
  Model model = {call, view, term, text_of(view, term, SCHEMA_ORG "name")};
  CrateText words = crate_check_parameter(call);
  model.shown = model.shown.size ? model.shown : crate_view_name(view, term);
  for (Limit limit = next_limit(&words); limit.bound.size;
       limit = next_limit(&words)) {
    CRATE_TRY(judge_limit(&model, &limit));
  }
  return CRATE_OK;
}

CrateStatus
crate_hyper_parameters_of_report(const CrateNativeCall *call,
                                 uint32_t offset,
                                 const CrateJson *metadata)
{
  const CrateJson *const target =
    crate_json_get(metadata, CRATE_TEXT("target_model"));
  const CrateJson *const settings =
    crate_json_get(metadata, CRATE_TEXT("target_model_params"));
  CrateText words = crate_check_parameter(call);
  if (!crate_json_is(target, CRATE_JSON_STRING)) {
    return CRATE_OK;
  }
  for (Limit limit = next_limit(&words); limit.bound.size;
       limit = next_limit(&words)) {
    const CrateJson *const value = crate_json_get(settings, limit.name);
    const CrateText text =
      crate_json_is(value, CRATE_JSON_TRUE)     ? CRATE_TEXT("true")
      : crate_json_is(value, CRATE_JSON_FALSE)  ? CRATE_TEXT("false")
      : crate_json_is(value, CRATE_JSON_NUMBER) ? crate_json_text(value)
                                                : (CrateText){NULL, 0};
    if (is_kind(crate_json_text(target), limit.kind) && text.size) {
      CRATE_TRY(
        report_value(call, offset, &limit, crate_json_text(target), text));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_check_hyper_parameters(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateTerm kind =
    crate_terms_find_iri(view->terms, CRATE_TEXT(FAIR4ML "MLModel"));
  const CrateQuadList models =
    kind ? crate_graph_towards(view->graph, CRATE_RDF_TYPE, kind)
         : (CrateQuadList){NULL, NULL, 0};
  for (size_t i = 0; i < models.count; ++i) {
    CRATE_TRY(judge_model(call, crate_quad_list_at(models, i)->subject));
  }
  return crate_disclosure_visit(call, crate_hyper_parameters_of_report);
}
