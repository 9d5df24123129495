// SPDX-License-Identifier: Apache-2.0
/// @file What a plain scalar of YAML stands for.
#ifndef CRATE_CONVERT_YAML_WORDS_H
#define CRATE_CONVERT_YAML_WORDS_H
#include "convert/tree/tree.h"

/// The kind of a plain scalar: YAML 1.2, 10.3.2 (core schema), but that a
/// number that JSON has no lexeme for stays the text that it is.
CrateTreeKind crate_yaml_kind(CrateText text);

/// Whether every reader takes a plain scalar for a string, those of YAML 1.1
/// as well: there, "no" is a boolean, 1:30 is a number, 2024-01-31 is a date.
bool crate_yaml_is_string(CrateText text);

#endif // CRATE_CONVERT_YAML_WORDS_H
