// SPDX-License-Identifier: Apache-2.0
// GGUF, versions 1 to 3, in both byte orders: docs/gguf.md of ggml. What is
// refused is what its reference reader refuses, but for version 1.
#include "model/gguf.h"
#include <inttypes.h>

/// Limits of the reference reader.
enum { MOST_DIMENSIONS = 4, MOST_ALIGNMENT = 1 << 20 };

/// By ggml_type; OTHER where there is none, or none any more.
static const CrateDtype types[] = {
  CRATE_DTYPE_F32,     CRATE_DTYPE_F16,     CRATE_DTYPE_Q4_0,
  CRATE_DTYPE_Q4_1,    CRATE_DTYPE_OTHER,   CRATE_DTYPE_OTHER,
  CRATE_DTYPE_Q5_0,    CRATE_DTYPE_Q5_1,    CRATE_DTYPE_Q8_0,
  CRATE_DTYPE_Q8_1,    CRATE_DTYPE_Q2_K,    CRATE_DTYPE_Q3_K,
  CRATE_DTYPE_Q4_K,    CRATE_DTYPE_Q5_K,    CRATE_DTYPE_Q6_K,
  CRATE_DTYPE_Q8_K,    CRATE_DTYPE_IQ2_XXS, CRATE_DTYPE_IQ2_XS,
  CRATE_DTYPE_IQ3_XXS, CRATE_DTYPE_IQ1_S,   CRATE_DTYPE_IQ4_NL,
  CRATE_DTYPE_IQ3_S,   CRATE_DTYPE_IQ2_S,   CRATE_DTYPE_IQ4_XS,
  CRATE_DTYPE_I8,      CRATE_DTYPE_I16,     CRATE_DTYPE_I32,
  CRATE_DTYPE_I64,     CRATE_DTYPE_F64,     CRATE_DTYPE_IQ1_M,
  CRATE_DTYPE_BF16,    CRATE_DTYPE_OTHER,   CRATE_DTYPE_OTHER,
  CRATE_DTYPE_OTHER,   CRATE_DTYPE_TQ1_0,   CRATE_DTYPE_TQ2_0,
  CRATE_DTYPE_OTHER,   CRATE_DTYPE_OTHER,   CRATE_DTYPE_OTHER,
  CRATE_DTYPE_MXFP4,   CRATE_DTYPE_NVFP4,   CRATE_DTYPE_Q1_0,
  CRATE_DTYPE_Q2_0,
};

static bool
begins(CrateText head, uint64_t size)
{
  (void)size;
  return crate_text_starts(head, CRATE_TEXT("GGUF"));
}

/// How many of something there are, each of which takes `least` bytes.
static uint64_t
get_count(CrateGguf *gguf, uint64_t least, const char *wrong)
{
  const uint64_t count = crate_gguf_get_size(gguf);
  if (count > crate_cursor_left(&gguf->cursor) / least) {
    crate_cursor_fail(&gguf->cursor, CRATE_MALFORMED, wrong);
    return 0;
  }
  return count;
}

/// The version tells the byte order: it is small in one of the two.
static void
read_version(CrateGguf *gguf)
{
  CrateCursor *const cursor = &gguf->cursor;
  crate_cursor_skip(cursor, 4);
  const unsigned char *const bytes = crate_cursor_peek(cursor, 4);
  cursor->big_endian = bytes && !(crate_get32(bytes, false) & 0xFFFFu);
  gguf->version = crate_cursor_get32(cursor);
  if (gguf->version < 1 || gguf->version > 3) {
    crate_cursor_fail(cursor, CRATE_UNSUPPORTED,
                      "a version of GGUF other than 1, 2 and 3");
  }
}

static CrateStatus
read_dimensions(CrateGguf *gguf, CrateTensor *tensor)
{
  CrateCursor *const cursor = &gguf->cursor;
  tensor->rank = crate_cursor_get32(cursor);
  if (tensor->rank > MOST_DIMENSIONS) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "a tensor of more than 4 dimensions");
  }
  if (cursor->status) {
    return crate_cursor_status(cursor);
  }
  uint64_t *const shape = crate_model_new_shape(gguf->reading, tensor->rank);
  if (tensor->rank && !shape) {
    return crate_arena_status(&gguf->reading->model->arena);
  }
  for (uint32_t i = tensor->rank; i-- > 0;) { // fastest first
    shape[i] = crate_gguf_get_size(gguf);
  }
  tensor->shape = shape;
  return crate_cursor_status(cursor);
}

/// Offsets are from the end of the header: they are made the file's later.
static CrateStatus
read_tensor(CrateGguf *gguf, CrateTensor *tensor)
{
  CrateCursor *const cursor = &gguf->cursor;
  tensor->name = crate_gguf_get_string(gguf, CRATE_GGUF_LONGEST_KEY);
  tensor->big_endian = cursor->big_endian;
  CRATE_TRY(read_dimensions(gguf, tensor));
  const uint32_t type = crate_cursor_get32(cursor);
  tensor->dtype =
    type < sizeof(types) / sizeof(*types) ? types[type] : CRATE_DTYPE_OTHER;
  if (tensor->dtype == CRATE_DTYPE_OTHER) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "a tensor of an unknown type");
  }
  tensor->offset = crate_cursor_get64(cursor);
  return crate_cursor_status(cursor);
}

/// Each begins where the one before it ends, rounded up.
static CrateStatus
add_tensors(CrateGguf *gguf, CrateTensor *tensors, uint64_t count)
{
  const uint64_t mask = gguf->alignment - 1u;
  const uint64_t data = (gguf->cursor.at + mask) & ~mask;
  uint64_t next = 0;
  for (uint64_t i = 0; i < count; ++i) {
    CrateTensor *const tensor = &tensors[i];
    if (tensor->offset != next) {
      return crate_model_refuse(
        gguf->reading, CRATE_MALFORMED,
        "tensor \"%.*s\" begins at byte %" PRIu64
        " of the data, expected is %" PRIu64,
        CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 200)), tensor->offset,
        next);
    }
    if (data > UINT64_MAX - next) {
      return crate_model_refuse(gguf->reading, CRATE_MALFORMED,
                                "its tensors are larger than 64 bits can say");
    }
    tensor->offset += data;
    CRATE_TRY(crate_model_add_tensor(gguf->reading, tensor));
    // It lies within the file: a sum does not overflow.
    const CrateModel *const model = gguf->reading->model;
    next += (model->tensors[model->tensor_count - 1u].size + mask) & ~mask;
  }
  return CRATE_OK;
}

static CrateStatus
read_tensors(CrateGguf *gguf, uint64_t count)
{
  CrateTensor *const tensors = (CrateTensor *)crate_arena_array(
    &gguf->reading->model->arena, (size_t)count + 1u, sizeof(CrateTensor));
  if (!tensors) {
    return crate_arena_status(&gguf->reading->model->arena);
  }
  for (uint64_t i = 0; i < count; ++i) {
    CRATE_TRY(read_tensor(gguf, &tensors[i]));
  }
  return add_tensors(gguf, tensors, count);
}

static CrateStatus
check_alignment(const CrateGguf *gguf)
{
  const uint64_t alignment = gguf->alignment;
  return alignment && alignment <= MOST_ALIGNMENT &&
             !(alignment & (alignment - 1u))
           ? CRATE_OK
           : crate_model_refuse(gguf->reading, CRATE_MALFORMED,
                                "general.alignment is %" PRIu64
                                ", it must be a power of 2 up to 1048576",
                                alignment);
}

static CrateStatus
read_all(CrateGguf *gguf)
{
  CrateCursor *const cursor = &gguf->cursor;
  // A name, a number of dimensions, a type and an offset; the size of a key.
  const uint64_t least_tensor = gguf->version == 1 ? 20 : 24;
  const uint64_t least_entry = gguf->version == 1 ? 4 : 8;
  const uint64_t tensors = get_count(
    gguf, least_tensor, "more tensors than there is room for in the file");
  const uint64_t entries = get_count(
    gguf, least_entry, "more keys than there is room for in the file");
  CRATE_TRY(crate_cursor_status(cursor));
  for (uint64_t i = 0; i < entries; ++i) {
    CRATE_TRY(crate_gguf_read_entry(gguf));
  }
  CRATE_TRY(check_alignment(gguf));
  return read_tensors(gguf, tensors);
}

static CrateStatus
read_gguf(CrateModelReading *reading)
{
  CrateGguf gguf = {.reading = reading, .alignment = 32};
  gguf.cursor = crate_cursor_begin(reading, 0, UINT64_MAX);
  const unsigned char *const magic = crate_cursor_peek(&gguf.cursor, 4);
  if (magic && memcmp(magic, "GGUF", 4) != 0) {
    crate_cursor_fail(&gguf.cursor, CRATE_MALFORMED,
                      "it does not begin with \"GGUF\"");
  }
  read_version(&gguf);
  CRATE_TRY(crate_cursor_status(&gguf.cursor));
  CRATE_TRY(crate_model_print(reading, &reading->model->version,
                              "%" PRIu32 "%s", gguf.version,
                              gguf.cursor.big_endian ? " (big-endian)" : ""));
  crate_map_init(&gguf.keys, reading->world);
  crate_buffer_init(&gguf.value, reading->world);
  const CrateStatus st = read_all(&gguf);
  crate_map_clear(&gguf.keys);
  crate_buffer_clear(&gguf.value);
  return st;
}

const CrateModelReader crate_model_gguf = {
  {"gguf", "models for ggml and llama.cpp, versions 1 to 3", ".gguf"},
  begins,
  read_gguf,
};
