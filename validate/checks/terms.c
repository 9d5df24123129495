// SPDX-License-Identifier: Apache-2.0
// Terms of a vocabulary beside RO-Crate's: a key that the @context leaves out,
// or gives to somebody else, is lost to whoever looks for its IRI.
#include "validate/checks/checks.h"

/// More words than any vocabulary of the profiles has.
#define MOST_TERMS 32u

typedef struct {
  const CrateNativeCall *call;
  const CrateView *view;
  CrateText vocabulary;
  CrateText lost[MOST_TERMS]; // terms that do not stand for the vocabulary's
  size_t lost_count;
} Terms;

/// Whether a term means what the vocabulary means by it. That a key has no
/// meaning at all is an error of its own from RO-Crate 1.2 on.
static CrateStatus
is_right(const Terms *terms, CrateText term, bool *right)
{
  CrateKeyKind kind = CRATE_KEY_UNDEFINED;
  CrateText iri = {NULL, 0};
  CRATE_TRY(crate_context_key(terms->view->context, term, &kind, &iri));
  const bool none = kind == CRATE_KEY_UNDEFINED || kind == CRATE_KEY_NULL;
  const bool told =
    crate_text_compare(terms->view->version, CRATE_TEXT("1.2")) >= 0;
  *right =
    none ? told
         : crate_text_starts(iri, terms->vocabulary) &&
             crate_text_equal(
               crate_text_slice(iri, terms->vocabulary.size, iri.size), term);
  return CRATE_OK;
}

static CrateStatus
find_lost(Terms *terms, CrateText words)
{
  while (words.size && terms->lost_count < MOST_TERMS) {
    const CrateText term = crate_text_next_word(&words);
    bool right = true;
    CRATE_TRY(is_right(terms, term, &right));
    if (!right) {
      terms->lost[terms->lost_count++] = term;
    }
  }
  return CRATE_OK;
}

/// Each lost term is told once, where it is first used.
static CrateStatus
look_at_word(Terms *terms, const CrateJson *word)
{
  const CrateText name = crate_json_text(word);
  for (size_t i = 0; i < terms->lost_count; ++i) {
    if (crate_text_equal(terms->lost[i], name)) {
      terms->lost[i] = terms->lost[--terms->lost_count];
      return crate_check_report(
        terms->call, word->offset, "\"%.*s\" does not stand for <%.*s%.*s>",
        CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(terms->vocabulary),
        CRATE_TEXT_ARG(name));
    }
  }
  return CRATE_OK;
}

static CrateStatus
look_at_types(Terms *terms, const CrateJson *types)
{
  if (crate_json_is(types, CRATE_JSON_STRING)) {
    return look_at_word(terms, types);
  }
  for (const CrateJson *type = crate_json_first(types); type;
       type = type->next) {
    if (type->kind == CRATE_JSON_STRING) {
      CRATE_TRY(look_at_word(terms, type));
    }
  }
  return CRATE_OK;
}

static CrateStatus
look_at_entity(Terms *terms, const CrateJson *entity)
{
  for (const CrateJson *key = crate_json_first_key(entity); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(crate_json_is_string(key, "@type")
                ? look_at_types(terms, key->next)
                : look_at_word(terms, key));
  }
  return CRATE_OK;
}

/// The parameter is the vocabulary's IRI and its terms, parted by spaces.
CrateStatus
crate_check_terms_of(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  CrateText words = crate_check_parameter(call);
  Terms terms = {.call = call, .view = view};
  terms.vocabulary = crate_text_next_word(&words);
  if (view->unknown_context) {
    return call->not_checked(
      call, CRATE_TEXT("a @context is not at hand that may define the terms"));
  }
  CRATE_TRY(find_lost(&terms, words));
  for (size_t i = 0; i < view->entity_count && terms.lost_count; ++i) {
    CRATE_TRY(look_at_entity(&terms, view->entities[i].json));
  }
  return CRATE_OK;
}
