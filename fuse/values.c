// SPDX-License-Identifier: Apache-2.0
#include "fuse/values.h"
#include <stdlib.h>

typedef struct {
  const CrateWorld *world;
  CrateText key; // of what is gathered now
  CrateSaid *items;
  size_t count, capacity;
} Gathering;

static int
compare_said(const void *a, const void *b)
{
  const CrateSaid *const x = (const CrateSaid *)a;
  const CrateSaid *const y = (const CrateSaid *)b;
  const int order = crate_text_compare(x->key, y->key);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static CrateStatus
gather_value(void *handle, const CrateJson *value)
{
  Gathering *const gathering = (Gathering *)handle;
  const uint32_t order = (uint32_t)gathering->count;
  CRATE_TRY(crate_world_reserve(gathering->world, &gathering->items,
                                &gathering->capacity, gathering->count + 1u,
                                sizeof(CrateSaid)));
  gathering->items[gathering->count++] =
    (CrateSaid){gathering->key, value, order};
  return CRATE_OK;
}

static CrateStatus
gather_object(Gathering *gathering, const CrateJson *object)
{
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const CrateText text = crate_json_text(key);
    if (!crate_text_is(text, "@id") && !crate_text_is(text, "@context")) {
      gathering->key = text;
      CRATE_TRY(crate_book_each(key->next, gather_value, gathering));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_said_by(const CrateMaterial *material,
              uint32_t entry,
              CrateSaid **out,
              size_t *count)
{
  const CrateBook *const book = &material->book;
  Gathering gathering = {.world = material->world};
  CrateStatus st = CRATE_OK;
  for (uint32_t part = book->entries[entry].first_part;
       part != CRATE_NO_ENTRY && !st; part = book->parts[part].next) {
    st = gather_object(&gathering, book->parts[part].object);
  }
  if (gathering.count) {
    qsort(gathering.items, gathering.count, sizeof(CrateSaid), compare_said);
  }
  *out = gathering.items;
  *count = gathering.count;
  if (st) {
    crate_world_release(material->world, gathering.items);
    *out = NULL;
    *count = 0;
  }
  return st;
}

void
crate_said_write(CrateBuffer *buffer, const CrateJson *value)
{
  const CrateJson *const typed = crate_json_get(value, CRATE_TEXT("@value"));
  const CrateJson *const plain = typed ? typed : value;
  if (crate_json_is(plain, CRATE_JSON_STRING)) {
    crate_buffer_add(buffer, crate_json_text(plain));
  } else {
    crate_json_write(buffer, plain, 2);
  }
  crate_buffer_add_byte(buffer, '\n');
}

static int
compare_listed(const void *a, const void *b)
{
  const CrateListed *const x = (const CrateListed *)a;
  const CrateListed *const y = (const CrateListed *)b;
  const int order = crate_text_compare(x->word, y->word);
  return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

CrateStatus
crate_listing_add(CrateListing *listing, CrateText word, uint32_t entry)
{
  CRATE_TRY(crate_world_reserve(listing->world, &listing->items,
                                &listing->capacity, listing->count + 1u,
                                sizeof(CrateListed)));
  listing->items[listing->count++] = (CrateListed){word, entry};
  return CRATE_OK;
}

void
crate_listing_sort(CrateListing *listing)
{
  size_t kept = 0;
  if (listing->count) {
    qsort(listing->items, listing->count, sizeof(CrateListed), compare_listed);
  }
  for (size_t i = 0; i < listing->count; ++i) {
    if (!kept ||
        compare_listed(&listing->items[kept - 1u], &listing->items[i])) {
      listing->items[kept++] = listing->items[i];
    }
  }
  listing->count = kept;
}

size_t
crate_listing_end(const CrateListing *listing, size_t start)
{
  size_t end = start;
  while (end < listing->count && crate_text_equal(listing->items[end].word,
                                                  listing->items[start].word)) {
    ++end;
  }
  return end;
}
