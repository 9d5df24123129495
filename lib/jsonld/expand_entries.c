// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 5.1.2, steps 13 and 14: the members of a map.
#include "jsonld/frame_expand.h"

#define GRAPH CRATE_BIT(CRATE_AT_GRAPH)
#define ID CRATE_BIT(CRATE_AT_ID)
#define INDEX CRATE_BIT(CRATE_AT_INDEX)
#define LANGUAGE CRATE_BIT(CRATE_AT_LANGUAGE)
#define LIST CRATE_BIT(CRATE_AT_LIST)
#define TYPE CRATE_BIT(CRATE_AT_TYPE)

/// Step 13.6: a JSON literal.
static CrateStatus
expand_json(CrateExpanding *x,
            const CrateDefinition *definition,
            const CrateJson *value,
            CrateElements *out)
{
  CrateElement *const literal = crate_element_new(x->p, value->offset);
  if (!literal) {
    return crate_processor_out_of_memory(x->p);
  }
  literal->has = CRATE_BIT(CRATE_AT_VALUE) | TYPE;
  literal->value = value;
  *out = (CrateElements){literal, literal, false};
  return crate_element_add_type(x->p, literal,
                                (CrateTypeValue){NULL, definition->type->text,
                                                 definition->type,
                                                 value->offset});
}

/// Steps 13.6 to 13.9.
static CrateStatus
expand_by_container(CrateExpanding *x,
                    const CrateSlot *slot,
                    const CrateJson *value,
                    CrateElements *out)
{
  const CrateDefinition *const definition = slot->key->definition;
  const uint32_t container = definition ? definition->container : 0;
  const bool is_map = value->kind == CRATE_JSON_OBJECT;
  *out = (CrateElements){NULL, NULL, false};
  if (definition && definition->type &&
      definition->type->keyword == CRATE_AT_JSON) {
    return expand_json(x, definition, value, out);
  }
  if ((container & LANGUAGE) && is_map) {
    return crate_expand_language_map(x, definition, value, out);
  }
  if ((container & (INDEX | TYPE | ID)) && is_map) {
    return crate_expand_index_map(x, slot, definition, value, out);
  }
  return crate_expand(x->p, x->active, slot, value, false, out);
}

/// Step 13.11.
static CrateStatus
make_list(CrateExpanding *x, const CrateJson *value, CrateElements *expanded)
{
  if (!expanded->is_array &&
      crate_element_has(expanded->first, CRATE_AT_LIST)) {
    return CRATE_OK;
  }
  CrateElement *const list = crate_element_new(x->p, value->offset);
  if (!list) {
    return crate_processor_out_of_memory(x->p);
  }
  list->has = LIST;
  list->list = *expanded;
  list->list.is_array = true;
  *expanded = (CrateElements){list, list, false};
  return CRATE_OK;
}

/// Step 13.12: each value becomes a graph object.
static CrateStatus
make_graphs(CrateExpanding *x, CrateElements *expanded)
{
  CrateElements graphs = {NULL, NULL, true};
  for (CrateElement *at = expanded->first, *next; at; at = next) {
    next = at->next;
    at->next = NULL;
    CrateElement *const graph = crate_element_new(x->p, at->offset);
    if (!graph) {
      return crate_processor_out_of_memory(x->p);
    }
    graph->has = GRAPH;
    graph->graph = (CrateElements){at, at, true};
    crate_elements_add(&graphs, graph);
  }
  *expanded = graphs;
  return CRATE_OK;
}

CrateStatus
crate_expand_property(CrateExpanding *x,
                      const CrateKey *meaning,
                      const CrateJson *key)
{
  const CrateSlot slot = {crate_json_text(key), x->active, meaning};
  const CrateDefinition *const definition = meaning->definition;
  const uint32_t container = definition ? definition->container : 0;
  CrateElements expanded;
  CRATE_TRY(expand_by_container(x, &slot, key->next, &expanded));
  if (crate_elements_is_null(&expanded)) { // step 13.10
    return CRATE_OK;
  }
  if (container & LIST) {
    CRATE_TRY(make_list(x, key->next, &expanded));
  }
  if ((container & GRAPH) && !(container & (ID | INDEX))) {
    CRATE_TRY(make_graphs(x, &expanded));
  }
  if (definition && definition->is_reverse) { // step 13.13
    return crate_expand_add_reverse(x, meaning->name, &expanded);
  }
  CrateProperty *const property =
    crate_properties_get(x->p, &x->result->properties, meaning->name);
  if (!property) {
    return crate_processor_out_of_memory(x->p);
  }
  crate_elements_append(&property->values, &expanded); // step 13.14
  return CRATE_OK;
}

/// Step 14.2 for one nested value.
static CrateStatus
expand_nested(CrateExpanding *x, const CrateJson *key, const CrateJson *value)
{
  CrateExpanding inner = *x;
  const CrateSlot slot = {crate_json_text(key), NULL, NULL};
  const CrateKey *meaning;
  bool good = crate_json_is(value, CRATE_JSON_OBJECT);
  for (const CrateJson *at = crate_json_first_key(value); at && good;
       at = crate_json_next_key(at)) {
    CRATE_TRY(crate_active_key(x->p, x->active, crate_json_text(at), &meaning));
    good = !meaning->name || meaning->name->keyword != CRATE_AT_VALUE;
  }
  if (!good) { // step 14.2.1
    return CRATE_FAIL(x->p, &x->p->source, value->offset, "invalid-@nest-value",
                      "@nest takes objects, no value objects");
  }
  // Step 14.2.2: step 3, step 8 and again 13 and 14.
  CRATE_TRY(crate_active_key(x->p, x->active, slot.text, &meaning));
  if (meaning->definition && meaning->definition->context) {
    CRATE_TRY(crate_context_scope(x->p, x->active, meaning->definition, true,
                                  false, &inner.active));
  }
  inner.slot = &slot;
  CRATE_TRY(crate_processor_descend(x->p, &x->p->source, value->offset));
  const CrateStatus status = crate_expand_entries(&inner, value);
  --x->p->depth;
  return status;
}

/// Step 14.
static CrateStatus
expand_nests(CrateExpanding *x, const CrateNests *nests)
{
  for (const CrateNest *nest = nests->first; nest; nest = nest->next) {
    const CrateJson *const value = nest->key->next;
    if (!crate_json_is(value, CRATE_JSON_ARRAY)) {
      CRATE_TRY(expand_nested(x, nest->key, value));
    }
    for (const CrateJson *item = crate_json_first(value); item;
         item = item->next) {
      CRATE_TRY(expand_nested(x, nest->key, item));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_expand_entries(CrateExpanding *x, const CrateJson *object)
{
  CrateNests nests = {NULL, NULL};
  CrateKeys keys;
  CRATE_TRY(crate_keys_begin(x->p, object, x->p->options.ordered, &keys));
  for (const CrateJson *key; (key = crate_keys_next(&keys));) {
    const CrateKey *meaning;
    if (crate_text_is(crate_json_text(key), "@context")) { // step 13.1
      continue;
    }
    CRATE_TRY(
      crate_active_key(x->p, x->active, crate_json_text(key), &meaning));
    if (!meaning->is_kept) { // step 13.3
      bool ignored;
      CRATE_TRY(x->p->framing ? crate_expand_flag(x, key, &ignored) : CRATE_OK);
      continue;
    }
    CRATE_TRY(meaning->name->keyword
                ? crate_expand_keyword(x, meaning->name->keyword, key, &nests)
                : crate_expand_property(x, meaning, key));
  }
  return expand_nests(x, &nests);
}
