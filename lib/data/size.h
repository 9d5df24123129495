// SPDX-License-Identifier: Apache-2.0
/// @file Sizes as people write them: "12.5 MB".
#ifndef CRATE_DATA_SIZE_H
#define CRATE_DATA_SIZE_H
#include <cratekit/text.h>

/// Whether a file of so many bytes may be said to have that size: a bare
/// number is bytes, units are of 1000 or of 1024, and a number with a unit may
/// have been rounded. What is no size at all fits any file.
bool crate_size_fits(CrateText text, uint64_t bytes);

#endif // CRATE_DATA_SIZE_H
