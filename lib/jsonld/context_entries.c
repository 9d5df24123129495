// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 4.1.2, steps 5.5 to 5.11: what a context says beside terms.
#include "jsonld/context.h"
#include <cratekit/iri.h>

static CrateStatus
needs_1_1(CrateProcessor *p, const CrateSource *source, const CrateJson *key)
{
  return CRATE_FAIL(p, source, key->offset, "invalid-context-entry",
                    "%.*s needs processing mode json-ld-1.1",
                    CRATE_TEXT_ARG(crate_json_text(key)));
}

CrateStatus
crate_context_version(CrateProcessor *p,
                      const CrateSource *source,
                      const CrateJson *value)
{
  if (!crate_json_is(value, CRATE_JSON_NUMBER) ||
      (!crate_text_is(crate_json_text(value), "1.1") &&
       !crate_text_is(crate_json_text(value), "1.2"))) {
    return CRATE_FAIL(p, source, value->offset, "invalid-@version-value",
                      "@version takes the number 1.1");
  }
  if (p->options.processing_1_0) {
    return CRATE_FAIL(p, source, value->offset, "processing-mode-conflict",
                      "@version 1.1 in processing mode json-ld-1.0");
  }
  return CRATE_OK;
}

/// Step 5.7.
static CrateStatus
set_base(CrateProcessor *p,
         CrateActive *result,
         const CrateSource *source,
         const CrateJson *value)
{
  if (crate_json_is(value, CRATE_JSON_NULL)) {
    result->base = (CrateText){NULL, 0};
    return CRATE_OK;
  }
  const bool is_string = crate_json_is(value, CRATE_JSON_STRING);
  if (is_string && crate_iri_is_absolute(crate_json_text(value))) {
    result->base = crate_json_text(value);
    return CRATE_OK;
  }
  if (is_string && result->base.data) {
    return crate_iri_resolve(&p->arena, result->base, crate_json_text(value),
                             &result->base);
  }
  return CRATE_FAIL(p, source, value->offset, "invalid-base-IRI",
                    "@base takes an absolute IRI or null, or a relative one "
                    "where there is a base already");
}

static CrateStatus
context_base(CrateProcessor *p,
             CrateActive *result,
             const CrateLocal *local,
             const CrateLocalEntry *entry)
{
  // Only a context of the document itself speaks of the document's base.
  return local->inputs->remote
           ? CRATE_OK
           : set_base(p, result, local->inputs->source, entry->value);
}

/// Step 5.8.
static CrateStatus
context_vocab(CrateProcessor *p,
              CrateActive *result,
              const CrateLocal *local,
              const CrateLocalEntry *entry)
{
  const CrateJson *const value = entry->value;
  if (crate_json_is(value, CRATE_JSON_NULL)) {
    result->vocab = (CrateText){NULL, 0};
    return CRATE_OK;
  }
  CrateExpansion expansion = {
    .vocab = true, .document_relative = true, .arena = &p->arena};
  // A relative @vocab came with JSON-LD 1.1.
  bool good =
    crate_json_is(value, CRATE_JSON_STRING) &&
    (!p->options.processing_1_0 || crate_iri_has_form(crate_json_text(value)));
  if (good) {
    CRATE_TRY(crate_iri_expand(p, result, crate_json_text(value), &expansion));
    good =
      expansion.kind != CRATE_KEY_NULL && expansion.kind != CRATE_KEY_KEYWORD;
  }
  if (!good) {
    return CRATE_FAIL(p, local->inputs->source, value->offset,
                      "invalid-vocab-mapping",
                      "@vocab takes an IRI, a blank node or null");
  }
  result->vocab = expansion.text.data ? expansion.text : CRATE_TEXT("");
  return CRATE_OK;
}

/// Step 5.9.
static CrateStatus
context_language(CrateProcessor *p,
                 CrateActive *result,
                 const CrateLocal *local,
                 const CrateLocalEntry *entry)
{
  const CrateJson *const value = entry->value;
  if (crate_json_is(value, CRATE_JSON_NULL)) {
    result->language = (CrateText){NULL, 0};
    return CRATE_OK;
  }
  if (!crate_json_is(value, CRATE_JSON_STRING)) {
    return CRATE_FAIL(p, local->inputs->source, value->offset,
                      "invalid-default-language",
                      "@language takes a language tag or null");
  }
  result->language = value->size ? crate_json_text(value) : CRATE_TEXT("");
  return CRATE_OK;
}

/// Step 5.10.
static CrateStatus
context_direction(CrateProcessor *p,
                  CrateActive *result,
                  const CrateLocal *local,
                  const CrateLocalEntry *entry)
{
  const CrateJson *const value = entry->value;
  if (p->options.processing_1_0) {
    return needs_1_1(p, local->inputs->source, entry->key);
  }
  if (crate_json_is(value, CRATE_JSON_NULL)) {
    result->direction = CRATE_BASE_DIRECTION_UNSET;
  } else if (crate_json_is_string(value, "ltr")) {
    result->direction = CRATE_BASE_DIRECTION_LTR;
  } else if (crate_json_is_string(value, "rtl")) {
    result->direction = CRATE_BASE_DIRECTION_RTL;
  } else {
    return CRATE_FAIL(p, local->inputs->source, value->offset,
                      "invalid-base-direction",
                      "@direction takes \"ltr\", \"rtl\" or null");
  }
  return CRATE_OK;
}

/// Step 5.11; the value itself was used in step 2.
static CrateStatus
context_propagate(CrateProcessor *p,
                  CrateActive *result,
                  const CrateLocal *local,
                  const CrateLocalEntry *entry)
{
  (void)result;
  if (p->options.processing_1_0) {
    return needs_1_1(p, local->inputs->source, entry->key);
  }
  if (!crate_json_is(entry->value, CRATE_JSON_TRUE) &&
      !crate_json_is(entry->value, CRATE_JSON_FALSE)) {
    return CRATE_FAIL(p, local->inputs->source, entry->value->offset,
                      "invalid-@propagate-value",
                      "@propagate takes true or false");
  }
  return CRATE_OK;
}

/// 4.2.2, step 11, said of the context as a whole.
static CrateStatus
context_protected(CrateProcessor *p,
                  CrateActive *result,
                  const CrateLocal *local,
                  const CrateLocalEntry *entry)
{
  (void)result;
  if (!crate_json_is(entry->value, CRATE_JSON_TRUE) &&
      !crate_json_is(entry->value, CRATE_JSON_FALSE)) {
    return CRATE_FAIL(p, local->inputs->source, entry->value->offset,
                      "invalid-@protected-value",
                      "@protected takes true or false");
  }
  return CRATE_OK;
}

CrateStatus
crate_context_entries(CrateProcessor *p,
                      CrateActive *result,
                      const CrateLocal *local)
{
  static const struct {
    const char *key;
    CrateStatus (*apply)(CrateProcessor *p,
                         CrateActive *result,
                         const CrateLocal *local,
                         const CrateLocalEntry *entry);
  } entries[] = {
    {"@base", context_base},           {"@vocab", context_vocab},
    {"@language", context_language},   {"@direction", context_direction},
    {"@propagate", context_propagate}, {"@protected", context_protected},
  };
  for (size_t i = 0; i < sizeof entries / sizeof *entries; ++i) {
    const CrateLocalEntry *const entry =
      crate_local_get(p, local, crate_text(entries[i].key));
    if (entry) {
      CRATE_TRY(entries[i].apply(p, result, local, entry));
    }
  }
  return CRATE_OK;
}
