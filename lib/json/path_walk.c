// SPDX-License-Identifier: Apache-2.0
// Running a JSONPath query: segments and selectors. A value that a segment
// finds goes through the segments behind it before the next one is looked
// for, which gives the order of RFC 9535 and needs no lists. Sections are its.
#include "json/path_steps.h"

/// A query on its way.
typedef struct {
  CratePathRun *run;
  const CrateJsonPathTaker *to;
} Walk;

static CrateStatus walk(const Walk *w,
                        const CratePathSegment *segment,
                        const CrateJson *value);

/// A value was found: on to the next segment.
static CrateStatus
go_on(const Walk *w, const CratePathSegment *segment, const CrateJson *value)
{
  CRATE_TRY(crate_path_spend(w->run, 1));
  return segment->next ? walk(w, segment->next, value)
                       : w->to->take(w->to->handle, value);
}

/// The first child's value, and from one to the next; NULL at the end.
static const CrateJson *
first_child(const CrateJson *value)
{
  const CrateJson *const key = crate_json_first_key(value);
  return key ? key->next : crate_json_first(value);
}

static const CrateJson *
next_child(const CrateJson *container, const CrateJson *child)
{
  return crate_json_is(container, CRATE_JSON_OBJECT) && child->next
           ? child->next->next
           : child->next;
}

/// 2.3.1.
static CrateStatus
select_name(const Walk *w,
            const CratePathSegment *segment,
            CrateText name,
            const CrateJson *value)
{
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_path_spend(w->run, value->size));
  const CrateJson *const found = crate_json_get(value, name);
  return found ? go_on(w, segment, found) : CRATE_OK;
}

/// 2.3.2 and 2.3.5: all children, or those of which a filter holds.
static CrateStatus
select_children(const Walk *w,
                const CratePathSegment *segment,
                const CratePathTerm *filter,
                const CrateJson *value)
{
  for (const CrateJson *child = first_child(value); child;
       child = next_child(value, child)) {
    bool holds = true;
    CRATE_TRY(crate_path_spend(w->run, 1));
    if (filter) {
      CRATE_TRY(crate_path_test(w->run, filter, child, &holds));
    }
    if (holds) {
      CRATE_TRY(go_on(w, segment, child));
    }
  }
  return CRATE_OK;
}

/// An element that is there.
static const CrateJson *
element(const CrateJson *array, int64_t index)
{
  const CrateJson *child = array->first;
  while (index--) {
    child = child->next;
  }
  return child;
}

/// 2.3.3.
static CrateStatus
select_index(const Walk *w,
             const CratePathSegment *segment,
             int64_t index,
             const CrateJson *value)
{
  if (!crate_json_is(value, CRATE_JSON_ARRAY)) {
    return CRATE_OK;
  }
  const int64_t size = value->size;
  const int64_t at = index < 0 ? size + index : index;
  if (at < 0 || at >= size) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_path_spend(w->run, (uint64_t)at));
  return go_on(w, segment, element(value, at));
}

static int64_t
clamp(int64_t number, int64_t least, int64_t most)
{
  return number < least ? least : number > most ? most : number;
}

/// 2.3.4.2.2: from the lower bound to the one before the upper, in steps.
static CrateStatus
slice_forward(const Walk *w,
              const CratePathSegment *segment,
              const CratePathSelector *slice,
              const CrateJson *value)
{
  const int64_t size = value->size;
  const int64_t start = slice->start < 0 ? size + slice->start : slice->start;
  const int64_t end = !slice->has_end  ? size
                      : slice->end < 0 ? size + slice->end
                                       : slice->end;
  const int64_t lower = clamp(start, 0, size);
  const int64_t upper = clamp(end, 0, size);
  const CrateJson *child = value->first;
  for (int64_t i = 0; i < upper; ++i, child = child->next) {
    CRATE_TRY(crate_path_spend(w->run, 1));
    if (i >= lower && (i - lower) % slice->step == 0) {
      CRATE_TRY(go_on(w, segment, child));
    }
  }
  return CRATE_OK;
}

/// From the upper bound down to the one behind the lower. Elements know only
/// the one behind them, so they are laid out first.
static CrateStatus
slice_backward(const Walk *w,
               const CratePathSegment *segment,
               const CratePathSelector *slice,
               const CrateJson *value)
{
  const int64_t size = value->size;
  const int64_t start = !slice->has_start  ? size - 1
                        : slice->start < 0 ? size + slice->start
                                           : slice->start;
  const int64_t end = !slice->has_end  ? -1
                      : slice->end < 0 ? size + slice->end
                                       : slice->end;
  const int64_t upper = clamp(start, -1, size - 1);
  const int64_t lower = clamp(end, -1, size - 1);
  CRATE_TRY(crate_path_spend(w->run, (uint64_t)size));
  const CrateArenaMark mark = crate_arena_mark(&w->run->scratch);
  const CrateJson **const elements = (const CrateJson **)crate_arena_allocate(
    &w->run->scratch, (size_t)size * sizeof(*elements));
  if (!elements) {
    return crate_arena_status(&w->run->scratch);
  }
  const CrateJson *child = value->first;
  for (int64_t i = 0; i < size; ++i, child = child->next) {
    elements[i] = child;
  }
  for (int64_t i = upper; i > lower; i += slice->step) {
    CRATE_TRY(go_on(w, segment, elements[i]));
  }
  crate_arena_rewind(&w->run->scratch, mark);
  return CRATE_OK;
}

/// 2.3.4.
static CrateStatus
select_slice(const Walk *w,
             const CratePathSegment *segment,
             const CratePathSelector *slice,
             const CrateJson *value)
{
  if (!crate_json_is(value, CRATE_JSON_ARRAY) || !value->size || !slice->step) {
    return CRATE_OK;
  }
  return slice->step > 0 ? slice_forward(w, segment, slice, value)
                         : slice_backward(w, segment, slice, value);
}

/// 2.5.1: the children that the selectors name, one selector after the other.
static CrateStatus
select_all(const Walk *w,
           const CratePathSegment *segment,
           const CrateJson *value)
{
  CrateStatus st = CRATE_OK;
  for (const CratePathSelector *s = segment->selectors; s && !st; s = s->next) {
    switch (s->kind) {
      case CRATE_PATH_NAME:
        st = select_name(w, segment, s->name, value);
        break;
      case CRATE_PATH_WILDCARD:
      case CRATE_PATH_FILTER:
        st = select_children(w, segment, s->filter, value);
        break;
      case CRATE_PATH_INDEX:
        st = select_index(w, segment, s->start, value);
        break;
      case CRATE_PATH_SLICE:
        st = select_slice(w, segment, s, value);
        break;
    }
  }
  return st;
}

/// 2.5.2: of a value, then of all below it.
static CrateStatus
descend(const Walk *w, const CratePathSegment *segment, const CrateJson *value)
{
  CRATE_TRY(crate_path_enter(w->run));
  CRATE_TRY(select_all(w, segment, value));
  for (const CrateJson *child = first_child(value); child;
       child = next_child(value, child)) {
    CRATE_TRY(crate_path_spend(w->run, 1));
    if (crate_json_is(child, CRATE_JSON_ARRAY) ||
        crate_json_is(child, CRATE_JSON_OBJECT)) {
      CRATE_TRY(descend(w, segment, child));
    }
  }
  --w->run->depth;
  return CRATE_OK;
}

/// Each segment goes down at least one level: the document's depth bounds it.
static CrateStatus
walk(const Walk *w, const CratePathSegment *segment, const CrateJson *value)
{
  CRATE_TRY(crate_path_enter(w->run));
  CRATE_TRY(segment->descendant ? descend(w, segment, value)
                                : select_all(w, segment, value));
  --w->run->depth;
  return CRATE_OK;
}

CrateStatus
crate_path_find(CratePathRun *run,
                const CratePathQuery *query,
                const CrateJson *current,
                const CrateJsonPathTaker *to)
{
  const Walk w = {run, to};
  const CrateJson *const start = query->from_root ? run->root : current;
  CRATE_TRY(crate_path_spend(run, 1));
  return query->segments ? walk(&w, query->segments, start)
                         : to->take(to->handle, start);
}

/// What a query inside of a filter finds.
typedef struct {
  const CrateJson *first;
  uint64_t count, most;
} Found;

/// CRATE_NOT_FOUND ends the search when there is enough.
static CrateStatus
keep_count(void *handle, const CrateJson *value)
{
  Found *const found = (Found *)handle;
  found->first = found->first ? found->first : value;
  return ++found->count < found->most ? CRATE_OK : CRATE_NOT_FOUND;
}

CrateStatus
crate_path_count(CratePathRun *run,
                 const CratePathQuery *query,
                 const CrateJson *current,
                 uint64_t most,
                 const CrateJson **first,
                 uint64_t *count)
{
  Found found = {NULL, 0, most};
  const CrateJsonPathTaker to = {keep_count, &found};
  const uint32_t depth = run->depth;
  const CrateArenaMark mark = crate_arena_mark(&run->scratch);
  const CrateStatus st = crate_path_find(run, query, current, &to);
  *first = found.first;
  *count = found.count;
  if (st && st != CRATE_NOT_FOUND) {
    return st;
  }
  run->depth = depth;
  crate_arena_rewind(&run->scratch, mark);
  return CRATE_OK;
}

CrateStatus
crate_json_path_walk(const CrateJsonPath *path,
                     const CrateWorld *world,
                     const CrateJson *root,
                     const CrateJsonPathTaker *to)
{
  CratePathRun run = {
    .world = world, .root = root, .left = world->limits.path_work};
  if (path->foreign) {
    return CRATE_UNSUPPORTED;
  }
  crate_arena_init(&run.scratch, world);
  const CrateStatus st = crate_path_find(&run, &path->query, root, to);
  crate_matcher_free(run.matcher);
  crate_arena_clear(&run.scratch);
  return st;
}
