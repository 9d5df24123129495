// SPDX-License-Identifier: Apache-2.0
// What becomes of the entities of a crate of which some are kept.
#include "convert/surgery/entities.h"

/// Entities whose neighbours have still to be looked at.
typedef struct Walk {
  CrateEntities *entities;
  uint32_t *stack;
  size_t count;
} Walk;

/// A fate can only get better, and is told on each time.
static void
set_fate(Walk *walk, uint32_t which, CrateFate fate)
{
  CrateFate *const known = &walk->entities->all[which].fate;
  if (*known != fate && *known != CRATE_FATE_KEPT) {
    *known = fate;
    walk->stack[walk->count++] = which;
  }
}

/// What a kept folder has below it, by the order of names. That of a folder
/// should end in a slash, and does not always.
static void
keep_below(Walk *walk, uint32_t folder)
{
  const CrateEntities *const entities = walk->entities;
  const CrateText id = entities->all[folder].id;
  const size_t end = id.size - (crate_text_ends(id, CRATE_TEXT("/")) ? 1u : 0u);
  for (uint32_t i = folder + 1u;
       i < entities->count && crate_text_starts(entities->all[i].id, id); ++i) {
    const CrateSubsetEntity *const entity = &entities->all[i];
    if (entity->is_data && entity->id.size > end &&
        entity->id.data[end] == '/') {
      set_fate(walk, i, CRATE_FATE_KEPT);
    }
  }
}

static void
follow(Walk *walk, const CrateLink *link)
{
  const CrateSubsetEntity *const from = &walk->entities->all[link->from];
  const CrateSubsetEntity *const to = &walk->entities->all[link->to];
  if (link->kind == CRATE_LINK_MENTION) {
    return;
  }
  if (to->is_action && !to->is_data && link->kind != CRATE_LINK_RESULT) {
    return; // kept for what it is about, or for who started it
  }
  const bool has_part = link->kind == CRATE_LINK_PART && from->is_data &&
                        from->fate == CRATE_FATE_KEPT;
  // The specification wants the file of a program wherever it is described.
  const bool is_needed = link->kind == CRATE_LINK_NEED ||
                         (link->kind != CRATE_LINK_PART && to->is_program);
  if (!to->is_data || has_part || is_needed) {
    set_fate(walk, link->to, CRATE_FATE_KEPT);
  } else if (link->kind != CRATE_LINK_PART && to->fate == CRATE_FATE_NONE) {
    set_fate(walk, link->to, CRATE_FATE_NAMED_ONLY);
  }
}

/// Actions that made, used or judged something that is kept.
static void
keep_actions(Walk *walk, uint32_t object)
{
  const CrateEntities *const entities = walk->entities;
  for (uint32_t i = entities->back_first[object];
       i < entities->back_first[object + 1u]; ++i) {
    const CrateLink *const link = &entities->links[entities->back[i]];
    const bool is_deed =
      link->kind == CRATE_LINK_OBJECT || link->kind == CRATE_LINK_RESULT;
    if (is_deed && entities->all[link->from].is_action) {
      set_fate(walk, link->from, CRATE_FATE_KEPT);
    }
  }
}

/// What stays is under its licence still.
static void
keep_licence(Walk *walk, uint32_t licensor)
{
  const CrateEntities *const entities = walk->entities;
  for (uint32_t i = entities->first[licensor];
       i < entities->first[licensor + 1u]; ++i) {
    if (entities->links[i].kind == CRATE_LINK_NEED) {
      set_fate(walk, entities->links[i].to, CRATE_FATE_KEPT);
    }
  }
}

static void
spread_kept(Walk *walk)
{
  const CrateEntities *const entities = walk->entities;
  while (walk->count) {
    const uint32_t which = walk->stack[--walk->count];
    const CrateSubsetEntity *const entity = &entities->all[which];
    for (uint32_t i = entities->first[which]; i < entities->first[which + 1u];
         ++i) {
      follow(walk, &entities->links[i]);
    }
    if (entity->fate == CRATE_FATE_KEPT &&
        (entity->is_data || entity->is_action || which == entities->root)) {
      keep_actions(walk, which);
    }
    if (entity->fate == CRATE_FATE_KEPT && entity->is_data &&
        entity->is_folder) {
      keep_below(walk, which);
    }
    if (entity->licensor) {
      keep_licence(walk, entity->licensor - 1u);
    }
  }
}

/// What is left out takes along all that hangs on it, and on nothing that
/// stays.
static void
spread_gone(Walk *walk)
{
  CrateEntities *const entities = walk->entities;
  while (walk->count) {
    const uint32_t which = walk->stack[--walk->count];
    for (uint32_t i = entities->first[which]; i < entities->first[which + 1u];
         ++i) {
      const uint32_t to = entities->links[i].to;
      if (entities->all[to].fate == CRATE_FATE_NONE) {
        set_fate(walk, to, CRATE_FATE_GONE);
      }
    }
    for (uint32_t i = entities->back_first[which];
         i < entities->back_first[which + 1u]; ++i) {
      const uint32_t from = entities->links[entities->back[i]].from;
      if (entities->all[from].fate == CRATE_FATE_NONE) {
        set_fate(walk, from, CRATE_FATE_GONE);
      }
    }
  }
}

CrateStatus
crate_entities_decide(CrateJob *job, CrateEntities *entities)
{
  // Each is told on twice at most: when it is named, and when it is kept.
  Walk walk = {entities,
               crate_arena_array(&job->arena, 2u * (size_t)entities->count + 1u,
                                 sizeof(uint32_t)),
               0};
  if (!walk.stack) {
    return crate_arena_status(&job->arena);
  }
  for (uint32_t i = 0; i < entities->count; ++i) {
    if (entities->all[i].fate == CRATE_FATE_KEPT) {
      walk.stack[walk.count++] = i;
    }
  }
  spread_kept(&walk);
  for (uint32_t i = 0; i < entities->count; ++i) {
    const CrateSubsetEntity *const entity = &entities->all[i];
    if (entity->fate == CRATE_FATE_NONE &&
        (entity->is_data || entity->is_action)) {
      set_fate(&walk, i, CRATE_FATE_GONE);
    }
  }
  spread_gone(&walk);
  return CRATE_OK;
}
