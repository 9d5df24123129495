// SPDX-License-Identifier: Apache-2.0
// Records as a whole: keys that are there twice, and records that are in two
// splits.
#include "data/cell.h"
#include "validate/data/data.h"

/// Lines that a spot has room for.
#define LINE_BITS 40u

/// Where a record is, as one number: which of the files, and which line, or
/// record where there are no lines.
static uint64_t
spot_of(const CrateDataRecord *record)
{
  const uint64_t file = (uint64_t)(record->file - record->resource->files);
  const uint64_t line = record->line ? record->line : record->number;
  return ((file + 1u) << LINE_BITS) |
         (line & ((UINT64_C(1) << LINE_BITS) - 1u));
}

static bool
is_there(CrateText value)
{
  return value.data && !crate_cell_is_missing(value);
}

/// The key's values as one hash. False when one is missing: `lacking`.
static bool
hash_key(const CrateData *data,
         const CrateDataKey *key,
         CrateHash128 *hash,
         const CrateDataField **lacking)
{
  *hash = crate_hash128_start(data->view->world);
  for (size_t i = 0; i < key->count; ++i) {
    const CrateDataField *const field = &data->fields[key->fields[i]];
    if (!is_there(field->current)) {
      *lacking = field;
      return false;
    }
    *hash = crate_hash128_add(*hash, field->current);
  }
  return true;
}

static CrateStatus
tell_repeated(CrateData *data,
              CrateDataKey *key,
              uint64_t first,
              const CrateDataRecord *record)
{
  const CrateDataFile *const file =
    &record->resource->files[(first >> LINE_BITS) - 1u];
  const unsigned long long line = first & ((UINT64_C(1) << LINE_BITS) - 1u);
  const char *const what = record->line ? "line" : "record";
  const CrateText set = crate_check_shown(data->view, key->record_set);
  const CrateText value = data->fields[key->fields[0]].current;
  return file == record->file
           ? crate_data_tell(data, &key->repeated, record,
                             "the key \"%.*s\"%s of \"%.*s\" is on %s %llu too",
                             (int)(value.size < 60u ? value.size : 60u),
                             value.data, key->count > 1 ? " (and more)" : "",
                             CRATE_TEXT_ARG(set), what, line)
           : crate_data_tell(
               data, &key->repeated, record,
               "the key \"%.*s\"%s of \"%.*s\" is on %s %llu of \"%.*s\" too",
               (int)(value.size < 60u ? value.size : 60u), value.data,
               key->count > 1 ? " (and more)" : "", CRATE_TEXT_ARG(set), what,
               line, CRATE_TEXT_ARG(file->name));
}

static bool
is_scattered(const CrateData *data, const CrateDataKey *key)
{
  bool scattered = false;
  for (size_t i = 0; i < key->count; ++i) {
    scattered = scattered || data->fields[key->fields[i]].scattered;
  }
  return scattered;
}

static CrateStatus
look_at_key(CrateData *data, CrateDataKey *key, const CrateDataRecord *record)
{
  CrateHash128 hash;
  const CrateDataField *lacking = NULL;
  uint64_t first = 0;
  if (key->stopped || is_scattered(data, key)) {
    return CRATE_OK;
  }
  if (!hash_key(data, key, &hash, &lacking)) {
    return crate_data_tell(
      data, &key->missing, record,
      "the record has no \"%.*s\", which is its key",
      CRATE_TEXT_ARG(crate_check_shown(data->view, lacking->term)));
  }
  const CrateStatus st =
    crate_seen_put(&key->seen, hash, spot_of(record), &first);
  key->stopped = st == CRATE_OVER_LIMIT;
  return first          ? tell_repeated(data, key, first, record)
         : key->stopped ? CRATE_OK
                        : st;
}

/// The number of a split, from 1; 0 when there are too many.
static CrateStatus
number_of(CrateData *data, CrateDataSplit *split, CrateText name, size_t *out)
{
  *out = 0;
  while (*out < split->name_count &&
         !crate_text_equal(split->names[*out], name)) {
    ++*out;
  }
  if (*out < split->name_count) {
    ++*out;
    return CRATE_OK;
  }
  split->stopped = *out == CRATE_DATA_SPLITS;
  if (split->stopped) {
    *out = 0;
    return CRATE_OK;
  }
  *out = ++split->name_count;
  return crate_arena_copy(&data->arena, name, &split->names[*out - 1u]);
}

static CrateStatus
look_at_split(CrateData *data,
              CrateDataSplit *split,
              const CrateDataRecord *record)
{
  const CrateText name = data->fields[split->field].current;
  CrateHash128 hash = crate_hash128_start(data->view->world);
  uint64_t first = 0;
  size_t number = 0;
  if (split->stopped || !is_there(name)) {
    return CRATE_OK;
  }
  CRATE_TRY(number_of(data, split, name, &number));
  for (size_t i = 0; i < split->count; ++i) {
    hash = crate_hash128_add(hash, data->fields[split->fields[i]].current);
  }
  const CrateStatus st =
    number ? crate_seen_put(&split->seen, hash, number, &first) : CRATE_OK;
  split->stopped = split->stopped || st == CRATE_OVER_LIMIT;
  return first && first != number
           ? crate_data_tell(
               data, &split->shared, record,
               "a record of \"%.*s\" that is in \"%.*s\" is in \"%.*s\" too",
               CRATE_TEXT_ARG(crate_check_shown(data->view, split->record_set)),
               CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(split->names[first - 1u]))
         : split->stopped ? CRATE_OK
                          : st;
}

CrateStatus
crate_data_record(CrateData *data, const CrateDataRecord *record)
{
  const CrateDataResource *const resource = record->resource;
  CrateStatus st = CRATE_OK;
  for (CrateDataKey *key = data->collecting ? NULL : resource->keys; key && !st;
       key = key->next) {
    st = look_at_key(data, key, record);
  }
  for (CrateDataSplit *split = data->collecting ? NULL : resource->splits;
       split && !st; split = split->next) {
    st = look_at_split(data, split, record);
  }
  for (size_t i = 0; i < resource->field_count; ++i) {
    data->fields[resource->fields[i]].current = (CrateText){NULL, 0};
  }
  return st;
}

static CrateStatus
finish_key(CrateData *data, const CrateDataKey *key)
{
  const CrateText name = crate_check_shown(data->view, key->record_set);
  CRATE_TRY(crate_data_blame(data, CRATE_DATA_KEY, key->record_set,
                             &key->repeated, "records"));
  CRATE_TRY(crate_data_blame(data, CRATE_DATA_KEY, key->record_set,
                             &key->missing, "records"));
  const bool from_files = key->count && data->fields[key->fields[0]].resource;
  return key->stopped
           ? crate_data_add_gap(data, CRATE_DATA_KEY, true,
                                "\"%.*s\" has more records than can be kept",
                                CRATE_TEXT_ARG(name))
         : is_scattered(data, key)
           ? crate_data_add_gap(data, CRATE_DATA_KEY, false,
                                "the key of \"%.*s\" has another number of "
                                "values than there are records",
                                CRATE_TEXT_ARG(name))
         : from_files && !key->resource
           ? crate_data_add_gap(data, CRATE_DATA_KEY, false,
                                "the key of \"%.*s\" is from several files, or "
                                "made by a transform that is not run here",
                                CRATE_TEXT_ARG(name))
           : CRATE_OK;
}

CrateStatus
crate_data_finish_keys(CrateData *data)
{
  for (size_t i = 0; i < data->key_count; ++i) {
    CRATE_TRY(finish_key(data, &data->keys[i]));
  }
  for (size_t i = 0; i < data->split_count; ++i) {
    const CrateDataSplit *const split = &data->splits[i];
    CRATE_TRY(crate_data_blame(data, CRATE_DATA_SPLIT, split->record_set,
                               &split->shared, "records"));
    if (split->stopped) {
      CRATE_TRY(crate_data_add_gap(
        data, CRATE_DATA_SPLIT, true,
        "\"%.*s\" has more records or splits than can be kept",
        CRATE_TEXT_ARG(crate_check_shown(data->view, split->record_set))));
    }
  }
  return CRATE_OK;
}
