// SPDX-License-Identifier: Apache-2.0
// RDFC-1.0: Hash N-Degree Quads (4.8) with Hash Related Blank Node (4.7), and
// step 5 of the canonicalization algorithm (4.4.3).
#include "rdf/canon.h"
#include "rdf/nquads_write.h"
#include <stdlib.h>

// Levels of recursion for each level of nesting that the world allows: a
// list of equal members costs one level a member.
#define DEPTH_FACTOR 8u

/// A node that shares a quad with the node being hashed; 4.8.3, step 1.
typedef struct {
  unsigned char hash[CRATE_CANON_HASH];
  uint32_t node;
} Related;

/// One call of Hash N-Degree Quads.
typedef struct {
  Related *related; // sorted by hash: the map Hn
  size_t related_count, related_capacity;
  CrateBuffer data, path, chosen;
  uint32_t *order;     // of the group at hand: a permutation
  uint32_t *recursion; // nodes of the permutation to go into
  uint32_t *best;      // temporary identifiers issued on the chosen path
  size_t best_count, best_capacity;
} Level;

static CrateStatus
count_work(CrateCanon *canon)
{
  const CrateWorld *const world = canon->world;
  if (++canon->work <= world->limits.canonical_work &&
      canon->depth / DEPTH_FACTOR <= world->limits.depth) {
    return CRATE_OK;
  }
  const CrateDiagnostic place = {.code = CRATE_TEXT("canonical-work")};
  return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                         "too many blank nodes that look alike: telling them "
                         "apart takes more work than is allowed");
}

/// The identifier issued to a node, "_:" and all; false when there is none.
static bool
add_identifier(const CrateCanon *canon, CrateBuffer *buffer, uint32_t node)
{
  if (canon->issued[node]) {
    crate_buffer_add_string(buffer, "_:c14n");
    crate_nquads_add_number(buffer, canon->issued[node] - 1u);
  } else if (canon->temporary[node]) {
    crate_buffer_add_string(buffer, "_:b");
    crate_nquads_add_number(buffer, canon->temporary[node] - 1u);
  } else {
    return false;
  }
  return true;
}

/// Hash Related Blank Node, 4.7.3
static CrateStatus
hash_related(CrateCanon *canon,
             const CrateQuad *quad,
             char position,
             Related *related)
{
  canon->text.size = 0;
  crate_buffer_add_byte(&canon->text, position);
  if (position != 'g') {
    crate_rdf_write_term(&canon->text, canon->terms, quad->predicate);
  }
  if (!add_identifier(canon, &canon->text, related->node)) {
    crate_canon_add_hash(canon, &canon->text, canon->hashes[related->node]);
  }
  CRATE_TRY(crate_buffer_status(&canon->text));
  const CrateText text = crate_buffer_text(&canon->text);
  return crate_canon_hash(canon, &text, 1, related->hash);
}

static int
compare_related(const void *a, const void *b)
{
  const Related *const left = a;
  const Related *const right = b;
  const int order = memcmp(left->hash, right->hash, CRATE_CANON_HASH);
  return order ? order
               : (left->node > right->node) - (left->node < right->node);
}

/// 4.8.3, step 3.1: the nodes beside this one in one quad.
static CrateStatus
gather_quad(CrateCanon *canon,
            Level *level,
            const CrateQuad *quad,
            uint32_t node)
{
  const CrateTerm terms[] = {quad->subject, quad->object, quad->graph};
  for (size_t i = 0; i < 3; ++i) {
    const uint32_t other = canon->node_of[terms[i]] - 1u;
    if (other == UINT32_MAX || other == node) {
      continue;
    }
    CRATE_TRY(crate_world_reserve(canon->world, &level->related,
                                  &level->related_capacity,
                                  level->related_count + 1, sizeof(Related)));
    Related *const related = &level->related[level->related_count++];
    related->node = other;
    CRATE_TRY(hash_related(canon, quad, "sog"[i], related));
  }
  return CRATE_OK;
}

/// 4.8.3, steps 1 to 3
static CrateStatus
gather(CrateCanon *canon, Level *level, uint32_t node)
{
  const CrateQuad *const quads = crate_graph_quads(canon->graph);
  for (uint32_t i = canon->starts[node]; i < canon->starts[node + 1u]; ++i) {
    CRATE_TRY(gather_quad(canon, level, &quads[canon->mentions[i]], node));
  }
  if (level->related_count) {
    qsort(level->related, level->related_count, sizeof(Related),
          compare_related);
  }
  const size_t size = (level->related_count + 1) * sizeof(uint32_t);
  level->order = crate_world_allocate(canon->world, size);
  level->recursion = crate_world_allocate(canon->world, size);
  return level->order && level->recursion ? CRATE_OK : CRATE_NO_MEMORY;
}

static void
release(const CrateCanon *canon, Level *level)
{
  crate_world_release(canon->world, level->related);
  crate_world_release(canon->world, level->order);
  crate_world_release(canon->world, level->recursion);
  crate_world_release(canon->world, level->best);
  crate_buffer_clear(&level->data);
  crate_buffer_clear(&level->path);
  crate_buffer_clear(&level->chosen);
}

/// 4.8.3, steps 5.4.4.3 and 5.4.5.5: no use going on?
static bool
is_worse(const Level *level)
{
  return level->chosen.size && level->path.size >= level->chosen.size &&
         crate_text_compare(crate_buffer_text(&level->path),
                            crate_buffer_text(&level->chosen)) > 0;
}

/// 4.8.3, step 5.4.4: identifiers, issuing where there are none. Answers the
/// number of nodes to go into; `worse` when the permutation is given up.
static size_t
walk_order(CrateCanon *canon, Level *level, size_t count, bool *worse)
{
  size_t deeper = 0;
  for (size_t i = 0; i < count && !*worse; ++i) {
    const uint32_t node = level->order[i];
    if (!canon->issued[node] && !canon->temporary[node]) {
      crate_canon_issue_temporary(canon, node);
      level->recursion[deeper++] = node;
    }
    add_identifier(canon, &level->path, node);
    *worse = is_worse(level);
  }
  return deeper;
}

/// 4.8.3, step 5.4.5
static CrateStatus
walk_recursion(CrateCanon *canon, Level *level, size_t count, bool *worse)
{
  for (size_t i = 0; i < count && !*worse; ++i) {
    const uint32_t node = level->recursion[i];
    unsigned char hash[CRATE_CANON_HASH];
    CRATE_TRY(crate_canon_hash_n_degree(canon, node, hash));
    add_identifier(canon, &level->path, node);
    crate_buffer_add_byte(&level->path, '<');
    crate_canon_add_hash(canon, &level->path, hash);
    crate_buffer_add_byte(&level->path, '>');
    *worse = is_worse(level);
  }
  return crate_buffer_status(&level->path);
}

/// 4.8.3, step 5.4.6: keep a path that is smaller, with its issuer.
static CrateStatus
keep_if_better(CrateCanon *canon, Level *level, uint32_t mark)
{
  if (level->chosen.size &&
      crate_text_compare(crate_buffer_text(&level->path),
                         crate_buffer_text(&level->chosen)) >= 0) {
    return CRATE_OK;
  }
  const size_t count = canon->trail_size - mark;
  CRATE_TRY(crate_world_reserve(canon->world, &level->best,
                                &level->best_capacity, count + 1,
                                sizeof(*level->best)));
  memcpy(level->best, canon->trail + mark, count * sizeof(*level->best));
  level->best_count = count;
  const CrateBuffer path = level->path;
  level->path = level->chosen;
  level->chosen = path;
  return CRATE_OK;
}

static void
swap(uint32_t *a, uint32_t *b)
{
  const uint32_t kept = *a;
  *a = *b;
  *b = kept;
}

/// The next permutation in the order of numbers; false after the last. Equal
/// members do not change places.
static bool
permute(uint32_t *order, size_t count)
{
  size_t tail = count - 1; // the longest one that falls
  while (tail > 0 && order[tail - 1] >= order[tail]) {
    --tail;
  }
  if (tail == 0) {
    return false;
  }
  size_t next = count - 1;
  while (order[next] <= order[tail - 1]) {
    --next;
  }
  swap(&order[tail - 1], &order[next]);
  for (size_t end = count - 1; tail < end; ++tail, --end) {
    swap(&order[tail], &order[end]);
  }
  return true;
}

/// 4.8.3, step 5.4, for the permutation at hand
static CrateStatus
try_order(CrateCanon *canon, Level *level, size_t count, uint32_t mark)
{
  bool worse = false;
  crate_canon_forget(canon, mark);
  level->path.size = 0;
  if (count > 1) {
    CRATE_TRY(count_work(canon));
  }
  const size_t deeper = walk_order(canon, level, count, &worse);
  CRATE_TRY(walk_recursion(canon, level, deeper, &worse));
  return worse ? CRATE_OK : keep_if_better(canon, level, mark);
}

/// 4.8.3, step 5, for one hash of Hn
static CrateStatus
walk_group(CrateCanon *canon, Level *level, size_t first, size_t count)
{
  const uint32_t mark = canon->trail_size;
  crate_canon_add_hash(canon, &level->data, level->related[first].hash);
  for (size_t i = 0; i < count; ++i) {
    level->order[i] = level->related[first + i].node;
  }
  level->chosen.size = 0;
  do {
    CRATE_TRY(try_order(canon, level, count, mark));
  } while (permute(level->order, count));
  crate_canon_forget(canon, mark);
  for (size_t i = 0; i < level->best_count; ++i) {
    crate_canon_issue_temporary(canon, level->best[i]);
  }
  crate_buffer_add(&level->data, crate_buffer_text(&level->chosen));
  return crate_buffer_status(&level->data);
}

static CrateStatus
walk_groups(CrateCanon *canon, Level *level)
{
  for (size_t first = 0, end; first < level->related_count; first = end) {
    end = first + 1;
    while (end < level->related_count &&
           !memcmp(level->related[first].hash, level->related[end].hash,
                   CRATE_CANON_HASH)) {
      ++end;
    }
    CRATE_TRY(walk_group(canon, level, first, end - first));
  }
  return CRATE_OK;
}

CrateStatus
crate_canon_hash_n_degree(CrateCanon *canon,
                          uint32_t node,
                          unsigned char out[CRATE_CANON_HASH])
{
  CRATE_TRY(count_work(canon));
  Level level = {.related = NULL};
  crate_buffer_init(&level.data, canon->world);
  crate_buffer_init(&level.path, canon->world);
  crate_buffer_init(&level.chosen, canon->world);
  ++canon->depth;
  CrateStatus st = gather(canon, &level, node);
  if (!st) {
    st = walk_groups(canon, &level);
  }
  --canon->depth;
  if (!st) {
    const CrateText data = crate_buffer_text(&level.data);
    st = crate_canon_hash(canon, &data, 1, out);
  }
  release(canon, &level);
  return st;
}

/// What Hash N-Degree Quads made of one node; 4.4.3, step 5.2.
typedef struct {
  unsigned char hash[CRATE_CANON_HASH];
  uint32_t *issued; // nodes in the order of the result's issuer
  uint32_t count, place;
} Result;

static int
compare_results(const void *a, const void *b)
{
  const Result *const left = a;
  const Result *const right = b;
  const int order = memcmp(left->hash, right->hash, CRATE_CANON_HASH);
  return order ? order
               : (left->place > right->place) - (left->place < right->place);
}

/// 4.4.3, step 5.2, for one node
static CrateStatus
explore(CrateCanon *canon, CrateArena *arena, uint32_t node, Result *result)
{
  crate_canon_forget(canon, 0);
  crate_canon_issue_temporary(canon, node);
  CRATE_TRY(crate_canon_hash_n_degree(canon, node, result->hash));
  result->count = canon->trail_size;
  result->issued =
    crate_arena_array(arena, result->count, sizeof(*result->issued));
  if (!result->issued) {
    return crate_arena_status(arena);
  }
  memcpy(result->issued, canon->trail, result->count * sizeof(*result->issued));
  return CRATE_OK;
}

/// 4.4.3, steps 5.2 and 5.3
static CrateStatus
resolve(CrateCanon *canon,
        CrateArena *arena,
        const uint32_t *nodes,
        size_t count)
{
  Result *const results = crate_arena_array(arena, count, sizeof(Result));
  size_t found = 0;
  if (!results) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < count; ++i) {
    if (!canon->issued[nodes[i]]) {
      results[found].place = (uint32_t)found;
      CRATE_TRY(explore(canon, arena, nodes[i], &results[found]));
      ++found;
    }
  }
  crate_canon_forget(canon, 0);
  qsort(results, found, sizeof(Result), compare_results);
  for (size_t i = 0; i < found; ++i) {
    for (uint32_t k = 0; k < results[i].count; ++k) {
      crate_canon_issue(canon, results[i].issued[k]);
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_canon_resolve(CrateCanon *canon, const uint32_t *nodes, size_t count)
{
  CrateArena arena;
  crate_arena_init(&arena, canon->world);
  const CrateStatus st = resolve(canon, &arena, nodes, count);
  crate_arena_clear(&arena);
  return st;
}
