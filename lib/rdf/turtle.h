// SPDX-License-Identifier: Apache-2.0
/// @file The state of a Turtle or TriG reader, and its terms.
#ifndef CRATE_RDF_TURTLE_H
#define CRATE_RDF_TURTLE_H
#include "rdf/cursor.h"

/// RDF 1.1 Turtle 7.1, parser state.
typedef struct CrateTurtle {
  CrateCursor cursor;
  CrateMap namespaces; // prefix without ':' -> pointer to its CrateText
  CrateArena arena;    // prefixes, namespaces and bases
  CrateArena resolved; // one IRI at a time
  CrateText base;
  CrateTerm graph_name; // of the block we are in; 0 is the default graph
  uint32_t depth;       // of [ ] and ( )
  bool graphs;          // TriG
} CrateTurtle;

/// Go past white space and comments.
void crate_turtle_skip(CrateTurtle *turtle);

/// Go past a word such as "PREFIX", in any case unless `exact`, if it stands
/// here and ends here.
bool crate_turtle_word(CrateTurtle *turtle, CrateText word, bool exact);

/// PNAME_NS [139s]: the prefix and its ':'; a view of the prefix.
CRATE_NODISCARD CrateStatus crate_turtle_prefix(CrateTurtle *turtle,
                                                CrateText *out);

/// IRIREF [18] resolved against the base; a view, valid until the next one.
CRATE_NODISCARD CrateStatus crate_turtle_reference(CrateTurtle *turtle,
                                                   CrateText *out);

/// iri [135s]
CRATE_NODISCARD CrateStatus crate_turtle_iri(CrateTurtle *turtle,
                                             CrateTerm *out);

/// Whether a literal [13] starts here.
bool crate_turtle_at_literal(const CrateTurtle *turtle);

/// literal [13]
CRATE_NODISCARD CrateStatus crate_turtle_literal(CrateTurtle *turtle,
                                                 CrateTerm *out);

#endif // CRATE_RDF_TURTLE_H
