// SPDX-License-Identifier: Apache-2.0
#include <cratekit/buffer.h>
#include <cratekit/edit.h>
#include <support/check.h>

/// A document, a patch, and the document with the patch; "" when it does not
/// fit.
typedef struct {
  const char *document, *patch, *expected;
} Case;

static CrateStatus
apply(const CrateWorld *world, const Case *c, CrateBuffer *out, bool *taken)
{
  CrateJsonDocument document = {0};
  CrateJsonDocument patch = {0};
  CrateEdits *edits = NULL;
  CrateStatus st = crate_json_read(world, CRATE_TEXT("document"),
                                   crate_text(c->document), &document);
  if (!st) {
    st =
      crate_json_read(world, CRATE_TEXT("patch"), crate_text(c->patch), &patch);
  }
  if (!st) {
    st = crate_edits_new(world, &document, &edits);
  }
  if (!st) {
    st = crate_edits_add(edits, patch.root, taken);
  }
  if (!st) {
    st = crate_edits_write(edits, out);
  }
  crate_edits_free(edits);
  crate_json_clear(&patch);
  crate_json_clear(&document);
  return st;
}

static void
compare(const Case *cases, size_t count)
{
  CheckWorld check;
  check_world_init(&check);
  for (size_t i = 0; i < count; ++i) {
    CrateBuffer out;
    bool taken = false;
    crate_buffer_init(&out, &check.world);
    assert_int_equal(apply(&check.world, &cases[i], &out, &taken), CRATE_OK);
    assert_int_equal(taken, *cases[i].expected != '\0');
    assert_text(crate_buffer_text(&out),
                taken ? cases[i].expected : cases[i].document);
    crate_buffer_clear(&out);
  }
}

#define COMPARE(cases) compare(cases, sizeof(cases) / sizeof(*(cases)))

static void
what_is_added_looks_like_its_neighbours(void **state)
{
  (void)state;
  static const Case cases[] = {
    {"{\"a\": 1}", "[{\"op\":\"add\",\"path\":\"/b\",\"value\":2}]",
     "{\"a\": 1, \"b\": 2}"},
    {"{\"a\":1,\"c\":2}", "[{\"op\":\"add\",\"path\":\"/b\",\"value\":2}]",
     "{\"a\":1,\"c\":2,\"b\":2}"},
    {"{\n\t\"a\" : 1\n}\n", "[{\"op\":\"add\",\"path\":\"/b\",\"value\":[]}]",
     "{\n\t\"a\" : 1,\n\t\"b\" : []\n}\n"},
    {"[ 1,  2 ]", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":3}]",
     "[ 1,  2,  3 ]"},
    {"[1]", "[{\"op\":\"add\",\"path\":\"/0\",\"value\":0}]", "[0, 1]"},
    {"{\"a\": []}",
     "[{\"op\":\"add\",\"path\":\"/a/-\",\"value\":{\"@id\":\"x\"}},"
     "{\"op\":\"add\",\"path\":\"/a/-\",\"value\":2}]",
     "{\"a\": [{\"@id\": \"x\"}, 2]}"},
    {"{\n  \"g\": [\n    {\n      \"@id\": \"a\"\n    }\n  ]\n}",
     "[{\"op\":\"add\",\"path\":\"/g/-\",\"value\":{\"@id\":\"b\","
     "\"@type\":\"T\"}}]",
     "{\n  \"g\": [\n    {\n      \"@id\": \"a\"\n    },\n    {\n      "
     "\"@id\": \"b\",\n      \"@type\": \"T\"\n    }\n  ]\n}"},
  };
  COMPARE(cases);
}

static void
other_bytes_stay_as_they_are(void **state)
{
  (void)state;
  static const Case cases[] = {
    {"{ \"licence\" :\"x\" ,\"b\":[1 ,2]}",
     "[{\"op\":\"move\",\"from\":\"/licence\",\"path\":\"/license\"}]",
     "{ \"license\" :\"x\" ,\"b\":[1 ,2]}"},
    {"{\"a\": \"x\\u0041]\", \"b\": 2}",
     "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":{\"@id\":\"x\"}}]",
     "{\"a\": {\"@id\": \"x\"}, \"b\": 2}"},
    {"{\"a\": {\"c\": \"}\"}, \"b\": 2}",
     "[{\"op\":\"remove\",\"path\":\"/a\"}]", "{ \"b\": 2}"},
    {"{\"a\": 1,\n \"b\": 2}", "[{\"op\":\"remove\",\"path\":\"/b\"}]",
     "{\"a\": 1}"},
    {"[true]", "[{\"op\":\"remove\",\"path\":\"/0\"}]", "[]"},
    {"{\"a/b\": {\"~\": 1}}",
     "[{\"op\":\"replace\",\"path\":\"/a~1b/~0\",\"value\":2}]",
     "{\"a/b\": {\"~\": 2}}"},
    {"{\"a\": 1, \"a\": 2}",
     "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":3}]",
     "{\"a\": 1, \"a\": 3}"},
    {"{\"a\": 1}", "[]", "{\"a\": 1}"},
  };
  COMPARE(cases);
}

static void
what_does_not_fit_changes_nothing(void **state)
{
  (void)state;
  static const Case cases[] = {
    {"{\"a\": 1}", "[{\"op\":\"remove\",\"path\":\"/b\"}]", ""},
    {"{\"a\": 1}", "[{\"op\":\"add\",\"path\":\"/b/c\",\"value\":1}]", ""},
    {"[1]", "[{\"op\":\"add\",\"path\":\"/5\",\"value\":1}]", ""},
    {"[1]", "[{\"op\":\"add\",\"path\":\"/-\"}]", ""},
    {"{\"a\": 1}", "[{\"op\":\"replace\",\"path\":\"\",\"value\":1}]", ""},
    {"{\"a\": 1}", "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"}]", ""},
    {"{\"a\": 1, \"b\": 2}",
     "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/b\"}]", ""},
    {"{\"a\": 1}", "{}", ""},
    {"{\"a\": 1}",
     "[{\"op\":\"add\",\"path\":\"/b\",\"value\":1},"
     "{\"op\":\"add\",\"path\":\"/b\",\"value\":2}]",
     ""},
    {"{\"a\": {\"b\": 1}}",
     "[{\"op\":\"remove\",\"path\":\"/a\"},"
     "{\"op\":\"replace\",\"path\":\"/a/b\",\"value\":2}]",
     ""},
  };
  COMPARE(cases);
}

static CrateStatus
add_and_insert(const CrateWorld *world)
{
  static const Case c = {
    "{\n  \"a\": [1]\n}",
    "[{\"op\":\"add\",\"path\":\"/a/-\",\"value\":{\"b\":[2,3]}}]", ""};
  CrateBuffer out;
  bool taken = false;
  crate_buffer_init(&out, world);
  const CrateStatus st = apply(world, &c, &out, &taken);
  crate_buffer_clear(&out);
  return st;
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(add_and_insert) > 5);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(what_is_added_looks_like_its_neighbours),
  cmocka_unit_test(other_bytes_stay_as_they_are),
  cmocka_unit_test(what_does_not_fit_changes_nothing),
  cmocka_unit_test(every_allocation_may_fail),
};

CHECK_MAIN(tests)
