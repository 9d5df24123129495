// SPDX-License-Identifier: Apache-2.0
#include <cratekit/view.h>
#include <string.h>
#include <support/check.h>
#include <unistd.h>

#define CONTEXT "\"@context\": \"https://w3id.org/ro/crate/1.2/context\""
#define DESCRIPTOR                                                             \
  "{\"@id\": \"ro-crate-metadata.json\", \"@type\": "                          \
  "\"CreativeWork\", \"about\": {\"@id\": \"./\"}, "                           \
  "\"conformsTo\": {\"@id\": \"https://w3id.org/ro/crate/1.2\"}}"
#define SOUND                                                                  \
  "{" CONTEXT ", \"@graph\": [" DESCRIPTOR                                     \
  ", {\"@id\": \"./\", \"@type\": \"Dataset\", \"hasPart\": [{\"@id\": "       \
  "\"a%20b\"}]}, {\"@id\": \"a%20b\", \"@type\": \"File\"}]}"

static char folder[] = "/tmp/crate-view-XXXXXX";
static char document[sizeof(folder) + 32];

static int
make_folder(void **state)
{
  (void)state;
  if (!mkdtemp(folder)) {
    return 1;
  }
  snprintf(document, sizeof(document), "%s/ro-crate-metadata.json", folder);
  return 0;
}

static int
remove_folder(void **state)
{
  (void)state;
  unlink(document);
  return rmdir(folder);
}

static void
write_document(const char *text)
{
  FILE *const file = fopen(document, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
  assert_int_equal(fclose(file), 0);
}

/// What a view is made from, and the view.
typedef struct {
  CratePackage *package;
  CrateLibrary *library;
  CrateTerms *terms;
  CrateView *view;
} Reading;

static CrateStatus
open_view(const CrateWorld *world, Reading *reading)
{
  const CrateViewOptions options = {0};
  *reading = (Reading){0};
  CRATE_TRY(crate_package_open(world, crate_text(folder), &reading->package));
  CRATE_TRY(crate_library_new(world, &reading->library));
  CRATE_TRY(crate_terms_new(world, &reading->terms));
  return crate_view_new(world, reading->package, reading->library,
                        reading->terms, &options, &reading->view);
}

static void
close_view(Reading *reading)
{
  crate_view_free(reading->view);
  crate_terms_free(reading->terms);
  crate_library_free(reading->library);
  crate_package_close(reading->package);
}

static void
reading_goes_as_far_as_the_document_lets_it(void **state)
{
  static const struct {
    const char *document;
    CrateViewState state;
    const char *code;
  } rows[] = {
    {"", CRATE_VIEW_BYTES, "invalid-json"},
    {"[1,", CRATE_VIEW_BYTES, "invalid-json"},
    {"\"\xFF\"", CRATE_VIEW_BYTES, "invalid-utf-8"},
    {"3", CRATE_VIEW_JSON, ""},
    {"[]", CRATE_VIEW_JSON, ""},
    {"{\"@graph\": {}}", CRATE_VIEW_JSON, ""},
    {"{\"@context\": {\"a\": {\"@id\": 1}}, \"@graph\": []}",
     CRATE_VIEW_ENTITIES, "invalid-IRI-mapping"},
    {"{\"@graph\": [1, [], {}]}", CRATE_VIEW_GRAPH, ""},
    {"{" CONTEXT ", \"@graph\": [" DESCRIPTOR "]}", CRATE_VIEW_GRAPH, ""},
    {SOUND, CRATE_VIEW_ROOTED, ""},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    CheckWorld check;
    Reading reading;
    check_world_init(&check);
    write_document(rows[i].document);
    assert_int_equal(open_view(&check.world, &reading), CRATE_OK);
    if (reading.view->state != rows[i].state) {
      fail_msg("%s: state %d", rows[i].document, (int)reading.view->state);
    }
    assert_text(reading.view->problem.code, rows[i].code);
    assert_int_equal(check.count, 0);
    close_view(&reading);
  }
}

static void
entities_are_found_by_their_nodes(void **state)
{
  (void)state;
  CheckWorld check;
  Reading reading;
  CrateArena arena;
  CrateText path;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  write_document(SOUND);
  assert_int_equal(open_view(&check.world, &reading), CRATE_OK);
  const CrateView *const view = reading.view;
  assert_int_equal(view->entity_count, 3);
  const CrateEntity *const file = &view->entities[2];
  assert_ptr_equal(crate_view_entity(view, file->term), file);
  assert_text(crate_view_name(view, file->term), "a%20b");
  assert_true(file->bits & CRATE_IS_FILE);
  assert_true(view->root->bits & CRATE_IS_ROOT);
  assert_text(view->version, "1.2");
  assert_int_equal(crate_view_payload_path(file, &arena, &path), CRATE_OK);
  assert_text(path, "a b");
  assert_null(crate_view_entity(view, 0));
  assert_null(crate_view_entity(view, UINT32_MAX));
  crate_arena_clear(&arena);
  close_view(&reading);
}

static void
depth_is_limited_and_said(void **state)
{
  (void)state;
  char *const deep = malloc(20002);
  CheckWorld check;
  Reading reading;
  assert_non_null(deep);
  memset(deep, '[', 10000);
  memset(deep + 10000, ']', 10000);
  deep[20000] = '\0';
  write_document(deep);
  check_world_init(&check);
  assert_int_equal(open_view(&check.world, &reading), CRATE_OVER_LIMIT);
  assert_int_equal(check.count, 1);
  assert_non_null(strstr(check.said, "ro-crate-metadata.json:1:"));
  close_view(&reading);
  free(deep);
}

static CrateStatus
read_view(const CrateWorld *world)
{
  Reading reading;
  const CrateStatus st = open_view(world, &reading);
  close_view(&reading);
  return st;
}

static void
any_allocation_may_fail(void **state)
{
  static const char *const documents[] = {
    SOUND,
    "{\"@context\": [\"http://nowhere.example/\", {\"@base\": \"x:\", \"a\": "
    "\"http://a/\"}], \"@graph\": [{\"@id\": \"_:b\", \"a\": {\"@id\": "
    "\"_:c\"}}, {\"@id\": \"./\"}]}",
  };
  (void)state;
  for (size_t i = 0; i < sizeof(documents) / sizeof(*documents); ++i) {
    write_document(documents[i]);
    assert_true(check_failing_allocations(read_view) > 10);
  }
}

/// The root by its @id as a string, written in another way, and as an object
/// that says nothing else, of which the graph has no statement.
static void
a_root_is_found_however_it_is_named(void **state)
{
  static const char *const documents[] = {
    "{\"@id\": \"ro-crate-metadata.json\", \"@type\": \"CreativeWork\", "
    "\"about\": \"./\"}, {\"@id\": \"./\"}",
    "{\"@id\": \"ro-crate-metadata.json\", \"about\": [\"./\", \"x\"]}, "
    "{\"@id\": \"x\"}, {\"@id\": \"./\"}",
    "{\"@id\": \"./ro-crate-metadata.json\", \"@type\": \"Dataset\"}, "
    "{\"@id\": \"ro-crate-metadata.json\", \"about\": {\"@id\": \"./\"}}, "
    "{\"@id\": \"./\"}",
  };
  (void)state;
  for (size_t i = 0; i < sizeof(documents) / sizeof(*documents); ++i) {
    char text[1024];
    CheckWorld check;
    Reading reading;
    check_world_init(&check);
    snprintf(text, sizeof(text), "{" CONTEXT ", \"@graph\": [%s]}",
             documents[i]);
    write_document(text);
    assert_int_equal(open_view(&check.world, &reading), CRATE_OK);
    assert_int_equal(reading.view->state, CRATE_VIEW_ROOTED);
    assert_text(reading.view->root->id, "./");
    assert_true(reading.view->root->bits & CRATE_IS_ROOT);
    assert_true(reading.view->descriptor->bits & CRATE_IS_DESCRIPTOR);
    assert_false(reading.view->descriptor->bits & CRATE_IS_DATA);
    close_view(&reading);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(reading_goes_as_far_as_the_document_lets_it),
    cmocka_unit_test(entities_are_found_by_their_nodes),
    cmocka_unit_test(a_root_is_found_however_it_is_named),
    cmocka_unit_test(depth_is_limited_and_said),
    cmocka_unit_test(any_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
