// SPDX-License-Identifier: Apache-2.0
/// @file Repeated keys of one object: legal JSON, but nobody means it.
#ifndef CRATE_JSON_DUPLICATES_H
#define CRATE_JSON_DUPLICATES_H
#include <cratekit/json.h>

/// Remember the earliest repeated key of the document: look through one
/// object that was just closed. Fails only for want of memory.
CrateStatus crate_json_find_duplicate(CrateJsonDocument *document,
                                      const CrateJson *object);

#endif // CRATE_JSON_DUPLICATES_H
