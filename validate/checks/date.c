// SPDX-License-Identifier: Apache-2.0
// ISO 8601 dates: calendar, week and ordinal, basic and extended, reduced to
// month or year, with or without a time. Impossible dates are refused.
// Section 12 of docs/decisions.md says what was decided.
#include "validate/checks/croissant.h"
#include <stdio.h>

typedef struct {
  const char *at, *end;
} Scan;

/// Exactly `count` digits.
static bool
digits(Scan *scan, int count, int *out)
{
  if (scan->end - scan->at < count) {
    return false;
  }
  *out = 0;
  for (int i = 0; i < count; ++i) {
    const char c = scan->at[i];
    if (c < '0' || c > '9') {
      return false;
    }
    *out = *out * 10 + (c - '0');
  }
  scan->at += count;
  return true;
}

static bool
take(Scan *scan, char c)
{
  if (scan->at < scan->end && *scan->at == c) {
    ++scan->at;
    return true;
  }
  return false;
}

static bool
is_leap(int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in(int year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/// Weeks of an ISO year: 53 when it begins or ends on a Thursday.
static int
weeks_in(int year)
{
  const int y = year - 1;
  const int first = (1 + y + y / 4 - y / 100 + y / 400) % 7;
  // `first` is the weekday of January 1st, Monday being 1, Sunday 0.
  return first == 4 || (first == 3 && is_leap(year)) ? 53 : 52;
}

static bool
week_date(Scan *scan, int year, bool extended)
{
  int week = 0;
  int day = 0;
  if (!digits(scan, 2, &week) || week < 1 || week > weeks_in(year)) {
    return false;
  }
  if (extended ? take(scan, '-') : scan->at < scan->end && *scan->at != 'T') {
    return digits(scan, 1, &day) && day >= 1 && day <= 7;
  }
  return true;
}

/// Number of digits that stand here.
static int
run_of_digits(const Scan *scan)
{
  int count = 0;
  while (scan->at + count < scan->end && scan->at[count] >= '0' &&
         scan->at[count] <= '9') {
    ++count;
  }
  return count;
}

/// What follows the year: -MM, -MM-DD, MMDD, -DDD, DDD, -Www-D, WwwD.
static bool
rest_of_date(Scan *scan, int year)
{
  int month = 0;
  int day = 0;
  const bool extended = take(scan, '-');
  if (take(scan, 'W')) {
    return week_date(scan, year, extended);
  }
  const int run = run_of_digits(scan);
  if (run == 3) { // ordinal
    return digits(scan, 3, &day) && day >= 1 && day <= 365 + is_leap(year);
  }
  if (!digits(scan, 2, &month) || month < 1 || month > 12) {
    return false;
  }
  if (extended ? !take(scan, '-') : run == 2) {
    return extended; // YYYYMM is not ISO 8601: it could be YYMMDD
  }
  return digits(scan, 2, &day) && day >= 1 && day <= days_in(year, month);
}

static bool
zone(Scan *scan)
{
  int hour = 0;
  int minute = 0;
  if (take(scan, 'Z')) {
    return true;
  }
  if (!take(scan, '+') && !take(scan, '-')) {
    return true; // local time
  }
  if (!digits(scan, 2, &hour) || hour > 23) {
    return false;
  }
  if (take(scan, ':') || run_of_digits(scan)) {
    return digits(scan, 2, &minute) && minute <= 59;
  }
  return true;
}

static bool
fraction(Scan *scan)
{
  if (!take(scan, '.') && !take(scan, ',')) {
    return true;
  }
  const int run = run_of_digits(scan);
  scan->at += run;
  return run > 0;
}

static bool
time_of_day(Scan *scan)
{
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!digits(scan, 2, &hour) || hour > 24) {
    return false;
  }
  if (take(scan, ':') || run_of_digits(scan)) {
    if (!digits(scan, 2, &minute) || minute > 59) {
      return false;
    }
    if (take(scan, ':') || run_of_digits(scan)) {
      if (!digits(scan, 2, &second) || second > 60) {
        return false;
      }
    }
  }
  const bool past_midnight = hour == 24 && (minute || second);
  return !past_midnight && fraction(scan) && zone(scan);
}

/// A date; `day` says whether it is precise to a day.
static bool
read_date(Scan *scan, bool *day)
{
  const char *const start = scan->at;
  int year = 0;
  *day = false;
  if (!digits(scan, 4, &year)) {
    return false;
  }
  const bool year_only = scan->at == scan->end;
  if (!year_only && !rest_of_date(scan, year)) {
    return false;
  }
  const CrateText date = {start, (size_t)(scan->at - start)};
  const bool month = date.size == 7u && date.data[4] == '-'; // or YYYY-DDD
  const bool week = crate_text_find(date, 'W') < date.size;
  *day = week ? date.size > 8u || (date.size == 8u && date.data[4] == 'W')
              : date.size >= 7u && !month;
  if (take(scan, 'T') || take(scan, ' ')) {
    return time_of_day(scan) && scan->at == scan->end;
  }
  return scan->at == scan->end;
}

bool
crate_is_iso_date(CrateText text)
{
  Scan scan = {text.data, text.data + text.size};
  bool day = false;
  return read_date(&scan, &day);
}

/// No such date at all is for other rules to say.
static bool
lacks_day(CrateText text)
{
  Scan scan = {text.data, text.data + text.size};
  bool day = false;
  return read_date(&scan, &day) && !day;
}

/// ISO 8601-1, 5.5.2: two dates, or one and a duration, or one that is open.
static bool
is_interval(CrateText text)
{
  const size_t slash = crate_text_find(text, '/');
  const CrateText start = crate_text_slice(text, 0, slash);
  const CrateText end = crate_text_slice(text, slash + 1u, text.size);
  const bool open = crate_text_is(end, "..") || crate_text_is(end, "");
  const bool from = crate_is_iso_date(start) || crate_text_is(start, "..") ||
                    crate_text_starts(start, CRATE_TEXT("P"));
  return slash == text.size
           ? crate_is_iso_date(text)
           : from && (open || crate_is_iso_date(end) ||
                      crate_text_starts(end, CRATE_TEXT("P")) ||
                      (end.size && end.size < start.size));
}

/// A string, or a literal typed as a date; a number is neither.
static bool
may_hold_date(const CrateTermInfo *info)
{
  return info->kind == CRATE_TERM_LITERAL &&
         info->datatype != CRATE_XSD_INTEGER &&
         info->datatype != CRATE_XSD_DOUBLE &&
         info->datatype != CRATE_XSD_DECIMAL &&
         info->datatype != CRATE_XSD_BOOLEAN;
}

static CrateStatus
report_date(const CrateNativeCall *call,
            CrateTerm value,
            CrateText text,
            const char *flaw)
{
  char detail[160];
  snprintf(detail, sizeof(detail), "\"%.*s\" %s",
           text.size > 100 ? 100 : (int)text.size, text.data, flaw);
  CrateText words = crate_text(detail);
  words.size = crate_text_utf8_span(words);
  return call->report(call, value, CRATE_NO_ORIGIN, words);
}

/// Parameter "day": the dates among the values are precise to a day.
static CrateStatus
look_for_days(const CrateNativeCall *call)
{
  const CrateTerms *const terms = crate_graph_terms(call->data);
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTermInfo info = crate_terms_info(terms, call->values[i]);
    if (may_hold_date(&info) && lacks_day(info.text)) {
      CRATE_TRY(report_date(call, call->values[i], info.text, "names no day"));
    }
  }
  return CRATE_OK;
}

/// Parameter "interval": a date or a period. Any other: a date.
CrateStatus
crate_check_iso_date(const CrateNativeCall *call)
{
  const CrateTerms *const terms = crate_graph_terms(call->data);
  const CrateText parameter = crate_check_parameter(call);
  const bool interval = crate_text_is(parameter, "interval");
  if (crate_text_is(parameter, "day")) {
    return look_for_days(call);
  }
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTermInfo info = crate_terms_info(terms, call->values[i]);
    if (!may_hold_date(&info)) {
      CRATE_TRY(call->report(call, call->values[i], CRATE_NO_ORIGIN,
                             CRATE_TEXT("it is not a string with a date")));
    } else if (!(interval ? is_interval(info.text)
                          : crate_is_iso_date(info.text))) {
      CRATE_TRY(
        report_date(call, call->values[i], info.text,
                    interval ? "is no such period" : "is no such date"));
    }
  }
  return CRATE_OK;
}
