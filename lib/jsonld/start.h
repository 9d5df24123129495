// SPDX-License-Identifier: Apache-2.0
/// @file How every run begins.
#ifndef CRATE_JSONLD_START_H
#define CRATE_JSONLD_START_H
#include "jsonld/context.h"

/// The root of the document without repeated keys, and the initial active
/// context, expandContext applied.
CrateStatus crate_jsonld_start(CrateProcessor *p,
                               const CrateJsonDocument *document,
                               const CrateJson **root,
                               CrateActive **out);

#endif // CRATE_JSONLD_START_H
