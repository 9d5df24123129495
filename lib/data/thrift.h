// SPDX-License-Identifier: Apache-2.0
/// @file Thrift's compact protocol, read where it lies: Parquet describes
/// itself in it. Nothing is believed before the bytes for it are there.
///
/// The first failure sticks: later calls answer 0, false or nothing, so a
/// reader may check once, at the end.
#ifndef CRATE_DATA_THRIFT_H
#define CRATE_DATA_THRIFT_H
#include <cratekit/text.h>

/// Types of fields and elements. A Boolean field has its value as its type.
typedef enum {
  CRATE_THRIFT_STOP = 0,
  CRATE_THRIFT_TRUE = 1,
  CRATE_THRIFT_FALSE = 2,
  CRATE_THRIFT_I8 = 3,
  CRATE_THRIFT_I16 = 4,
  CRATE_THRIFT_I32 = 5,
  CRATE_THRIFT_I64 = 6,
  CRATE_THRIFT_DOUBLE = 7,
  CRATE_THRIFT_BINARY = 8,
  CRATE_THRIFT_LIST = 9,
  CRATE_THRIFT_SET = 10,
  CRATE_THRIFT_MAP = 11,
  CRATE_THRIFT_STRUCT = 12,
  CRATE_THRIFT_UUID = 13,
} CrateThriftType;

/// A place in a message. A copy of it is a second reader.
typedef struct CrateThrift {
  const unsigned char *start, *at, *end;
  const char *wrong; ///< What is wrong, once something is.
  uint32_t depth;    ///< Structures that may still lie in one another.
} CrateThrift;

/// A field's head; zero is the one before the first.
typedef struct CrateThriftField {
  int32_t id;
  CrateThriftType type;
} CrateThriftField;

/// Borrows the bytes.
CrateThrift crate_thrift_begin(CrateText bytes, uint32_t depth);

/// Say what is wrong, unless something is already.
void crate_thrift_fail(CrateThrift *thrift, const char *wrong);

/// Byte that the reading came to.
size_t crate_thrift_offset(const CrateThrift *thrift);

/// Step to the next field of a structure; false behind the last one. What the
/// field holds is to be read or skipped before the next call.
bool crate_thrift_next(CrateThrift *thrift, CrateThriftField *field);

/// What a field of a type holds is left alone.
void crate_thrift_skip(CrateThrift *thrift, CrateThriftType type);

/// Whether a field or element is of a type; it is a failure when not.
bool crate_thrift_is(CrateThrift *thrift,
                     CrateThriftType type,
                     CrateThriftType wanted);

/// An integer of 8 to 64 bits, between two numbers.
int64_t crate_thrift_integer(CrateThrift *thrift,
                             CrateThriftType type,
                             int64_t least,
                             int64_t most);

/// A view of the bytes.
CrateText crate_thrift_text(CrateThrift *thrift, CrateThriftType type);

/// How many elements a list or set of that element type has: never more than
/// there are bytes left.
uint32_t crate_thrift_list(CrateThrift *thrift,
                           CrateThriftType type,
                           CrateThriftType element);

#endif // CRATE_DATA_THRIFT_H
