// SPDX-License-Identifier: Apache-2.0
/// @file From the shapes graph to shapes.
#ifndef CRATE_SHAPES_COMPILE_H
#define CRATE_SHAPES_COMPILE_H
#include "validate/shapes/engine.h"

/// What a predicate says about its subject.
typedef enum {
  CRATE_MARK_SHAPE = 1,   ///< It is a shape.
  CRATE_MARK_UNSUPPORTED, ///< It is one, and we cannot check all of it.
} CrateShapeMark;

/// What an rdf:type says about its subject.
enum {
  CRATE_TYPE_NODE_SHAPE = 1,
  CRATE_TYPE_PROPERTY_SHAPE = 2,
  CRATE_TYPE_CLASS = 4,
};

/// Shared by the steps of one compilation.
typedef struct CrateCompiler {
  CrateShapes *shapes;
  CrateKeyMap predicates;       ///< Predicate -> CrateShapeMark.
  CrateKeyMap types;            ///< (bit of CRATE_TYPE_, class) -> 1.
  CrateBuffer words;            ///< For the diagnostic in the making.
  CrateConstraint *constraints; // of the shape at hand
  size_t constraint_count, constraint_capacity;
  CrateTerm shape; ///< The one at hand, or 0.
  bool malformed;  ///< Something was said.
} CrateCompiler;

/// Compile everything in shapes->graph.
CRATE_NODISCARD CrateStatus crate_shapes_compile(CrateShapes *shapes);

/// CRATE_TYPE_ bits of a node of the shapes graph.
unsigned crate_compiler_types(const CrateCompiler *compiler, CrateTerm node);

/**
   Say that the shape at hand is ill-formed, and go on.

   @param predicate sh: term to blame, CRATE_SH_NONE for none.
   @param value     Term to blame, 0 for none.
   @param expected  What should be there; one phrase.
*/
void crate_compiler_blame(CrateCompiler *compiler,
                          CrateShacl predicate,
                          CrateTerm value,
                          const char *expected);

/// Number of the shape with this node, which is compiled in its turn.
CRATE_NODISCARD CrateStatus crate_compiler_shape(CrateCompiler *compiler,
                                                 CrateTerm node,
                                                 uint32_t *out);

/// Number of a class whose instances are asked for.
CRATE_NODISCARD CrateStatus crate_compiler_class(CrateCompiler *compiler,
                                                 CrateTerm term,
                                                 uint32_t *out);

/// The only value of a predicate of the shape at hand; 0 when there is none.
/// Several are ill-formed.
CrateTerm crate_compiler_single(CrateCompiler *compiler, CrateShacl predicate);

/// Compile the path of the shape at hand. An ill-formed one is blamed and
/// answered with an empty path.
CRATE_NODISCARD CrateStatus crate_path_compile(CrateCompiler *compiler,
                                               CrateTerm node,
                                               CratePath *out);

/// Declare the constraints of the shape at hand in compiler->constraints.
CRATE_NODISCARD CrateStatus crate_constraints_compile(CrateCompiler *compiler,
                                                      const CrateShape *shape);

/// Declare its targets.
CRATE_NODISCARD CrateStatus crate_targets_compile(CrateCompiler *compiler,
                                                  CrateShape *shape);

/// Blame sh: terms that no part of SHACL has.
CRATE_NODISCARD CrateStatus crate_vocabulary_check(CrateCompiler *compiler);

/// SHACL 1.5: an entailment regime that is not supported is a failure.
CRATE_NODISCARD CrateStatus crate_entailment_check(CrateCompiler *compiler);

/// Blame shapes that refer to themselves (SHACL 3.4.3) and measure height.
CRATE_NODISCARD CrateStatus crate_recursion_check(CrateCompiler *compiler);

/// What a value of a parameter may be; the rule tables of SHACL 4.
typedef enum {
  CRATE_VALUE_ANY,
  CRATE_VALUE_IRI,
  CRATE_VALUE_LITERAL,
  CRATE_VALUE_STRING,
  CRATE_VALUE_INTEGER,
  CRATE_VALUE_BOOLEAN,
  CRATE_VALUE_LIST,
  CRATE_VALUE_IRI_LIST,
  CRATE_VALUE_STRING_LIST,
  CRATE_VALUE_SHAPE,
  CRATE_VALUE_NODE_SHAPE,
  CRATE_VALUE_PROPERTY_SHAPE,
  CRATE_VALUE_SHAPE_LIST,
} CrateValueKind;

/// Whether a term is what a parameter asks for; blames it when it is not.
bool crate_value_check(CrateCompiler *compiler,
                       CrateShacl predicate,
                       CrateValueKind kind,
                       CrateTerm value);

/// Members of a list, each checked; blamed and empty when it is none.
CRATE_NODISCARD CrateStatus crate_value_list(CrateCompiler *compiler,
                                             CrateShacl predicate,
                                             CrateValueKind kind,
                                             CrateTerm head,
                                             CrateTerm **members,
                                             size_t *count);

/// The value of a well-written xsd:integer, or SIZE_MAX when it is larger;
/// 0 when it is negative.
size_t crate_value_count(const CrateShapes *shapes, CrateTerm value);

/// Whether a term is "true"^^xsd:boolean, to the letter.
bool crate_value_true(const CrateShapes *shapes, CrateTerm value);

/// A class and its subclasses in one or two graphs (`other` may be NULL).
/// Uses `seen` and refills `out`.
CRATE_NODISCARD CrateStatus crate_subclasses_find(const CrateGraph *graph,
                                                  const CrateGraph *other,
                                                  CrateTerm class,
                                                  CrateKeyMap *seen,
                                                  CrateTermArray *out);

/// Sort terms by number and drop repeats; the new count.
size_t crate_terms_sort(CrateTerm *terms, size_t count);

bool crate_terms_contain(const CrateTerm *sorted, size_t count, CrateTerm term);

/// How a term is written for a person.
typedef enum {
  CRATE_PRINT_PLAIN,  ///< A literal as it is.
  CRATE_PRINT_QUOTED, ///< A literal in quotes, with language or datatype.
} CratePrintStyle;

/// Append a term: sh:name, <iri>, literal, blank node; long ones are cut.
void crate_term_print(CrateBuffer *buffer,
                      const CrateTerms *terms,
                      CrateTerm term,
                      CratePrintStyle style);

#endif // CRATE_SHAPES_COMPILE_H
