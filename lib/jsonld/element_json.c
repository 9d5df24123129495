// SPDX-License-Identifier: Apache-2.0
// Expanded elements as a tree of ordinary JSON.
#include "jsonld/element.h"
#include <stdlib.h>

typedef struct Writer {
  CrateProcessor *p;
  CrateArena *arena;
} Writer;

/// A container being filled at its end.
typedef struct Filling {
  CrateJson *json, *last;
} Filling;

static void
append(Filling *filling, CrateJson *child)
{
  child->next = NULL;
  if (filling->last) {
    filling->last->next = child;
  } else {
    filling->json->first = child;
  }
  filling->last = child;
}

static CrateStatus
begin(Writer *w, CrateJsonKind kind, uint32_t offset, Filling *out)
{
  *out = (Filling){crate_json_new(w->arena, kind, offset), NULL};
  return out->json ? CRATE_OK : crate_arena_status(w->arena);
}

/// Append a text, or null.
static CrateStatus
add_text(Writer *w, Filling *filling, CrateText text, uint32_t offset)
{
  CrateJson *const json =
    text.data ? crate_json_new_text(w->arena, CRATE_JSON_STRING, text, offset)
              : crate_json_new(w->arena, CRATE_JSON_NULL, offset);
  if (!json) {
    return crate_arena_status(w->arena);
  }
  append(filling, json);
  return CRATE_OK;
}

static CrateStatus
add_key(Writer *w, Filling *object, CrateText key)
{
  ++object->json->size;
  return add_text(w, object, key, object->json->offset);
}

static CrateStatus
add_entry(Writer *w, Filling *object, CrateKeyword keyword, CrateText text)
{
  CRATE_TRY(add_key(w, object, crate_keyword_text(keyword)));
  return add_text(w, object, text, object->json->offset);
}

/// The run's arena dies before the result: a name is copied, once.
static CrateStatus
keep_name(Writer *w, CrateName *name, CrateText *out)
{
  if (!name->is_copied) {
    CRATE_TRY(crate_arena_copy(w->arena, name->text, &name->text));
    name->is_copied = true;
  }
  *out = name->text;
  return CRATE_OK;
}

static CrateStatus write_elements(Writer *w,
                                  const CrateElements *elements,
                                  CrateJson **out);

static CrateStatus
add_elements(Writer *w,
             Filling *object,
             CrateText key,
             const CrateElements *elements)
{
  CrateJson *array;
  CRATE_TRY(add_key(w, object, key));
  CRATE_TRY(write_elements(w, elements, &array));
  append(object, array);
  return CRATE_OK;
}

static int
by_name(const void *a, const void *b)
{
  const CrateProperty *const *const left = a;
  const CrateProperty *const *const right = b;
  return crate_text_compare((*left)->name->text, (*right)->name->text);
}

/// Append properties, sorted when the options ask for it.
static CrateStatus
add_properties(Writer *w, Filling *object, const CrateProperties *properties)
{
  if (!properties->count) {
    return CRATE_OK;
  }
  const CrateProperty **const order =
    crate_arena_array(w->arena, properties->count, sizeof *order);
  if (!order) {
    return crate_arena_status(w->arena);
  }
  size_t n = 0;
  for (const CrateProperty *at = properties->first; at; at = at->next) {
    order[n++] = at;
  }
  if (w->p->options.ordered) {
    qsort(order, n, sizeof *order, by_name);
  }
  for (size_t i = 0; i < n; ++i) {
    CrateText key;
    CRATE_TRY(keep_name(w, order[i]->name, &key));
    CRATE_TRY(add_elements(w, object, key, &order[i]->values));
  }
  return CRATE_OK;
}

static CrateStatus
add_type(Writer *w, Filling *filling, const CrateTypeValue *type)
{
  CrateText text = type->text;
  if (type->name) {
    CRATE_TRY(keep_name(w, type->name, &text));
  }
  return add_text(w, filling, text, type->offset);
}

static CrateStatus
add_types(Writer *w, Filling *object, const CrateElement *element)
{
  CRATE_TRY(add_key(w, object, crate_keyword_text(CRATE_AT_TYPE)));
  if (!element->type_is_array && element->types) {
    return add_type(w, object, element->types);
  }
  Filling array;
  CRATE_TRY(begin(w, CRATE_JSON_ARRAY, object->json->offset, &array));
  for (const CrateTypeValue *type = element->types; type; type = type->next) {
    CRATE_TRY(add_type(w, &array, type));
    ++array.json->size;
  }
  append(object, array.json);
  return CRATE_OK;
}

/// @value keeps its JSON; the tree of the document is not ours to link.
static CrateStatus
add_value(Writer *w, Filling *object, const CrateElement *element)
{
  CRATE_TRY(add_key(w, object, crate_keyword_text(CRATE_AT_VALUE)));
  CrateJson *const copy = crate_arena_allocate(w->arena, sizeof *copy);
  if (!copy) {
    return crate_arena_status(w->arena);
  }
  *copy = *element->value;
  append(object, copy);
  return CRATE_OK;
}

static CrateStatus
add_direction(Writer *w, Filling *object, const CrateElement *element)
{
  return add_entry(w, object, CRATE_AT_DIRECTION,
                   element->direction == CRATE_BASE_DIRECTION_RTL
                     ? CRATE_TEXT("rtl")
                     : CRATE_TEXT("ltr"));
}

/// The language may be a context's, which dies before the result.
static CrateStatus
add_language(Writer *w, Filling *object, const CrateElement *element)
{
  CrateText language;
  CRATE_TRY(crate_arena_copy(w->arena, element->language, &language));
  return add_entry(w, object, CRATE_AT_LANGUAGE, language);
}

static CrateStatus
add_reverse(Writer *w, Filling *object, const CrateElement *element)
{
  Filling map;
  CRATE_TRY(add_key(w, object, crate_keyword_text(CRATE_AT_REVERSE)));
  CRATE_TRY(begin(w, CRATE_JSON_OBJECT, object->json->offset, &map));
  if (element->rare) {
    CRATE_TRY(add_properties(w, &map, &element->rare->reverse));
  }
  append(object, map.json);
  return CRATE_OK;
}

/// The keyword entries, in the order of code points.
static CrateStatus
add_keyword(Writer *w,
            Filling *object,
            CrateKeyword keyword,
            const CrateElement *element)
{
  const CrateText key = crate_keyword_text(keyword);
  switch (keyword) {
    case CRATE_AT_DIRECTION:
      return add_direction(w, object, element);
    case CRATE_AT_GRAPH:
      return add_elements(w, object, key, &element->graph);
    case CRATE_AT_ID:
      return add_entry(w, object, keyword, element->id);
    case CRATE_AT_INCLUDED:
      return element->rare
               ? add_elements(w, object, key, &element->rare->included)
               : CRATE_OK;
    case CRATE_AT_INDEX:
      return add_entry(w, object, keyword, element->index);
    case CRATE_AT_LANGUAGE:
      return add_language(w, object, element);
    case CRATE_AT_LIST:
      return add_elements(w, object, key, &element->list);
    case CRATE_AT_REVERSE:
      return add_reverse(w, object, element);
    case CRATE_AT_TYPE:
      return add_types(w, object, element);
    case CRATE_AT_VALUE:
      return add_value(w, object, element);
    default:
      return CRATE_OK;
  }
}

static CrateStatus
write_element(Writer *w, const CrateElement *element, CrateJson **out)
{
  Filling object;
  CRATE_TRY(begin(w, CRATE_JSON_OBJECT, element->offset, &object));
  for (unsigned keyword = 1; keyword <= CRATE_AT_VOCAB; ++keyword) {
    if (element->has & CRATE_BIT(keyword)) {
      CRATE_TRY(add_keyword(w, &object, (CrateKeyword)keyword, element));
    }
  }
  *out = object.json;
  return add_properties(w, &object, &element->properties);
}

static CrateStatus
write_elements(Writer *w, const CrateElements *elements, CrateJson **out)
{
  const uint32_t offset =
    elements->first ? elements->first->offset : CRATE_JSON_NOWHERE;
  Filling array;
  CRATE_TRY(begin(w, CRATE_JSON_ARRAY, offset, &array));
  for (const CrateElement *at = elements->first; at; at = at->next) {
    CrateJson *json;
    // Lists that come from a graph nest as deep as somebody likes.
    CRATE_TRY(crate_processor_descend(w->p, &w->p->source, at->offset));
    CRATE_TRY(write_element(w, at, &json));
    --w->p->depth;
    append(&array, json);
    ++array.json->size;
  }
  *out = array.json;
  return CRATE_OK;
}

CrateStatus
crate_elements_to_json(CrateProcessor *p,
                       const CrateElements *elements,
                       CrateArena *arena,
                       CrateJson **out)
{
  Writer writer = {p, arena};
  return write_elements(&writer, elements, out);
}
