// SPDX-License-Identifier: Apache-2.0
/// @file What the command line of crate-convert asks for.
#ifndef CRATE_CONVERT_TASK_H
#define CRATE_CONVERT_TASK_H
#include <cratekit/convert.h>

/// A repeated NAME=VALUE option.
typedef struct CratePairs {
  CratePrefix *items;
  size_t count, capacity;
} CratePairs;

/// A repeated option that takes a word.
typedef struct CrateWords {
  CrateText *items;
  size_t count, capacity;
} CrateWords;

/// Texts are those of the command line. All zero but `world` to begin with.
typedef struct CrateTask {
  const CrateWorld *world;
  const CrateFormat *format;
  CrateConversion what; ///< As far as options say it.
  CratePairs maps, prefixes;
  CrateWords merge, subset;
  const char *input, *output;
  const char *base, *context, *expand_context, *frame, *mapping, *upgrade,
    *detach;
  const char *loss_report;
  size_t violations; ///< Of constraints, in the end.
  bool check, stream, list, help, version;
} CrateTask;

/// Where a mistake on the command line is.
extern const CrateDiagnostic crate_task_place;

/// Fill from the arguments after the program's name. Failures are said.
CrateStatus crate_task_parse(CrateTask *task, int count, char **arguments);

/// The text of --help.
void crate_task_help(CrateBuffer *buffer);

/// The text of --list.
void crate_task_list(CrateBuffer *buffer);

void crate_task_clear(CrateTask *task);

#endif // CRATE_CONVERT_TASK_H
