// SPDX-License-Identifier: Apache-2.0
// Which reader a file has: a syntax is a row of the table.
#include "crate/vocabulary.h"
#include "validate/data/data.h"

static const struct {
  const char *endings[3];
  const char *types[4]; ///< Media types.
  CrateDataReader *read;
} syntaxes[] = {
  {{".csv", ".tsv", ".tab"},
   {"text/csv", "text/tab-separated-values", NULL},
   crate_data_read_csv},
  {{".jsonl", ".ndjson", NULL},
   {"application/jsonl", "application/jsonlines", "application/x-ndjson",
    "application/jsonlines+json"},
   crate_data_read_lines},
  {{".json", ".geojson", NULL},
   {"application/json", "application/geo+json", "text/json", NULL},
   crate_data_read_json},
  {{".parquet", NULL, NULL},
   {"application/x-parquet", "application/vnd.apache.parquet",
    "application/parquet", NULL},
   crate_data_read_parquet},
};
enum { SYNTAXES = sizeof(syntaxes) / sizeof(*syntaxes) };

/// By the ending of its name, that of what packs it apart.
static CrateDataReader *
reader_of_name(CrateText name)
{
  static const char *const packings[] = {".gz", ".zst"};
  for (size_t i = 0; i < 2; ++i) {
    const CrateText ending = crate_text(packings[i]);
    if (crate_text_ends(name, ending)) {
      name = crate_text_slice(name, 0, name.size - ending.size);
    }
  }
  for (size_t i = 0; i < SYNTAXES; ++i) {
    for (size_t j = 0; j < 3 && syntaxes[i].endings[j]; ++j) {
      const CrateText ending = crate_text(syntaxes[i].endings[j]);
      if (name.size >= ending.size &&
          crate_text_equal_fold(
            crate_text_slice(name, name.size - ending.size, name.size),
            ending)) {
        return syntaxes[i].read;
      }
    }
  }
  return NULL;
}

static CrateDataReader *
reader_of_type(CrateText type)
{
  const CrateText bare = crate_text_slice(type, 0, crate_text_find(type, ';'));
  for (size_t i = 0; i < SYNTAXES; ++i) {
    for (size_t j = 0; j < 4 && syntaxes[i].types[j]; ++j) {
      if (crate_text_equal_fold(bare, crate_text(syntaxes[i].types[j]))) {
        return syntaxes[i].read;
      }
    }
  }
  return NULL;
}

/// What the document calls it goes before what its name looks like.
static CrateDataReader *
reader_of(const CrateDataReading *reading)
{
  const CrateView *const view = reading->data->view;
  const CrateQuadRange types = crate_check_values_of(
    view, reading->resource->term, SCHEMA "encodingFormat");
  for (size_t i = 0; i < types.count; ++i) {
    CrateDataReader *const reader =
      reader_of_type(crate_data_text(view, types.first[i].object));
    if (reader) {
      return reader;
    }
  }
  return reader_of_name(reading->file->name);
}

/// Whether somebody wants to know what is in the file.
static bool
has_contents(const CrateData *data, const CrateDataResource *resource)
{
  for (size_t i = 0; i < resource->field_count; ++i) {
    const CrateDataExtract extract = data->fields[resource->fields[i]].extract;
    if (extract == CRATE_EXTRACT_COLUMN || extract == CRATE_EXTRACT_PATH) {
      return true;
    }
  }
  return false;
}

/// A file that is one record: its name alone is asked for.
static CrateStatus
read_name(const CrateDataReading *reading)
{
  const CrateDataRecord record = {
    .resource = reading->resource, .file = reading->file, .number = 1};
  CRATE_TRY(crate_data_file_values(reading, &record));
  return crate_data_record(reading->data, &record);
}

/// Nothing that is asked of such a file can be told.
static CrateStatus
tell_unknown(const CrateDataReading *reading)
{
  static const CrateDataAspect aspects[] = {
    CRATE_DATA_COLUMN, CRATE_DATA_PATH,      CRATE_DATA_TYPE,
    CRATE_DATA_KEY,    CRATE_DATA_REFERENCE, CRATE_DATA_SPLIT};
  for (size_t i = 0; i < sizeof(aspects) / sizeof(*aspects); ++i) {
    CRATE_TRY(crate_data_add_gap(reading->data, aspects[i], false,
                                 "\"%.*s\" is neither CSV, JSON nor Parquet",
                                 CRATE_TEXT_ARG(reading->file->name)));
  }
  return CRATE_OK;
}

CrateStatus
crate_data_read(CrateData *data,
                const CrateDataResource *resource,
                const CrateDataFile *file)
{
  const CrateDataReading reading = {data, resource, file};
  for (size_t i = 0; i < resource->field_count; ++i) {
    data->fields[resource->fields[i]].current = (CrateText){NULL, 0};
  }
  if (!has_contents(data, resource)) {
    return read_name(&reading);
  }
  CrateDataReader *const reader = reader_of(&reading);
  return reader             ? reader(&reading)
         : data->collecting ? CRATE_OK
                            : tell_unknown(&reading);
}

CrateStatus
crate_data_unreadable(const CrateDataReading *reading)
{
  CrateData *const data = reading->data;
  return data->collecting
           ? CRATE_OK
           : crate_data_add_flaw(
               data,
               (CrateDataFlaw){.aspect = CRATE_DATA_FILE,
                               .focus = reading->resource->term,
                               .where.file = reading->file->name},
               "it cannot be read: %s", data->said);
}

bool
crate_data_is_near(CrateText name, CrateText other)
{
  return name.size <= 100u && other.size <= 100u &&
         (crate_text_equal_fold(name, other) ||
          (crate_text_distance(name, other, 2) <= 2u && other.size > 4u));
}

CrateStatus
crate_data_lose(const CrateDataReading *reading,
                CrateDataField *field,
                CrateText near)
{
  const bool path = field->extract == CRATE_EXTRACT_PATH;
  const CrateDataFlaw flaw = {.aspect =
                                path ? CRATE_DATA_PATH : CRATE_DATA_COLUMN,
                              .focus = field->term,
                              .origin = field->origin};
  const CrateText file = reading->file->name;
  const CrateText what = crate_text_slice(field->what, 0, 120);
  if (field->lost || reading->data->collecting) {
    return CRATE_OK;
  }
  field->lost = true;
  return path ? crate_data_add_flaw(reading->data, flaw,
                                    "it finds nothing in \"%.*s\"",
                                    CRATE_TEXT_ARG(file))
         : near.size
           ? crate_data_add_flaw(
               reading->data, flaw,
               "\"%.*s\" has no \"%.*s\"; did you mean \"%.*s\"?",
               CRATE_TEXT_ARG(file), CRATE_TEXT_ARG(what), CRATE_TEXT_ARG(near))
           : crate_data_add_flaw(reading->data, flaw,
                                 "\"%.*s\" has no \"%.*s\"",
                                 CRATE_TEXT_ARG(file), CRATE_TEXT_ARG(what));
}

static CrateText
last_segment(CrateText path)
{
  size_t at = path.size;
  while (at && path.data[at - 1u] != '/') {
    --at;
  }
  return crate_text_slice(path, at, path.size);
}

CrateStatus
crate_data_file_values(const CrateDataReading *reading,
                       const CrateDataRecord *record)
{
  CrateData *const data = reading->data;
  const CrateText path = crate_text_slice(reading->file->path, 1, SIZE_MAX);
  for (size_t i = 0; i < reading->resource->field_count; ++i) {
    CrateDataField *const field = &data->fields[reading->resource->fields[i]];
    const bool name = field->extract == CRATE_EXTRACT_FILENAME;
    if (name || field->extract == CRATE_EXTRACT_FULLPATH) {
      CRATE_TRY(crate_data_value(data, field, name ? last_segment(path) : path,
                                 CRATE_KIND_CELL, record));
    }
  }
  return CRATE_OK;
}
