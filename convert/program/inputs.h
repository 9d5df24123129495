// SPDX-License-Identifier: Apache-2.0
/// @file All that a conversion reads: the input, contexts, a frame.
#ifndef CRATE_CONVERT_INPUTS_H
#define CRATE_CONVERT_INPUTS_H
#include "base/file.h"
#include "convert/program/task.h"
#include <cratekit/package.h>

/// A JSON document beside the input.
typedef struct CrateBesideInput {
  CrateFile file;
  CrateJsonDocument document;
} CrateBesideInput;

/// An input.
typedef struct CrateMainInput {
  CrateFile file;
  CratePackage *package; ///< When it is a folder or an archive.
} CrateMainInput;

typedef struct CrateInputs {
  const CrateWorld *world;
  CrateMainInput main;
  CrateMainInput *others;  ///< Crates to be merged into it.
  CrateConversion *merged; ///< As conversions have them.
  size_t other_count;
  CrateArena arena; ///< Metadata of packages, and texts made.
  CrateBuffer base; ///< Made from the input's path.
  CrateFile mapping;
  CrateBesideInput context, expand_context, frame;
  CrateLibrary *library; ///< NULL without maps.
} CrateInputs;

void crate_inputs_init(CrateInputs *inputs, const CrateWorld *world);

/// Read what the task asks for, into its conversion. Failures are said. The
/// conversion keeps the inputs.
CrateStatus crate_inputs_read(CrateInputs *inputs, CrateTask *task);

void crate_inputs_clear(CrateInputs *inputs);

#endif // CRATE_CONVERT_INPUTS_H
