// SPDX-License-Identifier: Apache-2.0
/// @file --fix: show what changes, keep the old document, write the new one.
#ifndef CRATE_VALIDATE_FIX_H
#define CRATE_VALIDATE_FIX_H
#include <cratekit/buffer.h>
#include <cratekit/validate.h>

/// The lines that change, as diff -u shows them.
void crate_fix_diff(CrateBuffer *out, const CrateMended *mended);

/// Copy the document to the first free of `<file>.bak`, `<file>.bak1`, …, and
/// put the mended one in its place at once. Failures are said.
CrateStatus crate_fix_write(const CrateWorld *world, const CrateMended *mended);

#endif // CRATE_VALIDATE_FIX_H
