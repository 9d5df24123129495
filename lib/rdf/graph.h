// SPDX-License-Identifier: Apache-2.0
/// @file Inside of CrateGraph.
#ifndef CRATE_RDF_GRAPH_H
#define CRATE_RDF_GRAPH_H
#include <cratekit/graph.h>

/// Indexes cover the default graph, which is sorted first; an array of starts
/// has an entry for each term number and one more.
struct CrateGraph {
  const CrateWorld *world;
  CrateTerms *terms;
  CrateQuad *quads;
  uint32_t *origins; // parallel to quads
  uint32_t shift;    // added to origins that come
  size_t size, quad_capacity, origin_capacity;
  bool indexed;
  CrateTerm term_end;         // crate_terms_end() when indexed
  size_t default_size;        // quads of the default graph
  uint32_t *subject_starts;   // into quads
  uint32_t *object_starts;    // into by_object
  uint32_t *predicate_starts; // into by_predicate
  uint32_t *by_object;        // object, predicate, subject
  uint32_t *by_predicate;     // predicate, subject, object
};

/// Forget the indexes; the quads stay as they are.
void crate_graph_drop_index(CrateGraph *graph);

#endif // CRATE_RDF_GRAPH_H
