// SPDX-License-Identifier: Apache-2.0
/// @file One run of shapes over a data graph.
#ifndef CRATE_SHAPES_RUN_H
#define CRATE_SHAPES_RUN_H
#include "validate/shapes/compile.h"

/// What a check finds. A larger one outweighs a smaller one in a conjunction.
typedef enum {
  CRATE_CONFORMS,
  CRATE_UNKNOWN, ///< Could not be checked, and nothing else failed.
  CRATE_FAILS,
} CrateOutcome;

static inline CrateOutcome
crate_outcome_and(CrateOutcome a, CrateOutcome b)
{
  return a > b ? a : b;
}

/// SHACL instances of a class: found when first asked for.
typedef struct CrateClass {
  const CrateTerm *classes; ///< It and its subclasses, sorted.
  size_t count;
  bool known;
} CrateClass;

typedef struct CrateVisit {
  CrateTerm node;
  uint32_t state;
  const CrateQuad *quad;
} CrateVisit;

typedef struct CrateRun {
  const CrateShapes *shapes;
  const bool *skip; ///< By rule, or NULL.
  const CrateWorld *world;
  const CrateGraph *data;
  const CrateTerms *terms;
  const CrateResultSink *sink;
  const CrateShape *rule;
  unsigned quiet; ///< Conformance checks that we are in: no results then.

  CrateTerm *values; ///< Value nodes of every shape being checked, stacked.
  const CrateQuad **quads; ///< The statement that gave each, or NULL.
  size_t value_count, value_capacity, quad_capacity;

  CrateTerm subject; ///< Whose statements `about` is.
  CrateQuadRange about;
  CrateTerm blamed; ///< Whose first byte `origin` is.
  uint32_t origin;

  CrateKeyMap visited; ///< Of the walk or search going on.
  CrateVisit *visits;
  size_t visit_capacity;
  CrateKeyMap outcomes;   ///< (shape, node) -> outcome plus 1.
  CrateKeyMap said;       ///< Constraints and shapes said not to be checked.
  CrateTermArray focuses; ///< Target of the rule.
  CrateArena arena;
  CrateClass *classes;
  CrateBuffer message;
  CrateMatcher *matcher; ///< Made when a pattern first asks; or NULL.
} CrateRun;

/// A constraint being checked at a focus node.
typedef struct CrateCheck {
  CrateRun *run;
  const CrateShape *shape;
  const CrateConstraint *constraint;
  CrateTerm focus;
  size_t first, count; ///< Value nodes: run->values[first..].
  size_t hint;         ///< Value node that native.c met last.
  CrateOutcome outcome;
} CrateCheck;

/// A row of the table of components (SHACL 4).
struct CrateComponent {
  CrateShacl parameter;
  CrateShacl iri;
  CrateValueKind value;
  unsigned flags;
  /// Prepare a constraint; NULL when the value's kind says it all.
  CrateStatus (*compile)(CrateCompiler *compiler,
                         const CrateShape *shape,
                         CrateConstraint *constraint);
  /// Ask about one value node. Components have this or `check`.
  CrateStatus (*holds)(CrateCheck *check, CrateTerm value, CrateOutcome *out);
  /// Ask about all value nodes at once.
  CrateStatus (*check)(CrateCheck *check);
  const char *message; ///< When the shape has none.
};

enum {
  CRATE_COMPONENT_SINGLE = 1,        ///< At most one value.
  CRATE_COMPONENT_PROPERTY_ONLY = 2, ///< Not in node shapes.
};

/// The component with the i-th parameter, NULL at the end.
const CrateComponent *crate_component_at(size_t i);

/// Of constraints that a CrateNative checks.
extern const CrateComponent crate_native_component;

/// Value node i of a check.
static inline CrateTerm
crate_check_value(const CrateCheck *check, size_t i)
{
  return check->run->values[check->first + i];
}

/// Whether nothing that can still be found would matter.
static inline bool
crate_check_done(const CrateCheck *check)
{
  return check->outcome == CRATE_FAILS && check->run->quiet;
}

/// One flaw, for crate_check_fail().
typedef struct CrateFlaw {
  CrateTerm value;       ///< 0 for none.
  const CrateQuad *quad; ///< Statement that gave it, or NULL.
  CrateTerm path;        ///< Instead of the shape's, or 0.
  uint32_t origin;       ///< Instead of the focus node's, when there is one.
  bool has_origin;
  CrateText detail; ///< For {$detail}.
  const CrateElsewhere *elsewhere;
} CrateFlaw;

/// The constraint is broken: hand over a result, unless quiet.
CRATE_NODISCARD CrateStatus crate_check_fail(CrateCheck *check,
                                             const CrateFlaw *flaw);

/// The constraint could not be checked; said once per constraint and run.
CRATE_NODISCARD CrateStatus crate_check_unknown(CrateCheck *check,
                                                CrateText reason);

/// First halves of the keys of run->said.
enum {
  CRATE_SAID_CONSTRAINT, ///< With a constraint's id.
  CRATE_SAID_SHAPE,      ///< With a shape's node.
  CRATE_SAID_NATIVE,     ///< Plus a constraint's id, with a focus node.
};

/// Pass on that a shape was not checked, once per key.
CRATE_NODISCARD CrateStatus crate_run_say(CrateRun *run,
                                          uint64_t key,
                                          CrateTerm shape,
                                          CrateText reason,
                                          bool gave_up);

/// Validate a node against a shape (SHACL 3.4), handing over results.
CRATE_NODISCARD CrateStatus crate_run_shape(CrateRun *run,
                                            const CrateShape *shape,
                                            CrateTerm focus,
                                            CrateOutcome *out);

/// Whether a node conforms to a shape (SHACL 3.5), without results.
CRATE_NODISCARD CrateStatus crate_run_conforms(CrateRun *run,
                                               uint32_t shape,
                                               CrateTerm focus,
                                               CrateOutcome *out);

/// Put a value node on the stack.
CRATE_NODISCARD CrateStatus crate_run_push(CrateRun *run,
                                           CrateTerm value,
                                           const CrateQuad *quad);

/// Statements of the data graph about a subject with a predicate.
CrateQuadRange crate_run_about(CrateRun *run,
                               CrateTerm subject,
                               CrateTerm predicate);

/// Put the nodes that a path reaches on the stack.
CRATE_NODISCARD CrateStatus crate_path_walk(CrateRun *run,
                                            const CratePath *path,
                                            CrateTerm focus);

/// Put the target of a shape (SHACL 2.1.3) into run->focuses, sorted.
CRATE_NODISCARD CrateStatus crate_targets_find(CrateRun *run,
                                               const CrateShape *shape);

/// A class and its subclasses in the data graph and the shapes graph.
CRATE_NODISCARD CrateStatus crate_class_find(CrateRun *run,
                                             size_t number,
                                             const CrateClass **out);

/// Whether a node is a SHACL instance of a class (SHACL 1.1).
CRATE_NODISCARD CrateStatus crate_class_has(CrateRun *run,
                                            size_t number,
                                            CrateTerm node,
                                            bool *out);

/// The message of a result, in run->message.
void crate_message_fill(const CrateCheck *check, const CrateFlaw *flaw);

#endif // CRATE_SHAPES_RUN_H
