// SPDX-License-Identifier: Apache-2.0
/// @file How the folders of a tree are filled: a shelf is what makes folders
/// and files of one kind. To show something new, write a shelf and give it a
/// row in shelves.c.
#ifndef CRATE_FUSE_NODE_H
#define CRATE_FUSE_NODE_H
#include "fuse/tree.h"
#include <cratekit/arena.h>
#include <cratekit/buffer.h>

typedef struct CrateNode CrateNode;
typedef struct CrateMaterial CrateMaterial;

/// Where the children of one folder are gathered.
typedef struct CrateFolderPlan {
  CrateTree *tree;
  CrateNodeId folder;
  CrateNode *children;
  size_t count, capacity;
} CrateFolderPlan;

/// Say what a folder holds, by crate_plan_add().
typedef CrateStatus (*CrateNodeFill)(CrateFolderPlan *plan,
                                     const CrateNode *folder);

/// Write the bytes of a file.
typedef CrateStatus (*CrateNodeWrite)(CrateTree *tree,
                                      const CrateNode *file,
                                      CrateBuffer *buffer);

/// Say what extended attributes a node has, by crate_attributes_add().
typedef CrateStatus (*CrateNodeDescribe)(CrateTree *tree,
                                         const CrateNode *node,
                                         CrateAttributes *out);

/// Texts lie in the tree's arena or live as long. A file has `write`, or a part
/// of a file of the package, or both: then what is written comes first.
struct CrateNode {
  CrateText name; ///< As crate_node_name() makes it.
  CrateNodeKind kind;
  CrateNodeId parent;
  CrateNodeFill fill;         ///< Of a folder.
  CrateNodeWrite write;       ///< Of a file that is made.
  CrateNodeDescribe describe; ///< NULL: it has no attributes.
  CrateText path;    ///< Of the package: of a file the payload, of a folder
                     ///< what is below it; with '/' in front. Of a link
                     ///< the target.
  uint64_t offset;   ///< Where in that file, when it is a part.
  uint64_t part;     ///< Bytes of that part; CRATE_WHOLE: all of it.
  const void *about; ///< What the shelf needs to know, its own.
  uint32_t entry;    ///< Of the book, or CRATE_NO_ENTRY.
  uint32_t detail;   ///< The shelf's own.
  // The tree's:
  CrateNodeId first; ///< Child, once it is filled.
  uint32_t count;
  bool filled, sized;
  uint64_t size;
};

#define CRATE_WHOLE UINT64_MAX

/// Add a child. The name is changed when another child has it already.
CRATE_NODISCARD CrateStatus crate_plan_add(CrateFolderPlan *plan,
                                           CrateNode node);

/// Shorthands: of a folder, a file that is made, and a link.
CRATE_NODISCARD CrateStatus crate_plan_folder(CrateFolderPlan *plan,
                                              CrateText name,
                                              CrateNodeFill fill,
                                              uint32_t entry);
CRATE_NODISCARD CrateStatus crate_plan_file(CrateFolderPlan *plan,
                                            CrateText name,
                                            CrateNodeWrite write,
                                            uint32_t entry);
CRATE_NODISCARD CrateStatus crate_plan_link(CrateFolderPlan *plan,
                                            CrateText name,
                                            CrateText target);

/// Add an attribute, PREFIX and NAME joined; one whose name no system takes,
/// and what is too much for one, is left out.
void crate_attributes_add(CrateAttributes *attributes,
                          const char *prefix,
                          CrateText name,
                          CrateText value);

/// A name that a folder can hold, of any text: '/', controls, '%' and names of
/// only dots are percent-encoded, what is longer than 255 bytes is cut, with a
/// digest of all of it at the end. Two texts never have one name.
CRATE_NODISCARD CrateStatus crate_node_name(CrateArena *arena,
                                            CrateText text,
                                            CrateText *out);

/// What lasts as long as the tree.
CrateArena *crate_tree_arena(CrateTree *tree);
const CrateWorld *crate_tree_world(const CrateTree *tree);
CratePackage *crate_tree_package(const CrateTree *tree);
const CrateTreeOptions *crate_tree_options(const CrateTree *tree);

/// What was said when the package was opened, a line each.
CrateText crate_tree_hazards(const CrateTree *tree);

/// The metadata, read when first asked for; see material.h.
CRATE_NODISCARD CrateStatus crate_tree_material(CrateTree *tree,
                                                CrateMaterial **out);

/// All files and folders of what was opened, sorted by path, folders with a
/// slash at their end. Listed when first asked for.
typedef struct CratePayload {
  CrateText *paths;
  size_t count, capacity;
  bool listed;
} CratePayload;

CratePayload *crate_tree_payload(CrateTree *tree);

CRATE_NODISCARD CrateStatus crate_payload_list(CrateTree *tree);

/// The first path that is not before a text.
size_t crate_payload_find(const CratePayload *payload, CrateText text);

/// A way from a folder that lies `depth` below the root to a path below it.
CRATE_NODISCARD CrateStatus crate_node_way(CrateArena *arena,
                                           unsigned depth,
                                           const CrateText *parts,
                                           size_t count,
                                           CrateText *out);

/// A folder of `.crate`. The table of them is in shelves.c.
typedef struct CrateShelf {
  const char *name;
  const char *help; ///< For README.txt, one phrase.
  CrateNodeFill fill;
} CrateShelf;

/// The i-th, or NULL past the end.
const CrateShelf *crate_shelf_at(size_t i);

CrateStatus crate_shelf_root(CrateFolderPlan *plan, const CrateNode *folder);
CrateStatus crate_shelf_top(CrateFolderPlan *plan, const CrateNode *folder);
CrateStatus crate_shelf_payload(CrateFolderPlan *plan, const CrateNode *folder);
CrateStatus crate_shelf_metadata(CrateFolderPlan *plan,
                                 const CrateNode *folder);
CrateStatus crate_shelf_report(CrateFolderPlan *plan, const CrateNode *folder);
CrateStatus crate_shelf_entities(CrateFolderPlan *plan,
                                 const CrateNode *folder);
CrateStatus crate_shelf_types(CrateFolderPlan *plan, const CrateNode *folder);
CrateStatus crate_shelf_prov(CrateFolderPlan *plan, const CrateNode *folder);
CrateStatus crate_shelf_models(CrateFolderPlan *plan, const CrateNode *folder);
CrateStatus crate_shelf_by_author(CrateFolderPlan *plan,
                                  const CrateNode *folder);
CrateStatus crate_shelf_by_license(CrateFolderPlan *plan,
                                   const CrateNode *folder);

#endif // CRATE_FUSE_NODE_H
