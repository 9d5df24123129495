// SPDX-License-Identifier: Apache-2.0
// Order of literals: SPARQL 1.1 17.3 and, for dates, XSD 1.1 part 2 appendix.
#include "validate/shapes/datatype.h"
#include "validate/shapes/decimal.h"

/// Furthest that a zone may lie from UTC, in seconds.
#define ZONE_REACH ((int64_t)14 * 60 * 60)

typedef struct Literal {
  CrateTermInfo info;
  uint32_t datatype;
  CrateOrderKind order;
} Literal;

static CrateOrder
order_of(int64_t difference)
{
  return difference < 0   ? CRATE_LESS
         : difference > 0 ? CRATE_GREATER
                          : CRATE_EQUAL;
}

static bool
read_number(const Literal *literal, CrateNumber *out)
{
  if (literal->order == CRATE_ORDER_DECIMAL) {
    return crate_datatype_has(literal->datatype, literal->info.text) &&
           crate_number_decimal(literal->info.text, out);
  }
  return crate_number_double(literal->info.text,
                             literal->order == CRATE_ORDER_FLOAT, out);
}

static CrateOrder
compare_numbers(const Literal *a, const Literal *b)
{
  CrateNumber left;
  CrateNumber right;
  if (!read_number(a, &left) || !read_number(b, &right)) {
    return CRATE_INCOMPARABLE;
  }
  return crate_number_compare(&left, &right);
}

static CrateOrder
compare_booleans(const Literal *a, const Literal *b)
{
  if (!crate_datatype_has(a->datatype, a->info.text) ||
      !crate_datatype_has(b->datatype, b->info.text)) {
    return CRATE_INCOMPARABLE;
  }
  const bool left =
    crate_text_is(a->info.text, "true") || crate_text_is(a->info.text, "1");
  const bool right =
    crate_text_is(b->info.text, "true") || crate_text_is(b->info.text, "1");
  return order_of((int)left - (int)right);
}

/// XSD 1.1 part 2, E.3.3: without a zone a time may be 14 hours either way.
static CrateOrder
compare_points(const CrateTimePoint *a, const CrateTimePoint *b)
{
  if (a->zoned == b->zoned) {
    const CrateOrder order = order_of(a->second - b->second);
    return order != CRATE_EQUAL
             ? order
             : order_of(crate_text_compare(a->fraction, b->fraction));
  }
  const int64_t difference = a->second - b->second;
  if (difference < -ZONE_REACH) {
    return CRATE_LESS;
  }
  return difference > ZONE_REACH ? CRATE_GREATER : CRATE_INCOMPARABLE;
}

static CrateOrder
compare_times(const Literal *a, const Literal *b)
{
  CrateTimePoint left;
  CrateTimePoint right;
  if (!crate_datatype_time(a->datatype, a->info.text, &left) ||
      !crate_datatype_time(b->datatype, b->info.text, &right)) {
    return CRATE_INCOMPARABLE;
  }
  return compare_points(&left, &right);
}

static bool
read_literal(const CrateTerms *terms,
             const CrateKeyMap *datatypes,
             CrateTerm term,
             Literal *out)
{
  *out = (Literal){.info = crate_terms_info(terms, term)};
  if (out->info.kind != CRATE_TERM_LITERAL) {
    return false;
  }
  out->datatype = crate_key_map_get(datatypes, out->info.datatype);
  out->order = crate_datatype_order(out->datatype);
  return out->order != CRATE_ORDER_NONE;
}

static bool
is_number(const Literal *literal)
{
  return literal->order == CRATE_ORDER_DECIMAL ||
         literal->order == CRATE_ORDER_DOUBLE ||
         literal->order == CRATE_ORDER_FLOAT;
}

CrateOrder
crate_value_compare(const CrateTerms *terms,
                    const CrateKeyMap *datatypes,
                    CrateTerm a,
                    CrateTerm b)
{
  Literal left;
  Literal right;
  if (!read_literal(terms, datatypes, a, &left) ||
      !read_literal(terms, datatypes, b, &right)) {
    return CRATE_INCOMPARABLE;
  }
  if (is_number(&left) && is_number(&right)) {
    return compare_numbers(&left, &right);
  }
  if (left.order != right.order) {
    return CRATE_INCOMPARABLE;
  }
  if (left.order == CRATE_ORDER_STRING) {
    return order_of(crate_text_compare(left.info.text, right.info.text));
  }
  if (left.order == CRATE_ORDER_BOOLEAN) {
    return compare_booleans(&left, &right);
  }
  return left.datatype == right.datatype ? compare_times(&left, &right)
                                         : CRATE_INCOMPARABLE;
}
