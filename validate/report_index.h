// SPDX-License-Identifier: Apache-2.0
/// @file Findings of many verdicts in order of their rules.
#ifndef CRATE_VALIDATE_REPORT_INDEX_H
#define CRATE_VALIDATE_REPORT_INDEX_H
#include "validate/report.h"

/// A rule that some verdict names, with the span of its findings.
typedef struct CrateReportRule {
  CrateText id, message, spec, repair;
  CrateSeverity severity;
  const CrateNotChecked *not_checked; ///< The last time, or NULL.
  size_t first, count;                ///< Of the items.
} CrateReportRule;

typedef struct CrateReportItem {
  const CrateFinding *finding;
  size_t verdict, rule; ///< Their numbers.
  /// Of rule, file, entity, property and value, but not of the place: it
  /// outlives edits elsewhere in the file.
  uint64_t fingerprint;
  size_t occurrence; ///< How many have the same and come before.
} CrateReportItem;

/// Keeps the verdicts.
typedef struct CrateReportIndex {
  const CrateWorld *world;
  CrateReportRule *rules; ///< Sorted by id.
  size_t rule_count, rule_capacity;
  CrateReportItem *items; ///< Sorted by rule, then as they were found.
  size_t item_count, item_capacity;
} CrateReportIndex;

/**
   Put what is to be shown in order.

   @param buffer Its world gives the memory, and it takes the failure.
   @param index  Filled; end it with crate_report_index_clear() even on
   failure, when it is empty.
*/
bool crate_report_index_init(CrateReportIndex *index,
                             CrateBuffer *buffer,
                             const CrateReportStyle *style,
                             const CrateVerdict *verdicts,
                             size_t count);

void crate_report_index_clear(CrateReportIndex *index);

/// The number of a rule, or rule_count. Logarithmic.
size_t crate_report_index_rule(const CrateReportIndex *index, CrateText id);

/**
   What of the excerpt is to blame, in bytes: the JSON value that starts at
   the finding's column.

   @return false when the excerpt does not show it.
*/
bool crate_report_culprit(const CrateFinding *finding,
                          size_t *from,
                          size_t *to);

/// What a message says beyond the rule's, which may be all of it.
CrateText crate_report_detail(CrateText message, CrateText statement);

/// Characters (code points) of a text.
size_t crate_report_characters(CrateText text);

#endif // CRATE_VALIDATE_REPORT_INDEX_H
