// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 7.2 Node Map Generation and 7.4 Generate Blank Node Identifier.
#include "jsonld/node_map.h"
#include <stdlib.h>

/// Where an element stands: active graph, subject, property, and list.
typedef struct Standing {
  CrateNodeMap *graph;
  CrateNode *subject;    ///< active subject; NULL is null.
  CrateName *property;   ///< active property; NULL is null.
  CrateElement *list;    ///< list; NULL is null.
  CrateNode *referenced; ///< active subject when it is a map: the node that a
                         ///< reverse property points to.
} Standing;

static CrateStatus
new_graph(CrateNodeMaps *maps, CrateText name, CrateNodeMap **out)
{
  CrateNodeMap *const graph =
    crate_arena_array(&maps->p->arena, 1, sizeof *graph);
  *out = graph;
  if (!graph) {
    return crate_processor_out_of_memory(maps->p);
  }
  graph->name = name;
  if (maps->last) {
    maps->last->next = graph;
  } else {
    maps->first = graph;
  }
  maps->last = graph;
  return CRATE_OK;
}

CrateStatus
crate_node_maps_init(CrateNodeMaps *maps, CrateProcessor *p)
{
  CrateNodeMap *graph;
  *maps = (CrateNodeMaps){.p = p};
  crate_distinct_init(&maps->distinct, p);
  return new_graph(maps, (CrateText){NULL, 0}, &graph);
}

void
crate_node_maps_clear(CrateNodeMaps *maps)
{
  crate_distinct_clear(&maps->distinct);
}

CrateNodeMap *
crate_node_maps_find(const CrateNodeMaps *maps, CrateText name)
{
  const CrateTableSlot *const slot =
    crate_table_get(&maps->graphs, maps->p->world, name);
  return slot ? slot->value : NULL;
}

static CrateStatus
get_graph(CrateNodeMaps *maps, CrateText name, CrateNodeMap **out)
{
  CrateTableSlot *const slot =
    crate_table_put(&maps->graphs, &maps->p->arena, name);
  if (!slot) {
    return crate_processor_out_of_memory(maps->p);
  }
  if (!slot->value) {
    CRATE_TRY(new_graph(maps, name, out));
    slot->value = *out;
  }
  *out = slot->value;
  return CRATE_OK;
}

CrateNode *
crate_node_find(const CrateProcessor *p,
                const CrateNodeMap *graph,
                CrateText id)
{
  const CrateTableSlot *const slot =
    crate_table_get(&graph->nodes, p->world, id);
  return slot ? slot->value : NULL;
}

CrateStatus
crate_node_get(CrateProcessor *p,
               CrateNodeMap *graph,
               CrateText id,
               CrateNode **out)
{
  CrateTableSlot *const slot = crate_table_put(&graph->nodes, &p->arena, id);
  if (slot && slot->value) {
    *out = slot->value;
    return CRATE_OK;
  }
  CrateNode *const node = crate_arena_array(&p->arena, 1, sizeof *node);
  CrateElement *const element = crate_element_new(p, CRATE_JSON_NOWHERE);
  if (!slot || !node || !element) {
    return crate_processor_out_of_memory(p);
  }
  element->has = CRATE_BIT(CRATE_AT_ID);
  element->id = node->id = id;
  node->element = element;
  node->number = graph->count++;
  if (graph->last) {
    graph->last->next = node;
  } else {
    graph->first = node;
  }
  slot->value = *out = graph->last = node;
  return CRATE_OK;
}

static int
by_id(const void *a, const void *b)
{
  return crate_text_compare((*(const CrateNode *const *)a)->id,
                            (*(const CrateNode *const *)b)->id);
}

CrateStatus
crate_node_list(CrateProcessor *p,
                const CrateNodeMap *graph,
                bool sorted,
                CrateNode ***out)
{
  size_t count = 0;
  *out = crate_arena_array(&p->arena, graph->count + 1u, sizeof **out);
  if (!*out) {
    return crate_processor_out_of_memory(p);
  }
  for (CrateNode *at = graph->first; at; at = at->next) {
    (*out)[count++] = at;
  }
  if (sorted && count) {
    qsort(*out, count, sizeof **out, by_id);
  }
  return CRATE_OK;
}

/// Note a name that stays, so that no new one is like it.
static CrateStatus
keep_label(CrateNodeMaps *maps, CrateText label)
{
  return !crate_iri_is_blank(label) ||
             crate_table_put(&maps->labels, &maps->p->arena, label)
           ? CRATE_OK
           : crate_processor_out_of_memory(maps->p);
}

static CrateStatus keep_labels(CrateNodeMaps *maps,
                               const CrateElements *elements);

static CrateStatus
keep_of_properties(CrateNodeMaps *maps, const CrateProperties *properties)
{
  for (const CrateProperty *at = properties->first; at; at = at->next) {
    CRATE_TRY(keep_label(maps, at->name->text));
    CRATE_TRY(keep_labels(maps, &at->values));
  }
  return CRATE_OK;
}

/// Note all names of blank nodes, as deep as expansion nests.
static CrateStatus
keep_labels(CrateNodeMaps *maps, const CrateElements *elements)
{
  for (const CrateElement *at = elements->first; at; at = at->next) {
    CRATE_TRY(keep_label(maps, at->id));
    for (const CrateTypeValue *type = at->types; type; type = type->next) {
      CRATE_TRY(keep_label(maps, type->text));
    }
    if (crate_element_has(at, CRATE_AT_LIST) ||
        crate_element_has(at, CRATE_AT_GRAPH)) {
      CRATE_TRY(keep_labels(maps, &at->list)); // one place for both
    }
    if (at->rare) {
      CRATE_TRY(keep_labels(maps, &at->rare->included));
      CRATE_TRY(keep_of_properties(maps, &at->rare->reverse));
    }
    CRATE_TRY(keep_of_properties(maps, &at->properties));
  }
  return CRATE_OK;
}

/// "_:b" and a number.
static CrateStatus
number_label(CrateNodeMaps *maps, CrateText *out)
{
  char label[16];
  size_t at = sizeof label;
  uint32_t number = maps->label_count++;
  do {
    label[--at] = (char)('0' + number % 10u);
    number /= 10u;
  } while (number);
  const CrateText parts[] = {CRATE_TEXT("_:b"),
                             {label + at, sizeof label - at}};
  return crate_arena_join(maps->p->output, parts, 2, out);
}

/// 7.4: a new label; for an old one, always the same.
static CrateStatus
relabel(CrateNodeMaps *maps, CrateText old, CrateText *out)
{
  CrateProcessor *const p = maps->p;
  CrateTableSlot *slot = NULL;
  if (old.data && p->options.keep_labels) {
    *out = old;
    return CRATE_OK;
  }
  if (old.data) {
    slot = crate_table_put(&maps->labels, &p->arena, old);
    if (!slot) {
      return crate_processor_out_of_memory(p);
    }
    if (slot->value) {
      *out = *(const CrateText *)slot->value;
      return CRATE_OK;
    }
  }
  CrateText *const made = crate_arena_allocate(p->output, sizeof *made);
  if (!made) {
    return crate_processor_out_of_memory(p);
  }
  do {
    CRATE_TRY(number_label(maps, made));
  } while (p->options.keep_labels &&
           crate_table_get(&maps->labels, p->world, *made));
  if (slot) {
    slot->value = made;
  }
  *out = *made;
  return CRATE_OK;
}

/// A copy of an element alone, to be linked into a node's values.
static CrateStatus
copy_value(CrateNodeMaps *maps, const CrateElement *from, CrateElement **out)
{
  *out = crate_arena_allocate(maps->p->output, sizeof **out);
  if (!*out) {
    return crate_processor_out_of_memory(maps->p);
  }
  **out = *from;
  (*out)->next = NULL;
  return CRATE_OK;
}

/// Append to the list, or to the active property of the subject.
static CrateStatus
attach(CrateNodeMaps *maps, const Standing *at, CrateElement *value)
{
  if (at->list) {
    crate_elements_add(&at->list->list, value);
    return CRATE_OK;
  }
  if (!at->subject || !at->property) {
    return CRATE_OK;
  }
  CrateProperty *const property = crate_properties_get(
    maps->p, &at->subject->element->properties, at->property);
  if (!property) {
    return crate_processor_out_of_memory(maps->p);
  }
  return crate_distinct_add(&maps->distinct, property, value);
}

static CrateStatus generate(CrateNodeMaps *maps,
                            const Standing *at,
                            const CrateElements *elements);

/// Step 5.
static CrateStatus
add_list(CrateNodeMaps *maps, const Standing *at, const CrateElement *element)
{
  CrateElement *const list = crate_element_new(maps->p, element->offset);
  Standing inside = *at;
  if (!list) {
    return crate_processor_out_of_memory(maps->p);
  }
  list->has = CRATE_BIT(CRATE_AT_LIST);
  list->list.is_array = true;
  inside.list = list;
  CRATE_TRY(generate(maps, &inside, &element->list));
  return attach(maps, at, list);
}

/// Step 6.9.3: a property from this node to the one referred to.
static CrateStatus
refer(CrateNodeMaps *maps,
      CrateNode *from,
      CrateName *name,
      const Standing *at,
      CrateText id)
{
  CrateElement *const reference =
    crate_element_new(maps->p, CRATE_JSON_NOWHERE);
  Standing standing = *at;
  if (!reference) {
    return crate_processor_out_of_memory(maps->p);
  }
  reference->has = CRATE_BIT(CRATE_AT_ID);
  reference->id = id;
  if (from) {
    standing.subject = from;
    standing.list = NULL;
  }
  standing.property = name;
  return attach(maps, &standing, reference);
}

/// Steps 3 and 6.7.
static CrateStatus
add_types(CrateNodeMaps *maps, CrateElement *node, const CrateElement *element)
{
  for (const CrateTypeValue *at = element->types; at; at = at->next) {
    CrateTypeValue type = *at;
    if (crate_iri_is_blank(type.text)) {
      CRATE_TRY(relabel(maps, at->text, &type.text));
      type.name = NULL;
    }
    CRATE_TRY(crate_distinct_add_type(&maps->distinct, node, type));
  }
  if (crate_element_has(element, CRATE_AT_TYPE)) {
    node->has |= CRATE_BIT(CRATE_AT_TYPE);
    node->type_is_array = true;
  }
  return CRATE_OK;
}

/// Step 6.8.
static CrateStatus
add_index(CrateNodeMaps *maps, CrateElement *node, const CrateElement *element)
{
  if (!crate_element_has(element, CRATE_AT_INDEX)) {
    return CRATE_OK;
  }
  if (crate_element_has(node, CRATE_AT_INDEX) &&
      !crate_text_equal(node->index, element->index)) {
    return CRATE_FAIL(maps->p, &maps->p->source, element->offset,
                      "conflicting-indexes",
                      "this node has another @index elsewhere");
  }
  node->has |= CRATE_BIT(CRATE_AT_INDEX);
  node->index = element->index;
  return CRATE_OK;
}

/// Step 6.9.
static CrateStatus
add_reverse(CrateNodeMaps *maps,
            const Standing *at,
            CrateNode *node,
            const CrateElement *element)
{
  const CrateRare *const rare = element->rare;
  for (const CrateProperty *property = rare ? rare->reverse.first : NULL;
       property; property = property->next) {
    const Standing reverse = {at->graph, NULL, property->name, NULL, node};
    CRATE_TRY(generate(maps, &reverse, &property->values));
  }
  return CRATE_OK;
}

/// Step 6.12 for one property.
static CrateStatus
add_property(CrateNodeMaps *maps,
             const Standing *at,
             CrateNode *node,
             const CrateProperty *property)
{
  CrateProcessor *const p = maps->p;
  CrateName *name = property->name;
  if (crate_iri_is_blank(name->text)) {
    CrateText label;
    CRATE_TRY(relabel(maps, name->text, &label));
    name = crate_processor_name(p, label);
  }
  if (!name || !crate_properties_get(p, &node->element->properties, name)) {
    return crate_processor_out_of_memory(p);
  }
  const Standing inside = {at->graph, node, name, NULL, NULL};
  return generate(maps, &inside, &property->values);
}

/// Step 6.12, in order of names.
static CrateStatus
add_properties(CrateNodeMaps *maps,
               const Standing *at,
               CrateNode *node,
               const CrateProperties *properties)
{
  CrateProcessor *const p = maps->p;
  const CrateProperty **order;
  CRATE_TRY(crate_properties_sort(p, properties, &order));
  CrateStatus status = CRATE_OK;
  for (uint32_t i = 0; i < properties->count && !status; ++i) {
    status = add_property(maps, at, node, order[i]);
  }
  crate_world_release(p->world, order);
  return status;
}

/// Steps 6.9 to 6.12.
static CrateStatus
add_inner(CrateNodeMaps *maps,
          const Standing *at,
          CrateNode *node,
          const CrateElement *element)
{
  CRATE_TRY(add_reverse(maps, at, node, element));
  if (crate_element_has(element, CRATE_AT_GRAPH)) {
    CrateNodeMap *graph = NULL;
    CRATE_TRY(get_graph(maps, node->id, &graph));
    const Standing named = {graph, NULL, NULL, NULL, NULL};
    CRATE_TRY(generate(maps, &named, &element->graph));
  }
  if (element->rare) {
    const Standing beside = {at->graph, NULL, NULL, NULL, NULL};
    CRATE_TRY(generate(maps, &beside, &element->rare->included));
  }
  return add_properties(maps, at, node, &element->properties);
}

/// Step 6.
static CrateStatus
add_node(CrateNodeMaps *maps, const Standing *at, const CrateElement *element)
{
  CrateText id = element->id;
  CrateNode *node;
  if (!crate_element_has(element, CRATE_AT_ID) || !id.data) {
    CRATE_TRY(relabel(maps, (CrateText){NULL, 0}, &id));
  } else if (crate_iri_is_blank(id)) {
    CRATE_TRY(relabel(maps, id, &id));
  }
  CRATE_TRY(crate_node_get(maps->p, at->graph, id, &node));
  if (node->element->offset == CRATE_JSON_NOWHERE) {
    node->element->offset = element->offset;
  }
  if (at->referenced) { // step 6.5
    CRATE_TRY(refer(maps, node, at->property, at, at->referenced->id));
  } else if (at->property) { // step 6.6
    CRATE_TRY(refer(maps, NULL, at->property, at, id));
  }
  CRATE_TRY(add_types(maps, node->element, element));
  CRATE_TRY(add_index(maps, node->element, element));
  return add_inner(maps, at, node, element);
}

/// Step 4, with step 3 for the type.
static CrateStatus
add_value(CrateNodeMaps *maps, const Standing *at, const CrateElement *element)
{
  CrateElement *copy;
  CRATE_TRY(copy_value(maps, element, &copy));
  return attach(maps, at, copy);
}

static CrateStatus
generate(CrateNodeMaps *maps, const Standing *at, const CrateElements *elements)
{
  CrateProcessor *const p = maps->p;
  CrateStatus status = CRATE_OK;
  if (elements->first) {
    CRATE_TRY(crate_processor_descend(p, &p->source, elements->first->offset));
  }
  for (const CrateElement *one = elements->first; one && !status;
       one = one->next) {
    status = crate_element_has(one, CRATE_AT_VALUE)  ? add_value(maps, at, one)
             : crate_element_has(one, CRATE_AT_LIST) ? add_list(maps, at, one)
                                                     : add_node(maps, at, one);
  }
  p->depth -= elements->first ? 1u : 0;
  return status;
}

CrateStatus
crate_node_maps_generate(CrateNodeMaps *maps, const CrateElements *elements)
{
  const Standing top = {maps->first, NULL, NULL, NULL, NULL};
  if (maps->p->options.keep_labels) {
    CRATE_TRY(keep_labels(maps, elements));
  }
  return generate(maps, &top, elements);
}
