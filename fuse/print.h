// SPDX-License-Identifier: Apache-2.0
/// @file What can be done with a tree where there is no FUSE.
#ifndef CRATE_FUSE_PRINT_H
#define CRATE_FUSE_PRINT_H
#include "fuse/tree.h"
#include <cratekit/buffer.h>

/// Print the whole tree, a line for each node, indented. Makes no files.
CRATE_NODISCARD CrateStatus crate_tree_print(CrateTree *tree,
                                             CrateBuffer *buffer);

/**
   Write the whole tree as a folder, which must not be there yet.

   @return CRATE_BAD_ARGUMENT when it is, CRATE_UNREADABLE when the system
   fails; said, with the path. What was written by then is left.
*/
CRATE_NODISCARD CrateStatus crate_tree_extract(const CrateWorld *world,
                                               CrateTree *tree,
                                               const char *path);

#endif // CRATE_FUSE_PRINT_H
