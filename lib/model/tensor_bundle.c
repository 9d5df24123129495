// SPDX-License-Identifier: Apache-2.0
// TensorFlow's variables: the index of a tensor bundle (tensor_bundle.proto), a
// table as LevelDB has them (doc/table_format.md) of names and entries. The
// bytes are in the files beside it.
#include "model/tensorflow.h"
#include <inttypes.h>

enum { FOOTER = 48, TRAILER = 5, MAGIC_AT = 40, MUCH = 1 << 16 };

/// Of a table, at its very end.
#define MAGIC 0xDB4775248B80FB57u

/// Bytes of a name that are kept: names share their beginnings.
#define LONGEST_NAME 4096u

typedef struct {
  CrateModelReading *reading;
  CrateCursor cursor;
  CrateText stem; ///< The file's name without folder and ".index".
  uint64_t shards;
  uint64_t names; ///< Bytes of them so far.
  bool big_endian, headed;
  char name[LONGEST_NAME];
  size_t name_size;
} Bundle;

/// A run of bytes of the file.
typedef struct {
  uint64_t at, size;
} Handle;

static Handle
get_handle(CrateCursor *cursor)
{
  Handle handle = {0, 0};
  handle.at = crate_wire_varint(cursor);
  handle.size = crate_wire_varint(cursor);
  return handle;
}

/// Where a block's entries are: before the restarts and their number.
static CrateStatus
open_block(Bundle *bundle, Handle handle, Handle *entries)
{
  CrateCursor *const cursor = &bundle->cursor;
  const uint64_t size = bundle->reading->source->size;
  if (handle.at > size || handle.size > size - handle.at ||
      handle.size + TRAILER > size - handle.at || handle.size < 4) {
    return crate_model_refuse(bundle->reading, CRATE_MALFORMED,
                              "a block of its table lies beyond the end");
  }
  cursor->end = size;
  cursor->at = handle.at + handle.size;
  if (crate_cursor_get8(cursor)) {
    return crate_model_refuse(bundle->reading, CRATE_UNSUPPORTED,
                              "a block of its table is packed, which indexes "
                              "of variables are not");
  }
  cursor->at = handle.at + handle.size - 4u;
  const uint64_t restarts = crate_cursor_get32(cursor);
  CRATE_TRY(crate_cursor_status(cursor));
  if (restarts > (handle.size - 4u) / 4u) {
    return crate_model_refuse(bundle->reading, CRATE_MALFORMED,
                              "a block of its table has more restarts than "
                              "bytes");
  }
  *entries = (Handle){handle.at, handle.size - 4u - restarts * 4u};
  return CRATE_OK;
}

/// The next entry of a block: its name is in the bundle, its value follows.
static bool
next_entry(Bundle *bundle, CrateWireField *value)
{
  CrateCursor *const cursor = &bundle->cursor;
  if (cursor->status || !crate_cursor_left(cursor)) {
    return false;
  }
  const uint64_t shared = crate_wire_varint(cursor);
  const uint64_t fresh = crate_wire_varint(cursor);
  value->size = crate_wire_varint(cursor);
  if (shared > bundle->name_size || fresh > LONGEST_NAME - shared) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "a name that shares more than there is, or is too long");
    return false;
  }
  const unsigned char *const bytes = crate_cursor_take(cursor, (size_t)fresh);
  if (bytes && fresh) {
    memcpy(bundle->name + shared, bytes, (size_t)fresh);
  }
  bundle->name_size = (size_t)(shared + fresh);
  value->offset = cursor->at;
  crate_cursor_skip(cursor, value->size);
  return !cursor->status;
}

/// BundleHeaderProto: num_shards = 1, endianness = 2.
static CrateStatus
read_header(Bundle *bundle, const CrateWireField *value)
{
  CrateCursor *const cursor = &bundle->cursor;
  CrateWireField field;
  const uint64_t end = crate_wire_enter(cursor, bundle->reading, value);
  while (crate_wire_next(cursor, &field)) {
    if (field.number == 1) {
      bundle->shards = field.value;
    } else if (field.number == 2) {
      bundle->big_endian = field.value == 1;
    }
  }
  crate_wire_leave(cursor, bundle->reading, end);
  bundle->headed = true;
  return crate_cursor_status(cursor);
}

/// BundleEntryProto: dtype = 1, shape = 2, shard_id = 3, offset = 4, size = 5,
/// slices = 7.
static CrateStatus
read_entry(Bundle *bundle, const CrateWireField *value)
{
  CrateCursor *const cursor = &bundle->cursor;
  CrateModelReading *const reading = bundle->reading;
  CrateTensor tensor = {.place = CRATE_TENSOR_ELSEWHERE,
                        .big_endian = bundle->big_endian};
  uint64_t sizes[CRATE_MODEL_MOST_RANK] = {0};
  uint64_t shard = 0;
  CrateWireField field;
  const uint64_t end = crate_wire_enter(cursor, reading, value);
  while (crate_wire_next(cursor, &field)) {
    if (field.number == 1) {
      tensor.dtype = crate_tensorflow_dtype(field.value);
    } else if (crate_wire_is(&field, 2)) {
      crate_tensorflow_shape(cursor, reading, &field, &tensor, sizes);
    } else if (field.number == 3) {
      shard = field.value;
    } else if (field.number == 4) {
      tensor.offset = field.value;
    } else if (field.number == 5) {
      tensor.size = field.value;
    } else if (field.number == 7) {
      tensor.place = CRATE_TENSOR_ENCODED; // in slices, each an entry
    }
  }
  crate_wire_leave(cursor, reading, end);
  CRATE_TRY(crate_cursor_status(cursor));
  CRATE_TRY(crate_arena_copy(&reading->model->arena,
                             (CrateText){bundle->name, bundle->name_size},
                             &tensor.name));
  CRATE_TRY(crate_model_print(
    reading, &tensor.member, "%.*s.data-%05" PRIu64 "-of-%05" PRIu64,
    CRATE_TEXT_ARG(bundle->stem), shard, bundle->shards));
  return crate_tensorflow_add(reading, &tensor, sizes);
}

/// The first entry has no name and is the header.
static CrateStatus
read_block(Bundle *bundle, Handle handle)
{
  CrateCursor *const cursor = &bundle->cursor;
  Handle entries = {0, 0};
  CrateWireField value = {.type = CRATE_WIRE_BYTES};
  CRATE_TRY(open_block(bundle, handle, &entries));
  cursor->at = entries.at;
  cursor->end = entries.at + entries.size;
  bundle->name_size = 0;
  while (next_entry(bundle, &value)) {
    bundle->names += bundle->name_size;
    if (bundle->names / 64u > bundle->reading->source->size + MUCH) {
      return crate_model_refuse(bundle->reading, CRATE_OVER_LIMIT,
                                "its names take too much memory");
    }
    CRATE_TRY(!bundle->name_size ? read_header(bundle, &value)
                                 : read_entry(bundle, &value));
  }
  return crate_cursor_status(cursor);
}

/// Blocks are in the order of the file, and share no bytes.
static CrateStatus
read_blocks(Bundle *bundle, Handle index)
{
  CrateCursor *const cursor = &bundle->cursor;
  Handle entries = {0, 0};
  uint64_t behind = 0;
  CrateWireField value;
  CRATE_TRY(open_block(bundle, index, &entries));
  for (uint64_t at = entries.at; at < entries.at + entries.size;) {
    cursor->at = at;
    cursor->end = entries.at + entries.size;
    bundle->name_size = LONGEST_NAME; // whatever names of the index share
    if (!next_entry(bundle, &value)) {
      break;
    }
    at = cursor->at;
    cursor->at = value.offset;
    const Handle block = get_handle(cursor);
    CRATE_TRY(crate_cursor_status(cursor));
    if (block.at < behind) {
      return crate_model_refuse(bundle->reading, CRATE_MALFORMED,
                                "blocks of its table share bytes");
    }
    behind = block.at + block.size;
    CRATE_TRY(read_block(bundle, block));
  }
  return crate_cursor_status(cursor);
}

static CrateStatus
read_bundle(CrateModelReading *reading)
{
  Bundle bundle = {.reading = reading};
  const uint64_t size = reading->source->size;
  const CrateText path = reading->name;
  size_t start = path.size;
  while (start && path.data[start - 1u] != '/') {
    --start;
  }
  bundle.stem = crate_text_slice(path, start, path.size);
  if (crate_text_ends(bundle.stem, CRATE_TEXT(".index"))) {
    bundle.stem.size -= strlen(".index");
  }
  bundle.cursor =
    crate_cursor_begin(reading, size < FOOTER ? size : size - FOOTER, size);
  CrateCursor *const cursor = &bundle.cursor;
  (void)get_handle(cursor); // of the metaindex
  const Handle index = get_handle(cursor);
  cursor->at = size < 8 ? size : size - (FOOTER - MAGIC_AT);
  const uint64_t magic = crate_cursor_get64(cursor);
  CRATE_TRY(crate_cursor_status(cursor));
  if (magic != MAGIC) {
    return crate_model_refuse(reading, CRATE_MALFORMED,
                              "it is no index of variables: its last bytes "
                              "are not those of a table");
  }
  CRATE_TRY(read_blocks(&bundle, index));
  return bundle.headed ? CRATE_OK
                       : crate_model_refuse(reading, CRATE_MALFORMED,
                                            "its table has no header");
}

const CrateModelReader crate_model_tensor_bundle = {
  {"tensor-bundle", "TensorFlow's index of variables and checkpoints",
   ".index"},
  NULL,
  read_bundle,
};
