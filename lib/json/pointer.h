// SPDX-License-Identifier: Apache-2.0
/// @file Making JSON Pointers (RFC 6901), a token at a time.
#ifndef CRATE_JSON_POINTER_H
#define CRATE_JSON_POINTER_H
#include <cratekit/json.h>

/// Go down to a child of a container: add its token. `child` is an element,
/// the index-th, or the key of a member, whose value is the answer.
const CrateJson *crate_pointer_step(const CrateJson *container,
                                    const CrateJson *child,
                                    size_t index,
                                    CrateBuffer *out);

/// Go down to the last child that starts at or before the offset; NULL, and
/// no token, when there is none.
const CrateJson *crate_pointer_descend(const CrateJson *container,
                                       uint32_t offset,
                                       CrateBuffer *out);

#endif // CRATE_JSON_POINTER_H
