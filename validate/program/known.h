// SPDX-License-Identifier: Apache-2.0
/// @file --baseline and --write-baseline: findings that are known.
#ifndef CRATE_VALIDATE_KNOWN_H
#define CRATE_VALIDATE_KNOWN_H
#include "validate/program/program.h"

/// Read the baseline, or begin a new one, as the command has it.
CrateStatus crate_known_open(CrateProgram *program);

/// Mark what is known of a verdict, before anything is made of it.
CrateStatus crate_known_mark(CrateProgram *program, CrateVerdict *verdict);

/// Write the new baseline, unless there was trouble: it would lack something.
/// Of one that was read, say what no longer occurs.
CrateStatus crate_known_close(CrateProgram *program, CrateStatus status);

#endif // CRATE_VALIDATE_KNOWN_H
