// SPDX-License-Identifier: Apache-2.0
// entity/<@id>/: what an entity says, as it is written and value by value, who
// refers to it, and the file or folder that it is about.
#include "fuse/values.h"
#include <cratekit/iri.h>
#include <stdio.h>

/// Folders from the root: .crate/entity/<@id>/
enum { DEPTH = 3 };

static CrateStatus
write_json(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(tree, &m));
  for (uint32_t part = m->book.entries[file->entry].first_part;
       part != CRATE_NO_ENTRY; part = m->book.parts[part].next) {
    crate_json_write(buffer, m->book.parts[part].object, 2);
    crate_buffer_add_byte(buffer, '\n');
  }
  return CRATE_OK;
}

/// The statements about a node, and about the blank nodes that they lead to.
static CrateStatus
copy_about(const CrateGraph *graph,
           CrateTerm subject,
           unsigned depth,
           CrateGraph *out)
{
  const CrateTerms *const terms = crate_graph_terms(graph);
  const CrateQuadRange range = crate_graph_about(graph, subject, CRATE_NO_TERM);
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTerm object = range.first[i].object;
    CRATE_TRY(crate_graph_add(out, range.first[i], CRATE_NO_ORIGIN));
    if (depth && crate_terms_kind(terms, object) == CRATE_TERM_BLANK) {
      CRATE_TRY(copy_about(graph, object, depth - 1u, out));
    }
  }
  return CRATE_OK;
}

static CrateStatus
write_about(const CrateMaterial *m, CrateTerm subject, CrateBuffer *buffer)
{
  enum { DEEP = 16 };
  static const CratePrefix prefixes[] = {
    {{"schema", 6}, {"http://schema.org/", 18}},
    {{"dct", 3}, {"http://purl.org/dc/terms/", 25}},
    {{"xsd", 3}, {"http://www.w3.org/2001/XMLSchema#", 33}},
  };
  CrateGraph *about = NULL;
  CRATE_TRY(crate_graph_new(m->world, crate_graph_terms(m->graph), &about));
  CrateStatus st = copy_about(m->graph, subject, DEEP, about);
  st = st ? st : crate_graph_index(about);
  st = st ? st
          : crate_rdf_write_turtle(buffer, about, prefixes,
                                   sizeof(prefixes) / sizeof(*prefixes));
  crate_graph_free(about);
  return st;
}

static CrateStatus
write_turtle(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateMaterial *m = NULL;
  CrateText iri;
  CRATE_TRY(crate_tree_material(tree, &m));
  CRATE_TRY(crate_material_graph(m));
  const CrateText id = m->book.entries[file->entry].id;
  CRATE_TRY(
    crate_iri_resolve(&m->arena, crate_buffer_text(&m->base), id, &iri));
  const CrateTerm subject =
    crate_terms_find_iri(crate_graph_terms(m->graph), iri);
  return subject ? write_about(m, subject, buffer) : CRATE_OK;
}

/// What freedesktop's and other desktops open as a bookmark.
static void
write_bookmark(CrateBuffer *buffer, CrateText iri)
{
  crate_buffer_add_string(buffer, "[InternetShortcut]\nURL=");
  for (size_t i = 0; i < iri.size; ++i) {
    const char byte = iri.data[i];
    crate_buffer_add_byte(buffer, byte == '\n' || byte == '\r' ? ' ' : byte);
  }
  crate_buffer_add_byte(buffer, '\n');
}

static CrateStatus
write_target(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(tree, &m));
  write_bookmark(buffer, m->book.entries[file->entry].id);
  return CRATE_OK;
}

static CrateStatus
write_value(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  const CrateJson *const value = (const CrateJson *)file->about;
  const CrateText id = crate_book_id(value);
  (void)tree;
  if (id.size && crate_book_is_node(value)) {
    crate_buffer_add(buffer, id);
    crate_buffer_add_byte(buffer, '\n');
  } else {
    crate_said_write(buffer, value);
  }
  return CRATE_OK;
}

static bool
is_web(CrateText id)
{
  return crate_text_starts(id, CRATE_TEXT("http://")) ||
         crate_text_starts(id, CRATE_TEXT("https://"));
}

static CrateStatus
write_reference(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  (void)tree;
  write_bookmark(buffer, crate_book_id((const CrateJson *)file->about));
  return CRATE_OK;
}

/// A value: a link to the entity that it names, else a file. `depth`: of the
/// folder below that of all entities.
static CrateStatus
add_value(CrateFolderPlan *plan,
          CrateMaterial *m,
          CrateText name,
          const CrateJson *value,
          unsigned depth)
{
  CrateArena *const arena = crate_tree_arena(plan->tree);
  const CrateText id =
    crate_book_is_node(value) ? crate_book_id(value) : CRATE_TEXT("");
  const uint32_t target = crate_book_find(&m->book, id);
  CrateText way;
  if (target != CRATE_NO_ENTRY) {
    CRATE_TRY(crate_node_way(arena, depth, &m->names[target], 1, &way));
    return crate_plan_link(plan, name, way);
  }
  CrateNode node = {.name = name,
                    .kind = CRATE_NODE_FILE,
                    .write = write_value,
                    .about = value,
                    .entry = CRATE_NO_ENTRY};
  if (is_web(id)) {
    const CrateText parts[] = {name, CRATE_TEXT(".url")};
    CRATE_TRY(crate_arena_join(arena, parts, 2, &node.name));
    node.write = write_reference;
  }
  return crate_plan_add(plan, node);
}

/// What the values of one key are called in their folder: the entity's name, or
/// a number.
static CrateStatus
name_value(CrateArena *arena,
           const CrateMaterial *m,
           const CrateJson *value,
           size_t number,
           CrateText *out)
{
  const uint32_t target = crate_book_target(&m->book, value);
  char text[24];
  if (target != CRATE_NO_ENTRY) {
    *out = m->names[target];
    return CRATE_OK;
  }
  (void)snprintf(text, sizeof(text), "%zu", number);
  return crate_arena_copy(arena, crate_text(text), out);
}

/// prop/<key>/: the values of a key that has several.
static CrateStatus
fill_values(CrateFolderPlan *plan, const CrateNode *folder)
{
  CrateMaterial *m = NULL;
  CrateSaid *said = NULL;
  size_t count = 0;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  CRATE_TRY(crate_said_by(m, folder->entry, &said, &count));
  CrateStatus st = CRATE_OK;
  size_t number = 0;
  for (size_t i = 0; i < count && !st; ++i) {
    CrateText name;
    if (!crate_text_equal(said[i].key, folder->path)) {
      continue;
    }
    st = name_value(crate_tree_arena(plan->tree), m, said[i].value, ++number,
                    &name);
    st = st ? st : add_value(plan, m, name, said[i].value, DEPTH);
  }
  crate_world_release(m->world, said);
  return st;
}

/// A key with one value, or with `count` of them.
static CrateStatus
add_key(CrateFolderPlan *plan,
        CrateMaterial *m,
        uint32_t entry,
        const CrateSaid *said,
        size_t count)
{
  CrateText name;
  CRATE_TRY(crate_node_name(crate_tree_arena(plan->tree), said->key, &name));
  return count == 1
           ? add_value(plan, m, name, said->value, DEPTH - 1)
           : crate_plan_add(plan, (CrateNode){.name = name,
                                              .kind = CRATE_NODE_FOLDER,
                                              .fill = fill_values,
                                              .path = said->key,
                                              .entry = entry});
}

/// prop/: a file, a link or a folder for each key.
static CrateStatus
fill_properties(CrateFolderPlan *plan, const CrateNode *folder)
{
  CrateMaterial *m = NULL;
  CrateSaid *said = NULL;
  size_t count = 0;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  CRATE_TRY(crate_said_by(m, folder->entry, &said, &count));
  CrateStatus st = CRATE_OK;
  for (size_t i = 0; i < count && !st;) {
    size_t end = i;
    while (end < count && crate_text_equal(said[end].key, said[i].key)) {
      ++end;
    }
    st = add_key(plan, m, folder->entry, &said[i], end - i);
    i = end;
  }
  crate_world_release(m->world, said);
  return st;
}

/// Who refers to an entry, by key.
static CrateStatus
list_users(const CrateMaterial *m, uint32_t entry, CrateListing *out)
{
  const CrateEntry *const e = &m->book.entries[entry];
  CrateStatus st = CRATE_OK;
  *out = (CrateListing){.world = m->world};
  for (uint32_t i = 0; i < e->use_count && !st; ++i) {
    const CrateUse *const use = &m->book.uses[e->first_use + i];
    st = crate_listing_add(out, crate_json_text(use->key), use->user);
  }
  crate_listing_sort(out);
  return st;
}

/// reverse/<key>/: links to those who refer by it.
static CrateStatus
fill_users(CrateFolderPlan *plan, const CrateNode *folder)
{
  CrateMaterial *m = NULL;
  CrateListing users;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  CrateStatus st = list_users(m, folder->entry, &users);
  for (size_t i = 0; i < users.count && !st; ++i) {
    const CrateText name = m->names[users.items[i].entry];
    CrateText way;
    if (crate_text_equal(users.items[i].word, folder->path)) {
      st = crate_node_way(crate_tree_arena(plan->tree), DEPTH, &name, 1, &way);
      st = st ? st : crate_plan_link(plan, name, way);
    }
  }
  crate_world_release(m->world, users.items);
  return st;
}

/// reverse/: a folder for each key.
static CrateStatus
fill_reverse(CrateFolderPlan *plan, const CrateNode *folder)
{
  CrateMaterial *m = NULL;
  CrateListing users;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  CrateStatus st = list_users(m, folder->entry, &users);
  for (size_t i = 0; i < users.count && !st; i = crate_listing_end(&users, i)) {
    CrateNode node = {.kind = CRATE_NODE_FOLDER,
                      .fill = fill_users,
                      .path = users.items[i].word,
                      .entry = folder->entry};
    st = crate_node_name(crate_tree_arena(plan->tree), node.path, &node.name);
    st = st ? st : crate_plan_add(plan, node);
  }
  crate_world_release(m->world, users.items);
  return st;
}

/// Where the entity itself is: in the payload, or on the web.
static CrateStatus
add_target(CrateFolderPlan *plan, CrateMaterial *m, uint32_t entry)
{
  const CrateText root = crate_package_root(m->package);
  CrateText path, way;
  CRATE_TRY(crate_material_payload(m, entry, &path));
  if (path.data) {
    const CrateText parts[] = {root, path};
    CRATE_TRY(
      crate_node_way(crate_tree_arena(plan->tree), DEPTH, parts, 2, &way));
    return crate_plan_link(plan, CRATE_TEXT("target"), way);
  }
  return is_web(m->book.entries[entry].id)
           ? crate_plan_file(plan, CRATE_TEXT("target.url"), write_target,
                             entry)
           : CRATE_OK;
}

static CrateStatus
fill_entity(CrateFolderPlan *plan, const CrateNode *folder)
{
  const uint32_t entry = folder->entry;
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  CRATE_TRY(
    crate_plan_file(plan, CRATE_TEXT("properties.json"), write_json, entry));
  CRATE_TRY(
    crate_plan_file(plan, CRATE_TEXT("properties.ttl"), write_turtle, entry));
  CRATE_TRY(
    crate_plan_folder(plan, CRATE_TEXT("prop"), fill_properties, entry));
  CRATE_TRY(
    crate_plan_folder(plan, CRATE_TEXT("reverse"), fill_reverse, entry));
  return add_target(plan, m, entry);
}

static CrateStatus
describe(CrateTree *tree, const CrateNode *folder, CrateAttributes *out)
{
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(tree, &m));
  return crate_attributes_of_entry(m, folder->entry, out);
}

CrateStatus
crate_shelf_entities(CrateFolderPlan *plan, const CrateNode *folder)
{
  CrateMaterial *m = NULL;
  (void)folder;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  for (uint32_t i = 0; i < m->book.entry_count; ++i) {
    CRATE_TRY(crate_plan_add(plan, (CrateNode){.name = m->names[i],
                                               .kind = CRATE_NODE_FOLDER,
                                               .fill = fill_entity,
                                               .describe = describe,
                                               .entry = i}));
  }
  return CRATE_OK;
}
