// SPDX-License-Identifier: Apache-2.0
#include <package/reading.h>
#include <pthread.h>
#include <string.h>
#include <support/check.h>
#include <sys/stat.h>
#include <unistd.h>

#define ALL ((1u << CRATE_DIGEST_KINDS) - 1u)

/// FIPS 180-4 and RFC 1321: of nothing, and of "abc".
static const struct {
  CrateDigestKind kind;
  const char *nothing, *abc;
} vectors[] = {
  {CRATE_DIGEST_MD5, "d41d8cd98f00b204e9800998ecf8427e",
   "900150983cd24fb0d6963f7d28e17f72"},
  {CRATE_DIGEST_SHA1, "da39a3ee5e6b4b0d3255bfef95601890afd80709",
   "a9993e364706816aba3e25717850c26c9cd0d89d"},
  {CRATE_DIGEST_SHA224,
   "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f",
   "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
  {CRATE_DIGEST_SHA256,
   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
  {CRATE_DIGEST_SHA384,
   "38b060a751ac96384cd9327eb1b1e36a21fdb71114be0743"
   "4c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
   "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
   "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
  {CRATE_DIGEST_SHA512,
   "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
   "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
   "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
   "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
};

#define VECTORS (sizeof(vectors) / sizeof(*vectors))

static void
known_vectors_come_out_all_at_once_and_one_file_after_another(void **state)
{
  CrateDigester digester = {0};
  char digits[CRATE_DIGEST_KINDS * 128];
  (void)state;
  assert_int_equal(crate_digest_room(ALL), 416);
  for (int abc = 0; abc < 2; ++abc) {
    assert_int_equal(crate_digester_start(&digester, ALL), CRATE_OK);
    if (abc) {
      assert_int_equal(crate_digester_add(&digester, CRATE_TEXT("a")),
                       CRATE_OK);
      assert_int_equal(crate_digester_add(&digester, CRATE_TEXT("bc")),
                       CRATE_OK);
    }
    assert_int_equal(crate_digester_finish(&digester, digits), CRATE_OK);
    for (size_t i = 0; i < VECTORS; ++i) {
      assert_text(crate_digest_of(digits, ALL, vectors[i].kind),
                  abc ? vectors[i].abc : vectors[i].nothing);
    }
  }
  crate_digester_clear(&digester);
}

static void
a_digest_of_a_set_is_found_by_its_kind(void **state)
{
  const unsigned two =
    CRATE_DIGEST_SET(CRATE_DIGEST_SHA256) | CRATE_DIGEST_SET(CRATE_DIGEST_MD5);
  CrateDigester digester = {0};
  char digits[96];
  (void)state;
  assert_int_equal(crate_digest_room(two), 96);
  assert_int_equal(crate_digester_start(&digester, two), CRATE_OK);
  assert_int_equal(crate_digester_finish(&digester, digits), CRATE_OK);
  assert_text(crate_digest_of(digits, two, CRATE_DIGEST_SHA256),
              vectors[3].nothing);
  assert_int_equal(crate_digest_of(digits, two, CRATE_DIGEST_SHA1).size, 0);
  crate_digester_clear(&digester);
}

static void
kinds_are_known_by_the_names_in_use(void **state)
{
  static const struct {
    const char *name;
    CrateDigestKind kind;
  } names[] = {
    {"sha256", CRATE_DIGEST_SHA256},  {"SHA-256", CRATE_DIGEST_SHA256},
    {"sha_512", CRATE_DIGEST_SHA512}, {"MD5", CRATE_DIGEST_MD5},
    {"sha1", CRATE_DIGEST_SHA1},      {"sha3-256", CRATE_DIGEST_KINDS},
    {"sha2", CRATE_DIGEST_KINDS},     {"", CRATE_DIGEST_KINDS},
    {"sha256sum", CRATE_DIGEST_KINDS}};
  (void)state;
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    assert_int_equal(crate_digest_kind(crate_text(names[i].name)),
                     names[i].kind);
  }
}

// A folder with a large file, and many small ones.

#define SMALL 40
#define LARGE_SIZE ((size_t)9 << 20u)

static char folder[] = "/tmp/crate-digest-XXXXXX";

static void
write_file(const char *name, size_t size)
{
  char path[256];
  snprintf(path, sizeof(path), "%s/%s", folder, name);
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  for (size_t i = 0; i < size; ++i) {
    fputc((int)(i % 251u), file);
  }
  assert_int_equal(fclose(file), 0);
}

static int
make_folder(void **state)
{
  (void)state;
  assert_non_null(mkdtemp(folder));
  write_file("ro-crate-metadata.json", 2);
  write_file("large.bin", LARGE_SIZE);
  for (int i = 0; i < SMALL; ++i) {
    char name[32];
    snprintf(name, sizeof(name), "small-%d", i);
    write_file(name, (size_t)i * 2000u);
  }
  return 0;
}

static int
remove_folder(void **state)
{
  char command[64];
  (void)state;
  snprintf(command, sizeof(command), "rm -r %s", folder);
  return system(command); // NOLINT: the path is ours
}

typedef struct {
  CrateReading readings[SMALL + 2];
  char names[SMALL + 2][32];
  char digits[SMALL + 2][416];
} Job;

/// The large file, the small ones, and one that is not there.
static void
fill_job(Job *job)
{
  memset(job, 0, sizeof(*job));
  for (int i = 0; i < SMALL + 2; ++i) {
    snprintf(job->names[i], sizeof(job->names[i]),
             i == SMALL       ? "large.bin"
             : i == SMALL + 1 ? "missing"
                              : "small-%d",
             i);
    job->readings[i] = (CrateReading){.path = crate_text(job->names[i]),
                                      .size = i == SMALL ? LARGE_SIZE : 50000,
                                      .kinds = ALL,
                                      .digits = job->digits[i]};
  }
}

static CrateStatus
read_job(const CrateWorld *world, Job *job)
{
  CratePackage *package = NULL;
  CRATE_TRY(crate_package_open(world, crate_text(folder), &package));
  const CrateStatus st =
    crate_package_read_all(package, job->readings, SMALL + 2);
  crate_package_close(package);
  return st;
}

static void
threads_do_not_change_what_comes_out(void **state)
{
  static Job first;
  static Job job;
  (void)state;
  for (uint32_t threads = 1; threads <= 5; ++threads) {
    CheckWorld check;
    check_world_init(&check);
    check.world.threads = threads;
    fill_job(&job);
    assert_int_equal(read_job(&check.world, &job), CRATE_OK);
    assert_int_equal(check.count, 0);
    assert_int_equal(job.readings[SMALL + 1].status, CRATE_NOT_FOUND);
    assert_non_null(job.readings[SMALL + 1].problem);
    assert_int_equal(job.readings[SMALL].size, LARGE_SIZE);
    assert_int_equal(job.readings[0].signature, CRATE_SIGNATURE_EMPTY);
    crate_readings_clear(&check.world, job.readings, SMALL + 2);
    if (threads == 1) {
      first = job;
    }
    assert_memory_equal(first.digits, job.digits, sizeof(job.digits));
  }
  assert_text(crate_digest_of(job.digits[0], ALL, CRATE_DIGEST_SHA256),
              vectors[3].nothing);
}

static CrateStatus
read_on_three_threads(const CrateWorld *world)
{
  static Job job;
  CrateWorld many = *world;
  many.threads = 3;
  fill_job(&job);
  const CrateStatus st = read_job(&many, &job);
  crate_readings_clear(&many, job.readings, SMALL + 2);
  return st;
}

static void
every_allocation_of_a_crew_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_on_three_threads) > 50);
}

typedef struct {
  pthread_t asker;
  unsigned steps, ends;
  uint64_t done;
} Watch;

static void
watch_step(void *handle, const CrateProgressStep *step)
{
  Watch *const watch = (Watch *)handle;
  assert_true(pthread_equal(pthread_self(), watch->asker));
  assert_true(step->done >= watch->done && step->done <= step->total);
  assert_int_equal(watch->ends, 0);
  watch->done = step->done;
  watch->ends += step->ended;
  ++watch->steps;
}

static void
progress_is_told_on_the_thread_that_asked_and_ends(void **state)
{
  static Job job;
  (void)state;
  for (uint32_t threads = 1; threads <= 3; ++threads) {
    CheckWorld check;
    Watch watch = {.asker = pthread_self()};
    check_world_init(&check);
    check.world.threads = threads;
    check.world.progress = (CrateProgress){watch_step, &watch};
    fill_job(&job);
    assert_int_equal(read_job(&check.world, &job), CRATE_OK);
    crate_readings_clear(&check.world, job.readings, SMALL + 2);
    assert_int_equal(watch.ends, 1);
    assert_int_equal(watch.done,
                     LARGE_SIZE + 2000u * (SMALL * (SMALL - 1) / 2));
  }
}

/// Writes to the file while it is read.
static void
grow(void *handle, const CrateProgressStep *step)
{
  char path[256];
  snprintf(path, sizeof(path), "%s/small-9", folder);
  if (!step->ended) {
    FILE *const file = fopen(path, (const char *)handle);
    assert_non_null(file);
    fputc('x', file);
    fclose(file);
  }
}

static void
a_file_that_changes_while_it_is_read_is_not_vouched_for(void **state)
{
  static const char *const modes[] = {"ab", "wb"}; // grows, shrinks
  (void)state;
  for (size_t i = 0; i < 2; ++i) {
    CheckWorld check;
    CratePackage *package = NULL;
    char digits[64];
    CrateReading reading = {.path = CRATE_TEXT("small-9"),
                            .kinds = CRATE_DIGEST_SET(CRATE_DIGEST_SHA256),
                            .digits = digits};
    check_world_init(&check);
    check.world.threads = 1;
    check.world.progress = (CrateProgress){grow, (void *)(uintptr_t)modes[i]};
    write_file("small-9", (size_t)9 << 17u);
    assert_int_equal(
      crate_package_open(&check.world, crate_text(folder), &package), CRATE_OK);
    assert_int_equal(crate_package_read_all(package, &reading, 1), CRATE_OK);
    assert_int_equal(reading.status, CRATE_UNREADABLE);
    assert_string_equal(reading.problem, "it changed while it was read");
    crate_readings_clear(&check.world, &reading, 1);
    crate_package_close(package);
  }
}

/// Takes the next file away while one is read.
static void
take_away(void *handle, const CrateProgressStep *step)
{
  char path[256];
  (void)handle;
  (void)step;
  snprintf(path, sizeof(path), "%s/small-8", folder);
  unlink(path);
}

static void
a_file_that_vanishes_is_said_and_the_others_are_read(void **state)
{
  CheckWorld check;
  CratePackage *package = NULL;
  const unsigned kinds = CRATE_DIGEST_SET(CRATE_DIGEST_SHA1);
  char digits[2][40];
  CrateReading readings[] = {
    {CRATE_TEXT("large.bin"), LARGE_SIZE, kinds, digits[0], 0, CRATE_OK, NULL},
    {CRATE_TEXT("small-8"), 16000, kinds, digits[1], 0, CRATE_OK, NULL},
  };
  (void)state;
  check_world_init(&check);
  check.world.threads = 1;
  check.world.progress = (CrateProgress){take_away, NULL};
  assert_int_equal(
    crate_package_open(&check.world, crate_text(folder), &package), CRATE_OK);
  assert_int_equal(crate_package_read_all(package, readings, 2), CRATE_OK);
  assert_int_equal(readings[0].status, CRATE_OK);
  assert_int_equal(readings[1].status, CRATE_NOT_FOUND);
  crate_readings_clear(&check.world, readings, 2);
  crate_package_close(package);
}

static void
signatures_are_told_and_fit_their_types(void **state)
{
  const struct {
    CrateText head;
    CrateSignature signature;
    const char *fits, *unfit; // media types
  } rows[] = {
    {CRATE_TEXT("\x89PNG\r\n\x1A\n...."), CRATE_SIGNATURE_PNG, "image/png",
     "image/jpeg"},
    {CRATE_TEXT("\xFF\xD8\xFF\xE0"), CRATE_SIGNATURE_JPEG, "IMAGE/JPEG",
     "text/plain"},
    {CRATE_TEXT("%PDF-1.7"), CRATE_SIGNATURE_PDF, "application/pdf",
     "text/html; charset=utf-8"},
    {CRATE_TEXT("\n%PDF-1.7"), CRATE_SIGNATURE_UNKNOWN, "application/pdf",
     NULL},
    {CRATE_TEXT("PK\x03\x04"), CRATE_SIGNATURE_ZIP, "application/x-own",
     "application/gzip"},
    {CRATE_TEXT("PK\x03\x04"), CRATE_SIGNATURE_ZIP, "application/epub+zip",
     "text/csv"},
    {CRATE_TEXT("PK\x03\x04"), CRATE_SIGNATURE_ZIP, "application/x-own+zip",
     "application/x-own+json"},
    {CRATE_TEXT(""), CRATE_SIGNATURE_EMPTY, "text/csv", "application/json"},
    {CRATE_TEXT("\xEF\xBB\xBF {}"), CRATE_SIGNATURE_BRACE, "application/json",
     "application/xml"},
    {CRATE_TEXT("\xFF\xFE<\0"), CRATE_SIGNATURE_UNKNOWN, "application/xml",
     NULL},
    {CRATE_TEXT("<a/>"), CRATE_SIGNATURE_ANGLE, "application/rdf+xml",
     "application/ld+json"},
    {CRATE_TEXT("true"), CRATE_SIGNATURE_WORD, "application/json",
     "image/svg+xml"},
    {CRATE_TEXT("hello"), CRATE_SIGNATURE_OTHER, "video/mp4", "image/tiff"},
    {CRATE_TEXT("BMI,age"), CRATE_SIGNATURE_BMP, "text/csv", "image/png"},
    {CRATE_TEXT("PAR1,PAR2"), CRATE_SIGNATURE_PARQUET, "text/csv", "image/png"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    const CrateSignature signature = crate_signature_of(rows[i].head);
    assert_int_equal(signature, rows[i].signature);
    assert_true(crate_signature_fits(signature, crate_text(rows[i].fits)));
    if (rows[i].unfit) {
      assert_true(crate_signature_matters(crate_text(rows[i].unfit)));
      assert_false(crate_signature_fits(signature, crate_text(rows[i].unfit)));
    }
  }
  assert_false(crate_signature_matters(CRATE_TEXT("application/x-own")));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(
      known_vectors_come_out_all_at_once_and_one_file_after_another),
    cmocka_unit_test(a_digest_of_a_set_is_found_by_its_kind),
    cmocka_unit_test(kinds_are_known_by_the_names_in_use),
    cmocka_unit_test(threads_do_not_change_what_comes_out),
    cmocka_unit_test(every_allocation_of_a_crew_may_fail),
    cmocka_unit_test(progress_is_told_on_the_thread_that_asked_and_ends),
    cmocka_unit_test(a_file_that_changes_while_it_is_read_is_not_vouched_for),
    cmocka_unit_test(a_file_that_vanishes_is_said_and_the_others_are_read),
    cmocka_unit_test(signatures_are_told_and_fit_their_types),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
