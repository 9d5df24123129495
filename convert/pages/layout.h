// SPDX-License-Identifier: Apache-2.0
/// @file Where the nodes of a directed graph stand when it is drawn: layers,
/// as Sugiyama, Tagawa and Toda have it. Whole numbers only, so that the same
/// graph is drawn alike by every machine.
#ifndef CRATE_CONVERT_PAGES_LAYOUT_H
#define CRATE_CONVERT_PAGES_LAYOUT_H
#include <cratekit/arena.h>

typedef struct CrateLayoutEdge {
  uint32_t left, right; ///< Nodes; the left one is meant to stand further left.
  uint32_t first, count; ///< Points between them, in CrateLayout.bends, from
                         ///< left to right as they are drawn.
} CrateLayoutEdge;

typedef struct CrateLayoutPoint {
  uint32_t layer; ///< From the left.
  int32_t y;      ///< Of the middle; 0 is the upmost middle.
} CrateLayoutPoint;

/// How far the middles of neighbours are apart.
typedef struct CrateLayoutSpacing {
  int32_t node, bend; ///< A node from what is above it; two bends.
} CrateLayoutSpacing;

/// Lives in an arena.
typedef struct CrateLayout {
  CrateLayoutPoint *nodes; ///< As many as there are nodes.
  CrateLayoutPoint *bends;
  uint32_t layer_count;
  int32_t height; ///< The largest y.
} CrateLayout;

/**
   Lay out a graph: cycles are opened, nodes get layers, edges across layers
   bends, crossings become fewer, and neighbours come close.

   n log n in nodes, edges and bends; the bends are at most a multiple of the
   nodes, as beyond that edges run straight.
   @param edges Changed: their bends. An edge from a node to itself has none.
*/
CRATE_NODISCARD CrateStatus crate_layout_make(CrateArena *arena,
                                              size_t node_count,
                                              CrateLayoutEdge *edges,
                                              size_t edge_count,
                                              CrateLayoutSpacing spacing,
                                              CrateLayout *out);

#endif // CRATE_CONVERT_PAGES_LAYOUT_H
