// SPDX-License-Identifier: Apache-2.0
// A tree as XML, two spaces a level.
#include "convert/tree/tree.h"
#include "rdf/xml_text.h"

typedef struct {
  CrateBuffer *buffer;
  CrateText name;
} Writer;

static CrateStatus
write_escaped(const Writer *writer, CrateText text)
{
  const size_t good = crate_xml_character_span(text);
  if (good < text.size) {
    const CrateDiagnostic place = {.file = writer->name,
                                   .code = CRATE_TEXT("no-xml")};
    return crate_world_say(writer->buffer->world, CRATE_UNSUPPORTED, &place,
                           "\"%.*s\" has a character that XML does not",
                           CRATE_TEXT_ARG(crate_text_slice(text, 0, good)));
  }
  crate_xml_write_text(writer->buffer, text);
  return CRATE_OK;
}

static bool
is_attribute(const CrateTree *tree)
{
  return crate_text_starts(tree->key, CRATE_TEXT("@"));
}

static CrateStatus
write_attributes(const Writer *writer, const CrateTree *tree)
{
  for (const CrateTree *child = tree->first; child; child = child->next) {
    if (is_attribute(child)) {
      crate_buffer_add_byte(writer->buffer, ' ');
      crate_buffer_add(writer->buffer,
                       crate_text_slice(child->key, 1, child->key.size));
      crate_buffer_add_string(writer->buffer, "=\"");
      CRATE_TRY(write_escaped(writer, child->text));
      crate_buffer_add_byte(writer->buffer, '"');
    }
  }
  return CRATE_OK;
}

static CrateStatus write_element(const Writer *writer,
                                 const CrateTree *tree,
                                 unsigned depth);

/// What an element holds; of one with a text, that alone.
static CrateStatus
write_content(const Writer *writer, const CrateTree *tree, unsigned depth)
{
  const CrateTree *const text = crate_tree_find(tree, CRATE_TEXT("#text"));
  if (tree->kind != CRATE_TREE_NODE || text) {
    return write_escaped(writer, text ? text->text : tree->text);
  }
  for (const CrateTree *child = tree->first; child; child = child->next) {
    if (!is_attribute(child)) {
      crate_buffer_add_byte(writer->buffer, '\n');
      CRATE_TRY(write_element(writer, child, depth + 1));
    }
  }
  crate_buffer_print(writer->buffer, "\n%*s", (int)(2u * depth), "");
  return CRATE_OK;
}

static CrateStatus
write_element(const Writer *writer, const CrateTree *tree, unsigned depth)
{
  CrateBuffer *const buffer = writer->buffer;
  const CrateTree *inner = tree->first;
  while (inner && is_attribute(inner)) {
    inner = inner->next;
  }
  crate_buffer_print(buffer, "%*s<%.*s", (int)(2u * depth), "",
                     CRATE_TEXT_ARG(tree->key));
  CRATE_TRY(write_attributes(writer, tree));
  if (!inner && !tree->text.size) {
    crate_buffer_add_string(buffer, "/>");
    return CRATE_OK;
  }
  crate_buffer_add_byte(buffer, '>');
  CRATE_TRY(write_content(writer, tree, depth));
  crate_buffer_print(buffer, "</%.*s>", CRATE_TEXT_ARG(tree->key));
  return CRATE_OK;
}

CrateStatus
crate_tree_write_xml(CrateBuffer *buffer, CrateText name, const CrateTree *root)
{
  const Writer writer = {buffer, name};
  crate_buffer_add_string(buffer,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  CRATE_TRY(write_element(&writer, root, 0));
  crate_buffer_add_byte(buffer, '\n');
  return CRATE_OK;
}
