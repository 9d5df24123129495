// SPDX-License-Identifier: Apache-2.0
// A blank node is written inside another when one statement refers to it, all
// that is said of it is said in that statement's graph, and no circle leads
// back to it. Everything here is linear in the size of the graph.
#include "rdf/turtle_layout.h"

typedef struct {
  const CrateWorld *world;
  const CrateTerms *terms;
  const CrateQuad *quads;
  size_t size;
  CrateTurtleLayoutNode *nodes;
  CrateTerm *chain; // from a node up to the one that it is written in
  size_t chain_size, chain_capacity;
} Survey;

static bool
is_blank(const Survey *survey, CrateTerm term)
{
  return crate_terms_kind(survey->terms, term) == CRATE_TERM_BLANK;
}

static void
note_quad(const Survey *survey, uint32_t i)
{
  const CrateQuad *const quad = &survey->quads[i];
  CrateTurtleLayoutNode *const subject = &survey->nodes[quad->subject];
  const bool run =
    i > 0 && quad[-1].subject == quad->subject && quad[-1].graph == quad->graph;
  if (!run) {
    // A second run is one in another graph.
    subject->flags |= subject->first ? CRATE_TURTLE_LAYOUT_SHARED : 0u;
    subject->first = subject->first ? subject->first : i + 1u;
  }
  CrateTurtleLayoutNode *const object = &survey->nodes[quad->object];
  ++object->uses;
  object->referrer = i;
  survey->nodes[quad->predicate].flags |= CRATE_TURTLE_LAYOUT_SHARED;
  survey->nodes[quad->graph].flags |= CRATE_TURTLE_LAYOUT_SHARED;
}

static bool
may_nest(const Survey *survey, const CrateTurtleLayoutNode *node)
{
  return node->uses == 1 && !(node->flags & CRATE_TURTLE_LAYOUT_SHARED) &&
         (!node->first || survey->quads[node->first - 1u].graph ==
                            survey->quads[node->referrer].graph);
}

/// Exactly one rdf:first and one rdf:rest, nothing else?
static bool
is_cell(const Survey *survey, CrateTerm term)
{
  const CrateTurtleLayoutNode *const node = &survey->nodes[term];
  if (!(node->flags & CRATE_TURTLE_LAYOUT_NESTED) || !node->first) {
    return false;
  }
  const size_t first = node->first - 1u;
  const CrateQuad *const quads = survey->quads;
  // Numbers of terms are fixed: rdf:first sorts before rdf:rest.
  return first + 1 < survey->size &&
         quads[first].predicate == CRATE_RDF_FIRST &&
         quads[first + 1].subject == term &&
         quads[first + 1].graph == quads[first].graph &&
         quads[first + 1].predicate == CRATE_RDF_REST &&
         (first + 2 == survey->size || quads[first + 2].subject != term ||
          quads[first + 2].graph != quads[first].graph);
}

/// Mark the cells of the list that ends in a quad `cell rdf:rest rdf:nil`.
static void
mark_list(const Survey *survey, uint32_t last)
{
  const CrateQuad *quad = &survey->quads[last];
  while (quad->predicate == CRATE_RDF_REST && is_cell(survey, quad->subject)) {
    CrateTurtleLayoutNode *const node = &survey->nodes[quad->subject];
    node->flags |= CRATE_TURTLE_LAYOUT_LIST;
    quad = &survey->quads[node->referrer];
  }
}

/// Whether a node is the next cell of the list that its parent is a cell of.
static bool
is_tail(const Survey *survey, CrateTerm term)
{
  const CrateTurtleLayoutNode *const node = &survey->nodes[term];
  const CrateQuad *const quad = &survey->quads[node->referrer];
  return (node->flags & CRATE_TURTLE_LAYOUT_LIST) &&
         quad->predicate == CRATE_RDF_REST &&
         (survey->nodes[quad->subject].flags & CRATE_TURTLE_LAYOUT_LIST);
}

static CrateTerm
parent_of(const Survey *survey, CrateTerm term)
{
  return survey->quads[survey->nodes[term].referrer].subject;
}

static void
write_alone(const Survey *survey, CrateTerm term)
{
  survey->nodes[term].flags &=
    (uint8_t) ~(CRATE_TURTLE_LAYOUT_NESTED | CRATE_TURTLE_LAYOUT_LIST);
}

/// The chain has come back to `term`: take one node out of the circle. Not
/// one within a list, so that lists stay whole; a list has an end, thus no
/// circle is all list.
static void
break_circle(const Survey *survey, CrateTerm term)
{
  while (is_tail(survey, term)) {
    term = parent_of(survey, term);
  }
  write_alone(survey, term);
}

/// Collect a node and those it is written in, up to one whose level is known.
static CrateStatus
climb(Survey *survey, CrateTerm term)
{
  survey->chain_size = 0;
  while (is_blank(survey, term)) {
    CrateTurtleLayoutNode *const node = &survey->nodes[term];
    if (!(node->flags & CRATE_TURTLE_LAYOUT_NESTED) || node->level) {
      break;
    }
    if (node->flags & CRATE_TURTLE_LAYOUT_WALKED) {
      break_circle(survey, term);
      break;
    }
    node->flags |= CRATE_TURTLE_LAYOUT_WALKED;
    CRATE_TRY(crate_world_reserve(survey->world, &survey->chain,
                                  &survey->chain_capacity,
                                  survey->chain_size + 1, sizeof(term)));
    survey->chain[survey->chain_size++] = term;
    term = parent_of(survey, term);
  }
  return CRATE_OK;
}

/// Give levels from the outermost node of the chain inwards. A level that is
/// too deep starts anew under a label.
static void
descend(Survey *survey)
{
  while (survey->chain_size) {
    const CrateTerm term = survey->chain[--survey->chain_size];
    CrateTurtleLayoutNode *const node = &survey->nodes[term];
    node->flags &= (uint8_t)~CRATE_TURTLE_LAYOUT_WALKED;
    if (!(node->flags & CRATE_TURTLE_LAYOUT_NESTED)) {
      continue;
    }
    const CrateTurtleLayoutNode *const parent =
      &survey->nodes[parent_of(survey, term)];
    const unsigned above =
      parent->flags & CRATE_TURTLE_LAYOUT_NESTED ? parent->level : 0u;
    const unsigned level = is_tail(survey, term) ? above : above + 1u;
    if (level > CRATE_TURTLE_LAYOUT_DEEPEST) {
      write_alone(survey, term);
    } else {
      node->level = (uint8_t)level;
    }
  }
}

static CrateStatus
survey_all(Survey *survey)
{
  const CrateTerm end = crate_terms_end(survey->terms);
  for (size_t i = 0; i < survey->size; ++i) {
    note_quad(survey, (uint32_t)i);
  }
  for (CrateTerm t = 1; t < end; ++t) {
    if (is_blank(survey, t) && may_nest(survey, &survey->nodes[t])) {
      survey->nodes[t].flags |= CRATE_TURTLE_LAYOUT_NESTED;
    }
  }
  for (size_t i = 0; i < survey->size; ++i) {
    if (survey->quads[i].object == CRATE_RDF_NIL) {
      mark_list(survey, (uint32_t)i);
    }
  }
  for (CrateTerm t = 1; t < end; ++t) {
    CRATE_TRY(climb(survey, t));
    descend(survey);
  }
  return CRATE_OK;
}

CrateStatus
crate_turtle_layout_new(const CrateWorld *world,
                        const CrateGraph *graph,
                        CrateTurtleLayoutNode **nodes)
{
  Survey survey = {
    .world = world,
    .terms = crate_graph_terms(graph),
    .quads = crate_graph_quads(graph),
    .size = crate_graph_size(graph),
  };
  const size_t size = crate_terms_end(survey.terms) * sizeof(*survey.nodes);
  survey.nodes = crate_world_allocate(world, size);
  *nodes = survey.nodes;
  if (!survey.nodes) {
    return CRATE_NO_MEMORY;
  }
  memset(survey.nodes, 0, size);
  const CrateStatus st = survey_all(&survey);
  crate_world_release(world, survey.chain);
  if (st) {
    crate_world_release(world, survey.nodes);
    *nodes = NULL;
  }
  return st;
}
