// SPDX-License-Identifier: Apache-2.0
// XML as a tree. Namespaces of elements are told apart by whoever reads the
// root; those of attributes by the prefixes that everybody uses.
#include "convert/tree/tree.h"

#define SCHEMA_INSTANCE "http://www.w3.org/2001/XMLSchema-instance"

static CrateStatus add_element(CrateArena *arena,
                               CrateTree *parent,
                               const CrateXml *element);

static bool
is_text(const CrateXml *node)
{
  return !node->name.local.size;
}

static bool
is_blank(CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (!text.data[i] || !strchr(" \t\r\n", text.data[i])) {
      return false;
    }
  }
  return true;
}

/// Space around a text is but the layout of the document.
static CrateText
trimmed(CrateText text)
{
  while (text.size && strchr(" \t\r\n", text.data[0]) && text.data[0]) {
    text = crate_text_slice(text, 1, text.size);
  }
  while (text.size && text.data[text.size - 1] &&
         strchr(" \t\r\n", text.data[text.size - 1])) {
    --text.size;
  }
  return text;
}

/// The texts of an element, an element between two of them being a line's end,
/// as <br/> is.
static CrateStatus
join_text(CrateArena *arena, const CrateXml *element, CrateText *out)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, arena->world);
  for (const CrateXml *child = element->first; child; child = child->next) {
    if (is_text(child)) {
      crate_buffer_add(&buffer, child->text);
    } else {
      crate_buffer_add_byte(&buffer, '\n');
    }
  }
  CrateStatus status = crate_buffer_status(&buffer);
  if (!status) {
    status = crate_arena_copy(arena, trimmed(crate_buffer_text(&buffer)), out);
  }
  crate_buffer_clear(&buffer);
  return status;
}

static CrateStatus
add_attribute(CrateArena *arena,
              CrateTree *node,
              const CrateXmlAttribute *attribute)
{
  const CrateText space = attribute->name.space;
  const CrateText parts[] = {
    crate_text_is(space, CRATE_XML_NAMESPACE) ? CRATE_TEXT("@xml:")
    : crate_text_is(space, SCHEMA_INSTANCE)   ? CRATE_TEXT("@xsi:")
                                              : CRATE_TEXT("@"),
    attribute->name.local};
  CrateText key;
  CRATE_TRY(crate_arena_join(arena, parts, 2, &key));
  return crate_tree_add(arena, node, CRATE_TREE_STRING, key, attribute->value,
                        attribute->offset)
           ? CRATE_OK
           : crate_arena_status(arena);
}

/// What is in an element: its attributes, and its texts or its elements.
static CrateStatus
add_content(CrateArena *arena,
            CrateTree *node,
            const CrateXml *element,
            bool text)
{
  for (const CrateXmlAttribute *attribute = element->attributes; attribute;
       attribute = attribute->next) {
    CRATE_TRY(add_attribute(arena, node, attribute));
  }
  if (text) {
    CrateText joined;
    CRATE_TRY(join_text(arena, element, &joined));
    return crate_tree_add(arena, node, CRATE_TREE_STRING, CRATE_TEXT("#text"),
                          joined, element->offset)
             ? CRATE_OK
             : crate_arena_status(arena);
  }
  for (const CrateXml *child = element->first; child; child = child->next) {
    if (!is_text(child)) {
      CRATE_TRY(add_element(arena, node, child));
    }
  }
  return CRATE_OK;
}

/// An element without attributes is its text. Depth is bounded by the reader.
static CrateStatus
add_element(CrateArena *arena, CrateTree *parent, const CrateXml *element)
{
  bool text = false;
  for (const CrateXml *child = element->first; child; child = child->next) {
    text |= is_text(child) && !is_blank(child->text);
  }
  CrateText joined = {NULL, 0};
  const bool leaf = text && !element->attributes;
  if (leaf) {
    CRATE_TRY(join_text(arena, element, &joined));
  }
  CrateTree *const node =
    crate_tree_add(arena, parent, leaf ? CRATE_TREE_STRING : CRATE_TREE_NODE,
                   element->name.local, joined, element->offset);
  return !node  ? crate_arena_status(arena)
         : leaf ? CRATE_OK
                : add_content(arena, node, element, text);
}

CrateStatus
crate_tree_from_xml(const CrateXmlDocument *document,
                    CrateArena *arena,
                    CrateTree **out)
{
  CrateTree top = {.kind = CRATE_TREE_NODE};
  CRATE_TRY(add_element(arena, &top, document->root));
  *out = top.first;
  return CRATE_OK;
}
