// SPDX-License-Identifier: Apache-2.0
// The same metric on training and on test data: a model that does much better
// on what it has seen has learnt that by heart.
#include "validate/checks/checks.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#define FAIR4ML "https://w3id.org/fair4ml#"
#define SCHEMA_ORG "http://schema.org/"

/// Longest name of a metric that is looked at.
enum { LONGEST_NAME = 64 };

typedef enum { SPLIT_TEST, SPLIT_TRAIN } Split;

/// A value of a metric that some evaluation of a model gives.
typedef struct {
  char name[LONGEST_NAME]; // without the split, lower case
  Split split;
  double value;
  CrateTerm model;
  uint32_t origin; // of the statement that gives the value
} Metric;

typedef struct {
  const CrateNativeCall *call;
  const CrateView *view;
  double most; // of the gap, relative to the value on training data
  CrateTerm evaluated, has, results, metrics, name, value;
  Metric *items;
  size_t count, capacity;
} Gap;

/// Words before or behind a metric's name that tell the data it is of.
static const struct {
  const char *word;
  Split split;
} splits[] = {
  {"training", SPLIT_TRAIN},  {"train", SPLIT_TRAIN},
  {"validation", SPLIT_TEST}, {"testing", SPLIT_TEST},
  {"holdout", SPLIT_TEST},    {"test", SPLIT_TEST},
  {"eval", SPLIT_TEST},       {"val", SPLIT_TEST},
};

/// Take "train_" off a name, or " (test)"; what has neither is of test data.
static Split
split_off(CrateText name, char *out)
{
  size_t size = 0;
  for (size_t i = 0; i < name.size && size + 1u < LONGEST_NAME; ++i) {
    const char byte = name.data[i];
    if (isalnum((unsigned char)byte)) {
      out[size++] = (char)tolower((unsigned char)byte);
    }
  }
  out[size] = '\0';
  for (size_t i = 0; i < sizeof(splits) / sizeof(*splits); ++i) {
    const size_t length = strlen(splits[i].word);
    if (size > length && !strncmp(out, splits[i].word, length)) {
      memmove(out, out + length, size - length + 1u);
      return splits[i].split;
    }
    if (size > length && !strcmp(out + size - length, splits[i].word)) {
      out[size - length] = '\0';
      return splits[i].split;
    }
  }
  return SPLIT_TEST;
}

static CrateTerm
find(const Gap *gap, const char *iri)
{
  return crate_terms_find_iri(gap->view->terms, crate_text(iri));
}

static CrateTerm
object(const Gap *gap, CrateTerm subject, CrateTerm predicate)
{
  return predicate ? crate_graph_object(gap->call->data, subject, predicate)
                   : CRATE_NO_TERM;
}

/// A PropertyValue that is a number; others are none of ours.
static CrateStatus
add_metric(Gap *gap, CrateTerm model, const CrateQuad *quad)
{
  const CrateText name =
    crate_terms_info(gap->view->terms, object(gap, quad->object, gap->name))
      .text;
  const CrateText value =
    crate_terms_info(gap->view->terms, object(gap, quad->object, gap->value))
      .text;
  char text[64];
  char *end = NULL;
  if (!name.size || !value.size || value.size >= sizeof(text)) {
    return CRATE_OK;
  }
  memcpy(text, value.data, value.size);
  text[value.size] = '\0';
  Metric metric = {.model = model,
                   .value = strtod(text, &end),
                   .origin = crate_graph_origin(gap->call->data, quad)};
  if (*end || !isfinite(metric.value)) {
    return CRATE_OK;
  }
  metric.split = split_off(name, metric.name);
  CRATE_TRY(crate_world_reserve(gap->view->world, &gap->items, &gap->capacity,
                                gap->count + 1u, sizeof(Metric)));
  gap->items[gap->count++] = metric;
  return CRATE_OK;
}

static CrateStatus
add_evaluation(Gap *gap, CrateTerm evaluation, CrateTerm model)
{
  const CrateTerm predicates[] = {gap->results, gap->metrics};
  for (size_t p = 0; p < 2; ++p) {
    const CrateQuadRange range =
      predicates[p]
        ? crate_graph_about(gap->call->data, evaluation, predicates[p])
        : (CrateQuadRange){NULL, 0};
    for (size_t i = 0; i < range.count; ++i) {
      CRATE_TRY(add_metric(gap, model, &range.first[i]));
    }
  }
  return CRATE_OK;
}

/// Evaluations by either end of the link to their model.
static CrateStatus
add_all(Gap *gap)
{
  const CrateGraph *const graph = gap->call->data;
  const CrateQuadList of = gap->evaluated
                             ? crate_graph_with(graph, gap->evaluated)
                             : (CrateQuadList){0};
  const CrateQuadList has =
    gap->has ? crate_graph_with(graph, gap->has) : (CrateQuadList){0};
  for (size_t i = 0; i < of.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(of, i);
    CRATE_TRY(add_evaluation(gap, quad->subject, quad->object));
  }
  for (size_t i = 0; i < has.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(has, i);
    if (!object(gap, quad->object, gap->evaluated)) {
      CRATE_TRY(add_evaluation(gap, quad->object, quad->subject));
    }
  }
  return CRATE_OK;
}

/// By model and name, training first.
static int
compare(const void *a, const void *b)
{
  const Metric *const x = (const Metric *)a;
  const Metric *const y = (const Metric *)b;
  const int names = strcmp(x->name, y->name);
  return x->model != y->model     ? (x->model < y->model ? -1 : 1)
         : names                  ? names
         : x->split != y->split   ? (x->split > y->split ? -1 : 1)
         : x->origin == y->origin ? 0
         : x->origin < y->origin  ? -1
                                  : 1;
}

/// Whether less is better, as of errors and losses.
static bool
is_error(const char *name)
{
  return strstr(name, "loss") || strstr(name, "error") || strstr(name, "mse") ||
         strstr(name, "mae") || strstr(name, "perplexity");
}

static CrateStatus
weigh(const Gap *gap, const Metric *train, const Metric *test)
{
  const double scale = fmax(fabs(train->value), fabs(test->value));
  const double gain = is_error(train->name) ? test->value - train->value
                                            : train->value - test->value;
  return scale > 0 && gain / scale > gap->most
           ? crate_check_report(gap->call, test->origin,
                                "%s is %g on training data and %g on others",
                                train->name, train->value, test->value)
           : CRATE_OK;
}

static CrateStatus
weigh_all(Gap *gap)
{
  const Metric *train = NULL;
  if (gap->count) {
    qsort(gap->items, gap->count, sizeof(Metric), compare);
  }
  for (size_t i = 0; i < gap->count; ++i) {
    const Metric *const metric = &gap->items[i];
    if (metric->split == SPLIT_TRAIN) {
      train = metric;
    } else if (train && train->model == metric->model &&
               !strcmp(train->name, metric->name)) {
      CRATE_TRY(weigh(gap, train, metric));
    }
  }
  return CRATE_OK;
}

/// Asked once, for the document; the parameter is the gap that is still fine.
CrateStatus
crate_check_metric_gap(const CrateNativeCall *call)
{
  Gap gap = {.call = call, .view = crate_check_view(call)};
  const CrateText most = crate_check_parameter(call);
  gap.most = most.size ? strtod(most.data, NULL) : 0.1;
  gap.evaluated = find(&gap, FAIR4ML "evaluatedMLModel");
  gap.has = find(&gap, FAIR4ML "hasEvaluation");
  gap.results = find(&gap, FAIR4ML "evaluationResults");
  gap.metrics = find(&gap, FAIR4ML "evaluationMetrics");
  gap.name = find(&gap, SCHEMA_ORG "name");
  gap.value = find(&gap, SCHEMA_ORG "value");
  CrateStatus st = add_all(&gap);
  st = st ? st : weigh_all(&gap);
  crate_world_release(gap.view->world, gap.items);
  return st;
}
