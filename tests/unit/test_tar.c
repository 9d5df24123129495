// SPDX-License-Identifier: Apache-2.0
#include <cratekit/package.h>
#include <string.h>
#include <support/check.h>

/// Path of an archive of the corpus, in one static place.
static const char *
archive(const char *name)
{
  static char full[4096];
  const char *const root = getenv("CRATEKIT_SOURCE");
  snprintf(full, sizeof(full), "%s/tests/fuzz/corpus/tar/%s", root ? root : ".",
           name);
  return full;
}

static CratePackage *
open_archive(CheckWorld *check, const char *name)
{
  CratePackage *package = NULL;
  check_world_init(check);
  const CrateStatus st =
    crate_package_open(&check->world, crate_text(archive(name)), &package);
  if (st) {
    fail_msg("%s: %s", name, check->said);
  }
  assert_int_equal(crate_package_kind(package), CRATE_PACKAGE_TAR);
  return package;
}

static CrateStatus
append(void *handle, CrateText piece)
{
  CrateBuffer *const buffer = (CrateBuffer *)handle;
  crate_buffer_add(buffer, piece);
  return CRATE_OK;
}

/// Read and poured, a member is the same.
static void
check_member(CratePackage *package,
             const CrateWorld *world,
             const char *path,
             const char *expected)
{
  CrateArena arena;
  CrateText bytes;
  CrateBuffer buffer;
  const CratePour pour = {append, &buffer};
  crate_arena_init(&arena, world);
  crate_buffer_init(&buffer, world);
  assert_int_equal(
    crate_package_read(package, crate_text(path), &arena, &bytes), CRATE_OK);
  assert_text(bytes, expected);
  assert_int_equal(crate_package_pour(package, crate_text(path), &pour),
                   CRATE_OK);
  assert_text(crate_buffer_text(&buffer), expected);
  crate_buffer_clear(&buffer);
  crate_arena_clear(&arena);
}

static void
every_form_of_tar_has_its_members(void **state)
{
  static const char *const names[] = {"gnu", "pax", "gzip", "gzip-two-members",
                                      "zstd"};
  char far[200] = "d/";
  (void)state;
  memset(far + 2, 'l', 120);
  far[122] = '\0';
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    CheckWorld check;
    CratePackage *const package = open_archive(&check, names[i]);
    assert_text(crate_package_root(package), "top/");
    assert_text(crate_package_metadata(package), "ro-crate-metadata.json");
    check_member(package, &check.world, far, "abc"); // forwards, then back
    check_member(package, &check.world, "d/a.txt", "hello");
    assert_true(crate_package_order(package, CRATE_TEXT("d/a.txt")) <
                crate_package_order(package, crate_text(far)));
    assert_int_equal(check_find(package, "d"), CRATE_MEMBER_FOLDER);
    assert_int_equal(check_find(package, "e"), CRATE_MEMBER_ABSENT);
    crate_package_close(package);
  }
}

static void
names_come_from_where_the_format_says(void **state)
{
  CheckWorld check;
  char name[200];
  (void)state;
  memset(name, 'd', 90);
  name[90] = '/';
  memset(name + 91, 'l', 60);
  name[151] = '\0';
  CratePackage *package = open_archive(&check, "ustar");
  check_member(package, &check.world, name, "x");
  crate_package_close(package);
  package = open_archive(&check, "pax");
  check_member(package, &check.world, "caf\xC3\xA9", "ok");
  crate_package_close(package);
}

static void
links_are_followed_and_stay_inside(void **state)
{
  CheckWorld check;
  (void)state;
  CratePackage *const package = open_archive(&check, "links");
  assert_int_equal(check_find(package, "/s/ro-crate-metadata.json"),
                   CRATE_MEMBER_FILE);
  assert_int_equal(check_find(package, "/h"), CRATE_MEMBER_FILE);
  assert_int_equal(check_find(package, "/out"), CRATE_MEMBER_OUTSIDE);
  assert_int_equal(check_find(package, "/loop"), CRATE_MEMBER_OUTSIDE);
  assert_int_equal(check_find(package, "/hloop"), CRATE_MEMBER_OUTSIDE);
  assert_int_equal(check_find(package, "/fifo"), CRATE_MEMBER_ABSENT);
  assert_int_equal(check_find(package, "/dev"), CRATE_MEMBER_ABSENT);
  crate_package_close(package);
}

static void
a_sparse_member_has_its_size_but_is_not_read(void **state)
{
  static const char *const names[] = {"sparse-old", "sparse-pax"};
  (void)state;
  for (size_t i = 0; i < 2; ++i) {
    CheckWorld check;
    CrateArena arena;
    CrateText bytes;
    CrateMember member;
    uint64_t size = 0;
    CratePackage *const package = open_archive(&check, names[i]);
    crate_arena_init(&arena, &check.world);
    assert_int_equal(
      crate_package_find(package, CRATE_TEXT("sp"), &member, &size), CRATE_OK);
    assert_int_equal(member, CRATE_MEMBER_FILE);
    assert_int_equal(size, (1u << 18u) + 1u);
    assert_int_equal(
      crate_package_read(package, CRATE_TEXT("sp"), &arena, &bytes),
      CRATE_UNSUPPORTED);
    assert_non_null(strstr(check.said, "is sparse"));
    crate_arena_clear(&arena);
    crate_package_close(package);
  }
}

static const char *worked_on; // by use_everything()

static CrateStatus
use_everything(const CrateWorld *world)
{
  const CrateText *paths;
  CratePackage *package;
  CrateArena arena;
  CrateText bytes;
  size_t count;
  CRATE_TRY(crate_package_open(world, crate_text(worked_on), &package));
  crate_arena_init(&arena, world);
  CrateStatus st = crate_package_list(package, &paths, &count);
  for (size_t i = 0; i < count && !st; ++i) {
    CrateMember member;
    st = crate_package_find(package, paths[i], &member, NULL);
    if (!st && member == CRATE_MEMBER_FILE) {
      st = crate_package_read(package, paths[i], &arena, &bytes);
    }
  }
  crate_arena_clear(&arena);
  crate_package_close(package);
  return st;
}

static void
any_allocation_may_fail(void **state)
{
  static const char *const names[] = {"gnu", "pax", "gzip", "zstd", "links"};
  (void)state;
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    worked_on = archive(names[i]);
    assert_true(check_failing_allocations(use_everything) > 3);
  }
}

static void
the_number_of_headers_is_limited(void **state)
{
  CheckWorld check;
  CratePackage *package = NULL;
  (void)state;
  check_world_init(&check);
  check.world.limits.archive_members = 3;
  assert_int_equal(
    crate_package_open(&check.world, crate_text(archive("gnu")), &package),
    CRATE_OVER_LIMIT);
  assert_non_null(strstr(check.said, "too many members"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_form_of_tar_has_its_members),
    cmocka_unit_test(names_come_from_where_the_format_says),
    cmocka_unit_test(links_are_followed_and_stay_inside),
    cmocka_unit_test(a_sparse_member_has_its_size_but_is_not_read),
    cmocka_unit_test(any_allocation_may_fail),
    cmocka_unit_test(the_number_of_headers_is_limited),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
