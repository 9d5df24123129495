// SPDX-License-Identifier: Apache-2.0
#include <string.h>
#include <support/check.h>
#include <validate/settings.h>

static const char full[] =
  "{\"profile\": [\"ro-crate-1.2\", \"house\"], \"profiles-path\": \"rules\",\n"
  " \"levels\": {\"root-license\": \"warning\",\n"
  "  \"ro-crate-1.2/root-name\": \"off\"},\n"
  " \"skip\": [\"pub-root\"], \"map\": {\"https://example.org/\": \"c\"},\n"
  " \"fail-on\": \"warning\", \"severity\": \"info\",\n"
  " \"baseline\": \"known.json\"}";

static CrateStatus
read(const CrateWorld *world, const char *text, CrateSettings *settings)
{
  return crate_settings_read(world, CRATE_TEXT("s.json"), crate_text(text),
                             settings);
}

static void
every_setting_is_read(void **state)
{
  (void)state;
  CheckWorld check;
  CrateSettings s;
  check_world_init(&check);
  assert_int_equal(read(&check.world, full, &s), CRATE_OK);
  assert_int_equal(s.profiles.count, 2);
  assert_text(s.profiles.items[1].text, "house");
  assert_int_equal(s.profiles_path.count, 1);
  assert_text(s.profiles_path.items[0].text, "rules");
  assert_int_equal(s.level_count, 3);
  assert_text(s.levels[0].rule, "root-license");
  assert_false(s.levels[0].off);
  assert_int_equal(s.levels[0].severity, CRATE_SEVERITY_WARNING);
  assert_true(s.levels[1].off);
  assert_int_equal(s.rules.count, 3);
  assert_text(s.rules.items[1].text, "ro-crate-1.2/root-name");
  assert_text(s.levels[2].rule, "pub-root");
  assert_true(s.levels[2].off);
  assert_text(s.maps.items[0].text, "https://example.org/");
  assert_text(s.folders.items[0].text, "c");
  assert_true(s.fail_on_given && s.fail_on == CRATE_SEVERITY_WARNING);
  assert_true(s.show_given && s.show == CRATE_SEVERITY_INFO);
  assert_text(s.baseline.text, "known.json");
  crate_settings_clear(&s);
}

static void
an_empty_object_asks_for_nothing(void **state)
{
  (void)state;
  CheckWorld check;
  CrateSettings s;
  check_world_init(&check);
  assert_int_equal(read(&check.world, "{}", &s), CRATE_OK);
  assert_false(s.fail_on_given || s.show_given || s.level_count ||
               s.profiles.count || s.baseline.text.size);
  crate_settings_clear(&s);
  crate_settings_clear(&s);
}

static void
mistakes_are_said_with_their_place(void **state)
{
  static const struct {
    const char *text, *said;
  } rows[] = {
    {"[]", "s.json:1:1: expected an object of settings [invalid-setting]"},
    {"{\n \"fail_on\": \"info\"}",
     "s.json:2:2: there is no setting \"fail_on\"; did you mean fail-on "
     "[unknown-setting]"},
    {"{\"colour\": 1}",
     "s.json:1:2: there is no setting \"colour\" [unknown-setting]"},
    {"{\"levels\": {\"a\":\n\"warn\"}}",
     "s.json:2:1: there is no level \"warn\" [unknown-setting]"},
    {"{\"levels\": {\"a\": \"warnings\"}}",
     "s.json:1:18: there is no level \"warnings\"; did you mean warning "
     "[unknown-setting]"},
    {"{\"levels\": {\"a\": 2}}",
     "s.json:1:18: expected violation, warning, info or off "
     "[invalid-setting]"},
    {"{\"levels\": [\"a\"]}",
     "s.json:1:12: expected an object of rules and levels [invalid-setting]"},
    {"{\"fail-on\": \"off\"}",
     "s.json:1:13: expected violation, warning or info [invalid-setting]"},
    {"{\"profile\": {}}", "s.json:1:13: expected the name of a profile, or an "
                          "array of names [invalid-setting]"},
    {"{\"profile\": [\"a\", 1]}",
     "s.json:1:19: expected the name of a profile, or an array of names "
     "[invalid-setting]"},
    {"{\"skip\": \"a\"}",
     "s.json:1:10: expected an array of ids of rules [invalid-setting]"},
    {"{\"skip\": [\"a\", \"\"]}",
     "s.json:1:16: expected an array of ids of rules [invalid-setting]"},
    {"{\"skip\": [\"a\"], \"levels\": {\"a\": \"info\"}}",
     "s.json:1:28: \"a\" is said twice [invalid-setting]"},
    {"{\"profiles-path\": \"a\\u0000b\"}",
     "s.json:1:19: expected a folder of profiles, or an array of folders "
     "[invalid-setting]"},
    {"{\"baseline\": [\"a\"]}",
     "s.json:1:14: expected the name of a file [invalid-setting]"},
    {"{\"map\": {\"a\": null}}",
     "s.json:1:15: expected the name of a folder [invalid-setting]"},
    {"{\"map\": {\"\": \"b\"}}",
     "s.json:1:10: expected the start of an IRI [invalid-setting]"},
    {"{\"map\": 1}", "s.json:1:9: expected an object of prefixes and folders "
                     "[invalid-setting]"},
    {"{\"levels\": {\"a\": \"off\",\n \"a\": \"info\"}}",
     "s.json:2:2: \"a\" is said twice [invalid-setting]"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    CheckWorld check;
    CrateSettings s;
    check_world_init(&check);
    assert_int_equal(read(&check.world, rows[i].text, &s), CRATE_MALFORMED);
    assert_string_equal(check.said, rows[i].said);
    crate_settings_clear(&s);
  }
}

static void
every_mistake_is_said(void **state)
{
  (void)state;
  CheckWorld check;
  CrateSettings s;
  check_world_init(&check);
  assert_int_equal(read(&check.world,
                        "{\"a\": 1, \"levels\": {\"b\": 1, \"c\": \"x\"}, "
                        "\"skip\": [2, 3]}",
                        &s),
                   CRATE_MALFORMED);
  assert_int_equal(check.count, 5);
  crate_settings_clear(&s);
}

static CrateStatus
read_full(const CrateWorld *world)
{
  CrateSettings s;
  const CrateStatus st = read(world, full, &s);
  crate_settings_clear(&s);
  return st;
}

static void
any_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_full) > 5);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(every_setting_is_read),
  cmocka_unit_test(an_empty_object_asks_for_nothing),
  cmocka_unit_test(mistakes_are_said_with_their_place),
  cmocka_unit_test(every_mistake_is_said),
  cmocka_unit_test(any_allocation_may_fail),
};
CHECK_MAIN(tests)
