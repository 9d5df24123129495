// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 9.2: expand() and toRdf().
#include "jsonld/deduplicate.h"
#include "jsonld/expand.h"
#include "jsonld/start.h"
#include "jsonld/to_rdf.h"

CrateStatus
crate_jsonld_start(CrateProcessor *p,
                   const CrateJsonDocument *document,
                   const CrateJson **root,
                   CrateActive **out)
{
  *root = document->root;
  if (document->first_duplicate) {
    CrateJson *copy;
    CRATE_TRY(crate_deduplicate(p, document->root, &copy));
    *root = copy;
  }
  *out = crate_active_new(p);
  if (!*out) {
    return crate_processor_out_of_memory(p);
  }
  const CrateJsonDocument *const extra = p->options.expand_context;
  if (!extra) {
    return CRATE_OK;
  }
  const CrateSource source = {p->options.base, extra->name, extra};
  CrateSource *const kept =
    crate_arena_allocate(&p->arena, sizeof *kept); // scoped contexts keep it
  if (!kept) {
    return crate_processor_out_of_memory(p);
  }
  *kept = source;
  const CrateJson *const context =
    crate_json_get(extra->root, CRATE_TEXT("@context"));
  const CrateContextInputs inputs = {.source = kept};
  return crate_context_process(p, *out, context ? context : extra->root,
                               &inputs, out);
}

CrateStatus
crate_jsonld_expand_root(CrateProcessor *p,
                         CrateActive *active,
                         const CrateJson *root,
                         CrateElements *out)
{
  const CrateSlot slot = {{NULL, 0}, NULL, NULL};
  CRATE_TRY(crate_expand(p, active, &slot, root, false, out));
  const CrateElement *const only = out->first;
  if (!out->is_array && only && only->has == CRATE_BIT(CRATE_AT_GRAPH) &&
      !only->properties.first) {
    *out = only->graph;
  }
  out->is_array = true;
  return CRATE_OK;
}

static CrateStatus
expand_to_json(CrateProcessor *p,
               const CrateJsonDocument *document,
               CrateArena *arena,
               CrateJson **out)
{
  const CrateJson *root;
  CrateActive *active;
  CrateElements expanded;
  CRATE_TRY(crate_jsonld_start(p, document, &root, &active));
  CRATE_TRY(crate_jsonld_expand_root(p, active, root, &expanded));
  return crate_elements_to_json(p, &expanded, arena, out);
}

CrateStatus
crate_jsonld_expand(const CrateJsonDocument *document,
                    CrateLibrary *library,
                    const CrateJsonldOptions *options,
                    CrateArena *arena,
                    CrateJson **out)
{
  CrateProcessor p;
  *out = NULL;
  crate_processor_init(&p, document, library, options);
  p.output = arena;
  const CrateStatus status = expand_to_json(&p, document, arena, out);
  crate_processor_clear(&p);
  return status;
}

/// One run of toRdf().
typedef struct Run {
  CrateProcessor p;
  CrateEmitter emitter;
  CrateArena scratch; ///< Elements, until they are emitted.
} Run;

/// Expand and emit one element of the top level, then forget it.
static CrateStatus
read_element(Run *run,
             CrateActive *active,
             const CrateSlot *slot,
             const CrateJson *element)
{
  CrateElements expanded;
  const CratePlacing placing = {CRATE_NO_TERM, false};
  CRATE_TRY(crate_expand(&run->p, active, slot, element, false, &expanded));
  CRATE_TRY(crate_emit_nodes(&run->emitter, &expanded, placing));
  crate_arena_reset(&run->scratch);
  return CRATE_OK;
}

/// The value of @graph when the top level holds a graph and nothing else, as
/// flattened documents do; and the context that applies to it.
static CrateStatus
find_only_graph(CrateProcessor *p,
                const CrateJson *root,
                CrateActive **active,
                const CrateJson **graph)
{
  const CrateJson *const context = crate_json_get(root, CRATE_TEXT("@context"));
  const CrateContextInputs inputs = {.source = &p->source};
  CrateActive *inner = *active;
  *graph = NULL;
  if (context) {
    CRATE_TRY(crate_context_process(p, inner, context, &inputs, &inner));
  }
  for (const CrateJson *key = crate_json_first_key(root); key;
       key = crate_json_next_key(key)) {
    const CrateKey *meaning;
    if (key->next == context) {
      continue;
    }
    CRATE_TRY(crate_active_key(p, inner, crate_json_text(key), &meaning));
    if (*graph || !meaning->name || meaning->name->keyword != CRATE_AT_GRAPH) {
      *graph = NULL;
      return CRATE_OK;
    }
    *graph = key->next;
  }
  *active = *graph ? inner : *active;
  return CRATE_OK;
}

/// Walk an array, or take the one element there is.
static CrateStatus
read_elements(Run *run,
              CrateActive *active,
              const CrateSlot *slot,
              const CrateJson *elements)
{
  if (!crate_json_is(elements, CRATE_JSON_ARRAY)) {
    return read_element(run, active, slot, elements);
  }
  for (const CrateJson *item = elements->first; item; item = item->next) {
    CRATE_TRY(read_element(run, active, slot, item));
  }
  return CRATE_OK;
}

static CrateStatus
read_document(Run *run, const CrateJsonDocument *document)
{
  const CrateJson *root;
  const CrateJson *graph = NULL;
  CrateActive *active;
  CrateElements expanded;
  CRATE_TRY(crate_jsonld_start(&run->p, document, &root, &active));
  run->p.output = &run->scratch;
  const CrateSlot none = {{NULL, 0}, NULL, NULL};
  if (crate_json_is(root, CRATE_JSON_ARRAY)) {
    return read_elements(run, active, &none, root);
  }
  if (crate_json_is(root, CRATE_JSON_OBJECT) && root->size <= 2) {
    CRATE_TRY(find_only_graph(&run->p, root, &active, &graph));
  }
  if (graph) {
    const CrateSlot slot = {CRATE_TEXT("@graph"), NULL, NULL};
    return read_elements(run, active, &slot, graph);
  }
  CRATE_TRY(crate_jsonld_expand_root(&run->p, active, root, &expanded));
  return crate_emit_nodes(&run->emitter, &expanded,
                          (CratePlacing){CRATE_NO_TERM, false});
}

CrateStatus
crate_jsonld_read(const CrateJsonDocument *document,
                  CrateLibrary *library,
                  const CrateJsonldOptions *options,
                  CrateGraph *graph)
{
  Run run;
  crate_processor_init(&run.p, document, library, options);
  crate_emitter_init(&run.emitter, &run.p, graph);
  crate_arena_init(&run.scratch, document->world);
  CrateStatus status = read_document(&run, document);
  status = status ? status : crate_emitter_say_dropped(&run.emitter, document);
  crate_arena_clear(&run.scratch);
  crate_emitter_clear(&run.emitter);
  crate_processor_clear(&run.p);
  return status;
}
