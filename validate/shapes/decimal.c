// SPDX-License-Identifier: Apache-2.0
#include "validate/shapes/decimal.h"
#include "validate/shapes/scan.h"

/// Cut leading zeros, so that equal numbers start with equal digits.
static void
normalize(CrateNumber *number)
{
  CrateText rest = number->digits;
  for (;;) {
    if (crate_scan_byte(&rest, '0')) {
      --number->point;
    } else if (!crate_scan_byte(&rest, '.')) {
      break;
    }
  }
  number->digits = rest;
  if (!rest.size) {
    number->point = 0;
    number->negative = false;
  }
}

/// Digits with at most one point and at least one digit.
static bool
mantissa(CrateText *rest, CrateNumber *out)
{
  *out = (CrateNumber){.kind = CRATE_NUMBER_FINITE};
  out->negative = crate_scan_sign(rest) < 0;
  const CrateText start = *rest;
  const CrateText whole = crate_scan_digits(rest);
  size_t digits = whole.size;
  if (crate_scan_byte(rest, '.')) {
    digits += crate_scan_digits(rest).size;
  }
  out->digits = crate_text_slice(start, 0, start.size - rest->size);
  out->point = (int64_t)whole.size;
  return digits > 0;
}

bool
crate_number_decimal(CrateText lexical, CrateNumber *out)
{
  if (!mantissa(&lexical, out) || lexical.size) {
    return false;
  }
  normalize(out);
  return true;
}

static bool
special(CrateText lexical, CrateNumber *out)
{
  *out = (CrateNumber){.kind = CRATE_NUMBER_NAN};
  if (crate_text_is(lexical, "NaN")) {
    return true;
  }
  out->kind = CRATE_NUMBER_INFINITE;
  out->negative = crate_scan_sign(&lexical) < 0;
  return crate_text_is(lexical, "INF");
}

/// An exponent, held within what no rounding survives anyway.
static bool
exponent(CrateText *rest, int64_t *out)
{
  const int sign = crate_scan_sign(rest);
  const CrateText digits = crate_scan_digits(rest);
  int64_t value = 0;
  for (size_t i = 0; i < digits.size && value < INT64_C(1) << 40u; ++i) {
    value = value * 10 + (digits.data[i] - '0');
  }
  *out = sign < 0 ? -value : value;
  return digits.size > 0;
}

bool
crate_number_double(CrateText lexical, bool single, CrateNumber *out)
{
  if (special(lexical, out)) {
    return true;
  }
  int64_t power = 0;
  if (!mantissa(&lexical, out)) {
    return false;
  }
  if ((crate_scan_byte(&lexical, 'e') || crate_scan_byte(&lexical, 'E')) &&
      !exponent(&lexical, &power)) {
    return false;
  }
  normalize(out);
  out->point += out->digits.size ? power : 0;
  // Beyond the range a double rounds to infinity or to zero.
  if (out->point > (single ? 39 : 309)) {
    out->kind = CRATE_NUMBER_INFINITE;
  } else if (out->point < (single ? -45 : -323)) {
    *out = (CrateNumber){.kind = CRATE_NUMBER_FINITE};
  }
  return lexical.size == 0;
}

/// The next digit, '0' for ever after the last.
static char
next_digit(CrateText *digits)
{
  if (digits->size && digits->data[0] == '.') {
    *digits = crate_text_slice(*digits, 1, digits->size);
  }
  if (!digits->size) {
    return '0';
  }
  const char digit = digits->data[0];
  *digits = crate_text_slice(*digits, 1, digits->size);
  return digit;
}

static int
compare_magnitude(const CrateNumber *a, const CrateNumber *b)
{
  if (a->kind != b->kind) {
    return a->kind == CRATE_NUMBER_INFINITE ? 1 : -1;
  }
  if (a->kind == CRATE_NUMBER_INFINITE) {
    return 0;
  }
  if (!a->digits.size || !b->digits.size) {
    return (a->digits.size > 0) - (b->digits.size > 0);
  }
  if (a->point != b->point) {
    return a->point < b->point ? -1 : 1;
  }
  CrateText left = a->digits;
  CrateText right = b->digits;
  while (left.size || right.size) {
    const int difference = next_digit(&left) - next_digit(&right);
    if (difference) {
      return difference;
    }
  }
  return 0;
}

CrateOrder
crate_number_compare(const CrateNumber *a, const CrateNumber *b)
{
  if (a->kind == CRATE_NUMBER_NAN || b->kind == CRATE_NUMBER_NAN) {
    return CRATE_INCOMPARABLE;
  }
  int order = 0;
  if (a->negative != b->negative) {
    order = a->negative ? -1 : 1;
  } else {
    order = compare_magnitude(a, b) * (a->negative ? -1 : 1);
  }
  return order < 0 ? CRATE_LESS : order > 0 ? CRATE_GREATER : CRATE_EQUAL;
}
