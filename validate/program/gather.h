// SPDX-License-Identifier: Apache-2.0
/// @file Which crates a command line means.
#ifndef CRATE_VALIDATE_GATHER_H
#define CRATE_VALIDATE_GATHER_H
#include "validate/program/command.h"

/**
   The crates of a command line, in order: the operands, with --recursive the
   crates below them, then those of --files-from.

   A folder below an operand is a crate when it holds a metadata document; a
   file is one when it is a detached document, or an archive that holds a
   crate. Names that start with a dot and symbolic links are passed by.
   @param arena Holds the paths that are not the command's own.
   @return Failures are said.
*/
CrateStatus crate_gather(const CrateCommand *command,
                         CrateArena *arena,
                         CrateTexts *out);

#endif // CRATE_VALIDATE_GATHER_H
