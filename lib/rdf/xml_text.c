// SPDX-License-Identifier: Apache-2.0
#include "rdf/xml_text.h"

size_t
crate_xml_character_span(CrateText text)
{
  size_t at = 0;
  for (; at < text.size; ++at) {
    const unsigned char byte = (unsigned char)text.data[at];
    if ((byte < 0x20u && !memchr("\t\n\r", byte, 3)) ||
        (byte == 0xEFu && at + 2u < text.size &&
         (unsigned char)text.data[at + 1u] == 0xBFu &&
         (unsigned char)text.data[at + 2u] >= 0xBEu)) { // U+FFFE, U+FFFF
      break;
    }
  }
  return at;
}

void
crate_xml_write_text(CrateBuffer *buffer, CrateText text)
{
  static const struct {
    char byte;
    const char *entity;
  } entities[] = {{'&', "&amp;"},  {'<', "&lt;"},   {'>', "&gt;"},
                  {'"', "&quot;"}, {'\r', "&#xD;"}, {'\t', "&#x9;"},
                  {'\n', "&#xA;"}};
  enum { ENTITIES = sizeof(entities) / sizeof(*entities) };
  for (size_t from = 0, at = 0; at <= text.size; ++at) {
    size_t e = 0;
    while (e < ENTITIES && at < text.size &&
           text.data[at] != entities[e].byte) {
      ++e;
    }
    if (at == text.size || e < ENTITIES) {
      crate_buffer_add(buffer, crate_text_slice(text, from, at));
      crate_buffer_add_string(buffer, at < text.size ? entities[e].entity : "");
      from = at + 1u;
    }
  }
}
