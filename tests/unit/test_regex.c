// SPDX-License-Identifier: Apache-2.0
#include "base/regex.h"
#include "support/check.h"

typedef struct {
  CheckWorld check;
  CrateArena arena;
  CrateMatcher *matcher;
} Room;

static void
open_room(Room *room)
{
  check_world_init(&room->check);
  crate_arena_init(&room->arena, &room->check.world);
  assert_int_equal(crate_matcher_new(&room->check.world, &room->matcher),
                   CRATE_OK);
}

static void
close_room(Room *room)
{
  crate_matcher_free(room->matcher);
  crate_arena_clear(&room->arena);
}

static CrateStatus
find(Room *room,
     const char *pattern,
     CrateText text,
     uint32_t group,
     CrateText *found)
{
  CrateRegex *regex = NULL;
  CrateRegexFlaw flaw;
  assert_int_equal(
    crate_regex_compile(&room->arena, crate_text(pattern), 0, &regex, &flaw),
    CRATE_OK);
  return crate_matcher_find(room->matcher, regex, text, group, found);
}

static void
groups_are_found_however_long_the_search(void **state)
{
  (void)state;
  static const struct {
    const char *pattern, *text, *found;
    uint32_t group;
  } rows[] = {
    {"b+", "aabbc", "bb", 0},
    {"a(b*)c", "xxabbc", "bb", 1},
    {"x|a", "ba", "a", 0},
    {"(?<=a)b", "bab", "b", 0},
    {"(a)|(b)", "b", "", 1},
    {"(a)|(b)", "b", "b", 2},
    {"(?x) a # a comment", "ba", "a", 0},
    {"^(.*)-([0-9]+)$", "plate-12-7", "plate-12", 1},
  };
  Room room;
  open_room(&room);
  // A long way to the text itself makes every search take the longer road.
  static char far[20000];
  memset(far, '_', sizeof(far));
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    CrateText found;
    assert_int_equal(find(&room, rows[i].pattern, crate_text(rows[i].text),
                          rows[i].group, &found),
                     CRATE_OK);
    assert_text(found, rows[i].found);
    if (rows[i].pattern[0] != '^') {
      const size_t size = strlen(rows[i].text);
      memcpy(far + sizeof(far) - size, rows[i].text, size);
      assert_int_equal(find(&room, rows[i].pattern,
                            (CrateText){far, sizeof(far)}, rows[i].group,
                            &found),
                       CRATE_OK);
      assert_text(found, rows[i].found);
      memset(far, '_', sizeof(far));
    }
  }
  close_room(&room);
}

/// The cost of a search is not its steps at a start times the starts.
static void
a_search_comes_to_an_end(void **state)
{
  (void)state;
  // PCRE2 sees of the latter two that there is no b, and does not even begin.
  static const char *const patterns[] = {"a*a*[bc]", "(a*)*b", "(a|aa)+$b"};
  static char text[100000];
  Room room;
  memset(text, 'a', sizeof(text));
  for (size_t i = 0; i < 3; ++i) {
    for (size_t size = 100; size <= sizeof(text); size *= 10) {
      open_room(&room);
      const CrateStatus st =
        find(&room, patterns[i], (CrateText){text, size}, 0, NULL);
      assert_true(st == CRATE_OVER_LIMIT || st == CRATE_NOT_FOUND);
      assert_true(i || size < 10000 || st == CRATE_OVER_LIMIT);
      close_room(&room);
    }
  }
}

static void
what_is_no_expression_is_told(void **state)
{
  (void)state;
  static const char *const patterns[] = {"a)", "a)|(?:b", "(",
                                         "[a", "a\\",     "+"};
  Room room;
  open_room(&room);
  for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); ++i) {
    CrateRegex *regex = NULL;
    CrateRegexFlaw flaw;
    assert_int_equal(crate_regex_compile(&room.arena, crate_text(patterns[i]),
                                         0, &regex, &flaw),
                     CRATE_MALFORMED);
    assert_null(regex);
    assert_true(flaw.reason[0]);
  }
  close_room(&room);
}

static void
a_text_that_is_not_utf_8_is_told(void **state)
{
  (void)state;
  Room room;
  open_room(&room);
  assert_int_equal(find(&room, "a", CRATE_TEXT("\xff"), 0, NULL),
                   CRATE_MALFORMED);
  close_room(&room);
}

static CrateStatus
compile_and_match(const CrateWorld *world)
{
  CrateArena arena;
  CrateMatcher *matcher = NULL;
  CrateRegex *regex = NULL;
  CrateRegexFlaw flaw;
  CrateText found;
  crate_arena_init(&arena, world);
  CrateStatus st =
    crate_regex_compile(&arena, CRATE_TEXT("(a+)b"), 0, &regex, &flaw);
  st = st ? st : crate_matcher_new(world, &matcher);
  st =
    st ? st : crate_matcher_find(matcher, regex, CRATE_TEXT("xaab"), 1, &found);
  crate_matcher_free(matcher);
  crate_arena_clear(&arena);
  return st;
}

static void
any_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(compile_and_match) > 2);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(groups_are_found_however_long_the_search),
  cmocka_unit_test(a_search_comes_to_an_end),
  cmocka_unit_test(what_is_no_expression_is_told),
  cmocka_unit_test(a_text_that_is_not_utf_8_is_told),
  cmocka_unit_test(any_allocation_may_fail),
};
CHECK_MAIN(tests)
