// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 5.1: Expansion Algorithm, steps 1 to 12.
#include "jsonld/expand.h"
#include <stdlib.h>

CrateStatus
crate_slot_definition(CrateProcessor *p,
                      CrateActive *active,
                      const CrateSlot *slot,
                      const CrateDefinition **out)
{
  const CrateKey *key = slot->key;
  *out = NULL;
  if (!slot->text.data) {
    return CRATE_OK;
  }
  if (!key || slot->active != active) {
    CRATE_TRY(crate_active_key(p, active, slot->text, &key));
  }
  *out = key->definition;
  return CRATE_OK;
}

static int
by_text(const void *a, const void *b)
{
  const CrateJson *const *const left = a;
  const CrateJson *const *const right = b;
  return crate_text_compare(crate_json_text(*left), crate_json_text(*right));
}

CrateStatus
crate_keys_begin(CrateProcessor *p,
                 const CrateJson *object,
                 bool sorted,
                 CrateKeys *keys)
{
  *keys = (CrateKeys){crate_json_first_key(object), NULL, 0};
  if (!sorted || !keys->at) {
    return CRATE_OK;
  }
  keys->sorted =
    crate_arena_array(p->output, object->size, sizeof *keys->sorted);
  if (!keys->sorted) {
    return crate_processor_out_of_memory(p);
  }
  for (const CrateJson *key = keys->at; key; key = crate_json_next_key(key)) {
    keys->sorted[keys->left++] = key;
  }
  qsort(keys->sorted, keys->left, sizeof *keys->sorted, by_text);
  return CRATE_OK;
}

const CrateJson *
crate_keys_next(CrateKeys *keys)
{
  if (keys->sorted) {
    return keys->left ? --keys->left, *keys->sorted++ : NULL;
  }
  const CrateJson *const key = keys->at;
  keys->at = key ? crate_json_next_key(key) : NULL;
  return key;
}

/// Whether a key expands to a keyword in the active context.
static CrateStatus
key_is(CrateExpanding *x,
       const CrateJson *key,
       CrateKeyword keyword,
       bool *answer)
{
  const CrateKey *meaning;
  CRATE_TRY(crate_active_key(x->p, x->active, crate_json_text(key), &meaning));
  *answer = meaning->name && meaning->name->keyword == keyword;
  return CRATE_OK;
}

/// Step 7: leave the scope of a context that is not propagated, unless the
/// element is a value object or a mere reference.
static CrateStatus
leave_scope(CrateExpanding *x, bool from_map)
{
  if (!x->active->previous || from_map) {
    return CRATE_OK;
  }
  bool stays = false;
  if (x->element->size == 1) {
    CRATE_TRY(key_is(x, x->element->first, CRATE_AT_ID, &stays));
  }
  for (const CrateJson *key = x->element->first; key && !stays;
       key = crate_json_next_key(key)) {
    CRATE_TRY(key_is(x, key, CRATE_AT_VALUE, &stays));
  }
  x->active = stays ? x->active : x->active->previous;
  return CRATE_OK;
}

/// Step 9.
static CrateStatus
enter_context(CrateExpanding *x)
{
  const CrateJson *context = NULL;
  for (const CrateJson *key = x->element->first; key;
       key = crate_json_next_key(key)) {
    if (key->size == 8 && !memcmp(key->text, "@context", 8)) {
      context = key->next;
    }
  }
  const CrateContextInputs inputs = {.source = &x->p->source};
  return context ? crate_context_process(x->p, x->active, context, &inputs,
                                         &x->active)
                 : CRATE_OK;
}

/// A list of strings to sort; few, but an attacker decides.
typedef struct Sorted {
  const CrateJson **items;
  size_t count;
} Sorted;

/// The keys that expand to @type, in order of code points.
static CrateStatus
find_type_keys(CrateExpanding *x, Sorted *keys)
{
  for (const CrateJson *key = x->element->first; key;
       key = crate_json_next_key(key)) {
    bool is_type = key->size == 5 && !memcmp(key->text, "@type", 5);
    if (!is_type && x->active->aliases_type) {
      CRATE_TRY(key_is(x, key, CRATE_AT_TYPE, &is_type));
    }
    if (!is_type) {
      continue;
    }
    if (!keys->items) {
      keys->items =
        crate_arena_array(x->p->output, x->element->size, sizeof *keys->items);
      if (!keys->items) {
        return crate_processor_out_of_memory(x->p);
      }
    }
    keys->items[keys->count++] = key;
  }
  if (keys->count > 1) {
    qsort(keys->items, keys->count, sizeof *keys->items, by_text);
  }
  return CRATE_OK;
}

/// Step 11.2 for one type: does it bring a context?
static CrateStatus
type_definition(CrateExpanding *x,
                const CrateJson *type,
                const CrateDefinition **out)
{
  const CrateKey *key;
  *out = NULL;
  if (!crate_json_is(type, CRATE_JSON_STRING)) {
    return CRATE_OK;
  }
  CRATE_TRY(
    crate_active_key(x->p, x->type_scoped, crate_json_text(type), &key));
  *out = key->definition && key->definition->context ? key->definition : NULL;
  return CRATE_OK;
}

static CrateStatus
enter_type(CrateExpanding *x, const CrateJson *type)
{
  const CrateDefinition *definition;
  CRATE_TRY(type_definition(x, type, &definition));
  return definition ? crate_context_scope(x->p, x->active, definition, false,
                                          true, &x->active)
                    : CRATE_OK;
}

/// Step 11.2 for an array of types, in order of code points.
static CrateStatus
enter_types(CrateExpanding *x, const CrateJson *types)
{
  Sorted sorted = {NULL, 0};
  for (const CrateJson *type = crate_json_first(types); type;
       type = type->next) {
    const CrateDefinition *definition;
    CRATE_TRY(type_definition(x, type, &definition));
    if (!definition) {
      continue;
    }
    if (!sorted.items) {
      sorted.items =
        crate_arena_array(x->p->output, types->size, sizeof *sorted.items);
      if (!sorted.items) {
        return crate_processor_out_of_memory(x->p);
      }
    }
    sorted.items[sorted.count++] = type;
  }
  if (sorted.count > 1) {
    qsort(sorted.items, sorted.count, sizeof *sorted.items, by_text);
  }
  for (size_t i = 0; i < sorted.count; ++i) {
    CRATE_TRY(enter_type(x, sorted.items[i]));
  }
  return CRATE_OK;
}

/// Steps 10 to 12.
static CrateStatus
enter_type_scopes(CrateExpanding *x)
{
  Sorted keys = {NULL, 0};
  x->type_scoped = x->active;
  CRATE_TRY(find_type_keys(x, &keys));
  for (size_t i = 0; i < keys.count; ++i) {
    const CrateJson *const value = keys.items[i]->next;
    CRATE_TRY(crate_json_is(value, CRATE_JSON_ARRAY) ? enter_types(x, value)
                                                     : enter_type(x, value));
  }
  x->type_value = keys.count ? keys.items[0]->next : NULL;
  return CRATE_OK;
}

/// Steps 7 to 20.
static CrateStatus
expand_map(CrateExpanding *x, bool from_map, CrateElements *out)
{
  const CrateDefinition *definition; // step 3
  CRATE_TRY(crate_slot_definition(x->p, x->active, x->slot, &definition));
  CRATE_TRY(leave_scope(x, from_map));
  if (definition && definition->context) { // step 8
    CRATE_TRY(crate_context_scope(x->p, x->active, definition, true, false,
                                  &x->active));
  }
  CRATE_TRY(enter_context(x));
  CRATE_TRY(enter_type_scopes(x));
  x->result = crate_element_new(x->p, x->element->offset);
  if (!x->result) {
    return crate_processor_out_of_memory(x->p);
  }
  CRATE_TRY(crate_expand_entries(x, x->element));
  return crate_expand_finish(x, out);
}

/// Step 4.
static CrateStatus
expand_scalar(CrateProcessor *p,
              CrateActive *active,
              const CrateSlot *slot,
              const CrateJson *element,
              CrateElements *out)
{
  if (!slot->text.data || crate_text_is(slot->text, "@graph")) {
    return CRATE_OK;
  }
  const CrateDefinition *definition;
  CRATE_TRY(crate_slot_definition(p, active, slot, &definition));
  if (definition && definition->context) {
    CRATE_TRY(crate_context_scope(p, active, definition, true, false, &active));
    CRATE_TRY(crate_slot_definition(p, active, slot, &definition));
  }
  CrateElement *value;
  CRATE_TRY(crate_expand_value(p, active, definition, element, &value));
  crate_elements_add(out, value);
  return CRATE_OK;
}

/// Step 5.
static CrateStatus
expand_array(CrateProcessor *p,
             CrateActive *active,
             const CrateSlot *slot,
             const CrateJson *array,
             bool from_map,
             CrateElements *out)
{
  const CrateDefinition *definition;
  CRATE_TRY(crate_slot_definition(p, active, slot, &definition));
  const bool is_list =
    definition && (definition->container & CRATE_BIT(CRATE_AT_LIST));
  out->is_array = true;
  for (const CrateJson *item = array->first; item; item = item->next) {
    CrateElements expanded = {NULL, NULL, false};
    CRATE_TRY(crate_expand(p, active, slot, item, from_map, &expanded));
    if (is_list && expanded.is_array) { // step 5.2.2
      CrateElement *const list = crate_element_new(p, item->offset);
      if (!list) {
        return crate_processor_out_of_memory(p);
      }
      list->has = CRATE_BIT(CRATE_AT_LIST);
      list->list = expanded;
      expanded = (CrateElements){list, list, false};
    }
    crate_elements_append(out, &expanded);
  }
  return CRATE_OK;
}

CrateStatus
crate_expand(CrateProcessor *p,
             CrateActive *active,
             const CrateSlot *slot,
             const CrateJson *element,
             bool from_map,
             CrateElements *out)
{
  *out = (CrateElements){NULL, NULL, false};
  switch ((CrateJsonKind)element->kind) {
    case CRATE_JSON_NULL: // step 1
      return CRATE_OK;
    case CRATE_JSON_ARRAY:
    case CRATE_JSON_OBJECT:
      break;
    default:
      return expand_scalar(p, active, slot, element, out);
  }
  CRATE_TRY(crate_processor_descend(p, &p->source, element->offset));
  CrateStatus status;
  if (element->kind == CRATE_JSON_ARRAY) {
    status = expand_array(p, active, slot, element, from_map, out);
  } else {
    CrateExpanding x = {p, active, NULL, slot, element, NULL, NULL};
    status = expand_map(&x, from_map, out);
  }
  --p->depth;
  return status;
}
