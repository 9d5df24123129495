// SPDX-License-Identifier: Apache-2.0
/// @file Shapes as they are once compiled.
#ifndef CRATE_SHAPES_ENGINE_H
#define CRATE_SHAPES_ENGINE_H
#include "base/regex.h"
#include "validate/shapes/key_map.h"
#include "validate/shapes/path.h"
#include "validate/shapes/vocabulary.h"
#include <cratekit/shapes.h>

typedef struct CrateComponent CrateComponent;

/// Terms in a row that grows.
typedef struct CrateTermArray {
  CrateTerm *terms;
  size_t count, capacity;
} CrateTermArray;

CRATE_NODISCARD CrateStatus crate_term_array_add(const CrateWorld *world,
                                                 CrateTermArray *array,
                                                 CrateTerm term);

/// A parameter's value in one shape, ready to be checked.
typedef struct CrateConstraint {
  const CrateComponent *component;
  CrateTerm iri;          ///< Of the component.
  CrateTerm predicate;    ///< The parameter.
  CrateTerm parameter;    ///< Its value.
  const CrateTerm *terms; ///< Members of a list; sorted when it is a set.
  size_t term_count;
  const uint32_t *shapes; ///< Shapes the value refers to.
  size_t shape_count;
  const uint32_t *siblings; ///< SHACL 4.7.3: sibling shapes.
  size_t sibling_count;
  size_t number;       ///< A count, a length, a class, a mask, an order.
  CrateRegex *pattern; ///< Compiled; NULL: an ill-formed one.
  const CrateNative *native;
  uint32_t id; ///< From 1, unlike any other of these shapes.
} CrateConstraint;

typedef struct CrateTarget {
  CrateShacl kind; ///< One of the four target predicates.
  CrateTerm term;
  uint32_t class_number; ///< Of a class target.
} CrateTarget;

typedef struct CrateShape {
  CrateTerm node;
  CrateTerm path_node; ///< 0 for a node shape.
  CratePath path;
  CrateTerm severity;
  CrateTerm message; ///< Literal, or 0.
  const CrateConstraint *constraints;
  size_t constraint_count;
  const CrateTarget *targets;
  size_t target_count;
  CrateText not_checked; ///< Why it can be checked only in part; or empty.
  uint32_t height;       ///< Longest chain of shapes it refers to.
  uint32_t rule;         ///< Its number among the rules, if it has targets.
  bool deactivated;
  bool deep; ///< Worth remembering whether a node conforms.
} CrateShape;

struct CrateShapes {
  const CrateWorld *world;
  const CrateGraph *graph;
  CrateTerms *terms;
  const CrateNative *natives;
  size_t native_count;
  CrateTerm vocabulary[CRATE_SH_END];
  CrateTerm rdfs_class;
  CrateArena arena;
  CrateShape **shapes;
  size_t count, capacity;
  CrateKeyMap numbers;    ///< Node -> number of its shape plus 1.
  CrateKeyMap datatypes;  ///< IRI -> number, see datatype.h.
  CrateTermArray classes; ///< That targets and sh:class name.
  CrateKeyMap class_numbers;
  CrateTermArray rules; ///< Numbers of the shapes with targets.
  uint32_t constraint_count;
};

/// Term of the vocabulary.
static inline CrateTerm
crate_shapes_term(const CrateShapes *shapes, CrateShacl term)
{
  return shapes->vocabulary[term];
}

/// The shape's chosen sh:message, 0 for none.
CrateTerm crate_shapes_message(const CrateShapes *shapes, CrateTerm shape);

#endif // CRATE_SHAPES_ENGINE_H
