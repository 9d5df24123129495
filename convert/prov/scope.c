// SPDX-License-Identifier: Apache-2.0
#include "convert/prov/scope.h"
#include <cratekit/iri.h>

CrateStatus
crate_prov_declare(CrateProvScope *scope, CrateText prefix, CrateText iri)
{
  CrateProv *const document = scope->document;
  if (!crate_iri_is_absolute(iri) || crate_iri_span(iri) < iri.size) {
    return CRATE_MALFORMED;
  }
  CrateText *const kept = crate_arena_allocate(&document->arena, sizeof(*kept));
  if (!kept) {
    return crate_arena_status(&document->arena);
  }
  CRATE_TRY(crate_arena_copy(&document->arena, prefix, &prefix));
  CRATE_TRY(crate_arena_copy(&document->arena, iri, kept));
  CRATE_TRY(crate_prov_add_prefix(document, prefix, *kept));
  return crate_map_put(&scope->namespaces, prefix, (uintptr_t)kept);
}

CrateStatus
crate_prov_scope_init(CrateProvScope *scope,
                      CrateProv *document,
                      const CrateProvScope *outer)
{
  *scope = (CrateProvScope){.document = document, .outer = outer};
  crate_map_init(&scope->namespaces, document->world);
  if (outer) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_prov_declare(scope, CRATE_TEXT("prov"),
                               CRATE_TEXT(CRATE_PROV_NAMESPACE)));
  return crate_prov_declare(scope, CRATE_TEXT("xsd"),
                            CRATE_TEXT(CRATE_PROV_XSD));
}

void
crate_prov_scope_clear(CrateProvScope *scope)
{
  crate_map_clear(&scope->namespaces);
}

CrateStatus
crate_prov_expand(const CrateProvScope *scope,
                  CrateText prefix,
                  CrateText local,
                  CrateTerm *out)
{
  CrateProv *const document = scope->document;
  uintptr_t found = 0;
  while (scope && !crate_map_get(&scope->namespaces, prefix, &found)) {
    scope = scope->outer;
  }
  if (!scope) {
    return CRATE_NOT_FOUND;
  }
  return crate_prov_join(document, *(const CrateText *)found, local, out);
}

CrateStatus
crate_prov_join(CrateProv *document,
                CrateText space,
                CrateText local,
                CrateTerm *out)
{
  CrateBuffer *const whole = &document->scratch;
  whole->size = 0;
  crate_buffer_add(whole, space);
  crate_buffer_add(whole, local);
  CRATE_TRY(crate_buffer_status(whole));
  const CrateText iri = crate_buffer_text(whole);
  const CrateText blank = CRATE_TEXT(CRATE_PROV_BLANK);
  if (crate_text_starts(iri, blank)) {
    return crate_prov_blank(document,
                            crate_text_slice(iri, blank.size, iri.size), out);
  }
  return !crate_iri_is_absolute(iri) || crate_iri_span(iri) < iri.size
           ? CRATE_MALFORMED
           : crate_terms_iri(document->terms, iri, out);
}

CrateStatus
crate_prov_term(CrateProv *document, const char *name, CrateTerm *out)
{
  CrateBuffer *const whole = &document->scratch;
  whole->size = 0;
  crate_buffer_add_string(whole, CRATE_PROV_NAMESPACE);
  crate_buffer_add_string(whole, name);
  CRATE_TRY(crate_buffer_status(whole));
  return crate_terms_iri(document->terms, crate_buffer_text(whole), out);
}
