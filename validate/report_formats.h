// SPDX-License-Identifier: Apache-2.0
/// @file The writers behind the table of report.c.
#ifndef CRATE_VALIDATE_REPORT_FORMATS_H
#define CRATE_VALIDATE_REPORT_FORMATS_H
#include "validate/report.h"

// Written verdict by verdict.
extern const CrateReportParts crate_report_text, crate_report_json;

// Written all at once.
CrateReportWriter crate_report_sarif, crate_report_junit, crate_report_github,
  crate_report_gitlab, crate_report_markdown, crate_report_html,
  crate_report_badge, crate_report_assessment, crate_report_shacl;

CrateRulesWriter crate_report_text_rules, crate_report_text_explain,
  crate_report_json_rules;

/// The end of a report of several crates for a person: report_text_summary.c.
void crate_report_text_end(CrateBuffer *buffer,
                           const CrateReportStyle *style,
                           const CrateTally *tally);

/// A verdict as one line; `line` is that of the question. Rules that no crate
/// gets checked are left out.
CRATE_API void crate_report_json_line(CrateBuffer *buffer,
                                      const CrateReportStyle *style,
                                      const CrateVerdict *verdict,
                                      size_t line);

/// The same where there is no verdict.
CRATE_API void crate_report_json_error(CrateBuffer *buffer,
                                       CrateText path,
                                       CrateText error,
                                       size_t line);

#endif // CRATE_VALIDATE_REPORT_FORMATS_H
