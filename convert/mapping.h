// SPDX-License-Identifier: Apache-2.0
/// @file Mappings: what makes a graph of one vocabulary one of another.
#ifndef CRATE_CONVERT_MAPPING_H
#define CRATE_CONVERT_MAPPING_H
#include "convert/convert.h"
#include <cratekit/sparql.h>

/// Tell the conversion's losses of each statement of the graph that is not
/// marked, in the order of the document.
CRATE_NODISCARD CrateStatus crate_job_report_losses(const CrateJob *job,
                                                    const CrateGraph *graph,
                                                    const bool *used);

/// Run a mapping on the job's graph, whose place the result takes. What it
/// left behind is written to the conversion's losses; `lossless` keeps it.
CRATE_NODISCARD CrateStatus crate_job_map(CrateJob *job,
                                          const CrateMapping *mapping,
                                          bool lossless);

#endif // CRATE_CONVERT_MAPPING_H
