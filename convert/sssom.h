// SPDX-License-Identifier: Apache-2.0
/// @file Mappings as tables of SSSOM (Simple Standard for Sharing Ontological
/// Mappings): tab-separated rows of two terms each.
#ifndef CRATE_CONVERT_SSSOM_H
#define CRATE_CONVERT_SSSOM_H
#include <cratekit/buffer.h>

/**
   Write a table as a request of SPARQL Update: what has the class subject_id
   gets the class object_id, and what is said with the property subject_id is
   said with the property object_id, the other way round where that is written
   ^x. Rows with the predicate_modifier Not are passed by.

   @return CRATE_MALFORMED, said with code "invalid-sssom".
*/
CRATE_NODISCARD CrateStatus crate_sssom_write(const CrateWorld *world,
                                              CrateText name,
                                              CrateText bytes,
                                              CrateBuffer *update);

#endif // CRATE_CONVERT_SSSOM_H
