// SPDX-License-Identifier: Apache-2.0
#include <cratekit/package.h>
#include <errno.h>
#include <string.h>
#include <support/check.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Path of a file of the sources, in one of two static places.
static const char *
source(const char *path)
{
  static char full[4096];
  const char *const root = getenv("CRATEKIT_SOURCE");
  snprintf(full, sizeof(full), "%s/%s", root ? root : ".", path);
  return full;
}

static CratePackage *
open_package(CheckWorld *check, const char *path)
{
  CratePackage *package = NULL;
  check_world_init(check);
  const CrateStatus st =
    crate_package_open(&check->world, crate_text(path), &package);
  if (st) {
    fail_msg("%s: %s", path, check->said);
  }
  return package;
}

static CrateMember
find_alike(CratePackage *package, const char *path)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  assert_int_equal(
    crate_package_find_alike(package, crate_text(path), &member, NULL),
    CRATE_OK);
  return member;
}

/// What a refused archive or folder is told.
static void
check_refused(const char *path, CrateStatus expected, const char *said)
{
  CheckWorld check;
  CratePackage *package = NULL;
  check_world_init(&check);
  assert_int_equal(crate_package_open(&check.world, crate_text(path), &package),
                   expected);
  assert_null(package);
  assert_int_equal(check.count, 1);
  assert_non_null(strstr(check.said, said));
}

static void
an_archive_with_one_folder_has_its_root_there(void **state)
{
  (void)state;
  CheckWorld check;
  CrateArena arena;
  CrateText bytes;
  CratePackage *const package =
    open_package(&check, source("tests/fuzz/corpus/zip/deflated"));
  crate_arena_init(&arena, &check.world);
  assert_int_equal(crate_package_kind(package), CRATE_PACKAGE_ZIP);
  assert_text(crate_package_root(package), "top/");
  assert_text(crate_package_metadata(package), "ro-crate-metadata.json");
  assert_int_equal(check_find(package, "d"), CRATE_MEMBER_FOLDER);
  assert_int_equal(check_find(package, "D/"), CRATE_MEMBER_ABSENT);
  assert_int_equal(find_alike(package, "D/"), CRATE_MEMBER_OTHER_CASE);
  assert_int_equal(find_alike(package, "e"), CRATE_MEMBER_ABSENT);
  assert_int_equal(check_find(package, "/top/d/"), CRATE_MEMBER_FOLDER);
  assert_int_equal(check_find(package, "../../x"), CRATE_MEMBER_OUTSIDE);
  assert_int_equal(crate_package_read(package,
                                      CRATE_TEXT("ro-crate-metadata.json"),
                                      &arena, &bytes),
                   CRATE_OK);
  assert_int_equal(bytes.size, 408);
  assert_int_equal(
    crate_package_read(package, CRATE_TEXT("../../x"), &arena, &bytes),
    CRATE_NOT_FOUND);
  assert_int_equal(check.count, 1);
  crate_arena_clear(&arena);
  crate_package_close(package);
}

static void
a_bag_has_its_root_in_data(void **state)
{
  (void)state;
  CheckWorld check;
  CrateText top;
  CratePackage *const package =
    open_package(&check, source("tests/fuzz/corpus/zip/bag"));
  assert_true(crate_package_is_bag(package, &top));
  assert_text(top, "");
  assert_text(crate_package_root(package), "data/");
  crate_package_close(package);
}

static void
links_of_an_archive_stay_in_it(void **state)
{
  (void)state;
  CheckWorld check;
  CrateArena arena;
  CrateText bytes;
  CratePackage *const package =
    open_package(&check, source("tests/fuzz/corpus/zip/links"));
  crate_arena_init(&arena, &check.world);
  assert_int_equal(check_find(package, "l"), CRATE_MEMBER_FILE);
  assert_int_equal(check_find(package, "m"), CRATE_MEMBER_FILE);
  assert_int_equal(check_find(package, "o"), CRATE_MEMBER_OUTSIDE);
  assert_int_equal(check_find(package, "p"), CRATE_MEMBER_OUTSIDE);
  assert_int_equal(check_find(package, "d"), CRATE_MEMBER_FOLDER);
  assert_int_equal(check_find(package, "d/b"), CRATE_MEMBER_FILE);
  assert_int_equal(check_find(package, "d/c"), CRATE_MEMBER_ABSENT);
  assert_int_equal(
    crate_package_read(package, CRATE_TEXT("d/b"), &arena, &bytes), CRATE_OK);
  assert_text(bytes, "x");
  assert_int_equal(crate_package_read(package, CRATE_TEXT("o"), &arena, &bytes),
                   CRATE_NOT_FOUND);
  crate_arena_clear(&arena);
  crate_package_close(package);
}

static void
a_dot_before_the_names_of_an_archive_is_dropped(void **state)
{
  (void)state;
  CheckWorld check;
  CratePackage *const package =
    open_package(&check, source("tests/fuzz/corpus/zip/dotted"));
  assert_int_equal(check_find(package, "a"), CRATE_MEMBER_FILE);
  crate_package_close(package);
}

static void
what_is_no_package_is_refused(void **state)
{
  (void)state;
  check_refused("/nowhere/at/all", CRATE_NOT_FOUND, "unreadable");
  check_refused(source("meson.build"), CRATE_MALFORMED, "expected a folder");
  check_refused("/dev/null", CRATE_MALFORMED, "expected a folder");
  check_refused(source("tests/fuzz/corpus/zip/no-zip"), CRATE_MALFORMED,
                "no central directory");
}

/// A folder with everything that may lie in wait there.
static void
make_trap(char *folder)
{
  assert_non_null(mkdtemp(folder));
  assert_int_equal(chdir(folder), 0);
  assert_int_equal(mkdir("data", 0700), 0);
  assert_int_equal(symlink("/etc", "out"), 0);
  assert_int_equal(symlink("..", "up"), 0);
  assert_int_equal(symlink("data", "in"), 0);
  assert_int_equal(symlink("loop", "loop"), 0);
  assert_int_equal(symlink("/etc/passwd", "data/passwd"), 0);
  assert_int_equal(symlink("/dev/zero", "ro-crate-metadata.json"), 0);
  assert_int_equal(mkfifo("data/fifo", 0600), 0);
  FILE *const file = fopen("data/a b.csv", "w");
  assert_non_null(file);
  assert_int_equal(fclose(file), 0);
}

static void
remove_trap(const char *folder)
{
  static const char *const names[] = {
    "data/a b.csv", "data/fifo", "data/passwd", "out",
    "up",           "in",        "loop",        "ro-crate-metadata.json"};
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    assert_int_equal(unlink(names[i]), 0);
  }
  assert_int_equal(rmdir("data"), 0);
  assert_int_equal(chdir("/"), 0);
  assert_int_equal(rmdir(folder), 0);
}

/// Old kernels, and valgrind, cannot say where a link leads: then none is
/// followed.
static bool
follows_links(void)
{
  return syscall(SYS_openat2, -1, "", NULL, 0) >= 0 || errno != ENOSYS;
}

static void
nothing_leads_out_of_a_folder(void **state)
{
  static const struct {
    const char *path;
    CrateMember member;
  } rows[] = {
    {"data/a b.csv", CRATE_MEMBER_FILE},
    {"./data//a b.csv", CRATE_MEMBER_FILE},
    {"in/a b.csv", CRATE_MEMBER_FILE},
    {"in/../data", CRATE_MEMBER_FOLDER},
    {"", CRATE_MEMBER_FOLDER},
    {"Data/A b.csv", CRATE_MEMBER_OTHER_CASE},
    {"data/none", CRATE_MEMBER_ABSENT},
    {"data/fifo", CRATE_MEMBER_ABSENT},
    {"..", CRATE_MEMBER_OUTSIDE},
    {"data/../../x", CRATE_MEMBER_OUTSIDE},
    {"out", CRATE_MEMBER_OUTSIDE},
    {"out/passwd", CRATE_MEMBER_OUTSIDE},
    {"up", CRATE_MEMBER_OUTSIDE},
    {"loop", CRATE_MEMBER_OUTSIDE},
    {"data/passwd", CRATE_MEMBER_OUTSIDE},
    {"/etc/passwd", CRATE_MEMBER_ABSENT},
  };
  char folder[] = "/tmp/crate-unit-XXXXXX";
  CheckWorld check;
  (void)state;
  make_trap(folder);
  CratePackage *const package = open_package(&check, folder);
  assert_text(crate_package_metadata(package), "");
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    const CrateMember member = find_alike(package, rows[i].path);
    const bool by_link = !strncmp(rows[i].path, "in/", 3);
    const bool unfollowed =
      !follows_links() && (by_link || member == CRATE_MEMBER_UNKNOWN);
    if (member != rows[i].member && !unfollowed) {
      fail_msg("\"%s\" is %d", rows[i].path, (int)member);
    }
  }
  const CrateText *paths;
  size_t count;
  assert_int_equal(crate_package_list(package, &paths, &count), CRATE_OK);
  assert_int_equal(count, 2); // "data/" and the one file
  assert_text(paths[1], "data/a b.csv");
  crate_package_close(package);
  remove_trap(folder);
}

static void
a_long_name_is_not_there(void **state)
{
  (void)state;
  CheckWorld check;
  CrateMember member;
  char *const name = malloc(100000);
  assert_non_null(name);
  memset(name, 'x', 100000);
  CratePackage *const package =
    open_package(&check, source("docs/examples/soil-moisture"));
  for (size_t size = 200; size <= 100000; size *= 5) {
    assert_int_equal(
      crate_package_find(package, (CrateText){name, size}, &member, NULL),
      CRATE_OK);
    assert_int_equal(member, CRATE_MEMBER_ABSENT);
  }
  crate_package_close(package);
  free(name);
}

static void
the_number_of_members_is_limited(void **state)
{
  (void)state;
  CheckWorld check;
  CratePackage *package;
  const CrateText *paths;
  size_t count;
  check_world_init(&check);
  check.world.limits.archive_members = 1;
  assert_int_equal(
    crate_package_open(&check.world,
                       crate_text(source("tests/fuzz/corpus/zip/deflated")),
                       &package),
    CRATE_OVER_LIMIT);
  assert_int_equal(
    crate_package_open(&check.world,
                       crate_text(source("docs/examples/soil-moisture")),
                       &package),
    CRATE_OK);
  assert_int_equal(crate_package_list(package, &paths, &count),
                   CRATE_OVER_LIMIT);
  assert_non_null(strstr(check.said, "too many members"));
  crate_package_close(package);
}

static const char *worked_on; // by use_everything()

static CrateStatus
use_package(CratePackage *package, CrateArena *arena)
{
  const CrateText *paths;
  CrateText bytes;
  size_t count;
  CrateMember member;
  CRATE_TRY(
    crate_package_find_alike(package, CRATE_TEXT("no/such"), &member, NULL));
  CRATE_TRY(crate_package_find(package, CRATE_TEXT("../x"), &member, NULL));
  CRATE_TRY(crate_package_list(package, &paths, &count));
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(crate_package_find(package, paths[i], &member, NULL));
    if (member == CRATE_MEMBER_FILE) {
      CRATE_TRY(crate_package_read(package, paths[i], arena, &bytes));
    }
  }
  return CRATE_OK;
}

static CrateStatus
use_everything(const CrateWorld *world)
{
  CratePackage *package;
  CrateArena arena;
  CRATE_TRY(crate_package_open(world, crate_text(worked_on), &package));
  crate_arena_init(&arena, world);
  const CrateStatus st = use_package(package, &arena);
  crate_arena_clear(&arena);
  crate_package_close(package);
  return st;
}

static void
any_allocation_may_fail(void **state)
{
  static const char *const packages[] = {
    "docs/examples/soil-moisture",
    "docs/examples/soil-moisture/ro-crate-metadata.json",
    "tests/fuzz/corpus/zip/deflated",
    "tests/fuzz/corpus/zip/bag",
    "tests/fuzz/corpus/zip/links",
    "tests/fuzz/corpus/zip/deflated/top",
    "tests/fuzz/corpus/zip/deflated/top/ro-crate-metadata.json",
  };
  (void)state;
  for (size_t i = 0; i < sizeof(packages) / sizeof(*packages); ++i) {
    worked_on = source(packages[i]);
    assert_true(check_failing_allocations(use_everything) > 3);
  }
}

static void
a_path_with_a_nul_names_nothing(void **state)
{
  CrateText path = CRATE_TEXT(".\0elsewhere"); // "." is there
  CratePackage *package = NULL;
  CheckWorld world;
  (void)state;
  check_world_init(&world);
  assert_int_equal(crate_package_open(&world.world, path, &package),
                   CRATE_NOT_FOUND);
  assert_null(package);
  assert_int_equal(world.count, 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_path_with_a_nul_names_nothing),
    cmocka_unit_test(an_archive_with_one_folder_has_its_root_there),
    cmocka_unit_test(a_bag_has_its_root_in_data),
    cmocka_unit_test(links_of_an_archive_stay_in_it),
    cmocka_unit_test(a_dot_before_the_names_of_an_archive_is_dropped),
    cmocka_unit_test(what_is_no_package_is_refused),
    cmocka_unit_test(nothing_leads_out_of_a_folder),
    cmocka_unit_test(a_long_name_is_not_there),
    cmocka_unit_test(the_number_of_members_is_limited),
    cmocka_unit_test(any_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
