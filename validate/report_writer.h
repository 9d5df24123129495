// SPDX-License-Identifier: Apache-2.0
/// @file JSON written piece by piece, indented or on one line, for reports.
#ifndef CRATE_VALIDATE_REPORT_WRITER_H
#define CRATE_VALIDATE_REPORT_WRITER_H
#include <cratekit/buffer.h>

/// Writes members and elements with the commas where they belong. Start with
/// all but the buffer zero.
typedef struct CrateWriter {
  CrateBuffer *buffer;
  unsigned depth;
  bool first;   // of the innermost object or array
  bool compact; // all on one line
} CrateWriter;

/// Start a member, whose value the caller writes; without a key, an element.
void crate_writer_name(CrateWriter *writer, const char *key);

/// Begin an object or array: '{' or '['. The outermost has no key.
void crate_writer_open(CrateWriter *writer, const char *key, char bracket);

/// End it: '}' or ']'.
void crate_writer_close(CrateWriter *writer, char bracket);

/// A string; empty ones are null, as there is nothing to say.
void crate_writer_text(CrateWriter *writer, const char *key, CrateText text);

/// A string, or no member at all when it is empty.
void crate_writer_given(CrateWriter *writer, const char *key, CrateText text);

/// A string that the program knows.
void crate_writer_string(CrateWriter *writer,
                         const char *key,
                         const char *string);

void crate_writer_number(CrateWriter *writer, const char *key, size_t number);

void crate_writer_flag(CrateWriter *writer, const char *key, bool flag);

/// A line or column, which count from 1; no place is null.
void crate_writer_place(CrateWriter *writer, const char *key, uint32_t number);

#endif // CRATE_VALIDATE_REPORT_WRITER_H
