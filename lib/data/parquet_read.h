// SPDX-License-Identifier: Apache-2.0
/// @file Inside of a Parquet footer. Names are those of the format's Thrift
/// definition (parquet-format: src/main/thrift/parquet.thrift).
#ifndef CRATE_DATA_PARQUET_READ_H
#define CRATE_DATA_PARQUET_READ_H
#include "data/parquet.h"
#include "data/thrift.h"

/// A footer while it is read.
typedef struct CrateParquetReader {
  const CrateWorld *world;
  CrateText name;
  CrateArena *arena;
  size_t footer_size;
  CrateParquetColumn *columns;
  uint32_t count, leaves;
} CrateParquetReader;

/// Say what is wrong with a file: CRATE_MALFORMED, or another status.
CRATE_PRINTF(4, 5)
CrateStatus crate_parquet_refuse(const CrateWorld *world,
                                 CrateText name,
                                 CrateStatus status,
                                 const char *format,
                                 ...);

/// Say what a reading came to; CRATE_OK when nothing is wrong.
CrateStatus crate_parquet_refuse_thrift(const CrateParquetReader *reader,
                                        const CrateThrift *thrift);

/// Read the columns: list<SchemaElement>, of a field of that type.
CrateStatus crate_parquet_read_schema(CrateParquetReader *reader,
                                      CrateThrift *thrift,
                                      CrateThriftType type);

/// What a physical type is called.
const char *crate_parquet_type_name(CrateParquetType type);

#endif // CRATE_DATA_PARQUET_READ_H
