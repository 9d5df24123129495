// SPDX-License-Identifier: Apache-2.0
// The words of a JSONPath query: names, strings, integers. Sections are of
// RFC 9535.
#include "json/path_steps.h"

/// 2.1: integers are exact in I-JSON (RFC 7493), 2^53 - 1 at most.
#define LARGEST_INT INT64_C(9007199254740991)

bool
crate_path_fail_at(CratePathReader *reader, size_t at, const char *expected)
{
  if (!reader->flaw.expected && !reader->status) {
    reader->flaw = (CrateJsonPathFlaw){expected, at};
    reader->status = CRATE_MALFORMED;
  }
  return false;
}

bool
crate_path_fail(CratePathReader *reader, const char *expected)
{
  return crate_path_fail_at(reader, crate_path_offset(reader), expected);
}

bool
crate_path_foreign(CratePathReader *reader, size_t at, const char *expected)
{
  reader->path->foreign = true;
  return reader->lenient || crate_path_fail_at(reader, at, expected);
}

void *
crate_path_make(CratePathReader *reader, size_t size)
{
  void *const made = crate_arena_array(&reader->path->arena, 1, size);
  if (!made && !reader->status) {
    reader->status = crate_arena_status(&reader->path->arena);
  }
  return made;
}

void
crate_path_skip_blank(CratePathReader *reader)
{
  while (reader->at < reader->end && memchr(" \t\n\r", *reader->at, 4)) {
    ++reader->at;
  }
}

bool
crate_path_take(CratePathReader *reader, const char *word)
{
  const size_t size = strlen(word);
  const bool found = (size_t)(reader->end - reader->at) >= size &&
                     !memcmp(reader->at, word, size);
  reader->at += found ? size : 0;
  return found;
}

bool
crate_path_read_name(CratePathReader *reader, CrateText *out)
{
  const char *const start = reader->at;
  if (!crate_path_is_name_first(crate_path_peek(reader))) {
    return crate_path_fail(reader, "a name, \"*\" or \"[\"");
  }
  while (crate_path_is_name_first(crate_path_peek(reader)) ||
         crate_path_is_digit(crate_path_peek(reader)) ||
         (reader->lenient && crate_path_peek(reader) == '-')) {
    ++reader->at;
  }
  *out = (CrateText){start, (size_t)(reader->at - start)};
  return true;
}

bool
crate_path_read_int(CratePathReader *reader, int64_t *out)
{
  const size_t start = crate_path_offset(reader);
  const bool minus = crate_path_take(reader, "-");
  const char *const digits = reader->at;
  int64_t value = 0;
  while (crate_path_is_digit(crate_path_peek(reader))) {
    value = value > LARGEST_INT ? value : value * 10 + (*reader->at - '0');
    ++reader->at;
  }
  const bool zero = reader->at > digits && *digits == '0';
  *out = minus ? -value : value;
  if (reader->at == digits || (zero && (reader->at - digits > 1 || minus))) {
    return crate_path_fail(reader, "an integer");
  }
  return value <= LARGEST_INT ||
         crate_path_fail_at(reader, start, "an integer below 2^53");
}

/// Four hexadecimal digits.
static bool
read_unit(CratePathReader *reader, uint32_t *out)
{
  *out = 0;
  for (unsigned i = 0; i < 4; ++i, ++reader->at) {
    const unsigned char c = (unsigned char)crate_path_peek(reader);
    const unsigned lower = c | 0x20u;
    const bool digit = crate_path_is_digit((char)c);
    if (!digit && (lower < 'a' || lower > 'f')) {
      return crate_path_fail(reader, "four hexadecimal digits");
    }
    *out = *out << 4u | (digit ? c - (unsigned)'0' : lower - 'a' + 10u);
  }
  return true;
}

/// 2.3.1.1: hexchar, behind the "u": a code point, in two units if need be.
static bool
read_code_point(CratePathReader *reader, uint32_t *out)
{
  const size_t start = crate_path_offset(reader);
  uint32_t low = 0;
  if (!read_unit(reader, out)) {
    return false;
  }
  if (*out < 0xD800u || *out > 0xDFFFu) {
    return true;
  }
  if (*out > 0xDBFFu || !crate_path_take(reader, "\\u") ||
      !read_unit(reader, &low) || low < 0xDC00u || low > 0xDFFFu) {
    return crate_path_fail_at(reader, start, "a pair of surrogates");
  }
  *out = 0x10000u + ((*out - 0xD800u) << 10u) + (low - 0xDC00u);
  return true;
}

/// 2.3.1.1: escapable, behind the backslash.
static bool
read_escape(CratePathReader *reader, char quote, CrateBuffer *out)
{
  static const char letters[] = "bfnrt/\\";
  static const char meant[] = "\b\f\n\r\t/\\";
  uint32_t code_point = 0;
  const char c = crate_path_peek(reader);
  const char *const letter = c ? strchr(letters, c) : NULL;
  if (!letter && c != quote && c != 'u' && !reader->lenient) {
    return crate_path_fail(reader, "an escape of JSON");
  }
  ++reader->at;
  if (c == 'u') {
    if (!read_code_point(reader, &code_point)) {
      return false;
    }
    crate_buffer_add_code_point(out, code_point);
    return true;
  }
  crate_buffer_add_byte(out, letter ? meant[letter - letters] : c);
  return true;
}

static bool
read_characters(CratePathReader *reader, char quote, CrateBuffer *out)
{
  while (reader->at < reader->end && *reader->at != quote) {
    if (*reader->at == '\\' && reader->at + 1 < reader->end) {
      ++reader->at;
      if (!read_escape(reader, quote, out)) {
        return false;
      }
    } else if ((unsigned char)*reader->at < 0x20u && !reader->lenient) {
      return crate_path_fail(reader, "no control character");
    } else {
      crate_buffer_add_byte(out, *reader->at++);
    }
  }
  return crate_path_peek(reader) == quote ||
         crate_path_fail(reader, "the end of a string");
}

bool
crate_path_read_string(CratePathReader *reader, CrateText *out)
{
  const char quote = *reader->at++;
  CrateBuffer text;
  crate_buffer_init(&text, reader->path->world);
  const bool good = read_characters(reader, quote, &text);
  CrateStatus st = crate_buffer_status(&text);
  if (good && !st) {
    ++reader->at;
    st = crate_arena_copy(&reader->path->arena, crate_buffer_text(&text), out);
  }
  crate_buffer_clear(&text);
  reader->status = reader->status ? reader->status : st;
  return good && !st;
}
