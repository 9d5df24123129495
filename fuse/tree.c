// SPDX-License-Identifier: Apache-2.0
// The nodes: made a folder at a time, kept for good, found by bisection.
#include "fuse/cache.h"
#include "fuse/material.h"
#include "fuse/models.h"
#include "fuse/opened.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/// Nodes never move, so that whoever holds one need not hold the lock.
enum { BLOCK = 1024, MOST_BLOCKS = 1 << 20 };

struct CrateTree {
  const CrateWorld *world;
  CrateWorld listening; // the same, but what it is told while opening is kept
  CrateTreeOptions options;
  CrateArena arena;
  CratePackage *package;
  CrateBuffer hazards;
  CratePayload payload;
  CrateMaterial *material;
  CrateShownModels models;
  CrateCache cache;
  CrateOpenedFiles opened;
  CrateNode **blocks;
  size_t block_count, block_capacity;
  uint32_t count; // of nodes, from 1
  struct timespec time;
  uint64_t bytes;
  pthread_mutex_t lock; // of all but what never changes
};

struct CrateTreeFile {
  CrateTree *tree;
  CrateMade *made;       // what is written, or NULL
  CrateOpened *payload;  // the part that is there, or NULL
  uint64_t offset, part; // of it
};

static CrateNode *
node_of(const CrateTree *tree, CrateNodeId id)
{
  return &tree->blocks[(id - 1u) / BLOCK][(id - 1u) % BLOCK];
}

const CrateWorld *
crate_tree_world(const CrateTree *tree)
{
  return tree->world;
}

CrateArena *
crate_tree_arena(CrateTree *tree)
{
  return &tree->arena;
}

CratePackage *
crate_tree_package(const CrateTree *tree)
{
  return tree->package;
}

const CrateTreeOptions *
crate_tree_options(const CrateTree *tree)
{
  return &tree->options;
}

CratePayload *
crate_tree_payload(CrateTree *tree)
{
  return &tree->payload;
}

CrateShownModels *
crate_tree_models(CrateTree *tree)
{
  return &tree->models;
}

CrateText
crate_tree_hazards(const CrateTree *tree)
{
  return crate_buffer_text(&tree->hazards);
}

CrateStatus
crate_tree_material(CrateTree *tree, CrateMaterial **out)
{
  CrateStatus st = CRATE_OK;
  if (!tree->material) {
    st = crate_material_new(tree->world, tree->package, &tree->options,
                            &tree->material);
  }
  *out = tree->material;
  return st;
}

/// A node more. The tree is full when even numbers are.
static CrateStatus
add_node(CrateTree *tree, const CrateNode *node, CrateNodeId *out)
{
  if (tree->count == tree->block_count * BLOCK) {
    if (tree->block_count == MOST_BLOCKS) {
      return CRATE_OVER_LIMIT;
    }
    CRATE_TRY(crate_world_reserve(tree->world, &tree->blocks,
                                  &tree->block_capacity, tree->block_count + 1u,
                                  sizeof(CrateNode *)));
    CrateNode *const block =
      (CrateNode *)crate_arena_array(&tree->arena, BLOCK, sizeof(CrateNode));
    if (!block) {
      return crate_arena_status(&tree->arena);
    }
    tree->blocks[tree->block_count++] = block;
  }
  *out = ++tree->count;
  *node_of(tree, *out) = *node;
  return CRATE_OK;
}

static int
compare_names(const void *a, const void *b)
{
  return crate_text_compare(((const CrateNode *)a)->name,
                            ((const CrateNode *)b)->name);
}

CrateStatus
crate_plan_add(CrateFolderPlan *plan, CrateNode node)
{
  CRATE_TRY(crate_world_reserve(plan->tree->world, &plan->children,
                                &plan->capacity, plan->count + 1u,
                                sizeof(CrateNode)));
  node.parent = plan->folder;
  node.detail = node.detail ? node.detail : (uint32_t)plan->count;
  plan->children[plan->count++] = node;
  return CRATE_OK;
}

CrateStatus
crate_plan_folder(CrateFolderPlan *plan,
                  CrateText name,
                  CrateNodeFill fill,
                  uint32_t entry)
{
  return crate_plan_add(plan, (CrateNode){.name = name,
                                          .kind = CRATE_NODE_FOLDER,
                                          .fill = fill,
                                          .entry = entry});
}

CrateStatus
crate_plan_file(CrateFolderPlan *plan,
                CrateText name,
                CrateNodeWrite write,
                uint32_t entry)
{
  return crate_plan_add(plan, (CrateNode){.name = name,
                                          .kind = CRATE_NODE_FILE,
                                          .write = write,
                                          .entry = entry});
}

CrateStatus
crate_plan_link(CrateFolderPlan *plan, CrateText name, CrateText target)
{
  return crate_plan_add(plan, (CrateNode){.name = name,
                                          .kind = CRATE_NODE_LINK,
                                          .path = target,
                                          .sized = true,
                                          .size = target.size});
}

/// Two children of one name: the later one gets a number behind it.
static CrateStatus
tell_apart(CrateFolderPlan *plan, bool *again)
{
  CrateArena *const arena = &plan->tree->arena;
  *again = false;
  for (size_t i = 1; i < plan->count; ++i) {
    CrateNode *const node = &plan->children[i];
    unsigned number = 2;
    for (size_t k = i; k && crate_text_equal(plan->children[k - 1u].name,
                                             plan->children[i].name);
         --k) {
      ++number;
    }
    if (number > 2) {
      char text[16];
      (void)snprintf(text, sizeof(text), "~%u", number - 1u);
      const CrateText parts[] = {crate_text_slice(node->name, 0, 244),
                                 crate_text(text)};
      CRATE_TRY(crate_arena_join(arena, parts, 2, &node->name));
      *again = true;
    }
  }
  return CRATE_OK;
}

static CrateStatus
sort_children(CrateFolderPlan *plan)
{
  bool again = plan->count > 0;
  while (again) {
    qsort(plan->children, plan->count, sizeof(CrateNode), compare_names);
    CRATE_TRY(tell_apart(plan, &again));
  }
  return CRATE_OK;
}

static CrateStatus
keep_children(CrateFolderPlan *plan)
{
  CrateTree *const tree = plan->tree;
  const CrateNodeId first = tree->count + 1u;
  for (size_t i = 0; i < plan->count; ++i) {
    CrateNodeId id = 0;
    CRATE_TRY(add_node(tree, &plan->children[i], &id));
  }
  CrateNode *const folder = node_of(tree, plan->folder);
  folder->first = first;
  folder->count = (uint32_t)plan->count;
  folder->filled = true;
  return CRATE_OK;
}

/// Fill a folder when somebody first looks into it. What fails is tried again.
static CrateStatus
fill(CrateTree *tree, CrateNodeId id)
{
  const CrateNode *const folder = node_of(tree, id);
  CrateFolderPlan plan = {.tree = tree, .folder = id};
  if (folder->filled) {
    return CRATE_OK;
  }
  CrateStatus st = folder->fill(&plan, folder);
  st = st ? st : sort_children(&plan);
  st = st ? st : keep_children(&plan);
  crate_world_release(tree->world, plan.children);
  return st;
}

/// What is said while the package is opened is kept, for the report of hazards,
/// and told to the person as well.
static void
listen(void *handle, const CrateDiagnostic *diagnostic)
{
  CrateTree *const tree = (CrateTree *)handle;
  crate_buffer_add(&tree->hazards, diagnostic->message);
  crate_buffer_print(&tree->hazards, " [%.*s]\n",
                     CRATE_TEXT_ARG(diagnostic->code));
  if (tree->world->sink.write) {
    tree->world->sink.write(tree->world->sink.handle, diagnostic);
  }
}

static CrateStatus
open_tree(CrateTree *tree, CrateText path)
{
  CrateNodeId root = 0;
  tree->listening.sink = (CrateSink){listen, tree};
  CRATE_TRY(
    crate_package_open_leniently(&tree->listening, path, &tree->package));
  tree->opened.package = tree->package;
  (void)timespec_get(&tree->time, TIME_UTC);
  return add_node(tree,
                  &(CrateNode){.kind = CRATE_NODE_FOLDER,
                               .fill = crate_shelf_root,
                               .path = CRATE_TEXT("/"),
                               .entry = CRATE_NO_ENTRY},
                  &root);
}

CrateStatus
crate_tree_open(const CrateWorld *world,
                CrateText path,
                const CrateTreeOptions *options,
                CrateTree **out)
{
  CrateTree *const tree =
    (CrateTree *)crate_world_allocate(world, sizeof(CrateTree));
  *out = tree;
  if (!tree) {
    return CRATE_NO_MEMORY;
  }
  *tree = (CrateTree){.world = world,
                      .listening = *world,
                      .options = *options,
                      .models = {.world = world},
                      .cache = {.world = world},
                      .opened = {.world = world}};
  crate_arena_init(&tree->arena, world);
  crate_buffer_init(&tree->hazards, world);
  pthread_mutex_init(&tree->lock, NULL);
  const CrateStatus st = open_tree(tree, path);
  if (st) {
    crate_tree_free(tree);
    *out = NULL;
  }
  return st;
}

void
crate_tree_free(CrateTree *tree)
{
  if (tree) {
    crate_cache_clear(&tree->cache);
    crate_opened_clear(&tree->opened);
    crate_models_clear(&tree->models);
    crate_material_free(tree->material);
    crate_package_close(tree->package);
    crate_buffer_clear(&tree->hazards);
    crate_arena_clear(&tree->arena);
    crate_world_release(tree->world, tree->payload.paths);
    crate_world_release(tree->world, tree->blocks);
    pthread_mutex_destroy(&tree->lock);
    crate_world_release(tree->world, tree);
  }
}

/// Nodes that somebody knows do not change but for their size.
static CrateNode *
get(CrateTree *tree, CrateNodeId id)
{
  pthread_mutex_lock(&tree->lock);
  CrateNode *const node = node_of(tree, id);
  pthread_mutex_unlock(&tree->lock);
  return node;
}

CrateNodeKind
crate_tree_kind(CrateTree *tree, CrateNodeId node)
{
  return get(tree, node)->kind;
}

CrateText
crate_tree_name(CrateTree *tree, CrateNodeId node)
{
  return get(tree, node)->name;
}

CrateNodeId
crate_tree_parent(CrateTree *tree, CrateNodeId node)
{
  return get(tree, node)->parent;
}

CrateText
crate_tree_target(CrateTree *tree, CrateNodeId node)
{
  return get(tree, node)->path;
}

struct timespec
crate_tree_time(CrateTree *tree, CrateNodeId node)
{
  (void)node;
  return tree->time;
}

static CrateStatus
find_child(CrateTree *tree, CrateNodeId id, CrateText name, CrateNodeId *out)
{
  CRATE_TRY(fill(tree, id));
  const CrateNode *const folder = node_of(tree, id);
  uint32_t low = 0;
  uint32_t high = folder->count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2u;
    const int order =
      crate_text_compare(node_of(tree, folder->first + middle)->name, name);
    if (!order) {
      *out = folder->first + middle;
      return CRATE_OK;
    }
    low = order < 0 ? middle + 1u : low;
    high = order < 0 ? high : middle;
  }
  return CRATE_NOT_FOUND;
}

CrateStatus
crate_tree_look_up(CrateTree *tree,
                   CrateNodeId folder,
                   CrateText name,
                   CrateNodeId *out)
{
  *out = CRATE_NO_NODE;
  pthread_mutex_lock(&tree->lock);
  const CrateStatus st = find_child(tree, folder, name, out);
  pthread_mutex_unlock(&tree->lock);
  return st;
}

CrateStatus
crate_tree_children(CrateTree *tree,
                    CrateNodeId folder,
                    CrateNodeId *first,
                    uint32_t *count)
{
  pthread_mutex_lock(&tree->lock);
  const CrateStatus st = fill(tree, folder);
  *first = st ? CRATE_NO_NODE : node_of(tree, folder)->first;
  *count = st ? 0 : node_of(tree, folder)->count;
  pthread_mutex_unlock(&tree->lock);
  return st;
}

/// Bytes of the payload that a node shows.
static CrateStatus
payload_size(const CrateTree *tree, const CrateNode *node, uint64_t *size)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  *size = 0;
  if (!node->path.size || node->part != CRATE_WHOLE) {
    *size = node->path.size ? node->part : 0;
    return CRATE_OK;
  }
  return crate_package_find(tree->package, node->path, &member, size);
}

/// The size of a payload is asked for, that of what is made is found by making.
static CrateStatus
find_size(CrateTree *tree, CrateNodeId id)
{
  CrateNode *const node = node_of(tree, id);
  CrateMade *made = NULL;
  if (node->sized || node->kind != CRATE_NODE_FILE) {
    return CRATE_OK;
  }
  uint64_t size = 0;
  CRATE_TRY(payload_size(tree, node, &size));
  if (node->write) {
    CRATE_TRY(crate_cache_get(&tree->cache, tree, id, node, &made));
    size += made->bytes.size;
    crate_cache_release(&tree->cache, made);
  } else {
    tree->bytes += size;
  }
  node->size = size;
  node->sized = true;
  return CRATE_OK;
}

CrateStatus
crate_tree_size(CrateTree *tree, CrateNodeId node, uint64_t *size)
{
  pthread_mutex_lock(&tree->lock);
  const CrateStatus st = find_size(tree, node);
  *size = node_of(tree, node)->size;
  pthread_mutex_unlock(&tree->lock);
  return st;
}

bool
crate_tree_is_ready(CrateTree *tree, CrateNodeId node)
{
  pthread_mutex_lock(&tree->lock);
  const CrateNode *const found = node_of(tree, node);
  const bool ready = found->sized || !found->write;
  pthread_mutex_unlock(&tree->lock);
  return ready;
}

CrateStatus
crate_tree_attributes(CrateTree *tree, CrateNodeId id, CrateAttributes *out)
{
  CrateStatus st = CRATE_OK;
  crate_buffer_init(&out->names, tree->world);
  crate_buffer_init(&out->values, tree->world);
  pthread_mutex_lock(&tree->lock);
  const CrateNode *const node = node_of(tree, id);
  if (node->describe) {
    st = node->describe(tree, node, out);
  }
  pthread_mutex_unlock(&tree->lock);
  st = st ? st : crate_buffer_status(&out->names);
  return st ? st : crate_buffer_status(&out->values);
}

uint32_t
crate_tree_count(CrateTree *tree)
{
  pthread_mutex_lock(&tree->lock);
  const uint32_t count = tree->count;
  pthread_mutex_unlock(&tree->lock);
  return count;
}

uint64_t
crate_tree_bytes(CrateTree *tree)
{
  pthread_mutex_lock(&tree->lock);
  const uint64_t bytes = tree->bytes;
  pthread_mutex_unlock(&tree->lock);
  return bytes;
}

static CrateStatus
open_parts(CrateTree *tree, CrateNodeId id, CrateTreeFile *file)
{
  const CrateNode *const node = node_of(tree, id);
  CRATE_TRY(find_size(tree, id)); // it must not change from now on
  if (node->write) {
    CRATE_TRY(crate_cache_get(&tree->cache, tree, id, node, &file->made));
  }
  if (!node->path.size) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_opened_get(&tree->opened, node->path, &file->payload));
  const uint64_t size = crate_package_file_size(file->payload->file);
  file->offset = node->offset;
  file->part = node->part == CRATE_WHOLE ? size : node->part;
  return node->part == CRATE_WHOLE ||
             (file->offset <= size && file->part <= size - file->offset)
           ? CRATE_OK
           : CRATE_MALFORMED;
}

CrateStatus
crate_tree_open_file(CrateTree *tree, CrateNodeId node, CrateTreeFile **out)
{
  CrateTreeFile *const file =
    (CrateTreeFile *)crate_world_allocate(tree->world, sizeof(CrateTreeFile));
  *out = file;
  if (!file) {
    return CRATE_NO_MEMORY;
  }
  *file = (CrateTreeFile){.tree = tree};
  pthread_mutex_lock(&tree->lock);
  const CrateStatus st = open_parts(tree, node, file);
  pthread_mutex_unlock(&tree->lock);
  if (st) {
    crate_tree_close(file);
    *out = NULL;
  }
  return st;
}

/// What is made comes first, the payload's part behind it.
CrateStatus
crate_tree_read(CrateTreeFile *file,
                uint64_t offset,
                void *out,
                size_t size,
                size_t *got)
{
  const uint64_t made = file->made ? file->made->bytes.size : 0;
  *got = 0;
  if (offset < made) {
    const uint64_t left = made - offset;
    *got = size < left ? size : (size_t)left;
    memcpy(out, file->made->bytes.data + offset, *got);
  }
  const uint64_t at = offset + *got - made;
  if (!file->payload || *got == size || at >= file->part) {
    return CRATE_OK;
  }
  const uint64_t left = file->part - at;
  const size_t wanted = size - *got < left ? size - *got : (size_t)left;
  size_t more = 0;
  const CrateStatus st = crate_package_file_read(
    file->payload->file, file->offset + at, (char *)out + *got, wanted, &more);
  *got += more;
  return st;
}

int
crate_tree_descriptor(const CrateTreeFile *file, uint64_t *offset, size_t *size)
{
  const uint64_t made = file->made ? file->made->bytes.size : 0;
  uint64_t start = 0;
  if (!file->payload || *offset < made || *offset - made >= file->part) {
    return -1;
  }
  const int descriptor =
    crate_package_file_descriptor(file->payload->file, &start);
  const uint64_t at = *offset - made;
  const uint64_t left = file->part - at;
  *size = *size < left ? *size : (size_t)left;
  *offset = start + file->offset + at;
  return descriptor;
}

void
crate_tree_close(CrateTreeFile *file)
{
  if (file) {
    CrateTree *const tree = file->tree;
    pthread_mutex_lock(&tree->lock);
    if (file->made) {
      crate_cache_release(&tree->cache, file->made);
    }
    if (file->payload) {
      crate_opened_release(&tree->opened, file->payload);
    }
    pthread_mutex_unlock(&tree->lock);
    crate_world_release(tree->world, file);
  }
}
