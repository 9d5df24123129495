// SPDX-License-Identifier: Apache-2.0
// Keras 3: a zip archive of metadata.json, config.json and weights in HDF5. The
// configuration names classes to import (serialization_lib.py), and may hold
// programs.
#include "model/keras.h"
#include "model/archive.h"
#include "model/pickle.h"
#include <cratekit/json.h>
#include <inttypes.h>

/// Bytes of a configuration: the largest in use have a few million.
#define LONGEST_CONFIG ((uint64_t)256 << 20u)

typedef struct {
  CrateModelReading *reading;
  CrateText place; ///< What the configuration is in.
  CrateMap told;   ///< Hazards that are there already: words.
  uint64_t objects;
} Keras;

static bool
begins(CrateText head, uint64_t size)
{
  (void)size;
  return crate_archive_first_ends(head, "model.weights.h5") ||
         (crate_archive_first_ends(head, "metadata.json") &&
          memmem(head.data, head.size, "keras_version", 13));
}

static CrateText
text_of(const CrateJson *object, const char *key)
{
  const CrateJson *const value = crate_json_get(object, crate_text(key));
  return crate_json_is(value, CRATE_JSON_STRING) ? crate_json_text(value)
                                                 : (CrateText){NULL, 0};
}

/// Note something once for each name.
static CrateStatus
note(Keras *keras,
     CrateHazardSeverity severity,
     const char *code,
     CrateText name,
     const char *words)
{
  const CrateText parts[] = {crate_text(code), CRATE_TEXT(" "), name};
  CrateText key = {NULL, 0};
  CRATE_TRY(crate_arena_join(&keras->reading->model->arena, parts, 3, &key));
  if (crate_map_get(&keras->told, key, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(&keras->told, key, 1));
  return crate_model_add_hazard(
    keras->reading, severity, code, keras->place, "%.*s %s",
    CRATE_TEXT_ARG(crate_text_slice(name, 0, 200)), words);
}

/// Classes of Keras that are more than arithmetic.
static CrateStatus
judge_class(Keras *keras, CrateText name, const CrateJson *config)
{
  static const struct {
    const char *name, *code, *words;
    CrateHazardSeverity severity;
  } classes[] = {
    {"__lambda__", "code", "is bytecode of Python's that runs",
     CRATE_HAZARD_DANGER},
    {"Lambda", "code", "is a layer that runs a function of its own",
     CRATE_HAZARD_DANGER},
    {"TorchModuleWrapper", "code", "is a pickle that runs when it is loaded",
     CRATE_HAZARD_DANGER},
    {"TFSMLayer", "external-data", "loads another model from a path",
     CRATE_HAZARD_WARNING},
    {"JaxLayer", "code", "is a layer that runs a function of its own",
     CRATE_HAZARD_WARNING},
    {"FlaxLayer", "code", "is a layer that runs a module of its own",
     CRATE_HAZARD_WARNING},
  };
  for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); ++i) {
    if (crate_text_is(name, classes[i].name)) {
      CRATE_TRY(note(keras, classes[i].severity, classes[i].code, name,
                     classes[i].words));
    }
  }
  // A vocabulary that is a text is the path of a file to read.
  return text_of(config, "vocabulary").size
           ? note(keras, CRATE_HAZARD_DANGER, "external-data-outside", name,
                  "reads its vocabulary from a file that the model names")
           : CRATE_OK;
}

static bool
is_of_keras(CrateText module)
{
  static const char *const own[] = {"keras", "tf_keras", "tensorflow.keras",
                                    "builtins"};
  for (size_t i = 0; i < sizeof(own) / sizeof(*own); ++i) {
    const CrateText name = crate_text(own[i]);
    if (crate_text_starts(module, name) &&
        (module.size == name.size || module.data[name.size] == '.')) {
      return true;
    }
  }
  return !module.size;
}

/// An object that says what it is made of: it is imported, and made.
static CrateStatus
judge_object(Keras *keras, const CrateJson *object)
{
  const CrateText module = text_of(object, "module");
  const CrateText name = text_of(object, "class_name");
  const CrateText registered = text_of(object, "registered_name");
  const CrateJson *const config = crate_json_get(object, CRATE_TEXT("config"));
  const CrateText function =
    crate_json_is(config, CRATE_JSON_STRING) ? crate_json_text(config) : name;
  if (!name.size) {
    return CRATE_OK;
  }
  ++keras->objects;
  CRATE_TRY(judge_class(keras, name, config));
  const CrateText parts[] = {module, CRATE_TEXT("."), function};
  CrateText whole = {NULL, 0};
  CRATE_TRY(crate_arena_join(&keras->reading->model->arena, parts, 3, &whole));
  if (crate_import_judge(module, function) == CRATE_IMPORT_DANGEROUS) {
    return note(keras, CRATE_HAZARD_DANGER, "import", whole,
                "is imported, which runs or reads what it is told to");
  }
  if (!is_of_keras(module)) {
    return note(keras, CRATE_HAZARD_WARNING, "import", whole,
                "is imported, code that has to be trusted");
  }
  return crate_text_find(registered, '>') < registered.size
           ? note(keras, CRATE_HAZARD_NOTE, "custom-object", registered,
                  "is a class of the author's, which comes from elsewhere")
           : CRATE_OK;
}

/// Every object, however deep: the reader of JSON has a limit.
static CrateStatus
judge(Keras *keras, const CrateJson *value)
{
  if (crate_json_is(value, CRATE_JSON_OBJECT)) {
    CRATE_TRY(judge_object(keras, value));
    for (const CrateJson *key = crate_json_first_key(value); key;
         key = crate_json_next_key(key)) {
      CRATE_TRY(judge(keras, key->next));
    }
  }
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    CRATE_TRY(judge(keras, item));
  }
  return CRATE_OK;
}

static CrateStatus
judge_config(CrateModelReading *reading,
             const CrateJson *root,
             const CrateArchive *archive)
{
  Keras keras = {.reading = reading};
  keras.place =
    archive ? CRATE_TEXT("config.json") : CRATE_TEXT("model_config");
  crate_map_init(&keras.told, reading->world);
  CrateStatus st = judge(&keras, root);
  if (!st) {
    st =
      crate_model_add_text(reading, CRATE_TEXT("class_name"),
                           CRATE_TEXT("string"), text_of(root, "class_name"));
  }
  if (!st) {
    st = crate_model_add_number(reading, CRATE_TEXT("objects"),
                                CRATE_TEXT("count"), keras.objects);
  }
  crate_map_clear(&keras.told);
  return st;
}

/// The value of an entry is JSON of a text that is JSON.
static CrateStatus
judge_entry(CrateModelReading *reading, CrateText value)
{
  CrateJsonDocument quoted;
  CrateJsonDocument document = {.world = reading->world};
  CrateStatus st =
    crate_json_read(reading->world, reading->name, value, &quoted);
  crate_arena_init(&document.arena, reading->world);
  if (!st) {
    st = crate_json_read(reading->world, CRATE_TEXT("model_config"),
                         crate_json_text(quoted.root), &document);
  }
  if (!st) {
    st = judge_config(reading, document.root, NULL);
  }
  crate_json_clear(&document);
  crate_json_clear(&quoted);
  return st;
}

CrateStatus
crate_keras_judge_entries(CrateModelReading *reading)
{
  const CrateModel *const model = reading->model;
  for (size_t i = 0; i < model->entry_count; ++i) {
    if (crate_text_is(model->entries[i].key, "model_config")) {
      return judge_entry(reading, model->entries[i].value);
    }
  }
  return CRATE_OK;
}

/// metadata.json: a few texts.
static CrateStatus
tell_metadata(CrateModelReading *reading,
              const CrateJson *root,
              const CrateArchive *archive)
{
  (void)archive;
  for (const CrateJson *key = crate_json_first_key(root); key;
       key = crate_json_next_key(key)) {
    CrateText name;
    if (!crate_json_is(key->next, CRATE_JSON_STRING)) {
      continue;
    }
    CRATE_TRY(
      crate_arena_copy(&reading->model->arena, crate_json_text(key), &name));
    CRATE_TRY(crate_model_add_text(reading, name, CRATE_TEXT("string"),
                                   crate_json_text(key->next)));
    if (crate_text_is(name, "keras_version")) {
      CRATE_TRY(crate_arena_copy(&reading->model->arena,
                                 crate_json_text(key->next),
                                 &reading->model->version));
    }
  }
  return CRATE_OK;
}

/// Stored as they are, mostly; what is packed is unpacked up to a limit.
static CrateStatus
read_weights(const CrateArchive *archive)
{
  const CrateText name = CRATE_TEXT("model.weights.h5");
  const CrateZipEntry *const entry = crate_archive_find(archive, name);
  CrateModelReading member;
  if (!entry) {
    return CRATE_OK;
  }
  if (entry->method && entry->size > LONGEST_CONFIG) {
    return crate_model_add_hazard(archive->reading, CRATE_HAZARD_NOTE,
                                  "not-read", name,
                                  "the weights are packed and too large to be "
                                  "looked into");
  }
  CRATE_TRY(crate_archive_read(archive, entry, entry->size, &member));
  return crate_model_hdf5.read(&member);
}

static CrateStatus
read_members(const CrateArchive *archive)
{
  CRATE_TRY(crate_archive_json(archive, CRATE_TEXT("metadata.json"),
                               LONGEST_CONFIG, tell_metadata));
  CRATE_TRY(crate_archive_json(archive, CRATE_TEXT("config.json"),
                               LONGEST_CONFIG, judge_config));
  if (!crate_archive_find(archive, CRATE_TEXT("config.json"))) {
    return crate_model_refuse(archive->reading, CRATE_MALFORMED,
                              "it is an archive without a config.json");
  }
  return read_weights(archive);
}

static CrateStatus
read_keras(CrateModelReading *reading)
{
  CrateArchive archive;
  CrateStatus st = crate_archive_open(reading, &archive);
  if (!st) {
    st = read_members(&archive);
  }
  crate_archive_close(&archive);
  return st;
}

const CrateModelReader crate_model_keras = {
  {"keras", "Keras 3: configuration and weights", ".keras"},
  begins,
  read_keras,
};
