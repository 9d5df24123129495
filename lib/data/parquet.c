// SPDX-License-Identifier: Apache-2.0
// The footer of a Parquet file: where it is, and FileMetaData in it. Names are
// those of the format's Thrift definition.
#include "data/parquet_read.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/// The magic words at both ends.
#define MAGIC_SIZE 4u

CrateStatus
crate_parquet_refuse(const CrateWorld *world,
                     CrateText name,
                     CrateStatus status,
                     const char *format,
                     ...)
{
  char words[400];
  const CrateDiagnostic where = {.file = name,
                                 .code = CRATE_TEXT("invalid-parquet")};
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(words, sizeof(words), format, arguments);
  va_end(arguments);
  return crate_world_say(world, status, &where, "%s", words);
}

CrateStatus
crate_parquet_refuse_thrift(const CrateParquetReader *reader,
                            const CrateThrift *thrift)
{
  return thrift->wrong
           ? crate_parquet_refuse(reader->world, reader->name, CRATE_MALFORMED,
                                  "the footer is damaged at byte %zu: %s",
                                  crate_thrift_offset(thrift), thrift->wrong)
           : CRATE_OK;
}

static uint32_t
get32(const char *at)
{
  const unsigned char *const bytes = (const unsigned char *)at;
  return bytes[0] | (uint32_t)bytes[1] << 8u | (uint32_t)bytes[2] << 16u |
         (uint32_t)bytes[3] << 24u;
}

CrateStatus
crate_parquet_footer(const CrateWorld *world,
                     CrateText name,
                     CrateText tail,
                     uint64_t file_size,
                     uint64_t *size)
{
  const uint64_t around = MAGIC_SIZE + CRATE_PARQUET_TAIL;
  *size = 0;
  if (crate_text_ends(tail, CRATE_TEXT("PARE"))) {
    return crate_parquet_refuse(world, name, CRATE_UNSUPPORTED,
                                "its footer is encrypted");
  }
  if (file_size < around || tail.size < CRATE_PARQUET_TAIL ||
      !crate_text_ends(tail, CRATE_TEXT("PAR1"))) {
    return crate_parquet_refuse(world, name, CRATE_MALFORMED,
                                "it is no Parquet file, or it is cut short: "
                                "it does not end with \"PAR1\"");
  }
  *size = get32(tail.data + tail.size - CRATE_PARQUET_TAIL);
  return *size && *size <= file_size - around
           ? CRATE_OK
           : crate_parquet_refuse(world, name, CRATE_MALFORMED,
                                  "its footer says that it has %" PRIu64
                                  " bytes, and the file has %" PRIu64,
                                  *size, file_size);
}

/// FileMetaData: where its parts are.
typedef struct {
  CrateThrift schema, row_groups;
  CrateThriftType schema_type, row_groups_type;
  bool has_rows;
  int64_t rows;
} Metadata;

static void
read_metadata(CrateThrift *thrift, Metadata *metadata, CrateParquet *out)
{
  CrateThriftField field = {0, CRATE_THRIFT_STOP};
  while (crate_thrift_next(thrift, &field)) {
    const CrateThrift here = *thrift;
    switch (field.id) {
      case 2:
        metadata->schema = here;
        metadata->schema_type = field.type;
        break;
      case 3:
        metadata->has_rows = true;
        metadata->rows = crate_thrift_integer(thrift, field.type, 0, INT64_MAX);
        continue;
      case 4:
        metadata->row_groups = here;
        metadata->row_groups_type = field.type;
        break;
      case 6:
        out->created_by = crate_thrift_text(thrift, field.type);
        continue;
      default:
        break;
    }
    crate_thrift_skip(thrift, field.type);
  }
  if (!metadata->schema_type) {
    crate_thrift_fail(thrift, "no schema");
  } else if (!metadata->has_rows) {
    crate_thrift_fail(thrift, "no number of rows");
  } else if (!metadata->row_groups_type) {
    crate_thrift_fail(thrift, "no list of row groups");
  }
}

/// ColumnMetaData: its type has to be the schema's.
static CrateStatus
read_chunk_metadata(const CrateParquetReader *reader,
                    CrateThrift *thrift,
                    CrateThriftType type,
                    const CrateParquetColumn *column)
{
  CrateThriftField field = {0, CRATE_THRIFT_STOP};
  CrateParquetType stored = column->type;
  if (!crate_thrift_is(thrift, type, CRATE_THRIFT_STRUCT)) {
    return CRATE_OK;
  }
  while (crate_thrift_next(thrift, &field)) {
    if (field.id == 1) {
      stored = (CrateParquetType)crate_thrift_integer(
        thrift, field.type, 0, CRATE_PARQUET_FIXED_BYTES);
    } else if (field.id >= 5 && field.id <= 7) { // numbers of values, of bytes
      (void)crate_thrift_integer(thrift, field.type, 0, INT64_MAX);
    } else {
      crate_thrift_skip(thrift, field.type);
    }
  }
  return thrift->wrong || stored == column->type
           ? CRATE_OK
           : crate_parquet_refuse(
               reader->world, reader->name, CRATE_MALFORMED,
               "the footer says that \"%.*s\" is stored as %s, and its schema "
               "that it is %s",
               CRATE_TEXT_ARG(crate_text_slice(column->path, 0, 200)),
               crate_parquet_type_name(stored),
               crate_parquet_type_name(column->type));
}

static CrateStatus
read_chunk(const CrateParquetReader *reader,
           CrateThrift *thrift,
           const CrateParquetColumn *column)
{
  CrateThriftField field = {0, CRATE_THRIFT_STOP};
  while (crate_thrift_next(thrift, &field)) {
    if (field.id == 3) {
      CRATE_TRY(read_chunk_metadata(reader, thrift, field.type, column));
    } else {
      crate_thrift_skip(thrift, field.type);
    }
  }
  return CRATE_OK;
}

/// A row group has one chunk for each leaf, in the schema's order.
static CrateStatus
read_chunks(const CrateParquetReader *reader,
            CrateThrift *thrift,
            CrateThriftType type)
{
  const uint32_t count = crate_thrift_list(thrift, type, CRATE_THRIFT_STRUCT);
  const CrateParquetColumn *column = reader->columns;
  if (!thrift->wrong && count != reader->leaves) {
    return crate_parquet_refuse(reader->world, reader->name, CRATE_MALFORMED,
                                "the footer has a row group of %" PRIu32
                                " columns, and its schema has %" PRIu32,
                                count, reader->leaves);
  }
  for (uint32_t i = 0; i < count && !thrift->wrong; ++i, ++column) {
    while (column->group) {
      ++column;
    }
    CRATE_TRY(read_chunk(reader, thrift, column));
  }
  return CRATE_OK;
}

static CrateStatus
read_row_group(const CrateParquetReader *reader,
               CrateThrift *thrift,
               int64_t *rows)
{
  CrateThriftField field = {0, CRATE_THRIFT_STOP};
  bool has_chunks = false;
  *rows = -1;
  while (crate_thrift_next(thrift, &field)) {
    if (field.id == 1) {
      has_chunks = true;
      CRATE_TRY(read_chunks(reader, thrift, field.type));
    } else if (field.id == 3) {
      *rows = crate_thrift_integer(thrift, field.type, 0, INT64_MAX);
    } else {
      crate_thrift_skip(thrift, field.type);
    }
  }
  if (!has_chunks || *rows < 0) {
    crate_thrift_fail(thrift, "a row group without its columns or rows");
  }
  return CRATE_OK;
}

static CrateStatus
read_row_groups(const CrateParquetReader *reader,
                Metadata *metadata,
                CrateParquet *out)
{
  CrateThrift *const thrift = &metadata->row_groups;
  uint64_t rows = 0; // the sum of two never overflows: it ends at the first
  out->row_groups =
    crate_thrift_list(thrift, metadata->row_groups_type, CRATE_THRIFT_STRUCT);
  for (uint32_t i = 0; i < out->row_groups && rows <= out->rows; ++i) {
    int64_t more = 0;
    CRATE_TRY(read_row_group(reader, thrift, &more));
    CRATE_TRY(crate_parquet_refuse_thrift(reader, thrift));
    rows += (uint64_t)more;
  }
  CRATE_TRY(crate_parquet_refuse_thrift(reader, thrift));
  return rows == out->rows
           ? CRATE_OK
           : crate_parquet_refuse(reader->world, reader->name, CRATE_MALFORMED,
                                  "the footer says that there are %" PRIu64
                                  " rows, and its row groups have %" PRIu64,
                                  out->rows, rows);
}

CrateStatus
crate_parquet_read(const CrateWorld *world,
                   CrateText name,
                   CrateText footer,
                   CrateArena *arena,
                   CrateParquet *out)
{
  CrateThrift thrift = crate_thrift_begin(footer, world->limits.depth);
  CrateParquetReader reader = {
    .world = world, .name = name, .arena = arena, .footer_size = footer.size};
  Metadata metadata = {.has_rows = false};
  CrateParquet parquet = {.columns = NULL};
  *out = parquet;
  read_metadata(&thrift, &metadata, &parquet);
  CRATE_TRY(crate_parquet_refuse_thrift(&reader, &thrift));
  CRATE_TRY(
    crate_parquet_read_schema(&reader, &metadata.schema, metadata.schema_type));
  parquet.columns = reader.columns;
  parquet.count = reader.count;
  parquet.leaves = reader.leaves;
  parquet.rows = (uint64_t)metadata.rows;
  CRATE_TRY(read_row_groups(&reader, &metadata, &parquet));
  *out = parquet;
  return CRATE_OK;
}

CrateStatus
crate_parquet_open(CratePackage *package,
                   const CrateWorld *world,
                   CrateText path,
                   CrateArena *arena,
                   CrateParquet *out)
{
  enum { MOST_OFTEN_ENOUGH = 1 << 16 };
  uint64_t file_size = 0;
  uint64_t size = 0;
  CrateText tail;
  *out = (CrateParquet){.columns = NULL};
  CRATE_TRY(crate_package_tail(package, path, MOST_OFTEN_ENOUGH, arena, &tail,
                               &file_size));
  CRATE_TRY(crate_parquet_footer(world, path, tail, file_size, &size));
  if (size > tail.size - CRATE_PARQUET_TAIL) {
    if (size > world->limits.document_bytes) {
      return crate_parquet_refuse(world, path, CRATE_OVER_LIMIT,
                                  "its footer is too large");
    }
    CRATE_TRY(crate_package_tail(package, path,
                                 (size_t)size + CRATE_PARQUET_TAIL, arena,
                                 &tail, &file_size));
    CRATE_TRY(crate_parquet_footer(world, path, tail, file_size, &size));
    if (size > tail.size - CRATE_PARQUET_TAIL) { // it changed meanwhile
      return crate_parquet_refuse(world, path, CRATE_UNREADABLE,
                                  "it changed while it was read");
    }
  }
  const size_t end = tail.size - CRATE_PARQUET_TAIL;
  return crate_parquet_read(
    world, path, crate_text_slice(tail, end - (size_t)size, end), arena, out);
}
