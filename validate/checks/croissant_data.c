// SPDX-License-Identifier: Apache-2.0
// Records that stand in a Croissant document itself, as data or as examples:
// do they fit the fields?
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"

/// A field as records know it.
typedef struct {
  CrateTerm term;
  CrateAtom atom;
  bool many, split, any;
  size_t rank; ///< In the key, from 1; 0: it is no part of it.
} Column;

/// The records of one property of one record set.
typedef struct {
  const CrateNativeCall *call;
  const CrateView *view;
  const CrateJson *value; ///< As it stands in the document.
  CrateArena arena;
  CrateMap by_id; ///< Of a field -> index + 1.
  Column *columns;
  size_t count;
  bool splits; ///< The record set, or some field, is of splits.
} Records;

/// A flavour of the check: asked about the value as a whole, or each record.
typedef CrateStatus Look(Records *records, const CrateJson *value);

static Column
column_of(const CrateView *view, CrateTerm field)
{
  Column column = {
    .term = field,
    .many = crate_check_has_many(view, field),
    .any = crate_check_value_of(view, field, CROISSANT "subField") ||
           crate_check_value_of(view, field, CROISSANT "references"),
  };
  const CrateQuadRange types =
    crate_check_values_of(view, field, CROISSANT "dataType");
  for (size_t i = 0; i < types.count; ++i) {
    const CrateText iri =
      crate_terms_info(view->terms, types.first[i].object).text;
    const CrateAtom atom = crate_atom_of(iri);
    column.split = column.split || crate_text_is(iri, CROISSANT "Split");
    column.any = column.any || (atom && column.atom && atom != column.atom);
    column.atom = column.atom ? column.atom : atom;
  }
  return column;
}

static CrateStatus
add_column(Records *records, CrateTerm field)
{
  const CrateView *const view = records->view;
  const CrateEntity *const entity = crate_view_entity(view, field);
  const CrateText iri = crate_terms_info(view->terms, field).text;
  const CrateTerm name = crate_check_value_of(view, field, SCHEMA "name");
  records->columns[records->count++] = column_of(view, field);
  if (entity && entity->id.size) {
    CRATE_TRY(crate_map_put(&records->by_id, entity->id, records->count));
  } else if (name) { // 0.8 has names only
    CRATE_TRY(crate_map_put(&records->by_id,
                            crate_terms_info(view->terms, name).text,
                            records->count));
  }
  return crate_map_put(&records->by_id, iri, records->count);
}

static CrateStatus
add_columns(Records *records)
{
  const CrateView *const view = records->view;
  const CrateQuadRange fields =
    crate_check_values_of(view, records->call->focus, CROISSANT "field");
  records->columns =
    (Column *)crate_arena_array(&records->arena, fields.count, sizeof(Column));
  if (!records->columns) {
    return crate_arena_status(&records->arena);
  }
  records->splits = column_of(view, records->call->focus).split;
  for (size_t i = 0; i < fields.count; ++i) {
    CRATE_TRY(add_column(records, fields.first[i].object));
    records->splits = records->splits || records->columns[i].split;
  }
  return CRATE_OK;
}

/// The column of a record's key: by the field's @id, or the IRI it stands for.
static const Column *
column_at(const Records *records, CrateText key)
{
  uintptr_t number = 0;
  return crate_map_get(&records->by_id, key, &number)
           ? &records->columns[number - 1u]
           : NULL;
}

static CrateStatus
look_at_list(Records *records, const CrateJson *value)
{
  const char *const wrong = !crate_json_is(value, CRATE_JSON_ARRAY)
                              ? "it is no array"
                            : !value->size ? "it is empty"
                                           : NULL;
  return wrong ? crate_check_report(records->call, value->offset, "%s", wrong)
               : CRATE_OK;
}

/// One finding a record: the first key that is no field's.
static CrateStatus
look_at_keys(Records *records, const CrateJson *record)
{
  if (!crate_json_is(record, CRATE_JSON_OBJECT)) {
    return crate_check_report(records->call, record->offset, "it is no object");
  }
  for (const CrateJson *key = crate_json_first_key(record); key;
       key = crate_json_next_key(key)) {
    const CrateText name = crate_json_text(key);
    if (!column_at(records, name) &&
        !crate_text_starts(name, CRATE_TEXT("@"))) {
      return crate_check_report(records->call, record->offset,
                                "\"%.*s\" is the @id of none",
                                CRATE_TEXT_ARG(name));
    }
  }
  return CRATE_OK;
}

static bool
is_integer(const CrateJson *value)
{
  const CrateText text = crate_json_text(value);
  for (size_t i = 0; i < text.size; ++i) {
    if (strchr(".eE", text.data[i])) {
      return false;
    }
  }
  return true;
}

/// A bounding box: four numbers.
static bool
is_box(const CrateJson *value)
{
  size_t numbers = 0;
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    numbers += crate_json_is(item, CRATE_JSON_NUMBER);
  }
  return crate_json_is(value, CRATE_JSON_ARRAY) && value->size == 4 &&
         numbers == 4;
}

static bool
fits(const CrateJson *value, CrateAtom atom)
{
  switch (atom) {
    case CRATE_ATOM_BOOLEAN:
      return value->kind == CRATE_JSON_TRUE || value->kind == CRATE_JSON_FALSE;
    case CRATE_ATOM_DATE:
      return value->kind == CRATE_JSON_STRING &&
             crate_is_iso_date(crate_json_text(value));
    case CRATE_ATOM_INTEGER:
      return value->kind == CRATE_JSON_NUMBER && is_integer(value);
    case CRATE_ATOM_NUMBER:
      return value->kind == CRATE_JSON_NUMBER;
    case CRATE_ATOM_TEXT:
      return value->kind == CRATE_JSON_STRING;
    case CRATE_ATOM_BOX:
      return is_box(value);
    case CRATE_ATOM_MEDIA:
    case CRATE_ATOM_NONE:
      break;
  }
  return true;
}

/// null stands for a value that is missing.
static CrateStatus
look_at_value(Records *records, const Column *column, const CrateJson *value)
{
  const bool list = column->many && crate_json_is(value, CRATE_JSON_ARRAY);
  if (column->any || crate_json_is(value, CRATE_JSON_NULL)) {
    return CRATE_OK;
  }
  const CrateJson *item = list ? crate_json_first(value) : value;
  for (; item; item = list ? item->next : NULL) {
    if (!crate_json_is(item, CRATE_JSON_NULL) && !fits(item, column->atom) &&
        !(list && crate_json_is(item, CRATE_JSON_ARRAY))) {
      return crate_check_report(records->call, value->offset, "expected %s",
                                crate_atom_text(column->atom));
    }
  }
  return CRATE_OK;
}

static CrateStatus
look_at_types(Records *records, const CrateJson *record)
{
  for (const CrateJson *key = crate_json_first_key(record); key;
       key = crate_json_next_key(key)) {
    const Column *const column = column_at(records, crate_json_text(key));
    if (column) {
      CRATE_TRY(look_at_value(records, column, key->next));
    }
  }
  return CRATE_OK;
}

/// What a split's url may be: a class of Croissant, or anybody's IRI.
static bool
is_split(CrateText text)
{
  static const char *const spaces[] = {"cr:", CROISSANT,
                                       "https://mlcommons.org/croissant/"};
  static const char *const splits[] = {"TrainingSplit", "ValidationSplit",
                                       "TestSplit", "TrainSplit"};
  for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); ++i) {
    const CrateText space = crate_text(spaces[i]);
    if (!crate_text_starts(text, space)) {
      continue;
    }
    for (size_t j = 0; j < sizeof(splits) / sizeof(*splits); ++j) {
      if (crate_text_is(crate_text_slice(text, space.size, text.size),
                        splits[j])) {
        return true;
      }
    }
    return false;
  }
  return crate_text_find(text, ':') < text.size;
}

/// Values of the field that holds the kind of the split.
static CrateStatus
look_at_splits(Records *records, const CrateJson *record)
{
  for (const CrateJson *key = crate_json_first_key(record); key;
       key = crate_json_next_key(key)) {
    const CrateText name = crate_json_text(key);
    const Column *const column = column_at(records, name);
    const bool url =
      crate_text_ends(name, CRATE_TEXT("/url")) || crate_text_is(name, "url");
    if (column && url && records->splits &&
        crate_json_is(key->next, CRATE_JSON_STRING) &&
        !is_split(crate_json_text(key->next))) {
      CRATE_TRY(crate_check_report(records->call, key->next->offset,
                                   "\"%.*s\" is none",
                                   CRATE_TEXT_ARG(crate_json_text(key->next))));
    }
  }
  return CRATE_OK;
}

/// The values of a record's key, in the order of the key's fields.
typedef struct {
  const CrateJson **cells;
  size_t count, found;
} Key;

/// One walk over the record, however many fields the key has.
static void
find_cells(const Records *records, const CrateJson *record, Key *key)
{
  key->found = 0;
  for (const CrateJson *name = crate_json_first_key(record); name;
       name = crate_json_next_key(name)) {
    const Column *const column = column_at(records, crate_json_text(name));
    if (column && column->rank) {
      key->found += !key->cells[column->rank - 1u];
      key->cells[column->rank - 1u] = name->next;
    }
  }
}

/// Empty the cells again, of a record that may have few of them.
static void
forget_cells(const Records *records, const CrateJson *record, Key *key)
{
  for (const CrateJson *name = crate_json_first_key(record); name;
       name = crate_json_next_key(name)) {
    const Column *const column = column_at(records, crate_json_text(name));
    if (column && column->rank) {
      key->cells[column->rank - 1u] = NULL;
    }
  }
}

/// The values of the key's fields in one record, as a text; empty when one is
/// missing.
static CrateStatus
key_of(Records *records, const CrateJson *record, Key *key, CrateText *out)
{
  CrateBuffer buffer;
  *out = (CrateText){NULL, 0};
  find_cells(records, record, key);
  crate_buffer_init(&buffer, records->view->world);
  for (size_t i = 0; i < key->count && key->found == key->count; ++i) {
    crate_json_write(&buffer, key->cells[i], 0);
    crate_buffer_add_byte(&buffer, '\n');
  }
  CrateStatus st = crate_buffer_status(&buffer);
  st = st ? st
          : crate_arena_copy(&records->arena, crate_buffer_text(&buffer), out);
  crate_buffer_clear(&buffer);
  forget_cells(records, record, key);
  return st;
}

/// Which columns the key is made of.
static CrateStatus
rank_columns(Records *records, Key *key)
{
  const CrateQuadRange keys =
    crate_check_values_of(records->view, records->call->focus, CROISSANT "key");
  *key = (Key){.count = keys.count};
  key->cells = (const CrateJson **)crate_arena_array(
    &records->arena, keys.count + 1u, sizeof(*key->cells));
  for (size_t i = 0; i < keys.count; ++i) {
    const CrateText iri =
      crate_terms_info(records->view->terms, keys.first[i].object).text;
    uintptr_t number = 0;
    if (crate_map_get(&records->by_id, iri, &number)) {
      records->columns[number - 1u].rank = i + 1u;
    }
  }
  return key->cells ? CRATE_OK : crate_arena_status(&records->arena);
}

static CrateStatus
look_at_unique(Records *records, const CrateJson *value)
{
  CrateMap seen;
  Key key;
  size_t number = 0;
  CRATE_TRY(rank_columns(records, &key));
  CrateStatus st = CRATE_OK;
  crate_map_init(&seen, records->view->world);
  for (const CrateJson *record = crate_json_first(value); record && !st;
       record = record->next, ++number) {
    CrateText text;
    uintptr_t first = 0;
    st = key_of(records, record, &key, &text);
    if (st || !text.size) {
      continue;
    }
    st = crate_map_get(&seen, text, &first)
           ? crate_check_report(records->call, record->offset,
                                "record %zu has it, too", (size_t)first)
           : crate_map_put(&seen, text, number + 1u);
  }
  crate_map_clear(&seen);
  return st;
}

static const struct {
  const char *parameter, *property;
  Look *look;
  bool whole; ///< Asked about the value as a whole.
} flavours[] = {
  {"list", CROISSANT "data", look_at_list, true},
  {"keys", CROISSANT "data", look_at_keys, false},
  {"types", CROISSANT "data", look_at_types, false},
  {"unique", CROISSANT "data", look_at_unique, true},
  {"splits", CROISSANT "data", look_at_splits, false},
  {"example-keys", CROISSANT "examples", look_at_keys, false},
  {"example-types", CROISSANT "examples", look_at_types, false},
};
enum { FLAVOURS = sizeof(flavours) / sizeof(*flavours) };

static CrateStatus
look(Records *records, size_t flavour)
{
  const CrateJson *const value = records->value;
  if (flavours[flavour].whole) {
    return flavours[flavour].look(records, value);
  }
  if (crate_json_is(value, CRATE_JSON_OBJECT)) {
    // Examples may be a reference to where there are some.
    return crate_json_get(value, CRATE_TEXT("@id")) ||
               crate_json_get(value, CRATE_TEXT("@type"))
             ? CRATE_OK
             : flavours[flavour].look(records, value);
  }
  for (const CrateJson *record = crate_json_first(value); record;
       record = record->next) {
    CRATE_TRY(flavours[flavour].look(records, record));
  }
  return CRATE_OK;
}

const CrateJson *
crate_check_records_of(const CrateView *view,
                       CrateTerm set,
                       const char *property)
{
  const CrateQuadRange range = crate_check_values_of(view, set, property);
  if (!range.count ||
      crate_terms_info(view->terms, range.first->object).datatype !=
        CRATE_RDF_JSON) {
    return NULL;
  }
  const CrateJson *const key =
    crate_check_member_key(view, set, crate_check_origin(view, range.first));
  const CrateJson *const value =
    key ? crate_json_get(key->next, CRATE_TEXT("@value")) : NULL;
  return value ? value : key ? key->next : NULL;
}

/// Asked of a record set; the parameter says what is looked for.
CrateStatus
crate_check_records(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText parameter = crate_check_parameter(call);
  size_t flavour = 0;
  while (flavour < FLAVOURS &&
         !crate_text_is(parameter, flavours[flavour].parameter)) {
    ++flavour;
  }
  const CrateJson *const value =
    flavour < FLAVOURS
      ? crate_check_records_of(view, call->focus, flavours[flavour].property)
      : NULL;
  if (!value) {
    return CRATE_OK;
  }
  Records records = {.call = call, .view = view, .value = value};
  crate_arena_init(&records.arena, view->world);
  crate_map_init(&records.by_id, view->world);
  CrateStatus st = add_columns(&records);
  st = st ? st : look(&records, flavour);
  crate_map_clear(&records.by_id);
  crate_arena_clear(&records.arena);
  return st;
}
