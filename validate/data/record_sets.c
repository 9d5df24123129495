// SPDX-License-Identifier: Apache-2.0
// What the document says of records: which fields are their keys, and which
// says what split they are in.
#include "crate/vocabulary.h"
#include "validate/data/data.h"

/// The one resource that fields take their values from; 0: there are several,
/// or values nobody can tell.
static size_t
common_resource(const CrateData *data, const size_t *fields, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    const CrateDataField *const field = &data->fields[fields[i]];
    if (field->resource != data->fields[fields[0]].resource ||
        !field->extract || field->extract == CRATE_EXTRACT_CONTENT ||
        field->opaque) {
      return 0;
    }
  }
  return count ? data->fields[fields[0]].resource : 0;
}

static CrateStatus
read_key(CrateData *data, CrateTerm set, CrateDataKey *key)
{
  const CrateView *const view = data->view;
  const CrateQuadRange range =
    crate_check_values_of(view, set, CROISSANT "key");
  *key = (CrateDataKey){.record_set = set};
  crate_seen_init(&key->seen, view->world,
                  view->world->limits.memory_bytes / CRATE_DATA_SHARE);
  key->fields =
    (size_t *)crate_arena_array(&data->arena, range.count, sizeof(size_t));
  if (!key->fields) {
    return crate_arena_status(&data->arena);
  }
  for (size_t i = 0; i < range.count; ++i) {
    const CrateDataField *const field =
      crate_data_field(data, range.first[i].object);
    if (!field) {
      return CRATE_OK; // said by another rule; the key has no resource
    }
    key->fields[key->count++] = (size_t)(field - data->fields);
  }
  key->resource = common_resource(data, key->fields, key->count);
  if (key->resource) {
    CrateDataResource *const resource = &data->resources[key->resource - 1u];
    key->next = resource->keys;
    resource->keys = key;
  }
  return CRATE_OK;
}

/// Whether a field is part of the record set's key.
static bool
is_key(const CrateView *view, CrateTerm set, CrateTerm field)
{
  const CrateQuadRange range =
    crate_check_values_of(view, set, CROISSANT "key");
  for (size_t i = 0; i < range.count; ++i) {
    if (range.first[i].object == field) {
      return true;
    }
  }
  return false;
}

/// What a record is, whatever split it is in: the fields of the split's own
/// files, but for the key.
static CrateStatus
read_split(CrateData *data, CrateTerm set, size_t field)
{
  const CrateView *const view = data->view;
  const CrateQuadRange range =
    crate_check_values_of(view, set, CROISSANT "field");
  CrateDataSplit split = {.record_set = set,
                          .field = field,
                          .resource = data->fields[field].resource};
  split.fields =
    (size_t *)crate_arena_array(&data->arena, range.count, sizeof(size_t));
  if (!split.fields) {
    return crate_arena_status(&data->arena);
  }
  for (size_t i = 0; i < range.count; ++i) {
    const CrateDataField *const other =
      crate_data_field(data, range.first[i].object);
    const size_t index = other ? (size_t)(other - data->fields) : field;
    if (index != field && other->resource == split.resource &&
        (other->extract == CRATE_EXTRACT_COLUMN ||
         other->extract == CRATE_EXTRACT_PATH) &&
        !is_key(view, set, other->term)) {
      split.fields[split.count++] = index;
    }
  }
  if (split.count) {
    crate_seen_init(&split.seen, view->world,
                    view->world->limits.memory_bytes / CRATE_DATA_SHARE);
    CrateDataResource *const resource = &data->resources[split.resource - 1u];
    split.next = resource->splits;
    resource->splits = &data->splits[data->split_count++];
    *resource->splits = split;
  }
  return CRATE_OK;
}

static CrateStatus
read_splits(CrateData *data, CrateTerm set)
{
  const CrateQuadRange range =
    crate_check_values_of(data->view, set, CROISSANT "field");
  for (size_t i = 0; i < range.count; ++i) {
    const CrateDataField *const field =
      crate_data_field(data, range.first[i].object);
    if (field && field->split && field->resource && !field->opaque &&
        field->extract && field->extract != CRATE_EXTRACT_CONTENT) {
      return read_split(
        data, set, (size_t)(field - data->fields)); // one split a record set
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_data_gather_record_sets(CrateData *data)
{
  const CrateQuadList list =
    crate_check_nodes_of(data->view, CRATEKIT "RecordSet");
  data->keys = (CrateDataKey *)crate_arena_array(&data->arena, list.count,
                                                 sizeof(CrateDataKey));
  data->splits = (CrateDataSplit *)crate_arena_array(&data->arena, list.count,
                                                     sizeof(CrateDataSplit));
  if (!data->keys || !data->splits) {
    return crate_arena_status(&data->arena);
  }
  for (size_t i = 0; i < list.count; ++i) {
    const CrateTerm set = crate_quad_list_at(list, i)->subject;
    if (crate_check_value_of(data->view, set, CROISSANT "key")) {
      CRATE_TRY(read_key(data, set, &data->keys[data->key_count]));
      ++data->key_count;
    }
    CRATE_TRY(read_splits(data, set));
  }
  return CRATE_OK;
}
