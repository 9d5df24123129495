// SPDX-License-Identifier: Apache-2.0
/// @file Lexical spaces of XML Schema Definition Language 1.1 part 2.
#ifndef CRATE_SHAPES_LEXICAL_H
#define CRATE_SHAPES_LEXICAL_H
#include "validate/shapes/datatype.h"

bool crate_lexical_boolean(CrateText text);

bool crate_lexical_decimal(CrateText text);

bool crate_lexical_integer(CrateText text);

bool crate_lexical_double(CrateText text);

bool crate_lexical_duration(CrateText text);

bool crate_lexical_year_month(CrateText text);

bool crate_lexical_day_time(CrateText text);

bool crate_lexical_hex(CrateText text);

bool crate_lexical_base64(CrateText text);

bool crate_lexical_language(CrateText text);

bool crate_lexical_normalized(CrateText text);

bool crate_lexical_token(CrateText text);

bool crate_lexical_nmtoken(CrateText text);

bool crate_lexical_name(CrateText text);

bool crate_lexical_ncname(CrateText text);

/// Which parts a date or time is written with; ZONE makes the zone a must.
enum {
  CRATE_TIME_YEAR = 1,
  CRATE_TIME_MONTH = 2,
  CRATE_TIME_DAY = 4,
  CRATE_TIME_CLOCK = 8,
  CRATE_TIME_ZONE = 16,
};
typedef unsigned CrateTimeFields;

/// Read a date, a time or a part of one; false when it is not well written.
bool crate_lexical_time(CrateText text,
                        CrateTimeFields fields,
                        CrateTimePoint *out);

#endif // CRATE_SHAPES_LEXICAL_H
