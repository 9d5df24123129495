// SPDX-License-Identifier: Apache-2.0
// Basic graph patterns: 18.3. One pattern after the other is looked up for all
// rows, first what finds least.
#include "sparql/run.h"

/// What is known before a pattern is chosen.
typedef struct {
  const CrateTriple **waiting;
  size_t count;
  bool *bound; // by variable
} Plan;

static bool
is_bound(const Plan *plan, CrateNode node)
{
  return node.term || plan->bound[node.variable];
}

/// How many statements a row will find, roughly.
static size_t
estimate(const CrateRun *run, const Plan *plan, const CrateTriple *t)
{
  enum { OF_SUBJECT = 2, OF_OBJECT = 8, OF_ANY = 16, OF_PATH = 64 };
  const bool subject = is_bound(plan, t->subject);
  const bool object = is_bound(plan, t->object);
  if (t->path) {
    return subject || object ? OF_PATH : SIZE_MAX;
  }
  const size_t most =
    crate_run_count(run, t->subject.term, t->predicate.term, t->object.term);
  const bool predicate = is_bound(plan, t->predicate);
  size_t guess = most;
  if (subject && object) {
    guess = 1;
  } else if (subject) {
    guess = predicate ? OF_SUBJECT : OF_ANY;
  } else if (object && !t->object.term) {
    guess = predicate ? OF_OBJECT : OF_ANY;
  }
  return guess < most ? guess : most;
}

/// Take the cheapest pattern out of those that wait.
static CrateStatus
choose(CrateRun *run, Plan *plan, const CrateTriple **out)
{
  size_t best = 0;
  size_t least = SIZE_MAX;
  CRATE_TRY(crate_run_work(run, plan->count));
  for (size_t i = 0; i < plan->count; ++i) {
    const size_t guess = estimate(run, plan, plan->waiting[i]);
    if (guess < least) {
      least = guess;
      best = i;
    }
  }
  *out = plan->waiting[best];
  --plan->count;
  memmove(plan->waiting + best, plan->waiting + best + 1u,
          (plan->count - best) * sizeof(*plan->waiting));
  const CrateNode nodes[] = {(*out)->subject, (*out)->object,
                             (*out)->predicate};
  for (size_t i = 0; i < ((*out)->path ? 2u : 3u); ++i) {
    if (!nodes[i].term) {
      plan->bound[nodes[i].variable] = true;
    }
  }
  return CRATE_OK;
}

static CrateStatus
match_row(CrateRun *run,
          const CrateTriple *t,
          const uint32_t *row,
          CrateSolutions *out)
{
  CrateScan scan;
  CrateStatement statement;
  crate_scan_start(run, crate_row_term(row, t->subject),
                   crate_row_term(row, t->predicate),
                   crate_row_term(row, t->object), &scan);
  for (;;) {
    const size_t before = scan.at;
    const CrateQuad *const quad = crate_scan_next(run, &scan, &statement);
    CRATE_TRY(crate_run_work(run, scan.at > before ? scan.at - before : 1u));
    if (!quad) {
      return CRATE_OK;
    }
    uint32_t *made;
    CRATE_TRY(crate_solutions_add(run, out, row, &made));
    if (crate_row_bind(made, t->subject, quad->subject) &&
        crate_row_bind(made, t->predicate, quad->predicate) &&
        crate_row_bind(made, t->object, quad->object)) {
      crate_row_matched(run, made)[t->number] = statement;
    } else {
      --out->count; // one variable in two places
    }
  }
}

static CrateStatus
match_rows(CrateRun *run, const CrateTriple *t, CrateSolutions *rows)
{
  CrateSolutions out = {NULL, 0, 0};
  CrateStatus st = CRATE_OK;
  for (size_t i = 0; !st && i < rows->count; ++i) {
    const uint32_t *const row = crate_run_row(run, rows, i);
    st = t->path ? crate_run_path(run, t, row, &out)
                 : match_row(run, t, row, &out);
  }
  if (st) {
    crate_solutions_clear(run, &out);
    return st;
  }
  crate_solutions_replace(run, rows, &out);
  return CRATE_OK;
}

static CrateStatus
match_all(CrateRun *run, Plan *plan, CrateSolutions *rows)
{
  while (plan->count && rows->count) {
    const CrateTriple *next;
    CRATE_TRY(choose(run, plan, &next));
    CRATE_TRY(match_rows(run, next, rows));
  }
  return CRATE_OK;
}

CrateStatus
crate_run_triples(CrateRun *run,
                  const CrateElement *element,
                  CrateSolutions *rows)
{
  const uint32_t variables = run->operation->variable_count;
  Plan plan = {NULL, 0, NULL};
  if (!rows->count) {
    return CRATE_OK;
  }
  plan.waiting = crate_world_allocate(run->world, element->triple_count *
                                                    sizeof(*plan.waiting));
  plan.bound = crate_world_allocate(run->world, variables * sizeof(bool));
  CrateStatus st = plan.waiting && plan.bound ? CRATE_OK : CRATE_NO_MEMORY;
  if (!st) {
    for (const CrateTriple *t = element->triples; t; t = t->next) {
      plan.waiting[plan.count++] = t;
    }
    const uint32_t *const row = crate_run_row(run, rows, 0);
    for (uint32_t v = 0; v < variables; ++v) {
      plan.bound[v] = row[CRATE_ROW_VARIABLES + v] != 0;
    }
    st = match_all(run, &plan, rows);
  }
  crate_world_release(run->world, plan.bound);
  crate_world_release(run->world, plan.waiting);
  return st;
}
