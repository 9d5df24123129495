// SPDX-License-Identifier: Apache-2.0
// N-Triples and N-Quads, RDF 1.1. Numbers in brackets are the grammar's.
#include "rdf/cursor.h"
#include <cratekit/iri.h>

static void
skip_spaces(CrateCursor *cursor)
{
  while (crate_cursor_peek(cursor) == ' ' ||
         crate_cursor_peek(cursor) == '\t') {
    ++cursor->at;
  }
}

/// IRIREF [8], which must be absolute (RDF 1.1 N-Triples 2.2).
static CrateStatus
read_iri(CrateCursor *cursor, CrateTerm *out)
{
  const char *const start = cursor->at;
  CrateText iri;
  CRATE_TRY(crate_cursor_iri(cursor, &iri));
  if (!crate_iri_is_absolute(iri)) {
    cursor->at = start;
    return crate_cursor_expected(cursor, "an absolute IRI, which starts with a "
                                         "scheme");
  }
  return crate_terms_iri(cursor->terms, iri, out);
}

/// Bytes of a string up to its end, an escape, or the end of the line.
static CrateText
take_plain(CrateCursor *cursor)
{
  const char *const start = cursor->at;
  while (cursor->at < cursor->end && *cursor->at != '"' &&
         *cursor->at != '\\' && *cursor->at != '\n' && *cursor->at != '\r') {
    ++cursor->at;
  }
  return (CrateText){start, (size_t)(cursor->at - start)};
}

/// STRING_LITERAL_QUOTE [9]; `out` is a view into the source or the scratch.
static CrateStatus
read_string(CrateCursor *cursor, CrateText *out)
{
  ++cursor->at;
  *out = take_plain(cursor);
  if (crate_cursor_peek(cursor) == '\\') {
    cursor->scratch.size = 0;
    crate_buffer_add(&cursor->scratch, *out);
    while (crate_cursor_peek(cursor) == '\\') {
      ++cursor->at;
      CRATE_TRY(crate_cursor_escape(cursor));
      crate_buffer_add(&cursor->scratch, take_plain(cursor));
    }
    *out = crate_buffer_text(&cursor->scratch);
  }
  if (crate_cursor_peek(cursor) != '"') {
    return crate_cursor_expected(cursor, "'\"' to end the string on its line");
  }
  ++cursor->at;
  return crate_buffer_status(&cursor->scratch);
}

/// The datatype of a literal, standing on its '^'. Reading it may need the
/// scratch, which still holds the lexical form.
static CrateStatus
read_typed(CrateCursor *cursor, CrateText lexical, CrateTerm *out)
{
  if (!crate_text_starts(crate_cursor_rest(cursor), CRATE_TEXT("^^<"))) {
    return crate_cursor_expected(cursor, "^^<IRI> or the end of the literal");
  }
  cursor->at += 2;
  CrateBuffer kept = cursor->scratch;
  crate_buffer_init(&cursor->scratch, cursor->source->world);
  CrateTerm datatype;
  CrateStatus st = read_iri(cursor, &datatype);
  if (!st) {
    st = crate_terms_literal(cursor->terms, lexical, datatype,
                             (CrateText){NULL, 0}, out);
  }
  crate_buffer_clear(&cursor->scratch);
  cursor->scratch = kept;
  return st;
}

/// literal [6]
static CrateStatus
read_literal(CrateCursor *cursor, CrateTerm *out)
{
  CrateText lexical;
  CrateText language = {NULL, 0};
  CRATE_TRY(read_string(cursor, &lexical));
  if (crate_cursor_peek(cursor) == '^') {
    return read_typed(cursor, lexical, out);
  }
  if (crate_cursor_peek(cursor) == '@') {
    CRATE_TRY(crate_cursor_language(cursor, &language));
  }
  return crate_terms_literal(cursor->terms, lexical, CRATE_NO_TERM, language,
                             out);
}

static CrateStatus
read_resource(CrateCursor *cursor, const char *what, CrateTerm *out)
{
  switch (crate_cursor_peek(cursor)) {
    case '<':
      return read_iri(cursor, out);
    case '_':
      return crate_cursor_blank(cursor, out);
    default:
      return crate_cursor_expected(cursor, what);
  }
}

static CrateStatus
read_object(CrateCursor *cursor, CrateTerm *out)
{
  if (crate_cursor_peek(cursor) == '"') {
    return read_literal(cursor, out);
  }
  return read_resource(cursor, "an object: <IRI>, _:label or \"string\"", out);
}

/// statement [2]
static CrateStatus
read_statement(CrateCursor *cursor, bool quads)
{
  CrateQuad quad = {0, 0, 0, 0};
  const uint32_t origin = crate_cursor_origin(cursor, cursor->at);
  CRATE_TRY(
    read_resource(cursor, "a subject: <IRI> or _:label", &quad.subject));
  skip_spaces(cursor);
  if (crate_cursor_peek(cursor) != '<') {
    return crate_cursor_expected(cursor, "a predicate: <IRI>");
  }
  CRATE_TRY(read_iri(cursor, &quad.predicate));
  skip_spaces(cursor);
  CRATE_TRY(read_object(cursor, &quad.object));
  skip_spaces(cursor);
  if (quads && crate_cursor_peek(cursor) != '.') {
    CRATE_TRY(read_resource(cursor, "a graph name (<IRI> or _:label) or '.'",
                            &quad.graph));
    skip_spaces(cursor);
  }
  if (crate_cursor_peek(cursor) != '.') {
    return crate_cursor_expected(cursor, "'.' at the end of the statement");
  }
  ++cursor->at;
  return crate_graph_add(cursor->graph, quad, origin);
}

static bool
at_line_end(const CrateCursor *cursor)
{
  return cursor->at == cursor->end || *cursor->at == '\n' ||
         *cursor->at == '\r';
}

static CrateStatus
end_line(CrateCursor *cursor)
{
  skip_spaces(cursor);
  if (crate_cursor_peek(cursor) == '#') {
    while (!at_line_end(cursor)) {
      ++cursor->at;
    }
  }
  if (!at_line_end(cursor)) {
    return crate_cursor_expected(cursor,
                                 "the end of the line after a statement");
  }
  cursor->at += cursor->at < cursor->end;
  return CRATE_OK;
}

static CrateStatus
read_lines(CrateCursor *cursor, bool quads)
{
  while (cursor->at < cursor->end) {
    skip_spaces(cursor);
    if (!at_line_end(cursor) && *cursor->at != '#') {
      CRATE_TRY(read_statement(cursor, quads));
    }
    CRATE_TRY(end_line(cursor));
  }
  return CRATE_OK;
}

CrateStatus
crate_nquads_read(CrateGraph *graph, const CrateRdfSource *source, bool quads)
{
  CrateCursor cursor;
  crate_cursor_init(&cursor, graph, source);
  const CrateStatus st = read_lines(&cursor, quads);
  crate_cursor_clear(&cursor);
  return st;
}
