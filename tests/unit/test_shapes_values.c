// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"
#include "validate/shapes/datatype.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"

typedef struct Values {
  CheckWorld check;
  CrateTerms *terms;
  CrateKeyMap map;
} Values;

static void
values_init(Values *values)
{
  check_world_init(&values->check);
  crate_key_map_init(&values->map, &values->check.world);
  assert_int_equal(crate_terms_new(&values->check.world, &values->terms), 0);
  assert_int_equal(crate_datatypes_register(values->terms, &values->map), 0);
}

static void
values_clear(Values *values)
{
  crate_key_map_clear(&values->map);
  crate_terms_free(values->terms);
}

static CrateTerm
datatype(Values *values, const char *name)
{
  char iri[128];
  CrateTerm term = 0;
  snprintf(iri, sizeof(iri), XSD "%s", name);
  assert_int_equal(crate_terms_iri(values->terms, crate_text(iri), &term), 0);
  return term;
}

typedef struct Lexical {
  const char *datatype, *text;
  bool holds;
} Lexical;

static const Lexical LEXICALS[] = {
  {"string", "", true},
  {"boolean", "true", true},
  {"boolean", "1", true},
  {"boolean", "True", false},
  {"boolean", " true", false},
  {"decimal", "-1.50", true},
  {"decimal", ".5", true},
  {"decimal", "5.", true},
  {"decimal", ".", false},
  {"decimal", "1e3", false},
  {"decimal", "", false},
  {"integer", "+0012", true},
  {"integer", "1.0", false},
  {"integer", "-", false},
  {"integer", "123456789012345678901234567890", true},
  {"double", "1.5E-3", true},
  {"double", "INF", true},
  {"double", "-INF", true},
  {"double", "NaN", true},
  {"double", "inf", false},
  {"double", "1E", false},
  {"float", "1e400", true},
  {"byte", "127", true},
  {"byte", "128", false},
  {"byte", "-128", true},
  {"byte", "-129", false},
  {"byte", "0000000127", true},
  {"unsignedLong", "18446744073709551615", true},
  {"unsignedLong", "18446744073709551616", false},
  {"unsignedInt", "-0", true},
  {"positiveInteger", "0", false},
  {"nonNegativeInteger", "-1", false},
  {"negativeInteger", "-1", true},
  {"negativeInteger", "0", false},
  {"nonPositiveInteger", "1", false},
  {"dateTime", "2024-02-29T12:00:00Z", true},
  {"dateTime", "99999999999-12-31T23:59:59Z", true},
  {"dateTime", "-99999999999-12-31T23:59:59Z", true},
  {"dateTime", "999999999999-01-01T00:00:00Z", false}, // more than we count
  {"dateTime", "2023-02-29T12:00:00Z", false},
  {"dateTime", "2024-02-29T24:00:00", true},
  {"dateTime", "2024-02-29T24:00:01", false},
  {"dateTime", "2024-02-29T12:00:60", false},
  {"dateTime", "2024-02-29T12:00:00.123+05:30", true},
  {"dateTime", "2024-02-29T12:00:00.+05:30", false},
  {"dateTime", "2024-02-29T12:00:00+14:01", false},
  {"dateTime", "2024-02-29", false},
  {"dateTime", "2024-02-29 12:00:00", false},
  {"dateTime", "-0044-03-15T00:00:00", true},
  {"dateTime", "24-03-15T00:00:00", false},
  {"dateTime", "012024-03-15T00:00:00", false},
  {"dateTimeStamp", "2024-02-29T12:00:00", false},
  {"dateTimeStamp", "2024-02-29T12:00:00Z", true},
  {"date", "2024-12-31", true},
  {"date", "2024-12-31Z", true},
  {"date", "2024-13-01", false},
  {"date", "2000-02-29", true},
  {"date", "1900-02-29", false},
  {"date", "2024-11-31", false},
  {"date", "2024-1-01", false},
  {"date", "2024-12-31T", false},
  {"time", "23:59:59.999", true},
  {"time", "25:00:00", false},
  {"gYear", "2024", true},
  {"gYear", "24", false},
  {"gYearMonth", "2024-05", true},
  {"gYearMonth", "2024-5", false},
  {"gMonth", "--05", true},
  {"gMonth", "05", false},
  {"gMonthDay", "--02-29", true},
  {"gMonthDay", "--02-30", false},
  {"gDay", "---31", true},
  {"gDay", "---32", false},
  {"duration", "P1Y2M3DT4H5M6.7S", true},
  {"duration", "-P1D", true},
  {"duration", "P", false},
  {"duration", "P1DT", false},
  {"duration", "P1S", false},
  {"duration", "PT1.S", false},
  {"yearMonthDuration", "P1Y", true},
  {"yearMonthDuration", "P1D", false},
  {"dayTimeDuration", "PT1H", true},
  {"dayTimeDuration", "P1M", false},
  {"hexBinary", "0aFF", true},
  {"hexBinary", "0aF", false},
  {"base64Binary", "YQ==", true},
  {"base64Binary", "YR==", false},
  {"base64Binary", "Y Q = =", true},
  {"base64Binary", "YQ=", false},
  {"base64Binary", "", true},
  {"anyURI", "anything at all", true},
  {"language", "en-GB-x-private", true},
  {"language", "en_GB", false},
  {"language", "en-", false},
  {"language", "abcdefghi", false},
  {"normalizedString", "a\tb", false},
  {"normalizedString", "a b", true},
  {"token", " a", false},
  {"token", "a  b", false},
  {"NMTOKEN", "1a-b", true},
  {"Name", "1a", false},
  {"Name", "a:b", true},
  {"NCName", "a:b", false},
};

static void
lexical_spaces_are_those_of_xsd(void **state)
{
  (void)state;
  Values values;
  values_init(&values);
  for (size_t i = 0; i < sizeof(LEXICALS) / sizeof(*LEXICALS); ++i) {
    const Lexical *const row = &LEXICALS[i];
    const uint32_t number =
      crate_key_map_get(&values.map, datatype(&values, row->datatype));
    assert_int_not_equal(number, 0);
    if (crate_datatype_has(number, crate_text(row->text)) != row->holds) {
      fail_msg("xsd:%s \"%s\"", row->datatype, row->text);
    }
  }
  values_clear(&values);
}

typedef struct Pair {
  const char *a, *a_type, *b, *b_type;
  CrateOrder order;
} Pair;

static const Pair PAIRS[] = {
  {"1", "integer", "1.0", "decimal", CRATE_EQUAL},
  {"10", "integer", "9", "byte", CRATE_GREATER},
  {"-10", "integer", "9", "integer", CRATE_LESS},
  {"-10", "integer", "-9", "integer", CRATE_LESS},
  {"0.1", "decimal", "0.09", "decimal", CRATE_GREATER},
  {"-0", "integer", "0", "integer", CRATE_EQUAL},
  {"00012.500", "decimal", "12.5", "decimal", CRATE_EQUAL},
  {"123456789012345678901", "integer", "123456789012345678902", "integer",
   CRATE_LESS},
  {"1.5E3", "double", "1500", "integer", CRATE_EQUAL},
  {"1E-2", "double", "0.01", "decimal", CRATE_EQUAL},
  {"INF", "double", "1E400", "double", CRATE_EQUAL},
  {"INF", "float", "99999999999", "integer", CRATE_GREATER},
  {"-INF", "double", "-5", "integer", CRATE_LESS},
  {"NaN", "double", "NaN", "double", CRATE_INCOMPARABLE},
  {"0E5", "double", "0", "integer", CRATE_EQUAL},
  {"1", "integer", "a", "integer", CRATE_INCOMPARABLE},
  {"300", "byte", "1", "integer", CRATE_INCOMPARABLE},
  {"1", "integer", "1", "string", CRATE_INCOMPARABLE},
  {"a", "string", "b", "string", CRATE_LESS},
  {"false", "boolean", "1", "boolean", CRATE_LESS},
  {"maybe", "boolean", "1", "boolean", CRATE_INCOMPARABLE},
  {"2024-01-01", "date", "2023-12-31", "date", CRATE_GREATER},
  {"2024-01-01Z", "date", "2024-01-01", "date", CRATE_INCOMPARABLE},
  {"2024-01-03Z", "date", "2024-01-01", "date", CRATE_GREATER},
  {"2024-01-01", "date", "2024-01-01T00:00:00", "dateTime", CRATE_INCOMPARABLE},
  {"2024-01-01T00:00:00Z", "dateTime", "2024-01-01T01:00:00+01:00", "dateTime",
   CRATE_EQUAL},
  {"2024-02-29T24:00:00Z", "dateTime", "2024-03-01T00:00:00Z", "dateTime",
   CRATE_EQUAL},
  {"2024-01-01T00:00:00.50Z", "dateTime", "2024-01-01T00:00:00.5Z", "dateTime",
   CRATE_EQUAL},
  {"2024-01-01T00:00:00.5Z", "dateTime", "2024-01-01T00:00:00.45Z", "dateTime",
   CRATE_GREATER},
  {"2024-01-01T12:00:00", "dateTime", "2024-01-01T12:00:00Z", "dateTime",
   CRATE_INCOMPARABLE},
  {"-0001-01-01T00:00:00Z", "dateTime", "0000-01-01T00:00:00Z", "dateTime",
   CRATE_LESS},
  {"1900-02-28", "date", "1900-03-01", "date", CRATE_LESS},
  {"12:00:00Z", "time", "13:00:00+01:00", "time", CRATE_EQUAL},
  {"2024", "gYear", "2023", "gYear", CRATE_GREATER},
  {"P1D", "duration", "P2D", "duration", CRATE_INCOMPARABLE},
};

static CrateTerm
literal(Values *values, const char *text, const char *type)
{
  CrateTerm term = 0;
  assert_int_equal(crate_terms_literal(values->terms, crate_text(text),
                                       datatype(values, type),
                                       (CrateText){NULL, 0}, &term),
                   0);
  return term;
}

static CrateOrder
reverse(CrateOrder order)
{
  return order == CRATE_LESS      ? CRATE_GREATER
         : order == CRATE_GREATER ? CRATE_LESS
                                  : order;
}

static void
values_are_ordered_whatever_their_lexical_form(void **state)
{
  (void)state;
  Values values;
  values_init(&values);
  for (size_t i = 0; i < sizeof(PAIRS) / sizeof(*PAIRS); ++i) {
    const Pair *const row = &PAIRS[i];
    const CrateTerm a = literal(&values, row->a, row->a_type);
    const CrateTerm b = literal(&values, row->b, row->b_type);
    if (crate_value_compare(values.terms, &values.map, a, b) != row->order ||
        crate_value_compare(values.terms, &values.map, b, a) !=
          reverse(row->order)) {
      fail_msg("\"%s\"^^%s and \"%s\"^^%s", row->a, row->a_type, row->b,
               row->b_type);
    }
  }
  values_clear(&values);
}

static void
a_key_map_forgets_all_at_once(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateKeyMap map;
  uint32_t found = 0;
  crate_key_map_init(&map, &check.world);
  for (uint32_t i = 1; i <= 1000; ++i) {
    assert_int_equal(crate_key_map_add(&map, i * 7u, i, &found), 0);
    assert_int_equal(found, 0);
  }
  assert_int_equal(crate_key_map_get(&map, 7u * 500u), 500);
  assert_int_equal(crate_key_map_add(&map, 7, 3, &found), 0);
  assert_int_equal(found, 1);
  crate_key_map_reset(&map);
  assert_int_equal(crate_key_map_get(&map, 7), 0);
  map.generation = UINT32_MAX;
  assert_int_equal(crate_key_map_add(&map, 7, 3, &found), 0);
  crate_key_map_reset(&map);
  assert_int_equal(crate_key_map_get(&map, 7), 0);
  crate_key_map_clear(&map);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(lexical_spaces_are_those_of_xsd),
  cmocka_unit_test(values_are_ordered_whatever_their_lexical_form),
  cmocka_unit_test(a_key_map_forgets_all_at_once),
};

CHECK_MAIN(tests)
