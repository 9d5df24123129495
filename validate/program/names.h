// SPDX-License-Identifier: Apache-2.0
/// @file Rules and profiles that somebody names and that there are not.
#ifndef CRATE_VALIDATE_NAMES_H
#define CRATE_VALIDATE_NAMES_H
#include "validate/program/program.h"

/// Say each rule of --skip and each rule and profile of the settings that does
/// not exist: one that is misspelt would stay as it is, and nobody would know
/// why.
CrateStatus crate_names_check(CrateProgram *program);

#endif // CRATE_VALIDATE_NAMES_H
