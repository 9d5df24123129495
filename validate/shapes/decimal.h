// SPDX-License-Identifier: Apache-2.0
/// @file Numbers of any length, compared digit by digit.
#ifndef CRATE_SHAPES_DECIMAL_H
#define CRATE_SHAPES_DECIMAL_H
#include "validate/shapes/datatype.h"

typedef enum {
  CRATE_NUMBER_FINITE,
  CRATE_NUMBER_INFINITE,
  CRATE_NUMBER_NAN,
} CrateNumberKind;

/// A number read from a lexical form; the digits are a view of it.
typedef struct CrateNumber {
  CrateText digits; // from the first digit that is not 0; may hold a point
  int64_t point;    // digits before the point, exponent counted in
  CrateNumberKind kind;
  bool negative;
} CrateNumber;

/// xsd:decimal's lexical form (also integers); false for anything else.
bool crate_number_decimal(CrateText lexical, CrateNumber *out);

/// xsd:double's, or with `single` xsd:float's, whose overflow is infinite.
bool crate_number_double(CrateText lexical, bool single, CrateNumber *out);

CrateOrder crate_number_compare(const CrateNumber *a, const CrateNumber *b);

#endif // CRATE_SHAPES_DECIMAL_H
