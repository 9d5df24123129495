// SPDX-License-Identifier: Apache-2.0
#include "base/lines.h"
#include <errno.h>
#include <poll.h>
#include <unistd.h>

/// Bytes asked for at a time.
enum { PIECE = 1 << 16 };

void
crate_lines_init(CrateLines *lines, const CrateWorld *world, int descriptor)
{
  *lines = (CrateLines){.world = world, .descriptor = descriptor};
  crate_buffer_init(&lines->bytes, world);
}

void
crate_lines_clear(CrateLines *lines)
{
  crate_buffer_clear(&lines->bytes);
}

static void
fail(CrateLines *lines, CrateStatus status)
{
  lines->status = status;
  lines->ended = true;
}

/// Forget what was given out, so that the buffer grows with the longest line
/// and not with the stream.
static void
make_room(CrateLines *lines)
{
  CrateBuffer *const bytes = &lines->bytes;
  if (lines->at) {
    memmove(bytes->data, bytes->data + lines->at, bytes->size - lines->at);
    bytes->size -= lines->at;
    lines->at = 0;
  }
}

/// Take what the stream has; false when it has nothing yet.
static bool
fill(CrateLines *lines, bool wait)
{
  char piece[PIECE];
  struct pollfd stream = {.fd = lines->descriptor, .events = POLLIN};
  const int ready = poll(&stream, 1, wait ? -1 : 0);
  if (!ready || (ready < 0 && errno == EINTR)) {
    return wait; // a signal: look again
  }
  const ssize_t got = read(lines->descriptor, piece, sizeof(piece));
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
    return wait;
  }
  if (got <= 0) {
    fail(lines, got ? CRATE_UNREADABLE : CRATE_OK);
    return true;
  }
  make_room(lines);
  crate_buffer_add(&lines->bytes, (CrateText){piece, (size_t)got});
  if (crate_buffer_status(&lines->bytes)) {
    fail(lines, crate_buffer_status(&lines->bytes));
  }
  return true;
}

/// An unfinished line above the limit is passed by.
static void
pass_by(CrateLines *lines)
{
  if (lines->looked > lines->world->limits.document_bytes) {
    lines->too_long = true;
  }
  if (lines->too_long) {
    lines->at = lines->bytes.size;
    lines->looked = 0;
  }
}

static CrateLineState
give(CrateLines *lines, CrateText line, size_t taken)
{
  const bool too_long =
    lines->too_long || line.size > lines->world->limits.document_bytes;
  lines->at += taken;
  lines->looked = 0;
  lines->too_long = false;
  return too_long ? CRATE_LINE_TOO_LONG : CRATE_LINE_GIVEN;
}

CrateLineState
crate_lines_next(CrateLines *lines, bool wait, CrateText *out)
{
  for (;;) {
    const CrateText rest = crate_text_slice(crate_buffer_text(&lines->bytes),
                                            lines->at, lines->bytes.size);
    const CrateText fresh = crate_text_slice(rest, lines->looked, rest.size);
    const size_t end = lines->looked + crate_text_find(fresh, '\n');
    *out = crate_text_slice(rest, 0, end);
    if (end < rest.size) {
      return give(lines, *out, end + 1u);
    }
    lines->looked = rest.size;
    if (lines->ended) {
      const bool last = !lines->status && (rest.size || lines->too_long);
      return last ? give(lines, *out, end) : CRATE_LINE_NO_MORE;
    }
    pass_by(lines);
    if (!fill(lines, wait)) {
      return CRATE_LINE_NOT_YET;
    }
  }
}
