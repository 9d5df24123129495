// SPDX-License-Identifier: Apache-2.0
// Fuzz target: documents with a layout, read and written in one syntax. The
// first byte chooses it.
#include "turn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const formats[] = {"cff", "datacite-json", "datacite-xml",
                                      "model-card"};

#define COUNT (sizeof(formats) / sizeof(*formats))

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size) {
    const char *const format = formats[data[0] % COUNT];
    (void)check_turn((CrateText){(const char *)data + 1, size - 1}, format,
                     format);
  }
  return 0;
}
