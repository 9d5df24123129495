// SPDX-License-Identifier: Apache-2.0
/// @file What a Parquet file says of itself in its footer: its columns, their
/// types, how many rows there are. Its data are never looked at.
#ifndef CRATE_DATA_PARQUET_H
#define CRATE_DATA_PARQUET_H
#include <cratekit/buffer.h>
#include <cratekit/package.h>

/// How a column's values are stored: `Type` of the format.
typedef enum {
  CRATE_PARQUET_BOOLEAN,
  CRATE_PARQUET_INT32,
  CRATE_PARQUET_INT64,
  CRATE_PARQUET_INT96, ///< Of old writers, always a time stamp.
  CRATE_PARQUET_FLOAT,
  CRATE_PARQUET_DOUBLE,
  CRATE_PARQUET_BYTES,
  CRATE_PARQUET_FIXED_BYTES, ///< `size` of them.
} CrateParquetType;

/// What is meant by them: `LogicalType`, or `ConvertedType` of old writers.
typedef enum {
  CRATE_PARQUET_PLAIN, ///< What the type says, or nothing.
  CRATE_PARQUET_STRING,
  CRATE_PARQUET_MAP,
  CRATE_PARQUET_LIST,
  CRATE_PARQUET_ENUM,
  CRATE_PARQUET_DECIMAL,
  CRATE_PARQUET_DATE,
  CRATE_PARQUET_TIME,
  CRATE_PARQUET_TIMESTAMP,
  CRATE_PARQUET_INTERVAL,
  CRATE_PARQUET_INTEGER, ///< Of `bits`, perhaps `is_unsigned`.
  CRATE_PARQUET_NULL,    ///< There are no values.
  CRATE_PARQUET_JSON,
  CRATE_PARQUET_BSON,
  CRATE_PARQUET_UUID,
  CRATE_PARQUET_FLOAT16,
  CRATE_PARQUET_VARIANT,
  CRATE_PARQUET_GEOMETRY,
  CRATE_PARQUET_GEOGRAPHY,
  CRATE_PARQUET_FILE,
  CRATE_PARQUET_PAIRS, ///< Inside of an old map; alone, it is a map.
  CRATE_PARQUET_OTHER, ///< Newer than this reader.
} CrateParquetLogical;

typedef enum {
  CRATE_PARQUET_NO_UNIT,
  CRATE_PARQUET_MILLISECONDS,
  CRATE_PARQUET_MICROSECONDS,
  CRATE_PARQUET_NANOSECONDS,
} CrateParquetUnit;

/// A node of the schema's tree: a group of columns, or a leaf, which has
/// values. Children lie behind their parent: the first at its index plus 1,
/// each other one at the `end` of the one before.
typedef struct CrateParquetColumn {
  CrateText name;
  CrateText path;        ///< From below the root, with dots: "a.list.element".
  CrateParquetType type; ///< Of a leaf.
  CrateParquetLogical logical;
  CrateParquetUnit unit; ///< Of a time or time stamp.
  bool group;
  bool optional;    ///< It may be null.
  bool repeated;    ///< Any number of times, none included.
  bool utc;         ///< A time or time stamp is in UTC, else in local time.
  bool is_unsigned; ///< Of an integer.
  uint8_t bits;     ///< Of an integer.
  uint32_t size;    ///< Of CRATE_PARQUET_FIXED_BYTES.
  int32_t precision, scale; ///< Of a decimal.
  uint32_t parent;          ///< Of the root, itself.
  uint32_t end;             ///< Index behind the last node below this one.
} CrateParquetColumn;

/// A footer. Lives in an arena; texts may be views of the footer's bytes.
typedef struct CrateParquet {
  const CrateParquetColumn *columns; ///< The root first, then by depth.
  uint32_t count;                    ///< Of columns, the root included.
  uint32_t leaves;
  uint32_t row_groups;
  uint64_t rows;
  CrateText created_by; ///< Or empty.
} CrateParquet;

/// Bytes at a file's end that tell how long its footer is.
#define CRATE_PARQUET_TAIL 8u

/**
   How long the footer is, which ends where the tail begins.

   @param name      For diagnostics.
   @param tail      The file's last bytes, CRATE_PARQUET_TAIL at least.
   @param file_size All of the file.
   @return CRATE_MALFORMED when that is no Parquet file or cannot be,
   CRATE_UNSUPPORTED when the footer is encrypted; said to the sink with code
   "invalid-parquet".
*/
CrateStatus crate_parquet_footer(const CrateWorld *world,
                                 CrateText name,
                                 CrateText tail,
                                 uint64_t file_size,
                                 uint64_t *size);

/**
   Read a footer.

   @param name   For diagnostics.
   @param footer Kept: must live as long as the arena.
   @return CRATE_MALFORMED, said to the sink, when it contradicts itself.
   Memory is linear in the footer's size.
*/
CrateStatus crate_parquet_read(const CrateWorld *world,
                               CrateText name,
                               CrateText footer,
                               CrateArena *arena,
                               CrateParquet *out);

/// Both for a file of a package. Answers as crate_package_tail(), too.
CrateStatus crate_parquet_open(CratePackage *package,
                               const CrateWorld *world,
                               CrateText path,
                               CrateArena *arena,
                               CrateParquet *out);

/// The first column of a path; 0, which is the root, when there is none.
uint32_t crate_parquet_find(const CrateParquet *parquet, CrateText path);

/// What a list is of: the index of its element, or of a repeated column the
/// column itself; 0 when it is no list.
uint32_t crate_parquet_element(const CrateParquet *parquet, uint32_t column);

/// Write a column's type in words: "string", "int64", "list of timestamp",
/// "map of string to record".
void crate_parquet_describe(const CrateParquet *parquet,
                            uint32_t column,
                            CrateBuffer *out);

#endif // CRATE_DATA_PARQUET_H
