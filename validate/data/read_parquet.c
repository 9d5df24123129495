// SPDX-License-Identifier: Apache-2.0
// Parquet: what its footer says of columns and their types. Values are not
// looked at.
#include "data/parquet.h"
#include "validate/data/data.h"

/// What the values of a leaf can be read as.
static bool
is_integer(const CrateParquetColumn *leaf)
{
  return (leaf->type == CRATE_PARQUET_INT32 ||
          leaf->type == CRATE_PARQUET_INT64) &&
         (leaf->logical == CRATE_PARQUET_PLAIN ||
          leaf->logical == CRATE_PARQUET_INTEGER ||
          (leaf->logical == CRATE_PARQUET_DECIMAL && !leaf->scale));
}

static bool
is_number(const CrateParquetColumn *leaf)
{
  return is_integer(leaf) || leaf->type == CRATE_PARQUET_FLOAT ||
         leaf->type == CRATE_PARQUET_DOUBLE ||
         leaf->logical == CRATE_PARQUET_DECIMAL ||
         leaf->logical == CRATE_PARQUET_FLOAT16;
}

static bool
is_text(const CrateParquetColumn *leaf)
{
  return leaf->type == CRATE_PARQUET_BYTES ||
         leaf->logical == CRATE_PARQUET_UUID;
}

static bool
is_date(const CrateParquetColumn *leaf)
{
  return leaf->logical == CRATE_PARQUET_DATE ||
         leaf->logical == CRATE_PARQUET_TIMESTAMP ||
         leaf->type == CRATE_PARQUET_INT96 ||
         leaf->logical == CRATE_PARQUET_STRING;
}

/// Whether a column's type is the field's.
static bool
fits(const CrateDataField *field, const CrateParquetColumn *column)
{
  if (column->logical == CRATE_PARQUET_NULL) {
    return true;
  }
  switch (field->atom) {
    case CRATE_ATOM_BOOLEAN:
      return !column->group && column->type == CRATE_PARQUET_BOOLEAN;
    case CRATE_ATOM_INTEGER:
      return !column->group && is_integer(column);
    case CRATE_ATOM_NUMBER:
      return !column->group && is_number(column);
    case CRATE_ATOM_DATE:
      return !column->group && is_date(column);
    case CRATE_ATOM_TEXT:
      return !column->group && is_text(column);
    case CRATE_ATOM_BOX:
    case CRATE_ATOM_MEDIA:
    case CRATE_ATOM_NONE:
      break;
  }
  return true;
}

/// One finding a field, in the first file that differs.
static CrateStatus
tell_type(const CrateDataReading *reading,
          CrateDataField *field,
          const CrateParquet *parquet,
          uint32_t column)
{
  CrateData *const data = reading->data;
  const CrateDataRecord record = {.resource = reading->resource,
                                  .file = reading->file};
  char room[48];
  CrateBuffer words;
  crate_buffer_init(&words, data->view->world);
  crate_parquet_describe(parquet, column, &words);
  CrateStatus st = crate_buffer_status(&words);
  if (!st && !field->wrong.count) {
    st = crate_data_tell(data, &field->wrong, &record,
                         "the column \"%.*s\" is %.*s, not %s",
                         CRATE_TEXT_ARG(crate_text_slice(field->what, 0, 100)),
                         CRATE_TEXT_ARG(crate_buffer_text(&words)),
                         crate_data_wanted(field, room, sizeof(room)));
  }
  crate_buffer_clear(&words);
  return st;
}

/// A column at the top whose name is nearly what was asked for.
static CrateText
nearest(const CrateParquet *parquet, CrateText name)
{
  for (uint32_t i = 1; i < parquet->count; i = parquet->columns[i].end) {
    if (crate_data_is_near(parquet->columns[i].name, name)) {
      return parquet->columns[i].name;
    }
  }
  return (CrateText){NULL, 0};
}

static CrateStatus
look_at_field(const CrateDataReading *reading,
              CrateDataField *field,
              const CrateParquet *parquet)
{
  const uint32_t column = crate_parquet_find(parquet, field->what);
  if (!column) {
    return crate_data_lose(reading, field, nearest(parquet, field->what));
  }
  const uint32_t element = crate_parquet_element(parquet, column);
  const CrateParquetColumn *const leaf =
    &parquet->columns[element ? element : column];
  return field->opaque || field->step_count || fits(field, leaf)
           ? CRATE_OK
           : tell_type(reading, field, parquet, column);
}

/// What only values could tell.
static CrateStatus
tell_gaps(const CrateDataReading *reading, const CrateDataField *field)
{
  const char *const why = "\"%.*s\": values of Parquet files are not looked at";
  CrateData *const data = reading->data;
  const CrateText name = reading->file->name;
  if ((field->opaque || field->step_count) && crate_data_is_typed(field)) {
    CRATE_TRY(crate_data_add_gap(data, CRATE_DATA_TYPE, false, why,
                                 CRATE_TEXT_ARG(name)));
  }
  if (field->refers_to) {
    CRATE_TRY(crate_data_add_gap(data, CRATE_DATA_REFERENCE, false, why,
                                 CRATE_TEXT_ARG(name)));
  }
  if (reading->resource->keys) {
    CRATE_TRY(crate_data_add_gap(data, CRATE_DATA_KEY, false, why,
                                 CRATE_TEXT_ARG(name)));
  }
  return reading->resource->splits
           ? crate_data_add_gap(data, CRATE_DATA_SPLIT, false, why,
                                CRATE_TEXT_ARG(name))
           : CRATE_OK;
}

static CrateStatus
look_at_fields(const CrateDataReading *reading, const CrateParquet *parquet)
{
  for (size_t i = 0; i < reading->resource->field_count; ++i) {
    CrateDataField *const field =
      &reading->data->fields[reading->resource->fields[i]];
    if (field->extract == CRATE_EXTRACT_COLUMN) {
      CRATE_TRY(look_at_field(reading, field, parquet));
      CRATE_TRY(tell_gaps(reading, field));
    } else if (field->extract == CRATE_EXTRACT_PATH) {
      CRATE_TRY(crate_data_add_gap(
        reading->data, CRATE_DATA_PATH, false,
        "\"%.*s\" is Parquet, of which columns are looked at",
        CRATE_TEXT_ARG(reading->file->name)));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_data_read_parquet(const CrateDataReading *reading)
{
  CrateData *const data = reading->data;
  CrateArena arena;
  CrateParquet parquet;
  if (data->collecting) {
    return CRATE_OK;
  }
  data->said[0] = '\0';
  crate_arena_init(&arena, data->view->world);
  CrateStatus st = crate_parquet_open(reading->file->package, &data->world,
                                      reading->file->path, &arena, &parquet);
  st = !st                     ? look_at_fields(reading, &parquet)
       : st == CRATE_NO_MEMORY ? st
                               : crate_data_unreadable(reading);
  crate_arena_clear(&arena);
  return st;
}
