// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"
#include "validate/report.h"
#include "validate/report_escape.h"
#include "validate/report_index.h"

static CrateFinding findings[] = {
  {.severity = CRATE_SEVERITY_VIOLATION,
   .rule = {"p/one", 5},
   .message = {"<b>\n::error::", 13},
   .spec = {"https://example.org/#s", 22},
   .repair = {"do", 2},
   .focus = {"./", 2},
   .path = {"http://schema.org/name", 22},
   .value = {"\"v\"", 3},
   .value_type = {"http://www.w3.org/2001/XMLSchema#string", 39},
   .shape = {"urn:s", 5},
   .component = {"urn:c", 5},
   .file = {"a/b.json", 8},
   .line = 3,
   .column = 3,
   .character = 3,
   .excerpt_column = 1,
   .pointer = {"/@graph/0", 9},
   .excerpt = {"  \"\xC3\xA9\": 1", 9}},
  {.severity = CRATE_SEVERITY_WARNING,
   .rule = {"p/two", 5},
   .message = {"two", 3},
   .file = {"a/b.json", 8}},
  {.severity = CRATE_SEVERITY_WARNING,
   .rule = {"p/two", 5},
   .message = {"two", 3},
   .file = {"a/b.json", 8}},
};
static CrateNotChecked not_checked[] = {
  {.rule = {"p/three", 7}, .reason = {"no network", 10}, .never = true},
};
static CrateText profiles[] = {{"p", 1}};

static const CrateVerdict verdicts[] = {
  {.path = {"a", 1},
   .profiles = profiles,
   .profile_count = 1,
   .findings = findings,
   .finding_count = 3,
   .not_checked = not_checked,
   .not_checked_count = 1,
   .counts = {0, 2, 1}},
  {.path = {"-", 1}},
};
static const CrateReportStyle style = {.fail_on = CRATE_SEVERITY_VIOLATION,
                                       .most = 1,
                                       .unread = 1};

static CrateStatus
write_all(const CrateWorld *world)
{
  CrateStatus st = CRATE_OK;
  for (size_t i = 0; crate_report_format_at(i) && !st; ++i) {
    CrateBuffer out;
    crate_buffer_init(&out, world);
    crate_report_write(&out, crate_report_format_at(i), &style, verdicts, 2);
    st = crate_buffer_status(&out);
    crate_buffer_clear(&out);
  }
  return st;
}

static void
memory_may_run_out_in_any_format(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(write_all) > 50);
}

static void
no_verdict_at_all_is_no_success(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBuffer out;
  check_world_init(&check);
  for (size_t i = 0; crate_report_format_at(i); ++i) {
    crate_buffer_init(&out, &check.world);
    crate_report_write(&out, crate_report_format_at(i), &style, NULL, 0);
    assert_int_equal(crate_buffer_status(&out), CRATE_OK);
    crate_buffer_add_byte(&out, '\0');
    assert_null(strstr(out.data, "brightgreen"));
    assert_null(strstr(out.data, "✅"));
    crate_buffer_clear(&out);
  }
}

static void
strangers_words_are_not_obeyed(void **state)
{
  (void)state;
  static const struct {
    void (*escape)(CrateBuffer *buffer, CrateText text);
    const char *text, *expected;
  } rows[] = {
    {crate_escape_xml, "a<&>\"'b", "a&#60;&#38;&#62;&#34;&#39;b"},
    {crate_escape_xml, "\n\x1B\xFF", "\\x0A\\x1B\\xFF"},
    {crate_escape_xml, "\xEF\xBF\xBF<\xEF\xBF\xBE", "\\uFFFF&#60;\\uFFFE"},
    {crate_escape_xml, "\xEF\xBF", "\\xEF\\xBF"},
    {crate_escape_markdown, "*a* [b](c)", "&#42;a&#42; &#91;b&#93;(c)"},
    {crate_escape_markdown, "@me #1", "&#64;&#8203;me &#35;&#8203;1"},
    {crate_escape_markdown, "a\nb", "a&#92;x0Ab"},
    {crate_escape_command, "%0A\r\n", "%250A\\x0D\\x0A"},
    {crate_escape_command, "a:b,c", "a:b,c"},
    {crate_escape_property, "a:b,c%", "a%3Ab%2Cc%25"},
    {crate_escape_uri, "a b/c?d#e:f%41", "a%20b/c%3Fd%23e%3Af%2541"},
    {crate_escape_uri, "https://x/a?b#c%41%4 <",
     "https://x/a?b#c%41%254%20%3C"},
    {crate_escape_uri, "javascript:a()", "javascript%3Aa()"},
  };
  CheckWorld check;
  CrateBuffer out;
  check_world_init(&check);
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    crate_buffer_init(&out, &check.world);
    rows[i].escape(&out, crate_text(rows[i].text));
    assert_text(crate_buffer_text(&out), rows[i].expected);
    crate_buffer_clear(&out);
  }
}

static void
the_culprit_is_the_value_at_the_column(void **state)
{
  (void)state;
  static const struct {
    const char *excerpt;
    uint32_t column;
    const char *culprit; // or NULL
  } rows[] = {
    {"\"a\\\"b\": 1", 1, "\"a\\\"b\""},
    {"\"a\": true, 2", 6, "true"},
    {"\"a\": 12}", 6, "12"},
    {"{\"a\": [\"}\", {}]}, 1", 1, "{\"a\": [\"}\", {}]}"},
    {"{\"a\": [", 1, "{"},
    {"\"open", 1, "\"open"},
    {"\"open\\", 1, "\"open\\"},
    {"}", 1, "}"},
    {"x", 2, NULL},
    {"", 1, NULL},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    const CrateFinding finding = {.line = 1,
                                  .column = rows[i].column,
                                  .excerpt_column = 1,
                                  .excerpt = crate_text(rows[i].excerpt)};
    size_t from = 0;
    size_t to = 0;
    const bool found = crate_report_culprit(&finding, &from, &to);
    assert_int_equal(found, rows[i].culprit != NULL);
    if (found) {
      assert_text(crate_text_slice(finding.excerpt, from, to), rows[i].culprit);
    }
  }
}

static void
the_index_is_sorted_and_numbers_what_is_alike(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBuffer out;
  CrateReportIndex index;
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  assert_true(crate_report_index_init(&index, &out, &style, verdicts, 2));
  assert_int_equal(index.rule_count, 3);
  assert_text(index.rules[1].id, "p/three");
  assert_non_null(index.rules[1].not_checked);
  assert_int_equal(index.rules[2].count, 2);
  assert_int_equal(index.items[index.rules[2].first].occurrence, 0);
  assert_int_equal(index.items[index.rules[2].first + 1u].occurrence, 1);
  assert_int_equal(crate_report_index_rule(&index, CRATE_TEXT("p/two")), 2);
  assert_int_equal(crate_report_index_rule(&index, CRATE_TEXT("q")), 3);
  crate_report_index_clear(&index);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(memory_may_run_out_in_any_format),
    cmocka_unit_test(no_verdict_at_all_is_no_success),
    cmocka_unit_test(strangers_words_are_not_obeyed),
    cmocka_unit_test(the_culprit_is_the_value_at_the_column),
    cmocka_unit_test(the_index_is_sorted_and_numbers_what_is_alike),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
