// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 5.2: IRI Expansion.
#include "jsonld/context.h"
#include <cratekit/iri.h>

bool
crate_iri_has_form(CrateText text)
{
  return crate_iri_is_blank(text) || crate_iri_is_absolute(text);
}

/// Steps 3 and 6.3: a term of the local context is defined first.
static CrateStatus
define_first(CrateProcessor *p,
             CrateActive *active,
             CrateLocal *local,
             CrateText term)
{
  CrateLocalEntry *const entry = local ? crate_local_get(p, local, term) : NULL;
  if (!entry || entry->state == CRATE_TERM_DONE) {
    return CRATE_OK;
  }
  return crate_term_define(p, active, local, entry);
}

static CrateStatus
found(CrateExpansion *expansion, CrateKeyKind kind, CrateText text)
{
  expansion->kind = kind;
  expansion->text = text;
  return CRATE_OK;
}

static CrateStatus
join(CrateExpansion *expansion, CrateKeyKind kind, CrateText a, CrateText b)
{
  const CrateText parts[] = {a, b};
  expansion->kind = kind;
  return crate_arena_join(expansion->arena, parts, 2, &expansion->text);
}

/// Steps 4 and 5. `done` tells whether the value was a term.
static CrateStatus
expand_term(CrateProcessor *p,
            CrateActive *active,
            CrateText value,
            CrateExpansion *expansion,
            bool *done)
{
  const CrateDefinition *definition;
  CRATE_TRY(crate_active_find(p, active, value, &definition));
  expansion->definition = definition;
  *done = true;
  if (definition && definition->iri && definition->iri->keyword) {
    return found(expansion, CRATE_KEY_KEYWORD, definition->iri->text);
  }
  if (definition && expansion->vocab) {
    return definition->iri
             ? found(expansion, CRATE_KEY_TERM, definition->iri->text)
             : found(expansion, CRATE_KEY_NULL, (CrateText){NULL, 0});
  }
  *done = false;
  return CRATE_OK;
}

/// Step 6: an IRI, a compact IRI or a blank node identifier.
static CrateStatus
expand_colon(CrateProcessor *p,
             CrateActive *active,
             CrateText value,
             CrateExpansion *expansion,
             bool *done)
{
  const size_t colon = crate_text_find(value, ':');
  const CrateText prefix = crate_text_slice(value, 0, colon);
  const CrateText suffix = crate_text_slice(value, colon + 1, value.size);
  *done = true;
  // Step 6.2.
  if (crate_text_is(prefix, "_") ||
      crate_text_starts(suffix, CRATE_TEXT("//"))) {
    return found(expansion, CRATE_KEY_IRI, value);
  }
  // Steps 6.3 and 6.4.
  CRATE_TRY(define_first(p, active, expansion->local, prefix));
  const CrateDefinition *definition;
  CRATE_TRY(crate_active_find(p, active, prefix, &definition));
  if (definition && definition->iri && definition->is_prefix) {
    return join(expansion, CRATE_KEY_COMPACT, definition->iri->text, suffix);
  }
  // Step 6.5.
  if (crate_iri_is_absolute(value)) {
    return found(expansion, CRATE_KEY_IRI, value);
  }
  *done = false;
  return CRATE_OK;
}

CrateStatus
crate_iri_expand(CrateProcessor *p,
                 CrateActive *active,
                 CrateText value,
                 CrateExpansion *expansion)
{
  expansion->definition = NULL;
  if (crate_keyword_of(value)) { // step 1
    return found(expansion, CRATE_KEY_KEYWORD, value);
  }
  if (crate_keyword_like(value)) { // step 2
    return found(expansion, CRATE_KEY_NULL, (CrateText){NULL, 0});
  }
  bool done;
  CRATE_TRY(define_first(p, active, expansion->local, value));
  CRATE_TRY(expand_term(p, active, value, expansion, &done));
  if (!done &&
      crate_text_find(crate_text_slice(value, 1, value.size), ':') + 1 <
        value.size) {
    CRATE_TRY(expand_colon(p, active, value, expansion, &done));
  }
  if (done) {
    return CRATE_OK;
  }
  if (expansion->vocab && active->vocab.data) { // step 7
    return join(expansion, CRATE_KEY_VOCAB, active->vocab, value);
  }
  CRATE_TRY(found(expansion, CRATE_KEY_UNDEFINED, value)); // step 9
  if (expansion->document_relative && active->base.data) { // step 8
    return crate_iri_resolve(expansion->arena, active->base, value,
                             &expansion->text);
  }
  return CRATE_OK;
}
