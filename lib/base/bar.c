// SPDX-License-Identifier: Apache-2.0
#include "base/bar.h"
#include "base/terminal.h"
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/// Cells between the brackets.
#define CELLS 20u

/// What is over sooner needs no bar.
#define PATIENCE 1.0

/// Between two drawings.
#define PAUSE 0.1

static double
now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static unsigned
columns_of(FILE *stream)
{
  struct winsize size = {0};
  return !ioctl(fileno(stream), TIOCGWINSZ, &size) && size.ws_col ? size.ws_col
                                                                  : 80u;
}

static void
add_bytes(CrateBuffer *buffer, double bytes)
{
  static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
  size_t unit = 0;
  while (bytes >= 1000 && unit + 1u < sizeof(units) / sizeof(*units)) {
    bytes /= 1000;
    ++unit;
  }
  crate_buffer_print(buffer, unit && bytes < 10 ? "%.1f %s" : "%.0f %s", bytes,
                     units[unit]);
}

/// Columns that a sequence takes: those of the far East take two, and of what
/// takes none nobody minds a column too many.
static unsigned
width_of(const char *at)
{
  const unsigned char lead = (unsigned char)*at;
  const bool wide = lead >= 0xE1u; // U+1000 and above
  return (lead & 0xC0u) == 0x80u ? 0 : wide ? 2 : 1;
}

/// The end of a text: a path's last segments tell most.
static CrateText
last_columns(CrateText text, unsigned columns)
{
  size_t at = text.size;
  unsigned used = 0;
  for (size_t i = text.size; i-- && used <= columns;) {
    used += width_of(text.data + i);
    if (used <= columns && width_of(text.data + i)) {
      at = i;
    }
  }
  return crate_text_slice(text, at, text.size);
}

static void
add_file(CrateBuffer *buffer, CrateText file, unsigned columns)
{
  CrateBuffer escaped;
  CrateWorld world;
  crate_world_init(&world);
  crate_buffer_init(&escaped, &world);
  crate_terminal_escape(&escaped, file);
  const CrateText whole = crate_buffer_text(&escaped);
  const CrateText end = last_columns(whole, columns);
  if (end.size == whole.size) {
    crate_buffer_add(buffer, end);
  } else if (columns > 3u) {
    crate_buffer_add_string(buffer, "...");
    crate_buffer_add(buffer, last_columns(whole, columns - 3u));
  }
  crate_buffer_clear(&escaped);
}

void
crate_bar_format(CrateBuffer *buffer,
                 const CrateProgressStep *step,
                 double seconds,
                 unsigned columns)
{
  const double share =
    step->total ? (double)step->done / (double)step->total : 1;
  const unsigned full = (unsigned)(share * CELLS);
  const size_t start = buffer->size;
  crate_buffer_add_byte(buffer, '[');
  for (unsigned i = 0; i < CELLS; ++i) {
    crate_buffer_add_byte(buffer, i < full ? '=' : i == full ? '>' : ' ');
  }
  crate_buffer_print(buffer, "] %2.0f %%  ", share * 100);
  add_bytes(buffer, (double)step->done);
  crate_buffer_add_string(buffer, " of ");
  add_bytes(buffer, (double)step->total);
  crate_buffer_add_string(buffer, ", ");
  add_bytes(buffer, seconds > 0 ? (double)step->done / seconds : 0);
  crate_buffer_add_string(buffer, "/s  ");
  const size_t used = buffer->size - start;
  if (used >= columns) { // a narrow one: the beginning will do
    buffer->size = start + (columns ? columns - 1u : 0);
    return;
  }
  // The last column stays free: some terminals begin a new line behind it.
  add_file(buffer, step->file, columns - (unsigned)used - 1u);
}

/// The line and the rest of it in one piece, so that nothing flickers.
static void
draw(CrateBar *bar, const CrateProgressStep *step, double time)
{
  CrateWorld world;
  CrateBuffer line;
  crate_world_init(&world);
  crate_buffer_init(&line, &world);
  crate_buffer_add_byte(&line, '\r');
  if (!step->ended) {
    crate_bar_format(&line, step, time - bar->begun, columns_of(bar->stream));
  }
  crate_buffer_add_string(&line, "\x1B[K");
  if (!crate_buffer_status(&line)) {
    fwrite(line.data, 1, line.size, bar->stream);
    fflush(bar->stream);
  }
  crate_buffer_clear(&line);
  bar->drawn = time;
  bar->shown = !step->ended;
}

static void
take_step(void *handle, const CrateProgressStep *step)
{
  CrateBar *const bar = (CrateBar *)handle;
  const double time = now();
  if (!bar->working) {
    bar->begun = time;
  }
  bar->working = !step->ended;
  if (step->ended ? bar->shown
                  : time - bar->begun >= PATIENCE &&
                      (!bar->shown || time - bar->drawn >= PAUSE)) {
    draw(bar, step, time);
  }
}

CrateProgress
crate_bar_progress(CrateBar *bar, FILE *stream)
{
  const char *const terminal = getenv("TERM");
  const bool able =
    terminal && *terminal && strcmp(terminal, "dumb") && isatty(fileno(stream));
  *bar = (CrateBar){.stream = stream};
  return (CrateProgress){able ? take_step : NULL, bar};
}
