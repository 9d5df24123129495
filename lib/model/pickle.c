// SPDX-License-Identifier: Apache-2.0
// Streams of opcodes: Lib/pickletools.py of CPython describes each. The table
// says what follows an opcode, the machine what it does to the stack.
#include "model/pickle_machine.h"
#include <inttypes.h>
#include <stdlib.h>

/// What follows an opcode.
typedef enum {
  UNKNOWN, // no opcode
  NOTHING,
  UNSIGNED, // of `size` bytes
  SIGNED,
  FRACTION, // 8 bytes
  COUNTED,  // `size` bytes say how many follow
  LINE,     // up to a newline
  TWO_LINES,
} Argument;

static const struct {
  uint8_t argument, size;
} opcodes[256] = {
  ['('] = {NOTHING, 0},   ['.'] = {NOTHING, 0},   ['0'] = {NOTHING, 0},
  ['1'] = {NOTHING, 0},   ['2'] = {NOTHING, 0},   ['F'] = {LINE, 0},
  ['I'] = {LINE, 0},      ['J'] = {SIGNED, 4},    ['K'] = {UNSIGNED, 1},
  ['L'] = {LINE, 0},      ['M'] = {UNSIGNED, 2},  ['N'] = {NOTHING, 0},
  ['P'] = {LINE, 0},      ['Q'] = {NOTHING, 0},   ['R'] = {NOTHING, 0},
  ['S'] = {LINE, 0},      ['T'] = {COUNTED, 4},   ['U'] = {COUNTED, 1},
  ['V'] = {LINE, 0},      ['X'] = {COUNTED, 4},   ['a'] = {NOTHING, 0},
  ['b'] = {NOTHING, 0},   ['c'] = {TWO_LINES, 0}, ['d'] = {NOTHING, 0},
  ['}'] = {NOTHING, 0},   ['e'] = {NOTHING, 0},   ['g'] = {LINE, 0},
  ['h'] = {UNSIGNED, 1},  ['i'] = {TWO_LINES, 0}, ['j'] = {UNSIGNED, 4},
  ['l'] = {NOTHING, 0},   [']'] = {NOTHING, 0},   ['o'] = {NOTHING, 0},
  ['p'] = {LINE, 0},      ['q'] = {UNSIGNED, 1},  ['r'] = {UNSIGNED, 4},
  ['s'] = {NOTHING, 0},   ['t'] = {NOTHING, 0},   [')'] = {NOTHING, 0},
  ['u'] = {NOTHING, 0},   ['G'] = {FRACTION, 8},  ['B'] = {COUNTED, 4},
  ['C'] = {COUNTED, 1},   [0x80] = {UNSIGNED, 1}, [0x81] = {NOTHING, 0},
  [0x82] = {UNSIGNED, 1}, [0x83] = {UNSIGNED, 2}, [0x84] = {SIGNED, 4},
  [0x85] = {NOTHING, 0},  [0x86] = {NOTHING, 0},  [0x87] = {NOTHING, 0},
  [0x88] = {NOTHING, 0},  [0x89] = {NOTHING, 0},  [0x8A] = {COUNTED, 1},
  [0x8B] = {COUNTED, 4},  [0x8C] = {COUNTED, 1},  [0x8D] = {COUNTED, 8},
  [0x8E] = {COUNTED, 8},  [0x8F] = {NOTHING, 0},  [0x90] = {NOTHING, 0},
  [0x91] = {NOTHING, 0},  [0x92] = {NOTHING, 0},  [0x93] = {NOTHING, 0},
  [0x94] = {NOTHING, 0},  [0x95] = {UNSIGNED, 8}, [0x96] = {COUNTED, 8},
  [0x97] = {NOTHING, 0},  [0x98] = {NOTHING, 0},
};

static uint64_t
get_unsigned(CrateCursor *cursor, unsigned size)
{
  return size == 1   ? crate_cursor_get8(cursor)
         : size == 2 ? crate_cursor_get16(cursor)
         : size == 4 ? crate_cursor_get32(cursor)
                     : crate_cursor_get64(cursor);
}

/// A line's bytes, as far as they are kept.
static CrateText
get_line(CrateCursor *cursor)
{
  const uint64_t start = cursor->at;
  for (;;) {
    const uint64_t left = crate_cursor_left(cursor);
    const size_t size =
      left < CRATE_CURSOR_WINDOW ? (size_t)left : CRATE_CURSOR_WINDOW;
    const unsigned char *const bytes =
      crate_cursor_peek(cursor, size ? size : 1u);
    const unsigned char *const newline =
      bytes ? (const unsigned char *)memchr(bytes, '\n', size) : NULL;
    if (!bytes || newline) {
      cursor->at += newline ? (uint64_t)(newline - bytes) : 0;
      break;
    }
    cursor->at += size;
  }
  const uint64_t size = cursor->at - start;
  cursor->at = start;
  const CrateText line =
    crate_cursor_text(cursor, size, CRATE_PICKLE_LONGEST_TEXT);
  crate_cursor_skip(cursor, 1);
  return line;
}

static void
get_counted(CratePickle *pickle, unsigned size, CrateOperand *out)
{
  CrateCursor *const cursor = &pickle->cursor;
  out->size = get_unsigned(cursor, size);
  out->offset = cursor->at;
  out->text = crate_cursor_text(cursor, out->size, CRATE_PICKLE_LONGEST_TEXT);
}

static void
get_operand(CratePickle *pickle, unsigned code, CrateOperand *out)
{
  CrateCursor *const cursor = &pickle->cursor;
  const unsigned size = opcodes[code].size;
  *out = (CrateOperand){.offset = cursor->at};
  switch ((Argument)opcodes[code].argument) {
    case UNKNOWN:
      --cursor->at;
      crate_cursor_fail(cursor, CRATE_MALFORMED, "no opcode of a pickle");
      break;
    case NOTHING:
      break;
    case UNSIGNED:
      out->number = (int64_t)get_unsigned(cursor, size);
      break;
    case SIGNED:
      out->number = (int32_t)crate_cursor_get32(cursor);
      break;
    case FRACTION:
      crate_cursor_skip(cursor, size);
      break;
    case COUNTED:
      get_counted(pickle, size, out);
      break;
    case LINE:
      out->text = get_line(cursor);
      out->size = out->text.size;
      break;
    case TWO_LINES:
      out->text = get_line(cursor);
      out->second = get_line(cursor);
      break;
  }
}

CrateStatus
crate_pickle_stream(CratePickle *pickle, CratePickled **out)
{
  CrateCursor *const cursor = &pickle->cursor;
  const size_t floor = pickle->count; // of a stream in another
  const size_t mark_floor = pickle->mark_count;
  *out = NULL;
  pickle->memo_count = 0;
  pickle->put = 0;
  for (unsigned code = 0; code != '.' && !cursor->status;) {
    CrateOperand operand;
    const uint64_t at = cursor->at;
    code = crate_cursor_get8(cursor);
    if (cursor->status) {
      break;
    }
    get_operand(pickle, code, &operand);
    operand.at = at;
    crate_pickle_step(pickle, code, &operand, floor);
  }
  if (!cursor->status && pickle->count > floor) {
    *out = pickle->stack[pickle->count - 1u];
  } else {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "a pickle that builds nothing");
  }
  pickle->count = floor;
  pickle->mark_count = mark_floor;
  return crate_cursor_status(cursor);
}

/// Padding is no hazard, whatever it is for.
static bool
is_padding(CrateCursor *cursor)
{
  const uint64_t left = crate_cursor_left(cursor);
  const size_t size =
    left < CRATE_CURSOR_WINDOW ? (size_t)left : CRATE_CURSOR_WINDOW;
  const unsigned char *const bytes = crate_cursor_peek(cursor, size);
  for (size_t i = 0; bytes && i < size; ++i) {
    if (bytes[i]) {
      return false;
    }
  }
  return left <= CRATE_CURSOR_WINDOW;
}

static CrateStatus
note_more(CratePickle *pickle, uint64_t at)
{
  char place[40];
  snprintf(place, sizeof(place), "byte %" PRIu64, at);
  return crate_model_add_hazard(
    pickle->reading, CRATE_HAZARD_WARNING, "pickle-more", crate_text(place),
    "something follows the end of the pickle, as another pickle would");
}

CrateStatus
crate_pickle_streams(CratePickle *pickle, CratePickled **out)
{
  CratePickled *more = NULL;
  CRATE_TRY(crate_pickle_stream(pickle, out));
  if (crate_cursor_left(&pickle->cursor) && !is_padding(&pickle->cursor)) {
    CRATE_TRY(note_more(pickle, pickle->cursor.at));
    while (crate_cursor_left(&pickle->cursor) && !is_padding(&pickle->cursor)) {
      CRATE_TRY(crate_pickle_stream(pickle, &more));
    }
  }
  return crate_cursor_status(&pickle->cursor);
}

void
crate_pickle_begin(CratePickle *pickle, CrateModelReading *reading, uint64_t at)
{
  *pickle = (CratePickle){.reading = reading};
  pickle->cursor = crate_cursor_begin(reading, at, UINT64_MAX);
  crate_map_init(&pickle->told, reading->world);
}

void
crate_pickle_end(CratePickle *pickle)
{
  const CrateWorld *const world = pickle->reading->world;
  crate_world_release(world, pickle->stack);
  crate_world_release(world, pickle->marks);
  crate_world_release(world, pickle->memo);
  crate_world_release(world, pickle->ids);
  crate_map_clear(&pickle->told);
}
