// SPDX-License-Identifier: Apache-2.0
/// @file What a request is made of, once it is read. Section numbers here and
/// in the other files are those of SPARQL 1.1 Query.
#ifndef CRATE_SPARQL_ALGEBRA_H
#define CRATE_SPARQL_ALGEBRA_H
#include <cratekit/sparql.h>

typedef struct CrateGroup CrateGroup;

/// A term, or a variable by its number. Blank nodes of a pattern are
/// variables that have no name (4.1.4); those of a template have numbers
/// behind the variables of the operation.
typedef struct CrateNode {
  CrateTerm term;    ///< 0: it is a variable.
  uint32_t variable; ///< From 0.
} CrateNode;

/// 18.1.7
typedef enum {
  CRATE_PATH_LINK,
  CRATE_PATH_INVERSE,
  CRATE_PATH_SEQUENCE,
  CRATE_PATH_ALTERNATIVE,
  CRATE_PATH_ZERO_OR_ONE,
  CRATE_PATH_ZERO_OR_MORE,
  CRATE_PATH_ONE_OR_MORE,
  CRATE_PATH_NEGATED, ///< `first` is a list of links and inverse links.
} CratePathKind;

typedef struct CratePath CratePath;

struct CratePath {
  CratePathKind kind;
  CrateTerm link;         ///< Of a LINK.
  const CratePath *first; ///< What it is made of.
  const CratePath *second;
  CratePath *next; ///< In the list of a NEGATED.
};

typedef struct CrateTriple CrateTriple;

/// A triple pattern, or a triple of a template.
struct CrateTriple {
  CrateNode subject, predicate, object;
  const CratePath *path;  ///< In the place of the predicate; mostly NULL.
  const CrateNode *graph; ///< Of a template; NULL: the default graph.
  uint32_t number;        ///< Of the pattern in the operation, as written.
  CrateTriple *next;
};

typedef struct CrateExpression CrateExpression;

/// What an expression is, where it is no call of a function.
typedef enum {
  CRATE_EXPRESSION_TERM,
  CRATE_EXPRESSION_VARIABLE,
  CRATE_EXPRESSION_CALL, ///< All arguments are values: functions.c.
  CRATE_EXPRESSION_OR,
  CRATE_EXPRESSION_AND,
  CRATE_EXPRESSION_BOUND,
  CRATE_EXPRESSION_IF,
  CRATE_EXPRESSION_COALESCE,
  CRATE_EXPRESSION_IN,
  CRATE_EXPRESSION_NOT_IN,
  CRATE_EXPRESSION_EXISTS,
  CRATE_EXPRESSION_NOT_EXISTS,
} CrateExpressionKind;

struct CrateExpression {
  CrateExpressionKind kind;
  CrateNode node;                       ///< TERM, VARIABLE, BOUND.
  const struct CrateFunction *function; ///< CALL.
  CrateExpression *arguments;
  uint32_t argument_count;
  CrateGroup *group; ///< EXISTS.
  uint32_t number;   ///< Of the EXISTS in the operation.
  CrateExpression *next;
};

typedef enum {
  CRATE_ELEMENT_TRIPLES,
  CRATE_ELEMENT_GROUP, ///< { } alone, or UNION: `groups` is a list.
  CRATE_ELEMENT_OPTIONAL,
  CRATE_ELEMENT_MINUS,
  CRATE_ELEMENT_VALUES,
  CRATE_ELEMENT_BIND,
} CrateElementKind;

typedef struct CrateElement CrateElement;

struct CrateElement {
  CrateElementKind kind;
  CrateTriple *triples;
  uint32_t triple_count;
  CrateGroup *groups;
  const uint32_t *variables; ///< VALUES, or the one of BIND.
  const CrateTerm *values;   ///< Row by row; 0 is UNDEF.
  uint32_t variable_count, value_rows;
  const CrateExpression *expression; ///< BIND.
  const char *at;                    ///< Place of the variable of a BIND.
  CrateElement *next;
};

struct CrateGroup {
  CrateElement *elements;
  CrateExpression *filters;
  /// By variable, filled by scope.c. Certain are those that every solution
  /// has, from statements or VALUES; a value from outside may be put in their
  /// place beforehand, and nothing in the group can tell.
  bool *certain, *visible;
  /// All that the group names, once it is read; on the way, what a part before
  /// could have told to be unbound.
  bool *touched;
  CrateGroup *next; ///< In a UNION.
};

typedef struct CrateOperation CrateOperation;

struct CrateOperation {
  CrateTriple *template_triples;
  CrateGroup *where; ///< NULL: INSERT DATA.
  uint32_t variable_count;
  uint32_t blank_count;   ///< Of the template.
  uint32_t pattern_count; ///< Triple patterns of WHERE.
  uint32_t exists_count;  ///< Expressions of EXISTS.
  CrateOperation *next;
};

struct CrateUpdate {
  const CrateWorld *world;
  CrateTerms *terms;
  CrateArena arena;
  CrateText name;
  CrateText base; ///< For IRI(), as the last BASE has it.
  CrateOperation *operations;
};

#endif // CRATE_SPARQL_ALGEBRA_H
