// SPDX-License-Identifier: Apache-2.0
#include "convert/pages/text.h"
#include "validate/report_escape.h"
#include <cratekit/iri.h>

CrateText
crate_text_cut(CrateText text, size_t most)
{
  size_t end = most;
  if (text.size <= most) {
    return text;
  }
  while (end && ((unsigned char)text.data[end] & 0xC0u) == 0x80u) {
    --end;
  }
  return crate_text_slice(text, 0, end);
}

/// Take a line off a text; carriage returns go with it.
static CrateText
take_line(CrateText *text)
{
  CrateText line = crate_text_slice(*text, 0, crate_text_find(*text, '\n'));
  *text = crate_text_slice(*text, line.size + 1u, text->size);
  while (crate_text_ends(line, CRATE_TEXT("\r"))) {
    --line.size;
  }
  return line;
}

/// A line, its tabs as spaces.
static void
add_line(CrateBuffer *buffer, CrateText line)
{
  while (line.size) {
    const size_t tab = crate_text_find(line, '\t');
    crate_escape_xml(buffer, crate_text_slice(line, 0, tab));
    if (tab < line.size) {
      crate_buffer_add_byte(buffer, ' ');
    }
    line = crate_text_slice(line, tab + 1u, line.size);
  }
}

static void
add_lines(CrateBuffer *buffer, CrateText text, char between)
{
  bool first = true;
  while (text.size) {
    if (!first) {
      crate_buffer_add_byte(buffer, between);
    }
    add_line(buffer, take_line(&text));
    first = false;
  }
}

void
crate_page_text(CrateBuffer *buffer, CrateText text)
{
  const CrateText shown = crate_text_cut(text, CRATE_PAGE_TEXT);
  add_lines(buffer, shown, '\n');
  if (shown.size < text.size) {
    crate_buffer_print(
      buffer, "\xE2\x80\xA6 <em>(cut here: %zu bytes in all)</em>", text.size);
  }
}

void
crate_page_name(CrateBuffer *buffer, CrateText text)
{
  const CrateText shown = crate_text_cut(text, CRATE_PAGE_NAME);
  add_lines(buffer, shown, ' ');
  if (shown.size < text.size) {
    crate_buffer_add_string(buffer, "\xE2\x80\xA6");
  }
}

/// Whether a path has a segment "..": it may lead out of the crate.
static bool
climbs(CrateText path)
{
  while (path.size) {
    const CrateText segment =
      crate_text_slice(path, 0, crate_text_find(path, '/'));
    if (crate_text_is(segment, "..")) {
      return true;
    }
    path = crate_text_slice(path, segment.size + 1u, path.size);
  }
  return false;
}

bool
crate_page_is_link(CrateText reference)
{
  if (crate_is_link(reference)) {
    return true;
  }
  const CrateIri parts = crate_iri_split(reference);
  return reference.size && !memchr(reference.data, ':', reference.size) &&
         !memchr(reference.data, '\\', reference.size) &&
         !parts.has_authority && parts.path.size && parts.path.data[0] != '/' &&
         (unsigned char)parts.path.data[0] > ' ' && !climbs(parts.path);
}

static bool
is_hex(char byte)
{
  return byte && strchr("0123456789abcdefABCDEF", byte);
}

void
crate_page_href(CrateBuffer *buffer, CrateText reference)
{
  for (size_t i = 0; i < reference.size; ++i) {
    const unsigned char byte = (unsigned char)reference.data[i];
    const bool pair = i + 2u < reference.size &&
                      is_hex(reference.data[i + 1u]) &&
                      is_hex(reference.data[i + 2u]);
    if (byte == '&') {
      crate_buffer_add_string(buffer, "&amp;");
    } else if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= 'a' && byte <= 'z') || (byte == '%' && pair) ||
               (byte && strchr("-._~/!$()*+,;=@:?#", byte))) {
      crate_buffer_add_byte(buffer, (char)byte);
    } else {
      crate_buffer_print(buffer, "%%%02X", byte);
    }
  }
}

/// Bytes of the character that a byte begins, within the text.
static size_t
character_size(CrateText text)
{
  size_t size = 1;
  while (size < text.size &&
         ((unsigned char)text.data[size] & 0xC0u) == 0x80u) {
    ++size;
  }
  return size;
}

/// From U+1100 on most letters are wide: E1 84 80 in UTF-8.
static size_t
columns_of(CrateText character)
{
  return character.size > 2u && (unsigned char)character.data[0] >= 0xE2u &&
             !crate_text_starts(character, CRATE_TEXT("\xE2\x80"))
           ? 2u
           : 1u;
}

CrateText
crate_text_next_line(CrateText *text, size_t columns)
{
  size_t taken = 0;
  size_t at = 0;
  size_t fit = 0; // the last place where a line may end
  while (at < text->size) {
    const CrateText rest = crate_text_slice(*text, at, text->size);
    const size_t size = character_size(rest);
    taken += columns_of(crate_text_slice(rest, 0, size));
    if (taken > columns) {
      break;
    }
    at += size;
    fit = strchr(" -_/.:#", text->data[at - 1u]) ? at : fit;
  }
  const size_t end = at == text->size || !fit ? at : fit;
  const CrateText line = crate_text_slice(*text, 0, end);
  *text = crate_text_slice(*text, end ? end : 1u, text->size);
  return line;
}
