// SPDX-License-Identifier: Apache-2.0
// Fuzz target: bytes as a Parquet file. The tree of a schema that is taken is
// one, each column is found by its path and has words.
#include "data/parquet.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_column(const CrateParquet *parquet, uint32_t index, CrateBuffer *words)
{
  const CrateParquetColumn *const column = &parquet->columns[index];
  const CrateParquetColumn *const parent = &parquet->columns[column->parent];
  words->size = 0;
  crate_parquet_describe(parquet, index, words);
  if (!words->size || column->end <= index || column->end > parent->end ||
      (index && (column->parent >= index || !parent->group)) ||
      (!column->group && column->end != index + 1u)) {
    abort();
  }
  if (index && column->path.size) {
    const uint32_t found = crate_parquet_find(parquet, column->path);
    if (!found ||
        !crate_text_equal(parquet->columns[found].path, column->path)) {
      abort();
    }
  }
  if (crate_parquet_element(parquet, index) >= parquet->count) {
    abort();
  }
}

static void
check_file(const CrateWorld *world, CrateText file, CrateArena *arena)
{
  uint64_t size = 0;
  CrateParquet parquet;
  CrateBuffer words;
  if (crate_parquet_footer(world, CRATE_TEXT("fuzz"), file, file.size, &size)) {
    return;
  }
  const size_t end = file.size - CRATE_PARQUET_TAIL;
  const CrateText footer = crate_text_slice(file, end - (size_t)size, end);
  crate_buffer_init(&words, world);
  if (!crate_parquet_read(world, CRATE_TEXT("fuzz"), footer, arena, &parquet)) {
    for (uint32_t i = 0; i < parquet.count; ++i) {
      check_column(&parquet, i, &words);
    }
  }
  crate_buffer_clear(&words);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  CrateWorld world;
  CrateArena arena;
  crate_world_init(&world);
  crate_arena_init(&arena, &world);
  check_file(&world, (CrateText){(const char *)data, size}, &arena);
  crate_arena_clear(&arena);
  return 0;
}
