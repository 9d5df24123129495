// SPDX-License-Identifier: Apache-2.0
/// @file Judging crates, and writing the report.
#ifndef CRATE_VALIDATE_CRATES_H
#define CRATE_VALIDATE_CRATES_H
#include "validate/program/program.h"

/// Judge every crate that the command line means. Trouble with one does not
/// keep the others from it, but the first trouble is the answer.
CrateStatus crate_judge_crates(CrateProgram *program);

#endif // CRATE_VALIDATE_CRATES_H
