// SPDX-License-Identifier: Apache-2.0
/// @file How every run begins.
#ifndef CRATE_JSONLD_START_H
#define CRATE_JSONLD_START_H
#include "jsonld/element.h"

/// The root of the document without repeated keys, and the initial active
/// context, expandContext applied.
CrateStatus crate_jsonld_start(CrateProcessor *p,
                               const CrateJsonDocument *document,
                               const CrateJson **root,
                               CrateActive **out);

/// expand(), step 8: what the top level comes to.
CrateStatus crate_jsonld_expand_root(CrateProcessor *p,
                                     CrateActive *active,
                                     const CrateJson *root,
                                     CrateElements *out);

/// The document of the processor, expanded; keys in the document's order.
CrateStatus crate_jsonld_expanded(CrateProcessor *p, CrateElements *out);

/// The context that results are compacted with.
typedef struct CrateTarget {
  CrateActive *active;
  const CrateJson *context; ///< As given: the value of @context.
} CrateTarget;

/// compact(), steps 5 to 8. `document` holds the context, NULL for none.
CrateStatus crate_jsonld_target(CrateProcessor *p,
                                const CrateJsonDocument *document,
                                const CrateJson *context,
                                CrateTarget *out);

/// compact(), step 9. `wrapped`: an @graph is wanted in any case.
CrateStatus crate_jsonld_compact_root(CrateProcessor *p,
                                      const CrateTarget *target,
                                      const CrateElements *expanded,
                                      bool wrapped,
                                      CrateJson **out);

#endif // CRATE_JSONLD_START_H
