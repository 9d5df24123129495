// SPDX-License-Identifier: Apache-2.0
// Tables as CSV: columns by the first record, then record by record.
#include "data/csv.h"
#include "validate/data/data.h"
#include <stdlib.h>

/// A field and the column it takes its values from.
typedef struct {
  CrateDataField *field;
  size_t column;
} Bound;

typedef struct {
  const CrateDataReading *reading;
  CrateCsv csv;
  bool headed;  ///< The first record was read.
  bool unread;  ///< It is in another encoding.
  bool names;   ///< Fields want the file's own name.
  size_t width; ///< Columns.
  uint64_t records;
  Bound *bound;
  size_t bound_count;
  CrateDataTrouble ragged, nul, quotes;
} Table;

/// A column whose name is nearly what was asked for.
static CrateText
nearest(const CrateCsvRecord *header, CrateText name)
{
  for (size_t i = 0; i < header->count; ++i) {
    if (crate_data_is_near(header->cells[i], name)) {
      return header->cells[i];
    }
  }
  return (CrateText){NULL, 0};
}

/// Names of columns -> index + 1; of two alike, the first.
static CrateStatus
index_columns(CrateMap *map,
              Table *table,
              const CrateCsvRecord *header,
              const CrateDataRecord *record)
{
  CrateData *const data = table->reading->data;
  CrateDataTrouble twice = {0};
  for (size_t i = 0; i < header->count; ++i) {
    if (!crate_map_get(map, header->cells[i], NULL)) {
      CRATE_TRY(crate_map_put(map, header->cells[i], i + 1u));
    } else if (header->cells[i].size) {
      CRATE_TRY(crate_data_tell(
        data, &twice, record, "two columns are called \"%.*s\"",
        CRATE_TEXT_ARG(crate_text_slice(header->cells[i], 0, 100))));
    }
  }
  return data->collecting ? CRATE_OK
                          : crate_data_blame(data, CRATE_DATA_TABLE,
                                             table->reading->resource->term,
                                             &twice, "columns");
}

static CrateStatus
bind(Table *table, const CrateMap *columns, const CrateCsvRecord *header)
{
  const CrateDataReading *const reading = table->reading;
  for (size_t i = 0; i < reading->resource->field_count; ++i) {
    CrateDataField *const field =
      &reading->data->fields[reading->resource->fields[i]];
    uintptr_t number = 0;
    if (field->extract != CRATE_EXTRACT_COLUMN) {
      table->names = table->names || field->extract == CRATE_EXTRACT_FILENAME ||
                     field->extract == CRATE_EXTRACT_FULLPATH;
    } else if (crate_map_get(columns, field->what, &number)) {
      table->bound[table->bound_count++] = (Bound){field, number - 1u};
    } else {
      CRATE_TRY(crate_data_lose(reading, field, nearest(header, field->what)));
    }
  }
  return CRATE_OK;
}

static CrateDataRecord
record_of(const Table *table, const CrateCsvRecord *record)
{
  return (CrateDataRecord){.resource = table->reading->resource,
                           .file = table->reading->file,
                           .number = table->records,
                           .line = record->line,
                           .text = record->text};
}

/// Whether names of columns cannot be told, as the text is in another encoding.
static bool
is_other_text(const CrateCsvRecord *header)
{
  return crate_text_utf8_span(header->text) < header->text.size ||
         header->flaws & CRATE_CSV_NUL;
}

static CrateStatus
refuse_text(const Table *table)
{
  CrateData *const data = table->reading->data;
  return data->collecting
           ? CRATE_OK
           : crate_data_add_flaw(
               data,
               (CrateDataFlaw){
                 .aspect = CRATE_DATA_TABLE,
                 .focus = table->reading->resource->term,
                 .where = {table->reading->file->name, 1u, {NULL, 0}}},
               "the first line is no UTF-8 text; UTF-16, and "
               "what spreadsheets save as binary, is not read");
}

static CrateStatus
read_header(Table *table, const CrateCsvRecord *header)
{
  const CrateWorld *const world = table->reading->data->view->world;
  const CrateDataRecord record = record_of(table, header);
  CrateMap columns;
  table->headed = true;
  table->unread = is_other_text(header);
  if (table->unread) {
    return refuse_text(table);
  }
  table->width = header->count;
  table->bound = (Bound *)crate_world_allocate(
    world, table->reading->resource->field_count * sizeof(Bound));
  if (!table->bound) {
    return CRATE_NO_MEMORY;
  }
  crate_map_init(&columns, world);
  CrateStatus st = index_columns(&columns, table, header, &record);
  st = st ? st : bind(table, &columns, header);
  crate_map_clear(&columns);
  return st;
}

/// What is odd about a record as such.
static CrateStatus
look_at_form(Table *table,
             const CrateCsvRecord *csv,
             const CrateDataRecord *record)
{
  CrateData *const data = table->reading->data;
  if (csv->count != table->width) {
    CRATE_TRY(crate_data_tell(data, &table->ragged, record,
                              "the record has %zu columns, and the first line "
                              "%zu",
                              csv->count, table->width));
  }
  if (csv->flaws & CRATE_CSV_NUL) {
    CRATE_TRY(crate_data_tell(data, &table->nul, record,
                              "the record holds a NUL byte"));
  }
  if (csv->flaws & (CRATE_CSV_STRAY_QUOTE | CRATE_CSV_OPEN_QUOTE)) {
    CRATE_TRY(crate_data_tell(data, &table->quotes, record,
                              csv->flaws & CRATE_CSV_OPEN_QUOTE
                                ? "a quote is never closed"
                                : "something follows a closing quote"));
  }
  return CRATE_OK;
}

static CrateStatus
take_record(void *handle, const CrateCsvRecord *csv)
{
  Table *const table = (Table *)handle;
  const CrateDataReading *const reading = table->reading;
  if (!table->headed) {
    return read_header(table, csv);
  }
  if (table->unread) {
    return CRATE_OK;
  }
  ++table->records;
  const CrateDataRecord record = record_of(table, csv);
  if (csv->count != table->width || csv->flaws) {
    CRATE_TRY(look_at_form(table, csv, &record));
  }
  for (size_t i = 0; i < table->bound_count; ++i) {
    const Bound *const bound = &table->bound[i];
    if (bound->column < csv->count) {
      CRATE_TRY(crate_data_value(reading->data, bound->field,
                                 csv->cells[bound->column], CRATE_KIND_CELL,
                                 &record));
    }
  }
  if (table->names) {
    CRATE_TRY(crate_data_file_values(reading, &record));
  }
  return crate_data_record(reading->data, &record);
}

static CrateStatus
take_piece(void *handle, CrateText piece)
{
  return crate_csv_add((CrateCsv *)handle, piece);
}

static CrateStatus
finish(Table *table)
{
  CrateData *const data = table->reading->data;
  const CrateTerm focus = table->reading->resource->term;
  const CrateDataTrouble *const troubles[] = {&table->ragged, &table->nul,
                                              &table->quotes};
  if (data->collecting) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < 3; ++i) {
    CRATE_TRY(
      crate_data_blame(data, CRATE_DATA_TABLE, focus, troubles[i], "records"));
  }
  return table->headed
           ? CRATE_OK
           : crate_data_add_flaw(
               data,
               (CrateDataFlaw){.aspect = CRATE_DATA_TABLE,
                               .focus = focus,
                               .where.file = table->reading->file->name},
               "the file is empty: it has no columns");
}

CrateStatus
crate_data_read_csv(const CrateDataReading *reading)
{
  Table table = {.reading = reading};
  const CratePour to = {take_piece, &table.csv};
  crate_csv_init(&table.csv, reading->data->view->world, '\0',
                 (CrateCsvTaker){take_record, &table});
  CrateStatus st = crate_data_pour(reading, &to);
  st = st ? st : crate_csv_end(&table.csv);
  if (st == CRATE_OVER_LIMIT) {
    st = crate_data_add_gap(reading->data, CRATE_DATA_TABLE, true,
                            "\"%.*s\" has a record of more than %zu bytes; is "
                            "a quote never closed?",
                            CRATE_TEXT_ARG(reading->file->name),
                            CRATE_CSV_LONGEST);
  } else if (!st) {
    st = finish(&table);
  }
  crate_csv_clear(&table.csv);
  crate_world_release(reading->data->view->world, table.bound);
  return st;
}
