// SPDX-License-Identifier: Apache-2.0
/// @file Places of many values of one document, each found in a few steps
/// however the document is laid out: on one line, in one wide array.
#ifndef CRATE_JSON_LOCATOR_H
#define CRATE_JSON_LOCATOR_H
#include <cratekit/json.h>
#include <cratekit/map.h>

/// Caller's memory; fields are private. End it with crate_locator_clear().
typedef struct CrateLocator {
  const CrateJsonDocument *document;
  CrateLines *lines;
  CrateArena arena;
  CrateMap wide;        // offset of a container -> its children in an array
  uint32_t *characters; // before each block of the document, or NULL
} CrateLocator;

/// Keeps the document, whose tree may be missing (it was no JSON).
CRATE_NODISCARD CrateStatus
crate_locator_init(CrateLocator *locator,
                   const CrateWorld *world,
                   const CrateJsonDocument *document);

/// Accepts one that failed or is all zero.
void crate_locator_clear(CrateLocator *locator);

CratePlace crate_locator_place(const CrateLocator *locator, uint32_t offset);

/**
   The line around a byte, without its end; of a longer one the piece that
   starts a little before the byte.

   @param most   Bytes of it.
   @param column Where in its line the piece starts, from 1, in bytes.
   @return A view of the document; empty past its end.
*/
CrateText crate_locator_excerpt(const CrateLocator *locator,
                                uint32_t offset,
                                size_t most,
                                uint32_t *column);

/// The column of a byte in characters (code points), from 1; 0 when there is
/// no memory for it.
uint32_t crate_locator_character(CrateLocator *locator, uint32_t offset);

/// As crate_json_pointer() from the root, but logarithmic in the breadth.
/// `named` may be NULL; else the value that the pointer names.
CRATE_NODISCARD CrateStatus crate_locator_pointer(CrateLocator *locator,
                                                  uint32_t offset,
                                                  CrateBuffer *out,
                                                  const CrateJson **named);

#endif // CRATE_JSON_LOCATOR_H
