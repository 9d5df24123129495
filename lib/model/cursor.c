// SPDX-License-Identifier: Apache-2.0
#include "model/cursor.h"
#include <inttypes.h>

CrateCursor
crate_cursor_begin(const CrateModelReading *reading, uint64_t at, uint64_t end)
{
  const uint64_t size = reading->source->size;
  CrateCursor cursor = {.reading = reading};
  cursor.end = end < size ? end : size;
  cursor.at = at < cursor.end ? at : cursor.end;
  cursor.window = (unsigned char *)crate_arena_allocate(&reading->model->arena,
                                                        CRATE_CURSOR_WINDOW);
  if (!cursor.window) {
    cursor.status = crate_arena_status(&reading->model->arena);
  }
  return cursor;
}

void
crate_cursor_fail(CrateCursor *cursor, CrateStatus status, const char *wrong)
{
  if (!cursor->status) {
    cursor->status = status;
    cursor->wrong = wrong;
    cursor->wrong_at = cursor->at;
  }
}

CrateStatus
crate_cursor_status(CrateCursor *cursor)
{
  const char *const wrong = cursor->wrong;
  cursor->wrong = NULL; // said once
  return wrong ? crate_model_refuse(cursor->reading, cursor->status,
                                    "at byte %" PRIu64 ": %s", cursor->wrong_at,
                                    wrong)
               : cursor->status;
}

/// Fill the window from where the cursor is.
static void
fill(CrateCursor *cursor)
{
  const uint64_t left = crate_cursor_left(cursor);
  const size_t size =
    left < CRATE_CURSOR_WINDOW ? (size_t)left : CRATE_CURSOR_WINDOW;
  cursor->window_at = cursor->at;
  cursor->window_size = size;
  const CrateStatus st =
    crate_model_read_at(cursor->reading, cursor->at, cursor->window, size);
  if (st && !cursor->status) {
    cursor->status = st; // it is said already
  }
}

const unsigned char *
crate_cursor_peek(CrateCursor *cursor, size_t size)
{
  if (size > crate_cursor_left(cursor)) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "it ends early");
  }
  if (cursor->status) {
    return NULL;
  }
  if (cursor->at < cursor->window_at ||
      cursor->at - cursor->window_at > cursor->window_size ||
      size > cursor->window_size - (size_t)(cursor->at - cursor->window_at)) {
    fill(cursor);
  }
  return cursor->status ? NULL
                        : cursor->window + (cursor->at - cursor->window_at);
}

const unsigned char *
crate_cursor_take(CrateCursor *cursor, size_t size)
{
  const unsigned char *const bytes = crate_cursor_peek(cursor, size);
  cursor->at += bytes ? size : 0;
  return bytes;
}

void
crate_cursor_skip(CrateCursor *cursor, uint64_t size)
{
  if (size > crate_cursor_left(cursor)) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "it ends early");
  }
  cursor->at += cursor->status ? 0 : size;
}

uint8_t
crate_cursor_get8(CrateCursor *cursor)
{
  const unsigned char *const bytes = crate_cursor_take(cursor, 1);
  return bytes ? bytes[0] : 0;
}

uint16_t
crate_cursor_get16(CrateCursor *cursor)
{
  const unsigned char *const bytes = crate_cursor_take(cursor, 2);
  const unsigned high = cursor->big_endian ? 0 : 1;
  return bytes ? (uint16_t)((unsigned)bytes[high] << 8u | bytes[1u - high]) : 0;
}

uint32_t
crate_cursor_get32(CrateCursor *cursor)
{
  const unsigned char *const bytes = crate_cursor_take(cursor, 4);
  return bytes ? crate_get32(bytes, cursor->big_endian) : 0;
}

uint64_t
crate_cursor_get64(CrateCursor *cursor)
{
  const unsigned char *const bytes = crate_cursor_take(cursor, 8);
  return bytes ? crate_get64(bytes, cursor->big_endian) : 0;
}

CrateText
crate_cursor_text(CrateCursor *cursor, uint64_t size, size_t most)
{
  CrateText text = {NULL, 0};
  const size_t kept = size < most ? (size_t)size : most;
  if (size > crate_cursor_left(cursor)) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "it ends early");
  }
  if (!cursor->status && kept > CRATE_CURSOR_WINDOW) {
    cursor->status =
      crate_model_read_text(cursor->reading, cursor->at, kept, &text);
  } else if (!cursor->status) {
    const char *const bytes = (const char *)crate_cursor_peek(cursor, kept);
    if (bytes) {
      cursor->status = crate_arena_copy(&cursor->reading->model->arena,
                                        (CrateText){bytes, kept}, &text);
    }
  }
  crate_cursor_skip(cursor, size);
  return text;
}
