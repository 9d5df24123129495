// SPDX-License-Identifier: Apache-2.0
#include "convert/pages/provenance.h"
#include "crate/vocabulary.h"
#include <cratekit/iri.h>
#include <stdlib.h>

#define PROV "http://www.w3.org/ns/prov#"
#define SECURE_SCHEMA "https://schema.org/"

enum { ENTITY, ACTIVITY, AGENT };

/// A property that makes an edge: PROV-O 3.1 to 3.3, and schema.org's actions.
typedef struct Row {
  const char *iri;
  const char *label;
  uint8_t subject, object; ///< What the ends are unless they say otherwise.
  bool backwards;          ///< The object is what has the history.
  bool of_action;          ///< Only where the subject is an action.
  bool qualified;          ///< The object is a node with the other end.
} Row;

static const Row rows[] = {
  {SCHEMA "object", "used", ACTIVITY, ENTITY, false, true, false},
  {SCHEMA "result", "wasGeneratedBy", ACTIVITY, ENTITY, true, true, false},
  {SCHEMA "instrument", "instrument", ACTIVITY, ENTITY, false, true, false},
  {SCHEMA "agent", "wasAssociatedWith", ACTIVITY, AGENT, false, true, false},
  {PROV "used", "used", ACTIVITY, ENTITY, false, false, false},
  {PROV "wasGeneratedBy", "wasGeneratedBy", ENTITY, ACTIVITY, false, false,
   false},
  {PROV "generated", "wasGeneratedBy", ACTIVITY, ENTITY, true, false, false},
  {PROV "wasInvalidatedBy", "wasInvalidatedBy", ENTITY, ACTIVITY, false, false,
   false},
  {PROV "invalidated", "wasInvalidatedBy", ACTIVITY, ENTITY, true, false,
   false},
  {PROV "wasAssociatedWith", "wasAssociatedWith", ACTIVITY, AGENT, false, false,
   false},
  {PROV "wasAttributedTo", "wasAttributedTo", ENTITY, AGENT, false, false,
   false},
  {PROV "actedOnBehalfOf", "actedOnBehalfOf", AGENT, AGENT, false, false,
   false},
  {PROV "wasDerivedFrom", "wasDerivedFrom", ENTITY, ENTITY, false, false,
   false},
  {PROV "wasRevisionOf", "wasRevisionOf", ENTITY, ENTITY, false, false, false},
  {PROV "wasQuotedFrom", "wasQuotedFrom", ENTITY, ENTITY, false, false, false},
  {PROV "hadPrimarySource", "hadPrimarySource", ENTITY, ENTITY, false, false,
   false},
  {PROV "wasInformedBy", "wasInformedBy", ACTIVITY, ACTIVITY, false, false,
   false},
  {PROV "wasStartedBy", "wasStartedBy", ACTIVITY, ENTITY, false, false, false},
  {PROV "wasEndedBy", "wasEndedBy", ACTIVITY, ENTITY, false, false, false},
  {PROV "wasInfluencedBy", "wasInfluencedBy", ENTITY, ENTITY, false, false,
   false},
  {PROV "specializationOf", "specializationOf", ENTITY, ENTITY, false, false,
   false},
  {PROV "alternateOf", "alternateOf", ENTITY, ENTITY, false, false, false},
  {PROV "hadMember", "hadMember", ENTITY, ENTITY, false, false, false},
  {PROV "qualifiedUsage", "used", ACTIVITY, ENTITY, false, false, true},
  {PROV "qualifiedGeneration", "wasGeneratedBy", ENTITY, ACTIVITY, false, false,
   true},
  {PROV "qualifiedInvalidation", "wasInvalidatedBy", ENTITY, ACTIVITY, false,
   false, true},
  {PROV "qualifiedAssociation", "wasAssociatedWith", ACTIVITY, AGENT, false,
   false, true},
  {PROV "qualifiedAttribution", "wasAttributedTo", ENTITY, AGENT, false, false,
   true},
  {PROV "qualifiedDelegation", "actedOnBehalfOf", AGENT, AGENT, false, false,
   true},
  {PROV "qualifiedDerivation", "wasDerivedFrom", ENTITY, ENTITY, false, false,
   true},
  {PROV "qualifiedRevision", "wasRevisionOf", ENTITY, ENTITY, false, false,
   true},
  {PROV "qualifiedQuotation", "wasQuotedFrom", ENTITY, ENTITY, false, false,
   true},
  {PROV "qualifiedPrimarySource", "hadPrimarySource", ENTITY, ENTITY, false,
   false, true},
  {PROV "qualifiedCommunication", "wasInformedBy", ACTIVITY, ACTIVITY, false,
   false, true},
  {PROV "qualifiedStart", "wasStartedBy", ACTIVITY, ENTITY, false, false, true},
  {PROV "qualifiedEnd", "wasEndedBy", ACTIVITY, ENTITY, false, false, true},
  {PROV "qualifiedInfluence", "wasInfluencedBy", ENTITY, ENTITY, false, false,
   true},
};

/// The ends of qualified nodes that are named, not the time and the role.
static const char *const end_names[] = {PROV "entity", PROV "activity",
                                        PROV "agent", PROV "influencer"};

/// What people call a thing, in any of the vocabularies.
static const char *const naming[] = {
  SCHEMA "name",
  SECURE_SCHEMA "name",
  "http://www.w3.org/2000/01/rdf-schema#label",
  DCTERMS "title",
  "http://xmlns.com/foaf/0.1/name",
};

/// Classes that say what a node is.
static const struct {
  const char *iri;
  uint8_t kind;
} classes[] = {{PROV "Entity", ENTITY},       {PROV "Plan", ENTITY},
               {PROV "Collection", ENTITY},   {PROV "Bundle", ENTITY},
               {PROV "Activity", ACTIVITY},   {PROV "Agent", AGENT},
               {PROV "Person", AGENT},        {PROV "Organization", AGENT},
               {PROV "SoftwareAgent", AGENT}, {SCHEMA "Person", AGENT},
               {SCHEMA "Organization", AGENT}};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/// What a property is to us, by term.
enum { NOTHING, NAME, END, PLAN, FIRST_ROW };

/// What is known of each term while looking.
typedef struct Search {
  const CrateGraph *graph;
  const CrateTerms *terms;
  CrateArena *arena;
  CrateTerm end;
  uint8_t *property; ///< By term: what it is as a property.
  uint8_t *kinds;    ///< By term: 1 + its kind, if a class says it.
  CrateTerm *names;  ///< By term: a literal.
  CrateTerm *others; ///< By term: the other end of a qualified node.
  CrateTerm *plans;  ///< By term: the plan of an association.
  uint32_t *nodes;   ///< By term: 1 + the index of its node.
  CrateProvenance *out;
  size_t node_room, edge_room;
} Search;

/// schema.org's terms have two spellings.
static CrateTerm
other_spelling(const Search *search, CrateText iri)
{
  char secure[96];
  const CrateText plain = CRATE_TEXT(SCHEMA);
  const size_t size = sizeof SECURE_SCHEMA - 1u;
  if (!crate_text_starts(iri, plain) ||
      iri.size - plain.size + size > sizeof secure) {
    return CRATE_NO_TERM;
  }
  memcpy(secure, SECURE_SCHEMA, size);
  memcpy(secure + size, iri.data + plain.size, iri.size - plain.size);
  const CrateText text = {secure, size + iri.size - plain.size};
  return crate_terms_find_iri(search->terms, text);
}

static void
mark(const Search *search, uint8_t *array, const char *iri, size_t value)
{
  const CrateText text = crate_text(iri);
  const CrateTerm terms[] = {crate_terms_find_iri(search->terms, text),
                             other_spelling(search, text)};
  for (size_t i = 0; i < COUNT(terms); ++i) {
    if (terms[i]) {
      array[terms[i]] = (uint8_t)value;
    }
  }
}

/// Which terms are properties that matter.
static void
mark_properties(const Search *search)
{
  for (size_t i = 0; i < COUNT(rows); ++i) {
    mark(search, search->property, rows[i].iri, FIRST_ROW + i);
  }
  for (size_t i = 0; i < COUNT(naming); ++i) {
    mark(search, search->property, naming[i], NAME);
  }
  for (size_t i = 0; i < COUNT(end_names); ++i) {
    mark(search, search->property, end_names[i], END);
  }
  mark(search, search->property, PROV "hadPlan", PLAN);
}

/// Actions of schema.org are those whose class says so by its name.
static bool
is_action(CrateText type)
{
  return (crate_text_starts(type, CRATE_TEXT(SCHEMA)) ||
          crate_text_starts(type, CRATE_TEXT(SECURE_SCHEMA))) &&
         crate_text_ends(type, CRATE_TEXT("Action"));
}

/// What a type says of its subject: an activity before an agent before an
/// entity, as the same thing may be several.
static void
take_type(const Search *search, const uint8_t *class_kinds, CrateQuad quad)
{
  static const uint8_t strength[] = {0, 1, 3, 2};
  const CrateText type = crate_terms_info(search->terms, quad.object).text;
  const uint8_t kind =
    is_action(type) ? 1 + ACTIVITY : class_kinds[quad.object];
  uint8_t *const known = &search->kinds[quad.subject];
  if (strength[kind] > strength[*known]) {
    *known = kind;
  }
}

static void
take_first(CrateTerm *array, CrateQuad quad)
{
  if (!array[quad.subject]) {
    array[quad.subject] = quad.object;
  }
}

/// The first look: names, kinds, ends of qualified nodes.
static CrateStatus
learn(const Search *search)
{
  const CrateQuad *const quads = crate_graph_quads(search->graph);
  const size_t count = crate_graph_size(search->graph);
  uint8_t *const class_kinds =
    crate_arena_array(search->arena, search->end, sizeof *class_kinds);
  if (!class_kinds) {
    return crate_arena_status(search->arena);
  }
  for (size_t i = 0; i < COUNT(classes); ++i) {
    mark(search, class_kinds, classes[i].iri, classes[i].kind + 1u);
  }
  for (size_t i = 0; i < count; ++i) {
    const uint8_t property = search->property[quads[i].predicate];
    if (quads[i].predicate == CRATE_RDF_TYPE) {
      take_type(search, class_kinds, quads[i]);
    } else if (property == NAME &&
               crate_terms_kind(search->terms, quads[i].object) ==
                 CRATE_TERM_LITERAL) {
      take_first(search->names, quads[i]);
    } else if (property == END) {
      take_first(search->others, quads[i]);
    } else if (property == PLAN) {
      take_first(search->plans, quads[i]);
    }
  }
  return CRATE_OK;
}

/// The id as people know it, and the name.
static CrateStatus
describe(const Search *search, CrateText base, CrateProvenanceNode *node)
{
  const CrateTermInfo info = crate_terms_info(search->terms, node->term);
  const CrateText parts[] = {CRATE_TEXT("_:"), info.text};
  node->id = info.text;
  if (info.kind == CRATE_TERM_BLANK) {
    CRATE_TRY(crate_arena_join(search->arena, parts, 2, &node->id));
  } else if (info.kind == CRATE_TERM_IRI && base.size) {
    CRATE_TRY(crate_iri_relativize(search->arena, base, info.text, &node->id));
  }
  const CrateTerm name = search->names[node->term];
  node->name = name ? crate_terms_info(search->terms, name).text : node->id;
  node->name = node->name.size ? node->name : node->id;
  return CRATE_OK;
}

/// The node of a term, made when it is first met.
static uint32_t
find_node(Search *search, CrateTerm term, unsigned kind)
{
  CrateProvenance *const found = search->out;
  if (!search->nodes[term]) {
    const uint8_t known = search->kinds[term];
    found->nodes[found->node_count] =
      (CrateProvenanceNode){.term = term, .kind = known ? known - 1u : kind};
    search->nodes[term] = (uint32_t)++found->node_count;
  }
  return search->nodes[term] - 1u;
}

/// Texts are no nodes.
static void
add_edge(Search *search, const Row *row, CrateTerm subject, CrateTerm object)
{
  CrateProvenance *const found = search->out;
  if (!object ||
      crate_terms_kind(search->terms, object) == CRATE_TERM_LITERAL) {
    return;
  }
  const uint32_t from = find_node(search, subject, row->subject);
  const uint32_t to = find_node(search, object, row->object);
  found->edges[found->edge_count++] = (CrateProvenanceEdge){
    row->backwards ? to : from, row->backwards ? from : to, row->label};
}

/// The edges of one statement: none, one, or with a plan two.
static void
take_statement(Search *search, CrateQuad quad)
{
  static const Row plan = {NULL,  "hadPlan", ACTIVITY, ENTITY,
                           false, false,     false};
  const uint8_t property = search->property[quad.predicate];
  if (property < FIRST_ROW) {
    return;
  }
  const Row *const row = &rows[property - FIRST_ROW];
  if (row->of_action && search->kinds[quad.subject] != 1 + ACTIVITY) {
    return;
  }
  if (row->qualified) {
    add_edge(search, row, quad.subject, search->others[quad.object]);
    add_edge(search, &plan, quad.subject, search->plans[quad.object]);
  } else {
    add_edge(search, row, quad.subject, quad.object);
  }
}

/// How many edges there can be.
static size_t
count_edges(const Search *search)
{
  const CrateQuad *const quads = crate_graph_quads(search->graph);
  size_t most = 0;
  for (size_t i = 0; i < crate_graph_size(search->graph); ++i) {
    most += search->property[quads[i].predicate] >= FIRST_ROW ? 2u : 0u;
  }
  return most;
}

static CrateStatus
make_room(Search *search, size_t edges)
{
  size_t activities = 0;
  for (CrateTerm term = 0; term < search->end; ++term) {
    activities += search->kinds[term] == 1 + ACTIVITY;
  }
  const size_t nodes = 2u * edges + activities < search->end
                         ? 2u * edges + activities
                         : search->end;
  search->out->nodes =
    crate_arena_array(search->arena, nodes, sizeof *search->out->nodes);
  search->out->edges =
    crate_arena_array(search->arena, edges, sizeof *search->out->edges);
  return search->out->nodes && search->out->edges
           ? CRATE_OK
           : crate_arena_status(search->arena);
}

static int
by_ends(const void *a, const void *b)
{
  const CrateProvenanceEdge *const left = a;
  const CrateProvenanceEdge *const right = b;
  return left->from != right->from ? (left->from < right->from ? -1 : 1)
         : left->to != right->to   ? (left->to < right->to ? -1 : 1)
                                   : strcmp(left->label, right->label);
}

/// What is said twice is drawn once.
static void
sort_edges(CrateProvenance *found)
{
  size_t kept = 0;
  if (found->edge_count) {
    qsort(found->edges, found->edge_count, sizeof *found->edges, by_ends);
  }
  for (size_t i = 0; i < found->edge_count; ++i) {
    if (!kept || by_ends(&found->edges[kept - 1u], &found->edges[i])) {
      found->edges[kept++] = found->edges[i];
    }
  }
  found->edge_count = kept;
}

/// The second look. Actions without inputs and outputs are nodes, too.
static CrateStatus
collect(Search *search, CrateText base)
{
  const CrateQuad *const quads = crate_graph_quads(search->graph);
  CRATE_TRY(make_room(search, count_edges(search)));
  for (size_t i = 0; i < crate_graph_size(search->graph); ++i) {
    if (quads[i].predicate == CRATE_RDF_TYPE &&
        search->kinds[quads[i].subject] == 1 + ACTIVITY) {
      find_node(search, quads[i].subject, ACTIVITY);
    }
    take_statement(search, quads[i]);
  }
  for (size_t i = 0; i < search->out->node_count; ++i) {
    CRATE_TRY(describe(search, base, &search->out->nodes[i]));
  }
  sort_edges(search->out);
  return CRATE_OK;
}

CrateStatus
crate_provenance_find(const CrateGraph *graph,
                      CrateText base,
                      CrateArena *arena,
                      CrateProvenance *out)
{
  const CrateTerms *const terms = crate_graph_terms(graph);
  const CrateTerm end = crate_terms_end(terms);
  *out = (CrateProvenance){NULL, 0, NULL, 0, 0};
  Search search = {.graph = graph,
                   .terms = terms,
                   .arena = arena,
                   .end = end,
                   .property = crate_arena_array(arena, end, 1),
                   .kinds = crate_arena_array(arena, end, 1),
                   .names = crate_arena_array(arena, end, sizeof(CrateTerm)),
                   .others = crate_arena_array(arena, end, sizeof(CrateTerm)),
                   .plans = crate_arena_array(arena, end, sizeof(CrateTerm)),
                   .nodes = crate_arena_array(arena, end, sizeof(uint32_t)),
                   .out = out};
  if (!search.property || !search.kinds || !search.names || !search.others ||
      !search.plans || !search.nodes) {
    return crate_arena_status(arena);
  }
  mark_properties(&search);
  CRATE_TRY(learn(&search));
  return collect(&search, base);
}

CrateStatus
crate_provenance_ends(const CrateProvenance *provenance,
                      CrateArena *arena,
                      CrateProvenanceEnds *out)
{
  out->first =
    crate_arena_array(arena, provenance->node_count + 2u, sizeof *out->first);
  out->all =
    crate_arena_array(arena, provenance->edge_count + 1u, sizeof *out->all);
  if (!out->first || !out->all) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < provenance->edge_count; ++i) {
    ++out->first[provenance->edges[i].to + 2u];
  }
  for (size_t i = 1; i < provenance->node_count; ++i) {
    out->first[i + 1u] += out->first[i];
  }
  for (uint32_t i = 0; i < provenance->edge_count; ++i) {
    out->all[out->first[provenance->edges[i].to + 1u]++] = i;
  }
  return CRATE_OK;
}

void
crate_provenance_cut(CrateProvenance *provenance, size_t most)
{
  size_t kept = 0;
  if (provenance->node_count <= most) {
    return;
  }
  provenance->left_out += provenance->node_count - most;
  provenance->node_count = most;
  for (size_t i = 0; i < provenance->edge_count; ++i) {
    const CrateProvenanceEdge edge = provenance->edges[i];
    if (edge.from < most && edge.to < most) {
      provenance->edges[kept++] = edge;
    }
  }
  provenance->edge_count = kept;
}

const char *
crate_provenance_kind_name(CrateProvenanceKind kind)
{
  static const char *const names[] = {"entity", "activity", "agent"};
  return names[kind];
}
