// SPDX-License-Identifier: Apache-2.0
// The quads and the questions. The indexes are made in graph_index.c.
#include "rdf/graph.h"

CrateStatus
crate_graph_new(const CrateWorld *world, CrateTerms *terms, CrateGraph **out)
{
  CrateGraph *const graph =
    (CrateGraph *)crate_world_allocate(world, sizeof(CrateGraph));
  *out = graph;
  if (!graph) {
    return CRATE_NO_MEMORY;
  }
  *graph = (CrateGraph){.world = world, .terms = terms};
  return CRATE_OK;
}

void
crate_graph_free(CrateGraph *graph)
{
  if (graph) {
    crate_graph_drop_index(graph);
    crate_world_release(graph->world, graph->quads);
    crate_world_release(graph->world, graph->origins);
    crate_world_release(graph->world, graph);
  }
}

CrateTerms *
crate_graph_terms(const CrateGraph *graph)
{
  return graph->terms;
}

CrateStatus
crate_graph_add(CrateGraph *graph, CrateQuad quad, uint32_t origin)
{
  if (graph->size >= graph->world->limits.quads) {
    return CRATE_OVER_LIMIT;
  }
  CRATE_TRY(crate_world_reserve(graph->world, &graph->quads,
                                &graph->quad_capacity, graph->size + 1u,
                                sizeof(CrateQuad)));
  CRATE_TRY(crate_world_reserve(graph->world, &graph->origins,
                                &graph->origin_capacity, graph->size + 1u,
                                sizeof(uint32_t)));
  if (graph->indexed) {
    crate_graph_drop_index(graph);
  }
  graph->quads[graph->size] = quad;
  graph->origins[graph->size] = origin < CRATE_NO_ORIGIN - graph->shift
                                  ? origin + graph->shift
                                  : CRATE_NO_ORIGIN;
  ++graph->size;
  return CRATE_OK;
}

void
crate_graph_shift_origins(CrateGraph *graph, uint32_t shift)
{
  graph->shift = shift;
}

static CrateTerm
renamed(const CrateTerm *names, CrateTerm end, CrateTerm term)
{
  return term < end && names[term] ? names[term] : term;
}

void
crate_graph_rename(CrateGraph *graph, const CrateTerm *names, CrateTerm end)
{
  crate_graph_drop_index(graph);
  for (size_t i = 0; i < graph->size; ++i) {
    CrateQuad *const quad = &graph->quads[i];
    quad->subject = renamed(names, end, quad->subject);
    quad->predicate = renamed(names, end, quad->predicate);
    quad->object = renamed(names, end, quad->object);
    quad->graph = renamed(names, end, quad->graph);
  }
}

const CrateQuad *
crate_graph_quads(const CrateGraph *graph)
{
  return graph->quads;
}

size_t
crate_graph_size(const CrateGraph *graph)
{
  return graph->size;
}

uint32_t
crate_graph_origin(const CrateGraph *graph, const CrateQuad *quad)
{
  return graph->origins[quad - graph->quads];
}

/// First position in [low, high) whose predicate is not below `predicate`.
static size_t
lower_predicate(const CrateQuad *quads,
                const uint32_t *order,
                size_t low,
                size_t high,
                CrateTerm predicate)
{
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    const CrateQuad *const quad = &quads[order ? order[middle] : middle];
    if (quad->predicate < predicate) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low;
}

CrateQuadRange
crate_graph_about(const CrateGraph *graph,
                  CrateTerm subject,
                  CrateTerm predicate)
{
  if (!graph->indexed || subject >= graph->term_end) {
    return (CrateQuadRange){NULL, 0};
  }
  size_t low = graph->subject_starts[subject];
  size_t high = graph->subject_starts[subject + 1u];
  if (predicate) {
    low = lower_predicate(graph->quads, NULL, low, high, predicate);
    high = lower_predicate(graph->quads, NULL, low, high, predicate + 1u);
  }
  return (CrateQuadRange){graph->quads + low, high - low};
}

CrateQuadList
crate_graph_towards(const CrateGraph *graph,
                    CrateTerm predicate,
                    CrateTerm object)
{
  if (!graph->indexed || object >= graph->term_end) {
    return (CrateQuadList){NULL, NULL, 0};
  }
  size_t low = graph->object_starts[object];
  size_t high = graph->object_starts[object + 1u];
  const uint32_t *const order = graph->by_object;
  if (predicate) {
    low = lower_predicate(graph->quads, order, low, high, predicate);
    high = lower_predicate(graph->quads, order, low, high, predicate + 1u);
  }
  return (CrateQuadList){graph->quads, order + low, high - low};
}

CrateQuadList
crate_graph_with(const CrateGraph *graph, CrateTerm predicate)
{
  if (!graph->indexed || predicate >= graph->term_end) {
    return (CrateQuadList){NULL, NULL, 0};
  }
  const size_t low = graph->predicate_starts[predicate];
  const size_t high = graph->predicate_starts[predicate + 1u];
  return (CrateQuadList){graph->quads, graph->by_predicate + low, high - low};
}

const CrateQuad *
crate_graph_find(const CrateGraph *graph,
                 CrateTerm subject,
                 CrateTerm predicate,
                 CrateTerm object)
{
  const CrateQuadRange range = crate_graph_about(graph, subject, predicate);
  size_t low = 0;
  size_t high = range.count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    if (range.first[middle].object < object) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low < range.count && range.first[low].object == object
           ? &range.first[low]
           : NULL;
}

CrateTerm
crate_graph_object(const CrateGraph *graph,
                   CrateTerm subject,
                   CrateTerm predicate)
{
  const CrateQuadRange range = crate_graph_about(graph, subject, predicate);
  return range.count ? range.first->object : CRATE_NO_TERM;
}

/// Exactly one value of rdf:first or rdf:rest.
static CrateStatus
only_object(const CrateGraph *graph,
            CrateTerm subject,
            CrateTerm predicate,
            CrateTerm *out)
{
  const CrateQuadRange range = crate_graph_about(graph, subject, predicate);
  *out = range.count == 1 ? range.first->object : CRATE_NO_TERM;
  return range.count == 1 ? CRATE_OK : CRATE_MALFORMED;
}

/// Length of a well-formed list. One longer than there are quads is a cycle.
static CrateStatus
measure_list(const CrateGraph *graph, CrateTerm head, size_t *count)
{
  for (*count = 0; head != CRATE_RDF_NIL; ++*count) {
    CrateTerm member;
    if (*count > graph->size) {
      return CRATE_MALFORMED;
    }
    CRATE_TRY(only_object(graph, head, CRATE_RDF_FIRST, &member));
    CRATE_TRY(only_object(graph, head, CRATE_RDF_REST, &head));
  }
  return crate_graph_about(graph, CRATE_RDF_NIL, CRATE_RDF_REST).count
           ? CRATE_MALFORMED
           : CRATE_OK;
}

CrateStatus
crate_graph_list(const CrateGraph *graph,
                 CrateTerm head,
                 CrateArena *arena,
                 CrateTerm **members,
                 size_t *count)
{
  *members = NULL;
  *count = 0;
  size_t size = 0;
  CRATE_TRY(measure_list(graph, head, &size));
  CrateTerm *const array =
    (CrateTerm *)crate_arena_array(arena, size, sizeof(CrateTerm));
  if (!array) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < size; ++i) {
    array[i] = crate_graph_object(graph, head, CRATE_RDF_FIRST);
    head = crate_graph_object(graph, head, CRATE_RDF_REST);
  }
  *members = array;
  *count = size;
  return CRATE_OK;
}
