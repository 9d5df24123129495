// SPDX-License-Identifier: Apache-2.0
// Fuzz target: documents with a layout, read and written in one syntax. The
// first byte chooses it; what is written without a word reads to what was read.
#include <cratekit/convert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const formats[] = {"cff", "datacite-json", "datacite-xml",
                                      "model-card"};

#define COUNT (sizeof(formats) / sizeof(*formats))

/// What the layout has no place for is lost, and said.
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (!size) {
    return 0;
  }
  const CrateText bytes = {(const char *)data + 1, size - 1};
  const char *const format = formats[data[0] % COUNT];
  CrateWorld world;
  crate_world_init(&world);
  world.limits.canonical_work = 500;
  bool said = false;
  world.sink = (CrateSink){note, &said};
  CrateBuffer before, written, after;
  turn(&world, bytes, format, "canonical", &before);
  turn(&world, bytes, format, format, &written);
  turn(&world, crate_buffer_text(&written), format, "canonical", &after);
  if (!said && before.size &&
      !crate_text_equal(crate_buffer_text(&before),
                        crate_buffer_text(&after))) {
    abort();
  }
  crate_buffer_clear(&before);
  crate_buffer_clear(&written);
  crate_buffer_clear(&after);
  return 0;
}
