// SPDX-License-Identifier: Apache-2.0
/// @file What crate-validate has at hand while it runs.
#ifndef CRATE_VALIDATE_PROGRAM_H
#define CRATE_VALIDATE_PROGRAM_H
#include "base/output.h"
#include "base/terminal.h"
#include "validate/baseline.h"
#include "validate/program/project.h"

#define CRATE_PROGRAM_NAME "crate-validate"

typedef struct CrateProgram {
  const CrateWorld *world;
  CrateTerminal *terminal;
  CrateCommand command;
  CrateProject project; ///< What the command has from settings.
  CrateLibrary *library;
  CrateValidator *validator; ///< Its profiles; seats judge by them.
  CrateBaseline *baseline;   ///< What is known, or NULL.
  CrateBuffer result;        ///< On its way to the output.
  CrateOutput output;        ///< Standard output, or --output.
  size_t judged, failed;     ///< Crates that have a verdict; and a bad one.
  bool unsure;               ///< Not all could be checked of one.
} CrateProgram;

/// Read the profiles asked for. Failures are said.
CrateStatus crate_program_open(CrateProgram *program);

void crate_program_clear(CrateProgram *program);

/// How many threads to judge with, when there are so many crates.
size_t crate_program_threads(const CrateProgram *program, size_t crates);

/// A library with the contexts that the command maps, said if it cannot be.
CrateStatus crate_program_library(const CrateCommand *command,
                                  const CrateWorld *world,
                                  CrateLibrary **out);

#endif // CRATE_VALIDATE_PROGRAM_H
