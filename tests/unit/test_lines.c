// SPDX-License-Identifier: Apache-2.0
#include "base/lines.h"
#include "support/check.h"
#include <fcntl.h>
#include <unistd.h>

typedef struct {
  CheckWorld check;
  CrateLines lines;
  int ends[2];
} Stream;

static void
stream_init(Stream *stream)
{
  check_world_init(&stream->check);
  assert_int_equal(pipe(stream->ends), 0);
  crate_lines_init(&stream->lines, &stream->check.world, stream->ends[0]);
}

static void
stream_clear(Stream *stream)
{
  crate_lines_clear(&stream->lines);
  close(stream->ends[0]);
}

static void
say(const Stream *stream, const char *text)
{
  const size_t size = strlen(text);
  assert_int_equal(write(stream->ends[1], text, size), (ssize_t)size);
}

static void
expect(Stream *stream, const char *text)
{
  CrateText line;
  assert_int_equal(crate_lines_next(&stream->lines, true, &line),
                   CRATE_LINE_GIVEN);
  assert_text(line, text);
}

static void
lines_come_as_they_are_written(void **state)
{
  (void)state;
  Stream stream;
  CrateText line;
  stream_init(&stream);
  assert_int_equal(crate_lines_next(&stream.lines, false, &line),
                   CRATE_LINE_NOT_YET);
  say(&stream, "one\n\ntw");
  expect(&stream, "one");
  expect(&stream, "");
  assert_int_equal(crate_lines_next(&stream.lines, false, &line),
                   CRATE_LINE_NOT_YET);
  say(&stream, "o\nthree");
  expect(&stream, "two");
  close(stream.ends[1]);
  expect(&stream, "three");
  assert_int_equal(crate_lines_next(&stream.lines, true, &line),
                   CRATE_LINE_NO_MORE);
  assert_int_equal(stream.lines.status, CRATE_OK);
  stream_clear(&stream);
}

static void
a_line_above_the_limit_is_passed_by(void **state)
{
  (void)state;
  Stream stream;
  CrateText line;
  stream_init(&stream);
  stream.check.world.limits.document_bytes = 10;
  say(&stream, "0123456789\n01234567890\nafter\n0123456789");
  expect(&stream, "0123456789");
  assert_int_equal(crate_lines_next(&stream.lines, true, &line),
                   CRATE_LINE_TOO_LONG);
  expect(&stream, "after");
  // Piece by piece: the pieces are not kept.
  for (int i = 0; i < 100; ++i) {
    assert_int_equal(crate_lines_next(&stream.lines, false, &line),
                     CRATE_LINE_NOT_YET);
    assert_true(stream.lines.bytes.size < 64);
    say(&stream, "0123456789");
  }
  say(&stream, "\nlast");
  assert_int_equal(crate_lines_next(&stream.lines, true, &line),
                   CRATE_LINE_TOO_LONG);
  close(stream.ends[1]);
  expect(&stream, "last");
  assert_int_equal(crate_lines_next(&stream.lines, true, &line),
                   CRATE_LINE_NO_MORE);
  stream_clear(&stream);
}

static void
what_cannot_be_read_is_no_end(void **state)
{
  (void)state;
  CheckWorld check;
  CrateLines lines;
  CrateText line;
  check_world_init(&check);
  const int folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  crate_lines_init(&lines, &check.world, folder);
  assert_int_equal(crate_lines_next(&lines, true, &line), CRATE_LINE_NO_MORE);
  assert_int_equal(lines.status, CRATE_UNREADABLE);
  crate_lines_clear(&lines);
  close(folder);
}

static CrateStatus
read_two(const CrateWorld *world)
{
  CrateLines lines;
  CrateText line;
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(write(ends[1], "one\ntwo", 7), 7);
  close(ends[1]);
  crate_lines_init(&lines, world, ends[0]);
  unsigned given = 0;
  while (crate_lines_next(&lines, true, &line) == CRATE_LINE_GIVEN) {
    ++given;
  }
  const CrateStatus st = lines.status;
  assert_true(st || given == 2);
  crate_lines_clear(&lines);
  close(ends[0]);
  return st;
}

static void
memory_may_run_out(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_two) > 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lines_come_as_they_are_written),
    cmocka_unit_test(a_line_above_the_limit_is_passed_by),
    cmocka_unit_test(what_cannot_be_read_is_no_end),
    cmocka_unit_test(memory_may_run_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
