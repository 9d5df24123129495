// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 5.1.2, steps 13.7 and 13.8: language maps and index maps.
#include "jsonld/expand.h"

#define GRAPH CRATE_BIT(CRATE_AT_GRAPH)
#define ID CRATE_BIT(CRATE_AT_ID)
#define INDEX CRATE_BIT(CRATE_AT_INDEX)
#define TYPE CRATE_BIT(CRATE_AT_TYPE)

/// Step 13.7.4.2 for one item.
static CrateStatus
add_language_value(CrateExpanding *x,
                   CrateText language,
                   uint8_t direction,
                   const CrateJson *item,
                   CrateElements *out)
{
  if (crate_json_is(item, CRATE_JSON_NULL)) {
    return CRATE_OK;
  }
  if (!crate_json_is(item, CRATE_JSON_STRING)) {
    return CRATE_FAIL(x->p, &x->p->source, item->offset,
                      "invalid-language-map-value",
                      "a language map holds strings and arrays of strings");
  }
  CrateElement *const value = crate_element_new(x->p, item->offset);
  if (!value) {
    return crate_processor_out_of_memory(x->p);
  }
  value->has = CRATE_BIT(CRATE_AT_VALUE);
  value->value = item;
  if (language.data) {
    value->has |= CRATE_BIT(CRATE_AT_LANGUAGE);
    value->language = language;
  }
  if (direction > CRATE_BASE_DIRECTION_NULL) {
    value->has |= CRATE_BIT(CRATE_AT_DIRECTION);
    value->direction = direction;
  }
  crate_elements_add(out, value);
  return CRATE_OK;
}

CrateStatus
crate_expand_language_map(CrateExpanding *x,
                          const CrateDefinition *definition,
                          const CrateJson *value,
                          CrateElements *out)
{
  const uint8_t direction =
    definition->direction ? definition->direction : x->active->direction;
  CrateKeys keys;
  out->is_array = true;
  CRATE_TRY(crate_keys_begin(x->p, value, x->p->options.ordered, &keys));
  for (const CrateJson *key; (key = crate_keys_next(&keys));) {
    const CrateKey *meaning;
    CrateText language = crate_json_text(key);
    CRATE_TRY(crate_active_key(x->p, x->active, language, &meaning));
    if (meaning->name && meaning->name->keyword == CRATE_AT_NONE) {
      language = (CrateText){NULL, 0}; // step 13.7.4.2.4
    }
    if (!crate_json_is(key->next, CRATE_JSON_ARRAY)) {
      CRATE_TRY(add_language_value(x, language, direction, key->next, out));
    }
    for (const CrateJson *item = crate_json_first(key->next); item;
         item = item->next) {
      CRATE_TRY(add_language_value(x, language, direction, item, out));
    }
  }
  return CRATE_OK;
}

/// One entry of an index map.
typedef struct Entry {
  CrateExpanding *x;
  const CrateDefinition *definition;
  const CrateJson *key;
  const CrateKey *meaning; ///< Of the index.
  CrateText id;            ///< The index as an IRI of the document.
} Entry;

/// Steps 13.8.3.1 to 13.8.3.3.
static CrateStatus
enter_map_context(const Entry *entry, CrateActive **out)
{
  CrateProcessor *const p = entry->x->p;
  const uint32_t container = entry->definition->container;
  CrateActive *active = entry->x->active;
  *out = active;
  if (!(container & (ID | TYPE))) {
    return CRATE_OK;
  }
  active = active->previous ? active->previous : active;
  *out = active;
  const CrateKey *key;
  CRATE_TRY(crate_active_key(p, active, crate_json_text(entry->key), &key));
  if ((container & TYPE) && key->definition && key->definition->context) {
    return crate_context_scope(p, active, key->definition, false, false, out);
  }
  return CRATE_OK;
}

static bool
is_graph_object(const CrateElement *element)
{
  static const uint32_t others = ID | INDEX;
  return crate_element_has(element, CRATE_AT_GRAPH) &&
         !(element->has & ~(GRAPH | others)) && !element->properties.first;
}

/// Step 13.8.3.7.2: the index is a property's value.
static CrateStatus
add_index_property(const Entry *entry, CrateElement *item)
{
  CrateExpanding *const x = entry->x;
  const CrateKey *index;
  CrateElement *value;
  CRATE_TRY(
    crate_active_key(x->p, x->active, entry->definition->index, &index));
  CRATE_TRY(
    crate_expand_value(x->p, x->active, index->definition, entry->key, &value));
  if (crate_element_has(item, CRATE_AT_VALUE)) { // step 13.8.3.7.2.5
    return CRATE_FAIL(x->p, &x->p->source, entry->key->offset,
                      "invalid-value-object",
                      "a value cannot take the property of its index");
  }
  CrateProperty *const property =
    index->name ? crate_properties_get(x->p, &item->properties, index->name)
                : NULL;
  if (!property) {
    return index->name ? crate_processor_out_of_memory(x->p) : CRATE_OK;
  }
  value->next = property->values.first;
  property->values.first = value;
  property->values.last = property->values.last ? property->values.last : value;
  return CRATE_OK;
}

/// Step 13.8.3.7.5: the index is the first type.
static CrateStatus
add_index_type(const Entry *entry, CrateElement *item)
{
  CrateProcessor *const p = entry->x->p;
  CrateTypeValue *const rest = item->types;
  CrateTypeValue *const last = item->last_type;
  CrateTypeValue type = {
    NULL, {NULL, 0}, entry->meaning->name, entry->key->offset};
  type.text = type.name ? type.name->text : type.text;
  item->types = item->last_type = NULL;
  CRATE_TRY(crate_element_add_type(p, item, type));
  item->types->next = rest;
  item->last_type = rest ? last : item->types;
  item->type_is_array = true;
  item->has |= TYPE;
  return CRATE_OK;
}

/// Steps 13.8.3.7.2 to 13.8.3.7.5.
static CrateStatus
add_index(const Entry *entry, CrateElement *item)
{
  const uint32_t container = entry->definition->container;
  const bool is_none =
    entry->meaning->name && entry->meaning->name->keyword == CRATE_AT_NONE;
  if (is_none) {
    return CRATE_OK;
  }
  if ((container & INDEX) && entry->definition->index.data &&
      !crate_text_is(entry->definition->index, "@index")) {
    return add_index_property(entry, item);
  }
  if (container & INDEX) {
    if (!crate_element_has(item, CRATE_AT_INDEX)) {
      item->has |= INDEX;
      item->index = crate_json_text(entry->key);
      item->index.data = item->index.data ? item->index.data : "";
    }
  } else if (container & ID) {
    if (!crate_element_has(item, CRATE_AT_ID)) {
      item->has |= ID;
      item->id = entry->id;
    }
  } else {
    return add_index_type(entry, item);
  }
  return CRATE_OK;
}

/// Step 13.8.3.7 for one item; `out` takes it.
static CrateStatus
add_item(const Entry *entry, CrateElement *item, CrateElements *out)
{
  CrateProcessor *const p = entry->x->p;
  item->next = NULL;
  if ((entry->definition->container & GRAPH) && !is_graph_object(item)) {
    CrateElement *const graph = crate_element_new(p, item->offset);
    if (!graph) {
      return crate_processor_out_of_memory(p);
    }
    graph->has = GRAPH;
    graph->graph = (CrateElements){item, item, true};
    item = graph;
  }
  CRATE_TRY(add_index(entry, item));
  crate_elements_add(out, item);
  return CRATE_OK;
}

CrateStatus
crate_expand_index_map(CrateExpanding *x,
                       const CrateSlot *slot,
                       const CrateDefinition *definition,
                       const CrateJson *value,
                       CrateElements *out)
{
  CrateKeys keys;
  out->is_array = true;
  CRATE_TRY(crate_keys_begin(x->p, value, x->p->options.ordered, &keys));
  for (const CrateJson *key; (key = crate_keys_next(&keys));) {
    Entry entry = {x, definition, key, NULL, {NULL, 0}};
    CrateActive *active;
    CrateElements items;
    CRATE_TRY(enter_map_context(&entry, &active));
    CRATE_TRY(crate_active_key(x->p, x->active, crate_json_text(key),
                               &entry.meaning)); // step 13.8.3.4
    if (definition->container & ID) {
      CRATE_TRY(crate_expand_iri(x->p, x->active, crate_json_text(key), false,
                                 &entry.id));
    }
    // Steps 13.8.3.5 and 13.8.3.6; whether one or an array, items are walked.
    CRATE_TRY(crate_expand(x->p, active, slot, key->next, true, &items));
    for (CrateElement *item = items.first, *next; item; item = next) {
      next = item->next;
      CRATE_TRY(add_item(&entry, item, out));
    }
  }
  return CRATE_OK;
}
