// SPDX-License-Identifier: Apache-2.0
/// @file The reader. Numbers in brackets are those of SPARQL 1.1's grammar.
#ifndef CRATE_SPARQL_READ_H
#define CRATE_SPARQL_READ_H
#include "rdf/turtle.h"
#include "sparql/algebra.h"

/// Terms and names are read as in Turtle, whose tokens are the same.
typedef struct CrateSparql {
  CrateTurtle turtle;
  CrateUpdate *update;
  CrateMap names;           // of variables -> number + 1
  CrateMap blanks;          // labels of blank nodes -> number + 1
  uint32_t named;           // variables so far
  uint32_t template_blanks; // one more than the last one's number
  uint32_t patterns;        // triple patterns so far
  uint32_t exists;          // expressions of EXISTS so far
  bool in_template;         // of INSERT
  bool in_data;             // of INSERT DATA: no variables
} CrateSparql;

static inline CrateCursor *
crate_sparql_cursor(CrateSparql *sparql)
{
  return &sparql->turtle.cursor;
}

/// Say "expected <what>"; CRATE_MALFORMED.
CrateStatus crate_sparql_expected(CrateSparql *sparql, const char *what);

/// Say that SPARQL has this, and a mapping has not; CRATE_UNSUPPORTED.
CrateStatus crate_sparql_unsupported(CrateSparql *sparql, const char *what);

/// Cleared memory that lives as long as the request; NULL is said by
/// crate_arena_status() of its arena.
void *crate_sparql_allocate(CrateSparql *sparql, size_t size);

CrateStatus crate_sparql_no_memory(const CrateSparql *sparql);

/// The next byte that is neither white space nor a comment; NUL at the end.
char crate_sparql_next(CrateSparql *sparql);

/// Go past a byte if it comes next.
bool crate_sparql_take(CrateSparql *sparql, char byte);

/// Go past a keyword (upper case here, any there) if it comes next.
bool crate_sparql_word(CrateSparql *sparql, const char *word);

CRATE_NODISCARD CrateStatus crate_sparql_require(CrateSparql *sparql,
                                                 char byte,
                                                 const char *what);

/// One level of brackets deeper, or CRATE_OVER_LIMIT, said.
CRATE_NODISCARD CrateStatus crate_sparql_enter(CrateSparql *sparql);
void crate_sparql_leave(CrateSparql *sparql);

/// iri [136]
CRATE_NODISCARD CrateStatus crate_sparql_iri(CrateSparql *sparql,
                                             CrateTerm *out);

/// Whether a variable comes next.
bool crate_sparql_at_variable(CrateSparql *sparql);

/// Var [108]
CRATE_NODISCARD CrateStatus crate_sparql_variable(CrateSparql *sparql,
                                                  CrateNode *out);

/// A new blank node: of a pattern a variable that has no name.
CrateNode crate_sparql_unnamed(CrateSparql *sparql);

/// RDFLiteral, NumericLiteral, BooleanLiteral, iri: DataBlockValue [65]
/// without UNDEF.
CRATE_NODISCARD CrateStatus crate_sparql_constant(CrateSparql *sparql,
                                                  CrateTerm *out);

/// TriplesBlock [55] or TriplesTemplate [52], up to what is no triple.
CRATE_NODISCARD CrateStatus crate_sparql_triples(CrateSparql *sparql,
                                                 CrateTriple **list,
                                                 uint32_t *count);

/// GroupGraphPattern [53]
CRATE_NODISCARD CrateStatus crate_sparql_group(CrateSparql *sparql,
                                               CrateGroup **out);

/// Expression [110]
CRATE_NODISCARD CrateStatus crate_sparql_expression(CrateSparql *sparql,
                                                    CrateExpression **out);

/// Constraint [69]
CRATE_NODISCARD CrateStatus crate_sparql_constraint(CrateSparql *sparql,
                                                    CrateExpression **out);

/// Find out which variables a group binds, and refuse a BIND to one that is
/// bound before.
CRATE_NODISCARD CrateStatus crate_sparql_scope(CrateSparql *sparql,
                                               CrateGroup *group);

#endif // CRATE_SPARQL_READ_H
