// SPDX-License-Identifier: Apache-2.0
// Profile Crates: 1.2 profiles#profile-crate.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

/// Whether a value of `about` means the root; a string does, too: it is a
/// flaw of its own.
static bool
means_root(const CrateView *view, CrateTerm value)
{
  return value == view->root->term ||
         (crate_terms_kind(view->terms, value) == CRATE_TERM_LITERAL &&
          crate_text_equal(crate_terms_info(view->terms, value).text,
                           view->root->id));
}

/// Entities, other than the descriptor, that are about the root.
static CrateTerm
find_description(const CrateView *view, bool *listed)
{
  const CrateTerm about =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA "about"));
  const CrateTerm has_part =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA "hasPart"));
  const CrateQuadList list = crate_graph_with(view->graph, about);
  CrateTerm found = CRATE_NO_TERM;
  *listed = false;
  for (size_t i = 0; i < list.count; ++i) {
    const CrateTerm subject = crate_quad_list_at(list, i)->subject;
    if (subject != view->descriptor->term &&
        means_root(view, crate_quad_list_at(list, i)->object)) {
      found = subject;
      *listed =
        *listed || (has_part && crate_graph_find(view->graph, view->root->term,
                                                 has_part, subject));
    }
  }
  return found;
}

/// Parameter "present": there is a description of the profile. Parameter
/// "listed": if so, the root's hasPart lists it.
CrateStatus
crate_check_profile_description(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool ask_listed = crate_text_is(crate_check_parameter(call), "listed");
  bool listed = false;
  const CrateTerm found = find_description(view, &listed);
  if (ask_listed && found && !listed) {
    return crate_check_report(
      call, view->root->id_offset,
      "the profile description \"%.*s\" is not in the root's hasPart",
      CRATE_TEXT_ARG(crate_view_name(view, found)));
  }
  return ask_listed || found
           ? CRATE_OK
           : crate_check_report(call, view->root->id_offset,
                                "no entity is about the profile");
}
