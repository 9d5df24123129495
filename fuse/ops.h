// SPDX-License-Identifier: Apache-2.0
/// @file A tree shown to the kernel through FUSE. Only translation: what there
/// is, tree.h knows.
#ifndef CRATE_FUSE_OPS_H
#define CRATE_FUSE_OPS_H
#include "fuse/tree.h"

typedef struct CrateMount {
  const CrateWorld *world;
  CrateTree *tree;
  const char *source;  ///< What is mounted, for mount(8).
  const char *folder;  ///< Where.
  const char *options; ///< As after -o, or NULL.
  bool foreground;
  /// Told when the folder shows the crate, before the program goes into the
  /// background.
  void (*ready)(void *handle);
  void *handle;
} CrateMount;

/// Mount, and serve until somebody unmounts it or a signal comes.
CRATE_NODISCARD CrateStatus crate_mount_run(const CrateMount *mount);

#endif // CRATE_FUSE_OPS_H
