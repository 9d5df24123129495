// SPDX-License-Identifier: Apache-2.0
// Value type constraint components, SHACL 4.1.
#include "validate/shapes/components.h"
#include "validate/shapes/datatype.h"

CRATE_COMPILE(class)
{
  uint32_t number = 0;
  (void)shape;
  CRATE_TRY(crate_compiler_class(compiler, constraint->parameter, &number));
  constraint->number = number;
  return CRATE_OK;
}

// 4.1.1: literals are instances of nothing.
CRATE_HOLDS(class)
{
  bool instance = false;
  CRATE_TRY(
    crate_class_has(check->run, check->constraint->number, value, &instance));
  *out = instance ? CRATE_CONFORMS : CRATE_FAILS;
  return CRATE_OK;
}

CRATE_COMPILE(datatype)
{
  (void)shape;
  constraint->number =
    crate_key_map_get(&compiler->shapes->datatypes, constraint->parameter);
  return CRATE_OK;
}

// 4.1.2: the same IRI, and no ill-typed literal of it.
CRATE_HOLDS(datatype)
{
  const CrateConstraint *const constraint = check->constraint;
  const CrateTermInfo info = crate_terms_info(check->run->terms, value);
  const bool well = info.kind == CRATE_TERM_LITERAL &&
                    info.datatype == constraint->parameter &&
                    crate_datatype_has((uint32_t)constraint->number, info.text);
  *out = well ? CRATE_CONFORMS : CRATE_FAILS;
  return CRATE_OK;
}

#define IRI (1u << CRATE_TERM_IRI)
#define BLANK (1u << CRATE_TERM_BLANK)
#define LITERAL (1u << CRATE_TERM_LITERAL)

typedef struct NodeKind {
  CrateShacl term;
  unsigned kinds;
} NodeKind;

static const NodeKind NODE_KINDS[] = {
  {CRATE_SH_IRI, IRI},
  {CRATE_SH_BLANK_NODE, BLANK},
  {CRATE_SH_LITERAL, LITERAL},
  {CRATE_SH_BLANK_NODE_OR_IRI, BLANK | IRI},
  {CRATE_SH_BLANK_NODE_OR_LITERAL, BLANK | LITERAL},
  {CRATE_SH_IRI_OR_LITERAL, IRI | LITERAL},
};

CRATE_COMPILE(node_kind)
{
  (void)shape;
  for (size_t i = 0; i < sizeof(NODE_KINDS) / sizeof(*NODE_KINDS); ++i) {
    if (crate_shapes_term(compiler->shapes, NODE_KINDS[i].term) ==
        constraint->parameter) {
      constraint->number = NODE_KINDS[i].kinds;
      return CRATE_OK;
    }
  }
  crate_compiler_blame(compiler, CRATE_SH_NODE_KIND, constraint->parameter,
                       "expects one of the six node kinds");
  return CRATE_OK;
}

CRATE_HOLDS(node_kind)
{
  const CrateTermKind kind = crate_terms_kind(check->run->terms, value);
  *out = check->constraint->number >> kind & 1u ? CRATE_CONFORMS : CRATE_FAILS;
  return CRATE_OK;
}
