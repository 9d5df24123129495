// SPDX-License-Identifier: Apache-2.0
#include "sparql/value.h"
#include "rdf/names.h"
#include "json/number.h"
#include <math.h>
#include <stdio.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

// Beyond, an int64_t cannot count.
enum { MOST_DIGITS = 18 };

/// Datatypes of numbers that have no fixed term.
static CrateValueClass
class_of_other(CrateText datatype)
{
  static const char *const integers[] = {
    "int",
    "long",
    "short",
    "byte",
    "unsignedInt",
    "unsignedLong",
    "unsignedShort",
    "unsignedByte",
    "nonNegativeInteger",
    "positiveInteger",
    "nonPositiveInteger",
    "negativeInteger",
  };
  const CrateText xsd = CRATE_TEXT(XSD);
  if (!crate_text_starts(datatype, xsd)) {
    return CRATE_VALUE_NONE;
  }
  const CrateText name = crate_text_slice(datatype, xsd.size, datatype.size);
  for (size_t i = 0; i < sizeof(integers) / sizeof(*integers); ++i) {
    if (crate_text_is(name, integers[i])) {
      return CRATE_VALUE_INTEGER;
    }
  }
  return crate_text_is(name, "float") ? CRATE_VALUE_DOUBLE : CRATE_VALUE_NONE;
}

static CrateValueClass
class_of(const CrateRun *run, CrateTerm datatype)
{
  switch (datatype) {
    case CRATE_XSD_STRING:
      return CRATE_VALUE_STRING;
    case CRATE_RDF_LANG_STRING:
      return CRATE_VALUE_TAGGED;
    case CRATE_XSD_BOOLEAN:
      return CRATE_VALUE_BOOLEAN;
    case CRATE_XSD_INTEGER:
      return CRATE_VALUE_INTEGER;
    case CRATE_XSD_DECIMAL:
      return CRATE_VALUE_DECIMAL;
    case CRATE_XSD_DOUBLE:
      return CRATE_VALUE_DOUBLE;
    case CRATE_XSD_DATE_TIME:
      return CRATE_VALUE_TIME;
    case CRATE_XSD_DATE:
      return CRATE_VALUE_DATE;
    default:
      return class_of_other(crate_terms_info(run->terms, datatype).text);
  }
}

/// XML Schema's white space of all but strings.
static CrateText
trimmed(CrateText text)
{
  while (text.size && strchr(" \t\r\n", text.data[0])) {
    text = crate_text_slice(text, 1, text.size);
  }
  while (text.size && strchr(" \t\r\n", text.data[text.size - 1u])) {
    --text.size;
  }
  return text;
}

/// Count the digits of an integer or decimal, if they can be counted.
static bool
read_digits(CrateText text, CrateValue *value)
{
  const bool negative = text.data[0] == '-';
  int64_t digits = 0;
  unsigned count = 0;
  bool behind = false;
  value->scale = 0;
  for (size_t i = text.data[0] == '-' || text.data[0] == '+'; i < text.size;
       ++i) {
    if (text.data[i] == '.') {
      behind = true;
      continue;
    }
    count += count || text.data[i] != '0';
    if (count > MOST_DIGITS || value->scale == MOST_DIGITS) {
      return false;
    }
    digits = digits * 10 + (text.data[i] - '0');
    value->scale += behind;
  }
  value->digits = negative ? -digits : digits;
  return true;
}

/// INF, -INF and NaN
static bool
read_special(CrateText text, CrateValue *value)
{
  const bool negative = text.size && text.data[0] == '-';
  const CrateText name = crate_text_slice(text, negative, text.size);
  if (crate_text_is(name, "INF")) {
    value->real = negative ? -(double)INFINITY : (double)INFINITY;
    return true;
  }
  value->real = (double)NAN;
  return crate_text_is(text, "NaN");
}

CrateStatus
crate_value_number(const CrateRun *run, CrateText lexical, CrateValue *out)
{
  CrateTerm datatype;
  CrateText text = trimmed(lexical);
  // "1." is a decimal of XML Schema, and no token of Turtle.
  const bool point = text.size > 1 && text.data[text.size - 1u] == '.' &&
                     text.data[text.size - 2u] != '.';
  text.size -= point;
  out->sound = false;
  out->kind = CRATE_VALUE_DOUBLE;
  if (read_special(text, out)) {
    out->sound = !point;
    return CRATE_OK;
  }
  if (!text.size || crate_name_number_span(text, &datatype) != text.size) {
    return CRATE_OK;
  }
  out->sound = !point || datatype == CRATE_XSD_INTEGER;
  out->kind = datatype == CRATE_XSD_DOUBLE             ? CRATE_VALUE_DOUBLE
              : datatype == CRATE_XSD_DECIMAL || point ? CRATE_VALUE_DECIMAL
                                                       : CRATE_VALUE_INTEGER;
  out->exact = out->kind != CRATE_VALUE_DOUBLE && read_digits(text, out);
  return crate_number_parse(run->world, text, &out->real);
}

/// A number whose datatype is known: it may say less than its lexical form.
static CrateStatus
read_number(const CrateRun *run, CrateValue *value)
{
  const CrateValueClass kind = value->kind;
  CRATE_TRY(crate_value_number(run, value->text, value));
  value->sound = value->sound && value->kind <= kind;
  value->exact = value->exact && kind != CRATE_VALUE_DOUBLE;
  value->kind = kind;
  return CRATE_OK;
}

static void
read_boolean(CrateValue *value)
{
  const CrateText text = trimmed(value->text);
  value->truth = crate_text_is(text, "true") || crate_text_is(text, "1");
  value->sound =
    value->truth || crate_text_is(text, "false") || crate_text_is(text, "0");
}

CrateStatus
crate_value_read(const CrateRun *run, CrateTerm term, CrateValue *out)
{
  const CrateTermInfo info = crate_terms_info(run->terms, term);
  *out = (CrateValue){.text = info.text};
  if (info.kind != CRATE_TERM_LITERAL) {
    return CRATE_OK;
  }
  out->kind = class_of(run, info.datatype);
  out->sound = true;
  if (crate_value_is_number(out)) {
    return read_number(run, out);
  }
  if (out->kind == CRATE_VALUE_BOOLEAN) {
    read_boolean(out);
  } else if (out->kind >= CRATE_VALUE_TIME) {
    out->sound =
      crate_value_time(trimmed(info.text), out->kind == CRATE_VALUE_DATE, out);
  }
  return CRATE_OK;
}

/// Give two exact numbers the same scale; false when that is too many digits.
static bool
align(CrateValue *a, CrateValue *b)
{
  while (a->scale != b->scale) {
    CrateValue *const less = a->scale < b->scale ? a : b;
    if (__builtin_mul_overflow(less->digits, INT64_C(10), &less->digits)) {
      return false;
    }
    ++less->scale;
  }
  return true;
}

static CrateValueOrder
order_of(int sign)
{
  return sign < 0   ? CRATE_ORDER_LESS
         : sign > 0 ? CRATE_ORDER_GREATER
                    : CRATE_ORDER_EQUAL;
}

static CrateValueOrder
order_numbers(const CrateValue *a, const CrateValue *b)
{
  CrateValue x = *a;
  CrateValue y = *b;
  if (x.exact && y.exact && align(&x, &y)) {
    return order_of((x.digits > y.digits) - (x.digits < y.digits));
  }
  if (isnan(a->real) || isnan(b->real)) {
    return CRATE_ORDER_UNEQUAL;
  }
  return order_of((a->real > b->real) - (a->real < b->real));
}

/// Without a time zone in one of them nobody knows (XML Schema: unless they
/// are 14 hours apart).
static CrateValueOrder
order_times(const CrateValue *a, const CrateValue *b)
{
  if (a->zoned != b->zoned) {
    return CRATE_ORDER_ERROR;
  }
  if (a->digits != b->digits) {
    return order_of(a->digits < b->digits ? -1 : 1);
  }
  return order_of((a->nanoseconds > b->nanoseconds) -
                  (a->nanoseconds < b->nanoseconds));
}

CrateValueOrder
crate_value_order(const CrateValue *a, const CrateValue *b)
{
  if (!a->sound || !b->sound || !a->kind || !b->kind) {
    return CRATE_ORDER_ERROR;
  }
  if (crate_value_is_number(a) && crate_value_is_number(b)) {
    return order_numbers(a, b);
  }
  if (a->kind != b->kind || a->kind == CRATE_VALUE_TAGGED) {
    return CRATE_ORDER_UNEQUAL; // values of kinds that have none in common
  }
  switch (a->kind) {
    case CRATE_VALUE_STRING:
      return order_of(crate_text_compare(a->text, b->text));
    case CRATE_VALUE_BOOLEAN:
      return order_of((int)a->truth - (int)b->truth);
    default:
      return order_times(a, b);
  }
}

/// Cut zeros behind the point.
static void
reduce(CrateValue *value)
{
  while (value->scale && value->digits % 10 == 0) {
    value->digits /= 10;
    --value->scale;
  }
}

/// Digits behind the point, until there is no more or no room.
static bool
divide_exactly(int64_t a, int64_t b, CrateValue *out)
{
  if (!b || a == INT64_MIN || b == INT64_MIN) {
    return false;
  }
  int64_t rest = a % b;
  out->digits = a / b;
  for (out->scale = 0; rest && out->scale < MOST_DIGITS; ++out->scale) {
    int64_t digits;
    if (__builtin_mul_overflow(rest, INT64_C(10), &rest) ||
        __builtin_mul_overflow(out->digits, INT64_C(10), &digits) ||
        __builtin_add_overflow(digits, rest / b, &digits)) {
      return true; // as exact as there is room for
    }
    out->digits = digits;
    rest %= b;
  }
  return true;
}

static bool
calculate_exactly(char operator, CrateValue a, CrateValue b, CrateValue *out)
{
  *out = a;
  out->exact = true;
  out->kind = a.kind > b.kind ? a.kind : b.kind;
  if (operator== '*') {
    out->scale = a.scale + b.scale;
    if (__builtin_mul_overflow(a.digits, b.digits, &out->digits)) {
      return false;
    }
    reduce(out);
    return out->scale <= MOST_DIGITS;
  }
  if (!align(&a, &b)) {
    return false;
  }
  out->scale = a.scale;
  if (operator== '/') {
    out->kind = CRATE_VALUE_DECIMAL; // 17.3: so it is for integers
    return divide_exactly(a.digits, b.digits, out);
  }
  return operator== '+'
           ? !__builtin_add_overflow(a.digits, b.digits, &out->digits)
           : !__builtin_sub_overflow(a.digits, b.digits, &out->digits);
}

bool
crate_value_calculate(char operator,
                      const CrateValue * a,
                      const CrateValue *b,
                      CrateValue *out)
{
  if (!crate_value_is_number(a) || !crate_value_is_number(b) || !a->sound ||
      !b->sound) {
    return false;
  }
  if (a->exact && b->exact) {
    return calculate_exactly(operator, * a, *b, out);
  }
  const double x = a->real;
  const double y = b->real;
  *out = (CrateValue){.kind = CRATE_VALUE_DOUBLE, .sound = true};
  out->real = operator== '+' ? x + y :
              operator== '-' ? x - y
              :
              operator== '*' ? x * y
                             : x / y;
  return true;
}

/// The canonical form of XML Schema, with as few digits as say which it is.
static CrateStatus
write_double(const CrateRun *run, double real, CrateTerm *out)
{
  char digits[24];
  char text[64];
  const CrateText none = {NULL, 0};
  const double size = real < 0 ? -real : real;
  if (isnan(real) || isinf(real)) {
    return crate_terms_literal(run->terms,
                               isnan(real) ? CRATE_TEXT("NaN")
                               : real > 0  ? CRATE_TEXT("INF")
                                           : CRATE_TEXT("-INF"),
                               CRATE_XSD_DOUBLE, none, out);
  }
  double again = 0;
  for (int precision = 1; precision <= 17; ++precision) {
    const int exponent = crate_number_digits(size, precision, digits);
    (void)snprintf(text, sizeof(text), "%s%c.%sE%d", real < 0 ? "-" : "",
                   digits[0], digits + 1, exponent);
    CRATE_TRY(crate_number_parse(run->world, crate_text(text), &again));
    if (!(again < real) && !(again > real)) {
      break;
    }
  }
  return crate_terms_literal(run->terms, crate_text(text), CRATE_XSD_DOUBLE,
                             none, out);
}

CrateStatus
crate_value_write(const CrateRun *run, const CrateValue *value, CrateTerm *out)
{
  char digits[32];
  char text[64];
  if (!value->exact) {
    return write_double(run, value->real, out);
  }
  const bool negative = value->digits < 0;
  const uint64_t size =
    negative ? 0u - (uint64_t)value->digits : (uint64_t)value->digits;
  // At least one digit before the point.
  const int length = snprintf(digits, sizeof(digits), "%0*llu",
                              (int)value->scale + 1, (unsigned long long)size);
  const int whole = length - (int)value->scale;
  const bool decimal = value->kind == CRATE_VALUE_DECIMAL;
  (void)snprintf(text, sizeof(text), "%s%.*s%s%s", negative ? "-" : "", whole,
                 digits, value->scale ? "." : "",
                 value->scale ? digits + whole : "");
  return crate_terms_literal(run->terms, crate_text(text),
                             decimal ? CRATE_XSD_DECIMAL : CRATE_XSD_INTEGER,
                             (CrateText){NULL, 0}, out);
}
