// SPDX-License-Identifier: Apache-2.0
// Fuzz target: bytes as a model file of each format in turn. What is taken has
// its tensors in the file, names them once, and is told in JSON that is one.
#include <cratekit/json.h>
#include <cratekit/model.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_tensor(const CrateModel *model, size_t index, size_t size)
{
  const CrateTensor *const tensor = &model->tensors[index];
  uintptr_t found = 0;
  if (tensor->place == CRATE_TENSOR_HERE &&
      (tensor->offset > size || tensor->size > size - tensor->offset)) {
    abort();
  }
  if (!crate_map_get(&model->names, tensor->name, &found) || found != index ||
      (tensor->rank && !tensor->shape)) {
    abort();
  }
}

static void
check_words(const CrateWorld *world, const CrateModel *model)
{
  CrateBuffer words;
  CrateJsonDocument document;
  crate_buffer_init(&words, world);
  crate_model_write_text(model, CRATE_TEXT("fuzz"), &words);
  words.size = 0;
  crate_model_write_json(model, CRATE_TEXT("fuzz"), &words);
  if (crate_json_read(world, CRATE_TEXT("json"), crate_buffer_text(&words),
                      &document)) {
    abort();
  }
  crate_json_clear(&document);
  crate_buffer_clear(&words);
}

static void
read_as(const CrateWorld *world, const CrateModelFormat *format, CrateText file)
{
  CrateModel model;
  const CrateModelSource source = crate_model_source_of(&file);
  if (!crate_model_read(world, CRATE_TEXT("fuzz"), &source, format, &model)) {
    for (size_t i = 0; i < model.tensor_count; ++i) {
      check_tensor(&model, i, file.size);
    }
  } else if (model.tensor_count) {
    abort();
  }
  if (model.format) {
    check_words(world, &model);
  }
  crate_model_clear(&model);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  CrateWorld world;
  crate_world_init(&world);
  world.limits.memory_bytes = (size_t)256 << 20u;
  const CrateText file = {(const char *)data, size};
  read_as(&world, NULL, file);
  for (size_t i = 0; crate_model_format_at(i); ++i) {
    read_as(&world, crate_model_format_at(i), file);
  }
  return 0;
}
