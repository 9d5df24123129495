// SPDX-License-Identifier: Apache-2.0
// ONNX: ModelProto of onnx.proto, whose fields are cited by their numbers.
// Tensors are those that graphs, their nodes and functions carry.
#include "model/protobuf.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/// Bytes of a name or path that are kept.
#define LONGEST_NAME 4096u

/// By TensorProto.DataType; where there is none, OTHER.
static const CrateDtype types[] = {
  CRATE_DTYPE_OTHER,       CRATE_DTYPE_F32,     CRATE_DTYPE_U8,
  CRATE_DTYPE_I8,          CRATE_DTYPE_U16,     CRATE_DTYPE_I16,
  CRATE_DTYPE_I32,         CRATE_DTYPE_I64,     CRATE_DTYPE_STRING,
  CRATE_DTYPE_BOOL,        CRATE_DTYPE_F16,     CRATE_DTYPE_F64,
  CRATE_DTYPE_U32,         CRATE_DTYPE_U64,     CRATE_DTYPE_C64,
  CRATE_DTYPE_C128,        CRATE_DTYPE_BF16,    CRATE_DTYPE_F8_E4M3,
  CRATE_DTYPE_F8_E4M3FNUZ, CRATE_DTYPE_F8_E5M2, CRATE_DTYPE_F8_E5M2FNUZ,
  CRATE_DTYPE_U4,          CRATE_DTYPE_I4,      CRATE_DTYPE_F4,
  CRATE_DTYPE_F8_E8M0,     CRATE_DTYPE_U2,      CRATE_DTYPE_I2,
};

typedef struct {
  CrateModelReading *reading;
  CrateCursor cursor;
  size_t unnamed;   ///< Tensors that have no name of their own, so far.
  CrateMap domains; ///< Of operators that are not ONNX's, told already.
} Onnx;

static bool
begins(CrateText head, uint64_t size)
{
  // ir_version comes first, then mostly a producer, a domain, or the graph.
  const unsigned char *const bytes = (const unsigned char *)head.data;
  return size > 4 && head.size > 4 && bytes[0] == 0x08 && bytes[1] >= 3 &&
         bytes[1] < 0x20 &&
         (bytes[2] == 0x12 || bytes[2] == 0x22 || bytes[2] == 0x3A ||
          bytes[2] == 0x42);
}

/// What a TensorProto says.
typedef struct {
  CrateTensor tensor;
  uint64_t dims[CRATE_MODEL_MOST_RANK];
  bool raw, external;
  CrateText location;
  CrateWireField packed; ///< float_data or double_data in one piece.
  size_t pieces;         ///< Of such data.
} Proto;

static void
add_dimension(CrateCursor *cursor, Proto *proto, uint64_t size)
{
  CrateTensor *const tensor = &proto->tensor;
  if (tensor->rank == CRATE_MODEL_MOST_RANK) {
    crate_cursor_fail(cursor, CRATE_OVER_LIMIT,
                      "a tensor of more than 64 dimensions");
  } else if (size > INT64_MAX) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "a dimension below zero");
  } else {
    proto->dims[tensor->rank++] = size;
  }
}

/// dims, one at a time or packed.
static void
read_dimensions(Onnx *onnx, const CrateWireField *field, Proto *proto)
{
  CrateCursor *const cursor = &onnx->cursor;
  if (field->type != CRATE_WIRE_BYTES) {
    add_dimension(cursor, proto, field->value);
    return;
  }
  const uint64_t end = crate_wire_enter(cursor, onnx->reading, field);
  while (!cursor->status && crate_cursor_left(cursor)) {
    add_dimension(cursor, proto, crate_wire_varint(cursor));
  }
  crate_wire_leave(cursor, onnx->reading, end);
}

/// StringStringEntryProto: key = 1, value = 2.
static void
read_pair(Onnx *onnx,
          const CrateWireField *field,
          size_t most,
          CrateText *key,
          CrateText *value)
{
  CrateCursor *const cursor = &onnx->cursor;
  CrateWireField part;
  *key = *value = (CrateText){NULL, 0};
  const uint64_t end = crate_wire_enter(cursor, onnx->reading, field);
  while (crate_wire_next(cursor, &part)) {
    if (crate_wire_is(&part, 1)) {
      *key = crate_wire_text(cursor, &part, LONGEST_NAME);
    } else if (crate_wire_is(&part, 2)) {
      *value = crate_wire_text(cursor, &part, most);
    }
  }
  crate_wire_leave(cursor, onnx->reading, end);
}

static uint64_t
number_of(CrateText text)
{
  uint64_t number = 0;
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned digit = (unsigned)(text.data[i] - '0');
    if (digit > 9 || number > (UINT64_MAX - digit) / 10u) {
      return 0;
    }
    number = number * 10u + digit;
  }
  return number;
}

/// external_data: docs/ExternalData.md.
static void
read_external(Onnx *onnx, const CrateWireField *field, Proto *proto)
{
  CrateText key;
  CrateText value;
  read_pair(onnx, field, LONGEST_NAME, &key, &value);
  if (crate_text_is(key, "location")) {
    proto->location = value;
  } else if (crate_text_is(key, "offset")) {
    proto->tensor.offset = number_of(value);
  } else if (crate_text_is(key, "length")) {
    proto->tensor.size = number_of(value);
  }
}

static void
read_proto_field(Onnx *onnx, const CrateWireField *field, Proto *proto)
{
  CrateTensor *const tensor = &proto->tensor;
  switch (field->number) {
    case 1:
      read_dimensions(onnx, field, proto);
      break;
    case 2: // data_type
      tensor->dtype = field->value < sizeof(types) / sizeof(*types)
                        ? types[field->value]
                        : CRATE_DTYPE_OTHER;
      break;
    case 4:  // float_data
    case 10: // double_data
      proto->packed = *field;
      ++proto->pieces;
      break;
    case 8:
      tensor->name = crate_wire_text(&onnx->cursor, field, LONGEST_NAME);
      break;
    case 9: // raw_data
      proto->raw = field->type == CRATE_WIRE_BYTES;
      if (proto->raw && !proto->external) {
        tensor->offset = field->offset;
        tensor->size = field->size;
      }
      break;
    case 13:
      if (field->type == CRATE_WIRE_BYTES) {
        read_external(onnx, field, proto);
      }
      break;
    case 14: // data_location
      proto->external = field->value == 1;
      break;
    default:
      break;
  }
}

static CrateStatus
place_external(const Onnx *onnx, Proto *proto)
{
  CrateTensor *const tensor = &proto->tensor;
  const bool out = crate_model_leads_out(proto->location);
  tensor->place = CRATE_TENSOR_ELSEWHERE;
  tensor->member = proto->location;
  return crate_model_add_hazard(
    onnx->reading, out ? CRATE_HAZARD_DANGER : CRATE_HAZARD_NOTE,
    out ? "external-data-outside" : "external-data", tensor->name,
    out ? "its data are in a file outside of the model's folder: %.*s"
        : "its data are in another file: %.*s",
    CRATE_TEXT_ARG(crate_text_slice(proto->location, 0, 200)));
}

/// Packed floating-point numbers are an array, as raw data are; other numbers
/// are of as many bytes as they need.
static void
place_packed(Proto *proto)
{
  CrateTensor *const tensor = &proto->tensor;
  const CrateWireField *const packed = &proto->packed;
  const bool wide =
    tensor->dtype == CRATE_DTYPE_F64 || tensor->dtype == CRATE_DTYPE_C128;
  const bool narrow =
    tensor->dtype == CRATE_DTYPE_F32 || tensor->dtype == CRATE_DTYPE_C64;
  const bool plain = proto->pieces == 1 && packed->type == CRATE_WIRE_BYTES &&
                     (packed->number == 10 ? wide : narrow);
  tensor->place = plain ? CRATE_TENSOR_HERE : CRATE_TENSOR_ENCODED;
  tensor->offset = plain ? packed->offset : 0;
  tensor->size = plain ? packed->size : 0;
}

/// Add a tensor. One without a name has its node's; a name that is taken gets
/// a number.
static CrateStatus
add_tensor(Onnx *onnx, Proto *proto, CrateText fallback)
{
  CrateModelReading *const reading = onnx->reading;
  CrateTensor *const tensor = &proto->tensor;
  tensor->name = tensor->name.size ? tensor->name : fallback;
  if (crate_map_get(&reading->model->names, tensor->name, NULL)) {
    CRATE_TRY(crate_model_print(
      reading, &tensor->name, "%.*s#%zu",
      CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 500)), ++onnx->unnamed));
  }
  uint64_t *const shape = crate_model_new_shape(reading, tensor->rank);
  if (tensor->rank && !shape) {
    return crate_arena_status(&reading->model->arena);
  }
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    shape[i] = proto->dims[i];
  }
  tensor->shape = shape;
  if (tensor->dtype == CRATE_DTYPE_OTHER) {
    return crate_model_refuse(
      reading, CRATE_MALFORMED, "tensor \"%.*s\" is of an unknown type",
      CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 200)));
  }
  if (proto->external) {
    CRATE_TRY(place_external(onnx, proto));
  } else if (!proto->raw) {
    place_packed(proto);
  }
  return crate_model_add_tensor(reading, tensor);
}

static void
check(Onnx *onnx, CrateStatus status)
{
  if (status && !onnx->cursor.status) {
    onnx->cursor.status = status; // said already
  }
}

static void
read_tensor(Onnx *onnx, const CrateWireField *message, CrateText fallback)
{
  CrateCursor *const cursor = &onnx->cursor;
  Proto proto = {.raw = false};
  CrateWireField field;
  const uint64_t end = crate_wire_enter(cursor, onnx->reading, message);
  while (crate_wire_next(cursor, &field)) {
    read_proto_field(onnx, &field, &proto);
  }
  crate_wire_leave(cursor, onnx->reading, end);
  if (!cursor->status) {
    check(onnx, add_tensor(onnx, &proto, fallback));
  }
}

/// SparseTensorProto: values = 1, indices = 2.
static void
read_sparse(Onnx *onnx, const CrateWireField *message)
{
  CrateWireField field;
  const uint64_t end = crate_wire_enter(&onnx->cursor, onnx->reading, message);
  while (crate_wire_next(&onnx->cursor, &field)) {
    if (crate_wire_is(&field, 1)) {
      read_tensor(onnx, &field, CRATE_TEXT("values"));
    } else if (crate_wire_is(&field, 2)) {
      read_tensor(onnx, &field, CRATE_TEXT("indices"));
    }
  }
  crate_wire_leave(&onnx->cursor, onnx->reading, end);
}

static void read_graph(Onnx *onnx, const CrateWireField *message, bool main);

/// AttributeProto: t = 5, g = 6, tensors = 10, graphs = 11, sparse 22, 23.
static void
read_attribute(Onnx *onnx, const CrateWireField *message, CrateText fallback)
{
  CrateWireField field;
  const uint64_t end = crate_wire_enter(&onnx->cursor, onnx->reading, message);
  while (crate_wire_next(&onnx->cursor, &field)) {
    if (crate_wire_is(&field, 5) || crate_wire_is(&field, 10)) {
      read_tensor(onnx, &field, fallback);
    } else if (crate_wire_is(&field, 6) || crate_wire_is(&field, 11)) {
      read_graph(onnx, &field, false);
    } else if (crate_wire_is(&field, 22) || crate_wire_is(&field, 23)) {
      read_sparse(onnx, &field);
    }
  }
  crate_wire_leave(&onnx->cursor, onnx->reading, end);
}

/// Operators that are not of the standard are code of whoever runs them.
static void
note_domain(Onnx *onnx, CrateText domain, CrateText type)
{
  if (!domain.size || crate_text_starts(domain, CRATE_TEXT("ai.onnx")) ||
      crate_map_get(&onnx->domains, domain, NULL)) {
    return;
  }
  check(onnx, crate_map_put(&onnx->domains, domain, 1));
  check(onnx, crate_model_add_hazard(
                onnx->reading, CRATE_HAZARD_NOTE, "custom-operator", type,
                "operators of %.*s are code that comes from "
                "elsewhere",
                CRATE_TEXT_ARG(crate_text_slice(domain, 0, 200))));
}

/// NodeProto: output = 2, op_type = 4, attribute = 5, domain = 7.
static void
read_node(Onnx *onnx, const CrateWireField *message)
{
  CrateCursor *const cursor = &onnx->cursor;
  CrateWireField field;
  CrateText output = CRATE_TEXT("constant");
  CrateText type = {NULL, 0};
  CrateText domain = {NULL, 0};
  const uint64_t end = crate_wire_enter(cursor, onnx->reading, message);
  while (crate_wire_next(cursor, &field)) {
    if (crate_wire_is(&field, 2)) {
      output = crate_wire_text(cursor, &field, LONGEST_NAME);
    } else if (crate_wire_is(&field, 4)) {
      type = crate_wire_text(cursor, &field, LONGEST_NAME);
    } else if (crate_wire_is(&field, 5)) {
      read_attribute(onnx, &field, output);
    } else if (crate_wire_is(&field, 7)) {
      domain = crate_wire_text(cursor, &field, LONGEST_NAME);
    }
  }
  note_domain(onnx, domain, type);
  crate_wire_leave(cursor, onnx->reading, end);
}

/// An entry of the model's metadata out of a field that is a text.
static void
add_text(Onnx *onnx, const char *key, const CrateWireField *field)
{
  const CrateText text =
    crate_wire_text(&onnx->cursor, field, CRATE_MODEL_LONGEST_VALUE);
  if (!onnx->cursor.status) {
    check(onnx, crate_model_add_text(onnx->reading, crate_text(key),
                                     CRATE_TEXT("string"), text));
  }
}

/// ValueInfoProto: name = 1.
static void
add_value(Onnx *onnx, const char *key, const CrateWireField *message)
{
  CrateWireField field;
  const uint64_t end = crate_wire_enter(&onnx->cursor, onnx->reading, message);
  while (crate_wire_next(&onnx->cursor, &field)) {
    if (crate_wire_is(&field, 1)) {
      add_text(onnx, key, &field);
    }
  }
  crate_wire_leave(&onnx->cursor, onnx->reading, end);
}

/// GraphProto: node = 1, name = 2, initializer = 5, input = 11, output = 12,
/// sparse_initializer = 15. `main`: it is the model's own.
static void
read_graph(Onnx *onnx, const CrateWireField *message, bool main)
{
  CrateCursor *const cursor = &onnx->cursor;
  CrateWireField field;
  const uint64_t end = crate_wire_enter(cursor, onnx->reading, message);
  while (crate_wire_next(cursor, &field)) {
    if (crate_wire_is(&field, 1)) {
      read_node(onnx, &field);
    } else if (crate_wire_is(&field, 5)) {
      read_tensor(onnx, &field, CRATE_TEXT("initializer"));
    } else if (crate_wire_is(&field, 15)) {
      read_sparse(onnx, &field);
    } else if (main && crate_wire_is(&field, 2)) {
      add_text(onnx, "graph", &field);
    } else if (main && crate_wire_is(&field, 11)) {
      add_value(onnx, "input", &field);
    } else if (main && crate_wire_is(&field, 12)) {
      add_value(onnx, "output", &field);
    }
  }
  crate_wire_leave(cursor, onnx->reading, end);
}

/// TrainingInfoProto: initialization = 1, algorithm = 2; FunctionProto: node =
/// 7.
static void
read_others(Onnx *onnx, const CrateWireField *message, bool function)
{
  CrateWireField field;
  const uint64_t end = crate_wire_enter(&onnx->cursor, onnx->reading, message);
  while (crate_wire_next(&onnx->cursor, &field)) {
    if (function && crate_wire_is(&field, 7)) {
      read_node(onnx, &field);
    } else if (!function &&
               (crate_wire_is(&field, 1) || crate_wire_is(&field, 2))) {
      read_graph(onnx, &field, false);
    }
  }
  crate_wire_leave(&onnx->cursor, onnx->reading, end);
}

/// OperatorSetIdProto: domain = 1, version = 2.
static void
read_operator_set(Onnx *onnx, const CrateWireField *message)
{
  CrateWireField field;
  CrateText key = CRATE_TEXT("ai.onnx");
  uint64_t version = 0;
  const uint64_t end = crate_wire_enter(&onnx->cursor, onnx->reading, message);
  while (crate_wire_next(&onnx->cursor, &field)) {
    if (crate_wire_is(&field, 1) && field.size) {
      key = crate_wire_text(&onnx->cursor, &field, LONGEST_NAME);
    } else if (field.number == 2) {
      version = field.value;
    }
  }
  crate_wire_leave(&onnx->cursor, onnx->reading, end);
  if (!onnx->cursor.status) {
    check(onnx, crate_model_add_number(onnx->reading, key, CRATE_TEXT("opset"),
                                       version));
  }
}

static void
read_property(Onnx *onnx, const CrateWireField *field)
{
  CrateText key;
  CrateText value;
  read_pair(onnx, field, CRATE_MODEL_LONGEST_VALUE, &key, &value);
  if (!onnx->cursor.status) {
    check(onnx, crate_model_add_text(onnx->reading, key, CRATE_TEXT("property"),
                                     value));
  }
}

/// A field of ModelProto.
static void
read_model_field(Onnx *onnx, const CrateWireField *field)
{
  static const char *const texts[] = {[2] = "producer_name",
                                      [3] = "producer_version",
                                      [4] = "domain",
                                      [6] = "doc_string"};
  const bool bytes = field->type == CRATE_WIRE_BYTES;
  if (bytes && field->number < 7 && texts[field->number]) {
    add_text(onnx, texts[field->number], field);
  } else if (field->number == 1 && !bytes) {
    check(onnx, crate_model_print(onnx->reading, &onnx->reading->model->version,
                                  "IR %" PRIu64, field->value));
  } else if (field->number == 5 && !bytes) {
    check(onnx,
          crate_model_add_number(onnx->reading, CRATE_TEXT("model_version"),
                                 CRATE_TEXT("int64"), field->value));
  } else if (crate_wire_is(field, 7)) {
    read_graph(onnx, field, true);
  } else if (crate_wire_is(field, 8)) {
    read_operator_set(onnx, field);
  } else if (crate_wire_is(field, 14)) {
    read_property(onnx, field);
  } else if (crate_wire_is(field, 20) || crate_wire_is(field, 25)) {
    read_others(onnx, field, field->number == 25);
  }
}

static CrateStatus
read_onnx(CrateModelReading *reading)
{
  Onnx onnx = {.reading = reading};
  CrateWireField field;
  bool graph = false;
  onnx.cursor = crate_cursor_begin(reading, 0, UINT64_MAX);
  crate_map_init(&onnx.domains, reading->world);
  while (crate_wire_next(&onnx.cursor, &field)) {
    graph |= crate_wire_is(&field, 7);
    read_model_field(&onnx, &field);
  }
  crate_map_clear(&onnx.domains);
  CRATE_TRY(crate_cursor_status(&onnx.cursor));
  return graph ? CRATE_OK
               : crate_model_refuse(reading, CRATE_MALFORMED,
                                    "it is no ONNX model: it has no graph");
}

const CrateModelReader crate_model_onnx = {
  {"onnx", "models of the Open Neural Network Exchange", ".onnx"},
  begins,
  read_onnx,
};
