// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a JSONPath query, a line feed, a document. What is a query is
// a lenient one, too, and finds the same.
#include "json/path.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/// What a query found: how many, and where.
typedef struct {
  uint64_t count, offsets;
} Hits;

static CrateStatus
add_hit(void *handle, const CrateJson *value)
{
  Hits *const hits = (Hits *)handle;
  ++hits->count;
  hits->offsets = hits->offsets * 31u + value->offset;
  return CRATE_OK;
}

static CrateStatus
walk(const CrateJsonPath *path, const CrateJsonDocument *document, Hits *hits)
{
  const CrateJsonPathTaker to = {add_hit, hits};
  *hits = (Hits){0, 0};
  return crate_json_path_walk(path, document->world, document->root, &to);
}

static void
check_query(const CrateWorld *world,
            CrateText query,
            const CrateJsonDocument *document)
{
  CrateJsonPath *strict = NULL;
  CrateJsonPath *lenient = NULL;
  CrateJsonPathFlaw flaw;
  Hits found;
  Hits again;
  const CrateStatus st =
    crate_json_path_new(world, query, true, &lenient, &flaw);
  if ((st != CRATE_OK) != (flaw.expected != NULL) || flaw.at > query.size) {
    abort();
  }
  if (!crate_json_path_new(world, query, false, &strict, &flaw)) {
    if (!lenient ||
        walk(strict, document, &found) != walk(lenient, document, &again) ||
        found.count != again.count || found.offsets != again.offsets) {
      abort();
    }
  } else if (lenient) {
    (void)walk(lenient, document, &found);
  }
  crate_json_path_free(strict);
  crate_json_path_free(lenient);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  CrateWorld world;
  CrateJsonDocument document;
  const CrateText input = {(const char *)data, size};
  const size_t line = crate_text_find(input, '\n');
  const CrateText query = crate_text_slice(input, 0, line);
  const CrateText bytes = crate_text_slice(input, line + 1u, size);
  crate_world_init(&world);
  world.limits.path_work = 1000u * 1000u;
  if (!crate_json_read(&world, CRATE_TEXT("fuzz"), bytes, &document)) {
    check_query(&world, query, &document);
  }
  crate_json_clear(&document);
  return 0;
}
