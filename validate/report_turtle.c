// SPDX-License-Identifier: Apache-2.0
// The validation report of SHACL 3.6 as a graph, and that as Turtle.
#include "validate/shapes/engine.h"
#include <cratekit/report.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/// Terms of the report; the order is that of NAMES.
typedef enum {
  REPORT,
  RESULT,
  HAS_CONFORMS,
  HAS_RESULT,
  HAS_FOCUS,
  HAS_PATH,
  HAS_VALUE,
  HAS_SHAPE,
  HAS_COMPONENT,
  HAS_SEVERITY,
  HAS_MESSAGE,
  TERM_COUNT,
} ReportTerm;

static const char *const NAMES[TERM_COUNT] = {
  "ValidationReport",
  "ValidationResult",
  "conforms",
  "result",
  "focusNode",
  "resultPath",
  "value",
  "sourceShape",
  "sourceConstraintComponent",
  "resultSeverity",
  "resultMessage",
};

struct CrateReport {
  const CrateShapes *shapes;
  CrateTerms *terms;
  CrateGraph *graph;
  CrateTerm vocabulary[TERM_COUNT];
  CrateTerm node;
  bool any;    // there is a result
  bool closed; // sh:conforms has been said
};

static CrateStatus
state(CrateReport *report, CrateTerm s, CrateTerm p, CrateTerm o)
{
  return crate_graph_add(report->graph, (CrateQuad){s, p, o, 0},
                         CRATE_NO_ORIGIN);
}

static CrateStatus
blank(CrateReport *report, CrateTerm *out)
{
  return crate_terms_blank(report->terms, (CrateText){NULL, 0}, out);
}

static CrateStatus
prepare(CrateReport *report)
{
  const CrateWorld *const world = report->shapes->world;
  CrateStatus status = CRATE_OK;
  CrateBuffer iri;
  crate_buffer_init(&iri, world);
  for (size_t i = 0; i < TERM_COUNT && !status; ++i) {
    iri.size = 0;
    crate_buffer_add_string(&iri, CRATE_SHACL_NAMESPACE);
    crate_buffer_add_string(&iri, NAMES[i]);
    status = crate_buffer_status(&iri);
    if (!status) {
      status = crate_terms_iri(report->terms, crate_buffer_text(&iri),
                               &report->vocabulary[i]);
    }
  }
  crate_buffer_clear(&iri);
  CRATE_TRY(status);
  CRATE_TRY(crate_graph_new(world, report->terms, &report->graph));
  CRATE_TRY(blank(report, &report->node));
  return state(report, report->node, CRATE_RDF_TYPE,
               report->vocabulary[REPORT]);
}

CrateStatus
crate_report_new(const CrateShapes *shapes, CrateReport **out)
{
  CrateReport *const report =
    crate_world_allocate(shapes->world, sizeof(*report));
  *out = NULL;
  if (!report) {
    return CRATE_NO_MEMORY;
  }
  *report = (CrateReport){.shapes = shapes, .terms = shapes->terms};
  const CrateStatus status = prepare(report);
  if (status) {
    crate_report_free(report);
    return status;
  }
  *out = report;
  return CRATE_OK;
}

void
crate_report_free(CrateReport *report)
{
  if (report) {
    crate_graph_free(report->graph);
    crate_world_release(report->shapes->world, report);
  }
}

static CrateStatus copy_path(CrateReport *report,
                             CrateTerm path,
                             CrateTerm *out);

static CrateStatus
copy_list(CrateReport *report, CrateTerm head, CrateTerm *out)
{
  const CrateGraph *const graph = report->shapes->graph;
  CrateTerm node = 0;
  *out = CRATE_RDF_NIL;
  while (head && head != CRATE_RDF_NIL) {
    CrateTerm member = 0;
    CrateTerm next = 0;
    CRATE_TRY(blank(report, &next));
    if (node) {
      CRATE_TRY(state(report, node, CRATE_RDF_REST, next));
    } else {
      *out = next;
    }
    CRATE_TRY(copy_path(
      report, crate_graph_object(graph, head, CRATE_RDF_FIRST), &member));
    CRATE_TRY(state(report, next, CRATE_RDF_FIRST, member));
    node = next;
    head = crate_graph_object(graph, head, CRATE_RDF_REST);
  }
  return node ? state(report, node, CRATE_RDF_REST, CRATE_RDF_NIL) : CRATE_OK;
}

/// 3.6.2.2: a path of its own, equivalent to the shape's. It was compiled, so
/// it has no cycle and no more depth than was allowed.
static CrateStatus
copy_path(CrateReport *report, CrateTerm path, CrateTerm *out)
{
  const CrateGraph *const graph = report->shapes->graph;
  *out = path;
  if (crate_terms_kind(report->terms, path) != CRATE_TERM_BLANK) {
    return CRATE_OK;
  }
  if (crate_graph_about(graph, path, CRATE_RDF_FIRST).count) {
    return copy_list(report, path, out);
  }
  const CrateQuadRange about = crate_graph_about(graph, path, 0);
  if (!about.count) {
    return CRATE_OK;
  }
  CrateTerm inner = 0;
  CRATE_TRY(copy_path(report, about.first->object, &inner));
  CRATE_TRY(blank(report, out));
  return state(report, *out, about.first->predicate, inner);
}

/// The message, in the language of the sh:message that it comes from.
static CrateStatus
add_message(CrateReport *report, CrateTerm node, const CrateResult *result)
{
  const CrateTerm source = crate_shapes_message(report->shapes, result->shape);
  const CrateText language = crate_terms_info(report->terms, source).language;
  CrateTerm message = 0;
  if (!result->message.size) {
    return CRATE_OK;
  }
  CRATE_TRY(
    crate_terms_literal(report->terms, result->message, 0, language, &message));
  return state(report, node, report->vocabulary[HAS_MESSAGE], message);
}

CrateStatus
crate_report_add(void *handle, const CrateResult *result)
{
  CrateReport *const report = handle;
  CrateTerm node = 0;
  CrateTerm path = result->path;
  if (report->closed) {
    return CRATE_BAD_ARGUMENT;
  }
  CRATE_TRY(blank(report, &node));
  CRATE_TRY(copy_path(report, result->path, &path));
  const CrateTerm values[TERM_COUNT] = {
    [HAS_FOCUS] = result->focus,         [HAS_PATH] = path,
    [HAS_VALUE] = result->value,         [HAS_SHAPE] = result->shape,
    [HAS_COMPONENT] = result->component, [HAS_SEVERITY] = result->severity,
  };
  report->any = true;
  CRATE_TRY(state(report, report->node, report->vocabulary[HAS_RESULT], node));
  CRATE_TRY(state(report, node, CRATE_RDF_TYPE, report->vocabulary[RESULT]));
  for (size_t i = 0; i < TERM_COUNT; ++i) {
    if (values[i]) {
      CRATE_TRY(state(report, node, report->vocabulary[i], values[i]));
    }
  }
  return add_message(report, node, result);
}

CrateStatus
crate_report_graph(CrateReport *report, const CrateGraph **out)
{
  CrateTerm conforms = 0;
  *out = NULL;
  if (!report->closed) {
    CRATE_TRY(crate_terms_literal(
      report->terms, crate_text(report->any ? "false" : "true"),
      CRATE_XSD_BOOLEAN, (CrateText){NULL, 0}, &conforms));
    CRATE_TRY(
      state(report, report->node, report->vocabulary[HAS_CONFORMS], conforms));
    report->closed = true;
  }
  CRATE_TRY(crate_graph_index(report->graph));
  *out = report->graph;
  return CRATE_OK;
}

CrateStatus
crate_report_write_turtle(CrateReport *report, CrateBuffer *buffer)
{
  static const CratePrefix PREFIXES[] = {
    {{"rdf", 3}, {RDF, sizeof(RDF) - 1}},
    {{"sh", 2}, {CRATE_SHACL_NAMESPACE, sizeof(CRATE_SHACL_NAMESPACE) - 1}},
    {{"xsd", 3}, {XSD, sizeof(XSD) - 1}},
  };
  const CrateGraph *graph = NULL;
  CRATE_TRY(crate_report_graph(report, &graph));
  return crate_rdf_write_turtle(buffer, graph, PREFIXES,
                                sizeof(PREFIXES) / sizeof(*PREFIXES));
}
