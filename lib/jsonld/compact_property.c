// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 6.1.2, steps 12.7 and 12.8: a property and its values.
#include "jsonld/compact.h"

/// Steps 12.7.2 and 12.8.2: where a property's values go.
static CrateStatus
find_nest(CrateCompactMap *map,
          const CrateDefinition *definition,
          CrateBuilding **out)
{
  CrateCompacting *const c = map->c;
  const CrateKey *meaning;
  *out = &map->result;
  if (!definition || !definition->nest.data) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_active_key(c->p, map->active, definition->nest, &meaning));
  if (!meaning->name || meaning->name->keyword != CRATE_AT_NEST) {
    return CRATE_FAIL(
      c->p, &c->p->source, map->element->offset, "invalid-@nest-value",
      "\"%.*s\" is to nest in \"%.*s\", which the context "
      "does not make an alias of @nest",
      CRATE_TEXT_ARG(definition->term), CRATE_TEXT_ARG(definition->nest));
  }
  CrateText nest; // the context dies before the result
  CRATE_TRY(crate_arena_copy(c->builder.output, definition->nest, &nest));
  return crate_building_map(&c->builder, &map->result, nest, out);
}

/// Steps 12.7.1 to 12.7.3, and 12.8.1 to 12.8.5.
static CrateStatus
open_item(CrateCompactItem *item, const CrateBeside *beside)
{
  CrateCompactMap *const map = item->map;
  CRATE_TRY(crate_compact_name(map->c, map->active, item->name, beside,
                               &item->property));
  CRATE_TRY(crate_active_find(map->c->p, map->active, item->property,
                              &item->definition));
  item->container = item->definition ? item->definition->container : 0;
  item->as_array = map->c->p->options.keep_arrays ||
                   (item->container & CRATE_BIT(CRATE_AT_SET)) ||
                   crate_text_is(item->property, "@graph") ||
                   crate_text_is(item->property, "@list");
  return find_nest(map, item->definition, &item->nest);
}

/// Step 12.7.
static CrateStatus
compact_nothing(CrateCompactMap *map, CrateText name)
{
  CrateCompactItem item = {.map = map, .name = name};
  CrateJson *none;
  CRATE_TRY(open_item(&item, &(CrateBeside){NULL, true, map->inside_reverse}));
  CRATE_TRY(crate_builder_new(&map->c->builder, CRATE_JSON_ARRAY, &none));
  return crate_building_add(&map->c->builder, item.nest, item.property, none,
                            true);
}

/// Step 12.8.7: a list object.
static CrateStatus
compact_list(CrateCompactItem *item)
{
  CrateCompacting *const c = item->map->c;
  CrateActive *const active = item->map->active;
  if (item->compacted->kind != CRATE_JSON_ARRAY) {
    CrateJson *array;
    CrateJson *last = NULL;
    CRATE_TRY(crate_builder_new(&c->builder, CRATE_JSON_ARRAY, &array));
    crate_json_append(array, &last, item->compacted);
    item->compacted = array;
  }
  if (item->container & CRATE_BIT(CRATE_AT_LIST)) { // step 12.8.7.3
    return crate_building_set(&c->builder, item->nest, item->property,
                              item->compacted);
  }
  CrateBuilding object = {.offset = item->expanded->offset};
  CrateText key;
  CRATE_TRY(crate_compact_keyword(c, active, CRATE_AT_LIST, &key));
  CRATE_TRY(crate_building_set(&c->builder, &object, key, item->compacted));
  if (crate_element_has(item->expanded, CRATE_AT_INDEX)) {
    CrateJson *index;
    CRATE_TRY(crate_compact_keyword(c, active, CRATE_AT_INDEX, &key));
    CRATE_TRY(crate_builder_string(&c->builder, item->expanded->index, &index));
    CRATE_TRY(crate_building_set(&c->builder, &object, key, index));
  }
  CRATE_TRY(crate_building_finish(&c->builder, &object, &item->compacted));
  return crate_building_add(&c->builder, item->nest, item->property,
                            item->compacted, item->as_array);
}

/// Whether the term says that its value is JSON as it stands.
static bool
holds_json(const CrateCompactItem *item)
{
  const CrateName *const type =
    item->definition ? item->definition->type : NULL;
  return type && type->keyword == CRATE_AT_JSON;
}

/// A term that holds one list, or one JSON literal that may be an array, has
/// no room for a second: that is said with the whole IRI.
static bool
is_taken(const CrateCompactItem *item)
{
  return ((item->container & CRATE_BIT(CRATE_AT_LIST)) || holds_json(item)) &&
         crate_building_find(&item->map->c->builder, item->nest,
                             item->property);
}

/// Step 12.8.6.
static CrateStatus
compact_inner(CrateCompactItem *item)
{
  const CrateCompactMap *const map = item->map;
  const CrateElement *const expanded = item->expanded;
  if (crate_element_has(expanded, CRATE_AT_LIST)) {
    return crate_compact_array(map->c, map->active, item->property,
                               &expanded->list, &item->compacted);
  }
  if (crate_element_is_graph(expanded)) {
    return crate_compact_array(map->c, map->active, item->property,
                               &expanded->graph, &item->compacted);
  }
  return crate_compact(map->c, map->active, item->property, expanded,
                       &item->compacted);
}

/// The null that framing puts in: Framing 5.1, step 20.
static CrateStatus
add_null(const CrateCompactItem *item)
{
  const CrateBuilder *const builder = &item->map->c->builder;
  CrateJson *value;
  CRATE_TRY(crate_builder_new(
    builder, item->as_array ? CRATE_JSON_ARRAY : CRATE_JSON_NULL, &value));
  return crate_building_add(builder, item->nest, item->property, value,
                            item->as_array);
}

/// Step 12.8.
static CrateStatus
compact_item(CrateCompactMap *map, CrateText name, const CrateElement *expanded)
{
  static const uint32_t maps =
    CRATE_BIT(CRATE_AT_LANGUAGE) | CRATE_BIT(CRATE_AT_INDEX) |
    CRATE_BIT(CRATE_AT_ID) | CRATE_BIT(CRATE_AT_TYPE);
  CrateCompactItem item = {.map = map, .name = name, .expanded = expanded};
  const bool is_null = expanded->is_null;
  CRATE_TRY(open_item(&item, &(CrateBeside){is_null ? NULL : expanded, true,
                                            map->inside_reverse}));
  if (is_null) {
    return add_null(&item);
  }
  if (is_taken(&item)) {
    item.property = name;
    item.definition = NULL;
    item.container = 0;
    item.nest = &map->result;
  }
  CRATE_TRY(compact_inner(&item));
  if (crate_element_has(expanded, CRATE_AT_LIST)) {
    return compact_list(&item);
  }
  if (crate_element_is_graph(expanded)) {
    return crate_compact_graph(&item);
  }
  if ((item.container & maps) &&
      !(item.container & CRATE_BIT(CRATE_AT_GRAPH))) {
    return crate_compact_into_map(&item);
  }
  if (holds_json(&item)) { // an array is the literal, not several of them
    return crate_building_set(&map->c->builder, item.nest, item.property,
                              item.compacted);
  }
  return crate_building_add(&map->c->builder, item.nest, item.property,
                            item.compacted, item.as_array);
}

CrateStatus
crate_compact_property(CrateCompactMap *map,
                       CrateText name,
                       const CrateElements *values)
{
  if (!values->first) {
    return compact_nothing(map, name);
  }
  for (const CrateElement *at = values->first; at; at = at->next) {
    CRATE_TRY(compact_item(map, name, at));
  }
  return CRATE_OK;
}
