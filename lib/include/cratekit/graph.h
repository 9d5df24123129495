// SPDX-License-Identifier: Apache-2.0
/// @file A set of RDF quads you can ask questions of.
#ifndef CRATE_GRAPH_H
#define CRATE_GRAPH_H
#include <cratekit/term.h>
CRATE_BEGIN_DECLS

/// One statement. `graph` 0 is the default graph.
typedef struct CrateQuad {
  CrateTerm subject, predicate, object, graph;
} CrateQuad;

/// Origin of a quad that no byte of a document stands for.
#define CRATE_NO_ORIGIN UINT32_MAX

/**
   Quads of one dataset: first filled, then indexed, then asked.

   Not thread-safe while being written; any number of readers once indexed.
*/
typedef struct CrateGraph CrateGraph;

/// New, freed by crate_graph_free(). Keeps the terms (and their world).
CRATE_API CRATE_NODISCARD CrateStatus crate_graph_new(const CrateWorld *world,
                                                      CrateTerms *terms,
                                                      CrateGraph **out);

/// Accepts NULL. The terms stay.
CRATE_API void crate_graph_free(CrateGraph *graph);

CRATE_API CrateTerms *crate_graph_terms(const CrateGraph *graph);

/**
   Add one quad; a repeat is not an error and vanishes when indexed, the
   earliest origin staying. Un-indexes the graph.

   @param origin Byte offset in the document, or CRATE_NO_ORIGIN. What
   crate_graph_shift_origins() said is added.
   @return CRATE_OVER_LIMIT when the world's quad ceiling is met. Graph is
   then unchanged.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_graph_add(CrateGraph *graph,
                                                      CrateQuad quad,
                                                      uint32_t origin);

/// Documents read one after another into a graph: the next one's bytes count
/// from `shift`.
CRATE_API void crate_graph_shift_origins(CrateGraph *graph, uint32_t shift);

/// Put other terms in the place of some, as subjects, predicates, objects and
/// graphs. Un-indexes the graph.
/// @param names By term, up to `end`: the other one, or 0 to keep it.
CRATE_API void crate_graph_rename(CrateGraph *graph,
                                  const CrateTerm *names,
                                  CrateTerm end);

/// Sort, drop repeats, build the indexes. Nothing to do when up to date.
/// Linear in quads and terms, but n log n in the statements of one subject.
CRATE_API CRATE_NODISCARD CrateStatus crate_graph_index(CrateGraph *graph);

/// All quads, sorted by graph (default first), subject, predicate, object
/// number once indexed; in order of adding before.
CRATE_API const CrateQuad *crate_graph_quads(const CrateGraph *graph);

CRATE_API size_t crate_graph_size(const CrateGraph *graph);

/// Where a quad of this graph (a pointer into crate_graph_quads() or a
/// range) came from.
CRATE_API uint32_t crate_graph_origin(const CrateGraph *graph,
                                      const CrateQuad *quad);

/// Neighbouring quads of an indexed graph. Views, valid until the next add.
typedef struct CrateQuadRange {
  const CrateQuad *first;
  size_t count;
} CrateQuadRange;

/// Statements of the default graph about a subject, by predicate (0: any).
CRATE_API CrateQuadRange crate_graph_about(const CrateGraph *graph,
                                           CrateTerm subject,
                                           CrateTerm predicate);

/// The same for one property; none when that is 0, a term that the graph has
/// never met.
static inline CrateQuadRange
crate_graph_values(const CrateGraph *graph,
                   CrateTerm subject,
                   CrateTerm predicate)
{
  const CrateQuadRange none = {NULL, 0};
  return predicate ? crate_graph_about(graph, subject, predicate) : none;
}

/// Scattered quads of an indexed graph: quads[first[i]].
typedef struct CrateQuadList {
  const CrateQuad *quads;
  const uint32_t *first;
  size_t count;
} CrateQuadList;

static inline const CrateQuad *
crate_quad_list_at(CrateQuadList list, size_t i)
{
  return list.quads + list.first[i];
}

/// Statements of the default graph with this object, by predicate (0: any),
/// sorted by predicate, then subject.
CRATE_API CrateQuadList crate_graph_towards(const CrateGraph *graph,
                                            CrateTerm predicate,
                                            CrateTerm object);

/// Statements of the default graph with this predicate, by subject, object;
/// none when it is 0.
CRATE_API CrateQuadList crate_graph_with(const CrateGraph *graph,
                                         CrateTerm predicate);

/// Whether the default graph holds the statement; the quad, or NULL.
CRATE_API const CrateQuad *crate_graph_find(const CrateGraph *graph,
                                            CrateTerm subject,
                                            CrateTerm predicate,
                                            CrateTerm object);

/// The first object of subject and predicate, 0 when there is none.
CRATE_API CrateTerm crate_graph_object(const CrateGraph *graph,
                                       CrateTerm subject,
                                       CrateTerm predicate);

/**
   The members of an RDF list of the default graph.

   @param members New array in the arena.
   @return CRATE_MALFORMED when it is no well-formed list (no or several
   rdf:first or rdf:rest, a cycle).
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_graph_list(const CrateGraph *graph,
                                                       CrateTerm head,
                                                       CrateArena *arena,
                                                       CrateTerm **members,
                                                       size_t *count);

CRATE_END_DECLS
#endif // CRATE_GRAPH_H
