// SPDX-License-Identifier: Apache-2.0
// An active context that can be asked what keys mean.
#include "jsonld/frozen.h"
#include "jsonld/start.h"

/// Work put into suggestions for one context: all that people need, little
/// enough to stop many misspelt keys beside many terms. A term costs 1, one
/// that has to be compared DISTANCE_COST more.
#define SEARCH_CEILING 60000000u
#define DISTANCE_COST 30u

struct CrateContext {
  CrateProcessor p;
  CrateActive *active;
  CrateTable by_iri; ///< Best term (CrateText) of each IRI, once asked for.
  bool is_by_iri_made;
  uint64_t searched; ///< Work put into suggestions.
};

static CrateStatus
open_context(CrateContext *context, const CrateJsonDocument *document)
{
  CrateProcessor *const p = &context->p;
  const CrateJson *root;
  CRATE_TRY(crate_jsonld_start(p, document, &root, &context->active));
  const CrateJson *const local = crate_json_get(root, CRATE_TEXT("@context"));
  const CrateContextInputs inputs = {.source = &p->source};
  return local ? crate_context_process(p, context->active, local, &inputs,
                                       &context->active)
               : CRATE_OK;
}

CrateStatus
crate_context_new(const CrateJsonDocument *document,
                  CrateLibrary *library,
                  const CrateJsonldOptions *options,
                  CrateContext **out)
{
  CrateContext *const context =
    crate_world_allocate(document->world, sizeof *context);
  *out = NULL;
  if (!context) {
    return CRATE_NO_MEMORY;
  }
  *context = (CrateContext){.active = NULL};
  crate_processor_init(&context->p, document, library, options);
  const CrateStatus status = open_context(context, document);
  if (status) {
    crate_context_free(context);
    return status;
  }
  *out = context;
  return CRATE_OK;
}

void
crate_context_free(CrateContext *context)
{
  if (context) {
    const CrateWorld *const world = context->p.world;
    crate_processor_clear(&context->p);
    crate_world_release(world, context);
  }
}

static CrateStatus
find_meaning(CrateContext *context, CrateText key, const CrateKey **out)
{
  CrateProcessor *const p = &context->p;
  const CrateTableSlot *const slot =
    crate_table_get(&context->active->keys, p->world, key);
  *out = slot ? slot->value : NULL;
  if (*out) {
    return CRATE_OK;
  }
  CrateText kept; // the cache outlives the caller's text
  CRATE_TRY(crate_arena_copy(&p->arena, key, &kept));
  return crate_active_key(p, context->active, kept, out);
}

CrateStatus
crate_context_is_json(CrateContext *context, CrateText key, bool *answer)
{
  const CrateKey *meaning = NULL;
  *answer = false;
  CRATE_TRY(find_meaning(context, key, &meaning));
  const CrateName *const type =
    meaning->definition ? meaning->definition->type : NULL;
  *answer = type && type->keyword == CRATE_AT_JSON;
  return CRATE_OK;
}

CrateStatus
crate_context_key(CrateContext *context,
                  CrateText key,
                  CrateKeyKind *kind,
                  CrateText *iri)
{
  const CrateKey *meaning = NULL;
  CRATE_TRY(find_meaning(context, key, &meaning));
  const bool is_null = meaning->kind == CRATE_KEY_NULL && meaning->definition;
  *kind = meaning->is_kept ? meaning->kind
          : is_null        ? CRATE_KEY_NULL
                           : CRATE_KEY_UNDEFINED;
  if (iri) {
    *iri = meaning->is_kept ? meaning->name->text : (CrateText){NULL, 0};
  }
  return CRATE_OK;
}

/// A term as the walk shows it.
typedef struct Term {
  CrateText term, iri;
  bool is_prefix, is_reverse;
} Term;

typedef bool (*Visit)(void *handle, const Term *term);

/// Whether a layer above `end` says something else about a term.
static bool
is_hidden(const CrateContext *context, const CrateActive *end, CrateText term)
{
  for (const CrateActive *at = context->active; at != end; at = at->lower) {
    if (crate_table_get(&at->terms, context->p.world, term)) {
      return true;
    }
  }
  return false;
}

static bool
walk_table(const CrateContext *context,
           const CrateActive *layer,
           Visit visit,
           void *handle)
{
  for (uint32_t i = 0; i < layer->terms.capacity; ++i) {
    const CrateTableSlot *const slot = &layer->terms.slots[i];
    const CrateDefinition *const definition = slot->value;
    if (!slot->key.data || definition->is_removed || !definition->iri ||
        is_hidden(context, layer, slot->key)) {
      continue;
    }
    const Term term = {slot->key, definition->iri->text, definition->is_prefix,
                       definition->is_reverse};
    if (!visit(handle, &term)) {
      return false;
    }
  }
  return true;
}

static bool
walk_frozen(const CrateContext *context,
            const CrateActive *layer,
            Visit visit,
            void *handle)
{
  const char *const blob = layer->frozen ? layer->frozen->blob : NULL;
  const uint32_t count = blob ? crate_frozen_header(blob)->term_count : 0;
  for (uint32_t i = 0; i < count; ++i) {
    const CrateFrozenTerm *const frozen = &crate_frozen_terms(blob)[i];
    const Term term = {crate_frozen_text(blob, frozen->term),
                       crate_frozen_text(blob, frozen->iri), frozen->is_prefix,
                       frozen->is_reverse};
    if (term.iri.data && !is_hidden(context, layer->lower, term.term) &&
        !visit(handle, &term)) {
      return false;
    }
  }
  return true;
}

/// Show every term in force, in no particular order, until `visit` says no.
static bool
walk(const CrateContext *context, Visit visit, void *handle)
{
  for (const CrateActive *layer = context->active; layer;
       layer = layer->lower) {
    if (!walk_table(context, layer, visit, handle) ||
        !walk_frozen(context, layer, visit, handle)) {
      return false;
    }
  }
  return true;
}

/// Search for the nearest term.
typedef struct Search {
  CrateText key, best;
  unsigned distance; ///< Of the best; 0 when only the case differs.
  uint64_t *searched;
} Search;

static bool
equal_but_case(CrateText a, CrateText b)
{
  for (size_t i = 0; i < a.size && a.size == b.size; ++i) {
    const unsigned char x = (unsigned char)a.data[i];
    const unsigned char y = (unsigned char)b.data[i];
    const unsigned char lower = (unsigned char)(x | 0x20u);
    if (x != y && (lower != (y | 0x20u) || lower < 'a' || lower > 'z')) {
      return false;
    }
  }
  return a.size == b.size;
}

/// Whether `a` is the likelier of two terms equally near: it begins as the
/// key does for longer, or comes first in byte order, however they are met.
static bool
is_likelier(CrateText a, CrateText b, CrateText key)
{
  size_t i = 0;
  while (i < a.size && i < b.size && i < key.size && a.data[i] == key.data[i] &&
         b.data[i] == key.data[i]) {
    ++i;
  }
  const bool a_goes_on = i < a.size && i < key.size && a.data[i] == key.data[i];
  const bool b_goes_on = i < b.size && i < key.size && b.data[i] == key.data[i];
  return a_goes_on != b_goes_on ? a_goes_on : crate_text_compare(a, b) < 0;
}

static bool
try_term(void *handle, const Term *term)
{
  Search *const search = handle;
  const size_t a = term->term.size;
  const size_t b = search->key.size;
  ++*search->searched;
  if (term->is_prefix || (a > b ? a - b : b - a) > search->distance) {
    return true;
  }
  *search->searched += DISTANCE_COST;
  const unsigned distance =
    equal_but_case(term->term, search->key)
      ? 0
      : crate_text_distance(term->term, search->key, search->distance);
  if (distance < search->distance ||
      (distance == search->distance &&
       (!search->best.data ||
        is_likelier(term->term, search->best, search->key)))) {
    search->best = term->term;
    search->distance = distance;
  }
  return true;
}

CrateText
crate_context_suggest(const CrateContext *context, CrateText key)
{
  // What was searched is no part of what the context means.
  uint64_t *const searched = &((CrateContext *)(uintptr_t)context)->searched;
  Search search = {key, {NULL, 0}, key.size > 4 ? 2 : 1, searched};
  if (*searched <= SEARCH_CEILING) {
    walk(context, try_term, &search);
  }
  return search.best;
}

/// Whether `a` names its IRI better than `b`: by the IRI's own ending, else
/// by coming first.
static bool
is_better(CrateText a, CrateText b, CrateText iri)
{
  const bool a_ends = crate_text_ends(iri, a);
  const bool b_ends = crate_text_ends(iri, b);
  return a_ends != b_ends ? a_ends : crate_text_compare(a, b) < 0;
}

static bool
note_term(void *handle, const Term *term)
{
  CrateContext *const context = handle;
  if (term->is_reverse || term->is_prefix) {
    return true;
  }
  CrateTableSlot *const slot =
    crate_table_put(&context->by_iri, &context->p.arena, term->iri);
  if (!slot) {
    return false;
  }
  CrateText *best = slot->value;
  if (!best) {
    best = crate_arena_allocate(&context->p.arena, sizeof *best);
    if (!best) {
      return false;
    }
    *best = term->term;
    slot->value = best;
  } else if (is_better(term->term, *best, term->iri)) {
    *best = term->term;
  }
  return true;
}

CrateText
crate_context_term_for(const CrateContext *context, CrateText iri)
{
  // The index is a cache: asking does not change what the context means.
  CrateContext *const cache = (CrateContext *)(uintptr_t)context;
  if (!cache->is_by_iri_made) {
    cache->by_iri = (CrateTable){NULL, 0, 0};
    cache->is_by_iri_made = walk(context, note_term, cache);
  }
  const CrateTableSlot *const slot =
    crate_table_get(&cache->by_iri, cache->p.world, iri);
  const CrateText *const term = slot ? slot->value : NULL;
  return term ? *term : (CrateText){NULL, 0};
}
