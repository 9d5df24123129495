// SPDX-License-Identifier: Apache-2.0
/// @file What literals mean: 17.1 to 17.3. Numbers are exact up to 18 digits;
/// larger ones are doubles.
#ifndef CRATE_SPARQL_VALUE_H
#define CRATE_SPARQL_VALUE_H
#include "sparql/run.h"

typedef enum {
  CRATE_VALUE_NONE,   ///< No literal, or of a datatype that is not known.
  CRATE_VALUE_STRING, ///< xsd:string
  CRATE_VALUE_TAGGED, ///< rdf:langString
  CRATE_VALUE_BOOLEAN,
  CRATE_VALUE_INTEGER, ///< xsd:integer and those derived from it
  CRATE_VALUE_DECIMAL,
  CRATE_VALUE_DOUBLE, ///< xsd:double and xsd:float
  CRATE_VALUE_TIME,   ///< xsd:dateTime
  CRATE_VALUE_DATE,
} CrateValueClass;

/// A literal that was looked into.
typedef struct CrateValue {
  CrateValueClass kind;
  bool sound;     ///< The lexical form is one of the datatype.
  bool truth;     ///< BOOLEAN
  bool zoned;     ///< TIME, DATE
  bool exact;     ///< INTEGER, DECIMAL: `digits` holds it.
  unsigned scale; ///< Digits of `digits` behind the point.
  int64_t digits; ///< TIME and DATE: seconds.
  uint32_t nanoseconds;
  double real; ///< Of every number.
  CrateText text;
} CrateValue;

/// Look into a term.
CRATE_NODISCARD CrateStatus crate_value_read(const CrateRun *run,
                                             CrateTerm term,
                                             CrateValue *out);

static inline bool
crate_value_is_number(const CrateValue *value)
{
  return value->kind >= CRATE_VALUE_INTEGER &&
         value->kind <= CRATE_VALUE_DOUBLE;
}

/// A number of a lexical form, of whichever datatype fits.
CRATE_NODISCARD CrateStatus crate_value_number(const CrateRun *run,
                                               CrateText lexical,
                                               CrateValue *out);

/// xsd:dateTime, or xsd:date with `date`; false when it is none.
bool crate_value_time(CrateText lexical, bool date, CrateValue *out);

typedef enum {
  CRATE_ORDER_LESS,
  CRATE_ORDER_EQUAL,
  CRATE_ORDER_GREATER,
  CRATE_ORDER_UNEQUAL, ///< And neither is less.
  CRATE_ORDER_ERROR,   ///< Nobody knows.
} CrateValueOrder;

/// 17.3: values of one kind by their order; RDFterm-equal for others.
CrateValueOrder crate_value_order(const CrateValue *a, const CrateValue *b);

/// 17.3: `operator` is one of + - * /. False for an error.
bool crate_value_calculate(char operator,
                           const CrateValue * a,
                           const CrateValue *b,
                           CrateValue *out);

/// A literal of a number.
CRATE_NODISCARD CrateStatus crate_value_write(const CrateRun *run,
                                              const CrateValue *value,
                                              CrateTerm *out);

#endif // CRATE_SPARQL_VALUE_H
