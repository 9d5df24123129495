// SPDX-License-Identifier: Apache-2.0
#include "json/string.h"

/// Bit 7 of each byte that is '"', '\\' or a control character (SWAR).
static inline uint64_t
special_bytes(uint64_t word)
{
  const uint64_t ones = 0x0101010101010101u;
  const uint64_t highs = 0x8080808080808080u;
  const uint64_t quote = word ^ (ones * (uint64_t)'"');
  const uint64_t slash = word ^ (ones * (uint64_t)'\\');
  return (((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
          ((word - ones * 0x20u) & ~word)) &
         highs;
}

/// The next byte that cannot simply be taken.
static inline const char *
skip_plain(const char *at, const char *end)
{
  while (end - at >= 8) {
    uint64_t word = 0;
    memcpy(&word, at, 8);
    if (special_bytes(word)) {
      break; // at most 8 bytes left to look at one by one
    }
    at += 8;
  }
  while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20u) {
    ++at;
  }
  return at;
}

/// Four hex digits, or -1.
static long
read_hex4(const char *at, const char *end)
{
  if (end - at < 4) {
    return -1;
  }
  long value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = at[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}

/// "\uXXXX", a surrogate pair being two; `at` stands after the 'u'.
static CrateStatus
read_code_point(const char **at,
                const char *end,
                uint32_t *out,
                const char **expected)
{
  const long unit = read_hex4(*at, end);
  *expected = "four hexadecimal digits after \\u";
  if (unit < 0) {
    return CRATE_MALFORMED;
  }
  *out = (uint32_t)unit;
  if (unit < 0xD800 || unit > 0xDFFF) {
    *at += 4;
    return CRATE_OK;
  }
  const bool escaped = end - *at >= 10 && (*at)[4] == '\\' && (*at)[5] == 'u';
  const long low = escaped ? read_hex4(*at + 6, end) : -1;
  *expected = "a surrogate pair, not half of one";
  if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
    return CRATE_MALFORMED;
  }
  *out =
    0x10000u + (((uint32_t)unit - 0xD800u) << 10u) + ((uint32_t)low - 0xDC00u);
  *at += 10;
  return CRATE_OK;
}

static size_t
put_utf8(char *out, uint32_t c)
{
  if (c < 0x80u) {
    out[0] = (char)c;
    return 1;
  }
  if (c < 0x800u) {
    out[0] = (char)(0xC0u | (c >> 6u));
    out[1] = (char)(0x80u | (c & 0x3Fu));
    return 2;
  }
  if (c < 0x10000u) {
    out[0] = (char)(0xE0u | (c >> 12u));
    out[1] = (char)(0x80u | ((c >> 6u) & 0x3Fu));
    out[2] = (char)(0x80u | (c & 0x3Fu));
    return 3;
  }
  out[0] = (char)(0xF0u | (c >> 18u));
  out[1] = (char)(0x80u | ((c >> 12u) & 0x3Fu));
  out[2] = (char)(0x80u | ((c >> 6u) & 0x3Fu));
  out[3] = (char)(0x80u | (c & 0x3Fu));
  return 4;
}

/// One escape; `at` stands at the backslash. Writes at most as many bytes as
/// it reads, so the decoded string never outgrows the raw one.
static CrateStatus
read_escape(const char **at, const char *end, char **out, const char **expected)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char c = end - *at >= 2 ? (*at)[1] : '\0';
  if (c == 'u') {
    const char *digits = *at + 2;
    uint32_t code_point = 0;
    CRATE_TRY(read_code_point(&digits, end, &code_point, expected));
    *out += put_utf8(*out, code_point);
    *at = digits;
    return CRATE_OK;
  }
  const char *const name = c ? strchr(names, c) : NULL;
  if (!name) {
    *expected = "an escape: one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u";
    return CRATE_MALFORMED;
  }
  *(*out)++ = values[name - names];
  *at += 2;
  return CRATE_OK;
}

/// The closing quote of a string that has escapes, found without decoding.
static const char *
find_quote(const char *at, const char *end)
{
  while (at < end && *at != '"') {
    at += *at == '\\' && end - at >= 2 ? 2 : 1;
  }
  return at;
}

static CrateStatus
read_escaped(const CrateStringReader *reader,
             const char *start,
             const char **at,
             CrateText *text,
             const char **expected)
{
  const char *const quote = find_quote(*at, reader->end);
  char *const decoded =
    (char *)crate_arena_allocate(reader->arena, (size_t)(quote - start) + 1u);
  if (!decoded) {
    return crate_arena_status(reader->arena);
  }
  char *out = decoded;
  const char *from = start;
  for (;;) {
    const char *const stop = skip_plain(from, reader->end);
    memcpy(out, from, (size_t)(stop - from));
    out += stop - from;
    *at = from = stop;
    if (stop == reader->end || *stop != '\\') {
      break;
    }
    CRATE_TRY(read_escape(&from, reader->end, &out, expected));
  }
  *text = (CrateText){decoded, (size_t)(out - decoded)};
  return CRATE_OK;
}

CrateStatus
crate_string_read(const CrateStringReader *reader,
                  const char **at,
                  CrateText *text,
                  const char **expected)
{
  const char *const start = *at + 1;
  *at = skip_plain(start, reader->end);
  *text = (CrateText){start, (size_t)(*at - start)};
  if (*at < reader->end && **at == '\\') {
    CRATE_TRY(read_escaped(reader, start, at, text, expected));
  }
  if (*at == reader->end) {
    *expected = "the closing '\"' of a string";
    return CRATE_MALFORMED;
  }
  if (**at != '"') {
    *expected = "an escape such as \\n for a control character";
    return CRATE_MALFORMED;
  }
  ++*at;
  return CRATE_OK;
}
