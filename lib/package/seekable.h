// SPDX-License-Identifier: Apache-2.0
/// @file A packed run of bytes that is read anywhere, by several threads.
#ifndef CRATE_PACKAGE_SEEKABLE_H
#define CRATE_PACKAGE_SEEKABLE_H
#include "package/inflow.h"

/// What was unpacked last is kept in blocks, as readers ask for small pieces,
/// and not always in order. Beside it there are the points of the run.
typedef struct CrateSeekable CrateSeekable;

/// Takes the run, but for its bytes: whoever frees this frees them.
CrateStatus crate_seekable_new(CrateInflow *run, CrateSeekable **out);

/**
   Read at an offset of the unpacked bytes; from any thread.

   @param got Less than `size` only at the end.
   @return As crate_inflow_read(); said while the run is locked.
*/
CrateStatus crate_seekable_read(CrateSeekable *seekable,
                                uint64_t offset,
                                unsigned char *out,
                                size_t size,
                                size_t *got);

/// Accepts NULL. Leaves the run's bytes open.
void crate_seekable_free(CrateSeekable *seekable);

#endif // CRATE_PACKAGE_SEEKABLE_H
