// SPDX-License-Identifier: Apache-2.0
// The end of a file is the same, however a package holds it.
#include <cratekit/package.h>
#include <string.h>
#include <support/archives.h>
#include <sys/stat.h>
#include <unistd.h>

/// More than a few pieces, and no multiple of them.
#define SIZE 200003u

static unsigned char content[SIZE];
static char folder[] = "/tmp/cratekit-tail-XXXXXX";
static char path[4096];

static const char *
in_folder(const char *name)
{
  snprintf(path, sizeof(path), "%s/%s", folder, name);
  return path;
}

static int
write_packages(void **state)
{
  const CrateText whole = {(const char *)content, SIZE};
  const CrateText document = CRATE_TEXT("{}");
  uint32_t number = 1;
  (void)state;
  for (size_t i = 0; i < SIZE; ++i) {
    number = number * 1103515245u + 12345u;
    content[i] = (unsigned char)(number >> 24u);
  }
  assert_non_null(mkdtemp(folder));
  assert_int_equal(mkdir(in_folder("plain"), 0700), 0);
  assert_int_equal(mkdir(in_folder("plain/d"), 0700), 0);
  check_write_parts(in_folder("plain/d/a"), &whole, 1);
  check_write_parts(in_folder("plain/d/empty"), &whole, 0);
  check_write_parts(in_folder("alone.json"), &document, 1);
  check_write_archive(in_folder("stored.zip"), CHECK_STORED, whole);
  check_write_archive(in_folder("deflated.zip"), CHECK_DEFLATED, whole);
  check_write_archive(in_folder("packed.tar.gz"), CHECK_TAR_GZIP, whole);
  return 0;
}

static int
remove_packages(void **state)
{
  static const char *const names[] = {
    "plain/d/a",  "plain/d/empty", "plain/d",       "plain",
    "stored.zip", "deflated.zip",  "packed.tar.gz", "alone.json"};
  (void)state;
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    assert_int_equal(remove(in_folder(names[i])), 0);
  }
  return rmdir(folder);
}

static const char *const packages[] = {"plain", "stored.zip", "deflated.zip",
                                       "packed.tar.gz"};
#define PACKAGES (sizeof(packages) / sizeof(*packages))

static CratePackage *
open_one(const CrateWorld *world, const char *name)
{
  CratePackage *package = NULL;
  assert_int_equal(
    crate_package_open(world, crate_text(in_folder(name)), &package), CRATE_OK);
  return package;
}

static void
check_tail(CratePackage *package, const CrateWorld *world, size_t most)
{
  const size_t wanted = most < SIZE ? most : SIZE;
  const CrateText expected = {(const char *)content + SIZE - wanted, wanted};
  CrateArena arena;
  CrateText tail;
  uint64_t size = 0;
  crate_arena_init(&arena, world);
  assert_int_equal(
    crate_package_tail(package, CRATE_TEXT("/d/a"), most, &arena, &tail, &size),
    CRATE_OK);
  assert_int_equal(size, SIZE);
  assert_true(crate_text_equal(tail, expected));
  crate_arena_clear(&arena);
}

static void
every_package_has_the_same_end(void **state)
{
  static const size_t most[] = {0,     1,         8,        65535,
                                65536, 65537,     100000,   SIZE - 1u,
                                SIZE,  SIZE + 1u, 1u << 20u};
  (void)state;
  for (size_t i = 0; i < PACKAGES; ++i) {
    CheckWorld check;
    check_world_init(&check);
    CratePackage *const package = open_one(&check.world, packages[i]);
    for (size_t k = 0; k < sizeof(most) / sizeof(*most); ++k) {
      check_tail(package, &check.world, most[k]);
    }
    assert_string_equal(check.said, "");
    crate_package_close(package);
  }
}

/// The answer to a question for the end of something else.
static void
check_refused(const char *name, const char *member, CrateStatus expected)
{
  CheckWorld check;
  CrateArena arena;
  CrateText tail;
  uint64_t size = 0;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  CratePackage *const package = open_one(&check.world, name);
  const CrateStatus st =
    crate_package_tail(package, crate_text(member), 8, &arena, &tail, &size);
  if (st != expected || tail.size || check.count != (st ? 1u : 0u)) {
    fail_msg("%s of %s: %s: %s", member, name, crate_status_text(st),
             check.said);
  }
  crate_package_close(package);
  crate_arena_clear(&arena);
}

static void
what_is_no_file_has_no_end(void **state)
{
  (void)state;
  for (size_t i = 0; i < PACKAGES; ++i) {
    check_refused(packages[i], "/d/b", CRATE_NOT_FOUND);
    check_refused(packages[i], "/../d/a", CRATE_NOT_FOUND);
  }
  check_refused("plain", "d", CRATE_UNREADABLE);
  check_refused("plain", "d/empty", CRATE_OK);
  check_refused("alone.json", "d/a", CRATE_NOT_FOUND);
}

static CrateStatus
read_ends(const CrateWorld *world, const char *name)
{
  CratePackage *package = NULL;
  CrateArena arena;
  CrateText tail;
  uint64_t size = 0;
  crate_arena_init(&arena, world);
  CrateStatus st =
    crate_package_open(world, crate_text(in_folder(name)), &package);
  if (!st) {
    st = crate_package_tail(package, CRATE_TEXT("/d/a"), 100, &arena, &tail,
                            &size);
  }
  crate_package_close(package);
  crate_arena_clear(&arena);
  return st;
}

static CrateStatus
read_plain(const CrateWorld *world)
{
  return read_ends(world, "plain");
}

static CrateStatus
read_stored(const CrateWorld *world)
{
  return read_ends(world, "stored.zip");
}

static CrateStatus
read_packed(const CrateWorld *world)
{
  return read_ends(world, "packed.tar.gz");
}

static void
failing_allocations_end_cleanly(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_plain) > 3);
  assert_true(check_failing_allocations(read_stored) > 3);
  assert_true(check_failing_allocations(read_packed) > 3);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_package_has_the_same_end),
    cmocka_unit_test(what_is_no_file_has_no_end),
    cmocka_unit_test(failing_allocations_end_cleanly),
  };
  return cmocka_run_group_tests(tests, write_packages, remove_packages);
}
