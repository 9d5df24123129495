// SPDX-License-Identifier: Apache-2.0
// RO-Crate as a dialect: classify.c does the work.
#include "crate/classify.h"
#include "crate/dialect.h"

static bool
is_metadata_name(CrateText name)
{
  static const CrateText names[] = {{"ro-crate-metadata.json", 22},
                                    {"ro-crate-metadata.jsonld", 24}};
  for (size_t i = 0; i < 2; ++i) {
    if (crate_text_ends(name, names[i])) {
      return true;
    }
  }
  return false;
}

static bool
has_version(CrateText iri)
{
  return crate_version_of(iri).size > 0;
}

/// A document tells by its name, its context or its descriptor.
bool
crate_ro_crate_is_spoken(const CrateView *view)
{
  const CrateJson *const root = view->document.root;
  const CrateJson *const graph = crate_json_get(root, CRATE_TEXT("@graph"));
  if (is_metadata_name(crate_package_metadata(view->package)) ||
      crate_document_has_text(crate_json_get(root, CRATE_TEXT("@context")),
                              false, has_version)) {
    return true;
  }
  for (const CrateJson *item = crate_json_first(graph); item;
       item = item->next) {
    const CrateJson *const id = crate_json_get(item, CRATE_TEXT("@id"));
    if (crate_json_is(id, CRATE_JSON_STRING) &&
        is_metadata_name(crate_json_text(id))) {
      return true;
    }
  }
  return false;
}

CrateStatus
crate_ro_crate_understand(CrateView *view, CrateText root)
{
  (void)root; // the descriptor names it
  crate_find_root(view);
  return crate_classify(view);
}

CrateText
crate_ro_crate_version(const CrateView *view)
{
  return view->version;
}

const char *
crate_ro_crate_fallback(const CrateView *view)
{
  return crate_text_is(crate_package_metadata(view->package),
                       "ro-crate-metadata.jsonld")
           ? "ro-crate-1.0"
           : "ro-crate-1.1";
}
