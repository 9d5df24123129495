// SPDX-License-Identifier: Apache-2.0
// Texts of protocol 0, in which bytes may be written as escapes: a name spelt
// "\x6fs" is "os" to whoever loads it.
#include "model/pickle_machine.h"

static int
digit_of(char byte)
{
  return byte >= '0' && byte <= '9'   ? byte - '0'
         : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
         : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                      : 16;
}

/// Digits of a base, at most `most` of them, at an index that is moved.
static uint32_t
get_digits(CrateText text, size_t *at, int base, size_t most)
{
  uint32_t value = 0;
  for (size_t i = 0; i < most && *at < text.size; ++i, ++*at) {
    const int digit = digit_of(text.data[*at]);
    if (digit >= base) {
      break;
    }
    value = value * (uint32_t)base + (uint32_t)digit;
  }
  return value;
}

/// An escape of Python's byte strings: `at` is behind the backslash.
static void
add_byte_escape(CrateBuffer *out, CrateText text, size_t *at)
{
  static const char plain[] = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v";
  const char byte = text.data[*at];
  if (byte == 'x') {
    ++*at;
    crate_buffer_add_byte(out, (char)get_digits(text, at, 16, 2));
    return;
  }
  if (byte >= '0' && byte <= '7') {
    crate_buffer_add_byte(out, (char)get_digits(text, at, 8, 3));
    return;
  }
  ++*at;
  for (size_t i = 0; i + 1u < sizeof(plain); i += 2) {
    if (plain[i] == byte) {
      crate_buffer_add_byte(out, plain[i + 1u]);
      return;
    }
  }
  crate_buffer_add_byte(out, '\\');
  crate_buffer_add_byte(out, byte);
}

/// One of texts, which know only those of code points.
static void
add_text_escape(CrateBuffer *out, CrateText text, size_t *at)
{
  const char byte = text.data[*at];
  if (byte == 'u' || byte == 'U') {
    ++*at;
    crate_buffer_add_code_point(out,
                                get_digits(text, at, 16, byte == 'u' ? 4 : 8));
    return;
  }
  crate_buffer_add_byte(out, '\\');
  crate_buffer_add_byte(out, byte);
  ++*at;
}

CrateText
crate_pickle_unescape(CratePickle *pickle, CrateText text, bool bytes)
{
  CrateText decoded = {NULL, 0};
  CrateBuffer out;
  if (crate_text_find(text, '\\') == text.size) {
    return text;
  }
  crate_buffer_init(&out, pickle->reading->world);
  for (size_t at = 0; at < text.size;) {
    const char byte = text.data[at++];
    if (byte != '\\' || at == text.size) {
      crate_buffer_add_byte(&out, byte);
    } else if (bytes) {
      add_byte_escape(&out, text, &at);
    } else {
      add_text_escape(&out, text, &at);
    }
  }
  crate_pickle_check(pickle, crate_buffer_status(&out));
  if (!pickle->cursor.status) {
    crate_pickle_check(pickle,
                       crate_arena_copy(&pickle->reading->model->arena,
                                        crate_buffer_text(&out), &decoded));
  }
  crate_buffer_clear(&out);
  return decoded;
}
