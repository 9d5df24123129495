// SPDX-License-Identifier: Apache-2.0
// Operations, and what their templates make of solutions: SPARQL 1.1 Update
// 3.1.3, and Query 16.2 for the templates.
#include "sparql/run.h"

/// A solution and what it becomes.
typedef struct {
  CrateRun *run;
  CrateGraph *added;
  bool *used;
  CrateTerm *blanks; // of the template, in this solution; 0: none yet
} Writer;

static CrateStatus
node_term(Writer *writer, const uint32_t *row, CrateNode node, CrateTerm *out)
{
  const uint32_t variables = writer->run->operation->variable_count;
  *out = CRATE_NO_TERM;
  if (node.term || node.variable < variables) {
    *out = crate_row_term(row, node);
    return CRATE_OK;
  }
  CrateTerm *const blank = &writer->blanks[node.variable - variables];
  if (!*blank) {
    CRATE_TRY(
      crate_terms_blank(writer->run->terms, (CrateText){NULL, 0}, blank));
  }
  *out = *blank;
  return CRATE_OK;
}

/// RDF 1.1 Concepts 3.1; what is unbound is of no kind.
static bool
is_triple(const CrateTerms *terms, const CrateQuad *quad, bool graph)
{
  const CrateTermKind subject = crate_terms_kind(terms, quad->subject);
  return (subject == CRATE_TERM_IRI || subject == CRATE_TERM_BLANK) &&
         crate_terms_kind(terms, quad->predicate) == CRATE_TERM_IRI &&
         crate_terms_kind(terms, quad->object) != CRATE_TERM_NONE &&
         (!graph || crate_terms_kind(terms, quad->graph) == CRATE_TERM_IRI);
}

static void
mark(Writer *writer, CrateStatement statement)
{
  if (statement && !(statement & CRATE_STATEMENT_ADDED)) {
    writer->used[statement - 1u] = true;
  }
}

/// The statements of a solution. A part of a trail that was marked before is
/// left out of the next trail that has it.
static void
mark_used(Writer *writer, uint32_t *row)
{
  CrateRun *const run = writer->run;
  const uint32_t *const matched = crate_row_matched(run, row);
  for (uint32_t k = 0; k < run->operation->pattern_count; ++k) {
    mark(writer, matched[k]);
  }
  for (uint32_t t = row[CRATE_ROW_TRAIL]; t;) {
    CrateTrail *const trail = &run->trails[t];
    mark(writer, trail->statement);
    t = trail->before;
    trail->before = 0;
  }
}

/// Where the statement comes from that tells a solution from its neighbour, so
/// that what the solutions add is in their order: the authors of one work. Of a
/// solution without a neighbour, the first.
static uint32_t
origin_of(const CrateRun *run, uint32_t *row, uint32_t *neighbour)
{
  const uint32_t *const matched = crate_row_matched(run, row);
  const uint32_t *const other =
    neighbour ? crate_row_matched(run, neighbour) : NULL;
  for (uint32_t k = 0; k < run->operation->pattern_count; ++k) {
    if (matched[k] && !(other && matched[k] == other[k])) {
      return crate_run_origin(run, matched[k]);
    }
  }
  const CrateStatement last = crate_row_last(run, row);
  return last ? crate_run_origin(run, last) : CRATE_NO_ORIGIN;
}

static CrateStatus
write_solution(Writer *writer, uint32_t *row, uint32_t origin)
{
  const CrateOperation *const operation = writer->run->operation;
  bool any = false;
  memset(writer->blanks, 0, operation->blank_count * sizeof(CrateTerm));
  for (const CrateTriple *t = operation->template_triples; t; t = t->next) {
    CrateQuad quad = {0, 0, 0, 0};
    CRATE_TRY(crate_run_work(writer->run, 1));
    CRATE_TRY(node_term(writer, row, t->subject, &quad.subject));
    CRATE_TRY(node_term(writer, row, t->predicate, &quad.predicate));
    CRATE_TRY(node_term(writer, row, t->object, &quad.object));
    CRATE_TRY(t->graph ? node_term(writer, row, *t->graph, &quad.graph)
                       : CRATE_OK);
    if (is_triple(writer->run->terms, &quad, t->graph != NULL)) {
      CRATE_TRY(crate_graph_add(writer->added, quad, origin));
      any = true;
    }
  }
  if (any && writer->used) {
    mark_used(writer, row);
  }
  return CRATE_OK;
}

static CrateStatus
write_solutions(CrateRun *run,
                const CrateSolutions *rows,
                CrateGraph *added,
                bool *used)
{
  uint32_t *order = NULL;
  Writer writer = {run, added, used, NULL};
  writer.blanks = crate_world_allocate(run->world, run->operation->blank_count *
                                                     sizeof(CrateTerm));
  CrateStatus st = writer.blanks ? CRATE_OK : CRATE_NO_MEMORY;
  st = st ? st : crate_solutions_sort(run, rows, &order);
  for (size_t i = 0; !st && i < rows->count; ++i) {
    uint32_t *const row = crate_run_row(run, rows, order[i]);
    uint32_t *const neighbour = i ? crate_run_row(run, rows, order[i - 1])
                                : rows->count > 1
                                  ? crate_run_row(run, rows, order[1])
                                  : NULL;
    st = write_solution(&writer, row, origin_of(run, row, neighbour));
  }
  crate_world_release(run->world, order);
  crate_world_release(run->world, writer.blanks);
  return st;
}

static CrateStatus
run_operation(CrateRun *run, CrateGraph *added, bool *used)
{
  const CrateOperation *const operation = run->operation;
  CrateSolutions rows = {NULL, 0, 0};
  run->width = CRATE_ROW_VARIABLES + (size_t)operation->variable_count +
               operation->pattern_count;
  run->trail_count = 0;
  run->memos =
    crate_arena_array(&run->arena, operation->exists_count, sizeof(CrateMemo));
  if (!run->memos) {
    return crate_arena_status(&run->arena);
  }
  CRATE_TRY(crate_graph_index(added));
  CrateStatus st = crate_solutions_add(run, &rows, NULL, NULL);
  if (!st && operation->where) {
    st = crate_run_group(run, operation->where, true, &rows);
  }
  st = st ? st : write_solutions(run, &rows, added, used);
  crate_solutions_clear(run, &rows);
  return st;
}

static CrateStatus
run_all(CrateRun *run, CrateGraph *added, bool *used)
{
  static const CrateText words[] = {{"false", 5}, {"true", 4}};
  for (size_t i = 0; i < 2; ++i) {
    CRATE_TRY(crate_terms_literal(run->terms, words[i], CRATE_XSD_BOOLEAN,
                                  (CrateText){NULL, 0}, &run->truth[i]));
  }
  for (const CrateOperation *o = run->update->operations; o; o = o->next) {
    run->operation = o;
    CRATE_TRY(run_operation(run, added, used));
  }
  return crate_graph_index(added);
}

CrateStatus
crate_update_run(const CrateUpdate *update,
                 const CrateGraph *source,
                 CrateGraph *added,
                 bool *used)
{
  CrateRun run = {
    .update = update,
    .world = update->world,
    .terms = update->terms,
    .source = source,
    .added = added,
  };
  if (crate_graph_size(source) >= CRATE_STATEMENT_ADDED ||
      crate_graph_terms(source) != update->terms ||
      crate_graph_terms(added) != update->terms || source == added) {
    return CRATE_BAD_ARGUMENT;
  }
  if (used) {
    memset(used, 0, crate_graph_size(source) * sizeof(bool));
  }
  crate_arena_init(&run.arena, run.world);
  crate_map_init(&run.regexes, run.world);
  const CrateStatus st = run_all(&run, added, used);
  crate_matcher_free(run.matcher);
  crate_map_clear(&run.regexes);
  crate_arena_clear(&run.arena);
  crate_world_release(run.world, run.trails);
  return st;
}
