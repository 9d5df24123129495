// SPDX-License-Identifier: Apache-2.0
// HDF5 File Format Specification, version 3: the superblock (II), object
// headers (IV.A) and the way from group to group. What leads out of the file is
// refused.
#include "model/hdf5.h"
#include "model/keras.h"
#include <inttypes.h>

#define SIGNATURE "\x89HDF\r\n\x1A\n"

/// Pieces of one object's header.
#define MOST_CHUNKS 256u

uint64_t
crate_hdf5_offset(CrateHdf5 *hdf5)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const uint64_t value = hdf5->offset_size == 8 ? crate_cursor_get64(cursor)
                                                : crate_cursor_get32(cursor);
  return hdf5->offset_size == 4 && value == UINT32_MAX ? CRATE_HDF5_UNSET
                                                       : value;
}

uint64_t
crate_hdf5_length(CrateHdf5 *hdf5)
{
  return hdf5->length_size == 8 ? crate_cursor_get64(&hdf5->cursor)
                                : crate_cursor_get32(&hdf5->cursor);
}

void
crate_hdf5_go(CrateHdf5 *hdf5, uint64_t address)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const uint64_t size = hdf5->reading->source->size;
  if (address > size || hdf5->base > size - address) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "an address that is beyond the file's end");
  }
  if (!cursor->status) {
    cursor->end = size;
    cursor->at = hdf5->base + address;
  }
}

void
crate_hdf5_expect(CrateHdf5 *hdf5, const char *signature)
{
  const unsigned char *const bytes = crate_cursor_peek(&hdf5->cursor, 4);
  if (bytes && memcmp(bytes, signature, 4) != 0) {
    crate_cursor_fail(&hdf5->cursor, CRATE_MALFORMED,
                      "a structure without its signature");
  }
  crate_cursor_skip(&hdf5->cursor, 4);
}

void
crate_hdf5_spend(CrateHdf5 *hdf5, uint64_t count)
{
  // What several names refer to is looked at several times.
  const uint64_t most = hdf5->reading->source->size * 4u;
  if (count > most || hdf5->spent > most - count) {
    crate_cursor_fail(&hdf5->cursor, CRATE_MALFORMED,
                      "more entries than there is room for in the file");
    return;
  }
  hdf5->spent += count;
}

void
crate_hdf5_link(CrateHdf5 *hdf5,
                CrateHdf5Object *object,
                CrateText name,
                uint64_t address)
{
  CrateArena *const arena = &hdf5->reading->model->arena;
  CrateHdf5Link *const link =
    (CrateHdf5Link *)crate_arena_array(arena, 1, sizeof(*link));
  if (!link) {
    hdf5->cursor.status =
      hdf5->cursor.status ? hdf5->cursor.status : crate_arena_status(arena);
    return;
  }
  *link = (CrateHdf5Link){NULL, name, address};
  *(object->last ? &object->last->next : &object->links) = link;
  object->last = link;
}

void
crate_hdf5_refuse_link(CrateHdf5 *hdf5,
                       const CrateHdf5Object *object,
                       CrateText name,
                       bool outside)
{
  CrateCursor *const cursor = &hdf5->cursor;
  if (cursor->status) {
    return;
  }
  const CrateText place = object->name.size ? object->name : name;
  cursor->status = crate_model_add_hazard(
    hdf5->reading, outside ? CRATE_HAZARD_DANGER : CRATE_HAZARD_WARNING,
    outside ? "external-data-outside" : "link", place,
    outside ? "\"%.*s\" is in another file, which whoever loads it would open"
            : "\"%.*s\" is a link to a path, which is not followed",
    CRATE_TEXT_ARG(crate_text_slice(name, 0, 200)));
  if (outside) {
    crate_cursor_fail(cursor, CRATE_UNSUPPORTED,
                      "data that are in another file");
  }
}

/// A run of messages in a header: where, and how long.
typedef struct {
  uint64_t at, size;
} Chunk;

typedef struct {
  CrateHdf5 *hdf5;
  CrateHdf5Object *object;
  bool second; ///< A header of version 2.
  bool ordered;
  Chunk chunks[MOST_CHUNKS];
  size_t count;
} Header;

static void
add_chunk(Header *header, uint64_t at, uint64_t size)
{
  CrateHdf5 *const hdf5 = header->hdf5;
  if (header->count == MOST_CHUNKS) {
    crate_cursor_fail(&hdf5->cursor, CRATE_OVER_LIMIT,
                      "a header in more than 256 pieces");
    return;
  }
  header->chunks[header->count++] = (Chunk){at, size};
}

/// 0x0010: the header goes on elsewhere.
static void
read_continuation(Header *header)
{
  CrateHdf5 *const hdf5 = header->hdf5;
  const uint64_t at = crate_hdf5_offset(hdf5);
  const uint64_t size = crate_hdf5_length(hdf5);
  // Of version 2 it begins with a signature and ends with a checksum.
  if (header->second && size < 8) {
    crate_cursor_fail(&hdf5->cursor, CRATE_MALFORMED,
                      "a piece of a header that is too short");
  }
  add_chunk(header, header->second ? at + 4u : at,
            header->second ? size - 8u : size);
}

static void
read_messages(Header *header, Chunk chunk)
{
  enum { CONTINUATION = 0x10, SHARED = 2 };
  CrateHdf5 *const hdf5 = header->hdf5;
  CrateCursor *const cursor = &hdf5->cursor;
  const unsigned head = header->second ? 4u + 2u * header->ordered : 8u;
  crate_hdf5_go(hdf5, chunk.at);
  if (!cursor->status && chunk.size > crate_cursor_left(cursor)) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "a header that ends early");
  }
  const uint64_t end = cursor->at + chunk.size;
  while (!cursor->status && end - cursor->at >= head) {
    cursor->end = end;
    const unsigned type =
      header->second ? crate_cursor_get8(cursor) : crate_cursor_get16(cursor);
    const uint16_t size = crate_cursor_get16(cursor);
    const uint8_t flags = crate_cursor_get8(cursor);
    crate_cursor_skip(cursor, head - (header->second ? 4u : 5u));
    if (size > crate_cursor_left(cursor)) {
      crate_cursor_fail(cursor, CRATE_MALFORMED,
                        "a message that is longer than its header");
      break;
    }
    const uint64_t next = cursor->at + size;
    cursor->end = next;
    crate_hdf5_spend(hdf5, (uint64_t)head + size);
    if (type == CONTINUATION) {
      read_continuation(header);
    } else if (!cursor->status) {
      crate_hdf5_message(hdf5, type, flags & SHARED, header->object);
    }
    cursor->at = cursor->status ? cursor->at : next;
  }
}

/// IV.A.1.b: after the signature and version.
static void
read_second_head(Header *header)
{
  enum { TIMES = 0x20, PHASES = 0x10, ORDERED = 0x04 };
  CrateHdf5 *const hdf5 = header->hdf5;
  CrateCursor *const cursor = &hdf5->cursor;
  crate_cursor_skip(cursor, 4);
  if (crate_cursor_get8(cursor) != 2) {
    crate_cursor_fail(cursor, CRATE_UNSUPPORTED,
                      "a version of a header that is not known");
  }
  const uint8_t flags = crate_cursor_get8(cursor);
  crate_cursor_skip(cursor,
                    (flags & TIMES ? 16u : 0u) + (flags & PHASES ? 4u : 0u));
  const unsigned width = flags & 3u;
  const uint64_t size = width == 0   ? crate_cursor_get8(cursor)
                        : width == 1 ? crate_cursor_get16(cursor)
                        : width == 2 ? crate_cursor_get32(cursor)
                                     : crate_cursor_get64(cursor);
  header->second = true;
  header->ordered = flags & ORDERED;
  add_chunk(header, cursor->at - hdf5->base, size);
}

/// IV.A.1.a.
static void
read_first_head(Header *header)
{
  CrateHdf5 *const hdf5 = header->hdf5;
  CrateCursor *const cursor = &hdf5->cursor;
  if (crate_cursor_get8(cursor) != 1) {
    crate_cursor_fail(cursor, CRATE_UNSUPPORTED,
                      "a version of a header that is not known");
  }
  crate_cursor_skip(cursor, 7);
  const uint32_t size = crate_cursor_get32(cursor);
  crate_cursor_skip(cursor, 4); // to the next multiple of 8
  add_chunk(header, cursor->at - hdf5->base, size);
}

CrateStatus
crate_hdf5_object(CrateHdf5 *hdf5, uint64_t address, CrateHdf5Object *out)
{
  CrateCursor *const cursor = &hdf5->cursor;
  Header header;
  header.hdf5 = hdf5;
  header.object = out;
  header.second = header.ordered = false;
  header.count = 0;
  crate_hdf5_go(hdf5, address);
  const unsigned char *const bytes = crate_cursor_peek(cursor, 4);
  if (bytes && !memcmp(bytes, "OHDR", 4)) {
    read_second_head(&header);
  } else if (bytes) {
    read_first_head(&header);
  }
  for (size_t i = 0; i < header.count && !cursor->status; ++i) {
    read_messages(&header, header.chunks[i]);
  }
  return crate_cursor_status(cursor);
}

static CrateStatus
add_dataset(CrateHdf5 *hdf5, const CrateHdf5Object *object)
{
  CrateModelReading *const reading = hdf5->reading;
  const uint64_t ratio = reading->world->limits.archive_ratio;
  const uint64_t file = reading->source->size;
  CrateTensor tensor = {.name = object->name,
                        .dtype = object->type.dtype,
                        .big_endian = object->type.big_endian,
                        .place = object->place,
                        .rank = object->rank};
  uint64_t *const shape = crate_model_new_shape(reading, object->rank);
  uint64_t size = object->type.size;
  if (object->rank && !shape) {
    return crate_arena_status(&reading->model->arena);
  }
  for (uint32_t i = 0; i < object->rank; ++i) {
    const uint64_t by = object->shape[i];
    shape[i] = by;
    size = by && size > UINT64_MAX / by ? UINT64_MAX : size * by;
  }
  if (size > file &&
      (size - file) / (ratio ? ratio : 1u) > file + (1u << 20u)) {
    return crate_model_refuse(
      reading, CRATE_OVER_LIMIT,
      "\"%.*s\" has %" PRIu64 " bytes by its shape, and the file has %" PRIu64,
      CRATE_TEXT_ARG(crate_text_slice(object->name, 0, 200)), size, file);
  }
  tensor.shape = shape;
  if (object->type.text) {
    CRATE_TRY(crate_model_print(reading, &tensor.descr, "|S%" PRIu32,
                                object->type.size));
  }
  if (tensor.dtype == CRATE_DTYPE_STRING ||
      tensor.dtype == CRATE_DTYPE_OBJECT) {
    tensor.place = CRATE_TENSOR_ENCODED; // where they are in a heap
  }
  if (tensor.place == CRATE_TENSOR_HERE) {
    tensor.offset = hdf5->base + object->data;
    tensor.size = object->size;
    if (object->size != size || object->data > file) {
      return crate_model_refuse(
        reading, CRATE_MALFORMED,
        "\"%.*s\" has %" PRIu64 " bytes, but its shape and type make %" PRIu64,
        CRATE_TEXT_ARG(crate_text_slice(object->name, 0, 200)), object->size,
        size);
    }
  }
  return crate_model_add_tensor(reading, &tensor);
}

static CrateStatus visit(CrateHdf5 *hdf5, uint64_t address, CrateText name);

static CrateStatus
visit_links(CrateHdf5 *hdf5, const CrateHdf5Object *object)
{
  CrateArena *const arena = &hdf5->reading->model->arena;
  for (const CrateHdf5Link *link = object->links; link; link = link->next) {
    const CrateText parts[] = {object->name, CRATE_TEXT("/"), link->name};
    const bool root = !object->name.size;
    CrateText name = {NULL, 0};
    CRATE_TRY(
      crate_arena_join(arena, root ? parts + 2 : parts, root ? 1 : 3, &name));
    crate_hdf5_spend(hdf5, name.size / 64u);
    CRATE_TRY(crate_cursor_status(&hdf5->cursor));
    CRATE_TRY(visit(hdf5, link->address, name));
  }
  return CRATE_OK;
}

/// A group is visited once; one that is in itself is refused.
static CrateStatus
visit_group(CrateHdf5 *hdf5, uint64_t address, CrateHdf5Object *object)
{
  enum { OPEN = 1, DONE = 2 };
  CrateModelReading *const reading = hdf5->reading;
  const CrateText bytes = {(const char *)&address, sizeof(address)};
  CrateText key = {NULL, 0};
  uintptr_t state = 0;
  CRATE_TRY(crate_arena_copy(&reading->model->arena, bytes, &key));
  if (crate_map_get(&hdf5->groups, key, &state)) {
    return state == DONE
             ? CRATE_OK
             : crate_model_refuse(
                 reading, CRATE_MALFORMED, "the group \"%.*s\" is in itself",
                 CRATE_TEXT_ARG(crate_text_slice(object->name, 0, 200)));
  }
  CRATE_TRY(crate_map_put(&hdf5->groups, key, OPEN));
  if (object->tree != CRATE_HDF5_UNSET) {
    crate_hdf5_tree(hdf5, object);
    CRATE_TRY(crate_cursor_status(&hdf5->cursor));
  }
  CRATE_TRY(visit_links(hdf5, object));
  return crate_map_put(&hdf5->groups, key, DONE);
}

static CrateStatus
visit(CrateHdf5 *hdf5, uint64_t address, CrateText name)
{
  CrateModelReading *const reading = hdf5->reading;
  CrateHdf5Object object = {.name = name,
                            .tree = CRATE_HDF5_UNSET,
                            .data = CRATE_HDF5_UNSET,
                            .place = CRATE_TENSOR_ABSENT};
  if (reading->depth >= reading->world->limits.depth / 8u) { // of the stack
    return crate_model_refuse(reading, CRATE_OVER_LIMIT,
                              "groups are too deep in one another");
  }
  ++reading->depth;
  CRATE_TRY(crate_hdf5_object(hdf5, address, &object));
  CRATE_TRY(object.has_layout && object.has_space && object.type.known
              ? add_dataset(hdf5, &object)
              : visit_group(hdf5, address, &object));
  --reading->depth;
  return CRATE_OK;
}

static void
check_sizes(CrateHdf5 *hdf5)
{
  if ((hdf5->offset_size != 4 && hdf5->offset_size != 8) ||
      (hdf5->length_size != 4 && hdf5->length_size != 8)) {
    crate_cursor_fail(&hdf5->cursor, CRATE_UNSUPPORTED,
                      "addresses of other than 4 or 8 bytes");
  }
}

/// II: where the root group's header is.
static uint64_t
read_superblock(CrateHdf5 *hdf5, unsigned version)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const bool old = version < 2;
  crate_cursor_skip(cursor, old ? 4 : 0);
  hdf5->offset_size = crate_cursor_get8(cursor);
  hdf5->length_size = crate_cursor_get8(cursor);
  check_sizes(hdf5);
  crate_cursor_skip(cursor, version == 0 ? 9 : version == 1 ? 13 : 1);
  hdf5->base = crate_hdf5_offset(hdf5);
  (void)crate_hdf5_offset(hdf5); // free space, or an extension
  const uint64_t end = crate_hdf5_offset(hdf5);
  if (end > hdf5->reading->source->size) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "an end of the file that is behind its last byte");
  }
  if (old) {
    (void)crate_hdf5_offset(hdf5); // driver
    (void)crate_hdf5_offset(hdf5); // name of the root
  }
  return crate_hdf5_offset(hdf5);
}

static bool
begins(CrateText head, uint64_t size)
{
  (void)size;
  return crate_text_starts(head, CRATE_TEXT(SIGNATURE)) ||
         crate_text_equal(crate_text_slice(head, 512, 520),
                          CRATE_TEXT(SIGNATURE));
}

static CrateStatus
read_all(CrateHdf5 *hdf5)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const unsigned char *bytes = crate_cursor_peek(cursor, 8);
  if (bytes && memcmp(bytes, SIGNATURE, 8) != 0) {
    crate_cursor_skip(cursor, 512); // behind a user's block
    bytes = crate_cursor_peek(cursor, 8);
  }
  if (bytes && memcmp(bytes, SIGNATURE, 8) != 0) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "no signature of HDF5");
  }
  crate_cursor_skip(cursor, 8);
  const unsigned version = crate_cursor_get8(cursor);
  if (version > 3) {
    crate_cursor_fail(cursor, CRATE_UNSUPPORTED,
                      "a version of the superblock that is not known");
  }
  const uint64_t root = read_superblock(hdf5, version);
  CRATE_TRY(crate_cursor_status(cursor));
  if (!hdf5->reading->model->version.size) {
    CRATE_TRY(crate_model_print(hdf5->reading, &hdf5->reading->model->version,
                                "superblock %u", version));
  }
  CRATE_TRY(visit(hdf5, root, (CrateText){NULL, 0}));
  return crate_keras_judge_entries(hdf5->reading);
}

static CrateStatus
read_hdf5(CrateModelReading *reading)
{
  CrateHdf5 hdf5 = {.reading = reading};
  hdf5.cursor = crate_cursor_begin(reading, 0, UINT64_MAX);
  crate_map_init(&hdf5.groups, reading->world);
  const CrateStatus st = read_all(&hdf5);
  crate_map_clear(&hdf5.groups);
  return st;
}

const CrateModelReader crate_model_hdf5 = {
  {"hdf5", "HDF5, as Keras 2 writes it", ".h5 .hdf5 .hdf"},
  begins,
  read_hdf5,
};
