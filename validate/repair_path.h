// SPDX-License-Identifier: Apache-2.0
/// @file An @id that is spelt otherwise than the file it means.
#ifndef CRATE_VALIDATE_REPAIR_PATH_H
#define CRATE_VALIDATE_REPAIR_PATH_H
#include "validate/checks/checks.h"
#include <cratekit/buffer.h>

/**
   Write the operations that give an entity, and every reference to it, the path
   of the one file or folder in the package whose name differs in nothing but
   letter case, Unicode form, percent-encoding or the slant of its slashes.
   Nothing where there is none, where there are two, or where another entity has
   that @id.

   @param index Of the entity in the view.
   @param out   Gets the operations, without the last bracket.
*/
void crate_repair_path(CrateChecks *checks, size_t index, CrateBuffer *out);

#endif // CRATE_VALIDATE_REPAIR_PATH_H
