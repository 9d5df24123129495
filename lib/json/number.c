// SPDX-License-Identifier: Apache-2.0
#include "json/number.h"
#include <stdio.h>
#include <stdlib.h>

// Beyond this an exponent decides alone, however many digits there are: a
// document has less than 2^32 bytes.
#define LARGEST_EXPONENT (INT64_C(1) << 40u)

/// The exponent of a lexeme from its 'e' on, or 0.
static int64_t
read_exponent(CrateText tail)
{
  int64_t value = 0;
  size_t at = 1;
  const bool negative = tail.size > 1 && tail.data[1] == '-';
  at += tail.size > 1 && (tail.data[1] == '-' || tail.data[1] == '+');
  for (; at < tail.size && value < LARGEST_EXPONENT; ++at) {
    value = value * 10 + (tail.data[at] - '0');
  }
  return negative ? -value : value;
}

/// Index of the first 'e' or 'E', or the size.
static size_t
find_exponent(CrateText lexeme)
{
  const size_t lower = crate_text_find(lexeme, 'e');
  return lower < lexeme.size ? lower : crate_text_find(lexeme, 'E');
}

// "12.5e3" is given to strtod() as "125e2", which has no point to mistake.
CrateStatus
crate_number_parse(const CrateWorld *world, CrateText lexeme, double *out)
{
  enum { EXPONENT_ROOM = 32 };
  const size_t end = find_exponent(lexeme);
  const CrateText mantissa = crate_text_slice(lexeme, 0, end);
  const size_t point = crate_text_find(mantissa, '.');
  const size_t fraction = point < end ? end - point - 1u : 0;
  const int64_t exponent =
    read_exponent(crate_text_slice(lexeme, end, lexeme.size)) -
    (int64_t)fraction;
  char small[128];
  const size_t room = end + EXPONENT_ROOM;
  char *const copy =
    room <= sizeof(small) ? small : (char *)crate_world_allocate(world, room);
  if (!copy) {
    return CRATE_NO_MEMORY;
  }
  memcpy(copy, mantissa.data, point);
  memcpy(copy + point, mantissa.data + end - fraction, fraction);
  (void)snprintf(copy + point + fraction, EXPONENT_ROOM, "e%lld",
                 (long long)exponent);
  *out = strtod(copy, NULL);
  if (copy != small) {
    crate_world_release(world, copy);
  }
  return CRATE_OK;
}

int
crate_number_digits(double number, int precision, char digits[24])
{
  char text[48];
  (void)snprintf(text, sizeof(text), "%.*e", precision, number);
  size_t count = 0;
  const char *at = text;
  for (; *at && *at != 'e'; ++at) {
    if (*at >= '0' && *at <= '9' && count < 23u) {
      digits[count++] = *at;
    }
  }
  digits[count] = '\0';
  return *at ? (int)strtol(at + 1, NULL, 10) : 0;
}
