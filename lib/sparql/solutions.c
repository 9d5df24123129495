// SPDX-License-Identifier: Apache-2.0
// Rows of solutions, and statements of two graphs as if they were one.
#include "sparql/run.h"
#include <stdlib.h>

CrateStatus
crate_run_work(CrateRun *run, uint64_t steps)
{
  run->work += steps;
  if (run->work <= run->world->limits.update_work) {
    return CRATE_OK;
  }
  const CrateDiagnostic place = {.file = run->update->name,
                                 .code = CRATE_TEXT("update-work")};
  return crate_world_say(run->world, CRATE_OVER_LIMIT, &place,
                         "the mapping takes more than %llu steps on this "
                         "document; are its patterns connected?",
                         (unsigned long long)run->world->limits.update_work);
}

CrateStatus
crate_run_room(const CrateRun *run, size_t bytes)
{
  return bytes <= run->world->limits.memory_bytes ? CRATE_OK : CRATE_OVER_LIMIT;
}

CrateStatus
crate_solutions_add(CrateRun *run,
                    CrateSolutions *rows,
                    const uint32_t *row,
                    uint32_t **out)
{
  const size_t size = (rows->count + 1u) * run->width;
  CRATE_TRY(crate_run_work(run, 1));
  CRATE_TRY(crate_run_room(run, size * sizeof(uint32_t)));
  CRATE_TRY(crate_world_reserve(run->world, &rows->cells, &rows->capacity, size,
                                sizeof(uint32_t)));
  uint32_t *const added = crate_run_row(run, rows, rows->count++);
  if (row) {
    memcpy(added, row, run->width * sizeof(uint32_t));
  } else {
    memset(added, 0, run->width * sizeof(uint32_t));
  }
  if (out) {
    *out = added;
  }
  return CRATE_OK;
}

void
crate_solutions_clear(const CrateRun *run, CrateSolutions *rows)
{
  crate_world_release(run->world, rows->cells);
  *rows = (CrateSolutions){NULL, 0, 0};
}

void
crate_solutions_replace(const CrateRun *run,
                        CrateSolutions *rows,
                        CrateSolutions *by)
{
  crate_world_release(run->world, rows->cells);
  *rows = *by;
  *by = (CrateSolutions){NULL, 0, 0};
}

const CrateQuad *
crate_run_quad(const CrateRun *run, CrateStatement statement)
{
  const bool added = statement & CRATE_STATEMENT_ADDED;
  return crate_graph_quads(added ? run->added : run->source) +
         (statement & ~CRATE_STATEMENT_ADDED) - 1u;
}

uint32_t
crate_run_origin(const CrateRun *run, CrateStatement statement)
{
  return crate_graph_origin(statement & CRATE_STATEMENT_ADDED ? run->added
                                                              : run->source,
                            crate_run_quad(run, statement));
}

CrateStatus
crate_run_trail(CrateRun *run, CrateStatement statement, uint32_t *trail)
{
  const size_t number = run->trail_count ? run->trail_count : 1u;
  CRATE_TRY(crate_run_room(
    run, number < UINT32_MAX ? number * sizeof(CrateTrail) : SIZE_MAX));
  CRATE_TRY(crate_world_reserve(run->world, &run->trails, &run->trail_capacity,
                                number + 1u, sizeof(CrateTrail)));
  run->trails[number] = (CrateTrail){statement, *trail};
  run->trail_count = number + 1u;
  *trail = (uint32_t)number;
  return CRATE_OK;
}

/// What is sorted.
typedef struct {
  const CrateRun *run;
  const CrateSolutions *rows;
} Sorting;

/// A pattern that matched nothing comes behind all that did.
static uint64_t
place_of(const CrateRun *run, CrateStatement statement)
{
  return statement ? crate_run_origin(run, statement)
                   : (uint64_t)UINT32_MAX + 1u;
}

static uint64_t
last_of(const CrateRun *run, const uint32_t *row)
{
  return place_of(run, crate_row_last(run, row));
}

static int
compare_rows(const void *a, const void *b, void *handle)
{
  const Sorting *const sorting = (const Sorting *)handle;
  const CrateRun *const run = sorting->run;
  const uint32_t i = *(const uint32_t *)a;
  const uint32_t j = *(const uint32_t *)b;
  const uint32_t *const x =
    crate_row_matched(run, crate_run_row(run, sorting->rows, i));
  const uint32_t *const y =
    crate_row_matched(run, crate_run_row(run, sorting->rows, j));
  for (uint32_t k = 0; k < run->operation->pattern_count; ++k) {
    const uint64_t p = place_of(run, x[k]);
    const uint64_t q = place_of(run, y[k]);
    if (p != q) {
      return p < q ? -1 : 1;
    }
    if (x[k] != y[k]) { // objects of one verb: terms are as old as their text
      return x[k] < y[k] ? -1 : 1;
    }
  }
  // Paths matched no pattern, but went over a statement last.
  const uint64_t p = last_of(run, crate_run_row(run, sorting->rows, i));
  const uint64_t q = last_of(run, crate_run_row(run, sorting->rows, j));
  return p != q ? (p < q ? -1 : 1) : (i > j) - (i < j);
}

CrateStatus
crate_solutions_sort(CrateRun *run, const CrateSolutions *rows, uint32_t **out)
{
  Sorting sorting = {run, rows};
  *out = NULL;
  CRATE_TRY(crate_run_room(
    run, rows->count < UINT32_MAX ? rows->count * sizeof(uint32_t) : SIZE_MAX));
  uint32_t *const order =
    crate_world_allocate(run->world, rows->count * sizeof(uint32_t));
  if (!order) {
    return CRATE_NO_MEMORY;
  }
  for (size_t i = 0; i < rows->count; ++i) {
    order[i] = (uint32_t)i;
  }
  qsort_r(order, rows->count, sizeof(*order), compare_rows, &sorting);
  *out = order;
  return CRATE_OK;
}

/// Quads of a graph that are neighbours in some order.
static void
scan_range(CrateScan *scan, CrateQuadRange range)
{
  scan->quads = range.first;
  scan->order = NULL;
  scan->count = range.count;
}

static void
scan_list(CrateScan *scan, CrateQuadList list)
{
  scan->quads = list.quads;
  scan->order = list.first;
  scan->count = list.count;
}

/// The smallest part of a graph's indexes that has all that may match.
static void
scan_graph(CrateScan *scan, const CrateGraph *graph, bool added)
{
  scan->graph = graph;
  scan->added = added;
  scan->at = 0;
  const CrateQuadRange about = {crate_graph_quads(graph),
                                crate_graph_size(graph)};
  scan_range(scan, about);
  if (scan->subject) {
    scan_range(scan, crate_graph_about(graph, scan->subject, scan->predicate));
  }
  if (scan->object && !(scan->subject && scan->count < 16u)) {
    const CrateQuadList towards =
      crate_graph_towards(graph, scan->predicate, scan->object);
    if (!scan->subject || towards.count < scan->count) {
      scan_list(scan, towards);
    }
  } else if (!scan->subject && scan->predicate) {
    scan_list(scan, crate_graph_with(graph, scan->predicate));
  }
}

void
crate_scan_start(const CrateRun *run,
                 CrateTerm subject,
                 CrateTerm predicate,
                 CrateTerm object,
                 CrateScan *scan)
{
  *scan =
    (CrateScan){.subject = subject, .predicate = predicate, .object = object};
  scan_graph(scan, run->source, false);
}

static bool
matches(const CrateScan *scan, const CrateQuad *quad)
{
  return !quad->graph && (!scan->subject || quad->subject == scan->subject) &&
         (!scan->predicate || quad->predicate == scan->predicate) &&
         (!scan->object || quad->object == scan->object);
}

const CrateQuad *
crate_scan_next(const CrateRun *run, CrateScan *scan, CrateStatement *statement)
{
  for (;;) {
    while (scan->at < scan->count) {
      const size_t i = scan->at++;
      const CrateQuad *const quad =
        scan->quads + (scan->order ? scan->order[i] : i);
      if (!matches(scan, quad) ||
          (scan->added && crate_graph_find(run->source, quad->subject,
                                           quad->predicate, quad->object))) {
        continue;
      }
      const size_t number =
        (size_t)(quad - crate_graph_quads(scan->graph)) + 1u;
      *statement =
        (CrateStatement)number | (scan->added ? CRATE_STATEMENT_ADDED : 0u);
      return quad;
    }
    if (scan->added) {
      return NULL;
    }
    scan_graph(scan, run->added, true);
  }
}

size_t
crate_run_count(const CrateRun *run,
                CrateTerm subject,
                CrateTerm predicate,
                CrateTerm object)
{
  CrateScan scan;
  crate_scan_start(run, subject, predicate, object, &scan);
  const size_t count = scan.count;
  scan_graph(&scan, run->added, true);
  return count + scan.count;
}
