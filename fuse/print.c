// SPDX-License-Identifier: Apache-2.0
#include "fuse/print.h"

/// What a terminal would take for a command is written in hexadecimal.
static void
print_name(CrateBuffer *buffer, CrateText name)
{
  for (size_t i = 0; i < name.size; ++i) {
    const unsigned char byte = (unsigned char)name.data[i];
    if (byte < 0x20 || byte == 0x7F) {
      crate_buffer_print(buffer, "\\x%02X", byte);
    } else {
      crate_buffer_add_byte(buffer, (char)byte);
    }
  }
}

static void
print_node(CrateTree *tree, CrateNodeId node, unsigned depth, CrateBuffer *out)
{
  crate_buffer_print(out, "%*s", (int)(2u * depth), "");
  print_name(out, crate_tree_name(tree, node));
  switch (crate_tree_kind(tree, node)) {
    case CRATE_NODE_FOLDER:
      crate_buffer_add_byte(out, '/');
      break;
    case CRATE_NODE_LINK:
      crate_buffer_add_string(out, " -> ");
      print_name(out, crate_tree_target(tree, node));
      break;
    default:
      break;
  }
  crate_buffer_add_byte(out, '\n');
  crate_buffer_drain(out);
}

/// Paths are no longer than what a system opens, so this is not deep.
static CrateStatus
print_folder(CrateTree *tree,
             CrateNodeId folder,
             unsigned depth,
             CrateBuffer *out)
{
  CrateNodeId first = 0;
  uint32_t count = 0;
  CRATE_TRY(crate_tree_children(tree, folder, &first, &count));
  for (uint32_t i = 0; i < count; ++i) {
    print_node(tree, first + i, depth, out);
    if (crate_tree_kind(tree, first + i) == CRATE_NODE_FOLDER) {
      CRATE_TRY(print_folder(tree, first + i, depth + 1u, out));
    }
  }
  return crate_buffer_status(out);
}

CrateStatus
crate_tree_print(CrateTree *tree, CrateBuffer *buffer)
{
  return print_folder(tree, CRATE_NODE_ROOT, 0, buffer);
}
