// SPDX-License-Identifier: Apache-2.0
#include "rdf/names.h"
#include "xml/xml.h"

const CrateXml *
crate_xml_element(const CrateXml *node)
{
  while (node && !node->name.local.size) {
    node = node->next;
  }
  return node;
}

bool
crate_xml_is(CrateXmlName name, const char *space, const char *local)
{
  return crate_text_is(name.local, local) && crate_text_is(name.space, space);
}

const CrateText *
crate_xml_get(const CrateXml *element, const char *space, const char *local)
{
  for (const CrateXmlAttribute *a = element->attributes; a; a = a->next) {
    if (crate_xml_is(a->name, space, local)) {
      return &a->value;
    }
  }
  return NULL;
}

static const CrateXml *
text_from(const CrateXml *node)
{
  while (node && node->name.local.size) {
    node = node->next;
  }
  return node;
}

CrateStatus
crate_xml_text(CrateArena *arena, const CrateXml *element, CrateText *out)
{
  const CrateXml *const first = text_from(element->first);
  *out = first ? first->text : (CrateText){NULL, 0};
  if (!first || !text_from(first->next)) {
    return CRATE_OK;
  }
  size_t size = 0;
  for (const CrateXml *n = first; n; n = text_from(n->next)) {
    size += n->text.size; // each is a part of the document, or shorter
  }
  char *const bytes = crate_arena_allocate(arena, size + 1);
  if (!bytes) {
    *out = (CrateText){NULL, 0};
    return crate_arena_status(arena);
  }
  *out = (CrateText){bytes, size};
  size = 0;
  for (const CrateXml *n = first; n; n = text_from(n->next)) {
    memcpy(bytes + size, n->text.data, n->text.size);
    size += n->text.size;
  }
  return CRATE_OK;
}

size_t
crate_xml_name_span(CrateText text)
{
  size_t at = 0;
  while (at < text.size) {
    uint32_t c = 0;
    const size_t size = crate_name_decode(text.data + at, &c);
    if (!crate_name_is_start(c) &&
        (!at || (!crate_name_is_part(c) && c != '.'))) {
      break;
    }
    at += size;
  }
  return at;
}

size_t
crate_xml_space_span(CrateText text)
{
  size_t at = 0;
  while (at < text.size && text.data[at] && strchr(" \t\r\n", text.data[at])) {
    ++at;
  }
  return at;
}

CrateText
crate_xml_trim(CrateText text)
{
  text = crate_text_slice(text, crate_xml_space_span(text), text.size);
  while (text.size && strchr(" \t\r\n", text.data[text.size - 1])) {
    --text.size;
  }
  return text;
}
