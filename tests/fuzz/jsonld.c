// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a JSON document through expansion, deserialisation and the
// questions to its context. The size chooses the options. Expansion refuses
// nothing that deserialisation accepts, and its result outlives the library.
#include <cratekit/jsonld.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
ask_context(const CrateJsonDocument *document,
            CrateLibrary *library,
            const CrateJsonldOptions *options)
{
  CrateContext *context;
  CrateKeyKind kind;
  CrateText iri;
  if (crate_context_new(document, library, options, &context)) {
    return;
  }
  const CrateText key = crate_text_slice(document->bytes, 0, 12);
  if (!crate_context_key(context, key, &kind, &iri) && iri.size) {
    crate_context_term_for(context, iri);
  }
  crate_context_suggest(context, key);
  crate_context_free(context);
}

static CrateStatus
read_graph(const CrateJsonDocument *document,
           CrateLibrary *library,
           const CrateJsonldOptions *options)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  CrateStatus st = crate_terms_new(document->world, &terms);
  st = st ? st : crate_graph_new(document->world, terms, &graph);
  st = st ? st : crate_jsonld_read(document, library, options, graph);
  crate_graph_free(graph);
  crate_terms_free(terms);
  return st;
}

static void
try_document(const CrateJsonDocument *document, CrateJsonldOptions options)
{
  CrateArena arena;
  CrateBuffer out;
  CrateJson *expanded;
  CrateLibrary *library;
  if (crate_library_new(document->world, &library)) {
    return;
  }
  crate_arena_init(&arena, document->world);
  crate_buffer_init(&out, document->world);
  ask_context(document, library, &options);
  const CrateStatus read = read_graph(document, library, &options);
  const CrateStatus st =
    crate_jsonld_expand(document, library, &options, &arena, &expanded);
  crate_library_free(library);
  if (st && !read) {
    abort();
  }
  if (!st) {
    crate_json_write(&out, expanded, 0);
  }
  crate_buffer_clear(&out);
  crate_arena_clear(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  CrateWorld world;
  CrateJsonDocument document;
  crate_world_init(&world);
  const CrateJsonldOptions options = {
    .base = CRATE_TEXT("http://example.org/a/b"),
    .rdf_direction = (CrateRdfDirection)(size % 3),
    .processing_1_0 = size % 7 == 0,
    .ordered = size % 2 == 0,
    .produce_generalized_rdf = size % 5 == 0,
  };
  const CrateText bytes = {(const char *)data, size};
  if (!crate_json_read(&world, CRATE_TEXT("fuzz"), bytes, &document)) {
    try_document(&document, options);
  }
  crate_json_clear(&document);
  return 0;
}
