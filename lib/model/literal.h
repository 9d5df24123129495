// SPDX-License-Identifier: Apache-2.0
/// @file Literals of Python, as headers of .npy files have them. Never run.
#ifndef CRATE_MODEL_LITERAL_H
#define CRATE_MODEL_LITERAL_H
#include <cratekit/text.h>

/// A place in a text. The first thing that is wrong sticks.
typedef struct CrateLiteral {
  const char *start, *at, *end;
  const char *wrong;
  unsigned depth; ///< Lists that may still lie in one another.
} CrateLiteral;

CrateLiteral crate_literal_begin(CrateText text, unsigned depth);

/// Say what is wrong, unless something is already.
void crate_literal_fail(CrateLiteral *literal, const char *wrong);

/// The next byte that is no white space; 0 at the end. Does not move.
char crate_literal_peek(CrateLiteral *literal);

/// Move over that byte: a failure when it is another.
void crate_literal_expect(CrateLiteral *literal, char byte);

/// Move over it if it is this one.
bool crate_literal_accept(CrateLiteral *literal, char byte);

/// A string without its quotes. Escapes are left as they are.
CrateText crate_literal_string(CrateLiteral *literal);

/// A whole number that is not below zero.
uint64_t crate_literal_count(CrateLiteral *literal);

bool crate_literal_boolean(CrateLiteral *literal);

/**
   A tuple of whole numbers, or a number alone.

   @return How many there are; `out` has the first `most`.
*/
size_t crate_literal_counts(CrateLiteral *literal, uint64_t *out, size_t most);

/// A value of any kind is moved over; a view of it.
CrateText crate_literal_skip(CrateLiteral *literal);

#endif // CRATE_MODEL_LITERAL_H
