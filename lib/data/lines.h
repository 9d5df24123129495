// SPDX-License-Identifier: Apache-2.0
/// @file Lines of a file, piece by piece and in bounded memory.
#ifndef CRATE_DATA_LINES_H
#define CRATE_DATA_LINES_H
#include <cratekit/buffer.h>

/// The longest line, in bytes.
#define CRATE_DATA_LONGEST_LINE ((size_t)16 << 20u)

/// Caller's memory; the fields are private.
typedef struct CrateDataLines {
  /// Takes a line without its end; a failure stops the reading, and is passed
  /// on. `number` from 1.
  CrateStatus (*take)(void *handle, CrateText line, uint64_t number);
  void *handle;
  CrateBuffer kept; ///< What is read, and no whole line yet.
  uint64_t number;
} CrateDataLines;

/// Ready to read; allocates nothing yet. Keeps the world.
void crate_data_lines_init(CrateDataLines *lines,
                           const CrateWorld *world,
                           CrateStatus (*take)(void *handle,
                                               CrateText line,
                                               uint64_t number),
                           void *handle);

void crate_data_lines_clear(CrateDataLines *lines);

/// Read on. CRATE_OVER_LIMIT, unsaid, for a line that is too long;
/// CRATE_NO_MEMORY; whatever the taker answers.
CrateStatus crate_data_lines_add(CrateDataLines *lines, CrateText piece);

/// The file has ended: its last line may have no end.
CrateStatus crate_data_lines_end(CrateDataLines *lines);

#endif // CRATE_DATA_LINES_H
