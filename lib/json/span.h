// SPDX-License-Identifier: Apache-2.0
/// @file Where a value's text ends, and what stands around it.
#ifndef CRATE_JSON_SPAN_H
#define CRATE_JSON_SPAN_H
#include <cratekit/json.h>

/// One past the last byte of a value, or of a key.
uint32_t crate_json_end(const CrateJsonDocument *document,
                        const CrateJson *value);

/// The white space in front of a byte, back to other text.
CrateText crate_json_space_before(const CrateJsonDocument *document,
                                  uint32_t offset);

#endif // CRATE_JSON_SPAN_H
