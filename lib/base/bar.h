// SPDX-License-Identifier: Apache-2.0
/// @file How far long work is, drawn on the last line of a terminal.
#ifndef CRATE_BASE_BAR_H
#define CRATE_BASE_BAR_H
#include <cratekit/buffer.h>
#include <cratekit/progress.h>
#include <stdio.h>

/// What is drawn, and when. Seconds are of any clock that never goes back.
typedef struct CrateBar {
  FILE *stream;
  double begun, drawn; ///< When the work began, and the bar was last drawn.
  bool working, shown;
} CrateBar;

/**
   Draw what is reported, once it has taken a second, and take it away at the
   end. Nothing is ever drawn where it would stay: the stream is no terminal,
   or one that cannot go back (TERM is "dumb" or not set).

   @param bar Filled; kept.
*/
CRATE_API CrateProgress crate_bar_progress(CrateBar *bar, FILE *stream);

/// The line, without colour, which nobody need switch off, and no wider than
/// the terminal: how much, how fast, and the file.
CRATE_API void crate_bar_format(CrateBuffer *buffer,
                                const CrateProgressStep *step,
                                double seconds,
                                unsigned columns);

#endif // CRATE_BASE_BAR_H
