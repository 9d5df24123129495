// SPDX-License-Identifier: Apache-2.0
/// @file The writers behind the table of report.c.
#ifndef CRATE_VALIDATE_REPORT_FORMATS_H
#define CRATE_VALIDATE_REPORT_FORMATS_H
#include "validate/report.h"

void crate_report_text_verdict(CrateBuffer *buffer,
                               const CrateReportStyle *style,
                               const CrateVerdict *verdict,
                               size_t before);

void crate_report_text_end(CrateBuffer *buffer,
                           const CrateReportStyle *style,
                           const CrateTally *tally);

void crate_report_text_rules(CrateBuffer *buffer,
                             const CrateRule *rules,
                             size_t count);

void crate_report_text_explain(CrateBuffer *buffer,
                               const CrateRule *rules,
                               size_t count);

void crate_report_json_begin(CrateBuffer *buffer);

void crate_report_json_verdict(CrateBuffer *buffer,
                               const CrateReportStyle *style,
                               const CrateVerdict *verdict,
                               size_t before);

void crate_report_json_end(CrateBuffer *buffer,
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

void crate_report_json_rules(CrateBuffer *buffer,
                             const CrateRule *rules,
                             size_t count);

void crate_report_sarif(CrateBuffer *buffer,
                        const CrateReportStyle *style,
                        const CrateVerdict *verdicts,
                        size_t count);

void crate_report_junit(CrateBuffer *buffer,
                        const CrateReportStyle *style,
                        const CrateVerdict *verdicts,
                        size_t count);

void crate_report_github(CrateBuffer *buffer,
                         const CrateReportStyle *style,
                         const CrateVerdict *verdicts,
                         size_t count);

void crate_report_gitlab(CrateBuffer *buffer,
                         const CrateReportStyle *style,
                         const CrateVerdict *verdicts,
                         size_t count);

void crate_report_assessment(CrateBuffer *buffer,
                             const CrateReportStyle *style,
                             const CrateVerdict *verdicts,
                             size_t count);

void crate_report_badge(CrateBuffer *buffer,
                        const CrateReportStyle *style,
                        const CrateVerdict *verdicts,
                        size_t count);

void crate_report_html(CrateBuffer *buffer,
                       const CrateReportStyle *style,
                       const CrateVerdict *verdicts,
                       size_t count);

void crate_report_markdown(CrateBuffer *buffer,
                           const CrateReportStyle *style,
                           const CrateVerdict *verdicts,
                           size_t count);

void crate_report_shacl(CrateBuffer *buffer,
                        const CrateReportStyle *style,
                        const CrateVerdict *verdicts,
                        size_t count);

#endif // CRATE_VALIDATE_REPORT_FORMATS_H
