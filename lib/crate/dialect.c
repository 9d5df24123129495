// SPDX-License-Identifier: Apache-2.0
#include "crate/dialect.h"
#include "crate/vocabulary.h"

static const CrateDialect dialects[] = {
  {
    .bit = CRATE_SPEAKS_RO_CRATE,
    .family = "ro-crate",
    .any = RO_CRATE,
    // The spelling is not the one that a crate must use.
    .stand_in = "http://w3id.org/ro/crate/1.3/context",
    .is_spoken = crate_ro_crate_is_spoken,
    .understand = crate_ro_crate_understand,
    .version = crate_ro_crate_version,
    .fallback = crate_ro_crate_fallback,
  },
  {
    .bit = CRATE_SPEAKS_CROISSANT,
    .family = "croissant",
    .likeness = "mlcroissant-compat",
    .any = "http://mlcommons.org/croissant",
    .stand_in = "http://mlcommons.org/croissant/1.1",
    .is_spoken = crate_croissant_is_spoken,
    .understand = crate_croissant_understand,
    .version = crate_croissant_version,
    .fallback = crate_croissant_fallback,
  },
  {
    .bit = CRATE_SPEAKS_FAIR4ML,
    .family = "fair4ml",
    .any = "https://w3id.org/fair4ml",
    .stand_in = "https://schema.org",
    .is_spoken = crate_fair4ml_is_spoken,
    .understand = crate_fair4ml_understand,
    .version = crate_fair4ml_version,
    .fallback = crate_fair4ml_fallback,
  },
};
enum { DIALECTS = sizeof(dialects) / sizeof(*dialects) };

const CrateDialect *
crate_dialect(size_t i)
{
  return i < DIALECTS ? &dialects[i] : NULL;
}

/// Whether a token is a name, or a version of it.
static bool
is_version_of(CrateText token, const char *name)
{
  const CrateText family = crate_text(name);
  return name && crate_text_starts(token, family) &&
         (token.size == family.size || token.data[family.size] == '-');
}

const CrateDialect *
crate_dialect_of_profile(CrateText token)
{
  for (size_t i = 0; i < DIALECTS; ++i) {
    if (is_version_of(token, dialects[i].family) ||
        is_version_of(token, dialects[i].likeness)) {
      return &dialects[i];
    }
  }
  return NULL;
}

const CrateDialect *
crate_dialect_any(CrateText iri)
{
  const bool slash = crate_text_ends(iri, CRATE_TEXT("/"));
  const CrateText bare = crate_text_slice(iri, 0, iri.size - slash);
  for (size_t i = 0; i < DIALECTS; ++i) {
    if (crate_text_is(bare, dialects[i].any)) {
      return &dialects[i];
    }
  }
  return NULL;
}

uint32_t
crate_dialects_spoken(const CrateView *view, uint32_t wanted)
{
  // FAIR4ML within a crate is asked for by its rules, not read as its own.
  uint32_t spoken = wanted & ~(uint32_t)CRATE_SPEAKS_FAIR4ML;
  for (size_t i = 0; i < DIALECTS; ++i) {
    spoken |= dialects[i].is_spoken(view) ? dialects[i].bit : 0u;
  }
  return spoken ? spoken : (uint32_t)CRATE_SPEAKS_RO_CRATE;
}

CrateText
crate_dialect_stand_in(const CrateView *view)
{
  size_t i = 0;
  while (i + 1u < DIALECTS && !(view->dialects & dialects[i].bit)) {
    ++i;
  }
  return crate_text(dialects[i].stand_in);
}

bool
crate_document_has_text(const CrateJson *value,
                        bool deep,
                        bool (*is_one)(CrateText text))
{
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    if (crate_document_has_text(item, deep, is_one)) {
      return true;
    }
  }
  for (const CrateJson *key = deep ? crate_json_first_key(value) : NULL; key;
       key = crate_json_next_key(key)) {
    if (crate_document_has_text(key->next, deep, is_one)) {
      return true;
    }
  }
  return crate_json_is(value, CRATE_JSON_STRING) &&
         is_one(crate_json_text(value));
}

CrateJson *
crate_document_head(const CrateView *view)
{
  CrateJson *head = view->document.root;
  if (crate_json_is(head, CRATE_JSON_ARRAY)) {
    head = head->first;
    while (head && !crate_json_get(head, CRATE_TEXT("@context"))) {
      head = head->next;
    }
  }
  return head;
}

const CrateJson *
crate_document_first(const CrateView *view)
{
  const CrateJson *const root = view->document.root;
  const CrateJson *const graph = crate_json_get(root, CRATE_TEXT("@graph"));
  return crate_json_is(root, CRATE_JSON_ARRAY)    ? root->first
         : crate_json_is(graph, CRATE_JSON_ARRAY) ? graph->first
                                                  : root;
}

const CrateJson *
crate_document_next(const CrateView *view, const CrateJson *object)
{
  return object == view->document.root ? NULL : object->next;
}
