// SPDX-License-Identifier: Apache-2.0
// The encoding of a page, HTML 13.2.3: the byte order mark, then what the page
// says itself near its start.
#include "html/decode.h"
#include "html/token.h"
#include <cratekit/buffer.h>

// 13.2.3.2: how far browsers look for <meta charset>.
#define PRESCAN 1024u

typedef enum { OTHER, UTF_8, UTF_16_LE, UTF_16_BE, WINDOWS_1252 } Encoding;

/// Labels, Encoding standard 4.2: of those encodings that are read here.
static const struct {
  const char *label;
  Encoding encoding;
} labels[] = {
  {"utf-8", UTF_8},
  {"utf8", UTF_8},
  {"unicode-1-1-utf-8", UTF_8},
  {"x-unicode20utf8", UTF_8},
  {"utf-16", UTF_8}, // 13.2.3.2: it cannot be, or this would not be legible
  {"utf-16le", UTF_8},
  {"utf-16be", UTF_8},
  {"windows-1252", WINDOWS_1252},
  {"cp1252", WINDOWS_1252},
  {"x-cp1252", WINDOWS_1252},
  {"iso-8859-1", WINDOWS_1252},
  {"iso8859-1", WINDOWS_1252},
  {"iso_8859-1", WINDOWS_1252},
  {"iso88591", WINDOWS_1252},
  {"latin1", WINDOWS_1252},
  {"l1", WINDOWS_1252},
  {"ascii", WINDOWS_1252},
  {"us-ascii", WINDOWS_1252},
};

static Encoding
find_encoding(CrateText label)
{
  for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); ++i) {
    if (crate_text_equal_fold(label, crate_text(labels[i].label))) {
      return labels[i].encoding;
    }
  }
  return OTHER;
}

/// 2.4 of "extracting a character encoding from a meta element", and that of
/// an XML declaration: what is behind a word and "=".
static CrateText
find_behind(CrateText text, CrateText word)
{
  for (; text.size; text = crate_text_slice(text, 1, text.size)) {
    if (!crate_text_equal_fold(crate_text_slice(text, 0, word.size), word)) {
      continue;
    }
    size_t at = word.size;
    while (at < text.size && crate_html_is_space(text.data[at])) {
      ++at;
    }
    if (at == text.size || text.data[at] != '=') {
      continue;
    }
    do {
      ++at;
    } while (at < text.size && (crate_html_is_space(text.data[at]) ||
                                text.data[at] == '"' || text.data[at] == '\''));
    size_t end = at;
    while (end < text.size && !crate_html_is_space(text.data[end]) &&
           !memchr("\"';?", text.data[end], 4)) {
      ++end;
    }
    return crate_text_slice(text, at, end);
  }
  return (CrateText){NULL, 0};
}

/// What one tag says; empty when it does not.
static CrateText
declared_by(const CrateHtmlToken *token)
{
  CrateText rest = token->text;
  CrateText said = {NULL, 0};
  CrateHtmlPart part;
  if (!crate_text_equal_fold(token->name, CRATE_TEXT("meta"))) {
    return said;
  }
  while (crate_html_next_attribute(&rest, &part)) {
    if (crate_text_equal_fold(part.name, CRATE_TEXT("charset"))) {
      return part.value;
    }
    if (crate_text_equal_fold(part.name, CRATE_TEXT("content"))) {
      said = find_behind(part.value, CRATE_TEXT("charset"));
    }
  }
  return said;
}

/// The label that the page gives itself.
static CrateText
find_declared(CrateText bytes)
{
  CrateText rest = crate_text_slice(bytes, 0, PRESCAN);
  if (crate_text_starts(rest, CRATE_TEXT("<?xml"))) {
    const CrateText start =
      crate_text_slice(rest, 0, crate_text_find(rest, '>'));
    const CrateText said = find_behind(start, CRATE_TEXT("encoding"));
    if (said.size) {
      return said;
    }
  }
  CrateHtmlToken token;
  do {
    crate_html_next_token(&rest, false, &token);
    const CrateText said = token.kind == CRATE_HTML_START_TAG
                             ? declared_by(&token)
                             : (CrateText){NULL, 0};
    if (said.size) {
      return said;
    }
  } while (token.kind != CRATE_HTML_END);
  return (CrateText){NULL, 0};
}

static void
add_utf_16(CrateBuffer *out, CrateText bytes, bool is_big)
{
  uint32_t high = 0; // half of a pair
  for (size_t at = 0; at + 1u < bytes.size; at += 2u) {
    const uint32_t a = (unsigned char)bytes.data[at];
    const uint32_t b = (unsigned char)bytes.data[at + 1u];
    const uint32_t unit = is_big ? a << 8 | b : b << 8 | a;
    const bool is_low = unit >= 0xDC00u && unit < 0xE000u;
    if (high && !is_low) {
      crate_buffer_add_code_point(out, 0xFFFDu);
      high = 0;
    }
    if (high) {
      crate_buffer_add_code_point(out, 0x10000u + ((high - 0xD800u) << 10) +
                                         (unit - 0xDC00u));
      high = 0;
    } else if (unit >= 0xD800u && unit < 0xDC00u) {
      high = unit;
    } else {
      crate_buffer_add_code_point(out, is_low || !unit ? 0xFFFDu : unit);
    }
  }
  if (high || bytes.size % 2u) {
    crate_buffer_add_code_point(out, 0xFFFDu);
  }
}

static void
add_windows_1252(CrateBuffer *out, CrateText bytes)
{
  for (size_t at = 0; at < bytes.size; ++at) {
    const uint32_t byte = (unsigned char)bytes.data[at];
    crate_buffer_add_code_point(out,
                                byte ? crate_html_windows_1252(byte) : 0xFFFDu);
  }
}

/// Characters, but U+FFFD for each U+0000.
static void
add_without_nul(CrateBuffer *out, CrateText text)
{
  while (text.size) {
    const size_t size = crate_text_find(text, '\0');
    crate_buffer_add(out, crate_text_slice(text, 0, size));
    if (size < text.size) {
      crate_buffer_add_code_point(out, 0xFFFDu);
    }
    text = crate_text_slice(text, size + 1u, text.size);
  }
}

/// UTF-8 as it is, but for bytes that are none.
static void
add_utf_8(CrateBuffer *out, CrateText bytes)
{
  while (bytes.size) {
    const size_t good = crate_text_utf8_span(bytes);
    add_without_nul(out, crate_text_slice(bytes, 0, good));
    if (good < bytes.size) {
      crate_buffer_add_code_point(out, 0xFFFDu);
    }
    bytes = crate_text_slice(bytes, good + 1u, bytes.size);
  }
}

static CrateStatus
convert(CrateHtmlDocument *document, CrateText bytes, Encoding encoding)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, document->world);
  if (encoding == WINDOWS_1252) {
    add_windows_1252(&buffer, bytes);
  } else if (encoding == UTF_8) {
    add_utf_8(&buffer, bytes);
  } else {
    add_utf_16(&buffer, bytes, encoding == UTF_16_BE);
  }
  CrateStatus status = crate_buffer_status(&buffer);
  if (!status) {
    status = crate_arena_copy(&document->arena, crate_buffer_text(&buffer),
                              &document->bytes);
  }
  crate_buffer_clear(&buffer);
  return status;
}

CrateStatus
crate_html_decode_bytes(CrateHtmlDocument *document)
{
  const CrateText bytes = document->bytes;
  if (crate_text_starts(bytes, CRATE_TEXT("\xFF\xFE"))) {
    return convert(document, crate_text_slice(bytes, 2, bytes.size), UTF_16_LE);
  }
  if (crate_text_starts(bytes, CRATE_TEXT("\xFE\xFF"))) {
    return convert(document, crate_text_slice(bytes, 2, bytes.size), UTF_16_BE);
  }
  const bool has_mark = crate_text_starts(bytes, CRATE_TEXT("\xEF\xBB\xBF"));
  const CrateText label =
    has_mark ? (CrateText){NULL, 0} : find_declared(bytes);
  const Encoding encoding = label.size ? find_encoding(label) : UTF_8;
  if (encoding == OTHER) {
    const CrateDiagnostic place = {.file = document->name,
                                   .code = CRATE_TEXT("unknown-encoding")};
    return crate_world_say(document->world, CRATE_UNSUPPORTED, &place,
                           "the page is in %.*s; UTF-8, UTF-16 and "
                           "windows-1252 are read, iconv makes them of others",
                           CRATE_TEXT_ARG(label));
  }
  if (encoding == UTF_8 && crate_text_utf8_span(bytes) == bytes.size &&
      crate_text_find(bytes, '\0') == bytes.size) {
    document->bytes = crate_text_slice(bytes, has_mark ? 3 : 0, bytes.size);
    return CRATE_OK;
  }
  return convert(
    document, crate_text_slice(bytes, has_mark ? 3 : 0, bytes.size), encoding);
}
