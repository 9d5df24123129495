// SPDX-License-Identifier: Apache-2.0
// JSON and JSON Lines. A field's values are what its path finds, or the
// members of its column's name; those of one record have the same position.
#include "data/lines.h"
#include "validate/data/data.h"
#include "json/path.h"

/// JSON has to be read as a whole; JSON Lines need not be.
#define LARGEST ((size_t)256 << 20u)

/// A field, and what is found for it.
typedef struct {
  CrateDataField *field;
  CrateJsonPath *path; ///< NULL for a column.
  const CrateJson **values;
  size_t count, capacity;
  bool found; ///< In some record.
} Wanted;

typedef struct {
  const CrateDataReading *reading;
  Wanted *wanted;
  size_t count;
  CrateBuffer text; ///< Of the file, or the lines at hand.
  uint64_t line;    ///< Lines read.
} Tree;

static CrateStatus
add_value(Wanted *wanted, const CrateWorld *world, const CrateJson *value)
{
  CRATE_TRY(crate_world_reserve(world, &wanted->values, &wanted->capacity,
                                wanted->count + 1u, sizeof(CrateJson *)));
  wanted->values[wanted->count++] = value;
  wanted->found = wanted->found || value;
  return CRATE_OK;
}

typedef struct {
  Wanted *wanted;
  const CrateWorld *world;
} Taking;

static CrateStatus
take_hit(void *handle, const CrateJson *value)
{
  const Taking *const taking = (const Taking *)handle;
  return add_value(taking->wanted, taking->world, value);
}

/// Members of one name: of each object of a list, or of the one there is.
static CrateStatus
find_column(Wanted *wanted, const CrateWorld *world, const CrateJson *root)
{
  const CrateText name = wanted->field->what;
  if (crate_json_is(root, CRATE_JSON_ARRAY)) {
    for (const CrateJson *item = crate_json_first(root); item;
         item = item->next) {
      CRATE_TRY(add_value(wanted, world, crate_json_get(item, name)));
    }
    return CRATE_OK;
  }
  const CrateJson *const value = crate_json_get(root, name);
  if (!crate_json_is(value, CRATE_JSON_ARRAY) || wanted->field->many) {
    return add_value(wanted, world, value);
  }
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    CRATE_TRY(add_value(wanted, world, item));
  }
  return CRATE_OK;
}

static CrateStatus
find_values(const Tree *tree, Wanted *wanted, const CrateJson *root)
{
  CrateData *const data = tree->reading->data;
  const CrateWorld *const world = data->view->world;
  Taking taking = {wanted, world};
  const CrateJsonPathTaker to = {take_hit, &taking};
  wanted->count = 0;
  if (!wanted->path) {
    return find_column(wanted, world, root);
  }
  const CrateStatus st = crate_json_path_walk(wanted->path, world, root, &to);
  if (st != CRATE_OVER_LIMIT && st != CRATE_UNSUPPORTED) {
    return st;
  }
  wanted->found = true; // as far as anybody knows
  return crate_data_add_gap(
    data, CRATE_DATA_PATH, st == CRATE_OVER_LIMIT,
    st == CRATE_OVER_LIMIT ? "\"%.*s\" would take too long in \"%.*s\""
                           : "\"%.*s\" has no meaning in RFC 9535; it was not "
                             "run in \"%.*s\"",
    CRATE_TEXT_ARG(crate_text_slice(wanted->field->what, 0, 120)),
    CRATE_TEXT_ARG(tree->reading->file->name));
}

static CrateDataKind
kind_of(const CrateJson *value)
{
  switch (value->kind) {
    case CRATE_JSON_STRING:
      return CRATE_KIND_TEXT;
    case CRATE_JSON_NUMBER:
      return CRATE_KIND_NUMBER;
    case CRATE_JSON_TRUE:
    case CRATE_JSON_FALSE:
      return CRATE_KIND_BOOLEAN;
    default:
      return CRATE_KIND_OTHER;
  }
}

static CrateText
text_of(const CrateJson *value)
{
  switch (value->kind) {
    case CRATE_JSON_TRUE:
      return CRATE_TEXT("true");
    case CRATE_JSON_FALSE:
      return CRATE_TEXT("false");
    case CRATE_JSON_ARRAY:
      return CRATE_TEXT("[…]");
    case CRATE_JSON_OBJECT:
      return CRATE_TEXT("{…}");
    default:
      return crate_json_text(value);
  }
}

/// A value, or each of a list where the field has many. null is none.
static CrateStatus
hand_over(const Tree *tree,
          CrateDataField *field,
          const CrateJson *value,
          const CrateDataRecord *record)
{
  CrateData *const data = tree->reading->data;
  if (!value || crate_json_is(value, CRATE_JSON_NULL)) {
    return CRATE_OK;
  }
  if (!field->many || !crate_json_is(value, CRATE_JSON_ARRAY)) {
    return crate_data_value(data, field, text_of(value), kind_of(value),
                            record);
  }
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    if (!crate_json_is(item, CRATE_JSON_NULL)) {
      CRATE_TRY(
        crate_data_value(data, field, text_of(item), kind_of(item), record));
    }
  }
  return CRATE_OK;
}

/// The values with one number, of fields that have as many values as there are
/// records, or of the others.
static CrateStatus
hand_over_nth(const Tree *tree,
              const CrateLines *lines,
              size_t most,
              bool scattered,
              CrateDataRecord *record)
{
  const size_t n = (size_t)record->number - 1u;
  for (size_t i = 0; i < tree->count; ++i) {
    const Wanted *const wanted = &tree->wanted[i];
    const CrateJson *const value = n < wanted->count ? wanted->values[n] : NULL;
    if (value && scattered == (wanted->count < most)) {
      record->line = crate_lines_place(lines, value->offset).line;
      CRATE_TRY(hand_over(tree, wanted->field, value, record));
    }
  }
  return CRATE_OK;
}

/// Values found are those of records, in order; but where some records have
/// none, nobody can tell whose they are.
static CrateStatus
hand_over_records(const Tree *tree, const CrateLines *lines)
{
  const CrateDataReading *const reading = tree->reading;
  CrateDataRecord record = {.resource = reading->resource,
                            .file = reading->file};
  size_t most = 0;
  for (size_t i = 0; i < tree->count; ++i) {
    most = tree->wanted[i].count > most ? tree->wanted[i].count : most;
  }
  for (size_t i = 0; i < tree->count; ++i) {
    CrateDataField *const field = tree->wanted[i].field;
    field->scattered = field->scattered || tree->wanted[i].count < most;
  }
  for (size_t n = 0; n < most; ++n) {
    record.number = n + 1u;
    CRATE_TRY(hand_over_nth(tree, lines, most, true, &record));
    CRATE_TRY(hand_over_nth(tree, lines, most, false, &record));
    CRATE_TRY(crate_data_file_values(reading, &record));
    CRATE_TRY(crate_data_record(reading->data, &record));
  }
  return CRATE_OK;
}

static CrateStatus
want(Tree *tree, CrateDataField *field)
{
  Wanted *const wanted = &tree->wanted[tree->count];
  CrateJsonPathFlaw flaw;
  *wanted = (Wanted){.field = field};
  if (field->extract == CRATE_EXTRACT_PATH) {
    const CrateStatus st =
      crate_json_path_new(tree->reading->data->view->world, field->what, true,
                          &wanted->path, &flaw);
    if (st) { // no JSONPath: another rule says so
      return st == CRATE_NO_MEMORY ? st : CRATE_OK;
    }
  }
  ++tree->count;
  return CRATE_OK;
}

static CrateStatus
open_tree(const CrateDataReading *reading, Tree *tree)
{
  const CrateWorld *const world = reading->data->view->world;
  const CrateDataResource *const resource = reading->resource;
  *tree = (Tree){.reading = reading};
  crate_buffer_init(&tree->text, world);
  tree->wanted = (Wanted *)crate_world_allocate(world, resource->field_count *
                                                         sizeof(Wanted));
  CrateStatus st = tree->wanted ? CRATE_OK : CRATE_NO_MEMORY;
  for (size_t i = 0; i < resource->field_count && !st; ++i) {
    CrateDataField *const field = &reading->data->fields[resource->fields[i]];
    if (field->extract == CRATE_EXTRACT_COLUMN ||
        field->extract == CRATE_EXTRACT_PATH) {
      st = want(tree, field);
    }
  }
  return st;
}

static CrateStatus
close_tree(Tree *tree, CrateStatus st)
{
  const CrateWorld *const world = tree->reading->data->view->world;
  for (size_t i = 0; i < tree->count; ++i) {
    Wanted *const wanted = &tree->wanted[i];
    if (!st && !wanted->found) {
      st = crate_data_lose(tree->reading, wanted->field, (CrateText){NULL, 0});
    }
    crate_json_path_free(wanted->path);
    crate_world_release(world, wanted->values);
  }
  crate_world_release(world, tree->wanted);
  crate_buffer_clear(&tree->text);
  return st;
}

/// What was found so far does not tell what is not there.
static void
find_all(Tree *tree)
{
  for (size_t i = 0; i < tree->count; ++i) {
    tree->wanted[i].found = true;
  }
}

/// What is no JSON at all.
static CrateStatus
no_json(const Tree *tree, uint64_t line, bool more)
{
  CrateData *const data = tree->reading->data;
  const CrateDataFlaw flaw = {
    .aspect = CRATE_DATA_FILE,
    .focus = tree->reading->resource->term,
    .where = {.file = tree->reading->file->name,
              .line = line < UINT32_MAX ? (uint32_t)line : 0}};
  return data->collecting
           ? CRATE_OK
           : crate_data_add_flaw(data, flaw, "it is no JSON: %s%s", data->said,
                                 more ? "; the rest was not read" : "");
}

static CrateStatus
take_whole(void *handle, CrateText piece)
{
  Tree *const tree = (Tree *)handle;
  crate_buffer_add(&tree->text, piece);
  CRATE_TRY(crate_buffer_status(&tree->text));
  return tree->text.size > LARGEST ? CRATE_OVER_LIMIT : CRATE_OK;
}

static CrateStatus
read_tree(Tree *tree)
{
  CrateData *const data = tree->reading->data;
  const CrateText text = crate_buffer_text(&tree->text);
  CrateJsonDocument document;
  CrateLines *lines = NULL;
  data->said[0] = '\0';
  CrateStatus st =
    crate_json_read(&data->world, tree->reading->file->name, text, &document);
  if (st) {
    st = st == CRATE_NO_MEMORY ? st : no_json(tree, data->said_line, false);
    find_all(tree);
    crate_json_clear(&document);
    return st;
  }
  st = crate_lines_new(data->view->world, text, &lines);
  for (size_t i = 0; i < tree->count && !st; ++i) {
    st = find_values(tree, &tree->wanted[i], document.root);
  }
  st = st ? st : hand_over_records(tree, lines);
  crate_lines_free(lines);
  crate_json_clear(&document);
  return st;
}

CrateStatus
crate_data_read_json(const CrateDataReading *reading)
{
  Tree tree;
  const CratePour to = {take_whole, &tree};
  CrateStatus st = open_tree(reading, &tree);
  st = st ? st : crate_data_pour(reading, &to);
  if (st == CRATE_OVER_LIMIT) {
    find_all(&tree);
    st = crate_data_add_gap(
      reading->data, CRATE_DATA_PATH, true,
      "\"%.*s\" is larger than %zu MiB; JSON Lines are read at any size",
      CRATE_TEXT_ARG(reading->file->name), LARGEST >> 20u);
  } else if (!st) {
    st = read_tree(&tree);
  }
  return close_tree(&tree, st);
}

/// One line: one record.
static CrateStatus
read_record(Tree *tree, const CrateDataRecord *record)
{
  CrateData *const data = tree->reading->data;
  CrateJsonDocument document;
  data->said[0] = '\0';
  CrateStatus st =
    crate_json_read(&data->world, record->file->name, record->text, &document);
  for (size_t i = 0; i < tree->count && !st; ++i) {
    Wanted *const wanted = &tree->wanted[i];
    st = find_values(tree, wanted, document.root);
    for (size_t n = 0; n < wanted->count && !st; ++n) {
      st = hand_over(tree, wanted->field, wanted->values[n], record);
    }
  }
  st = st ? st : crate_data_file_values(tree->reading, record);
  st = st ? st : crate_data_record(data, record); // values are views
  crate_json_clear(&document);
  return st;
}

static CrateStatus
take_line(void *handle, CrateText line, uint64_t number)
{
  Tree *const tree = (Tree *)handle;
  const CrateDataRecord record = {.resource = tree->reading->resource,
                                  .file = tree->reading->file,
                                  .number = number,
                                  .line = number,
                                  .text = line};
  tree->line = number;
  for (size_t i = 0; i < line.size; ++i) {
    if (!memchr(" \t", line.data[i], 2)) {
      return read_record(tree, &record);
    }
  }
  return CRATE_OK; // a blank line is no record
}

static CrateStatus
take_lines(void *handle, CrateText piece)
{
  return crate_data_lines_add((CrateDataLines *)handle, piece);
}

CrateStatus
crate_data_read_lines(const CrateDataReading *reading)
{
  Tree tree;
  CrateDataLines lines;
  const CratePour to = {take_lines, &lines};
  CrateStatus st = open_tree(reading, &tree);
  crate_data_lines_init(&lines, reading->data->view->world, take_line, &tree);
  st = st ? st : crate_data_pour(reading, &to);
  st = st ? st : crate_data_lines_end(&lines);
  crate_data_lines_clear(&lines);
  if (st == CRATE_MALFORMED) {
    find_all(&tree);
    st = no_json(&tree, tree.line, true);
  } else if (st == CRATE_OVER_LIMIT) {
    find_all(&tree);
    st = crate_data_add_gap(reading->data, CRATE_DATA_PATH, true,
                            "line %llu of \"%.*s\" is too long or too deep",
                            (unsigned long long)tree.line + 1u,
                            CRATE_TEXT_ARG(reading->file->name));
  }
  return close_tree(&tree, st);
}
