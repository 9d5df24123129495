// SPDX-License-Identifier: Apache-2.0
/// @file Upper and lower case of all of Unicode.
#ifndef CRATE_BASE_LETTER_CASE_H
#define CRATE_BASE_LETTER_CASE_H
#include <cratekit/buffer.h>

/// Append a text with each character in upper, or else lower, case. The text
/// is valid UTF-8; characters whose other case is several stay.
CRATE_API void crate_buffer_add_case(CrateBuffer *buffer,
                                     CrateText text,
                                     bool upper);

#endif // CRATE_BASE_LETTER_CASE_H
