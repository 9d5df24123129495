// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 4.1: Context Processing Algorithm.
#include "jsonld/context.h"
#include "jsonld/frozen.h"
#include "jsonld/library.h"
#include <cratekit/iri.h>

/// Entries of remote and scoped contexts processed in one run: more than
/// anyone needs, few enough to stop a small document that uses a large context
/// over and over, each time over other terms.
#define ENTRY_CEILING 2000000u

/// One call of the algorithm.
typedef struct Call {
  CrateContextInputs inputs;
  CrateActive *active; ///< As given.
  CrateActive *result;
  bool is_untouched; ///< The result is still a mere copy of `active`.
  bool is_last;      ///< Nothing follows the item in hand.
} Call;

CrateLocalEntry *
crate_local_get(const CrateProcessor *p, const CrateLocal *local, CrateText key)
{
  const CrateTableSlot *const slot =
    crate_table_get(&local->entries, p->world, key);
  return slot ? slot->value : NULL;
}

/// A new layer over `active`, inheriting everything else.
static CrateActive *
clone(CrateProcessor *p, CrateActive *active)
{
  CrateActive *const copy = crate_arena_allocate(&p->arena, sizeof *copy);
  if (copy) {
    *copy = *active;
    copy->lower =
      active->terms.count || active->frozen ? active : active->lower;
    copy->terms = copy->keys = copy->derived = (CrateTable){NULL, 0, 0};
    copy->frozen = NULL;
    copy->inverse = NULL;
  }
  return copy;
}

/// Take in the layers below that are not much larger: so there are few, and
/// every definition is moved a logarithmic number of times.
static CrateStatus
merge_layers(CrateProcessor *p, CrateActive *active)
{
  CrateActive *lower = active->lower;
  while (lower && active->terms.count && !lower->frozen &&
         lower->terms.count <= 2 * active->terms.count) {
    for (uint32_t i = 0; i < lower->terms.capacity; ++i) {
      const CrateTableSlot *const from = &lower->terms.slots[i];
      if (!from->key.data) {
        continue;
      }
      CrateTableSlot *const to =
        crate_table_put(&active->terms, &p->arena, from->key);
      if (!to) {
        return crate_processor_out_of_memory(p);
      }
      to->value = to->value ? to->value : from->value;
    }
    active->lower = lower = lower->lower;
  }
  return CRATE_OK;
}

/// Step 5.1: null starts anew.
static CrateStatus
nullify(CrateProcessor *p, Call *call, const CrateJson *context)
{
  if (!call->inputs.override_protected && call->result->protected_count) {
    return CRATE_FAIL(p, call->inputs.source, context->offset,
                      "invalid-context-nullification",
                      "null would drop protected terms of the context");
  }
  CrateActive *const fresh = crate_active_new(p);
  if (!fresh) {
    return crate_processor_out_of_memory(p);
  }
  fresh->previous = call->inputs.not_propagated ? call->result : NULL;
  call->result = fresh;
  return CRATE_OK;
}

/// A bundled context on an empty active context needs no processing.
static bool
is_pristine(const CrateProcessor *p, const Call *call)
{
  const CrateActive *const result = call->result;
  return !p->options.processing_1_0 && !call->inputs.not_propagated &&
         !result->lower && !result->terms.count && !result->frozen &&
         !result->vocab.data && !result->language.data && !result->direction;
}

static CrateStatus process(CrateProcessor *p,
                           Call *call,
                           const CrateJson *local);

/// Step 5.2.3, which lets us set a limit: `context` is about to be processed.
static CrateStatus
count_entries(CrateProcessor *p,
              const CrateJson *context,
              const CrateSource *source,
              uint32_t offset)
{
  p->entries += crate_json_is(context, CRATE_JSON_OBJECT) ? context->size : 1u;
  return p->entries <= ENTRY_CEILING
           ? CRATE_OK
           : CRATE_FAIL(p, source, offset, "context-overflow",
                        "large contexts are used over and over; name them "
                        "once, at the top");
}

/// Steps 5.2.4 to 5.2.6: fetch and recurse.
static CrateStatus
apply_remote(CrateProcessor *p,
             Call *call,
             const CrateRemote *remote,
             const CrateJson *context)
{
  const char *const blob = crate_library_frozen(p->library, remote->iri);
  if (blob && is_pristine(p, call)) {
    return crate_frozen_use(p, blob, call->result);
  }
  const CrateSource *source;
  const CrateJson *loaded;
  CRATE_TRY(crate_library_load(p, remote->iri, call->inputs.source,
                               context->offset, &source, &loaded));
  CRATE_TRY(count_entries(p, loaded, call->inputs.source, context->offset));
  Call inner = {call->inputs, call->result, NULL, false, false};
  inner.inputs.source = source;
  inner.inputs.remote = remote;
  inner.inputs.override_protected = false;
  inner.inputs.not_propagated = false;
  CRATE_TRY(process(p, &inner, loaded));
  call->result = inner.result;
  return CRATE_OK;
}

/// The same, remembered: many nodes may name one context under one other.
static CrateStatus
apply_remembered(CrateProcessor *p,
                 Call *call,
                 const CrateRemote *remote,
                 const CrateJson *context)
{
  const uint32_t how =
    4u + 2u * call->inputs.skip_scoped + (uint32_t)call->inputs.not_propagated;
  CrateTableSlot *slot =
    crate_table_put(&call->active->derived, &p->arena, remote->iri);
  const CrateDerived *known = slot ? slot->value : NULL;
  while (known && known->how != how) {
    known = known->next;
  }
  if (!known) {
    CRATE_TRY(apply_remote(p, call, remote, context));
    CrateDerived *const made = crate_arena_allocate(&p->arena, sizeof *made);
    slot = crate_table_put(&call->active->derived, &p->arena, remote->iri);
    if (!made || !slot) {
      return crate_processor_out_of_memory(p);
    }
    *made = (CrateDerived){slot->value, NULL, call->result, how};
    slot->value = made;
    known = made;
  }
  // What is remembered may not change with what follows.
  call->result = call->is_last ? known->active : clone(p, known->active);
  return call->result ? CRATE_OK : crate_processor_out_of_memory(p);
}

/// Step 5.2: a string names a remote context.
static CrateStatus
process_remote(CrateProcessor *p,
               Call *call,
               bool was_untouched,
               const CrateJson *context)
{
  const CrateContextInputs *const inputs = &call->inputs;
  CrateRemote remote = {inputs->remote, {NULL, 0}, 1};
  CRATE_TRY(crate_iri_resolve(&p->arena, inputs->source->base,
                              crate_json_text(context), &remote.iri));
  if (!crate_iri_is_absolute(remote.iri)) {
    return CRATE_FAIL(p, inputs->source, context->offset,
                      "loading-document-failed",
                      "\"%.*s\" is relative and the document has no base IRI",
                      CRATE_TEXT_ARG(remote.iri));
  }
  for (const CrateRemote *at = inputs->remote; at; at = at->outer) {
    remote.count = remote.count == 1 ? at->count + 1 : remote.count;
    // Step 5.2.2.
    if (inputs->skip_scoped && crate_text_equal(at->iri, remote.iri)) {
      return CRATE_OK;
    }
  }
  // Step 5.2.3.
  if (remote.count > p->world->limits.context_depth) {
    return CRATE_FAIL(p, inputs->source, context->offset, "context-overflow",
                      "remote contexts include one another without end");
  }
  return !inputs->remote && was_untouched
           ? apply_remembered(p, call, &remote, context)
           : apply_remote(p, call, &remote, context);
}

/// Add the entries of an object, those there already giving way.
static CrateStatus
add_entries(CrateProcessor *p, CrateLocal *local, const CrateJson *object)
{
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    CrateTableSlot *const slot =
      crate_table_put(&local->entries, &p->arena, crate_json_text(key));
    if (!slot) {
      return crate_processor_out_of_memory(p);
    }
    if (!slot->value) {
      CrateLocalEntry *const entry =
        crate_arena_array(&p->arena, 1, sizeof *entry);
      if (!entry) {
        return crate_processor_out_of_memory(p);
      }
      slot->value = local->order[local->count++] = entry;
    }
    CrateLocalEntry *const entry = slot->value;
    entry->key = key;
    entry->value = key->next;
  }
  return CRATE_OK;
}

/// Step 5.6: the context that @import names; NULL when there is none.
static CrateStatus
import(CrateProcessor *p,
       const Call *call,
       const CrateJson *context,
       const CrateJson **out)
{
  const CrateSource *const source = call->inputs.source;
  const CrateJson *const value = crate_json_get(context, CRATE_TEXT("@import"));
  *out = NULL;
  if (!value) {
    return CRATE_OK;
  }
  if (p->options.processing_1_0) {
    return CRATE_FAIL(p, source, value->offset, "invalid-context-entry",
                      "@import needs processing mode json-ld-1.1");
  }
  if (!crate_json_is(value, CRATE_JSON_STRING)) {
    return CRATE_FAIL(p, source, value->offset, "invalid-@import-value",
                      "@import takes the IRI of a context as a string");
  }
  CrateText iri;
  CRATE_TRY(
    crate_iri_resolve(&p->arena, source->base, crate_json_text(value), &iri));
  const CrateSource *imported;
  CRATE_TRY(crate_library_load(p, iri, source, value->offset, &imported, out));
  if (!crate_json_is(*out, CRATE_JSON_OBJECT)) {
    return CRATE_FAIL(p, source, value->offset, "invalid-remote-context",
                      "@import needs a document whose @context is an object");
  }
  if (crate_json_get(*out, CRATE_TEXT("@import"))) {
    return CRATE_FAIL(p, source, value->offset, "invalid-context-entry",
                      "an imported context cannot import another");
  }
  return CRATE_OK;
}

/// Step 5.13. Entries that are no terms are left out by their form.
static CrateStatus
define_terms(CrateProcessor *p, CrateActive *result, CrateLocal *local)
{
  static const uint32_t no_terms =
    CRATE_BIT(CRATE_AT_BASE) | CRATE_BIT(CRATE_AT_DIRECTION) |
    CRATE_BIT(CRATE_AT_IMPORT) | CRATE_BIT(CRATE_AT_LANGUAGE) |
    CRATE_BIT(CRATE_AT_PROPAGATE) | CRATE_BIT(CRATE_AT_PROTECTED) |
    CRATE_BIT(CRATE_AT_VERSION) | CRATE_BIT(CRATE_AT_VOCAB);
  for (uint32_t i = 0; i < local->count; ++i) {
    CrateLocalEntry *const entry = local->order[i];
    const CrateText key = crate_json_text(entry->key);
    if (!(CRATE_BIT(crate_keyword_of(key)) & no_terms) &&
        entry->state != CRATE_TERM_DONE) {
      CRATE_TRY(crate_term_define(p, result, local, entry));
    }
  }
  return CRATE_OK;
}

/// Steps 5.4 to 5.13: a context definition.
static CrateStatus
process_definition(CrateProcessor *p, Call *call, const CrateJson *context)
{
  const CrateJson *imported;
  CrateLocal local = {.inputs = &call->inputs};
  const CrateJson *const version =
    crate_json_get(context, CRATE_TEXT("@version"));
  if (version) {
    CRATE_TRY(crate_context_version(p, call->inputs.source, version));
  }
  CRATE_TRY(import(p, call, context, &imported));
  local.order = crate_arena_array(
    &p->arena, (size_t)context->size + (imported ? imported->size : 0u),
    sizeof *local.order);
  if (!local.order) {
    return crate_processor_out_of_memory(p);
  }
  CRATE_TRY(add_entries(p, &local, imported));
  CRATE_TRY(add_entries(p, &local, context));
  CRATE_TRY(crate_context_entries(p, call->result, &local));
  const CrateLocalEntry *const protect =
    crate_local_get(p, &local, CRATE_TEXT("@protected"));
  local.is_protected =
    protect && crate_json_is(protect->value, CRATE_JSON_TRUE);
  CRATE_TRY(define_terms(p, call->result, &local));
  return merge_layers(p, call->result);
}

/// Step 5 for one context.
static CrateStatus
process_item(CrateProcessor *p, Call *call, const CrateJson *context)
{
  const bool was_untouched = call->is_untouched;
  call->is_untouched = false;
  switch ((CrateJsonKind)context->kind) {
    case CRATE_JSON_NULL:
      return nullify(p, call, context);
    case CRATE_JSON_STRING:
      return process_remote(p, call, was_untouched, context);
    case CRATE_JSON_OBJECT:
      break;
    default: // step 5.3
      return CRATE_FAIL(p, call->inputs.source, context->offset,
                        "invalid-local-context",
                        "@context takes an object, an IRI, null or an array "
                        "of these");
  }
  // Each definition has a layer of its own, so that one which is finished
  // is never changed again.
  if (call->result->terms.count || call->result->frozen) {
    CrateActive *const layer = clone(p, call->result);
    if (!layer) {
      return crate_processor_out_of_memory(p);
    }
    call->result = layer;
  }
  return process_definition(p, call, context);
}

/// Steps 1 to 6.
static CrateStatus
process(CrateProcessor *p, Call *call, const CrateJson *local)
{
  call->result = clone(p, call->active);
  if (!call->result) {
    return crate_processor_out_of_memory(p);
  }
  call->is_untouched = true;
  // Step 2; a value that is no boolean is refused in step 5.11.
  const CrateJson *const propagate =
    crate_json_get(local, CRATE_TEXT("@propagate"));
  if (propagate) {
    call->inputs.not_propagated = !crate_json_is(propagate, CRATE_JSON_TRUE);
  }
  if (call->inputs.not_propagated && !call->result->previous) { // step 3
    call->result->previous = call->active;
  }
  CRATE_TRY(crate_processor_descend(p, call->inputs.source, local->offset));
  CrateStatus status = CRATE_OK;
  call->is_last = true;
  if (!crate_json_is(local, CRATE_JSON_ARRAY)) {
    status = process_item(p, call, local);
  }
  for (const CrateJson *item = crate_json_first(local); item && !status;
       item = item->next) {
    call->is_last = !item->next;
    status = process_item(p, call, item);
  }
  --p->depth;
  return status;
}

CrateStatus
crate_context_process(CrateProcessor *p,
                      CrateActive *active,
                      const CrateJson *local,
                      const CrateContextInputs *inputs,
                      CrateActive **out)
{
  Call call = {*inputs, active, NULL, false, false};
  CRATE_TRY(process(p, &call, local));
  *out = call.result;
  return CRATE_OK;
}

CrateStatus
crate_context_scope(CrateProcessor *p,
                    CrateActive *active,
                    const CrateDefinition *definition,
                    bool override_protected,
                    bool not_propagated,
                    CrateActive **out)
{
  const uint32_t how = 2u * override_protected + not_propagated;
  CrateTableSlot *slot =
    crate_table_get(&active->derived, p->world, definition->term);
  for (const CrateDerived *known = slot ? slot->value : NULL; known;
       known = known->next) {
    if (known->local == definition->context && known->how == how) {
      *out = known->active;
      return CRATE_OK;
    }
  }
  CRATE_TRY(count_entries(p, definition->context, definition->source,
                          definition->context->offset));
  const CrateContextInputs inputs = {
    .source = definition->source,
    .override_protected = override_protected,
    .not_propagated = not_propagated,
  };
  CRATE_TRY(
    crate_context_process(p, active, definition->context, &inputs, out));
  CrateDerived *const derived =
    crate_arena_allocate(&p->arena, sizeof *derived);
  slot = crate_table_put(&active->derived, &p->arena, definition->term);
  if (!derived || !slot) {
    return crate_processor_out_of_memory(p);
  }
  *derived = (CrateDerived){slot->value, definition->context, *out, how};
  slot->value = derived;
  return CRATE_OK;
}
