// SPDX-License-Identifier: Apache-2.0
/// @file Functions of the constraint components, by section of SHACL 4.
#ifndef CRATE_SHAPES_COMPONENTS_H
#define CRATE_SHAPES_COMPONENTS_H
#include "validate/shapes/run.h"

#define CRATE_COMPILE(name)                                                    \
  CrateStatus crate_##name##_compile(CrateCompiler *compiler,                  \
                                     const CrateShape *shape,                  \
                                     CrateConstraint *constraint)
#define CRATE_HOLDS(name)                                                      \
  CrateStatus crate_##name##_holds(CrateCheck *check, CrateTerm value,         \
                                   CrateOutcome *out)
#define CRATE_CHECK(name) CrateStatus crate_##name##_check(CrateCheck *check)

// 4.1 value type
CRATE_COMPILE(class);
CRATE_HOLDS(class);
CRATE_COMPILE(datatype);
CRATE_HOLDS(datatype);
CRATE_COMPILE(node_kind);
CRATE_HOLDS(node_kind);

// 4.2 cardinality
CRATE_COMPILE(count);
CRATE_CHECK(min_count);
CRATE_CHECK(max_count);

// 4.3 value range
CRATE_HOLDS(min_exclusive);
CRATE_HOLDS(min_inclusive);
CRATE_HOLDS(max_exclusive);
CRATE_HOLDS(max_inclusive);

// 4.4 strings
CRATE_HOLDS(min_length);
CRATE_HOLDS(max_length);
CRATE_COMPILE(pattern);
CRATE_HOLDS(pattern);
CRATE_HOLDS(language_in);
CRATE_COMPILE(unique_lang);
CRATE_CHECK(unique_lang);

// 4.5 property pairs
CRATE_CHECK(equals);
CRATE_HOLDS(disjoint);
CRATE_CHECK(less_than);
CRATE_CHECK(less_than_or_equals);

// 4.6 logic
CRATE_HOLDS(not );
CRATE_HOLDS(and);
CRATE_HOLDS(or);
CRATE_HOLDS(xone);

// 4.7 shapes
CRATE_HOLDS(node);
CRATE_CHECK(property);
CRATE_COMPILE(qualified);
CRATE_CHECK(qualified_min);
CRATE_CHECK(qualified_max);

// 4.8 others
CRATE_COMPILE(closed);
CRATE_CHECK(closed);
CRATE_CHECK(has_value);
CRATE_COMPILE(in);
CRATE_HOLDS(in);

#endif // CRATE_SHAPES_COMPONENTS_H
