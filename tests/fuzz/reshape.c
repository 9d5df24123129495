// SPDX-License-Identifier: Apache-2.0
// Fuzz target: [document, context or frame] through compaction, flattening,
// framing, and RDF and back. The size chooses the options. What comes out
// outlives the library, and is JSON-LD that can be expanded or is refused.
#include <cratekit/jsonld.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Input {
  CrateJsonDocument document, beside;
  CrateJsonldOptions options;
} Input;

typedef CrateStatus (*Verb)(const CrateJsonDocument *document,
                            const CrateJsonDocument *beside,
                            CrateLibrary *library,
                            const CrateJsonldOptions *options,
                            CrateArena *arena,
                            CrateJson **out);

/// Through a graph: 9.2 toRdf() and fromRdf().
static CrateStatus
there_and_back(const CrateJsonDocument *document,
               const CrateJsonDocument *beside,
               CrateLibrary *library,
               const CrateJsonldOptions *options,
               CrateArena *arena,
               CrateJson **out)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  (void)beside;
  *out = NULL;
  CrateStatus st = crate_terms_new(document->world, &terms);
  st = st ? st : crate_graph_new(document->world, terms, &graph);
  st = st ? st : crate_jsonld_read(document, library, options, graph);
  st = st ? st : crate_graph_index(graph);
  st = st
         ? st
         : crate_jsonld_from_graph(document->world, graph, options, arena, out);
  CrateBuffer text; // before the terms go, of which it holds views
  crate_buffer_init(&text, document->world);
  if (!st) {
    crate_json_write(&text, *out, 0);
  }
  crate_buffer_clear(&text);
  crate_graph_free(graph);
  crate_terms_free(terms);
  *out = NULL;
  return st;
}

/// What was written must be JSON, and its expansion must not crash.
static void
read_again(const CrateWorld *world, CrateText bytes, const Input *input)
{
  CrateJsonDocument again;
  CrateArena arena;
  CrateJson *expanded;
  crate_arena_init(&arena, world);
  const CrateStatus st =
    crate_json_read(world, CRATE_TEXT("again"), bytes, &again);
  if (st == CRATE_MALFORMED) {
    abort();
  }
  if (!st) {
    (void)!crate_jsonld_expand(&again, NULL, &input->options, &arena,
                               &expanded);
  }
  crate_arena_clear(&arena);
  crate_json_clear(&again);
}

static void
try_verb(const Input *input, Verb verb)
{
  const CrateWorld *const world = input->document.world;
  CrateArena arena;
  CrateBuffer out;
  CrateJson *result;
  CrateLibrary *library;
  if (crate_library_new(world, &library)) {
    return;
  }
  crate_arena_init(&arena, world);
  crate_buffer_init(&out, world);
  const CrateStatus st = verb(&input->document, &input->beside, library,
                              &input->options, &arena, &result);
  crate_library_free(library);
  if (!st && result) {
    crate_json_write(&out, result, 0);
    if (!crate_buffer_status(&out)) {
      read_again(world, crate_buffer_text(&out), input);
    }
  }
  crate_buffer_clear(&out);
  crate_arena_clear(&arena);
}

/// Options by the bits of a number.
static CrateJsonldOptions
options_of(size_t size)
{
  return (CrateJsonldOptions){
    .base =
      size % 3 ? CRATE_TEXT("http://example.org/a/b") : (CrateText){NULL, 0},
    .rdf_direction = (CrateRdfDirection)(size % 3),
    .processing_1_0 = size % 11 == 0,
    .ordered = size % 2 == 0,
    .keep_arrays = size % 5 == 0,
    .keep_absolute = size % 7 == 0,
    .keep_labels = size % 4 == 0,
    .use_native_types = size % 3 == 0,
    .embed = (CrateEmbed)(size / 2 % 3),
    .explicit_only = size % 8 == 0,
    .require_all = size % 9 == 0,
  };
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const Verb verbs[] = {crate_jsonld_compact, crate_jsonld_flatten,
                               crate_jsonld_frame, there_and_back};
  CrateWorld world;
  CrateJsonDocument whole;
  crate_world_init(&world);
  world.limits.memory_bytes = (size_t)256 << 20;
  const CrateText bytes = {(const char *)data, size};
  if (!crate_json_read(&world, CRATE_TEXT("fuzz"), bytes, &whole) &&
      crate_json_is(whole.root, CRATE_JSON_ARRAY) && whole.root->size == 2) {
    Input input = {whole, whole, options_of(size)};
    input.document.root = whole.root->first;
    input.beside.root = whole.root->first->next;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; ++i) {
      try_verb(&input, verbs[i]);
    }
  }
  crate_json_clear(&whole);
  return 0;
}
