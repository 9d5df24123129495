// SPDX-License-Identifier: Apache-2.0
// The datatypes of RDF 1.1 Concepts 5.1: one table, one function a family.
#include "validate/shapes/datatype.h"
#include "validate/shapes/decimal.h"
#include "validate/shapes/lexical.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"

typedef struct Datatype {
  const char *iri;
  bool (*holds)(CrateText lexical); // NULL: any text
  CrateOrderKind order;
  const char *least, *most; // of a bounded integer, inclusive
  CrateTimeFields fields;   // of a TIME_POINT
} Datatype;

#define DATE (CRATE_TIME_YEAR | CRATE_TIME_MONTH | CRATE_TIME_DAY)

// xsd:anyURI has no lexical rule of its own: XSD 1.1 part 2, 3.3.17.3.
static const Datatype DATATYPES[] = {
  {NULL, NULL, CRATE_ORDER_NONE, NULL, NULL, 0},
  {XSD "string", NULL, CRATE_ORDER_STRING, NULL, NULL, 0},
  {XSD "boolean", crate_lexical_boolean, CRATE_ORDER_BOOLEAN, NULL, NULL, 0},
  {XSD "decimal", crate_lexical_decimal, CRATE_ORDER_DECIMAL, NULL, NULL, 0},
  {XSD "integer", crate_lexical_integer, CRATE_ORDER_DECIMAL, NULL, NULL, 0},
  {XSD "double", crate_lexical_double, CRATE_ORDER_DOUBLE, NULL, NULL, 0},
  {XSD "float", crate_lexical_double, CRATE_ORDER_FLOAT, NULL, NULL, 0},
  {XSD "dateTime", NULL, CRATE_ORDER_TIME_POINT, NULL, NULL,
   DATE | CRATE_TIME_CLOCK},
  {XSD "dateTimeStamp", NULL, CRATE_ORDER_TIME_POINT, NULL, NULL,
   DATE | CRATE_TIME_CLOCK | CRATE_TIME_ZONE},
  {XSD "date", NULL, CRATE_ORDER_TIME_POINT, NULL, NULL, DATE},
  {XSD "time", NULL, CRATE_ORDER_TIME_POINT, NULL, NULL, CRATE_TIME_CLOCK},
  {XSD "gYear", NULL, CRATE_ORDER_TIME_POINT, NULL, NULL, CRATE_TIME_YEAR},
  {XSD "gYearMonth", NULL, CRATE_ORDER_TIME_POINT, NULL, NULL,
   CRATE_TIME_YEAR | CRATE_TIME_MONTH},
  {XSD "gMonth", NULL, CRATE_ORDER_TIME_POINT, NULL, NULL, CRATE_TIME_MONTH},
  {XSD "gMonthDay", NULL, CRATE_ORDER_TIME_POINT, NULL, NULL,
   CRATE_TIME_MONTH | CRATE_TIME_DAY},
  {XSD "gDay", NULL, CRATE_ORDER_TIME_POINT, NULL, NULL, CRATE_TIME_DAY},
  {XSD "duration", crate_lexical_duration, CRATE_ORDER_NONE, NULL, NULL, 0},
  {XSD "yearMonthDuration", crate_lexical_year_month, CRATE_ORDER_NONE, NULL,
   NULL, 0},
  {XSD "dayTimeDuration", crate_lexical_day_time, CRATE_ORDER_NONE, NULL, NULL,
   0},
  {XSD "byte", crate_lexical_integer, CRATE_ORDER_DECIMAL, "-128", "127", 0},
  {XSD "short", crate_lexical_integer, CRATE_ORDER_DECIMAL, "-32768", "32767",
   0},
  {XSD "int", crate_lexical_integer, CRATE_ORDER_DECIMAL, "-2147483648",
   "2147483647", 0},
  {XSD "long", crate_lexical_integer, CRATE_ORDER_DECIMAL,
   "-9223372036854775808", "9223372036854775807", 0},
  {XSD "unsignedByte", crate_lexical_integer, CRATE_ORDER_DECIMAL, "0", "255",
   0},
  {XSD "unsignedShort", crate_lexical_integer, CRATE_ORDER_DECIMAL, "0",
   "65535", 0},
  {XSD "unsignedInt", crate_lexical_integer, CRATE_ORDER_DECIMAL, "0",
   "4294967295", 0},
  {XSD "unsignedLong", crate_lexical_integer, CRATE_ORDER_DECIMAL, "0",
   "18446744073709551615", 0},
  {XSD "positiveInteger", crate_lexical_integer, CRATE_ORDER_DECIMAL, "1", NULL,
   0},
  {XSD "nonNegativeInteger", crate_lexical_integer, CRATE_ORDER_DECIMAL, "0",
   NULL, 0},
  {XSD "negativeInteger", crate_lexical_integer, CRATE_ORDER_DECIMAL, NULL,
   "-1", 0},
  {XSD "nonPositiveInteger", crate_lexical_integer, CRATE_ORDER_DECIMAL, NULL,
   "0", 0},
  {XSD "hexBinary", crate_lexical_hex, CRATE_ORDER_NONE, NULL, NULL, 0},
  {XSD "base64Binary", crate_lexical_base64, CRATE_ORDER_NONE, NULL, NULL, 0},
  {XSD "anyURI", NULL, CRATE_ORDER_NONE, NULL, NULL, 0},
  {XSD "language", crate_lexical_language, CRATE_ORDER_NONE, NULL, NULL, 0},
  {XSD "normalizedString", crate_lexical_normalized, CRATE_ORDER_STRING, NULL,
   NULL, 0},
  {XSD "token", crate_lexical_token, CRATE_ORDER_STRING, NULL, NULL, 0},
  {XSD "NMTOKEN", crate_lexical_nmtoken, CRATE_ORDER_STRING, NULL, NULL, 0},
  {XSD "Name", crate_lexical_name, CRATE_ORDER_STRING, NULL, NULL, 0},
  {XSD "NCName", crate_lexical_ncname, CRATE_ORDER_STRING, NULL, NULL, 0},
};

CrateStatus
crate_datatypes_register(CrateTerms *terms, CrateKeyMap *map)
{
  for (uint32_t i = 1; i < sizeof(DATATYPES) / sizeof(*DATATYPES); ++i) {
    CrateTerm term = 0;
    uint32_t found = 0;
    CRATE_TRY(crate_terms_iri(terms, crate_text(DATATYPES[i].iri), &term));
    CRATE_TRY(crate_key_map_add(map, term, i, &found));
  }
  return CRATE_OK;
}

CrateOrderKind
crate_datatype_order(uint32_t datatype)
{
  return DATATYPES[datatype].order;
}

bool
crate_datatype_time(uint32_t datatype, CrateText lexical, CrateTimePoint *out)
{
  return crate_lexical_time(lexical, DATATYPES[datatype].fields, out);
}

/// Where an integer stands against a bound of the table.
static CrateOrder
against(CrateText lexical, const char *bound)
{
  CrateNumber a;
  CrateNumber b;
  (void)crate_number_decimal(lexical, &a);
  (void)crate_number_decimal(crate_text(bound), &b);
  return crate_number_compare(&a, &b);
}

bool
crate_datatype_has(uint32_t datatype, CrateText lexical)
{
  const Datatype *const type = &DATATYPES[datatype];
  if (type->fields) {
    CrateTimePoint point;
    return crate_lexical_time(lexical, type->fields, &point);
  }
  if (type->holds && !type->holds(lexical)) {
    return false;
  }
  if (type->least && against(lexical, type->least) == CRATE_LESS) {
    return false;
  }
  return !type->most || against(lexical, type->most) != CRATE_GREATER;
}
