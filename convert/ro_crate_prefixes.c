// SPDX-License-Identifier: Apache-2.0
// Prefixes beside the context of RO-Crate, for a document that brings none.
#include "convert/ro_crate_json.h"
#include "rdf/prefixes.h"

typedef struct {
  const CratePrefix *prefixes;
  size_t count;
  bool used[CRATE_MOST_PREFIXES];
} Search;

static void
note(Search *search, CrateText iri)
{
  const size_t found =
    crate_prefixes_find(search->prefixes, search->count, iri);
  if (found < search->count) {
    search->used[found] = true;
  }
}

/// Keys and types that are IRIs in full. Depth is that of flattened documents.
static void
look(Search *search, const CrateJson *value)
{
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    look(search, item);
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    note(search, crate_json_text(key));
    if (!crate_json_is_string(key, "@type")) {
      look(search, key->next);
    } else if (crate_json_is(key->next, CRATE_JSON_STRING)) {
      note(search, crate_json_text(key->next));
    }
    for (const CrateJson *type = crate_json_first(key->next);
         type && crate_json_is_string(key, "@type"); type = type->next) {
      note(search, crate_json_text(type));
    }
  }
}

static CrateJson *
add(CrateArena *arena, CrateJson **last, CrateText text)
{
  CrateJson *const value =
    crate_json_new_text(arena, CRATE_JSON_STRING, text, CRATE_JSON_NOWHERE);
  if (value) {
    (*last)->next = value;
    *last = value;
  }
  return value;
}

/// An array of the context and an object with the prefixes that are used.
static CrateStatus
extend(CrateArena *arena, const Search *search, CrateJson **context)
{
  CrateJson *const array =
    crate_json_new(arena, CRATE_JSON_ARRAY, CRATE_JSON_NOWHERE);
  CrateJson *const object =
    crate_json_new(arena, CRATE_JSON_OBJECT, CRATE_JSON_NOWHERE);
  if (!array || !object) {
    return crate_arena_status(arena);
  }
  CrateJson head = {.next = NULL};
  CrateJson *last = &head;
  for (size_t i = 0; i < search->count; ++i) {
    if (search->used[i]) {
      if (!add(arena, &last, search->prefixes[i].prefix) ||
          !add(arena, &last, search->prefixes[i].iri)) {
        return crate_arena_status(arena);
      }
      ++object->size;
    }
  }
  object->first = head.next;
  (*context)->next = object;
  array->first = *context;
  array->size = 2;
  *context = array;
  return CRATE_OK;
}

CrateStatus
crate_ro_crate_prefixes(CrateArena *arena,
                        const CrateJson *document,
                        CrateJson **context,
                        bool *more)
{
  Search search = {.used = {false}};
  search.prefixes = crate_prefixes_usual(&search.count);
  look(&search, crate_json_get(document, CRATE_TEXT("@graph")));
  *more = false;
  for (size_t i = 0; i < search.count; ++i) {
    *more |= search.used[i];
  }
  return *more ? extend(arena, &search, context) : CRATE_OK;
}
