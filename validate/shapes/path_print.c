// SPDX-License-Identifier: Apache-2.0
// Paths as SPARQL writes them, for people; long ones are cut.
#include "validate/shapes/path.h"
#include "validate/shapes/vocabulary.h"

/// Nesting and members of a list that are followed.
#define MOST_LEVELS 8
/// Bytes after which no further step is printed: steps may be shared, so that
/// a short document can stand for a very long path.
#define MOST_BYTES 300

typedef struct Printer {
  CrateBuffer *buffer;
  const CrateGraph *graph;
  size_t end; // of the buffer when the path is long enough
} Printer;

/// How one of the paths that are a single statement is written.
typedef struct Notation {
  CrateShacl predicate;
  const char *prefix, *suffix;
} Notation;

static const Notation NOTATIONS[] = {
  {CRATE_SH_INVERSE_PATH, "^", ""},      {CRATE_SH_ALTERNATIVE_PATH, "", ""},
  {CRATE_SH_ZERO_OR_MORE_PATH, "", "*"}, {CRATE_SH_ONE_OR_MORE_PATH, "", "+"},
  {CRATE_SH_ZERO_OR_ONE_PATH, "", "?"},
};

static void print_path(const Printer *printer, CrateTerm node, unsigned level);

static void
print_list(const Printer *printer,
           CrateTerm head,
           const char *separator,
           unsigned level)
{
  const CrateGraph *const graph = printer->graph;
  crate_buffer_add_byte(printer->buffer, '(');
  for (int i = 0; i < MOST_LEVELS && head && head != CRATE_RDF_NIL; ++i) {
    crate_buffer_add_string(printer->buffer, i ? separator : "");
    print_path(printer, crate_graph_object(graph, head, CRATE_RDF_FIRST),
               level + 1);
    head = crate_graph_object(graph, head, CRATE_RDF_REST);
  }
  crate_buffer_add_byte(printer->buffer, ')');
}

/// The notation for a predicate, or NULL.
static const Notation *
notation_of(const Printer *printer, CrateTerm predicate)
{
  const CrateText space = CRATE_TEXT(CRATE_SHACL_NAMESPACE);
  const CrateText iri =
    crate_terms_info(crate_graph_terms(printer->graph), predicate).text;
  const CrateText name = crate_text_slice(iri, space.size, iri.size);
  for (size_t i = 0; i < sizeof(NOTATIONS) / sizeof(*NOTATIONS); ++i) {
    if (crate_text_starts(iri, space) &&
        crate_text_equal(name, crate_shacl_name(NOTATIONS[i].predicate))) {
      return &NOTATIONS[i];
    }
  }
  return NULL;
}

static void
print_statement(const Printer *printer, const CrateQuad *quad, unsigned level)
{
  const Notation *const notation = notation_of(printer, quad->predicate);
  if (!notation) {
    return;
  }
  crate_buffer_add_string(printer->buffer, notation->prefix);
  if (notation->predicate == CRATE_SH_ALTERNATIVE_PATH) {
    print_list(printer, quad->object, "|", level);
  } else {
    print_path(printer, quad->object, level + 1);
  }
  crate_buffer_add_string(printer->buffer, notation->suffix);
}

static void
print_path(const Printer *printer, CrateTerm node, unsigned level)
{
  const CrateGraph *const graph = printer->graph;
  const CrateTermInfo info = crate_terms_info(crate_graph_terms(graph), node);
  if (level > MOST_LEVELS || printer->buffer->size > printer->end) {
    crate_buffer_add_string(printer->buffer, "...");
  } else if (info.kind == CRATE_TERM_IRI) {
    crate_buffer_add_byte(printer->buffer, '<');
    crate_buffer_add(printer->buffer, info.text);
    crate_buffer_add_byte(printer->buffer, '>');
  } else if (crate_graph_about(graph, node, CRATE_RDF_FIRST).count) {
    print_list(printer, node, "/", level);
  } else if (crate_graph_about(graph, node, 0).count) {
    print_statement(printer, crate_graph_about(graph, node, 0).first, level);
  }
}

void
crate_path_print(CrateBuffer *buffer, const CrateGraph *graph, CrateTerm path)
{
  const Printer printer = {buffer, graph, buffer->size + MOST_BYTES};
  print_path(&printer, path, 0);
}
