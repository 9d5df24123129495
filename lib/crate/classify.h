// SPDX-License-Identifier: Apache-2.0
/// @file Which entity is what to RO-Crate.
#ifndef CRATE_CRATE_CLASSIFY_H
#define CRATE_CRATE_CLASSIFY_H
#include <cratekit/view.h>

/// Find descriptor and root: root-data-entity#finding-the-root-data-entity.
/// The graph must be indexed.
void crate_find_root(CrateView *view);

/// Whether the crate is of RO-Crate 1.0 or older, whose documents and
/// descriptors are called ro-crate-metadata.jsonld.
bool crate_is_legacy(const CrateView *view);

/// Set every entity's bits and write them into the graph as types. The graph
/// is indexed before and after.
CrateStatus crate_classify(CrateView *view);

/// IRI of the i-th class that shapes may target; empty past the end.
CrateText crate_class_name(size_t i);

/// Bits that the form of an @id gives: local, relative or web.
uint32_t crate_id_bits(CrateText id);

/// The RO-Crate version that an IRI names, "1.1"; empty when it names none.
CrateText crate_version_of(CrateText iri);

#endif // CRATE_CRATE_CLASSIFY_H
