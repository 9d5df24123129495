// SPDX-License-Identifier: Apache-2.0
/// @file Statements of N-Triples and N-Quads, one after the other, before
/// anybody makes terms of them.
#ifndef CRATE_RDF_NQUADS_SCAN_H
#define CRATE_RDF_NQUADS_SCAN_H
#include "rdf/cursor.h"

/// What stands at one place of a statement.
typedef struct CrateNquadsTerm {
  CrateTermKind kind;
  CrateText raw;      ///< The token as it stands, a view into the source.
  CrateText text;     ///< IRI, label, lexical form; escapes decoded.
  CrateText datatype; ///< IRI; empty when none is said.
  CrateText language; ///< Empty when none is said.
} CrateNquadsTerm;

/// Subject, predicate, object and graph; of no graph, kind NONE.
typedef struct CrateNquad {
  CrateNquadsTerm terms[4];
  const char *start; ///< In the source.
} CrateNquad;

typedef struct CrateNquadsScan {
  CrateCursor cursor;
  CrateArena decoded; ///< Of one statement.
  bool quads;         ///< A graph's name is read.
} CrateNquadsScan;

/// Stand at the start of a document of valid UTF-8.
void crate_nquads_scan_init(CrateNquadsScan *scan,
                            const CrateRdfSource *source,
                            bool quads);

void crate_nquads_scan_clear(CrateNquadsScan *scan);

/// The next statement; its texts are valid until the next call.
/// CRATE_NOT_FOUND at the end; CRATE_MALFORMED, said, located.
CRATE_NODISCARD CrateStatus crate_nquads_scan(CrateNquadsScan *scan,
                                              CrateNquad *out);

#endif // CRATE_RDF_NQUADS_SCAN_H
