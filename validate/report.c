// SPDX-License-Identifier: Apache-2.0
#include "validate/report.h"
#include "validate/report_formats.h"

static const CrateReportFormat formats[] = {
  {"text", CRATE_SEVERITY_WARNING, false, crate_report_text,
   crate_report_text_rules, crate_report_text_explain},
  {"json", CRATE_SEVERITY_INFO, false, crate_report_json,
   crate_report_json_rules, crate_report_json_rules},
  {"sarif", CRATE_SEVERITY_INFO, true, crate_report_sarif, NULL, NULL},
  {"junit", CRATE_SEVERITY_INFO, true, crate_report_junit, NULL, NULL},
  {"github", CRATE_SEVERITY_WARNING, false, crate_report_github, NULL, NULL},
  {"gitlab", CRATE_SEVERITY_INFO, false, crate_report_gitlab, NULL, NULL},
  {"markdown", CRATE_SEVERITY_WARNING, true, crate_report_markdown, NULL, NULL},
  {"html", CRATE_SEVERITY_INFO, true, crate_report_html, NULL, NULL},
  {"badge", CRATE_SEVERITY_INFO, false, crate_report_badge, NULL, NULL},
  {"turtle", CRATE_SEVERITY_INFO, false, crate_report_shacl, NULL, NULL},
};

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
crate_verdict_conforms(const CrateVerdict *verdict, CrateSeverity fail_on)
{
  for (int s = CRATE_SEVERITY_VIOLATION; s >= (int)fail_on; --s) {
    if (verdict->counts[s]) {
      return false;
    }
  }
  return verdict->profile_count > 0;
}
