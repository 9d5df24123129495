// SPDX-License-Identifier: Apache-2.0
#include "validate/program/fix.h"
#include "base/terminal.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  CONTEXT = 3,  // lines around a change
  WINDOW = 200, // lines looked ahead for the next common one
  MOST_BACKUPS = 100,
};

/// A text, line by line.
typedef struct {
  CrateText text;
  size_t at;
  size_t number; // of the next line, from 0
} Lines;

static CrateText
line_at(CrateText text, size_t at)
{
  const CrateText rest = crate_text_slice(text, at, text.size);
  return crate_text_slice(rest, 0, crate_text_find(rest, '\n') + 1u);
}

static CrateText
peek(const Lines *lines)
{
  return line_at(lines->text, lines->at);
}

static void
step(Lines *lines)
{
  lines->at += peek(lines).size;
  ++lines->number;
}

/// How far both must go until their lines agree again: the nearest way.
static void
resync(Lines a, Lines b, size_t *skip_a, size_t *skip_b)
{
  CrateText mine[WINDOW];
  CrateText theirs[WINDOW];
  size_t counts[2] = {0, 0};
  for (; counts[0] < WINDOW && a.at < a.text.size; step(&a)) {
    mine[counts[0]++] = peek(&a);
  }
  for (; counts[1] < WINDOW && b.at < b.text.size; step(&b)) {
    theirs[counts[1]++] = peek(&b);
  }
  for (size_t sum = 1; sum < counts[0] + counts[1]; ++sum) {
    for (size_t i = 0; i <= sum && i < counts[0]; ++i) {
      const size_t j = sum - i;
      if (j < counts[1] && crate_text_equal(mine[i], theirs[j])) {
        *skip_a = i;
        *skip_b = j;
        return;
      }
    }
  }
  *skip_a = counts[0];
  *skip_b = counts[1];
}

static void
add_line(CrateBuffer *out, char sign, CrateText line)
{
  while (line.size && (line.data[line.size - 1u] == '\n' ||
                       line.data[line.size - 1u] == '\r')) {
    --line.size;
  }
  crate_buffer_add_byte(out, sign);
  crate_terminal_escape(out, line);
  crate_buffer_add_byte(out, '\n');
}

/// The lines before a place, at most CONTEXT of them, back to `from`.
static size_t
context_start(CrateText text, size_t at, size_t from, size_t *lines)
{
  *lines = 0;
  while (at > from && *lines < CONTEXT) {
    --at;
    while (at > from && text.data[at - 1u] != '\n') {
      --at;
    }
    ++*lines;
  }
  return at;
}

static void
add_context(CrateBuffer *out, CrateText text, size_t from, size_t to)
{
  while (from < to) {
    const CrateText line = line_at(text, from);
    add_line(out, ' ', line);
    from += line.size;
  }
}

void
crate_fix_diff(CrateBuffer *out, const CrateMended *mended)
{
  Lines a = {mended->before, 0, 0};
  Lines b = {mended->after, 0, 0};
  size_t shown = 0; // up to here `a` was written
  crate_buffer_print(out, "--- %.*s\n+++ %.*s\n", CRATE_TEXT_ARG(mended->file),
                     CRATE_TEXT_ARG(mended->file));
  while (a.at < a.text.size || b.at < b.text.size) {
    if (a.at < a.text.size && b.at < b.text.size &&
        crate_text_equal(peek(&a), peek(&b))) {
      step(&a);
      step(&b);
      continue;
    }
    size_t skips[2] = {0, 0};
    size_t lines = 0;
    resync(a, b, &skips[0], &skips[1]);
    const size_t from = context_start(a.text, a.at, shown, &lines);
    crate_buffer_print(out, "@@ line %zu @@\n", a.number - lines + 1u);
    add_context(out, a.text, from, a.at);
    for (size_t i = 0; i < skips[0]; ++i, step(&a)) {
      add_line(out, '-', peek(&a));
    }
    for (size_t i = 0; i < skips[1]; ++i, step(&b)) {
      add_line(out, '+', peek(&b));
    }
    shown = a.at;
  }
}

static CrateStatus
refuse(const CrateWorld *world, const char *path)
{
  const CrateDiagnostic where = {.file = crate_text(path),
                                 .code = CRATE_TEXT("unwritable-file")};
  return crate_world_say(world, CRATE_UNREADABLE, &where, "cannot write: %s",
                         strerror(errno));
}

/// A new file with these bytes, and the mode of another.
static bool
save(const char *path, CrateText text, mode_t mode)
{
  FILE *const file = fopen(path, "wbx");
  if (!file) {
    return false;
  }
  bool good = fwrite(text.data, 1, text.size, file) == text.size;
  good = !fchmod(fileno(file), mode & 07777) && good;
  good = !fclose(file) && good;
  if (!good) {
    unlink(path);
  }
  return good;
}

static bool
back_up(const char *file, CrateText text, mode_t mode, char *path, size_t size)
{
  for (int i = 0; i < MOST_BACKUPS; ++i) {
    char number[16] = "";
    if (i) {
      snprintf(number, sizeof(number), "%d", i);
    }
    snprintf(path, size, "%s.bak%s", file, number);
    if (save(path, text, mode)) {
      return true;
    }
    if (errno != EEXIST) {
      break;
    }
  }
  return false;
}

CrateStatus
crate_fix_write(const CrateWorld *world, const CrateMended *mended)
{
  // Through a link to the document itself.
  char *const file = realpath(mended->file.data, NULL);
  struct stat about;
  char path[4200];
  if (!file || stat(file, &about) || strlen(file) > 4096) {
    const CrateStatus st = refuse(world, mended->file.data);
    free(file);
    return st;
  }
  bool good = back_up(file, mended->before, about.st_mode, path, sizeof(path));
  if (good) {
    snprintf(path, sizeof(path), "%s.new%ld", file, (long)getpid());
    good = save(path, mended->after, about.st_mode) && !rename(path, file);
  }
  const CrateStatus st = good ? CRATE_OK : refuse(world, path);
  free(file);
  return st;
}
