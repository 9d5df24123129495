// SPDX-License-Identifier: Apache-2.0
// Fuzz target: every RDF syntax in, every form out. The first byte chooses
// the syntax; what is read must survive being written and read again.
#include <cratekit/rdf.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static CrateStatus
read_bytes(const CrateWorld *world,
           CrateSyntax syntax,
           CrateText bytes,
           CrateTerms **terms,
           CrateGraph **graph)
{
  *graph = NULL;
  CRATE_TRY(crate_terms_new(world, terms));
  CRATE_TRY(crate_graph_new(world, *terms, graph));
  CRATE_TRY(crate_rdf_read(*graph, syntax, CRATE_TEXT("fuzz"),
                           CRATE_TEXT("http://example.org/"), bytes));
  return crate_graph_index(*graph);
}

/// Canonical form of what is read; empty when it is refused.
static void
make_canonical(const CrateWorld *world,
               CrateSyntax syntax,
               CrateText bytes,
               CrateBuffer *canonical,
               CrateBuffer *trig)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  CrateStatus st = read_bytes(world, syntax, bytes, &terms, &graph);
  if (!st) {
    st = crate_rdf_canonicalize(canonical, graph, CRATE_SHA256, NULL);
  }
  if (!st && trig) {
    st = crate_rdf_write_turtle(trig, graph, NULL, 0);
  }
  if (st) {
    canonical->size = 0;
  }
  crate_graph_free(graph);
  crate_terms_free(terms);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const CrateSyntax syntaxes[] = {
    CRATE_SYNTAX_NTRIPLES, CRATE_SYNTAX_NQUADS, CRATE_SYNTAX_TURTLE,
    CRATE_SYNTAX_TRIG,     CRATE_SYNTAX_RDFXML, CRATE_SYNTAX_BINARY};
  if (!size) {
    return 0;
  }
  const CrateSyntax syntax = syntaxes[data[0] % 6u];
  const CrateText bytes = {(const char *)data + 1, size - 1};
  CrateWorld world;
  crate_world_init(&world);
  world.limits.canonical_work = 500;
  CrateBuffer before, trig, after;
  crate_buffer_init(&before, &world);
  crate_buffer_init(&trig, &world);
  crate_buffer_init(&after, &world);
  make_canonical(&world, syntax, bytes, &before, &trig);
  // Frozen bytes may hold terms that no syntax can write.
  if (before.size && syntax != CRATE_SYNTAX_BINARY) {
    make_canonical(&world, CRATE_SYNTAX_TRIG, crate_buffer_text(&trig), &after,
                   NULL);
    if (!crate_text_equal(crate_buffer_text(&before),
                          crate_buffer_text(&after))) {
      abort();
    }
  }
  crate_buffer_clear(&before);
  crate_buffer_clear(&trig);
  crate_buffer_clear(&after);
  return 0;
}
