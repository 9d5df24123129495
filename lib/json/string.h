// SPDX-License-Identifier: Apache-2.0
/// @file Reading a JSON string: RFC 8259 section 7.
#ifndef CRATE_JSON_STRING_H
#define CRATE_JSON_STRING_H
#include <cratekit/json.h>

typedef struct CrateStringReader {
  CrateArena *arena;
  const char *end; // of the document, whose bytes are valid UTF-8
} CrateStringReader;

/// Keeps both.
static inline void
crate_string_reader_init(CrateStringReader *reader,
                         CrateArena *arena,
                         const char *end)
{
  *reader = (CrateStringReader){arena, end};
}

/**
   Read one string.

   @param at   At the opening quote; then past the closing one, or at the
   culprit when the answer is CRATE_MALFORMED.
   @param text A view into the document, or into the arena if it had escapes.
   @param expected What should have stood at the culprit.
*/
CrateStatus crate_string_read(const CrateStringReader *reader,
                              const char **at,
                              CrateText *text,
                              const char **expected);

#endif // CRATE_JSON_STRING_H
