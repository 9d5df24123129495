// SPDX-License-Identifier: Apache-2.0
// Entities by something that is said of them: type/, by-author/, by-license/. A
// folder for each word, with links to the entities under it.
#include "fuse/values.h"

/// How one list is made.
typedef CrateStatus (*Gather)(const CrateMaterial *m, CrateListing *out);

/// Who visits the values of an entry.
typedef struct {
  const CrateMaterial *m;
  CrateListing *out;
  uint32_t entry;
} Visit;

static CrateStatus
add_type(void *handle, const CrateJson *value)
{
  const Visit *const visit = (const Visit *)handle;
  return crate_json_is(value, CRATE_JSON_STRING)
           ? crate_listing_add(visit->out, crate_json_text(value), visit->entry)
           : CRATE_OK;
}

static CrateStatus
gather_types(const CrateMaterial *m, CrateListing *out)
{
  const CrateBook *const book = &m->book;
  for (size_t i = 0; i < book->part_count; ++i) {
    Visit visit = {m, out, book->parts[i].entry};
    const CrateJson *const types =
      crate_json_get(book->parts[i].object, CRATE_TEXT("@type"));
    CRATE_TRY(types ? crate_book_each(types, add_type, &visit) : CRATE_OK);
  }
  return CRATE_OK;
}

/// What a value refers to, else its own words.
static CrateStatus
add_value(void *handle, const CrateJson *value)
{
  const Visit *const visit = (const Visit *)handle;
  const CrateText id =
    crate_book_is_node(value) ? crate_book_id(value) : CRATE_TEXT("");
  const CrateText word = id.size ? id : crate_book_text(value);
  return word.size ? crate_listing_add(visit->out, word, visit->entry)
                   : CRATE_OK;
}

static CrateStatus
gather_word(const CrateMaterial *m, CrateWord word, CrateListing *out)
{
  for (uint32_t i = 0; i < m->book.entry_count; ++i) {
    Visit visit = {m, out, i};
    CRATE_TRY(crate_book_each_of(&m->book, i, word, add_value, &visit));
  }
  return CRATE_OK;
}

static CrateStatus
gather_authors(const CrateMaterial *m, CrateListing *out)
{
  return gather_word(m, CRATE_WORD_AUTHOR, out);
}

static CrateStatus
gather_licenses(const CrateMaterial *m, CrateListing *out)
{
  return gather_word(m, CRATE_WORD_LICENSE, out);
}

/// Links to the entities under one word: `detail` of them.
static CrateStatus
fill_word(CrateFolderPlan *plan, const CrateNode *folder)
{
  static const CrateText entity = {"entity/", 7};
  const CrateListed *const items = (const CrateListed *)folder->about;
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  for (uint32_t i = 0; i < folder->detail; ++i) {
    const CrateText parts[] = {entity, m->names[items[i].entry]};
    CrateText way;
    CRATE_TRY(crate_node_way(crate_tree_arena(plan->tree), 2, parts, 2, &way));
    CRATE_TRY(crate_plan_link(plan, parts[1], way));
  }
  return CRATE_OK;
}

/// A folder for each word of a list that lives as long as the tree.
static CrateStatus
add_words(CrateFolderPlan *plan, const CrateListing *listing)
{
  for (size_t i = 0, end = 0; i < listing->count; i = end) {
    end = crate_listing_end(listing, i);
    CrateNode node = {.kind = CRATE_NODE_FOLDER,
                      .fill = fill_word,
                      .about = &listing->items[i],
                      .entry = CRATE_NO_ENTRY,
                      .detail = (uint32_t)(end - i)};
    CRATE_TRY(crate_node_name(crate_tree_arena(plan->tree),
                              listing->items[i].word, &node.name));
    CRATE_TRY(crate_plan_add(plan, node));
  }
  return CRATE_OK;
}

static CrateStatus
fill_list(CrateFolderPlan *plan, Gather gather)
{
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  CrateListing listing = {.world = m->world};
  CrateStatus st = gather(m, &listing);
  crate_listing_sort(&listing);
  CrateListing kept = listing;
  kept.items = (CrateListed *)crate_arena_array(
    crate_tree_arena(plan->tree), listing.count + 1u, sizeof(CrateListed));
  if (!st && kept.items) {
    memcpy(kept.items, listing.count ? listing.items : kept.items,
           listing.count * sizeof(CrateListed));
    st = add_words(plan, &kept);
  }
  crate_world_release(m->world, listing.items);
  return st || kept.items ? st
                          : crate_arena_status(crate_tree_arena(plan->tree));
}

CrateStatus
crate_shelf_types(CrateFolderPlan *plan, const CrateNode *folder)
{
  (void)folder;
  return fill_list(plan, gather_types);
}

CrateStatus
crate_shelf_by_author(CrateFolderPlan *plan, const CrateNode *folder)
{
  (void)folder;
  return fill_list(plan, gather_authors);
}

CrateStatus
crate_shelf_by_license(CrateFolderPlan *plan, const CrateNode *folder)
{
  (void)folder;
  return fill_list(plan, gather_licenses);
}
