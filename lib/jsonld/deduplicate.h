// SPDX-License-Identifier: Apache-2.0
/// @file A tree whose objects repeat no key.
#ifndef CRATE_JSONLD_DEDUPLICATE_H
#define CRATE_JSONLD_DEDUPLICATE_H
#include "jsonld/processor.h"

/// Copy a tree into the processor's output arena, of repeated keys keeping
/// the last value: the algorithms know maps only.
CrateStatus crate_deduplicate(CrateProcessor *p,
                              const CrateJson *value,
                              CrateJson **out);

#endif // CRATE_JSONLD_DEDUPLICATE_H
