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

typedef struct CrateInputs {
  const CrateWorld *world;
  CrateFile file;
  CratePackage *package; ///< When the input is a folder or an archive.
  CrateArena arena;      ///< Its metadata, and texts made.
  CrateBuffer base;      ///< Made from the input's path.
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
