// SPDX-License-Identifier: Apache-2.0
// Parquet: what its footer says of columns and their types. Values are not
// looked at.
#include "validate/data/data.h"

CrateStatus
crate_data_read_parquet(const CrateDataReading *reading)
{
  return crate_data_add_gap(reading->data, CRATE_DATA_COLUMN, false,
                            "\"%.*s\" is Parquet",
                            CRATE_TEXT_ARG(reading->file->name));
}
