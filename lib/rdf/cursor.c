// SPDX-License-Identifier: Apache-2.0
#include "rdf/cursor.h"
#include "rdf/names.h"

void
crate_cursor_init(CrateCursor *cursor,
                  CrateGraph *graph,
                  const CrateRdfSource *source)
{
  const CrateText bytes = source->bytes;
  *cursor = (CrateCursor){
    .source = source,
    .graph = graph,
    .terms = graph ? crate_graph_terms(graph) : NULL,
    .at = bytes.data ? bytes.data : "",
  };
  cursor->end = cursor->at + bytes.size;
  if (crate_text_starts(bytes, CRATE_TEXT("\xEF\xBB\xBF"))) {
    cursor->at += 3;
  }
  crate_map_init(&cursor->blanks, source->world);
  crate_buffer_init(&cursor->scratch, source->world);
}

void
crate_cursor_clear(CrateCursor *cursor)
{
  crate_map_clear(&cursor->blanks);
  crate_buffer_clear(&cursor->scratch);
}

/// Lines are counted only when somebody asks; CR, LF and CRLF end one.
void
crate_cursor_place(const CrateCursor *cursor, CrateDiagnostic *place)
{
  const char *line = cursor->source->bytes.data;
  place->line = place->column = 1;
  for (const char *c = line; c && c < cursor->at; ++c) {
    if (*c == '\n' || (*c == '\r' && (c + 1 == cursor->end || c[1] != '\n'))) {
      ++place->line;
      line = c + 1;
    }
  }
  if (line) {
    place->column = (uint32_t)(cursor->at - line + 1);
  }
}

CrateStatus
crate_cursor_expected(const CrateCursor *cursor, const char *what)
{
  CrateDiagnostic place = crate_rdf_source_place(cursor->source);
  crate_cursor_place(cursor, &place);
  return crate_world_say(cursor->source->world, CRATE_MALFORMED, &place,
                         "expected %s", what);
}

/// UCHAR [10], standing on the 'u' or 'U'.
static CrateStatus
read_code_point(CrateCursor *cursor)
{
  const int digits = *cursor->at == 'u' ? 4 : 8;
  uint32_t code_point = 0;
  for (int i = 1; i <= digits; ++i) {
    const int digit =
      cursor->end - cursor->at > i ? crate_name_hex(cursor->at[i]) : -1;
    if (digit < 0) {
      return crate_cursor_expected(cursor, digits == 4
                                             ? "four hexadecimal digits"
                                             : "eight hexadecimal digits");
    }
    code_point = code_point << 4u | (uint32_t)digit;
  }
  if (code_point > 0x10FFFFu || code_point >> 11u == 0x1Bu) {
    return crate_cursor_expected(cursor, "an escape that names a character");
  }
  cursor->at += digits + 1;
  crate_buffer_add_code_point(&cursor->scratch, code_point);
  return crate_buffer_status(&cursor->scratch);
}

CrateStatus
crate_cursor_escape(CrateCursor *cursor)
{
  static const char letters[] = "tbnrf\"'\\";
  static const char meanings[] = "\t\b\n\r\f\"'\\";
  const char letter = crate_cursor_peek(cursor);
  if (letter == 'u' || letter == 'U') {
    return read_code_point(cursor);
  }
  const char *const found = letter ? strchr(letters, letter) : NULL;
  if (!found) {
    return crate_cursor_expected(
      cursor, "one of t b n r f \" ' \\ u U after a backslash");
  }
  crate_buffer_add_byte(&cursor->scratch, meanings[found - letters]);
  ++cursor->at;
  return crate_buffer_status(&cursor->scratch);
}

/// One UCHAR of an IRI, standing behind the backslash.
static CrateStatus
read_iri_escape(CrateCursor *cursor)
{
  const char letter = crate_cursor_peek(cursor);
  if (letter != 'u' && letter != 'U') {
    return crate_cursor_expected(cursor, "\\u or \\U in an IRI");
  }
  const size_t before = cursor->scratch.size;
  CRATE_TRY(read_code_point(cursor));
  if (!crate_name_iri_span(crate_text_slice(crate_buffer_text(&cursor->scratch),
                                            before, before + 1))) {
    return crate_cursor_expected(cursor, "an escape that IRIs allow");
  }
  return CRATE_OK;
}

/// An IRI with escapes, from the start of its text up to what ends it.
static CrateStatus
read_escaped_iri(CrateCursor *cursor, CrateText *out)
{
  cursor->scratch.size = 0;
  for (;;) {
    const CrateText rest = crate_cursor_rest(cursor);
    const size_t plain = crate_name_iri_span(rest);
    crate_buffer_add(&cursor->scratch, crate_text_slice(rest, 0, plain));
    cursor->at += plain;
    if (crate_cursor_peek(cursor) != '\\') {
      break;
    }
    ++cursor->at;
    CRATE_TRY(read_iri_escape(cursor));
  }
  *out = crate_buffer_text(&cursor->scratch);
  return crate_buffer_status(&cursor->scratch);
}

CrateStatus
crate_cursor_iri(CrateCursor *cursor, CrateText *out)
{
  const char *const start = ++cursor->at;
  const CrateText rest = crate_cursor_rest(cursor);
  *out = crate_text_slice(rest, 0, crate_name_iri_span(rest));
  cursor->at += out->size;
  if (crate_cursor_peek(cursor) == '\\') {
    cursor->at = start;
    CRATE_TRY(read_escaped_iri(cursor, out));
  }
  if (crate_cursor_peek(cursor) != '>') {
    return crate_cursor_expected(cursor, "a character that IRIs allow, or '>'");
  }
  ++cursor->at;
  return CRATE_OK;
}

CrateStatus
crate_cursor_label(CrateCursor *cursor, CrateText *out)
{
  ++cursor->at;
  *out = (CrateText){NULL, 0};
  if (crate_cursor_peek(cursor) != ':') {
    return crate_cursor_expected(cursor, "':' after '_'");
  }
  ++cursor->at;
  const CrateText rest = crate_cursor_rest(cursor);
  *out = crate_text_slice(rest, 0, crate_name_blank_span(rest));
  if (!out->size) {
    return crate_cursor_expected(cursor, "a blank node label after \"_:\"");
  }
  cursor->at += out->size;
  return CRATE_OK;
}

CrateStatus
crate_cursor_node(CrateCursor *cursor, CrateText label, CrateTerm *out)
{
  uintptr_t known = 0;
  if (crate_map_get(&cursor->blanks, label, &known)) {
    *out = (CrateTerm)known;
    return CRATE_OK;
  }
  CRATE_TRY(crate_terms_blank(cursor->terms, label, out));
  return crate_map_put(&cursor->blanks, label, *out);
}

CrateStatus
crate_cursor_blank(CrateCursor *cursor, CrateTerm *out)
{
  CrateText label;
  CRATE_TRY(crate_cursor_label(cursor, &label));
  return crate_cursor_node(cursor, label, out);
}

CrateStatus
crate_cursor_language(CrateCursor *cursor, CrateText *out)
{
  ++cursor->at;
  const CrateText rest = crate_cursor_rest(cursor);
  *out = crate_text_slice(rest, 0, crate_name_language_span(rest));
  if (!out->size) {
    return crate_cursor_expected(cursor, "a language tag after '@'");
  }
  cursor->at += out->size;
  return CRATE_OK;
}
