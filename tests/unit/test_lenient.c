// SPDX-License-Identifier: Apache-2.0
// An archive with doubtful members is refused by who relies on it, and shown
// without them by who shows what is there.
#include <string.h>
#include <support/archives.h>
#include <unistd.h>

static char path[] = "/tmp/cratekit-lenient-XXXXXX";

static int
make_file(void **state)
{
  (void)state;
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  return close(fd);
}

static int
remove_file(void **state)
{
  (void)state;
  return remove(path);
}

/// What is listed, with a space behind each name, and how often something was
/// said.
static void
check_listed(const char *expected, unsigned warnings)
{
  CheckWorld check;
  CratePackage *package = NULL;
  const CrateText *paths = NULL;
  size_t count = 0;
  CrateBuffer listed;
  check_world_init(&check);
  crate_buffer_init(&listed, &check.world);
  assert_int_equal(
    crate_package_open_leniently(&check.world, crate_text(path), &package),
    CRATE_OK);
  assert_int_equal(crate_package_list(package, &paths, &count), CRATE_OK);
  for (size_t i = 0; i < count; ++i) {
    crate_buffer_add(&listed, paths[i]);
    crate_buffer_add_string(&listed, " ");
  }
  assert_text(crate_buffer_text(&listed), expected);
  assert_int_equal(check.count, warnings);
  crate_buffer_clear(&listed);
  crate_package_close(package);
}

static void
check_refused(void)
{
  CheckWorld check;
  CratePackage *package = NULL;
  check_world_init(&check);
  assert_int_equal(crate_package_open(&check.world, crate_text(path), &package),
                   CRATE_MALFORMED);
  assert_null(package);
}

static void
doubtful_names_are_left_out(void **state)
{
  static const char *const names[] = {
    "a", "../b", "c", "c", "c/d", "/e", "f/g", "f", "f/../../h", "i\\j", "f/k"};
  (void)state;
  check_write_names(path, names, sizeof(names) / sizeof(*names), 0);
  check_refused();
  check_listed("a c f/g f/k ", 7);
}

static void
the_first_of_two_stays(void **state)
{
  static const char *const names[] = {"d/x", "d", "e", "e/y", "e/z/w", "v"};
  (void)state;
  check_write_names(path, names, 6, 0);
  check_refused();
  check_listed("d/x e v ", 3);
}

/// Members that share bytes are there, but nobody reads them.
static void
overlapping_members_are_not_read(void **state)
{
  static const char *const names[] = {"aaa", "bbb", "ccc"};
  CheckWorld check;
  CratePackage *package = NULL;
  CratePackageFile *file = NULL;
  CrateArena arena;
  CrateText bytes;
  (void)state;
  check_write_names(path, names, 3, 2);
  check_refused();
  check_listed("aaa bbb ccc ", 1);
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  assert_int_equal(
    crate_package_open_leniently(&check.world, crate_text(path), &package),
    CRATE_OK);
  assert_non_null(strstr(check.said, "overlaps what follows it"));
  unsigned refused = 0;
  for (size_t i = 0; i < 3; ++i) {
    const CrateText name = crate_text(names[i]);
    const CrateStatus st = crate_package_read(package, name, &arena, &bytes);
    refused += st == CRATE_MALFORMED;
    assert_int_equal(crate_package_file_open(package, name, &file), st);
    crate_package_file_close(file);
    if (!st && i == 2) {
      assert_text(bytes, "ccc");
    }
  }
  assert_int_equal(refused, 2);
  crate_arena_clear(&arena);
  crate_package_close(package);
}

static CrateStatus
open_leniently(const CrateWorld *world)
{
  CratePackage *package = NULL;
  const CrateStatus st =
    crate_package_open_leniently(world, crate_text(path), &package);
  crate_package_close(package);
  return st;
}

static void
failing_allocations_are_survived(void **state)
{
  static const char *const names[] = {"a", "../b", "c/d", "c"};
  (void)state;
  check_write_names(path, names, 4, 0);
  assert_true(check_failing_allocations(open_leniently) > 4);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(doubtful_names_are_left_out),
    cmocka_unit_test(the_first_of_two_stays),
    cmocka_unit_test(overlapping_members_are_not_read),
    cmocka_unit_test(failing_allocations_are_survived),
  };
  return cmocka_run_group_tests(tests, make_file, remove_file);
}
