// SPDX-License-Identifier: Apache-2.0
// What opcodes do to the stack: values, lists of them, and the rest.
#include "model/pickle_machine.h"
#include <stdlib.h>

/// STRING is a literal of Python 2 in quotes.
static void
push_quoted(CratePickle *pickle, const CrateOperand *operand)
{
  const CrateText text = operand->text;
  const CrateText inner =
    text.size >= 2 ? crate_text_slice(text, 1, text.size - 1u) : text;
  crate_pickle_push_text(pickle, CRATE_PICKLED_TEXT, operand,
                         crate_pickle_unescape(pickle, inner, true));
}

/// INT and LONG: digits of Python; "01" and "00" are truth values.
static void
push_digits(CratePickle *pickle, CrateText text)
{
  if (crate_text_is(text, "01") || crate_text_is(text, "00")) {
    crate_pickle_push_number(pickle, CRATE_PICKLED_BOOL, text.data[1] == '1');
    return;
  }
  char *end = NULL; // the model's texts end in a NUL
  const long long number = text.size ? strtoll(text.data, &end, 10) : 0;
  const bool small = text.size && text.size < 19 && end != text.data;
  crate_pickle_push_number(pickle,
                           small ? CRATE_PICKLED_NUMBER : CRATE_PICKLED_OTHER,
                           small ? number : 0);
}

/// LONG1 and LONG4: two's complement, the lowest byte first.
static void
push_long(CratePickle *pickle, CrateText bytes)
{
  uint64_t number = 0;
  for (size_t i = bytes.size < 8 ? bytes.size : 8; i-- > 0;) {
    number = number << 8u | (unsigned char)bytes.data[i];
  }
  if (bytes.size && bytes.size < 8 &&
      (unsigned char)bytes.data[bytes.size - 1u] >= 0x80u) {
    number |= ~(uint64_t)0 << 8u * bytes.size;
  }
  crate_pickle_push_number(
    pickle, bytes.size <= 8 ? CRATE_PICKLED_NUMBER : CRATE_PICKLED_OTHER,
    (int64_t)number);
}

static int64_t
index_of_line(CratePickle *pickle, CrateText line)
{
  if (!line.size || line.size > 10) {
    crate_pickle_fail(pickle, "no number of the memo");
    return -1;
  }
  return strtoll(line.data, NULL, 10);
}

/// Put items into whatever there is: of a call into what is known of it.
static void
put_into(CratePickle *pickle,
         CratePickled *target,
         CratePickledKind kind,
         CratePickled *const *items,
         size_t count)
{
  if (target && target->kind == CRATE_PICKLED_CALL) {
    if (!target->call->contents) {
      target->call->contents = crate_pickled_new(pickle, kind);
    }
    target = target->call->contents;
  }
  if (target && target->kind == kind) {
    crate_pickled_append(pickle, target, items, count);
  }
}

/// APPENDS, ADDITEMS and SETITEMS.
static void
put_marked(CratePickle *pickle, CratePickledKind kind, size_t floor)
{
  size_t count = 0;
  CratePickled *const *const items =
    crate_pickle_pop_mark(pickle, floor, &count);
  if (kind == CRATE_PICKLED_DICT && count % 2u) {
    crate_pickle_fail(pickle, "a key without a value");
  }
  CratePickled *const target = crate_pickle_top(pickle, floor);
  if (!pickle->cursor.status) {
    put_into(pickle, target, kind, items, count);
  }
}

/// APPEND and SETITEM.
static void
put_few(CratePickle *pickle, CratePickledKind kind, size_t floor)
{
  CratePickled *items[2] = {NULL, NULL};
  const size_t count = kind == CRATE_PICKLED_DICT ? 2 : 1;
  for (size_t i = count; i-- > 0;) {
    items[i] = crate_pickle_pop(pickle, floor);
  }
  CratePickled *const target = crate_pickle_top(pickle, floor);
  if (!pickle->cursor.status) {
    put_into(pickle, target, kind, items, count);
  }
}

/// Opcodes that push what follows them. False for others.
static bool
step_value(CratePickle *pickle, unsigned code, const CrateOperand *operand)
{
  switch (code) {
    case 'N':
      crate_pickle_push(pickle, crate_pickled_new(pickle, CRATE_PICKLED_NONE));
      return true;
    case 0x88:
    case 0x89:
      crate_pickle_push_number(pickle, CRATE_PICKLED_BOOL, code == 0x88);
      return true;
    case 'J':
    case 'K':
    case 'M':
      crate_pickle_push_number(pickle, CRATE_PICKLED_NUMBER, operand->number);
      return true;
    case 'I':
    case 'L':
      push_digits(pickle, operand->text);
      return true;
    case 0x8A:
    case 0x8B:
      push_long(pickle, operand->text);
      return true;
    case 'F':
    case 'G':
    case 0x97: // NEXT_BUFFER: bytes that come from elsewhere
      crate_pickle_push_number(pickle, CRATE_PICKLED_OTHER, 0);
      return true;
    case 'S':
      push_quoted(pickle, operand);
      return true;
    case 'V':
      crate_pickle_push_text(
        pickle, CRATE_PICKLED_TEXT, operand,
        crate_pickle_unescape(pickle, operand->text, false));
      return true;
    case 'T': // strings of Python 2 are bytes that often are texts
    case 'U':
    case 'X':
    case 0x8C:
    case 0x8D:
      crate_pickle_push_text(pickle, CRATE_PICKLED_TEXT, operand,
                             operand->text);
      return true;
    case 'B':
    case 'C':
    case 0x8E:
    case 0x96:
      crate_pickle_push_text(pickle, CRATE_PICKLED_BYTES, operand,
                             operand->text);
      return true;
    default:
      return false;
  }
}

/// Opcodes that make or fill lists of values. False for others.
static bool
step_list(CratePickle *pickle, unsigned code, size_t floor)
{
  switch (code) {
    case ')':
    case 't':
    case 0x85:
    case 0x86:
    case 0x87:
      if (code == 't') {
        crate_pickle_push_marked(pickle, CRATE_PICKLED_TUPLE, floor);
      } else {
        crate_pickle_push_tuple(pickle, code == ')' ? 0 : code - 0x84u, floor);
      }
      return true;
    case ']':
    case 0x8F:
      crate_pickle_push_list(pickle, CRATE_PICKLED_LIST, NULL, 0);
      return true;
    case '}':
      crate_pickle_push_list(pickle, CRATE_PICKLED_DICT, NULL, 0);
      return true;
    case 'l':
    case 0x91:
      crate_pickle_push_marked(pickle, CRATE_PICKLED_LIST, floor);
      return true;
    case 'd':
      crate_pickle_push_marked(pickle, CRATE_PICKLED_DICT, floor);
      return true;
    case 'a':
      put_few(pickle, CRATE_PICKLED_LIST, floor);
      return true;
    case 's':
      put_few(pickle, CRATE_PICKLED_DICT, floor);
      return true;
    case 'e':
    case 0x90:
      put_marked(pickle, CRATE_PICKLED_LIST, floor);
      return true;
    case 'u':
      put_marked(pickle, CRATE_PICKLED_DICT, floor);
      return true;
    default:
      return false;
  }
}

void
crate_pickle_step(CratePickle *pickle,
                  unsigned code,
                  const CrateOperand *operand,
                  size_t floor)
{
  if (pickle->cursor.status || step_value(pickle, code, operand) ||
      step_list(pickle, code, floor) ||
      crate_pickle_step_call(pickle, code, operand, floor)) {
    return;
  }
  switch (code) {
    case '(':
      crate_pickle_push_mark(pickle);
      break;
    case '0':
    case '1':
      crate_pickle_drop(pickle, code == '1', floor);
      break;
    case '2':
      crate_pickle_push(pickle, crate_pickle_top(pickle, floor));
      break;
    case 'p':
      crate_pickle_memoize(pickle, index_of_line(pickle, operand->text), floor);
      break;
    case 'q':
    case 'r':
      crate_pickle_memoize(pickle, operand->number, floor);
      break;
    case 0x94:
      crate_pickle_memoize(pickle, (int64_t)pickle->put, floor);
      break;
    case 'g':
      crate_pickle_recall(pickle, index_of_line(pickle, operand->text));
      break;
    case 'h':
    case 'j':
      crate_pickle_recall(pickle, operand->number);
      break;
    case 0x80:
      if (operand->number > 5) {
        crate_pickle_fail(pickle, "a protocol above 5");
      }
      pickle->protocol =
        operand->number > pickle->protocol ? operand->number : pickle->protocol;
      break;
    default: // STOP, FRAME, READONLY_BUFFER: nothing to do
      break;
  }
}
