// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 7.1 Flattening and 7.3 Merge Node Maps.
#include "jsonld/node_map.h"
#include <stdlib.h>

/// Append the nodes of which something is said.
static CrateStatus
append_nodes(CrateProcessor *p, const CrateNodeMap *graph, CrateElements *out)
{
  CrateNode **nodes;
  CRATE_TRY(crate_node_list(p, graph, p->options.ordered, &nodes));
  out->is_array = true;
  for (uint32_t i = 0; i < graph->count; ++i) {
    if (!crate_node_is_bare(nodes[i])) {
      crate_elements_add(out, nodes[i]->element);
    }
  }
  return CRATE_OK;
}

/// Step 4 for one graph.
static CrateStatus
append_graph(CrateNodeMaps *maps, const CrateNodeMap *graph)
{
  CrateNode *node;
  CRATE_TRY(crate_node_get(maps->p, maps->first, graph->name, &node));
  node->element->has |= CRATE_BIT(CRATE_AT_GRAPH);
  return append_nodes(maps->p, graph, &node->element->graph);
}

static int
by_name(const void *a, const void *b)
{
  return crate_text_compare((*(const CrateNodeMap *const *)a)->name,
                            (*(const CrateNodeMap *const *)b)->name);
}

/// Step 4: named graphs become entries of their nodes in the default graph.
static CrateStatus
append_graphs(CrateNodeMaps *maps)
{
  CrateProcessor *const p = maps->p;
  const CrateNodeMap **const order =
    crate_arena_array(&p->arena, maps->graphs.count + 1u, sizeof *order);
  size_t count = 0;
  if (!order) {
    return crate_processor_out_of_memory(p);
  }
  for (const CrateNodeMap *at = maps->first->next; at; at = at->next) {
    order[count++] = at;
  }
  if (p->options.ordered && count) {
    qsort(order, count, sizeof *order, by_name);
  }
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(append_graph(maps, order[i]));
  }
  return CRATE_OK;
}

CrateStatus
crate_flatten(CrateProcessor *p,
              const CrateElements *expanded,
              CrateElements *out)
{
  CrateNodeMaps maps;
  *out = (CrateElements){NULL, NULL, true};
  CrateStatus status = crate_node_maps_init(&maps, p);
  status = status ? status : crate_node_maps_generate(&maps, expanded);
  status = status ? status : append_graphs(&maps);
  status = status ? status : append_nodes(p, maps.first, out);
  crate_node_maps_clear(&maps);
  return status;
}

/// 7.3, step 2.2.2: values are copied, as each can be linked but once.
static CrateStatus
merge_property(CrateNodeMaps *maps,
               CrateElement *merged,
               const CrateProperty *from)
{
  CrateProcessor *const p = maps->p;
  CrateProperty *const to =
    crate_properties_get(p, &merged->properties, from->name);
  if (!to) {
    return crate_processor_out_of_memory(p);
  }
  for (const CrateElement *at = from->values.first; at; at = at->next) {
    CrateElement *const copy = crate_arena_allocate(p->output, sizeof *copy);
    if (!copy) {
      return crate_processor_out_of_memory(p);
    }
    *copy = *at;
    CRATE_TRY(crate_distinct_add(&maps->distinct, to, copy));
  }
  return CRATE_OK;
}

/// 7.3, step 2.
static CrateStatus
merge_node(CrateNodeMaps *maps, CrateNodeMap *result, const CrateNode *node)
{
  CrateNode *merged;
  const CrateElement *const from = node->element;
  CRATE_TRY(crate_node_get(maps->p, result, node->id, &merged));
  CrateElement *const to = merged->element;
  to->has |= from->has;
  to->type_is_array = to->type_is_array || from->type_is_array;
  if (to->offset == CRATE_JSON_NOWHERE) {
    to->offset = from->offset;
  }
  if (crate_element_has(from, CRATE_AT_INDEX)) {
    to->index = from->index;
  }
  for (const CrateTypeValue *at = from->types; at; at = at->next) {
    CRATE_TRY(crate_distinct_add_type(&maps->distinct, to, *at));
  }
  for (const CrateProperty *at = from->properties.first; at; at = at->next) {
    CRATE_TRY(merge_property(maps, to, at));
  }
  return CRATE_OK;
}

CrateStatus
crate_node_maps_merge(CrateNodeMaps *maps, CrateNodeMap **out)
{
  *out = maps->first;
  if (!maps->first->next) {
    return CRATE_OK;
  }
  CrateNodeMap *const result =
    crate_arena_array(&maps->p->arena, 1, sizeof *result);
  if (!result) {
    return crate_processor_out_of_memory(maps->p);
  }
  for (const CrateNodeMap *graph = maps->first; graph; graph = graph->next) {
    for (const CrateNode *node = graph->first; node; node = node->next) {
      CRATE_TRY(merge_node(maps, result, node));
    }
  }
  *out = result;
  return CRATE_OK;
}
