// SPDX-License-Identifier: Apache-2.0
// Any document against any shapes: --shapes.
#include "crate/document.h"
#include "validate/shapes/engine.h"
#include "validate/validator.h"
#include "validate/verdict.h"
#include "json/locator.h"
#include <cratekit/report.h>

#define SH "http://www.w3.org/ns/shacl#"

typedef struct {
  const CrateWorld *world;
  CrateVerdict *verdict;
  CrateTerms *terms;
  CrateGraph *shapes_graph, *data_graph;
  CrateDocument shapes_document, data_document;
  CrateLocator locator; // of a data document in JSON-LD
  CrateShapes *shapes;
  CrateReport *report; // NULL when none is asked for
} Judge;

static CrateText
text_of(const Judge *judge, CrateTerm term)
{
  return crate_terms_info(judge->terms, term).text;
}

static CrateSeverity
severity_of(const Judge *judge, CrateTerm severity)
{
  const CrateText iri = text_of(judge, severity);
  return crate_text_is(iri, SH "Info")      ? CRATE_SEVERITY_INFO
         : crate_text_is(iri, SH "Warning") ? CRATE_SEVERITY_WARNING
                                            : CRATE_SEVERITY_VIOLATION;
}

/// A document read from JSON-LD knows where each statement stood.
static CrateStatus
locate(Judge *judge, const CrateResult *result, CrateFinding *finding)
{
  const CrateJsonDocument *const json = &judge->data_document.json;
  CrateArena *const arena = &judge->verdict->arena;
  const uint32_t origin =
    result->quad ? crate_graph_origin(judge->data_graph, result->quad)
                 : result->origin;
  if (!json->root || origin == CRATE_NO_ORIGIN) {
    return CRATE_OK;
  }
  if (!judge->locator.lines) {
    CRATE_TRY(crate_locator_init(&judge->locator, judge->world, json));
  }
  const CratePlace place = crate_locator_place(&judge->locator, origin);
  finding->line = place.line;
  finding->column = place.column;
  finding->character = crate_locator_character(&judge->locator, origin);
  CrateBuffer pointer;
  crate_buffer_init(&pointer, judge->world);
  CrateStatus st =
    crate_locator_pointer(&judge->locator, origin, &pointer, NULL);
  if (!st) {
    st =
      crate_arena_copy(arena, crate_buffer_text(&pointer), &finding->pointer);
  }
  crate_buffer_clear(&pointer);
  if (!st) {
    st = crate_arena_copy(arena,
                          crate_locator_excerpt(&judge->locator, origin,
                                                CRATE_LONGEST_EXCERPT,
                                                &finding->excerpt_column),
                          &finding->excerpt);
  }
  return st;
}

static CrateStatus
add_result(void *handle, const CrateResult *result)
{
  Judge *const judge = (Judge *)handle;
  CrateVerdict *const verdict = judge->verdict;
  if (judge->report) {
    CRATE_TRY(crate_report_add(judge->report, result));
  }
  CRATE_TRY(crate_world_reserve(
    judge->world, &verdict->findings, &verdict->finding_capacity,
    verdict->finding_count + 1u, sizeof(CrateFinding)));
  CrateFinding *const finding = &verdict->findings[verdict->finding_count];
  *finding = (CrateFinding){.severity = severity_of(judge, result->severity),
                            .file = verdict->path};
  const CrateTermInfo value = crate_terms_info(judge->terms, result->value);
  const struct {
    CrateText from;
    CrateText *to;
  } copies[] = {
    {text_of(judge, result->shape), &finding->rule},
    {result->message, &finding->message},
    {text_of(judge, result->focus), &finding->focus},
    {text_of(judge, result->predicate), &finding->path},
    {text_of(judge, result->value), &finding->value},
    {text_of(judge, value.datatype), &finding->value_type},
    {value.language, &finding->value_language},
    {text_of(judge, result->shape), &finding->shape},
    {text_of(judge, result->component), &finding->component},
  };
  for (size_t i = 0; i < sizeof(copies) / sizeof(*copies); ++i) {
    CRATE_TRY(crate_arena_copy(&verdict->arena, copies[i].from, copies[i].to));
  }
  finding->about = finding->focus;
  CRATE_TRY(locate(judge, result, finding));
  ++verdict->finding_count;
  return CRATE_OK;
}

static CrateStatus
add_not_checked(void *handle, CrateTerm shape, CrateText reason, bool gave_up)
{
  Judge *const judge = (Judge *)handle;
  (void)gave_up;
  return crate_verdict_not_checked(
    judge->verdict, // SHACL 3.4: whatever the reason, validation has failed
    (CrateNotChecked){.rule = text_of(judge, shape),
                      .reason = reason,
                      .severity = CRATE_SEVERITY_VIOLATION,
                      .gave_up = true});
}

static CrateStatus
read_both(Judge *judge,
          CrateLibrary *library,
          const CrateShapesQuestion *question)
{
  const CrateWorld *const world = judge->world;
  CRATE_TRY(crate_terms_new(world, &judge->terms));
  CRATE_TRY(crate_graph_new(world, judge->terms, &judge->shapes_graph));
  CRATE_TRY(crate_graph_new(world, judge->terms, &judge->data_graph));
  CRATE_TRY(crate_document_read(world, library, question->shapes,
                                question->base, judge->shapes_graph,
                                &judge->shapes_document));
  CRATE_TRY(crate_document_read(world, library, question->data, question->base,
                                judge->data_graph, &judge->data_document));
  CRATE_TRY(crate_graph_index(judge->shapes_graph));
  return crate_graph_index(judge->data_graph);
}

static CrateStatus
name_shapes(Judge *judge, CrateText shapes)
{
  CrateVerdict *const verdict = judge->verdict;
  verdict->profiles =
    (CrateText *)crate_arena_array(&verdict->arena, 1, sizeof(CrateText));
  if (!verdict->profiles) {
    return crate_arena_status(&verdict->arena);
  }
  verdict->profile_count = 1;
  return crate_arena_copy(&verdict->arena, shapes, verdict->profiles);
}

/// Each shape that has a target, as a rule.
static CrateStatus
list_rules(Judge *judge)
{
  const CrateTerm property =
    crate_terms_find_iri(judge->terms, CRATE_TEXT(SH "severity"));
  for (size_t i = 0; i < crate_shapes_count(judge->shapes); ++i) {
    const CrateTerm shape = crate_shapes_at(judge->shapes, i);
    const CrateTerm severity =
      property ? crate_graph_object(judge->shapes_graph, shape, property) : 0;
    const CrateJudgedRule rule = {
      .id = text_of(judge, shape),
      .message = text_of(judge, crate_shapes_message(judge->shapes, shape)),
      .severity = severity_of(judge, severity),
    };
    CRATE_TRY(crate_verdict_rule(judge->verdict, rule));
  }
  return CRATE_OK;
}

static CrateStatus
run(Judge *judge, const CrateShapesQuestion *question, CrateBuffer *report)
{
  const CrateResultSink sink = {add_result, add_not_checked, judge};
  CRATE_TRY(crate_shapes_new(judge->world, judge->shapes_graph, NULL, 0,
                             &judge->shapes));
  if (question->list_rules) {
    CRATE_TRY(list_rules(judge));
  }
  if (question->turtle) {
    CRATE_TRY(crate_report_new(judge->shapes, &judge->report));
  }
  CRATE_TRY(crate_shapes_run(judge->shapes, judge->data_graph, NULL, &sink));
  return judge->report ? crate_report_write_turtle(judge->report, report)
                       : CRATE_OK;
}

CrateStatus
crate_validator_judge_shapes(CrateValidator *validator,
                             const CrateShapesQuestion *question,
                             CrateBuffer *report,
                             CrateVerdict *out)
{
  Judge judge = {.world = validator->world, .verdict = out};
  *out = (CrateVerdict){0};
  crate_arena_init(&out->arena, validator->world);
  CrateStatus st = crate_arena_copy(&out->arena, question->data, &out->path);
  if (!st) {
    st = name_shapes(&judge, question->shapes);
  }
  if (!st) {
    st = read_both(&judge, validator->library, question);
  }
  if (!st) {
    st = run(&judge, question, report);
  }
  crate_report_free(judge.report);
  crate_shapes_free(judge.shapes);
  crate_graph_free(judge.shapes_graph);
  crate_graph_free(judge.data_graph);
  crate_locator_clear(&judge.locator);
  crate_document_clear(&judge.shapes_document);
  crate_document_clear(&judge.data_document);
  crate_terms_free(judge.terms);
  crate_verdict_finish(out);
  return st;
}
