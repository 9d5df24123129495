// SPDX-License-Identifier: Apache-2.0
#include "convert/program/inputs.h"
#include <cratekit/iri.h>
#include <sys/stat.h>
#include <unistd.h>

static void
init_beside(CrateBesideInput *beside, const CrateWorld *world)
{
  beside->document = (CrateJsonDocument){.world = world};
  crate_arena_init(&beside->document.arena, world);
}

void
crate_inputs_init(CrateInputs *inputs, const CrateWorld *world)
{
  *inputs = (CrateInputs){.world = world};
  crate_arena_init(&inputs->arena, world);
  crate_buffer_init(&inputs->base, world);
  init_beside(&inputs->context, world);
  init_beside(&inputs->expand_context, world);
  init_beside(&inputs->frame, world);
}

/// `within` is a path within a package.
static CrateStatus
make_base(CrateInputs *inputs, CrateTask *task, CrateText within)
{
  crate_file_iri(&inputs->base, task->input, within);
  task->what.options.base = crate_buffer_text(&inputs->base);
  return crate_buffer_status(&inputs->base);
}

/// The metadata document of a folder or an archive.
static CrateStatus
read_package(CrateInputs *inputs,
             CrateText path,
             CrateMainInput *input,
             CrateConversion *what,
             CrateText *within)
{
  CRATE_TRY(crate_package_open(inputs->world, path, &input->package));
  const CrateText metadata = crate_package_metadata(input->package);
  if (!metadata.size) {
    const CrateDiagnostic place = {.file = path,
                                   .code = CRATE_TEXT("no-metadata")};
    return crate_world_say(inputs->world, CRATE_NOT_FOUND, &place,
                           "no ro-crate-metadata.json in it");
  }
  what->name = crate_package_metadata_name(input->package);
  what->syntax = CRATE_SYNTAX_JSONLD;
  what->package = input->package;
  const CrateText parts[] = {CRATE_TEXT("/"), metadata};
  CRATE_TRY(crate_arena_join(&inputs->arena, parts, 2, within));
  return crate_package_read(input->package, metadata, &inputs->arena,
                            &what->bytes);
}

/// A folder or an archive, rather than a document?
static bool
is_package(const char *path)
{
  static const char *const endings[] = {".zip",    ".eln", ".tar",
                                        ".tar.gz", ".tgz", ".tar.zst"};
  struct stat about;
  bool found = !stat(path, &about) && S_ISDIR(about.st_mode);
  for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); ++i) {
    found |= crate_text_ends(crate_text(path), crate_text(endings[i]));
  }
  return found;
}

static CrateStatus
read_standard_input(CrateInputs *inputs, CrateConversion *what)
{
  what->name = CRATE_TEXT("<stdin>");
  CRATE_TRY(crate_file_read_open(inputs->world, what->name, STDIN_FILENO,
                                 &inputs->main.file));
  what->bytes = crate_file_text(&inputs->main.file);
  return CRATE_OK;
}

/// PAGE.html#ID names a script of a page, where there is no file of that name.
static CrateStatus
split_fragment(CrateInputs *inputs, CrateTask *task)
{
  struct stat about;
  const CrateText input = crate_text(task->input);
  const size_t hash = crate_text_find(input, '#');
  CrateText path;
  if (hash == input.size || !stat(task->input, &about)) {
    return CRATE_OK;
  }
  CRATE_TRY(
    crate_arena_copy(&inputs->arena, crate_text_slice(input, 0, hash), &path));
  task->input = path.data;
  const CrateText fragment = crate_text_slice(input, hash + 1, input.size);
  const CrateStatus status =
    crate_iri_decode(&inputs->arena, fragment, &task->what.script);
  return status == CRATE_MALFORMED
           ? crate_world_say(inputs->world, status, &crate_task_place,
                             "\"%.*s\" is not percent-encoded as it should be",
                             CRATE_TEXT_ARG(fragment))
           : status;
}

/// A folder, an archive or a document. `within`: see make_base().
static CrateStatus
read_path(CrateInputs *inputs,
          const char *path,
          CrateMainInput *input,
          CrateConversion *what,
          CrateText *within)
{
  what->name = crate_text(path);
  if (is_package(path)) {
    return read_package(inputs, what->name, input, what, within);
  }
  CRATE_TRY(crate_file_read(inputs->world, what->name, &input->file));
  what->bytes = crate_file_text(&input->file);
  return CRATE_OK;
}

/// Crates that are to be merged into the input.
static CrateStatus
read_others(CrateInputs *inputs, CrateTask *task)
{
  const size_t count = task->merge.count;
  CrateText within;
  if (!count) {
    return CRATE_OK;
  }
  inputs->others =
    crate_arena_array(&inputs->arena, count, sizeof(*inputs->others));
  inputs->merged =
    crate_arena_array(&inputs->arena, count, sizeof(*inputs->merged));
  if (!inputs->others || !inputs->merged) {
    return crate_arena_status(&inputs->arena);
  }
  for (size_t i = 0; i < count; ++i) {
    inputs->other_count = i + 1;
    inputs->merged[i].library = inputs->library;
    CRATE_TRY(read_path(inputs, task->merge.items[i].data, &inputs->others[i],
                        &inputs->merged[i], &within));
  }
  task->what.merge = inputs->merged;
  task->what.merge_count = count;
  return CRATE_OK;
}

static CrateStatus
read_input(CrateInputs *inputs, CrateTask *task)
{
  CrateConversion *const what = &task->what;
  CrateText within = {NULL, 0};
  what->options.base = crate_text(task->base);
  if (!strcmp(task->input, "-")) {
    return read_standard_input(inputs, what);
  }
  CRATE_TRY(split_fragment(inputs, task));
  CRATE_TRY(read_path(inputs, task->input, &inputs->main, what, &within));
  return what->options.base.size ? CRATE_OK : make_base(inputs, task, within);
}

/// Read a document beside the input; `out` stays NULL when none is named.
static CrateStatus
read_beside(const CrateWorld *world,
            const char *path,
            CrateBesideInput *beside,
            const CrateJsonDocument **out)
{
  if (!path) {
    return CRATE_OK;
  }
  const CrateText name = crate_text(path);
  CRATE_TRY(crate_file_read(world, name, &beside->file));
  CRATE_TRY(crate_json_read(world, name, crate_file_text(&beside->file),
                            &beside->document));
  *out = &beside->document;
  return CRATE_OK;
}

/// A context may be named by its IRI: then the library has it.
static CrateStatus
read_context(CrateInputs *inputs, CrateTask *task)
{
  const CrateText name = crate_text(task->context);
  CrateBesideInput *const beside = &inputs->context;
  if (!crate_text_starts(name, CRATE_TEXT("http://")) &&
      !crate_text_starts(name, CRATE_TEXT("https://"))) {
    return read_beside(inputs->world, task->context, beside,
                       &task->what.context);
  }
  CrateJson *const root = crate_json_new_text(
    &beside->document.arena, CRATE_JSON_STRING, name, CRATE_JSON_NOWHERE);
  if (!root) {
    return crate_arena_status(&beside->document.arena);
  }
  beside->document.root = root;
  beside->document.name = CRATE_TEXT("--context");
  task->what.context = &beside->document;
  return CRATE_OK;
}

static CrateStatus
read_maps(CrateInputs *inputs, const CratePairs *maps)
{
  if (!maps->count) {
    return CRATE_OK; // the conversion brings its own library
  }
  CRATE_TRY(crate_library_new(inputs->world, &inputs->library));
  for (size_t i = 0; i < maps->count; ++i) {
    CRATE_TRY(crate_library_map(inputs->library, maps->items[i].prefix,
                                maps->items[i].iri));
  }
  return CRATE_OK;
}

static CrateStatus
read_mapping(CrateInputs *inputs, CrateTask *task)
{
  if (!task->mapping) {
    return CRATE_OK;
  }
  const CrateText name = crate_text(task->mapping);
  CRATE_TRY(crate_file_read(inputs->world, name, &inputs->mapping));
  const CrateText text = crate_file_text(&inputs->mapping);
  task->what.mapping = (CrateMapping){name, text.data ? text : CRATE_TEXT("")};
  return CRATE_OK;
}

CrateStatus
crate_inputs_read(CrateInputs *inputs, CrateTask *task)
{
  CrateConversion *const what = &task->what;
  CRATE_TRY(read_maps(inputs, &task->maps));
  CRATE_TRY(read_context(inputs, task));
  CRATE_TRY(read_beside(inputs->world, task->expand_context,
                        &inputs->expand_context,
                        &what->options.expand_context));
  CRATE_TRY(
    read_beside(inputs->world, task->frame, &inputs->frame, &what->frame));
  CRATE_TRY(read_mapping(inputs, task));
  CRATE_TRY(read_input(inputs, task));
  CRATE_TRY(read_others(inputs, task));
  what->library = inputs->library;
  what->prefixes = task->prefixes.items;
  what->prefix_count = task->prefixes.count;
  return CRATE_OK;
}

static void
clear_input(CrateMainInput *input)
{
  crate_package_close(input->package);
  crate_file_clear(&input->file);
}

static void
clear_beside(CrateBesideInput *beside)
{
  crate_json_clear(&beside->document);
  crate_file_clear(&beside->file);
}

void
crate_inputs_clear(CrateInputs *inputs)
{
  crate_library_free(inputs->library);
  for (size_t i = 0; i < inputs->other_count; ++i) {
    clear_input(&inputs->others[i]);
  }
  clear_input(&inputs->main);
  crate_arena_clear(&inputs->arena);
  crate_buffer_clear(&inputs->base);
  clear_beside(&inputs->context);
  clear_beside(&inputs->expand_context);
  clear_beside(&inputs->frame);
  crate_file_clear(&inputs->mapping);
}
