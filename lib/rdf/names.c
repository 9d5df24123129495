// SPDX-License-Identifier: Apache-2.0
#include "rdf/names.h"
#ifdef __SSE2__
#  include <emmintrin.h>
#endif

// PN_CHARS_BASE above ASCII, RDF 1.1 Turtle [163s]; ends included.
static const uint32_t base_ranges[][2] = {
  {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
  {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
  {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};

// What IRIREF [8] leaves out: controls, the space, < > " { } | ^ ` and the
// backslash. The bytes of longer UTF-8 sequences are zero, and pass.
static const unsigned char banned_in_iri[256] = {
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // 00
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // 10
  1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 20
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, // 30
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 40
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, // 50
  1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 60
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, // 70
};

#ifdef __SSE2__
/// Blocks of 16 bytes at the start in which all is fine, in bytes.
static size_t
iri_span_of_blocks(CrateText text)
{
  size_t at = 0;
  for (; text.size - at >= 16; at += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(text.data + at));
    // Pairs that differ in one bit, 2: < and >, backslash and ^.
    const __m128i pairs = _mm_and_si128(v, _mm_set1_epi8((char)0xFD));
    const __m128i low = _mm_min_epu8(v, _mm_set1_epi8(' '));
    const __m128i braces =
      _mm_min_epu8(_mm_max_epu8(v, _mm_set1_epi8('{')), _mm_set1_epi8('}'));
    __m128i bad = _mm_cmpeq_epi8(low, v);
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(braces, v));
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v, _mm_set1_epi8('`')));
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(pairs, _mm_set1_epi8('<')));
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(pairs, _mm_set1_epi8('\\')));
    if (_mm_movemask_epi8(bad)) {
      break; // the table finds out where
    }
  }
  return at;
}
#else
static size_t
iri_span_of_blocks(CrateText text)
{
  (void)text;
  return 0;
}
#endif

size_t
crate_name_iri_span(CrateText text)
{
  size_t at = iri_span_of_blocks(text);
  while (at < text.size && !banned_in_iri[(unsigned char)text.data[at]]) {
    ++at;
  }
  return at;
}

static bool
is_letter(uint32_t c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(uint32_t c)
{
  return c >= '0' && c <= '9';
}

bool
crate_name_is_start(uint32_t code_point)
{
  if (code_point < 0x80u) {
    return is_letter(code_point) || code_point == '_';
  }
  for (size_t i = 0; i < sizeof(base_ranges) / sizeof(*base_ranges); ++i) {
    if (code_point <= base_ranges[i][1]) {
      return code_point >= base_ranges[i][0];
    }
  }
  return false;
}

bool
crate_name_is_part(uint32_t code_point)
{
  return crate_name_is_start(code_point) || is_digit(code_point) ||
         code_point == '-' || code_point == 0xB7u ||
         (code_point >= 0x300u && code_point <= 0x36Fu) ||
         (code_point >= 0x203Fu && code_point <= 0x2040u);
}

size_t
crate_name_decode(const char *at, uint32_t *code_point)
{
  const unsigned char *const b = (const unsigned char *)at;
  if (b[0] < 0x80u) {
    *code_point = b[0];
    return 1;
  }
  const size_t size = b[0] < 0xE0u ? 2 : b[0] < 0xF0u ? 3 : 4;
  uint32_t c = b[0] & (0x7Fu >> size);
  for (size_t i = 1; i < size; ++i) {
    c = c << 6u | (b[i] & 0x3Fu);
  }
  *code_point = c;
  return size;
}

size_t
crate_name_blank_span(CrateText text)
{
  size_t good = 0; // a label may hold dots but not end in one
  size_t at = 0;
  while (at < text.size) {
    uint32_t c = 0;
    const size_t size = crate_name_decode(text.data + at, &c);
    const bool first = at == 0;
    const bool part =
      first ? crate_name_is_start(c) || is_digit(c) : crate_name_is_part(c);
    if (!part && (first || c != '.')) {
      break;
    }
    at += size;
    good = part ? at : good;
  }
  return good;
}

size_t
crate_name_language_span(CrateText text)
{
  size_t at = 0;
  while (at < text.size && is_letter((unsigned char)text.data[at])) {
    ++at;
  }
  size_t good = at;
  while (good && good == at && at < text.size && text.data[at] == '-') {
    ++at;
    while (at < text.size && (is_letter((unsigned char)text.data[at]) ||
                              is_digit((unsigned char)text.data[at]))) {
      ++at;
    }
    good = at > good + 1 ? at : good;
  }
  return good;
}

int
crate_name_hex(char digit)
{
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  const int lower = digit | 0x20;
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

size_t
crate_name_prefix_span(CrateText text)
{
  size_t good = 0;
  for (size_t at = 0; at < text.size;) {
    uint32_t c = 0;
    const size_t size = crate_name_decode(text.data + at, &c);
    const bool part =
      at ? crate_name_is_part(c) : crate_name_is_start(c) && c != '_';
    if (!part && (!at || c != '.')) {
      break;
    }
    at += size;
    good = part ? at : good;
  }
  return good;
}

/// Digits from an index on.
static size_t
digits_end(CrateText text, size_t at)
{
  while (at < text.size && is_digit((unsigned char)text.data[at])) {
    ++at;
  }
  return at;
}

/// End of EXPONENT [154s] at an index, or the index when there is none.
static size_t
exponent_end(CrateText text, size_t at)
{
  size_t digits = at;
  if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
    ++digits;
    digits += digits < text.size &&
              (text.data[digits] == '+' || text.data[digits] == '-');
    const size_t end = digits_end(text, digits);
    return end > digits ? end : at;
  }
  return at;
}

size_t
crate_name_number_span(CrateText text, CrateTerm *datatype)
{
  const size_t sign = text.size && (text.data[0] == '+' || text.data[0] == '-');
  const size_t whole = digits_end(text, sign);
  size_t end = whole;
  *datatype = CRATE_XSD_INTEGER;
  if (whole < text.size && text.data[whole] == '.') {
    const size_t fraction = digits_end(text, whole + 1);
    const bool some = whole > sign || fraction > whole + 1;
    if (some && exponent_end(text, fraction) > fraction) {
      *datatype = CRATE_XSD_DOUBLE;
      return exponent_end(text, fraction);
    }
    if (fraction > whole + 1) {
      *datatype = CRATE_XSD_DECIMAL;
      return fraction;
    }
  }
  if (whole > sign && exponent_end(text, whole) > whole) {
    *datatype = CRATE_XSD_DOUBLE;
    end = exponent_end(text, whole);
  }
  return end > sign ? end : 0;
}
