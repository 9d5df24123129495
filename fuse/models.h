// SPDX-License-Identifier: Apache-2.0
/// @file Model files of the payload, their headers read when somebody looks.
#ifndef CRATE_FUSE_MODELS_H
#define CRATE_FUSE_MODELS_H
#include "fuse/node.h"
#include <cratekit/model.h>

/// One of them. It does not move, and lives as long as the tree.
typedef struct CrateShownModel {
  CrateText path; ///< In the package, with '/' in front.
  CrateModel model;
  CrateStatus status; ///< How the reading went.
  CrateBuffer said;   ///< What was said on the way, a line each.
  CrateWorld hearing; ///< Whose sink that is.
  uint32_t *by_name;  ///< Tensors, sorted by name.
} CrateShownModel;

/// Those that were looked at. All zero but the world to begin with.
typedef struct CrateShownModels {
  const CrateWorld *world;
  CrateShownModel **items;
  size_t count, capacity;
} CrateShownModels;

CrateShownModels *crate_tree_models(CrateTree *tree);

/// Whether a file's name is one that models have.
bool crate_models_know(CrateText path);

/// Read a model's header, or find it read. A file that is none is no failure:
/// its status tells.
CRATE_NODISCARD CrateStatus crate_models_get(CrateTree *tree,
                                             CrateText path,
                                             CrateShownModel **out);

void crate_models_clear(CrateShownModels *models);

#endif // CRATE_FUSE_MODELS_H
