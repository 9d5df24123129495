// SPDX-License-Identifier: Apache-2.0
// xsd:dateTime and xsd:date: XML Schema 1.1 Datatypes 3.3.7 and 3.3.9.
#include "sparql/value.h"

/// Digits, exactly so many; false when there are others.
static bool
take_number(CrateText *text, size_t count, int64_t *out)
{
  *out = 0;
  if (text->size < count) {
    return false;
  }
  for (size_t i = 0; i < count; ++i) {
    if (text->data[i] < '0' || text->data[i] > '9') {
      return false;
    }
    *out = *out * 10 + (text->data[i] - '0');
  }
  *text = crate_text_slice(*text, count, text->size);
  return true;
}

static bool
take_byte(CrateText *text, char byte)
{
  if (!text->size || text->data[0] != byte) {
    return false;
  }
  *text = crate_text_slice(*text, 1, text->size);
  return true;
}

/// Days from 1970-01-01 in the calendar of Gregory.
static int64_t
days_from(int64_t year, int64_t month, int64_t day)
{
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t of_era = y - era * 400;
  const int64_t of_year =
    (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
         719468;
}

static int64_t
days_of_month(int64_t year, int64_t month)
{
  static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
                                       31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

/// The year may have more than four digits; so many that days can be counted.
static bool
take_year(CrateText *text, int64_t *year)
{
  const bool negative = take_byte(text, '-');
  size_t digits = 0;
  while (digits < text->size && text->data[digits] >= '0' &&
         text->data[digits] <= '9') {
    ++digits;
  }
  if (digits < 4 || digits > 9 || (digits > 4 && text->data[0] == '0') ||
      !take_number(text, digits, year)) {
    return false;
  }
  *year = negative ? -*year : *year;
  return true;
}

static bool
take_date(CrateText *text, int64_t *seconds)
{
  int64_t year;
  int64_t month;
  int64_t day;
  if (!take_year(text, &year) || !take_byte(text, '-') ||
      !take_number(text, 2, &month) || !take_byte(text, '-') ||
      !take_number(text, 2, &day) || month < 1 || month > 12 || day < 1 ||
      day > days_of_month(year, month)) {
    return false;
  }
  *seconds = days_from(year, month, day) * 86400;
  return true;
}

static bool
take_fraction(CrateText *text, uint32_t *nanoseconds)
{
  *nanoseconds = 0;
  if (!take_byte(text, '.')) {
    return true;
  }
  uint32_t unit = 100000000u;
  const size_t before = text->size;
  int64_t digit;
  while (take_number(text, 1, &digit)) {
    *nanoseconds += (uint32_t)digit * unit;
    unit /= 10u;
  }
  return text->size < before;
}

static bool
take_clock(CrateText *text, CrateValue *out)
{
  int64_t hour;
  int64_t minute;
  int64_t second;
  if (!take_byte(text, 'T') || !take_number(text, 2, &hour) ||
      !take_byte(text, ':') || !take_number(text, 2, &minute) ||
      !take_byte(text, ':') || !take_number(text, 2, &second) ||
      !take_fraction(text, &out->nanoseconds)) {
    return false;
  }
  out->digits += hour * 3600 + minute * 60 + second;
  const bool midnight = hour == 24 && !minute && !second && !out->nanoseconds;
  return midnight || (hour < 24 && minute < 60 && second < 60);
}

static bool
take_zone(CrateText *text, CrateValue *out)
{
  out->zoned = text->size != 0;
  if (!text->size || take_byte(text, 'Z')) {
    return true;
  }
  int64_t hours;
  int64_t minutes;
  const bool east = take_byte(text, '+');
  if ((!east && !take_byte(text, '-')) || !take_number(text, 2, &hours) ||
      !take_byte(text, ':') || !take_number(text, 2, &minutes) ||
      minutes > 59 || hours * 60 + minutes > 14 * 60) {
    return false;
  }
  const int64_t offset = hours * 3600 + minutes * 60;
  out->digits += east ? -offset : offset;
  return true;
}

bool
crate_value_time(CrateText lexical, bool date, CrateValue *out)
{
  CrateText rest = lexical;
  return take_date(&rest, &out->digits) && (date || take_clock(&rest, out)) &&
         take_zone(&rest, out) && !rest.size;
}
