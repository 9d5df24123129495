// SPDX-License-Identifier: Apache-2.0
// What is checked of an XML document before raptor2 sees it, because raptor2
// (or libxml2 below it, as raptor2 sets it up) does not:
// - parameter entities are read from files whatever the options say, and
//   external entities vanish without a word, so neither may be declared;
// - time grows with the square of the depth of elements, so that is limited;
// - errors of well-formedness carry no line, so tags are matched here.
#include "rdf/cursor.h"
#include <stdio.h>

typedef struct {
  CrateCursor cursor;
  CrateText *open; // names of the elements we are in
  size_t depth, capacity;
} Guard;

/// Go past the first `mark` after the place, or say that it is missing.
static CrateStatus
skip_past(Guard *guard, const char *mark, const char *what)
{
  CrateCursor *const c = &guard->cursor;
  const CrateText rest = crate_cursor_rest(c);
  const char *const found = memmem(rest.data, rest.size, mark, strlen(mark));
  if (!found) {
    return crate_cursor_expected(c, what);
  }
  c->at = found + strlen(mark);
  return CRATE_OK;
}

static bool
is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_spaces(CrateCursor *cursor)
{
  while (cursor->at < cursor->end && is_space(*cursor->at)) {
    ++cursor->at;
  }
}

/// Whether a character reference at the start of a text, behind its "&#",
/// stands for '<' or '&', which would be markup when the entity is used.
static bool
hides_markup(CrateText text)
{
  const bool hex = text.size && text.data[0] == 'x';
  uint32_t code_point = 0;
  for (size_t i = hex; i < text.size && text.data[i] != ';'; ++i) {
    const unsigned char c = (unsigned char)text.data[i];
    const uint32_t digit = c <= '9' ? c - (uint32_t)'0' : (c | 0x20u) - 'W';
    code_point = code_point * (hex ? 16u : 10u) + digit;
    if (code_point > 0x10FFFFu) {
      return true; // nothing sound
    }
  }
  return code_point == '<' || code_point == '&';
}

static bool
holds_markup(CrateText value)
{
  for (size_t i = 0; i < value.size; ++i) {
    const CrateText rest = crate_text_slice(value, i, value.size);
    if (value.data[i] == '<' ||
        (crate_text_starts(rest, CRATE_TEXT("&#")) &&
         hides_markup(crate_text_slice(rest, 2, rest.size)))) {
      return true;
    }
  }
  return false;
}

/// A quoted text, standing on its quote.
static CrateStatus
read_quoted(CrateCursor *cursor, CrateText *out)
{
  const char quote = *cursor->at;
  const CrateText rest = crate_cursor_rest(cursor);
  const CrateText behind = crate_text_slice(rest, 1, rest.size);
  *out = crate_text_slice(behind, 0, crate_text_find(behind, quote));
  if (out->size == behind.size) {
    return crate_cursor_expected(cursor, "the quote that ends this text");
  }
  cursor->at += out->size + 2;
  return CRATE_OK;
}

/// An entity declaration, standing behind its "<!ENTITY".
static CrateStatus
check_entity(Guard *guard)
{
  CrateCursor *const c = &guard->cursor;
  skip_spaces(c);
  const char *const name = c->at;
  while (c->at < c->end && !is_space(*c->at) && *c->at != '>') {
    ++c->at;
  }
  if (c->at == c->end || *c->at == '>' || *name == '%') {
    c->at = name;
    return crate_cursor_expected(c, "the name of a general entity");
  }
  skip_spaces(c);
  const char *const start = c->at;
  if (crate_cursor_peek(c) != '"' && crate_cursor_peek(c) != '\'') {
    return crate_cursor_expected(c, "an entity with its value in quotes: "
                                    "nothing is read from elsewhere");
  }
  CrateText value;
  CRATE_TRY(read_quoted(c, &value));
  if (holds_markup(value)) {
    c->at = start;
    return crate_cursor_expected(c, "an entity without markup in it");
  }
  return CRATE_OK;
}

/// The document type declaration, standing behind its "<!DOCTYPE".
static CrateStatus
check_doctype(Guard *guard)
{
  CrateCursor *const c = &guard->cursor;
  const char *const start = c->at;
  unsigned brackets = 0;
  while (c->at < c->end) {
    const CrateText rest = crate_cursor_rest(c);
    CrateText ignored;
    if (crate_text_starts(rest, CRATE_TEXT("<!--"))) {
      CRATE_TRY(skip_past(guard, "-->", "the end of this comment"));
    } else if (crate_text_starts(rest, CRATE_TEXT("<?"))) {
      CRATE_TRY(skip_past(guard, "?>", "the end of this instruction"));
    } else if (crate_text_starts(rest, CRATE_TEXT("<!ENTITY"))) {
      c->at += 8;
      CRATE_TRY(check_entity(guard));
    } else if (*c->at == '"' || *c->at == '\'') {
      CRATE_TRY(read_quoted(c, &ignored));
    } else if (*c->at == '%') {
      return crate_cursor_expected(c, "no parameter entities");
    } else {
      brackets += *c->at == '[';
      brackets -= *c->at == ']' && brackets;
      ++c->at;
      // A '>' within the brackets ends another declaration.
      if (c->at[-1] == '>' && !brackets) {
        return CRATE_OK;
      }
    }
  }
  c->at = start;
  return crate_cursor_expected(c, "the end of the document type");
}

static CrateStatus
open_element(Guard *guard, CrateText name)
{
  const CrateWorld *const world = guard->cursor.source->world;
  if (guard->depth >= world->limits.depth) {
    const CrateDiagnostic place = {.file = guard->cursor.source->name,
                                   .code = CRATE_TEXT("depth")};
    return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                           "elements nested deeper than %u levels",
                           (unsigned)world->limits.depth);
  }
  CRATE_TRY(crate_world_reserve(world, &guard->open, &guard->capacity,
                                guard->depth + 1, sizeof(name)));
  guard->open[guard->depth++] = name;
  return CRATE_OK;
}

static CrateStatus
close_element(Guard *guard, CrateText name, const char *tag)
{
  if (guard->depth && crate_text_equal(guard->open[guard->depth - 1u], name)) {
    --guard->depth;
    return CRATE_OK;
  }
  char words[128];
  guard->cursor.at = tag;
  if (!guard->depth) {
    return crate_cursor_expected(&guard->cursor, "no end tag here");
  }
  const CrateText open = guard->open[guard->depth - 1u];
  snprintf(words, sizeof(words), "the end tag </%.*s>",
           open.size < 100 ? (int)open.size : 100, open.data);
  return crate_cursor_expected(&guard->cursor, words);
}

/// The name at the place.
static CrateText
read_name(CrateCursor *cursor)
{
  const char *const start = cursor->at;
  while (cursor->at < cursor->end && !is_space(*cursor->at) &&
         *cursor->at != '>' && *cursor->at != '/') {
    ++cursor->at;
  }
  return (CrateText){start, (size_t)(cursor->at - start)};
}

/// A start or end tag, standing on its '<'.
static CrateStatus
check_tag(Guard *guard)
{
  CrateCursor *const c = &guard->cursor;
  const char *const tag = c->at++;
  const bool closing = crate_cursor_peek(c) == '/';
  c->at += closing;
  const CrateText name = read_name(c);
  while (c->at < c->end && *c->at != '>') {
    CrateText ignored;
    if (*c->at == '"' || *c->at == '\'') {
      CRATE_TRY(read_quoted(c, &ignored));
    } else {
      ++c->at;
    }
  }
  if (c->at == c->end) {
    c->at = tag;
    return crate_cursor_expected(c, "the '>' of this tag");
  }
  ++c->at;
  if (closing) {
    return close_element(guard, name, tag);
  }
  return c->at[-2] == '/' ? CRATE_OK : open_element(guard, name);
}

static CrateStatus
check_markup(Guard *guard)
{
  CrateCursor *const c = &guard->cursor;
  const CrateText rest = crate_cursor_rest(c);
  if (crate_text_starts(rest, CRATE_TEXT("<!--"))) {
    return skip_past(guard, "-->", "the end of this comment");
  }
  if (crate_text_starts(rest, CRATE_TEXT("<![CDATA["))) {
    return skip_past(guard, "]]>", "the end of this CDATA section");
  }
  if (crate_text_starts(rest, CRATE_TEXT("<?"))) {
    return skip_past(guard, "?>", "the end of this instruction");
  }
  if (crate_text_starts(rest, CRATE_TEXT("<!DOCTYPE"))) {
    c->at += 9;
    return check_doctype(guard);
  }
  return check_tag(guard);
}

static CrateStatus
check_document(Guard *guard)
{
  CrateCursor *const c = &guard->cursor;
  // UTF-16 and UTF-32 show a NUL, or their byte order mark, at once.
  const CrateText head = crate_text_slice(crate_cursor_rest(c), 0, 4);
  if (crate_text_find(head, '\0') < head.size ||
      crate_text_starts(head, CRATE_TEXT("\xFE\xFF")) ||
      crate_text_starts(head, CRATE_TEXT("\xFF\xFE"))) {
    return crate_cursor_expected(c, "XML in UTF-8");
  }
  while (c->at < c->end) {
    if (*c->at == '<') {
      CRATE_TRY(check_markup(guard));
    } else {
      const CrateText rest = crate_cursor_rest(c);
      c->at += crate_text_find(rest, '<');
    }
  }
  return guard->depth ? close_element(guard, (CrateText){NULL, 0}, c->at)
                      : CRATE_OK;
}

CrateStatus
crate_xml_guard(CrateGraph *graph, const CrateRdfSource *source)
{
  Guard guard = {.open = NULL};
  crate_cursor_init(&guard.cursor, graph, source);
  const CrateStatus st = check_document(&guard);
  crate_world_release(source->world, guard.open);
  crate_cursor_clear(&guard.cursor);
  return st;
}
