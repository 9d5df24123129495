// SPDX-License-Identifier: Apache-2.0
/// @file Protocol Buffers' wire format, walked where it lies: what is not asked
/// for is passed over, however large it is.
#ifndef CRATE_MODEL_PROTOBUF_H
#define CRATE_MODEL_PROTOBUF_H
#include "model/cursor.h"

typedef enum {
  CRATE_WIRE_VARINT = 0,
  CRATE_WIRE_64 = 1,
  CRATE_WIRE_BYTES = 2, ///< A text, a message, or packed numbers.
  CRATE_WIRE_32 = 5,
} CrateWireType;

/// A field whose value has been read, or lies at `offset`.
typedef struct CrateWireField {
  uint32_t number;
  CrateWireType type;
  uint64_t value;  ///< VARINT, 64, 32.
  uint64_t offset; ///< BYTES: where they begin in the source.
  uint64_t size;
} CrateWireField;

/// Step to the next field before the cursor's end; false behind the last one.
/// The cursor then stands behind the field.
bool crate_wire_next(CrateCursor *cursor, CrateWireField *out);

/// Whether a field has this number and is BYTES.
static inline bool
crate_wire_is(const CrateWireField *field, uint32_t number)
{
  return field->number == number && field->type == CRATE_WIRE_BYTES;
}

/// Move into a field that is BYTES; crate_wire_leave() with what it answers.
/// A failure when it lies deeper than the world's limit.
uint64_t crate_wire_enter(CrateCursor *cursor,
                          CrateModelReading *reading,
                          const CrateWireField *field);

void crate_wire_leave(CrateCursor *cursor,
                      CrateModelReading *reading,
                      uint64_t end);

/// The bytes of a field, at most `most` of them, in the model's arena. The
/// cursor stays behind the field.
CrateText crate_wire_text(CrateCursor *cursor,
                          const CrateWireField *field,
                          size_t most);

/// The next number of packed ones; 0 at the end.
uint64_t crate_wire_varint(CrateCursor *cursor);

#endif // CRATE_MODEL_PROTOBUF_H
