// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a Turtle document that is shapes graph and data graph in one.
#include <cratekit/report.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static CrateStatus
run(const CrateWorld *world,
    CrateGraph *graph,
    CrateShapes **shapes,
    CrateReport **report)
{
  CrateBuffer out;
  CRATE_TRY(crate_graph_index(graph));
  CRATE_TRY(crate_shapes_new(world, graph, NULL, 0, shapes));
  CRATE_TRY(crate_report_new(*shapes, report));
  const CrateResultSink sink = {crate_report_add, NULL, *report};
  CRATE_TRY(crate_shapes_run(*shapes, graph, NULL, &sink));
  crate_buffer_init(&out, world);
  const CrateStatus status = crate_report_write_turtle(*report, &out);
  crate_buffer_clear(&out);
  return status;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  CrateWorld world;
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  CrateShapes *shapes = NULL;
  CrateReport *report = NULL;
  const CrateText document = {(const char *)bytes, size};
  crate_world_init(&world);
  world.limits.quads = 100000;
  world.limits.memory_bytes = (size_t)64 << 20u;
  if (!crate_terms_new(&world, &terms) &&
      !crate_graph_new(&world, terms, &graph) &&
      !crate_rdf_read(graph, CRATE_SYNTAX_TURTLE, CRATE_TEXT("fuzz"),
                      CRATE_TEXT("http://e/"), document)) {
    (void)run(&world, graph, &shapes, &report);
  }
  crate_report_free(report);
  crate_shapes_free(shapes);
  crate_graph_free(graph);
  crate_terms_free(terms);
  return 0;
}
