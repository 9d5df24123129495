// SPDX-License-Identifier: Apache-2.0
/// @file Mappings: the part of SPARQL 1.1 Update that adds statements.
#ifndef CRATE_SPARQL_H
#define CRATE_SPARQL_H
#include <cratekit/graph.h>
CRATE_BEGIN_DECLS

/**
   A request of operations that add statements, one after the other.

   Read are PREFIX and BASE, INSERT { } WHERE { } and INSERT DATA { }; what a
   pattern may hold is in docs/mappings.md. Everything else of SPARQL is
   refused by name.
*/
typedef struct CrateUpdate CrateUpdate;

/**
   Read a request.

   @param terms Keeps: those of the graphs that it will run on.
   @param name  Borrowed: for diagnostics.
   @param base  Borrowed: base IRI until BASE says another; may be empty.
   @param bytes Borrowed.
   @param out   New, freed by crate_update_free().
   @return CRATE_MALFORMED, said to the sink with line and column and code
   "invalid-sparql"; CRATE_UNSUPPORTED, said likewise with code
   "unsupported-sparql", for what is SPARQL and not done here.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_update_read(const CrateWorld *world,
                                                        CrateTerms *terms,
                                                        CrateText name,
                                                        CrateText base,
                                                        CrateText bytes,
                                                        CrateUpdate **out);

/// Accepts NULL.
CRATE_API void crate_update_free(CrateUpdate *update);

/**
   Run it: each operation sees the source and what those before it added.

   Solutions come in document order, as nested loops over the patterns in the
   order written would find them: by the origin of the statement that the first
   pattern matched, then of the second, and so on. What a solution adds has the
   origin of the statement that tells it from the one before. A triple with an
   unbound variable, or with a term that cannot stand where it should, is left
   out; blank nodes of a template are new for each solution.

   Only default graphs are looked at; templates may name other graphs.

   @param source Indexed, with the terms of the request.
   @param added  Changed: gets the statements, those included that the source
   has as well; indexed when done. Must not be the source.
   @param used   May be NULL; else set for each statement of the source
   (crate_graph_size() of them) that a pattern of a solution that added
   something matched. Patterns of MINUS and EXISTS do not count.
   @return CRATE_OVER_LIMIT when it takes more than the world's update_work,
   said to the sink with code "update-work"; CRATE_NO_MEMORY.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_update_run(const CrateUpdate *update,
                 const CrateGraph *source,
                 CrateGraph *added,
                 bool *used);

CRATE_END_DECLS
#endif // CRATE_SPARQL_H
