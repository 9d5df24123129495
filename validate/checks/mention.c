// SPDX-License-Identifier: Apache-2.0
// Who speaks of an entity.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

/// As many namesakes as are looked at; more are no names.
#define MOST_NAMESAKES 64u

/// Each value node is the object of a statement with another property than the
/// parameter's. The IRI of no property, ck:nothing, say, leaves out none.
CrateStatus
crate_check_used_besides(const CrateNativeCall *call)
{
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateQuadList list =
      crate_graph_towards(call->data, CRATE_NO_TERM, call->values[i]);
    bool used = false;
    for (size_t j = 0; j < list.count && !used; ++j) {
      used = crate_quad_list_at(list, j)->predicate != call->parameter;
    }
    if (!used) {
      CRATE_TRY(call->report(call, call->values[i], CRATE_NO_ORIGIN,
                             CRATE_TEXT("nothing refers to it")));
    }
  }
  return CRATE_OK;
}

typedef struct {
  const CrateNativeCall *call;
  CrateTerm instrument, name, example_of_work;
} Namesakes;

/// Whether a tool of the focus node has a parameter among those with a name.
static bool
has_parameter(const Namesakes *namesakes, CrateQuadList named)
{
  const CrateGraph *const data = namesakes->call->data;
  const CrateQuadRange tools =
    crate_graph_about(data, namesakes->call->focus, namesakes->instrument);
  for (size_t i = 0; i < tools.count && i < MOST_NAMESAKES; ++i) {
    for (size_t j = 0; j < named.count && j < MOST_NAMESAKES; ++j) {
      if (crate_graph_find(data, tools.first[i].object,
                           namesakes->call->parameter,
                           crate_quad_list_at(named, j)->subject)) {
        return true;
      }
    }
  }
  return false;
}

static bool
misses_link(const Namesakes *namesakes, CrateTerm value)
{
  const CrateGraph *const data = namesakes->call->data;
  const CrateTerm name = crate_graph_object(data, value, namesakes->name);
  const bool linked =
    namesakes->example_of_work &&
    crate_graph_object(data, value, namesakes->example_of_work);
  return name && !linked &&
         has_parameter(namesakes,
                       crate_graph_towards(data, namesakes->name, name));
}

/// A value that is called like a parameter of the focus node's instrument, one
/// that the property in the parameter leads to, has an exampleOfWork.
CrateStatus
crate_check_namesake_linked(const CrateNativeCall *call)
{
  const CrateTerms *const terms = crate_graph_terms(call->data);
  const Namesakes namesakes = {
    .call = call,
    .instrument = crate_terms_find_iri(terms, CRATE_TEXT(SCHEMA "instrument")),
    .name = crate_terms_find_iri(terms, CRATE_TEXT(SCHEMA "name")),
    .example_of_work =
      crate_terms_find_iri(terms, CRATE_TEXT(SCHEMA "exampleOfWork")),
  };
  for (size_t i = 0; i < call->value_count; ++i) {
    if (namesakes.instrument && namesakes.name &&
        misses_link(&namesakes, call->values[i])) {
      CRATE_TRY(call->report(call, call->values[i], CRATE_NO_ORIGIN,
                             CRATE_TEXT("a parameter has the same name")));
    }
  }
  return CRATE_OK;
}
