// SPDX-License-Identifier: Apache-2.0
// Strongly connected components by Tarjan's algorithm, with a stack of our own.
#include "convert/prov/constraints/instance.h"
#include <stdlib.h>

/// What is known of a node on the way; `index` 0: not visited.
typedef struct Visit {
  uint32_t index, low, edge, parent;
  bool open; ///< Its component is not complete.
} Visit;

typedef struct Search {
  const CrateProvEdge *edges;
  const uint32_t *first;
  uint32_t *components;
  Visit *visits;
  uint32_t *stack;
  uint32_t depth, index;
} Search;

static int
compare_edges(const void *first, const void *second)
{
  const CrateProvEdge *const a = first;
  const CrateProvEdge *const b = second;
  const int order = (a->from > b->from) - (a->from < b->from);
  return order ? order : (a->fact > b->fact) - (a->fact < b->fact);
}

static void
enter(Search *s, uint32_t node, uint32_t parent)
{
  s->visits[node] = (Visit){.index = ++s->index,
                            .low = s->index,
                            .edge = s->first[node],
                            .parent = parent,
                            .open = true};
  s->stack[s->depth++] = node;
}

/// Leave a node; the component that it is the first of is complete.
static void
leave(Search *s, uint32_t node)
{
  const Visit *const visit = &s->visits[node];
  Visit *const parent = &s->visits[visit->parent];
  uint32_t member;
  if (visit->low < visit->index) {
    parent->low = parent->low < visit->low ? parent->low : visit->low;
    return;
  }
  do {
    member = s->stack[--s->depth];
    s->visits[member].open = false;
    s->components[member] = node;
  } while (member != node);
}

static void
search(Search *s, uint32_t root)
{
  uint32_t node = root;
  for (enter(s, root, root);;) {
    Visit *const visit = &s->visits[node];
    if (visit->edge < s->first[node + 1]) {
      const uint32_t to = s->edges[visit->edge++].to;
      if (!s->visits[to].index) {
        enter(s, to, node);
        node = to;
      } else if (s->visits[to].open && s->visits[to].index < visit->low) {
        visit->low = s->visits[to].index;
      }
      continue;
    }
    const uint32_t parent = visit->parent;
    leave(s, node);
    if (node == root) {
      return;
    }
    node = parent;
  }
}

CrateStatus
crate_prov_components(const CrateWorld *world,
                      CrateProvEdge *edges,
                      size_t edge_count,
                      uint32_t nodes,
                      uint32_t *first,
                      uint32_t *components)
{
  Search s = {.edges = edges, .first = first};
  s.components = components;
  if (edge_count > 1) {
    qsort(edges, edge_count, sizeof(*edges), compare_edges);
  }
  for (size_t node = 0, e = 0; node <= nodes; ++node) {
    while (e < edge_count && edges[e].from < node) {
      ++e;
    }
    first[node] = (uint32_t)e;
  }
  s.visits = crate_world_allocate(world, (nodes + 1u) * sizeof(*s.visits));
  s.stack = crate_world_allocate(world, (nodes + 1u) * sizeof(*s.stack));
  if (s.visits && s.stack) {
    memset(s.visits, 0, (nodes + 1u) * sizeof(*s.visits));
    for (uint32_t node = 0; node < nodes; ++node) {
      if (!s.visits[node].index) {
        search(&s, node);
      }
    }
  }
  const bool done = s.visits && s.stack;
  crate_world_release(world, s.visits);
  crate_world_release(world, s.stack);
  return done ? CRATE_OK : CRATE_NO_MEMORY;
}
