// SPDX-License-Identifier: Apache-2.0
/// @file What crate-validate has at hand while it runs.
#ifndef CRATE_VALIDATE_PROGRAM_H
#define CRATE_VALIDATE_PROGRAM_H
#include "validate/program/command.h"

typedef struct CrateProgram {
  const CrateWorld *world;
  CrateCommand command;
  CrateLibrary *library;
  CrateValidator *validator;
  CrateBuffer result; ///< What goes to standard output or --output.
  CrateVerdict *verdicts;
  size_t verdict_count;
} CrateProgram;

/// Read the profiles asked for. Failures are said.
CrateStatus crate_program_open(CrateProgram *program);

void crate_program_clear(CrateProgram *program);

/// Judge one crate as the command line has it; with --fix mend it, with
/// --shapes hold it against them. End the verdict even on failure.
CrateStatus crate_program_judge(CrateProgram *program,
                                CrateText path,
                                CrateVerdict *verdict);

/// Judge every crate and write the report. Trouble with one does not keep the
/// others from it, but the first trouble is the answer.
CrateStatus crate_program_judge_all(CrateProgram *program);

/// Whether every crate conforms; CRATE_OVER_LIMIT, said, when it cannot be
/// told of one.
CrateStatus crate_program_outcome(const CrateProgram *program, bool *conforms);

#endif // CRATE_VALIDATE_PROGRAM_H
