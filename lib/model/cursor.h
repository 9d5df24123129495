// SPDX-License-Identifier: Apache-2.0
/// @file Binary headers read from front to back, through a window: nothing is
/// believed before the bytes for it are there.
///
/// The first failure sticks: later calls answer 0 or nothing, so a reader may
/// check once, at the end, with crate_cursor_status().
#ifndef CRATE_MODEL_CURSOR_H
#define CRATE_MODEL_CURSOR_H
#include "model/reading.h"

/// Most bytes that can be looked at in one piece.
#define CRATE_CURSOR_WINDOW ((size_t)1 << 16u)

typedef struct CrateCursor {
  const CrateModelReading *reading;
  uint64_t at, end; ///< Of the source.
  bool big_endian;
  CrateStatus status;
  const char *wrong; ///< What is wrong with the byte at `wrong_at`.
  uint64_t wrong_at;
  unsigned char *window;
  uint64_t window_at;
  size_t window_size;
} CrateCursor;

static inline uint32_t
crate_get32(const unsigned char *at, bool big_endian)
{
  return big_endian ? (uint32_t)at[0] << 24u | (uint32_t)at[1] << 16u |
                        (uint32_t)at[2] << 8u | at[3]
                    : (uint32_t)at[3] << 24u | (uint32_t)at[2] << 16u |
                        (uint32_t)at[1] << 8u | at[0];
}

static inline uint64_t
crate_get64(const unsigned char *at, bool big_endian)
{
  const uint64_t first = crate_get32(at, big_endian);
  const uint64_t second = crate_get32(at + 4, big_endian);
  return big_endian ? first << 32u | second : second << 32u | first;
}

/// From `at` to `end`, both of which are clamped to the source. Its window
/// lives in the model's arena.
CrateCursor crate_cursor_begin(const CrateModelReading *reading,
                               uint64_t at,
                               uint64_t end);

/// Say what is wrong, unless something is already. `wrong` is a literal.
void crate_cursor_fail(CrateCursor *cursor,
                       CrateStatus status,
                       const char *wrong);

/// The first failure, said now; or CRATE_OK.
CrateStatus crate_cursor_status(CrateCursor *cursor);

/// Bytes left before the end.
static inline uint64_t
crate_cursor_left(const CrateCursor *cursor)
{
  return cursor->end - cursor->at;
}

/// Look at the next `size` bytes, at most CRATE_CURSOR_WINDOW, without moving.
/// A view, valid until the next call; NULL when there are fewer.
const unsigned char *crate_cursor_peek(CrateCursor *cursor, size_t size);

/// The same, and move behind them.
const unsigned char *crate_cursor_take(CrateCursor *cursor, size_t size);

/// Move on without reading.
void crate_cursor_skip(CrateCursor *cursor, uint64_t size);

uint8_t crate_cursor_get8(CrateCursor *cursor);
uint16_t crate_cursor_get16(CrateCursor *cursor);
uint32_t crate_cursor_get32(CrateCursor *cursor);
uint64_t crate_cursor_get64(CrateCursor *cursor);

/// Move over `size` bytes, of which the first `most` are copied into the
/// model's arena; empty after a failure.
CrateText crate_cursor_text(CrateCursor *cursor, uint64_t size, size_t most);

#endif // CRATE_MODEL_CURSOR_H
