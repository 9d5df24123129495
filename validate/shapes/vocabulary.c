// SPDX-License-Identifier: Apache-2.0
#include "validate/shapes/vocabulary.h"

typedef struct Entry {
  const char *name;
  CrateShaclRole role;
} Entry;

static const Entry ENTRIES[CRATE_SH_END] = {
#define CRATE_SHACL_ENTRY(id, text, kind)                                      \
  [CRATE_SH_##id] = {text, CRATE_SHACL_##kind},
  CRATE_SHACL_TERMS(CRATE_SHACL_ENTRY)
#undef CRATE_SHACL_ENTRY
};

static const char *const UNSUPPORTED[] = {
  "expression",
  "js",
  "rule",
  "sparql",
  "target",
  "values",
  "reifierShape",
  "reificationRequired",
  "memberShape",
  "minListLength",
  "maxListLength",
  "uniqueMembers",
  "someValue",
  "singleLine",
  "rootClass",
  "subsetOf",
  "nodeByExpression",
  "targetWhere",
  "shape",
  NULL,
};

/// What is left of the vocabulary: legal, and without a meaning to us.
static const char *const OTHERS[] = {
  "AbstractResult",
  "ExpressionConstraintComponent",
  "Function",
  "JSConstraint",
  "JSConstraintComponent",
  "JSExecutable",
  "JSFunction",
  "JSLibrary",
  "JSRule",
  "JSTarget",
  "JSTargetType",
  "JSValidator",
  "NodeKind",
  "Parameter",
  "Parameterizable",
  "PrefixDeclaration",
  "PropertyGroup",
  "ResultAnnotation",
  "Rule",
  "SPARQLAskExecutable",
  "SPARQLAskValidator",
  "SPARQLConstraint",
  "SPARQLConstraintComponent",
  "SPARQLConstructExecutable",
  "SPARQLExecutable",
  "SPARQLFunction",
  "SPARQLRule",
  "SPARQLSelectExecutable",
  "SPARQLSelectValidator",
  "SPARQLTarget",
  "SPARQLTargetType",
  "SPARQLUpdateExecutable",
  "Severity",
  "Shape",
  "Target",
  "TargetType",
  "TripleRule",
  "ValidationReport",
  "ValidationResult",
  "Validator",
  "annotationProperty",
  "annotationValue",
  "annotationVarName",
  "ask",
  "condition",
  "conforms",
  "construct",
  "declare",
  "defaultValue",
  "description",
  "detail",
  "filterShape",
  "focusNode",
  "group",
  "intersection",
  "jsFunctionName",
  "jsLibrary",
  "jsLibraryURL",
  "labelTemplate",
  "name",
  "namespace",
  "nodeValidator",
  "nodes",
  "object",
  "optional",
  "order",
  "predicate",
  "prefix",
  "prefixes",
  "propertyValidator",
  "result",
  "resultAnnotation",
  "resultMessage",
  "resultPath",
  "resultSeverity",
  "returnType",
  "select",
  "shapesGraph",
  "shapesGraphWellFormed",
  "sourceConstraint",
  "sourceConstraintComponent",
  "sourceShape",
  "subject",
  "suggestedShapesGraph",
  "this",
  "union",
  "update",
  "validator",
  "value",
  NULL,
};

CrateText
crate_shacl_name(CrateShacl term)
{
  return crate_text(ENTRIES[term].name);
}

CrateShaclRole
crate_shacl_role(CrateShacl term)
{
  return ENTRIES[term].role;
}

bool
crate_shacl_marks(CrateText name)
{
  for (size_t i = 1; i < CRATE_SH_END; ++i) {
    if (ENTRIES[i].role != CRATE_SHACL_PLAIN &&
        crate_text_is(name, ENTRIES[i].name)) {
      return true;
    }
  }
  return false;
}

const char *const *
crate_shacl_unsupported(void)
{
  return UNSUPPORTED;
}

/// The i-th of all names, NULL at the end.
static const char *
name_at(size_t i)
{
  const size_t entries = CRATE_SH_END - 1;
  const size_t unsupported = sizeof(UNSUPPORTED) / sizeof(*UNSUPPORTED) - 1;
  if (i < entries) {
    return ENTRIES[i + 1].name;
  }
  i -= entries;
  return i < unsupported ? UNSUPPORTED[i] : OTHERS[i - unsupported];
}

bool
crate_shacl_knows(CrateText name)
{
  const char *known = NULL;
  for (size_t i = 0; (known = name_at(i)); ++i) {
    if (crate_text_is(name, known)) {
      return true;
    }
  }
  return false;
}

CrateText
crate_shacl_nearest(CrateText name)
{
  const unsigned limit = name.size < 6 ? 1 : 3;
  unsigned best = limit + 1;
  CrateText nearest = {NULL, 0};
  const char *known = NULL;
  for (size_t i = 0; (known = name_at(i)); ++i) {
    const CrateText other = crate_text(known);
    const unsigned distance = crate_text_distance(name, other, limit);
    if (distance < best) {
      best = distance;
      nearest = other;
    }
  }
  return nearest;
}
