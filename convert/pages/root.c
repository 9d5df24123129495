// SPDX-License-Identifier: Apache-2.0
#include "convert/pages/root.h"
#include "crate/classify.h"

/// Bytes of an id that an anchor shows.
#define MOST_OF_ANCHOR 80u

/// How well an entry suits as RO-Crate's descriptor, the less the better.
enum { EXACT, LEGACY, BY_CONFORMANCE, NOT_AT_ALL };

static int
way_of(const CrateBook *book, uint32_t entry)
{
  const CrateText id = book->entries[entry].id;
  const CrateJson *const claim =
    crate_book_get(book, entry, CRATE_WORD_CONFORMS_TO);
  return !crate_book_get(book, entry, CRATE_WORD_ABOUT)    ? NOT_AT_ALL
         : crate_text_is(id, "ro-crate-metadata.json")     ? EXACT
         : crate_text_is(id, "ro-crate-metadata.jsonld")   ? LEGACY
         : crate_version_of(crate_book_id(claim)).size > 0 ? BY_CONFORMANCE
                                                           : NOT_AT_ALL;
}

/// The first entry of a kind, or CRATE_NO_ENTRY.
static uint32_t
first_of_kind(const CrateBook *book, uint32_t kinds)
{
  for (uint32_t i = 0; i < book->entry_count; ++i) {
    if (book->entries[i].kinds & kinds) {
      return i;
    }
  }
  return CRATE_NO_ENTRY;
}

void
crate_book_find_root(CrateBook *book)
{
  static const uint32_t kinds[] = {CRATE_KIND_DATASET, CRATE_KIND_MODEL};
  int best = NOT_AT_ALL;
  for (uint32_t i = 0; i < book->entry_count; ++i) {
    const int way = way_of(book, i);
    if (way < best) {
      best = way;
      book->descriptor = i;
    }
  }
  if (book->descriptor != CRATE_NO_ENTRY) {
    book->root = crate_book_target(
      book, crate_book_get(book, book->descriptor, CRATE_WORD_ABOUT));
  }
  for (size_t i = 0; i < 2u && book->root == CRATE_NO_ENTRY; ++i) {
    book->root = first_of_kind(book, kinds[i]);
  }
  for (uint32_t i = 0; i < book->entry_count && book->root == CRATE_NO_ENTRY;
       ++i) {
    book->root = book->entries[i].name.size ? i : CRATE_NO_ENTRY;
  }
}

/// "e-" and what HTML, CSS and URLs have no other use for.
static CrateStatus
make_anchor(CrateBook *book, CrateText id, CrateText *out)
{
  const CrateText parts[] = {CRATE_TEXT("e-"),
                             crate_text_slice(id, 0, MOST_OF_ANCHOR)};
  CRATE_TRY(crate_arena_join(&book->arena, parts, 2, out));
  char *const letters = (char *)(uintptr_t)out->data; // just made, ours
  for (size_t i = 0; i < out->size; ++i) {
    const char c = letters[i];
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                       (c >= 'a' && c <= 'z') || c == '-' || c == '.';
    letters[i] = plain ? c : '_';
  }
  return CRATE_OK;
}

/// Append a number that is still free. Each name remembers the last one given,
/// so that a thousand alike do not try a thousand numbers each.
static CrateStatus
make_unique(CrateBook *book, CrateMap *taken, CrateText *anchor)
{
  uintptr_t last;
  const CrateText plain = *anchor;
  if (!crate_map_get(taken, plain, &last)) {
    return crate_map_put(taken, plain, 1);
  }
  do {
    CrateBuffer text;
    crate_buffer_init(&text, book->world);
    crate_buffer_add(&text, plain);
    crate_buffer_print(&text, "-%zu", (size_t)++last);
    CrateStatus status = crate_buffer_status(&text);
    status =
      status ? status
             : crate_arena_copy(&book->arena, crate_buffer_text(&text), anchor);
    crate_buffer_clear(&text);
    CRATE_TRY(status);
  } while (crate_map_get(taken, *anchor, NULL));
  CRATE_TRY(crate_map_put(taken, plain, last));
  return crate_map_put(taken, *anchor, 1);
}

CrateStatus
crate_book_name_anchors(CrateBook *book)
{
  CrateMap taken;
  CrateStatus status = CRATE_OK;
  crate_map_init(&taken, book->world);
  for (size_t i = 0; i < book->entry_count && !status; ++i) {
    CrateEntry *const entry = &book->entries[i];
    status = make_anchor(book, entry->id, &entry->anchor);
    status = status ? status : make_unique(book, &taken, &entry->anchor);
  }
  crate_map_clear(&taken);
  return status;
}

/// What is looked through for references.
typedef struct Search {
  CrateBook *book;
  uint32_t user;
  const CrateJson *key;
} Search;

static CrateStatus find_in_members(Search *search, const CrateJson *object);

static CrateStatus
find_in_value(void *handle, const CrateJson *value)
{
  Search *const search = handle;
  CrateBook *const book = search->book;
  const uint32_t target = crate_book_target(book, value);
  if (target == CRATE_NO_ENTRY) { // a node without @id speaks for its user
    const CrateJson *const key = search->key;
    const CrateStatus status =
      crate_book_is_node(value) ? find_in_members(search, value) : CRATE_OK;
    search->key = key;
    return status;
  }
  CRATE_TRY(crate_world_reserve(book->world, &book->uses, &book->use_room,
                                book->use_count + 1u, sizeof *book->uses));
  book->uses[book->use_count++] = (CrateUse){target, search->user, search->key};
  ++book->entries[target].use_count;
  return CRATE_OK;
}

static CrateStatus
find_in_members(Search *search, const CrateJson *object)
{
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const CrateBookKey *const known = crate_book_key(search->book, key);
    if (known && !known->is_json) {
      search->key = key;
      CRATE_TRY(crate_book_each(key->next, find_in_value, search));
    }
  }
  return CRATE_OK;
}

/// Counting sort by target.
static CrateStatus
group_uses(CrateBook *book)
{
  uint32_t start = 0;
  CrateUse *const sorted =
    crate_world_allocate(book->world, (book->use_count + 1u) * sizeof *sorted);
  if (!sorted) {
    return CRATE_NO_MEMORY;
  }
  for (size_t i = 0; i < book->entry_count; ++i) {
    book->entries[i].first_use = start;
    start += book->entries[i].use_count;
    book->entries[i].use_count = 0;
  }
  for (size_t i = 0; i < book->use_count; ++i) {
    CrateEntry *const target = &book->entries[book->uses[i].target];
    sorted[target->first_use + target->use_count++] = book->uses[i];
  }
  crate_world_release(book->world, book->uses);
  book->uses = sorted;
  return CRATE_OK;
}

CrateStatus
crate_book_find_uses(CrateBook *book)
{
  for (size_t i = 0; i < book->part_count; ++i) {
    Search search = {book, book->parts[i].entry, NULL};
    CRATE_TRY(find_in_members(&search, book->parts[i].object));
  }
  return group_uses(book);
}
