// SPDX-License-Identifier: Apache-2.0
/// @file For writers: the order of a document, and its qualified names.
#ifndef CRATE_PROV_NAMING_H
#define CRATE_PROV_NAMING_H
#include "convert/prov/prov.h"

/// A namespace that names are shortened by.
typedef struct CrateProvSpace {
  CratePrefix about; ///< Without prefix: it is given one at the end.
  size_t outer;      ///< Index plus 1 of the longest one that it starts with.
  bool used;
} CrateProvSpace;

/// What is known of one term that the document uses.
typedef struct CrateProvUse {
  uint32_t rank;  ///< From 1, in order of kind and text; 0: not used.
  uint32_t space; ///< Of an IRI, index plus 1.
} CrateProvUse;

/// Where the part of an IRI begins that a syntax has local names for.
typedef size_t (*CrateProvLocal)(CrateText iri);

/// Local names as PROV-N has them, with escapes.
size_t crate_prov_local_notation(CrateText iri);

/// As XML has them (NCName); where an IRI ends in none, as PROV-N does, which
/// readers take, but no schema.
size_t crate_prov_local_xml(CrateText iri);

typedef struct CrateProvNaming {
  CrateProv *document;
  CrateProvLocal local;
  CrateArena arena;
  CrateProvUse *uses; ///< By term.
  CrateTerm *terms;   ///< By rank less 1.
  size_t term_count;
  CrateProvSpace *spaces; ///< Sorted by IRI, then those that were made.
  size_t count, capacity;
  size_t given; ///< Of the spaces.
} CrateProvNaming;

/// Sort a document and name all that is in it.
CRATE_NODISCARD CrateStatus crate_prov_naming_init(CrateProvNaming *naming,
                                                   CrateProv *document,
                                                   CrateProvLocal local);

void crate_prov_naming_clear(CrateProvNaming *naming);

/// The prefixes that are needed, sorted; an arena's array. Not "prov" and
/// "xsd", which go without saying.
CRATE_NODISCARD CrateStatus crate_prov_naming_prefixes(CrateProvNaming *naming,
                                                       CratePrefix **out,
                                                       size_t *count);

/// Prefix and local part of an IRI, without escapes; both empty for a blank
/// node, which is known by its rank.
void crate_prov_naming_split(const CrateProvNaming *naming,
                             CrateTerm term,
                             CrateText *prefix,
                             CrateText *local);

#endif // CRATE_PROV_NAMING_H
