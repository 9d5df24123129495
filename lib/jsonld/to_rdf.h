// SPDX-License-Identifier: Apache-2.0
/// @file JSON-LD API, section 8: from expanded elements to quads.
///
/// The node map (7.2) is not built: merging nodes only brings together
/// what is a set of quads anyway. What merging would notice or unite beyond
/// that, conflicting indexes and equal compound literals, has tables here.
#ifndef CRATE_JSONLD_TO_RDF_H
#define CRATE_JSONLD_TO_RDF_H
#include "jsonld/element.h"

/// Statements that RDF has no place for: how many, and of the first one where
/// it stands and what is to blame.
typedef struct CrateDropped {
  size_t count;
  uint32_t origin;
  CrateText why; ///< In `kept`.
  char kept[120];
} CrateDropped;

typedef struct CrateEmitter {
  CrateProcessor *p;
  CrateGraph *graph;
  CrateTerms *terms;
  CrateTable blanks;  ///< Label: term.
  CrateTable indexes; ///< Graph and subject: index (CrateText).
  CrateBuffer buffer; ///< For texts in the making.
  CrateText blamed;   ///< What no term could be made of, last.
  CrateDropped dropped;
} CrateEmitter;

/// The graph that nodes go to. Those of an ill-named one are left out.
typedef struct CratePlacing {
  CrateTerm graph;
  bool is_left_out;
} CratePlacing;

void crate_emitter_init(CrateEmitter *e, CrateProcessor *p, CrateGraph *graph);

void crate_emitter_clear(CrateEmitter *e);

/// Emit node objects: 7.2.2 and 8.1.2 in one.
CrateStatus crate_emit_nodes(CrateEmitter *e,
                             const CrateElements *elements,
                             CratePlacing placing);

/// Term of an IRI or blank node identifier; 0 when it is not well-formed.
CrateStatus crate_emit_resource(CrateEmitter *e,
                                CrateText text,
                                CrateTerm *out);

/// The same, remembered in the name.
CrateStatus crate_emit_name(CrateEmitter *e, CrateName *name, CrateTerm *out);

/// Warn of what was dropped, if anything was.
CrateStatus crate_emitter_say_dropped(const CrateEmitter *e,
                                      const CrateJsonDocument *document);

/// Add a quad unless one of its terms is 0 or the graph is left out.
CrateStatus crate_emit_quad(CrateEmitter *e,
                            CratePlacing placing,
                            const CrateQuad *quad,
                            uint32_t origin);

/// 8.2.2, steps 4 to 15: a value object; 0 when it is to be ignored.
/// Quads (of a compound literal) only when not left out.
CrateStatus crate_emit_value(CrateEmitter *e,
                             const CrateElement *value,
                             CratePlacing placing,
                             CrateTerm *out);

#endif // CRATE_JSONLD_TO_RDF_H
