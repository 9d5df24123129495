// SPDX-License-Identifier: Apache-2.0
// Terms of Turtle and TriG. Numbers in brackets are those of RDF 1.1 Turtle.
#include "rdf/names.h"
#include "rdf/turtle.h"
#include <cratekit/iri.h>
#include <stdio.h>

void
crate_turtle_skip(CrateTurtle *turtle)
{
  CrateCursor *const c = &turtle->cursor;
  for (; c->at < c->end; ++c->at) {
    if (*c->at == '#') {
      while (c->at < c->end && *c->at != '\n' && *c->at != '\r') {
        ++c->at;
      }
      if (c->at == c->end) {
        return;
      }
    } else if (*c->at != ' ' && *c->at != '\t' && *c->at != '\n' &&
               *c->at != '\r') {
      return;
    }
  }
}

/// Whether the next character would carry a word on. A colon makes a word the
/// prefix of a name, but no prefix starts with '@'.
static bool
at_name(const CrateCursor *cursor, bool directive)
{
  if (cursor->at == cursor->end) {
    return false;
  }
  uint32_t c = 0;
  crate_name_decode(cursor->at, &c);
  return crate_name_is_part(c) || (c == ':' && !directive);
}

bool
crate_turtle_word(CrateTurtle *turtle, CrateText word, bool exact)
{
  CrateCursor *const c = &turtle->cursor;
  if (crate_cursor_rest(c).size < word.size) {
    return false;
  }
  for (size_t i = 0; i < word.size; ++i) {
    const char letter = c->at[i];
    const bool upper = letter >= 'a' && letter <= 'z';
    if (letter != word.data[i] &&
        (exact || !upper || letter - 'a' + 'A' != word.data[i])) {
      return false;
    }
  }
  const char *const start = c->at;
  c->at += word.size;
  if (at_name(c, word.data[0] == '@')) {
    c->at = start;
    return false;
  }
  return true;
}

CrateStatus
crate_turtle_prefix(CrateTurtle *turtle, CrateText *out)
{
  CrateCursor *const c = &turtle->cursor;
  const CrateText rest = crate_cursor_rest(c);
  *out = crate_text_slice(rest, 0, crate_name_prefix_span(rest));
  if (out->size == rest.size || rest.data[out->size] != ':') {
    return crate_cursor_expected(
      c, "a name with a prefix, or <IRI>; is a '.' or ';' missing before?");
  }
  c->at += out->size + 1;
  return CRATE_OK;
}

CrateStatus
crate_turtle_reference(CrateTurtle *turtle, CrateText *out)
{
  CrateCursor *const c = &turtle->cursor;
  const char *const start = c->at;
  CrateText reference;
  CRATE_TRY(crate_cursor_iri(c, &reference));
  // Only relative IRIs are resolved (RDF 1.1 Turtle 6.3): an absolute one
  // keeps even its dot segments, as it does in N-Quads.
  *out = reference;
  if (crate_iri_is_absolute(reference)) {
    return CRATE_OK;
  }
  crate_arena_reset(&turtle->resolved);
  CRATE_TRY(crate_iri_resolve(&turtle->resolved, turtle->base, reference, out));
  if (!crate_iri_is_absolute(*out)) {
    c->at = start;
    return crate_cursor_expected(c, "an absolute IRI, as there is no base IRI; "
                                    "give one with @base or --base");
  }
  return CRATE_OK;
}

/// PN_LOCAL_ESC [172s], standing behind the backslash.
static CrateStatus
read_local_escape(CrateCursor *cursor)
{
  const char c = crate_cursor_peek(cursor);
  if (!c || !strchr("_~.-!$&'()*+,;=/?#@%", c)) {
    return crate_cursor_expected(
      cursor, "one of _ ~ . - ! $ & ' ( ) * + , ; = / ? # @ %");
  }
  crate_buffer_add_byte(&cursor->scratch, c);
  ++cursor->at;
  return CRATE_OK;
}

/// PERCENT [170s], standing on the '%'. It stays as it is.
static CrateStatus
read_percent(CrateCursor *cursor)
{
  const CrateText rest = crate_cursor_rest(cursor);
  if (rest.size < 3 || crate_name_hex(rest.data[1]) < 0 ||
      crate_name_hex(rest.data[2]) < 0) {
    return crate_cursor_expected(cursor, "two hexadecimal digits after '%'");
  }
  crate_buffer_add(&cursor->scratch, crate_text_slice(rest, 0, 3));
  cursor->at += 3;
  return CRATE_OK;
}

/// Bytes of plain characters of PN_LOCAL [168s], dots and colons included.
static size_t
local_span(CrateText text, bool first)
{
  size_t at = 0;
  while (at < text.size) {
    uint32_t c = 0;
    const size_t size = crate_name_decode(text.data + at, &c);
    const bool start = first && at == 0;
    const bool digit = c >= '0' && c <= '9';
    const bool part = start ? crate_name_is_start(c) || digit
                            : crate_name_is_part(c) || c == '.';
    if (!part && c != ':') {
      break;
    }
    at += size;
  }
  return at;
}

/// PN_LOCAL [168s], appended to the scratch. Dots at the end are not its own.
static CrateStatus
read_local(CrateCursor *cursor)
{
  const char *const start = cursor->at;
  for (;;) {
    const CrateText rest = crate_cursor_rest(cursor);
    CrateText plain =
      crate_text_slice(rest, 0, local_span(rest, cursor->at == start));
    const char next = plain.size < rest.size ? rest.data[plain.size] : '\0';
    const bool more = next == '%' || next == '\\';
    while (!more && plain.size && plain.data[plain.size - 1] == '.') {
      --plain.size;
    }
    crate_buffer_add(&cursor->scratch, plain);
    cursor->at += plain.size;
    if (!more) {
      return crate_buffer_status(&cursor->scratch);
    }
    if (next == '%') {
      CRATE_TRY(read_percent(cursor));
    } else {
      ++cursor->at;
      CRATE_TRY(read_local_escape(cursor));
    }
  }
}

/// PrefixedName [136s]
static CrateStatus
read_prefixed(CrateTurtle *turtle, CrateTerm *out)
{
  CrateCursor *const c = &turtle->cursor;
  const char *const start = c->at;
  CrateText prefix;
  CRATE_TRY(crate_turtle_prefix(turtle, &prefix));
  uintptr_t found = 0;
  if (!crate_map_get(&turtle->namespaces, prefix, &found)) {
    c->at = start;
    char what[120];
    snprintf(what, sizeof(what), "the prefix %.*s: to be declared with @prefix",
             (int)(prefix.size < 60 ? prefix.size : 60), prefix.data);
    return crate_cursor_expected(c, what);
  }
  c->scratch.size = 0;
  crate_buffer_add(&c->scratch, *(const CrateText *)found);
  CRATE_TRY(read_local(c));
  return crate_terms_iri(c->terms, crate_buffer_text(&c->scratch), out);
}

CrateStatus
crate_turtle_iri(CrateTurtle *turtle, CrateTerm *out)
{
  if (crate_cursor_peek(&turtle->cursor) != '<') {
    return read_prefixed(turtle, out);
  }
  CrateText iri;
  CRATE_TRY(crate_turtle_reference(turtle, &iri));
  return crate_terms_iri(turtle->cursor.terms, iri, out);
}

bool
crate_turtle_at_literal(const CrateTurtle *turtle)
{
  const char c = crate_cursor_peek(&turtle->cursor);
  if (c == '"' || c == '\'') {
    return true;
  }
  CrateTerm datatype;
  return crate_name_number_span(crate_cursor_rest(&turtle->cursor), &datatype) >
         0;
}

/// Bytes of a string up to a quote, an escape, or a line end if it is short.
static void
take_plain(CrateCursor *cursor, char quote, bool is_long)
{
  const char *const start = cursor->at;
  while (cursor->at < cursor->end && *cursor->at != quote &&
         *cursor->at != '\\' &&
         (is_long || (*cursor->at != '\n' && *cursor->at != '\r'))) {
    ++cursor->at;
  }
  crate_buffer_add(&cursor->scratch,
                   (CrateText){start, (size_t)(cursor->at - start)});
}

/// String [17], into the scratch.
static CrateStatus
read_string(CrateCursor *cursor)
{
  const char quote = *cursor->at;
  const char three[] = {quote, quote, quote};
  const CrateText fence = {three, 3};
  const bool is_long = crate_text_starts(crate_cursor_rest(cursor), fence);
  cursor->scratch.size = 0;
  cursor->at += is_long ? 3 : 1;
  for (;;) {
    take_plain(cursor, quote, is_long);
    const char next = crate_cursor_peek(cursor);
    if (next == '\\') {
      ++cursor->at;
      CRATE_TRY(crate_cursor_escape(cursor));
    } else if (next != quote) {
      return crate_cursor_expected(
        cursor, is_long ? "the three quotes that end the string"
                        : "the quote that ends the string on its line");
    } else if (!is_long ||
               crate_text_starts(crate_cursor_rest(cursor), fence)) {
      cursor->at += is_long ? 3 : 1;
      return crate_buffer_status(&cursor->scratch);
    } else {
      crate_buffer_add_byte(&cursor->scratch, quote);
      ++cursor->at;
    }
  }
}

/// The datatype of a string, standing on its '^'; it needs the scratch, where
/// the lexical form is.
static CrateStatus
read_typed(CrateTurtle *turtle, CrateTerm *out)
{
  CrateCursor *const c = &turtle->cursor;
  if (!crate_text_starts(crate_cursor_rest(c), CRATE_TEXT("^^"))) {
    return crate_cursor_expected(c, "^^ and a datatype");
  }
  c->at += 2;
  CrateBuffer lexical = c->scratch;
  crate_buffer_init(&c->scratch, c->source->world);
  CrateTerm datatype;
  CrateStatus st = crate_turtle_iri(turtle, &datatype);
  if (!st) {
    st = crate_terms_literal(c->terms, crate_buffer_text(&lexical), datatype,
                             (CrateText){NULL, 0}, out);
  }
  crate_buffer_clear(&c->scratch);
  c->scratch = lexical;
  return st;
}

CrateStatus
crate_turtle_literal(CrateTurtle *turtle, CrateTerm *out)
{
  CrateCursor *const c = &turtle->cursor;
  CrateText language = {NULL, 0};
  const char first = crate_cursor_peek(c);
  if (first != '"' && first != '\'') {
    CrateTerm datatype;
    const CrateText rest = crate_cursor_rest(c);
    const size_t size = crate_name_number_span(rest, &datatype);
    c->at += size;
    return crate_terms_literal(c->terms, crate_text_slice(rest, 0, size),
                               datatype, language, out);
  }
  CRATE_TRY(read_string(c));
  if (crate_cursor_peek(c) == '^') {
    return read_typed(turtle, out);
  }
  if (crate_cursor_peek(c) == '@') {
    CRATE_TRY(crate_cursor_language(c, &language));
  }
  return crate_terms_literal(c->terms, crate_buffer_text(&c->scratch),
                             CRATE_NO_TERM, language, out);
}
