// SPDX-License-Identifier: Apache-2.0
// Fuzz target: every syntax of PROV in, every one out, and
// judged by PROV-CONSTRAINTS. The first byte chooses
// both; what is written without a word must read to what was read.
#include <cratekit/convert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
  CrateSyntax syntax;
  const char *format;
} syntaxes[] = {
  {CRATE_SYNTAX_PROVN, "provn"},
  {CRATE_SYNTAX_PROV_JSON, "prov-json"},
  {CRATE_SYNTAX_PROV_XML, "prov-xml"},
  {CRATE_SYNTAX_PROV_JSONLD, "prov-jsonld"},
};

#define COUNT (sizeof(syntaxes) / sizeof(*syntaxes))

/// What PROV has no place for is lost, and said.
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
     CrateSyntax syntax,
     const char *format,
     CrateBuffer *buffer)
{
  const CrateConversion what = {
    .name = CRATE_TEXT("fuzz"), .bytes = bytes, .syntax = syntax};
  crate_buffer_init(buffer, world);
  if (crate_convert(world, &what, crate_format_find(crate_text(format)),
                    buffer)) {
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
  const CrateSyntax from = syntaxes[data[0] % COUNT].syntax;
  const size_t to = data[0] / COUNT % COUNT;
  CrateWorld world;
  crate_world_init(&world);
  world.limits.canonical_work = 500;
  bool said = false;
  world.sink = (CrateSink){note, &said};
  CrateBuffer before, written, after;
  turn(&world, bytes, from, "canonical", &before);
  turn(&world, bytes, from, syntaxes[to].format, &written);
  turn(&world, crate_buffer_text(&written), syntaxes[to].syntax, "canonical",
       &after);
  size_t violations;
  CrateBuffer findings;
  const CrateConversion what = {
    .name = CRATE_TEXT("fuzz"), .bytes = bytes, .syntax = from};
  crate_buffer_init(&findings, &world);
  if (crate_check_constraints(&world, &what, &findings, &violations) !=
        CRATE_OK &&
      before.size) {
    abort(); // what can be read can be judged
  }
  crate_buffer_clear(&findings);
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
