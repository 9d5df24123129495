// SPDX-License-Identifier: Apache-2.0
/// @file Functions and operators: section 17.
#ifndef CRATE_SPARQL_FUNCTIONS_H
#define CRATE_SPARQL_FUNCTIONS_H
#include "sparql/run.h"

/// A call in progress. Every argument has a value.
typedef struct CrateCall {
  CrateRun *run;
  CrateTerm arguments[CRATE_MOST_ARGUMENTS];
  uint32_t count;
} CrateCall;

/// Answers 0 where SPARQL speaks of an error.
typedef CrateStatus (*CrateFunctionVerb)(CrateCall *call, CrateTerm *out);

/// One row of a table.
typedef struct CrateFunction {
  const char *name; ///< In upper case, or an operator, or the IRI of a cast.
  CrateFunctionVerb call;
  uint32_t least, most; ///< Arguments.
} CrateFunction;

/// By name, in any case; NULL when there is none.
const CrateFunction *crate_function_find(CrateText name);

/// Whether SPARQL has a function of this name that is not done here.
bool crate_function_elsewhere(CrateText name);

/// "!", in evaluate.c
CrateStatus crate_function_not(CrateCall *call, CrateTerm *out);

/// 17.4.3, in strings.c
CrateStatus crate_function_concat(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_contains(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_encode(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_lower(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_regex(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_replace(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_after(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_before(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_ends(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_length(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_starts(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_substring(CrateCall *call, CrateTerm *out);
CrateStatus crate_function_upper(CrateCall *call, CrateTerm *out);

#endif // CRATE_SPARQL_FUNCTIONS_H
