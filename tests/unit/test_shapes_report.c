// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"
#include <cratekit/report.h>

static const char *const DOCUMENT =
  "@prefix sh: <http://www.w3.org/ns/shacl#> ."
  "@prefix : <http://e/> ."
  ":s sh:targetNode :a ; sh:property ["
  "  sh:path ( :p [ sh:inversePath :q ] ) ; sh:minCount 1 ;"
  "  sh:message \"one at least\"@en ; sh:severity sh:Warning ] .";

typedef struct Bench {
  CrateTerms *terms;
  CrateGraph *graph;
  CrateShapes *shapes;
  CrateReport *report;
  CrateBuffer out;
} Bench;

static CrateStatus
fill(Bench *bench, const CrateWorld *world, const char *document)
{
  CRATE_TRY(crate_terms_new(world, &bench->terms));
  CRATE_TRY(crate_graph_new(world, bench->terms, &bench->graph));
  CRATE_TRY(crate_rdf_read(bench->graph, CRATE_SYNTAX_TURTLE, CRATE_TEXT("doc"),
                           CRATE_TEXT("http://e/"), crate_text(document)));
  CRATE_TRY(crate_graph_index(bench->graph));
  CRATE_TRY(crate_shapes_new(world, bench->graph, NULL, 0, &bench->shapes));
  CRATE_TRY(crate_report_new(bench->shapes, &bench->report));
  const CrateResultSink sink = {crate_report_add, NULL, bench->report};
  CRATE_TRY(crate_shapes_run(bench->shapes, bench->graph, NULL, &sink));
  CRATE_TRY(crate_report_write_turtle(bench->report, &bench->out));
  return crate_buffer_status(&bench->out);
}

static CrateStatus
run(Bench *bench, const CrateWorld *world, const char *document)
{
  memset(bench, 0, sizeof(*bench));
  crate_buffer_init(&bench->out, world);
  return fill(bench, world, document);
}

static void
clear(Bench *bench)
{
  crate_buffer_clear(&bench->out);
  crate_report_free(bench->report);
  crate_shapes_free(bench->shapes);
  crate_graph_free(bench->graph);
  crate_terms_free(bench->terms);
}

/// The report read back, in canonical N-Quads.
static void
canonical(CrateText turtle, const CrateWorld *world, CrateBuffer *out)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  assert_int_equal(crate_terms_new(world, &terms), CRATE_OK);
  assert_int_equal(crate_graph_new(world, terms, &graph), CRATE_OK);
  assert_int_equal(crate_rdf_read(graph, CRATE_SYNTAX_TURTLE,
                                  CRATE_TEXT("report"), CRATE_TEXT("http://e/"),
                                  turtle),
                   CRATE_OK);
  assert_int_equal(crate_graph_index(graph), CRATE_OK);
  crate_buffer_init(out, world);
  assert_int_equal(crate_rdf_canonicalize(out, graph, CRATE_SHA256, NULL),
                   CRATE_OK);
  crate_graph_free(graph);
  crate_terms_free(terms);
}

static void
assert_same_graph(CrateText turtle, const char *expected)
{
  CheckWorld check;
  CrateBuffer a;
  CrateBuffer b;
  check_world_init(&check);
  canonical(turtle, &check.world, &a);
  canonical(crate_text(expected), &check.world, &b);
  crate_buffer_add_byte(&b, '\0');
  assert_text(crate_buffer_text(&a), b.data);
  crate_buffer_clear(&a);
  crate_buffer_clear(&b);
}

static void
a_report_has_what_the_specification_asks_for(void **state)
{
  (void)state;
  CheckWorld check;
  Bench bench;
  check_world_init(&check);
  assert_int_equal(run(&bench, &check.world, DOCUMENT), CRATE_OK);
  assert_same_graph(
    crate_buffer_text(&bench.out),
    "@prefix sh: <http://www.w3.org/ns/shacl#> ."
    "@prefix : <http://e/> ."
    "[] a sh:ValidationReport ; sh:conforms false ; sh:result ["
    "  a sh:ValidationResult ; sh:focusNode :a ;"
    "  sh:resultPath ( :p [ sh:inversePath :q ] ) ;"
    "  sh:resultSeverity sh:Warning ;"
    "  sh:resultMessage \"one at least\"@en ; sh:sourceShape [] ;"
    "  sh:sourceConstraintComponent sh:MinCountConstraintComponent ] .");
  const CrateResult result = {0};
  assert_int_equal(crate_report_add(bench.report, &result), CRATE_BAD_ARGUMENT);
  clear(&bench);
}

static void
a_report_without_results_conforms(void **state)
{
  (void)state;
  CheckWorld check;
  Bench bench;
  check_world_init(&check);
  assert_int_equal(run(&bench, &check.world, ""), CRATE_OK);
  assert_same_graph(crate_buffer_text(&bench.out),
                    "@prefix sh: <http://www.w3.org/ns/shacl#> ."
                    "[] a sh:ValidationReport ; sh:conforms true .");
  clear(&bench);
}

static CrateStatus
report_document(const CrateWorld *world)
{
  Bench bench;
  const CrateStatus status = run(&bench, world, DOCUMENT);
  clear(&bench);
  return status;
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(report_document) > 20);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(a_report_has_what_the_specification_asks_for),
  cmocka_unit_test(a_report_without_results_conforms),
  cmocka_unit_test(every_allocation_may_fail),
};

CHECK_MAIN(tests)
