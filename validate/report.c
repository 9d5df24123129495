// SPDX-License-Identifier: Apache-2.0
#include "validate/report.h"
#include "validate/report_formats.h"

static const CrateReportFormat formats[] = {
  {"text", CRATE_SEVERITY_WARNING, crate_report_text, crate_report_text_rules,
   crate_report_text_explain},
  {"json", CRATE_SEVERITY_INFO, crate_report_json, crate_report_json_rules,
   crate_report_json_rules},
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
