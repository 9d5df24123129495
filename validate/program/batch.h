// SPDX-License-Identifier: Apache-2.0
/// @file --batch: a question a line in, an answer a line out.
#ifndef CRATE_VALIDATE_BATCH_H
#define CRATE_VALIDATE_BATCH_H
#include "validate/program/program.h"

/**
   Answer standard input line by line on standard output, in order.

   A line is a path, or a whole document, which starts with '{'. The answer is
   a JSON object; a line that cannot be judged gets one with `error`, and the
   stream goes on.
   @return Failures of the stream itself, said.
*/
CrateStatus crate_batch(CrateProgram *program);

#endif // CRATE_VALIDATE_BATCH_H
