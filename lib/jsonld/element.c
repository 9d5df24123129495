// SPDX-License-Identifier: Apache-2.0
#include "jsonld/element.h"
#include <stdlib.h>

/// Fewer properties than this are found by walking.
#define INDEX_FROM 16u

CrateElement *
crate_element_new(CrateProcessor *p, uint32_t offset)
{
  CrateElement *const element =
    crate_arena_array(p->output, 1, sizeof *element);
  if (element) {
    element->offset = offset;
  }
  return element;
}

CrateRare *
crate_element_rare(CrateProcessor *p, CrateElement *element)
{
  if (!element->rare) {
    element->rare = crate_arena_array(p->output, 1, sizeof *element->rare);
  }
  return element->rare;
}

void
crate_elements_add(CrateElements *elements, CrateElement *element)
{
  element->next = NULL;
  if (elements->last) {
    elements->last->next = element;
  } else {
    elements->first = element;
  }
  elements->last = element;
}

void
crate_elements_append(CrateElements *elements, const CrateElements *from)
{
  if (!from->first) {
    return;
  }
  if (elements->last) {
    elements->last->next = from->first;
  } else {
    elements->first = from->first;
  }
  elements->last = from->last;
}

static CrateProperty **
probe(const CrateProperties *properties, const CrateName *name)
{
  const uint32_t mask = properties->capacity - 1u;
  uint32_t i = (uint32_t)(((uintptr_t)name >> 4) * 0x9e3779b1u);
  for (i ^= i >> 15;; ++i) {
    CrateProperty **const slot = &properties->index[i & mask];
    if (!*slot || (*slot)->name == name) {
      return slot;
    }
  }
}

CrateProperty *
crate_properties_find(const CrateProperties *properties, const CrateName *name)
{
  if (properties->index) {
    return *probe(properties, name);
  }
  CrateProperty *property = properties->first;
  while (property && property->name != name) {
    property = property->next;
  }
  return property;
}

/// Index the properties, twice as wide as before.
static bool
grow_index(CrateProcessor *p, CrateProperties *properties)
{
  properties->capacity =
    properties->capacity ? properties->capacity * 2u : INDEX_FROM * 4u;
  properties->index = crate_arena_array(p->output, properties->capacity,
                                        sizeof *properties->index);
  if (!properties->index) {
    return false;
  }
  for (CrateProperty *at = properties->first; at; at = at->next) {
    *probe(properties, at->name) = at;
  }
  return true;
}

CrateProperty *
crate_properties_get(CrateProcessor *p,
                     CrateProperties *properties,
                     CrateName *name)
{
  CrateProperty *property = crate_properties_find(properties, name);
  if (property) {
    return property;
  }
  if (properties->count >= INDEX_FROM &&
      properties->count >= properties->capacity / 2u &&
      !grow_index(p, properties)) {
    return NULL;
  }
  property = crate_arena_array(p->output, 1, sizeof *property);
  if (!property) {
    return NULL;
  }
  property->name = name;
  property->values.is_array = true;
  if (properties->last) {
    properties->last->next = property;
  } else {
    properties->first = property;
  }
  properties->last = property;
  ++properties->count;
  if (properties->index) {
    *probe(properties, name) = property;
  }
  return property;
}

CrateStatus
crate_element_add_type(CrateProcessor *p,
                       CrateElement *element,
                       CrateTypeValue type)
{
  CrateTypeValue *const added = crate_arena_allocate(p->output, sizeof *added);
  if (!added) {
    return crate_processor_out_of_memory(p);
  }
  *added = type;
  added->next = NULL;
  if (element->last_type) {
    element->last_type->next = added;
  } else {
    element->types = added;
  }
  element->last_type = added;
  return CRATE_OK;
}

static int
by_name(const void *a, const void *b)
{
  return crate_text_compare((*(const CrateProperty *const *)a)->name->text,
                            (*(const CrateProperty *const *)b)->name->text);
}

CrateStatus
crate_properties_sort(CrateProcessor *p,
                      const CrateProperties *properties,
                      const CrateProperty ***out)
{
  size_t count = 0;
  *out =
    crate_world_allocate(p->world, (properties->count + 1u) * sizeof **out);
  if (!*out) {
    return CRATE_NO_MEMORY;
  }
  for (const CrateProperty *at = properties->first; at; at = at->next) {
    (*out)[count++] = at;
  }
  if (count) {
    qsort(*out, count, sizeof **out, by_name);
  }
  return CRATE_OK;
}
