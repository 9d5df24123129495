// SPDX-License-Identifier: Apache-2.0
// Dates, times and durations as HTML writes them, and what XML Schema calls
// them. What is neither has no type.
#include "html/source.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"

/// What is left of a text.
typedef struct Cursor {
  const char *at, *end;
} Cursor;

static bool
take(Cursor *cursor, char c)
{
  const bool found = cursor->at < cursor->end && *cursor->at == c;
  cursor->at += found;
  return found;
}

/// Digits, so many and no fewer; `most` 0: any number of them.
static bool
take_digits(Cursor *cursor, size_t least, size_t most)
{
  size_t count = 0;
  while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9' &&
         (!most || count < most)) {
    ++cursor->at;
    ++count;
  }
  return count >= least;
}

static bool
take_year(Cursor *cursor)
{
  take(cursor, '-');
  return take_digits(cursor, 4, 0);
}

/// A byte and two digits.
static bool
take_pair(Cursor *cursor, char before)
{
  return take(cursor, before) && take_digits(cursor, 2, 2);
}

static bool
take_zone(Cursor *cursor)
{
  if (cursor->at == cursor->end || take(cursor, 'Z')) {
    return true;
  }
  return (take(cursor, '+') || take(cursor, '-')) &&
         take_digits(cursor, 2, 2) && take_pair(cursor, ':');
}

static bool
take_clock(Cursor *cursor)
{
  if (!take_digits(cursor, 2, 2) || !take_pair(cursor, ':') ||
      !take_pair(cursor, ':')) {
    return false;
  }
  return (!take(cursor, '.') || take_digits(cursor, 1, 0)) && take_zone(cursor);
}

static bool
is_year(Cursor cursor)
{
  return take_year(&cursor) && take_zone(&cursor) && cursor.at == cursor.end;
}

static bool
is_month(Cursor cursor)
{
  return take_year(&cursor) && take_pair(&cursor, '-') && take_zone(&cursor) &&
         cursor.at == cursor.end;
}

static bool
take_date(Cursor *cursor)
{
  return take_year(cursor) && take_pair(cursor, '-') && take_pair(cursor, '-');
}

static bool
is_date(Cursor cursor)
{
  return take_date(&cursor) && take_zone(&cursor) && cursor.at == cursor.end;
}

static bool
is_time(Cursor cursor)
{
  return take_clock(&cursor) && cursor.at == cursor.end;
}

static bool
is_date_time(Cursor cursor)
{
  return take_date(&cursor) && take(&cursor, 'T') && take_clock(&cursor) &&
         cursor.at == cursor.end;
}

/// Numbers with some of these letters behind them, in this order.
static bool
take_units(Cursor *cursor, const char *units)
{
  bool any = false;
  while (cursor->at < cursor->end && *units) {
    Cursor ahead = *cursor;
    const bool is_number = take_digits(&ahead, 1, 0);
    if (is_number && units[strlen(units) - 1u] == 'S' && take(&ahead, '.') &&
        !take_digits(&ahead, 1, 0)) {
      return false;
    }
    if (!is_number || ahead.at == ahead.end) {
      break;
    }
    const char *const unit = memchr(units, *ahead.at, strlen(units));
    if (!unit) {
      return false;
    }
    units = unit + 1;
    cursor->at = ahead.at + 1;
    any = true;
  }
  return any;
}

static bool
is_duration(Cursor cursor)
{
  take(&cursor, '-');
  if (!take(&cursor, 'P')) {
    return false;
  }
  const bool days = take_units(&cursor, "YMD");
  if (!take(&cursor, 'T')) {
    return days && cursor.at == cursor.end;
  }
  return take_units(&cursor, "HMS") && cursor.at == cursor.end;
}

CrateText
crate_html_time_type(CrateText text)
{
  static const struct {
    bool (*is)(Cursor cursor);
    CrateText type;
  } rows[] = {
    {is_duration, {XSD "duration", sizeof XSD "duration" - 1u}},
    {is_date_time, {XSD "dateTime", sizeof XSD "dateTime" - 1u}},
    {is_date, {XSD "date", sizeof XSD "date" - 1u}},
    {is_time, {XSD "time", sizeof XSD "time" - 1u}},
    {is_month, {XSD "gYearMonth", sizeof XSD "gYearMonth" - 1u}},
    {is_year, {XSD "gYear", sizeof XSD "gYear" - 1u}},
  };
  const Cursor cursor = {text.data, text.data ? text.data + text.size : NULL};
  for (size_t i = 0; text.size && i < sizeof rows / sizeof *rows; ++i) {
    if (rows[i].is(cursor)) {
      return rows[i].type;
    }
  }
  return (CrateText){NULL, 0};
}
