// SPDX-License-Identifier: Apache-2.0
/// @file JSON-LD API, section 7: every node once, by graph and identifier.
#ifndef CRATE_JSONLD_NODE_MAP_H
#define CRATE_JSONLD_NODE_MAP_H
#include "jsonld/element.h"

/// A node of a graph, all its properties together.
typedef struct CrateNode {
  struct CrateNode *next; ///< In order of appearance.
  CrateText id;
  CrateElement *element;
  uint32_t shown;  ///< Framing: the pass that embedded it last.
  uint32_t number; ///< In its graph.
  bool is_open;    ///< Framing: being embedded right now.
} CrateNode;

/// One graph.
typedef struct CrateNodeMap {
  struct CrateNodeMap *next;
  CrateText name; ///< data NULL: the default graph.
  CrateTable nodes;
  CrateNode *first, *last;
  uint32_t count;
} CrateNodeMap;

/// Values of one owner that are many, to tell whether another is new.
typedef struct CrateDistinct {
  CrateProcessor *p;
  CrateTable seen;
  CrateBuffer key;
} CrateDistinct;

/// "node map" of the specification, and the identifier map.
typedef struct CrateNodeMaps {
  CrateProcessor *p;
  CrateNodeMap *first, *last; ///< The default graph comes first.
  CrateTable graphs;          ///< CrateNodeMap by name.
  CrateTable labels;          ///< New label (CrateText) of an old one.
  CrateDistinct distinct;
  uint32_t label_count;
} CrateNodeMaps;

/// Empty, with a default graph. End it with crate_node_maps_clear() even when
/// this fails.
CrateStatus crate_node_maps_init(CrateNodeMaps *maps, CrateProcessor *p);

void crate_node_maps_clear(CrateNodeMaps *maps);

/// 7.2.2 Node Map Generation for expanded elements.
CrateStatus crate_node_maps_generate(CrateNodeMaps *maps,
                                     const CrateElements *elements);

/// 7.3 Merge Node Maps. The default graph itself when it is alone.
CrateStatus crate_node_maps_merge(CrateNodeMaps *maps, CrateNodeMap **out);

/// The graph of a name, or NULL.
CrateNodeMap *crate_node_maps_find(const CrateNodeMaps *maps, CrateText name);

/// The node of an identifier, or NULL.
CrateNode *crate_node_find(const CrateProcessor *p,
                           const CrateNodeMap *graph,
                           CrateText id);

/// The same, made when it is missing.
CrateStatus crate_node_get(CrateProcessor *p,
                           CrateNodeMap *graph,
                           CrateText id,
                           CrateNode **out);

/// The nodes of a graph, in order of appearance or of identifiers; a new array
/// in the processor's arena.
CrateStatus crate_node_list(CrateProcessor *p,
                            const CrateNodeMap *graph,
                            bool sorted,
                            CrateNode ***out);

/// Whether nothing is said of a node but its identifier.
static inline bool
crate_node_is_bare(const CrateNode *node)
{
  return node->element->has == CRATE_BIT(CRATE_AT_ID) &&
         !node->element->properties.first;
}

void crate_distinct_init(CrateDistinct *distinct, CrateProcessor *p);

void crate_distinct_clear(CrateDistinct *distinct);

/// Append a value to a property unless it has an equal one; a list always.
/// Takes the value.
CrateStatus crate_distinct_add(CrateDistinct *distinct,
                               CrateProperty *property,
                               CrateElement *value);

/// Append a type to a node unless it has it.
CrateStatus crate_distinct_add_type(CrateDistinct *distinct,
                                    CrateElement *node,
                                    CrateTypeValue type);

/// 7.1.2 Flattening Algorithm.
CrateStatus crate_flatten(CrateProcessor *p,
                          const CrateElements *expanded,
                          CrateElements *out);

#endif // CRATE_JSONLD_NODE_MAP_H
