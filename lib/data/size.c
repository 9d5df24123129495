// SPDX-License-Identifier: Apache-2.0
#include "data/size.h"

/// A decimal number at the start of a text, and what its last figure counts.
typedef struct {
  double value, last;
  size_t size; ///< Bytes of text; 0: there is none.
} Number;

static Number
read_number(CrateText text)
{
  Number number = {.last = 1};
  bool point = false;
  size_t figures = 0;
  for (; number.size < text.size; ++number.size) {
    const char byte = text.data[number.size];
    if (byte >= '0' && byte <= '9') {
      number.last /= point ? 10 : 1;
      number.value = number.value * 10 + (byte - '0');
      ++figures;
    } else if (byte == '.' && !point && figures) {
      point = true;
    } else {
      break;
    }
  }
  number.value *= number.last;
  number.size = figures ? number.size : 0;
  return number;
}

/// The unit's power of 1000 or 1024; -1 when it is none.
static int
read_unit(CrateText unit)
{
  static const char powers[] = "kmgtpe";
  if (!unit.size || crate_text_is(unit, "B") || crate_text_is(unit, "byte") ||
      crate_text_is(unit, "bytes")) {
    return 0;
  }
  const char small = (char)(unit.data[0] | 0x20);
  const char *const power = (const char *)memchr(powers, small, 6);
  const CrateText rest = crate_text_slice(unit, 1, unit.size);
  return power && (!rest.size || crate_text_equal_fold(rest, CRATE_TEXT("B")) ||
                   crate_text_equal_fold(rest, CRATE_TEXT("iB")))
           ? (int)(power - powers) + 1
           : -1;
}

bool
crate_size_fits(CrateText text, uint64_t bytes)
{
  const Number number = read_number(text);
  CrateText unit = crate_text_slice(text, number.size, text.size);
  while (crate_text_starts(unit, CRATE_TEXT(" "))) {
    unit = crate_text_slice(unit, 1, unit.size);
  }
  const int power = read_unit(unit);
  if (!number.size || power < 0) {
    return true;
  }
  double least = number.value - (power ? number.last / 2 : 0);
  double most = number.value + (power ? number.last / 2 : 0);
  for (int i = 0; i < power; ++i) {
    least *= 1000;
    most *= 1024;
  }
  return (double)bytes >= least && (double)bytes <= most;
}
