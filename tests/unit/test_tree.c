// SPDX-License-Identifier: Apache-2.0
// Documents that are no RDF: as trees, and by layouts as graphs.
#include "convert/tree/layout.h"
#include "support/check.h"
#include <stdio.h>

static const char layout_text[] = "# A layout with every form.\n"
                                  "prefix e http://e/\n"
                                  "root   e:Work work\n"
                                  "\n"
                                  "group somebody\n"
                                  "  name    e:name     text\n"
                                  "  home    -          part\n"
                                  "    city  e:city     text\n"
                                  "\n"
                                  "version   =1.2\n"
                                  "title     e:title    text\n"
                                  "lang      e:title    language\n"
                                  "year      e:year     number\n"
                                  "open      e:open     boolean\n"
                                  "page      e:page     iri\n"
                                  "tags      e:tag      text*\n"
                                  "license   e:license  text+\n"
                                  "authors   e:author   node*\n"
                                  "  name    e:name     text\n"
                                  "  home    -          part\n"
                                  "    city  e:city     text\n"
                                  "funder    e:funder   node\n"
                                  "  use somebody\n";

/// What the layout writes, in the order of its rows.
static const char document[] = "{\n"
                               "  \"version\": \"1.2\",\n"
                               "  \"title\": \"Ein Titel\",\n"
                               "  \"lang\": \"de\",\n"
                               "  \"year\": 2024,\n"
                               "  \"open\": true,\n"
                               "  \"page\": \"http://e/page\",\n"
                               "  \"tags\": [\n"
                               "    \"one\"\n"
                               "  ],\n"
                               "  \"license\": \"MIT\",\n"
                               "  \"authors\": [\n"
                               "    {\n"
                               "      \"name\": \"Zoe\",\n"
                               "      \"home\": {\n"
                               "        \"city\": \"Bern\"\n"
                               "      }\n"
                               "    },\n"
                               "    {\n"
                               "      \"name\": \"Anna\"\n"
                               "    }\n"
                               "  ]\n"
                               "}\n";

typedef struct {
  CrateTerms *terms;
  CrateGraph *graph;
  CrateArena arena;
  CrateLayout layout;
  CrateJsonDocument json;
  CrateBuffer buffer;
} Scene;

static CrateStatus
open_scene(Scene *scene, const CrateWorld *world, const char *layout)
{
  memset(scene, 0, sizeof(*scene));
  crate_arena_init(&scene->arena, world);
  crate_arena_init(&scene->layout.arena, world);
  crate_arena_init(&scene->json.arena, world);
  scene->json.world = world;
  crate_buffer_init(&scene->buffer, world);
  CRATE_TRY(crate_terms_new(world, &scene->terms));
  CRATE_TRY(crate_graph_new(world, scene->terms, &scene->graph));
  return crate_layout_read(&scene->layout, world, scene->terms,
                           CRATE_TEXT("l.layout"), crate_text(layout));
}

static void
close_scene(Scene *scene)
{
  crate_buffer_clear(&scene->buffer);
  crate_json_clear(&scene->json);
  crate_layout_clear(&scene->layout);
  crate_graph_free(scene->graph);
  crate_terms_free(scene->terms);
  crate_arena_clear(&scene->arena);
}

static CrateStatus
read_tree(Scene *scene,
          const CrateWorld *world,
          const char *text,
          bool yaml,
          CrateTree **out)
{
  const CrateText name = CRATE_TEXT("d");
  const CrateText bytes = crate_text(text);
  if (yaml) {
    return crate_tree_read_yaml(world, name, bytes, &scene->arena, out);
  }
  CRATE_TRY(crate_json_read(world, name, bytes, &scene->json));
  return crate_tree_from_json(&scene->json, &scene->arena, out);
}

/// Document to graph to document.
static CrateStatus
lift_and_lower(Scene *scene,
               const CrateWorld *world,
               const char *text,
               bool yaml,
               CrateTree **out)
{
  CrateTree *tree = NULL;
  CRATE_TRY(read_tree(scene, world, text, yaml, &tree));
  CRATE_TRY(crate_layout_lift(&scene->layout, tree, CRATE_TEXT("d"),
                              crate_text(text), scene->graph));
  CRATE_TRY(crate_graph_index(scene->graph));
  return crate_layout_lower(&scene->layout, CRATE_TEXT("d"), scene->graph,
                            &scene->arena, NULL, out);
}

static CrateStatus
go_around(const CrateWorld *world)
{
  Scene scene;
  CrateTree *tree = NULL;
  CrateStatus status = open_scene(&scene, world, layout_text);
  status =
    status ? status : lift_and_lower(&scene, world, document, false, &tree);
  if (!status) {
    crate_tree_write_json(&scene.buffer, tree);
    status = crate_buffer_status(&scene.buffer);
  }
  if (!status) {
    assert_text(crate_buffer_text(&scene.buffer), document);
  }
  close_scene(&scene);
  return status;
}

static void
a_layout_goes_both_ways(void **state)
{
  CheckWorld check;
  (void)state;
  check_world_init(&check);
  assert_int_equal(go_around(&check.world), CRATE_OK);
  assert_int_equal(check.count, 0);
}

static void
every_allocation_of_a_layout_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(go_around) > 5);
}

/// What a document becomes, in one of the syntaxes.
static void
assert_written(const char *text, bool yaml, char syntax, const char *wanted)
{
  CheckWorld check;
  Scene scene;
  CrateTree *tree = NULL;
  check_world_init(&check);
  assert_int_equal(open_scene(&scene, &check.world, layout_text), CRATE_OK);
  assert_int_equal(read_tree(&scene, &check.world, text, yaml, &tree),
                   CRATE_OK);
  tree->key = CRATE_TEXT("root");
  if (syntax == 'j') {
    crate_tree_write_json(&scene.buffer, tree);
  } else if (syntax == 'y') {
    assert_int_equal(crate_tree_write_yaml(&scene.buffer, tree), CRATE_OK);
  } else {
    assert_int_equal(crate_tree_write_xml(&scene.buffer, CRATE_TEXT("d"), tree),
                     CRATE_OK);
  }
  assert_text(crate_buffer_text(&scene.buffer), wanted);
  close_scene(&scene);
}

static void
yaml_is_read_by_its_core_schema(void **state)
{
  (void)state;
  assert_written("---\na: [1, 2.50, ~, true, no, '7', 0x1F]\nb: {c: d}\n"
                 "---\n# A page of Markdown: with a colon\n",
                 true, 'j',
                 "{\n  \"a\": [\n    1,\n    2.50,\n    null,\n    true,\n"
                 "    \"no\",\n    \"7\",\n    \"0x1F\"\n  ],\n"
                 "  \"b\": {\n    \"c\": \"d\"\n  }\n}\n");
  assert_written("a: &x [1, 2]\nb: *x\nc: &y {d: *x}\ne: *y\n", true, 'j',
                 "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": [\n    1,\n"
                 "    2\n  ],\n  \"c\": {\n    \"d\": [\n      1,\n"
                 "      2\n    ]\n  },\n  \"e\": {\n    \"d\": [\n"
                 "      1,\n      2\n    ]\n  }\n}\n");
}

static void
strings_of_yaml_stay_strings_for_everybody(void **state)
{
  (void)state;
  assert_written("{\"a\": [\"no\", \"1.0\", \"2024-01-31\", \"null\", \"0o7\","
                 " \"1_000\", \"12:30\", \"word\", 1.0, null],\n"
                 " \"b\": \"two\\nlines\"}",
                 false, 'y',
                 "a:\n- 'no'\n- '1.0'\n- '2024-01-31'\n- 'null'\n- '0o7'\n"
                 "- '1_000'\n- '12:30'\n- word\n- 1.0\n- null\n"
                 "b: |-\n  two\n  lines\n");
}

static void
xml_has_attributes_and_texts(void **state)
{
  (void)state;
  assert_written("{\"@id\": \"<&\\\">\", \"a\": [\"x & y\", {\"@b\": \"1\", "
                 "\"#text\": \"z\\r\"}], \"c\": {\"@d\": \"2\"}}",
                 false, 'x',
                 "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<root id=\"&lt;&amp;&quot;&gt;\">\n"
                 "  <a>x &amp; y</a>\n"
                 "  <a b=\"1\">z&#xD;</a>\n"
                 "  <c d=\"2\"/>\n"
                 "</root>\n");
}

static void
assert_refused(const char *text,
               bool yaml,
               CrateStatus wanted,
               const char *said)
{
  CheckWorld check;
  Scene scene;
  CrateTree *tree = NULL;
  check_world_init(&check);
  check.world.limits.depth = 100;
  assert_int_equal(open_scene(&scene, &check.world, layout_text), CRATE_OK);
  assert_int_equal(read_tree(&scene, &check.world, text, yaml, &tree), wanted);
  assert_string_equal(check.said, said);
  close_scene(&scene);
}

static void
bad_documents_are_refused_with_their_place(void **state)
{
  (void)state;
  assert_refused("[]", false, CRATE_MALFORMED,
                 "d:1:1: expected an object of JSON [not-an-object]");
  assert_refused("a: 1\nb: [\n", true, CRATE_MALFORMED,
                 "d:3:1: did not find expected node content [invalid-yaml]");
  assert_refused("a: 1\nb: 2\na: 3\n", true, CRATE_MALFORMED,
                 "d:3:1: a key that was there before [invalid-yaml]");
  assert_refused("a: *x\n", true, CRATE_MALFORMED,
                 "d:1:4: an alias without an anchor before it [invalid-yaml]");
  assert_refused("a: &x {b: *x}\n", true, CRATE_MALFORMED,
                 "d:1:11: an alias inside of what it stands for "
                 "[invalid-yaml]");
  assert_refused("- a\n", true, CRATE_MALFORMED,
                 "d:1:1: expected keys and values [invalid-yaml]");
  assert_refused("[a]: b\n", true, CRATE_UNSUPPORTED,
                 "d:1:1: expected a key that is a text [invalid-yaml]");
  assert_refused("a: b\n---\nc: d\n", true, CRATE_UNSUPPORTED,
                 "d:2:1: expected one document [invalid-yaml]");
}

/// Nine arrays, each of nine of the one before.
static void
an_alias_bomb_is_refused(void **state)
{
  char bomb[1024] = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  (void)state;
  for (char c = 'b'; c <= 'i'; ++c) {
    const size_t size = strlen(bomb);
    const int p = c - 1;
    snprintf(bomb + size, sizeof(bomb) - size,
             "%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, p,
             p, p, p, p, p, p, p, p);
  }
  assert_refused(bomb, true, CRATE_OVER_LIMIT,
                 "d:6:8: aliases stand for too many values [invalid-yaml]");
}

static void
nesting_is_bounded(void **state)
{
  char deep[512] = "a: ";
  (void)state;
  memset(deep + 3, '[', 200);
  assert_refused(deep, true, CRATE_OVER_LIMIT,
                 "d:1:103: nested too deep [invalid-yaml]");
}

static void
what_a_layout_does_not_carry_is_said(void **state)
{
  CheckWorld check;
  Scene scene;
  CrateTree *tree = NULL;
  (void)state;
  check_world_init(&check);
  assert_int_equal(open_scene(&scene, &check.world, layout_text), CRATE_OK);
  assert_int_equal(lift_and_lower(&scene, &check.world,
                                  "title: a\nauthors:\n- name: b\n  age: 3\n",
                                  true, &tree),
                   CRATE_OK);
  assert_int_equal(check.count, 1);
  assert_string_equal(check.said, "d:4:8: \"age\" is not carried, the layout "
                                  "has no row for it [not-carried]");
  close_scene(&scene);
}

/// A name for somebody with a name.
static void
a_text_stands_for_a_node_with_it(void **state)
{
  CheckWorld check;
  Scene scene;
  CrateTree *tree = NULL;
  (void)state;
  check_world_init(&check);
  assert_int_equal(open_scene(&scene, &check.world, layout_text), CRATE_OK);
  assert_int_equal(
    lift_and_lower(&scene, &check.world, "funder: ACME\n", true, &tree),
    CRATE_OK);
  const CrateTree *const funder = crate_tree_find(tree, CRATE_TEXT("funder"));
  assert_non_null(funder);
  assert_text(crate_tree_find(funder, CRATE_TEXT("name"))->text, "ACME");
  close_scene(&scene);
}

static void
layouts_are_refused_with_their_line(void **state)
{
  static const struct {
    const char *text, *said;
  } cases[] = {
    {"a e:a text\n", "l.layout:1: expected a property with a prefix that the "
                     "layout declares [invalid-layout]"},
    {"prefix e http://e/\na e:a txt\n",
     "l.layout:2: expected a form: text, number, boolean, iri, node, part, "
     "language or covered, with *, + or ! [invalid-layout]"},
    {"prefix e http://e/\na e:a text\n  b e:b text\n",
     "l.layout:3: expected two spaces more than the row above, at most "
     "[invalid-layout]"},
    {"prefix e http://e/\na e:a part\n",
     "l.layout:2: expected \"-\", as a part has no property [invalid-layout]"},
    {"prefix e http://e/\na - text\n",
     "l.layout:2: expected a property, as this is no part [invalid-layout]"},
    {"prefix e http://e/\n a e:a text\n",
     "l.layout:2: expected two spaces a level [invalid-layout]"},
    {"prefix e http://e/\na e:a node\n  use b\n",
     "l.layout:3: expected a group that stands above [invalid-layout]"},
    {"prefix e http://e/\ngroup g\n  b e:b txt\na e:a node\n  use g\n",
     "l.layout:3: expected a form: text, number, boolean, iri, node, part, "
     "language or covered, with *, + or ! [invalid-layout]"},
    {"prefix e http://e/\na e:a text\n",
     "l.layout:2: expected a line \"root CLASS\" [invalid-layout]"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); ++i) {
    CheckWorld check;
    Scene scene;
    check_world_init(&check);
    assert_int_equal(open_scene(&scene, &check.world, cases[i].text),
                     CRATE_MALFORMED);
    assert_non_null(strstr(check.said, strchr(cases[i].said, ' ')));
    assert_int_equal(strncmp(check.said, cases[i].said, strlen("l.layout:1")),
                     0);
    close_scene(&scene);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_layout_goes_both_ways),
    cmocka_unit_test(every_allocation_of_a_layout_may_fail),
    cmocka_unit_test(yaml_is_read_by_its_core_schema),
    cmocka_unit_test(strings_of_yaml_stay_strings_for_everybody),
    cmocka_unit_test(xml_has_attributes_and_texts),
    cmocka_unit_test(bad_documents_are_refused_with_their_place),
    cmocka_unit_test(an_alias_bomb_is_refused),
    cmocka_unit_test(nesting_is_bounded),
    cmocka_unit_test(what_a_layout_does_not_carry_is_said),
    cmocka_unit_test(a_text_stands_for_a_node_with_it),
    cmocka_unit_test(layouts_are_refused_with_their_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
