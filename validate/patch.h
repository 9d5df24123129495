// SPDX-License-Identifier: Apache-2.0
/// @file Writing JSON Patch (RFC 6902), an operation at a time.
#ifndef CRATE_VALIDATE_PATCH_H
#define CRATE_VALIDATE_PATCH_H
#include <cratekit/buffer.h>

/// `{"op":"<verb>","path":"<path>` + `<rest>"`, behind what `out` holds of
/// other operations; the rest of the operation open.
void crate_patch_begin(CrateBuffer *out,
                       const char *verb,
                       CrateText path,
                       const char *rest);

/// A member of the operation that is a string.
void crate_patch_text(CrateBuffer *out, const char *key, CrateText value);

/// Its value: {"@id": "<id>"}.
void crate_patch_reference(CrateBuffer *out, CrateText id);

void crate_patch_end(CrateBuffer *out);

#endif // CRATE_VALIDATE_PATCH_H
