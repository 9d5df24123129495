// SPDX-License-Identifier: Apache-2.0
// A tree as JSON, two spaces a level. Neighbours with one key are an array.
#include "convert/tree/tree.h"

static void write_value(CrateBuffer *buffer,
                        const CrateTree *tree,
                        unsigned depth);

static void
start_line(CrateBuffer *buffer, unsigned depth)
{
  crate_buffer_print(buffer, "\n%*s", (int)(2u * depth), "");
}

static void
write_array(CrateBuffer *buffer,
            const CrateTree *from,
            const CrateTree *end,
            unsigned depth)
{
  crate_buffer_add_byte(buffer, '[');
  for (const CrateTree *item = from; item != end; item = item->next) {
    crate_buffer_add_string(buffer, item == from ? "" : ",");
    start_line(buffer, depth + 1);
    write_value(buffer, item, depth + 1);
  }
  start_line(buffer, depth);
  crate_buffer_add_byte(buffer, ']');
}

static void
write_members(CrateBuffer *buffer, const CrateTree *node, unsigned depth)
{
  crate_buffer_add_byte(buffer, '{');
  const CrateTree *end = node->first;
  for (const CrateTree *child = end; child; child = end) {
    end = crate_tree_past(child);
    crate_buffer_add_string(buffer, child == node->first ? "" : ",");
    start_line(buffer, depth + 1);
    crate_json_write_string(buffer, child->key);
    crate_buffer_add_string(buffer, ": ");
    if (child->list || end != child->next) {
      write_array(buffer, child, end, depth + 1);
    } else {
      write_value(buffer, child, depth + 1);
    }
  }
  if (node->first) {
    start_line(buffer, depth);
  }
  crate_buffer_add_byte(buffer, '}');
}

static void
write_value(CrateBuffer *buffer, const CrateTree *tree, unsigned depth)
{
  if (tree->kind == CRATE_TREE_NODE) {
    write_members(buffer, tree, depth);
  } else if (tree->kind == CRATE_TREE_STRING) {
    crate_json_write_string(buffer, tree->text);
  } else {
    crate_buffer_add(buffer, tree->text);
  }
}

void
crate_tree_write_json(CrateBuffer *buffer, const CrateTree *root)
{
  write_value(buffer, root, 0);
  crate_buffer_add_byte(buffer, '\n');
}
