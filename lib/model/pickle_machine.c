// SPDX-License-Identifier: Apache-2.0
// What opcodes do to the stack. Values are never more than the opcodes that
// made them, and shared ones are never copied.
#include "model/pickle_machine.h"
#include <inttypes.h>
#include <stdlib.h>

static void
fail(CratePickle *pickle, const char *wrong)
{
  crate_cursor_fail(&pickle->cursor, CRATE_MALFORMED, wrong);
}

static void
check(CratePickle *pickle, CrateStatus status)
{
  if (status && !pickle->cursor.status) {
    pickle->cursor.status = status; // said already, or no memory
  }
}

static void *
allocate(CratePickle *pickle, size_t count, size_t size)
{
  CrateArena *const arena = &pickle->reading->model->arena;
  void *const block = crate_arena_array(arena, count, size);
  check(pickle, block ? CRATE_OK : crate_arena_status(arena));
  return block;
}

CratePickled *
crate_pickled_new(CratePickle *pickle, CratePickledKind kind)
{
  CratePickled *const value =
    (CratePickled *)allocate(pickle, 1, sizeof(CratePickled));
  if (value) {
    value->kind = kind;
  }
  return value;
}

static void
push(CratePickle *pickle, CratePickled *value)
{
  if (!value || pickle->cursor.status) {
    return;
  }
  check(pickle, crate_world_reserve(pickle->reading->world, &pickle->stack,
                                    &pickle->capacity, pickle->count + 1u,
                                    sizeof(*pickle->stack)));
  if (!pickle->cursor.status) {
    pickle->stack[pickle->count++] = value;
  }
}

/// How far down the stack opcodes may reach: to the last mark.
static size_t
bottom(const CratePickle *pickle, size_t floor)
{
  const size_t mark =
    pickle->mark_count ? pickle->marks[pickle->mark_count - 1u] : 0;
  return mark > floor ? mark : floor;
}

static CratePickled *
pop(CratePickle *pickle, size_t floor)
{
  if (pickle->count <= bottom(pickle, floor)) {
    fail(pickle, "an opcode that takes more off the stack than there is");
  }
  return pickle->cursor.status ? NULL : pickle->stack[--pickle->count];
}

/// The value on top, which stays.
static CratePickled *
top(CratePickle *pickle, size_t floor)
{
  CratePickled *const value = pop(pickle, floor);
  pickle->count += value != NULL;
  return value;
}

static void
push_mark(CratePickle *pickle)
{
  check(pickle,
        crate_world_reserve(pickle->reading->world, &pickle->marks,
                            &pickle->mark_capacity, pickle->mark_count + 1u,
                            sizeof(*pickle->marks)));
  if (!pickle->cursor.status) {
    pickle->marks[pickle->mark_count++] = pickle->count;
  }
}

/// Take off everything above the last mark, and the mark. Items are views of
/// the stack, valid until the next push.
static CratePickled *const *
pop_mark(CratePickle *pickle, size_t floor, size_t *count)
{
  *count = 0;
  if (!pickle->mark_count || pickle->marks[pickle->mark_count - 1u] < floor) {
    fail(pickle, "an opcode that wants a mark on the stack");
  }
  if (pickle->cursor.status) {
    return NULL;
  }
  const size_t mark = pickle->marks[--pickle->mark_count];
  *count = pickle->count - mark;
  pickle->count = mark;
  return *count ? pickle->stack + mark : NULL;
}

void
crate_pickled_append(CratePickle *pickle,
                     CratePickled *list,
                     CratePickled *const *items,
                     size_t count)
{
  const size_t needed = list->count + count;
  if (needed > UINT32_MAX) {
    fail(pickle, "a list that is too long");
  } else if (needed > list->list.capacity) {
    const size_t capacity =
      needed > 2u * (size_t)list->count ? needed : 2u * (size_t)list->count;
    CratePickled **const more =
      (CratePickled **)allocate(pickle, capacity, sizeof(*more));
    if (more && list->count) {
      memcpy(more, list->list.items, list->count * sizeof(*more));
    }
    list->list.items = more ? more : list->list.items;
    list->list.capacity = more ? capacity : list->list.capacity;
  }
  if (!pickle->cursor.status && count) {
    memcpy(list->list.items + list->count, items, count * sizeof(*items));
    list->count = (uint32_t)needed;
  }
}

static void
push_list(CratePickle *pickle,
          CratePickledKind kind,
          CratePickled *const *items,
          size_t count)
{
  CratePickled *const list = crate_pickled_new(pickle, kind);
  if (list) {
    crate_pickled_append(pickle, list, items, count);
    push(pickle, list);
  }
}

/// TUPLE1 to TUPLE3.
static void
push_tuple(CratePickle *pickle, size_t count, size_t floor)
{
  CratePickled *items[3] = {NULL, NULL, NULL};
  for (size_t i = count; i-- > 0;) {
    items[i] = pop(pickle, floor);
  }
  if (!pickle->cursor.status) {
    push_list(pickle, CRATE_PICKLED_TUPLE, items, count);
  }
}

static void
push_number(CratePickle *pickle, CratePickledKind kind, int64_t number)
{
  CratePickled *const value = crate_pickled_new(pickle, kind);
  if (value) {
    value->number = number;
    push(pickle, value);
  }
}

static void
push_text(CratePickle *pickle,
          CratePickledKind kind,
          const CrateOperand *operand,
          CrateText text)
{
  CratePickled *const value = crate_pickled_new(pickle, kind);
  if (value) {
    value->text.data = text.data;
    value->text.size =
      operand->text.data == text.data ? operand->size : text.size;
    value->text.offset = operand->offset;
    push(pickle, value);
  }
}

/// STRING is a literal of Python 2 in quotes.
static void
push_quoted(CratePickle *pickle, const CrateOperand *operand)
{
  const CrateText text = operand->text;
  push_text(pickle, CRATE_PICKLED_TEXT, operand,
            text.size >= 2 ? crate_text_slice(text, 1, text.size - 1u) : text);
}

/// INT and LONG: digits of Python; "01" and "00" are truth values.
static void
push_digits(CratePickle *pickle, CrateText text)
{
  if (crate_text_is(text, "01") || crate_text_is(text, "00")) {
    push_number(pickle, CRATE_PICKLED_BOOL, text.data[1] == '1');
    return;
  }
  char *end = NULL; // the model's texts end in a NUL
  const long long number = text.size ? strtoll(text.data, &end, 10) : 0;
  const bool small = text.size && text.size < 19 && end != text.data;
  push_number(pickle, small ? CRATE_PICKLED_NUMBER : CRATE_PICKLED_OTHER,
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
  push_number(pickle,
              bytes.size <= 8 ? CRATE_PICKLED_NUMBER : CRATE_PICKLED_OTHER,
              (int64_t)number);
}

/// Memos that pickles write have no gaps, or small ones.
static void
memoize(CratePickle *pickle, int64_t index, size_t floor)
{
  enum { GAP = 1 << 16 };
  CratePickled *const value = top(pickle, floor);
  if (index < 0 || (uint64_t)index > pickle->put + (uint64_t)GAP) {
    fail(pickle, "a number in the memo far from all others");
  }
  if (pickle->cursor.status) {
    return;
  }
  const size_t at = (size_t)index;
  check(pickle,
        crate_world_reserve(pickle->reading->world, &pickle->memo,
                            &pickle->memo_capacity, at + 1u, sizeof(value)));
  if (pickle->cursor.status) {
    return;
  }
  while (pickle->memo_count <= at) {
    pickle->memo[pickle->memo_count++] = NULL;
  }
  pickle->put += !pickle->memo[at];
  pickle->memo[at] = value;
}

static void
recall(CratePickle *pickle, int64_t index)
{
  CratePickled *const value = index >= 0 && (uint64_t)index < pickle->memo_count
                                ? pickle->memo[(size_t)index]
                                : NULL;
  if (!value) {
    fail(pickle, "a number that is not in the memo");
  }
  push(pickle, value);
}

static int64_t
index_of_line(CratePickle *pickle, CrateText line)
{
  if (!line.size || line.size > 10) {
    fail(pickle, "no number of the memo");
    return -1;
  }
  return strtoll(line.data, NULL, 10);
}

/// What would be imported, as a hazard the first time it is met.
static void
note_import(CratePickle *pickle, CrateText module, CrateText name, uint64_t at)
{
  static const struct {
    CrateHazardSeverity severity;
    const char *format;
  } verdicts[] = {
    [CRATE_IMPORT_UNKNOWN] = {CRATE_HAZARD_WARNING,
                              "imports %.*s.%.*s, code that has to be "
                              "trusted"},
    [CRATE_IMPORT_DANGEROUS] = {CRATE_HAZARD_DANGER,
                                "imports %.*s.%.*s, which runs or reads what "
                                "it is told to"},
  };
  char place[40];
  const CrateImportVerdict verdict = crate_import_judge(module, name);
  const CrateText parts[] = {module, CRATE_TEXT("\n"), name};
  CrateText key = {NULL, 0};
  check(pickle,
        crate_arena_join(&pickle->reading->model->arena, parts, 3, &key));
  if (verdict == CRATE_IMPORT_HARMLESS || pickle->cursor.status ||
      crate_map_get(&pickle->told, key, NULL)) {
    return;
  }
  snprintf(place, sizeof(place), "byte %" PRIu64, at);
  check(pickle, crate_map_put(&pickle->told, key, 1));
  check(pickle, crate_model_add_hazard(
                  pickle->reading, verdicts[verdict].severity, "pickle-import",
                  crate_text(place), verdicts[verdict].format,
                  CRATE_TEXT_ARG(crate_text_slice(module, 0, 200)),
                  CRATE_TEXT_ARG(crate_text_slice(name, 0, 200))));
}

static CratePickled *
new_global(CratePickle *pickle, CrateText module, CrateText name, uint64_t at)
{
  CratePickled *const value = crate_pickled_new(pickle, CRATE_PICKLED_GLOBAL);
  CratePickledGlobal *const global =
    (CratePickledGlobal *)allocate(pickle, 1, sizeof(*global));
  if (!value || !global) {
    return NULL;
  }
  *global = (CratePickledGlobal){module, name};
  value->global = global;
  note_import(pickle, module, name, at);
  return value;
}

/// What is imported is made while the pickle runs, or by a number that only
/// the loading program knows.
static void
note_hidden(CratePickle *pickle, uint64_t at, const char *words)
{
  char place[40];
  snprintf(place, sizeof(place), "byte %" PRIu64, at);
  check(pickle, crate_model_add_hazard(pickle->reading, CRATE_HAZARD_DANGER,
                                       "pickle-hidden-import",
                                       crate_text(place), "%s", words));
  push_number(pickle, CRATE_PICKLED_OTHER, 0);
}

/// STACK_GLOBAL: both names are on the stack.
static void
import_from_stack(CratePickle *pickle, uint64_t at, size_t floor)
{
  const CratePickled *const name = pop(pickle, floor);
  const CratePickled *const module = pop(pickle, floor);
  if (pickle->cursor.status) {
    return;
  }
  if (name->kind != CRATE_PICKLED_TEXT || module->kind != CRATE_PICKLED_TEXT) {
    note_hidden(pickle, at, "imports by names that it makes while it runs");
    return;
  }
  push(pickle, new_global(pickle, crate_pickled_text(module),
                          crate_pickled_text(name), at));
}

static void
push_call(CratePickle *pickle, CratePickled *callable, CratePickled *arguments)
{
  CratePickled *const value = crate_pickled_new(pickle, CRATE_PICKLED_CALL);
  CratePickledCall *const call =
    (CratePickledCall *)allocate(pickle, 1, sizeof(*call));
  if (value && call && callable && arguments) {
    *call = (CratePickledCall){.callable = callable, .arguments = arguments};
    value->call = call;
    push(pickle, value);
  }
}

/// REDUCE, NEWOBJ and NEWOBJ_EX.
static void
call_top(CratePickle *pickle, bool keywords, size_t floor)
{
  if (keywords) {
    (void)pop(pickle, floor);
  }
  CratePickled *const arguments = pop(pickle, floor);
  CratePickled *const callable = pop(pickle, floor);
  push_call(pickle, callable, arguments);
}

/// INST, whose class is given, and OBJ, which has it above the mark.
static void
call_marked(CratePickle *pickle, CratePickled *callable, size_t floor)
{
  size_t count = 0;
  CratePickled *const *items = pop_mark(pickle, floor, &count);
  if (!callable && !count) {
    fail(pickle, "an opcode that takes more off the stack than there is");
  }
  if (pickle->cursor.status) {
    return;
  }
  if (!callable) {
    callable = *items++;
    --count;
  }
  push_list(pickle, CRATE_PICKLED_TUPLE, items, count);
  CratePickled *const arguments = pop(pickle, floor);
  push_call(pickle, callable, arguments);
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
  CratePickled *const *const items = pop_mark(pickle, floor, &count);
  if (kind == CRATE_PICKLED_DICT && count % 2u) {
    fail(pickle, "a key without a value");
  }
  CratePickled *const target = top(pickle, floor);
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
    items[i] = pop(pickle, floor);
  }
  CratePickled *const target = top(pickle, floor);
  if (!pickle->cursor.status) {
    put_into(pickle, target, kind, items, count);
  }
}

/// BUILD: a state for what is below it.
static void
build(CratePickle *pickle, size_t floor)
{
  CratePickled *const state = pop(pickle, floor);
  CratePickled *const target = top(pickle, floor);
  if (!pickle->cursor.status && target->kind == CRATE_PICKLED_CALL) {
    target->call->state = state;
    if (crate_pickled_is_call(target, "joblib.numpy_pickle",
                              "NumpyArrayWrapper") ||
        crate_pickled_is_call(target, "sklearn.externals.joblib.numpy_pickle",
                              "NumpyArrayWrapper")) {
      crate_pickle_read_array(pickle, target);
    }
  }
}

static void
push_marked(CratePickle *pickle, CratePickledKind kind, size_t floor)
{
  size_t count = 0;
  CratePickled *const *const items = pop_mark(pickle, floor, &count);
  if (kind == CRATE_PICKLED_DICT && count % 2u) {
    fail(pickle, "a key without a value");
  }
  if (!pickle->cursor.status) {
    push_list(pickle, kind, items, count);
  }
}

/// POP takes a mark, too, when there is nothing above it; POP_MARK all of it.
static void
drop(CratePickle *pickle, bool all, size_t floor)
{
  size_t count = 0;
  if (all || (pickle->mark_count && pickle->count > floor &&
              pickle->marks[pickle->mark_count - 1u] == pickle->count)) {
    (void)pop_mark(pickle, floor, &count);
  } else {
    (void)pop(pickle, floor);
  }
}

static void
push_persistent(CratePickle *pickle, CratePickled *id)
{
  CratePickled *const value =
    crate_pickled_new(pickle, CRATE_PICKLED_PERSISTENT);
  if (!value || !id) {
    return;
  }
  value->id = id;
  push(pickle, value);
  check(pickle, crate_world_reserve(pickle->reading->world, &pickle->ids,
                                    &pickle->id_capacity, pickle->id_count + 1u,
                                    sizeof(*pickle->ids)));
  if (!pickle->cursor.status) {
    pickle->ids[pickle->id_count++] = id;
  }
}

/// Opcodes that push what follows them. False for others.
static bool
step_value(CratePickle *pickle, unsigned code, const CrateOperand *operand)
{
  switch (code) {
    case 'N':
      push(pickle, crate_pickled_new(pickle, CRATE_PICKLED_NONE));
      return true;
    case 0x88:
    case 0x89:
      push_number(pickle, CRATE_PICKLED_BOOL, code == 0x88);
      return true;
    case 'J':
    case 'K':
    case 'M':
      push_number(pickle, CRATE_PICKLED_NUMBER, operand->number);
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
      push_number(pickle, CRATE_PICKLED_OTHER, 0);
      return true;
    case 'S':
      push_quoted(pickle, operand);
      return true;
    case 'T': // strings of Python 2 are bytes that often are texts
    case 'U':
    case 'V':
    case 'X':
    case 0x8C:
    case 0x8D:
      push_text(pickle, CRATE_PICKLED_TEXT, operand, operand->text);
      return true;
    case 'B':
    case 'C':
    case 0x8E:
    case 0x96:
      push_text(pickle, CRATE_PICKLED_BYTES, operand, operand->text);
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
        push_marked(pickle, CRATE_PICKLED_TUPLE, floor);
      } else {
        push_tuple(pickle, code == ')' ? 0 : code - 0x84u, floor);
      }
      return true;
    case ']':
    case 0x8F:
      push_list(pickle, CRATE_PICKLED_LIST, NULL, 0);
      return true;
    case '}':
      push_list(pickle, CRATE_PICKLED_DICT, NULL, 0);
      return true;
    case 'l':
    case 0x91:
      push_marked(pickle, CRATE_PICKLED_LIST, floor);
      return true;
    case 'd':
      push_marked(pickle, CRATE_PICKLED_DICT, floor);
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

/// Opcodes that import and call. False for others.
static bool
step_call(CratePickle *pickle,
          unsigned code,
          const CrateOperand *operand,
          size_t floor)
{
  switch (code) {
    case 'c':
      push(pickle,
           new_global(pickle, operand->text, operand->second, operand->at));
      return true;
    case 0x93:
      import_from_stack(pickle, operand->at, floor);
      return true;
    case 'i':
      call_marked(
        pickle, new_global(pickle, operand->text, operand->second, operand->at),
        floor);
      return true;
    case 'o':
      call_marked(pickle, NULL, floor);
      return true;
    case 'R':
    case 0x81:
    case 0x92:
      call_top(pickle, code == 0x92, floor);
      return true;
    case 'b':
      build(pickle, floor);
      return true;
    case 0x82:
    case 0x83:
    case 0x84:
      note_hidden(pickle, operand->at,
                  "imports by a number of copyreg's, which only the loading "
                  "program knows");
      return true;
    case 'Q':
      push_persistent(pickle, pop(pickle, floor));
      return true;
    case 'P':
      push_text(pickle, CRATE_PICKLED_TEXT, operand, operand->text);
      push_persistent(pickle, pop(pickle, floor));
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
      step_call(pickle, code, operand, floor)) {
    return;
  }
  switch (code) {
    case '(':
      push_mark(pickle);
      break;
    case '0':
    case '1':
      drop(pickle, code == '1', floor);
      break;
    case '2':
      push(pickle, top(pickle, floor));
      break;
    case 'p':
      memoize(pickle, index_of_line(pickle, operand->text), floor);
      break;
    case 'q':
    case 'r':
      memoize(pickle, operand->number, floor);
      break;
    case 0x94:
      memoize(pickle, (int64_t)pickle->put, floor);
      break;
    case 'g':
      recall(pickle, index_of_line(pickle, operand->text));
      break;
    case 'h':
    case 'j':
      recall(pickle, operand->number);
      break;
    case 0x80:
      if (operand->number > 5) {
        fail(pickle, "a protocol above 5");
      }
      pickle->protocol =
        operand->number > pickle->protocol ? operand->number : pickle->protocol;
      break;
    default: // STOP, FRAME, READONLY_BUFFER: nothing to do
      break;
  }
}
