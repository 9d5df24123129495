// SPDX-License-Identifier: Apache-2.0
#include "validate/report.h"
#include "validate/report_formats.h"

static const CrateReportFormat formats[] = {
  {"text", CRATE_SEVERITY_WARNING, false, &crate_report_text, NULL,
   crate_report_text_rules, crate_report_text_explain},
  {"json", CRATE_SEVERITY_INFO, false, &crate_report_json, NULL,
   crate_report_json_rules, crate_report_json_rules},
  {"sarif", CRATE_SEVERITY_INFO, true, NULL, crate_report_sarif, NULL, NULL},
  {"junit", CRATE_SEVERITY_INFO, true, NULL, crate_report_junit, NULL, NULL},
  {"github", CRATE_SEVERITY_WARNING, false, NULL, crate_report_github, NULL,
   NULL},
  {"gitlab", CRATE_SEVERITY_INFO, false, NULL, crate_report_gitlab, NULL, NULL},
  {"markdown", CRATE_SEVERITY_WARNING, true, NULL, crate_report_markdown, NULL,
   NULL},
  {"html", CRATE_SEVERITY_INFO, true, NULL, crate_report_html, NULL, NULL},
  {"assessment", CRATE_SEVERITY_INFO, false, NULL, crate_report_assessment,
   NULL, NULL},
  {"badge", CRATE_SEVERITY_INFO, false, NULL, crate_report_badge, NULL, NULL},
  {"turtle", CRATE_SEVERITY_INFO, false, NULL, crate_report_shacl, NULL, NULL},
};

static CrateStatus
write_parts(CrateBuffer *buffer,
            const CrateReportParts *parts,
            const CrateReportStyle *style,
            const CrateVerdict *verdicts,
            size_t count)
{
  CrateTally tally;
  CrateStatus st = CRATE_OK;
  crate_tally_init(&tally, buffer->world);
  if (parts->begin) {
    parts->begin(buffer);
  }
  for (size_t i = 0; i < count && !st; ++i) {
    parts->verdict(buffer, style, &verdicts[i], i);
    st = crate_tally_add(&tally, &verdicts[i], style->fail_on);
  }
  crate_tally_sort(&tally);
  parts->end(buffer, style, &tally);
  crate_tally_clear(&tally);
  return st;
}

void
crate_report_write(CrateBuffer *buffer,
                   const CrateReportFormat *format,
                   const CrateReportStyle *style,
                   const CrateVerdict *verdicts,
                   size_t count)
{
  if (!format->parts) {
    format->verdicts(buffer, style, verdicts, count);
    return;
  }
  const CrateStatus st =
    write_parts(buffer, format->parts, style, verdicts, count);
  buffer->status = buffer->status ? buffer->status : st;
}

const CrateReportFormat *
crate_report_format(CrateText name)
{
  for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); ++i) {
    if (crate_text_is(name, formats[i].name)) {
      return &formats[i];
    }
  }
  return NULL;
}

const CrateReportFormat *
crate_report_format_at(size_t i)
{
  return i < sizeof(formats) / sizeof(*formats) ? &formats[i] : NULL;
}

bool
crate_verdict_fails(const CrateVerdict *verdict, CrateSeverity fail_on)
{
  for (int s = CRATE_SEVERITY_VIOLATION; s >= (int)fail_on; --s) {
    if (crate_verdict_new(verdict, (CrateSeverity)s)) {
      return true;
    }
  }
  return false;
}

const CrateNotChecked *
crate_verdict_doubt(const CrateVerdict *verdict, CrateSeverity fail_on)
{
  for (size_t i = 0; i < verdict->not_checked_count; ++i) {
    const CrateNotChecked *const check = &verdict->not_checked[i];
    if (check->gave_up && check->severity >= fail_on) {
      return check;
    }
  }
  return NULL;
}

bool
crate_verdict_conforms(const CrateVerdict *verdict, CrateSeverity fail_on)
{
  return verdict->profile_count && !crate_verdict_fails(verdict, fail_on) &&
         !crate_verdict_doubt(verdict, fail_on);
}
