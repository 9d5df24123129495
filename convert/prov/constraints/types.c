// SPDX-License-Identifier: Apache-2.0
// Types and what cannot be (PROV-CONSTRAINTS 6.3 and 6.4).
#include "convert/prov/constraints/instance.h"

/// Say "<before>TERM<behind>".
static CrateStatus
find(CrateProvInstance *instance,
     unsigned number,
     size_t fact,
     const char *before,
     CrateTerm term,
     const char *behind)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, instance->document->world);
  crate_buffer_add_string(&buffer, before);
  crate_prov_print_term(instance, &buffer, term);
  crate_buffer_add_string(&buffer, behind);
  CrateStatus status = crate_buffer_status(&buffer);
  status = status ? status
                  : crate_prov_find(instance, number, &instance->facts[fact],
                                    crate_buffer_text(&buffer));
  crate_buffer_clear(&buffer);
  return status;
}

#define KIND(kind) (1u << CRATE_PROV_##kind)

/// Those that constraint 53 names; a derivation or an influence may share its
/// identifier with another relation.
#define RELATIONS                                                              \
  (KIND(USAGE) | KIND(GENERATION) | KIND(INVALIDATION) | KIND(START) |         \
   KIND(END) | KIND(COMMUNICATION) | KIND(ATTRIBUTION) | KIND(ASSOCIATION) |   \
   KIND(DELEGATION))

#define THINGS (KIND(ENTITY) | KIND(ACTIVITY) | KIND(AGENT))

/// Constraints 53 and 54: what else has this identifier.
static CrateStatus
check_identifier(CrateProvInstance *instance, size_t i)
{
  const CrateProvRecord *const record = &instance->facts[i].record;
  const uint32_t kind = 1u << record->kind;
  uint32_t *const kinds = &instance->things[record->id].kinds;
  if (!record->id || (*kinds & kind)) {
    return CRATE_OK;
  }
  const uint32_t others = *kinds;
  *kinds |= kind;
  if ((kind & RELATIONS && others & THINGS) ||
      (kind & THINGS && others & RELATIONS)) {
    return find(instance, 54, i, "", record->id,
                " is the identifier of a relation and a thing");
  }
  return kind & RELATIONS && others & RELATIONS
           ? find(instance, 53, i, "", record->id,
                  " is the identifier of relations of different kinds")
           : CRATE_OK;
}

/// Constraint 51.
static CrateStatus
check_derivation(CrateProvInstance *instance, size_t i)
{
  const CrateTerm *const given = instance->facts[i].record.arguments;
  return instance->facts[i].record.kind == CRATE_PROV_DERIVATION && !given[2] &&
             (given[3] || given[4])
           ? find(instance, 51, i, "the derivation of ", given[0],
                  " has a generation or a usage, but no activity")
           : CRATE_OK;
}

/// Constraint 55, once for each term: at the later of the two statements.
static CrateStatus
check_type(CrateProvInstance *instance, CrateTerm term, size_t i)
{
  const CrateProvThing *const thing = &instance->things[term];
  const size_t a = thing->as_entity;
  const size_t b = thing->as_activity;
  return term && a != CRATE_PROV_NOWHERE && b != CRATE_PROV_NOWHERE &&
             i == (a > b ? a : b)
           ? find(instance, 55, i, "", term, " is an entity and an activity")
           : CRATE_OK;
}

static CrateStatus
check_types(CrateProvInstance *instance, size_t i)
{
  const CrateProvRecord *const record = &instance->facts[i].record;
  const CrateTerm *const given = record->arguments;
  for (unsigned k = 0; k < CRATE_PROV_ARGUMENTS; ++k) {
    bool repeated = false;
    for (unsigned m = 0; m < k; ++m) {
      repeated |= given[m] == given[k];
    }
    CRATE_TRY(repeated ? CRATE_OK : check_type(instance, given[k], i));
  }
  if (record->kind < CRATE_PROV_FIRST_RELATION) {
    CRATE_TRY(check_type(instance, record->id, i));
  }
  return record->kind == CRATE_PROV_MEMBERSHIP &&
             instance->things[given[0]].empty
           ? find(instance, 56, i, "", given[0],
                  " is an empty collection and has a member")
           : CRATE_OK;
}

/// Specializations among the facts, as edges from the general to the special.
typedef struct Special {
  CrateProvEdge *edges;
  CrateTerm *terms;             ///< By node.
  uint32_t *first, *components; ///< By node.
  uint32_t *queue;
  size_t count, nodes;
} Special;

static uint32_t
node_of(CrateProvInstance *instance, Special *s, CrateTerm term)
{
  CrateProvThing *const thing = &instance->things[term];
  if (!thing->component) {
    s->terms[s->nodes++] = term;
    thing->component = (uint32_t)s->nodes;
  }
  return thing->component - 1;
}

/// Inference 21: what is special has the attributes of the general, and is an
/// entity with a generation and an invalidation where that is one (7).
static void
inherit(CrateProvInstance *instance, Special *s)
{
  for (int pass = 0; pass < 2; ++pass) {
    size_t head = 0, tail = 0;
    for (size_t i = 0; i < s->nodes; ++i) {
      const CrateProvThing *const thing = &instance->things[s->terms[i]];
      if (pass ? thing->empty : thing->entity) {
        s->queue[tail++] = (uint32_t)i;
      }
    }
    while (head < tail) {
      const uint32_t node = s->queue[head++];
      for (uint32_t e = s->first[node]; e < s->first[node + 1]; ++e) {
        CrateProvThing *const thing =
          &instance->things[s->terms[s->edges[e].to]];
        bool *const flag = pass ? &thing->empty : &thing->entity;
        if (!*flag) {
          *flag = true;
          s->queue[tail++] = s->edges[e].to;
        }
        if (thing->entity) {
          thing->events |= CRATE_PROV_GENERATED | CRATE_PROV_INVALIDATED;
        }
      }
    }
  }
}

/// Constraint 52, with inference 19: at the first statement of each circle.
static CrateStatus
check_circles(CrateProvInstance *instance, const Special *s)
{
  uint32_t *const chosen =
    crate_arena_array(&instance->arena, s->nodes + 1, sizeof(*chosen));
  if (!chosen) {
    return crate_arena_status(&instance->arena);
  }
  for (size_t e = 0; e < s->count; ++e) {
    const CrateProvEdge *const edge = &s->edges[e];
    uint32_t *const best = &chosen[s->components[edge->from]];
    if (s->components[edge->from] == s->components[edge->to] &&
        (!*best || edge->fact < s->edges[*best - 1].fact)) {
      *best = (uint32_t)e + 1;
    }
  }
  for (size_t i = 0; i < s->nodes; ++i) {
    if (chosen[i]) {
      const size_t fact = s->edges[chosen[i] - 1].fact;
      CRATE_TRY(find(instance, 52, fact, "",
                     instance->facts[fact].record.arguments[0],
                     " is a specialization of itself"));
    }
  }
  return CRATE_OK;
}

static CrateStatus
check_specializations(CrateProvInstance *instance)
{
  CrateArena *const arena = &instance->arena;
  Special s = {.count = 0};
  for (size_t i = 0; i < instance->count; ++i) {
    s.count += instance->facts[i].record.kind == CRATE_PROV_SPECIALIZATION;
  }
  const size_t most = 2 * s.count + 1;
  s.edges = crate_arena_array(arena, s.count + 1, sizeof(*s.edges));
  s.terms = crate_arena_array(arena, most, sizeof(*s.terms));
  s.first = crate_arena_array(arena, most + 1, sizeof(*s.first));
  s.components = crate_arena_array(arena, most, sizeof(*s.components));
  s.queue = crate_arena_array(arena, most, sizeof(*s.queue));
  if (!s.edges || !s.terms || !s.first || !s.components || !s.queue) {
    return crate_arena_status(arena);
  }
  s.count = 0;
  for (size_t i = 0; i < instance->count; ++i) {
    const CrateProvRecord *const record = &instance->facts[i].record;
    if (record->kind == CRATE_PROV_SPECIALIZATION) {
      const uint32_t to = node_of(instance, &s, record->arguments[0]);
      const uint32_t from = node_of(instance, &s, record->arguments[1]);
      s.edges[s.count++] =
        (CrateProvEdge){.from = from, .to = to, .number = 52, .fact = i};
    }
  }
  CRATE_TRY(crate_prov_components(instance->document->world, s.edges, s.count,
                                  (uint32_t)s.nodes, s.first, s.components));
  inherit(instance, &s);
  return check_circles(instance, &s);
}

CrateStatus
crate_prov_check_types(CrateProvInstance *instance)
{
  CRATE_TRY(check_specializations(instance));
  for (size_t i = 0; i < instance->count; ++i) {
    if (!instance->facts[i].inferred) {
      CRATE_TRY(check_identifier(instance, i));
      CRATE_TRY(check_derivation(instance, i));
    }
    CRATE_TRY(check_types(instance, i));
  }
  return CRATE_OK;
}
