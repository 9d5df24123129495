// SPDX-License-Identifier: Apache-2.0
/// @file JSON-LD 1.1 Framing, section 4.
#ifndef CRATE_JSONLD_FRAME_H
#define CRATE_JSONLD_FRAME_H
#include "jsonld/frame_expand.h"
#include "jsonld/node_map.h"

/// Flags of a frame: step 2.
typedef struct CrateFrameFlags {
  CrateEmbed embed;
  bool explicit_only, require_all;
} CrateFrameFlags;

/// Nodes of one graph by @type, and by what they refer to.
typedef struct CrateFrameIndex {
  CrateTable types;   ///< CrateNodeList by type.
  CrateTable objects; ///< The same by property and identifier.
  bool has_types, has_objects;
} CrateFrameIndex;

/// Nodes in order of appearance.
typedef struct CrateNodeLink {
  struct CrateNodeLink *next;
  CrateNode *node;
} CrateNodeLink;

typedef struct CrateNodeLinks {
  CrateNodeLink *first, *last;
  uint32_t count;
} CrateNodeLinks;

/// One run.
typedef struct CrateFraming {
  CrateProcessor *p;
  CrateSource source; ///< Of the frame, for complaints.
  CrateNodeMaps maps;
  CrateNodeMap *merged; ///< NULL when the default graph is framed.
  CrateTable indexes;   ///< CrateFrameIndex by address of a graph.
  CrateTable matches;   ///< Answers known, by frame and node.
  CrateTable found;     ///< CrateMatches by frame and graph.
  uint32_t pass;        ///< Of the top level: see CrateNode.shown.
} CrateFraming;

/// Subjects to frame: all of a graph, or one.
typedef struct CrateSubjects {
  CrateNodeMap *graph;
  CrateNode *only; ///< NULL: all.
} CrateSubjects;

/// Nodes that match a frame, by identifier.
typedef struct CrateMatches {
  CrateNode **nodes;
  size_t count;
} CrateMatches;

/// 4.2 Frame Matching Algorithm. Of a whole graph the answer is remembered.
CrateStatus crate_frame_match(CrateFraming *f,
                              CrateSubjects subjects,
                              const CrateElement *frame,
                              bool require_all,
                              CrateMatches *out);

/// 4.3 Value Pattern Matching.
bool crate_frame_value_matches(const CrateElement *pattern,
                               const CrateElement *value);

/// The nodes of a graph that have a type, or refer to a node by a property;
/// NULL when there are none.
CrateStatus crate_frame_typed(CrateFraming *f,
                              const CrateNodeMap *graph,
                              CrateText type,
                              const CrateNodeLinks **out);
CrateStatus crate_frame_referring(CrateFraming *f,
                                  const CrateNodeMap *graph,
                                  const CrateName *property,
                                  CrateText id,
                                  const CrateNodeLinks **out);

/// 4.1.2, step 1: CRATE_MALFORMED for what is no frame.
CrateStatus crate_frame_check(CrateFraming *f, const CrateElement *frame);

/// Step 2.
CrateStatus crate_frame_flags(const CrateFraming *f,
                              const CrateElement *frame,
                              const CrateFrameFlags *outer,
                              CrateFrameFlags *out);

/// Whether a flag of a frame is true; `fallback` when it does not say.
bool crate_frame_flag(const CrateJson *flag, bool fallback);

/// 5.1, step 17: forget the identifiers of blank nodes that nobody refers to.
CrateStatus crate_frame_prune(CrateProcessor *p, CrateElements *results);

#endif // CRATE_JSONLD_FRAME_H
