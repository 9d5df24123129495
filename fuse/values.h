// SPDX-License-Identifier: Apache-2.0
/// @file What an entity says, value by value; and lists of entities by what is
/// said of them.
#ifndef CRATE_FUSE_VALUES_H
#define CRATE_FUSE_VALUES_H
#include "fuse/material.h"

/// One value that an entry has: of arrays, lists and sets each one.
typedef struct CrateSaid {
  CrateText key; ///< As written.
  const CrateJson *value;
  uint32_t order; ///< In the document.
} CrateSaid;

/// All values of an entry, by key, those of one key in their order; "@id" is
/// left out. Released by the caller, with crate_world_release().
CRATE_NODISCARD CrateStatus crate_said_by(const CrateMaterial *material,
                                          uint32_t entry,
                                          CrateSaid **out,
                                          size_t *count);

/// A value as a text: of a string or a typed value its words, else JSON.
void crate_said_write(CrateBuffer *buffer, const CrateJson *value);

/// The attributes of what an entry is about: its @id, its type, and what
/// schema.org's properties say, those with one value.
CRATE_NODISCARD CrateStatus crate_attributes_of_entry(const CrateMaterial *m,
                                                      uint32_t entry,
                                                      CrateAttributes *out);

/// An entry under a word.
typedef struct CrateListed {
  CrateText word;
  uint32_t entry;
} CrateListed;

/// Entries by word, then in the document's order; no pair twice.
typedef struct CrateListing {
  const CrateWorld *world;
  CrateListed *items;
  size_t count, capacity;
} CrateListing;

CRATE_NODISCARD CrateStatus crate_listing_add(CrateListing *listing,
                                              CrateText word,
                                              uint32_t entry);

void crate_listing_sort(CrateListing *listing);

/// Behind the last one of the word of the item at `start`.
size_t crate_listing_end(const CrateListing *listing, size_t start);

#endif // CRATE_FUSE_VALUES_H
