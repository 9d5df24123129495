// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 6.1.2, steps 12.8.8 and 12.8.9: values that go into maps.
#include "jsonld/compact.h"

#define GRAPH CRATE_BIT(CRATE_AT_GRAPH)
#define ID CRATE_BIT(CRATE_AT_ID)
#define INDEX CRATE_BIT(CRATE_AT_INDEX)
#define LANGUAGE CRATE_BIT(CRATE_AT_LANGUAGE)

/// Add the compacted item to the map object under a key; NULL is @none.
static CrateStatus
add_under(CrateCompactItem *item, CrateText key)
{
  CrateCompacting *const c = item->map->c;
  CrateBuilding *object;
  CrateText kept;
  CRATE_TRY(
    crate_building_map(&c->builder, item->nest, item->property, &object));
  if (!key.data) {
    CRATE_TRY(crate_compact_keyword(c, item->map->active, CRATE_AT_NONE, &key));
  }
  CRATE_TRY(crate_arena_copy(c->builder.output, key, &kept));
  return crate_building_add(&c->builder, object, kept, item->compacted,
                            item->as_array);
}

static CrateStatus
add_plainly(CrateCompactItem *item)
{
  return crate_building_add(&item->map->c->builder, item->nest, item->property,
                            item->compacted, item->as_array);
}

/// Put the compacted item into a map of its own.
static CrateStatus
wrap(CrateCompactItem *item, CrateKeyword keyword, CrateBuilding *object)
{
  CrateCompacting *const c = item->map->c;
  CrateText key;
  CRATE_TRY(crate_compact_keyword(c, item->map->active, keyword, &key));
  return crate_building_set(&c->builder, object, key, item->compacted);
}

/// Step 12.8.8.4.
static CrateStatus
compact_named_graph(CrateCompactItem *item)
{
  CrateCompacting *const c = item->map->c;
  CrateActive *const active = item->map->active;
  const CrateElement *const expanded = item->expanded;
  CrateBuilding object = {.offset = expanded->offset};
  CrateText key;
  CrateJson *value;
  CRATE_TRY(wrap(item, CRATE_AT_GRAPH, &object));
  if (crate_element_has(expanded, CRATE_AT_ID) && expanded->id.data) {
    CrateText id;
    CRATE_TRY(crate_compact_keyword(c, active, CRATE_AT_ID, &key));
    CRATE_TRY(crate_compact_id(c, active, expanded->id, &id));
    CRATE_TRY(crate_builder_string(&c->builder, id, &value));
    CRATE_TRY(crate_building_set(&c->builder, &object, key, value));
  }
  if (crate_element_has(expanded, CRATE_AT_INDEX)) {
    CRATE_TRY(crate_compact_keyword(c, active, CRATE_AT_INDEX, &key));
    CRATE_TRY(crate_builder_string(&c->builder, expanded->index, &value));
    CRATE_TRY(crate_building_set(&c->builder, &object, key, value));
  }
  CRATE_TRY(crate_building_finish(&c->builder, &object, &item->compacted));
  return add_plainly(item);
}

/// Step 12.8.8.3.
static CrateStatus
compact_simple_graph(CrateCompactItem *item)
{
  CrateCompacting *const c = item->map->c;
  if (item->compacted->kind == CRATE_JSON_ARRAY && item->compacted->size > 1) {
    CrateBuilding object = {.offset = item->expanded->offset};
    CRATE_TRY(wrap(item, CRATE_AT_INCLUDED, &object));
    CRATE_TRY(crate_building_finish(&c->builder, &object, &item->compacted));
  }
  return add_plainly(item);
}

CrateStatus
crate_compact_graph(CrateCompactItem *item)
{
  const CrateElement *const expanded = item->expanded;
  const bool is_simple = !crate_element_has(expanded, CRATE_AT_ID);
  const CrateText none = {NULL, 0};
  if ((item->container & GRAPH) && (item->container & ID)) {
    CrateText key = none;
    if (!is_simple && expanded->id.data) {
      CRATE_TRY(
        crate_compact_id(item->map->c, item->map->active, expanded->id, &key));
    }
    return add_under(item, key);
  }
  if ((item->container & GRAPH) && (item->container & INDEX) && is_simple) {
    return add_under(item, crate_element_has(expanded, CRATE_AT_INDEX)
                             ? expanded->index
                             : none);
  }
  return (item->container & GRAPH) && is_simple ? compact_simple_graph(item)
                                                : compact_named_graph(item);
}

/// Where a member of the compacted item stands: the link to its key.
static CrateJson **
find_link(CrateJson *object, CrateText key)
{
  CrateJson **link = &object->first;
  while (*link && !crate_text_equal(crate_json_text(*link), key)) {
    link = &(*link)->next->next;
  }
  return link;
}

/// Steps 12.8.9.6 to 12.8.9.8: take the first value of a member out of the
/// compacted item; data NULL when there is none that could be a key.
static CrateText
take_first(CrateJson *object, CrateText key)
{
  const CrateText none = {NULL, 0};
  if (object->kind != CRATE_JSON_OBJECT) {
    return none;
  }
  CrateJson **const link = find_link(object, key);
  if (!*link) {
    return none;
  }
  CrateJson *const value = (*link)->next;
  CrateJson *const first =
    value->kind == CRATE_JSON_ARRAY ? value->first : value;
  if (!crate_json_is(first, CRATE_JSON_STRING)) {
    return none;
  }
  const CrateText text = first->size ? crate_json_text(first) : CRATE_TEXT("");
  if (first == value || value->size == 1) {
    *link = value->next;
    --object->size;
  } else if (value->size == 2) { // what remains is no array
    CrateJson *const rest = first->next;
    rest->next = value->next;
    (*link)->next = rest;
  } else {
    value->first = first->next;
    --value->size;
  }
  return text;
}

/// Step 12.8.9.8.4: a mere reference is compacted as one.
static CrateStatus
compact_lone_id(CrateCompactItem *item)
{
  CrateCompactMap *const map = item->map;
  const CrateJson *const object = item->compacted;
  const CrateKey *meaning;
  if (object->kind != CRATE_JSON_OBJECT || object->size != 1) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_active_key(map->c->p, map->active,
                             crate_json_text(object->first), &meaning));
  if (!meaning->name || meaning->name->keyword != CRATE_AT_ID) {
    return CRATE_OK;
  }
  const CrateElement reference = {
    .offset = item->expanded->offset, .has = ID, .id = item->expanded->id};
  return crate_compact(map->c, map->active, item->property, &reference,
                       &item->compacted);
}

/// Step 12.8.9.4.
static CrateStatus
take_language(CrateCompactItem *item, CrateText *key)
{
  const CrateElement *const expanded = item->expanded;
  if (!crate_element_has(expanded, CRATE_AT_VALUE)) {
    return CRATE_OK;
  }
  if (crate_element_has(expanded, CRATE_AT_LANGUAGE)) {
    *key = expanded->language;
  }
  return crate_builder_copy(&item->map->c->builder, expanded->value,
                            &item->compacted);
}

/// Step 12.8.9.6. The term that the index mapping names may be one that its
/// IRI alone does not compact to, for its type: it is tried first.
static CrateStatus
take_property(CrateCompactItem *item, CrateText *key)
{
  CrateCompacting *const c = item->map->c;
  const CrateKey *meaning;
  CrateText name;
  CRATE_TRY(crate_active_key(c->p, item->map->active, item->definition->index,
                             &meaning));
  *key = take_first(item->compacted, item->definition->index);
  if (!key->data && meaning->name) {
    CRATE_TRY(
      crate_compact_word(c, item->map->active, meaning->name->text, &name));
    *key = take_first(item->compacted, name);
  }
  return CRATE_OK;
}

/// Steps 12.8.9.7 and 12.8.9.8.
static CrateStatus
take_keyword(CrateCompactItem *item, CrateKeyword keyword, CrateText *key)
{
  CrateText name;
  CRATE_TRY(
    crate_compact_keyword(item->map->c, item->map->active, keyword, &name));
  *key = take_first(item->compacted, name);
  return keyword == CRATE_AT_TYPE ? compact_lone_id(item) : CRATE_OK;
}

CrateStatus
crate_compact_into_map(CrateCompactItem *item)
{
  const CrateText index = item->definition->index;
  CrateText key = {NULL, 0};
  if (item->container & LANGUAGE) {
    CRATE_TRY(take_language(item, &key));
  } else if ((item->container & INDEX) &&
             (!index.data || crate_text_is(index, "@index"))) {
    key = crate_element_has(item->expanded, CRATE_AT_INDEX)
            ? item->expanded->index
            : key;
  } else if (item->container & INDEX) {
    CRATE_TRY(take_property(item, &key));
  } else {
    CRATE_TRY(take_keyword(
      item, item->container & ID ? CRATE_AT_ID : CRATE_AT_TYPE, &key));
  }
  return add_under(item, key);
}
