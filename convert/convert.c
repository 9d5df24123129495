// SPDX-License-Identifier: Apache-2.0
// One table of formats; a document is read as the format needs it: as a tree
// for expanded JSON-LD, as a graph for everything else.
#include "convert/convert.h"

/// What a document became.
typedef struct {
  const CrateWorld *world;
  const CrateConversion *what;
  CrateGraph *graph; // indexed
  CrateBuffer *buffer;
} Job;

typedef struct {
  CrateFormat about;
  CrateStatus (*write)(const Job *job); // NULL: from the tree, not the graph
} Row;

static CrateStatus
write_canonical(const Job *job)
{
  return crate_rdf_canonicalize(job->buffer, job->graph, job->what->hash, NULL);
}

static CrateStatus
write_canonical_map(const Job *job)
{
  return crate_convert_canonical_map(job->world, job->graph, job->what->hash,
                                     job->buffer);
}

static CrateStatus
write_nquads(const Job *job)
{
  crate_rdf_write_nquads(job->buffer, job->graph);
  return CRATE_OK;
}

/// N-Triples and Turtle have no place for named graphs: say so, never drop.
static CrateStatus
refuse_named_graphs(const Job *job, const char *instead)
{
  const size_t count = crate_graph_size(job->graph);
  // Sorted by graph, the default one first.
  if (!count || !crate_graph_quads(job->graph)[count - 1].graph) {
    return CRATE_OK;
  }
  const CrateDiagnostic place = {.file = job->what->name,
                                 .code = CRATE_TEXT("named-graphs")};
  return crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                         "the document has named graphs, which this format "
                         "cannot hold; convert to %s",
                         instead);
}

static CrateStatus
write_ntriples(const Job *job)
{
  CRATE_TRY(refuse_named_graphs(job, "nquads"));
  crate_rdf_write_ntriples(job->buffer, job->graph);
  return CRATE_OK;
}

static CrateStatus
write_trig(const Job *job)
{
  return crate_rdf_write_turtle(job->buffer, job->graph, job->what->prefixes,
                                job->what->prefix_count);
}

static CrateStatus
write_turtle(const Job *job)
{
  CRATE_TRY(refuse_named_graphs(job, "trig"));
  return write_trig(job);
}

static const Row rows[] = {
  {{"canonical", "application/n-quads", ".nq", "canonical N-Quads by RDFC-1.0"},
   write_canonical},
  {{"canonical-map", "application/json", ".json",
    "the blank node identifiers that RDFC-1.0 issues, as JSON"},
   write_canonical_map},
  {{"expanded", "application/ld+json", ".jsonld", "expanded JSON-LD"}, NULL},
  {{"nquads", "application/n-quads", ".nq", "N-Quads"}, write_nquads},
  {{"ntriples", "application/n-triples", ".nt", "N-Triples"}, write_ntriples},
  {{"trig", "application/trig", ".trig", "TriG"}, write_trig},
  {{"turtle", "text/turtle", ".ttl", "Turtle"}, write_turtle},
};

#define ROW_COUNT (sizeof(rows) / sizeof(*rows))

const CrateFormat *
crate_format_at(size_t i)
{
  return i < ROW_COUNT ? &rows[i].about : NULL;
}

const CrateFormat *
crate_format_find(CrateText name)
{
  for (size_t i = 0; i < ROW_COUNT; ++i) {
    if (crate_text_is(name, rows[i].about.name)) {
      return &rows[i].about;
    }
  }
  return NULL;
}

/// The document's syntax, or a word about what to do.
static CrateStatus
find_syntax(const CrateWorld *world,
            const CrateConversion *what,
            CrateSyntax *syntax)
{
  *syntax = what->syntax ? what->syntax : crate_syntax_of(what->name);
  if (*syntax) {
    return CRATE_OK;
  }
  const CrateDiagnostic place = {.file = what->name,
                                 .code = CRATE_TEXT("unknown-syntax")};
  return crate_world_say(world, CRATE_UNSUPPORTED, &place,
                         "cannot tell the syntax from the name, "
                         "say it with --from");
}

/// The library of the conversion, or one of our own.
static CrateStatus
find_library(const CrateWorld *world,
             const CrateConversion *what,
             CrateLibrary **own,
             CrateLibrary **library)
{
  *own = NULL;
  *library = what->library;
  if (*library) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_library_new(world, own));
  *library = *own;
  return CRATE_OK;
}

static CrateStatus
fill_from_jsonld(const CrateWorld *world,
                 const CrateConversion *what,
                 CrateGraph *graph)
{
  CrateLibrary *own;
  CrateLibrary *library;
  CRATE_TRY(find_library(world, what, &own, &library));
  CrateJsonDocument document;
  CrateStatus st = crate_json_read(world, what->name, what->bytes, &document);
  if (!st) {
    st = crate_jsonld_read(&document, library, &what->options, graph);
  }
  crate_json_clear(&document);
  crate_library_free(own);
  return st;
}

static CrateStatus
fill(const Job *job, CrateSyntax syntax)
{
  const CrateConversion *const what = job->what;
  if (syntax == CRATE_SYNTAX_JSONLD) {
    return fill_from_jsonld(job->world, what, job->graph);
  }
  return crate_rdf_read(job->graph, syntax, what->name, what->options.base,
                        what->bytes);
}

/// Through a graph: read, index, write.
static CrateStatus
convert_graph(Job *job, CrateSyntax syntax, const Row *row)
{
  CrateTerms *terms;
  CRATE_TRY(crate_terms_new(job->world, &terms));
  CrateStatus st = crate_graph_new(job->world, terms, &job->graph);
  if (!st) {
    st = fill(job, syntax);
  }
  if (!st) {
    st = crate_graph_index(job->graph);
  }
  if (!st) {
    st = row->write(job);
  }
  crate_graph_free(job->graph);
  crate_terms_free(terms);
  return st;
}

static CrateStatus
expand(const Job *job, CrateLibrary *library)
{
  const CrateConversion *const what = job->what;
  CrateJsonDocument document;
  CrateArena arena;
  crate_arena_init(&arena, job->world);
  CrateJson *expanded = NULL;
  CrateStatus st =
    crate_json_read(job->world, what->name, what->bytes, &document);
  if (!st) {
    st = crate_jsonld_expand(&document, library, &what->options, &arena,
                             &expanded);
  }
  if (!st) {
    crate_json_write(job->buffer, expanded, 2);
    crate_buffer_add_byte(job->buffer, '\n');
  }
  crate_arena_clear(&arena);
  crate_json_clear(&document);
  return st;
}

/// Through the tree alone.
static CrateStatus
convert_tree(const Job *job, CrateSyntax syntax, const CrateFormat *format)
{
  if (syntax != CRATE_SYNTAX_JSONLD) {
    const CrateDiagnostic place = {.file = job->what->name,
                                   .code = CRATE_TEXT("unknown-syntax")};
    return crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                           "only JSON-LD can be converted to %s", format->name);
  }
  CrateLibrary *own;
  CrateLibrary *library;
  CRATE_TRY(find_library(job->world, job->what, &own, &library));
  const CrateStatus st = expand(job, library);
  crate_library_free(own);
  return st;
}

CrateStatus
crate_convert(const CrateWorld *world,
              const CrateConversion *what,
              const CrateFormat *format,
              CrateBuffer *buffer)
{
  CrateSyntax syntax;
  CRATE_TRY(find_syntax(world, what, &syntax));
  size_t i = 0;
  while (i < ROW_COUNT && &rows[i].about != format) {
    ++i;
  }
  if (i == ROW_COUNT) {
    return CRATE_BAD_ARGUMENT;
  }
  const Row *const row = &rows[i];
  Job job = {world, what, NULL, buffer};
  CRATE_TRY(row->write ? convert_graph(&job, syntax, row)
                       : convert_tree(&job, syntax, format));
  crate_buffer_flush(buffer);
  return crate_buffer_status(buffer);
}
