// SPDX-License-Identifier: Apache-2.0
// The options of crate-convert: a row of the table each.
#include "convert/program/task.h"
#include "base/options.h"

typedef enum {
  OPTION_TO,
  OPTION_FROM,
  OPTION_OUTPUT,
  OPTION_BASE,
  OPTION_MAP,
  OPTION_PREFIX,
  OPTION_STREAM,
  OPTION_AS,
  OPTION_LIST,
  OPTION_MAPPING,
  OPTION_WITH,
  OPTION_ASSUME_DERIVATION,
  OPTION_LOSSLESS,
  OPTION_LOSS_REPORT,
  OPTION_HASH,
  OPTION_CONTEXT,
  OPTION_FRAME,
  OPTION_DETACH,
  OPTION_ATTACH,
  OPTION_UPGRADE,
  OPTION_MERGE,
  OPTION_SUBSET,
  OPTION_COMPACT_ARRAYS,
  OPTION_COMPACT_TO_RELATIVE,
  OPTION_OMIT_GRAPH,
  OPTION_NATIVE_TYPES,
  OPTION_RDF_TYPE,
  OPTION_ALL_SCRIPTS,
  OPTION_EXPAND_CONTEXT,
  OPTION_DIRECTION,
  OPTION_MODE,
  OPTION_ORDERED,
  OPTION_GENERALIZED,
  OPTION_CHECK,
  OPTION_HELP,
  OPTION_VERSION,
} OptionId;

static const CrateOption table[] = {
  {"to", 't', "FORMAT", "what to convert to (see FORMATS)", OPTION_TO},
  {"from", 'f', "SYNTAX",
   "syntax of the input, when its name does not tell: jsonld, turtle, trig, "
   "ntriples, nquads, rdfxml, html, provn, prov-json, prov-jsonld, "
   "prov-xml, cff, datacite-json, datacite-xml, model-card, rdfa, microdata",
   OPTION_FROM},
  {"output", 'o', "FILE",
   "write to a file rather than to standard output; of folder, the folder to "
   "make",
   OPTION_OUTPUT},
  {"base", 'b', "IRI", "base IRI of the input; default: its own file: IRI",
   OPTION_BASE},
  {"map", 'm', "PREFIX=DIR",
   "read contexts whose IRI starts with PREFIX from under DIR; may be "
   "repeated; nothing is ever fetched",
   OPTION_MAP},
  {"prefix", 'p', "NAME=IRI",
   "a prefix for turtle, trig and the syntaxes of PROV; may be repeated",
   OPTION_PREFIX},
  {"stream", 0, NULL,
   "ntriples and nquads to one of them, turtle or trig: write while reading, "
   "in the order of the input and in little memory",
   OPTION_STREAM},
  {"as", 'a', "VOCABULARY", "what the result is to speak (see --list)",
   OPTION_AS},
  {"list", 'l', NULL,
   "list vocabularies, and from which to which there is a mapping, and exit",
   OPTION_LIST},
  {"mapping", 0, "FILE",
   "make other statements of those of the input: INSERT { } WHERE { } of "
   "SPARQL Update, or a table of SSSOM (.tsv)",
   OPTION_MAPPING},
  {"with", 0, "PART",
   "add a part of the mapping that is left out otherwise (see --list); may be "
   "repeated",
   OPTION_WITH},
  {"assume-derivation", 0, NULL,
   "--with derivation: what an action made was derived from what it used, "
   "which crates do not say",
   OPTION_ASSUME_DERIVATION},
  {"lossless", 0, NULL, "keep the statements of the input beside those made",
   OPTION_LOSSLESS},
  {"loss-report", 0, "FILE",
   "write the statements of the input that nothing was made of to a file, - "
   "is standard error",
   OPTION_LOSS_REPORT},
  {"hash", 0, "sha256|sha384",
   "hash for canonical, canonical-hash and canonical-map", OPTION_HASH},
  {"context", 'c', "FILE|IRI",
   "context for compacted and flattened: a file, or the IRI of one that is "
   "bundled or mapped",
   OPTION_CONTEXT},
  {"frame", 0, "FILE", "frame for framed", OPTION_FRAME},
  {"detach", 0, "URL",
   "a crate for when its folder is served at URL, which ends in a slash",
   OPTION_DETACH},
  {"attach", 0, NULL, "a crate on the web for a folder that has its files",
   OPTION_ATTACH},
  {"upgrade", 0, "1.1|1.2|1.3",
   "a crate as one of a later version of RO-Crate; to ro-crate-json, if not "
   "said otherwise",
   OPTION_UPGRADE},
  {"merge", 0, "CRATE",
   "another crate that the input takes in, in a folder of its own; may be "
   "repeated",
   OPTION_MERGE},
  {"subset", 0, "ID",
   "what of a crate is to be left: the @id or path of a data entity, or a "
   "pattern of paths; may be repeated",
   OPTION_SUBSET},
  {"compact-arrays", 0, "true|false",
   "compacted: whether an array of one becomes what it holds; default: true",
   OPTION_COMPACT_ARRAYS},
  {"compact-to-relative", 0, "true|false",
   "compacted: whether IRIs become relative to the base; default: true",
   OPTION_COMPACT_TO_RELATIVE},
  {"omit-graph", 0, "true|false",
   "framed: whether a single node stands without @graph; default: true, in "
   "json-ld-1.0 false",
   OPTION_OMIT_GRAPH},
  {"native-types", 0, NULL,
   "RDF to JSON-LD: numbers and booleans become those of JSON",
   OPTION_NATIVE_TYPES},
  {"use-rdf-type", 0, NULL, "RDF to JSON-LD: rdf:type does not become @type",
   OPTION_RDF_TYPE},
  {"extract-all-scripts", 0, "[true|false]",
   "web pages: read all scripts of JSON-LD, not only the first; default: true "
   "for RDF, else false",
   OPTION_ALL_SCRIPTS},
  {"expand-context", 0, "FILE", "JSON-LD: a context to start from",
   OPTION_EXPAND_CONTEXT},
  {"rdf-direction", 0, "i18n-datatype|compound-literal",
   "JSON-LD: how RDF says @direction; default: not at all", OPTION_DIRECTION},
  {"processing-mode", 0, "json-ld-1.0|json-ld-1.1", "JSON-LD: which version",
   OPTION_MODE},
  {"ordered", 0, NULL, "JSON-LD: visit keys in order", OPTION_ORDERED},
  {"produce-generalized-rdf", 0, NULL,
   "JSON-LD: keep blank nodes as predicates", OPTION_GENERALIZED},
  {"check-constraints", 0, NULL,
   "convert nothing: hold the provenance of the input against "
   "PROV-CONSTRAINTS and print what it violates",
   OPTION_CHECK},
  {"help", 'h', NULL, "show this and exit", OPTION_HELP},
  {"version", 'V', NULL, "show the version and exit", OPTION_VERSION},
};

#define TABLE_SIZE (sizeof(table) / sizeof(*table))

const CrateDiagnostic crate_task_place = {.code = {"usage", 5}};

static CrateStatus
bad_value(const CrateTask *task, const CrateOption *option, const char *value)
{
  return crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                         "--%s cannot be \"%s\", expected %s", option->name,
                         value, option->value);
}

static CrateStatus
set_format(CrateTask *task, const CrateOption *option, const char *value)
{
  (void)option;
  task->format = crate_format_find(crate_text(value));
  for (size_t i = 0; !task->format && crate_format_at(i); ++i) {
    const char *const name = crate_format_at(i)->name;
    if (crate_text_distance(crate_text(name), crate_text(value), 2) <= 2) {
      return crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "unknown format \"%s\", did you mean %s", value,
                             name);
    }
  }
  return task->format
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "unknown format \"%s\", --help lists them all",
                             value);
}

static CrateStatus
set_vocabulary(CrateTask *task, const char *value)
{
  task->what.vocabulary = crate_vocabulary_find(crate_text(value));
  return task->what.vocabulary
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "unknown vocabulary \"%s\", --list names those "
                             "that are known",
                             value);
}

static CrateStatus
add_part(CrateTask *task, const char *value)
{
  const uint32_t part = crate_mapping_part_find(crate_text(value));
  task->what.parts |= part;
  return part
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "unknown part \"%s\" of a mapping, --list names "
                             "those that are known",
                             value);
}

static CrateStatus
set_syntax(CrateTask *task, const CrateOption *option, const char *value)
{
  task->what.syntax = crate_syntax_named(crate_text(value));
  return task->what.syntax ? CRATE_OK : bad_value(task, option, value);
}

/// Split NAME=VALUE at the first '=' and keep both.
static CrateStatus
add_pair(const CrateTask *task,
         CratePairs *pairs,
         const CrateOption *option,
         const char *value)
{
  const CrateText text = crate_text(value);
  const size_t equals = crate_text_find(text, '=');
  if (equals == text.size) {
    return bad_value(task, option, value);
  }
  CRATE_TRY(crate_world_reserve(task->world, &pairs->items, &pairs->capacity,
                                pairs->count + 1, sizeof(*pairs->items)));
  pairs->items[pairs->count++] =
    (CratePrefix){crate_text_slice(text, 0, equals),
                  crate_text_slice(text, equals + 1, text.size)};
  return CRATE_OK;
}

static CrateStatus
add_word(const CrateTask *task, CrateWords *words, const char *value)
{
  CRATE_TRY(crate_world_reserve(task->world, &words->items, &words->capacity,
                                words->count + 1, sizeof(*words->items)));
  words->items[words->count++] = crate_text(value);
  return CRATE_OK;
}

/// Which of the words "a|b" that an option takes is given; 2 for none. In
/// "[a|b]" it is the first that goes without saying.
static unsigned
word_of(const CrateOption *option, const char *value)
{
  CrateText words = crate_text(option->value);
  if (words.data[0] == '[') {
    words = crate_text_slice(words, 1, words.size - 1);
  }
  const size_t bar = crate_text_find(words, '|');
  if (!value) {
    return 0;
  }
  return crate_text_is(crate_text_slice(words, 0, bar), value) ? 0
         : crate_text_is(crate_text_slice(words, bar + 1, words.size), value)
           ? 1
           : 2;
}

/// What an option that takes one of two words sets.
static CrateStatus
set_word(CrateTask *task, const CrateOption *option, const char *value)
{
  CrateJsonldOptions *const options = &task->what.options;
  const unsigned word = word_of(option, value);
  if (word > 1) {
    return bad_value(task, option, value);
  }
  switch ((OptionId)option->id) {
    case OPTION_HASH:
      task->what.hash = word ? CRATE_SHA384 : CRATE_SHA256;
      break;
    case OPTION_DIRECTION:
      options->rdf_direction =
        word ? CRATE_DIRECTION_COMPOUND_LITERAL : CRATE_DIRECTION_I18N_DATATYPE;
      break;
    case OPTION_MODE:
      options->processing_1_0 = word == 0;
      break;
    case OPTION_ALL_SCRIPTS:
      task->what.scripts = word ? CRATE_SCRIPTS_FIRST : CRATE_SCRIPTS_ALL;
      break;
    case OPTION_COMPACT_ARRAYS:
      options->keep_arrays = word == 1;
      break;
    case OPTION_COMPACT_TO_RELATIVE:
      options->keep_absolute = word == 1;
      break;
    default: // OPTION_OMIT_GRAPH
      options->omit_graph =
        word ? CRATE_OMIT_GRAPH_FALSE : CRATE_OMIT_GRAPH_TRUE;
      break;
  }
  return CRATE_OK;
}

/// The flag that an option sets, or NULL.
static bool *
flag_of(CrateTask *task, OptionId id)
{
  const struct {
    OptionId id;
    bool *flag;
  } flags[] = {
    {OPTION_NATIVE_TYPES, &task->what.options.use_native_types},
    {OPTION_RDF_TYPE, &task->what.options.use_rdf_type},
    {OPTION_ORDERED, &task->what.options.ordered},
    {OPTION_GENERALIZED, &task->what.options.produce_generalized_rdf},
    {OPTION_STREAM, &task->stream},
    {OPTION_LOSSLESS, &task->what.lossless},
    {OPTION_ATTACH, &task->what.attach},
    {OPTION_LIST, &task->list},
    {OPTION_CHECK, &task->check},
    {OPTION_HELP, &task->help},
    {OPTION_VERSION, &task->version},
  };
  for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); ++i) {
    if (flags[i].id == id) {
      return flags[i].flag;
    }
  }
  return NULL;
}

/// Where an option's text goes, or NULL.
static const char **
text_of(CrateTask *task, OptionId id)
{
  const struct {
    OptionId id;
    const char **text;
  } texts[] = {
    {OPTION_OUTPUT, &task->output},
    {OPTION_BASE, &task->base},
    {OPTION_CONTEXT, &task->context},
    {OPTION_FRAME, &task->frame},
    {OPTION_UPGRADE, &task->upgrade},
    {OPTION_DETACH, &task->detach},
    {OPTION_MAPPING, &task->mapping},
    {OPTION_LOSS_REPORT, &task->loss_report},
    {OPTION_EXPAND_CONTEXT, &task->expand_context},
  };
  for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); ++i) {
    if (texts[i].id == id) {
      return texts[i].text;
    }
  }
  return NULL;
}

static CrateStatus
take_option(void *handle, const CrateOption *option, const char *value)
{
  CrateTask *const task = handle;
  const OptionId id = (OptionId)option->id;
  bool *const flag = flag_of(task, id);
  const char **const text = text_of(task, id);
  if (flag) {
    *flag = true;
    return CRATE_OK;
  }
  if (text) {
    *text = value;
    return CRATE_OK;
  }
  return id == OPTION_TO                  ? set_format(task, option, value)
         : id == OPTION_AS                ? set_vocabulary(task, value)
         : id == OPTION_WITH              ? add_part(task, value)
         : id == OPTION_ASSUME_DERIVATION ? add_part(task, "derivation")
         : id == OPTION_FROM              ? set_syntax(task, option, value)
         : id == OPTION_MAP    ? add_pair(task, &task->maps, option, value)
         : id == OPTION_MERGE  ? add_word(task, &task->merge, value)
         : id == OPTION_SUBSET ? add_word(task, &task->subset, value)
         : id == OPTION_PREFIX ? add_pair(task, &task->prefixes, option, value)
                               : set_word(task, option, value);
}

static CrateStatus
take_operand(void *handle, const char *operand)
{
  CrateTask *const task = handle;
  if (task->input) {
    return crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                           "one input at a time, \"%s\" is one too many",
                           operand);
  }
  task->input = operand;
  return CRATE_OK;
}

static CrateStatus
check_version(CrateTask *task)
{
  static const char *const versions[] = {"1.1", "1.2", "1.3"};
  bool known = !task->upgrade;
  for (size_t i = 0; i < sizeof(versions) / sizeof(*versions) && !known; ++i) {
    known = !strcmp(task->upgrade, versions[i]);
  }
  task->what.upgrade = crate_text(task->upgrade);
  return known
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "--upgrade cannot be \"%s\", expected 1.1, "
                             "1.2 or 1.3",
                             task->upgrade);
}

/// The option of something that is to be done to a crate: the first that is
/// given, or NULL. `count`: how many are.
static const char *
find_surgery(const CrateTask *task, unsigned *count)
{
  const struct {
    const char *option;
    bool is_given;
  } given[] = {
    {"upgrade", task->upgrade != NULL},  {"detach", task->detach != NULL},
    {"attach", task->what.attach},       {"merge", task->merge.count != 0},
    {"subset", task->subset.count != 0},
  };
  const char *first = NULL;
  *count = 0;
  for (size_t i = 0; i < sizeof(given) / sizeof(*given); ++i) {
    first = first || !given[i].is_given ? first : given[i].option;
    *count += given[i].is_given;
  }
  return first;
}

/// What is done to a crate is done one at a time, and by formats that know how.
static CrateStatus
settle_surgery(CrateTask *task)
{
  unsigned count = 0;
  const char *const first = find_surgery(task, &count);
  if (!first) {
    return CRATE_OK;
  }
  CRATE_TRY(check_version(task));
  task->what.detach = crate_text(task->detach);
  task->what.subset = task->subset.items;
  task->what.subset_count = task->subset.count;
  if (!task->format) {
    task->format = crate_format_find(CRATE_TEXT("ro-crate-json"));
  }
  return count > 1
           ? crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "--upgrade, --detach, --attach, --merge and "
                             "--subset go one at a time")
         : crate_format_is_of_crates(task->format)
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "--%s goes with --to ro-crate-json or a package "
                             "such as zip",
                             first);
}

/// A folder is made by the format itself, and needs a name.
static CrateStatus
settle_folder(CrateTask *task)
{
  if (!task->format || strcmp(task->format->ending, "/") != 0) {
    return CRATE_OK;
  }
  task->what.folder = crate_text(task->output);
  task->output = NULL;
  return task->what.folder.size
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "--to %s wants --output, the folder to make",
                             task->format->name);
}

CrateStatus
crate_task_parse(CrateTask *task, int count, char **arguments)
{
  const CrateOptions options = {table, TABLE_SIZE, take_option, take_operand,
                                task};
  CRATE_TRY(crate_options_parse(task->world, &options, count, arguments));
  CRATE_TRY(settle_surgery(task));
  if (task->help || task->version || task->list) {
    return CRATE_OK;
  }
  if (task->check ? task->format || task->stream : !task->format) {
    return crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                           "expected --to FORMAT or --check-constraints, "
                           "see --help");
  }
  if (!task->mapping && !task->what.vocabulary &&
      (task->loss_report || task->what.lossless)) {
    return crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                           "--%s wants --as or a --mapping",
                           task->loss_report ? "loss-report" : "lossless");
  }
  CRATE_TRY(settle_folder(task));
  return task->input
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "expected an input, see --help");
}

void
crate_task_help(CrateBuffer *buffer)
{
  crate_buffer_add_string(
    buffer,
    "Usage: crate-convert --to FORMAT [OPTION]... INPUT\n"
    "       crate-convert --check-constraints [OPTION]... INPUT\n"
    "Convert research-object metadata and RDF. INPUT is a document, - for "
    "standard\ninput, or a crate: a folder or an archive. PAGE.html#ID is a "
    "script of a web page.\n\n"
    "Options:\n");
  crate_options_help(buffer, table, TABLE_SIZE);
  crate_buffer_add_string(buffer, "\nFormats:\n");
  for (size_t i = 0; crate_format_at(i); ++i) {
    crate_buffer_print(buffer, "  %-16s%s\n", crate_format_at(i)->name,
                       crate_format_at(i)->help);
  }
  crate_buffer_add_string(buffer, "\nExit status: 0 when converted, 1 when a "
                                  "constraint is violated, 2 for trouble.\n");
}

static void
list_mapping(CrateBuffer *buffer,
             const CrateVocabulary *from,
             const CrateVocabulary *to,
             const CrateVocabulary *about)
{
  if (crate_vocabulary_has(from, to)) {
    crate_buffer_print(buffer, "%-17s%-17s%s (%s)\n", from->name, to->name,
                       about->help, about->source);
  }
}

void
crate_task_list(CrateBuffer *buffer)
{
  const CrateVocabulary *to;
  crate_buffer_print(buffer, "%-17s%-17s%s\n", "from", "to",
                     "what (source of the mapping)");
  for (size_t i = 0; (to = crate_vocabulary_at(i)); ++i) {
    if (to->hub) {
      const CrateVocabulary *const hub =
        crate_vocabulary_find(crate_text(to->hub));
      list_mapping(buffer, hub, to, to);
      list_mapping(buffer, to, hub, to);
    }
  }
  crate_buffer_print(buffer, "\n%-17s%-17s%s\n", "--with", "of",
                     "what it says");
  for (size_t i = 0; crate_mapping_part_at(i); ++i) {
    const CrateMappingPart *const part = crate_mapping_part_at(i);
    crate_buffer_print(buffer, "%-17s%-17s%s\n", part->name, part->vocabulary,
                       part->help);
  }
}

void
crate_task_clear(CrateTask *task)
{
  crate_world_release(task->world, task->maps.items);
  crate_world_release(task->world, task->prefixes.items);
  crate_world_release(task->world, task->merge.items);
  crate_world_release(task->world, task->subset.items);
}
