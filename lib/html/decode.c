// SPDX-License-Identifier: Apache-2.0
// References to characters, HTML 13.2.5.72 and following.
#include "html/decode.h"
#include <cratekit/buffer.h>

// The longest name is of 32 bytes with its semicolon.
#define LONGEST_NAME 32u

/// The row of a name in the table, empty when there is none.
static CrateText
find_row(CrateText name)
{
  const CrateText table = crate_html_characters();
  size_t low = 0;
  size_t high = table.size;
  while (low < high) {
    size_t at = low + (high - low) / 2u;
    while (at > low && table.data[at - 1u] != '\n') {
      --at;
    }
    const CrateText rest = crate_text_slice(table, at, table.size);
    const size_t size = crate_text_find(rest, '\n');
    const CrateText row = crate_text_slice(rest, 0, size);
    const size_t end = crate_text_find(row, ' ');
    const int order = crate_text_compare(name, crate_text_slice(row, 0, end));
    if (!order) {
      return crate_text_slice(row, end, size);
    }
    if (order < 0) {
      high = at;
    } else {
      low = at + size + 1u;
    }
  }
  return (CrateText){NULL, 0};
}

static unsigned
digit_value(char c)
{
  const char lower = (char)(c | 0x20);
  return c >= '0' && c <= '9'           ? (unsigned)(c - '0')
         : lower >= 'a' && lower <= 'f' ? (unsigned)(lower - 'a') + 10u
                                        : 16u;
}

static void
add_row(CrateBuffer *out, CrateText row)
{
  while (row.size) {
    const CrateText word = crate_text_next_word(&row);
    uint32_t code_point = 0;
    for (size_t i = 0; i < word.size; ++i) {
      code_point = code_point * 16u + digit_value(word.data[i]);
    }
    if (word.size) {
      crate_buffer_add_code_point(out, code_point);
    }
  }
}

static bool
is_word(char c)
{
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/// 13.2.5.73: the longest name there is. @return Bytes behind the "&", or 0.
static size_t
add_named(CrateBuffer *out, CrateText text, CrateHtmlSort sort)
{
  size_t size = 0;
  while (size < text.size && size < LONGEST_NAME && is_word(text.data[size])) {
    ++size;
  }
  if (size < text.size && text.data[size] == ';') {
    const CrateText row = find_row(crate_text_slice(text, 0, size + 1u));
    add_row(out, row);
    if (row.size) {
      return size + 1u;
    }
  }
  for (; size > 1u; --size) {
    const char next = size < text.size ? text.data[size] : ' ';
    const CrateText row = find_row(crate_text_slice(text, 0, size));
    if (row.size && sort == CRATE_HTML_VALUE &&
        (next == '=' || is_word(next))) {
      return 0;
    }
    add_row(out, row);
    if (row.size) {
      return size;
    }
  }
  return 0;
}

/// 13.2.5.80: what numbers of the C1 controls stand for, by windows-1252.
uint32_t
crate_html_windows_1252(uint32_t byte)
{
  static const uint16_t table[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  return byte >= 0x80u && byte < 0xA0u ? table[byte - 0x80u] : byte;
}

/// 13.2.5.75 to 80. @return Bytes behind the "&#", or 0.
static size_t
add_number(CrateBuffer *out, CrateText text)
{
  const bool is_hex = text.size && (text.data[0] | 0x20) == 'x';
  const uint32_t base = is_hex ? 16u : 10u;
  const size_t start = is_hex;
  size_t at = start;
  uint32_t code_point = 0;
  for (; at < text.size && digit_value(text.data[at]) < base; ++at) {
    code_point = code_point * base + digit_value(text.data[at]);
    code_point = code_point > 0x10FFFFu ? 0x110000u : code_point;
  }
  if (at == start) {
    return 0;
  }
  const bool is_none = !code_point || code_point > 0x10FFFFu ||
                       (code_point >= 0xD800u && code_point < 0xE000u);
  crate_buffer_add_code_point(
    out, is_none ? 0xFFFDu : crate_html_windows_1252(code_point));
  return at + (at < text.size && text.data[at] == ';');
}

/// One "&". @return Bytes taken.
static size_t
add_reference(CrateBuffer *out, CrateText text, CrateHtmlSort sort)
{
  const CrateText rest = crate_text_slice(text, 1, text.size);
  const bool is_number = crate_text_starts(rest, CRATE_TEXT("#"));
  const size_t size = is_number
                        ? add_number(out, crate_text_slice(rest, 1, rest.size))
                        : add_named(out, rest, sort);
  return size ? 1u + is_number + size : 0;
}

static CrateStatus
decode_into(CrateBuffer *out, CrateText raw, CrateHtmlSort sort, bool strict)
{
  size_t kept = 0; // all before it is in the buffer
  for (size_t at = 0; at < raw.size;) {
    const char c = raw.data[at];
    if (c != '\r' && (c != '&' || sort == CRATE_HTML_RAW)) {
      ++at;
      continue;
    }
    crate_buffer_add(out, crate_text_slice(raw, kept, at));
    size_t size = 1;
    if (c == '&') {
      size = add_reference(out, crate_text_slice(raw, at, raw.size), sort);
      if (strict && (!size || raw.data[at + size - 1u] != ';')) {
        return CRATE_MALFORMED;
      }
    } else if (at + 1u == raw.size || raw.data[at + 1u] != '\n') {
      crate_buffer_add_byte(out, '\n');
    }
    kept = at + size;
    at += size ? size : 1u;
  }
  crate_buffer_add(out, crate_text_slice(raw, kept, raw.size));
  return crate_buffer_status(out);
}

CrateStatus
crate_html_decode(CrateArena *arena,
                  CrateText raw,
                  CrateHtmlSort sort,
                  bool strict,
                  CrateText *out)
{
  *out = raw.data ? raw : CRATE_TEXT("");
  if (!raw.size ||
      (!memchr(raw.data, '\r', raw.size) &&
       (sort == CRATE_HTML_RAW || !memchr(raw.data, '&', raw.size)))) {
    return CRATE_OK;
  }
  CrateBuffer buffer;
  crate_buffer_init(&buffer, arena->world);
  CrateStatus status = decode_into(&buffer, raw, sort, strict);
  if (!status) {
    status = crate_arena_copy(arena, crate_buffer_text(&buffer), out);
  }
  crate_buffer_clear(&buffer);
  return status;
}
