// SPDX-License-Identifier: Apache-2.0
/// @file The data compiled from profiles/ and carried inside the library.
#ifndef CRATE_BASE_BUNDLE_H
#define CRATE_BASE_BUNDLE_H
#include <cratekit/text.h>

/// The whole bundle: defined by the bundle object of the library, and empty
/// in the compiler that makes it. Blobs as written by profiles/compile.c.
CrateText crate_bundle(void);

/// One named blob ("context/ro-crate-1.1", "profile/ro-crate-1.2"), 8-byte
/// aligned, or the empty text. A view, valid forever.
CrateText crate_bundle_find(CrateText name);

/// Name of the i-th blob, sorted by name; empty past the end.
CrateText crate_bundle_name(uint32_t i);

#endif // CRATE_BASE_BUNDLE_H
