// SPDX-License-Identifier: Apache-2.0
// NumPy's types: the array interface protocol's type strings, and structures.
#include "model/literal.h"
#include "model/npy.h"

/// Structures in one another that somebody may have.
#define DEEPEST 32u

/// Kinds whose number counts bytes, and the one that counts code points.
#define KINDS "biufcSaUVOMmt"

static bool
get_digits(CrateText text, size_t *at, uint64_t *out)
{
  const size_t first = *at;
  *out = 0;
  for (; *at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9';
       ++*at) {
    if (*out > UINT32_MAX) {
      return false;
    }
    *out = *out * 10u + (unsigned)(text.data[*at] - '0');
  }
  return *at > first;
}

bool
crate_numpy_simple(CrateText name, CrateNumpyType *out)
{
  *out = (CrateNumpyType){.dtype = CRATE_DTYPE_OTHER};
  const bool ordered = name.size && strchr("<>|=", name.data[0]);
  out->big_endian = ordered && name.data[0] == '>';
  const CrateText rest = crate_text_slice(name, ordered, name.size);
  if (!rest.size || !rest.data[0] || !strchr(KINDS, rest.data[0])) {
    return false;
  }
  size_t at = 1;
  const bool sized = get_digits(rest, &at, &out->bytes);
  const bool dated = strchr("Mm", rest.data[0]) && at < rest.size &&
                     rest.data[at] == '[' && rest.data[rest.size - 1u] == ']';
  if (rest.data[0] == 'O') {
    *out = (CrateNumpyType){.dtype = CRATE_DTYPE_OBJECT, .objects = true};
    return at == rest.size;
  }
  if (!sized || (at < rest.size && !dated)) {
    return false;
  }
  out->bytes *= rest.data[0] == 'U' ? 4u : 1u;
  out->dtype = crate_dtype_of_numpy(crate_text_slice(rest, 0, at));
  return true;
}

static bool
multiply(uint64_t *product, uint64_t by)
{
  if (by && *product > UINT64_MAX / by) {
    return false;
  }
  *product *= by;
  return true;
}

/// A shape in a type: its elements times.
static void
read_times(CrateLiteral *literal, uint64_t *bytes)
{
  uint64_t shape[32];
  const size_t rank = crate_literal_counts(literal, shape, 32);
  for (size_t i = 0; i < rank && !literal->wrong; ++i) {
    if (rank > 32 || !multiply(bytes, shape[i])) {
      crate_literal_fail(literal, "a type that is too large");
    }
  }
}

static void read_type(CrateLiteral *literal, CrateNumpyType *out);

/// (name, type) or (name, type, shape); a name may be (title, name).
static void
read_field(CrateLiteral *literal, CrateNumpyType *record)
{
  CrateNumpyType field = {.dtype = CRATE_DTYPE_OTHER};
  crate_literal_expect(literal, '(');
  if (crate_literal_peek(literal) == '(') {
    (void)crate_literal_skip(literal);
  } else {
    (void)crate_literal_string(literal);
  }
  crate_literal_expect(literal, ',');
  read_type(literal, &field);
  if (crate_literal_accept(literal, ',') &&
      crate_literal_peek(literal) != ')') {
    read_times(literal, &field.bytes);
    (void)crate_literal_accept(literal, ',');
  }
  crate_literal_expect(literal, ')');
  record->objects |= field.objects;
  if (record->bytes > UINT64_MAX - field.bytes) {
    crate_literal_fail(literal, "a type that is too large");
  } else {
    record->bytes += field.bytes;
  }
}

static void
read_record(CrateLiteral *literal, CrateNumpyType *out)
{
  *out = (CrateNumpyType){.dtype = CRATE_DTYPE_OTHER};
  while (!literal->wrong && crate_literal_peek(literal) != ']') {
    read_field(literal, out);
    if (!crate_literal_accept(literal, ',')) {
      break;
    }
  }
  crate_literal_expect(literal, ']');
}

static void
read_type(CrateLiteral *literal, CrateNumpyType *out)
{
  if (!literal->depth) {
    crate_literal_fail(literal, "types too deep in one another");
    return;
  }
  --literal->depth;
  if (crate_literal_accept(literal, '[')) {
    read_record(literal, out);
  } else if (crate_literal_accept(literal, '(')) {
    read_type(literal, out);
    crate_literal_expect(literal, ',');
    read_times(literal, &out->bytes);
    (void)crate_literal_accept(literal, ',');
    crate_literal_expect(literal, ')');
    out->dtype = CRATE_DTYPE_OTHER;
  } else if (!crate_numpy_simple(crate_literal_string(literal), out)) {
    crate_literal_fail(literal, "a type that NumPy does not have");
  }
  ++literal->depth;
}

bool
crate_numpy_type(CrateText descr, CrateNumpyType *out)
{
  CrateLiteral literal = crate_literal_begin(descr, DEEPEST);
  *out = (CrateNumpyType){.dtype = CRATE_DTYPE_OTHER};
  read_type(&literal, out);
  if (out->objects) {
    out->dtype = CRATE_DTYPE_OBJECT;
    out->bytes = 0;
  }
  return !literal.wrong && !crate_literal_peek(&literal);
}

bool
crate_numpy_size(const CrateNumpyType *type,
                 const uint64_t *shape,
                 uint32_t rank,
                 uint64_t *out)
{
  // Elements are counted, too: a type of no bytes must not hide too many.
  uint64_t elements = 1;
  for (uint32_t i = 0; i < rank; ++i) {
    if (!multiply(&elements, shape[i])) {
      return false;
    }
  }
  *out = elements;
  return multiply(out, type->bytes);
}
