// SPDX-License-Identifier: Apache-2.0
/// @file What reports of attacks and hyper-parameters have to do with one
/// another.
#ifndef CRATE_VALIDATE_HYPER_PARAMETERS_H
#define CRATE_VALIDATE_HYPER_PARAMETERS_H
#include "validate/checks/checks.h"

/// Asked of the `metadata` of each attack that a report holds.
typedef CrateStatus CrateReportVisit(const CrateNativeCall *call,
                                     uint32_t offset,
                                     const CrateJson *metadata);

/// Reports of SACRO-ML among the crate's files. disclosure.c
CrateStatus crate_disclosure_visit(const CrateNativeCall *call,
                                   CrateReportVisit *visit);

CrateReportVisit crate_hyper_parameters_of_report;

#endif // CRATE_VALIDATE_HYPER_PARAMETERS_H
