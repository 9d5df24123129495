// SPDX-License-Identifier: Apache-2.0
/// @file Attached crates, whose data lie beside the metadata, and detached
/// ones, whose data lie on the web: one as the other (RO-Crate 1.2, appendix
/// "Handling relative URI references").
#ifndef CRATE_CONVERT_SURGERY_PLACE_H
#define CRATE_CONVERT_SURGERY_PLACE_H
#include "convert/convert.h"

/**
   The job's document for a crate whose folder is served at the conversion's
   `detach`, a URL that ends in a slash: all that was relative is found there.
   The descriptor keeps its name.
   @param out In the job's arena.
   @return CRATE_BAD_ARGUMENT, said, when it is no such URL.
*/
CRATE_NODISCARD CrateStatus crate_job_detach(CrateJob *job, CrateJson **out);

/**
   The job's document for a folder that has what its root data entity's URL
   serves: what is below that becomes relative, the root "./", and its URL an
   identifier, if it has none.
   @return CRATE_UNSUPPORTED, said, when the root has no URL.
*/
CRATE_NODISCARD CrateStatus crate_job_attach(CrateJob *job, CrateJson **out);

#endif // CRATE_CONVERT_SURGERY_PLACE_H
