// SPDX-License-Identifier: Apache-2.0
// Thrift's compact protocol, by its specification
// (thrift: doc/specs/thrift-compact-protocol.md).
#include "data/thrift.h"

CrateThrift
crate_thrift_begin(CrateText bytes, uint32_t depth)
{
  const unsigned char *const start =
    (const unsigned char *)(bytes.data ? bytes.data : "");
  return (CrateThrift){
    .start = start, .at = start, .end = start + bytes.size, .depth = depth};
}

void
crate_thrift_fail(CrateThrift *thrift, const char *wrong)
{
  thrift->wrong = thrift->wrong ? thrift->wrong : wrong;
}

size_t
crate_thrift_offset(const CrateThrift *thrift)
{
  return (size_t)(thrift->at - thrift->start);
}

static size_t
left(const CrateThrift *thrift)
{
  return thrift->wrong ? 0 : (size_t)(thrift->end - thrift->at);
}

static void
skip_bytes(CrateThrift *thrift, uint64_t size)
{
  if (size > left(thrift)) {
    crate_thrift_fail(thrift, "it ends early");
  } else {
    thrift->at += size;
  }
}

static unsigned
read_byte(CrateThrift *thrift)
{
  const unsigned char *const at = thrift->at;
  skip_bytes(thrift, 1);
  return thrift->wrong ? 0 : *at;
}

/// "Varint encoding": seven bits a byte, the lowest first.
static uint64_t
read_varint(CrateThrift *thrift)
{
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const uint64_t byte = read_byte(thrift);
    value |= (byte & 0x7Fu) << shift;
    if (!(byte & 0x80u)) {
      if (shift == 63 && byte > 1) {
        break;
      }
      return value;
    }
  }
  crate_thrift_fail(thrift, "a number of more than 64 bits");
  return 0;
}

/// "ZigZag encoding": the sign is the lowest bit.
static int64_t
read_zigzag(CrateThrift *thrift)
{
  const uint64_t value = read_varint(thrift);
  const int64_t half = (int64_t)(value >> 1u);
  return value & 1u ? -half - 1 : half;
}

static CrateThriftType
type_of(CrateThrift *thrift, unsigned nibble)
{
  if (nibble > CRATE_THRIFT_UUID) {
    crate_thrift_fail(thrift, "a value of an unknown type");
    return CRATE_THRIFT_STOP;
  }
  return (CrateThriftType)nibble;
}

bool
crate_thrift_next(CrateThrift *thrift, CrateThriftField *field)
{
  const unsigned head = read_byte(thrift);
  const unsigned delta = head >> 4u;
  if (thrift->wrong || head == CRATE_THRIFT_STOP) {
    return false;
  }
  const int64_t id = delta ? field->id + (int64_t)delta : read_zigzag(thrift);
  field->type = type_of(thrift, head & 0x0Fu);
  if (id < INT16_MIN || id > INT16_MAX || field->type == CRATE_THRIFT_STOP) {
    crate_thrift_fail(thrift, "a field that cannot be");
  }
  field->id = thrift->wrong ? 0 : (int32_t)id;
  return !thrift->wrong;
}

bool
crate_thrift_is(CrateThrift *thrift,
                CrateThriftType type,
                CrateThriftType wanted)
{
  if (type != wanted) {
    crate_thrift_fail(thrift, "a value of another type than it must be");
  }
  return !thrift->wrong;
}

int64_t
crate_thrift_integer(CrateThrift *thrift,
                     CrateThriftType type,
                     int64_t least,
                     int64_t most)
{
  int64_t value = 0;
  if (type < CRATE_THRIFT_I8 || type > CRATE_THRIFT_I64) {
    crate_thrift_fail(thrift, "a value that must be an integer and is not");
  } else if (type == CRATE_THRIFT_I8) {
    const unsigned byte = read_byte(thrift);
    value = byte < 0x80u ? (int64_t)byte : (int64_t)byte - 0x100;
  } else {
    value = read_zigzag(thrift);
  }
  if (value < least || value > most) {
    crate_thrift_fail(thrift, value < 0 ? "a number below zero"
                                        : "a number that is too large");
  }
  return thrift->wrong ? least : value;
}

CrateText
crate_thrift_text(CrateThrift *thrift, CrateThriftType type)
{
  CrateText text = {NULL, 0};
  if (crate_thrift_is(thrift, type, CRATE_THRIFT_BINARY)) {
    const uint64_t size = read_varint(thrift);
    const unsigned char *const data = thrift->at;
    skip_bytes(thrift, size);
    if (!thrift->wrong) {
      text = (CrateText){(const char *)data, (size_t)size};
    }
  }
  return text;
}

/// A list's head: each element takes a byte at least.
static uint32_t
read_list_head(CrateThrift *thrift, CrateThriftType *element)
{
  const unsigned head = read_byte(thrift);
  const uint64_t count = head >> 4u < 15u ? head >> 4u : read_varint(thrift);
  *element = type_of(thrift, head & 0x0Fu);
  if (count > left(thrift)) {
    crate_thrift_fail(thrift, "a list of more elements than there are bytes");
  } else if (count && *element == CRATE_THRIFT_STOP) {
    crate_thrift_fail(thrift, "a value of an unknown type");
  }
  return thrift->wrong || count > UINT32_MAX ? 0 : (uint32_t)count;
}

uint32_t
crate_thrift_list(CrateThrift *thrift,
                  CrateThriftType type,
                  CrateThriftType element)
{
  CrateThriftType found = CRATE_THRIFT_STOP;
  const bool list = type == CRATE_THRIFT_LIST || type == CRATE_THRIFT_SET;
  if (!list) {
    (void)crate_thrift_is(thrift, type, CRATE_THRIFT_LIST);
    return 0;
  }
  const uint32_t count = read_list_head(thrift, &found);
  return !count || crate_thrift_is(thrift, found, element) ? count : 0;
}

/// An element's Boolean takes a byte, a field's none.
static void
skip_element(CrateThrift *thrift, CrateThriftType type)
{
  if (type == CRATE_THRIFT_TRUE || type == CRATE_THRIFT_FALSE) {
    skip_bytes(thrift, 1);
  } else {
    crate_thrift_skip(thrift, type);
  }
}

static void
skip_elements(CrateThrift *thrift, CrateThriftType type)
{
  CrateThriftType key = CRATE_THRIFT_STOP;
  CrateThriftType value = CRATE_THRIFT_STOP;
  uint64_t count = 0;
  if (type != CRATE_THRIFT_MAP) {
    count = read_list_head(thrift, &value);
  } else {
    count = read_varint(thrift);
    const unsigned types = count ? read_byte(thrift) : 0;
    key = type_of(thrift, types >> 4u);
    value = type_of(thrift, types & 0x0Fu);
    if (count && (key == CRATE_THRIFT_STOP || value == CRATE_THRIFT_STOP)) {
      crate_thrift_fail(thrift, "a value of an unknown type");
    }
  }
  while (count-- && !thrift->wrong) {
    if (type == CRATE_THRIFT_MAP) {
      skip_element(thrift, key);
    }
    skip_element(thrift, value);
  }
}

static void
skip_nested(CrateThrift *thrift, CrateThriftType type)
{
  CrateThriftField field = {0, CRATE_THRIFT_STOP};
  if (!thrift->depth) {
    crate_thrift_fail(thrift, "structures too deep in one another");
    return;
  }
  --thrift->depth;
  if (type == CRATE_THRIFT_STRUCT) {
    while (crate_thrift_next(thrift, &field)) {
      crate_thrift_skip(thrift, field.type);
    }
  } else {
    skip_elements(thrift, type);
  }
  ++thrift->depth;
}

void
crate_thrift_skip(CrateThrift *thrift, CrateThriftType type)
{
  switch (type) {
    case CRATE_THRIFT_STOP:
    case CRATE_THRIFT_TRUE:
    case CRATE_THRIFT_FALSE:
      return;
    case CRATE_THRIFT_I8:
      skip_bytes(thrift, 1);
      return;
    case CRATE_THRIFT_I16:
    case CRATE_THRIFT_I32:
    case CRATE_THRIFT_I64:
      (void)read_varint(thrift);
      return;
    case CRATE_THRIFT_DOUBLE:
      skip_bytes(thrift, 8);
      return;
    case CRATE_THRIFT_BINARY:
      skip_bytes(thrift, read_varint(thrift));
      return;
    case CRATE_THRIFT_UUID:
      skip_bytes(thrift, 16);
      return;
    case CRATE_THRIFT_LIST:
    case CRATE_THRIFT_SET:
    case CRATE_THRIFT_MAP:
    case CRATE_THRIFT_STRUCT:
      skip_nested(thrift, type);
      return;
  }
}
