// SPDX-License-Identifier: Apache-2.0
/// @file Words for a person: what went wrong and where.
#ifndef CRATE_DIAGNOSTIC_H
#define CRATE_DIAGNOSTIC_H
#include <cratekit/attributes.h>
#include <cratekit/text.h>
CRATE_BEGIN_DECLS

typedef enum {
  CRATE_DIAGNOSTIC_ERROR,
  CRATE_DIAGNOSTIC_WARNING,
  CRATE_DIAGNOSTIC_NOTE,
} CrateDiagnosticLevel;

/// One complaint. Everything in it is a view that dies with the call.
typedef struct CrateDiagnostic {
  CrateDiagnosticLevel level;
  CrateText file;    ///< Empty when no file is to blame.
  uint32_t line;     ///< From 1; 0 when unknown.
  uint32_t column;   ///< From 1, in bytes; 0 when unknown.
  uint32_t origin;   ///< From 1: byte of a graph's origins, for a sink that can
                     ///< place it; 0 when unknown.
  CrateText code;    ///< Stable, hyphenated, e.g. "invalid-local-context".
  CrateText message; ///< One line, lower case, no full stop; unescaped.
} CrateDiagnostic;

/// Where diagnostics go. `write` may be NULL: then they are dropped.
typedef struct CrateSink {
  void (*write)(void *handle, const CrateDiagnostic *diagnostic);
  void *handle;
} CrateSink;

CRATE_END_DECLS
#endif // CRATE_DIAGNOSTIC_H
