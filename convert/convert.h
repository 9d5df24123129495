// SPDX-License-Identifier: Apache-2.0
/// @file What the files of convert/ share.
#ifndef CRATE_CONVERT_CONVERT_H
#define CRATE_CONVERT_CONVERT_H
#include <cratekit/convert.h>

/// The identifiers that RDFC-1.0 issues, as a JSON object from the labels of
/// the document to "c14n0" and so on, in the order of issue.
CRATE_NODISCARD CrateStatus crate_convert_canonical_map(const CrateWorld *world,
                                                        CrateGraph *graph,
                                                        CrateHash hash,
                                                        CrateBuffer *buffer);

#endif // CRATE_CONVERT_CONVERT_H
