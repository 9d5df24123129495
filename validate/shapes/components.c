// SPDX-License-Identifier: Apache-2.0
// The constraint components of SHACL Core, section 4: one row a parameter.
#include "validate/shapes/components.h"

#define SINGLE CRATE_COMPONENT_SINGLE
#define PROPERTY CRATE_COMPONENT_PROPERTY_ONLY

#define HOLDS(name) NULL, crate_##name##_holds, NULL
#define CHECK(name) NULL, NULL, crate_##name##_check
#define COMPILE_HOLDS(first, name)                                             \
  crate_##first##_compile, crate_##name##_holds, NULL
#define COMPILE_CHECK(first, name)                                             \
  crate_##first##_compile, NULL, crate_##name##_check
/// A parameter that another row reads; only its values are checked here.
#define OPTIONAL NULL, NULL, NULL, NULL

static const CrateComponent COMPONENTS[] = {
  {CRATE_SH_CLASS, CRATE_SH_CLASS_COMPONENT, CRATE_VALUE_IRI, 0,
   COMPILE_HOLDS(class, class), "{$value} is not an instance of {$class}"},
  {CRATE_SH_DATATYPE, CRATE_SH_DATATYPE_COMPONENT, CRATE_VALUE_IRI, SINGLE,
   COMPILE_HOLDS(datatype, datatype),
   "{$value} is not a well-formed literal of datatype {$datatype}"},
  {CRATE_SH_NODE_KIND, CRATE_SH_NODE_KIND_COMPONENT, CRATE_VALUE_IRI, SINGLE,
   COMPILE_HOLDS(node_kind, node_kind), "{$value} is not of kind {$nodeKind}"},
  {CRATE_SH_MIN_COUNT, CRATE_SH_MIN_COUNT_COMPONENT, CRATE_VALUE_INTEGER,
   SINGLE | PROPERTY, COMPILE_CHECK(count, min_count),
   "expected {$minCount} or more values of {$path}, found {$count}"},
  {CRATE_SH_MAX_COUNT, CRATE_SH_MAX_COUNT_COMPONENT, CRATE_VALUE_INTEGER,
   SINGLE | PROPERTY, COMPILE_CHECK(count, max_count),
   "expected at most {$maxCount} values of {$path}, found {$count}"},
  {CRATE_SH_MIN_EXCLUSIVE, CRATE_SH_MIN_EXCLUSIVE_COMPONENT,
   CRATE_VALUE_LITERAL, SINGLE, HOLDS(min_exclusive),
   "{$value} is not greater than {$minExclusive}"},
  {CRATE_SH_MIN_INCLUSIVE, CRATE_SH_MIN_INCLUSIVE_COMPONENT,
   CRATE_VALUE_LITERAL, SINGLE, HOLDS(min_inclusive),
   "{$value} is not {$minInclusive} or greater"},
  {CRATE_SH_MAX_EXCLUSIVE, CRATE_SH_MAX_EXCLUSIVE_COMPONENT,
   CRATE_VALUE_LITERAL, SINGLE, HOLDS(max_exclusive),
   "{$value} is not less than {$maxExclusive}"},
  {CRATE_SH_MAX_INCLUSIVE, CRATE_SH_MAX_INCLUSIVE_COMPONENT,
   CRATE_VALUE_LITERAL, SINGLE, HOLDS(max_inclusive),
   "{$value} is not {$maxInclusive} or less"},
  {CRATE_SH_MIN_LENGTH, CRATE_SH_MIN_LENGTH_COMPONENT, CRATE_VALUE_INTEGER,
   SINGLE, COMPILE_HOLDS(count, min_length),
   "{$value} has fewer than {$minLength} characters"},
  {CRATE_SH_MAX_LENGTH, CRATE_SH_MAX_LENGTH_COMPONENT, CRATE_VALUE_INTEGER,
   SINGLE, COMPILE_HOLDS(count, max_length),
   "{$value} has more than {$maxLength} characters"},
  {CRATE_SH_PATTERN, CRATE_SH_PATTERN_COMPONENT, CRATE_VALUE_STRING, SINGLE,
   COMPILE_HOLDS(pattern, pattern),
   "{$value} does not match the pattern {$pattern}"},
  {CRATE_SH_FLAGS, CRATE_SH_NONE, CRATE_VALUE_STRING, SINGLE, OPTIONAL},
  {CRATE_SH_LANGUAGE_IN, CRATE_SH_LANGUAGE_IN_COMPONENT,
   CRATE_VALUE_STRING_LIST, SINGLE, HOLDS(language_in),
   "{$value} is in none of the languages {$languageIn}"},
  {CRATE_SH_UNIQUE_LANG, CRATE_SH_UNIQUE_LANG_COMPONENT, CRATE_VALUE_BOOLEAN,
   SINGLE | PROPERTY, COMPILE_CHECK(unique_lang, unique_lang),
   "{$path} has several values in the language {$detail}, expected one"},
  {CRATE_SH_EQUALS, CRATE_SH_EQUALS_COMPONENT, CRATE_VALUE_IRI, 0,
   CHECK(equals), "{$value} is a value of only one of {$path} and {$equals}"},
  {CRATE_SH_DISJOINT, CRATE_SH_DISJOINT_COMPONENT, CRATE_VALUE_IRI, 0,
   HOLDS(disjoint), "{$value} is a value of {$disjoint} as well"},
  {CRATE_SH_LESS_THAN, CRATE_SH_LESS_THAN_COMPONENT, CRATE_VALUE_IRI, PROPERTY,
   CHECK(less_than), "{$value} is not less than {$detail} of {$lessThan}"},
  {CRATE_SH_LESS_THAN_OR_EQUALS, CRATE_SH_LESS_THAN_OR_EQUALS_COMPONENT,
   CRATE_VALUE_IRI, PROPERTY, CHECK(less_than_or_equals),
   "{$value} is greater than {$detail} of {$lessThanOrEquals}"},
  {CRATE_SH_NOT, CRATE_SH_NOT_COMPONENT, CRATE_VALUE_SHAPE, 0, HOLDS(not ),
   "{$value} has the shape {$not}, which it must not"},
  {CRATE_SH_AND, CRATE_SH_AND_COMPONENT, CRATE_VALUE_SHAPE_LIST, 0, HOLDS(and),
   "{$value} lacks one of the shapes {$and}"},
  {CRATE_SH_OR, CRATE_SH_OR_COMPONENT, CRATE_VALUE_SHAPE_LIST, 0, HOLDS(or),
   "{$value} has none of the shapes {$or}"},
  {CRATE_SH_XONE, CRATE_SH_XONE_COMPONENT, CRATE_VALUE_SHAPE_LIST, 0,
   HOLDS(xone), "{$value} does not have exactly one of the shapes {$xone}"},
  {CRATE_SH_NODE, CRATE_SH_NODE_COMPONENT, CRATE_VALUE_NODE_SHAPE, 0,
   HOLDS(node), "{$value} does not have the shape {$node}"},
  {CRATE_SH_QUALIFIED_VALUE_SHAPE, CRATE_SH_NONE, CRATE_VALUE_SHAPE,
   SINGLE | PROPERTY, OPTIONAL},
  {CRATE_SH_QUALIFIED_DISJOINT, CRATE_SH_NONE, CRATE_VALUE_BOOLEAN, SINGLE,
   OPTIONAL},
  {CRATE_SH_QUALIFIED_MIN_COUNT, CRATE_SH_QUALIFIED_MIN_COMPONENT,
   CRATE_VALUE_INTEGER, SINGLE, COMPILE_CHECK(qualified, qualified_min),
   "expected {$qualifiedMinCount} or more values of {$path} with the shape "
   "{$qualifiedValueShape}, found {$detail}"},
  {CRATE_SH_QUALIFIED_MAX_COUNT, CRATE_SH_QUALIFIED_MAX_COMPONENT,
   CRATE_VALUE_INTEGER, SINGLE, COMPILE_CHECK(qualified, qualified_max),
   "expected at most {$qualifiedMaxCount} values of {$path} with the shape "
   "{$qualifiedValueShape}, found {$detail}"},
  {CRATE_SH_CLOSED, CRATE_SH_CLOSED_COMPONENT, CRATE_VALUE_BOOLEAN, SINGLE,
   COMPILE_CHECK(closed, closed),
   "the property {$path} is not among those that are allowed"},
  {CRATE_SH_IGNORED_PROPERTIES, CRATE_SH_NONE, CRATE_VALUE_IRI_LIST, SINGLE,
   OPTIONAL},
  {CRATE_SH_HAS_VALUE, CRATE_SH_HAS_VALUE_COMPONENT, CRATE_VALUE_ANY, 0,
   CHECK(has_value), "{$hasValue} is missing"},
  {CRATE_SH_IN, CRATE_SH_IN_COMPONENT, CRATE_VALUE_LIST, SINGLE,
   COMPILE_HOLDS(in, in), "{$value} is not one of {$in}"},
  {CRATE_SH_PROPERTY, CRATE_SH_PROPERTY_COMPONENT, CRATE_VALUE_PROPERTY_SHAPE,
   0, CHECK(property), NULL},
};

const CrateComponent *
crate_component_at(size_t i)
{
  return i < sizeof(COMPONENTS) / sizeof(*COMPONENTS) ? &COMPONENTS[i] : NULL;
}
