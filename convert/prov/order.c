// SPDX-License-Identifier: Apache-2.0
#include "convert/prov/order.h"
#include <stdlib.h>

/// A term while it is sorted.
typedef struct Ranked {
  CrateTermInfo info;
  CrateText datatype;
  CrateTerm term;
} Ranked;

static int
compare_numbers(uint32_t a, uint32_t b)
{
  return (a > b) - (a < b);
}

static int
compare_terms(const void *first, const void *second)
{
  const Ranked *const a = first;
  const Ranked *const b = second;
  int order = compare_numbers(a->info.kind, b->info.kind);
  order = order ? order : crate_text_compare(a->info.text, b->info.text);
  order = order ? order : crate_text_compare(a->datatype, b->datatype);
  order =
    order ? order : crate_text_compare(a->info.language, b->info.language);
  return order ? order : compare_numbers(a->term, b->term);
}

/// A term, and the type that its literal is written with.
static void
mark_used(CrateProvNaming *naming, CrateTerm term)
{
  const CrateTerms *const terms = naming->document->terms;
  while (term && !naming->uses[term].rank) {
    const CrateTermInfo info = crate_terms_info(terms, term);
    naming->uses[term].rank = 1;
    ++naming->term_count;
    term = info.language.size ? CRATE_NO_TERM : info.datatype;
  }
}

static void
mark_all(CrateProvNaming *naming)
{
  const CrateProv *const document = naming->document;
  for (size_t i = 0; i < document->count; ++i) {
    const CrateProvRecord *const record = &document->records[i];
    mark_used(naming, record->bundle);
    mark_used(naming, record->id);
    for (unsigned k = 0; k < CRATE_PROV_ARGUMENTS; ++k) {
      mark_used(naming, record->arguments[k]);
    }
  }
  for (size_t i = 0; i < document->attribute_count; ++i) {
    mark_used(naming, document->attributes[i].name);
    mark_used(naming, document->attributes[i].value);
  }
}

CrateStatus
crate_prov_order_terms(CrateProvNaming *naming)
{
  const CrateProv *const document = naming->document;
  const CrateTerm end = crate_terms_end(document->terms);
  mark_all(naming);
  const size_t count = naming->term_count;
  naming->terms =
    crate_arena_array(&naming->arena, count + 1, sizeof(*naming->terms));
  Ranked *const ranked =
    crate_world_allocate(document->world, (count + 1) * sizeof(*ranked));
  if (!naming->terms || !ranked) {
    crate_world_release(document->world, ranked);
    return naming->terms ? CRATE_NO_MEMORY : crate_arena_status(&naming->arena);
  }
  size_t filled = 0;
  for (CrateTerm term = 1; term < end; ++term) {
    if (naming->uses[term].rank) {
      const CrateTermInfo info = crate_terms_info(document->terms, term);
      ranked[filled++] = (Ranked){
        info, crate_terms_info(document->terms, info.datatype).text, term};
    }
  }
  qsort(ranked, filled, sizeof(*ranked), compare_terms);
  for (size_t i = 0; i < filled; ++i) {
    naming->terms[i] = ranked[i].term;
    naming->uses[ranked[i].term].rank = (uint32_t)i + 1;
  }
  crate_world_release(document->world, ranked);
  return CRATE_OK;
}

static int
compare_attributes(const void *first, const void *second, void *handle)
{
  const CrateProvAttribute *const a = first;
  const CrateProvAttribute *const b = second;
  const CrateProvUse *const uses = handle;
  const int order = compare_numbers(uses[a->name].rank, uses[b->name].rank);
  return order ? order
               : compare_numbers(uses[a->value].rank, uses[b->value].rank);
}

/// The attributes of two statements, sorted each; fewer before more.
static int
compare_lists(const CrateProvNaming *naming,
              const CrateProvRecord *a,
              const CrateProvRecord *b)
{
  const CrateProvAttribute *const all = naming->document->attributes;
  int order = (a->count > b->count) - (a->count < b->count);
  for (size_t i = 0; !order && i < a->count; ++i) {
    order =
      compare_attributes(&all[a->first + i], &all[b->first + i], naming->uses);
  }
  return order;
}

static int
compare_records(const void *first, const void *second, void *handle)
{
  const CrateProvRecord *const a = first;
  const CrateProvRecord *const b = second;
  const CrateProvNaming *const naming = handle;
  const CrateProvUse *const uses = naming->uses;
  int order = compare_numbers(uses[a->bundle].rank, uses[b->bundle].rank);
  order = order ? order : compare_numbers(a->kind, b->kind);
  order = order ? order : compare_numbers(uses[a->id].rank, uses[b->id].rank);
  for (unsigned i = 0; !order && i < CRATE_PROV_ARGUMENTS; ++i) {
    order =
      compare_numbers(uses[a->arguments[i]].rank, uses[b->arguments[i]].rank);
  }
  return order ? order : compare_lists(naming, a, b);
}

void
crate_prov_order_records(CrateProvNaming *naming)
{
  CrateProv *const document = naming->document;
  for (size_t i = 0; i < document->count; ++i) {
    const CrateProvRecord *const record = &document->records[i];
    if (record->count > 1) {
      qsort_r(document->attributes + record->first, record->count,
              sizeof(*document->attributes), compare_attributes, naming->uses);
    }
  }
  if (document->count > 1) {
    qsort_r(document->records, document->count, sizeof(*document->records),
            compare_records, naming);
  }
}
