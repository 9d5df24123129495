// SPDX-License-Identifier: Apache-2.0
// The grammars of N-Triples and N-Quads, RDF 1.1. Numbers in brackets are
// theirs.
#include "rdf/nquads_scan.h"
#include <cratekit/iri.h>

void
crate_nquads_scan_init(CrateNquadsScan *scan,
                       const CrateRdfSource *source,
                       bool quads)
{
  crate_cursor_init(&scan->cursor, NULL, source);
  crate_arena_init(&scan->decoded, source->world);
  scan->quads = quads;
}

void
crate_nquads_scan_clear(CrateNquadsScan *scan)
{
  crate_cursor_clear(&scan->cursor);
  crate_arena_clear(&scan->decoded);
}

static void
skip_spaces(CrateCursor *cursor)
{
  while (crate_cursor_peek(cursor) == ' ' ||
         crate_cursor_peek(cursor) == '\t') {
    ++cursor->at;
  }
}

/// What the scratch holds is kept for as long as the statement is.
static CrateStatus
keep(CrateNquadsScan *scan, CrateText *text)
{
  CRATE_TRY(crate_buffer_status(&scan->cursor.scratch));
  return text->data && text->data == scan->cursor.scratch.data
           ? crate_arena_copy(&scan->decoded, *text, text)
           : CRATE_OK;
}

/// IRIREF [8], which must be absolute (RDF 1.1 N-Triples 2.2).
static CrateStatus
read_iri(CrateNquadsScan *scan, CrateText *out)
{
  CrateCursor *const cursor = &scan->cursor;
  const char *const start = cursor->at;
  CRATE_TRY(crate_cursor_iri(cursor, out));
  if (!crate_iri_is_absolute(*out)) {
    cursor->at = start;
    return crate_cursor_expected(cursor, "an absolute IRI, which starts with a "
                                         "scheme");
  }
  return keep(scan, out);
}

/// Bytes of a string up to its end, an escape, or the end of the line.
static CrateText
take_plain(CrateCursor *cursor)
{
  const char *at = cursor->at;
  while (at < cursor->end && *at != '"' && *at != '\\' && *at != '\n' &&
         *at != '\r') {
    ++at;
  }
  const CrateText plain = {cursor->at, (size_t)(at - cursor->at)};
  cursor->at = at;
  return plain;
}

/// STRING_LITERAL_QUOTE [9]
static CrateStatus
read_string(CrateNquadsScan *scan, CrateText *out)
{
  CrateCursor *const cursor = &scan->cursor;
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
  return keep(scan, out);
}

/// literal [6]
static CrateStatus
read_literal(CrateNquadsScan *scan, CrateNquadsTerm *out)
{
  CrateCursor *const cursor = &scan->cursor;
  CRATE_TRY(read_string(scan, &out->text));
  if (crate_cursor_peek(cursor) == '@') {
    return crate_cursor_language(cursor, &out->language);
  }
  if (crate_cursor_peek(cursor) != '^') {
    return CRATE_OK;
  }
  if (!crate_text_starts(crate_cursor_rest(cursor), CRATE_TEXT("^^<"))) {
    return crate_cursor_expected(cursor, "^^<IRI> or the end of the literal");
  }
  cursor->at += 2;
  return read_iri(scan, &out->datatype);
}

/// Any term; whether it may stand here is for the caller to know.
static CrateStatus
read_term(CrateNquadsScan *scan, CrateNquadsTerm *out)
{
  CrateCursor *const cursor = &scan->cursor;
  const char *const start = cursor->at;
  switch (*start) {
    case '<':
      out->kind = CRATE_TERM_IRI;
      CRATE_TRY(read_iri(scan, &out->text));
      break;
    case '_':
      out->kind = CRATE_TERM_BLANK;
      CRATE_TRY(crate_cursor_label(cursor, &out->text));
      break;
    default:
      out->kind = CRATE_TERM_LITERAL;
      CRATE_TRY(read_literal(scan, out));
      break;
  }
  out->raw = (CrateText){start, (size_t)(cursor->at - start)};
  skip_spaces(cursor);
  return CRATE_OK;
}

/// The places of a statement: the first bytes of what may stand there.
static const struct {
  const char *starts, *expected;
} places[] = {
  {"<_", "a subject: <IRI> or _:label"},
  {"<", "a predicate: <IRI>"},
  {"<_\"", "an object: <IRI>, _:label or \"string\""},
  {"<_", "a graph name (<IRI> or _:label) or '.'"},
};

/// statement [2]
static CrateStatus
read_statement(CrateNquadsScan *scan, CrateNquad *out)
{
  CrateCursor *const cursor = &scan->cursor;
  const unsigned most = scan->quads ? 4u : 3u;
  *out = (CrateNquad){.start = cursor->at};
  for (unsigned i = 0; i < most; ++i) {
    const char start = crate_cursor_peek(cursor);
    if (i == 3u && start == '.') {
      break;
    }
    if (!start || !strchr(places[i].starts, start)) {
      return crate_cursor_expected(cursor, places[i].expected);
    }
    CRATE_TRY(read_term(scan, &out->terms[i]));
  }
  if (crate_cursor_peek(cursor) != '.') {
    return crate_cursor_expected(cursor, "'.' at the end of the statement");
  }
  ++cursor->at;
  return CRATE_OK;
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

CrateStatus
crate_nquads_scan(CrateNquadsScan *scan, CrateNquad *out)
{
  CrateCursor *const cursor = &scan->cursor;
  if (scan->decoded.used) {
    crate_arena_reset(&scan->decoded);
  }
  while (cursor->at < cursor->end) {
    skip_spaces(cursor);
    const bool bare = at_line_end(cursor) || *cursor->at == '#';
    if (!bare) {
      CRATE_TRY(read_statement(scan, out));
    }
    CRATE_TRY(end_line(cursor));
    if (!bare) {
      return CRATE_OK;
    }
  }
  return CRATE_NOT_FOUND;
}
