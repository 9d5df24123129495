// SPDX-License-Identifier: Apache-2.0
#include "xml/decode.h"
#include "rdf/names.h"

/// The value of a character reference [66] between its "&#" and ';'; 0 when
/// it is none, or of no character that XML has [2].
static uint32_t
code_point_of(CrateText digits)
{
  const bool hex = digits.size && digits.data[0] == 'x';
  uint32_t value = 0;
  for (size_t i = hex; i < digits.size; ++i) {
    const int digit = crate_name_hex(digits.data[i]);
    if (digit < 0 || (!hex && digit > 9) || value > 0x10FFFFu) {
      return 0;
    }
    value = value * (hex ? 16u : 10u) + (uint32_t)digit;
  }
  const bool control = value < 0x20 && !strchr("\t\n\r", (int)value);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return control || surrogate || value == 0xFFFE || value == 0xFFFF ||
             value > 0x10FFFFu
           ? 0
           : value;
}

/// Append what a reference [67] at the start of a text stands for; its size.
static CrateStatus
decode_reference(const CrateXmlDocument *document,
                 CrateText text,
                 CrateBuffer *out,
                 size_t *size)
{
  static const struct {
    const char *name;
    char character;
  } entities[] = {
    {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"apos", '\''}, {"quot", '"'}};
  const size_t end = crate_text_find(text, ';');
  const CrateText name = crate_text_slice(text, 1, end);
  *size = end + 1;
  if (end < text.size && name.size > 1 && name.data[0] == '#') {
    const uint32_t c = code_point_of(crate_text_slice(name, 1, name.size));
    if (c) {
      crate_buffer_add_code_point(out, c);
      return CRATE_OK;
    }
  }
  for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); ++i) {
    if (end < text.size && crate_text_is(name, entities[i].name)) {
      crate_buffer_add_byte(out, entities[i].character);
      return CRATE_OK;
    }
  }
  return crate_xml_expected(document, crate_xml_offset(document, text.data),
                            CRATE_XML_CODE,
                            "&lt; &gt; &amp; &apos; &quot; or the number of a "
                            "character of XML, such as &#38;");
}

/// Whether a byte means something else than itself.
static bool
is_special(char c, CrateXmlSort sort)
{
  return c == '\r' || (c == '&' && sort != CRATE_XML_CDATA) ||
         ((c == '\n' || c == '\t') && sort == CRATE_XML_VALUE);
}

static CrateStatus
decode_to(const CrateXmlDocument *document,
          CrateText raw,
          CrateXmlSort sort,
          CrateBuffer *buffer)
{
  for (size_t i = 0, size; i < raw.size; i += size) {
    const char c = raw.data[i];
    const bool pair = c == '\r' && i + 1 < raw.size && raw.data[i + 1] == '\n';
    size = pair ? 2 : 1;
    if (!is_special(c, sort)) {
      crate_buffer_add_byte(buffer, c);
    } else if (c == '&') {
      CRATE_TRY(decode_reference(document, crate_text_slice(raw, i, raw.size),
                                 buffer, &size));
    } else {
      crate_buffer_add_byte(buffer, sort == CRATE_XML_VALUE ? ' ' : '\n');
    }
  }
  return crate_buffer_status(buffer);
}

CrateStatus
crate_xml_decode(CrateXmlDocument *document,
                 CrateText raw,
                 CrateXmlSort sort,
                 CrateText *out)
{
  bool plain = true;
  for (size_t i = 0; i < raw.size && plain; ++i) {
    plain = !is_special(raw.data[i], sort);
  }
  *out = raw;
  if (plain) {
    return CRATE_OK;
  }
  CrateBuffer buffer;
  crate_buffer_init(&buffer, document->world);
  CrateStatus status = decode_to(document, raw, sort, &buffer);
  status = status ? status
                  : crate_arena_copy(&document->arena,
                                     crate_buffer_text(&buffer), out);
  crate_buffer_clear(&buffer);
  return status;
}
