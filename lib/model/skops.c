// SPDX-License-Identifier: Apache-2.0
// skops: a zip archive of schema.json, a tree of what is to be made, and arrays
// of NumPy's that it names (skops/io). Nothing is made that nobody trusts, if
// the reader is asked to.
#include "model/archive.h"
#include "model/npy.h"
#include "model/pickle.h"
#include <cratekit/json.h>
#include <inttypes.h>
#include <stdio.h>

#define LONGEST_SCHEMA ((uint64_t)256 << 20u)

typedef struct {
  const CrateArchive *archive;
  CrateModelReading *reading;
  CrateMap told; ///< Types that are hazards already, and arrays by member.
} Skops;

static CrateText
text_of(const CrateJson *object, const char *key)
{
  const CrateJson *const value = crate_json_get(object, crate_text(key));
  return crate_json_is(value, CRATE_JSON_STRING) ? crate_json_text(value)
                                                 : (CrateText){NULL, 0};
}

static bool
begins(CrateText head, uint64_t size)
{
  (void)size;
  return crate_archive_first_ends(head, "schema.json") &&
         memmem(head.data, head.size, "__loader__", 10);
}

/// What skops trusts without being asked.
static bool
is_trusted(CrateText module)
{
  static const char *const trusted[] = {"sklearn", "numpy", "scipy",
                                        "builtins"};
  for (size_t i = 0; i < sizeof(trusted) / sizeof(*trusted); ++i) {
    const CrateText name = crate_text(trusted[i]);
    if (crate_text_starts(module, name) &&
        (module.size == name.size || module.data[name.size] == '.')) {
      return true;
    }
  }
  return false;
}

static CrateStatus
judge(Skops *skops, const CrateJson *node, CrateText where)
{
  const CrateText module = text_of(node, "__module__");
  const CrateText name = text_of(node, "__class__");
  const CrateText parts[] = {module, CRATE_TEXT("."), name};
  const CrateImportVerdict verdict = crate_import_judge(module, name);
  CrateText whole = {NULL, 0};
  if (!module.size || verdict == CRATE_IMPORT_HARMLESS ||
      (verdict == CRATE_IMPORT_UNKNOWN && is_trusted(module))) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_arena_join(&skops->reading->model->arena, parts, 3, &whole));
  if (crate_map_get(&skops->told, whole, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(&skops->told, whole, 1));
  const bool dangerous = verdict == CRATE_IMPORT_DANGEROUS;
  return crate_model_add_hazard(
    skops->reading, dangerous ? CRATE_HAZARD_DANGER : CRATE_HAZARD_WARNING,
    "import", where, "%.*s is imported, %s",
    CRATE_TEXT_ARG(crate_text_slice(whole, 0, 200)),
    dangerous ? "which runs or reads what it is told to"
              : "code that has to be trusted");
}

/// An array that a node names: a second name for it is left out.
static CrateStatus
add_array(Skops *skops, CrateText file, CrateText name)
{
  CrateModelReading member;
  const CrateZipEntry *const entry = crate_archive_find(skops->archive, file);
  if (!entry) {
    return crate_model_refuse(skops->reading, CRATE_MALFORMED,
                              "its schema names \"%.*s\", which is no member "
                              "of the archive",
                              CRATE_TEXT_ARG(crate_text_slice(file, 0, 200)));
  }
  if (!crate_text_ends(file, CRATE_TEXT(".npy")) ||
      crate_map_get(&skops->told, entry->name, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(&skops->told, entry->name, 1));
  CRATE_TRY(crate_archive_read(skops->archive, entry,
                               entry->size <= CRATE_NPY_MOST_UNPACKED
                                 ? entry->size
                                 : CRATE_NPY_LONGEST_HEADER + 12u,
                               &member));
  return crate_npy_read(&member, name);
}

static CrateStatus walk(Skops *skops, const CrateJson *value, CrateText name);

static CrateStatus
walk_below(Skops *skops, const CrateJson *node, CrateText name, CrateText key)
{
  const CrateText parts[] = {name, CRATE_TEXT("."), key};
  CrateText below = {NULL, 0};
  if (!crate_json_is(node, CRATE_JSON_OBJECT) &&
      !crate_json_is(node, CRATE_JSON_ARRAY)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_arena_join(&skops->reading->model->arena,
                             name.size ? parts : parts + 2, name.size ? 3 : 1,
                             &below));
  return walk(skops, node, below);
}

/// A node's keys are skops' own: what is in "content" is in the node itself.
static CrateStatus
walk_node(Skops *skops, const CrateJson *node, CrateText name)
{
  const CrateText file = text_of(node, "file");
  CRATE_TRY(judge(skops, node, name));
  if (file.size) {
    CRATE_TRY(add_array(skops, file, name.size ? name : CRATE_TEXT("array")));
  }
  for (const CrateJson *key = crate_json_first_key(node); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(crate_json_is_string(key, "content")
                ? walk(skops, key->next, name)
                : walk_below(skops, key->next, name, crate_json_text(key)));
  }
  return CRATE_OK;
}

static CrateStatus
walk(Skops *skops, const CrateJson *value, CrateText name)
{
  uint32_t index = 0;
  if (crate_json_get(value, CRATE_TEXT("__loader__"))) {
    return walk_node(skops, value, name);
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(walk_below(skops, key->next, name, crate_json_text(key)));
  }
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next, ++index) {
    char digits[16];
    snprintf(digits, sizeof(digits), "%" PRIu32, index);
    CRATE_TRY(walk_below(skops, item, name, crate_text(digits)));
  }
  return CRATE_OK;
}

static CrateStatus
read_schema(CrateModelReading *reading,
            const CrateJson *root,
            const CrateArchive *archive)
{
  Skops skops = {.archive = archive, .reading = reading};
  CRATE_TRY(crate_arena_copy(&reading->model->arena,
                             text_of(root, "_skops_version"),
                             &reading->model->version));
  CRATE_TRY(crate_model_add_text(reading, CRATE_TEXT("class"),
                                 CRATE_TEXT("string"),
                                 text_of(root, "__class__")));
  CRATE_TRY(crate_model_add_text(reading, CRATE_TEXT("module"),
                                 CRATE_TEXT("string"),
                                 text_of(root, "__module__")));
  crate_map_init(&skops.told, reading->world);
  const CrateStatus st = walk(&skops, root, (CrateText){NULL, 0});
  crate_map_clear(&skops.told);
  return st;
}

static CrateStatus
read_skops(CrateModelReading *reading)
{
  CrateArchive archive;
  CrateStatus st = crate_archive_open(reading, &archive);
  if (!st && !crate_archive_find(&archive, CRATE_TEXT("schema.json"))) {
    st = crate_model_refuse(reading, CRATE_MALFORMED,
                            "it is an archive without a schema.json");
  }
  if (!st) {
    st = crate_archive_json(&archive, CRATE_TEXT("schema.json"), LONGEST_SCHEMA,
                            read_schema);
  }
  crate_archive_close(&archive);
  return st;
}

const CrateModelReader crate_model_skops = {
  {"skops", "models of scikit-learn, kept by skops", ".skops"},
  begins,
  read_skops,
};
