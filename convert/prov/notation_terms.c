// SPDX-License-Identifier: Apache-2.0
// The tokens of PROV-N: names, times and literals.
#include "convert/prov/notation.h"
#include "rdf/names.h"

bool
crate_notation_is_plain(uint32_t c, bool first)
{
  const bool other = c && c < 0x80 && strchr("/@~&+*?#$!", (int)c);
  const bool digit = c >= '0' && c <= '9';
  return other || digit || crate_name_is_start(c) ||
         (!first && crate_name_is_part(c));
}

bool
crate_notation_is_escaped(uint32_t c)
{
  return c && c < 0x80 && strchr("='(),-:;[].", (int)c);
}

CrateStatus
crate_notation_skip(CrateNotation *notation)
{
  CrateCursor *const c = &notation->cursor;
  while (c->at < c->end) {
    const CrateText rest = crate_cursor_rest(c);
    if (strchr(" \t\r\n", *c->at) && *c->at) {
      ++c->at;
    } else if (crate_text_starts(rest, CRATE_TEXT("//"))) {
      c->at += crate_text_find(rest, '\n');
    } else if (crate_text_starts(rest, CRATE_TEXT("/*"))) {
      const char *const end = memmem(c->at + 2, rest.size - 2, "*/", 2);
      if (!end) {
        return crate_cursor_expected(c, "the \"*/\" of this comment");
      }
      c->at = end + 2;
    } else {
      break;
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_notation_take(CrateNotation *notation, char byte, bool *taken)
{
  *taken = crate_cursor_peek(&notation->cursor) == byte &&
           notation->cursor.at < notation->cursor.end;
  if (!*taken) {
    return CRATE_OK;
  }
  ++notation->cursor.at;
  return crate_notation_skip(notation);
}

/// The next character of a local name goes to the buffer; its size in the
/// document, 0 when it is none.
static size_t
take_local(CrateNotation *notation, CrateText rest)
{
  CrateBuffer *const local = &notation->local;
  if (!rest.size) {
    return 0;
  }
  if (rest.data[0] == '%') { // PERCENT: stays as it is
    const bool good = rest.size > 2 && crate_name_hex(rest.data[1]) >= 0 &&
                      crate_name_hex(rest.data[2]) >= 0;
    crate_buffer_add(local, crate_text_slice(rest, 0, good ? 3 : 0));
    return good ? 3 : 0;
  }
  if (rest.data[0] == '\\') { // PN_CHARS_ESC
    const bool good =
      rest.size > 1 && crate_notation_is_escaped((unsigned char)rest.data[1]);
    crate_buffer_add(local, crate_text_slice(rest, 1, good ? 2 : 1));
    return good ? 2 : 0;
  }
  uint32_t c = 0;
  const size_t size = crate_name_decode(rest.data, &c);
  if (!crate_notation_is_plain(c, !local->size) && (c != '.' || !local->size)) {
    return 0;
  }
  crate_buffer_add(local, crate_text_slice(rest, 0, size));
  return size;
}

/// PN_LOCAL [53]; may be empty. A dot at the end is not its own.
static CrateStatus
read_local(CrateNotation *notation)
{
  CrateCursor *const c = &notation->cursor;
  notation->local.size = 0;
  for (size_t size; (size = take_local(notation, crate_cursor_rest(c)));) {
    c->at += size;
  }
  CRATE_TRY(crate_buffer_status(&notation->local));
  while (notation->local.size && c->at[-1] == '.' && c->at[-2] != '\\') {
    --c->at;
    --notation->local.size;
  }
  return CRATE_OK;
}

/// The term of a name whose parts are known; `start` is to blame.
static CrateStatus
expand(CrateNotation *notation,
       const char *start,
       CrateText prefix,
       CrateText local,
       CrateTerm *out)
{
  const CrateStatus status =
    crate_prov_expand(notation->scope, prefix, local, out);
  CrateCursor *const c = &notation->cursor;
  const bool bad = status == CRATE_NOT_FOUND || status == CRATE_MALFORMED;
  c->at = bad ? start : c->at;
  return !bad ? status
         : status == CRATE_MALFORMED
           ? crate_cursor_expected(c, "a name that makes an IRI")
         : prefix.size
           ? crate_cursor_expected(c, "a prefix that is declared")
           : crate_cursor_expected(c, "a prefix, as there is no default");
}

CrateStatus
crate_notation_name(CrateNotation *notation, CrateTerm *out)
{
  CrateCursor *const c = &notation->cursor;
  const char *const start = c->at;
  const CrateText rest = crate_cursor_rest(c);
  if (crate_text_starts(rest, CRATE_TEXT("_:"))) { // as some tools write them
    const CrateText label = crate_text_slice(
      rest, 2,
      2 + crate_name_blank_span((CrateText){rest.data + 2, rest.size - 2}));
    c->at += 2 + label.size;
    return label.size ? crate_prov_blank(notation->document, label, out)
                      : crate_cursor_expected(c, "a label after \"_:\"");
  }
  CrateText prefix = crate_text_slice(rest, 0, crate_name_prefix_span(rest));
  const bool prefixed =
    prefix.size && prefix.size < rest.size && rest.data[prefix.size] == ':';
  prefix.size = prefixed ? prefix.size : 0;
  c->at += prefixed ? prefix.size + 1 : 0;
  CRATE_TRY(read_local(notation));
  if (c->at == start) {
    return crate_cursor_expected(c, "a qualified name");
  }
  return expand(notation, start, prefix, crate_buffer_text(&notation->local),
                out);
}

CrateStatus
crate_notation_iri(CrateNotation *notation, CrateTerm *out)
{
  const char *const start = notation->cursor.at;
  CRATE_TRY(crate_notation_name(notation, out));
  if (crate_terms_kind(notation->cursor.terms, *out) == CRATE_TERM_IRI) {
    return CRATE_OK;
  }
  notation->cursor.at = start;
  return crate_cursor_expected(&notation->cursor,
                               "a qualified name that is no blank node");
}

/// Whether a text has the form of another, where '0' stands for any digit.
static bool
has_form(CrateText text, const char *form)
{
  size_t i = 0;
  for (; i < text.size && form[i]; ++i) {
    const bool digit = text.data[i] >= '0' && text.data[i] <= '9';
    if (form[i] == '0' ? !digit : text.data[i] != form[i]) {
      return false;
    }
  }
  return !form[i];
}

size_t
crate_notation_time_span(CrateText text)
{
  static const char form[] = "0000-00-00T00:00:00";
  size_t at = has_form(text, form) ? sizeof(form) - 1 : 0;
  if (!at) {
    return 0;
  }
  if (at + 1 < text.size && text.data[at] == '.' &&
      has_form(crate_text_slice(text, at, text.size), ".0")) {
    for (++at; at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
         ++at) {
    }
  }
  const CrateText zone = crate_text_slice(text, at, text.size);
  return at + (has_form(zone, "Z")                                    ? 1
               : has_form(zone, "+00:00") || has_form(zone, "-00:00") ? 6
                                                                      : 0);
}

CrateStatus
crate_notation_time(CrateNotation *notation, CrateTerm *out)
{
  CrateCursor *const c = &notation->cursor;
  const CrateText rest = crate_cursor_rest(c);
  const size_t size = crate_notation_time_span(rest);
  if (!size) {
    return crate_cursor_expected(c,
                                 "a time such as 2011-11-16T16:05:00Z, or '-'");
  }
  c->at += size;
  return crate_terms_literal(c->terms, crate_text_slice(rest, 0, size),
                             CRATE_XSD_DATE_TIME, (CrateText){NULL, 0}, out);
}

/// STRING_LITERAL [58] between its quotes, to the cursor's scratch.
static CrateStatus
read_string(CrateCursor *c)
{
  const CrateText three = CRATE_TEXT("\"\"\"");
  const bool is_long = crate_text_starts(crate_cursor_rest(c), three);
  const char *const start = c->at;
  c->scratch.size = 0;
  c->at += is_long ? 3 : 1;
  while (c->at < c->end) {
    const char byte = *c->at;
    if (byte == '"' &&
        (!is_long || crate_text_starts(crate_cursor_rest(c), three))) {
      c->at += is_long ? 3 : 1;
      return crate_buffer_status(&c->scratch);
    }
    if (!is_long && (byte == '\n' || byte == '\r')) {
      break;
    }
    ++c->at;
    if (byte == '\\') {
      CRATE_TRY(crate_cursor_escape(c));
    } else {
      crate_buffer_add_byte(&c->scratch, byte);
    }
  }
  c->at = start;
  return crate_cursor_expected(c, "the end of this string");
}

/// A qualified name as a string: "ex:a" %% prov:QUALIFIED_NAME.
static CrateStatus
expand_string(CrateNotation *notation, const char *start, CrateTerm *out)
{
  const CrateText text = crate_buffer_text(&notation->cursor.scratch);
  const size_t colon = crate_text_find(text, ':');
  const bool prefixed = colon < text.size;
  return expand(
    notation, start, crate_text_slice(text, 0, prefixed ? colon : 0),
    crate_text_slice(text, prefixed ? colon + 1 : 0, text.size), out);
}

/// typedLiteral [48] or a string with a language
static CrateStatus
read_string_literal(CrateNotation *notation, CrateTerm *out)
{
  CrateCursor *const c = &notation->cursor;
  const char *const start = c->at;
  CrateText language = {NULL, 0};
  CrateTerm datatype = CRATE_NO_TERM;
  CRATE_TRY(read_string(c));
  if (crate_cursor_peek(c) == '@') {
    CRATE_TRY(crate_cursor_language(c, &language));
  }
  CRATE_TRY(crate_notation_skip(notation));
  if (!language.size &&
      crate_text_starts(crate_cursor_rest(c), CRATE_TEXT("%%"))) {
    c->at += 2;
    CRATE_TRY(crate_notation_skip(notation));
    CRATE_TRY(crate_notation_iri(notation, &datatype));
  }
  if (datatype && datatype == notation->name) {
    return expand_string(notation, start, out);
  }
  return crate_terms_literal(c->terms, crate_buffer_text(&c->scratch), datatype,
                             language, out);
}

CrateStatus
crate_notation_literal(CrateNotation *notation, CrateTerm *out)
{
  CrateCursor *const c = &notation->cursor;
  const CrateText rest = crate_cursor_rest(c);
  if (crate_cursor_peek(c) == '"') {
    return read_string_literal(notation, out);
  }
  if (crate_cursor_peek(c) == '\'') { // QUALIFIED_NAME_LITERAL [61]
    ++c->at;
    CRATE_TRY(crate_notation_name(notation, out));
    if (crate_cursor_peek(c) != '\'') {
      return crate_cursor_expected(c, "the ' behind the name");
    }
    ++c->at;
    return CRATE_OK;
  }
  CrateTerm kind;
  const size_t size = crate_name_number_span(rest, &kind);
  if (!size || kind != CRATE_XSD_INTEGER) { // INT_LITERAL [60]
    return crate_cursor_expected(
      c, "a value: \"text\", 'name', an integer, or \"text\" %% type");
  }
  c->at += size;
  return crate_terms_literal(c->terms, crate_text_slice(rest, 0, size),
                             notation->integer, (CrateText){NULL, 0}, out);
}
