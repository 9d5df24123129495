// SPDX-License-Identifier: Apache-2.0
#include "validate/program/known.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST = 4096 }; // of paths

/// What the baseline is in, or will be.
static const char *
file_of(const CrateProgram *program)
{
  return program->command.write_baseline ? program->command.write_baseline
                                         : program->command.baseline;
}

CrateStatus
crate_known_open(CrateProgram *program)
{
  const char *const file = file_of(program);
  if (!file) {
    return CRATE_OK;
  }
  program->command.style.baseline = true;
  CRATE_TRY(crate_baseline_new(program->world, &program->baseline));
  if (program->command.write_baseline) {
    return CRATE_OK; // what was known is not asked for
  }
  CrateFile bytes = {0};
  CrateStatus st = crate_file_read(program->world, crate_text(file), &bytes);
  st = st ? st
          : crate_baseline_read(program->baseline, crate_text(file),
                                crate_file_text(&bytes));
  crate_file_clear(&bytes);
  return st;
}

/// Append the segments of a path to an absolute one, without dots.
static void
walk(CrateBuffer *path, CrateText to)
{
  while (to.size) {
    const size_t slash = crate_text_find(to, '/');
    const CrateText segment = crate_text_slice(to, 0, slash);
    to = crate_text_slice(to, slash + 1u, to.size);
    if (crate_text_is(segment, "..")) {
      while (path->size && path->data[--path->size] != '/') {
      }
    } else if (segment.size && !crate_text_is(segment, ".")) {
      crate_buffer_add_byte(path, '/');
      crate_buffer_add(path, segment);
    }
  }
}

/// As /a/b; the root is empty.
static void
make_absolute(CrateBuffer *out, CrateText path)
{
  char here[LONGEST];
  const bool relative = !crate_text_starts(path, CRATE_TEXT("/"));
  if (relative && getcwd(here, sizeof(here))) {
    walk(out, crate_text(here));
  }
  walk(out, path);
}

/// How the second leads on from the first, both absolute.
static void
relate(CrateBuffer *out, CrateText from, CrateText to)
{
  size_t common = 0;
  for (size_t i = 0;; ++i) {
    const bool ends = (i == from.size || from.data[i] == '/') &&
                      (i == to.size || to.data[i] == '/');
    common = ends ? i : common;
    if (i >= from.size || i >= to.size || from.data[i] != to.data[i]) {
      break;
    }
  }
  for (size_t i = common; i < from.size; ++i) {
    crate_buffer_add_string(out, from.data[i] == '/' ? "../" : "");
  }
  crate_buffer_add(out, crate_text_slice(to, common + 1u, to.size));
  if (!out->size) {
    crate_buffer_add_byte(out, '.');
  } else if (out->data[out->size - 1u] == '/') {
    --out->size;
  }
}

/// A metadata document alone is known by the crate that it belongs to: a
/// detached one, with a prefix to its name, by itself.
static CrateText
without_document(CrateText path)
{
  static const char *const names[] = {"ro-crate-metadata.json",
                                      "ro-crate-metadata.jsonld"};
  size_t slash = path.size;
  while (slash && path.data[slash - 1u] != '/') {
    --slash;
  }
  const CrateText name = crate_text_slice(path, slash, path.size);
  for (size_t i = 0; i < 2; ++i) {
    if (crate_text_is(name, names[i])) {
      return slash ? crate_text_slice(path, 0, slash) : CRATE_TEXT(".");
    }
  }
  return path;
}

/// What the baseline calls a crate: its path from the baseline's folder.
static void
name_crate(CrateBuffer *out, const char *file, CrateText path)
{
  CrateBuffer from;
  CrateBuffer to;
  if (crate_text_is(path, "-")) {
    crate_buffer_add(out, path);
    return;
  }
  crate_buffer_init(&from, out->world);
  crate_buffer_init(&to, out->world);
  make_absolute(&from, crate_text(file));
  walk(&from, CRATE_TEXT(".."));
  make_absolute(&to, path);
  relate(out, crate_buffer_text(&from), crate_buffer_text(&to));
  out->status = out->status   ? out->status
                : from.status ? from.status
                              : to.status;
  crate_buffer_clear(&from);
  crate_buffer_clear(&to);
}

CrateStatus
crate_known_mark(CrateProgram *program, CrateVerdict *verdict)
{
  CrateBuffer name;
  if (!program->baseline) {
    return CRATE_OK;
  }
  const CrateText path = without_document(verdict->path);
  const bool whole =
    crate_text_equal(path, verdict->path) && !program->command.metadata_only;
  crate_buffer_init(&name, program->world);
  name_crate(&name, file_of(program), path);
  CrateStatus st = crate_buffer_status(&name);
  const CrateText crate = crate_buffer_text(&name);
  if (!st) {
    st = program->command.write_baseline
           ? crate_baseline_add(program->baseline, crate, verdict)
           : crate_baseline_apply(program->baseline, crate, whole, verdict);
  }
  crate_buffer_clear(&name);
  return st;
}

static CrateStatus
say_gone(const CrateProgram *program)
{
  const size_t gone = crate_baseline_gone(program->baseline);
  const CrateDiagnostic where = {.level = CRATE_DIAGNOSTIC_NOTE,
                                 .file = crate_text(program->command.baseline),
                                 .code = CRATE_TEXT("baseline")};
  return gone ? crate_world_say(program->world, CRATE_OK, &where,
                                "%zu %s; --write-baseline forgets %s", gone,
                                gone == 1 ? "finding no longer occurs"
                                          : "findings no longer occur",
                                gone == 1 ? "it" : "them")
              : CRATE_OK;
}

static CrateStatus
save(const CrateProgram *program, const char *path)
{
  CrateBuffer text;
  CrateOutput output = {.world = program->world, .path = path, .whole = true};
  crate_buffer_init(&text, program->world);
  text.flush = crate_output_write;
  text.handle = &output;
  crate_baseline_write(program->baseline, &text);
  crate_buffer_flush(&text);
  const CrateStatus st =
    crate_output_close(&output, crate_buffer_status(&text));
  crate_buffer_clear(&text);
  return st;
}

/// At once, through a link to the file itself: an old one is not lost halfway.
static CrateStatus
replace(const CrateProgram *program, const char *path)
{
  struct stat about;
  char *const file = realpath(path, NULL);
  char fresh[LONGEST + 32];
  if (file && !stat(file, &about) && !S_ISREG(about.st_mode)) {
    free(file);
    return save(program, path); // a pipe, say
  }
  snprintf(fresh, sizeof(fresh), "%.*s.new%ld", LONGEST, file ? file : path,
           (long)getpid());
  CrateStatus st = save(program, fresh);
  if (!st && rename(fresh, file ? file : path)) {
    unlink(fresh);
    const CrateDiagnostic where = {.file = crate_text(path),
                                   .code = CRATE_TEXT("unwritable-file")};
    st =
      crate_world_say(program->world, CRATE_UNREADABLE, &where, "cannot write");
  }
  free(file);
  return st;
}

CrateStatus
crate_known_close(CrateProgram *program, CrateStatus status)
{
  const char *const file = program->command.write_baseline;
  if (status || !program->baseline) {
    return status;
  }
  return file ? replace(program, file) : say_gone(program);
}
