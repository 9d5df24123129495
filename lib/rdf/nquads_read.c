// SPDX-License-Identifier: Apache-2.0
// N-Triples and N-Quads into a graph.
#include "rdf/nquads_scan.h"

static CrateStatus
make_literal(CrateTerms *terms, const CrateNquadsTerm *term, CrateTerm *out)
{
  CrateTerm datatype = CRATE_NO_TERM;
  if (term->datatype.size) {
    CRATE_TRY(crate_terms_iri(terms, term->datatype, &datatype));
  }
  return crate_terms_literal(terms, term->text, datatype, term->language, out);
}

static CrateStatus
make_term(CrateCursor *cursor, const CrateNquadsTerm *term, CrateTerm *out)
{
  switch (term->kind) {
    case CRATE_TERM_IRI:
      return crate_terms_iri(cursor->terms, term->text, out);
    case CRATE_TERM_BLANK:
      return crate_cursor_node(cursor, term->text, out);
    case CRATE_TERM_LITERAL:
      return make_literal(cursor->terms, term, out);
    default:
      *out = CRATE_NO_TERM;
      return CRATE_OK;
  }
}

static CrateStatus
add(CrateCursor *cursor, const CrateNquad *statement)
{
  CrateTerm terms[4];
  for (unsigned i = 0; i < 4u; ++i) {
    CRATE_TRY(make_term(cursor, &statement->terms[i], &terms[i]));
  }
  return crate_graph_add(cursor->graph,
                         (CrateQuad){terms[0], terms[1], terms[2], terms[3]},
                         crate_cursor_origin(cursor, statement->start));
}

CrateStatus
crate_nquads_read(CrateGraph *graph, const CrateRdfSource *source, bool quads)
{
  CrateNquadsScan scan;
  CrateNquad statement;
  crate_nquads_scan_init(&scan, source, quads);
  scan.cursor.graph = graph;
  scan.cursor.terms = crate_graph_terms(graph);
  CrateStatus st = CRATE_OK;
  while (!st && !(st = crate_nquads_scan(&scan, &statement))) {
    st = add(&scan.cursor, &statement);
  }
  crate_nquads_scan_clear(&scan);
  return st == CRATE_NOT_FOUND ? CRATE_OK : st;
}
