// SPDX-License-Identifier: Apache-2.0
// Conversions as a library: every format, with memory that runs out.
#include "convert/convert.h"
#include "support/check.h"
#include <unistd.h>

static const char crate[] =
  "{\"@context\": [\"https://w3id.org/ro/crate/1.1/context\", {\"t\": "
  "\"x:t\"}],"
  "\"@graph\": [{\"@id\": \"ro-crate-metadata.json\", \"@type\": "
  "\"CreativeWork\", \"conformsTo\": {\"@id\": "
  "\"https://w3id.org/ro/crate/1.1\"}, \"about\": {\"@id\": \"./\"}},"
  "{\"@id\": \"./\", \"@type\": \"Dataset\", \"name\": \"n\", \"nope\": 1,"
  "\"hasPart\": [{\"@id\": \"b\"}, {\"@id\": \"a\"}], \"author\": {\"name\": "
  "\"nested\"}}, {\"@id\": \"a\", \"@type\": \"File\", \"t\": {\"@list\": [1, "
  "2]}}, {\"@id\": \"b\", \"@type\": \"File\"}, {\"@id\": \"z\", \"name\": "
  "\"alone\"}]}";

static const char page[] =
  "<!doctype html><base href=\"http://e/d/\"><script type=\"application/ld+json"
  "\">{\"@context\": {\"@vocab\": \"x:\"}, \"@id\": \"a\", \"p\": 1}</script>"
  "<script id=\"second\" type=\"application/ld+json\">[{\"@id\": \"b\", "
  "\"x:p\": {\"@id\": \"c\"}}]</script>";

/// What is tried with memory running out.
typedef struct Attempt {
  const char *format;
  CrateText bytes;
  CrateSyntax syntax;
  const char *upgrade; ///< NULL: to none.
} Attempt;

static const Attempt *attempt; // a test's callback takes no handle

static CrateStatus
convert(const CrateWorld *world)
{
  CrateJsonDocument beside;
  CrateBuffer out;
  crate_buffer_init(&out, world);
  CrateStatus status =
    crate_json_read(world, CRATE_TEXT("beside"),
                    CRATE_TEXT("{\"@context\": {\"n\": \"http://schema.org/"
                               "name\"}, \"@type\": \"http://schema.org/"
                               "Dataset\"}"),
                    &beside);
  const bool wants_context = strcmp(attempt->format, "ro-crate-json") != 0;
  const CrateConversion what = {.name = CRATE_TEXT("t"),
                                .bytes = attempt->bytes,
                                .syntax = attempt->syntax,
                                .options = {.base = CRATE_TEXT("http://e/c/m")},
                                .context = wants_context ? &beside : NULL,
                                .frame = &beside,
                                .upgrade = crate_text(attempt->upgrade)};
  if (!status) {
    status = crate_convert(
      world, &what, crate_format_find(crate_text(attempt->format)), &out);
  }
  crate_json_clear(&beside);
  crate_buffer_clear(&out);
  return status;
}

static bool
is_package(const char *format)
{
  return !strcmp(format, "zip") || !strcmp(format, "bag") ||
         !strcmp(format, "folder");
}

static void
failing_allocations_leave_nothing_behind(void **state)
{
  static const char turtle[] = "<x:a> <x:p> \"v\", 1 .";
  static const CrateText bytes[] = {{crate, sizeof crate - 1},
                                    {page, sizeof page - 1},
                                    {turtle, sizeof turtle - 1}};
  static const CrateSyntax syntaxes[] = {CRATE_SYNTAX_JSONLD, CRATE_SYNTAX_HTML,
                                         CRATE_SYNTAX_TURTLE};
  (void)state;
  for (size_t i = 0; crate_format_at(i); ++i) {
    for (size_t j = 0; j < 3; ++j) {
      const Attempt next = {crate_format_at(i)->name, bytes[j], syntaxes[j],
                            NULL};
      attempt = &next;
      if (!crate_job_has_layout(crate_syntax_named(crate_text(next.format))) &&
          !is_package(next.format)) { // see below
        assert_true(check_failing_allocations(convert) > 3);
      }
    }
  }
  attempt = NULL;
}

static void
failing_allocations_of_documents_leave_nothing_behind(void **state)
{
  static const char cff[] = "title: t\nauthors:\n- name: n\nkeywords: [a, b]\n";
  static const char json[] = "{\"doi\": \"d\", \"titles\": [{\"title\": \"t\", "
                             "\"lang\": \"en\"}]}";
  static const char xml[] = "<resource><titles><title xml:lang=\"en\">t</title>"
                            "</titles><sizes><size>1</size></sizes></resource>";
  static const char card[] = "---\nlanguage: en\n---\ntext\n";
  static const Attempt attempts[] = {
    {"cff", {cff, sizeof cff - 1}, CRATE_SYNTAX_CFF, NULL},
    {"datacite-xml", {json, sizeof json - 1}, CRATE_SYNTAX_DATACITE_JSON, NULL},
    {"datacite-json", {xml, sizeof xml - 1}, CRATE_SYNTAX_DATACITE_XML, NULL},
    {"model-card", {card, sizeof card - 1}, CRATE_SYNTAX_MODEL_CARD, NULL},
  };
  (void)state;
  for (size_t i = 0; i < sizeof attempts / sizeof *attempts; ++i) {
    attempt = &attempts[i];
    assert_true(check_failing_allocations(convert) > 5);
  }
  attempt = NULL;
}

static void
failing_allocations_of_an_upgrade_leave_nothing_behind(void **state)
{
  const Attempt next = {
    "ro-crate-json", {crate, sizeof crate - 1}, CRATE_SYNTAX_JSONLD, "1.3"};
  (void)state;
  attempt = &next;
  assert_true(check_failing_allocations(convert) > 20);
  attempt = NULL;
}

// A test's callback takes no handle.
static const char *packing;
static CrateConversion operation;

/// Pack an example, after what is asked for was done to it.
static CrateStatus
pack(const CrateWorld *world)
{
  char path[4096];
  CrateBuffer out;
  CrateArena bytes;
  CrateConversion what = operation;
  const char *const root = getenv("CRATEKIT_SOURCE");
  snprintf(path, sizeof path, "%s/docs/examples/soil-moisture",
           root ? root : ".");
  crate_buffer_init(&out, world);
  crate_arena_init(&bytes, world);
  CrateStatus status =
    crate_package_open(world, crate_text(path), &what.package);
  status = status ? status
                  : crate_package_read(what.package,
                                       CRATE_TEXT("ro-crate-metadata.json"),
                                       &bytes, &what.bytes);
  what.name = CRATE_TEXT("t.json");
  if (!status) {
    status =
      crate_convert(world, &what, crate_format_find(crate_text(packing)), &out);
  }
  crate_package_close(what.package);
  crate_arena_clear(&bytes);
  crate_buffer_clear(&out);
  return status;
}

static void
failing_allocations_of_a_package_leave_nothing_behind(void **state)
{
  static const char *const formats[] = {"zip", "bag"};
  static const CrateText part[] = {{"*/*.csv", 7}};
  const CrateConversion operations[] = {{.attach = false},
                                        {.upgrade = CRATE_TEXT("1.3")},
                                        {.subset = part, .subset_count = 1}};

  (void)state;
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    for (size_t j = 0; j < sizeof operations / sizeof *operations; ++j) {
      packing = formats[i];
      operation = operations[j];
      assert_true(check_failing_allocations(pack) > 20);
    }
  }
}

static void
failing_allocations_of_a_merger_leave_nothing_behind(void **state)
{
  static const char other[] =
    "{\"@context\": [\"https://w3id.org/ro/crate/1.2/context\", {\"t\": "
    "\"x:o\", \"e\": \"http://e/\"}], \"@graph\": [{\"@id\": "
    "\"ro-crate-metadata.json\", \"@type\": \"CreativeWork\", \"about\": "
    "{\"@id\": \"./\"}}, {\"@id\": \"./\", \"t\": 1, \"e:p\": [{\"@id\": "
    "\"_:b\"}, {\"@id\": \"#c\"}]}, {\"@id\": \"http://e/same\", "
    "\"name\": \"n\"}]}";
  // The same twice: its labels and fragments clash with its own.
  const CrateConversion guest = {.name = CRATE_TEXT("guest.json"),
                                 .bytes = {other, sizeof other - 1}};
  const CrateConversion guests[] = {guest, guest};
  (void)state;
  packing = "ro-crate-json";
  operation = (CrateConversion){.merge = guests, .merge_count = 2};
  assert_true(check_failing_allocations(pack) > 100);
}

/// A folder in the making is taken away again, and so is what was made.
static CrateStatus
unpack(const CrateWorld *world)
{
  static const char *const made[] = {"measurements/probe-a.csv", "README.md",
                                     "ro-crate-metadata.json", "measurements",
                                     ""};
  char scratch[] = "/tmp/cratekit-XXXXXX";
  char place[64];
  assert_non_null(mkdtemp(scratch));
  snprintf(place, sizeof place, "%s/out", scratch);
  operation = (CrateConversion){.folder = crate_text(place)};
  const CrateStatus status = pack(world);
  for (size_t i = 0; !status && i < sizeof made / sizeof *made; ++i) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", place, made[i]);
    assert_int_equal(remove(path), 0);
  }
  assert_int_equal(rmdir(scratch), 0); // nothing is left in it
  return status;
}

static void
failing_allocations_of_a_folder_leave_nothing_behind(void **state)
{
  (void)state;
  packing = "folder";
  assert_true(check_failing_allocations(unpack) > 10);
}

static void
one_script_of_a_page_can_be_chosen(void **state)
{
  CheckWorld check;
  CrateBuffer out;
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  const CrateConversion what = {.name = CRATE_TEXT("page.html"),
                                .bytes = {page, sizeof page - 1},
                                .script = CRATE_TEXT("second")};
  assert_int_equal(crate_convert(&check.world, &what,
                                 crate_format_find(CRATE_TEXT("nquads")), &out),
                   CRATE_OK);
  assert_text(crate_buffer_text(&out),
              "<http://e/d/b> <x:p> <http://e/d/c> .\n");
  crate_buffer_clear(&out);
}

static void
ro_crate_json_is_in_order(void **state)
{
  static const char *const order[] = {"\"@id\": \"ro-crate-metadata.json\"",
                                      "\"conformsTo\"",
                                      "\"about\"",
                                      "\"@type\": \"Dataset\"",
                                      "\"name\": \"n\"",
                                      "\"author\"",
                                      "\"hasPart\"",
                                      "\"@id\": \"_:b0\"",
                                      "\"nested\"",
                                      "\"@id\": \"b\"",
                                      "\"@id\": \"a\"",
                                      "\"@id\": \"z\""};
  CheckWorld check;
  CrateBuffer out;
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  const CrateConversion what = {.name = CRATE_TEXT("t.json"),
                                .bytes = {crate, sizeof crate - 1},
                                .options = {.base = CRATE_TEXT("http://e/m")}};
  assert_int_equal(crate_convert(&check.world, &what,
                                 crate_format_find(CRATE_TEXT("ro-crate-json")),
                                 &out),
                   CRATE_OK);
  assert_non_null(strstr(check.said, "\"nope\" is in no context"));
  crate_buffer_add_byte(&out, '\0');
  const char *at = strstr(out.data, "\"@graph\"");
  for (size_t i = 0; i < sizeof order / sizeof *order; ++i) {
    const char *const next = at ? strstr(at + 1, order[i]) : NULL;
    if (!next) {
      fail_msg("%s is not where it should be in %s", order[i], out.data);
    }
    at = next;
  }
  crate_buffer_clear(&out);
}

static CrateStatus
convert_quietly(const CrateWorld *world, const CrateConversion *what)
{
  CrateBuffer out;
  crate_buffer_init(&out, world);
  const CrateStatus st =
    crate_convert(world, what, crate_format_find(CRATE_TEXT("jsonld")), &out);
  crate_buffer_clear(&out);
  return st;
}

static CrateStatus
speak(const CrateWorld *world)
{
  CrateBuffer losses;
  crate_buffer_init(&losses, world);
  const CrateConversion what = {.name = CRATE_TEXT("t.json"),
                                .bytes = {crate, sizeof crate - 1},
                                .options = {.base = CRATE_TEXT("http://e/m")},
                                .vocabulary =
                                  crate_vocabulary_find(CRATE_TEXT("dcat")),
                                .lossless = true,
                                .losses = &losses};
  const CrateStatus st = convert_quietly(world, &what);
  const bool told = losses.size != 0;
  crate_buffer_clear(&losses);
  return st || told ? st : CRATE_MALFORMED;
}

static CrateStatus
map_by_table(const CrateWorld *world)
{
  const CrateConversion what = {
    .name = CRATE_TEXT("t.json"),
    .bytes = {crate, sizeof crate - 1},
    .options = {.base = CRATE_TEXT("http://e/m")},
    .mapping = {CRATE_TEXT("m.tsv"), CRATE_TEXT("#curie_map:\n#  e: http://e/\n"
                                                "subject_id\tobject_id\n"
                                                "schema:name\te:title\n"
                                                "schema:author\t^e:wrote\n")}};
  return convert_quietly(world, &what);
}

static void
failing_allocations_of_mappings_leave_nothing_behind(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(speak) > 50);
  assert_true(check_failing_allocations(map_by_table) > 50);
}

static void
every_vocabulary_has_what_it_names(void **state)
{
  const CrateVocabulary *vocabulary;
  (void)state;
  for (size_t i = 0; (vocabulary = crate_vocabulary_at(i)); ++i) {
    assert_ptr_equal(crate_vocabulary_find(crate_text(vocabulary->name)),
                     vocabulary);
    if (vocabulary->context) {
      CheckWorld check;
      check_world_init(&check);
      char bytes[200];
      const int size = snprintf(bytes, sizeof bytes, "{\"@context\": \"%s\"}",
                                vocabulary->context);
      const CrateConversion what = {.name = CRATE_TEXT("t.jsonld"),
                                    .bytes = {bytes, (size_t)size}};
      assert_int_equal(convert_quietly(&check.world, &what), CRATE_OK);
    }
    assert_true(!vocabulary->hub ||
                crate_vocabulary_find(crate_text(vocabulary->hub)));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(failing_allocations_leave_nothing_behind),
    cmocka_unit_test(failing_allocations_of_documents_leave_nothing_behind),
    cmocka_unit_test(failing_allocations_of_an_upgrade_leave_nothing_behind),
    cmocka_unit_test(failing_allocations_of_a_package_leave_nothing_behind),
    cmocka_unit_test(failing_allocations_of_a_merger_leave_nothing_behind),
    cmocka_unit_test(failing_allocations_of_a_folder_leave_nothing_behind),
    cmocka_unit_test(failing_allocations_of_mappings_leave_nothing_behind),
    cmocka_unit_test(every_vocabulary_has_what_it_names),
    cmocka_unit_test(one_script_of_a_page_can_be_chosen),
    cmocka_unit_test(ro_crate_json_is_in_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
