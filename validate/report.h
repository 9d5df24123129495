// SPDX-License-Identifier: Apache-2.0
/// @file Verdicts written for a person or a program.
///
/// A format is a row of the table in report.c; the programs know no other
/// way to write one.
#ifndef CRATE_VALIDATE_REPORT_H
#define CRATE_VALIDATE_REPORT_H
#include "validate/tally.h"
#include <cratekit/buffer.h>
#include <cratekit/validate.h>

/// How to write.
typedef struct CrateReportStyle {
  CrateSeverity show;    ///< Least severity that is shown.
  CrateSeverity fail_on; ///< Least severity that means "does not conform".
  bool colour;
  bool baseline;   ///< Some findings may be known.
  bool hide_known; ///< They are not listed; set by the format.
  bool many;       ///< Crates: what holds for all of them is not said of each.
  size_t most;     ///< Findings of one rule that a person is shown; 0: all.
  size_t unread;   ///< Crates that could not be judged: they have no verdict.
  uint64_t time;   ///< When it was judged, in seconds since 1970.
  /// Of the profiles judged by, sorted by id, for formats with `list_rules`.
  const CrateRule *rules;
  size_t rule_count;
} CrateReportStyle;

/// Writes all verdicts at once.
typedef void CrateReportWriter(CrateBuffer *buffer,
                               const CrateReportStyle *style,
                               const CrateVerdict *verdicts,
                               size_t count);

/// Of a format that can be written verdict by verdict.
typedef struct CrateReportParts {
  void (*begin)(CrateBuffer *buffer); ///< Or NULL.
  /// `before`: verdicts written already.
  void (*verdict)(CrateBuffer *buffer,
                  const CrateReportStyle *style,
                  const CrateVerdict *verdict,
                  size_t before);
  void (*end)(CrateBuffer *buffer,
              const CrateReportStyle *style,
              const CrateTally *tally);
} CrateReportParts;

/// Writes rules.
typedef void CrateRulesWriter(CrateBuffer *buffer,
                              const CrateRule *rules,
                              size_t count);

typedef struct CrateReportFormat {
  const char *name;
  CrateSeverity least; ///< That is shown unless someone asks for more or less.
  bool list_rules;     ///< Wants the verdicts' rules: CrateJudgeOptions.
  const CrateReportParts *parts; ///< NULL for one that needs all at once:
  CrateReportWriter *verdicts;
  /// NULL where a format is for findings only.
  CrateRulesWriter *rules;
  CrateRulesWriter *explain; ///< The same at length, with examples.
} CrateReportFormat;

/// The format of that name, or NULL.
CRATE_API const CrateReportFormat *crate_report_format(CrateText name);

/// The i-th format, or NULL past the end.
CRATE_API const CrateReportFormat *crate_report_format_at(size_t i);

/// A whole report, in parts or at once. A failure sticks to the buffer.
CRATE_API void crate_report_write(CrateBuffer *buffer,
                                  const CrateReportFormat *format,
                                  const CrateReportStyle *style,
                                  const CrateVerdict *verdicts,
                                  size_t count);

/// Whether a format lists a finding.
static inline bool
crate_report_shows(const CrateReportStyle *style, const CrateFinding *finding)
{
  return finding->severity >= style->show &&
         !(style->hide_known && finding->known);
}

/// Findings of a severity that are not known.
static inline size_t
crate_verdict_new(const CrateVerdict *verdict, CrateSeverity severity)
{
  return verdict->counts[severity] - verdict->known[severity];
}

/// Findings that are known.
static inline size_t
crate_verdict_known(const CrateVerdict *verdict)
{
  return verdict->known[0] + verdict->known[1] + verdict->known[2];
}

/// Whether a verdict has something as severe as `fail_on` that is not known.
CRATE_API bool crate_verdict_fails(const CrateVerdict *verdict,
                                   CrateSeverity fail_on);

/// A check as severe as `fail_on` that the data were in the way of: what has
/// one does not pass (SHACL 3.4: a failure). NULL when there is none.
CRATE_API const CrateNotChecked *crate_verdict_doubt(
  const CrateVerdict *verdict,
  CrateSeverity fail_on);

/// Whether a verdict was reached, and is without either.
CRATE_API bool crate_verdict_conforms(const CrateVerdict *verdict,
                                      CrateSeverity fail_on);

#endif // CRATE_VALIDATE_REPORT_H
