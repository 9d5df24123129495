// SPDX-License-Identifier: Apache-2.0
// Fuzz target: every syntax of PROV in, every one out, and judged by
// PROV-CONSTRAINTS. The first byte chooses both.
#include "turn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const formats[] = {"provn", "prov-json", "prov-xml",
                                      "prov-jsonld"};

#define COUNT (sizeof(formats) / sizeof(*formats))

/// What can be read can be judged.
static void
check_judged(CrateText bytes, const char *from, bool readable)
{
  CrateWorld world;
  CrateBuffer findings;
  size_t violations;
  crate_world_init(&world);
  const CrateConversion what = {.name = CRATE_TEXT("fuzz"),
                                .bytes = bytes,
                                .syntax = crate_syntax_named(crate_text(from))};
  crate_buffer_init(&findings, &world);
  if (crate_check_constraints(&world, &what, &findings, &violations) !=
        CRATE_OK &&
      readable) {
    abort();
  }
  crate_buffer_clear(&findings);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size) {
    const CrateText bytes = {(const char *)data + 1, size - 1};
    const char *const from = formats[data[0] % COUNT];
    const char *const to = formats[data[0] / COUNT % COUNT];
    check_judged(bytes, from, check_turn(bytes, from, to));
  }
  return 0;
}
