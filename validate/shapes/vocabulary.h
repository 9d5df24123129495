// SPDX-License-Identifier: Apache-2.0
/// @file The terms of the SHACL vocabulary.
#ifndef CRATE_SHAPES_VOCABULARY_H
#define CRATE_SHAPES_VOCABULARY_H
#include <cratekit/text.h>

#define CRATE_SHACL_NAMESPACE "http://www.w3.org/ns/shacl#"

/// What the subject of a term used as predicate is thereby (SHACL 2.1).
typedef enum {
  CRATE_SHACL_PLAIN,       ///< Nothing follows.
  CRATE_SHACL_TARGET,      ///< A shape: declares a target.
  CRATE_SHACL_PARAMETER,   ///< A shape: declares (part of) a constraint.
  CRATE_SHACL_UNSUPPORTED, ///< A shape that we can check only in part.
} CrateShaclRole;

/// Terms the engine asks for: name here, name in the vocabulary, role.
#define CRATE_SHACL_TERMS(X)                                                   \
  X(NODE_SHAPE, "NodeShape", PLAIN)                                            \
  X(PROPERTY_SHAPE, "PropertyShape", PLAIN)                                    \
  X(CONSTRAINT_COMPONENT, "ConstraintComponent", PLAIN)                        \
  X(PARAMETER, "parameter", PLAIN)                                             \
  X(PATH, "path", PLAIN)                                                       \
  X(ALTERNATIVE_PATH, "alternativePath", PLAIN)                                \
  X(INVERSE_PATH, "inversePath", PLAIN)                                        \
  X(ZERO_OR_MORE_PATH, "zeroOrMorePath", PLAIN)                                \
  X(ONE_OR_MORE_PATH, "oneOrMorePath", PLAIN)                                  \
  X(ZERO_OR_ONE_PATH, "zeroOrOnePath", PLAIN)                                  \
  X(SEVERITY, "severity", PLAIN)                                               \
  X(ENTAILMENT, "entailment", PLAIN)                                           \
  X(MESSAGE, "message", PLAIN)                                                 \
  X(DEACTIVATED, "deactivated", PLAIN)                                         \
  X(INFO, "Info", PLAIN)                                                       \
  X(WARNING, "Warning", PLAIN)                                                 \
  X(VIOLATION, "Violation", PLAIN)                                             \
  X(IRI, "IRI", PLAIN)                                                         \
  X(LITERAL, "Literal", PLAIN)                                                 \
  X(BLANK_NODE, "BlankNode", PLAIN)                                            \
  X(BLANK_NODE_OR_IRI, "BlankNodeOrIRI", PLAIN)                                \
  X(BLANK_NODE_OR_LITERAL, "BlankNodeOrLiteral", PLAIN)                        \
  X(IRI_OR_LITERAL, "IRIOrLiteral", PLAIN)                                     \
  X(TARGET_CLASS, "targetClass", TARGET)                                       \
  X(TARGET_NODE, "targetNode", TARGET)                                         \
  X(TARGET_OBJECTS_OF, "targetObjectsOf", TARGET)                              \
  X(TARGET_SUBJECTS_OF, "targetSubjectsOf", TARGET)                            \
  X(AND, "and", PARAMETER)                                                     \
  X(CLASS, "class", PARAMETER)                                                 \
  X(CLOSED, "closed", PARAMETER)                                               \
  X(DATATYPE, "datatype", PARAMETER)                                           \
  X(DISJOINT, "disjoint", PARAMETER)                                           \
  X(EQUALS, "equals", PARAMETER)                                               \
  X(FLAGS, "flags", PARAMETER)                                                 \
  X(HAS_VALUE, "hasValue", PARAMETER)                                          \
  X(IGNORED_PROPERTIES, "ignoredProperties", PARAMETER)                        \
  X(IN, "in", PARAMETER)                                                       \
  X(LANGUAGE_IN, "languageIn", PARAMETER)                                      \
  X(LESS_THAN, "lessThan", PARAMETER)                                          \
  X(LESS_THAN_OR_EQUALS, "lessThanOrEquals", PARAMETER)                        \
  X(MAX_COUNT, "maxCount", PARAMETER)                                          \
  X(MAX_EXCLUSIVE, "maxExclusive", PARAMETER)                                  \
  X(MAX_INCLUSIVE, "maxInclusive", PARAMETER)                                  \
  X(MAX_LENGTH, "maxLength", PARAMETER)                                        \
  X(MIN_COUNT, "minCount", PARAMETER)                                          \
  X(MIN_EXCLUSIVE, "minExclusive", PARAMETER)                                  \
  X(MIN_INCLUSIVE, "minInclusive", PARAMETER)                                  \
  X(MIN_LENGTH, "minLength", PARAMETER)                                        \
  X(NODE, "node", PARAMETER)                                                   \
  X(NODE_KIND, "nodeKind", PARAMETER)                                          \
  X(NOT, "not", PARAMETER)                                                     \
  X(OR, "or", PARAMETER)                                                       \
  X(PATTERN, "pattern", PARAMETER)                                             \
  X(PROPERTY, "property", PARAMETER)                                           \
  X(QUALIFIED_MAX_COUNT, "qualifiedMaxCount", PARAMETER)                       \
  X(QUALIFIED_MIN_COUNT, "qualifiedMinCount", PARAMETER)                       \
  X(QUALIFIED_VALUE_SHAPE, "qualifiedValueShape", PARAMETER)                   \
  X(QUALIFIED_DISJOINT, "qualifiedValueShapesDisjoint", PARAMETER)             \
  X(UNIQUE_LANG, "uniqueLang", PARAMETER)                                      \
  X(XONE, "xone", PARAMETER)                                                   \
  X(AND_COMPONENT, "AndConstraintComponent", PLAIN)                            \
  X(CLASS_COMPONENT, "ClassConstraintComponent", PLAIN)                        \
  X(CLOSED_COMPONENT, "ClosedConstraintComponent", PLAIN)                      \
  X(DATATYPE_COMPONENT, "DatatypeConstraintComponent", PLAIN)                  \
  X(DISJOINT_COMPONENT, "DisjointConstraintComponent", PLAIN)                  \
  X(EQUALS_COMPONENT, "EqualsConstraintComponent", PLAIN)                      \
  X(HAS_VALUE_COMPONENT, "HasValueConstraintComponent", PLAIN)                 \
  X(IN_COMPONENT, "InConstraintComponent", PLAIN)                              \
  X(LANGUAGE_IN_COMPONENT, "LanguageInConstraintComponent", PLAIN)             \
  X(LESS_THAN_COMPONENT, "LessThanConstraintComponent", PLAIN)                 \
  X(LESS_THAN_OR_EQUALS_COMPONENT, "LessThanOrEqualsConstraintComponent",      \
    PLAIN)                                                                     \
  X(MAX_COUNT_COMPONENT, "MaxCountConstraintComponent", PLAIN)                 \
  X(MAX_EXCLUSIVE_COMPONENT, "MaxExclusiveConstraintComponent", PLAIN)         \
  X(MAX_INCLUSIVE_COMPONENT, "MaxInclusiveConstraintComponent", PLAIN)         \
  X(MAX_LENGTH_COMPONENT, "MaxLengthConstraintComponent", PLAIN)               \
  X(MIN_COUNT_COMPONENT, "MinCountConstraintComponent", PLAIN)                 \
  X(MIN_EXCLUSIVE_COMPONENT, "MinExclusiveConstraintComponent", PLAIN)         \
  X(MIN_INCLUSIVE_COMPONENT, "MinInclusiveConstraintComponent", PLAIN)         \
  X(MIN_LENGTH_COMPONENT, "MinLengthConstraintComponent", PLAIN)               \
  X(NODE_COMPONENT, "NodeConstraintComponent", PLAIN)                          \
  X(NODE_KIND_COMPONENT, "NodeKindConstraintComponent", PLAIN)                 \
  X(NOT_COMPONENT, "NotConstraintComponent", PLAIN)                            \
  X(OR_COMPONENT, "OrConstraintComponent", PLAIN)                              \
  X(PATTERN_COMPONENT, "PatternConstraintComponent", PLAIN)                    \
  X(PROPERTY_COMPONENT, "PropertyConstraintComponent", PLAIN)                  \
  X(QUALIFIED_MAX_COMPONENT, "QualifiedMaxCountConstraintComponent", PLAIN)    \
  X(QUALIFIED_MIN_COMPONENT, "QualifiedMinCountConstraintComponent", PLAIN)    \
  X(UNIQUE_LANG_COMPONENT, "UniqueLangConstraintComponent", PLAIN)             \
  X(XONE_COMPONENT, "XoneConstraintComponent", PLAIN)

/// Number of a term the engine asks for.
typedef enum {
  CRATE_SH_NONE,
#define CRATE_SHACL_NUMBER(id, name, role) CRATE_SH_##id,
  CRATE_SHACL_TERMS(CRATE_SHACL_NUMBER)
#undef CRATE_SHACL_NUMBER
    CRATE_SH_END,
} CrateShacl;

/// Local name of a term.
CrateText crate_shacl_name(CrateShacl term);

CrateShaclRole crate_shacl_role(CrateShacl term);

/// Whether a name is that of a target or a parameter.
bool crate_shacl_marks(CrateText name);

/// Names of predicates that mark a shape as one that needs more than SHACL
/// Core (SPARQL, advanced features, JavaScript, SHACL 1.2). NULL-ended.
const char *const *crate_shacl_unsupported(void);

/// Whether SHACL (any of its parts) has a term with this local name.
bool crate_shacl_knows(CrateText name);

/// The known name that is nearest to a misspelt one; empty when none is near.
CrateText crate_shacl_nearest(CrateText name);

#endif // CRATE_SHAPES_VOCABULARY_H
