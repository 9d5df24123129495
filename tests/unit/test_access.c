// SPDX-License-Identifier: Apache-2.0
// A file of a package reads the same anywhere, however the package holds it.
#include <pthread.h>
#include <string.h>
#include <support/archives.h>
#include <sys/stat.h>
#include <unistd.h>

/// Several points' worth, and no multiple of anything.
#define SIZE 5000011u

static char *content;
static char folder[] = "/tmp/cratekit-access-XXXXXX";
static char path[4096];

static const char *
in_folder(const char *name)
{
  snprintf(path, sizeof(path), "%s/%s", folder, name);
  return path;
}

static uint32_t
next_random(uint32_t *state)
{
  *state = *state * 1103515245u + 12345u;
  return *state >> 8u;
}

static const struct {
  const char *name;
  CheckArchive kind;
} archives[] = {
  {"stored.zip", CHECK_STORED},
  {"deflated.zip", CHECK_DEFLATED},
  {"plain.tar", CHECK_TAR},
  {"one.tar.gz", CHECK_TAR_GZIP},
  {"several.tar.gz", CHECK_TAR_GZIPS},
  {"one.tar.zst", CHECK_TAR_ZSTD},
  {"several.tar.zst", CHECK_TAR_ZSTDS},
};

#define ARCHIVES (sizeof(archives) / sizeof(*archives))

/// Whether an archive could be written.
static bool there[ARCHIVES];

static CrateText
whole(void)
{
  return (CrateText){content, SIZE};
}

/// Text that packs well in some places, and not at all in others.
static int
write_packages(void **state)
{
  uint32_t random = 1;
  const CrateText text = {NULL, 0};
  (void)state;
  content = (char *)malloc(SIZE);
  assert_non_null(content);
  for (size_t i = 0; i < SIZE; ++i) {
    const bool packs = (i >> 16u) % 3u != 0;
    content[i] = packs ? (char)('a' + (i / 7u + i / 1000u) % 26u)
                       : (char)next_random(&random);
  }
  const CrateText all = whole();
  assert_non_null(mkdtemp(folder));
  assert_int_equal(mkdir(in_folder("plain"), 0700), 0);
  assert_int_equal(mkdir(in_folder("plain/d"), 0700), 0);
  check_write_parts(in_folder("plain/d/a"), &all, 1);
  check_write_parts(in_folder("plain/d/empty"), &text, 0);
  for (size_t i = 0; i < ARCHIVES; ++i) {
    there[i] =
      check_write_archive(in_folder(archives[i].name), archives[i].kind, all);
  }
  return 0;
}

static int
remove_packages(void **state)
{
  (void)state;
  for (size_t i = 0; i < ARCHIVES; ++i) {
    (void)remove(in_folder(archives[i].name));
  }
  (void)remove(in_folder("small.zip"));
  (void)remove(in_folder("plain/d/a"));
  (void)remove(in_folder("plain/d/empty"));
  (void)remove(in_folder("plain/d"));
  (void)remove(in_folder("plain"));
  free(content);
  return rmdir(folder);
}

static CratePackage *
open_one(const CrateWorld *world, const char *name)
{
  CratePackage *package = NULL;
  assert_int_equal(
    crate_package_open(world, crate_text(in_folder(name)), &package), CRATE_OK);
  return package;
}

/// Whether a piece at an offset is that of the content.
static bool
reads_the_same(CratePackageFile *file, uint64_t offset, size_t size)
{
  static _Thread_local char piece[300000];
  const uint64_t left = offset < SIZE ? SIZE - offset : 0;
  const size_t wanted = size < left ? size : (size_t)left;
  size_t got = 0;
  return !crate_package_file_read(file, offset, piece, size, &got) &&
         got == wanted &&
         !memcmp(piece, content + (wanted ? offset : 0), wanted);
}

/// To and fro, beyond the end, in steps as a system reads ahead.
static bool
all_reads_are_the_same(CratePackageFile *file, uint32_t random, unsigned count)
{
  for (unsigned i = 0; i < count; ++i) {
    const uint64_t offset = next_random(&random) % (SIZE + 1000u);
    const size_t size =
      i % 10u ? next_random(&random) % 5000u : next_random(&random) % 300000u;
    if (!reads_the_same(file, offset, size)) {
      return false;
    }
  }
  for (uint64_t at = 0; at < SIZE; at += 131072u) {
    if (!reads_the_same(file, at, 131072u)) {
      return false;
    }
  }
  return true;
}

static CratePackageFile *
open_file(CratePackage *package)
{
  CratePackageFile *file = NULL;
  assert_int_equal(crate_package_file_open(package, CRATE_TEXT("/d/a"), &file),
                   CRATE_OK);
  assert_int_equal(crate_package_file_size(file), SIZE);
  return file;
}

static void
check_package(const char *name, unsigned count)
{
  CheckWorld check;
  check_world_init(&check);
  CratePackage *const package = open_one(&check.world, name);
  CratePackageFile *const file = open_file(package);
  if (!all_reads_are_the_same(file, 7, count)) {
    fail_msg("%s: other bytes", name);
  }
  assert_string_equal(check.said, "");
  crate_package_file_close(file);
  crate_package_close(package);
}

static void
every_package_reads_the_same_anywhere(void **state)
{
  (void)state;
  check_package("plain", 300);
  for (size_t i = 0; i < ARCHIVES; ++i) {
    if (there[i]) {
      // One frame of zstd has no place to begin at but its start.
      check_package(archives[i].name,
                    archives[i].kind == CHECK_TAR_ZSTD ? 20 : 300);
    }
  }
}

typedef struct {
  CratePackageFile *file;
  uint32_t random;
  bool same;
} Reader;

static void *
read_much(void *handle)
{
  Reader *const reader = (Reader *)handle;
  reader->same = all_reads_are_the_same(reader->file, reader->random, 100);
  return NULL;
}

/// Threads share one open file, each at other places.
static void
threads_read_one_file(void **state)
{
  static const char *const names[] = {"plain", "stored.zip", "deflated.zip",
                                      "one.tar.gz"};
  (void)state;
  for (size_t i = 0; i < 4; ++i) {
    CheckWorld check;
    check_world_init(&check);
    CratePackage *const package = open_one(&check.world, names[i]);
    CratePackageFile *const file = open_file(package);
    Reader readers[4];
    pthread_t threads[4];
    for (uint32_t t = 0; t < 4; ++t) {
      readers[t] = (Reader){file, t + 1u, false};
      assert_int_equal(
        pthread_create(&threads[t], NULL, read_much, &readers[t]), 0);
    }
    for (size_t t = 0; t < 4; ++t) {
      pthread_join(threads[t], NULL);
      assert_true(readers[t].same);
    }
    crate_package_file_close(file);
    crate_package_close(package);
  }
}

static void
bytes_that_lie_as_they_are_have_a_descriptor(void **state)
{
  (void)state;
  for (size_t i = 0; i < ARCHIVES; ++i) {
    const bool plain =
      archives[i].kind == CHECK_STORED || archives[i].kind == CHECK_TAR;
    CheckWorld check;
    uint64_t offset = 0;
    char piece[64];
    if (!there[i]) {
      continue;
    }
    check_world_init(&check);
    CratePackage *const package = open_one(&check.world, archives[i].name);
    CratePackageFile *const file = open_file(package);
    const int fd = crate_package_file_descriptor(file, &offset);
    assert_int_equal(fd >= 0, plain);
    if (plain) {
      assert_int_equal(pread(fd, piece, sizeof(piece), (off_t)offset),
                       sizeof(piece));
      assert_memory_equal(piece, content, sizeof(piece));
    }
    crate_package_file_close(file);
    crate_package_close(package);
  }
}

static void
what_is_no_file_is_not_opened(void **state)
{
  static const struct {
    const char *path;
    CrateStatus status;
  } rows[] = {
    {"/d/none", CRATE_NOT_FOUND},
    {"/../x", CRATE_NOT_FOUND},
  };
  static const char *const names[] = {"plain", "stored.zip", "plain.tar"};
  (void)state;
  for (size_t i = 0; i < 3; ++i) {
    CheckWorld check;
    CratePackageFile *file = NULL;
    check_world_init(&check);
    CratePackage *const package = open_one(&check.world, names[i]);
    for (size_t k = 0; k < 2; ++k) {
      assert_int_equal(
        crate_package_file_open(package, crate_text(rows[k].path), &file),
        rows[k].status);
      assert_null(file);
    }
    assert_int_not_equal(
      crate_package_file_open(package, CRATE_TEXT("/d"), &file), CRATE_OK);
    assert_null(file);
    crate_package_close(package);
  }
}

/// A byte in the middle of what is packed is another one: the end of the file
/// is not read, and nothing is made up.
static void
damage_is_no_content(void **state)
{
  char piece[4096];
  size_t got = 0;
  (void)state;
  FILE *const zip = fopen(in_folder("deflated.zip"), "r+b");
  assert_non_null(zip);
  assert_int_equal(fseek(zip, 40000, SEEK_SET), 0);
  for (int i = 0; i < 64; ++i) {
    assert_int_equal(fputc(0xFF, zip), 0xFF);
  }
  assert_int_equal(fclose(zip), 0);
  CheckWorld check;
  check_world_init(&check);
  CratePackage *const package = open_one(&check.world, "deflated.zip");
  CratePackageFile *const file = open_file(package);
  assert_int_equal(
    crate_package_file_read(file, SIZE - 4096u, piece, sizeof(piece), &got),
    CRATE_MALFORMED);
  assert_non_null(strstr(check.said, "\"d/a\" does not match its checksum"));
  crate_package_file_close(file);
  crate_package_close(package);
  assert_true(
    check_write_archive(in_folder("deflated.zip"), CHECK_DEFLATED, whole()));
}

static CrateStatus
open_and_read(const CrateWorld *world, const char *name)
{
  char piece[100];
  size_t got = 0;
  CratePackage *package = NULL;
  CratePackageFile *file = NULL;
  CrateStatus st =
    crate_package_open(world, crate_text(in_folder(name)), &package);
  st = st ? st : crate_package_file_open(package, CRATE_TEXT("/d/a"), &file);
  for (int i = 0; i < 3 && !st; ++i) {
    const uint64_t offset = i == 1 ? 100 : SIZE - 100u;
    st = crate_package_file_read(file, offset, piece, sizeof(piece), &got);
  }
  crate_package_file_close(file);
  crate_package_close(package);
  return st;
}

static CrateStatus
work_on_deflated(const CrateWorld *world)
{
  return open_and_read(world, "deflated.zip");
}

static CrateStatus
work_on_gzip(const CrateWorld *world)
{
  return open_and_read(world, "several.tar.gz");
}

static CrateStatus
work_on_folder(const CrateWorld *world)
{
  return open_and_read(world, "plain");
}

static void
failing_allocations_are_survived(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(work_on_deflated) > 10);
  assert_true(check_failing_allocations(work_on_gzip) > 10);
  assert_true(check_failing_allocations(work_on_folder) > 2);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_package_reads_the_same_anywhere),
    cmocka_unit_test(threads_read_one_file),
    cmocka_unit_test(bytes_that_lie_as_they_are_have_a_descriptor),
    cmocka_unit_test(what_is_no_file_is_not_opened),
    cmocka_unit_test(damage_is_no_content),
    cmocka_unit_test(failing_allocations_are_survived),
  };
  return cmocka_run_group_tests(tests, write_packages, remove_packages);
}
