// SPDX-License-Identifier: Apache-2.0
// Headers of model files. What each format's files say, and what is said of
// those that lie, is asked of the program: tests/suites/models.py.
#include <cratekit/model.h>
#include <string.h>
#include <support/check.h>

/// One good file of each kind that has code of its own.
static const char *const files[] = {
  "ok.safetensors", "v1.gguf",        "v3-be.gguf",    "template.gguf",
  "record.npy",     "ok.npz",         "packed.npz",    "objects.npz",
  "numpy.pkl",      "old.pkl",        "buffer.pkl",    "memo.pkl",
  "ok.joblib",      "objects.joblib", "packed.joblib", "ok.pt",
  "code.pt",        "old.pth",        "ok.onnx",       "custom.onnx",
  "ok.tflite",      "custom.tflite",  "ok.pb",         "python.pb",
  "frozen.pb",      "ok.index",       "import.keras",  "ok.skops",
  "import.skops",   "ok.h5",          "old.h5",        "block.h5",
  "ok.keras",
};

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static CrateText
load(const char *name)
{
  char path[200];
  CrateText text = {NULL, 0};
  snprintf(path, sizeof(path), "tests/fuzz/corpus/model/%s", name);
  text.data = check_read_source(path, &text.size);
  return text;
}

static void
unload(CrateText text)
{
  free((void *)(uintptr_t)text.data);
}

static CrateStatus
read_text(const CrateWorld *world,
          const char *name,
          CrateText text,
          CrateModel *out)
{
  const CrateModelSource source = crate_model_source_of(&text);
  return crate_model_read(world, crate_text(name), &source, NULL, out);
}

static void
a_table_says_where_each_tensor_is(void **state)
{
  CheckWorld check;
  CrateModel model;
  (void)state;
  check_world_init(&check);
  const CrateText text = load("ok.safetensors");
  assert_int_equal(read_text(&check.world, "m", text, &model), CRATE_OK);
  assert_string_equal(model.format, "safetensors");
  assert_int_equal(model.tensor_count, 2);
  assert_int_equal(model.parameters, 4);
  const CrateTensor *const first = &model.tensors[0];
  assert_text(first->name, "a");
  assert_text(first->descr, "<f4");
  assert_int_equal(first->rank, 1);
  assert_int_equal(first->shape[0], 2);
  assert_int_equal(first->offset, text.size - 12);
  assert_int_equal(first->size, 8);
  assert_int_equal(first->place, CRATE_TENSOR_HERE);
  assert_text(first[1].name, "b");
  assert_int_equal(first[1].dtype, CRATE_DTYPE_BF16);
  assert_int_equal(first[1].descr.size, 0);
  assert_int_equal(model.entry_count, 1);
  assert_text(model.entries[0].key, "k");
  assert_text(model.entries[0].value, "\"v\"");
  crate_model_clear(&model);
  unload(text);
}

static void
blocks_and_dimensions_are_those_of_ggml(void **state)
{
  CheckWorld check;
  CrateModel model;
  (void)state;
  check_world_init(&check);
  const CrateText text = load("v3-be.gguf");
  assert_int_equal(read_text(&check.world, "m", text, &model), CRATE_OK);
  assert_int_equal(model.tensor_count, 2);
  assert_true(model.tensors[0].big_endian);
  assert_text(model.tensors[0].descr, ">f4");
  assert_int_equal(model.tensors[0].shape[0], 2);
  assert_int_equal(model.tensors[0].shape[1], 3);
  assert_int_equal(model.tensors[1].size, 288);
  assert_string_equal(crate_dtype_about(model.tensors[1].dtype)->name, "Q4_K");
  assert_int_equal(crate_dtype_about(model.tensors[1].dtype)->block, 256);
  crate_model_clear(&model);
  unload(text);
}

static void
members_that_are_stored_are_read_in_place(void **state)
{
  CheckWorld check;
  CrateModel model;
  (void)state;
  check_world_init(&check);
  CrateText text = load("ok.npz");
  assert_int_equal(read_text(&check.world, "m", text, &model), CRATE_OK);
  assert_int_equal(model.tensor_count, 2);
  assert_text(model.tensors[1].name, "b/c");
  assert_text(model.tensors[1].member, "b/c.npy");
  assert_int_equal(model.tensors[1].place, CRATE_TENSOR_HERE);
  assert_memory_equal(text.data + model.tensors[1].offset - 1, "\n", 1);
  crate_model_clear(&model);
  unload(text);
  text = load("packed.npz");
  assert_int_equal(read_text(&check.world, "m", text, &model), CRATE_OK);
  assert_int_equal(model.tensors[0].place, CRATE_TENSOR_PACKED);
  crate_model_clear(&model);
  unload(text);
}

/// Formats that have no end: a part may be a file that holds less.
static bool
has_no_end(const char *name)
{
  return strstr(name, ".onnx") || strstr(name, ".tflite") ||
         strstr(name, ".pb");
}

static void
check_part(const char *name, CrateText part)
{
  CheckWorld check;
  CrateModel model;
  check_world_init(&check);
  const CrateStatus st = read_text(&check.world, name, part, &model);
  assert_true(!st || !model.tensor_count);
  assert_true(!st || check.count > 0);
  assert_true(st || has_no_end(name) || !model.tensor_count);
  for (size_t i = 0; i < model.tensor_count; ++i) {
    const CrateTensor *const tensor = &model.tensors[i];
    assert_true(tensor->place != CRATE_TENSOR_HERE ||
                tensor->offset + tensor->size <= part.size);
  }
  crate_model_clear(&model);
}

static void
no_part_of_a_file_reaches_beyond_itself(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(files); ++i) {
    const CrateText text = load(files[i]);
    for (size_t size = 0; size < text.size; ++size) {
      // A copy of its own, so that a sanitizer sees its end.
      char *const copy = (char *)malloc(size + 1u);
      assert_non_null(copy);
      memcpy(copy, text.data, size);
      check_part(files[i], (CrateText){copy, size});
      free(copy);
    }
    unload(text);
  }
}

/// A tensor's bytes behind the header that is made for it are an array that is
/// the same tensor.
static void
check_header(CrateText file, const CrateTensor *tensor)
{
  CheckWorld check;
  CrateBuffer npy;
  CrateModel model;
  check_world_init(&check);
  crate_buffer_init(&npy, &check.world);
  const CrateStatus st = crate_tensor_npy_header(tensor, &npy);
  assert_true(st == CRATE_OK || (st == CRATE_UNSUPPORTED && !npy.size));
  if (!st && tensor->place == CRATE_TENSOR_HERE) {
    assert_int_equal(npy.size % 64u, 0);
    crate_buffer_add(&npy, crate_text_slice(file, tensor->offset,
                                            tensor->offset + tensor->size));
    assert_int_equal(
      read_text(&check.world, "a.npy", crate_buffer_text(&npy), &model),
      CRATE_OK);
    const CrateTensor *const again = &model.tensors[0];
    assert_int_equal(again->dtype, tensor->dtype);
    assert_int_equal(again->rank, tensor->rank);
    assert_int_equal(again->size, tensor->size);
    assert_int_equal(again->order, tensor->order);
    assert_true(crate_text_equal(again->descr, tensor->descr));
    for (uint32_t i = 0; i < tensor->rank; ++i) {
      assert_int_equal(again->shape[i], tensor->shape[i]);
    }
    crate_model_clear(&model);
  }
  crate_buffer_clear(&npy);
}

static void
a_tensor_with_a_header_is_an_array(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(files); ++i) {
    CheckWorld check;
    CrateModel model;
    check_world_init(&check);
    const CrateText text = load(files[i]);
    assert_int_equal(read_text(&check.world, files[i], text, &model), CRATE_OK);
    for (size_t k = 0; k < model.tensor_count; ++k) {
      check_header(text, &model.tensors[k]);
    }
    crate_model_clear(&model);
    unload(text);
  }
}

static const char *chosen;

static CrateStatus
read_chosen(const CrateWorld *world)
{
  CrateModel model;
  CrateBuffer words;
  const CrateText text = load(chosen);
  CrateStatus st = read_text(world, chosen, text, &model);
  crate_buffer_init(&words, world);
  if (!st) {
    crate_model_write_json(&model, crate_text(chosen), &words);
    crate_model_write_text(&model, crate_text(chosen), &words);
    st = crate_buffer_status(&words);
  }
  for (size_t i = 0; !st && i < model.tensor_count; ++i) {
    st = crate_tensor_npy_header(&model.tensors[i], &words);
    st = st == CRATE_UNSUPPORTED ? CRATE_OK : st;
  }
  crate_buffer_clear(&words);
  crate_model_clear(&model);
  unload(text);
  return st;
}

static void
failing_allocations_end_cleanly(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(files); ++i) {
    chosen = files[i];
    assert_true(check_failing_allocations(read_chosen) > 2);
  }
}

static void
a_format_is_found_by_its_name(void **state)
{
  (void)state;
  for (size_t i = 0; crate_model_format_at(i); ++i) {
    const CrateModelFormat *const format = crate_model_format_at(i);
    assert_ptr_equal(crate_model_format_find(crate_text(format->name)), format);
  }
  assert_null(crate_model_format_find(CRATE_TEXT("jpeg")));
}

static void
a_name_of_another_format_is_told(void **state)
{
  CheckWorld check;
  CrateModel model;
  (void)state;
  check_world_init(&check);
  const CrateText text = load("v1.gguf");
  assert_int_equal(read_text(&check.world, "m.NPZ", text, &model), CRATE_OK);
  assert_int_equal(model.hazard_count, 1);
  assert_text(model.hazards[0].code, "other-format");
  crate_model_clear(&model);
  unload(text);
  const CrateText other = CRATE_TEXT("nothing that is known");
  assert_int_equal(read_text(&check.world, "m.txt", other, &model),
                   CRATE_UNSUPPORTED);
  crate_model_clear(&model);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_table_says_where_each_tensor_is),
    cmocka_unit_test(blocks_and_dimensions_are_those_of_ggml),
    cmocka_unit_test(members_that_are_stored_are_read_in_place),
    cmocka_unit_test(no_part_of_a_file_reaches_beyond_itself),
    cmocka_unit_test(a_tensor_with_a_header_is_an_array),
    cmocka_unit_test(failing_allocations_end_cleanly),
    cmocka_unit_test(a_format_is_found_by_its_name),
    cmocka_unit_test(a_name_of_another_format_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
