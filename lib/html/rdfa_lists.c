// SPDX-License-Identifier: Apache-2.0
// RDFa Core 8.1.1.3: lists that are gathered under a property (inlist).
#include "html/rdfa.h"

CrateStatus
crate_rdfa_list(CrateRdfaElement *element,
                CrateTerm property,
                CrateRdfaList **out)
{
  CrateRdfaLists *const lists = element->lists;
  CrateArena *const arena = &element->rdfa->arena;
  const CrateText key = {(const char *)&property, sizeof property};
  uintptr_t known = 0;
  if (crate_map_get(&lists->known, key, &known)) {
    *out = (CrateRdfaList *)known;
    return CRATE_OK;
  }
  CrateRdfaList *const list = crate_arena_array(arena, 1, sizeof *list);
  *out = list;
  if (!list) {
    return crate_arena_status(arena);
  }
  list->property = property;
  list->end = &list->first;
  *lists->end = list;
  lists->end = &list->next;
  const CrateText kept = {(const char *)&list->property, sizeof property};
  return crate_map_put(&lists->known, kept, (uintptr_t)list);
}

CrateStatus
crate_rdfa_append(CrateRdfaElement *element,
                  CrateRdfaList *list,
                  CrateTerm value)
{
  CrateArena *const arena = &element->rdfa->arena;
  if (!value) {
    return CRATE_OK;
  }
  CrateRdfaItem *const item = crate_arena_array(arena, 1, sizeof *item);
  if (!item) {
    return crate_arena_status(arena);
  }
  item->value = value;
  item->origin = element->node->offset;
  *list->end = item;
  list->end = &item->next;
  return CRATE_OK;
}

/// The cells of one list, from its first.
static CrateStatus
state_cells(CrateRdfaElement *element,
            const CrateRdfaItem *item,
            CrateTerm *head)
{
  CrateTerms *const terms = element->rdfa->source.terms;
  CrateTerm cell = CRATE_RDF_NIL;
  *head = cell;
  for (; item; item = item->next) {
    CrateTerm next;
    CRATE_TRY(crate_terms_blank(terms, (CrateText){NULL, 0}, &next));
    if (cell == CRATE_RDF_NIL) {
      *head = next;
    } else {
      CRATE_TRY(crate_rdfa_state(element, cell, CRATE_RDF_REST, next));
    }
    cell = next;
    CRATE_TRY(crate_rdfa_state(element, cell, CRATE_RDF_FIRST, item->value));
  }
  return cell == CRATE_RDF_NIL
           ? CRATE_OK
           : crate_rdfa_state(element, cell, CRATE_RDF_REST, CRATE_RDF_NIL);
}

CrateStatus
crate_rdfa_state_lists(CrateRdfaElement *element,
                       CrateTerm subject,
                       const CrateRdfaLists *lists)
{
  for (const CrateRdfaList *l = lists->first; l; l = l->next) {
    CrateTerm head;
    CRATE_TRY(state_cells(element, l->first, &head));
    CRATE_TRY(crate_rdfa_state(element, subject, l->property, head));
  }
  return CRATE_OK;
}
