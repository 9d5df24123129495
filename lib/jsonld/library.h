// SPDX-License-Identifier: Apache-2.0
/// @file Where remote contexts come from: maps and the bundle.
#ifndef CRATE_JSONLD_LIBRARY_H
#define CRATE_JSONLD_LIBRARY_H
#include "jsonld/processor.h"

/// The frozen blob that an IRI stands for, unless the user mapped it.
const char *crate_library_frozen(const CrateLibrary *library, CrateText iri);

/**
   Load a remote context: 4.1.2, steps 5.2.4 and 5.2.5.

   @param source,offset Where the IRI stood, for complaints.
   @param out_source The context's own source.
   @param out The value of its @context. Both live as long as the library.
*/
CrateStatus crate_library_load(CrateProcessor *p,
                               CrateText iri,
                               const CrateSource *source,
                               uint32_t offset,
                               const CrateSource **out_source,
                               const CrateJson **out);

#endif // CRATE_JSONLD_LIBRARY_H
