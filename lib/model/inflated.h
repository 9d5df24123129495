// SPDX-License-Identifier: Apache-2.0
/// @file What a file unpacks to, with zlib or gzip, as a source of its own: in
/// the memory of a window, however large it is.
#ifndef CRATE_MODEL_INFLATED_H
#define CRATE_MODEL_INFLATED_H
#include "model/reading.h"

typedef struct CrateInflated CrateInflated;

/// Whether a beginning is that of zlib or gzip.
bool crate_inflated_begins(CrateText head);

/**
   Unpack once to learn the size, and make ready to read from the front. Going
   back further than the window unpacks again from the start, a few times.

   New, ended with crate_inflated_free(). @param out A reading of the same
   model, whose tensors are PACKED.
   @return CRATE_MALFORMED, CRATE_OVER_LIMIT (archive_ratio), said.
*/
CrateStatus crate_inflated_open(const CrateModelReading *reading,
                                CrateInflated **inflated,
                                CrateModelReading *out);

/// Accepts NULL.
void crate_inflated_free(CrateInflated *inflated);

#endif // CRATE_MODEL_INFLATED_H
