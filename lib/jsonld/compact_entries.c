// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 6.1.2, steps 12 to 12.6: the entries of a map.
#include "jsonld/compact.h"
#include <stdlib.h>

/// Set the entry that a keyword has in the result.
static CrateStatus
set_keyword(CrateCompactMap *map, CrateKeyword keyword, CrateJson *value)
{
  CrateText alias;
  CRATE_TRY(crate_compact_keyword(map->c, map->active, keyword, &alias));
  return crate_building_set(&map->c->builder, &map->result, alias, value);
}

/// Step 12.1.
static CrateStatus
compact_id(CrateCompactMap *map)
{
  CrateText id;
  CrateJson *value;
  if (!map->element->id.data) {
    CRATE_TRY(crate_builder_new(&map->c->builder, CRATE_JSON_NULL, &value));
  } else {
    CRATE_TRY(crate_compact_id(map->c, map->active, map->element->id, &id));
    CRATE_TRY(crate_builder_string(&map->c->builder, id, &value));
  }
  return set_keyword(map, CRATE_AT_ID, value);
}

/// Step 12.2.
static CrateStatus
compact_types(CrateCompactMap *map)
{
  CrateCompacting *const c = map->c;
  const CrateDefinition *definition;
  CrateText alias;
  CRATE_TRY(crate_compact_keyword(c, map->active, CRATE_AT_TYPE, &alias));
  CRATE_TRY(crate_active_find(c->p, map->active, alias, &definition));
  const bool as_array = c->p->options.keep_arrays ||
                        (!c->p->options.processing_1_0 && definition &&
                         (definition->container & CRATE_BIT(CRATE_AT_SET)));
  if (!map->element->types) {
    CrateJson *none;
    CRATE_TRY(crate_builder_new(&c->builder, CRATE_JSON_ARRAY, &none));
    return crate_building_add(&c->builder, &map->result, alias, none, true);
  }
  for (const CrateTypeValue *at = map->element->types; at; at = at->next) {
    CrateText term;
    CrateJson *value;
    CRATE_TRY(crate_compact_word(c, map->type_scoped, at->text, &term));
    CRATE_TRY(crate_builder_string(&c->builder, term, &value));
    CRATE_TRY(crate_building_add(
      &c->builder, &map->result, alias, value,
      as_array && !crate_element_has(map->element, CRATE_AT_VALUE)));
  }
  return CRATE_OK;
}

/// Step 12.3.2: what has a reverse property of its own moves to the result.
static CrateStatus
move_reversed(CrateCompactMap *map, CrateBuilding *reversed, uint32_t *left)
{
  CrateCompacting *const c = map->c;
  *left = 0;
  for (CrateEntry *at = reversed->first; at; at = at->next) {
    const CrateDefinition *definition;
    CRATE_TRY(crate_active_find(c->p, map->active, at->key, &definition));
    if (!definition || !definition->is_reverse) {
      ++*left;
      continue;
    }
    if (at->map) {
      CRATE_TRY(crate_building_finish(&c->builder, at->map, &at->value));
      at->map = NULL;
    }
    const bool as_array = (definition->container & CRATE_BIT(CRATE_AT_SET)) ||
                          c->p->options.keep_arrays;
    if (at->value) {
      CRATE_TRY(crate_building_add(&c->builder, &map->result, at->key,
                                   at->value, as_array));
    }
    at->value = NULL;
  }
  return CRATE_OK;
}

/// Step 12.3: the map of reverse properties is compacted as one whose active
/// property is @reverse; it has no types and brings no scope.
static CrateStatus
compact_reverse(CrateCompactMap *map)
{
  CrateCompacting *const c = map->c;
  uint32_t left;
  CrateActive *const previous = map->active->previous;
  CrateCompactMap inner = {.c = c,
                           .active = previous ? previous : map->active,
                           .type_scoped = map->active,
                           .property = CRATE_TEXT("@reverse"),
                           .element = map->element,
                           .inside_reverse = true};
  const CrateRare *const rare = map->element->rare;
  for (const CrateProperty *at = rare ? rare->reverse.first : NULL; at;
       at = at->next) {
    CRATE_TRY(crate_compact_property(&inner, at->name->text, &at->values));
  }
  CRATE_TRY(move_reversed(map, &inner.result, &left));
  if (!left) {
    return CRATE_OK;
  }
  CrateJson *value; // step 12.3.3
  CRATE_TRY(crate_building_finish(&c->builder, &inner.result, &value));
  return set_keyword(map, CRATE_AT_REVERSE, value);
}

/// Steps 12.5 and 12.6.
static CrateStatus
compact_text(CrateCompactMap *map, CrateKeyword keyword, CrateText text)
{
  CrateCompacting *const c = map->c;
  const CrateDefinition *definition = NULL;
  CrateText copy; // a language may be a context's, which dies before the result
  CrateJson *value;
  if (keyword == CRATE_AT_INDEX && map->property.data) {
    CRATE_TRY(crate_active_find(c->p, map->active, map->property, &definition));
    if (definition && (definition->container & CRATE_BIT(CRATE_AT_INDEX))) {
      return CRATE_OK;
    }
  }
  CRATE_TRY(crate_arena_copy(c->builder.output, text, &copy));
  CRATE_TRY(crate_builder_string(&c->builder, copy, &value));
  return set_keyword(map, keyword, value);
}

/// Step 12.6 for @value.
static CrateStatus
compact_plain(CrateCompactMap *map)
{
  CrateJson *value;
  CRATE_TRY(crate_builder_copy(&map->c->builder, map->element->value, &value));
  return set_keyword(map, CRATE_AT_VALUE, value);
}

static CrateStatus
compact_keyword(CrateCompactMap *map, CrateKeyword keyword)
{
  const CrateElement *const element = map->element;
  const CrateText name = crate_keyword_text(keyword);
  switch (keyword) {
    case CRATE_AT_DIRECTION:
      return compact_text(map, keyword,
                          element->direction == CRATE_BASE_DIRECTION_RTL
                            ? CRATE_TEXT("rtl")
                            : CRATE_TEXT("ltr"));
    case CRATE_AT_GRAPH:
      return crate_compact_property(map, name, &element->graph);
    case CRATE_AT_ID:
      return compact_id(map);
    case CRATE_AT_INCLUDED:
      return element->rare
               ? crate_compact_property(map, name, &element->rare->included)
               : CRATE_OK;
    case CRATE_AT_INDEX:
      return compact_text(map, keyword, element->index);
    case CRATE_AT_LANGUAGE:
      return compact_text(map, keyword, element->language);
    case CRATE_AT_LIST:
      return crate_compact_property(map, name, &element->list);
    case CRATE_AT_REVERSE:
      return compact_reverse(map);
    case CRATE_AT_TYPE:
      return compact_types(map);
    case CRATE_AT_VALUE:
      return compact_plain(map);
    default:
      return CRATE_OK;
  }
}

static int
by_name(const void *a, const void *b)
{
  const CrateProperty *const *const left = a;
  const CrateProperty *const *const right = b;
  return crate_text_compare((*left)->name->text, (*right)->name->text);
}

/// Properties, in order of appearance or of code points.
static CrateStatus
compact_properties(CrateCompactMap *map)
{
  const CrateProperties *const properties = &map->element->properties;
  if (!map->c->p->options.ordered) {
    for (const CrateProperty *at = properties->first; at; at = at->next) {
      CRATE_TRY(crate_compact_property(map, at->name->text, &at->values));
    }
    return CRATE_OK;
  }
  const CrateProperty **const order =
    crate_arena_array(&map->c->scratch, properties->count + 1u, sizeof *order);
  size_t count = 0;
  if (!order) {
    return crate_builder_status(&map->c->builder);
  }
  for (const CrateProperty *at = properties->first; at; at = at->next) {
    order[count++] = at;
  }
  if (count) {
    qsort(order, count, sizeof *order, by_name);
  }
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(
      crate_compact_property(map, order[i]->name->text, &order[i]->values));
  }
  return CRATE_OK;
}

CrateStatus
crate_compact_entries(CrateCompactMap *map)
{
  // Keywords come before any IRI in the order of code points.
  for (unsigned keyword = 1; keyword <= CRATE_AT_VOCAB; ++keyword) {
    if (map->element->has & CRATE_BIT(keyword)) {
      CRATE_TRY(compact_keyword(map, (CrateKeyword)keyword));
    }
  }
  return compact_properties(map);
}
