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
  CrateMap wide; // offset of a container -> its children in an array
} CrateLocator;

/// Keeps the document, whose tree may be missing (it was no JSON).
CRATE_NODISCARD CrateStatus
crate_locator_init(CrateLocator *locator,
                   const CrateWorld *world,
                   const CrateJsonDocument *document);

/// Accepts one that failed or is all zero.
void crate_locator_clear(CrateLocator *locator);

CratePlace crate_locator_place(const CrateLocator *locator, uint32_t offset);

/// The line around a byte, without its end; empty when it is longer than
/// `most` bytes. A view of the document.
CrateText crate_locator_line(const CrateLocator *locator,
                             uint32_t offset,
                             size_t most);

/// As crate_json_pointer() from the root, but logarithmic in the breadth.
CRATE_NODISCARD CrateStatus crate_locator_pointer(CrateLocator *locator,
                                                  uint32_t offset,
                                                  CrateBuffer *out);

#endif // CRATE_JSON_LOCATOR_H
