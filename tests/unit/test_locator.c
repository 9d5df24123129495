// SPDX-License-Identifier: Apache-2.0
#include "json/locator.h"
#include <string.h>
#include <support/check.h>

static CheckWorld check;

/// An array of `count` objects on one line, or one on each line.
static char *
make_document(size_t count, const char *separator)
{
  char *const text = (char *)malloc(count * 64u + 16u);
  char *end = text;
  end += sprintf(end, "{\"a/b\": [");
  for (size_t i = 0; i < count; ++i) {
    end += sprintf(end, "%s{\"n\": %zu, \"m\": [1, 2]}", i ? separator : "", i);
  }
  (void)sprintf(end, "]}");
  return text;
}

/// The locator must say of every byte what the plain functions say.
static void
compare_everywhere(const CrateJsonDocument *document)
{
  CrateLocator locator;
  CrateBuffer one;
  CrateBuffer other;
  assert_int_equal(crate_locator_init(&locator, &check.world, document),
                   CRATE_OK);
  crate_buffer_init(&one, &check.world);
  crate_buffer_init(&other, &check.world);
  for (uint32_t at = 0; at <= document->bytes.size; ++at) {
    const CratePlace place = crate_locator_place(&locator, at);
    const CratePlace expected = crate_json_place(document, at);
    assert_memory_equal(&place, &expected, sizeof(place));
    one.size = other.size = 0;
    assert_int_equal(crate_locator_pointer(&locator, at, &one, NULL), CRATE_OK);
    crate_json_pointer(document->root, at, &other);
    assert_true(
      crate_text_equal(crate_buffer_text(&one), crate_buffer_text(&other)));
  }
  crate_buffer_clear(&one);
  crate_buffer_clear(&other);
  crate_locator_clear(&locator);
}

static void
wide_and_narrow_containers_are_told_alike(void **state)
{
  static const size_t counts[] = {0, 1, 31, 32, 33, 200};
  (void)state;
  for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); ++i) {
    char *const text = make_document(counts[i], i % 2 ? ",\n" : ", ");
    CrateJsonDocument document;
    assert_int_equal(crate_json_read(&check.world, CRATE_TEXT("in.json"),
                                     crate_text(text), &document),
                     CRATE_OK);
    compare_everywhere(&document);
    crate_json_clear(&document);
    free(text);
  }
}

static void
a_long_line_is_cut_around_the_place(void **state)
{
  (void)state;
  static const struct {
    uint32_t offset;
    size_t most;
    const char *expected;
    uint32_t column;
  } rows[] = {
    {0, 2, "ab", 1},
    {2, 2, "ab", 1},
    {5, 4, "cdef", 1},
    {8, 4, "", 1},
    {9, 40, "g\xC3\xA9hijklmnopqrstuvwxyz", 1},
    {9, 8, "g\xC3\xA9hijkl", 1}, // nothing is before it
    {12, 8, "hijklmno", 4},      // less than a character, so none
    {20, 8, "opqrstuv", 11},
    {31, 9, "z", 22},
    {99, 4, "", 1},
  };
  const CrateJsonDocument document = {
    .world = &check.world,
    .bytes = CRATE_TEXT("ab\ncdef\n\ng\xC3\xA9hijklmnopqrstuvwxyz")};
  CrateLocator locator;
  assert_int_equal(crate_locator_init(&locator, &check.world, &document),
                   CRATE_OK);
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    uint32_t column = 0;
    assert_text(
      crate_locator_excerpt(&locator, rows[i].offset, rows[i].most, &column),
      rows[i].expected);
    assert_int_equal(column, rows[i].column);
  }
  crate_locator_clear(&locator);
}

static void
characters_are_counted_over_blocks(void **state)
{
  (void)state;
  enum { PAIRS = 6000 };
  char *const text = (char *)malloc(3u * PAIRS + 2u);
  memcpy(text, "x\n", 2);
  for (size_t i = 0; i < PAIRS; ++i) {
    memcpy(text + 2u + 3u * i, "a\xC3\xA9", 3);
  }
  const CrateJsonDocument document = {.world = &check.world,
                                      .bytes = {text, 3u * PAIRS + 2u}};
  CrateLocator locator;
  assert_int_equal(crate_locator_init(&locator, &check.world, &document),
                   CRATE_OK);
  assert_int_equal(crate_locator_character(&locator, 0), 1);
  for (uint32_t i = 0; i < PAIRS; ++i) {
    assert_int_equal(crate_locator_character(&locator, 2u + 3u * i),
                     2u * i + 1u);
  }
  assert_int_equal(crate_locator_character(&locator, 3u * PAIRS + 2u),
                   2u * PAIRS + 1u);
  assert_int_equal(crate_locator_character(&locator, 3u * PAIRS + 3u), 0);
  crate_locator_clear(&locator);
  free(text);
}

/// One long line and many places on it, in descending order: were a line or
/// an array walked for each, this would take hours.
static void
many_places_on_one_line_are_quick(void **state)
{
  (void)state;
  enum { COUNT = 200000 };
  char *const text = make_document(COUNT, ",");
  CrateJsonDocument document;
  CrateLocator locator;
  CrateBuffer pointer;
  assert_int_equal(crate_json_read(&check.world, CRATE_TEXT("in.json"),
                                   crate_text(text), &document),
                   CRATE_OK);
  assert_int_equal(crate_locator_init(&locator, &check.world, &document),
                   CRATE_OK);
  crate_buffer_init(&pointer, &check.world);
  const uint32_t last = document.root->first->next->offset;
  for (uint32_t at = (uint32_t)document.bytes.size; at > last; at -= 7) {
    pointer.size = 0;
    assert_int_equal(crate_locator_pointer(&locator, at, &pointer, NULL),
                     CRATE_OK);
    uint32_t column = 0;
    assert_true(crate_locator_excerpt(&locator, at, 400, &column).size <= 400);
    assert_int_equal(crate_locator_character(&locator, at), at + 1u);
  }
  assert_true(pointer.size > 0);
  crate_buffer_clear(&pointer);
  crate_locator_clear(&locator);
  crate_json_clear(&document);
  free(text);
}

static CrateStatus
locate(const CrateWorld *world)
{
  char *const text = make_document(100, ",");
  CrateJsonDocument document;
  CrateLocator locator = {0};
  CrateBuffer pointer;
  crate_buffer_init(&pointer, world);
  CrateStatus st =
    crate_json_read(world, CRATE_TEXT("in.json"), crate_text(text), &document);
  if (!st) {
    st = crate_locator_init(&locator, world, &document);
  }
  if (!st) {
    st = crate_locator_pointer(&locator, 900, &pointer, NULL);
  }
  crate_buffer_clear(&pointer);
  crate_locator_clear(&locator);
  crate_json_clear(&document);
  free(text);
  return st;
}

static void
any_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(locate) > 4);
}

static int
set_up(void **state)
{
  (void)state;
  check_world_init(&check);
  return 0;
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(wide_and_narrow_containers_are_told_alike),
    cmocka_unit_test(a_long_line_is_cut_around_the_place),
    cmocka_unit_test(characters_are_counted_over_blocks),
    cmocka_unit_test(many_places_on_one_line_are_quick),
    cmocka_unit_test(any_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, set_up, NULL);
}
