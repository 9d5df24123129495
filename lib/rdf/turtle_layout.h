// SPDX-License-Identifier: Apache-2.0
/// @file Which blank nodes a Turtle document writes inside others.
#ifndef CRATE_RDF_TURTLE_LAYOUT_H
#define CRATE_RDF_TURTLE_LAYOUT_H
#include <cratekit/rdf.h>

enum {
  CRATE_TURTLE_LAYOUT_SHARED = 1u, ///< Needs its label in several places.
  CRATE_TURTLE_LAYOUT_NESTED = 2u, ///< Written where it is referred to.
  CRATE_TURTLE_LAYOUT_LIST = 4u,   ///< NESTED, and a cell of a ( ) list.
  CRATE_TURTLE_LAYOUT_WALKED = 8u, ///< For the search for circles.
};

/// What the writer knows of one term.
typedef struct CrateTurtleLayoutNode {
  uint32_t uses;     ///< As an object.
  uint32_t first;    ///< Index of its first quad as a subject, plus 1; or 0.
  uint32_t referrer; ///< Index of the last quad that has it as its object.
  uint8_t flags;
  uint8_t level;  ///< Of nesting; 0 is not known yet.
  uint8_t prefix; ///< The writer's own: see turtle_write.c.
} CrateTurtleLayoutNode;

/// Deepest nesting written; what is deeper gets labels.
#define CRATE_TURTLE_LAYOUT_DEEPEST 12u

/**
   Survey an indexed graph.

   @param nodes New array by term number, released by the caller.
*/
CRATE_NODISCARD CrateStatus
crate_turtle_layout_new(const CrateWorld *world,
                        const CrateGraph *graph,
                        CrateTurtleLayoutNode **nodes);

#endif // CRATE_RDF_TURTLE_LAYOUT_H
