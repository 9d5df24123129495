// SPDX-License-Identifier: Apache-2.0
/// @file FlatBuffers, read where they lie: every offset is looked at before it
/// is followed. Failures stick to the cursor.
#ifndef CRATE_MODEL_FLATBUFFER_H
#define CRATE_MODEL_FLATBUFFER_H
#include "model/cursor.h"

/// A table: where it and its list of fields begin. All zero: it is not there.
typedef struct CrateFlatTable {
  uint64_t at, fields;
  uint16_t size; ///< Of the list of fields, in bytes.
} CrateFlatTable;

/// A vector: where its elements begin, and how many there are.
typedef struct CrateFlatVector {
  uint64_t at;
  uint32_t count;
} CrateFlatVector;

/// The table that the offset at the very beginning leads to.
CrateFlatTable crate_flat_root(CrateCursor *cursor);

/// Where a field's value is; 0 when the table has none.
uint64_t crate_flat_field(CrateCursor *cursor,
                          const CrateFlatTable *table,
                          unsigned id);

/// A number of `size` bytes; `otherwise` when the table has none.
uint64_t crate_flat_number(CrateCursor *cursor,
                           const CrateFlatTable *table,
                           unsigned id,
                           unsigned size,
                           uint64_t otherwise);

/// A vector of elements of `size` bytes, which all lie in the file.
CrateFlatVector crate_flat_vector(CrateCursor *cursor,
                                  const CrateFlatTable *table,
                                  unsigned id,
                                  unsigned size);

/// A text, at most `most` bytes of it, in the model's arena.
CrateText crate_flat_text(CrateCursor *cursor,
                          const CrateFlatTable *table,
                          unsigned id,
                          size_t most);

/// The index-th table of a vector of offsets to tables.
CrateFlatTable crate_flat_item(CrateCursor *cursor,
                               const CrateFlatVector *vector,
                               uint32_t index);

/// The number at a place.
uint32_t crate_flat_get32(CrateCursor *cursor, uint64_t at);

#endif // CRATE_MODEL_FLATBUFFER_H
