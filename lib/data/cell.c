// SPDX-License-Identifier: Apache-2.0
#include "data/cell.h"

/// Whether it is one of the words. Few values begin as one of them does.
static bool
is_any_of(CrateText text, const char *const words[])
{
  for (; *words; ++words) {
    if (text.data[0] == **words && crate_text_is(text, *words)) {
      return true;
    }
  }
  return false;
}

bool
crate_cell_is_missing(CrateText text)
{
  static const char *const words[] = {"NA",   "N/A",  "n/a",  "NaN",
                                      "nan",  "NULL", "null", "nil",
                                      "None", "<NA>", NULL};
  // All words begin with an N, or with a sign that no value begins with.
  return !text.size || (text.size <= 4 && memchr("Nn<", text.data[0], 3) &&
                        is_any_of(text, words));
}

bool
crate_cell_is_boolean(CrateText text)
{
  static const char *const words[] = {"true",  "false", "True", "False", "TRUE",
                                      "FALSE", "0",     "1",    NULL};
  return text.size && text.size <= 5 && is_any_of(text, words);
}

static bool
is_digit(char c)
{
  return (unsigned char)(c - '0') < 10u;
}

/// Past the digits.
static size_t
skip_digits(CrateText text, size_t at)
{
  while (at < text.size && is_digit(text.data[at])) {
    ++at;
  }
  return at;
}

static size_t
skip_sign(CrateText text, size_t at)
{
  return at +
         (at < text.size && (text.data[at] == '-' || text.data[at] == '+'));
}

/// The largest magnitude that so many bits hold.
static uint64_t
largest(int bits, bool minus)
{
  const unsigned wide = (unsigned)(bits < 0 ? -bits : bits);
  const unsigned used = bits < 0 ? wide - 1u : wide;
  const uint64_t most = used >= 64u ? UINT64_MAX : (UINT64_C(1) << used) - 1u;
  return !minus ? most : bits < 0 ? most + 1u : 0;
}

static bool
is_within(CrateText digits, uint64_t most)
{
  uint64_t value = 0;
  for (size_t i = 0; i < digits.size; ++i) {
    const uint64_t digit = (uint64_t)(digits.data[i] - '0');
    if (value > (most - digit) / 10u || digit > most) {
      return false;
    }
    value = value * 10u + digit;
  }
  return true;
}

bool
crate_cell_is_integer(CrateText text, int bits)
{
  const size_t start = skip_sign(text, 0);
  const size_t end = skip_digits(text, start);
  return end == text.size && end > start &&
         (!bits || is_within(crate_text_slice(text, start, end),
                             largest(bits, text.data[0] == '-')));
}

static bool
is_infinite(CrateText text)
{
  static const char *const words[] = {
    "inf", "Inf", "INF", "infinity", "Infinity", "nan", "NaN", "NAN", NULL};
  return text.size && is_any_of(text, words);
}

bool
crate_cell_is_number(CrateText text)
{
  const size_t start = skip_sign(text, 0);
  size_t at = skip_digits(text, start);
  size_t digits = at - start;
  if (at < text.size && text.data[at] == '.') {
    const size_t fraction = at + 1u;
    at = skip_digits(text, fraction);
    digits += at - fraction;
  }
  if (!digits) {
    return is_infinite(crate_text_slice(text, start, text.size));
  }
  if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
    const size_t exponent = skip_sign(text, at + 1u);
    at = skip_digits(text, exponent);
    return at == text.size && at > exponent;
  }
  return at == text.size;
}

static bool
is_gap(char c)
{
  return c == ' ' || c == ',' || c == '\t';
}

bool
crate_cell_is_box(CrateText text)
{
  size_t numbers = 0;
  const bool open = text.size && strchr("[(", text.data[0]);
  const bool closed = text.size && strchr("])", text.data[text.size - 1u]);
  if (open != closed) {
    return false;
  }
  text = open ? crate_text_slice(text, 1, text.size - 1u) : text;
  for (size_t at = 0; at < text.size; ++numbers) {
    while (at < text.size && is_gap(text.data[at])) {
      ++at;
    }
    const size_t start = at;
    while (at < text.size && !is_gap(text.data[at])) {
      ++at;
    }
    if (start == at) {
      break;
    }
    if (!crate_cell_is_number(crate_text_slice(text, start, at))) {
      return false;
    }
  }
  return numbers == 4;
}
