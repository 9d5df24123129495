// SPDX-License-Identifier: Apache-2.0
/// @file SHACL property paths (2.3.1) as small automata.
#ifndef CRATE_SHAPES_PATH_H
#define CRATE_SHAPES_PATH_H
#include <cratekit/buffer.h>
#include <cratekit/graph.h>

#define CRATE_NO_STEP UINT32_MAX

/// One state. With a predicate: follow it, then `next`. Without: go on with
/// `next` and with `other` at no cost. The accepting state has neither.
typedef struct CrateStep {
  CrateTerm predicate;
  bool inverse;
  uint32_t next, other;
} CrateStep;

typedef enum {
  CRATE_PATH_PREDICATE,
  CRATE_PATH_INVERSE, ///< Of one predicate.
  CRATE_PATH_COMPLEX,
} CratePathKind;

/// State 0 accepts. Walking (state, node) pairs once each costs no more than
/// states times statements, whatever the nesting.
typedef struct CratePath {
  CratePathKind kind;
  CrateTerm predicate; ///< Of the first two kinds.
  const CrateStep *steps;
  uint32_t count, start;
} CratePath;

/// Append a path as SPARQL writes it; a long or deep one is cut.
void crate_path_print(CrateBuffer *buffer,
                      const CrateGraph *graph,
                      CrateTerm path);

#endif // CRATE_SHAPES_PATH_H
