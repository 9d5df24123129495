// SPDX-License-Identifier: Apache-2.0
/// @file --watch: judge again whenever something changes.
#ifndef CRATE_VALIDATE_WATCHING_H
#define CRATE_VALIDATE_WATCHING_H
#include "validate/program/program.h"

/**
   Judge, and again after each change, each time in a process of its own, until
   a signal ends it.

   @param judge  Does what the command line says, the program being its handle,
   and answers the exit status.
   @param status The last one.
*/
CrateStatus crate_watching(CrateProgram *program,
                           int (*judge)(void *program),
                           int *status);

#endif // CRATE_VALIDATE_WATCHING_H
