// SPDX-License-Identifier: Apache-2.0
/// @file JSON-LD API, section 5.1: expansion.
#ifndef CRATE_JSONLD_EXPAND_H
#define CRATE_JSONLD_EXPAND_H
#include "jsonld/element.h"

/// An active property: text.data NULL is null. `key` is what it means in
/// `active`, so that most elements need no look-up.
typedef struct CrateSlot {
  CrateText text;
  const CrateActive *active;
  const CrateKey *key;
} CrateSlot;

/// One map being expanded: the variables of 5.1.2 from step 7 on.
typedef struct CrateExpanding {
  CrateProcessor *p;
  CrateActive *active;
  CrateActive *type_scoped;
  const CrateSlot *slot; ///< active property
  const CrateJson *element;
  CrateElement *result;
  const CrateJson *type_value; ///< Of the first @type entry; NULL for none.
} CrateExpanding;

/// A key of @nest met in step 13.4.14.
typedef struct CrateNest {
  struct CrateNest *next;
  const CrateJson *key;
} CrateNest;

typedef struct CrateNests {
  CrateNest *first, *last;
} CrateNests;

/// 5.1.2 Expansion Algorithm.
CrateStatus crate_expand(CrateProcessor *p,
                         CrateActive *active,
                         const CrateSlot *slot,
                         const CrateJson *element,
                         bool from_map,
                         CrateElements *out);

/// The definition of the active property in an active context, or NULL.
CrateStatus crate_slot_definition(CrateProcessor *p,
                                  CrateActive *active,
                                  const CrateSlot *slot,
                                  const CrateDefinition **out);

/// Steps 13 and 14 for the members of `object`.
CrateStatus crate_expand_entries(CrateExpanding *x, const CrateJson *object);

/// Step 13.4: a key that is a keyword.
CrateStatus crate_expand_keyword(CrateExpanding *x,
                                 CrateKeyword keyword,
                                 const CrateJson *key,
                                 CrateNests *nests);

/// Steps 13.5 to 13.14: a key that is a property.
CrateStatus crate_expand_property(CrateExpanding *x,
                                  const CrateKey *meaning,
                                  const CrateJson *key);

/// Step 13.7.
CrateStatus crate_expand_language_map(CrateExpanding *x,
                                      const CrateDefinition *definition,
                                      const CrateJson *value,
                                      CrateElements *out);

/// Step 13.8.
CrateStatus crate_expand_index_map(CrateExpanding *x,
                                   const CrateSlot *slot,
                                   const CrateDefinition *definition,
                                   const CrateJson *value,
                                   CrateElements *out);

/// 5.3.2 Value Expansion.
CrateStatus crate_expand_value(CrateProcessor *p,
                               CrateActive *active,
                               const CrateDefinition *definition,
                               const CrateJson *value,
                               CrateElement **out);

/// Steps 13.4.13.4 and 13.13: add items to the reverse map.
CrateStatus crate_expand_add_reverse(CrateExpanding *x,
                                     CrateName *name,
                                     const CrateElements *items);

/// Steps 15 to 20.
CrateStatus crate_expand_finish(CrateExpanding *x, CrateElements *out);

/// Expand an IRI relative to the document, and to the vocabulary if asked;
/// data NULL in `out` is null.
CrateStatus crate_expand_iri(CrateProcessor *p,
                             CrateActive *active,
                             CrateText value,
                             bool vocab,
                             CrateText *out);

/// Walk the keys of an object; sorted when the options say so.
typedef struct CrateKeys {
  const CrateJson *at;
  const CrateJson **sorted;
  size_t left;
} CrateKeys;

CrateStatus crate_keys_begin(CrateProcessor *p,
                             const CrateJson *object,
                             bool sorted,
                             CrateKeys *keys);

/// The next key, or NULL.
const CrateJson *crate_keys_next(CrateKeys *keys);

#endif // CRATE_JSONLD_EXPAND_H
