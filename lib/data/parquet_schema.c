// SPDX-License-Identifier: Apache-2.0
// The schema of a Parquet file: a tree, written as a list of its nodes by
// depth, each with the number of its children.
#include "data/parquet_read.h"

/// SchemaElement, as far as a column does not hold it.
typedef struct {
  bool has_type, has_children, has_size, has_logical, has_repetition;
  uint32_t children;
  int64_t converted;
} Element;

/// ConvertedType, in its order.
static const struct {
  CrateParquetLogical logical;
  CrateParquetUnit unit;
  uint8_t bits;
  bool is_unsigned;
} converted_types[] = {
  {CRATE_PARQUET_STRING, CRATE_PARQUET_NO_UNIT, 0, false},
  {CRATE_PARQUET_MAP, CRATE_PARQUET_NO_UNIT, 0, false},
  {CRATE_PARQUET_PAIRS, CRATE_PARQUET_NO_UNIT, 0, false},
  {CRATE_PARQUET_LIST, CRATE_PARQUET_NO_UNIT, 0, false},
  {CRATE_PARQUET_ENUM, CRATE_PARQUET_NO_UNIT, 0, false},
  {CRATE_PARQUET_DECIMAL, CRATE_PARQUET_NO_UNIT, 0, false},
  {CRATE_PARQUET_DATE, CRATE_PARQUET_NO_UNIT, 0, false},
  {CRATE_PARQUET_TIME, CRATE_PARQUET_MILLISECONDS, 0, false},
  {CRATE_PARQUET_TIME, CRATE_PARQUET_MICROSECONDS, 0, false},
  {CRATE_PARQUET_TIMESTAMP, CRATE_PARQUET_MILLISECONDS, 0, false},
  {CRATE_PARQUET_TIMESTAMP, CRATE_PARQUET_MICROSECONDS, 0, false},
  {CRATE_PARQUET_INTEGER, CRATE_PARQUET_NO_UNIT, 8, true},
  {CRATE_PARQUET_INTEGER, CRATE_PARQUET_NO_UNIT, 16, true},
  {CRATE_PARQUET_INTEGER, CRATE_PARQUET_NO_UNIT, 32, true},
  {CRATE_PARQUET_INTEGER, CRATE_PARQUET_NO_UNIT, 64, true},
  {CRATE_PARQUET_INTEGER, CRATE_PARQUET_NO_UNIT, 8, false},
  {CRATE_PARQUET_INTEGER, CRATE_PARQUET_NO_UNIT, 16, false},
  {CRATE_PARQUET_INTEGER, CRATE_PARQUET_NO_UNIT, 32, false},
  {CRATE_PARQUET_INTEGER, CRATE_PARQUET_NO_UNIT, 64, false},
  {CRATE_PARQUET_JSON, CRATE_PARQUET_NO_UNIT, 0, false},
  {CRATE_PARQUET_BSON, CRATE_PARQUET_NO_UNIT, 0, false},
  {CRATE_PARQUET_INTERVAL, CRATE_PARQUET_NO_UNIT, 0, false},
};

#define CONVERTED_TYPES (sizeof(converted_types) / sizeof(*converted_types))

/// LogicalType, by the numbers of the union's fields.
static const CrateParquetLogical logical_types[] = {
  CRATE_PARQUET_OTHER,     CRATE_PARQUET_STRING,  CRATE_PARQUET_MAP,
  CRATE_PARQUET_LIST,      CRATE_PARQUET_ENUM,    CRATE_PARQUET_DECIMAL,
  CRATE_PARQUET_DATE,      CRATE_PARQUET_TIME,    CRATE_PARQUET_TIMESTAMP,
  CRATE_PARQUET_OTHER,     CRATE_PARQUET_INTEGER, CRATE_PARQUET_NULL,
  CRATE_PARQUET_JSON,      CRATE_PARQUET_BSON,    CRATE_PARQUET_UUID,
  CRATE_PARQUET_FLOAT16,   CRATE_PARQUET_VARIANT, CRATE_PARQUET_GEOMETRY,
  CRATE_PARQUET_GEOGRAPHY, CRATE_PARQUET_FILE,
};

/// TimeUnit, a union of empty structures.
static void
read_unit(CrateThrift *thrift, CrateThriftType type, CrateParquetColumn *column)
{
  CrateThriftField field = {0, CRATE_THRIFT_STOP};
  if (!crate_thrift_is(thrift, type, CRATE_THRIFT_STRUCT)) {
    return;
  }
  while (crate_thrift_next(thrift, &field)) {
    column->unit = field.id >= 1 && field.id <= 3 ? (CrateParquetUnit)field.id
                                                  : CRATE_PARQUET_NO_UNIT;
    crate_thrift_skip(thrift, field.type);
  }
}

/// A field of DecimalType, TimeType, TimestampType or IntType.
static void
read_parameter(CrateThrift *thrift,
               const CrateThriftField *field,
               CrateParquetColumn *column)
{
  const bool flag = field->type == CRATE_THRIFT_TRUE;
  const bool first = field->id == 1;
  if (field->id < 1 || field->id > 2) {
    crate_thrift_skip(thrift, field->type);
  } else if (column->logical == CRATE_PARQUET_DECIMAL) {
    *(first ? &column->scale : &column->precision) =
      (int32_t)crate_thrift_integer(thrift, field->type, 0, INT32_MAX);
  } else if (column->logical == CRATE_PARQUET_INTEGER && first) {
    column->bits =
      (uint8_t)crate_thrift_integer(thrift, field->type, 0, INT8_MAX);
  } else if (column->logical == CRATE_PARQUET_INTEGER) {
    column->is_unsigned = !flag;
  } else if (first) {
    column->utc = flag;
  } else {
    read_unit(thrift, field->type, column);
  }
}

/// LogicalType: a union, whose one field tells which it is.
static void
read_logical(CrateThrift *thrift,
             CrateThriftType type,
             CrateParquetColumn *column)
{
  enum { KNOWN = sizeof(logical_types) / sizeof(*logical_types) };
  CrateThriftField which = {0, CRATE_THRIFT_STOP};
  if (!crate_thrift_is(thrift, type, CRATE_THRIFT_STRUCT)) {
    return;
  }
  while (crate_thrift_next(thrift, &which)) {
    CrateThriftField field = {0, CRATE_THRIFT_STOP};
    const bool known = which.id > 0 && which.id < KNOWN;
    const CrateParquetLogical logical =
      known ? logical_types[which.id] : CRATE_PARQUET_OTHER;
    column->logical = logical;
    if (!crate_thrift_is(thrift, which.type, CRATE_THRIFT_STRUCT)) {
      return;
    }
    const bool parameters =
      logical == CRATE_PARQUET_DECIMAL || logical == CRATE_PARQUET_TIME ||
      logical == CRATE_PARQUET_TIMESTAMP || logical == CRATE_PARQUET_INTEGER;
    if (!parameters) {
      crate_thrift_skip(thrift, which.type);
      continue;
    }
    while (crate_thrift_next(thrift, &field)) {
      read_parameter(thrift, &field, column);
    }
  }
}

/// A field of SchemaElement.
static void
read_field(CrateThrift *thrift,
           const CrateThriftField *field,
           CrateParquetColumn *column,
           Element *element)
{
  int64_t number = 0;
  switch (field->id) {
    case 1:
      element->has_type = true;
      column->type = (CrateParquetType)crate_thrift_integer(
        thrift, field->type, 0, CRATE_PARQUET_FIXED_BYTES);
      return;
    case 2:
      element->has_size = true;
      column->size =
        (uint32_t)crate_thrift_integer(thrift, field->type, 0, INT32_MAX);
      return;
    case 3:
      element->has_repetition = true;
      number = crate_thrift_integer(thrift, field->type, 0, 2);
      column->optional = number == 1;
      column->repeated = number == 2;
      return;
    case 4:
      column->name = crate_thrift_text(thrift, field->type);
      return;
    case 5:
      element->has_children = true;
      element->children =
        (uint32_t)crate_thrift_integer(thrift, field->type, 0, INT32_MAX);
      return;
    case 6:
      element->converted =
        crate_thrift_integer(thrift, field->type, 0, INT32_MAX);
      return;
    case 7:
    case 8:
      number = crate_thrift_integer(thrift, field->type, 0, INT32_MAX);
      if (!element->has_logical) {
        *(field->id == 7 ? &column->scale : &column->precision) =
          (int32_t)number;
      }
      return;
    case 10:
      element->has_logical = true;
      read_logical(thrift, field->type, column);
      return;
    default:
      crate_thrift_skip(thrift, field->type);
  }
}

/// What old writers say, unless the newer way says it.
static void
apply_converted(CrateParquetColumn *column, const Element *element)
{
  const int64_t number = element->converted;
  if (element->has_logical || number < 0) {
    return;
  }
  column->logical = CRATE_PARQUET_OTHER;
  if (number < (int64_t)CONVERTED_TYPES) {
    column->logical = converted_types[number].logical;
    column->unit = converted_types[number].unit;
    column->bits = converted_types[number].bits;
    column->is_unsigned = converted_types[number].is_unsigned;
    column->utc = column->unit != CRATE_PARQUET_NO_UNIT;
  }
}

#define BIT(type) (1u << CRATE_PARQUET_##type)
/// For groups, beside the bits of types.
#define GROUP (1u << 8u)
#define ANY (GROUP * 2u - 1u)

/// What may be stored how: the comments of the Thrift definition.
static const unsigned stored_as[] = {
  [CRATE_PARQUET_PLAIN] = ANY,
  [CRATE_PARQUET_STRING] = BIT(BYTES),
  [CRATE_PARQUET_MAP] = GROUP,
  [CRATE_PARQUET_LIST] = GROUP,
  [CRATE_PARQUET_ENUM] = BIT(BYTES),
  [CRATE_PARQUET_DECIMAL] =
    BIT(INT32) | BIT(INT64) | BIT(BYTES) | BIT(FIXED_BYTES),
  [CRATE_PARQUET_DATE] = BIT(INT32),
  [CRATE_PARQUET_TIME] = BIT(INT32) | BIT(INT64),
  [CRATE_PARQUET_TIMESTAMP] = BIT(INT64),
  [CRATE_PARQUET_INTERVAL] = BIT(FIXED_BYTES),
  [CRATE_PARQUET_INTEGER] = BIT(INT32) | BIT(INT64),
  [CRATE_PARQUET_NULL] = ANY,
  [CRATE_PARQUET_JSON] = BIT(BYTES),
  [CRATE_PARQUET_BSON] = BIT(BYTES),
  [CRATE_PARQUET_UUID] = BIT(FIXED_BYTES),
  [CRATE_PARQUET_FLOAT16] = BIT(FIXED_BYTES),
  [CRATE_PARQUET_VARIANT] = GROUP,
  [CRATE_PARQUET_GEOMETRY] = BIT(BYTES),
  [CRATE_PARQUET_GEOGRAPHY] = BIT(BYTES),
  [CRATE_PARQUET_FILE] = GROUP,
  [CRATE_PARQUET_PAIRS] = GROUP,
  [CRATE_PARQUET_OTHER] = ANY,
};

static void
check_type(CrateThrift *thrift, CrateParquetColumn *column)
{
  const unsigned stored = column->group ? GROUP : 1u << (unsigned)column->type;
  if (!(stored_as[column->logical] & stored)) {
    crate_thrift_fail(thrift, "a column whose values cannot be of its type");
  }
  if (column->logical == CRATE_PARQUET_INTEGER) {
    const unsigned bits = column->bits;
    if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
      crate_thrift_fail(thrift, "an integer that is not of 8 to 64 bits");
    }
  } else if (column->logical == CRATE_PARQUET_DECIMAL) {
    if (column->precision < 1 || column->scale > column->precision) {
      crate_thrift_fail(thrift, "a decimal number that has no digits");
    }
  } else if (!column->group && column->logical == CRATE_PARQUET_PLAIN) {
    column->bits = column->type == CRATE_PARQUET_INT32   ? 32
                   : column->type == CRATE_PARQUET_INT64 ? 64
                                                         : 0;
  }
}

static void
read_element(CrateThrift *thrift, CrateParquetColumn *column, Element *element)
{
  CrateThriftField field = {0, CRATE_THRIFT_STOP};
  *column = (CrateParquetColumn){.logical = CRATE_PARQUET_PLAIN};
  *element = (Element){.converted = -1};
  while (crate_thrift_next(thrift, &field)) {
    read_field(thrift, &field, column, element);
  }
  column->group = !element->has_type;
  if (!column->name.data ||
      crate_text_utf8_span(column->name) < column->name.size) {
    crate_thrift_fail(thrift, "a column whose name is no text");
  }
  if (element->has_type ? element->children > 0 : !element->has_children) {
    crate_thrift_fail(thrift,
                      "a column must have either a type or others in it");
  }
  if (column->type == CRATE_PARQUET_FIXED_BYTES && !element->has_size) {
    crate_thrift_fail(thrift, "values of one length that is not told");
  }
  apply_converted(column, element);
  check_type(thrift, column);
}

/// "a.b.c". Footers of honest files repeat the paths of leaves, so all paths
/// together are never much longer than they are.
static CrateStatus
join_path(CrateParquetReader *reader,
          CrateParquetColumn *column,
          size_t *paths_size)
{
  enum { TIMES = 4, HARMLESS = 1 << 16 };
  const CrateParquetColumn *const parent = &reader->columns[column->parent];
  if (!column->parent) {
    column->path = column->name;
    return CRATE_OK;
  }
  const CrateText parts[] = {parent->path, CRATE_TEXT("."), column->name};
  *paths_size += parts[0].size + 1u + parts[2].size;
  return *paths_size > HARMLESS + TIMES * reader->footer_size
           ? crate_parquet_refuse(reader->world, reader->name, CRATE_MALFORMED,
                                  "the footer names columns that are nested "
                                  "too deep for their long names")
           : crate_arena_join(reader->arena, parts, 3, &column->path);
}

/// The tree while it grows: `end` of a group that is open counts the children
/// that it lacks.
typedef struct {
  uint32_t open, depth;
  bool done; // the root is closed
  size_t paths_size;
} Tree;

/// Put a column that was read into the tree.
static CrateStatus
grow(CrateParquetReader *reader,
     CrateThrift *thrift,
     Tree *tree,
     uint32_t index,
     const Element *element)
{
  CrateParquetColumn *const columns = reader->columns;
  if (tree->done) {
    crate_thrift_fail(thrift, "a column that belongs to no other");
  } else if (index && !element->has_repetition) {
    crate_thrift_fail(thrift, "a column must say whether it may be null");
  }
  if (thrift->wrong) {
    return CRATE_OK;
  }
  columns[index].parent = tree->open;
  columns[index].end = element->children;
  if (index) {
    CRATE_TRY(join_path(reader, &columns[index], &tree->paths_size));
    --columns[tree->open].end;
  }
  reader->leaves += !columns[index].group;
  tree->open = index;
  if (++tree->depth > reader->world->limits.depth) {
    crate_thrift_fail(thrift, "columns too deep in one another");
    return CRATE_OK;
  }
  while (!tree->done && !columns[tree->open].end) {
    columns[tree->open].end = index + 1u;
    tree->done = !tree->open;
    tree->open = columns[tree->open].parent;
    --tree->depth;
  }
  return CRATE_OK;
}

/// Each element takes three bytes at least: a name's head, its length, a stop.
static CrateStatus
make_columns(CrateParquetReader *reader, CrateThrift *thrift)
{
  enum { SMALLEST = 3 };
  const uint32_t count = reader->count;
  if (!count) {
    crate_thrift_fail(thrift, "no schema");
  } else if (count > (size_t)(thrift->end - thrift->at) / SMALLEST) {
    crate_thrift_fail(thrift, "a list of more elements than there are bytes");
  }
  if (thrift->wrong) {
    return CRATE_OK;
  }
  reader->columns = (CrateParquetColumn *)crate_arena_array(
    reader->arena, count, sizeof(CrateParquetColumn));
  return reader->columns ? CRATE_OK : crate_arena_status(reader->arena);
}

CrateStatus
crate_parquet_read_schema(CrateParquetReader *reader,
                          CrateThrift *thrift,
                          CrateThriftType type)
{
  Tree tree = {.open = 0};
  Element element;
  reader->count = crate_thrift_list(thrift, type, CRATE_THRIFT_STRUCT);
  CRATE_TRY(make_columns(reader, thrift));
  for (uint32_t i = 0; i < reader->count && !thrift->wrong; ++i) {
    read_element(thrift, &reader->columns[i], &element);
    if (!thrift->wrong) {
      CRATE_TRY(grow(reader, thrift, &tree, i, &element));
    }
  }
  if (!tree.done) {
    crate_thrift_fail(thrift, "fewer columns than the schema says");
  }
  if (!thrift->wrong && !reader->columns[0].group) {
    crate_thrift_fail(thrift, "a schema that is no group of columns");
  }
  return crate_parquet_refuse_thrift(reader, thrift);
}
