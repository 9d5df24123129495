// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"
#include <cratekit/arena.h>
#include <cratekit/iri.h>
#include <cratekit/map.h>

static void
the_ceiling_holds_and_leaves_the_arena_usable(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  check.world.limits.memory_bytes = 100000;
  CrateArena arena;
  crate_arena_init(&arena, &check.world);
  assert_non_null(crate_arena_allocate(&arena, 1000));
  assert_null(crate_arena_allocate(&arena, 200000));
  assert_int_equal(crate_arena_status(&arena), CRATE_OVER_LIMIT);
  assert_non_null(crate_arena_allocate(&arena, 10));
  crate_arena_clear(&arena);
}

static void
an_arena_hands_out_aligned_and_disjoint_blocks(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateArena arena;
  crate_arena_init(&arena, &check.world);
  char *last = NULL;
  for (int i = 0; i < 5000; ++i) {
    char *const block = (char *)crate_arena_allocate(&arena, 13);
    assert_non_null(block);
    assert_int_equal((uintptr_t)block % 8u, 0);
    memset(block, i & 0x7F, 13);
    if (last) {
      assert_int_equal(last[12], (i - 1) & 0x7F);
    }
    last = block;
  }
  crate_arena_reset(&arena);
  assert_non_null(crate_arena_allocate(&arena, 8));
  crate_arena_clear(&arena);
}

static CrateStatus
fill_map(const CrateWorld *world)
{
  static const char *const keys[] = {"a", "bb", "", "ccc", "d", "e", "f"};
  CrateMap map;
  crate_map_init(&map, world);
  CrateStatus st = CRATE_OK;
  for (uintptr_t i = 0; i < 7 && !st; ++i) {
    st = crate_map_put(&map, crate_text(keys[i]), i + 1u);
  }
  uintptr_t value = 0;
  if (!st) {
    assert_true(crate_map_get(&map, CRATE_TEXT(""), &value));
    assert_int_equal(value, 3);
  }
  crate_map_clear(&map);
  return st;
}

static void
a_map_survives_failing_allocations(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(fill_map) > 0);
}

static void
a_map_keeps_many_keys_apart(void **state)
{
  (void)state;
  enum { COUNT = 20000 };
  CheckWorld check;
  check_world_init(&check);
  CrateArena arena;
  crate_arena_init(&arena, &check.world);
  CrateMap map;
  crate_map_init(&map, &check.world);
  for (unsigned i = 0; i < COUNT; ++i) {
    char text[16];
    CrateText key;
    snprintf(text, sizeof(text), "key%u", i);
    assert_int_equal(crate_arena_copy(&arena, crate_text(text), &key), 0);
    assert_int_equal(crate_map_put(&map, key, i), CRATE_OK);
  }
  uintptr_t value = 0;
  assert_true(crate_map_get(&map, CRATE_TEXT("key19999"), &value));
  assert_int_equal(value, 19999);
  assert_false(crate_map_get(&map, CRATE_TEXT("key20000"), &value));
  assert_int_equal(map.count, COUNT);
  crate_map_clear(&map);
  crate_arena_clear(&arena);
}

/// RFC 3986 5.4, and a few that its table does not have.
static void
references_resolve_as_rfc_3986_says(void **state)
{
  (void)state;
  static const struct {
    const char *base, *reference, *expected;
  } cases[] = {
    {"http://a/b/c/d;p?q", "g:h", "g:h"},
    {"http://a/b/c/d;p?q", "g", "http://a/b/c/g"},
    {"http://a/b/c/d;p?q", "./g", "http://a/b/c/g"},
    {"http://a/b/c/d;p?q", "g/", "http://a/b/c/g/"},
    {"http://a/b/c/d;p?q", "/g", "http://a/g"},
    {"http://a/b/c/d;p?q", "//g", "http://g"},
    {"http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"},
    {"http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s"},
    {"http://a/b/c/d;p?q", "g?y#s", "http://a/b/c/g?y#s"},
    {"http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"},
    {"http://a/b/c/d;p?q", ".", "http://a/b/c/"},
    {"http://a/b/c/d;p?q", "./", "http://a/b/c/"},
    {"http://a/b/c/d;p?q", "..", "http://a/b/"},
    {"http://a/b/c/d;p?q", "../g", "http://a/b/g"},
    {"http://a/b/c/d;p?q", "../..", "http://a/"},
    {"http://a/b/c/d;p?q", "../../../g", "http://a/g"},
    {"http://a/b/c/d;p?q", "/./g", "http://a/g"},
    {"http://a/b/c/d;p?q", "/../g", "http://a/g"},
    {"http://a/b/c/d;p?q", "g.", "http://a/b/c/g."},
    {"http://a/b/c/d;p?q", "..g", "http://a/b/c/..g"},
    {"http://a/b/c/d;p?q", "./g/.", "http://a/b/c/g/"},
    {"http://a/b/c/d;p?q", "g/../h", "http://a/b/c/h"},
    {"http://a/b/c/d;p?q", "g;x=1/../y", "http://a/b/c/y"},
    {"http://a/b/c/d;p?q", "g?y/../x", "http://a/b/c/g?y/../x"},
    {"http://a/b/c/d;p?q", "http:g", "http:g"},
    {"http://a", "b", "http://a/b"},
    {"tag:example", "a", "tag:a"},
    {"http://a/bb/ccc/..", "#d", "http://a/bb/ccc/..#d"},
    {"", "a b", "a b"},
  };
  CheckWorld check;
  check_world_init(&check);
  CrateArena arena;
  crate_arena_init(&arena, &check.world);
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); ++i) {
    CrateText out;
    assert_int_equal(crate_iri_resolve(&arena, crate_text(cases[i].base),
                                       crate_text(cases[i].reference), &out),
                     CRATE_OK);
    assert_text(out, cases[i].expected);
  }
  crate_arena_clear(&arena);
}

static void
a_relative_reference_leads_back(void **state)
{
  static const struct {
    const char *base, *iri, *reference;
  } cases[] = {
    {"http://e/a/b", "http://e/a/c", "c"},
    {"http://e/a/b", "http://e/a/b", "b"},
    {"http://e/a/", "http://e/a/", "./"},
    {"http://e/a/b", "http://e/", "../"},
    {"http://e/a/b", "http://e/a/b#f", "#f"},
    {"http://e/a/b?q", "http://e/a/b?q#f", "#f"},
    {"http://e/a/b?q", "http://e/a/b", "b"},
    {"http://e/a/b", "http://e/a/b?q#f", "?q#f"},
    {"http://e/a/b", "http://e/a/c:d/e", "./c:d/e"},
    {"http://e/a/b", "http://e/a//c", ".//c"},
    {"http://e/a/b", "https://e/a/c", "https://e/a/c"},
    {"http://e/a/b", "http://f/a/c", "http://f/a/c"},
    {"http://e/a/b", "http://e/a/../c", "http://e/a/../c"},
    {"http://e", "http://e/a", "http://e/a"},
    {"urn:a", "urn:b", "urn:b"},
    {"file:///d/m.json", "file:///d/s%20t/x", "s%20t/x"},
  };
  CheckWorld check;
  CrateArena arena;
  (void)state;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); ++i) {
    CrateText out;
    assert_int_equal(crate_iri_relativize(&arena, crate_text(cases[i].base),
                                          crate_text(cases[i].iri), &out),
                     CRATE_OK);
    assert_text(out, cases[i].reference);
  }
  crate_arena_clear(&arena);
}

static void
a_bad_byte_of_an_iri_is_found_where_it_stands(void **state)
{
  (void)state;
  static const struct {
    const char *iri;
    size_t span;
  } cases[] = {
    {"a/b%20c", 7},
    {"a b", 1},
    {"a%2", 1},
    {"a\\b", 1},
    {"caf\xC3\xA9", 5},
    {"caf\xC3", 3},
    {"http://[::1]/a", 14},
    {"a[1].csv", 1},
    {"", 0},
    {"a%GG", 1},
    {"a\x01", 1},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); ++i) {
    assert_int_equal(crate_iri_span(crate_text(cases[i].iri)), cases[i].span);
  }
}

static void
percent_signs_are_decoded_once(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateArena arena;
  crate_arena_init(&arena, &check.world);
  CrateText out;
  assert_int_equal(crate_iri_decode(&arena, CRATE_TEXT("a%20b%2541"), &out),
                   CRATE_OK);
  assert_text(out, "a b%41");
  assert_int_equal(crate_iri_decode(&arena, CRATE_TEXT("100%"), &out),
                   CRATE_MALFORMED);
  crate_arena_clear(&arena);
}

static void
utf8_is_valid_up_to_the_first_wrong_byte(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    size_t size, span;
  } cases[] = {
    {"plain ascii text", 16, 16}, {"\xC0\x80", 2, 0},
    {"a\xE0\x80\x80", 4, 1},      {"\xED\xA0\x80", 3, 0},
    {"\xF4\x90\x80\x80", 4, 0},   {"\xF0\x9F\x98\x80", 4, 4},
    {"12345678\xFF", 9, 8},       {"\xE2\x82", 2, 0},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); ++i) {
    const CrateText text = {cases[i].text, cases[i].size};
    assert_int_equal(crate_text_utf8_span(text), cases[i].span);
  }
}

static void
distance_stops_at_its_limit(void **state)
{
  (void)state;
  const CrateText a = CRATE_TEXT("licence");
  assert_int_equal(crate_text_distance(a, CRATE_TEXT("license"), 2), 1);
  assert_int_equal(crate_text_distance(a, CRATE_TEXT("licence"), 2), 0);
  assert_int_equal(crate_text_distance(a, CRATE_TEXT("author"), 2), 3);
  assert_int_equal(crate_text_distance(a, CRATE_TEXT(""), 2), 3);
}

static void
code_points_become_utf8(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateBuffer buffer;
  crate_buffer_init(&buffer, &check.world);
  crate_buffer_add_code_point(&buffer, 'A');
  crate_buffer_add_code_point(&buffer, 0xE9);
  crate_buffer_add_code_point(&buffer, 0x20AC);
  crate_buffer_add_code_point(&buffer, 0x1F600);
  crate_buffer_print(&buffer, "%d", 7);
  assert_text(crate_buffer_text(&buffer),
              "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"
              "7");
  crate_buffer_clear(&buffer);
}

static void
a_message_is_cut_between_characters_and_else_left_alone(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  crate_world_say(&check.world, CRATE_OK, NULL, "no \xFF here, %s", "go on");
  assert_non_null(strstr(check.said, "\xFF here, go on"));
  char text[1200];
  for (size_t shift = 0; shift < 4; ++shift) {
    memset(text, 'a', sizeof(text));
    for (size_t i = 1000 + shift; i + 3 < sizeof(text); i += 3) {
      memcpy(text + i, "\xE2\x82\xAC", 3);
    }
    text[sizeof(text) - 1] = '\0';
    check_world_init(&check);
    crate_world_say(&check.world, CRATE_OK, NULL, "%s", text);
    const char *const cut = strchr(check.said, 'a');
    const CrateText said = {cut, strcspn(cut, " ")};
    assert_true(said.size > 1000);
    assert_int_equal(crate_text_utf8_span(said), said.size);
  }
}

static void
what_cannot_be_printed_is_a_failure_that_sticks(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateBuffer buffer;
  crate_buffer_init(&buffer, &check.world);
  // Two widths whose sum no int can count.
  volatile int width = INT_MAX; // or the compiler would not have it
  crate_buffer_print(&buffer, "%*s%*s", width, "", width, "");
  assert_int_equal(crate_buffer_status(&buffer), CRATE_OVER_LIMIT);
  crate_buffer_clear(&buffer);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_ceiling_holds_and_leaves_the_arena_usable),
    cmocka_unit_test(an_arena_hands_out_aligned_and_disjoint_blocks),
    cmocka_unit_test(a_map_survives_failing_allocations),
    cmocka_unit_test(a_map_keeps_many_keys_apart),
    cmocka_unit_test(references_resolve_as_rfc_3986_says),
    cmocka_unit_test(a_relative_reference_leads_back),
    cmocka_unit_test(a_bad_byte_of_an_iri_is_found_where_it_stands),
    cmocka_unit_test(percent_signs_are_decoded_once),
    cmocka_unit_test(utf8_is_valid_up_to_the_first_wrong_byte),
    cmocka_unit_test(distance_stops_at_its_limit),
    cmocka_unit_test(code_points_become_utf8),
    cmocka_unit_test(a_message_is_cut_between_characters_and_else_left_alone),
    cmocka_unit_test(what_cannot_be_printed_is_a_failure_that_sticks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
