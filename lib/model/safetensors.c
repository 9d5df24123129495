// SPDX-License-Identifier: Apache-2.0
// safetensors: a length, a JSON object, the tensors' bytes without a gap.
// What is refused is what its README and reference reader refuse.
#include "model/cursor.h"
#include "model/reading.h"
#include <cratekit/json.h>
#include <inttypes.h>
#include <stdlib.h>

/// The reference reader's ceiling.
#define LONGEST_HEADER 100000000u

static const CrateDtypeName dtypes[] = {
  {"BOOL", CRATE_DTYPE_BOOL},
  {"F4", CRATE_DTYPE_F4},
  {"F6_E2M3", CRATE_DTYPE_F6_E2M3},
  {"F6_E3M2", CRATE_DTYPE_F6_E3M2},
  {"U8", CRATE_DTYPE_U8},
  {"I8", CRATE_DTYPE_I8},
  {"F8_E5M2", CRATE_DTYPE_F8_E5M2},
  {"F8_E4M3", CRATE_DTYPE_F8_E4M3},
  {"F8_E8M0", CRATE_DTYPE_F8_E8M0},
  {"F8_E4M3FNUZ", CRATE_DTYPE_F8_E4M3FNUZ},
  {"F8_E5M2FNUZ", CRATE_DTYPE_F8_E5M2FNUZ},
  {"I16", CRATE_DTYPE_I16},
  {"U16", CRATE_DTYPE_U16},
  {"F16", CRATE_DTYPE_F16},
  {"BF16", CRATE_DTYPE_BF16},
  {"I32", CRATE_DTYPE_I32},
  {"U32", CRATE_DTYPE_U32},
  {"F32", CRATE_DTYPE_F32},
  {"C64", CRATE_DTYPE_C64},
  {"F64", CRATE_DTYPE_F64},
  {"I64", CRATE_DTYPE_I64},
  {"U64", CRATE_DTYPE_U64},
  {NULL, CRATE_DTYPE_OTHER},
};

/// The length is plausible and a JSON object follows.
static bool
begins(CrateText head, uint64_t size)
{
  const unsigned char *const bytes = (const unsigned char *)head.data;
  return head.size > 9 && head.data[8] == '{' &&
         strchr("\"} \n\r\t", head.data[9]) && head.data[9] &&
         crate_get64(bytes, false) <= size - 8u &&
         crate_get64(bytes, false) <= LONGEST_HEADER;
}

static CrateStatus
refuse_entry(const CrateModelReading *reading,
             const CrateJson *key,
             const char *why)
{
  return crate_model_refuse(
    reading, CRATE_MALFORMED, "the header's \"%.*s\" %s",
    CRATE_TEXT_ARG(crate_text_slice(crate_json_text(key), 0, 200)), why);
}

/// A JSON number that is a count: digits only.
static bool
get_count(const CrateJson *value, uint64_t *out)
{
  *out = 0;
  if (!crate_json_is(value, CRATE_JSON_NUMBER)) {
    return false;
  }
  const CrateText text = crate_json_text(value);
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned digit = (unsigned)(text.data[i] - '0');
    if (digit > 9 || *out > (UINT64_MAX - digit) / 10u) {
      return false;
    }
    *out = *out * 10u + digit;
  }
  return true;
}

static CrateStatus
read_shape(const CrateModelReading *reading,
           const CrateJson *key,
           const CrateJson *value,
           CrateTensor *tensor)
{
  if (!crate_json_is(value, CRATE_JSON_ARRAY) ||
      value->size > CRATE_MODEL_MOST_RANK) {
    return refuse_entry(reading, key, "has no \"shape\" of up to 64 numbers");
  }
  uint64_t *const shape = crate_model_new_shape(reading, value->size);
  if (value->size && !shape) {
    return crate_arena_status(&reading->model->arena);
  }
  const CrateJson *item = crate_json_first(value);
  for (uint32_t i = 0; i < value->size; ++i, item = item->next) {
    if (!get_count(item, &shape[i])) {
      return refuse_entry(reading, key,
                          "has a \"shape\" that is not all whole numbers");
    }
  }
  tensor->shape = shape;
  tensor->rank = value->size;
  return CRATE_OK;
}

/// Bytes from the end of the header.
typedef struct {
  CrateTensor tensor;
  uint64_t end;
} Extent;

static CrateStatus
read_info(const CrateModelReading *reading, const CrateJson *key, Extent *out)
{
  const CrateJson *const info = key->next;
  const CrateJson *const type = crate_json_get(info, CRATE_TEXT("dtype"));
  const CrateJson *const offsets =
    crate_json_get(info, CRATE_TEXT("data_offsets"));
  CrateTensor *const tensor = &out->tensor;
  if (!crate_json_is(info, CRATE_JSON_OBJECT)) {
    return refuse_entry(reading, key, "is no object");
  }
  if (!crate_json_is(type, CRATE_JSON_STRING) ||
      !crate_dtype_named(dtypes, crate_json_text(type), &tensor->dtype)) {
    return refuse_entry(reading, key, "has no \"dtype\" that is known");
  }
  CRATE_TRY(read_shape(reading, key, crate_json_get(info, CRATE_TEXT("shape")),
                       tensor));
  const CrateJson *const first = crate_json_first(offsets);
  if (!first || offsets->size != 2 || !get_count(first, &tensor->offset) ||
      !get_count(first->next, &out->end)) {
    return refuse_entry(reading, key, "has no \"data_offsets\" of two numbers");
  }
  if (tensor->offset > out->end) {
    return refuse_entry(reading, key, "ends before it begins");
  }
  tensor->size = out->end - tensor->offset;
  return crate_arena_copy(&reading->model->arena, crate_json_text(key),
                          &tensor->name);
}

/// A shape of no elements has no bytes, which add_tensor() takes for unsaid.
static CrateStatus
check_empty(const CrateModelReading *reading, const Extent *extent)
{
  uint64_t size = 0;
  const CrateTensor *const tensor = &extent->tensor;
  return tensor->size || (crate_model_count_bytes(tensor->dtype, tensor->shape,
                                                  tensor->rank, false, &size) &&
                          !size)
           ? CRATE_OK
           : crate_model_refuse(
               reading, CRATE_MALFORMED,
               "tensor \"%.*s\" has no bytes, but its shape has elements",
               CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 200)));
}

static CrateStatus
read_metadata(const CrateModelReading *reading, const CrateJson *key)
{
  if (!crate_json_is(key->next, CRATE_JSON_OBJECT)) {
    return refuse_entry(reading, key, "is no object");
  }
  for (const CrateJson *item = crate_json_first_key(key->next); item;
       item = crate_json_next_key(item)) {
    if (!crate_json_is(item->next, CRATE_JSON_STRING)) {
      return refuse_entry(reading, item, "in __metadata__ is no string");
    }
    CrateText name;
    CRATE_TRY(
      crate_arena_copy(&reading->model->arena, crate_json_text(item), &name));
    CRATE_TRY(crate_model_add_text(reading, name, CRATE_TEXT("string"),
                                   crate_json_text(item->next)));
  }
  return CRATE_OK;
}

static int
compare_extents(const void *a, const void *b)
{
  const Extent *const x = (const Extent *)a;
  const Extent *const y = (const Extent *)b;
  if (x->tensor.offset != y->tensor.offset) {
    return x->tensor.offset < y->tensor.offset ? -1 : 1;
  }
  return (x->end > y->end) - (x->end < y->end);
}

/// Bytes belong to one tensor each, in order, to the file's end.
static CrateStatus
add_extents(CrateModelReading *reading,
            Extent *extents,
            size_t count,
            uint64_t data)
{
  uint64_t end = 0;
  qsort(extents, count, sizeof(*extents), compare_extents);
  for (size_t i = 0; i < count; ++i) {
    CrateTensor *const tensor = &extents[i].tensor;
    if (tensor->offset != end) {
      return crate_model_refuse(
        reading, CRATE_MALFORMED,
        tensor->offset < end
          ? "tensor \"%.*s\" begins at byte %" PRIu64
            " of the data, which belongs to another that ends at %" PRIu64
          : "tensor \"%.*s\" begins at byte %" PRIu64
            " of the data, and the one before it ends at %" PRIu64,
        CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 200)), tensor->offset,
        end);
    }
    CRATE_TRY(check_empty(reading, &extents[i]));
    end = extents[i].end;
    if (end > reading->source->size - data) {
      return crate_model_refuse(
        reading, CRATE_MALFORMED, "tensor \"%.*s\" lies beyond the file's end",
        CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 200)));
    }
    tensor->offset += data;
    CRATE_TRY(crate_model_add_tensor(reading, tensor));
  }
  return end == reading->source->size - data
           ? CRATE_OK
           : crate_model_refuse(reading, CRATE_MALFORMED,
                                "%" PRIu64 " bytes follow the last tensor",
                                reading->source->size - data - end);
}

static CrateStatus
read_entries(CrateModelReading *reading, const CrateJson *root, uint64_t data)
{
  size_t count = 0;
  Extent *const extents = (Extent *)crate_arena_array(
    &reading->model->arena, (size_t)root->size + 1u, sizeof(Extent));
  if (!extents) {
    return crate_arena_status(&reading->model->arena);
  }
  for (const CrateJson *key = crate_json_first_key(root); key;
       key = crate_json_next_key(key)) {
    if (crate_json_is_string(key, "__metadata__")) {
      CRATE_TRY(read_metadata(reading, key));
    } else {
      CRATE_TRY(read_info(reading, key, &extents[count]));
      ++count;
    }
  }
  return add_extents(reading, extents, count, data);
}

static CrateStatus
read_header(CrateModelReading *reading, CrateText header)
{
  CrateJsonDocument document;
  CrateStatus st =
    crate_json_read(reading->world, reading->name, header, &document);
  if (!st && document.first_duplicate) {
    st = refuse_entry(reading, document.first_duplicate, "is there twice");
  }
  if (!st && !crate_json_is(document.root, CRATE_JSON_OBJECT)) {
    st = crate_model_refuse(reading, CRATE_MALFORMED,
                            "the header is no JSON object");
  }
  if (!st) {
    st = read_entries(reading, document.root, 8u + header.size);
  }
  crate_json_clear(&document);
  return st;
}

static CrateStatus
read_safetensors(CrateModelReading *reading)
{
  unsigned char bytes[9];
  CrateText header = {NULL, 0};
  CRATE_TRY(crate_model_read_at(reading, 0, bytes, sizeof(bytes)));
  const uint64_t size = crate_get64(bytes, false);
  if (size > LONGEST_HEADER) {
    return crate_model_refuse(reading, CRATE_MALFORMED,
                              "its header says that it has %" PRIu64
                              " bytes, 100 million are the most",
                              size);
  }
  if (size > reading->source->size - 8u) {
    return crate_model_refuse(reading, CRATE_MALFORMED,
                              "its header says that it has %" PRIu64
                              " bytes, and the file has %" PRIu64 " after it",
                              size, reading->source->size - 8u);
  }
  if (bytes[8] != '{') {
    return crate_model_refuse(reading, CRATE_MALFORMED,
                              "its header does not begin with \"{\"");
  }
  CRATE_TRY(crate_model_read_text(reading, 8, size, &header));
  return read_header(reading, header);
}

const CrateModelReader crate_model_safetensors = {
  {"safetensors", "tensors and texts behind a JSON header", ".safetensors"},
  begins,
  read_safetensors,
};
