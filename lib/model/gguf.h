// SPDX-License-Identifier: Apache-2.0
/// @file Inside of GGUF: its metadata.
#ifndef CRATE_MODEL_GGUF_H
#define CRATE_MODEL_GGUF_H
#include "model/cursor.h"

/// Bytes of a key, by the specification; of a tensor's name, to be lenient.
#define CRATE_GGUF_LONGEST_KEY 65535u

typedef struct CrateGguf {
  CrateModelReading *reading;
  CrateCursor cursor;
  uint32_t version;
  uint64_t alignment; ///< As general.alignment says.
  CrateMap keys;
  CrateBuffer value; ///< The JSON of the one being read.
} CrateGguf;

/// A length or a count: 32 bits in version 1, else 64.
uint64_t crate_gguf_get_size(CrateGguf *gguf);

/// A string of at most `longest` bytes: more is a failure.
CrateText crate_gguf_get_string(CrateGguf *gguf, uint64_t longest);

/// Read a key and its value, and add them to the model's.
CrateStatus crate_gguf_read_entry(CrateGguf *gguf);

#endif // CRATE_MODEL_GGUF_H
