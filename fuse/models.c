// SPDX-License-Identifier: Apache-2.0
#include "fuse/models.h"
#include <stdlib.h>

bool
crate_models_know(CrateText path)
{
  for (size_t i = 0; crate_model_format_at(i); ++i) {
    CrateText words = crate_text(crate_model_format_at(i)->endings);
    for (CrateText word = crate_text_next_word(&words); word.size;
         word = crate_text_next_word(&words)) {
      if (crate_text_ends(path, word)) {
        return true;
      }
    }
  }
  return false;
}

static void
hear(void *handle, const CrateDiagnostic *diagnostic)
{
  CrateBuffer *const said = (CrateBuffer *)handle;
  crate_buffer_add(said, diagnostic->message);
  crate_buffer_print(said, " [%.*s]\n", CRATE_TEXT_ARG(diagnostic->code));
}

static CrateStatus
read_at(void *handle, uint64_t offset, void *out, size_t size)
{
  size_t got = 0;
  const CrateStatus st = crate_package_file_read((CratePackageFile *)handle,
                                                 offset, out, size, &got);
  return st ? st : got == size ? CRATE_OK : CRATE_UNREADABLE;
}

static CrateStatus
read_model(CratePackage *package, CrateShownModel *shown)
{
  CratePackageFile *file = NULL;
  CRATE_TRY(crate_package_file_open(package, shown->path, &file));
  const CrateModelSource source = {crate_package_file_size(file), read_at,
                                   file};
  const CrateStatus st = crate_model_read(&shown->hearing, shown->path, &source,
                                          NULL, &shown->model);
  crate_package_file_close(file);
  return st;
}

typedef struct {
  CrateText name;
  uint32_t index;
} Named;

static int
compare_named(const void *a, const void *b)
{
  return crate_text_compare(((const Named *)a)->name, ((const Named *)b)->name);
}

static CrateStatus
sort_tensors(CrateShownModel *shown)
{
  const CrateModel *const model = &shown->model;
  const size_t count = model->tensor_count;
  shown->by_name = (uint32_t *)crate_world_allocate(
    shown->said.world, (count + 1u) * sizeof(uint32_t));
  Named *const names = (Named *)crate_world_allocate(
    shown->said.world, (count + 1u) * sizeof(Named));
  for (size_t i = 0; i < count && names; ++i) {
    names[i] = (Named){model->tensors[i].name, (uint32_t)i};
  }
  if (names && count) {
    qsort(names, count, sizeof(Named), compare_named);
  }
  for (size_t i = 0; i < count && names && shown->by_name; ++i) {
    shown->by_name[i] = names[i].index;
  }
  const bool whole = names && shown->by_name;
  crate_world_release(shown->said.world, names);
  return whole ? CRATE_OK : CRATE_NO_MEMORY;
}

static void
free_shown(const CrateWorld *world, CrateShownModel *shown)
{
  crate_model_clear(&shown->model);
  crate_buffer_clear(&shown->said);
  crate_world_release(world, shown->by_name);
  crate_world_release(world, shown);
}

static CrateStatus
new_shown(CrateTree *tree, CrateText path, CrateShownModel **out)
{
  const CrateWorld *const world = crate_tree_world(tree);
  CrateShownModel *const shown =
    (CrateShownModel *)crate_world_allocate(world, sizeof(CrateShownModel));
  if (!shown) {
    return CRATE_NO_MEMORY;
  }
  *shown = (CrateShownModel){.path = path, .hearing = *world};
  crate_buffer_init(&shown->said, world);
  shown->hearing.sink = (CrateSink){hear, &shown->said};
  shown->status = read_model(crate_tree_package(tree), shown);
  CrateStatus st =
    shown->status == CRATE_NO_MEMORY ? CRATE_NO_MEMORY : sort_tensors(shown);
  if (st) {
    free_shown(world, shown);
    return st;
  }
  *out = shown;
  return CRATE_OK;
}

CrateStatus
crate_models_get(CrateTree *tree, CrateText path, CrateShownModel **out)
{
  CrateShownModels *const models = crate_tree_models(tree);
  for (size_t i = 0; i < models->count; ++i) {
    if (crate_text_equal(models->items[i]->path, path)) {
      *out = models->items[i];
      return CRATE_OK;
    }
  }
  CRATE_TRY(crate_world_reserve(models->world, &models->items,
                                &models->capacity, models->count + 1u,
                                sizeof(CrateShownModel *)));
  CRATE_TRY(new_shown(tree, path, out));
  models->items[models->count++] = *out;
  return CRATE_OK;
}

void
crate_models_clear(CrateShownModels *models)
{
  while (models->count) {
    free_shown(models->world, models->items[--models->count]);
  }
  crate_world_release(models->world, models->items);
  models->items = NULL;
  models->capacity = 0;
}
