// SPDX-License-Identifier: Apache-2.0
/// @file XSD datatypes: lexical spaces and order of values.
#ifndef CRATE_SHAPES_DATATYPE_H
#define CRATE_SHAPES_DATATYPE_H
#include "validate/shapes/key_map.h"

/// How values of a datatype are compared.
typedef enum {
  CRATE_ORDER_NONE,
  CRATE_ORDER_STRING,
  CRATE_ORDER_BOOLEAN,
  CRATE_ORDER_DECIMAL,
  CRATE_ORDER_DOUBLE,
  CRATE_ORDER_FLOAT,
  CRATE_ORDER_TIME_POINT, ///< Only with values of the same datatype.
} CrateOrderKind;

typedef enum {
  CRATE_LESS,
  CRATE_EQUAL,
  CRATE_GREATER,
  CRATE_INCOMPARABLE,
} CrateOrder;

/// Fill a map from datatype IRIs to numbers, interning the IRIs.
CRATE_NODISCARD CrateStatus crate_datatypes_register(CrateTerms *terms,
                                                     CrateKeyMap *map);

/// Whether a lexical form belongs to a datatype of the map (0: any does).
bool crate_datatype_has(uint32_t datatype, CrateText lexical);

CrateOrderKind crate_datatype_order(uint32_t datatype);

/// The point on the time line that a lexical form of a TIME_POINT datatype
/// means.
typedef struct CrateTimePoint {
  int64_t second;     // from an arbitrary day on, UTC when zoned
  CrateText fraction; // digits after the point, trailing zeros cut
  bool zoned;
} CrateTimePoint;

/// False when the lexical form is wrong or the year beyond all reckoning.
bool crate_datatype_time(uint32_t datatype,
                         CrateText lexical,
                         CrateTimePoint *out);

/// Compare two literals as SPARQL 1.1 17.3 does, with XSD's own order for
/// the dates that SPARQL leaves out. Anything else is incomparable.
CrateOrder crate_value_compare(const CrateTerms *terms,
                               const CrateKeyMap *datatypes,
                               CrateTerm a,
                               CrateTerm b);

#endif // CRATE_SHAPES_DATATYPE_H
