// SPDX-License-Identifier: Apache-2.0
// compile-profiles SOURCE EXAMPLES OUT DEPFILE: what profiles/ holds, and the
// examples of its rules, made into the bundle that the library carries
// (lib/base/bundle.c reads it).
#include "compile.h"
#include "base/file.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

/// What goes into the bundle. A new kind of input is a new row.
static CrateStatus (*const kinds[])(CrateCompiler *) = {
  crate_compile_contexts,
  crate_compile_mappings,
  crate_compile_profiles,
};

static void
write_diagnostic(void *handle, const CrateDiagnostic *diagnostic)
{
  (void)handle;
  fprintf(stderr, "%.*s:%u:%u: %.*s [%.*s]\n", CRATE_TEXT_ARG(diagnostic->file),
          (unsigned)diagnostic->line, (unsigned)diagnostic->column,
          CRATE_TEXT_ARG(diagnostic->message),
          CRATE_TEXT_ARG(diagnostic->code));
}

CrateStatus
crate_compiler_add(CrateCompiler *compiler, CrateText name, CrateText bytes)
{
  CrateBlob *const blob = crate_arena_allocate(&compiler->arena, sizeof *blob);
  if (!blob) {
    return crate_arena_status(&compiler->arena);
  }
  CRATE_TRY(crate_arena_copy(&compiler->arena, name, &blob->name));
  CRATE_TRY(crate_arena_copy(&compiler->arena, bytes, &blob->bytes));
  blob->next = compiler->blobs;
  compiler->blobs = blob;
  ++compiler->blob_count;
  return CRATE_OK;
}

CrateStatus
crate_compiler_note(CrateCompiler *compiler, CrateText path, CrateText *out)
{
  const CrateText parts[] = {compiler->source, CRATE_TEXT("/"), path};
  CRATE_TRY(crate_arena_join(&compiler->arena, parts, 3, out));
  crate_buffer_add_byte(&compiler->inputs, ' ');
  for (size_t i = 0; i < out->size; ++i) {
    if (out->data[i] == ' ') {
      crate_buffer_add_byte(&compiler->inputs, '\\');
    }
    crate_buffer_add_byte(&compiler->inputs, out->data[i]);
  }
  return crate_buffer_status(&compiler->inputs);
}

CrateStatus
crate_compiler_read(CrateCompiler *compiler, CrateText path, CrateText *out)
{
  CrateText full;
  CrateFile file;
  CRATE_TRY(crate_compiler_note(compiler, path, &full));
  CRATE_TRY(crate_file_read(compiler->world, full, &file));
  const CrateStatus status =
    crate_arena_copy(&compiler->arena, crate_file_text(&file), out);
  crate_file_clear(&file);
  return status;
}

static int
by_text(const void *a, const void *b)
{
  const CrateText *const left = a;
  const CrateText *const right = b;
  return crate_text_compare(*left, *right);
}

/// Read the names of an open folder, at most `room`.
static CrateStatus
read_names(CrateCompiler *compiler,
           DIR *directory,
           CrateText ending,
           CrateText *names,
           size_t *count)
{
  for (const struct dirent *at; (at = readdir(directory)) && *count < 512;) {
    const CrateText name = crate_text(at->d_name);
    if (crate_text_ends(name, ending)) {
      CRATE_TRY(crate_arena_copy(&compiler->arena, name, &names[(*count)++]));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_compiler_list(CrateCompiler *compiler,
                    CrateText folder,
                    CrateText ending,
                    CrateText **names,
                    size_t *count)
{
  CrateText full;
  *count = 0;
  *names = crate_arena_array(&compiler->arena, 512, sizeof **names);
  if (!*names) {
    return crate_arena_status(&compiler->arena);
  }
  CRATE_TRY(crate_compiler_note(compiler, folder, &full));
  DIR *const directory = opendir(full.data);
  if (!directory) {
    return CRATE_UNREADABLE;
  }
  const CrateStatus status =
    read_names(compiler, directory, ending, *names, count);
  closedir(directory);
  qsort(*names, *count, sizeof **names, by_text);
  return status;
}

static void
add_number(CrateBuffer *buffer, size_t number)
{
  const uint32_t word = (uint32_t)number;
  crate_buffer_add(buffer, (CrateText){(const char *)&word, sizeof word});
}

static void
align(CrateBuffer *buffer)
{
  while (buffer->size % 16) {
    crate_buffer_add_byte(buffer, '\0');
  }
}

static int
by_name(const void *a, const void *b)
{
  const CrateBlob *const *const left = a;
  const CrateBlob *const *const right = b;
  return crate_text_compare((*left)->name, (*right)->name);
}

/// The layout that lib/base/bundle.c reads: header, entries sorted by name,
/// names, blobs.
static CrateStatus
write_bundle(CrateCompiler *compiler, CrateBuffer *out)
{
  const size_t count = compiler->blob_count;
  const CrateBlob **const order =
    crate_arena_array(&compiler->arena, count, sizeof *order);
  if (!order) {
    return crate_arena_status(&compiler->arena);
  }
  size_t name = 16 + count * 16;
  size_t blob = name;
  size_t n = 0;
  for (const CrateBlob *at = compiler->blobs; at; at = at->next) {
    order[n++] = at;
    blob += at->name.size;
  }
  qsort(order, count, sizeof *order, by_name);
  crate_buffer_add_string(out, "CRATEBND");
  add_number(out, count);
  add_number(out, 0);
  for (size_t i = 0; i < count; ++i) {
    blob = (blob + 15) & ~(size_t)15;
    add_number(out, name);
    add_number(out, order[i]->name.size);
    add_number(out, blob);
    add_number(out, order[i]->bytes.size);
    name += order[i]->name.size;
    blob += order[i]->bytes.size;
  }
  for (size_t i = 0; i < count; ++i) {
    crate_buffer_add(out, order[i]->name);
  }
  for (size_t i = 0; i < count; ++i) {
    align(out);
    crate_buffer_add(out, order[i]->bytes);
  }
  return crate_buffer_status(out);
}

/// The examples go in as they are: --explain reads them.
static CrateStatus
add_examples(CrateCompiler *compiler, const char *path)
{
  CrateFile file;
  CRATE_TRY(crate_file_read(compiler->world, crate_text(path), &file));
  const CrateStatus status = crate_compiler_add(
    compiler, CRATE_TEXT("examples"), crate_file_text(&file));
  crate_file_clear(&file);
  return status;
}

static CrateStatus
save(const char *path, CrateText text)
{
  FILE *const file = fopen(path, "wb");
  if (!file) {
    return CRATE_UNREADABLE;
  }
  const bool good = fwrite(text.data, 1, text.size, file) == text.size;
  return fclose(file) || !good ? CRATE_UNREADABLE : CRATE_OK;
}

static CrateStatus
compile(CrateCompiler *compiler, const char *path, const char *depfile)
{
  CrateBuffer bundle;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    CRATE_TRY(kinds[i](compiler));
  }
  crate_buffer_init(&bundle, compiler->world);
  CrateStatus status = write_bundle(compiler, &bundle);
  status = status ? status : save(path, crate_buffer_text(&bundle));
  bundle.size = 0;
  crate_buffer_add_string(&bundle, path);
  crate_buffer_add_byte(&bundle, ':');
  crate_buffer_add(&bundle, crate_buffer_text(&compiler->inputs));
  crate_buffer_add_byte(&bundle, '\n');
  status = status ? status : save(depfile, crate_buffer_text(&bundle));
  crate_buffer_clear(&bundle);
  return status;
}

int
main(int argc, char **argv)
{
  CrateWorld world;
  if (argc != 5) {
    fprintf(stderr, "usage: compile-profiles SOURCE EXAMPLES OUT DEPFILE\n");
    return 2;
  }
  crate_world_init(&world);
  world.sink.write = write_diagnostic;
  CrateCompiler compiler = {.world = &world, .source = crate_text(argv[1])};
  crate_arena_init(&compiler.arena, &world);
  crate_buffer_init(&compiler.inputs, &world);
  CrateStatus status = add_examples(&compiler, argv[2]);
  status = status ? status : compile(&compiler, argv[3], argv[4]);
  if (status) {
    fprintf(stderr, "compile-profiles: %s\n", crate_status_text(status));
  }
  crate_buffer_clear(&compiler.inputs);
  crate_arena_clear(&compiler.arena);
  return status ? 2 : 0;
}
