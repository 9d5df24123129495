// SPDX-License-Identifier: Apache-2.0
/// @file Prefixes of Turtle and TriG, for whoever writes them.
#ifndef CRATE_RDF_PREFIXES_H
#define CRATE_RDF_PREFIXES_H
#include <cratekit/rdf.h>

#define CRATE_MOST_PREFIXES 250u

/// Prefixes by convention, for who gives none.
const CratePrefix *crate_prefixes_usual(size_t *count);

/// Prefixes come from people: each must be one, and stand for one namespace.
CRATE_NODISCARD CrateStatus crate_prefixes_check(const CrateWorld *world,
                                                 const CratePrefix *prefixes,
                                                 size_t count);

/// The longest namespace that leaves a local name without escapes; `count`
/// when there is none.
size_t crate_prefixes_find(const CratePrefix *prefixes,
                           size_t count,
                           CrateText iri);

/// A line "@prefix ...".
void crate_prefixes_declare(CrateBuffer *buffer, const CratePrefix *prefix);

#endif // CRATE_RDF_PREFIXES_H
