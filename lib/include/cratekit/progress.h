// SPDX-License-Identifier: Apache-2.0
/// @file How far work is that takes its time: for a bar on a terminal, say.
#ifndef CRATE_PROGRESS_H
#define CRATE_PROGRESS_H
#include <cratekit/text.h>
CRATE_BEGIN_DECLS

/// One report. The text is a view that dies with the call.
typedef struct CrateProgressStep {
  CrateText file;       ///< That is being read.
  uint64_t done, total; ///< In bytes. `total` is an estimate.
  bool ended;           ///< The last report of this work.
} CrateProgressStep;

/// Who is told, several times a second, always on the thread that asked for
/// the work. `step` may be NULL: then nobody is.
typedef struct CrateProgress {
  void (*step)(void *handle, const CrateProgressStep *step);
  void *handle;
} CrateProgress;

CRATE_END_DECLS
#endif // CRATE_PROGRESS_H
