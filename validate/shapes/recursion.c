// SPDX-License-Identifier: Apache-2.0
// Recursive shapes, SHACL 3.4.3: found by a search that needs no C stack.
#include "validate/shapes/compile.h"

enum { UNSEEN, OPEN, DONE };

/// Where the search stands in one shape.
typedef struct Frame {
  uint32_t shape;
  size_t constraint, reference;
} Frame;

typedef struct Search {
  CrateCompiler *compiler;
  unsigned char *states; // by shape
  Frame *frames;
  size_t count, capacity;
} Search;

static CrateStatus
enter(Search *search, uint32_t shape)
{
  CRATE_TRY(crate_world_reserve(search->compiler->shapes->world,
                                &search->frames, &search->capacity,
                                search->count + 1, sizeof(Frame)));
  search->states[shape] = OPEN;
  search->frames[search->count++] = (Frame){shape, 0, 0};
  return CRATE_OK;
}

/// The next shape that the one of a frame needs; false when there is none.
/// Siblings count: they are checked where the constraint is.
static bool
next_reference(const CrateShape *shape, Frame *frame, uint32_t *out)
{
  while (frame->constraint < shape->constraint_count) {
    const CrateConstraint *const constraint =
      &shape->constraints[frame->constraint];
    const size_t i = frame->reference++;
    if (i < constraint->shape_count) {
      *out = constraint->shapes[i];
      return true;
    }
    if (i - constraint->shape_count < constraint->sibling_count) {
      *out = constraint->siblings[i - constraint->shape_count];
      return true;
    }
    frame->reference = 0;
    ++frame->constraint;
  }
  return false;
}

/// A shape is done: its height counts for the one that led here.
static void
leave(Search *search)
{
  CrateShapes *const shapes = search->compiler->shapes;
  const Frame done = search->frames[--search->count];
  const uint32_t height = shapes->shapes[done.shape]->height;
  search->states[done.shape] = DONE;
  shapes->shapes[done.shape]->deep = height > 0;
  if (search->count) {
    CrateShape *const parent =
      shapes->shapes[search->frames[search->count - 1].shape];
    parent->height = parent->height > height + 1 ? parent->height : height + 1;
  }
}

static void
meet_again(Search *search, CrateShape *from, uint32_t to)
{
  CrateShapes *const shapes = search->compiler->shapes;
  if (search->states[to] == OPEN) {
    search->compiler->shape = shapes->shapes[to]->node;
    crate_compiler_blame(search->compiler, CRATE_SH_NONE, 0,
                         "expects shapes that do not lead back to it, as "
                         "recursion has no defined meaning");
    return;
  }
  const uint32_t height = shapes->shapes[to]->height + 1;
  from->height = from->height > height ? from->height : height;
}

static CrateStatus
search_from(Search *search, uint32_t start)
{
  CrateShapes *const shapes = search->compiler->shapes;
  CRATE_TRY(enter(search, start));
  while (search->count) {
    Frame *const frame = &search->frames[search->count - 1];
    CrateShape *const shape = shapes->shapes[frame->shape];
    uint32_t next = 0;
    if (!next_reference(shape, frame, &next)) {
      leave(search);
    } else if (search->states[next] == UNSEEN) {
      CRATE_TRY(enter(search, next));
    } else {
      meet_again(search, shape, next);
    }
  }
  return CRATE_OK;
}

/// Runs recurse as deep as shapes refer to one another.
static CrateStatus
check_height(const CrateShapes *shapes)
{
  const CrateDiagnostic place = {
    .level = CRATE_DIAGNOSTIC_ERROR,
    .code = CRATE_TEXT("shape-depth"),
  };
  const uint32_t limit = shapes->world->limits.shape_depth;
  for (size_t i = 0; i < shapes->count; ++i) {
    if (shapes->shapes[i]->height > limit) {
      return crate_world_say(shapes->world, CRATE_OVER_LIMIT, &place,
                             "shapes refer to one another over more than %u "
                             "levels; expected fewer",
                             (unsigned)limit);
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_recursion_check(CrateCompiler *compiler)
{
  CrateShapes *const shapes = compiler->shapes;
  Search search = {.compiler = compiler};
  search.states = crate_arena_array(&shapes->arena, shapes->count, 1);
  if (!search.states) {
    return crate_arena_status(&shapes->arena);
  }
  CrateStatus status = CRATE_OK;
  for (size_t i = 0; i < shapes->count && !status; ++i) {
    if (search.states[i] == UNSEEN) {
      status = search_from(&search, (uint32_t)i);
    }
  }
  crate_world_release(shapes->world, search.frames);
  compiler->shape = CRATE_NO_TERM;
  return status ? status : check_height(shapes);
}
