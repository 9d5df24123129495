// SPDX-License-Identifier: Apache-2.0
// FlatBuffers, "Internals": offsets of 32 bits lead forwards, those from tables
// to their lists of fields either way.
#include "model/flatbuffer.h"

/// Move to a place that has `size` bytes behind it.
static void
move(CrateCursor *cursor, uint64_t at, uint64_t size)
{
  if (at > cursor->end || size > cursor->end - at) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "an offset that leads out of the file");
  }
  cursor->at = cursor->status ? cursor->at : at;
}

uint32_t
crate_flat_get32(CrateCursor *cursor, uint64_t at)
{
  move(cursor, at, 4);
  return crate_cursor_get32(cursor);
}

static uint16_t
get16(CrateCursor *cursor, uint64_t at)
{
  move(cursor, at, 2);
  return crate_cursor_get16(cursor);
}

/// The place that an offset at a place leads to.
static uint64_t
follow(CrateCursor *cursor, uint64_t at)
{
  const uint32_t offset = crate_flat_get32(cursor, at);
  if (!offset) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "an offset of zero");
  }
  return at + offset;
}

static CrateFlatTable
open_table(CrateCursor *cursor, uint64_t at)
{
  CrateFlatTable table = {at, 0, 0};
  const int32_t back = (int32_t)crate_flat_get32(cursor, at);
  const int64_t fields = (int64_t)at - back;
  if (fields < 0) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "an offset that leads out of the file");
  }
  table.fields = cursor->status ? 0 : (uint64_t)fields;
  table.size = get16(cursor, table.fields);
  if (table.size < 4) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "a table without its fields");
  }
  move(cursor, table.fields, table.size);
  return cursor->status ? (CrateFlatTable){0, 0, 0} : table;
}

CrateFlatTable
crate_flat_root(CrateCursor *cursor)
{
  return open_table(cursor, follow(cursor, 0));
}

uint64_t
crate_flat_field(CrateCursor *cursor, const CrateFlatTable *table, unsigned id)
{
  const unsigned slot = 4u + 2u * id;
  if (cursor->status || slot + 2u > table->size) {
    return 0;
  }
  const uint16_t offset = get16(cursor, table->fields + slot);
  return offset ? table->at + offset : 0;
}

uint64_t
crate_flat_number(CrateCursor *cursor,
                  const CrateFlatTable *table,
                  unsigned id,
                  unsigned size,
                  uint64_t otherwise)
{
  const uint64_t at = crate_flat_field(cursor, table, id);
  if (!at || cursor->status) {
    return otherwise;
  }
  move(cursor, at, size);
  return size == 1   ? crate_cursor_get8(cursor)
         : size == 4 ? crate_cursor_get32(cursor)
                     : crate_cursor_get64(cursor);
}

CrateFlatVector
crate_flat_vector(CrateCursor *cursor,
                  const CrateFlatTable *table,
                  unsigned id,
                  unsigned size)
{
  CrateFlatVector vector = {0, 0};
  const uint64_t at = crate_flat_field(cursor, table, id);
  if (!at || cursor->status) {
    return vector;
  }
  vector.at = follow(cursor, at);
  vector.count = crate_flat_get32(cursor, vector.at);
  vector.at += 4;
  move(cursor, vector.at, (uint64_t)vector.count * size);
  return cursor->status ? (CrateFlatVector){0, 0} : vector;
}

CrateText
crate_flat_text(CrateCursor *cursor,
                const CrateFlatTable *table,
                unsigned id,
                size_t most)
{
  const CrateFlatVector vector = crate_flat_vector(cursor, table, id, 1);
  if (!vector.at) {
    return (CrateText){NULL, 0};
  }
  cursor->at = vector.at;
  return crate_cursor_text(cursor, vector.count, most);
}

CrateFlatTable
crate_flat_item(CrateCursor *cursor,
                const CrateFlatVector *vector,
                uint32_t index)
{
  return open_table(cursor, follow(cursor, vector->at + (uint64_t)index * 4u));
}
