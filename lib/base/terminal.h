// SPDX-License-Identifier: Apache-2.0
/// @file Diagnostics as the programs print them.
#ifndef CRATE_BASE_TERMINAL_H
#define CRATE_BASE_TERMINAL_H
#include <cratekit/buffer.h>
#include <cratekit/diagnostic.h>
#include <stdio.h>

/// Where a program talks to people. The program chooses the stream.
typedef struct CrateTerminal {
  FILE *stream;
  const char *program; ///< Blamed when no file is.
  size_t errors;       ///< Counted by the sink.
} CrateTerminal;

/// A sink that writes `file:line:column: error: message [code]`, in one
/// piece, nothing in it able to steer a terminal. Keeps the terminal.
CRATE_API CrateSink crate_terminal_sink(CrateTerminal *terminal);

/// Append a text with everything a terminal might obey written as an escape:
/// control codes, bidirectional overrides, bytes that are not UTF-8.
CRATE_API void crate_terminal_escape(CrateBuffer *buffer, CrateText text);

/// The line, with the newline, that the sink writes.
CRATE_API void crate_terminal_format(CrateBuffer *buffer,
                                     const char *program,
                                     const CrateDiagnostic *diagnostic);

#endif // CRATE_BASE_TERMINAL_H
