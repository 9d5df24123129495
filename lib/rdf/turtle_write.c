// SPDX-License-Identifier: Apache-2.0
// Turtle and TriG, as a person would lay it out.
#include "rdf/graph.h"
#include "rdf/names.h"
#include "rdf/nquads_write.h"
#include "rdf/prefixes.h"
#include "rdf/turtle_layout.h"

// Values of CrateTurtleLayoutNode.prefix beside an index plus FIRST_PREFIX.
enum { PREFIX_UNKNOWN = 0, NO_PREFIX = 1, FIRST_PREFIX = 2 };

typedef struct {
  CrateBuffer *buffer;
  const CrateTerms *terms;
  const CrateQuad *quads;
  size_t size;
  CrateTurtleLayoutNode *nodes;
  const CratePrefix *prefixes;
  size_t prefix_count;
  bool used[CRATE_MOST_PREFIXES];
  unsigned level; // of indentation
  bool started;   // something stands above, to be set apart by an empty line
} Writer;

static void write_object(Writer *writer, CrateTerm term);

static void
indent(const Writer *writer)
{
  for (unsigned i = 0; i < writer->level; ++i) {
    crate_buffer_add(writer->buffer, CRATE_TEXT("  "));
  }
}

static void
new_line(const Writer *writer)
{
  crate_buffer_add_byte(writer->buffer, '\n');
  indent(writer);
}

/// May a literal stand without quotes: would it be read back as it is?
static bool
is_bare(const CrateTermInfo *info)
{
  CrateTerm datatype = CRATE_NO_TERM;
  if (info->datatype == CRATE_XSD_BOOLEAN) {
    return crate_text_is(info->text, "true") ||
           crate_text_is(info->text, "false");
  }
  return info->text.size &&
         crate_name_number_span(info->text, &datatype) == info->text.size &&
         datatype == info->datatype;
}

static void
note_prefix(Writer *writer, CrateTerm term)
{
  CrateTurtleLayoutNode *const node = &writer->nodes[term];
  if (node->prefix != PREFIX_UNKNOWN) {
    return;
  }
  const CrateTermInfo info = crate_terms_info(writer->terms, term);
  node->prefix = NO_PREFIX;
  if (info.kind == CRATE_TERM_IRI) {
    const size_t found =
      crate_prefixes_find(writer->prefixes, writer->prefix_count, info.text);
    node->prefix = found < writer->prefix_count
                     ? (uint8_t)(found + FIRST_PREFIX)
                     : NO_PREFIX;
  } else if (info.kind == CRATE_TERM_LITERAL && !info.language.size &&
             info.datatype != CRATE_XSD_STRING && !is_bare(&info)) {
    note_prefix(writer, info.datatype);
  }
  if (node->prefix >= FIRST_PREFIX) {
    writer->used[node->prefix - FIRST_PREFIX] = true;
  }
}

static void
write_iri(const Writer *writer, CrateTerm term)
{
  const CrateText iri = crate_terms_info(writer->terms, term).text;
  const uint8_t prefix = writer->nodes[term].prefix;
  if (prefix < FIRST_PREFIX) {
    crate_nquads_add_iri(writer->buffer, iri);
    return;
  }
  const CratePrefix *const p = &writer->prefixes[prefix - FIRST_PREFIX];
  crate_buffer_add(writer->buffer, p->prefix);
  crate_buffer_add_byte(writer->buffer, ':');
  crate_buffer_add(writer->buffer,
                   crate_text_slice(iri, p->iri.size, iri.size));
}

/// A string of several lines, between three quotes.
static void
write_long_string(const Writer *writer, CrateText text)
{
  CrateBuffer *const buffer = writer->buffer;
  crate_buffer_add(buffer, CRATE_TEXT("\"\"\""));
  size_t from = 0;
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned char c = (unsigned char)text.data[i];
    const bool plain =
      c == '\n' || (c >= 0x20u && c != '"' && c != '\\' && c != 0x7Fu);
    if (!plain) {
      crate_buffer_add(buffer, crate_text_slice(text, from, i));
      crate_nquads_add_escape(buffer, c);
      from = i + 1;
    }
  }
  crate_buffer_add(buffer, crate_text_slice(text, from, text.size));
  crate_buffer_add(buffer, CRATE_TEXT("\"\"\""));
}

static void
write_string(const Writer *writer, CrateText text)
{
  if (crate_text_find(text, '\n') < text.size) {
    write_long_string(writer, text);
    return;
  }
  const CrateTermInfo plain = {.text = text, .datatype = CRATE_XSD_STRING};
  crate_nquads_add_literal(writer->buffer, writer->terms, &plain);
}

static void
write_literal(const Writer *writer, const CrateTermInfo *info)
{
  if (is_bare(info)) {
    crate_buffer_add(writer->buffer, info->text);
    return;
  }
  write_string(writer, info->text);
  if (info->language.size) {
    crate_buffer_add_byte(writer->buffer, '@');
    crate_buffer_add(writer->buffer, info->language);
  } else if (info->datatype != CRATE_XSD_STRING) {
    crate_buffer_add(writer->buffer, CRATE_TEXT("^^"));
    write_iri(writer, info->datatype);
  }
}

/// End of the quads of one subject in one graph.
static size_t
run_end(const Writer *writer, size_t first)
{
  const CrateQuad *const quads = writer->quads;
  size_t end = first + 1;
  while (end < writer->size && quads[end].subject == quads[first].subject &&
         quads[end].graph == quads[first].graph) {
    ++end;
  }
  return end;
}

/// Predicates and objects of a run of quads, each predicate on its line.
static void
write_run(Writer *writer, size_t first)
{
  const size_t end = run_end(writer, first);
  const CrateQuad *const quads = writer->quads;
  ++writer->level;
  for (size_t i = first; i < end; ++i) {
    if (i > first && quads[i].predicate == quads[i - 1].predicate) {
      crate_buffer_add(writer->buffer, CRATE_TEXT(" , "));
    } else {
      crate_buffer_add_string(writer->buffer, i > first ? " ;" : "");
      new_line(writer);
      if (quads[i].predicate == CRATE_RDF_TYPE) {
        crate_buffer_add_byte(writer->buffer, 'a');
      } else {
        write_object(writer, quads[i].predicate);
      }
      crate_buffer_add_byte(writer->buffer, ' ');
    }
    write_object(writer, quads[i].object);
    crate_buffer_drain(writer->buffer);
  }
  --writer->level;
}

/// Members of a list; its cells are written nowhere else.
static void
write_list(Writer *writer, CrateTerm cell)
{
  crate_buffer_add(writer->buffer, CRATE_TEXT("( "));
  while (cell != CRATE_RDF_NIL) {
    const CrateQuad *const quads =
      &writer->quads[writer->nodes[cell].first - 1u];
    write_object(writer, quads[0].object);
    crate_buffer_add_byte(writer->buffer, ' ');
    crate_buffer_drain(writer->buffer);
    cell = quads[1].object;
  }
  crate_buffer_add_byte(writer->buffer, ')');
}

static void
write_blank(Writer *writer, CrateTerm term)
{
  const CrateTurtleLayoutNode *const node = &writer->nodes[term];
  if (!(node->flags & CRATE_TURTLE_LAYOUT_NESTED)) {
    crate_rdf_write_term(writer->buffer, writer->terms, term);
  } else if (node->flags & CRATE_TURTLE_LAYOUT_LIST) {
    write_list(writer, term);
  } else if (!node->first) {
    crate_buffer_add(writer->buffer, CRATE_TEXT("[]"));
  } else {
    crate_buffer_add_byte(writer->buffer, '[');
    write_run(writer, node->first - 1u);
    new_line(writer);
    crate_buffer_add_byte(writer->buffer, ']');
  }
}

static void
write_object(Writer *writer, CrateTerm term)
{
  const CrateTermInfo info = crate_terms_info(writer->terms, term);
  switch (info.kind) {
    case CRATE_TERM_IRI:
      if (term == CRATE_RDF_NIL) {
        crate_buffer_add(writer->buffer, CRATE_TEXT("()"));
      } else {
        write_iri(writer, term);
      }
      break;
    case CRATE_TERM_BLANK:
      write_blank(writer, term);
      break;
    case CRATE_TERM_LITERAL:
      write_literal(writer, &info);
      break;
    case CRATE_TERM_NONE:
      break;
  }
}

/// A subject and all that is said of it in one graph.
static void
write_statement(Writer *writer, size_t first)
{
  const CrateTerm subject = writer->quads[first].subject;
  const CrateTurtleLayoutNode *const node = &writer->nodes[subject];
  const bool blank =
    crate_terms_kind(writer->terms, subject) == CRATE_TERM_BLANK;
  if (writer->started) {
    crate_buffer_add_byte(writer->buffer, '\n');
  }
  writer->started = true;
  indent(writer);
  if (blank && !node->uses && !(node->flags & CRATE_TURTLE_LAYOUT_SHARED)) {
    crate_buffer_add(writer->buffer, CRATE_TEXT("[]"));
  } else if (blank) {
    crate_rdf_write_term(writer->buffer, writer->terms, subject);
  } else {
    write_iri(writer, subject);
  }
  write_run(writer, first);
  crate_buffer_add(writer->buffer, CRATE_TEXT(" .\n"));
}

static void
open_graph(Writer *writer, CrateTerm graph)
{
  if (writer->started) {
    crate_buffer_add_byte(writer->buffer, '\n');
  }
  writer->started = false;
  if (crate_terms_kind(writer->terms, graph) == CRATE_TERM_IRI) {
    write_iri(writer, graph);
  } else {
    crate_rdf_write_term(writer->buffer, writer->terms, graph);
  }
  crate_buffer_add(writer->buffer, CRATE_TEXT(" {\n"));
  ++writer->level;
}

static void
close_graph(Writer *writer)
{
  --writer->level;
  writer->started = true;
  crate_buffer_add(writer->buffer, CRATE_TEXT("}\n"));
}

static void
write_graphs(Writer *writer)
{
  CrateTerm graph = CRATE_NO_TERM;
  size_t i = 0;
  while (i < writer->size && !crate_buffer_status(writer->buffer)) {
    const CrateQuad *const quad = &writer->quads[i];
    if (quad->graph != graph) {
      if (graph) {
        close_graph(writer);
      }
      graph = quad->graph;
      open_graph(writer, graph);
    }
    if (!(writer->nodes[quad->subject].flags & CRATE_TURTLE_LAYOUT_NESTED)) {
      write_statement(writer, i);
    }
    i = run_end(writer, i);
  }
  if (graph) {
    close_graph(writer);
  }
}

/// Which prefixes the document needs: not those of what has a shorter form.
static void
note_prefixes(Writer *writer)
{
  for (size_t i = 0; i < writer->size; ++i) {
    const CrateQuad *const quad = &writer->quads[i];
    const bool cell =
      writer->nodes[quad->subject].flags & CRATE_TURTLE_LAYOUT_LIST;
    note_prefix(writer, quad->subject);
    if (quad->predicate != CRATE_RDF_TYPE && !cell) {
      note_prefix(writer, quad->predicate);
    }
    if (quad->object != CRATE_RDF_NIL) {
      note_prefix(writer, quad->object);
    }
    note_prefix(writer, quad->graph);
  }
}

static void
write_prefixes(Writer *writer)
{
  note_prefixes(writer);
  for (size_t i = 0; i < writer->prefix_count; ++i) {
    if (writer->used[i]) {
      crate_prefixes_declare(writer->buffer, &writer->prefixes[i]);
      writer->started = true;
    }
  }
}

CrateStatus
crate_rdf_write_turtle(CrateBuffer *buffer,
                       const CrateGraph *graph,
                       const CratePrefix *prefixes,
                       size_t prefix_count)
{
  const CrateWorld *const world = graph->world;
  CRATE_TRY(crate_prefixes_check(world, prefixes, prefix_count));
  size_t usual_count;
  const CratePrefix *const usual = crate_prefixes_usual(&usual_count);
  Writer writer = {
    .buffer = buffer,
    .terms = crate_graph_terms(graph),
    .quads = crate_graph_quads(graph),
    .size = crate_graph_size(graph),
    .prefixes = prefix_count ? prefixes : usual,
    .prefix_count = prefix_count ? prefix_count : usual_count,
  };
  CRATE_TRY(crate_turtle_layout_new(world, graph, &writer.nodes));
  write_prefixes(&writer);
  write_graphs(&writer);
  crate_world_release(world, writer.nodes);
  return crate_buffer_status(buffer);
}
