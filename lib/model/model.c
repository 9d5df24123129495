// SPDX-License-Identifier: Apache-2.0
// Model files: which format one is of, and its reader.
#include "model/archive.h"
#include "model/reading.h"

/// In the order in which beginnings are asked: the surest first.
static const CrateModelReader *const readers[] = {
  &crate_model_gguf,        &crate_model_npy,
  &crate_model_npz,         &crate_model_torch,
  &crate_model_tflite,      &crate_model_keras,
  &crate_model_skops,       &crate_model_hdf5,
  &crate_model_pickle,      &crate_model_onnx,
  &crate_model_saved_model, &crate_model_tensor_bundle,
  &crate_model_safetensors,
};

#define COUNT (sizeof(readers) / sizeof(*readers))

/// Bytes that tell a format.
#define HEAD 1024u

const CrateModelFormat *
crate_model_format_at(size_t index)
{
  return index < COUNT ? &readers[index]->format : NULL;
}

const CrateModelFormat *
crate_model_format_find(CrateText name)
{
  for (size_t i = 0; i < COUNT; ++i) {
    if (crate_text_is(name, readers[i]->format.name)) {
      return &readers[i]->format;
    }
  }
  return NULL;
}

/// Whether a file's name ends as those of a format do, whatever the case.
static bool
ends_as(CrateText name, const char *endings)
{
  CrateText left = crate_text(endings);
  for (CrateText ending; (ending = crate_text_next_word(&left)).size;) {
    if (name.size >= ending.size &&
        crate_text_equal_fold(
          crate_text_slice(name, name.size - ending.size, name.size), ending)) {
      return true;
    }
  }
  return false;
}

static const CrateModelReader *
reader_by_beginning(CrateText head, uint64_t size)
{
  for (size_t i = 0; i < COUNT; ++i) {
    if (readers[i]->begins && readers[i]->begins(head, size)) {
      return readers[i];
    }
  }
  return NULL;
}

/// An archive whose first member does not tell: any that only one format has.
static CrateStatus
find_in_archive(CrateModelReading *reading, const CrateModelReader **out)
{
  static const struct {
    const char *ending;
    const CrateModelReader *reader;
  } members[] = {
    {"/data.pkl", &crate_model_torch},
    {"model.weights.h5", &crate_model_keras},
    {"schema.json", &crate_model_skops},
    {".npy", &crate_model_npz},
  };
  CrateArchive archive;
  const CrateStatus st = crate_archive_open(reading, &archive);
  for (size_t i = 0; i < 4 && !st && !*out; ++i) {
    *out = crate_archive_find_end(&archive, members[i].ending)
             ? members[i].reader
             : NULL;
  }
  crate_archive_close(&archive);
  return st;
}

static const CrateModelReader *
reader_by_name(CrateText name)
{
  for (size_t i = 0; i < COUNT; ++i) {
    if (ends_as(name, readers[i]->format.endings)) {
      return readers[i];
    }
  }
  return NULL;
}

static const CrateModelReader *
reader_of(const CrateModelFormat *format)
{
  for (size_t i = 0; format && i < COUNT; ++i) {
    if (format == &readers[i]->format) {
      return readers[i];
    }
  }
  return NULL;
}

/// A name that says another format than the bytes do hides something.
static CrateStatus
warn_of_name(const CrateModelReading *reading, const CrateModelReader *reader)
{
  const CrateModelReader *const named = reader_by_name(reading->name);
  return !named || named == reader ||
             ends_as(reading->name, reader->format.endings)
           ? CRATE_OK
           : crate_model_add_hazard(
               reading, CRATE_HAZARD_WARNING, "other-format",
               (CrateText){NULL, 0},
               "its name says that it is %s, and its bytes that it is %s",
               named->format.name, reader->format.name);
}

static CrateStatus
read_model(CrateModelReading *reading, const CrateModelFormat *format)
{
  char bytes[HEAD];
  const size_t size =
    reading->source->size < HEAD ? (size_t)reading->source->size : HEAD;
  CRATE_TRY(crate_model_read_at(reading, 0, bytes, size));
  const CrateText head = {bytes, size};
  const CrateModelReader *reader = reader_of(format);
  reader = reader ? reader : reader_by_beginning(head, reading->source->size);
  if (!reader) {
    reader = reader_by_name(reading->name);
  } else if (!format) {
    CRATE_TRY(warn_of_name(reading, reader));
  }
  if (!reader && crate_archive_begins(head)) {
    CRATE_TRY(find_in_archive(reading, &reader));
  }
  if (!reader) {
    return crate_model_refuse(reading, CRATE_UNSUPPORTED,
                              "neither its bytes nor its name are those of a "
                              "model file that is known");
  }
  reading->model->format = reader->format.name;
  return reader->read(reading);
}

/// A small file must not take much memory, however it refers to itself: values
/// of pickles, the worst there are, take some 30 bytes for each of theirs.
static void
bound(CrateLimits *limits, uint64_t size)
{
  enum { ENOUGH = 256 << 20, FOR_EACH = 64 };
  const uint64_t most =
    size < SIZE_MAX / 2u / FOR_EACH ? ENOUGH + size * FOR_EACH : SIZE_MAX;
  if (most < limits->memory_bytes) {
    limits->memory_bytes = (size_t)most;
  }
}

CrateStatus
crate_model_read(const CrateWorld *world,
                 CrateText name,
                 const CrateModelSource *source,
                 const CrateModelFormat *format,
                 CrateModel *out)
{
  *out = (CrateModel){.bounds = *world};
  bound(&out->bounds.limits, source->size);
  world = out->world = &out->bounds;
  CrateModelReading reading = {.world = world,
                               .name = name,
                               .source = source,
                               .model = out,
                               .place = CRATE_TENSOR_HERE};
  crate_arena_init(&out->arena, world);
  crate_map_init(&out->names, world);
  const CrateStatus st = read_model(&reading, format);
  if (st) {
    out->tensor_count = 0;
    out->parameters = 0;
  }
  return st;
}

void
crate_model_clear(CrateModel *model)
{
  if (model->world) {
    crate_world_release(model->world, model->tensors);
    crate_world_release(model->world, model->entries);
    crate_world_release(model->world, model->hazards);
    crate_map_clear(&model->names);
    crate_arena_clear(&model->arena);
    *model = (CrateModel){.world = NULL};
  }
}

CrateHazardSeverity
crate_model_worst(const CrateModel *model)
{
  CrateHazardSeverity worst = CRATE_HAZARD_NOTE;
  for (size_t i = 0; i < model->hazard_count; ++i) {
    if (model->hazards[i].severity > worst) {
      worst = model->hazards[i].severity;
    }
  }
  return worst;
}

const char *
crate_hazard_word(CrateHazardSeverity severity)
{
  static const char *const words[] = {
    [CRATE_HAZARD_NOTE] = "note",
    [CRATE_HAZARD_WARNING] = "warning",
    [CRATE_HAZARD_DANGER] = "danger",
  };
  return words[severity];
}
