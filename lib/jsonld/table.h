// SPDX-License-Identifier: Apache-2.0
/// @file A hash table that lives in an arena and dies with it.
///
/// A CrateMap has to be cleared; active contexts come by the thousand and are
/// all released at once, so their tables are kept where they are.
#ifndef CRATE_JSONLD_TABLE_H
#define CRATE_JSONLD_TABLE_H
#include <cratekit/arena.h>

typedef struct CrateTableSlot {
  CrateText key; ///< data NULL: the slot is free.
  void *value;
  uint64_t hash;
} CrateTableSlot;

/// All zero is an empty table. Slots may be walked, in no useful order.
typedef struct CrateTable {
  CrateTableSlot *slots;
  uint32_t capacity, count;
} CrateTable;

/// The slot of a key, made when it is missing (value NULL then). Keeps the
/// key's bytes. NULL when there is no memory.
CrateTableSlot *crate_table_put(CrateTable *table,
                                CrateArena *arena,
                                CrateText key);

/// The slot of a key, or NULL.
CrateTableSlot *crate_table_get(const CrateTable *table,
                                const CrateWorld *world,
                                CrateText key);

#endif // CRATE_JSONLD_TABLE_H
