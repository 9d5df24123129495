// SPDX-License-Identifier: Apache-2.0
/// @file What the text of a table's cell can be read as.
#ifndef CRATE_DATA_CELL_H
#define CRATE_DATA_CELL_H
#include <cratekit/text.h>

/// Whether nothing is there: no text, or a word that readers of tables take
/// for a missing value ("NA", "NaN", "null", "None").
bool crate_cell_is_missing(CrateText text);

/// true and false, in letters of one case or with a capital, and 1 and 0.
bool crate_cell_is_boolean(CrateText text);

/// Digits with a sign or none. `bits`: it fits into so many, negative for a
/// signed integer; 0 for any.
bool crate_cell_is_integer(CrateText text, int bits);

/// A decimal number, with an exponent or none; infinities and NaN too.
bool crate_cell_is_number(CrateText text);

/// Four numbers, bare or in brackets, with blanks or commas between them.
bool crate_cell_is_box(CrateText text);

#endif // CRATE_DATA_CELL_H
