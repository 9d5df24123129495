// SPDX-License-Identifier: Apache-2.0
/// @file What a person asked of crate-validate.
#ifndef CRATE_VALIDATE_COMMAND_H
#define CRATE_VALIDATE_COMMAND_H
#include "validate/report.h"

/// Texts in a row that grows.
typedef struct CrateTexts {
  CrateText *items;
  size_t count, capacity;
} CrateTexts;

/// The command line, read: everything in it is a view of that.
typedef struct CrateCommand {
  const CrateWorld *world;
  CrateTexts profiles, paths, skips, crates, maps;
  CrateReportStyle style;
  const CrateReportFormat *format;
  const char *shapes, *base, *output, *explain, *colour, *files_from, *root,
    *data;
  const char *baseline, *write_baseline;
  const char *settings; ///< NULL: those of the project, unless no_settings.
  const CrateLevel *levels;
  size_t level_count;
  size_t jobs; ///< 0: as many as there are processors.
  bool recursive, batch, no_settings, watch;
  bool show_given, fail_on_given, format_given, metadata_only;
  bool turtle; ///< Written while --shapes judges.
  bool list_profiles, list_rules, lint, fix, dry_run, help, version;
} CrateCommand;

/// The place of complaints about usage.
extern const CrateDiagnostic crate_usage_place;

/// Keeps the text, does not copy it.
CrateStatus crate_texts_add(const CrateWorld *world,
                            CrateTexts *texts,
                            CrateText text);

/// Fill a command that has its world and its defaults. Failures are said.
CrateStatus crate_command_parse(CrateCommand *command, int argc, char **argv);

/// Choose what nobody asked for, on the command line or in the settings.
void crate_command_settle(CrateCommand *command);

/// Options that do not go together, or are not enough to judge by; said.
CrateStatus crate_command_check(const CrateCommand *command);

/// One line for each option.
void crate_command_help(CrateBuffer *buffer);

void crate_command_clear(CrateCommand *command);

#endif // CRATE_VALIDATE_COMMAND_H
