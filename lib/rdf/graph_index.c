// SPDX-License-Identifier: Apache-2.0
// Indexing: counting sorts by term number; only the statements of one subject
// are compared with one another.
#include "rdf/graph.h"
#include <stdlib.h>

void
crate_graph_drop_index(CrateGraph *graph)
{
  uint32_t **const arrays[] = {
    &graph->subject_starts, &graph->object_starts, &graph->predicate_starts,
    &graph->by_object,      &graph->by_predicate,
  };
  for (size_t i = 0; i < sizeof(arrays) / sizeof(*arrays); ++i) {
    crate_world_release(graph->world, *arrays[i]);
    *arrays[i] = NULL;
  }
  graph->indexed = false;
}

typedef enum { BY_SUBJECT, BY_PREDICATE, BY_OBJECT, BY_GRAPH } Key;

static inline CrateTerm
key_of(const CrateQuad *quad, Key key)
{
  switch (key) {
    case BY_SUBJECT:
      return quad->subject;
    case BY_PREDICATE:
      return quad->predicate;
    case BY_OBJECT:
      return quad->object;
    case BY_GRAPH:
      return quad->graph;
  }
  return CRATE_NO_TERM;
}

static uint32_t *
new_numbers(const CrateGraph *graph, size_t count)
{
  return count > SIZE_MAX / sizeof(uint32_t)
           ? NULL
           : (uint32_t *)crate_world_allocate(graph->world,
                                              count * sizeof(uint32_t));
}

/// starts[t] = number of quads among the first `count` whose key is below t.
static void
count_keys(const CrateGraph *graph, size_t count, Key key, uint32_t *starts)
{
  memset(starts, 0, ((size_t)graph->term_end + 1u) * sizeof(uint32_t));
  for (size_t i = 0; i < count; ++i) {
    ++starts[key_of(&graph->quads[i], key) + 1u];
  }
  for (CrateTerm t = 0; t < graph->term_end; ++t) {
    starts[t + 1u] += starts[t];
  }
}

/// A stable pass of a radix sort: `from` (NULL: as they stand) ordered by key
/// into `to`. `cursor` is scratch of term_end + 1 numbers.
static void
sort_pass(const CrateGraph *graph,
          size_t count,
          Key key,
          uint32_t *cursor,
          const uint32_t *from,
          uint32_t *to)
{
  count_keys(graph, count, key, cursor);
  for (size_t i = 0; i < count; ++i) {
    const uint32_t quad = from ? from[i] : (uint32_t)i;
    to[cursor[key_of(&graph->quads[quad], key)]++] = quad;
  }
}

static bool
same_quad(const CrateQuad *a, const CrateQuad *b)
{
  return a->subject == b->subject && a->predicate == b->predicate &&
         a->object == b->object && a->graph == b->graph;
}

/// Rewrite the quads in the given order, repeats dropped. As the sort is
/// stable, of equal quads the one added first comes first: its origin stays.
static CrateStatus
rearrange(CrateGraph *graph, const uint32_t *order)
{
  const size_t count = graph->size;
  CrateQuad *const quads = (CrateQuad *)crate_world_allocate(
    graph->world, (count + 1u) * sizeof(CrateQuad));
  uint32_t *const origins = new_numbers(graph, count + 1u);
  if (!quads || !origins) {
    crate_world_release(graph->world, quads);
    crate_world_release(graph->world, origins);
    return CRATE_NO_MEMORY;
  }
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    const CrateQuad *const quad = &graph->quads[order[i]];
    if (!kept || !same_quad(&quads[kept - 1u], quad)) {
      quads[kept] = *quad;
      origins[kept++] = graph->origins[order[i]];
    }
  }
  crate_world_release(graph->world, graph->quads);
  crate_world_release(graph->world, graph->origins);
  graph->quads = quads;
  graph->origins = origins;
  graph->quad_capacity = graph->origin_capacity = count + 1u;
  graph->size = kept;
  return CRATE_OK;
}

/// Order of quads of one graph and subject; of equal ones the earlier first.
static int
compare_quads(const void *a, const void *b, void *quads)
{
  const uint32_t i = *(const uint32_t *)a;
  const uint32_t j = *(const uint32_t *)b;
  const CrateQuad *const x = (const CrateQuad *)quads + i;
  const CrateQuad *const y = (const CrateQuad *)quads + j;
  if (x->predicate != y->predicate) {
    return x->predicate < y->predicate ? -1 : 1;
  }
  if (x->object != y->object) {
    return x->object < y->object ? -1 : 1;
  }
  return (i > j) - (i < j);
}

static void
sort_group(const CrateGraph *graph, uint32_t *order, size_t count)
{
  enum { FEW = 24 };
  if (count > FEW) {
    qsort_r(order, count, sizeof(*order), compare_quads, graph->quads);
    return;
  }
  for (size_t i = 1; i < count; ++i) {
    const uint32_t quad = order[i];
    size_t j = i;
    for (; j && compare_quads(&order[j - 1u], &quad, graph->quads) > 0; --j) {
      order[j] = order[j - 1u];
    }
    order[j] = quad;
  }
}

static bool
has_named_graphs(const CrateGraph *graph)
{
  for (size_t i = 0; i < graph->size; ++i) {
    if (graph->quads[i].graph) {
      return true;
    }
  }
  return false;
}

/// Order of graph, subject, predicate, object: counting passes bring the
/// quads of a subject together; what is left to sort is mostly a handful.
static CrateStatus
sort_quads(CrateGraph *graph, uint32_t *cursor, uint32_t *a, uint32_t *b)
{
  const size_t count = graph->size;
  sort_pass(graph, count, BY_SUBJECT, cursor, NULL, a);
  uint32_t *sorted = a;
  if (has_named_graphs(graph)) {
    sort_pass(graph, count, BY_GRAPH, cursor, a, b);
    sorted = b;
  }
  for (size_t i = 0, end = 0; i < count; i = end) {
    const CrateQuad *const first = &graph->quads[sorted[i]];
    for (end = i + 1u; end < count &&
                       graph->quads[sorted[end]].subject == first->subject &&
                       graph->quads[sorted[end]].graph == first->graph;) {
      ++end;
    }
    sort_group(graph, sorted + i, end - i);
  }
  return rearrange(graph, sorted);
}

static void
count_default_quads(CrateGraph *graph)
{
  size_t low = 0;
  size_t high = graph->size;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    if (graph->quads[middle].graph) {
      high = middle;
    } else {
      low = middle + 1u;
    }
  }
  graph->default_size = low;
}

/// The permutations and starts over the sorted quads. As those are in order
/// of subject, predicate, object, one or two stable passes are enough.
static void
build_orders(CrateGraph *graph, uint32_t *cursor)
{
  const size_t count = graph->default_size;
  count_keys(graph, count, BY_SUBJECT, graph->subject_starts);
  count_keys(graph, count, BY_PREDICATE, graph->predicate_starts);
  count_keys(graph, count, BY_OBJECT, graph->object_starts);
  sort_pass(graph, count, BY_PREDICATE, cursor, NULL, graph->by_predicate);
  sort_pass(graph, count, BY_OBJECT, cursor, graph->by_predicate,
            graph->by_object);
}

static CrateStatus
allocate_index(CrateGraph *graph)
{
  const size_t starts = (size_t)graph->term_end + 1u;
  graph->subject_starts = new_numbers(graph, starts);
  graph->object_starts = new_numbers(graph, starts);
  graph->predicate_starts = new_numbers(graph, starts);
  graph->by_object = new_numbers(graph, graph->size + 1u);
  graph->by_predicate = new_numbers(graph, graph->size + 1u);
  return graph->subject_starts && graph->object_starts &&
             graph->predicate_starts && graph->by_object && graph->by_predicate
           ? CRATE_OK
           : CRATE_NO_MEMORY;
}

CrateStatus
crate_graph_index(CrateGraph *graph)
{
  if (graph->indexed) {
    return CRATE_OK;
  }
  crate_graph_drop_index(graph);
  graph->term_end = crate_terms_end(graph->terms);
  uint32_t *const cursor = new_numbers(graph, (size_t)graph->term_end + 1u);
  CrateStatus st = cursor ? allocate_index(graph) : CRATE_NO_MEMORY;
  if (!st) {
    st = sort_quads(graph, cursor, graph->by_object, graph->by_predicate);
  }
  if (!st) {
    count_default_quads(graph);
    build_orders(graph, cursor);
    graph->indexed = true;
  } else {
    crate_graph_drop_index(graph);
  }
  crate_world_release(graph->world, cursor);
  return st;
}
