// SPDX-License-Identifier: Apache-2.0
/// @file A document through a conversion and back: what is written without a
/// word must read to what was read.
#ifndef CRATE_FUZZ_TURN_H
#define CRATE_FUZZ_TURN_H
#include <cratekit/convert.h>
#include <stdlib.h>

/// What has no place in the result is lost, and said.
static void
note(void *handle, const CrateDiagnostic *diagnostic)
{
  (void)diagnostic;
  *(bool *)handle = true;
}

/// Empty when it is refused.
static void
turn(const CrateWorld *world,
     CrateText bytes,
     const char *from,
     const char *to,
     CrateBuffer *buffer)
{
  const CrateConversion what = {.name = CRATE_TEXT("fuzz"),
                                .bytes = bytes,
                                .syntax = crate_syntax_named(crate_text(from))};
  crate_buffer_init(buffer, world);
  if (crate_convert(world, &what, crate_format_find(crate_text(to)), buffer)) {
    buffer->size = 0;
  }
}

/// From a syntax to a format that is one, too. Whether it can be read.
static bool
check_turn(CrateText bytes, const char *from, const char *to)
{
  CrateWorld world;
  bool said = false;
  CrateBuffer before, written, after;
  crate_world_init(&world);
  world.limits.canonical_work = 500;
  world.sink = (CrateSink){note, &said};
  turn(&world, bytes, from, "canonical", &before);
  turn(&world, bytes, from, to, &written);
  turn(&world, crate_buffer_text(&written), to, "canonical", &after);
  if (!said && before.size &&
      !crate_text_equal(crate_buffer_text(&before),
                        crate_buffer_text(&after))) {
    abort();
  }
  const bool readable = before.size != 0;
  crate_buffer_clear(&before);
  crate_buffer_clear(&written);
  crate_buffer_clear(&after);
  return readable;
}

#endif // CRATE_FUZZ_TURN_H
