// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/entities.h"
#include "convert/ro_crate_json.h"
#include "convert/surgery/nodes.h"
#include "crate/vocabulary.h"
#include <cratekit/iri.h>
#include <stdlib.h>

CrateLinkKind
crate_link_kind(CrateText property)
{
  static const struct {
    const char *term;
    CrateLinkKind kind;
  } kinds[] = {
    {"hasPart", CRATE_LINK_PART},     {"distribution", CRATE_LINK_PART},
    {"mentions", CRATE_LINK_MENTION}, {"object", CRATE_LINK_OBJECT},
    {"result", CRATE_LINK_RESULT},    {"mainEntity", CRATE_LINK_NEED},
    {"license", CRATE_LINK_NEED},
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    if (crate_is_schema_org(property, kinds[i].term)) {
      return kinds[i].kind;
    }
  }
  return CRATE_LINK_PLAIN;
}

uint32_t
crate_entities_find(const CrateEntities *entities, CrateText id)
{
  uintptr_t number = 0;
  return crate_map_get(&entities->by_id, id, &number) ? (uint32_t)number - 1u
                                                      : entities->count;
}

static int
by_id(const void *a, const void *b)
{
  const CrateSubsetEntity *const left = a;
  const CrateSubsetEntity *const right = b;
  return crate_text_compare(left->id, right->id);
}

/// Where the file of an entity is, as a package calls it.
static CrateStatus
find_path(CrateJob *job, CrateSubsetEntity *entity)
{
  const CrateText raw = crate_job_path_of(job, entity->id);
  const CrateStatus status =
    raw.size ? crate_iri_decode(&job->arena, raw, &entity->path) : CRATE_OK;
  if (status == CRATE_MALFORMED) {
    entity->path = raw;
    return CRATE_OK;
  }
  return status;
}

/// The entities in order, and where to find them.
static CrateStatus
collect(CrateJob *job, const CrateJson *nodes, CrateEntities *out)
{
  out->all = crate_arena_array(&job->arena, nodes->size + 1u, sizeof *out->all);
  if (!out->all) {
    return crate_arena_status(&job->arena);
  }
  for (CrateJson *node = nodes->first; node; node = node->next) {
    CrateSubsetEntity *const entity = &out->all[out->count++];
    *entity = (CrateSubsetEntity){.node = node, .id = crate_ro_crate_id(node)};
    CRATE_TRY(find_path(job, entity));
  }
  qsort(out->all, out->count, sizeof *out->all, by_id);
  for (uint32_t i = 0; i < out->count; ++i) {
    CrateText path = out->all[i].path;
    path.size -= crate_text_ends(path, CRATE_TEXT("/")) ? 1u : 0u;
    CRATE_TRY(crate_map_put(&out->by_id, out->all[i].id, i + 1u));
    CRATE_TRY(path.size ? crate_map_put(&out->by_path, path, i + 1u)
                        : CRATE_OK);
  }
  return CRATE_OK;
}

/// Links of one entity after the other, counted or written down.
typedef struct Linking {
  CrateEntities *entities;
  CrateLink *links; ///< NULL: only counted.
  size_t count;
  uint32_t from;
  CrateLinkKind kind; ///< Of the property that is looked at.
} Linking;

/// A property comes before its values. It may be an entity of the crate, as a
/// type may.
static CrateStatus
note_link(void *handle, CrateNameKind kind, CrateJson *name)
{
  Linking *const linking = handle;
  const CrateText text = crate_json_text(name);
  const uint32_t to = crate_entities_find(linking->entities, text);
  linking->kind =
    kind == CRATE_NAME_KEY ? crate_link_kind(text) : linking->kind;
  if (to == linking->entities->count || to == linking->from) {
    return CRATE_OK;
  }
  if (linking->links) {
    linking->links[linking->count] =
      (CrateLink){linking->from, to,
                  kind == CRATE_NAME_ID ? linking->kind : CRATE_LINK_PLAIN};
  }
  ++linking->count;
  return CRATE_OK;
}

static CrateStatus
walk_links(Linking *linking)
{
  const CrateNameVisitor visitor = {note_link, linking};
  CrateEntities *const entities = linking->entities;
  linking->count = 0;
  for (uint32_t i = 0; i < entities->count; ++i) {
    linking->from = i;
    linking->kind = CRATE_LINK_PLAIN;
    entities->first[i] = (uint32_t)linking->count;
    CRATE_TRY(crate_nodes_visit(entities->all[i].node, &visitor));
  }
  entities->first[entities->count] = (uint32_t)linking->count;
  return CRATE_OK;
}

/// Links by where they lead: sorted by counting.
static void
sort_back(CrateEntities *entities)
{
  uint32_t *const ends = entities->back_first + 1;
  for (size_t i = 0; i < entities->link_count; ++i) {
    ++ends[entities->links[i].to];
  }
  for (uint32_t i = 0; i < entities->count; ++i) {
    ends[i] += i ? ends[i - 1u] : 0;
  }
  for (size_t i = entities->link_count; i-- > 0;) {
    entities->back[--ends[entities->links[i].to]] = (uint32_t)i;
  }
  // The counters have become the beginnings, one place too far.
  memmove(entities->back_first, ends, entities->count * sizeof *ends);
  entities->back_first[entities->count] = (uint32_t)entities->link_count;
}

static CrateStatus
link_all(CrateJob *job, CrateEntities *entities)
{
  CrateArena *const arena = &job->arena;
  const size_t room = entities->count + 2u;
  Linking linking = {.entities = entities};
  entities->first = crate_arena_array(arena, room, sizeof(uint32_t));
  entities->back_first = crate_arena_array(arena, room, sizeof(uint32_t));
  if (!entities->first || !entities->back_first) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(walk_links(&linking));
  entities->link_count = linking.count;
  entities->links =
    crate_arena_array(arena, linking.count + 1u, sizeof(CrateLink));
  entities->back =
    crate_arena_array(arena, linking.count + 1u, sizeof(uint32_t));
  linking.links = entities->links;
  if (!entities->links || !entities->back) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(walk_links(&linking));
  sort_back(entities);
  return CRATE_OK;
}

const CrateJson *
crate_subset_licence(const CrateSubsetEntity *entity)
{
  for (const CrateJson *key = crate_json_first_key(entity->node); key;
       key = crate_json_next_key(key)) {
    if (crate_is_schema_org(crate_json_text(key), "license")) {
      return key->next;
    }
  }
  return NULL;
}

/// A part, and under which licence it is: its own, that of the next whole that
/// has one, or the crate's.
static void
mark_part(CrateEntities *entities, uint32_t whole, uint32_t part)
{
  const CrateSubsetEntity *const from = &entities->all[whole];
  CrateSubsetEntity *const to = &entities->all[part];
  to->is_part = true;
  if (whole != entities->root && !crate_subset_licence(to)) {
    to->licensor = crate_subset_licence(from) ? whole + 1u : from->licensor;
  }
}

/// What is part of the root, directly or not, wholes before their parts.
static CrateStatus
mark_parts(CrateJob *job, CrateEntities *entities)
{
  uint32_t *const queue =
    crate_arena_array(&job->arena, entities->count + 1u, sizeof *queue);
  size_t count = 0;
  if (!queue) {
    return crate_arena_status(&job->arena);
  }
  if (entities->root < entities->count) {
    queue[count++] = entities->root;
  }
  for (size_t i = 0; i < count; ++i) {
    for (uint32_t l = entities->first[queue[i]];
         l < entities->first[queue[i] + 1u]; ++l) {
      const CrateLink *const link = &entities->links[l];
      if (link->kind == CRATE_LINK_PART && !entities->all[link->to].is_part &&
          link->to != entities->root) {
        mark_part(entities, link->from, link->to);
        queue[count++] = link->to;
      }
    }
  }
  return CRATE_OK;
}

static bool
is_action(CrateText type)
{
  return (crate_text_starts(type, CRATE_TEXT(SCHEMA)) ||
          crate_text_starts(type, CRATE_TEXT("https://schema.org/"))) &&
         crate_text_ends(type, CRATE_TEXT("Action"));
}

/// A page about the whole crate is no page of a part of it.
static bool
is_preview(CrateText path)
{
  return crate_text_is(path, "ro-crate-preview.html") ||
         crate_text_is(path, "ro-crate-preview_files/");
}

static void
mark_kinds(CrateEntities *entities)
{
  for (uint32_t i = 0; i < entities->count; ++i) {
    CrateSubsetEntity *const entity = &entities->all[i];
    const CrateJson *const types =
      crate_json_get(entity->node, CRATE_TEXT("@type"));
    bool is_typed = is_preview(entity->path);
    for (const CrateJson *type = crate_json_first(types); type;
         type = type->next) {
      const CrateText iri = crate_json_text(type);
      is_typed |= crate_is_schema_org(iri, "MediaObject") ||
                  crate_is_schema_org(iri, "Dataset");
      entity->is_folder |= crate_is_schema_org(iri, "Dataset");
      entity->is_program |= crate_is_schema_org(iri, "SoftwareSourceCode");
      entity->is_action |= is_action(iri);
    }
    entity->is_data = is_typed && (entity->is_part || entity->path.size) &&
                      i != entities->root && i != entities->descriptor;
  }
}

CrateStatus
crate_entities_read(CrateJob *job, CrateJson *nodes, CrateEntities *out)
{
  CrateText descriptor;
  CrateText root;
  *out = (CrateEntities){.count = 0};
  crate_map_init(&out->by_id, job->world);
  crate_map_init(&out->by_path, job->world);
  CRATE_TRY(crate_job_find_root(job, &descriptor, &root));
  CRATE_TRY(collect(job, nodes, out));
  out->root = crate_entities_find(out, root);
  out->descriptor = crate_entities_find(out, descriptor);
  CRATE_TRY(link_all(job, out));
  CRATE_TRY(mark_parts(job, out));
  mark_kinds(out);
  return CRATE_OK;
}

void
crate_entities_clear(CrateEntities *entities)
{
  crate_map_clear(&entities->by_id);
  crate_map_clear(&entities->by_path);
}
