// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 4.3 Inverse Context Creation and 4.4 Term Selection.
#include "jsonld/inverse_context.h"
#include "jsonld/frozen.h"
#include <stdlib.h>

/// Terms of inverse contexts made in one run: more than anyone needs, few
/// enough to stop a document with many scopes over a large context.
#define TERM_CEILING 20000000u

/// The definitions in force.
typedef struct Terms {
  const CrateDefinition **items;
  size_t count, capacity;
} Terms;

static CrateStatus
add_term(CrateProcessor *p, Terms *terms, const CrateDefinition *definition)
{
  if (++p->inverted > TERM_CEILING) {
    return CRATE_FAIL(p, &p->source, CRATE_JSON_NOWHERE, "context-overflow",
                      "too many scoped contexts over a large one");
  }
  CRATE_TRY(crate_world_reserve(p->world, &terms->items, &terms->capacity,
                                terms->count + 1, sizeof *terms->items));
  terms->items[terms->count++] = definition;
  return CRATE_OK;
}

/// Add a definition unless another layer says something else of the term.
static CrateStatus
add_visible(CrateProcessor *p,
            CrateActive *active,
            const CrateDefinition *definition,
            Terms *terms)
{
  const CrateDefinition *visible;
  CRATE_TRY(crate_active_find(p, active, definition->term, &visible));
  // Step 3.1, too.
  return visible == definition && definition->iri
           ? add_term(p, terms, definition)
           : CRATE_OK;
}

static CrateStatus
add_frozen(CrateProcessor *p,
           CrateActive *active,
           const CrateActive *layer,
           Terms *terms)
{
  const char *const blob = layer->frozen ? layer->frozen->blob : NULL;
  const uint32_t count = blob ? crate_frozen_header(blob)->term_count : 0;
  for (uint32_t i = 0; i < count; ++i) {
    const CrateDefinition *definition;
    CRATE_TRY(crate_frozen_find(
      p, layer->frozen,
      crate_frozen_text(blob, crate_frozen_terms(blob)[i].term), &definition));
    CRATE_TRY(add_visible(p, active, definition, terms));
  }
  return CRATE_OK;
}

static int
by_length(const void *a, const void *b)
{
  const CrateText left = (*(const CrateDefinition *const *)a)->term;
  const CrateText right = (*(const CrateDefinition *const *)b)->term;
  return left.size != right.size ? (left.size < right.size ? -1 : 1)
                                 : crate_text_compare(left, right);
}

/// All terms in force, shortest first.
static CrateStatus
collect(CrateProcessor *p, CrateActive *active, Terms *terms)
{
  for (const CrateActive *layer = active; layer; layer = layer->lower) {
    for (uint32_t i = 0; i < layer->terms.capacity; ++i) {
      const CrateTableSlot *const slot = &layer->terms.slots[i];
      if (slot->key.data) {
        CRATE_TRY(add_visible(p, active, slot->value, terms));
      }
    }
    CRATE_TRY(add_frozen(p, active, layer, terms));
  }
  if (terms->count) {
    qsort(terms->items, terms->count, sizeof *terms->items, by_length);
  }
  return CRATE_OK;
}

/// Steps 3.4 to 3.6.
static CrateStatus
contained(CrateProcessor *p,
          CrateInverse *inverse,
          const CrateDefinition *definition,
          CrateChoice *choice,
          CrateContained **out)
{
  CrateTableSlot *const slot =
    crate_table_put(&inverse->iris, &p->arena, definition->iri->text);
  if (!slot) {
    return crate_processor_out_of_memory(p);
  }
  CrateContained *at = slot->value;
  while (at && at->container != definition->container) {
    at = at->next;
  }
  if (!at) {
    at = crate_arena_array(&p->arena, 1, sizeof *at);
    if (!at) {
      return crate_processor_out_of_memory(p);
    }
    *at = (CrateContained){
      slot->value, definition->container, {NULL, 0, 0}, {NULL, 0, 0}, choice};
    slot->value = at;
  }
  *out = at;
  return CRATE_OK;
}

/// Put the term into a map unless a better one is there.
static CrateStatus
offer(CrateProcessor *p, CrateTable *map, CrateText key, CrateChoice *choice)
{
  CrateTableSlot *const slot = crate_table_put(map, &p->arena, key);
  if (!slot) {
    return crate_processor_out_of_memory(p);
  }
  slot->value = slot->value ? slot->value : choice;
  return CRATE_OK;
}

/// Steps 2, 3.13 and 3.14: a language and a direction as one key, "" for
/// neither.
static CrateStatus
language_key(CrateProcessor *p,
             CrateText language,
             uint8_t direction,
             CrateText *out)
{
  const CrateText parts[] = {
    language, direction == CRATE_BASE_DIRECTION_LTR   ? CRATE_TEXT("_ltr")
              : direction == CRATE_BASE_DIRECTION_RTL ? CRATE_TEXT("_rtl")
                                                      : CRATE_TEXT("")};
  CRATE_TRY(crate_arena_join(&p->arena, parts, 2, out));
  char *const data = (char *)(uintptr_t)out->data;
  for (size_t i = 0; i < out->size; ++i) {
    data[i] =
      (char)(data[i] >= 'A' && data[i] <= 'Z' ? data[i] | 0x20 : data[i]);
  }
  return CRATE_OK;
}

/// Steps 3.13 to 3.15: the key of a term with a language or a direction.
static CrateStatus
own_language(CrateProcessor *p,
             const CrateDefinition *definition,
             CrateText *out)
{
  const bool has_direction =
    definition->direction != CRATE_BASE_DIRECTION_UNSET;
  CRATE_TRY(language_key(p, definition->language, definition->direction, out));
  if (!out->size) {
    *out = has_direction && !definition->has_language ? CRATE_TEXT("@none")
                                                      : CRATE_TEXT("@null");
  }
  return CRATE_OK;
}

/// Steps 3.10 to 3.16.
static CrateStatus
offer_term(CrateProcessor *p,
           CrateContained *in,
           const CrateDefinition *definition,
           CrateText default_language,
           CrateChoice *choice)
{
  const CrateName *const type = definition->type;
  if (definition->is_reverse) {
    return offer(p, &in->types, CRATE_TEXT("@reverse"), choice);
  }
  if (type && type->keyword == CRATE_AT_NONE) {
    CRATE_TRY(offer(p, &in->languages, CRATE_TEXT("@any"), choice));
    return offer(p, &in->types, CRATE_TEXT("@any"), choice);
  }
  if (type) {
    return offer(p, &in->types, type->text, choice);
  }
  if (definition->has_language || definition->direction) {
    CrateText key;
    CRATE_TRY(own_language(p, definition, &key));
    return offer(p, &in->languages, key, choice);
  }
  CRATE_TRY(offer(p, &in->languages, default_language, choice));
  CRATE_TRY(offer(p, &in->languages, CRATE_TEXT("@none"), choice));
  return offer(p, &in->types, CRATE_TEXT("@none"), choice);
}

/// Step 3.
static CrateStatus
invert(CrateProcessor *p,
       CrateActive *active,
       const Terms *terms,
       CrateInverse *inverse)
{
  CrateText language; // step 2
  CRATE_TRY(language_key(p, active->language, active->direction, &language));
  language = language.size ? language : CRATE_TEXT("@none");
  CrateChoice *const choices =
    crate_arena_array(&p->arena, terms->count + 1, sizeof *choices);
  if (!choices) {
    return crate_processor_out_of_memory(p);
  }
  for (size_t i = 0; i < terms->count; ++i) {
    CrateContained *in = NULL;
    choices[i].term = terms->items[i]->term;
    CRATE_TRY(contained(p, inverse, terms->items[i], &choices[i], &in));
    CRATE_TRY(offer_term(p, in, terms->items[i], language, &choices[i]));
  }
  return CRATE_OK;
}

static int
by_iri(const void *a, const void *b)
{
  const CratePrefixTerm *const left = a;
  const CratePrefixTerm *const right = b;
  const int order = crate_text_compare(left->iri, right->iri);
  // Of one IRI the best term comes last: it is met first.
  return order ? order
         : left->term.size != right->term.size
           ? (left->term.size < right->term.size ? 1 : -1)
           : -crate_text_compare(left->term, right->term);
}

/// 6.2.2, step 7: the terms with a prefix flag, so that those that fit an IRI
/// are found without a look at the others.
static CrateStatus
collect_prefixes(CrateProcessor *p, const Terms *terms, CrateInverse *inverse)
{
  CratePrefixTerm *const all =
    crate_arena_array(&p->arena, terms->count + 1, sizeof *all);
  uint32_t count = 0;
  if (!all) {
    return crate_processor_out_of_memory(p);
  }
  for (size_t i = 0; i < terms->count; ++i) {
    if (terms->items[i]->is_prefix) {
      all[count++] = (CratePrefixTerm){terms->items[i]->iri->text,
                                       terms->items[i]->term, 0, 0};
    }
  }
  if (count) {
    qsort(all, count, sizeof *all, by_iri);
  }
  for (uint32_t i = 1; i < count; ++i) {
    if (crate_text_equal(all[i].iri, all[i - 1].iri)) {
      all[i].worse = i;
      all[i].shorter = all[i - 1].shorter;
      continue;
    }
    uint32_t shorter = i;
    while (shorter && !crate_text_starts(all[i].iri, all[shorter - 1].iri)) {
      shorter = all[shorter - 1].shorter;
    }
    all[i].shorter = shorter;
  }
  inverse->prefixes = all;
  inverse->prefix_count = count;
  return CRATE_OK;
}

CrateStatus
crate_inverse_of(CrateProcessor *p, CrateActive *active, CrateInverse **out)
{
  Terms terms = {NULL, 0, 0};
  *out = active->inverse;
  if (*out) {
    return CRATE_OK;
  }
  CrateInverse *const inverse =
    crate_arena_array(&p->arena, 1, sizeof *inverse);
  if (!inverse) {
    return crate_processor_out_of_memory(p);
  }
  CrateStatus status = collect(p, active, &terms);
  status = status ? status : invert(p, active, &terms, inverse);
  status = status ? status : collect_prefixes(p, &terms, inverse);
  crate_world_release(p->world, terms.items);
  if (!status) {
    *out = active->inverse = inverse;
  }
  return status;
}

CrateChoice *
crate_inverse_select(const CrateProcessor *p,
                     const CrateInverse *inverse,
                     CrateText var,
                     const CrateWish *wish)
{
  const CrateTableSlot *const slot =
    crate_table_get(&inverse->iris, p->world, var);
  for (uint32_t i = 0; slot && i < wish->container_count; ++i) { // step 4
    const CrateContained *in = slot->value;
    while (in && in->container != wish->containers[i]) {
      in = in->next;
    }
    if (in && wish->is_any) { // its only entry is "@none", always preferred
      return in->any;
    }
    for (uint32_t j = 0; in && j < wish->preferred_count; ++j) { // step 4.4
      const CrateTableSlot *const found =
        crate_table_get(wish->by_type ? &in->types : &in->languages, p->world,
                        wish->preferred[j]);
      if (found) {
        return found->value;
      }
    }
  }
  return NULL;
}

const CratePrefixTerm *
crate_inverse_prefix(const CrateInverse *inverse, CrateText var)
{
  uint32_t from = 0;
  uint32_t to = inverse->prefix_count;
  while (from < to) { // the last entry that is less than `var`
    const uint32_t middle = from + (to - from) / 2;
    const bool less =
      crate_text_compare(inverse->prefixes[middle].iri, var) < 0;
    from = less ? middle + 1 : from;
    to = less ? to : middle;
  }
  // What `var` begins with, this entry begins with, too.
  while (from && !crate_text_starts(var, inverse->prefixes[from - 1].iri)) {
    from = inverse->prefixes[from - 1].shorter;
  }
  return from ? &inverse->prefixes[from - 1] : NULL;
}
