// SPDX-License-Identifier: Apache-2.0
// HDF5's types (IV.A.2.d) and attributes (IV.A.2.m), whose texts may be in a
// heap for the whole file (III.E).
#include "model/hdf5.h"
#include <inttypes.h>

typedef enum {
  CLASS_INTEGER = 0,
  CLASS_FLOAT = 1,
  CLASS_STRING = 3,
  CLASS_COMPOUND = 6,
  CLASS_ENUMERATION = 8,
  CLASS_VARIABLE = 9,
} Class;

/// A type's first eight bytes.
typedef struct {
  unsigned class, version;
  uint32_t bits, size;
} Head;

static Head
get_head(CrateCursor *cursor)
{
  Head head = {0, 0, 0, 0};
  const uint32_t word = crate_cursor_get32(cursor);
  head.class = word & 15u;
  head.version = word >> 4u & 15u;
  head.bits = word >> 8u;
  head.size = crate_cursor_get32(cursor);
  return head;
}

static CrateDtype
integer_of(const Head *head, unsigned precision)
{
  static const CrateDtype types[][2] = {
    {CRATE_DTYPE_U8, CRATE_DTYPE_I8},
    {CRATE_DTYPE_U16, CRATE_DTYPE_I16},
    {CRATE_DTYPE_U32, CRATE_DTYPE_I32},
    {CRATE_DTYPE_U64, CRATE_DTYPE_I64},
  };
  const bool is_signed = head->bits & 8u;
  for (unsigned i = 0; i < 4; ++i) {
    if (head->size == 1u << i && precision == head->size * 8u) {
      return types[i][is_signed];
    }
  }
  return CRATE_DTYPE_OTHER;
}

static CrateDtype
fraction_of(uint32_t size, unsigned exponent)
{
  static const struct {
    uint32_t size;
    unsigned exponent;
    CrateDtype dtype;
  } types[] = {
    {2, 5, CRATE_DTYPE_F16},
    {2, 8, CRATE_DTYPE_BF16},
    {4, 8, CRATE_DTYPE_F32},
    {8, 11, CRATE_DTYPE_F64},
  };
  for (size_t i = 0; i < sizeof(types) / sizeof(*types); ++i) {
    if (types[i].size == size && types[i].exponent == exponent) {
      return types[i].dtype;
    }
  }
  return CRATE_DTYPE_OTHER;
}

/// A number: offset and precision, and of a fraction where its exponent is.
static void
read_number(CrateHdf5 *hdf5, const Head *head, CrateHdf5Type *out)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const unsigned offset = crate_cursor_get16(cursor);
  const unsigned precision = crate_cursor_get16(cursor);
  out->big_endian = head->bits & 1u;
  if (head->class == CLASS_INTEGER) {
    out->dtype = offset ? CRATE_DTYPE_OTHER : integer_of(head, precision);
    return;
  }
  crate_cursor_skip(cursor, 1);
  const unsigned exponent = crate_cursor_get8(cursor);
  crate_cursor_skip(cursor, 6);
  out->dtype = offset || head->bits & 0x40u // as VAX has them
                 ? CRATE_DTYPE_OTHER
                 : fraction_of(head->size, exponent);
}

/// The name of a member: up to a NUL, and of old filled up to a multiple of 8.
static char
read_member_name(CrateHdf5 *hdf5, unsigned version)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const char first = (char)crate_cursor_get8(cursor);
  uint64_t size = 1;
  char byte = first;
  for (; byte && !cursor->status; ++size) {
    byte = (char)crate_cursor_get8(cursor);
  }
  crate_cursor_skip(cursor, version < 3 ? (8u - size % 8u) % 8u : 0);
  return size == 2 ? first : '\0';
}

/// Two fractions "r" and "i" are a complex number, as h5py writes it.
static void
read_compound(CrateHdf5 *hdf5, const Head *head, CrateHdf5Type *out)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const bool two = (head->bits & 0xFFFFu) == 2u;
  CrateHdf5Type parts[2] = {{.known = false}, {.known = false}};
  bool complex = two && (head->size == 8 || head->size == 16);
  for (unsigned i = 0; i < 2 && complex; ++i) {
    complex = read_member_name(hdf5, head->version) == "ri"[i];
    crate_cursor_skip(cursor, head->version == 1   ? 32
                              : head->version == 2 ? 4
                                                   : 1);
    const Head member = get_head(cursor);
    complex &= member.class == CLASS_FLOAT && member.size == head->size / 2u;
    if (complex) {
      read_number(hdf5, &member, &parts[i]);
    }
  }
  if (complex && parts[0].dtype == parts[1].dtype &&
      parts[0].dtype != CRATE_DTYPE_OTHER) {
    out->dtype = head->size == 8 ? CRATE_DTYPE_C64 : CRATE_DTYPE_C128;
    out->big_endian = parts[0].big_endian;
  }
}

/// FALSE and TRUE in a byte are a truth value, as h5py writes it.
static void
read_enumeration(CrateHdf5 *hdf5, const Head *head, CrateHdf5Type *out)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const Head base = get_head(cursor);
  crate_cursor_skip(cursor, 4);
  const char first =
    (head->bits & 0xFFFFu) == 2u ? (char)crate_cursor_get8(cursor) : '\0';
  if (base.class == CLASS_INTEGER && base.size == 1 && first == 'F') {
    out->dtype = CRATE_DTYPE_BOOL;
  }
}

void
crate_hdf5_type(CrateHdf5 *hdf5, CrateHdf5Type *out)
{
  const Head head = get_head(&hdf5->cursor);
  *out = (CrateHdf5Type){
    .dtype = CRATE_DTYPE_OTHER, .size = head.size, .known = true};
  switch (head.class) {
    case CLASS_INTEGER:
    case CLASS_FLOAT:
      read_number(hdf5, &head, out);
      break;
    case CLASS_STRING:
      out->text = true;
      break;
    case CLASS_COMPOUND:
      read_compound(hdf5, &head, out);
      break;
    case CLASS_ENUMERATION:
      read_enumeration(hdf5, &head, out);
      break;
    case CLASS_VARIABLE:
      out->variable_text = (head.bits & 15u) == 1u;
      out->dtype = out->variable_text ? CRATE_DTYPE_STRING : CRATE_DTYPE_OBJECT;
      break;
    default:
      break;
  }
}

/// A text of a global heap: its collection's address, and its number there.
static CrateText
read_heap_text(CrateHdf5 *hdf5, uint32_t size, uint64_t address, uint32_t index)
{
  CrateCursor *const cursor = &hdf5->cursor;
  crate_hdf5_go(hdf5, address);
  crate_hdf5_expect(hdf5, "GCOL");
  crate_cursor_skip(cursor, 4);
  const uint64_t start = cursor->at - 8u;
  const uint64_t all = crate_hdf5_length(hdf5);
  while (!cursor->status && cursor->at - start + 16u <= all) {
    const unsigned number = crate_cursor_get16(cursor);
    crate_cursor_skip(cursor, 6);
    const uint64_t length = crate_hdf5_length(hdf5);
    crate_hdf5_spend(hdf5, 1);
    if (!number) {
      break; // what is free
    }
    if (number == index) {
      crate_hdf5_spend(hdf5, length < size ? length : size);
      return crate_cursor_text(cursor, length < size ? length : size,
                               CRATE_MODEL_LONGEST_VALUE);
    }
    if (length > crate_cursor_left(cursor)) {
      break;
    }
    crate_cursor_skip(cursor, (length + 7u) & ~(uint64_t)7u);
  }
  crate_cursor_fail(cursor, CRATE_MALFORMED, "a text that is not in its heap");
  return (CrateText){NULL, 0};
}

/// Texts may end in a NUL, or be filled up with them.
static CrateText
trim(CrateText text)
{
  text.size = text.data ? strnlen(text.data, text.size) : 0;
  return text;
}

static void
add_text(CrateHdf5 *hdf5,
         const CrateHdf5Object *object,
         CrateText name,
         CrateText text)
{
  CrateCursor *const cursor = &hdf5->cursor;
  CrateArena *const arena = &hdf5->reading->model->arena;
  const CrateText parts[] = {object->name, CRATE_TEXT("@"), trim(name)};
  const bool root = !object->name.size;
  CrateText key = {NULL, 0};
  if (!cursor->status) {
    cursor->status =
      crate_arena_join(arena, root ? parts + 2 : parts, root ? 1 : 3, &key);
  }
  if (!cursor->status) {
    cursor->status = crate_model_add_text(hdf5->reading, key,
                                          CRATE_TEXT("string"), trim(text));
  }
}

/// What is left of an attribute is its value.
static void
read_value(CrateHdf5 *hdf5,
           const CrateHdf5Object *object,
           CrateText name,
           const CrateHdf5Type *type)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const uint64_t end = cursor->end;
  CrateText text = {NULL, 0};
  if (type->text) {
    text = crate_cursor_text(cursor, type->size, CRATE_MODEL_LONGEST_VALUE);
  } else {
    const uint32_t size = crate_cursor_get32(cursor);
    const uint64_t address = crate_hdf5_offset(hdf5);
    const uint32_t index = crate_cursor_get32(cursor);
    text = size ? read_heap_text(hdf5, size, address, index) : text;
  }
  add_text(hdf5, object, name, text);
  cursor->end = end;
}

/// Parts of an attribute of old are filled up to a multiple of 8.
static void
skip_part(CrateCursor *cursor, uint64_t at, unsigned size, bool filled)
{
  if (!cursor->status) {
    cursor->at = at;
    crate_cursor_skip(cursor, filled ? (size + 7u) / 8u * 8u : size);
  }
}

void
crate_hdf5_attribute(CrateHdf5 *hdf5, const CrateHdf5Object *object)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const unsigned version = crate_cursor_get8(cursor);
  const uint8_t flags = crate_cursor_get8(cursor);
  const unsigned name_size = crate_cursor_get16(cursor);
  const unsigned type_size = crate_cursor_get16(cursor);
  const unsigned space_size = crate_cursor_get16(cursor);
  const bool filled = version == 1;
  uint64_t shape[CRATE_MODEL_MOST_RANK];
  uint32_t rank = 0;
  CrateHdf5Type type;
  if (version < 1 || version > 3 || (version > 1 && flags)) {
    return; // types that are elsewhere are not looked for
  }
  crate_cursor_skip(cursor, version == 3);
  uint64_t at = cursor->at;
  const CrateText name = crate_cursor_text(cursor, name_size, SIZE_MAX);
  skip_part(cursor, at, name_size, filled);
  at = cursor->at;
  crate_hdf5_type(hdf5, &type);
  skip_part(cursor, at, type_size, filled);
  at = cursor->at;
  crate_hdf5_space(hdf5, shape, &rank);
  skip_part(cursor, at, space_size, filled);
  if (!cursor->status && !rank && (type.text || type.variable_text)) {
    read_value(hdf5, object, name, &type);
  }
}
