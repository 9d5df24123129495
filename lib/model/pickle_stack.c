// SPDX-License-Identifier: Apache-2.0
// The stack of a pickle, its marks and its memo. Values are never more than the
// opcodes that made them, and shared ones are never copied.
#include "model/pickle_machine.h"

void
crate_pickle_fail(CratePickle *pickle, const char *wrong)
{
  crate_cursor_fail(&pickle->cursor, CRATE_MALFORMED, wrong);
}

void
crate_pickle_check(CratePickle *pickle, CrateStatus status)
{
  if (status && !pickle->cursor.status) {
    pickle->cursor.status = status; // said already, or no memory
  }
}

void *
crate_pickle_allocate(CratePickle *pickle, size_t count, size_t size)
{
  CrateArena *const arena = &pickle->reading->model->arena;
  void *const block = crate_arena_array(arena, count, size);
  crate_pickle_check(pickle, block ? CRATE_OK : crate_arena_status(arena));
  return block;
}

CratePickled *
crate_pickled_new(CratePickle *pickle, CratePickledKind kind)
{
  CratePickled *const value =
    (CratePickled *)crate_pickle_allocate(pickle, 1, sizeof(CratePickled));
  if (value) {
    value->kind = kind;
  }
  return value;
}

void
crate_pickle_push(CratePickle *pickle, CratePickled *value)
{
  if (!value || pickle->cursor.status) {
    return;
  }
  crate_pickle_check(pickle,
                     crate_world_reserve(pickle->reading->world, &pickle->stack,
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

CratePickled *
crate_pickle_pop(CratePickle *pickle, size_t floor)
{
  if (pickle->count <= bottom(pickle, floor)) {
    crate_pickle_fail(pickle,
                      "an opcode that takes more off the stack than there is");
  }
  return pickle->cursor.status ? NULL : pickle->stack[--pickle->count];
}

/// The value on top, which stays.
CratePickled *
crate_pickle_top(CratePickle *pickle, size_t floor)
{
  CratePickled *const value = crate_pickle_pop(pickle, floor);
  pickle->count += value != NULL;
  return value;
}

void
crate_pickle_push_mark(CratePickle *pickle)
{
  crate_pickle_check(
    pickle, crate_world_reserve(pickle->reading->world, &pickle->marks,
                                &pickle->mark_capacity, pickle->mark_count + 1u,
                                sizeof(*pickle->marks)));
  if (!pickle->cursor.status) {
    pickle->marks[pickle->mark_count++] = pickle->count;
  }
}

/// Take off everything above the last mark, and the mark. Items are views of
/// the stack, valid until the next push.
CratePickled *const *
crate_pickle_pop_mark(CratePickle *pickle, size_t floor, size_t *count)
{
  *count = 0;
  if (!pickle->mark_count || pickle->marks[pickle->mark_count - 1u] < floor) {
    crate_pickle_fail(pickle, "an opcode that wants a mark on the stack");
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
    crate_pickle_fail(pickle, "a list that is too long");
  } else if (needed > list->list.capacity) {
    const size_t capacity =
      needed > 2u * (size_t)list->count ? needed : 2u * (size_t)list->count;
    CratePickled **const more =
      (CratePickled **)crate_pickle_allocate(pickle, capacity, sizeof(*more));
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

void
crate_pickle_push_list(CratePickle *pickle,
                       CratePickledKind kind,
                       CratePickled *const *items,
                       size_t count)
{
  CratePickled *const list = crate_pickled_new(pickle, kind);
  if (list) {
    crate_pickled_append(pickle, list, items, count);
    crate_pickle_push(pickle, list);
  }
}

/// TUPLE1 to TUPLE3.
void
crate_pickle_push_tuple(CratePickle *pickle, size_t count, size_t floor)
{
  CratePickled *items[3] = {NULL, NULL, NULL};
  for (size_t i = count; i-- > 0;) {
    items[i] = crate_pickle_pop(pickle, floor);
  }
  if (!pickle->cursor.status) {
    crate_pickle_push_list(pickle, CRATE_PICKLED_TUPLE, items, count);
  }
}

void
crate_pickle_push_number(CratePickle *pickle,
                         CratePickledKind kind,
                         int64_t number)
{
  CratePickled *const value = crate_pickled_new(pickle, kind);
  if (value) {
    value->number = number;
    crate_pickle_push(pickle, value);
  }
}

void
crate_pickle_push_text(CratePickle *pickle,
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
    crate_pickle_push(pickle, value);
  }
}

/// Memos that pickles write have no gaps, or small ones.
void
crate_pickle_memoize(CratePickle *pickle, int64_t index, size_t floor)
{
  enum { GAP = 1 << 16 };
  CratePickled *const value = crate_pickle_top(pickle, floor);
  if (index < 0 || (uint64_t)index > pickle->put + (uint64_t)GAP) {
    crate_pickle_fail(pickle, "a number in the memo far from all others");
  }
  if (pickle->cursor.status) {
    return;
  }
  const size_t at = (size_t)index;
  crate_pickle_check(pickle, crate_world_reserve(
                               pickle->reading->world, &pickle->memo,
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

void
crate_pickle_recall(CratePickle *pickle, int64_t index)
{
  CratePickled *const value = index >= 0 && (uint64_t)index < pickle->memo_count
                                ? pickle->memo[(size_t)index]
                                : NULL;
  if (!value) {
    crate_pickle_fail(pickle, "a number that is not in the memo");
  }
  crate_pickle_push(pickle, value);
}

void
crate_pickle_push_marked(CratePickle *pickle,
                         CratePickledKind kind,
                         size_t floor)
{
  size_t count = 0;
  CratePickled *const *const items =
    crate_pickle_pop_mark(pickle, floor, &count);
  if (kind == CRATE_PICKLED_DICT && count % 2u) {
    crate_pickle_fail(pickle, "a key without a value");
  }
  if (!pickle->cursor.status) {
    crate_pickle_push_list(pickle, kind, items, count);
  }
}

/// POP takes a mark, too, when there is nothing above it; POP_MARK all of it.
void
crate_pickle_drop(CratePickle *pickle, bool all, size_t floor)
{
  size_t count = 0;
  if (all || (pickle->mark_count && pickle->count > floor &&
              pickle->marks[pickle->mark_count - 1u] == pickle->count)) {
    (void)crate_pickle_pop_mark(pickle, floor, &count);
  } else {
    (void)crate_pickle_pop(pickle, floor);
  }
}
