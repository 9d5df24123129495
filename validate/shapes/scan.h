// SPDX-License-Identifier: Apache-2.0
/// @file Small steps over a lexical form; each takes what it matches.
#ifndef CRATE_SHAPES_SCAN_H
#define CRATE_SHAPES_SCAN_H
#include <cratekit/text.h>

static inline bool
crate_scan_is_digit(char byte)
{
  return byte >= '0' && byte <= '9';
}

/// Take `byte` when the text starts with it.
static inline bool
crate_scan_byte(CrateText *text, char byte)
{
  if (!text->size || text->data[0] != byte) {
    return false;
  }
  *text = crate_text_slice(*text, 1, text->size);
  return true;
}

/// Take all leading digits.
static inline CrateText
crate_scan_digits(CrateText *text)
{
  size_t i = 0;
  while (i < text->size && crate_scan_is_digit(text->data[i])) {
    ++i;
  }
  const CrateText digits = crate_text_slice(*text, 0, i);
  *text = crate_text_slice(*text, i, text->size);
  return digits;
}

/// Take a sign: -1, +1, or 0 when there is none.
static inline int
crate_scan_sign(CrateText *text)
{
  return crate_scan_byte(text, '-') ? -1 : crate_scan_byte(text, '+') ? 1 : 0;
}

/// Take exactly `count` digits and give their value; false when there are
/// fewer or the value is outside of [least, most].
static inline bool
crate_scan_number(CrateText *text,
                  size_t count,
                  unsigned least,
                  unsigned most,
                  unsigned *out)
{
  *out = 0;
  if (text->size < count) {
    return false;
  }
  for (size_t i = 0; i < count; ++i) {
    if (!crate_scan_is_digit(text->data[i])) {
      return false;
    }
    *out = *out * 10 + (unsigned)(text->data[i] - '0');
  }
  *text = crate_text_slice(*text, count, text->size);
  return *out >= least && *out <= most;
}

#endif // CRATE_SHAPES_SCAN_H
