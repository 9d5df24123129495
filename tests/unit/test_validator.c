// SPDX-License-Identifier: Apache-2.0
#include <cratekit/validate.h>
#include <dirent.h>
#include <string.h>
#include <support/check.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
source(const char *path)
{
  static char full[4096];
  const char *const root = getenv("CRATEKIT_SOURCE");
  snprintf(full, sizeof(full), "%s/%s", root ? root : ".", path);
  return full;
}

/// What to judge, for work that takes only a world.
typedef struct {
  const char *crate, *shapes;
  CrateJudgeOptions options;
  bool mend, again;
} Question;

static Question asked;

static CrateStatus
mend(CrateValidator *validator, const CrateWorld *world)
{
  CrateMended mended;
  const CrateStatus st = crate_validator_mend(
    validator, world, crate_text(asked.crate), &asked.options, &mended);
  assert_true(st || mended.applied > 2);
  crate_mended_clear(&mended);
  return st;
}

static CrateStatus
ask(CrateValidator *validator, CrateVerdict *verdict)
{
  if (asked.mend) {
    return mend(validator, verdict->arena.world);
  }
  if (!asked.shapes) {
    return crate_validator_judge(validator, crate_text(asked.crate),
                                 &asked.options, verdict);
  }
  CrateBuffer report;
  const CrateShapesQuestion question = {.shapes = crate_text(asked.shapes),
                                        .data = crate_text(asked.crate),
                                        .turtle = true};
  crate_buffer_init(&report, verdict->arena.world);
  const CrateStatus st =
    crate_validator_judge_shapes(validator, &question, &report, verdict);
  crate_buffer_clear(&report);
  return st;
}

static CrateStatus
judge(const CrateWorld *world)
{
  CrateLibrary *library = NULL;
  CrateValidator *validator = NULL;
  CrateVerdict verdict = {.arena = {.world = world}};
  CRATE_TRY(crate_library_new(world, &library));
  CrateStatus st = crate_validator_new(world, library, &validator);
  for (int i = 0; i <= asked.again && !st; ++i) {
    verdict = (CrateVerdict){.arena = {.world = world}};
    st = ask(validator, &verdict);
    crate_verdict_clear(&verdict);
  }
  crate_validator_free(validator);
  crate_library_free(library);
  return st;
}

/// As check_failing_allocations(), but where there are many allocations only
/// every so many fails: first each of the early ones, then ever fewer.
static void
check_some_allocations(const char *name)
{
  CheckWorld check;
  FailingAlloc count;
  check_world_init(&check);
  failing_alloc(&count, &check, SIZE_MAX);
  if (judge(&check.world)) {
    fail_msg("%s: %s", name, check.said);
  }
  assert_true(count.asked > 20);
  const size_t step = count.asked / 200u + 1u;
  for (size_t n = 0; n < count.asked; n += n < 30 ? 1 : step) {
    FailingAlloc failing;
    failing_alloc(&failing, &check, n);
    const CrateStatus st = judge(&check.world);
    if (st != CRATE_NO_MEMORY) {
      fail_msg("%s: allocation %zu of %zu failed, and the answer was \"%s\"",
               name, n, count.asked, crate_status_text(st));
    }
  }
}

static void
any_allocation_may_fail(void **state)
{
  static const CrateText profile = {"ro-crate-1.2", 12};
  static const char *const crates[] = {
    "docs/examples/soil-moisture",
    "docs/examples/flawed",
    "tests/fuzz/corpus/zip/bag",
  };
  (void)state;
  for (size_t i = 0; i < 3; ++i) {
    asked = (Question){.crate = source(crates[i]),
                       .options = {.profiles = &profile, .profile_count = 1}};
    check_some_allocations(crates[i]);
  }
}

static void
any_allocation_may_fail_in_croissant(void **state)
{
  (void)state;
  asked = (Question){.crate = source("docs/examples/meadow/croissant.json")};
  check_some_allocations("meadow");
  asked = (Question){.crate = source("tests/cases/validate/data/counts")};
  check_some_allocations("counts");
}

static void
any_allocation_may_fail_in_the_data(void **state)
{
  char folder[4096];
  (void)state;
  snprintf(folder, sizeof(folder), "%s",
           source("tests/cases/validate/data/herbarium/data"));
  asked = (Question){
    .crate = source("tests/cases/validate/data/herbarium/croissant.json"),
    .options = {.data = crate_text(folder)}};
  check_some_allocations("herbarium");
}

static void
any_allocation_may_fail_in_a_review(void **state)
{
  static const CrateText profiles[] = {{"ml-release-1.0", 14}, {"fair-1.0", 8}};
  (void)state;
  for (size_t i = 0; i < 2; ++i) {
    asked =
      (Question){.crate = source("docs/examples/digit-classifier"),
                 .options = {.profiles = &profiles[i], .profile_count = 1}};
    check_some_allocations(profiles[i].data);
  }
}

/// Profiles are kept from the second crate on.
static void
any_allocation_may_fail_in_the_second_crate(void **state)
{
  (void)state;
  asked =
    (Question){.crate = source("docs/examples/soil-moisture"), .again = true};
  check_some_allocations("soil-moisture, again");
}

/// A word for each finding, and how many rules were not checked.
static void
write_down(CrateValidator *validator, const char *crate, CrateBuffer *out)
{
  CrateVerdict verdict;
  const CrateJudgeOptions options = {.list_rules = true};
  assert_int_equal(crate_validator_judge(validator, crate_text(source(crate)),
                                         &options, &verdict),
                   CRATE_OK);
  for (size_t i = 0; i < verdict.finding_count; ++i) {
    const CrateFinding *const finding = &verdict.findings[i];
    crate_buffer_print(out, "%.*s %.*s\n", CRATE_TEXT_ARG(finding->rule),
                       CRATE_TEXT_ARG(finding->message));
  }
  crate_buffer_print(out, "%zu rules, %zu not checked\n", verdict.rule_count,
                     verdict.not_checked_count);
  crate_verdict_clear(&verdict);
}

/// What was judged before, and which profiles are kept, changes nothing.
static void
crates_are_judged_alike_one_after_another(void **state)
{
  static const char *const crates[] = {
    "docs/examples/flawed",        "docs/examples/soil-moisture",
    "tests/fuzz/corpus/zip/bag",   "docs/examples/meadow/croissant.json",
    "docs/examples/soil-moisture", "docs/examples/flawed",
    "tests/fuzz/corpus/zip/bag",   "docs/examples/flawed",
  };
  (void)state;
  CheckWorld check;
  CrateLibrary *library = NULL;
  CrateValidator *first = NULL;
  check_world_init(&check);
  assert_int_equal(crate_library_new(&check.world, &library), CRATE_OK);
  assert_int_equal(crate_validator_new(&check.world, library, &first), 0);
  for (size_t i = 0; i < sizeof(crates) / sizeof(*crates); ++i) {
    CrateValidator *fresh = NULL;
    CrateBuffer kept;
    CrateBuffer alone;
    crate_buffer_init(&kept, &check.world);
    crate_buffer_init(&alone, &check.world);
    assert_int_equal(crate_validator_twin(first, &check.world, library, &fresh),
                     CRATE_OK);
    write_down(first, crates[i], &kept);
    write_down(fresh, crates[i], &alone);
    crate_buffer_add_byte(&alone, '\0');
    assert_text(crate_buffer_text(&kept), alone.data);
    assert_true(kept.size > 20);
    crate_buffer_clear(&kept);
    crate_buffer_clear(&alone);
    crate_validator_free(fresh);
  }
  crate_validator_free(first);
  crate_library_free(library);
}

static void
write_file(const char *folder, const char *name, const char *text, size_t size)
{
  char path[4096];
  snprintf(path, sizeof(path), "%s/%s", folder, name);
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, size, file), size);
  assert_int_equal(fclose(file), 0);
}

static void
remove_file(const char *folder, const char *name)
{
  char path[4096];
  snprintf(path, sizeof(path), "%s/%s", folder, name);
  assert_int_equal(unlink(path), 0);
}

/// The checks that only crates of workflow runs need.
static void
any_allocation_may_fail_in_a_run(void **state)
{
  static const CrateText profile = {"provenance-run-crate-0.5", 24};
  char folder[] = "/tmp/crate-run-XXXXXX";
  size_t size;
  (void)state;
  char *const text = check_read_source("tests/fuzz/corpus/crate/steps", &size);
  assert_non_null(mkdtemp(folder));
  write_file(folder, "ro-crate-metadata.json", text, size);
  free(text);
  asked = (Question){.crate = folder,
                     .options = {.profiles = &profile, .profile_count = 1}};
  check_some_allocations("steps");
  remove_file(folder, "ro-crate-metadata.json");
  assert_int_equal(rmdir(folder), 0);
}

/// A bag in a folder, its files given as names and contents.
static const char *const bag_files[][2] = {
  {"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
  {"manifest-sha256.txt",
   "0000000000000000000000000000000000000000000000000000000000000000  "
   "data/a.txt\nnonsense\n"},
  {"fetch.txt", "http://example.org/b 10 data/b.txt\n"},
  {"bag-info.txt", "External-Identifier: query-1\nContact-Name: X\n"},
  {"tagmanifest-md5.txt",
   "0  bagit.txt\n0  tagmanifest-sha512.txt\n"
   "00000000000000000000000000000000  bag%2525-info.txt\n"
   "00000000000000000000000000000000  bag-info.txt\n"},
  {"data/a.txt", "a"},
  {"data/A.txt", "a"},
  {"data/ro-crate-preview.html",
   "<!DOCTYPE html><html><head><script type=\"application/ld+json\">{\"@graph"
   "\": []}</script><link rel=\"stylesheet\" href=\"x.css\"></head></html>"},
};

#define BAG_SIZE (sizeof(bag_files) / sizeof(*bag_files))

/// Each document of the fuzzer's corpus, in a bag with a preview.
static void
judge_in_bag(const char *folder, const CrateText *profile)
{
  DIR *const corpus = opendir(source("tests/fuzz/corpus/crate"));
  assert_non_null(corpus);
  for (struct dirent *entry = readdir(corpus); entry; entry = readdir(corpus)) {
    char path[512];
    size_t size;
    if (entry->d_name[0] == '.') {
      continue;
    }
    snprintf(path, sizeof(path), "tests/fuzz/corpus/crate/%s", entry->d_name);
    char *const text = check_read_source(path, &size);
    write_file(folder, "data/ro-crate-metadata.json", text, size);
    free(text);
    asked = (Question){.crate = folder,
                       .options = {.profiles = profile, .profile_count = 1}};
    check_some_allocations(path);
  }
  closedir(corpus);
}

static void
any_allocation_may_fail_in_a_bag(void **state)
{
  static const CrateText profiles[] = {
    {"ro-crate-1.1", 12},
    {"ro-crate-1.3", 12},
    {"five-safes-0.4", 14},
    {"bagit-1.0", 9},
  };
  char folder[] = "/tmp/crate-bag-XXXXXX";
  char data[64];
  char page[128];
  (void)state;
  assert_non_null(mkdtemp(folder));
  snprintf(data, sizeof(data), "%s/data", folder);
  assert_int_equal(mkdir(data, 0700), 0);
  for (size_t i = 0; i < BAG_SIZE; ++i) {
    write_file(folder, bag_files[i][0], bag_files[i][1],
               strlen(bag_files[i][1]));
  }
  judge_in_bag(folder, &profiles[0]);
  judge_in_bag(folder, &profiles[1]);
  asked.options.profiles = &profiles[2]; // of the last document
  check_some_allocations("five-safes");
  asked.options.profiles = &profiles[3];
  check_some_allocations("bagit");
  snprintf(page, sizeof(page), "%s/ro-crate-preview.html", data);
  asked = (Question){.crate = page};
  check_some_allocations("a page");
  for (size_t i = 0; i < BAG_SIZE; ++i) {
    remove_file(folder, bag_files[i][0]);
  }
  remove_file(folder, "data/ro-crate-metadata.json");
  assert_int_equal(rmdir(data), 0);
  assert_int_equal(rmdir(folder), 0);
}

static void
any_allocation_may_fail_while_mending(void **state)
{
  static const CrateText profile = {"ro-crate-1.2", 12};
  char crate[4096];
  (void)state;
  snprintf(crate, sizeof(crate), "%s", source("docs/examples/flawed"));
  asked = (Question){.crate = crate,
                     .options = {.profiles = &profile, .profile_count = 1},
                     .mend = true};
  check_some_allocations("mending");
}

static void
any_allocation_may_fail_for_shapes(void **state)
{
  static char shapes[4096];
  static char data[4096];
  (void)state;
  snprintf(shapes, sizeof(shapes), "%s",
           source("tests/cases/validate/shapes/shapes.ttl"));
  snprintf(data, sizeof(data), "%s",
           source("tests/cases/validate/shapes/data.ttl"));
  asked = (Question){.crate = data, .shapes = shapes};
  check_some_allocations("shapes");
}

static CrateStatus
add_broken(const char *folder, CheckWorld *check)
{
  CrateLibrary *library;
  CrateValidator *validator;
  check_world_init(check);
  assert_int_equal(crate_library_new(&check->world, &library), CRATE_OK);
  assert_int_equal(crate_validator_new(&check->world, library, &validator),
                   CRATE_OK);
  const CrateStatus st = crate_validator_add(validator, crate_text(folder));
  crate_validator_free(validator);
  crate_library_free(library);
  return st;
}

static void
a_folder_without_profiles_is_refused(void **state)
{
  (void)state;
  CheckWorld check;
  assert_int_equal(add_broken(source("docs/examples/soil-moisture"), &check),
                   CRATE_NOT_FOUND);
  assert_non_null(strstr(check.said, "no-profiles"));
  assert_int_equal(add_broken("/nowhere", &check), CRATE_NOT_FOUND);
  assert_int_equal(check.count, 1);
}

static void
profiles_are_known_by_name_and_version(void **state)
{
  (void)state;
  CheckWorld check;
  CrateLibrary *library;
  CrateValidator *validator;
  check_world_init(&check);
  assert_int_equal(crate_library_new(&check.world, &library), CRATE_OK);
  assert_int_equal(crate_validator_new(&check.world, library, &validator),
                   CRATE_OK);
  assert_text(crate_validator_find(validator, CRATE_TEXT("ro-crate-1.1")),
              "ro-crate-1.1");
  assert_true(
    crate_text_starts(crate_validator_find(validator, CRATE_TEXT("ro-crate")),
                      CRATE_TEXT("ro-crate-")));
  assert_text(crate_validator_find(validator, CRATE_TEXT("ro-crat-1.1")), "");
  assert_non_null(strstr(check.said, "did you mean ro-crate-1.1"));
  crate_validator_free(validator);
  crate_library_free(library);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(any_allocation_may_fail),
    cmocka_unit_test(any_allocation_may_fail_in_the_second_crate),
    cmocka_unit_test(any_allocation_may_fail_in_croissant),
    cmocka_unit_test(any_allocation_may_fail_in_the_data),
    cmocka_unit_test(any_allocation_may_fail_in_a_review),
    cmocka_unit_test(crates_are_judged_alike_one_after_another),
    cmocka_unit_test(any_allocation_may_fail_in_a_run),
    cmocka_unit_test(any_allocation_may_fail_in_a_bag),
    cmocka_unit_test(any_allocation_may_fail_while_mending),
    cmocka_unit_test(any_allocation_may_fail_for_shapes),
    cmocka_unit_test(a_folder_without_profiles_is_refused),
    cmocka_unit_test(profiles_are_known_by_name_and_version),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
