// SPDX-License-Identifier: Apache-2.0
/// @file The settings of the project that a person is in.
///
/// They are looked for where the program runs and above, never in a crate:
/// a crate has no say in how it is judged.
#ifndef CRATE_VALIDATE_PROJECT_H
#define CRATE_VALIDATE_PROJECT_H
#include "base/file.h"
#include "validate/program/command.h"
#include "validate/settings.h"

/// What the project's file is called.
#define CRATE_SETTINGS_NAME "crate-validate.json"

/// Caller's memory: all zero, or opened.
typedef struct CrateProject {
  CrateText path; ///< Of the settings; empty when there are none.
  CrateFile file;
  CrateSettings settings;
  CrateArena arena;
} CrateProject;

/**
   Read the settings that --settings names, else those of the project, and add
   them to the command: what stands on the command line comes first.

   The command's texts are then partly views of the project's.
   @param project End it with crate_project_clear() even on failure.
*/
CrateStatus crate_project_open(CrateProject *project, CrateCommand *command);

void crate_project_clear(CrateProject *project);

#endif // CRATE_VALIDATE_PROJECT_H
