// SPDX-License-Identifier: Apache-2.0
#include "validate/shapes/lexical.h"
#include "validate/shapes/decimal.h"
#include "validate/shapes/scan.h"

bool
crate_lexical_boolean(CrateText text)
{
  return crate_text_is(text, "true") || crate_text_is(text, "false") ||
         crate_text_is(text, "1") || crate_text_is(text, "0");
}

bool
crate_lexical_decimal(CrateText text)
{
  CrateNumber number;
  return crate_number_decimal(text, &number);
}

bool
crate_lexical_integer(CrateText text)
{
  (void)crate_scan_sign(&text);
  return crate_scan_digits(&text).size && !text.size;
}

bool
crate_lexical_double(CrateText text)
{
  CrateNumber number;
  return crate_number_double(text, false, &number);
}

static bool
is_alpha(char byte)
{
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool
is_hex(char byte)
{
  return crate_scan_is_digit(byte) || (byte >= 'a' && byte <= 'f') ||
         (byte >= 'A' && byte <= 'F');
}

bool
crate_lexical_hex(CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (!is_hex(text.data[i])) {
      return false;
    }
  }
  return text.size % 2 == 0;
}

static bool
is_base64(char byte)
{
  return is_alpha(byte) || crate_scan_is_digit(byte) || byte == '+' ||
         byte == '/';
}

static bool
is_one_of(char byte, const char *bytes)
{
  return byte && strchr(bytes, byte) != NULL;
}

/// The digits of the last group before its padding carry no stray bits.
static bool
padding_holds(char last, size_t padding)
{
  return padding == 0 ||
         (padding == 1 && is_one_of(last, "AEIMQUYcgkosw048")) ||
         (padding == 2 && is_one_of(last, "AQgw"));
}

// XSD 1.1 part 2, 3.3.16: four digits a group, single spaces between digits.
bool
crate_lexical_base64(CrateText text)
{
  size_t digits = 0;
  size_t padding = 0;
  char last = 0;
  bool space = true; // none at the start
  for (size_t i = 0; i < text.size; ++i) {
    const char byte = text.data[i];
    if (byte == ' ' && !space) {
      space = true;
      continue;
    }
    space = false;
    if (byte == '=') {
      ++padding;
    } else if (is_base64(byte) && !padding) {
      ++digits;
      last = byte;
    } else {
      return false;
    }
  }
  return (digits + padding) % 4 == 0 && padding_holds(last, padding) &&
         (!text.size || !space);
}

bool
crate_lexical_language(CrateText text)
{
  size_t length = 0;
  bool first = true;
  for (size_t i = 0; i < text.size; ++i) {
    const char byte = text.data[i];
    if (byte == '-' && length) {
      length = 0;
      first = false;
    } else if (is_alpha(byte) || (!first && crate_scan_is_digit(byte))) {
      ++length;
    } else {
      return false;
    }
    if (length > 8) {
      return false;
    }
  }
  return length > 0;
}

bool
crate_lexical_normalized(CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (is_one_of(text.data[i], "\t\n\r")) {
      return false;
    }
  }
  return true;
}

bool
crate_lexical_token(CrateText text)
{
  for (size_t i = 0; i + 1 < text.size; ++i) {
    if (text.data[i] == ' ' && text.data[i + 1] == ' ') {
      return false;
    }
  }
  return crate_lexical_normalized(text) &&
         !crate_text_starts(text, CRATE_TEXT(" ")) &&
         !crate_text_ends(text, CRATE_TEXT(" "));
}

/// A name start of XML; beyond ASCII every character is taken for one.
static bool
is_name_start(char byte)
{
  return is_alpha(byte) || byte == '_' || byte == ':' || (byte & 0x80) != 0;
}

bool
crate_lexical_nmtoken(CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    const char byte = text.data[i];
    if (!is_name_start(byte) && !crate_scan_is_digit(byte) && byte != '-' &&
        byte != '.') {
      return false;
    }
  }
  return text.size > 0;
}

bool
crate_lexical_name(CrateText text)
{
  return crate_lexical_nmtoken(text) && is_name_start(text.data[0]);
}

bool
crate_lexical_ncname(CrateText text)
{
  return crate_lexical_name(text) && crate_text_find(text, ':') == text.size;
}
