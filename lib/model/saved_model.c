// SPDX-License-Identifier: Apache-2.0
// TensorFlow's SavedModel: saved_model.proto, meta_graph.proto, graph.proto,
// whose fields are cited by their numbers. Tensors are the constants of graphs;
// variables are in files of their own (tensor_bundle.c).
#include "model/tensorflow.h"
#include <inttypes.h>

/// Bytes of a name that are kept.
#define LONGEST_NAME 4096u

typedef struct {
  CrateModelReading *reading;
  CrateCursor cursor;
  CrateMap told;  ///< Operators that are hazards already.
  size_t unnamed; ///< Names that were there already, so far.
} Saved;

static const CrateDtype types[] = {
  CRATE_DTYPE_OTHER,   CRATE_DTYPE_F32,     CRATE_DTYPE_F64,
  CRATE_DTYPE_I32,     CRATE_DTYPE_U8,      CRATE_DTYPE_I16,
  CRATE_DTYPE_I8,      CRATE_DTYPE_STRING,  CRATE_DTYPE_C64,
  CRATE_DTYPE_I64,     CRATE_DTYPE_BOOL,    CRATE_DTYPE_I8,
  CRATE_DTYPE_U8,      CRATE_DTYPE_I32,     CRATE_DTYPE_BF16,
  CRATE_DTYPE_I16,     CRATE_DTYPE_U16,     CRATE_DTYPE_U16,
  CRATE_DTYPE_C128,    CRATE_DTYPE_F16,     CRATE_DTYPE_OBJECT,
  CRATE_DTYPE_OBJECT,  CRATE_DTYPE_U32,     CRATE_DTYPE_U64,
  CRATE_DTYPE_F8_E5M2, CRATE_DTYPE_F8_E4M3,
};

CrateDtype
crate_tensorflow_dtype(uint64_t type)
{
  return type < sizeof(types) / sizeof(*types) ? types[type]
                                               : CRATE_DTYPE_OTHER;
}

/// TensorShapeProto: dim = 2 { size = 1 }, unknown_rank = 3.
void
crate_tensorflow_shape(CrateCursor *cursor,
                       CrateModelReading *reading,
                       const CrateWireField *message,
                       CrateTensor *tensor,
                       uint64_t *sizes)
{
  CrateWireField dimension;
  CrateWireField field;
  tensor->rank = 0;
  const uint64_t end = crate_wire_enter(cursor, reading, message);
  while (crate_wire_next(cursor, &dimension)) {
    if (!crate_wire_is(&dimension, 2)) {
      continue;
    }
    uint64_t size = 0;
    const uint64_t outer = crate_wire_enter(cursor, reading, &dimension);
    while (crate_wire_next(cursor, &field)) {
      size = field.number == 1 ? field.value : size;
    }
    crate_wire_leave(cursor, reading, outer);
    if (tensor->rank == CRATE_MODEL_MOST_RANK) {
      crate_cursor_fail(cursor, CRATE_OVER_LIMIT,
                        "a tensor of more than 64 dimensions");
      break;
    }
    tensor->variable |= size > INT64_MAX; // -1: nobody knows
    sizes[tensor->rank++] = size > INT64_MAX ? 0 : size;
  }
  crate_wire_leave(cursor, reading, end);
}

CrateStatus
crate_tensorflow_add(CrateModelReading *reading,
                     CrateTensor *tensor,
                     const uint64_t *sizes)
{
  uint64_t *const shape = crate_model_new_shape(reading, tensor->rank);
  if (tensor->rank && !shape) {
    return crate_arena_status(&reading->model->arena);
  }
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    shape[i] = sizes[i];
  }
  tensor->shape = shape;
  return tensor->dtype == CRATE_DTYPE_OTHER
           ? crate_model_refuse(
               reading, CRATE_MALFORMED,
               "tensor \"%.*s\" is of an unknown type",
               CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 200)))
           : crate_model_add_tensor(reading, tensor);
}

static bool
begins(CrateText head, uint64_t size)
{
  return size > 4 && crate_text_starts(head, CRATE_TEXT("\x08\x01\x12"));
}

static void
check(Saved *saved, CrateStatus status)
{
  if (status && !saved->cursor.status) {
    saved->cursor.status = status; // said already
  }
}

static CrateText
get_text(Saved *saved, const CrateWireField *field)
{
  return crate_wire_text(&saved->cursor, field, LONGEST_NAME);
}

static void
add_entry(Saved *saved, const char *key, const CrateWireField *field)
{
  const CrateText text = get_text(saved, field);
  if (!saved->cursor.status) {
    check(saved, crate_model_add_text(saved->reading, crate_text(key),
                                      CRATE_TEXT("string"), text));
  }
}

/// TensorProto: dtype = 1, tensor_shape = 2, tensor_content = 4.
static void
read_tensor(Saved *saved, const CrateWireField *message, CrateText name)
{
  CrateCursor *const cursor = &saved->cursor;
  CrateTensor tensor = {.name = name, .place = CRATE_TENSOR_ENCODED};
  uint64_t sizes[CRATE_MODEL_MOST_RANK] = {0};
  CrateWireField field;
  const uint64_t end = crate_wire_enter(cursor, saved->reading, message);
  while (crate_wire_next(cursor, &field)) {
    if (field.number == 1) {
      tensor.dtype = crate_tensorflow_dtype(field.value);
    } else if (crate_wire_is(&field, 2)) {
      crate_tensorflow_shape(cursor, saved->reading, &field, &tensor, sizes);
    } else if (crate_wire_is(&field, 4) && field.size) {
      tensor.place = CRATE_TENSOR_HERE;
      tensor.offset = field.offset;
      tensor.size = field.size;
    }
  }
  crate_wire_leave(cursor, saved->reading, end);
  if (cursor->status) {
    return;
  }
  if (!name.size || crate_map_get(&saved->reading->model->names, name, NULL)) {
    check(saved,
          crate_model_print(saved->reading, &tensor.name, "%.*s#%zu",
                            CRATE_TEXT_ARG(crate_text_slice(name, 0, 500)),
                            ++saved->unnamed));
  }
  if (!cursor->status) {
    check(saved, crate_tensorflow_add(saved->reading, &tensor, sizes));
  }
}

/// A map's entry { key = 1, value = 2 } of attributes: AttrValue: tensor = 8.
static void
read_attribute(Saved *saved, const CrateWireField *message, CrateText node)
{
  CrateCursor *const cursor = &saved->cursor;
  CrateWireField field;
  CrateWireField value;
  const uint64_t end = crate_wire_enter(cursor, saved->reading, message);
  while (crate_wire_next(cursor, &field)) {
    if (!crate_wire_is(&field, 2)) {
      continue;
    }
    const uint64_t outer = crate_wire_enter(cursor, saved->reading, &field);
    while (crate_wire_next(cursor, &value)) {
      if (crate_wire_is(&value, 8)) {
        read_tensor(saved, &value, node);
      }
    }
    crate_wire_leave(cursor, saved->reading, outer);
  }
  crate_wire_leave(cursor, saved->reading, end);
}

/// Operators that do more than arithmetic.
static void
judge_operator(Saved *saved, CrateText operator, CrateText node)
{
  static const struct {
    const char *name, *code, *words;
  } operators[] = {
    {"PyFunc", "python-operator", "calls a function of Python's"},
    {"PyFuncStateless", "python-operator", "calls a function of Python's"},
    {"EagerPyFunc", "python-operator", "calls a function of Python's"},
    {"ReadFile", "file-operator", "reads a file when it is used"},
    {"WriteFile", "file-operator", "writes a file when it is used"},
    {"MatchingFiles", "file-operator", "looks for files when it is used"},
    {"PrintV2", "file-operator", "prints, to a file perhaps"},
    {"DebugIdentityV3", "file-operator", "sends what it sees elsewhere"},
  };
  for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); ++i) {
    if (crate_text_is(operator, operators[i].name) &&
        !crate_map_get(&saved->told, operator, NULL)) {
      check(saved, crate_map_put(&saved->told, operator, 1));
      check(saved, crate_model_add_hazard(
                     saved->reading,
                     i < 5 ? CRATE_HAZARD_DANGER : CRATE_HAZARD_WARNING,
                     operators[i].code, node, "%s %s", operators[i].name,
                     operators[i].words));
    }
  }
}

/// NodeDef: name = 1, op = 2, attr = 5. Its name may come behind the rest.
static void
read_node(Saved *saved, const CrateWireField *message)
{
  CrateCursor *const cursor = &saved->cursor;
  CrateWireField field;
  CrateText name = {NULL, 0};
  CrateText operator= {NULL, 0};
  const uint64_t end = crate_wire_enter(cursor, saved->reading, message);
  while (crate_wire_next(cursor, &field)) {
    if (crate_wire_is(&field, 1)) {
      name = get_text(saved, &field);
    } else if (crate_wire_is(&field, 2)) {
      operator= get_text(saved, &field);
    } else if (crate_wire_is(&field, 5)) {
      read_attribute(saved, &field, name);
    }
  }
  judge_operator(saved, operator, name);
  crate_wire_leave(cursor, saved->reading, end);
}

/// A message of which some fields are read: each by its own function.
typedef struct {
  uint32_t number;
  void (*read)(Saved *saved, const CrateWireField *message);
} Part;

static void
read_parts(Saved *saved,
           const CrateWireField *message,
           const Part *parts,
           size_t count)
{
  CrateCursor *const cursor = &saved->cursor;
  CrateWireField field;
  const uint64_t end = crate_wire_enter(cursor, saved->reading, message);
  while (crate_wire_next(cursor, &field)) {
    for (size_t i = 0; i < count; ++i) {
      if (crate_wire_is(&field, parts[i].number)) {
        parts[i].read(saved, &field);
      }
    }
  }
  crate_wire_leave(cursor, saved->reading, end);
}

/// FunctionDef: node_def = 3.
static void
read_function(Saved *saved, const CrateWireField *message)
{
  static const Part parts[] = {{3, read_node}};
  read_parts(saved, message, parts, 1);
}

/// FunctionDefLibrary: function = 1.
static void
read_library(Saved *saved, const CrateWireField *message)
{
  static const Part parts[] = {{1, read_function}};
  read_parts(saved, message, parts, 1);
}

/// GraphDef: node = 1, library = 2.
static void
read_graph(Saved *saved, const CrateWireField *message)
{
  static const Part parts[] = {{1, read_node}, {2, read_library}};
  read_parts(saved, message, parts, 2);
}

static void
add_tag(Saved *saved, const CrateWireField *field)
{
  add_entry(saved, "tag", field);
}

static void
add_version(Saved *saved, const CrateWireField *field)
{
  add_entry(saved, "tensorflow_version", field);
}

/// MetaInfoDef: tags = 4, tensorflow_version = 5.
static void
read_info(Saved *saved, const CrateWireField *message)
{
  static const Part parts[] = {{4, add_tag}, {5, add_version}};
  read_parts(saved, message, parts, 2);
}

static void
add_signature(Saved *saved, const CrateWireField *field)
{
  add_entry(saved, "signature", field);
}

/// A map's entry: its key.
static void
read_signature(Saved *saved, const CrateWireField *message)
{
  static const Part parts[] = {{1, add_signature}};
  read_parts(saved, message, parts, 1);
}

static void
judge_asset(Saved *saved, const CrateWireField *field)
{
  const CrateText path = get_text(saved, field);
  if (saved->cursor.status) {
    return;
  }
  check(saved, crate_model_add_text(saved->reading, CRATE_TEXT("asset"),
                                    CRATE_TEXT("string"), path));
  if (crate_model_leads_out(path)) {
    check(saved, crate_model_add_hazard(
                   saved->reading, CRATE_HAZARD_DANGER, "external-data-outside",
                   path, "an asset outside of the model's folder"));
  }
}

/// AssetFileDef: filename = 2.
static void
read_asset(Saved *saved, const CrateWireField *message)
{
  static const Part parts[] = {{2, judge_asset}};
  read_parts(saved, message, parts, 1);
}

/// MetaGraphDef: meta_info_def = 1, graph_def = 2, signature_def = 5,
/// asset_file_def = 6.
static void
read_meta_graph(Saved *saved, const CrateWireField *message)
{
  static const Part parts[] = {
    {1, read_info}, {2, read_graph}, {5, read_signature}, {6, read_asset}};
  read_parts(saved, message, parts, 4);
}

/// A graph without anything around it, as TensorFlow 1 froze them.
static CrateStatus
read_frozen(Saved *saved)
{
  const CrateWireField whole = {.type = CRATE_WIRE_BYTES,
                                .size = saved->reading->source->size};
  CRATE_TRY(crate_model_print(saved->reading, &saved->reading->model->version,
                              "frozen graph"));
  read_graph(saved, &whole);
  return crate_cursor_status(&saved->cursor);
}

/// SavedModel: saved_model_schema_version = 1, meta_graphs = 2.
static CrateStatus
read_fields(Saved *saved)
{
  enum { NODE = 0x0A }; // the first field of a graph
  CrateWireField field;
  bool graphs = false;
  const unsigned char *const first = crate_cursor_peek(&saved->cursor, 1);
  if (first && *first == NODE) {
    return read_frozen(saved);
  }
  while (crate_wire_next(&saved->cursor, &field)) {
    if (field.number == 1 && field.type == CRATE_WIRE_VARINT) {
      check(saved,
            crate_model_print(saved->reading, &saved->reading->model->version,
                              "%" PRIu64, field.value));
    } else if (crate_wire_is(&field, 2)) {
      graphs = true;
      read_meta_graph(saved, &field);
    }
  }
  CRATE_TRY(crate_cursor_status(&saved->cursor));
  return graphs ? CRATE_OK
                : crate_model_refuse(saved->reading, CRATE_MALFORMED,
                                     "it is no SavedModel: it has no graph");
}

static CrateStatus
read_saved_model(CrateModelReading *reading)
{
  Saved saved = {.reading = reading};
  saved.cursor = crate_cursor_begin(reading, 0, UINT64_MAX);
  crate_map_init(&saved.told, reading->world);
  const CrateStatus st = read_fields(&saved);
  crate_map_clear(&saved.told);
  return st;
}

const CrateModelReader crate_model_saved_model = {
  {"saved-model", "TensorFlow's SavedModel, without its variables, and graphs",
   ".pb"},
  begins,
  read_saved_model,
};
