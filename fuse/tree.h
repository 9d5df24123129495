// SPDX-License-Identifier: Apache-2.0
/// @file A crate as a tree of folders, files and links. Knows nothing of FUSE:
/// ops.c shows it to the kernel, extract.c writes it, print.c prints it.
///
/// The payload lies where it was packed, and beside it a folder, `.crate`, with
/// all that the metadata say. Folders are filled when somebody looks into them,
/// files that are made are made when somebody wants their size or bytes.
///
/// All functions may be called from any thread.
#ifndef CRATE_FUSE_TREE_H
#define CRATE_FUSE_TREE_H
#include <cratekit/buffer.h>
#include <cratekit/package.h>
#include <time.h>

typedef struct CrateTree CrateTree;

/// A node, from 1; the root is 1. It is the same thing as long as the tree
/// lives, and is used as its inode.
typedef uint32_t CrateNodeId;

#define CRATE_NODE_ROOT 1u
#define CRATE_NO_NODE 0u

typedef enum {
  CRATE_NODE_FOLDER,
  CRATE_NODE_FILE, ///< Of the package, or made.
  CRATE_NODE_LINK,
} CrateNodeKind;

typedef struct CrateTreeOptions {
  CrateText name;    ///< Of the folder beside the payload; empty: ".crate".
  CrateText profile; ///< To judge by, a token; empty: by conformsTo.
} CrateTreeOptions;

/**
   Open a crate. Its metadata are read when they are first looked at.

   @param path As for crate_package_open_leniently().
   @param out  New, freed by crate_tree_free(). Keeps the world; texts of the
   options are kept.
   @return As crate_package_open_leniently(), and CRATE_BAD_ARGUMENT for a
   profile that there is not; said.
*/
CRATE_NODISCARD CrateStatus crate_tree_open(const CrateWorld *world,
                                            CrateText path,
                                            const CrateTreeOptions *options,
                                            CrateTree **out);

/// Accepts NULL. Open files are closed before.
void crate_tree_free(CrateTree *tree);

CrateNodeKind crate_tree_kind(CrateTree *tree, CrateNodeId node);

/// A view, as all texts here: valid as long as the tree lives.
CrateText crate_tree_name(CrateTree *tree, CrateNodeId node);

CrateNodeId crate_tree_parent(CrateTree *tree, CrateNodeId node);

/// Find a child. CRATE_NOT_FOUND, unsaid, when there is none.
CRATE_NODISCARD CrateStatus crate_tree_look_up(CrateTree *tree,
                                               CrateNodeId folder,
                                               CrateText name,
                                               CrateNodeId *out);

/// The children of a folder are `count` nodes from `first` on, by their names.
CRATE_NODISCARD CrateStatus crate_tree_children(CrateTree *tree,
                                                CrateNodeId folder,
                                                CrateNodeId *first,
                                                uint32_t *count);

/// Bytes of a file or of a link's target. Makes what has to be made.
CRATE_NODISCARD CrateStatus crate_tree_size(CrateTree *tree,
                                            CrateNodeId node,
                                            uint64_t *size);

/// Whether its size is known without making anything.
bool crate_tree_is_ready(CrateTree *tree, CrateNodeId node);

/// Where a link leads, relative to its folder; never out of the tree.
CrateText crate_tree_target(CrateTree *tree, CrateNodeId node);

/// What `stat` tells of a file of the package, or of the crate as a whole.
struct timespec crate_tree_time(CrateTree *tree, CrateNodeId node);

/// What a node has for extended attributes.
typedef struct CrateAttributes {
  CrateBuffer names;  ///< Each with a NUL behind it, as listxattr(2) has them.
  CrateBuffer values; ///< One behind the other, each with its size in front.
} CrateAttributes;

/// Fill in a node's attributes. End them with crate_attributes_clear(), always.
CRATE_NODISCARD CrateStatus crate_tree_attributes(CrateTree *tree,
                                                  CrateNodeId node,
                                                  CrateAttributes *out);

/// The value of a name; data NULL when it has none.
CrateText crate_attributes_get(const CrateAttributes *attributes,
                               const char *name);

void crate_attributes_clear(CrateAttributes *attributes);

/// All nodes that are known by now.
uint32_t crate_tree_count(CrateTree *tree);

/// Bytes of the package's files together, as far as they are known.
uint64_t crate_tree_bytes(CrateTree *tree);

/// An open file of the tree.
typedef struct CrateTreeFile CrateTreeFile;

/// New, freed by crate_tree_close().
CRATE_NODISCARD CrateStatus crate_tree_open_file(CrateTree *tree,
                                                 CrateNodeId node,
                                                 CrateTreeFile **out);

/// @param got Less than `size` only at the end.
CRATE_NODISCARD CrateStatus crate_tree_read(CrateTreeFile *file,
                                            uint64_t offset,
                                            void *out,
                                            size_t size,
                                            size_t *got);

/// The descriptor that holds a part of the bytes as they are, to be sent from
/// there; -1 when there is none. `*offset` is moved to where they lie in it.
int crate_tree_descriptor(const CrateTreeFile *file,
                          uint64_t *offset,
                          size_t *size);

/// Accepts NULL.
void crate_tree_close(CrateTreeFile *file);

#endif // CRATE_FUSE_TREE_H
