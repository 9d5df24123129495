// SPDX-License-Identifier: Apache-2.0
// xsd:dateTime (XML Schema 2, 3.2.7) as instants.
#include "convert/prov/constraints/instance.h"
#include <ctype.h>

/// A time in seconds and the digits of their fraction.
typedef struct Instant {
  int64_t seconds;
  CrateText fraction; ///< Without zeros at its end.
  bool zoned;
} Instant;

/// Take digits off a text, at most 9 of them, and what stands behind them.
static int64_t
take_number(CrateText *text, char behind)
{
  int64_t value = 0;
  size_t i = 0;
  while (i < text->size && i < 9 && isdigit((unsigned char)text->data[i])) {
    value = value * 10 + (text->data[i++] - '0');
  }
  i += i < text->size && behind && text->data[i] == behind;
  *text = crate_text_slice(*text, i, text->size);
  return value;
}

/// Days since 1 March of the year 0, by the Gregorian calendar.
static int64_t
days_of(int64_t year, int64_t month, int64_t day)
{
  year -= month < 3;
  month += month < 3 ? 9 : -3;
  const int64_t century = (year < 0 ? year - 399 : year) / 400;
  const int64_t rest = year - century * 400;
  return century * 146097 + rest * 365 + rest / 4 - rest / 100 +
         (153 * month + 2) / 5 + day;
}

static Instant
instant_of(CrateText text)
{
  Instant instant = {0};
  const bool negative = text.size && *text.data == '-';
  text = crate_text_slice(text, negative, text.size);
  const int64_t year = take_number(&text, '-');
  const int64_t month = take_number(&text, '-');
  const int64_t day = take_number(&text, 'T');
  const int64_t hour = take_number(&text, ':');
  const int64_t minute = take_number(&text, ':');
  const int64_t second = take_number(&text, '.');
  size_t digits = 0;
  while (digits < text.size && isdigit((unsigned char)text.data[digits])) {
    ++digits;
  }
  instant.fraction = crate_text_slice(text, 0, digits);
  while (instant.fraction.size &&
         instant.fraction.data[instant.fraction.size - 1] == '0') {
    --instant.fraction.size;
  }
  text = crate_text_slice(text, digits, text.size);
  instant.zoned = text.size;
  const int sign = text.size && *text.data == '-' ? -1 : 1;
  text = crate_text_slice(text, 1, text.size);
  const int64_t zone_hour = take_number(&text, ':');
  const int64_t zone = sign * (zone_hour * 60 + take_number(&text, 0));
  instant.seconds = days_of(negative ? -year : year, month, day) * 86400 +
                    hour * 3600 + (minute - zone) * 60 + second;
  return instant;
}

int
crate_prov_times_compare(CrateText a, CrateText b)
{
  const Instant x = instant_of(a);
  const Instant y = instant_of(b);
  const int order = (x.seconds > y.seconds) - (x.seconds < y.seconds);
  // Without a time zone a time may be that of any.
  return x.zoned != y.zoned ? 0
         : order            ? order
                            : crate_text_compare(x.fraction, y.fraction);
}
