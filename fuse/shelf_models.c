// SPDX-License-Identifier: Apache-2.0
// models/<path>/: the inside of a model file: what it says of itself, what
// loading it would run, and its tensors as files that NumPy maps.
#include "fuse/models.h"
#include <cratekit/json.h>
#include <inttypes.h>
#include <stdio.h>

static CrateStatus
shown_of(CrateTree *tree, const CrateNode *node, CrateShownModel **out)
{
  return crate_models_get(tree, *(const CrateText *)node->about, out);
}

static CrateStatus
write_info(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateShownModel *shown = NULL;
  CRATE_TRY(shown_of(tree, file, &shown));
  crate_model_write_json(&shown->model, shown->path, buffer);
  return CRATE_OK;
}

/// What is dangerous about the file, and why it could not be read.
static CrateStatus
write_hazards(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateShownModel *shown = NULL;
  CRATE_TRY(shown_of(tree, file, &shown));
  crate_buffer_add(buffer, crate_buffer_text(&shown->said));
  crate_model_write_hazards(&shown->model, shown->path, buffer);
  return CRATE_OK;
}

/// A name in a table: what would end its cell is percent-encoded.
static CrateStatus
write_cell(CrateTree *tree, CrateText name, CrateBuffer *buffer)
{
  CrateText cell;
  CRATE_TRY(crate_node_name(crate_tree_arena(tree), name, &cell));
  crate_buffer_add(buffer, cell);
  return CRATE_OK;
}

static void
write_shape(CrateBuffer *buffer, const CrateTensor *t)
{
  for (uint32_t k = 0; k < t->rank; ++k) {
    crate_buffer_print(buffer, "%s%" PRIu64, k ? "," : "", t->shape[k]);
  }
}

static CrateStatus
write_table(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  static const char *const places[] = {"here", "packed", "elsewhere", "encoded",
                                       "absent"};
  CrateShownModel *shown = NULL;
  CRATE_TRY(shown_of(tree, file, &shown));
  crate_buffer_add_string(buffer, "name\tdtype\tshape\tplace\toffset\tbytes\n");
  for (size_t i = 0; i < shown->model.tensor_count; ++i) {
    const CrateTensor *const t = &shown->model.tensors[shown->by_name[i]];
    CRATE_TRY(write_cell(tree, t->name, buffer));
    crate_buffer_print(buffer, "\t%s\t", crate_dtype_about(t->dtype)->name);
    write_shape(buffer, t);
    crate_buffer_print(buffer, "\t%s\t%" PRIu64 "\t%" PRIu64 "\n",
                       places[t->place], t->offset, t->size);
  }
  return CRATE_OK;
}

static const CrateTensor *
tensor_of(const CrateShownModel *shown, const CrateNode *node)
{
  return &shown->model.tensors[node->entry];
}

static CrateStatus
write_header(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateShownModel *shown = NULL;
  CRATE_TRY(shown_of(tree, file, &shown));
  return crate_tensor_npy_header(tensor_of(shown, file), buffer);
}

static void
add_number(CrateAttributes *out, CrateText name, uint64_t number)
{
  char text[24];
  (void)snprintf(text, sizeof(text), "%" PRIu64, number);
  crate_attributes_add(out, "user.model.", name, crate_text(text));
}

static CrateStatus
describe(CrateTree *tree, const CrateNode *file, CrateAttributes *out)
{
  CrateShownModel *shown = NULL;
  CrateBuffer shape;
  CRATE_TRY(shown_of(tree, file, &shown));
  const CrateTensor *const t = tensor_of(shown, file);
  crate_buffer_init(&shape, crate_tree_world(tree));
  write_shape(&shape, t);
  const CrateStatus st = crate_buffer_status(&shape);
  crate_attributes_add(out, "user.model.", CRATE_TEXT("name"), t->name);
  crate_attributes_add(out, "user.model.", CRATE_TEXT("dtype"),
                       crate_text(crate_dtype_about(t->dtype)->name));
  crate_attributes_add(out, "user.model.", CRATE_TEXT("shape"),
                       crate_buffer_text(&shape));
  add_number(out, CRATE_TEXT("offset"), t->offset);
  add_number(out, CRATE_TEXT("nbytes"), t->size);
  crate_buffer_clear(&shape);
  return st;
}

/// Whether NumPy can map a tensor from the bytes of this file.
static bool
is_mappable(const CrateTensor *t)
{
  return t->place == CRATE_TENSOR_HERE && t->descr.size &&
         t->order != CRATE_ORDER_STRIDED && !t->variable;
}

/// Where the name of a tensor goes on, behind a folder's part of it.
static size_t
end_of_part(CrateText rest)
{
  size_t end = 0;
  while (end < rest.size && rest.data[end] != '.' && rest.data[end] != '/') {
    ++end;
  }
  return end;
}

/// A tensor as a file: with NumPy's header, or as it lies there.
static CrateStatus
add_tensor(CrateFolderPlan *plan,
           const CrateNode *folder,
           const CrateShownModel *shown,
           uint32_t index,
           CrateText name)
{
  CrateArena *const arena = crate_tree_arena(plan->tree);
  const CrateTensor *const t = &shown->model.tensors[index];
  const bool mapped = is_mappable(t);
  const CrateText parts[] = {name, crate_text(mapped ? ".npy" : ".bin")};
  CrateNode node = {.kind = CRATE_NODE_FILE,
                    .write = mapped ? write_header : NULL,
                    .describe = describe,
                    .path = t->size ? shown->path : CRATE_TEXT(""),
                    .offset = t->offset,
                    .part = t->size,
                    .about = folder->about,
                    .entry = index};
  CRATE_TRY(crate_arena_join(arena, parts, 2, &node.name));
  CRATE_TRY(crate_node_name(arena, node.name, &node.name));
  return crate_plan_add(plan, node);
}

static CrateStatus fill_tensors(CrateFolderPlan *plan, const CrateNode *folder);

static CrateStatus
add_part(CrateFolderPlan *plan, const CrateNode *folder, CrateText prefix)
{
  const size_t start = folder->path.size;
  CrateNode node = {.kind = CRATE_NODE_FOLDER,
                    .fill = fill_tensors,
                    .path = prefix,
                    .about = folder->about,
                    .entry = CRATE_NO_NODE};
  CRATE_TRY(crate_node_name(crate_tree_arena(plan->tree),
                            crate_text_slice(prefix, start, prefix.size - 1u),
                            &node.name));
  return crate_plan_add(plan, node);
}

/// tensors/: names go on at '.' and '/'; all of a folder start with its path.
static CrateStatus
fill_tensors(CrateFolderPlan *plan, const CrateNode *folder)
{
  const CrateText prefix = folder->path;
  CrateText last = {NULL, 0};
  CrateShownModel *shown = NULL;
  CRATE_TRY(shown_of(plan->tree, folder, &shown));
  for (size_t i = 0; i < shown->model.tensor_count; ++i) {
    const uint32_t index = shown->by_name[i];
    const CrateText name = shown->model.tensors[index].name;
    const CrateText rest = crate_text_slice(name, prefix.size, name.size);
    const size_t end = end_of_part(rest);
    if (shown->model.tensors[index].place != CRATE_TENSOR_HERE ||
        !crate_text_starts(name, prefix)) {
      continue;
    }
    if (end == rest.size) {
      CRATE_TRY(add_tensor(plan, folder, shown, index, rest));
      continue;
    }
    const CrateText part = crate_text_slice(name, 0, prefix.size + end + 1u);
    if (!last.data || !crate_text_equal(last, part)) {
      CRATE_TRY(add_part(plan, folder, part));
      last = part;
    }
  }
  return CRATE_OK;
}

/// The value of an entry: of a text its words, else JSON.
static CrateStatus
write_entry(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateShownModel *shown = NULL;
  CrateJsonDocument document;
  CRATE_TRY(shown_of(tree, file, &shown));
  const CrateModelEntry *const entry = &shown->model.entries[file->entry];
  const CrateStatus st =
    crate_json_read(&shown->hearing, entry->key, entry->value, &document);
  const bool text = !st && crate_json_is(document.root, CRATE_JSON_STRING);
  crate_buffer_add(buffer,
                   text ? crate_json_text(document.root) : entry->value);
  crate_buffer_add_byte(buffer, '\n');
  crate_json_clear(&document);
  return st == CRATE_NO_MEMORY ? st : CRATE_OK;
}

static CrateStatus
fill_metadata(CrateFolderPlan *plan, const CrateNode *folder)
{
  CrateShownModel *shown = NULL;
  CRATE_TRY(shown_of(plan->tree, folder, &shown));
  for (size_t i = 0; i < shown->model.entry_count; ++i) {
    CrateNode node = {.kind = CRATE_NODE_FILE,
                      .write = write_entry,
                      .about = folder->about,
                      .entry = (uint32_t)i};
    CRATE_TRY(crate_node_name(crate_tree_arena(plan->tree),
                              shown->model.entries[i].key, &node.name));
    CRATE_TRY(crate_plan_add(plan, node));
  }
  return CRATE_OK;
}

/// What lies in the folder of a model. Of one that cannot be read there is only
/// the word why.
static const struct {
  const char *name;
  CrateNodeFill fill;
  CrateNodeWrite write;
  bool always;
} parts[] = {
  {"hazards.txt", NULL, write_hazards, true},
  {"info.json", NULL, write_info, false},
  {"metadata", fill_metadata, NULL, false},
  {"tensors", fill_tensors, NULL, false},
  {"tensors.tsv", NULL, write_table, false},
};

static CrateStatus
fill_model(CrateFolderPlan *plan, const CrateNode *folder)
{
  CrateShownModel *shown = NULL;
  CRATE_TRY(shown_of(plan->tree, folder, &shown));
  for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); ++i) {
    if (parts[i].always || !shown->status) {
      CRATE_TRY(crate_plan_add(
        plan,
        (CrateNode){.name = crate_text(parts[i].name),
                    .kind = parts[i].fill ? CRATE_NODE_FOLDER : CRATE_NODE_FILE,
                    .fill = parts[i].fill,
                    .write = parts[i].write,
                    .about = folder->about,
                    .entry = CRATE_NO_NODE}));
    }
  }
  return CRATE_OK;
}

static CrateStatus
add_model(CrateFolderPlan *plan, CrateText path)
{
  CrateArena *const arena = crate_tree_arena(plan->tree);
  CrateText *const kept =
    (CrateText *)crate_arena_array(arena, 1, sizeof(*kept));
  const CrateText whole[] = {CRATE_TEXT("/"), path};
  CrateNode node = {.kind = CRATE_NODE_FOLDER,
                    .fill = fill_model,
                    .about = kept,
                    .entry = CRATE_NO_NODE};
  if (!kept) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(crate_arena_join(arena, whole, 2, kept));
  CRATE_TRY(crate_node_name(arena, path, &node.name));
  return crate_plan_add(plan, node);
}

CrateStatus
crate_shelf_models(CrateFolderPlan *plan, const CrateNode *folder)
{
  (void)folder;
  CRATE_TRY(crate_payload_list(plan->tree));
  const CratePayload *const payload = crate_tree_payload(plan->tree);
  for (size_t i = 0; i < payload->count; ++i) {
    if (crate_models_know(payload->paths[i])) {
      CRATE_TRY(add_model(plan, payload->paths[i]));
    }
  }
  return CRATE_OK;
}
