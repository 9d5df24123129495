// SPDX-License-Identifier: Apache-2.0
// The order of events (PROV-CONSTRAINTS 6.2): a graph of events, each before
// those that it has edges to or at once with them. It is a violation to come
// back to where one started by an edge that is strict.
#include "convert/prov/constraints/instance.h"

/// An event of an argument, or of the statement itself.
typedef struct End {
  CrateProvEvent event; ///< 0: the usage that the statement is.
  unsigned argument;
} End;

#define GENERATION_OF(i)                                                       \
  {                                                                            \
    CRATE_PROV_GENERATED, i                                                    \
  }
#define INVALIDATION_OF(i)                                                     \
  {                                                                            \
    CRATE_PROV_INVALIDATED, i                                                  \
  }
#define START_OF(i)                                                            \
  {                                                                            \
    CRATE_PROV_STARTED, i                                                      \
  }
#define END_OF(i)                                                              \
  {                                                                            \
    CRATE_PROV_ENDED, i                                                        \
  }
#define ITSELF                                                                 \
  {                                                                            \
    0, 0                                                                       \
  }

/// What a statement says of the order, by the numbers of its arguments.
static const struct {
  CrateProvKind kind;
  End before, after;
  unsigned number;
} rules[] = {
  {CRATE_PROV_USAGE, START_OF(0), ITSELF, 33},
  {CRATE_PROV_USAGE, ITSELF, END_OF(0), 33},
  {CRATE_PROV_GENERATION, START_OF(1), GENERATION_OF(0), 34},
  {CRATE_PROV_GENERATION, GENERATION_OF(0), END_OF(1), 34},
  {CRATE_PROV_COMMUNICATION, START_OF(1), END_OF(0), 35},
  {CRATE_PROV_USAGE, GENERATION_OF(1), ITSELF, 37},
  {CRATE_PROV_USAGE, ITSELF, INVALIDATION_OF(1), 38},
  {CRATE_PROV_DERIVATION, GENERATION_OF(1), GENERATION_OF(0), 42},
  {CRATE_PROV_START, GENERATION_OF(1), START_OF(0), 43},
  {CRATE_PROV_START, START_OF(0), INVALIDATION_OF(1), 43},
  // By inference 9 and 34, where the trigger is not known.
  {CRATE_PROV_START, START_OF(2), START_OF(0), 43},
  {CRATE_PROV_END, GENERATION_OF(1), END_OF(0), 44},
  {CRATE_PROV_END, END_OF(0), INVALIDATION_OF(1), 44},
  {CRATE_PROV_END, START_OF(2), END_OF(0), 44},
  {CRATE_PROV_SPECIALIZATION, GENERATION_OF(1), GENERATION_OF(0), 45},
  {CRATE_PROV_SPECIALIZATION, INVALIDATION_OF(0), INVALIDATION_OF(1), 46},
  {CRATE_PROV_ASSOCIATION, START_OF(0), INVALIDATION_OF(1), 47},
  {CRATE_PROV_ASSOCIATION, GENERATION_OF(1), END_OF(0), 47},
  {CRATE_PROV_ASSOCIATION, START_OF(0), END_OF(1), 47},
  {CRATE_PROV_ASSOCIATION, START_OF(1), END_OF(0), 47},
  {CRATE_PROV_ATTRIBUTION, GENERATION_OF(1), GENERATION_OF(0), 48},
  {CRATE_PROV_ATTRIBUTION, START_OF(1), GENERATION_OF(0), 48},
  {CRATE_PROV_DELEGATION, GENERATION_OF(1), INVALIDATION_OF(0), 49},
  {CRATE_PROV_DELEGATION, START_OF(1), END_OF(0), 49},
};

#define RULE_COUNT (sizeof(rules) / sizeof(*rules))
#define STRICT 42u

/// An event. The four of a thing stand together.
typedef struct Node {
  const char *name;
  CrateTerm term, time;
} Node;

typedef struct Orderer {
  CrateProvInstance *instance;
  CrateProvEdge *edges;
  Node *nodes;
  uint32_t *usages; ///< By fact: the node of the usage.
  size_t edge_count, edge_capacity, node_count, node_capacity;
  uint32_t *first, *components, *queue, *came; ///< By node.
} Orderer;

static CrateStatus
add_node(Orderer *o, const char *name, CrateTerm term)
{
  CRATE_TRY(crate_world_reserve(o->instance->document->world, &o->nodes,
                                &o->node_capacity, o->node_count + 1,
                                sizeof(*o->nodes)));
  o->nodes[o->node_count++] = (Node){.name = name, .term = term};
  return CRATE_OK;
}

static CrateStatus
add_edge(Orderer *o, size_t from, size_t to, unsigned number, size_t fact)
{
  CRATE_TRY(crate_world_reserve(o->instance->document->world, &o->edges,
                                &o->edge_capacity, o->edge_count + 1,
                                sizeof(*o->edges)));
  o->edges[o->edge_count++] = (CrateProvEdge){.from = (uint32_t)from,
                                              .to = (uint32_t)to,
                                              .number = number,
                                              .strict = number == STRICT,
                                              .fact = fact};
  return CRATE_OK;
}

/// The nodes of a thing's events, with the edges between them (30, 36).
static CrateStatus
add_thing(Orderer *o, CrateTerm term, size_t fact)
{
  static const char *const names[CRATE_PROV_EVENTS] = {
    "generation", "invalidation", "start", "end"};
  CrateProvThing *const thing = &o->instance->things[term];
  if (!term || thing->event_nodes) {
    return CRATE_OK;
  }
  const size_t base = o->node_count;
  thing->event_nodes = (uint32_t)base + 1;
  for (unsigned i = 0; i < CRATE_PROV_EVENTS; ++i) {
    CRATE_TRY(add_node(o, names[i], term));
  }
  if (thing->events & CRATE_PROV_GENERATED &&
      thing->events & CRATE_PROV_INVALIDATED) {
    CRATE_TRY(add_edge(o, base, base + 1, 36, fact));
  }
  if (thing->events & CRATE_PROV_STARTED && thing->events & CRATE_PROV_ENDED) {
    CRATE_TRY(add_edge(o, base + 2, base + 3, 30, fact));
  }
  return CRATE_OK;
}

/// Which of a thing's nodes an event is.
static size_t
place_of(CrateProvEvent event)
{
  size_t place = 0;
  while ((1u << place) < (unsigned)event) {
    ++place;
  }
  return place;
}

/// The node of one end of a rule; false when there is no such event.
static bool
find_node(const Orderer *o, size_t fact, End end, size_t *node)
{
  const CrateProvFact *const about = &o->instance->facts[fact];
  const CrateTerm term = about->record.arguments[end.argument];
  const CrateProvThing *const thing = &o->instance->things[term];
  if (!end.event) {
    *node = o->usages[about->into];
    return true;
  }
  if (!term || !(thing->events & (unsigned)end.event)) {
    return false;
  }
  *node = thing->event_nodes - 1 + place_of(end.event);
  return true;
}

static CrateStatus
add_nodes(Orderer *o)
{
  const CrateProvInstance *const instance = o->instance;
  for (size_t i = 0; i < instance->count; ++i) {
    const CrateProvRecord *const record = &instance->facts[i].record;
    for (unsigned k = 0; k < CRATE_PROV_ARGUMENTS; ++k) {
      CRATE_TRY(add_thing(o, record->arguments[k], i));
    }
    if (record->kind < CRATE_PROV_FIRST_RELATION) {
      CRATE_TRY(add_thing(o, record->id, i));
    }
    if (record->kind == CRATE_PROV_USAGE && instance->facts[i].into == i) {
      o->usages[i] = (uint32_t)o->node_count;
      CRATE_TRY(add_node(o, "usage", record->arguments[1]));
    }
  }
  return CRATE_OK;
}

static CrateStatus
add_edges(Orderer *o)
{
  const CrateProvInstance *const instance = o->instance;
  for (size_t i = 0; i < instance->count; ++i) {
    const CrateProvFact *const fact = &instance->facts[i];
    for (size_t k = 0; k < RULE_COUNT; ++k) {
      size_t before, after;
      if (rules[k].kind == fact->record.kind &&
          find_node(o, i, rules[k].before, &before) &&
          find_node(o, i, rules[k].after, &after)) {
        CRATE_TRY(add_edge(o, before, after, rules[k].number, i));
      }
    }
    if (fact->after && instance->things[fact->after].event_nodes) {
      CRATE_TRY(add_edge(o, o->usages[fact->into],
                         instance->things[fact->after].event_nodes - 1, 41, i));
    }
  }
  return CRATE_OK;
}

static void
print_node(const Orderer *o, CrateBuffer *buffer, uint32_t node)
{
  crate_buffer_print(buffer, "%s of ", o->nodes[node].name);
  crate_prov_print_term(o->instance, buffer, o->nodes[node].term);
}

/// What is said of the times of events. Where it is said twice, the first.
static void
note_times(Orderer *o)
{
  static const struct {
    CrateProvKind kind;
    unsigned argument;
    End of;
  } times[] = {
    {CRATE_PROV_GENERATION, 2, GENERATION_OF(0)},
    {CRATE_PROV_USAGE, 2, ITSELF},
    {CRATE_PROV_START, 3, START_OF(0)},
    {CRATE_PROV_END, 3, END_OF(0)},
    {CRATE_PROV_INVALIDATION, 2, INVALIDATION_OF(0)},
  };
  const CrateProvInstance *const instance = o->instance;
  for (size_t i = 0; i < instance->count; ++i) {
    const CrateProvRecord *const record = &instance->facts[i].record;
    const CrateProvThing *const thing = &instance->things[record->id];
    for (size_t k = 0; k < sizeof(times) / sizeof(*times); ++k) {
      size_t node;
      if (times[k].kind == record->kind &&
          find_node(o, i, times[k].of, &node) && !o->nodes[node].time) {
        o->nodes[node].time = record->arguments[times[k].argument];
      }
    }
    if (record->kind == CRATE_PROV_ACTIVITY) {
      o->nodes[thing->event_nodes + 1].time = thing->times[0];
      o->nodes[thing->event_nodes + 2].time = thing->times[1];
    }
  }
}

static CrateStatus
warn(Orderer *o, const CrateProvEdge *edge, CrateText before, CrateText after)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, o->instance->document->world);
  crate_buffer_add_string(&buffer, "the ");
  print_node(o, &buffer, edge->from);
  crate_buffer_print(&buffer, " at %.*s is not earlier than the ",
                     CRATE_TEXT_ARG(before));
  print_node(o, &buffer, edge->to);
  crate_buffer_print(&buffer, " at %.*s, against constraint %u",
                     CRATE_TEXT_ARG(after), edge->number);
  CrateStatus status = crate_buffer_status(&buffer);
  status = status
             ? status
             : crate_prov_find(o->instance, 0, &o->instance->facts[edge->fact],
                               crate_buffer_text(&buffer));
  crate_buffer_clear(&buffer);
  return status;
}

/// Times that contradict the order. That is no violation: PROV-CONSTRAINTS
/// (2.2) knows of clocks that disagree.
static CrateStatus
check_times(Orderer *o)
{
  const CrateTerms *const terms = o->instance->document->terms;
  note_times(o);
  for (size_t e = 0; e < o->edge_count; ++e) {
    const CrateProvEdge *const edge = &o->edges[e];
    const CrateTerm before = o->nodes[edge->from].time;
    const CrateTerm after = o->nodes[edge->to].time;
    const CrateText x = crate_terms_info(terms, before).text;
    const CrateText y = crate_terms_info(terms, after).text;
    const int order = before && after ? crate_prov_times_compare(x, y) : 0;
    if (order > 0 || (before && before == after && edge->strict)) {
      CRATE_TRY(warn(o, edge, x, y));
    }
  }
  return CRATE_OK;
}

/// Walk from a node within its component until the goal, remembering in `came`
/// the edge, plus 1, by which each node was found.
static void
find_way(Orderer *o, uint32_t from, uint32_t goal)
{
  size_t head = 0, tail = 0;
  o->queue[tail++] = from;
  o->came[from] = UINT32_MAX;
  while (head < tail && !(o->came[goal] && goal != from)) {
    const uint32_t node = o->queue[head++];
    for (uint32_t e = o->first[node]; e < o->first[node + 1]; ++e) {
      const uint32_t to = o->edges[e].to;
      if (!o->came[to] && o->components[to] == o->components[node]) {
        o->came[to] = e + 1;
        o->queue[tail++] = to;
      }
    }
  }
}

#define MOST_STEPS 8u

/// The way that find_way() found, from its goal to where it began: what comes
/// first is told last.
static void
print_way(const Orderer *o, CrateBuffer *buffer, uint32_t from, uint32_t goal)
{
  unsigned steps = 0;
  for (uint32_t node = goal; node != from; ++steps) {
    const CrateProvEdge *const edge = &o->edges[o->came[node] - 1];
    node = edge->from;
    if (steps == MOST_STEPS) {
      crate_buffer_add_string(buffer, ", and so on");
      return;
    }
    crate_buffer_add_string(buffer, steps ? ", which is not earlier than the "
                                          : "not earlier than the ");
    print_node(o, buffer, node);
    crate_buffer_print(buffer, " (constraint %u)", edge->number);
  }
}

/// Say that a strict edge is part of a circle.
static CrateStatus
find_circle(Orderer *o, const CrateProvEdge *edge)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, o->instance->document->world);
  find_way(o, edge->to, edge->from);
  crate_buffer_add_string(&buffer, "the ");
  print_node(o, &buffer, edge->from);
  crate_buffer_add_string(&buffer, " has to be before ");
  if (edge->from == edge->to) {
    crate_buffer_add_string(&buffer, "itself");
  } else {
    crate_buffer_add_string(&buffer, "the ");
    print_node(o, &buffer, edge->to);
    crate_buffer_add_string(&buffer, ", but is ");
    print_way(o, &buffer, edge->to, edge->from);
  }
  CrateStatus status = crate_buffer_status(&buffer);
  status = status ? status
                  : crate_prov_find(o->instance, edge->number,
                                    &o->instance->facts[edge->fact],
                                    crate_buffer_text(&buffer));
  crate_buffer_clear(&buffer);
  return status;
}

/// One finding for each component: its first strict edge. `queue` is free
/// until then, and holds the first edge of each component, plus 1.
static CrateStatus
find_circles(Orderer *o)
{
  uint32_t *const chosen =
    crate_arena_array(&o->instance->arena, o->node_count + 1, sizeof(*chosen));
  if (!chosen) {
    return crate_arena_status(&o->instance->arena);
  }
  for (size_t e = 0; e < o->edge_count; ++e) {
    const CrateProvEdge *const edge = &o->edges[e];
    uint32_t *const best = &chosen[o->components[edge->from]];
    if (edge->strict && o->components[edge->from] == o->components[edge->to] &&
        (!*best || edge->fact < o->edges[*best - 1].fact)) {
      *best = (uint32_t)e + 1;
    }
  }
  for (size_t node = 0; node < o->node_count; ++node) {
    if (chosen[node]) {
      CRATE_TRY(find_circle(o, &o->edges[chosen[node] - 1]));
    }
  }
  return CRATE_OK;
}

static CrateStatus
check(Orderer *o)
{
  CrateArena *const arena = &o->instance->arena;
  o->usages =
    crate_arena_array(arena, o->instance->count + 1, sizeof(*o->usages));
  if (!o->usages) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(add_nodes(o));
  CRATE_TRY(add_edges(o));
  const size_t size = o->node_count + 1;
  o->first = crate_arena_array(arena, size, sizeof(*o->first));
  o->components = crate_arena_array(arena, size, sizeof(*o->components));
  o->queue = crate_arena_array(arena, size, sizeof(*o->queue));
  o->came = crate_arena_array(arena, size, sizeof(*o->came));
  if (!o->first || !o->components || !o->queue || !o->came) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(crate_prov_components(o->instance->document->world, o->edges,
                                  o->edge_count, (uint32_t)o->node_count,
                                  o->first, o->components));
  CRATE_TRY(find_circles(o));
  return check_times(o);
}

CrateStatus
crate_prov_check_order(CrateProvInstance *instance)
{
  const CrateWorld *const world = instance->document->world;
  Orderer o = {.instance = instance};
  const CrateStatus status = check(&o);
  crate_world_release(world, o.edges);
  crate_world_release(world, o.nodes);
  return status;
}
