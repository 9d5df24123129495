// SPDX-License-Identifier: Apache-2.0
/// @file Entities of a crate and what they refer to, as a graph that can be
/// walked either way: what subsets are cut from.
#ifndef CRATE_CONVERT_SURGERY_ENTITIES_H
#define CRATE_CONVERT_SURGERY_ENTITIES_H
#include "convert/convert.h"
#include <cratekit/map.h>

/// What a reference means for a subset.
typedef enum {
  CRATE_LINK_PLAIN,
  CRATE_LINK_PART,    ///< hasPart, and Croissant's distribution.
  CRATE_LINK_MENTION, ///< No more than a word: nothing is kept for it.
  CRATE_LINK_OBJECT,  ///< What an action used or was about.
  CRATE_LINK_RESULT,  ///< What it made.
  CRATE_LINK_NEED,    ///< What it is not the same without: a main entity, a
                      ///< licence.
} CrateLinkKind;

CrateLinkKind crate_link_kind(CrateText property);

typedef enum {
  CRATE_FATE_NONE, ///< Nothing is known of it yet.
  CRATE_FATE_KEPT,
  CRATE_FATE_NAMED_ONLY, ///< Left out, but something that stays refers to it.
  CRATE_FATE_GONE,
} CrateFate;

typedef struct CrateSubsetEntity {
  CrateJson *node;
  CrateText id;
  CrateText path;  ///< Of its file, decoded; empty when it has none.
  bool is_data;    ///< A file or folder of the crate, but for the root.
  bool is_folder;  ///< Of these, one that may have others below it.
  bool is_program; ///< Of these, one that can be run.
  bool is_action;
  bool is_part;      ///< The root has it as a part, directly or not.
  uint32_t licensor; ///< One more than the index of what it is part of and has
                     ///< its licence from; 0: it has its own, or the root's.
  CrateFate fate;
  CrateText new_id; ///< Of those that are named only.
} CrateSubsetEntity;

typedef struct CrateLink {
  uint32_t from, to;
  CrateLinkKind kind;
} CrateLink;

/// Caller's memory; lives in an arena but for its maps.
typedef struct CrateEntities {
  CrateSubsetEntity *all; ///< Sorted by @id.
  uint32_t count;
  CrateMap by_id, by_path; ///< One more than the index.
  CrateLink *links;        ///< By `from`.
  uint32_t *first;         ///< Links of e: links[first[e]] to [first[e + 1]].
  uint32_t *back;          ///< Links by `to`: links[back[back_first[e]]] …
  uint32_t *back_first;
  size_t link_count;
  uint32_t root, descriptor; ///< Indexes; `count` for none.
} CrateEntities;

/// End it with crate_entities_clear(), always.
CRATE_NODISCARD CrateStatus crate_entities_read(CrateJob *job,
                                                CrateJson *nodes,
                                                CrateEntities *out);

void crate_entities_clear(CrateEntities *entities);

/// The index of the entity of an @id; `count` when there is none.
uint32_t crate_entities_find(const CrateEntities *entities, CrateText id);

/// Its licence, an array; or NULL.
const CrateJson *crate_subset_licence(const CrateSubsetEntity *entity);

/**
   Decide what becomes of each: from those that are CRATE_FATE_KEPT to begin
   with. What was never decided stays, too.
   @param job Its arena is used meanwhile.
*/
CRATE_NODISCARD CrateStatus crate_entities_decide(CrateJob *job,
                                                  CrateEntities *entities);

#endif // CRATE_CONVERT_SURGERY_ENTITIES_H
