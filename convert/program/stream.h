// SPDX-License-Identifier: Apache-2.0
/// @file --stream: from N-Triples or N-Quads, without reading all of it first.
#ifndef CRATE_CONVERT_PROGRAM_STREAM_H
#define CRATE_CONVERT_PROGRAM_STREAM_H
#include "convert/program/task.h"

/// Convert the task's input. Failures are said.
CRATE_NODISCARD CrateStatus crate_task_stream(const CrateTask *task,
                                              CrateBuffer *buffer);

#endif // CRATE_CONVERT_PROGRAM_STREAM_H
