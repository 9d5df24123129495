// SPDX-License-Identifier: Apache-2.0
// What was packed: folders as the paths of its members have them.
#include "fuse/values.h"
#include "package/package.h"
#include <stdlib.h>

static CrateStatus
add_path(void *handle, CrateMemberEntry entry)
{
  CrateTree *const tree = (CrateTree *)handle;
  CratePayload *const payload = crate_tree_payload(tree);
  CRATE_TRY(crate_world_reserve(crate_tree_world(tree), &payload->paths,
                                &payload->capacity, payload->count + 1u,
                                sizeof(CrateText)));
  return crate_arena_copy(crate_tree_arena(tree), entry.path,
                          &payload->paths[payload->count++]);
}

static int
compare_paths(const void *a, const void *b)
{
  return crate_text_compare(*(const CrateText *)a, *(const CrateText *)b);
}

CrateStatus
crate_payload_list(CrateTree *tree)
{
  CratePayload *const payload = crate_tree_payload(tree);
  const CratePackage *const package = crate_tree_package(tree);
  if (payload->listed) {
    return CRATE_OK;
  }
  payload->count = 0;
  CRATE_TRY(package->verbs->list(package->place, UINT32_MAX, add_path, tree));
  if (payload->count) {
    qsort(payload->paths, payload->count, sizeof(CrateText), compare_paths);
  }
  payload->listed = true;
  return CRATE_OK;
}

size_t
crate_payload_find(const CratePayload *payload, CrateText text)
{
  size_t low = 0, high = payload->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    if (crate_text_compare(payload->paths[middle], text) < 0) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low;
}

/// The first path that does not start with a folder's, which ends in '/': '0'
/// comes right behind '/'.
static size_t
find_end(const CratePayload *payload, CrateText folder)
{
  size_t low = 0, high = payload->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    const CrateText path = payload->paths[middle];
    if (crate_text_starts(path, folder) ||
        crate_text_compare(path, folder) < 0) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low;
}

/// What the metadata say of a file or folder of the payload.
static CrateStatus
describe(CrateTree *tree, const CrateNode *node, CrateAttributes *out)
{
  const CrateText root = crate_package_root(crate_tree_package(tree));
  const CrateText whole = crate_text_slice(node->path, 1, node->path.size);
  CrateMaterial *m = NULL;
  uint32_t entry = CRATE_NO_ENTRY;
  CRATE_TRY(crate_tree_material(tree, &m));
  if (crate_text_starts(whole, root)) {
    CRATE_TRY(crate_material_described(
      m, crate_text_slice(whole, root.size, whole.size), &entry));
  }
  return entry == CRATE_NO_ENTRY ? CRATE_OK
                                 : crate_attributes_of_entry(m, entry, out);
}

/// A child of a folder: `path` from the root, up to the end of its name.
static CrateStatus
add_child(CrateFolderPlan *plan, CrateText path, size_t start, bool is_folder)
{
  CrateArena *const arena = crate_tree_arena(plan->tree);
  const CrateText parts[] = {CRATE_TEXT("/"), path};
  CrateNode node = {.kind = is_folder ? CRATE_NODE_FOLDER : CRATE_NODE_FILE,
                    .fill = is_folder ? crate_shelf_payload : NULL,
                    .describe = describe,
                    .part = CRATE_WHOLE,
                    .entry = CRATE_NO_ENTRY};
  CRATE_TRY(crate_arena_join(arena, parts, 2, &node.path));
  node.name =
    crate_text_slice(node.path, start + 1u, node.path.size - is_folder);
  // What a file system can hold is called as it was packed.
  CRATE_TRY(node.name.size > 255 ? crate_node_name(arena, node.name, &node.name)
                                 : CRATE_OK);
  return crate_plan_add(plan, node);
}

CrateStatus
crate_shelf_payload(CrateFolderPlan *plan, const CrateNode *folder)
{
  CRATE_TRY(crate_payload_list(plan->tree));
  const CratePayload *const payload = crate_tree_payload(plan->tree);
  const CrateText here = crate_text_slice(folder->path, 1, folder->path.size);
  const size_t end = here.size ? find_end(payload, here) : payload->count;
  for (size_t i = crate_payload_find(payload, here); i < end;) {
    const CrateText path = payload->paths[i];
    const CrateText rest = crate_text_slice(path, here.size, path.size);
    const size_t slash = crate_text_find(rest, '/');
    const bool is_folder = slash < rest.size;
    const CrateText child =
      crate_text_slice(path, 0, here.size + slash + is_folder);
    if (rest.size) { // and not the folder itself
      CRATE_TRY(add_child(plan, child, here.size, is_folder));
    }
    i = is_folder ? find_end(payload, child) : i + 1u;
  }
  return CRATE_OK;
}
