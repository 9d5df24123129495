// SPDX-License-Identifier: Apache-2.0
#include "base/bar.h"
#include "base/file.h"
#include "base/terminal.h"
#include "support/check.h"
#include <sys/stat.h>
#include <unistd.h>

static void
check_line(const CrateDiagnostic *diagnostic, const char *expected)
{
  CheckWorld check;
  check_world_init(&check);
  CrateBuffer line;
  crate_buffer_init(&line, &check.world);
  crate_terminal_format(&line, "prog", diagnostic);
  check_text(crate_buffer_text(&line), expected);
  crate_buffer_clear(&line);
}

static void
lines_are_of_the_form_that_editors_know(void **state)
{
  (void)state;
  CrateDiagnostic d = {.file = CRATE_TEXT("a.ttl"),
                       .line = 3,
                       .column = 7,
                       .code = CRATE_TEXT("invalid-rdf"),
                       .message = CRATE_TEXT("expected x")};
  check_line(&d, "a.ttl:3:7: error: expected x [invalid-rdf]\n");
  d.column = 0;
  d.level = CRATE_DIAGNOSTIC_WARNING;
  check_line(&d, "a.ttl:3: warning: expected x [invalid-rdf]\n");
  d.line = 0;
  d.level = CRATE_DIAGNOSTIC_NOTE;
  check_line(&d, "a.ttl: note: expected x [invalid-rdf]\n");
  d.file = CRATE_TEXT("");
  d.code = CRATE_TEXT("");
  check_line(&d, "prog: note: expected x\n");
}

static void
nothing_steers_the_terminal(void **state)
{
  (void)state;
  static const char hostile[] =
    "a\x1B[31m\n\x7F\xC2\x9B\xE2\x80\xAE\xFF\xE2\x82\xC3\xA9\0\xF0\x9F\x98\x80";
  CheckWorld check;
  check_world_init(&check);
  CrateBuffer out;
  crate_buffer_init(&out, &check.world);
  crate_terminal_escape(&out, (CrateText){hostile, sizeof(hostile) - 1});
  check_text(crate_buffer_text(&out),
             "a\\x1B[31m\\x0A\\x7F\\u009B\\u202E\\xFF\\xE2\\x82\xC3\xA9\\x00"
             "\xF0\x9F\x98\x80");
  crate_buffer_clear(&out);
}

static void
check_bar(CrateProgressStep step, unsigned columns, const char *expected)
{
  CheckWorld check;
  CrateBuffer line;
  check_world_init(&check);
  crate_buffer_init(&line, &check.world);
  crate_bar_format(&line, &step, 2.0, columns);
  check_text(crate_buffer_text(&line), expected);
  crate_buffer_clear(&line);
}

static void
a_bar_is_never_wider_than_the_terminal(void **state)
{
  CrateProgressStep step = {.file = CRATE_TEXT("data/long/\xE2\x82.bin"),
                            .total = 5000000000u};
  (void)state;
  check_bar(step, 80,
            "[>                   ]  0 %  0 B of 5.0 GB, 0 B/s  "
            "data/long/\\xE2\\x82.bin");
  step.file = CRATE_TEXT("data/a\x1B[2J/\xE4\xBA\xBA\xE4\xBA\xBA.bin");
  step.done = 2500000000u;
  check_bar(step, 76,
            "[==========>         ] 50 %  2.5 GB of 5.0 GB, 1.2 GB/s  "
            "...x1B[2J/\xE4\xBA\xBA\xE4\xBA\xBA.bin");
  step.done = step.total;
  check_bar(step, 24, "[====================] ");
  check_bar((CrateProgressStep){.ended = false}, 40,
            "[====================] 100 %  0 B of 0 ");
}

/// A file with these bytes, under a name of its own; the caller unlinks.
static void
make_file(char path[32], size_t size)
{
  strcpy(path, "/tmp/crate-test-XXXXXX");
  const int descriptor = mkstemp(path);
  assert_true(descriptor >= 0);
  for (size_t i = 0; i < size; ++i) {
    assert_int_equal(write(descriptor, "x", 1), 1);
  }
  close(descriptor);
}

static void
a_file_is_read_up_to_the_ceiling(void **state)
{
  (void)state;
  static const size_t sizes[] = {0, 1, 99, 100, 101};
  for (size_t i = 0; i < 5; ++i) {
    char path[32];
    CheckWorld check;
    CrateFile file;
    check_world_init(&check);
    check.world.limits.document_bytes = 100;
    make_file(path, sizes[i]);
    const CrateStatus st =
      crate_file_read(&check.world, crate_text(path), &file);
    assert_int_equal(st, sizes[i] > 100 ? CRATE_OVER_LIMIT : CRATE_OK);
    assert_int_equal(crate_file_text(&file).size,
                     sizes[i] > 100 ? 0 : sizes[i]);
    assert_int_equal(check.count, sizes[i] > 100);
    crate_file_clear(&file);
    unlink(path);
  }
}

static void
an_endless_file_ends_at_the_ceiling(void **state)
{
  (void)state;
  CheckWorld check;
  CrateFile file;
  check_world_init(&check);
  check.world.limits.document_bytes = 1000000;
  assert_int_equal(
    crate_file_read(&check.world, CRATE_TEXT("/dev/zero"), &file),
    CRATE_OVER_LIMIT);
  crate_file_clear(&file);
}

static void
what_is_no_file_is_said(void **state)
{
  (void)state;
  static const struct {
    CrateText path;
    CrateStatus status;
    const char *said;
  } rows[] = {
    {{"/", 1},
     CRATE_UNREADABLE,
     "/:0:0: cannot read: it is a folder [unreadable-file]"},
    {{"/none/such", 10},
     CRATE_NOT_FOUND,
     "/none/such:0:0: cannot read: No such file or directory "
     "[unreadable-file]"},
    {{"", 0},
     CRATE_NOT_FOUND,
     ":0:0: cannot read: No such file or directory [unreadable-file]"},
    {{"/\0x", 3}, CRATE_NOT_FOUND, NULL},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    CheckWorld check;
    CrateFile file;
    check_world_init(&check);
    assert_int_equal(crate_file_read(&check.world, rows[i].path, &file),
                     rows[i].status);
    if (rows[i].said) {
      assert_string_equal(check.said, rows[i].said);
    }
    crate_file_clear(&file);
  }
}

static CrateStatus
read_dev_null(const CrateWorld *world)
{
  CrateFile file;
  const CrateStatus st = crate_file_read(world, CRATE_TEXT("/dev/null"), &file);
  crate_file_clear(&file);
  return st;
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_dev_null) > 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lines_are_of_the_form_that_editors_know),
    cmocka_unit_test(nothing_steers_the_terminal),
    cmocka_unit_test(a_bar_is_never_wider_than_the_terminal),
    cmocka_unit_test(a_file_is_read_up_to_the_ceiling),
    cmocka_unit_test(an_endless_file_ends_at_the_ceiling),
    cmocka_unit_test(what_is_no_file_is_said),
    cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
