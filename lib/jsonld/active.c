// SPDX-License-Identifier: Apache-2.0
// The layers of an active context.
#include "jsonld/context.h"
#include "jsonld/frozen.h"

CrateActive *
crate_active_new(CrateProcessor *p)
{
  CrateActive *const active = crate_arena_array(&p->arena, 1, sizeof *active);
  if (active && p->options.base.size) {
    active->base = p->options.base;
  }
  return active;
}

CrateStatus
crate_active_find(CrateProcessor *p,
                  const CrateActive *active,
                  CrateText term,
                  const CrateDefinition **out)
{
  *out = NULL;
  for (const CrateActive *layer = active; layer; layer = layer->lower) {
    const CrateTableSlot *const slot =
      crate_table_get(&layer->terms, p->world, term);
    *out = slot ? slot->value : NULL;
    if (!slot && layer->frozen) {
      CRATE_TRY(crate_frozen_find(p, layer->frozen, term, out));
    }
    if (*out) {
      *out = (*out)->is_removed ? NULL : *out;
      return CRATE_OK;
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_active_define(CrateProcessor *p,
                    CrateActive *active,
                    CrateDefinition *definition)
{
  CrateTableSlot *const slot =
    crate_table_put(&active->terms, &p->arena, definition->term);
  if (!slot) {
    return crate_processor_out_of_memory(p);
  }
  slot->value = definition;
  active->protected_count += definition->is_protected;
  if (definition->iri && definition->iri->keyword == CRATE_AT_TYPE) {
    active->aliases_type = true;
  }
  return CRATE_OK;
}

/// Make a key's entry; its IRI is expanded but once in each context.
static CrateStatus
learn_key(CrateProcessor *p, CrateActive *active, CrateText text, CrateKey *key)
{
  CrateExpansion expansion = {.vocab = true, .arena = &p->arena};
  CRATE_TRY(crate_iri_expand(p, active, text, &expansion));
  key->kind = expansion.kind;
  key->definition = expansion.definition;
  if (expansion.kind == CRATE_KEY_NULL) {
    return CRATE_OK;
  }
  key->name = crate_processor_name(p, expansion.text);
  if (!key->name) {
    return crate_processor_out_of_memory(p);
  }
  key->is_kept = key->name->keyword ||
                 crate_text_find(expansion.text, ':') < expansion.text.size;
  return CRATE_OK;
}

CrateStatus
crate_active_key(CrateProcessor *p,
                 CrateActive *active,
                 CrateText key,
                 const CrateKey **out)
{
  CrateTableSlot *const slot = crate_table_put(&active->keys, &p->arena, key);
  if (!slot) {
    return crate_processor_out_of_memory(p);
  }
  if (!slot->value) {
    CrateKey *const made = crate_arena_array(&p->arena, 1, sizeof *made);
    if (!made) {
      return crate_processor_out_of_memory(p);
    }
    CRATE_TRY(learn_key(p, active, key, made));
    slot->value = made;
  }
  *out = slot->value;
  return CRATE_OK;
}
