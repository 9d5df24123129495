// SPDX-License-Identifier: Apache-2.0
/// @file A request that runs: solutions are made for all rows at once, part by
/// part, so that nothing recurses but what is nested in the request.
#ifndef CRATE_SPARQL_RUN_H
#define CRATE_SPARQL_RUN_H
#include "base/regex.h"
#include "sparql/algebra.h"
#include <cratekit/map.h>

enum { CRATE_MOST_ARGUMENTS = 64 };

/// A statement by its place in the graph it is in, and which that is; 0 is
/// none.
typedef uint32_t CrateStatement;

#define CRATE_STATEMENT_ADDED (UINT32_C(1) << 31u)

/// A statement that a path went over, and the one before.
typedef struct CrateTrail {
  CrateStatement statement;
  uint32_t before; ///< Number in the pool, 0: none.
} CrateTrail;

/// Rows of numbers: solutions in the making. A row has the index of the row
/// outside that it belongs to, its trail, a term for each variable (0:
/// unbound) and the statement that each triple pattern matched.
typedef struct CrateSolutions {
  uint32_t *cells;
  size_t count;    ///< Rows.
  size_t capacity; ///< Cells.
} CrateSolutions;

/// Where a row has what.
enum { CRATE_ROW_PARENT, CRATE_ROW_TRAIL, CRATE_ROW_VARIABLES };

/// What an EXISTS was asked for last, and said. Of many rows the same is asked
/// when they differ in what the group does not name.
typedef struct CrateMemo {
  uint32_t *row; ///< NULL: nothing yet.
  bool answer;
} CrateMemo;

/// What runs.
typedef struct CrateRun {
  const CrateUpdate *update;
  const CrateWorld *world;
  CrateTerms *terms;
  const CrateGraph *source, *added;
  const CrateOperation *operation;
  size_t width;          ///< Of a row.
  const uint32_t *outer; ///< Row that EXISTS is asked for, or NULL.
  uint64_t work;
  CrateMemo *memos;   ///< By number of the EXISTS; in the arena.
  CrateTrail *trails; ///< trails[0] is none.
  size_t trail_count, trail_capacity;
  CrateArena arena; ///< Compiled expressions.
  CrateMap regexes; ///< Pattern and flags -> CrateRegex.
  CrateMatcher *matcher;
  CrateTerm truth[2]; ///< false, true
} CrateRun;

/// Count steps. CRATE_OVER_LIMIT, said, when there were too many.
CRATE_NODISCARD CrateStatus crate_run_work(CrateRun *run, uint64_t steps);

/// Whether memory for so many bytes is refused.
CRATE_NODISCARD CrateStatus crate_run_room(const CrateRun *run, size_t bytes);

static inline uint32_t *
crate_run_row(const CrateRun *run, const CrateSolutions *rows, size_t i)
{
  return rows->cells + i * run->width;
}

static inline uint32_t *
crate_row_matched(const CrateRun *run, uint32_t *row)
{
  return row + CRATE_ROW_VARIABLES + run->operation->variable_count;
}

/// The statement that a row's paths went over last; 0 when there is none.
static inline CrateStatement
crate_row_last(const CrateRun *run, const uint32_t *row)
{
  const uint32_t trail = row[CRATE_ROW_TRAIL];
  return trail ? run->trails[trail].statement : 0;
}

/// The term of a node in a row; 0 when it is unbound.
static inline CrateTerm
crate_row_term(const uint32_t *row, CrateNode node)
{
  return node.term ? node.term : row[CRATE_ROW_VARIABLES + node.variable];
}

/// Bind a node in a row; false when it is something else there.
static inline bool
crate_row_bind(uint32_t *row, CrateNode node, CrateTerm term)
{
  if (node.term) {
    return node.term == term;
  }
  uint32_t *const cell = &row[CRATE_ROW_VARIABLES + node.variable];
  if (!*cell) {
    *cell = term;
  }
  return *cell == term;
}

/// A row more, a copy of another one (NULL: empty); a view, valid until the
/// next. `row` must not be of the same rows.
CRATE_NODISCARD CrateStatus crate_solutions_add(CrateRun *run,
                                                CrateSolutions *rows,
                                                const uint32_t *row,
                                                uint32_t **out);

void crate_solutions_clear(const CrateRun *run, CrateSolutions *rows);

/// Rows are replaced by others; those are then empty.
void crate_solutions_replace(const CrateRun *run,
                             CrateSolutions *rows,
                             CrateSolutions *by);

/// Sort as crate_update_run() says. `order` is new, freed with the world.
CRATE_NODISCARD CrateStatus crate_solutions_sort(CrateRun *run,
                                                 const CrateSolutions *rows,
                                                 uint32_t **order);

/// The quad of a statement.
const CrateQuad *crate_run_quad(const CrateRun *run, CrateStatement statement);

uint32_t crate_run_origin(const CrateRun *run, CrateStatement statement);

/// A trail, one statement longer.
CRATE_NODISCARD CrateStatus crate_run_trail(CrateRun *run,
                                            CrateStatement statement,
                                            uint32_t *trail);

/// Statements that may match, in one of the two graphs.
typedef struct CrateScan {
  const CrateGraph *graph;
  const CrateQuad *quads;
  const uint32_t *order; ///< Into the quads, or NULL.
  size_t count, at;
  CrateTerm subject, predicate, object; ///< 0: any.
  bool added;
} CrateScan;

/// Start looking for statements.
void crate_scan_start(const CrateRun *run,
                      CrateTerm subject,
                      CrateTerm predicate,
                      CrateTerm object,
                      CrateScan *scan);

/// The next one, or NULL at the end. What both graphs have comes once.
const CrateQuad *crate_scan_next(const CrateRun *run,
                                 CrateScan *scan,
                                 CrateStatement *statement);

/// How many statements at most have these terms (0: any).
size_t crate_run_count(const CrateRun *run,
                       CrateTerm subject,
                       CrateTerm predicate,
                       CrateTerm object);

/// Triple patterns: 18.3. Rows become those that match all of them.
CRATE_NODISCARD CrateStatus crate_run_triples(CrateRun *run,
                                              const CrateElement *element,
                                              CrateSolutions *rows);

/// One path: 18.4. Rows are added for a row.
CRATE_NODISCARD CrateStatus crate_run_path(CrateRun *run,
                                           const CrateTriple *triple,
                                           const uint32_t *row,
                                           CrateSolutions *out);

/// A group, 18.6: from rows that have what is known before.
/// @param filtered Whether its own filters are applied.
CRATE_NODISCARD CrateStatus crate_run_group(CrateRun *run,
                                            const CrateGroup *group,
                                            bool filtered,
                                            CrateSolutions *rows);

/// Whether a group has a solution that agrees with a row: 18.6.
CRATE_NODISCARD CrateStatus crate_run_exists(CrateRun *run,
                                             const CrateExpression *exists,
                                             const uint32_t *row,
                                             bool *out);

/// The value of an expression, 0 for an error.
CRATE_NODISCARD CrateStatus
crate_run_evaluate(CrateRun *run,
                   const CrateExpression *expression,
                   const uint32_t *row,
                   CrateTerm *out);

/// Whether all of a list of filters are true.
CRATE_NODISCARD CrateStatus crate_run_filter(CrateRun *run,
                                             const CrateExpression *filters,
                                             const uint32_t *row,
                                             bool *out);

#endif // CRATE_SPARQL_RUN_H
