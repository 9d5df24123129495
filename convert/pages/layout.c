// SPDX-License-Identifier: Apache-2.0
#include "convert/pages/layout.h"
#include <stdlib.h>

/// Rounds over all layers: more change little.
enum { ORDER_ROUNDS = 12, PLACE_ROUNDS = 10 };

/// Of all edges together, for each node: beyond that they run straight.
#define MOST_BENDS 100u

/// Fractions of a place in a layer, to compare means as whole numbers.
#define FRACTION 1024

/// A node, or the bend of an edge.
typedef struct Vertex {
  uint32_t layer;
  uint32_t place; ///< From the top of its layer.
  int64_t wish;   ///< Where it would like to stand.
  int32_t y;
  bool is_bend;
} Vertex;

/// A piece of an edge between neighbouring layers.
typedef struct Piece {
  uint32_t left, right;
} Piece;

/// Neighbours of all vertices, in one array: those of v from first[v] on.
typedef struct Neighbours {
  uint32_t *first, *all;
} Neighbours;

typedef struct Drawing {
  CrateArena *arena;
  CrateLayoutEdge *edges;
  size_t node_count, edge_count;
  CrateLayoutSpacing spacing;
  bool *turned;     ///< By edge: it would close a cycle.
  uint32_t *layers; ///< By node.
  uint32_t layer_count;
  Vertex *vertices; ///< Nodes, then bends.
  size_t vertex_count;
  Piece *pieces;
  size_t piece_count;
  Neighbours to_left, to_right;
  uint32_t *sorted; ///< Vertices by layer, then place.
  uint32_t *starts; ///< By layer: its first in `sorted`; one more at the end.
} Drawing;

static uint32_t
left_of(const Drawing *drawing, size_t edge)
{
  const CrateLayoutEdge *const e = &drawing->edges[edge];
  return drawing->turned[edge] ? e->right : e->left;
}

static uint32_t
right_of(const Drawing *drawing, size_t edge)
{
  const CrateLayoutEdge *const e = &drawing->edges[edge];
  return drawing->turned[edge] ? e->left : e->right;
}

/// Group pairs by their keys: counting sort, so in the order of the pairs.
static CrateStatus
group(CrateArena *arena,
      size_t key_count,
      const Piece *pairs,
      size_t pair_count,
      bool by_right,
      Neighbours *out)
{
  out->first = crate_arena_array(arena, key_count + 2u, sizeof *out->first);
  out->all = crate_arena_array(arena, pair_count + 1u, sizeof *out->all);
  if (!out->first || !out->all) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < pair_count; ++i) {
    ++out->first[(by_right ? pairs[i].right : pairs[i].left) + 2u];
  }
  for (size_t key = 1; key < key_count; ++key) {
    out->first[key + 1u] += out->first[key];
  }
  for (size_t i = 0; i < pair_count; ++i) {
    const uint32_t key = by_right ? pairs[i].right : pairs[i].left;
    out->all[out->first[key + 1u]++] =
      by_right ? pairs[i].left : pairs[i].right;
  }
  return CRATE_OK;
}

/// The edges as pairs; of each, its number instead of its right end where
/// that is asked for.
static Piece *
pairs_of(const Drawing *drawing, bool numbered)
{
  Piece *const pairs =
    crate_arena_array(drawing->arena, drawing->edge_count + 1u, sizeof *pairs);
  for (size_t i = 0; pairs && i < drawing->edge_count; ++i) {
    pairs[i] = (Piece){left_of(drawing, i),
                       numbered ? (uint32_t)i : right_of(drawing, i)};
  }
  return pairs;
}

/// Where a walk down from one node stands.
typedef struct Step {
  uint32_t node, next; ///< The next edge to follow.
} Step;

/// Follow edges from a node, deep first; those that lead back to where the
/// walk came from are turned round.
static void
walk_from(Drawing *drawing,
          const Neighbours *out,
          uint32_t start,
          uint8_t *states,
          Step *stack)
{
  enum { NEW, OPEN, DONE };
  size_t depth = 1;
  if (states[start] != NEW) {
    return;
  }
  states[start] = OPEN;
  stack[0] = (Step){start, out->first[start]};
  while (depth) {
    Step *const top = &stack[depth - 1u];
    if (top->next == out->first[top->node + 1u]) {
      states[top->node] = DONE;
      --depth;
      continue;
    }
    const uint32_t edge = out->all[top->next++];
    const uint32_t other = drawing->edges[edge].right;
    if (states[other] == OPEN) {
      drawing->turned[edge] = true;
    } else if (states[other] == NEW) {
      states[other] = OPEN;
      stack[depth++] = (Step){other, out->first[other]};
    }
  }
}

static CrateStatus
open_cycles(Drawing *drawing)
{
  CrateArena *const arena = drawing->arena;
  const size_t count = drawing->node_count;
  Neighbours out;
  drawing->turned = crate_arena_array(arena, drawing->edge_count + 1u, 1);
  uint8_t *const states = crate_arena_array(arena, count + 1u, 1);
  Step *const stack = crate_arena_array(arena, count + 1u, sizeof *stack);
  Piece *const pairs = drawing->turned ? pairs_of(drawing, true) : NULL;
  if (!states || !stack || !pairs) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(group(arena, count, pairs, drawing->edge_count, false, &out));
  for (uint32_t i = 0; i < count; ++i) {
    walk_from(drawing, &out, i, states, stack);
  }
  return CRATE_OK;
}

/// The order in which each node comes after all on its left. A loop on one
/// node is no edge here.
static CrateStatus
sort_nodes(const Drawing *drawing, const Neighbours *right, uint32_t *order)
{
  size_t count = 0;
  uint32_t *const waiting = crate_arena_array(
    drawing->arena, drawing->node_count + 1u, sizeof *waiting);
  if (!waiting) {
    return crate_arena_status(drawing->arena);
  }
  for (size_t i = 0; i < drawing->edge_count; ++i) {
    waiting[right_of(drawing, i)] +=
      left_of(drawing, i) != right_of(drawing, i);
  }
  for (uint32_t i = 0; i < drawing->node_count; ++i) {
    if (!waiting[i]) {
      order[count++] = i;
    }
  }
  for (size_t done = 0; done < count; ++done) {
    const uint32_t node = order[done];
    for (uint32_t i = right->first[node]; i < right->first[node + 1u]; ++i) {
      if (right->all[i] != node && !--waiting[right->all[i]]) {
        order[count++] = right->all[i];
      }
    }
  }
  return CRATE_OK;
}

/// Each node as far left as its neighbours allow; then what has none on its
/// left as far right as it can go, beside what it is for.
static void
spread(Drawing *drawing,
       const Neighbours *left,
       const Neighbours *right,
       const uint32_t *order)
{
  uint32_t *const layers = drawing->layers;
  for (size_t i = 0; i < drawing->node_count; ++i) {
    const uint32_t node = order[i];
    for (uint32_t at = right->first[node]; at < right->first[node + 1u]; ++at) {
      const uint32_t other = right->all[at];
      if (other != node && layers[other] <= layers[node]) {
        layers[other] = layers[node] + 1u;
      }
    }
  }
  for (size_t i = 0; i < drawing->node_count; ++i) {
    uint32_t nearest = UINT32_MAX;
    for (uint32_t at = right->first[i]; at < right->first[i + 1u]; ++at) {
      const uint32_t layer = layers[right->all[at]];
      nearest = right->all[at] != i && layer < nearest ? layer : nearest;
    }
    if (left->first[i] == left->first[i + 1u] && nearest != UINT32_MAX) {
      layers[i] = nearest - 1u;
    }
    drawing->layer_count =
      layers[i] >= drawing->layer_count ? layers[i] + 1u : drawing->layer_count;
  }
}

static CrateStatus
assign_layers(Drawing *drawing)
{
  CrateArena *const arena = drawing->arena;
  const size_t count = drawing->node_count;
  Neighbours left;
  Neighbours right;
  const Piece *const pairs = pairs_of(drawing, false);
  uint32_t *const order = crate_arena_array(arena, count + 1u, sizeof *order);
  drawing->layers = crate_arena_array(arena, count + 1u, sizeof(uint32_t));
  if (!pairs || !order || !drawing->layers) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(group(arena, count, pairs, drawing->edge_count, false, &right));
  CRATE_TRY(group(arena, count, pairs, drawing->edge_count, true, &left));
  CRATE_TRY(sort_nodes(drawing, &right, order));
  spread(drawing, &left, &right, order);
  return CRATE_OK;
}

/// How many layers an edge passes by.
static size_t
bends_of(const Drawing *drawing, size_t edge)
{
  const uint32_t left = drawing->layers[left_of(drawing, edge)];
  const uint32_t right = drawing->layers[right_of(drawing, edge)];
  return right > left + 1u ? right - left - 1u : 0u;
}

/// Decide which edges bend; the rest run straight, once there are very many.
static size_t
count_bends(Drawing *drawing)
{
  const size_t most = MOST_BENDS * drawing->node_count;
  size_t count = 0;
  for (size_t i = 0; i < drawing->edge_count; ++i) {
    const size_t bends = bends_of(drawing, i);
    drawing->edges[i].first = (uint32_t)count;
    drawing->edges[i].count = count + bends <= most ? (uint32_t)bends : 0u;
    count += drawing->edges[i].count;
  }
  return count;
}

/// The pieces of one edge, and the bends between them.
static void
cut_edge(Drawing *drawing, size_t edge)
{
  const CrateLayoutEdge *const e = &drawing->edges[edge];
  uint32_t last = left_of(drawing, edge);
  const uint32_t end = right_of(drawing, edge);
  if (last == end || bends_of(drawing, edge) != e->count) {
    return;
  }
  for (uint32_t i = 0; i < e->count; ++i) {
    const uint32_t bend = (uint32_t)drawing->node_count + e->first + i;
    drawing->vertices[bend] =
      (Vertex){.layer = drawing->vertices[last].layer + 1u, .is_bend = true};
    drawing->pieces[drawing->piece_count++] = (Piece){last, bend};
    last = bend;
  }
  drawing->pieces[drawing->piece_count++] = (Piece){last, end};
}

static CrateStatus
cut_edges(Drawing *drawing)
{
  CrateArena *const arena = drawing->arena;
  const size_t bends = count_bends(drawing);
  drawing->vertex_count = drawing->node_count + bends;
  drawing->vertices =
    crate_arena_array(arena, drawing->vertex_count + 1u, sizeof(Vertex));
  drawing->pieces =
    crate_arena_array(arena, drawing->edge_count + bends + 1u, sizeof(Piece));
  if (!drawing->vertices || !drawing->pieces) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < drawing->node_count; ++i) {
    drawing->vertices[i].layer = drawing->layers[i];
  }
  for (size_t i = 0; i < drawing->edge_count; ++i) {
    cut_edge(drawing, i);
  }
  CRATE_TRY(group(arena, drawing->vertex_count, drawing->pieces,
                  drawing->piece_count, true, &drawing->to_left));
  return group(arena, drawing->vertex_count, drawing->pieces,
               drawing->piece_count, false, &drawing->to_right);
}

/// Vertices by layers, in their own order to begin with.
static CrateStatus
fill_layers(Drawing *drawing)
{
  Neighbours layers;
  Piece *const pairs = crate_arena_array(
    drawing->arena, drawing->vertex_count + 1u, sizeof *pairs);
  if (!pairs) {
    return crate_arena_status(drawing->arena);
  }
  for (uint32_t i = 0; i < drawing->vertex_count; ++i) {
    pairs[i] = (Piece){drawing->vertices[i].layer, i};
  }
  CRATE_TRY(group(drawing->arena, drawing->layer_count, pairs,
                  drawing->vertex_count, false, &layers));
  drawing->sorted = layers.all;
  drawing->starts = layers.first;
  for (uint32_t layer = 0; layer < drawing->layer_count; ++layer) {
    for (uint32_t i = layers.first[layer]; i < layers.first[layer + 1u]; ++i) {
      drawing->vertices[layers.all[i]].place = i - layers.first[layer];
    }
  }
  return CRATE_OK;
}

/// One vertex while a layer is sorted.
typedef struct Ranked {
  int64_t wish;
  uint32_t place, vertex;
} Ranked;

static int
by_wish(const void *a, const void *b)
{
  const Ranked *const left = a;
  const Ranked *const right = b;
  return left->wish != right->wish     ? (left->wish < right->wish ? -1 : 1)
         : left->place != right->place ? (left->place < right->place ? -1 : 1)
                                       : 0;
}

/// The middle of the places of neighbours; its own where it has none.
static int64_t
barycentre(const Drawing *drawing, const Neighbours *sides, uint32_t vertex)
{
  const uint32_t from = sides->first[vertex];
  const uint32_t to = sides->first[vertex + 1u];
  int64_t sum = 0;
  for (uint32_t i = from; i < to; ++i) {
    sum += drawing->vertices[sides->all[i]].place;
  }
  return from == to ? (int64_t)drawing->vertices[vertex].place * FRACTION
                    : sum * FRACTION / (int64_t)(to - from);
}

static void
sort_layer(Drawing *drawing,
           uint32_t layer,
           const Neighbours *sides,
           Ranked *ranked)
{
  const uint32_t start = drawing->starts[layer];
  const uint32_t count = drawing->starts[layer + 1u] - start;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t vertex = drawing->sorted[start + i];
    ranked[i] = (Ranked){barycentre(drawing, sides, vertex), i, vertex};
  }
  if (count) {
    qsort(ranked, count, sizeof *ranked, by_wish);
  }
  for (uint32_t i = 0; i < count; ++i) {
    drawing->sorted[start + i] = ranked[i].vertex;
    drawing->vertices[ranked[i].vertex].place = i;
  }
}

/// Fewer crossings: from left to right each vertex goes to the middle of its
/// left neighbours, and back to that of its right ones.
static CrateStatus
order_layers(Drawing *drawing)
{
  Ranked *const ranked = crate_arena_array(
    drawing->arena, drawing->vertex_count + 1u, sizeof *ranked);
  if (!ranked) {
    return crate_arena_status(drawing->arena);
  }
  for (unsigned round = 0; round < ORDER_ROUNDS; ++round) {
    for (uint32_t i = 0; i < drawing->layer_count; ++i) {
      const bool back = round % 2u;
      sort_layer(drawing, back ? drawing->layer_count - 1u - i : i,
                 back ? &drawing->to_right : &drawing->to_left, ranked);
    }
  }
  return CRATE_OK;
}

static int32_t
gap_above(const Drawing *drawing, uint32_t above, uint32_t below)
{
  return drawing->vertices[above].is_bend && drawing->vertices[below].is_bend
           ? drawing->spacing.bend
           : drawing->spacing.node;
}

/// Vertices that touch each other, and want to stand at `sum / count`.
typedef struct Block {
  int64_t sum;
  uint32_t count;
} Block;

static int64_t
rounded_down(int64_t sum, int64_t count)
{
  return sum / count - (sum % count < 0);
}

/// Put the vertices of a layer as near to their wishes as their order lets
/// them, by least squares: pool adjacent violators.
static void
settle_layer(Drawing *drawing, uint32_t layer, Block *blocks)
{
  const uint32_t start = drawing->starts[layer];
  const uint32_t end = drawing->starts[layer + 1u];
  size_t count = 0;
  int64_t offset = 0;
  for (uint32_t i = start; i < end; ++i) {
    const uint32_t vertex = drawing->sorted[i];
    offset +=
      i > start ? gap_above(drawing, drawing->sorted[i - 1u], vertex) : 0;
    blocks[count++] = (Block){drawing->vertices[vertex].wish - offset, 1};
    while (count > 1 && blocks[count - 2u].sum * blocks[count - 1u].count >=
                          blocks[count - 1u].sum * blocks[count - 2u].count) {
      blocks[count - 2u].sum += blocks[count - 1u].sum;
      blocks[count - 2u].count += blocks[count - 1u].count;
      --count;
    }
  }
  offset = 0;
  uint32_t i = start;
  for (size_t block = 0; block < count; ++block) {
    for (uint32_t n = 0; n < blocks[block].count; ++n, ++i) {
      offset += i > start ? gap_above(drawing, drawing->sorted[i - 1u],
                                      drawing->sorted[i])
                          : 0;
      drawing->vertices[drawing->sorted[i]].y =
        (int32_t)(rounded_down(blocks[block].sum, blocks[block].count) +
                  offset);
    }
  }
}

/// The middle of the neighbours on one side, or of where it stands already.
static int64_t
wish_of(const Drawing *drawing, const Neighbours *sides, uint32_t vertex)
{
  const uint32_t from = sides->first[vertex];
  const uint32_t to = sides->first[vertex + 1u];
  int64_t sum = 0;
  for (uint32_t i = from; i < to; ++i) {
    sum += drawing->vertices[sides->all[i]].y;
  }
  return from == to ? drawing->vertices[vertex].y
                    : rounded_down(sum, (int64_t)(to - from));
}

static CrateStatus
place_layers(Drawing *drawing)
{
  Block *const blocks = crate_arena_array(
    drawing->arena, drawing->vertex_count + 1u, sizeof *blocks);
  if (!blocks) {
    return crate_arena_status(drawing->arena);
  }
  for (unsigned round = 0; round < PLACE_ROUNDS; ++round) {
    for (uint32_t n = 0; n < drawing->layer_count; ++n) {
      const bool back = round % 2u;
      const uint32_t layer = back ? drawing->layer_count - 1u - n : n;
      const Neighbours *const sides =
        back ? &drawing->to_right : &drawing->to_left;
      for (uint32_t i = drawing->starts[layer]; i < drawing->starts[layer + 1u];
           ++i) {
        const uint32_t vertex = drawing->sorted[i];
        drawing->vertices[vertex].wish = wish_of(drawing, sides, vertex);
      }
      settle_layer(drawing, layer, blocks);
    }
  }
  return CRATE_OK;
}

/// Points as others see them: from 0 down.
static CrateStatus
hand_over(const Drawing *drawing, CrateLayout *out)
{
  int32_t least = INT32_MAX;
  out->nodes = crate_arena_array(drawing->arena, drawing->vertex_count + 1u,
                                 sizeof *out->nodes);
  if (!out->nodes) {
    return crate_arena_status(drawing->arena);
  }
  out->bends = out->nodes + drawing->node_count;
  out->layer_count = drawing->layer_count;
  for (size_t i = 0; i < drawing->vertex_count; ++i) {
    const int32_t y = drawing->vertices[i].y;
    least = y < least ? y : least;
  }
  for (size_t i = 0; i < drawing->vertex_count; ++i) {
    const int32_t y = drawing->vertices[i].y - least;
    out->nodes[i] = (CrateLayoutPoint){drawing->vertices[i].layer, y};
    out->height = y > out->height ? y : out->height;
  }
  return CRATE_OK;
}

CrateStatus
crate_layout_make(CrateArena *arena,
                  size_t node_count,
                  CrateLayoutEdge *edges,
                  size_t edge_count,
                  CrateLayoutSpacing spacing,
                  CrateLayout *out)
{
  Drawing drawing = {.arena = arena,
                     .edges = edges,
                     .node_count = node_count,
                     .edge_count = edge_count,
                     .spacing = spacing};
  *out = (CrateLayout){NULL, NULL, 0, 0};
  CRATE_TRY(open_cycles(&drawing));
  CRATE_TRY(assign_layers(&drawing));
  CRATE_TRY(cut_edges(&drawing));
  CRATE_TRY(fill_layers(&drawing));
  CRATE_TRY(order_layers(&drawing));
  CRATE_TRY(place_layers(&drawing));
  return hand_over(&drawing, out);
}
