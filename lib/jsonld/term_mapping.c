// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 4.2.2, steps 11 to 18: what a term stands for.
#include "jsonld/term_definition.h"
#include <cratekit/iri.h>

CrateStatus
crate_define_fail(const CrateDefining *d,
                  const CrateJson *at,
                  const char *code,
                  const char *message)
{
  return CRATE_FAIL(d->p, d->local->inputs->source, at->offset, code,
                    "term \"%.*s\": %s",
                    CRATE_TEXT_ARG(crate_json_text(d->entry->key)), message);
}

/// IRI expand within the context being processed.
static CrateStatus
expand(const CrateDefining *d, CrateText text, CrateExpansion *expansion)
{
  *expansion =
    (CrateExpansion){.vocab = true, .local = d->local, .arena = &d->p->arena};
  return crate_iri_expand(d->p, d->active, text, expansion);
}

static CrateStatus
set_iri(const CrateDefining *d, CrateText text)
{
  d->definition->iri = crate_processor_name(d->p, text);
  return d->definition->iri ? CRATE_OK : crate_processor_out_of_memory(d->p);
}

CrateStatus
crate_define_protected(CrateDefining *d)
{
  const CrateJson *const value =
    crate_json_get(d->value, CRATE_TEXT("@protected"));
  if (!value) {
    return CRATE_OK;
  }
  if (!crate_json_is(value, CRATE_JSON_TRUE) &&
      !crate_json_is(value, CRATE_JSON_FALSE)) {
    return crate_define_fail(d, value, "invalid-@protected-value",
                             "@protected takes true or false");
  }
  if (d->p->options.processing_1_0) {
    return crate_define_fail(d, value, "invalid-term-definition",
                             "@protected needs processing mode json-ld-1.1");
  }
  d->definition->is_protected = crate_json_is(value, CRATE_JSON_TRUE);
  return CRATE_OK;
}

CrateStatus
crate_define_type(CrateDefining *d)
{
  const CrateJson *const value = crate_json_get(d->value, CRATE_TEXT("@type"));
  if (!value) {
    return CRATE_OK;
  }
  if (!crate_json_is(value, CRATE_JSON_STRING)) { // step 12.1
    return crate_define_fail(d, value, "invalid-type-mapping",
                             "@type takes an IRI as a string");
  }
  CrateExpansion type;
  CRATE_TRY(expand(d, crate_json_text(value), &type)); // step 12.2
  const CrateKeyword keyword = crate_keyword_of(type.text);
  const uint32_t always = CRATE_BIT(CRATE_AT_ID) | CRATE_BIT(CRATE_AT_VOCAB);
  const uint32_t newer = CRATE_BIT(CRATE_AT_JSON) | CRATE_BIT(CRATE_AT_NONE);
  const uint32_t allowed = always | (d->p->options.processing_1_0 ? 0 : newer);
  // Steps 12.3 and 12.4.
  if (keyword ? !(CRATE_BIT(keyword) & allowed)
              : type.kind == CRATE_KEY_NULL || crate_iri_is_blank(type.text) ||
                  !crate_iri_is_absolute(type.text)) {
    return crate_define_fail(d, value, "invalid-type-mapping",
                             "@type takes @id, @vocab, @json, @none or an "
                             "absolute IRI");
  }
  d->definition->type = crate_processor_name(d->p, type.text);
  return d->definition->type ? CRATE_OK : crate_processor_out_of_memory(d->p);
}

/// Step 13.5: reverse properties know @set and @index only.
static CrateStatus
reverse_container(CrateDefining *d)
{
  const CrateJson *const value =
    crate_json_get(d->value, CRATE_TEXT("@container"));
  if (!value || crate_json_is(value, CRATE_JSON_NULL)) {
    return CRATE_OK;
  }
  const CrateKeyword keyword = crate_json_is(value, CRATE_JSON_STRING)
                                 ? crate_keyword_of(crate_json_text(value))
                                 : CRATE_KEYWORD_NONE;
  if (keyword != CRATE_AT_SET && keyword != CRATE_AT_INDEX) {
    return crate_define_fail(d, value, "invalid-reverse-property",
                             "the container of a reverse property is @set or "
                             "@index");
  }
  d->definition->container = CRATE_BIT(keyword);
  return CRATE_OK;
}

CrateStatus
crate_define_reverse(CrateDefining *d, bool *is_reverse, bool *skip)
{
  const CrateJson *const value =
    crate_json_get(d->value, CRATE_TEXT("@reverse"));
  *is_reverse = value != NULL;
  *skip = false;
  if (!value) {
    return CRATE_OK;
  }
  if (crate_json_get(d->value, CRATE_TEXT("@id")) ||
      crate_json_get(d->value, CRATE_TEXT("@nest"))) { // step 13.1
    return crate_define_fail(d, value, "invalid-reverse-property",
                             "@reverse stands beside no @id and no @nest");
  }
  if (!crate_json_is(value, CRATE_JSON_STRING)) { // step 13.2
    return crate_define_fail(d, value, "invalid-IRI-mapping",
                             "@reverse takes an IRI as a string");
  }
  if (crate_keyword_like(crate_json_text(value))) { // step 13.3
    *skip = true;
    return CRATE_OK;
  }
  CrateExpansion iri;
  CRATE_TRY(expand(d, crate_json_text(value), &iri)); // step 13.4
  if (iri.kind == CRATE_KEY_NULL || !crate_iri_has_form(iri.text)) {
    return crate_define_fail(d, value, "invalid-IRI-mapping",
                             "@reverse takes an absolute IRI or blank node");
  }
  d->definition->is_reverse = true; // step 13.6
  CRATE_TRY(set_iri(d, iri.text));
  return reverse_container(d);
}

/// Step 14.2.5: may the term be a prefix?
static bool
may_be_prefix(const CrateDefining *d, CrateText iri)
{
  const CrateText term = d->definition->term;
  const bool has_end =
    iri.size && memchr(":/?#[]@", iri.data[iri.size - 1], 7) != NULL;
  return d->is_simple && crate_text_find(term, ':') == term.size &&
         crate_text_find(term, '/') == term.size &&
         (has_end || crate_iri_is_blank(iri)) && crate_iri_has_form(iri);
}

/// Step 14.2.4: a term that looks like an IRI must mean that IRI.
static CrateStatus
check_iri_like(const CrateDefining *d, CrateText iri)
{
  const CrateText term = d->definition->term;
  const CrateText inner = crate_text_slice(term, 1, term.size - 1);
  if (crate_text_find(inner, ':') == inner.size &&
      crate_text_find(term, '/') == term.size) {
    return CRATE_OK;
  }
  d->entry->state = CRATE_TERM_DONE;
  CrateExpansion own;
  CRATE_TRY(expand(d, term, &own));
  if (own.kind == CRATE_KEY_NULL || !crate_text_equal(own.text, iri)) {
    return crate_define_fail(d, d->id, "invalid-IRI-mapping",
                             "a term in the form of an IRI must map to that "
                             "IRI");
  }
  return CRATE_OK;
}

/// Step 14.2.
static CrateStatus
define_by_id(CrateDefining *d, bool *skip)
{
  if (!crate_json_is(d->id, CRATE_JSON_STRING)) {
    return crate_define_fail(d, d->id, "invalid-IRI-mapping",
                             "@id takes an IRI as a string, or null");
  }
  const CrateText id = crate_json_text(d->id);
  if (!crate_keyword_of(id) && crate_keyword_like(id)) {
    *skip = true;
    return CRATE_OK;
  }
  CrateExpansion iri;
  CRATE_TRY(expand(d, id, &iri));
  const CrateKeyword keyword = crate_keyword_of(iri.text);
  if (iri.kind == CRATE_KEY_NULL ||
      (!keyword && !crate_iri_has_form(iri.text))) {
    return crate_define_fail(d, d->id, "invalid-IRI-mapping",
                             "@id takes an absolute IRI, a blank node or a "
                             "keyword; is a prefix or @vocab missing?");
  }
  if (keyword == CRATE_AT_CONTEXT) {
    return crate_define_fail(d, d->id, "invalid-keyword-alias",
                             "@context cannot have an alias");
  }
  CRATE_TRY(check_iri_like(d, iri.text));
  d->definition->is_prefix = may_be_prefix(d, iri.text);
  return set_iri(d, iri.text);
}

/// Step 15: the term is a compact IRI, an IRI or a blank node itself.
static CrateStatus
define_by_colon(CrateDefining *d)
{
  const CrateText term = d->definition->term;
  const size_t colon = crate_text_find(term, ':');
  const CrateText prefix = crate_text_slice(term, 0, colon);
  CrateLocalEntry *const entry = crate_local_get(d->p, d->local, prefix);
  if (entry) {
    CRATE_TRY(crate_term_define(d->p, d->active, d->local, entry));
  }
  const CrateDefinition *definition;
  CRATE_TRY(crate_active_find(d->p, d->active, prefix, &definition));
  if (!definition || !definition->iri) {
    return set_iri(d, term);
  }
  const CrateText parts[] = {definition->iri->text,
                             crate_text_slice(term, colon + 1, term.size)};
  CrateText joined;
  CRATE_TRY(crate_arena_join(&d->p->arena, parts, 2, &joined));
  return set_iri(d, joined);
}

/// Steps 16 to 18.
static CrateStatus
define_by_vocab(CrateDefining *d)
{
  const CrateText term = d->definition->term;
  if (crate_keyword_of(term) == CRATE_AT_TYPE) { // step 17
    return set_iri(d, term);
  }
  if (crate_text_find(term, '/') < term.size) { // step 16
    CrateExpansion iri;
    d->entry->state = CRATE_TERM_DONE; // or it would wait for itself
    CRATE_TRY(expand(d, term, &iri));
    if (iri.kind != CRATE_KEY_NULL && crate_iri_is_absolute(iri.text)) {
      return set_iri(d, iri.text);
    }
  } else if (d->active->vocab.data) { // step 18
    const CrateText parts[] = {d->active->vocab, term};
    CrateText joined;
    CRATE_TRY(crate_arena_join(&d->p->arena, parts, 2, &joined));
    return set_iri(d, joined);
  }
  return crate_define_fail(d, d->entry->key, "invalid-IRI-mapping",
                           "there is no @id and no @vocab to make an IRI of");
}

CrateStatus
crate_define_iri(CrateDefining *d, bool *skip)
{
  const CrateText term = d->definition->term;
  if (d->id && !(crate_json_is(d->id, CRATE_JSON_STRING) &&
                 crate_text_equal(crate_json_text(d->id), term))) {
    return crate_json_is(d->id, CRATE_JSON_NULL) ? CRATE_OK // step 14.1
                                                 : define_by_id(d, skip);
  }
  const CrateText tail = crate_text_slice(term, 1, term.size);
  return crate_text_find(tail, ':') < tail.size ? define_by_colon(d)
                                                : define_by_vocab(d);
}
