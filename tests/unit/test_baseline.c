// SPDX-License-Identifier: Apache-2.0
#include <string.h>
#include <support/check.h>
#include <validate/baseline.h>

#define T(text)                                                                \
  {                                                                            \
    text, sizeof(text) - 1u                                                    \
  }

/// Two alike, one that points at a key, one of a blank node, one in a manifest.
static const CrateFinding some[] = {
  {.rule = T("p/a"), .focus = T("./"), .path = T("http://x/y"), .line = 3},
  {.rule = T("p/a"), .focus = T("./"), .path = T("http://x/y"), .line = 9},
  {.rule = T("p/b"),
   .focus = T("./"),
   .pointer = T("/@graph/1/licence"),
   .severity = CRATE_SEVERITY_VIOLATION},
  {.rule = T("p/c"),
   .focus = T("b0"),
   .focus_blank = true,
   .value = T("say \"no\""),
   .pointer = T("/@graph/1/x/0")},
  {.rule = T("p/d"), .excerpt = T("abc  data/a.txt")},
};

enum { SOME = 5 };

static const char written[] =
  "{\n"
  "  \"tool\": \"crate-validate\",\n"
  "  \"baseline\": 1,\n"
  "  \"crates\": {\n"
  "    \"one\": [\n"
  "      {\"rule\": \"p/a\", \"focus\": \"./\", \"property\": "
  "\"http://x/y\", \"count\": 2},\n"
  "      {\"rule\": \"p/b\", \"focus\": \"./\", \"property\": "
  "\"licence\"},\n"
  "      {\"rule\": \"p/c\", \"focus\": \"_:\", \"property\": "
  "\"x\", \"value\": \"say \\\"no\\\"\"},\n"
  "      {\"rule\": \"p/d\", \"property\": \"abc  data/a.txt\"}\n"
  "    ],\n"
  "    \"two\": [\n"
  "      {\"rule\": \"p/a\", \"focus\": \"./\", \"property\": "
  "\"http://x/y\"}\n"
  "    ]\n"
  "  }\n"
  "}\n";

static CrateStatus
write_some(const CrateWorld *world, CrateBuffer *buffer)
{
  static const struct {
    CrateText crate;
    size_t count;
  } rows[] = {{T("two"), 1}, {T("one"), SOME}, {T("one"), 3}, {T("none"), 0}};
  CrateBaseline *baseline = NULL;
  CrateStatus st = crate_baseline_new(world, &baseline);
  for (size_t i = 0; i < 4 && !st; ++i) {
    CrateFinding copy[SOME];
    CrateVerdict verdict = {.findings = copy, .finding_count = rows[i].count};
    memcpy(copy, some, sizeof(some));
    st = crate_baseline_add(baseline, rows[i].crate, &verdict);
    for (size_t f = 0; f < rows[i].count && !st; ++f) {
      assert_true(copy[f].known);
    }
  }
  if (!st) {
    crate_baseline_write(baseline, buffer);
    st = crate_buffer_status(buffer);
  }
  crate_baseline_free(baseline);
  return st;
}

static CrateStatus
open_text(const CrateWorld *world, const char *text, CrateBaseline **out)
{
  CRATE_TRY(crate_baseline_new(world, out));
  return crate_baseline_read(*out, CRATE_TEXT("k.json"), crate_text(text));
}

static CrateStatus
open_some(const CrateWorld *world, CrateBaseline **out)
{
  return open_text(world, written, out);
}

/// Apply to a crate with the first `count` of some findings, one of them other.
static size_t
known_of(CrateBaseline *baseline, const char *crate, size_t count)
{
  CrateFinding copy[SOME];
  CrateText profile = T("p");
  CrateNotChecked not_checked = {.rule = T("p/d")};
  CrateVerdict verdict = {.findings = copy,
                          .finding_count = count,
                          .profiles = &profile,
                          .profile_count = 1,
                          .not_checked = &not_checked,
                          .not_checked_count = 1};
  memcpy(copy, some, sizeof(some));
  assert_int_equal(
    crate_baseline_apply(baseline, crate_text(crate), true, &verdict),
    CRATE_OK);
  size_t known = 0;
  for (size_t i = 0; i < count; ++i) {
    known += copy[i].known;
  }
  assert_int_equal(known,
                   verdict.known[0] + verdict.known[1] + verdict.known[2]);
  return known;
}

static void
findings_are_written_a_line_each_and_sorted(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBuffer buffer;
  check_world_init(&check);
  crate_buffer_init(&buffer, &check.world);
  assert_int_equal(write_some(&check.world, &buffer), CRATE_OK);
  assert_text(crate_buffer_text(&buffer), written);
  crate_buffer_clear(&buffer);
}

static void
as_many_are_known_as_were_counted(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBaseline *baseline;
  check_world_init(&check);
  assert_int_equal(open_some(&check.world, &baseline), CRATE_OK);
  assert_int_equal(crate_baseline_gone(baseline), 0);
  assert_int_equal(known_of(baseline, "one", SOME), SOME);
  assert_int_equal(known_of(baseline, "one", SOME), SOME); // not used up
  assert_int_equal(crate_baseline_gone(baseline), 0);
  assert_int_equal(known_of(baseline, "two", 2), 1);
  assert_int_equal(known_of(baseline, "three", 2), 0);
  crate_baseline_free(baseline);
}

static void
what_is_gone_is_counted_of_rules_that_were_checked(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBaseline *baseline;
  check_world_init(&check);
  assert_int_equal(open_some(&check.world, &baseline), CRATE_OK);
  CrateText profile = T("p");
  CrateVerdict part = {.profiles = &profile, .profile_count = 1};
  assert_int_equal(
    crate_baseline_apply(baseline, CRATE_TEXT("one"), false, &part), CRATE_OK);
  assert_int_equal(crate_baseline_gone(baseline), 0);
  assert_int_equal(known_of(baseline, "one", 1), 1);
  assert_int_equal(crate_baseline_gone(baseline), 3); // p/d was not
  assert_int_equal(known_of(baseline, "two", 0), 0);
  assert_int_equal(crate_baseline_gone(baseline), 4);
  crate_baseline_free(baseline);
}

static void
the_place_does_not_matter_and_the_rest_does(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBaseline *baseline;
  CrateFinding finding = some[2];
  CrateVerdict verdict = {.findings = &finding, .finding_count = 1};
  check_world_init(&check);
  assert_int_equal(open_some(&check.world, &baseline), CRATE_OK);
  finding.pointer = CRATE_TEXT("/@graph/17/licence");
  finding.line = 400;
  assert_int_equal(
    crate_baseline_apply(baseline, CRATE_TEXT("one"), true, &verdict),
    CRATE_OK);
  assert_true(finding.known);
  assert_int_equal(verdict.known[CRATE_SEVERITY_VIOLATION], 1);
  finding.pointer = CRATE_TEXT("/@graph/1/licenze");
  assert_int_equal(
    crate_baseline_apply(baseline, CRATE_TEXT("one"), true, &verdict),
    CRATE_OK);
  assert_false(finding.known);
  crate_baseline_free(baseline);
}

static void
other_files_are_refused_with_the_place(void **state)
{
  static const struct {
    const char *text, *place;
  } rows[] = {
    {"", "k.json:1:1: "},
    {"[]", "k.json:1:1: expected an object with"},
    {"{\"baseline\": 1}", "k.json:1:1: expected an object with"},
    {"{\"baseline\": 2, \"crates\": {}}", "k.json:1:14: expected 1;"},
    {"{\"baseline\": 1, \"crates\": []}", "k.json:1:27: expected an object;"},
    {"{\"baseline\": 1, \"crates\": {\"a\": 1}}",
     "k.json:1:33: expected an array;"},
    {"{\"baseline\": 1, \"crates\": {\"a\": [1]}}",
     "k.json:1:34: expected an object;"},
    {"{\"baseline\": 1, \"crates\": {\"a\": [{\"rule\": 1}]}}",
     "k.json:1:43: expected a string;"},
    {"{\"baseline\": 1, \"crates\": {\"a\": [{\"ruel\": \"\"}]}}",
     "k.json:1:35: expected rule, focus, property, value or count;"},
    {"{\"baseline\": 1, \"crates\": {\"a\": [{\"count\": 0}]}}",
     "k.json:1:44: expected a count;"},
    {"{\"baseline\": 1, \"crates\": {\"a\": [{\"count\": 12345678901}]}}",
     "k.json:1:44: expected a count;"},
    {"{\"baseline\": 1, \"crates\": {\"a\": [], \"a\": []}}",
     "k.json:1:37: expected each key once;"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    CheckWorld check;
    CrateBaseline *baseline;
    check_world_init(&check);
    assert_int_equal(open_text(&check.world, rows[i].text, &baseline),
                     CRATE_MALFORMED);
    crate_baseline_free(baseline);
    if (strncmp(check.said, rows[i].place, strlen(rows[i].place)) != 0) {
      fail_msg("%s: %s", rows[i].text, check.said);
    }
  }
}

static CrateStatus
write_and_apply(const CrateWorld *world)
{
  CrateBuffer buffer;
  CrateBaseline *baseline = NULL;
  CrateFinding copy[SOME];
  CrateVerdict verdict = {.findings = copy, .finding_count = SOME};
  memcpy(copy, some, sizeof(some));
  crate_buffer_init(&buffer, world);
  CrateStatus st = write_some(world, &buffer);
  st = st ? st : open_some(world, &baseline);
  st =
    st ? st : crate_baseline_apply(baseline, CRATE_TEXT("one"), true, &verdict);
  crate_baseline_free(baseline);
  crate_buffer_clear(&buffer);
  return st;
}

static void
any_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(write_and_apply) > 20);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(findings_are_written_a_line_each_and_sorted),
  cmocka_unit_test(as_many_are_known_as_were_counted),
  cmocka_unit_test(what_is_gone_is_counted_of_rules_that_were_checked),
  cmocka_unit_test(the_place_does_not_matter_and_the_rest_does),
  cmocka_unit_test(other_files_are_refused_with_the_place),
  cmocka_unit_test(any_allocation_may_fail),
};
CHECK_MAIN(tests)
