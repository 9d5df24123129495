// SPDX-License-Identifier: Apache-2.0
// JUnit XML as Ant writes it: a suite for each crate, a case for each rule.
#include "validate/report_escape.h"
#include "validate/report_formats.h"
#include "validate/report_index.h"
#include <time.h>

typedef struct {
  CrateBuffer *buffer;
  const CrateReportStyle *style;
  const CrateVerdict *verdict;
  CrateReportIndex index;
  char when[32];
} Suite;

static void
add(const Suite *suite, const char *string)
{
  crate_buffer_add_string(suite->buffer, string);
}

/// An attribute; names are xs:token and must not be empty.
static void
write_attribute(const Suite *suite, const char *name, CrateText value)
{
  crate_buffer_print(suite->buffer, " %s=\"", name);
  crate_escape_xml(suite->buffer, value.size ? value : CRATE_TEXT("unnamed"));
  add(suite, "\"");
}

static bool
fails(const Suite *suite, const CrateReportItem *item)
{
  return item->finding->severity >= suite->style->fail_on &&
         !item->finding->known;
}

/// Whether a rule has a finding that fails the crate; the first such.
static const CrateReportItem *
failure_of(const Suite *suite, const CrateReportRule *rule)
{
  for (size_t i = 0; i < rule->count; ++i) {
    const CrateReportItem *const item = &suite->index.items[rule->first + i];
    if (fails(suite, item)) {
      return item;
    }
  }
  return NULL;
}

static void
write_finding(const Suite *suite, const CrateFinding *finding)
{
  crate_escape_xml(suite->buffer, finding->file);
  if (finding->line) {
    crate_buffer_print(suite->buffer, ":%u:%u", finding->line, finding->column);
  }
  crate_buffer_print(suite->buffer,
                     ": %s: ", crate_severity_text(finding->severity));
  crate_escape_xml(suite->buffer, finding->message);
  add(suite, " [");
  crate_escape_xml(suite->buffer, finding->rule);
  add(suite, "]\n");
}

static void
write_note(const Suite *suite, const char *label, CrateText text)
{
  if (text.size) {
    add(suite, label);
    crate_escape_xml(suite->buffer, text);
    add(suite, "\n");
  }
}

static void
write_failure(const Suite *suite,
              const CrateReportRule *rule,
              const CrateReportItem *first)
{
  add(suite, "\n      <failure");
  write_attribute(suite, "type",
                  crate_text(crate_severity_text(first->finding->severity)));
  write_attribute(suite, "message", first->finding->message);
  add(suite, ">");
  for (size_t i = 0; i < rule->count; ++i) {
    if (fails(suite, &suite->index.items[rule->first + i])) {
      write_finding(suite, suite->index.items[rule->first + i].finding);
    }
  }
  write_note(suite, "do: ", rule->repair);
  write_note(suite, "see: ", rule->spec);
  add(suite, "</failure>\n    ");
}

static void
write_case(const Suite *suite, const CrateReportRule *rule)
{
  const CrateReportItem *const first = failure_of(suite, rule);
  add(suite, "    <testcase");
  write_attribute(suite, "name", rule->id);
  write_attribute(suite, "classname", suite->verdict->path);
  add(suite, " time=\"0\">");
  if (first) {
    write_failure(suite, rule, first);
  } else if (rule->not_checked) {
    add(suite, "\n      <skipped");
    write_attribute(suite, "message", rule->not_checked->reason);
    add(suite, "/>\n    ");
  }
  add(suite, "</testcase>\n");
}

static void
write_counts(const Suite *suite)
{
  size_t failures = 0;
  size_t skipped = 0;
  for (size_t i = 0; i < suite->index.rule_count; ++i) {
    const CrateReportRule *const rule = &suite->index.rules[i];
    const bool failed = failure_of(suite, rule);
    failures += failed;
    skipped += !failed && rule->not_checked;
  }
  crate_buffer_print(suite->buffer,
                     " tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
                     "skipped=\"%zu\" time=\"0\"",
                     suite->index.rule_count, failures, skipped);
}

static void
open_suite(const Suite *suite, CrateText name, size_t number)
{
  add(suite, "  <testsuite");
  write_attribute(suite, "name", name);
  add(suite, " package=\"crate-validate\" hostname=\"localhost\"");
  crate_buffer_print(suite->buffer, " timestamp=\"%s\" id=\"%zu\"", suite->when,
                     number);
}

static void
write_profiles(const Suite *suite)
{
  add(suite, "    <properties>\n");
  for (size_t i = 0; i < suite->verdict->profile_count; ++i) {
    add(suite, "      <property name=\"profile\"");
    write_attribute(suite, "value", suite->verdict->profiles[i]);
    add(suite, "/>\n");
  }
  add(suite, "    </properties>\n");
}

static void
write_suite(const Suite *suite, size_t number)
{
  open_suite(suite, suite->verdict->path, number);
  write_counts(suite);
  add(suite, ">\n");
  write_profiles(suite);
  for (size_t i = 0; i < suite->index.rule_count; ++i) {
    write_case(suite, &suite->index.rules[i]);
  }
  add(suite, "    <system-out>"); // what does not fail the crate
  for (size_t i = 0; i < suite->index.item_count; ++i) {
    if (!fails(suite, &suite->index.items[i])) {
      write_finding(suite, suite->index.items[i].finding);
    }
  }
  add(suite, "</system-out>\n    <system-err></system-err>\n  </testsuite>\n");
}

/// Crates that could not be read must not look like success.
static void
write_unread(const Suite *suite, size_t number)
{
  open_suite(suite, CRATE_TEXT("crate-validate"), number);
  crate_buffer_print(
    suite->buffer,
    " tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"0\">\n"
    "    <properties>\n    </properties>\n"
    "    <testcase name=\"every crate is read\" classname=\"crate-validate\" "
    "time=\"0\">\n      <error type=\"trouble\" message=\"%zu not read: see "
    "standard error\"/>\n    </testcase>\n"
    "    <system-out></system-out>\n    <system-err></system-err>\n"
    "  </testsuite>\n",
    suite->style->unread);
}

static void
set_time(Suite *suite)
{
  const time_t now = (time_t)suite->style->time;
  struct tm parts;
  if (!gmtime_r(&now, &parts) || !strftime(suite->when, sizeof(suite->when),
                                           "%Y-%m-%dT%H:%M:%S", &parts)) {
    memcpy(suite->when, "1970-01-01T00:00:00", 20);
  }
}

void
crate_report_junit(CrateBuffer *buffer,
                   const CrateReportStyle *style,
                   const CrateVerdict *verdicts,
                   size_t count)
{
  Suite suite = {.buffer = buffer, .style = style};
  set_time(&suite);
  add(&suite, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
  for (size_t v = 0; v < count; ++v) {
    suite.verdict = &verdicts[v];
    if (crate_report_index_init(&suite.index, buffer, style, &verdicts[v], 1)) {
      write_suite(&suite, v);
    }
    crate_report_index_clear(&suite.index);
  }
  if (style->unread) {
    write_unread(&suite, count);
  }
  add(&suite, "</testsuites>\n");
}
