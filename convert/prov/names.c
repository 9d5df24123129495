// SPDX-License-Identifier: Apache-2.0
#include "convert/prov/names.h"
#include <stdio.h>

/// A name of PROV, none for NULL.
static CrateStatus
find(CrateTerms *terms, const char *name, CrateTerm *out)
{
  char iri[sizeof(CRATE_PROV_NAMESPACE) + 32];
  *out = CRATE_NO_TERM;
  if (!name) {
    return CRATE_OK;
  }
  snprintf(iri, sizeof(iri), "%s%s", CRATE_PROV_NAMESPACE, name);
  return crate_terms_iri(terms, crate_text(iri), out);
}

static CrateStatus
find_kind(CrateTerms *terms, CrateProvKind kind, CrateProvKindNames *names)
{
  const CrateProvKindInfo *const info = crate_prov_kind(kind);
  CRATE_TRY(find(terms, info->type, &names->type));
  CRATE_TRY(find(terms, info->name, &names->plain));
  CRATE_TRY(find(terms, info->qualified, &names->qualified));
  for (unsigned i = 0; i < CRATE_PROV_ARGUMENTS; ++i) {
    CRATE_TRY(find(terms, info->arguments[i].property, &names->arguments[i]));
  }
  return CRATE_OK;
}

CrateStatus
crate_prov_names_find(CrateTerms *terms, CrateProvNames *names)
{
  CRATE_TRY(find(terms, "type", &names->type));
  CRATE_TRY(find(terms, "Bundle", &names->bundle));
  CRATE_TRY(find(terms, "generated", &names->generated));
  CRATE_TRY(find(terms, "invalidated", &names->invalidated));
  for (size_t i = 0; i < CRATE_PROV_SUBTYPES; ++i) {
    const CrateProvSubtype *const subtype = crate_prov_subtype(i);
    CrateProvSubtypeNames *const found = &names->subtypes[i];
    CRATE_TRY(find(terms, subtype->type, &found->type));
    CRATE_TRY(find(terms, subtype->plain, &found->plain));
    CRATE_TRY(find(terms, subtype->qualified, &found->qualified));
  }
  CRATE_TRY(find(terms, "generatedAtTime", &names->generated_at));
  CRATE_TRY(find(terms, "invalidatedAtTime", &names->invalidated_at));
  for (size_t i = 0; i < CRATE_PROV_ALIASES; ++i) {
    const CrateProvAlias *const alias = crate_prov_alias(i);
    CRATE_TRY(crate_terms_iri(terms, crate_text(alias->attribute),
                              &names->attributes[i]));
    CRATE_TRY(crate_terms_iri(terms, crate_text(alias->property),
                              &names->properties[i]));
  }
  for (int kind = 0; kind < CRATE_PROV_KIND_COUNT; ++kind) {
    CRATE_TRY(find_kind(terms, (CrateProvKind)kind, &names->kinds[kind]));
  }
  return CRATE_OK;
}
