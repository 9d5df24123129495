// SPDX-License-Identifier: Apache-2.0
// Protocol Buffers, "Encoding". Groups, which nobody writes any more, are
// refused.
#include "model/protobuf.h"

uint64_t
crate_wire_varint(CrateCursor *cursor)
{
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    const uint8_t byte = crate_cursor_get8(cursor);
    if (shift < 64) {
      value |= (uint64_t)(byte & 0x7Fu) << shift;
    }
    if (byte < 0x80u) {
      return value;
    }
  }
  crate_cursor_fail(cursor, CRATE_MALFORMED, "a number of more than 64 bits");
  return 0;
}

bool
crate_wire_next(CrateCursor *cursor, CrateWireField *out)
{
  if (cursor->status || !crate_cursor_left(cursor)) {
    return false;
  }
  const uint64_t key = crate_wire_varint(cursor);
  *out = (CrateWireField){.number = (uint32_t)(key >> 3u),
                          .type = (CrateWireType)(key & 7u)};
  if (!out->number || key >> 32u) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "a field that cannot be");
  }
  switch (out->type) {
    case CRATE_WIRE_VARINT:
      out->value = crate_wire_varint(cursor);
      break;
    case CRATE_WIRE_64:
      out->value = crate_cursor_get64(cursor);
      break;
    case CRATE_WIRE_BYTES:
      out->size = crate_wire_varint(cursor);
      out->offset = cursor->at;
      crate_cursor_skip(cursor, out->size);
      break;
    case CRATE_WIRE_32:
      out->value = crate_cursor_get32(cursor);
      break;
    default:
      crate_cursor_fail(cursor, CRATE_MALFORMED, "a field that cannot be");
      break;
  }
  return !cursor->status;
}

uint64_t
crate_wire_enter(CrateCursor *cursor,
                 CrateModelReading *reading,
                 const CrateWireField *field)
{
  const uint64_t end = cursor->end;
  if (reading->depth >= reading->world->limits.depth) {
    crate_cursor_fail(cursor, CRATE_OVER_LIMIT,
                      "messages too deep in one another");
  }
  ++reading->depth;
  cursor->at = field->offset;
  cursor->end = field->offset + field->size;
  return end;
}

void
crate_wire_leave(CrateCursor *cursor, CrateModelReading *reading, uint64_t end)
{
  --reading->depth;
  cursor->at = cursor->status ? cursor->at : cursor->end;
  cursor->end = end;
}

CrateText
crate_wire_text(CrateCursor *cursor, const CrateWireField *field, size_t most)
{
  const uint64_t at = cursor->at;
  cursor->at = field->offset;
  const CrateText text = crate_cursor_text(cursor, field->size, most);
  cursor->at = cursor->status ? cursor->at : at;
  return text;
}
