// SPDX-License-Identifier: Apache-2.0
/// @file JSON-LD API 4.3 and 4.4: which term stands for an IRI.
#ifndef CRATE_JSONLD_INVERSE_CONTEXT_H
#define CRATE_JSONLD_INVERSE_CONTEXT_H
#include "jsonld/context.h"

/// A term that may be chosen.
typedef struct CrateChoice {
  CrateText term;
  bool is_kept; ///< `term` lies in the output arena.
} CrateChoice;

/// The terms of one IRI with one container mapping: type/language map.
typedef struct CrateContained {
  struct CrateContained *next;
  uint32_t container; ///< CRATE_BIT()s; 0 is "@none".
  CrateTable types;   ///< CrateChoice, by type or keyword.
  CrateTable languages;
  CrateChoice *any; ///< "@any", "@none".
} CrateContained;

/// A term that compact IRIs can begin with, in order of IRIs. Of one IRI the
/// best term is the first that is met.
typedef struct CratePrefixTerm {
  CrateText iri, term;
  uint32_t shorter; ///< One more than the index of the entry with the longest
                    ///< other IRI that this one's begins with; 0 for none.
  uint32_t worse;   ///< The same of the next entry with the same IRI.
} CratePrefixTerm;

/// An inverse context, and what was compacted with it.
typedef struct CrateInverse {
  CrateTable iris; ///< CrateContained by IRI or keyword.
  CratePrefixTerm *prefixes;
  uint32_t prefix_count;
  CrateTable bare;   ///< Texts by IRI, without a value.
  CrateTable valued; ///< The same with one, when no term was found.
} CrateInverse;

/// 4.4: what is asked for.
typedef struct CrateWish {
  const uint32_t *containers;
  uint32_t container_count;
  bool by_type; ///< type/language is @type.
  bool is_any;  ///< type/language is @any.
  const CrateText *preferred;
  uint32_t preferred_count;
} CrateWish;

/// The inverse context, made when there is none yet.
CrateStatus crate_inverse_of(CrateProcessor *p,
                             CrateActive *active,
                             CrateInverse **out);

/// 4.4 Term Selection: NULL when no term will do.
CrateChoice *crate_inverse_select(const CrateProcessor *p,
                                  const CrateInverse *inverse,
                                  CrateText var,
                                  const CrateWish *wish);

/// The entry with the longest IRI that `var` begins with and is longer than;
/// NULL when there is none.
const CratePrefixTerm *crate_inverse_prefix(const CrateInverse *inverse,
                                            CrateText var);

/// The entry that `shorter` or `worse` names, or NULL.
static inline const CratePrefixTerm *
crate_inverse_entry(const CrateInverse *inverse, uint32_t number)
{
  return number ? &inverse->prefixes[number - 1] : NULL;
}

#endif // CRATE_JSONLD_INVERSE_CONTEXT_H
