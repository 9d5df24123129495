// SPDX-License-Identifier: Apache-2.0
/// @file Lines of a stream that somebody is still writing.
#ifndef CRATE_BASE_LINES_H
#define CRATE_BASE_LINES_H
#include <cratekit/buffer.h>

/// Caller's memory.
typedef struct CrateLines {
  const CrateWorld *world;
  int descriptor; ///< Kept open.
  CrateBuffer bytes;
  size_t at;     // first byte not given out
  size_t looked; // bytes from there that hold no newline
  bool ended;    // the stream did
  bool too_long; // the rest of a line is being passed by
  CrateStatus status;
} CrateLines;

typedef enum {
  CRATE_LINE_GIVEN,
  CRATE_LINE_TOO_LONG, ///< There was one, above limits.document_bytes.
  CRATE_LINE_NOT_YET,
  CRATE_LINE_NO_MORE, ///< The end, or a failure: see crate_lines_status().
} CrateLineState;

CRATE_API void crate_lines_init(CrateLines *lines,
                                const CrateWorld *world,
                                int descriptor);

CRATE_API void crate_lines_clear(CrateLines *lines);

/**
   The next line, without its end; a last one needs none.

   @param wait Whether to wait for it; else NOT_YET is an answer.
   @param out  A view, valid until the next call.
*/
CRATE_API CrateLineState crate_lines_next(CrateLines *lines,
                                          bool wait,
                                          CrateText *out);

#endif // CRATE_BASE_LINES_H
