// SPDX-License-Identifier: Apache-2.0
#include "data/cell.h"
#include "data/csv.h"
#include "data/seen.h"
#include "data/size.h"
#include "support/check.h"

/// What was read, one line a record: its line, its flaws, its cells.
static CrateStatus
write_down(void *handle, const CrateCsvRecord *record)
{
  CrateBuffer *const buffer = (CrateBuffer *)handle;
  crate_buffer_print(buffer, "%d", (int)record->line);
  for (unsigned flaw = 0; flaw < 3; ++flaw) {
    if (record->flaws & (1u << flaw)) {
      crate_buffer_add_byte(buffer, "0s\""[flaw]);
    }
  }
  for (size_t i = 0; i < record->count; ++i) {
    crate_buffer_add_byte(buffer, '|');
    crate_buffer_add(buffer, record->cells[i]);
  }
  crate_buffer_add_byte(buffer, '\n');
  return crate_buffer_status(buffer);
}

/// Read in two pieces, split anywhere.
static CrateStatus
read_split(const CrateWorld *world,
           CrateText text,
           size_t split,
           CrateBuffer *out)
{
  CrateCsv csv;
  crate_csv_init(&csv, world, '\0', (CrateCsvTaker){write_down, out});
  CrateStatus st = crate_csv_add(&csv, crate_text_slice(text, 0, split));
  st = st ? st : crate_csv_add(&csv, crate_text_slice(text, split, text.size));
  st = st ? st : crate_csv_end(&csv);
  crate_csv_clear(&csv);
  return st;
}

static void
expect(CrateText text, const char *records)
{
  CheckWorld check;
  check_world_init(&check);
  for (size_t split = 0; split <= text.size; ++split) {
    CrateBuffer out;
    crate_buffer_init(&out, &check.world);
    assert_int_equal(read_split(&check.world, text, split, &out), CRATE_OK);
    assert_text(crate_buffer_text(&out), records);
    crate_buffer_clear(&out);
  }
}

static void
records_are_read_wherever_pieces_end(void **state)
{
  (void)state;
  expect(CRATE_TEXT(""), "");
  expect(CRATE_TEXT("a,b\n1,2\n"), "1|a|b\n2|1|2\n");
  expect(CRATE_TEXT("a,b\r\n1,2"), "1|a|b\n2|1|2\n");
  expect(CRATE_TEXT("a,b\r1,\r\r3"), "1|a|b\n2|1|\n4|3\n");
  expect(CRATE_TEXT("\xef\xbb\xbfname,b\n"), "1|name|b\n");
  expect(CRATE_TEXT("a\n\n\nb\n"), "1|a\n4|b\n");
  expect(CRATE_TEXT(",\n"), "1||\n");
}

static void
quotes_hold_delimiters_and_lines(void **state)
{
  (void)state;
  expect(CRATE_TEXT("\"a,b\",\"c\nd\"\r\ne,f\n"), "1|a,b|c\nd\n3|e|f\n");
  expect(CRATE_TEXT("\"say \"\"so\"\"\",\"\",\"\"\"\"\nx,\"y\"\n"),
         "1|say \"so\"||\"\n2|x|y\n");
  expect(CRATE_TEXT("a \"quote\" inside,b\n"), "1|a \"quote\" inside|b\n");
}

static void
other_delimiters_are_told_by_the_first_line(void **state)
{
  (void)state;
  expect(CRATE_TEXT("a\tb\n1,5\t2\n"), "1|a|b\n2|1,5|2\n");
  expect(CRATE_TEXT("a;b\n1;2\n"), "1|a|b\n2|1|2\n");
  expect(CRATE_TEXT("a|b\n"), "1|a|b\n");
  expect(CRATE_TEXT("one column\n1;2\n"), "1|one column\n2|1;2\n");
}

static void
what_cannot_be_read_for_certain_is_told(void **state)
{
  (void)state;
  const char nul[] = {'a', ',', '\0', 'b', '\n', '"', '\0', '"', '\n'};
  CheckWorld check;
  CrateBuffer out;
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  assert_int_equal(
    read_split(&check.world, (CrateText){nul, sizeof(nul)}, 3, &out), CRATE_OK);
  const char expected[] = "10|a|\0b\n20|\0\n";
  assert_int_equal(out.size, sizeof(expected) - 1u);
  assert_memory_equal(out.data, expected, out.size);
  crate_buffer_clear(&out);
  expect(CRATE_TEXT("\"a\"b,c\nd,e\n"), "1s|\"a\"b|c\n2|d|e\n");
  expect(CRATE_TEXT("a,\"b\nc,d\n"), "1\"|a|b\nc,d\n\n");
}

/// Who never closes a quote does not fill the memory.
static void
a_record_has_a_longest_length(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBuffer out;
  CrateCsv csv;
  static char piece[1u << 20u];
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  memset(piece, 'x', sizeof(piece));
  crate_csv_init(&csv, &check.world, ',', (CrateCsvTaker){write_down, &out});
  CrateStatus st = crate_csv_add(&csv, CRATE_TEXT("\""));
  for (size_t i = 0; i < 64 && !st; ++i) {
    st = crate_csv_add(&csv, (CrateText){piece, sizeof(piece)});
  }
  assert_int_equal(st, CRATE_OVER_LIMIT);
  crate_csv_clear(&csv);
  crate_buffer_clear(&out);
}

static void
cells_are_read_as_what_they_are(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool integer, number, boolean, missing;
  } rows[] = {
    {"", false, false, false, true},     {"0", true, true, true, false},
    {"-12", true, true, false, false},   {"+7", true, true, false, false},
    {"1.5", false, true, false, false},  {".5", false, true, false, false},
    {"5.", false, true, false, false},   {"1e-9", false, true, false, false},
    {"1e", false, false, false, false},  {".", false, false, false, false},
    {"-", false, false, false, false},   {"inf", false, true, false, false},
    {"NaN", false, true, false, true},   {"NA", false, false, false, true},
    {"True", false, false, true, false}, {"yes", false, false, false, false},
    {"1 ", false, false, false, false},  {"12a", false, false, false, false},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    const CrateText text = crate_text(rows[i].text);
    assert_int_equal(crate_cell_is_integer(text, 0), rows[i].integer);
    assert_int_equal(crate_cell_is_number(text), rows[i].number);
    assert_int_equal(crate_cell_is_boolean(text), rows[i].boolean);
    assert_int_equal(crate_cell_is_missing(text), rows[i].missing);
  }
}

static void
integers_fit_into_their_bits(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int bits;
    bool fits;
  } rows[] = {
    {"127", -8, true},
    {"128", -8, false},
    {"-128", -8, true},
    {"-129", -8, false},
    {"255", 8, true},
    {"256", 8, false},
    {"-1", 8, false},
    {"-0", 8, true},
    {"9223372036854775807", -64, true},
    {"9223372036854775808", -64, false},
    {"-9223372036854775808", -64, true},
    {"18446744073709551615", 64, true},
    {"18446744073709551616", 64, false},
    {"99999999999999999999999999", 64, false},
    {"99999999999999999999999999", 0, true},
    {"00000000000000000000000001", -8, true},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    assert_int_equal(
      crate_cell_is_integer(crate_text(rows[i].text), rows[i].bits),
      rows[i].fits);
  }
}

static void
boxes_are_four_numbers(void **state)
{
  (void)state;
  assert_true(crate_cell_is_box(CRATE_TEXT("[1, 2, 3.5, 4]")));
  assert_true(crate_cell_is_box(CRATE_TEXT("1 2 3 4")));
  assert_true(crate_cell_is_box(CRATE_TEXT("1,2,3,4 ")));
  assert_false(crate_cell_is_box(CRATE_TEXT("1 2 3")));
  assert_false(crate_cell_is_box(CRATE_TEXT("1 2 3 4 5")));
  assert_false(crate_cell_is_box(CRATE_TEXT("[1,2,3,4")));
  assert_false(crate_cell_is_box(CRATE_TEXT("1,2,x,4")));
  assert_false(crate_cell_is_box(CRATE_TEXT("[")));
  assert_false(crate_cell_is_box(CRATE_TEXT("")));
}

static void
sizes_fit_as_people_write_them(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    uint64_t bytes;
    bool fits;
  } rows[] = {
    {"12", 12, true},
    {"12", 13, false},
    {"12 B", 12, true},
    {"12B", 11, false},
    {"1.5 kB", 1500, true},
    {"1.5 KB", 1536, true},
    {"1.5 KiB", 1600, false},
    {"1 MB", 1048576, true},
    {"1 MB", 1000000, true},
    {"1 MB", 2000000, false},
    {"2.0 GB", 2000000000, true},
    {"0", 0, true},
    {"about a MB", 7, true},
    {"12 apples", 7, true},
    {"", 7, true},
    {".", 7, true},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    assert_int_equal(crate_size_fits(crate_text(rows[i].text), rows[i].bytes),
                     rows[i].fits);
  }
}

static CrateHash128
hash_of_number(const CrateWorld *world, unsigned number)
{
  char text[24];
  snprintf(text, sizeof(text), "%u", number);
  return crate_hash128_add(crate_hash128_start(world), crate_text(text));
}

static void
what_was_seen_is_known_again(void **state)
{
  (void)state;
  enum { MANY = 20000 };
  CheckWorld check;
  CrateSeen seen;
  uint64_t first = 0;
  check_world_init(&check);
  crate_seen_init(&seen, &check.world, MANY);
  for (unsigned i = 1; i <= MANY; ++i) {
    const CrateHash128 hash = hash_of_number(&check.world, i);
    assert_int_equal(crate_seen_put(&seen, hash, i, &first), CRATE_OK);
    assert_int_equal(first, 0);
  }
  for (unsigned i = 1; i <= MANY; ++i) {
    const CrateHash128 hash = hash_of_number(&check.world, i);
    assert_int_equal(crate_seen_put(&seen, hash, MANY + i, &first), CRATE_OK);
    assert_int_equal(first, i);
    assert_int_equal(crate_seen_get(&seen, hash), i);
  }
  const CrateHash128 other = hash_of_number(&check.world, 0);
  assert_int_equal(crate_seen_get(&seen, other), 0);
  assert_int_equal(crate_seen_put(&seen, other, 1, &first), CRATE_OVER_LIMIT);
  crate_seen_clear(&seen);
}

static void
runs_of_values_are_told_apart(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  const CrateHash128 start = crate_hash128_start(&check.world);
  const CrateHash128 one = crate_hash128_add(
    crate_hash128_add(start, CRATE_TEXT("ab")), CRATE_TEXT("c"));
  const CrateHash128 two = crate_hash128_add(
    crate_hash128_add(start, CRATE_TEXT("a")), CRATE_TEXT("bc"));
  assert_true(one.low != two.low && one.high != two.high);
}

static CrateStatus
read_and_note(const CrateWorld *world)
{
  const CrateText text = CRATE_TEXT("a,\"b\"\"\"\n1,2\n3,4\n");
  CrateBuffer out;
  CrateSeen seen;
  uint64_t first = 0;
  crate_buffer_init(&out, world);
  crate_seen_init(&seen, world, 10);
  CrateStatus st = read_split(world, text, 5, &out);
  st = st ? st : crate_seen_put(&seen, crate_hash128_start(world), 1, &first);
  crate_seen_clear(&seen);
  crate_buffer_clear(&out);
  return st;
}

static void
any_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_and_note) > 3);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(records_are_read_wherever_pieces_end),
  cmocka_unit_test(quotes_hold_delimiters_and_lines),
  cmocka_unit_test(other_delimiters_are_told_by_the_first_line),
  cmocka_unit_test(what_cannot_be_read_for_certain_is_told),
  cmocka_unit_test(a_record_has_a_longest_length),
  cmocka_unit_test(cells_are_read_as_what_they_are),
  cmocka_unit_test(integers_fit_into_their_bits),
  cmocka_unit_test(boxes_are_four_numbers),
  cmocka_unit_test(sizes_fit_as_people_write_them),
  cmocka_unit_test(what_was_seen_is_known_again),
  cmocka_unit_test(runs_of_values_are_told_apart),
  cmocka_unit_test(any_allocation_may_fail),
};
CHECK_MAIN(tests)
