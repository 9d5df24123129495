// SPDX-License-Identifier: Apache-2.0
/// @file What came from what, as a graph to be drawn.
///
/// Made from a graph of RDF: actions of schema.org with their object, result,
/// instrument and agent, and PROV-O, qualified or not, bundles included.
/// Nothing is inferred: each edge is a statement (or one qualified node).
#ifndef CRATE_CONVERT_PAGES_PROVENANCE_H
#define CRATE_CONVERT_PAGES_PROVENANCE_H
#include <cratekit/graph.h>

typedef enum {
  CRATE_PROVENANCE_ENTITY,
  CRATE_PROVENANCE_ACTIVITY,
  CRATE_PROVENANCE_AGENT,
} CrateProvenanceKind;

/// Texts are views into the graph's terms or the arena.
typedef struct CrateProvenanceNode {
  CrateTerm term;
  CrateProvenanceKind kind;
  CrateText id;   ///< Relative to the base where that is possible.
  CrateText name; ///< What people call it; the id where it has no name.
  CrateText href; ///< Where a drawing links to; empty for nowhere.
} CrateProvenanceNode;

/// From what has a history to what it goes back to, as the arrows of PROV.
typedef struct CrateProvenanceEdge {
  uint32_t from, to; ///< Indexes of nodes.
  const char *label; ///< "used"; of a table.
} CrateProvenanceEdge;

/// Lives in an arena. Nodes in the order in which the graph first speaks of
/// them; edges by their ends.
typedef struct CrateProvenance {
  CrateProvenanceNode *nodes;
  size_t node_count;
  CrateProvenanceEdge *edges;
  size_t edge_count;
  size_t left_out; ///< Nodes that crate_provenance_cut() dropped.
} CrateProvenance;

/**
   Find the provenance in a graph.

   @param graph Borrowed, indexed; its terms must outlive `out`.
   @param base  IRIs are shown relative to it; empty: as they are.
*/
CRATE_NODISCARD CrateStatus crate_provenance_find(const CrateGraph *graph,
                                                  CrateText base,
                                                  CrateArena *arena,
                                                  CrateProvenance *out);

/// The edges that point to each node: those of n are `all[first[n]]` up to
/// `all[first[n + 1]]`, by number.
typedef struct CrateProvenanceEnds {
  uint32_t *first, *all;
} CrateProvenanceEnds;

CRATE_NODISCARD CrateStatus
crate_provenance_ends(const CrateProvenance *provenance,
                      CrateArena *arena,
                      CrateProvenanceEnds *out);

/// Keep the first nodes only, and the edges between them.
void crate_provenance_cut(CrateProvenance *provenance, size_t most);

/// "entity", "activity" or "agent".
const char *crate_provenance_kind_name(CrateProvenanceKind kind);

#endif // CRATE_CONVERT_PAGES_PROVENANCE_H
