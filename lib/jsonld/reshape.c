// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 9.2: compact() and flatten().
#include "jsonld/compact.h"
#include "jsonld/node_map.h"
#include "jsonld/start.h"

CrateStatus
crate_jsonld_expanded(CrateProcessor *p, CrateElements *out)
{
  const CrateJson *root;
  CrateActive *active;
  const bool ordered = p->options.ordered;
  p->options.ordered = false; // compact(), step 4
  CRATE_TRY(crate_jsonld_start(p, p->source.document, &root, &active));
  CRATE_TRY(crate_jsonld_expand_root(p, active, root, out));
  p->options.ordered = ordered;
  return CRATE_OK;
}

CrateStatus
crate_jsonld_target(CrateProcessor *p,
                    const CrateJsonDocument *document,
                    const CrateJson *context,
                    CrateTarget *out)
{
  out->context = context;
  out->active = crate_active_new(p);
  CrateSource *const source =
    crate_arena_allocate(&p->arena, sizeof *source); // scoped contexts keep it
  if (!out->active || !source) {
    return crate_processor_out_of_memory(p);
  }
  *source = (CrateSource){p->options.base, document->name, document};
  const CrateContextInputs inputs = {.source = source};
  if (context) {
    CRATE_TRY(
      crate_context_process(p, out->active, context, &inputs, &out->active));
  }
  if (p->options.keep_absolute) { // step 8
    out->active->base = (CrateText){NULL, 0};
  }
  return CRATE_OK;
}

/// Step 6: the context of a document that is one, or has one.
static const CrateJson *
context_of(const CrateJsonDocument *document)
{
  const CrateJson *const context =
    crate_json_get(document->root, CRATE_TEXT("@context"));
  return context ? context : document->root;
}

/// Steps 9.1 and 9.2: the result becomes an object.
static CrateStatus
make_object(CrateCompacting *c,
            const CrateTarget *target,
            bool wrapped,
            CrateJson **result)
{
  const bool is_array = crate_json_is(*result, CRATE_JSON_ARRAY);
  if (is_array && !(*result)->size && !wrapped) {
    (*result)->kind = CRATE_JSON_OBJECT;
    return CRATE_OK;
  }
  if (!is_array && !wrapped) {
    return CRATE_OK;
  }
  CrateBuilding object = {.offset = CRATE_JSON_NOWHERE};
  CrateText key;
  CRATE_TRY(crate_compact_keyword(c, target->active, CRATE_AT_GRAPH, &key));
  CRATE_TRY(crate_building_add(&c->builder, &object, key, *result, true));
  return crate_building_finish(&c->builder, &object, result);
}

/// Step 9.3; a context that says nothing is left out.
static CrateStatus
add_context(CrateCompacting *c, const CrateTarget *target, CrateJson *object)
{
  CrateJson *key;
  CrateJson *value;
  const CrateJson *const given = target->context;
  if (!given) {
    return CRATE_OK;
  }
  const bool is_container =
    given->kind == CRATE_JSON_OBJECT || given->kind == CRATE_JSON_ARRAY;
  if (given->kind == CRATE_JSON_NULL || (is_container && !given->size)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_builder_string(&c->builder, CRATE_TEXT("@context"), &key));
  CRATE_TRY(crate_builder_copy(&c->builder, target->context, &value));
  key->next = value;
  value->next = object->first;
  object->first = key;
  ++object->size;
  return CRATE_OK;
}

/// Whether a compacted result is nothing but a graph, which is not wrapped
/// again.
static CrateStatus
is_graph_only(CrateProcessor *p,
              const CrateTarget *target,
              const CrateJson *result,
              bool *answer)
{
  const CrateKey *meaning;
  *answer = false;
  if (!crate_json_is(result, CRATE_JSON_OBJECT) || result->size != 1) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_active_key(p, target->active, crate_json_text(result->first),
                             &meaning));
  *answer = meaning->name && meaning->name->keyword == CRATE_AT_GRAPH;
  return CRATE_OK;
}

static CrateStatus
compact_root(CrateCompacting *c,
             const CrateTarget *target,
             const CrateElements *expanded,
             bool wrapped,
             CrateJson **out)
{
  bool is_graph;
  CRATE_TRY(crate_compact_array(c, target->active, (CrateText){NULL, 0},
                                expanded, out));
  CRATE_TRY(is_graph_only(c->p, target, *out, &is_graph));
  CRATE_TRY(make_object(c, target, wrapped && !is_graph, out));
  return add_context(c, target, *out);
}

CrateStatus
crate_jsonld_compact_root(CrateProcessor *p,
                          const CrateTarget *target,
                          const CrateElements *expanded,
                          bool wrapped,
                          CrateJson **out)
{
  CrateCompacting c;
  crate_compacting_init(&c, p, p->output);
  const CrateStatus status = compact_root(&c, target, expanded, wrapped, out);
  crate_compacting_clear(&c);
  return status;
}

static CrateStatus
compact(CrateProcessor *p, const CrateJsonDocument *context, CrateJson **out)
{
  CrateElements expanded;
  CrateTarget target;
  CRATE_TRY(crate_jsonld_expanded(p, &expanded));
  CRATE_TRY(crate_jsonld_target(p, context, context_of(context), &target));
  return crate_jsonld_compact_root(p, &target, &expanded, false, out);
}

static CrateStatus
flatten(CrateProcessor *p, const CrateJsonDocument *context, CrateJson **out)
{
  CrateElements expanded;
  CrateElements flattened;
  CrateTarget target;
  CRATE_TRY(crate_jsonld_expanded(p, &expanded));
  CRATE_TRY(crate_flatten(p, &expanded, &flattened));
  if (!context) {
    return crate_elements_to_json(p, &flattened, p->output, out);
  }
  CRATE_TRY(crate_jsonld_target(p, context, context_of(context), &target));
  // A flattened document has its nodes in @graph, also when there is but one.
  return crate_jsonld_compact_root(p, &target, &flattened, true, out);
}

typedef CrateStatus Reshape(CrateProcessor *p,
                            const CrateJsonDocument *context,
                            CrateJson **out);

/// With a processor of its own, whose result lives in the caller's arena.
static CrateStatus
run(Reshape *reshape,
    const CrateJsonDocument *document,
    const CrateJsonDocument *context,
    CrateLibrary *library,
    const CrateJsonldOptions *options,
    CrateArena *arena,
    CrateJson **out)
{
  CrateProcessor p;
  *out = NULL;
  crate_processor_init(&p, document, library, options);
  p.output = arena;
  const CrateStatus status = reshape(&p, context, out);
  crate_processor_clear(&p);
  return status;
}

CrateStatus
crate_jsonld_compact(const CrateJsonDocument *document,
                     const CrateJsonDocument *context,
                     CrateLibrary *library,
                     const CrateJsonldOptions *options,
                     CrateArena *arena,
                     CrateJson **out)
{
  return run(compact, document, context, library, options, arena, out);
}

CrateStatus
crate_jsonld_flatten(const CrateJsonDocument *document,
                     const CrateJsonDocument *context,
                     CrateLibrary *library,
                     const CrateJsonldOptions *options,
                     CrateArena *arena,
                     CrateJson **out)
{
  return run(flatten, document, context, library, options, arena, out);
}
