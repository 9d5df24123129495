// SPDX-License-Identifier: Apache-2.0
/// @file JSON-LD API 5.1.2 with the flag frameExpansion: what only frames say.
#ifndef CRATE_JSONLD_FRAME_EXPAND_H
#define CRATE_JSONLD_FRAME_EXPAND_H
#include "jsonld/expand.h"

/// What a map of a frame says beyond JSON-LD. A pattern is an empty object
/// (wildcard) or an array; NULL: the entry stands in the element, if at all.
struct CrateFramed {
  const CrateJson *id, *type, *value, *language, *direction;
  const CrateJson *embed, *explicit_only, *omit_default, *require_all;
  CrateText default_type; ///< @type: {"@default": …}; data NULL for none.
  CrateElements defaults; ///< @default
  bool has_default;
  bool default_is_null; ///< "@null"
  bool is_valid;        ///< Framing 4.1.2, step 1 was seen to hold.
};

/// Steps 13.4.3, 13.4.4 and 13.4.7 to 13.4.9: an entry that may be a pattern.
/// `done` is false for what any document may say.
CrateStatus crate_expand_pattern(CrateExpanding *x,
                                 CrateKeyword keyword,
                                 const CrateJson *value,
                                 bool *done);

/// Step 13.4.15: @default, @embed, @explicit, @omitDefault, @requireAll. `done`
/// is false for any other key.
CrateStatus crate_expand_flag(CrateExpanding *x,
                              const CrateJson *key,
                              bool *done);

static inline const CrateFramed *
crate_element_framed(const CrateElement *element)
{
  return element->rare ? element->rare->framed : NULL;
}

#endif // CRATE_JSONLD_FRAME_EXPAND_H
