// SPDX-License-Identifier: Apache-2.0
// RDF/XML through raptor2. The library is opened when a document needs it:
// linked, it would cost every start of a program the loading of its own
// dependencies (curl, TLS, XSLT).
#include "rdf/graph.h"
#include "rdf/names.h"
#include "rdf/syntax.h"
#include <cratekit/iri.h>
#include <cratekit/map.h>
#include <dlfcn.h>
#include <raptor2.h>
#include <stdio.h>

#define LIBRARY "libraptor2.so.0"

// Stands for the base of a document that has none, so that a relative IRI
// can be told from an absolute one.
#define NO_BASE "x-crate-no-base://none/"

// The functions used: their names, and fields of the same name.
#define FUNCTIONS(X)                                                           \
  X(raptor_new_world_internal)                                                 \
  X(raptor_free_world)                                                         \
  X(raptor_world_open)                                                         \
  X(raptor_world_set_log_handler)                                              \
  X(raptor_world_set_generate_bnodeid_handler)                                 \
  X(raptor_alloc_memory)                                                       \
  X(raptor_free_memory)                                                        \
  X(raptor_new_parser)                                                         \
  X(raptor_free_parser)                                                        \
  X(raptor_parser_set_option)                                                  \
  X(raptor_parser_set_statement_handler)                                       \
  X(raptor_parser_parse_start)                                                 \
  X(raptor_parser_parse_chunk)                                                 \
  X(raptor_parser_parse_abort)                                                 \
  X(raptor_new_uri)                                                            \
  X(raptor_free_uri)                                                           \
  X(raptor_uri_as_counted_string)

typedef struct {
#define FIELD(name) __typeof__(&name) name;
  FUNCTIONS(FIELD)
#undef FIELD
} Raptor;

static const struct {
  const char *name;
  size_t offset;
} symbols[] = {
#define ROW(name) {#name, offsetof(Raptor, name)},
  FUNCTIONS(ROW)
#undef ROW
};

/// One document on its way into a graph.
typedef struct {
  const CrateRdfSource *source;
  Raptor raptor;
  raptor_world *world;
  raptor_parser *parser;
  CrateGraph *graph;
  CrateMap blanks;  // raptor's identifier -> term
  CrateArena names; // keys of `blanks`
  uint32_t generated;
  CrateStatus status; // the first failure
} Reader;

static CrateStatus
find_symbols(void *library, Raptor *raptor)
{
  for (size_t i = 0; i < sizeof(symbols) / sizeof(*symbols); ++i) {
    void *const symbol = dlsym(library, symbols[i].name);
    if (!symbol) {
      return CRATE_UNSUPPORTED;
    }
    memcpy((char *)raptor + symbols[i].offset, &symbol, sizeof(symbol));
  }
  return CRATE_OK;
}

/// NODELETE: its dependencies register handlers that must stay in place.
static CrateStatus
open_library(Reader *reader, void **library)
{
  *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (*library && !find_symbols(*library, &reader->raptor)) {
    return CRATE_OK;
  }
  const CrateDiagnostic place = {.file = reader->source->name,
                                 .code = CRATE_TEXT("raptor-missing")};
  return crate_world_say(reader->source->world, CRATE_UNSUPPORTED, &place,
                         "RDF/XML is read with %s, which is not installed",
                         LIBRARY);
}

/// Remember the first failure and have the parser stop.
static void
stop(Reader *reader, CrateStatus st)
{
  if (!reader->status) {
    reader->status = st;
  }
  if (reader->parser) {
    reader->raptor.raptor_parser_parse_abort(reader->parser);
  }
}

/// Whether the document is wrong. Warnings are no errors, but for the names
/// that the grammar withdrew (RDF 1.1 XML Syntax 5.1): raptor drops those.
static bool
is_error(const raptor_log_message *message)
{
  return message->level >= RAPTOR_LOG_LEVEL_ERROR ||
         (message->level == RAPTOR_LOG_LEVEL_WARN && message->text &&
          strstr(message->text, "aboutEach"));
}

static void
take_message(void *handle, raptor_log_message *message)
{
  Reader *const reader = handle;
  if (reader->status || !is_error(message)) {
    return; // the first error is enough
  }
  const raptor_locator *const at = message->locator;
  CrateText text = crate_text(message->text);
  while (text.size && strchr(".\n ", text.data[text.size - 1])) {
    --text.size;
  }
  const CrateDiagnostic place = {
    .file = reader->source->name,
    .line = at && at->line > 0 ? (uint32_t)at->line : 0,
    .column = at && at->line > 0 && at->column > 0 ? (uint32_t)at->column : 0,
    .code = CRATE_TEXT("invalid-rdf"),
  };
  stop(reader, crate_world_say(reader->source->world, CRATE_MALFORMED, &place,
                               "%.*s", CRATE_TEXT_ARG(text)));
}

/// An NCName, as rdf:nodeID has to be (RDF 1.1 XML Syntax 5.1.6). Raptor checks
/// too, but only after it has been given another name.
static bool
is_node_id(CrateText name)
{
  for (size_t at = 0; at < name.size;) {
    uint32_t c = 0;
    const size_t size = crate_name_decode(name.data + at, &c);
    const bool good =
      crate_name_is_start(c) || (at && (crate_name_is_part(c) || c == '.'));
    if (!good || size > name.size - at) {
      return false;
    }
    at += size;
  }
  return name.size > 0;
}

static void
refuse_node_id(Reader *reader, const char *given)
{
  const CrateDiagnostic place = {.file = reader->source->name,
                                 .code = CRATE_TEXT("invalid-rdf")};
  if (!reader->status) {
    stop(reader, crate_world_say(reader->source->world, CRATE_MALFORMED, &place,
                                 "rdf:nodeID \"%s\" is no XML name", given));
  }
}

/// Names of blank nodes: the document's own start with 'u', raptor's with
/// 'g', so that rdf:nodeID="genid1" is never a node without a name.
static unsigned char *
name_blank(void *handle, unsigned char *given)
{
  Reader *const reader = handle;
  const size_t size = given ? strlen((const char *)given) : 10;
  char *const name = reader->raptor.raptor_alloc_memory(size + 2);
  if (!name) {
    reader->status = CRATE_NO_MEMORY;
  } else if (given) {
    if (!is_node_id(crate_text((const char *)given))) {
      refuse_node_id(reader, (const char *)given);
    }
    name[0] = 'u';
    memcpy(name + 1, given, size + 1);
  } else {
    snprintf(name, size + 2, "g%u", (unsigned)reader->generated++);
  }
  if (given) {
    reader->raptor.raptor_free_memory(given);
  }
  return (unsigned char *)name;
}

static CrateStatus
take_blank(Reader *reader, CrateText name, CrateTerm *out)
{
  uintptr_t known = 0;
  if (crate_map_get(&reader->blanks, name, &known)) {
    *out = (CrateTerm)known;
    return CRATE_OK;
  }
  CrateText copy;
  CRATE_TRY(crate_arena_copy(&reader->names, name, &copy));
  const CrateText label = crate_text_slice(copy, 1, copy.size);
  CRATE_TRY(crate_terms_blank(crate_graph_terms(reader->graph), label, out));
  return crate_map_put(&reader->blanks, copy, *out);
}

static CrateStatus
refuse_iri(const Reader *reader, const char *why)
{
  const CrateDiagnostic place = {.file = reader->source->name,
                                 .code = CRATE_TEXT("invalid-rdf")};
  return crate_world_say(reader->source->world, CRATE_MALFORMED, &place, "%s",
                         why);
}

static CrateStatus
take_iri(Reader *reader, raptor_uri *uri, CrateTerm *out)
{
  size_t size = 0;
  const unsigned char *const bytes =
    reader->raptor.raptor_uri_as_counted_string(uri, &size);
  const CrateText iri = {(const char *)bytes, size};
  if (crate_text_starts(iri, CRATE_TEXT(NO_BASE)) ||
      !crate_iri_is_absolute(iri)) {
    return refuse_iri(reader, "a relative IRI, but there is no base IRI; "
                              "give one with --base");
  }
  // Raptor lets spaces and the like pass, which no other syntax can hold.
  if (crate_name_iri_span(iri) < iri.size) {
    return refuse_iri(reader, "an IRI with a character that IRIs do not "
                              "allow, such as a space or '>'");
  }
  return crate_terms_iri(crate_graph_terms(reader->graph), iri, out);
}

static CrateStatus
take_literal(Reader *reader,
             const raptor_term_literal_value *value,
             CrateTerm *out)
{
  CrateTerm datatype = CRATE_NO_TERM;
  if (value->datatype) {
    CRATE_TRY(take_iri(reader, value->datatype, &datatype));
  }
  const CrateText lexical = {(const char *)value->string, value->string_len};
  const CrateText language = {(const char *)value->language,
                              value->language ? value->language_len : 0};
  return crate_terms_literal(crate_graph_terms(reader->graph), lexical,
                             datatype, language, out);
}

static CrateStatus
take_term(Reader *reader, const raptor_term *term, CrateTerm *out)
{
  switch (term->type) {
    case RAPTOR_TERM_TYPE_URI:
      return take_iri(reader, term->value.uri, out);
    case RAPTOR_TERM_TYPE_LITERAL:
      return take_literal(reader, &term->value.literal, out);
    case RAPTOR_TERM_TYPE_BLANK:
      return take_blank(reader,
                        (CrateText){(const char *)term->value.blank.string,
                                    term->value.blank.string_len},
                        out);
    case RAPTOR_TERM_TYPE_UNKNOWN:
      break;
  }
  return CRATE_MALFORMED;
}

static CrateStatus
add_statement(Reader *reader, const raptor_statement *statement)
{
  CrateQuad quad = {0, 0, 0, 0};
  CRATE_TRY(take_term(reader, statement->subject, &quad.subject));
  CRATE_TRY(take_term(reader, statement->predicate, &quad.predicate));
  CRATE_TRY(take_term(reader, statement->object, &quad.object));
  return crate_graph_add(reader->graph, quad, CRATE_NO_ORIGIN);
}

static void
take_statement(void *handle, raptor_statement *statement)
{
  Reader *const reader = handle;
  if (!reader->status) {
    const CrateStatus st = add_statement(reader, statement);
    if (st) {
      stop(reader, st);
    }
  }
}

/// Nothing may be fetched or read on behalf of a document.
static bool
configure(Reader *reader)
{
  static const struct {
    raptor_option option;
    int value;
  } settings[] = {
    {RAPTOR_OPTION_NO_NET, 1},
    {RAPTOR_OPTION_NO_FILE, 1},
    {RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, 0},
    {RAPTOR_OPTION_SCANNING, 0},
    {RAPTOR_OPTION_NORMALIZE_LANGUAGE, 0},
  };
  for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); ++i) {
    if (reader->raptor.raptor_parser_set_option(
          reader->parser, settings[i].option, NULL, settings[i].value)) {
      return false;
    }
  }
  reader->raptor.raptor_parser_set_statement_handler(reader->parser, reader,
                                                     take_statement);
  return true;
}

/// Feed it in pieces: raptor reports places better, and stops sooner.
static void
feed(Reader *reader, raptor_uri *base)
{
  const Raptor *const raptor = &reader->raptor;
  if (raptor->raptor_parser_parse_start(reader->parser, base)) {
    stop(reader, CRATE_NO_MEMORY);
    return;
  }
  const CrateText bytes = reader->source->bytes;
  const size_t piece = 1u << 16;
  for (size_t at = 0; !reader->status && at <= bytes.size; at += piece) {
    const CrateText part = crate_text_slice(bytes, at, at + piece);
    const int last = bytes.size - at <= piece;
    if (raptor->raptor_parser_parse_chunk(
          reader->parser, (const unsigned char *)part.data, part.size, last) &&
        !reader->status) {
      stop(reader, CRATE_MALFORMED);
    }
    if (last) {
      break;
    }
  }
}

static void
parse(Reader *reader)
{
  const Raptor *const raptor = &reader->raptor;
  const CrateText base = reader->source->base;
  CrateText copy; // NUL-ended
  if (crate_arena_copy(&reader->names, base.size ? base : CRATE_TEXT(NO_BASE),
                       &copy)) {
    reader->status = CRATE_NO_MEMORY;
    return;
  }
  raptor_uri *const uri =
    raptor->raptor_new_uri(reader->world, (const unsigned char *)copy.data);
  reader->parser = raptor->raptor_new_parser(reader->world, "rdfxml");
  if (uri && reader->parser && configure(reader)) {
    feed(reader, uri);
  } else {
    reader->status = CRATE_NO_MEMORY;
  }
  if (reader->parser) {
    raptor->raptor_free_parser(reader->parser);
  }
  if (uri) {
    raptor->raptor_free_uri(uri);
  }
}

static void
read_with(Reader *reader)
{
  const Raptor *const raptor = &reader->raptor;
  reader->world = raptor->raptor_new_world_internal(RAPTOR_VERSION);
  if (!reader->world) {
    reader->status = CRATE_NO_MEMORY;
    return;
  }
  raptor->raptor_world_set_log_handler(reader->world, reader, take_message);
  raptor->raptor_world_set_generate_bnodeid_handler(reader->world, reader,
                                                    name_blank);
  if (raptor->raptor_world_open(reader->world)) {
    reader->status = CRATE_NO_MEMORY;
  } else {
    parse(reader);
  }
  raptor->raptor_free_world(reader->world);
}

CrateStatus
crate_rdfxml_read(CrateGraph *graph, const CrateRdfSource *source)
{
  CRATE_TRY(crate_xml_guard(graph, source));
  Reader reader = {.source = source, .graph = graph};
  void *library = NULL;
  CrateStatus st = open_library(&reader, &library);
  if (!st) {
    crate_map_init(&reader.blanks, source->world);
    crate_arena_init(&reader.names, source->world);
    read_with(&reader);
    crate_map_clear(&reader.blanks);
    crate_arena_clear(&reader.names);
    st = reader.status;
  }
  if (library) {
    dlclose(library);
  }
  return st;
}
