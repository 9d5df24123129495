// SPDX-License-Identifier: Apache-2.0
// HDF5's messages (IV.A.2), and the trees of names that groups of old are
// (III.A, III.B, III.D).
#include "model/hdf5.h"
#include <inttypes.h>

/// Bytes of a name that are kept.
#define LONGEST_NAME 4096u

static void
not_known(CrateHdf5 *hdf5)
{
  crate_cursor_fail(&hdf5->cursor, CRATE_UNSUPPORTED,
                    "a version of a message that is not known");
}

void
crate_hdf5_space(CrateHdf5 *hdf5, uint64_t *shape, uint32_t *rank)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const unsigned version = crate_cursor_get8(cursor);
  *rank = crate_cursor_get8(cursor);
  if (version != 1 && version != 2) {
    not_known(hdf5);
  }
  crate_cursor_skip(cursor, version == 1 ? 6 : 1); // flags, and what is unused
  const uint8_t kind = version == 2 ? crate_cursor_get8(cursor) : 0;
  if (*rank > CRATE_MODEL_MOST_RANK) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "more dimensions than 64");
  }
  if (kind == 2 && !*rank) { // a null space: nothing at all
    *rank = 1;
    shape[0] = 0;
    return;
  }
  for (uint32_t i = 0; i < *rank && !cursor->status; ++i) {
    shape[i] = crate_hdf5_length(hdf5);
  }
}

/// 0x0006, a member of a group.
static void
read_link(CrateHdf5 *hdf5, CrateHdf5Object *object)
{
  enum { KIND = 8, ORDER = 4, CHARSET = 16, HARD = 0, EXTERNAL = 64 };
  CrateCursor *const cursor = &hdf5->cursor;
  if (crate_cursor_get8(cursor) != 1) {
    not_known(hdf5);
  }
  const uint8_t flags = crate_cursor_get8(cursor);
  const uint8_t kind = flags & KIND ? crate_cursor_get8(cursor) : HARD;
  crate_cursor_skip(cursor,
                    (flags & ORDER ? 8u : 0u) + (flags & CHARSET ? 1u : 0u));
  const unsigned width = flags & 3u;
  const uint64_t size = width == 0   ? crate_cursor_get8(cursor)
                        : width == 1 ? crate_cursor_get16(cursor)
                        : width == 2 ? crate_cursor_get32(cursor)
                                     : crate_cursor_get64(cursor);
  const CrateText name = crate_cursor_text(cursor, size, LONGEST_NAME);
  if (kind == HARD) {
    const uint64_t address = crate_hdf5_offset(hdf5);
    crate_hdf5_link(hdf5, object, name, address);
  } else {
    crate_hdf5_refuse_link(hdf5, object, name, kind >= EXTERNAL);
  }
}

/// 0x0002: members in a heap of their own, when there are many.
static void
read_link_info(CrateHdf5 *hdf5, const CrateHdf5Object *object)
{
  CrateCursor *const cursor = &hdf5->cursor;
  if (crate_cursor_get8(cursor)) {
    not_known(hdf5);
  }
  crate_cursor_skip(cursor, crate_cursor_get8(cursor) & 1u ? 8 : 0);
  if (crate_hdf5_offset(hdf5) != CRATE_HDF5_UNSET && !cursor->status) {
    cursor->status = crate_model_add_hazard(
      hdf5->reading, CRATE_HAZARD_NOTE, "not-read", object->name,
      "a group of many members, in a way that is not read");
  }
}

/// 0x0008, versions 1 and 2.
static void
read_old_layout(CrateHdf5 *hdf5, CrateHdf5Object *object)
{
  enum { COMPACT, CONTIGUOUS, CHUNKED };
  CrateCursor *const cursor = &hdf5->cursor;
  const unsigned rank = crate_cursor_get8(cursor);
  const unsigned class = crate_cursor_get8(cursor);
  crate_cursor_skip(cursor, 5);
  object->place = CRATE_TENSOR_ENCODED;
  if (class != CONTIGUOUS) {
    return;
  }
  object->data = crate_hdf5_offset(hdf5);
  object->size = 1;
  for (unsigned i = 0; i < rank && !cursor->status; ++i) {
    const uint64_t by = crate_cursor_get32(cursor);
    object->size =
      by && object->size > UINT64_MAX / by ? UINT64_MAX : object->size * by;
  }
  // The last of the dimensions may be the size of an element, or not be there.
  object->place = CRATE_TENSOR_HERE;
}

/// 0x0008: where the elements are.
static void
read_layout(CrateHdf5 *hdf5, CrateHdf5Object *object)
{
  enum { COMPACT, CONTIGUOUS, CHUNKED, VIRTUAL };
  CrateCursor *const cursor = &hdf5->cursor;
  const unsigned version = crate_cursor_get8(cursor);
  object->has_layout = true;
  if (version == 1 || version == 2) {
    read_old_layout(hdf5, object);
    return;
  }
  if (version != 3 && version != 4) {
    not_known(hdf5);
    return;
  }
  const unsigned class = crate_cursor_get8(cursor);
  if (class == VIRTUAL) {
    crate_hdf5_refuse_link(hdf5, object, object->name, true);
  } else if (class == CONTIGUOUS) {
    object->data = crate_hdf5_offset(hdf5);
    object->size = crate_hdf5_length(hdf5);
    object->place = object->data == CRATE_HDF5_UNSET ? CRATE_TENSOR_ABSENT
                                                     : CRATE_TENSOR_HERE;
  } else if (class == COMPACT) {
    object->size = crate_cursor_get16(cursor);
    object->data = cursor->at - hdf5->base;
    object->place = CRATE_TENSOR_HERE;
  } else {
    object->place = CRATE_TENSOR_ENCODED; // in chunks, perhaps packed
  }
}

/// A type or space that another object holds is not looked for.
static void
read_shared(unsigned type, CrateHdf5Object *object)
{
  enum { TYPE = 3 };
  if (type == TYPE) {
    object->type = (CrateHdf5Type){.dtype = CRATE_DTYPE_OTHER, .known = true};
  }
}

void
crate_hdf5_message(CrateHdf5 *hdf5,
                   unsigned type,
                   bool shared,
                   CrateHdf5Object *object)
{
  if (shared) {
    read_shared(type, object);
    return;
  }
  switch (type) {
    case 0x01:
      crate_hdf5_space(hdf5, object->shape, &object->rank);
      object->has_space = true;
      break;
    case 0x02:
      read_link_info(hdf5, object);
      break;
    case 0x03:
      crate_hdf5_type(hdf5, &object->type);
      break;
    case 0x06:
      read_link(hdf5, object);
      break;
    case 0x07: // external data files
      crate_hdf5_refuse_link(hdf5, object, object->name, true);
      break;
    case 0x08:
      read_layout(hdf5, object);
      break;
    case 0x0B: // filters: what is in one piece is not packed
      break;
    case 0x0C:
      crate_hdf5_attribute(hdf5, object);
      break;
    case 0x11: // symbol table
      object->tree = crate_hdf5_offset(hdf5);
      object->heap = crate_hdf5_offset(hdf5);
      break;
    default:
      break;
  }
}

/// A heap of names: III.D.
typedef struct {
  uint64_t at, size;
} Heap;

static Heap
open_heap(CrateHdf5 *hdf5, uint64_t address)
{
  Heap heap = {0, 0};
  crate_hdf5_go(hdf5, address);
  crate_hdf5_expect(hdf5, "HEAP");
  crate_cursor_skip(&hdf5->cursor, 4);
  heap.size = crate_hdf5_length(hdf5);
  (void)crate_hdf5_length(hdf5); // what is free
  heap.at = crate_hdf5_offset(hdf5);
  return heap;
}

/// A text of the heap, up to a NUL.
static CrateText
get_name(CrateHdf5 *hdf5, const Heap *heap, uint64_t offset)
{
  CrateCursor *const cursor = &hdf5->cursor;
  const uint64_t left = offset < heap->size ? heap->size - offset : 0;
  crate_hdf5_go(hdf5, heap->at);
  crate_cursor_skip(cursor, left ? offset : UINT64_MAX);
  size_t size = left < LONGEST_NAME ? (size_t)left : LONGEST_NAME;
  if (!cursor->status && size > crate_cursor_left(cursor)) {
    size = (size_t)crate_cursor_left(cursor);
  }
  const char *const bytes = (const char *)crate_cursor_peek(cursor, size);
  const size_t length = bytes ? strnlen(bytes, size) : 0;
  crate_hdf5_spend(hdf5, length / 64u);
  return crate_cursor_text(cursor, length, SIZE_MAX);
}

/// A node of symbols: III.B, III.C.
static void
read_symbols(CrateHdf5 *hdf5,
             CrateHdf5Object *object,
             const Heap *heap,
             uint64_t address)
{
  enum { SOFT = 2 };
  CrateCursor *const cursor = &hdf5->cursor;
  crate_hdf5_go(hdf5, address);
  crate_hdf5_expect(hdf5, "SNOD");
  crate_cursor_skip(cursor, 2);
  const unsigned count = crate_cursor_get16(cursor);
  crate_hdf5_spend(hdf5, (uint64_t)count * 16u);
  for (unsigned i = 0; i < count && !cursor->status; ++i) {
    const uint64_t offset = crate_hdf5_offset(hdf5);
    const uint64_t header = crate_hdf5_offset(hdf5);
    const uint32_t kind = crate_cursor_get32(cursor);
    crate_cursor_skip(cursor, 20);
    const uint64_t next = cursor->at - hdf5->base;
    const CrateText name = get_name(hdf5, heap, offset);
    if (kind == SOFT) {
      crate_hdf5_refuse_link(hdf5, object, name, false);
    } else {
      crate_hdf5_link(hdf5, object, name, header);
    }
    crate_hdf5_go(hdf5, next);
  }
}

/// A node of the tree: III.A.1. Levels go down, so it ends.
static void
read_tree(CrateHdf5 *hdf5,
          CrateHdf5Object *object,
          const Heap *heap,
          uint64_t address,
          unsigned above)
{
  CrateCursor *const cursor = &hdf5->cursor;
  crate_hdf5_go(hdf5, address);
  crate_hdf5_expect(hdf5, "TREE");
  const unsigned type = crate_cursor_get8(cursor);
  const unsigned level = crate_cursor_get8(cursor);
  const unsigned count = crate_cursor_get16(cursor);
  crate_hdf5_spend(hdf5, 8u + (uint64_t)count * 8u);
  if (type || level >= above) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "a node of a tree that is not in its place");
  }
  (void)crate_hdf5_offset(hdf5); // its neighbours
  (void)crate_hdf5_offset(hdf5);
  for (unsigned i = 0; i < count && !cursor->status; ++i) {
    (void)crate_hdf5_length(hdf5); // a key
    const uint64_t child = crate_hdf5_offset(hdf5);
    const uint64_t next = cursor->at - hdf5->base;
    if (level) {
      read_tree(hdf5, object, heap, child, level);
    } else {
      read_symbols(hdf5, object, heap, child);
    }
    crate_hdf5_go(hdf5, next);
  }
}

void
crate_hdf5_tree(CrateHdf5 *hdf5, CrateHdf5Object *object)
{
  enum { HIGHEST = 64 };
  const Heap heap = open_heap(hdf5, object->heap);
  if (!hdf5->cursor.status) {
    read_tree(hdf5, object, &heap, object->tree, HIGHEST);
  }
}
