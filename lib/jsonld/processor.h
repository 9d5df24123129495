// SPDX-License-Identifier: Apache-2.0
/// @file What one run of the algorithms shares: options, names, complaints.
#ifndef CRATE_JSONLD_PROCESSOR_H
#define CRATE_JSONLD_PROCESSOR_H
#include "jsonld/keyword.h"
#include "jsonld/table.h"
#include <cratekit/jsonld.h>

/// Where JSON came from: the base URL of the algorithms and the means to
/// tell a person the place. Without a document only the name is told.
typedef struct CrateSource {
  CrateText base;
  CrateText name;
  const CrateJsonDocument *document;
} CrateSource;

/// An expanded IRI or keyword: one object for each text in a run, so that
/// equal names are equal pointers.
typedef struct CrateName {
  CrateText text;
  CrateKeyword keyword;
  CrateTerm term;      ///< 0 until it is first needed.
  bool is_copied;      ///< `text` lies in the output arena.
  bool is_checked;     ///< Whether is_well_formed means anything yet.
  bool is_well_formed; ///< An absolute IRI that RFC 3987 allows.
} CrateName;

typedef struct CrateProcessor {
  const CrateWorld *world;
  CrateLibrary *library;
  CrateJsonldOptions options;
  CrateSource source; ///< Of the document under examination.
  CrateArena arena;   ///< Contexts and names; lives as long as the run.
  CrateArena *output; ///< Where expanded elements go.
  CrateTable names;
  bool framing;      ///< frameExpansion: a frame is being expanded.
  uint32_t depth;    ///< Of the recursion, against limits.depth.
  uint32_t scoped;   ///< Above 0: every error is invalid-scoped-context.
  uint64_t entries;  ///< Of remote and scoped contexts processed so far.
  uint64_t inverted; ///< Terms of inverse contexts made so far.
} CrateProcessor;

/// Fill; end it with crate_processor_clear(). Allocates nothing.
void crate_processor_init(CrateProcessor *p,
                          const CrateJsonDocument *document,
                          CrateLibrary *library,
                          const CrateJsonldOptions *options);

void crate_processor_clear(CrateProcessor *p);

/// The one name of this text. Keeps the text. NULL when out of memory.
CrateName *crate_processor_name(CrateProcessor *p, CrateText text);

/// Why the last allocation from one of the two arenas failed.
CrateStatus crate_processor_out_of_memory(const CrateProcessor *p);

/// Go one level down. CRATE_OVER_LIMIT, said, at the ceiling; else undo it
/// with --p->depth.
CrateStatus crate_processor_descend(CrateProcessor *p,
                                    const CrateSource *source,
                                    uint32_t offset);

/// Fill `place` for an error of this code.
const CrateDiagnostic *crate_processor_place(const CrateProcessor *p,
                                             const CrateSource *source,
                                             uint32_t offset,
                                             const char *code,
                                             CrateDiagnostic *place);

/// Say an error at an offset of a source; the value is CRATE_MALFORMED.
#define CRATE_FAIL(p, source, offset, code, ...)                               \
  crate_world_say((p)->world, CRATE_MALFORMED,                                 \
                  crate_processor_place((p), (source), (offset), (code),       \
                                        &(CrateDiagnostic){0}),                \
                  __VA_ARGS__)

#endif // CRATE_JSONLD_PROCESSOR_H
