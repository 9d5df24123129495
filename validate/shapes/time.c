// SPDX-License-Identifier: Apache-2.0
// Dates, times and durations: XSD 1.1 part 2, 3.3.6 to 3.3.14 and 3.4.26 on.
#include "validate/shapes/lexical.h"
#include "validate/shapes/scan.h"

typedef struct Parts {
  int64_t year;
  unsigned month, day, hour, minute, second;
  CrateText fraction;
  int zone; // minutes
  bool zoned;
} Parts;

static bool
read_year(CrateText *text, int64_t *out)
{
  const bool negative = crate_scan_byte(text, '-');
  const CrateText digits = crate_scan_digits(text);
  // No leading zero beyond four digits; more than 11 are beyond reckoning,
  // as their seconds would not fit.
  if (digits.size < 4 || digits.size > 11 ||
      (digits.size > 4 && digits.data[0] == '0')) {
    return false;
  }
  int64_t year = 0;
  for (size_t i = 0; i < digits.size; ++i) {
    year = year * 10 + (digits.data[i] - '0');
  }
  *out = negative ? -year : year;
  return true;
}

static bool
is_leap(int64_t year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned
days_of(int64_t year, unsigned month)
{
  static const unsigned char DAYS[] = {31, 29, 31, 30, 31, 30,
                                       31, 31, 30, 31, 30, 31};
  return month == 2 && !is_leap(year) ? 28u : DAYS[month - 1];
}

/// Year, month and day; a missing part leaves its hyphen ("--12-24").
static bool
read_day(CrateText *text, CrateTimeFields fields, Parts *out)
{
  const bool year = (fields & CRATE_TIME_YEAR) != 0;
  const bool month = (fields & CRATE_TIME_MONTH) != 0;
  if (year && !read_year(text, &out->year)) {
    return false;
  }
  if (!year &&
      (!crate_scan_byte(text, '-') || (!crate_scan_byte(text, '-') && month))) {
    return false;
  }
  if (month) {
    if ((year && !crate_scan_byte(text, '-')) ||
        !crate_scan_number(text, 2, 1, 12, &out->month)) {
      return false;
    }
  }
  if (!(fields & CRATE_TIME_DAY)) {
    return true;
  }
  return crate_scan_byte(text, '-') &&
         crate_scan_number(text, 2, 1, days_of(out->year, out->month),
                           &out->day);
}

static bool
read_clock(CrateText *text, Parts *out)
{
  if (!crate_scan_number(text, 2, 0, 24, &out->hour) ||
      !crate_scan_byte(text, ':') ||
      !crate_scan_number(text, 2, 0, 59, &out->minute) ||
      !crate_scan_byte(text, ':') ||
      !crate_scan_number(text, 2, 0, 59, &out->second)) {
    return false;
  }
  if (crate_scan_byte(text, '.')) {
    out->fraction = crate_scan_digits(text);
    if (!out->fraction.size) {
      return false;
    }
  }
  while (crate_text_ends(out->fraction, CRATE_TEXT("0"))) {
    --out->fraction.size;
  }
  return out->hour < 24 ||
         (!out->minute && !out->second && !out->fraction.size);
}

static bool
read_zone(CrateText *text, Parts *out)
{
  if (!text->size) {
    return true;
  }
  out->zoned = true;
  if (crate_scan_byte(text, 'Z')) {
    return text->size == 0;
  }
  unsigned hour = 0;
  unsigned minute = 0;
  const int sign = crate_scan_sign(text);
  if (!sign || !crate_scan_number(text, 2, 0, 14, &hour) ||
      !crate_scan_byte(text, ':') ||
      !crate_scan_number(text, 2, 0, 59, &minute)) {
    return false;
  }
  out->zone = sign * (int)(hour * 60 + minute);
  return text->size == 0 && hour * 60 + minute <= 14 * 60;
}

/// Days from 1 March of year 0 on, in the calendar carried on for ever.
static int64_t
day_number(int64_t year, unsigned month, unsigned day)
{
  // The year starts in March, so that the leap day is its last.
  const int64_t y = month < 3 ? year - 1 : year;
  const int64_t m = (month + 9) % 12;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t of_era = y - era * 400;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
         (m * 153 + 2) / 5 + day - 1;
}

bool
crate_lexical_time(CrateText text, CrateTimeFields fields, CrateTimePoint *out)
{
  const bool dated =
    (fields & (CRATE_TIME_YEAR | CRATE_TIME_MONTH | CRATE_TIME_DAY)) != 0;
  const bool clock = (fields & CRATE_TIME_CLOCK) != 0;
  // 1972 is a leap year, so that --02-29 is a day; its months are the usual.
  Parts parts = {.year = 1972, .month = 1, .day = 1};
  *out = (CrateTimePoint){0};
  if (dated && !read_day(&text, fields, &parts)) {
    return false;
  }
  if (dated && clock && !crate_scan_byte(&text, 'T')) {
    return false;
  }
  if (clock && !read_clock(&text, &parts)) {
    return false;
  }
  if (!read_zone(&text, &parts) || (fields & CRATE_TIME_ZONE && !parts.zoned)) {
    return false;
  }
  const int64_t days = day_number(parts.year, parts.month, parts.day);
  const int64_t minutes =
    (days * 24 + parts.hour) * 60 + parts.minute - parts.zone;
  *out =
    (CrateTimePoint){minutes * 60 + parts.second, parts.fraction, parts.zoned};
  return true;
}

/// Take "<digits><letter>" for each letter of `units` in order; how many.
static unsigned
read_units(CrateText *text, const char *units, bool *valid)
{
  unsigned count = 0;
  for (; *units; ++units) {
    CrateText rest = *text;
    if (!crate_scan_digits(&rest).size) {
      continue;
    }
    if (*units == 'S' && crate_scan_byte(&rest, '.') &&
        !crate_scan_digits(&rest).size) {
      *valid = false;
    }
    if (crate_scan_byte(&rest, *units)) {
      *text = rest;
      ++count;
    }
  }
  return count;
}

static bool
duration(CrateText text, const char *days, bool clock)
{
  bool valid = true;
  (void)crate_scan_byte(&text, '-');
  if (!crate_scan_byte(&text, 'P')) {
    return false;
  }
  unsigned count = read_units(&text, days, &valid);
  if (clock && crate_scan_byte(&text, 'T')) {
    const unsigned timed = read_units(&text, "HMS", &valid);
    valid = valid && timed;
    count += timed;
  }
  return valid && count && !text.size;
}

bool
crate_lexical_duration(CrateText text)
{
  return duration(text, "YMD", true);
}

bool
crate_lexical_year_month(CrateText text)
{
  return duration(text, "YM", false);
}

bool
crate_lexical_day_time(CrateText text)
{
  return duration(text, "D", true);
}
