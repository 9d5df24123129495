// SPDX-License-Identifier: Apache-2.0
#include "validate/report_escape.h"
#include "base/terminal.h"

/// The text as a terminal may see it, in a buffer of its own.
static CrateBuffer
tame(CrateBuffer *buffer, CrateText text)
{
  CrateBuffer tamed;
  crate_buffer_init(&tamed, buffer->world);
  crate_terminal_escape(&tamed, text);
  if (crate_buffer_status(&tamed) && !buffer->status) {
    buffer->status = crate_buffer_status(&tamed);
  }
  return tamed;
}

/// Append each byte as it is, or as `other` says.
static void
replace(CrateBuffer *buffer,
        CrateText text,
        void (*other)(CrateBuffer *buffer, unsigned char byte),
        const char *special)
{
  size_t from = 0;
  for (size_t i = 0; i < text.size; ++i) {
    if (text.data[i] && strchr(special, text.data[i])) {
      crate_buffer_add(buffer, crate_text_slice(text, from, i));
      other(buffer, (unsigned char)text.data[i]);
      from = i + 1u;
    }
  }
  crate_buffer_add(buffer, crate_text_slice(text, from, text.size));
}

static void
add_reference(CrateBuffer *buffer, unsigned char byte)
{
  crate_buffer_print(buffer, "&#%u;", byte);
}

/// XML 1.0, 2.2: U+FFFE and U+FFFF are no characters.
static void
add_characters(CrateBuffer *buffer, CrateText text)
{
  size_t from = 0;
  for (size_t i = 0; i + 2u < text.size; ++i) {
    if (!memcmp(text.data + i, "\xEF\xBF", 2) &&
        (unsigned char)text.data[i + 2u] >= 0xBEu) {
      replace(buffer, crate_text_slice(text, from, i), add_reference, "&<>\"'");
      crate_buffer_print(buffer, "\\uFFF%c",
                         (unsigned char)text.data[i + 2u] == 0xBEu ? 'E' : 'F');
      from = i + 3u;
    }
  }
  replace(buffer, crate_text_slice(text, from, text.size), add_reference,
          "&<>\"'");
}

void
crate_escape_xml(CrateBuffer *buffer, CrateText text)
{
  CrateBuffer tamed = tame(buffer, text);
  add_characters(buffer, crate_buffer_text(&tamed));
  crate_buffer_clear(&tamed);
}

/// What begins a mention or a link to an issue is parted from what follows by
/// a space without width: the filters that link look at the rendered text.
static void
add_parted_reference(CrateBuffer *buffer, unsigned char byte)
{
  add_reference(buffer, byte);
  if (byte == '@' || byte == '#') {
    crate_buffer_add_string(buffer, "&#8203;");
  }
}

void
crate_escape_markdown(CrateBuffer *buffer, CrateText text)
{
  CrateBuffer tamed = tame(buffer, text);
  replace(buffer, crate_buffer_text(&tamed), add_parted_reference,
          "!\"#$%&*.:<>?@[\\]^_`{|}~");
  crate_buffer_clear(&tamed);
}

static void
add_percent(CrateBuffer *buffer, unsigned char byte)
{
  crate_buffer_print(buffer, "%%%02X", byte);
}

void
crate_escape_command(CrateBuffer *buffer, CrateText text)
{
  CrateBuffer tamed = tame(buffer, text);
  replace(buffer, crate_buffer_text(&tamed), add_percent, "%\r\n");
  crate_buffer_clear(&tamed);
}

void
crate_escape_property(CrateBuffer *buffer, CrateText text)
{
  CrateBuffer tamed = tame(buffer, text);
  replace(buffer, crate_buffer_text(&tamed), add_percent, "%\r\n:,");
  crate_buffer_clear(&tamed);
}

static bool
is_hex(char byte)
{
  return byte && strchr("0123456789abcdefABCDEF", byte);
}

/// RFC 3986, 2.2 and 2.3, without square brackets; of a path also without
/// what would begin something else.
static bool
is_uri_byte(CrateText text, size_t i, bool link)
{
  const unsigned char byte = (unsigned char)text.data[i];
  const bool pair = i + 2u < text.size && is_hex(text.data[i + 1u]) &&
                    is_hex(text.data[i + 2u]);
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z') ||
         (byte && strchr("-._~/!$&'()*+,;=@", byte)) ||
         (link && (byte == '%' ? pair : byte && strchr(":?#", byte)));
}

void
crate_escape_uri(CrateBuffer *buffer, CrateText text)
{
  const bool link = crate_is_link(text);
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned char byte = (unsigned char)text.data[i];
    if (is_uri_byte(text, i, link)) {
      crate_buffer_add_byte(buffer, (char)byte);
    } else {
      add_percent(buffer, byte);
    }
  }
}

bool
crate_is_link(CrateText text)
{
  return crate_text_starts(text, CRATE_TEXT("https://")) ||
         crate_text_starts(text, CRATE_TEXT("http://"));
}

CrateText
crate_report_path(CrateText path)
{
  while (crate_text_starts(path, CRATE_TEXT("./"))) {
    path = crate_text_slice(path, 2, path.size);
  }
  return path;
}
