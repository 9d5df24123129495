// SPDX-License-Identifier: Apache-2.0
// Fuzz target: RDFa and microdata of any page. The first byte chooses; what is
// read must survive being written and read again.
#include "html/read.h"
#include <cratekit/rdf.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef CrateStatus (*Reader)(CrateGraph *graph, const CrateRdfSource *source);

static CrateStatus
read_nquads(CrateGraph *graph, const CrateRdfSource *source)
{
  return crate_rdf_read(graph, CRATE_SYNTAX_NQUADS, source->name, source->base,
                        source->bytes);
}

/// What is read, as canonical N-Quads and as N-Quads; empty when it is refused.
static void
make_canonical(const CrateWorld *world,
               Reader reader,
               CrateText bytes,
               CrateBuffer *canonical,
               CrateBuffer *nquads)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  const CrateRdfSource source = {.world = world,
                                 .name = CRATE_TEXT("fuzz"),
                                 .base = CRATE_TEXT("http://example.org/"),
                                 .bytes = bytes};
  CrateStatus status = crate_terms_new(world, &terms);
  status = status ? status : crate_graph_new(world, terms, &graph);
  status = status ? status : reader(graph, &source);
  status = status ? status : crate_graph_index(graph);
  if (!status) {
    crate_rdf_write_nquads(nquads, graph);
    status = crate_rdf_canonicalize(canonical, graph, CRATE_SHA256, NULL);
  }
  if (status) {
    canonical->size = 0;
  }
  crate_graph_free(graph);
  crate_terms_free(terms);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (!size) {
    return 0;
  }
  const Reader reader =
    data[0] % 2u ? crate_html_read_rdfa : crate_html_read_microdata;
  CrateWorld world;
  crate_world_init(&world);
  world.limits.canonical_work = 500;
  CrateBuffer before, after, nquads, rest;
  crate_buffer_init(&before, &world);
  crate_buffer_init(&after, &world);
  crate_buffer_init(&nquads, &world);
  crate_buffer_init(&rest, &world);
  make_canonical(&world, reader, (CrateText){(const char *)data + 1, size - 1},
                 &before, &nquads);
  if (before.size) {
    make_canonical(&world, read_nquads, crate_buffer_text(&nquads), &after,
                   &rest);
    if (!crate_text_equal(crate_buffer_text(&before),
                          crate_buffer_text(&after))) {
      abort();
    }
  }
  crate_buffer_clear(&before);
  crate_buffer_clear(&after);
  crate_buffer_clear(&nquads);
  crate_buffer_clear(&rest);
  return 0;
}
