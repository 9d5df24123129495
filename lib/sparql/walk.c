// SPDX-License-Identifier: Apache-2.0
// Property paths: 18.4. Numbers of rows are those of the specification: bags
// for all but the closures.
#include "sparql/run.h"

/// A node that a path leads to.
typedef struct {
  CrateTerm node;
  uint32_t trail;
  CrateStatement first; // statement of the way; 0: none yet
} Reach;

typedef struct {
  Reach *items;
  size_t count, capacity;
} Reached;

/// Terms, by open addressing.
typedef struct {
  CrateTerm *slots;
  size_t count, size; // size: 0 or a power of 2
} Terms;

static CrateStatus walk(CrateRun *run,
                        const CratePath *path,
                        Reach from,
                        bool backward,
                        Reached *out);

static CrateStatus
reach(CrateRun *run, Reached *out, Reach to)
{
  CRATE_TRY(crate_run_work(run, 1));
  CRATE_TRY(crate_run_room(run, (out->count + 1u) * sizeof(Reach)));
  CRATE_TRY(crate_world_reserve(run->world, &out->items, &out->capacity,
                                out->count + 1u, sizeof(Reach)));
  out->items[out->count++] = to;
  return CRATE_OK;
}

static size_t
slot_of(const CrateRun *run, const Terms *terms, CrateTerm term)
{
  const uint64_t hash = (term ^ run->world->hash_key) * 0x9E3779B97F4A7C15u;
  size_t i = (size_t)(hash >> 32u) & (terms->size - 1u);
  while (terms->slots[i] && terms->slots[i] != term) {
    i = (i + 1u) & (terms->size - 1u);
  }
  return i;
}

static CrateStatus
grow(const CrateRun *run, Terms *terms)
{
  Terms grown = {NULL, terms->count, terms->size ? terms->size * 2u : 16u};
  grown.slots =
    crate_world_allocate(run->world, grown.size * sizeof(CrateTerm));
  if (!grown.slots) {
    return CRATE_NO_MEMORY;
  }
  memset(grown.slots, 0, grown.size * sizeof(CrateTerm));
  for (size_t i = 0; i < terms->size; ++i) {
    if (terms->slots[i]) {
      grown.slots[slot_of(run, &grown, terms->slots[i])] = terms->slots[i];
    }
  }
  crate_world_release(run->world, terms->slots);
  *terms = grown;
  return CRATE_OK;
}

/// Put a term into a set; `is_new` when it was not in it.
static CrateStatus
put(const CrateRun *run, Terms *terms, CrateTerm term, bool *is_new)
{
  if (terms->count * 2u >= terms->size) {
    CRATE_TRY(grow(run, terms));
  }
  const size_t slot = slot_of(run, terms, term);
  *is_new = !terms->slots[slot];
  terms->slots[slot] = term;
  terms->count += *is_new;
  return CRATE_OK;
}

/// Go over a statement.
static CrateStatus
step(CrateRun *run,
     Reach from,
     CrateStatement statement,
     CrateTerm to,
     Reached *out)
{
  Reach next = {to, from.trail, from.first ? from.first : statement};
  CRATE_TRY(crate_run_trail(run, statement, &next.trail));
  return reach(run, out, next);
}

/// Whether a property is in a negated set, forwards or backwards.
static bool
is_negated(const CratePath *path, CrateTerm property, bool inverse)
{
  for (const CratePath *p = path->first; p; p = p->next) {
    const bool is_inverse = p->kind == CRATE_PATH_INVERSE;
    if (is_inverse == inverse &&
        (is_inverse ? p->first->link : p->link) == property) {
      return true;
    }
  }
  return false;
}

static bool
has_direction(const CratePath *path, bool inverse)
{
  bool found = !path->first && !inverse; // !() is about all, forwards
  for (const CratePath *p = path->first; p; p = p->next) {
    found = found || (p->kind == CRATE_PATH_INVERSE) == inverse;
  }
  return found;
}

/// Statements from a node: those of a link, or of none of a negated set.
static CrateStatus
walk_statements(CrateRun *run,
                const CratePath *path,
                Reach from,
                bool inverse,
                bool backward,
                Reached *out)
{
  CrateScan scan;
  CrateStatement statement;
  const bool towards = inverse != backward;
  const CrateQuad *quad;
  crate_scan_start(run, towards ? 0 : from.node, path->link,
                   towards ? from.node : 0, &scan);
  while ((quad = crate_scan_next(run, &scan, &statement))) {
    CRATE_TRY(crate_run_work(run, 1));
    if (path->kind == CRATE_PATH_LINK ||
        !is_negated(path, quad->predicate, inverse)) {
      CRATE_TRY(step(run, from, statement,
                     towards ? quad->subject : quad->object, out));
    }
  }
  return CRATE_OK;
}

static CrateStatus
walk_negated(CrateRun *run,
             const CratePath *path,
             Reach from,
             bool backward,
             Reached *out)
{
  for (unsigned inverse = 0; inverse < 2; ++inverse) {
    if (has_direction(path, inverse)) {
      CRATE_TRY(walk_statements(run, path, from, inverse, backward, out));
    }
  }
  return CRATE_OK;
}

/// Both parts, one from where the other leads.
static CrateStatus
walk_sequence(CrateRun *run,
              const CratePath *path,
              Reach from,
              bool backward,
              Reached *out)
{
  Reached middle = {NULL, 0, 0};
  CrateStatus st =
    walk(run, backward ? path->second : path->first, from, backward, &middle);
  for (size_t i = 0; !st && i < middle.count; ++i) {
    st = walk(run, backward ? path->first : path->second, middle.items[i],
              backward, out);
  }
  crate_world_release(run->world, middle.items);
  return st;
}

/// What one step more leads to, unless it was there before.
static CrateStatus
reach_new(CrateRun *run,
          const CratePath *path,
          Reach from,
          bool backward,
          Terms *seen,
          Reached *out)
{
  Reached next = {NULL, 0, 0};
  CrateStatus st = walk(run, path, from, backward, &next);
  for (size_t i = 0; !st && i < next.count; ++i) {
    bool is_new = false;
    st = put(run, seen, next.items[i].node, &is_new);
    if (!st && is_new) {
      st = reach(run, out, next.items[i]);
    }
  }
  crate_world_release(run->world, next.items);
  return st;
}

/// ZeroOrOnePath, ZeroOrMorePath and OneOrMorePath; breadth first.
static CrateStatus
walk_closure(CrateRun *run,
             const CratePath *path,
             Reach from,
             bool backward,
             Reached *out)
{
  Terms seen = {NULL, 0, 0};
  bool is_new;
  const size_t start = out->count;
  CrateStatus st = CRATE_OK;
  if (path->kind != CRATE_PATH_ONE_OR_MORE) {
    st = put(run, &seen, from.node, &is_new);
    st = st ? st : reach(run, out, from);
  }
  if (!st && path->kind != CRATE_PATH_ZERO_OR_MORE) {
    st = reach_new(run, path->first, from, backward, &seen, out);
  }
  if (path->kind != CRATE_PATH_ZERO_OR_ONE) {
    for (size_t i = start; !st && i < out->count; ++i) {
      st = reach_new(run, path->first, out->items[i], backward, &seen, out);
    }
  }
  crate_world_release(run->world, seen.slots);
  return st;
}

static CrateStatus
walk(CrateRun *run,
     const CratePath *path,
     Reach from,
     bool backward,
     Reached *out)
{
  switch (path->kind) {
    case CRATE_PATH_LINK:
      return walk_statements(run, path, from, false, backward, out);
    case CRATE_PATH_INVERSE:
      return walk(run, path->first, from, !backward, out);
    case CRATE_PATH_SEQUENCE:
      return walk_sequence(run, path, from, backward, out);
    case CRATE_PATH_ALTERNATIVE:
      CRATE_TRY(walk(run, path->first, from, backward, out));
      return walk(run, path->second, from, backward, out);
    case CRATE_PATH_ZERO_OR_ONE:
    case CRATE_PATH_ZERO_OR_MORE:
    case CRATE_PATH_ONE_OR_MORE:
      return walk_closure(run, path, from, backward, out);
    case CRATE_PATH_NEGATED:
      return walk_negated(run, path, from, backward, out);
  }
  return CRATE_OK;
}

/// Walk from one end of a pattern; rows for what agrees with the other.
static CrateStatus
walk_from(CrateRun *run,
          const CrateTriple *t,
          const uint32_t *row,
          CrateTerm start,
          bool backward,
          CrateSolutions *out)
{
  Reached ends = {NULL, 0, 0};
  const Reach from = {start, row[CRATE_ROW_TRAIL], 0};
  CrateStatus st = walk(run, t->path, from, backward, &ends);
  for (size_t i = 0; !st && i < ends.count; ++i) {
    const Reach *const end = &ends.items[i];
    uint32_t *made;
    st = crate_solutions_add(run, out, row, &made);
    if (st) {
      break;
    }
    if (crate_row_bind(made, t->subject, backward ? end->node : start) &&
        crate_row_bind(made, t->object, backward ? start : end->node)) {
      made[CRATE_ROW_TRAIL] = end->trail;
      crate_row_matched(run, made)[t->number] = end->first;
    } else {
      --out->count;
    }
  }
  crate_world_release(run->world, ends.items);
  return st;
}

/// Walk from every node of the graphs: neither end is known.
static CrateStatus
walk_from_all(CrateRun *run,
              const CrateTriple *t,
              const uint32_t *row,
              CrateSolutions *out)
{
  Terms seen = {NULL, 0, 0};
  CrateScan scan;
  CrateStatement statement;
  const CrateQuad *quad;
  CrateStatus st = CRATE_OK;
  crate_scan_start(run, 0, 0, 0, &scan);
  while (!st && (quad = crate_scan_next(run, &scan, &statement))) {
    const CrateTerm ends[] = {quad->subject, quad->object};
    st = crate_run_work(run, 1);
    for (size_t i = 0; !st && i < 2; ++i) {
      bool is_new = false;
      st = put(run, &seen, ends[i], &is_new);
      if (!st && is_new) {
        st = walk_from(run, t, row, ends[i], false, out);
      }
    }
  }
  crate_world_release(run->world, seen.slots);
  return st;
}

CrateStatus
crate_run_path(CrateRun *run,
               const CrateTriple *triple,
               const uint32_t *row,
               CrateSolutions *out)
{
  const CrateTerm subject = crate_row_term(row, triple->subject);
  const CrateTerm object = crate_row_term(row, triple->object);
  if (subject || object) {
    return walk_from(run, triple, row, subject ? subject : object, !subject,
                     out);
  }
  return walk_from_all(run, triple, row, out);
}
