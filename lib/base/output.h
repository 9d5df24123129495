// SPDX-License-Identifier: Apache-2.0
/// @file Where a program's result goes: standard output or a file.
#ifndef CRATE_BASE_OUTPUT_H
#define CRATE_BASE_OUTPUT_H
#include <cratekit/text.h>
#include <cratekit/world.h>
#include <stdio.h>

/// Opened when the first bytes come, so that input that cannot be read leaves
/// an old file alone. Caller's memory; fill the first two, `whole` too if
/// wanted, and begin.
typedef struct CrateOutput {
  const CrateWorld *world;
  const char *path; ///< Kept; NULL is standard output.
  FILE *stream;     ///< NULL until the first bytes.
  bool whole;       ///< A file is written beside its place, and put there when
                    ///< all of it is written: nobody sees a part.
  char *beside, *place; ///< Of that: what it is called meanwhile, and then.
} CrateOutput;

/// Write; fits CrateBuffer.flush with the output as handle. Failures are said.
CRATE_API CRATE_NODISCARD CrateStatus crate_output_write(void *output,
                                                         CrateText bytes);

/// Hand what was written to the system now. Failures are said.
CRATE_API CRATE_NODISCARD CrateStatus crate_output_flush(CrateOutput *output);

/**
   Close, and take half a file away again.

   @param status How the work went; an empty success makes an empty file.
   @return `status`, or CRATE_UNREADABLE, said, when closing fails.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_output_close(CrateOutput *output,
                                                         CrateStatus status);

#endif // CRATE_BASE_OUTPUT_H
