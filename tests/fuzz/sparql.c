// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a mapping, read and run on a small graph. What it adds are
// triples, and a second run adds as many.
#include <cratekit/rdf.h>
#include <cratekit/sparql.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char turtle[] =
  "@prefix : <http://e/> .\n"
  ":a a :File ; :name \"alpha\" ; :size 10 ; :part :b , :c ; :note \"n\"@en .\n"
  ":b a :File ; :name \"Beta\" ; :size 2.5 ; :part :c ; :knows :a .\n"
  ":c a :Folder ; :size 7e0 ; :part :d ; :open true ; :list ( :a \"x\" 3 ) .\n"
  ":d :born \"1999-12-31T23:00:00Z\"^^<http://www.w3.org/2001/"
  "XMLSchema#dateTime> ; :knows :d , [ :name \"\" ] .\n";

static void
check(const CrateTerms *terms, const CrateGraph *added)
{
  const CrateQuad *const quads = crate_graph_quads(added);
  for (size_t i = 0; i < crate_graph_size(added); ++i) {
    const CrateTermKind subject = crate_terms_kind(terms, quads[i].subject);
    if ((subject != CRATE_TERM_IRI && subject != CRATE_TERM_BLANK) ||
        crate_terms_kind(terms, quads[i].predicate) != CRATE_TERM_IRI ||
        !crate_terms_kind(terms, quads[i].object) || quads[i].graph) {
      abort();
    }
  }
}

/// How many statements a run adds, SIZE_MAX when it ends early.
static size_t
run(const CrateWorld *world,
    const CrateUpdate *update,
    const CrateGraph *source,
    bool *used)
{
  CrateGraph *added;
  CrateTerms *const terms = crate_graph_terms(source);
  if (crate_graph_new(world, terms, &added)) {
    return SIZE_MAX;
  }
  const CrateStatus st = crate_update_run(update, source, added, used);
  const size_t size = st ? SIZE_MAX : crate_graph_size(added);
  if (!st) {
    check(terms, added);
  }
  crate_graph_free(added);
  return size;
}

static void
try_mapping(const CrateWorld *world, CrateTerms *terms, CrateText mapping)
{
  CrateGraph *source = NULL;
  CrateUpdate *update = NULL;
  bool used[64];
  CrateStatus st = crate_graph_new(world, terms, &source);
  st = st ? st
          : crate_rdf_read(source, CRATE_SYNTAX_TURTLE, CRATE_TEXT("data"),
                           CRATE_TEXT(""), crate_text(turtle));
  st = st ? st : crate_graph_index(source);
  st = st ? st
          : crate_update_read(world, terms, CRATE_TEXT("fuzz"),
                              CRATE_TEXT("http://b/"), mapping, &update);
  if (!st) {
    const size_t first = run(world, update, source, used);
    const size_t second = run(world, update, source, NULL);
    if (first != second) {
      abort();
    }
  }
  crate_update_free(update);
  crate_graph_free(source);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  CrateWorld world;
  CrateTerms *terms;
  crate_world_init(&world);
  world.limits.update_work = 20000;
  world.limits.memory_bytes = (size_t)1 << 26u;
  world.limits.depth = 64;
  if (!crate_terms_new(&world, &terms)) {
    try_mapping(&world, terms, (CrateText){(const char *)data, size});
    crate_terms_free(terms);
  }
  return 0;
}
