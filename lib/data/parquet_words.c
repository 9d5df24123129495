// SPDX-License-Identifier: Apache-2.0
// A Parquet schema as people speak of it: columns by their names, lists and
// maps by what they are of (parquet-format: LogicalTypes.md).
#include "data/parquet_read.h"

const char *
crate_parquet_type_name(CrateParquetType type)
{
  static const char *const names[] = {"boolean", "int32",  "int64", "int96",
                                      "float",   "double", "bytes", "bytes"};
  return names[type];
}

/// The first column below another that a path leads to; 0 when there is none.
static uint32_t
find_below(const CrateParquet *parquet, uint32_t parent, CrateText path)
{
  const CrateParquetColumn *const columns = parquet->columns;
  for (uint32_t i = parent + 1u; i < columns[parent].end; i = columns[i].end) {
    const CrateText name = columns[i].name;
    if (!crate_text_starts(path, name)) {
      continue;
    }
    if (path.size == name.size) {
      return i;
    }
    if (path.data[name.size] == '.') {
      const uint32_t found = find_below(
        parquet, i, crate_text_slice(path, name.size + 1u, path.size));
      if (found) {
        return found;
      }
    }
  }
  return 0;
}

uint32_t
crate_parquet_find(const CrateParquet *parquet, CrateText path)
{
  return find_below(parquet, 0, path);
}

static bool
has_one_child(const CrateParquet *parquet, uint32_t group)
{
  const uint32_t end = parquet->columns[group].end;
  return group + 1u < end && parquet->columns[group + 1u].end == end;
}

/// The middle of a list or map: its one child, which is repeated; or 0.
static uint32_t
middle(const CrateParquet *parquet, uint32_t column)
{
  return has_one_child(parquet, column) &&
             parquet->columns[column + 1u].repeated
           ? column + 1u
           : 0;
}

/// "Backward-compatibility rules": old writers left out a level.
static uint32_t
element_of(const CrateParquet *parquet, uint32_t list)
{
  const CrateParquetColumn *const columns = parquet->columns;
  const uint32_t repeated = middle(parquet, list);
  const CrateText name = columns[repeated].name;
  const CrateText list_name = columns[list].name;
  const bool tuple = name.size == list_name.size + strlen("_tuple") &&
                     crate_text_starts(name, list_name) &&
                     crate_text_ends(name, CRATE_TEXT("_tuple"));
  const bool two_levels =
    !columns[repeated].group || !has_one_child(parquet, repeated) ||
    columns[repeated + 1u].repeated || crate_text_is(name, "array") || tuple;
  return repeated && !two_levels ? repeated + 1u : repeated;
}

uint32_t
crate_parquet_element(const CrateParquet *parquet, uint32_t column)
{
  const CrateParquetColumn *const c = &parquet->columns[column];
  return c->logical == CRATE_PARQUET_LIST ? element_of(parquet, column)
         : c->repeated                    ? column
                                          : 0;
}

static void describe(const CrateParquet *parquet,
                     uint32_t column,
                     bool element,
                     CrateBuffer *out);

static void
describe_map(const CrateParquet *parquet, uint32_t map, CrateBuffer *out)
{
  const CrateParquetColumn *const columns = parquet->columns;
  const uint32_t pairs = middle(parquet, map);
  const uint32_t key = pairs + 1u;
  crate_buffer_add_string(out, "map");
  if (!pairs || key >= columns[pairs].end) {
    return;
  }
  crate_buffer_add_string(out, " of ");
  describe(parquet, key, false, out);
  if (columns[key].end < columns[pairs].end) {
    crate_buffer_add_string(out, " to ");
    describe(parquet, columns[key].end, false, out);
  }
}

static void
describe_list(const CrateParquet *parquet, uint32_t element, CrateBuffer *out)
{
  crate_buffer_add_string(out, "list");
  if (element) {
    crate_buffer_add_string(out, " of ");
    describe(parquet, element, true, out);
  }
}

/// What is meant by a column's values, or NULL where that needs more words.
static const char *
logical_name(CrateParquetLogical logical)
{
  static const char *const names[] = {
    [CRATE_PARQUET_STRING] = "string",
    [CRATE_PARQUET_ENUM] = "enumeration",
    [CRATE_PARQUET_DATE] = "date",
    [CRATE_PARQUET_TIME] = "time",
    [CRATE_PARQUET_TIMESTAMP] = "timestamp",
    [CRATE_PARQUET_INTERVAL] = "interval",
    [CRATE_PARQUET_NULL] = "null",
    [CRATE_PARQUET_JSON] = "JSON",
    [CRATE_PARQUET_BSON] = "BSON",
    [CRATE_PARQUET_UUID] = "UUID",
    [CRATE_PARQUET_FLOAT16] = "float16",
    [CRATE_PARQUET_VARIANT] = "variant",
    [CRATE_PARQUET_GEOMETRY] = "geometry",
    [CRATE_PARQUET_GEOGRAPHY] = "geography",
    [CRATE_PARQUET_FILE] = "file",
    [CRATE_PARQUET_OTHER] = NULL,
  };
  return names[logical];
}

static void
describe_plain(const CrateParquetColumn *column, CrateBuffer *out)
{
  const char *const name = logical_name(column->logical);
  if (name) {
    crate_buffer_add_string(out, name);
  } else if (column->group) {
    crate_buffer_add_string(out, "record");
  } else if (column->logical == CRATE_PARQUET_DECIMAL) {
    crate_buffer_print(out, "decimal(%d,%d)", (int)column->precision,
                       (int)column->scale);
  } else if (column->logical == CRATE_PARQUET_INTEGER) {
    crate_buffer_print(out, "%sint%u", column->is_unsigned ? "u" : "",
                       (unsigned)column->bits);
  } else if (column->type == CRATE_PARQUET_INT96) {
    crate_buffer_add_string(out, "timestamp");
  } else if (column->type == CRATE_PARQUET_FIXED_BYTES) {
    crate_buffer_print(out, "%u bytes", (unsigned)column->size);
  } else {
    crate_buffer_add_string(out, crate_parquet_type_name(column->type));
  }
}

/// `element`: of a list, so that its own repetition is told already.
static void
describe(const CrateParquet *parquet,
         uint32_t column,
         bool element,
         CrateBuffer *out)
{
  const CrateParquetColumn *const c = &parquet->columns[column];
  const CrateParquetLogical around = parquet->columns[c->parent].logical;
  const bool in_map =
    around == CRATE_PARQUET_MAP || around == CRATE_PARQUET_PAIRS;
  if (c->repeated && !element) {
    describe_list(parquet, column, out);
  } else if (c->logical == CRATE_PARQUET_LIST) {
    describe_list(parquet, element_of(parquet, column), out);
  } else if (c->logical == CRATE_PARQUET_MAP ||
             (c->logical == CRATE_PARQUET_PAIRS && !in_map)) {
    describe_map(parquet, column, out);
  } else {
    describe_plain(c, out);
  }
}

void
crate_parquet_describe(const CrateParquet *parquet,
                       uint32_t column,
                       CrateBuffer *out)
{
  describe(parquet, column, false, out);
}
