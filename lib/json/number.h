// SPDX-License-Identifier: Apache-2.0
/// @file JSON numbers and doubles, whatever the process's locale writes for a
/// decimal point: the library may live in a process that has set one.
#ifndef CRATE_JSON_NUMBER_H
#define CRATE_JSON_NUMBER_H
#include <cratekit/world.h>

/// The double nearest to a lexeme of RFC 8259 section 6; may be infinite.
CRATE_NODISCARD CrateStatus crate_number_parse(const CrateWorld *world,
                                               CrateText lexeme,
                                               double *out);

/// The double printed by "%.*e": its digits without the point, and the power
/// of ten of the first. `number` is finite and not negative.
int crate_number_digits(double number, int precision, char digits[24]);

#endif // CRATE_JSON_NUMBER_H
