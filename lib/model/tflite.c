// SPDX-License-Identifier: Apache-2.0
// TensorFlow Lite: the table Model of schema.fbs, whose fields are cited by
// their order.
#include "model/flatbuffer.h"
#include <inttypes.h>
#include <stdio.h>

/// Bytes of a name that are kept.
#define LONGEST_NAME 1024u

/// Fields, by table.
enum {
  MODEL_VERSION = 0,
  MODEL_OPERATORS = 1,
  MODEL_SUBGRAPHS = 2,
  MODEL_DESCRIPTION = 3,
  MODEL_BUFFERS = 4,
  MODEL_METADATA = 6,
  SUBGRAPH_TENSORS = 0,
  SUBGRAPH_NAME = 4,
  TENSOR_SHAPE = 0,
  TENSOR_TYPE = 1,
  TENSOR_BUFFER = 2,
  TENSOR_NAME = 3,
  TENSOR_SPARSITY = 6,
  TENSOR_SIGNATURE = 7,
  BUFFER_DATA = 0,
  BUFFER_OFFSET = 1,
  BUFFER_SIZE = 2,
  OPERATOR_CUSTOM = 1,
  METADATA_NAME = 0,
  METADATA_BUFFER = 1,
};

/// By TensorType.
static const CrateDtype types[] = {
  CRATE_DTYPE_F32, CRATE_DTYPE_F16,    CRATE_DTYPE_I32,    CRATE_DTYPE_U8,
  CRATE_DTYPE_I64, CRATE_DTYPE_STRING, CRATE_DTYPE_BOOL,   CRATE_DTYPE_I16,
  CRATE_DTYPE_C64, CRATE_DTYPE_I8,     CRATE_DTYPE_F64,    CRATE_DTYPE_C128,
  CRATE_DTYPE_U64, CRATE_DTYPE_OBJECT, CRATE_DTYPE_OBJECT, CRATE_DTYPE_U32,
  CRATE_DTYPE_U16, CRATE_DTYPE_I4,     CRATE_DTYPE_BF16,   CRATE_DTYPE_I2,
  CRATE_DTYPE_U4,
};

typedef struct {
  CrateModelReading *reading;
  CrateCursor cursor;
  CrateFlatVector buffers;
  uint64_t tensors; ///< So far: each has an offset of its own in the file.
  uint64_t names;   ///< Bytes of them so far.
} Lite;

static bool
begins(CrateText head, uint64_t size)
{
  (void)size;
  return crate_text_equal(crate_text_slice(head, 4, 8), CRATE_TEXT("TFL3"));
}

/// Texts that tables share must not make much memory of a small file.
static CrateStatus
check_names(Lite *lite)
{
  if (lite->names > lite->reading->source->size) {
    crate_cursor_fail(&lite->cursor, CRATE_MALFORMED,
                      "more names than there is room for in the file");
  }
  return crate_cursor_status(&lite->cursor);
}

/// A buffer's bytes; false when it has none.
static bool
find_buffer(Lite *lite, uint64_t index, uint64_t *offset, uint64_t *size)
{
  CrateCursor *const cursor = &lite->cursor;
  if (index >= lite->buffers.count) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "a buffer that is not there");
    return false;
  }
  const CrateFlatTable buffer =
    crate_flat_item(cursor, &lite->buffers, (uint32_t)index);
  const CrateFlatVector data =
    crate_flat_vector(cursor, &buffer, BUFFER_DATA, 1);
  *offset = crate_flat_number(cursor, &buffer, BUFFER_OFFSET, 8, 0);
  *size = crate_flat_number(cursor, &buffer, BUFFER_SIZE, 8, 0);
  if (*offset <= 1) { // behind the FlatBuffer it is only above
    *offset = data.at;
    *size = data.count;
  }
  return !cursor->status && *size;
}

static CrateStatus
read_shape(Lite *lite, const CrateFlatTable *table, CrateTensor *tensor)
{
  CrateCursor *const cursor = &lite->cursor;
  const CrateFlatVector shape =
    crate_flat_vector(cursor, table, TENSOR_SHAPE, 4);
  const CrateFlatVector signature =
    crate_flat_vector(cursor, table, TENSOR_SIGNATURE, 4);
  if (shape.count > CRATE_MODEL_MOST_RANK) {
    crate_cursor_fail(cursor, CRATE_OVER_LIMIT,
                      "a tensor of more than 64 dimensions");
  }
  CRATE_TRY(crate_cursor_status(cursor));
  uint64_t *const sizes = crate_model_new_shape(lite->reading, shape.count);
  if (shape.count && !sizes) {
    return crate_arena_status(&lite->reading->model->arena);
  }
  for (uint32_t i = 0; i < shape.count; ++i) {
    const int32_t size = (int32_t)crate_flat_get32(cursor, shape.at + 4u * i);
    sizes[i] = size > 0 ? (uint64_t)size : 0;
    tensor->variable |= size < 0;
  }
  for (uint32_t i = 0; i < signature.count && i < shape.count; ++i) {
    if ((int32_t)crate_flat_get32(cursor, signature.at + 4u * i) < 0) {
      tensor->variable = true;
      sizes[i] = 0;
    }
  }
  tensor->shape = sizes;
  tensor->rank = shape.count;
  return crate_cursor_status(cursor);
}

static CrateStatus
read_type(Lite *lite, const CrateFlatTable *table, CrateTensor *tensor)
{
  const uint64_t type =
    crate_flat_number(&lite->cursor, table, TENSOR_TYPE, 1, 0);
  if (type >= sizeof(types) / sizeof(*types)) {
    crate_cursor_fail(&lite->cursor, CRATE_MALFORMED,
                      "a tensor of an unknown type");
    return crate_cursor_status(&lite->cursor);
  }
  tensor->dtype = types[type];
  return CRATE_OK;
}

/// Names need not differ: one that is taken gets the tensor's number.
static CrateStatus
set_name(Lite *lite,
         const CrateFlatTable *table,
         uint32_t subgraph,
         uint32_t index,
         CrateTensor *tensor)
{
  tensor->name =
    crate_flat_text(&lite->cursor, table, TENSOR_NAME, LONGEST_NAME);
  lite->names += tensor->name.size;
  CRATE_TRY(check_names(lite));
  const bool taken =
    !tensor->name.size ||
    crate_map_get(&lite->reading->model->names, tensor->name, NULL);
  return taken ? crate_model_print(
                   lite->reading, &tensor->name, "%.*s#%" PRIu32 ".%" PRIu32,
                   CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 500)),
                   subgraph, index)
               : CRATE_OK;
}

static CrateStatus
read_tensor(Lite *lite,
            const CrateFlatTable *table,
            uint32_t subgraph,
            uint32_t index)
{
  CrateCursor *const cursor = &lite->cursor;
  CrateTensor tensor = {.place = CRATE_TENSOR_ABSENT};
  CRATE_TRY(set_name(lite, table, subgraph, index, &tensor));
  CRATE_TRY(read_type(lite, table, &tensor));
  CRATE_TRY(read_shape(lite, table, &tensor));
  const uint64_t buffer = crate_flat_number(cursor, table, TENSOR_BUFFER, 4, 0);
  if (buffer && find_buffer(lite, buffer, &tensor.offset, &tensor.size)) {
    tensor.place = CRATE_TENSOR_HERE;
    if (crate_flat_field(cursor, table, TENSOR_SPARSITY)) {
      tensor.place = CRATE_TENSOR_ENCODED; // only what is not zero
      tensor.offset = tensor.size = 0;
    }
  }
  CRATE_TRY(crate_cursor_status(cursor));
  return crate_model_add_tensor(lite->reading, &tensor);
}

static CrateStatus
read_subgraph(Lite *lite, const CrateFlatVector *subgraphs, uint32_t index)
{
  CrateCursor *const cursor = &lite->cursor;
  const CrateFlatTable subgraph = crate_flat_item(cursor, subgraphs, index);
  const CrateFlatVector tensors =
    crate_flat_vector(cursor, &subgraph, SUBGRAPH_TENSORS, 4);
  const CrateText name =
    crate_flat_text(cursor, &subgraph, SUBGRAPH_NAME, LONGEST_NAME);
  lite->tensors += tensors.count + 1u;
  lite->names += name.size;
  if (lite->tensors > lite->reading->source->size / 4u) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "more tensors than there is room for in the file");
  }
  CRATE_TRY(crate_cursor_status(cursor));
  if (name.size) {
    CRATE_TRY(crate_model_add_text(lite->reading, CRATE_TEXT("subgraph"),
                                   CRATE_TEXT("string"), name));
  }
  for (uint32_t i = 0; i < tensors.count; ++i) {
    const CrateFlatTable tensor = crate_flat_item(cursor, &tensors, i);
    CRATE_TRY(crate_cursor_status(cursor));
    CRATE_TRY(read_tensor(lite, &tensor, index, i));
  }
  return CRATE_OK;
}

/// Operators that TensorFlow Lite does not have are code of whoever runs them.
static CrateStatus
read_operators(Lite *lite, const CrateFlatTable *model)
{
  CrateCursor *const cursor = &lite->cursor;
  const CrateFlatVector operators =
    crate_flat_vector(cursor, model, MODEL_OPERATORS, 4);
  for (uint32_t i = 0; i < operators.count && !cursor->status; ++i) {
    const CrateFlatTable code = crate_flat_item(cursor, &operators, i);
    const CrateText custom =
      crate_flat_text(cursor, &code, OPERATOR_CUSTOM, LONGEST_NAME);
    lite->names += custom.size;
    CRATE_TRY(check_names(lite));
    if (custom.size) {
      CRATE_TRY(crate_model_add_hazard(
        lite->reading, CRATE_HAZARD_NOTE, "custom-operator", custom,
        "an operator whose code comes from elsewhere"));
    }
  }
  return crate_cursor_status(cursor);
}

static bool
is_plain_text(CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if ((unsigned char)text.data[i] < ' ') {
      return false;
    }
  }
  return text.size && crate_text_utf8_span(text) == text.size;
}

/// A few bytes of text are told, of others how many there are.
static CrateStatus
read_item(Lite *lite, const CrateFlatTable *item)
{
  enum { FEW = 1000 };
  CrateCursor *const cursor = &lite->cursor;
  uint64_t offset = 0;
  uint64_t size = 0;
  CrateText text = {NULL, 0};
  const CrateText key =
    crate_flat_text(cursor, item, METADATA_NAME, LONGEST_NAME);
  const uint64_t buffer =
    crate_flat_number(cursor, item, METADATA_BUFFER, 4, 0);
  const bool there = find_buffer(lite, buffer, &offset, &size);
  lite->names += key.size + (size <= FEW ? size : 0);
  CRATE_TRY(check_names(lite));
  if (there && size <= FEW) {
    CRATE_TRY(crate_model_read_text(lite->reading, offset, size, &text));
    text.size = strnlen(text.data, text.size); // it is filled up with NUL
  }
  return is_plain_text(text) ? crate_model_add_text(lite->reading, key,
                                                    CRATE_TEXT("string"), text)
                             : crate_model_add_number(
                                 lite->reading, key, CRATE_TEXT("bytes"), size);
}

static CrateStatus
read_metadata(Lite *lite, const CrateFlatTable *model)
{
  CrateCursor *const cursor = &lite->cursor;
  const CrateFlatVector items =
    crate_flat_vector(cursor, model, MODEL_METADATA, 4);
  for (uint32_t i = 0; i < items.count && !cursor->status; ++i) {
    const CrateFlatTable item = crate_flat_item(cursor, &items, i);
    CRATE_TRY(read_item(lite, &item));
  }
  return crate_cursor_status(cursor);
}

static CrateStatus
read_tflite(CrateModelReading *reading)
{
  Lite lite = {.reading = reading};
  lite.cursor = crate_cursor_begin(reading, 0, UINT64_MAX);
  CrateCursor *const cursor = &lite.cursor;
  const CrateFlatTable model = crate_flat_root(cursor);
  const uint64_t version =
    crate_flat_number(cursor, &model, MODEL_VERSION, 4, 0);
  if (version != 3) {
    crate_cursor_fail(cursor, CRATE_UNSUPPORTED,
                      "a version of TensorFlow Lite's schema other than 3");
  }
  CRATE_TRY(crate_cursor_status(cursor));
  CRATE_TRY(crate_model_print(reading, &reading->model->version, "3"));
  const CrateText description =
    crate_flat_text(cursor, &model, MODEL_DESCRIPTION, LONGEST_NAME);
  lite.buffers = crate_flat_vector(cursor, &model, MODEL_BUFFERS, 4);
  CRATE_TRY(crate_cursor_status(cursor));
  if (description.size) {
    CRATE_TRY(crate_model_add_text(reading, CRATE_TEXT("description"),
                                   CRATE_TEXT("string"), description));
  }
  CRATE_TRY(read_metadata(&lite, &model));
  CRATE_TRY(read_operators(&lite, &model));
  const CrateFlatVector subgraphs =
    crate_flat_vector(cursor, &model, MODEL_SUBGRAPHS, 4);
  for (uint32_t i = 0; i < subgraphs.count; ++i) {
    CRATE_TRY(read_subgraph(&lite, &subgraphs, i));
  }
  return crate_cursor_status(cursor);
}

const CrateModelReader crate_model_tflite = {
  {"tflite", "models for TensorFlow Lite", ".tflite .lite"},
  begins,
  read_tflite,
};
