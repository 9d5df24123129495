// SPDX-License-Identifier: Apache-2.0
/// @file SHACL: shapes compiled once, then held against graphs.
#ifndef CRATE_SHAPES_H
#define CRATE_SHAPES_H
#include <cratekit/graph.h>
#include <cratekit/rdf.h>
CRATE_BEGIN_DECLS

/// Shapes of one shapes graph, ready to run.
typedef struct CrateShapes CrateShapes;

typedef enum {
  CRATE_SEVERITY_INFO,
  CRATE_SEVERITY_WARNING,
  CRATE_SEVERITY_VIOLATION,
} CrateSeverity;

/// A place in another file than the document: a line of a manifest.
typedef struct CrateElsewhere {
  CrateText file; ///< The name to show.
  uint32_t line;  ///< From 1; 0: the file as a whole.
  CrateText excerpt;
} CrateElsewhere;

/// One validation result (SHACL 3.6.2). Terms are of the shared CrateTerms;
/// the rest is a view that dies with the call that hands it over.
typedef struct CrateResult {
  CrateTerm focus;       ///< sh:focusNode
  CrateTerm value;       ///< sh:value, 0 for none
  CrateTerm shape;       ///< sh:sourceShape
  CrateTerm rule;        ///< Outermost shape, the one with the target.
  CrateTerm component;   ///< sh:sourceConstraintComponent
  CrateTerm parameter;   ///< The value of its parameter in the shape.
  CrateTerm path;        ///< sh:resultPath's node in the shapes graph, or 0
  CrateTerm predicate;   ///< Its IRI when the path is one predicate, or 0
  CrateTerm severity;    ///< sh:resultSeverity as an IRI
  CrateText message;     ///< sh:message filled in, or a sentence of our own
  const CrateQuad *quad; ///< Statement that gave `value`, or NULL
  uint32_t origin;       ///< Byte to blame when `quad` is NULL
  const CrateElsewhere *elsewhere; ///< The place, when not in the document.
} CrateResult;

/// Takes results; a failure stops the run and is passed on.
typedef struct CrateResultSink {
  CrateStatus (*add)(void *handle, const CrateResult *result);
  /// A check that could not run. `gave_up`: these data took it too long, so
  /// another answer would have been possible; else it cannot be told at all.
  CrateStatus (*not_checked)(void *handle,
                             CrateTerm shape,
                             CrateText reason,
                             bool gave_up);
  void *handle;
} CrateResultSink;

/// What a native constraint component is asked: is this focus node fine?
typedef struct CrateNativeCall {
  const CrateShapes *shapes;
  const CrateGraph *data;
  CrateTerm shape; ///< Shape that uses the component.
  CrateTerm focus;
  const CrateTerm *values; ///< Value nodes: the focus node, or the path's.
  size_t value_count;
  CrateTerm parameter; ///< Object of the parameter in the shapes graph.
  void *handle;        ///< From the CrateNative.
  /// Report one flaw. `value` 0 for none; `origin` a byte or CRATE_NO_ORIGIN;
  /// `detail` replaces {$detail} in the shape's sh:message, and is the
  /// message when there is none.
  CrateStatus (*report)(const struct CrateNativeCall *call,
                        CrateTerm value,
                        uint32_t origin,
                        CrateText detail);
  /// The same of a flaw that is not in the document.
  CrateStatus (*report_elsewhere)(const struct CrateNativeCall *call,
                                  const CrateElsewhere *where,
                                  CrateText detail);
  /// It cannot be told at all.
  CrateStatus (*not_checked)(const struct CrateNativeCall *call,
                             CrateText reason);
  /// It could be told, were these data not in the way: they do not pass.
  CrateStatus (*gave_up)(const struct CrateNativeCall *call, CrateText reason);
  void *private_state;
} CrateNativeCall;

/// A constraint component written in C. Its parameter is an IRI; a shape that
/// has the parameter as a property uses the component (SHACL 6.1, natively).
typedef struct CrateNative {
  CrateText parameter; ///< IRI of the parameter; the component's IRI too.
  CrateStatus (*check)(const CrateNativeCall *call);
  void *handle;
} CrateNative;

/**
   Compile a shapes graph.

   New, freed by crate_shapes_free(). Keeps the graph, which must be indexed.
   Ill-formed shapes (SHACL 3.4.3: wrong nodes, wrong counts, list faults,
   recursion) and misspelt sh: terms ("sh:dataType") are each said to the sink
   with code "ill-formed-shape"; then the answer is CRATE_MALFORMED. An
   sh:entailment is CRATE_UNSUPPORTED (SHACL 1.5).
   @param natives Keeps the array. `owl`-free: rdfs:subClassOf is read from
   the data graph and the shapes graph alike.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_shapes_new(const CrateWorld *world,
                 const CrateGraph *graph,
                 const CrateNative *natives,
                 size_t native_count,
                 CrateShapes **out);

/// Accepts NULL.
CRATE_API void crate_shapes_free(CrateShapes *shapes);

/// The shapes graph it was compiled from.
CRATE_API const CrateGraph *crate_shapes_graph(const CrateShapes *shapes);

/// Number of shapes with targets, and each one's node: one rule each.
CRATE_API size_t crate_shapes_count(const CrateShapes *shapes);

CRATE_API CrateTerm crate_shapes_at(const CrateShapes *shapes, size_t i);

/// Which of them a shape is; crate_shapes_count() when it is none.
CRATE_API size_t crate_shapes_find(const CrateShapes *shapes, CrateTerm shape);

/**
   Validate a data graph (SHACL 3): every shape against its targets.

   @param data Indexed; shares its CrateTerms with the shapes graph.
   @param skip By number of a rule: whether it is left out, as sh:deactivated
   does. NULL: none is.
   @param sink Gets the results, rule by rule; one that is reached twice by
   sh:property comes twice (SHACL 4.7.2). See <cratekit/report.h>.
   @return A failure of the sink, of memory, or CRATE_OVER_LIMIT.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_shapes_run(const CrateShapes *shapes,
                 const CrateGraph *data,
                 const bool *skip,
                 const CrateResultSink *sink);

CRATE_END_DECLS
#endif // CRATE_SHAPES_H
