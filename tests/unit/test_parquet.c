// SPDX-License-Identifier: Apache-2.0
// Footers of Parquet files, those of tests/support/parquet_files.py.
#include "data/parquet.h"
#include <string.h>
#include <support/check.h>

/// The folder of the files, in one static place.
static const char *
corpus(void)
{
  static char full[4096];
  const char *const root = getenv("CRATEKIT_SOURCE");
  snprintf(full, sizeof(full), "%s/tests/fuzz/corpus/parquet",
           root ? root : ".");
  return full;
}

static CrateStatus
open_file(const CrateWorld *world,
          const char *name,
          CrateArena *arena,
          CrateParquet *out)
{
  CratePackage *package = NULL;
  CrateStatus st = crate_package_open(world, crate_text(corpus()), &package);
  if (!st) {
    st = crate_parquet_open(package, world, crate_text(name), arena, out);
  }
  crate_package_close(package);
  return st;
}

/// A schema as lines: "path: type", with a question mark where it may be null.
static void
write_schema(const CrateParquet *parquet, CrateBuffer *out)
{
  for (uint32_t i = 1; i < parquet->count; ++i) {
    const CrateParquetColumn *const column = &parquet->columns[i];
    crate_buffer_add(out, column->path);
    crate_buffer_add_string(out, column->optional ? "?: " : ": ");
    crate_parquet_describe(parquet, i, out);
    crate_buffer_add_byte(out, '\n');
  }
}

static void
check_schema(const char *name, const char *expected)
{
  CheckWorld check;
  CrateArena arena;
  CrateParquet parquet;
  CrateBuffer out;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  crate_buffer_init(&out, &check.world);
  if (open_file(&check.world, name, &arena, &parquet)) {
    fail_msg("%s: %s", name, check.said);
  }
  write_schema(&parquet, &out);
  assert_text(crate_buffer_text(&out), expected);
  assert_string_equal(check.said, "");
  crate_buffer_clear(&out);
  crate_arena_clear(&arena);
}

static void
types_are_told_in_words(void **state)
{
  (void)state;
  check_schema("flat", "yes: boolean\n"
                       "id: int64\n"
                       "name?: string\n"
                       "small: uint16\n"
                       "when?: timestamp\n"
                       "local: timestamp\n"
                       "hour: time\n"
                       "day: date\n"
                       "price: decimal(7,2)\n"
                       "f: float\n"
                       "d: double\n"
                       "raw: bytes\n"
                       "fixed: 3 bytes\n"
                       "uuid: UUID\n"
                       "half: float16\n"
                       "json: JSON\n"
                       "kind: enumeration\n");
  check_schema("later", "nanos: timestamp\nnew: bytes\n");
  check_schema("no-columns", "");
}

static void
old_writers_are_understood(void **state)
{
  (void)state;
  check_schema("old", "a0: string\n"
                      "a1: enumeration\n"
                      "a2: decimal(9,3)\n"
                      "a3: date\n"
                      "a4: time\n"
                      "a5: time\n"
                      "a6: timestamp\n"
                      "a7: timestamp\n"
                      "a8: uint8\n"
                      "a9: uint16\n"
                      "a10: uint32\n"
                      "a11: uint64\n"
                      "a12: int8\n"
                      "a13: int16\n"
                      "a14: int32\n"
                      "a15: int64\n"
                      "a16: JSON\n"
                      "a17: BSON\n"
                      "a18: interval\n"
                      "a19: timestamp\n");
}

static void
lists_and_maps_are_of_something(void **state)
{
  (void)state;
  check_schema("nested", "three?: list of string\n"
                         "three.list: list of record\n"
                         "three.list.element?: string\n"
                         "two?: list of int32\n"
                         "two.item: list of int32\n"
                         "tuple: list of record\n"
                         "tuple.tuple_tuple: list of record\n"
                         "tuple.tuple_tuple.x: double\n"
                         "lists?: list of list of int64\n"
                         "lists.list: list of record\n"
                         "lists.list.element?: list of int64\n"
                         "lists.list.element.list: list of record\n"
                         "lists.list.element.list.element?: int64\n"
                         "map?: map of string to record\n"
                         "map.key_value: list of record\n"
                         "map.key_value.key: string\n"
                         "map.key_value.value?: record\n"
                         "map.key_value.value.left: float\n"
                         "map.key_value.value.right: float\n"
                         "set?: map of int32\n"
                         "set.map: list of record\n"
                         "set.map.key: int32\n"
                         "many: list of boolean\n"
                         "box: record\n"
                         "box.low.er: int32\n"
                         "box.upper: int32\n"
                         "twice?: list of list of int32\n"
                         "twice.item: list of list of int32\n"
                         "twice.item.item: list of int32\n"
                         "odd?: list\n"
                         "odd.a: list of int32\n"
                         "odd.b: list of int32\n");
}

static void
columns_are_found_by_their_paths(void **state)
{
  static const struct {
    const char *path, *name;
    uint32_t element;
  } rows[] = {
    {"three", "three", 3},
    {"two", "two", 5},
    {"tuple", "tuple", 7},
    {"lists", "lists", 11},
    {"many", "many", 23},
    {"odd", "odd", 0},
    {"map.key_value.value", "value", 0},
    {"box.low.er", "low.er", 0},
    {"box.upper", "upper", 0},
    {"box.low", NULL, 0},
    {"upper", NULL, 0},
    {"", NULL, 0},
    {"box.", NULL, 0},
    {"schema", NULL, 0},
  };
  CheckWorld check;
  CrateArena arena;
  CrateParquet parquet;
  (void)state;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  assert_int_equal(open_file(&check.world, "nested", &arena, &parquet),
                   CRATE_OK);
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    const uint32_t found =
      crate_parquet_find(&parquet, crate_text(rows[i].path));
    assert_int_equal(found != 0, rows[i].name != NULL);
    if (found) {
      assert_text(parquet.columns[found].name, rows[i].name);
      assert_text(parquet.columns[found].path, rows[i].path);
      assert_int_equal(crate_parquet_element(&parquet, found), rows[i].element);
    }
  }
  crate_arena_clear(&arena);
}

static void
a_file_says_how_much_it_holds(void **state)
{
  CheckWorld check;
  CrateArena arena;
  CrateParquet parquet;
  (void)state;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  assert_int_equal(open_file(&check.world, "groups", &arena, &parquet),
                   CRATE_OK);
  assert_int_equal(parquet.rows, 6);
  assert_int_equal(parquet.row_groups, 2);
  assert_int_equal(parquet.leaves, 1);
  assert_int_equal(parquet.count, 2);
  assert_text(parquet.created_by, "cratekit's tests");
  assert_int_equal(open_file(&check.world, "flat", &arena, &parquet), CRATE_OK);
  assert_int_equal(parquet.leaves, 17);
  assert_int_equal(parquet.rows, 1);
  const CrateParquetColumn *const when = &parquet.columns[5];
  assert_int_equal(when->logical, CRATE_PARQUET_TIMESTAMP);
  assert_int_equal(when->unit, CRATE_PARQUET_MICROSECONDS);
  assert_true(when->utc);
  assert_false(when[1].utc);
  assert_int_equal(when[1].unit, CRATE_PARQUET_NANOSECONDS);
  assert_int_equal(parquet.columns[2].bits, 64);
  assert_int_equal(parquet.columns[4].bits, 16);
  assert_true(parquet.columns[4].is_unsigned);
  assert_int_equal(open_file(&check.world, "later", &arena, &parquet),
                   CRATE_OK);
  assert_int_equal(parquet.columns[1].unit, CRATE_PARQUET_NANOSECONDS);
  assert_false(parquet.columns[1].utc);
  assert_int_equal(parquet.columns[2].logical, CRATE_PARQUET_OTHER);
  crate_arena_clear(&arena);
}

/// What a file that lies is told.
static const struct {
  const char *name, *said;
} lies[] = {
  {"no-magic", "it is no Parquet file, or it is cut short: it does not end "
               "with \"PAR1\""},
  {"only-magic", "it is no Parquet file, or it is cut short: it does not end "
                 "with \"PAR1\""},
  {"too-long",
   "its footer says that it has 2147483648 bytes, and the file has 115"},
  {"no-footer", "its footer says that it has 0 bytes, and the file has 12"},
  {"rows", "the footer says that there are 3 rows, and its row groups have 4"},
  {"rows-missing",
   "the footer says that there are 5 rows, and its row groups have 4"},
  {"rows-negative", "the footer is damaged at byte 25: a number below zero"},
  {"rows-of-group", "the footer is damaged at byte 58: a number below zero"},
  {"rows-overflow", "the footer says that there are 0 rows, and its row groups "
                    "have 9223372036854775807"},
  {"chunks", "the footer has a row group of 2 columns, and its schema has 1"},
  {"chunk-type", "the footer says that \"a\" is stored as double, and its "
                 "schema that it is int32"},
  {"chunk-negative", "the footer is damaged at byte 46: a number below zero"},
  {"group-empty", "the footer is damaged at byte 28: a row group without its "
                  "columns or rows"},
  {"children-missing",
   "the footer is damaged at byte 23: fewer columns than the schema says"},
  {"children-more",
   "the footer is damaged at byte 31: a column that belongs to no other"},
  {"children-negative",
   "the footer is damaged at byte 14: a number below zero"},
  {"children-many",
   "the footer is damaged at byte 19: fewer columns than the schema says"},
  {"both", "the footer is damaged at byte 25: a column must have either a type "
           "or others in it"},
  {"neither", "the footer is damaged at byte 21: a column must have either a "
              "type or others in it"},
  {"root-type",
   "the footer is damaged at byte 15: a schema that is no group of columns"},
  {"name-missing",
   "the footer is damaged at byte 18: a column whose name is no text"},
  {"name-bytes",
   "the footer is damaged at byte 23: a column whose name is no text"},
  {"type-unknown",
   "the footer is damaged at byte 17: a number that is too large"},
  {"stored", "the footer is damaged at byte 29: a column whose values cannot "
             "be of its type"},
  {"bits", "the footer is damaged at byte 30: an integer that is not of 8 to "
           "64 bits"},
  {"decimal", "the footer is damaged at byte 37: a decimal number that has no "
              "digits"},
  {"decimal-empty", "the footer is damaged at byte 29: a decimal number that "
                    "has no digits"},
  {"repetition", "the footer is damaged at byte 21: a column must say whether "
                 "it may be null"},
  {"size-missing", "the footer is damaged at byte 23: values of one length "
                   "that is not told"},
  {"size-negative", "the footer is damaged at byte 19: a number below zero"},
  {"deep",
   "the footer names columns that are nested too deep for their long names"},
  {"long-paths",
   "the footer names columns that are nested too deep for their long names"},
  {"schema-missing", "the footer is damaged at byte 25: no schema"},
  {"rows-unsaid", "the footer is damaged at byte 44: no number of rows"},
  {"groups-missing", "the footer is damaged at byte 44: no list of row groups"},
  {"schema-empty", "the footer is damaged at byte 4: no schema"},
  {"schema-type", "the footer is damaged at byte 3: a value of another type "
                  "than it must be"},
  {"schema-numbers", "the footer is damaged at byte 4: a value of another type "
                     "than it must be"},
  {"rows-text", "the footer is damaged at byte 24: a value that must be an "
                "integer and is not"},
  {"list-size", "the footer is damaged at byte 6: a list of more elements than "
                "there are bytes"},
  {"cut", "the footer is damaged at byte 20: it ends early"},
  {"number", "the footer is damaged at byte 11: a number of more than 64 bits"},
  {"type-of-field",
   "the footer is damaged at byte 1: a value of an unknown type"},
  {"field-number", "the footer is damaged at byte 4: a field that cannot be"},
  {"deep-structures",
   "the footer is damaged at byte 513: structures too deep in one another"},
  {"deep-lists",
   "the footer is damaged at byte 513: structures too deep in one another"},
};

static void
a_footer_that_lies_is_told_what_about(void **state)
{
  bool good = true;
  (void)state;
  for (size_t i = 0; i < sizeof(lies) / sizeof(*lies); ++i) {
    CheckWorld check;
    CrateArena arena;
    CrateParquet parquet;
    char said[400];
    check_world_init(&check);
    crate_arena_init(&arena, &check.world);
    snprintf(said, sizeof(said), "%s:0:0: %s [invalid-parquet]", lies[i].name,
             lies[i].said);
    const CrateStatus st =
      open_file(&check.world, lies[i].name, &arena, &parquet);
    if (st != CRATE_MALFORMED || check.count != 1 ||
        strcmp(check.said, said) != 0) {
      print_error("%s\n", check.said);
      good = false;
    }
    assert_null(parquet.columns);
    crate_arena_clear(&arena);
  }
  assert_true(good);
}

static void
an_encrypted_footer_is_not_read(void **state)
{
  CheckWorld check;
  CrateArena arena;
  CrateParquet parquet;
  (void)state;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  assert_int_equal(open_file(&check.world, "encrypted", &arena, &parquet),
                   CRATE_UNSUPPORTED);
  assert_string_equal(
    check.said, "encrypted:0:0: its footer is encrypted [invalid-parquet]");
  crate_arena_clear(&arena);
}

static void
columns_in_one_another_have_a_limit(void **state)
{
  CheckWorld check;
  CrateArena arena;
  CrateParquet parquet;
  (void)state;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  check.world.limits.depth = 6;
  assert_int_equal(open_file(&check.world, "nested", &arena, &parquet),
                   CRATE_OK);
  check.world.limits.depth = 5;
  assert_int_equal(open_file(&check.world, "nested", &arena, &parquet),
                   CRATE_MALFORMED);
  assert_non_null(strstr(check.said, "columns too deep in one another"));
  crate_arena_clear(&arena);
}

/// Every footer that ends early is refused, as is none that is whole.
static void
no_part_of_a_footer_is_one(void **state)
{
  static const char *const names[] = {"flat", "nested", "groups", "later"};
  (void)state;
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    char path[200];
    size_t size = 0;
    uint64_t length = 0;
    CheckWorld check;
    CrateArena arena;
    CrateParquet parquet;
    check_world_init(&check);
    crate_arena_init(&arena, &check.world);
    snprintf(path, sizeof(path), "tests/fuzz/corpus/parquet/%s", names[i]);
    char *const bytes = check_read_source(path, &size);
    const CrateText file = {bytes, size};
    assert_int_equal(
      crate_parquet_footer(&check.world, CRATE_TEXT("f"), file, size, &length),
      CRATE_OK);
    const CrateText footer =
      crate_text_slice(file, size - CRATE_PARQUET_TAIL - (size_t)length,
                       size - CRATE_PARQUET_TAIL);
    for (size_t k = 0; k <= footer.size; ++k) {
      crate_arena_reset(&arena);
      const CrateStatus st =
        crate_parquet_read(&check.world, CRATE_TEXT("f"),
                           crate_text_slice(footer, 0, k), &arena, &parquet);
      assert_int_equal(st, k < footer.size ? CRATE_MALFORMED : CRATE_OK);
    }
    free(bytes);
    crate_arena_clear(&arena);
  }
}

static CrateStatus
open_nested(const CrateWorld *world)
{
  CrateArena arena;
  CrateParquet parquet;
  crate_arena_init(&arena, world);
  const CrateStatus st = open_file(world, "nested", &arena, &parquet);
  crate_arena_clear(&arena);
  return st;
}

static void
failing_allocations_end_cleanly(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(open_nested) > 5);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(types_are_told_in_words),
    cmocka_unit_test(old_writers_are_understood),
    cmocka_unit_test(lists_and_maps_are_of_something),
    cmocka_unit_test(columns_are_found_by_their_paths),
    cmocka_unit_test(a_file_says_how_much_it_holds),
    cmocka_unit_test(a_footer_that_lies_is_told_what_about),
    cmocka_unit_test(an_encrypted_footer_is_not_read),
    cmocka_unit_test(columns_in_one_another_have_a_limit),
    cmocka_unit_test(no_part_of_a_footer_is_one),
    cmocka_unit_test(failing_allocations_end_cleanly),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
