// SPDX-License-Identifier: Apache-2.0
// Fuzz target: bytes as a tar archive.
#include "members.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  read_archive(data, size);
  return 0;
}
