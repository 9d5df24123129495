// SPDX-License-Identifier: Apache-2.0
// Which entities are named, and the document that is left.
#include "convert/surgery/subset.h"
#include "convert/ro_crate_json.h"
#include "convert/surgery/entities.h"
#include "convert/surgery/nodes.h"
#include "convert/surgery/surgery.h"
#include "crate/vocabulary.h"
#include <cratekit/iri.h>
#include <fnmatch.h>

/// Entities that are named one by one in warnings.
#define MOST_NAMED 20u

static CrateDiagnostic
place_of(const CrateJob *job, const char *code)
{
  return (CrateDiagnostic){.file = job->what->name, .code = crate_text(code)};
}

/// A name without what a person may write around it.
static CrateText
plain_name(CrateText name)
{
  if (crate_text_starts(name, CRATE_TEXT("./"))) {
    name = crate_text_slice(name, 2, name.size);
  }
  name.size -= crate_text_ends(name, CRATE_TEXT("/")) ? 1u : 0u;
  return name;
}

static bool
is_pattern(CrateText name)
{
  return crate_text_find(name, '*') < name.size ||
         crate_text_find(name, '?') < name.size ||
         crate_text_find(name, '[') < name.size;
}

/// All entities whose path, or else name, is as a shell would take it.
static CrateStatus
keep_matching(CrateJob *job,
              CrateEntities *entities,
              const char *pattern,
              bool *found)
{
  for (uint32_t i = 0; i < entities->count; ++i) {
    CrateSubsetEntity *const entity = &entities->all[i];
    const CrateArenaMark mark = crate_arena_mark(&job->arena);
    CrateText name;
    if (!entity->is_data) {
      continue;
    }
    CRATE_TRY(crate_arena_copy(
      &job->arena, entity->path.size ? entity->path : entity->id, &name));
    if (!fnmatch(pattern, name.data, FNM_PATHNAME)) {
      entity->fate = CRATE_FATE_KEPT;
      *found = true;
    }
    crate_arena_rewind(&job->arena, mark);
  }
  return CRATE_OK;
}

/// The entities of a name: a path, an @id, or a pattern of paths.
static CrateStatus
keep_named(CrateJob *job, CrateEntities *entities, CrateText name)
{
  uintptr_t number = 0;
  CrateText iri;
  CrateText pattern;
  const CrateText plain = plain_name(name);
  CRATE_TRY(crate_iri_resolve(&job->arena, job->options.base, name, &iri));
  if (!crate_map_get(&entities->by_path, plain, &number)) {
    crate_map_get(&entities->by_id, iri, &number);
  }
  if (number) {
    entities->all[number - 1u].fate = CRATE_FATE_KEPT;
    return CRATE_OK;
  }
  bool found = false;
  CRATE_TRY(crate_arena_copy(&job->arena, name, &pattern));
  CRATE_TRY(is_pattern(name)
              ? keep_matching(job, entities, pattern.data, &found)
              : CRATE_OK);
  const CrateDiagnostic place = place_of(job, "no-subset");
  return found ? CRATE_OK
               : crate_world_say(job->world, CRATE_NOT_FOUND, &place,
                                 "\"%.*s\" is no data entity of this crate",
                                 CRATE_TEXT_ARG(name));
}

/// The root is all of the crate.
static bool
names_root(CrateText name)
{
  return crate_text_is(name, "./") || crate_text_is(name, ".");
}

bool
crate_job_wants_all(const CrateJob *job)
{
  bool all = false;
  for (size_t i = 0; i < job->what->subset_count; ++i) {
    all |= names_root(job->what->subset[i]);
  }
  return all;
}

static CrateStatus
keep_wanted(CrateJob *job, CrateEntities *entities)
{
  const CrateConversion *const what = job->what;
  const bool all = crate_job_wants_all(job);
  for (uint32_t i = 0; i < entities->count && all; ++i) {
    entities->all[i].fate = CRATE_FATE_KEPT;
  }
  for (size_t i = 0; i < what->subset_count; ++i) {
    CRATE_TRY(names_root(what->subset[i])
                ? CRATE_OK
                : keep_named(job, entities, what->subset[i]));
  }
  entities->all[entities->root].fate = CRATE_FATE_KEPT;
  entities->all[entities->descriptor].fate = CRATE_FATE_KEPT;
  return CRATE_OK;
}

/// Whether an entity is described still, but has no file any more. What is on
/// the web is no less there for being left out.
static bool
is_absent(const CrateSubsetEntity *entity)
{
  return entity->fate == CRATE_FATE_NAMED_ONLY && entity->path.size;
}

/// Take a name that nothing has yet.
static CrateStatus
take_name(CrateEntities *entities, CrateText name, uint32_t which, bool *taken)
{
  *taken = !crate_map_get(&entities->by_id, name, NULL);
  if (!*taken) {
    return CRATE_OK;
  }
  entities->all[which].new_id = name;
  return crate_map_put(&entities->by_id, name, which + 1u);
}

/// What has no file any more is not called as one, but by a fragment.
static CrateStatus
rename_one(CrateJob *job, CrateEntities *entities, uint32_t which)
{
  const CrateText path = crate_job_path_of(job, entities->all[which].id);
  bool taken = false;
  for (CrateText mark = CRATE_TEXT("#left-out-"); !taken;) {
    const CrateText parts[] = {mark, path};
    CrateText name;
    CRATE_TRY(crate_arena_join(&job->arena, parts, 2, &name));
    CRATE_TRY(crate_iri_resolve(&job->arena, job->options.base, name, &name));
    CRATE_TRY(take_name(entities, name, which, &taken));
    const CrateText longer[] = {mark, CRATE_TEXT("-")};
    CRATE_TRY(crate_arena_join(&job->arena, longer, 2, &mark));
  }
  return CRATE_OK;
}

/// Where the file would be, if it were there: RO-Crate 1.2, "File Data Entity".
static CrateStatus
say_path(CrateJob *job, CrateSubsetEntity *entity)
{
  CrateArena *const arena = &job->arena;
  const CrateText property = CRATE_TEXT("https://w3id.org/ro/terms#localPath");
  CrateJson *member = NULL;
  if (crate_json_get(entity->node, property)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_node_text(arena, property, entity->path, &member));
  crate_node_add(entity->node, member);
  return CRATE_OK;
}

/// Name those that are left out, but referred to.
static void
say_named_only(const CrateJob *job, const CrateSubsetEntity *entity)
{
  CrateDiagnostic place = place_of(job, "left-out");
  const CrateText id = entity->path.size ? entity->path : entity->id;
  place.level = CRATE_DIAGNOSTIC_WARNING;
  if (job->document.bytes.data && entity->node->offset != CRATE_JSON_NOWHERE) {
    const CratePlace at =
      crate_json_place(&job->document, entity->node->offset);
    place.line = at.line;
    place.column = at.column;
  }
  crate_world_say(job->world, CRATE_OK, &place,
                  "%.*s is left out, but what stays refers to it: it is "
                  "described, but has no file",
                  CRATE_TEXT_ARG(id));
}

static CrateStatus
settle_named_only(CrateJob *job, CrateEntities *entities)
{
  size_t count = 0;
  for (uint32_t i = 0; i < entities->count; ++i) {
    if (is_absent(&entities->all[i])) {
      CRATE_TRY(rename_one(job, entities, i));
      CRATE_TRY(say_path(job, &entities->all[i]));
      if (count++ < MOST_NAMED) {
        say_named_only(job, &entities->all[i]);
      }
    }
  }
  if (count > MOST_NAMED) {
    CrateDiagnostic place = place_of(job, "left-out");
    place.level = CRATE_DIAGNOSTIC_WARNING;
    return crate_world_say(job->world, CRATE_OK, &place,
                           "%zu more are left out, but referred to",
                           count - MOST_NAMED);
  }
  return CRATE_OK;
}

/// Whether a value refers to what is not there any more, or is no part.
static bool
is_cut(const CrateEntities *entities, const CrateJson *value, bool as_part)
{
  const uint32_t which =
    crate_entities_find(entities, crate_ro_crate_id(value));
  return which < entities->count &&
         (entities->all[which].fate == CRATE_FATE_GONE ||
          (as_part && is_absent(&entities->all[which])));
}

/// Cut references out of an array; lists are arrays in objects.
static void
cut_values(const CrateEntities *entities, CrateJson *array, bool as_part)
{
  CrateJson **link = &array->first;
  while (*link) {
    CrateJson *const list = crate_json_get(*link, CRATE_TEXT("@list"));
    if (crate_json_is(list, CRATE_JSON_ARRAY)) {
      cut_values(entities, list, as_part);
    }
    if (is_cut(entities, *link, as_part)) {
      *link = (*link)->next;
      --array->size;
    } else {
      link = &(*link)->next;
    }
  }
}

/// Members of a node, without those that were nothing but such references.
static void
cut_node(const CrateEntities *entities, CrateJson *node)
{
  CrateJson **link = &node->first;
  while (*link) {
    CrateJson *const key = *link;
    CrateJson *const value = key->next;
    if (crate_json_is(value, CRATE_JSON_ARRAY) && value->size &&
        !crate_text_starts(crate_json_text(key), CRATE_TEXT("@"))) {
      cut_values(entities, value,
                 crate_link_kind(crate_json_text(key)) == CRATE_LINK_PART);
      if (!value->size) {
        *link = value->next;
        --node->size;
        continue;
      }
    }
    link = &value->next;
  }
}

static CrateStatus
rename_name(void *handle, CrateNameKind kind, CrateJson *name)
{
  const CrateEntities *const entities = handle;
  const uint32_t which = crate_entities_find(entities, crate_json_text(name));
  if (kind == CRATE_NAME_ID && which < entities->count &&
      entities->all[which].new_id.size) {
    const CrateText text = entities->all[which].new_id;
    name->text = text.data;
    name->size = (uint32_t)text.size & CRATE_JSON_MAX_SIZE;
  }
  return CRATE_OK;
}

/// The nodes that are left, with what is left of them.
static CrateStatus
cut_all(CrateEntities *entities, CrateJson *nodes, CrateJson **last)
{
  const CrateNameVisitor visitor = {rename_name, entities};
  nodes->size = 0;
  nodes->first = *last = NULL;
  for (uint32_t i = 0; i < entities->count; ++i) {
    CrateJson *const node = entities->all[i].node;
    node->next = NULL;
    if (entities->all[i].fate == CRATE_FATE_GONE) {
      continue;
    }
    cut_node(entities, node);
    CRATE_TRY(crate_nodes_visit(node, &visitor));
    if (*last) {
      (*last)->next = node;
    } else {
      nodes->first = node;
    }
    *last = node;
    ++nodes->size;
  }
  return CRATE_OK;
}

static bool
is_there(const CrateSubsetEntity *entity)
{
  return entity->fate != CRATE_FATE_GONE && !is_absent(entity);
}

/// What is kept below an entity by hasPart is reached.
static void
reach(const CrateEntities *entities, uint32_t from, uint32_t *stack, bool *done)
{
  size_t count = 0;
  stack[count++] = from;
  done[from] = true;
  while (count) {
    const uint32_t which = stack[--count];
    for (uint32_t i = entities->first[which]; i < entities->first[which + 1u];
         ++i) {
      const CrateLink *const link = &entities->links[i];
      if (link->kind == CRATE_LINK_PART && !done[link->to] &&
          is_there(&entities->all[link->to])) {
        done[link->to] = true;
        stack[count++] = link->to;
      }
    }
  }
}

/// Whether something that is kept has this as a part.
static bool
has_whole(const CrateEntities *entities, uint32_t which)
{
  for (uint32_t i = entities->back_first[which];
       i < entities->back_first[which + 1u]; ++i) {
    const CrateLink *const link = &entities->links[entities->back[i]];
    if (link->kind == CRATE_LINK_PART && is_there(&entities->all[link->from])) {
      return true;
    }
  }
  return false;
}

/// What was part of the root by way of something that is left out is part of
/// it at once: first what nothing else has as a part, then what only circles.
static CrateStatus
add_parts(CrateJob *job,
          CrateEntities *entities,
          CrateJson *nodes,
          CrateJson **last)
{
  CrateArena *const arena = &job->arena;
  uint32_t *const stack =
    crate_arena_array(arena, entities->count + 1u, sizeof *stack);
  bool *const done =
    crate_arena_array(arena, entities->count + 1u, sizeof *done);
  if (!stack || !done) {
    return crate_arena_status(arena);
  }
  reach(entities, entities->root, stack, done);
  for (uint32_t i = 0; i < 2u * entities->count; ++i) {
    const uint32_t which = i % entities->count;
    const CrateSubsetEntity *const entity = &entities->all[which];
    if (!entity->is_part || done[which] || !is_there(entity) ||
        (i < entities->count && has_whole(entities, which))) {
      continue;
    }
    CRATE_TRY(crate_node_link(arena, entities->all[entities->root].id,
                              CRATE_TEXT(SCHEMA "hasPart"), entity->id,
                              &(*last)->next));
    *last = (*last)->next;
    ++nodes->size;
    reach(entities, which, stack, done);
  }
  return CRATE_OK;
}

/// A file of a folder that is left out says itself what the folder said of its
/// licence: it would be under the root's otherwise.
static CrateStatus
add_licences(CrateJob *job,
             CrateEntities *entities,
             CrateJson *nodes,
             CrateJson *last)
{
  for (uint32_t i = 0; i < entities->count; ++i) {
    const CrateSubsetEntity *const entity = &entities->all[i];
    const CrateSubsetEntity *const from =
      entity->licensor ? &entities->all[entity->licensor - 1u] : NULL;
    if (!from || entity->fate == CRATE_FATE_GONE || is_there(from)) {
      continue;
    }
    CRATE_TRY(crate_node_copy(
      &job->arena, entity->new_id.size ? entity->new_id : entity->id,
      CRATE_TEXT(SCHEMA "license"), crate_subset_licence(from), &last->next));
    last = last->next;
    ++nodes->size;
  }
  return CRATE_OK;
}

static CrateStatus
check_root(const CrateJob *job, const CrateEntities *entities)
{
  const CrateDiagnostic place = place_of(job, "no-subset");
  return entities->root < entities->count &&
             entities->descriptor < entities->count
           ? CRATE_OK
           : crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                             "no descriptor says which is the root data entity "
                             "of this crate");
}

static CrateStatus
cut(CrateJob *job, CrateEntities *entities, CrateJson *nodes)
{
  CrateJson *last = NULL;
  CRATE_TRY(check_root(job, entities));
  CRATE_TRY(keep_wanted(job, entities));
  CRATE_TRY(crate_entities_decide(job, entities));
  CRATE_TRY(settle_named_only(job, entities));
  CRATE_TRY(cut_all(entities, nodes, &last));
  CRATE_TRY(add_parts(job, entities, nodes, &last));
  return add_licences(job, entities, nodes, last);
}

CrateStatus
crate_job_subset(CrateJob *job, CrateJson **out)
{
  CrateEntities entities;
  CrateJson *nodes = NULL;
  CRATE_TRY(crate_job_nodes(job, &nodes));
  CrateStatus status = crate_entities_read(job, nodes, &entities);
  status = status ? status : cut(job, &entities, nodes);
  crate_entities_clear(&entities);
  CRATE_TRY(status);
  job->nodes = nodes;
  return crate_job_reshape(job, out);
}
