// SPDX-License-Identifier: Apache-2.0
// JSON-LD 1.1 Framing 5.1, step 17.
#include "jsonld/frame.h"

/// A walk over what framing made; first to count, then to forget.
typedef struct Pruning {
  CrateProcessor *p;
  CrateTable counts; ///< By identifier: how often, as a pointer.
  bool is_second;
} Pruning;

static CrateStatus walk(Pruning *pruning, CrateElements *elements);

static CrateStatus
count(Pruning *pruning, CrateText id)
{
  if (pruning->is_second || !crate_iri_is_blank(id)) {
    return CRATE_OK;
  }
  CrateTableSlot *const slot =
    crate_table_put(&pruning->counts, &pruning->p->arena, id);
  if (!slot) {
    return crate_processor_out_of_memory(pruning->p);
  }
  slot->value = (void *)((uintptr_t)slot->value + 1u);
  return CRATE_OK;
}

/// Whether an identifier was met but once.
static bool
is_lone(const Pruning *pruning, CrateText id)
{
  const CrateTableSlot *const slot =
    crate_iri_is_blank(id)
      ? crate_table_get(&pruning->counts, pruning->p->world, id)
      : NULL;
  return slot && (uintptr_t)slot->value == 1u;
}

static CrateStatus
walk_properties(Pruning *pruning, CrateProperties *properties)
{
  for (CrateProperty *at = properties->first; at; at = at->next) {
    CRATE_TRY(walk(pruning, &at->values));
  }
  return CRATE_OK;
}

static CrateStatus
walk_element(Pruning *pruning, CrateElement *element)
{
  if (crate_element_has(element, CRATE_AT_ID)) {
    CRATE_TRY(count(pruning, element->id));
  }
  if (pruning->is_second && crate_element_has(element, CRATE_AT_ID) &&
      is_lone(pruning, element->id)) {
    element->has &= ~CRATE_BIT(CRATE_AT_ID);
  }
  for (const CrateTypeValue *at = element->types; at; at = at->next) {
    CRATE_TRY(count(pruning, at->text));
  }
  if (crate_element_has(element, CRATE_AT_LIST) ||
      crate_element_has(element, CRATE_AT_GRAPH)) {
    CRATE_TRY(walk(pruning, &element->list)); // one place for both
  }
  if (element->rare) {
    CRATE_TRY(walk(pruning, &element->rare->included));
    CRATE_TRY(walk_properties(pruning, &element->rare->reverse));
  }
  return walk_properties(pruning, &element->properties);
}

/// As deep as framing has built.
static CrateStatus
walk(Pruning *pruning, CrateElements *elements)
{
  for (CrateElement *at = elements->first; at; at = at->next) {
    CRATE_TRY(walk_element(pruning, at));
  }
  return CRATE_OK;
}

CrateStatus
crate_frame_prune(CrateProcessor *p, CrateElements *results)
{
  Pruning pruning = {.p = p};
  CRATE_TRY(walk(&pruning, results));
  pruning.is_second = true;
  return walk(&pruning, results);
}
