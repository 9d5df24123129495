// SPDX-License-Identifier: Apache-2.0
// crate-convert: the command line of <cratekit/convert.h>.
#include "base/file.h"
#include "base/options.h"
#include "base/output.h"
#include "base/terminal.h"
#include <cratekit/convert.h>
#include <cratekit/package.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

// Exit statuses as grep's: see crate-convert(1).
enum { EXIT_YES = 0, EXIT_TROUBLE = 2 };

typedef enum {
  OPTION_TO,
  OPTION_FROM,
  OPTION_OUTPUT,
  OPTION_BASE,
  OPTION_MAP,
  OPTION_PREFIX,
  OPTION_HASH,
  OPTION_EXPAND_CONTEXT,
  OPTION_DIRECTION,
  OPTION_MODE,
  OPTION_ORDERED,
  OPTION_GENERALIZED,
  OPTION_HELP,
  OPTION_VERSION,
} OptionId;

static const CrateOption table[] = {
  {"to", 't', "FORMAT", "what to convert to (see FORMATS)", OPTION_TO},
  {"from", 'f', "SYNTAX",
   "syntax of the input, when its name does not tell: jsonld, turtle, trig, "
   "ntriples, nquads, rdfxml",
   OPTION_FROM},
  {"output", 'o', "FILE", "write to a file rather than to standard output",
   OPTION_OUTPUT},
  {"base", 'b', "IRI", "base IRI of the input; default: its own file: IRI",
   OPTION_BASE},
  {"map", 'm', "PREFIX=DIR",
   "read contexts whose IRI starts with PREFIX from under DIR; may be "
   "repeated; nothing is ever fetched",
   OPTION_MAP},
  {"prefix", 'p', "NAME=IRI", "a prefix for turtle and trig; may be repeated",
   OPTION_PREFIX},
  {"hash", 0, "sha256|sha384", "hash for canonical and canonical-map",
   OPTION_HASH},
  {"expand-context", 0, "FILE", "JSON-LD: a context to start from",
   OPTION_EXPAND_CONTEXT},
  {"rdf-direction", 0, "i18n-datatype|compound-literal",
   "JSON-LD: how RDF says @direction; default: not at all", OPTION_DIRECTION},
  {"processing-mode", 0, "json-ld-1.0|json-ld-1.1", "JSON-LD: which version",
   OPTION_MODE},
  {"ordered", 0, NULL, "JSON-LD: visit keys in order", OPTION_ORDERED},
  {"produce-generalized-rdf", 0, NULL,
   "JSON-LD: keep blank nodes as predicates", OPTION_GENERALIZED},
  {"help", 'h', NULL, "show this and exit", OPTION_HELP},
  {"version", 'V', NULL, "show the version and exit", OPTION_VERSION},
};

#define TABLE_SIZE (sizeof(table) / sizeof(*table))

/// A repeated NAME=VALUE option.
typedef struct {
  CratePrefix *items;
  size_t count, capacity;
} Pairs;

/// The command line, and all that is released at the end.
typedef struct {
  const CrateWorld *world;
  const CrateFormat *format;
  CrateConversion what;
  Pairs maps, prefixes;
  const char *input, *output, *context_path;
  bool help, version;
  CrateFile file, context_file;
  CrateJsonDocument context;
  CratePackage *package; // when the input is a folder or an archive
  CrateArena arena;      // its metadata
  char *base;            // made from the input's path
} Run;

static const CrateDiagnostic usage_place = {.code = {"usage", 5}};

static CrateStatus
bad_value(const Run *run, const CrateOption *option, const char *value)
{
  return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &usage_place,
                         "--%s cannot be \"%s\", expected %s", option->name,
                         value, option->value);
}

static CrateStatus
set_format(Run *run, const CrateOption *option, const char *value)
{
  (void)option;
  run->format = crate_format_find(crate_text(value));
  if (run->format) {
    return CRATE_OK;
  }
  size_t count = 0;
  while (crate_format_at(count)) {
    ++count;
  }
  // Rows of a public table: only their number and size are known here.
  for (size_t i = 0; i < count; ++i) {
    const char *const name = crate_format_at(i)->name;
    if (crate_text_distance(crate_text(name), crate_text(value), 2) <= 2) {
      return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &usage_place,
                             "unknown format \"%s\", did you mean %s", value,
                             name);
    }
  }
  return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &usage_place,
                         "unknown format \"%s\", --help lists them all", value);
}

/// Split NAME=VALUE at the first '=' and keep both.
static CrateStatus
add_pair(Run *run, Pairs *pairs, const CrateOption *option, const char *value)
{
  const CrateText text = crate_text(value);
  const size_t equals = crate_text_find(text, '=');
  if (equals == text.size) {
    return bad_value(run, option, value);
  }
  CRATE_TRY(crate_world_reserve(run->world, &pairs->items, &pairs->capacity,
                                pairs->count + 1, sizeof(*pairs->items)));
  pairs->items[pairs->count++] =
    (CratePrefix){crate_text_slice(text, 0, equals),
                  crate_text_slice(text, equals + 1, text.size)};
  return CRATE_OK;
}

/// A value that is one of few words: its index, as an int.
static CrateStatus
set_choice(const Run *run,
           const CrateOption *option,
           const char *value,
           const char *const words[2],
           unsigned *out)
{
  for (unsigned i = 0; i < 2; ++i) {
    if (!strcmp(value, words[i])) {
      *out = i;
      return CRATE_OK;
    }
  }
  return bad_value(run, option, value);
}

static CrateStatus
set_syntax(Run *run, const CrateOption *option, const char *value)
{
  run->what.syntax = crate_syntax_named(crate_text(value));
  return run->what.syntax ? CRATE_OK : bad_value(run, option, value);
}

static CrateStatus
set_hash(Run *run, const CrateOption *option, const char *value)
{
  static const char *const words[] = {"sha256", "sha384"};
  unsigned chosen = 0;
  CRATE_TRY(set_choice(run, option, value, words, &chosen));
  run->what.hash = chosen ? CRATE_SHA384 : CRATE_SHA256;
  return CRATE_OK;
}

static CrateStatus
set_direction(Run *run, const CrateOption *option, const char *value)
{
  static const char *const words[] = {"i18n-datatype", "compound-literal"};
  unsigned chosen = 0;
  CRATE_TRY(set_choice(run, option, value, words, &chosen));
  run->what.options.rdf_direction =
    chosen ? CRATE_DIRECTION_COMPOUND_LITERAL : CRATE_DIRECTION_I18N_DATATYPE;
  return CRATE_OK;
}

static CrateStatus
set_mode(Run *run, const CrateOption *option, const char *value)
{
  static const char *const words[] = {"json-ld-1.1", "json-ld-1.0"};
  unsigned chosen = 0;
  CRATE_TRY(set_choice(run, option, value, words, &chosen));
  run->what.options.processing_1_0 = chosen == 1;
  return CRATE_OK;
}

static CrateStatus
take_option(void *handle, const CrateOption *option, const char *value)
{
  Run *const run = handle;
  switch ((OptionId)option->id) {
    case OPTION_TO:
      return set_format(run, option, value);
    case OPTION_FROM:
      return set_syntax(run, option, value);
    case OPTION_OUTPUT:
      run->output = value;
      break;
    case OPTION_BASE:
      run->what.options.base = crate_text(value);
      break;
    case OPTION_MAP:
      return add_pair(run, &run->maps, option, value);
    case OPTION_PREFIX:
      return add_pair(run, &run->prefixes, option, value);
    case OPTION_HASH:
      return set_hash(run, option, value);
    case OPTION_EXPAND_CONTEXT:
      run->context_path = value;
      break;
    case OPTION_DIRECTION:
      return set_direction(run, option, value);
    case OPTION_MODE:
      return set_mode(run, option, value);
    case OPTION_ORDERED:
      run->what.options.ordered = true;
      break;
    case OPTION_GENERALIZED:
      run->what.options.produce_generalized_rdf = true;
      break;
    case OPTION_HELP:
      run->help = true;
      break;
    case OPTION_VERSION:
      run->version = true;
      break;
  }
  return CRATE_OK;
}

static CrateStatus
take_operand(void *handle, const char *operand)
{
  Run *const run = handle;
  if (run->input) {
    return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &usage_place,
                           "one input at a time, \"%s\" is one too many",
                           operand);
  }
  run->input = operand;
  return CRATE_OK;
}

/// `within` is a path within a package.
static CrateStatus
make_base(Run *run, CrateText within)
{
  CrateBuffer iri;
  crate_buffer_init(&iri, run->world);
  crate_file_iri(&iri, run->input, within);
  run->base = iri.data; // released at the end of the run
  run->what.options.base = crate_buffer_text(&iri);
  return crate_buffer_status(&iri);
}

/// The metadata document of a folder or an archive.
static CrateStatus
read_package(Run *run, CrateText path, CrateText *within)
{
  CRATE_TRY(crate_package_open(run->world, path, &run->package));
  const CrateText metadata = crate_package_metadata(run->package);
  if (!metadata.size) {
    const CrateDiagnostic place = {.file = path,
                                   .code = CRATE_TEXT("no-metadata")};
    return crate_world_say(run->world, CRATE_NOT_FOUND, &place,
                           "no ro-crate-metadata.json in it");
  }
  run->what.name = crate_package_metadata_name(run->package);
  run->what.syntax = CRATE_SYNTAX_JSONLD;
  const CrateText parts[] = {CRATE_TEXT("/"), metadata};
  CRATE_TRY(crate_arena_join(&run->arena, parts, 2, within));
  return crate_package_read(run->package, metadata, &run->arena,
                            &run->what.bytes);
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
read_standard_input(Run *run)
{
  run->what.name = CRATE_TEXT("<stdin>");
  CRATE_TRY(
    crate_file_read_open(run->world, run->what.name, STDIN_FILENO, &run->file));
  run->what.bytes = crate_file_text(&run->file);
  return CRATE_OK;
}

static CrateStatus
read_input(Run *run)
{
  CrateText within = {NULL, 0};
  if (!strcmp(run->input, "-")) {
    return read_standard_input(run);
  }
  run->what.name = crate_text(run->input);
  if (is_package(run->input)) {
    CRATE_TRY(read_package(run, run->what.name, &within));
  } else {
    CRATE_TRY(crate_file_read(run->world, run->what.name, &run->file));
    run->what.bytes = crate_file_text(&run->file);
  }
  return run->what.options.base.size ? CRATE_OK : make_base(run, within);
}

static CrateStatus
read_context(Run *run)
{
  if (!run->context_path) {
    return CRATE_OK;
  }
  const CrateText name = crate_text(run->context_path);
  CRATE_TRY(crate_file_read(run->world, name, &run->context_file));
  CRATE_TRY(crate_json_read(
    run->world, name, crate_file_text(&run->context_file), &run->context));
  run->what.options.expand_context = &run->context;
  return CRATE_OK;
}

static CrateStatus
read_maps(Run *run)
{
  if (!run->maps.count) {
    return CRATE_OK; // the conversion brings its own library
  }
  CRATE_TRY(crate_library_new(run->world, &run->what.library));
  for (size_t i = 0; i < run->maps.count; ++i) {
    CRATE_TRY(crate_library_map(run->what.library, run->maps.items[i].prefix,
                                run->maps.items[i].iri));
  }
  return CRATE_OK;
}

static CrateStatus
convert(Run *run)
{
  CRATE_TRY(read_maps(run));
  CRATE_TRY(read_context(run));
  CRATE_TRY(read_input(run));
  run->what.prefixes = run->prefixes.items;
  run->what.prefix_count = run->prefixes.count;
  CrateOutput output = {run->world, run->output, NULL};
  CrateBuffer buffer;
  crate_buffer_init(&buffer, run->world);
  buffer.flush = crate_output_write;
  buffer.handle = &output;
  const CrateStatus st =
    crate_convert(run->world, &run->what, run->format, &buffer);
  crate_buffer_clear(&buffer);
  return crate_output_close(&output, st);
}

static CrateStatus
print_help(const Run *run)
{
  CrateBuffer text;
  crate_buffer_init(&text, run->world);
  crate_buffer_add_string(
    &text,
    "Usage: crate-convert --to FORMAT [OPTION]... INPUT\n"
    "Convert research-object metadata and RDF. INPUT is a document, - for "
    "standard\ninput, or a crate: a folder or an archive.\n\n"
    "Options:\n");
  crate_options_help(&text, table, TABLE_SIZE);
  crate_buffer_add_string(&text, "\nFormats:\n");
  for (size_t i = 0; crate_format_at(i); ++i) {
    crate_buffer_print(&text, "  %-16s%s\n", crate_format_at(i)->name,
                       crate_format_at(i)->help);
  }
  crate_buffer_add_string(&text,
                          "\nExit status: 0 when converted, 2 for trouble.\n");
  CrateOutput output = {run->world, NULL, NULL};
  CrateStatus st = crate_buffer_status(&text);
  if (!st) {
    st = crate_output_write(&output, crate_buffer_text(&text));
  }
  crate_buffer_clear(&text);
  return crate_output_close(&output, st);
}

static CrateStatus
print_version(const Run *run)
{
  CrateOutput output = {run->world, NULL, NULL};
  const CrateText line = CRATE_TEXT("crate-convert " CRATE_VERSION "\n");
  return crate_output_close(&output, crate_output_write(&output, line));
}

static CrateStatus
act(Run *run, int count, char **arguments)
{
  const CrateOptions options = {table, TABLE_SIZE, take_option, take_operand,
                                run};
  CRATE_TRY(crate_options_parse(run->world, &options, count, arguments));
  if (run->help) {
    return print_help(run);
  }
  if (run->version) {
    return print_version(run);
  }
  if (!run->format || !run->input) {
    return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &usage_place,
                           "expected --to FORMAT and an input, see --help");
  }
  return convert(run);
}

static void
release(Run *run)
{
  crate_library_free(run->what.library);
  crate_package_close(run->package);
  crate_arena_clear(&run->arena);
  crate_json_clear(&run->context);
  crate_file_clear(&run->context_file);
  crate_file_clear(&run->file);
  crate_world_release(run->world, run->base);
  crate_world_release(run->world, run->maps.items);
  crate_world_release(run->world, run->prefixes.items);
}

int
main(int count, char **arguments)
{
  CrateTerminal terminal = {.stream = stderr, .program = "crate-convert"};
  CrateWorld world;
  crate_world_init(&world);
  world.sink = crate_terminal_sink(&terminal);
  Run run = {.world = &world, .context = {.world = &world}};
  crate_arena_init(&run.context.arena, &world);
  crate_arena_init(&run.arena, &world);
  const CrateStatus st = act(&run, count - 1, arguments + 1);
  release(&run);
  if (st && !terminal.errors) {
    // No room has found words for it: out of memory, mostly.
    fprintf(stderr, "crate-convert: error: %s\n", crate_status_text(st));
  }
  return st ? EXIT_TROUBLE : EXIT_YES;
}
