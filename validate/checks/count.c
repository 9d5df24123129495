// SPDX-License-Identifier: Apache-2.0
// Two properties that correspond, value by value.
#include "validate/checks/checks.h"

/// Where the path has several values, and the parameter's property too, there
/// are as many of the one as of the other. Lists are single values.
CrateStatus
crate_check_count_of(const CrateNativeCall *call)
{
  const CrateTerms *const terms = crate_graph_terms(call->data);
  const CrateTerm other =
    crate_terms_find_iri(terms, crate_check_parameter(call));
  const size_t count =
    other ? crate_graph_about(call->data, call->focus, other).count : 0;
  return call->value_count < 2 || count < 2 || call->value_count == count
           ? CRATE_OK
           : crate_check_report(call, CRATE_NO_ORIGIN, "there are %zu and %zu",
                                call->value_count, count);
}
