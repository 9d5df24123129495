// SPDX-License-Identifier: Apache-2.0
/// @file Results of shapes as a W3C validation report (SHACL 3.6).
#ifndef CRATE_REPORT_H
#define CRATE_REPORT_H
#include <cratekit/shapes.h>
CRATE_BEGIN_DECLS

/// A validation report that results are added to.
typedef struct CrateReport CrateReport;

/// New, freed by crate_report_free(). Keeps the shapes.
CRATE_API CRATE_NODISCARD CrateStatus
crate_report_new(const CrateShapes *shapes, CrateReport **out);

/// Accepts NULL.
CRATE_API void crate_report_free(CrateReport *report);

/// Add one result; copies what it needs. Fits CrateResultSink.add with the
/// report as handle. CRATE_BAD_ARGUMENT once the report is complete.
CRATE_API CRATE_NODISCARD CrateStatus
crate_report_add(void *report, const CrateResult *result);

/// Complete the report: nothing can be added any more. Its graph, indexed, is
/// a view that lives as long as the report.
CRATE_API CRATE_NODISCARD CrateStatus
crate_report_graph(CrateReport *report, const CrateGraph **out);

/// Complete the report and write it as Turtle.
CRATE_API CRATE_NODISCARD CrateStatus
crate_report_write_turtle(CrateReport *report, CrateBuffer *buffer);

CRATE_END_DECLS
#endif // CRATE_REPORT_H
