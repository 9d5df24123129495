// SPDX-License-Identifier: Apache-2.0
// What people read: layouts, texts, links, and memory that runs out.
#include "convert/pages/layout.h"
#include "convert/pages/text.h"
#include "support/check.h"
#include <cratekit/convert.h>

static const char run[] =
  "{\"@context\": [\"https://w3id.org/ro/crate/1.2/context\", {\"results\": "
  "\"https://w3id.org/fair4ml#evaluationResults\"}],"
  "\"@graph\": [{\"@id\": \"ro-crate-metadata.json\", \"conformsTo\": "
  "{\"@id\": \"https://w3id.org/ro/crate/1.2\"}, \"about\": {\"@id\": \"./\"}},"
  "{\"@id\": \"./\", \"@type\": \"Dataset\", \"name\": \"n\", \"author\": "
  "{\"@id\": \"#p\"}, \"datePublished\": \"2024\", \"hasPart\": [{\"@id\": "
  "\"a\"}, {\"@id\": \"b\"}]}, {\"@id\": \"a\", \"@type\": \"File\", "
  "\"contentSize\": \"1\"}, {\"@id\": \"b\", \"@type\": \"File\"}, {\"@id\": "
  "\"#p\", \"@type\": \"Person\", \"name\": \"P\"}, {\"@id\": \"#r\", "
  "\"@type\": \"CreateAction\", \"object\": {\"@id\": \"a\"}, \"result\": "
  "[{\"@id\": \"b\"}, {\"@id\": \"#m\"}], \"agent\": {\"@id\": \"#p\"}}, "
  "{\"@id\": \"#m\", \"@type\": \"PropertyValue\", \"name\": \"m\", \"value\": "
  "0.5}, {\"@id\": \"#e\", \"results\": {\"name\": \"x\", \"value\": 2}}, "
  "{\"@id\": \"#s\", \"@type\": \"CreateAction\", \"object\": {\"@id\": "
  "\"b\"}, \"instrument\": {\"@id\": \"a\"}}]}";

static const char *format; // a test's callback takes no handle

static CrateStatus
convert(const CrateWorld *world)
{
  CrateBuffer out;
  crate_buffer_init(&out, world);
  const CrateConversion what = {.name = CRATE_TEXT("run"),
                                .bytes = {run, sizeof run - 1},
                                .syntax = CRATE_SYNTAX_JSONLD};
  const CrateStatus status =
    crate_convert(world, &what, crate_format_find(crate_text(format)), &out);
  crate_buffer_clear(&out);
  return status;
}

static void
failing_allocations_leave_nothing_behind(void **state)
{
  static const char *const formats[] = {"html", "markdown", "dot", "svg"};
  (void)state;
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    format = formats[i];
    assert_true(check_failing_allocations(convert) > 20);
  }
}

enum { NODES = 60, EDGES = 150, NODE_GAP = 40, BEND_GAP = 10 };

/// Numbers that are the same on every machine.
static uint32_t
next_number(uint32_t *seed)
{
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 16u;
}

/// Nobody stands nearer to another than asked for.
static void
check_gaps(const CrateLayout *layout, size_t node_count)
{
  for (size_t i = 0; i < node_count; ++i) {
    for (size_t j = i + 1; j < node_count; ++j) {
      const CrateLayoutPoint a = layout->nodes[i];
      const CrateLayoutPoint b = layout->nodes[j];
      assert_true(a.layer != b.layer || abs(a.y - b.y) >= NODE_GAP);
    }
    assert_true(layout->nodes[i].layer < layout->layer_count);
    assert_in_range(layout->nodes[i].y, 0, layout->height);
  }
}

/// An edge leads from layer to layer, a bend in each that it passes.
static void
check_edge(const CrateLayout *layout, const CrateLayoutEdge *edge)
{
  const uint32_t left = layout->nodes[edge->left].layer;
  const uint32_t right = layout->nodes[edge->right].layer;
  const uint32_t from = left < right ? left : right;
  const uint32_t to = left < right ? right : left;
  if (edge->left == edge->right) {
    assert_int_equal(edge->count, 0);
    return;
  }
  assert_true(from < to);
  assert_int_equal(edge->count, to - from - 1u);
  for (uint32_t i = 0; i < edge->count; ++i) {
    assert_int_equal(layout->bends[edge->first + i].layer, from + 1u + i);
  }
}

static void
graphs_of_all_kinds_are_laid_out(void **state)
{
  const CrateLayoutSpacing spacing = {NODE_GAP, BEND_GAP};
  CheckWorld check;
  (void)state;
  check_world_init(&check);
  for (uint32_t seed = 1; seed < 40; ++seed) {
    CrateLayoutEdge edges[EDGES];
    CrateLayout layout;
    CrateArena arena;
    uint32_t number = seed;
    const uint32_t node_count = 1u + next_number(&number) % NODES;
    const uint32_t edge_count = next_number(&number) % EDGES;
    for (uint32_t i = 0; i < edge_count; ++i) { // cycles and loops included
      edges[i] = (CrateLayoutEdge){next_number(&number) % node_count,
                                   next_number(&number) % node_count, 0, 0};
    }
    crate_arena_init(&arena, &check.world);
    assert_int_equal(crate_layout_make(&arena, node_count, edges, edge_count,
                                       spacing, &layout),
                     CRATE_OK);
    check_gaps(&layout, node_count);
    for (uint32_t i = 0; i < edge_count; ++i) {
      check_edge(&layout, &edges[i]);
    }
    crate_arena_clear(&arena);
  }
}

static void
a_chain_is_a_straight_line(void **state)
{
  CheckWorld check;
  CrateArena arena;
  CrateLayout layout;
  CrateLayoutEdge edges[] = {{0, 1, 0, 0}, {1, 2, 0, 0}, {3, 2, 0, 0}};
  const CrateLayoutSpacing spacing = {NODE_GAP, BEND_GAP};
  (void)state;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  assert_int_equal(crate_layout_make(&arena, 4, edges, 3, spacing, &layout),
                   CRATE_OK);
  assert_int_equal(layout.layer_count, 3);
  assert_int_equal(layout.nodes[0].y, layout.nodes[1].y);
  // What has nothing on its left stands beside what it is for.
  assert_int_equal(layout.nodes[3].layer, 1);
  assert_int_equal(layout.height, NODE_GAP);
  crate_arena_clear(&arena);
}

static void
links_are_pages_and_files_of_the_crate(void **state)
{
  static const struct {
    const char *reference;
    bool is_link;
  } cases[] = {
    {"https://e/x", true},
    {"http://e/x?a=b#c", true},
    {"a.csv", true},
    {"./", true},
    {"./a b/é.csv", true},
    {"a?b", true},
    {"javascript:x", false},
    {"JavaScript:x", false},
    {"data:text/html,x", false},
    {"../a", false},
    {"a/../../b", false},
    {"/etc/passwd", false},
    {"//e/x", false},
    {"\\\\e\\x", false},
    {"a\\b", false},
    {"#x", false},
    {"", false},
    {" javascript:x", false},
    {"\tjavascript:x", false},
    {"file:///x", false},
    {"a:b", false},
    {"mailto:a@e", false},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    assert_int_equal(crate_page_is_link(crate_text(cases[i].reference)),
                     cases[i].is_link);
  }
}

static void
hrefs_end_no_attribute(void **state)
{
  CheckWorld check;
  CrateBuffer out;
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  crate_page_href(&out, CRATE_TEXT("a%20b%zz\"'<>&é/?#x"));
  assert_text(crate_buffer_text(&out), "a%20b%25zz%22%27%3C%3E&amp;%C3%A9/?#x");
  crate_buffer_clear(&out);
}

static void
texts_are_cut_between_characters(void **state)
{
  (void)state;
  assert_text(crate_text_cut(CRATE_TEXT("aé"), 3), "aé");
  assert_text(crate_text_cut(CRATE_TEXT("aé"), 2), "a");
  assert_text(crate_text_cut(CRATE_TEXT("aé"), 0), "");
}

static void
lines_break_where_words_do(void **state)
{
  CrateText text = CRATE_TEXT("one two/three 漢字漢字 x");
  (void)state;
  assert_text(crate_text_next_line(&text, 9), "one two/");
  assert_text(crate_text_next_line(&text, 9), "three ");
  assert_text(crate_text_next_line(&text, 6), "漢字漢");
  assert_text(crate_text_next_line(&text, 6), "字 x");
  assert_int_equal(text.size, 0);
}

static void
pages_keep_lines_and_show_controls(void **state)
{
  CheckWorld check;
  CrateBuffer out;
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  crate_page_text(&out, CRATE_TEXT("a\r\n<b>\t\x1b\n\u202e"));
  assert_text(crate_buffer_text(&out), "a\n&#60;b&#62; \\x1B\n\\u202E");
  out.size = 0;
  crate_page_name(&out, CRATE_TEXT("a\nb"));
  assert_text(crate_buffer_text(&out), "a b");
  crate_buffer_clear(&out);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(failing_allocations_leave_nothing_behind),
    cmocka_unit_test(graphs_of_all_kinds_are_laid_out),
    cmocka_unit_test(a_chain_is_a_straight_line),
    cmocka_unit_test(links_are_pages_and_files_of_the_crate),
    cmocka_unit_test(hrefs_end_no_attribute),
    cmocka_unit_test(texts_are_cut_between_characters),
    cmocka_unit_test(lines_break_where_words_do),
    cmocka_unit_test(pages_keep_lines_and_show_controls),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
