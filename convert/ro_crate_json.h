// SPDX-License-Identifier: Apache-2.0
/// @file RO-Crate metadata as people write it: flattened and compacted.
///
/// The descriptor comes first, then the root data entity, then what is reached
/// from the root, breadth first, along members in their order and values in
/// the document's; then all others by @id. Members: see the table in
/// ro_crate_json.c. Blank nodes keep their names. So the same graph gives the
/// same bytes, and writing what was written changes nothing.
#ifndef CRATE_CONVERT_RO_CRATE_JSON_H
#define CRATE_CONVERT_RO_CRATE_JSON_H
#include <cratekit/arena.h>
#include <cratekit/json.h>
#include <cratekit/world.h>

/// Put the entities of a flattened and compacted document in order, and their
/// members. Changes the document in place.
CRATE_NODISCARD CrateStatus crate_ro_crate_order(const CrateWorld *world,
                                                 CrateJson *document);

/// The version of RO-Crate that the descriptor of such a document claims
/// ("1.1"), or empty.
CrateText crate_ro_crate_claim(const CrateJson *document);

/// Put beside a context the usual prefixes that such a document has need of.
/// @param more Whether there are any; else the context is left alone.
CRATE_NODISCARD CrateStatus crate_ro_crate_prefixes(CrateArena *arena,
                                                    const CrateJson *document,
                                                    CrateJson **context,
                                                    bool *more);

/// The descriptor of such a document, or NULL: the best there is, the first by
/// @id of equals.
const CrateJson *crate_ro_crate_descriptor(const CrateJson *document);

/// The @id of an entity or of a reference to one; empty when it has none.
CrateText crate_ro_crate_id(const CrateJson *node);

/// The @id of the root data entity: what the descriptor is about; or empty.
CrateText crate_ro_crate_root(const CrateJson *document);

/// The entity of an @id, or NULL. Linear.
CrateJson *crate_ro_crate_entity(const CrateJson *document, CrateText id);

/// Change an @id wherever it stands below a value, but for contexts. Depth is
/// that of flattened documents.
/// @param to Kept.
void crate_ro_crate_rename(CrateJson *value, CrateText from, CrateText to);

#endif // CRATE_CONVERT_RO_CRATE_JSON_H
