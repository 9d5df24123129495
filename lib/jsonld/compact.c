// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 6.1: Compaction Algorithm, steps 1 to 11.
#include "jsonld/compact.h"
#include <stdlib.h>

void
crate_compacting_init(CrateCompacting *c, CrateProcessor *p, CrateArena *output)
{
  c->p = p;
  crate_arena_init(&c->scratch, p->world);
  c->builder = (CrateBuilder){output, &c->scratch};
}

void
crate_compacting_clear(CrateCompacting *c)
{
  crate_arena_clear(&c->scratch);
}

/// Step 5: leave the scope of a context that is not propagated.
static void
leave_scope(CrateCompactMap *map)
{
  const CrateElement *const element = map->element;
  const bool stays =
    crate_element_has(element, CRATE_AT_VALUE) ||
    (element->has == CRATE_BIT(CRATE_AT_ID) && !element->properties.first);
  if (map->active->previous && !stays) {
    map->active = map->active->previous;
  }
}

/// Step 6, with what the active property means where it stands: before step 5.
static CrateStatus
enter_property(CrateCompactMap *map, const CrateDefinition *definition)
{
  return definition && definition->context
           ? crate_context_scope(map->c->p, map->active, definition, true,
                                 false, &map->active)
           : CRATE_OK;
}

/// What the active property means.
static CrateStatus
find_property(const CrateCompactMap *map, const CrateDefinition **out)
{
  *out = NULL;
  return map->property.data
           ? crate_active_find(map->c->p, map->active, map->property, out)
           : CRATE_OK;
}

static int
by_term(const void *a, const void *b)
{
  const CrateDefinition *const *const left = a;
  const CrateDefinition *const *const right = b;
  return crate_text_compare((*left)->term, (*right)->term);
}

/// The definitions of types that bring a context, in order of terms.
static CrateStatus
find_scopes(CrateCompactMap *map,
            const CrateDefinition ***scopes,
            size_t *count)
{
  CrateCompacting *const c = map->c;
  size_t most = 0;
  *scopes = NULL;
  *count = 0;
  for (const CrateTypeValue *at = map->element->types; at; at = at->next) {
    CrateText term;
    const CrateDefinition *definition;
    ++most;
    CRATE_TRY(crate_compact_word(c, map->active, at->text, &term));
    CRATE_TRY(crate_active_find(c->p, map->type_scoped, term, &definition));
    if (!definition || !definition->context) {
      continue;
    }
    if (!*scopes) {
      for (const CrateTypeValue *rest = at->next; rest; rest = rest->next) {
        ++most;
      }
      *scopes = crate_arena_array(&c->scratch, most, sizeof **scopes);
      if (!*scopes) {
        return crate_builder_status(&c->builder);
      }
    }
    (*scopes)[(*count)++] = definition;
  }
  if (*count > 1) {
    qsort(*scopes, *count, sizeof **scopes, by_term);
  }
  return CRATE_OK;
}

/// Step 11.
static CrateStatus
enter_types(CrateCompactMap *map)
{
  const CrateDefinition **scopes;
  size_t count;
  CRATE_TRY(find_scopes(map, &scopes, &count));
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(crate_context_scope(map->c->p, map->active, scopes[i], false,
                                  true, &map->active));
  }
  return CRATE_OK;
}

/// Steps 5 to 13.
static CrateStatus
compact_map(CrateCompactMap *map, CrateJson **out)
{
  CrateCompacting *const c = map->c;
  const CrateElement *const element = map->element;
  const CrateDefinition *definition;
  CRATE_TRY(find_property(map, &definition));
  leave_scope(map);
  CRATE_TRY(enter_property(map, definition));
  CRATE_TRY(find_property(map, &definition));
  // Step 7.
  CRATE_TRY(crate_compact_value(c, map->active, definition, element, out));
  if (*out) {
    return CRATE_OK;
  }
  if (crate_element_has(element, CRATE_AT_LIST) && definition &&
      (definition->container & CRATE_BIT(CRATE_AT_LIST))) { // step 8
    return crate_compact_array(c, map->active, map->property, &element->list,
                               out);
  }
  map->result.offset = element->offset;
  CRATE_TRY(enter_types(map));
  CRATE_TRY(crate_compact_entries(map));
  return crate_building_finish(&c->builder, &map->result, out);
}

CrateStatus
crate_compact(CrateCompacting *c,
              CrateActive *active,
              CrateText property,
              const CrateElement *element,
              CrateJson **out)
{
  if (element->is_null) {
    return crate_builder_new(&c->builder, CRATE_JSON_NULL, out);
  }
  CrateCompactMap map = {.c = c,
                         .active = active,
                         .type_scoped = active, // step 1
                         .property = property,
                         .element = element};
  const CrateArenaMark mark = crate_arena_mark(&c->scratch);
  CRATE_TRY(crate_processor_descend(c->p, &c->p->source, element->offset));
  const CrateStatus status = compact_map(&map, out);
  --c->p->depth;
  crate_arena_rewind(&c->scratch, mark);
  return status;
}

/// Step 3.3: whether an array of one stays an array.
static CrateStatus
stays_array(CrateCompacting *c,
            const CrateActive *active,
            CrateText property,
            bool *answer)
{
  static const uint32_t arrays =
    CRATE_BIT(CRATE_AT_LIST) | CRATE_BIT(CRATE_AT_SET);
  const CrateDefinition *definition = NULL;
  if (property.data) {
    CRATE_TRY(crate_active_find(c->p, active, property, &definition));
  }
  *answer = c->p->options.keep_arrays || crate_text_is(property, "@graph") ||
            crate_text_is(property, "@set") ||
            (definition && (definition->container & arrays));
  return CRATE_OK;
}

CrateStatus
crate_compact_array(CrateCompacting *c,
                    CrateActive *active,
                    CrateText property,
                    const CrateElements *elements,
                    CrateJson **out)
{
  CrateJson *last = NULL;
  bool is_array;
  CRATE_TRY(crate_builder_new(&c->builder, CRATE_JSON_ARRAY, out));
  for (const CrateElement *at = elements->first; at; at = at->next) {
    CrateJson *item;
    CRATE_TRY(crate_compact(c, active, property, at, &item));
    if (item->kind != CRATE_JSON_NULL) { // step 3.2.2
      crate_json_append(*out, &last, item);
    }
  }
  CRATE_TRY(stays_array(c, active, property, &is_array));
  if ((*out)->size == 1 && !is_array) {
    *out = (*out)->first;
  }
  return CRATE_OK;
}
