// SPDX-License-Identifier: Apache-2.0
// Whether a model was tested on what it was trained on: rows of tables that
// are in both, in whatever order.
#include "data/csv.h"
#include "data/lines.h"
#include "data/seen.h"
#include "validate/checks/uses.h"
#include <stdio.h>
#include <stdlib.h>

/// Rows that are kept.
#define MOST_ROWS ((size_t)16 << 20u)

typedef struct {
  const CrateNativeCall *call;
  CrateChecks *checks;
  CrateUses uses;
  CrateSeen trained;      ///< Rows, with index + 1 of the use.
  double share;           ///< Of the rows of a file: as many may be in both.
  bool over;              ///< There are too many rows, or one is too long.
  const CrateUse *unread; ///< A file with rows that nobody reads here.
} Rows;

/// One file on its way.
typedef struct {
  Rows *rows;
  const CrateUse *use;
  uint64_t count, shared;
  size_t other; ///< Index + 1 of a use that has such a row.
} Table;

/// A row, whatever its cells' quotes and the end of its line.
static CrateStatus
take_row(Table *table, CrateHash128 hash)
{
  Rows *const rows = table->rows;
  uint64_t first = 0;
  ++table->count;
  if (table->use->tested) {
    const uint64_t place = crate_seen_get(&rows->trained, hash);
    table->other = place && !table->shared ? (size_t)place : table->other;
    table->shared += place > 0;
    return CRATE_OK;
  }
  const CrateStatus st =
    crate_seen_put(&rows->trained, hash,
                   (uint64_t)(table->use - rows->uses.items) + 1u, &first);
  rows->over = rows->over || st == CRATE_OVER_LIMIT;
  return st == CRATE_OVER_LIMIT ? CRATE_OK : st;
}

static CrateStatus
take_record(void *handle, const CrateCsvRecord *record)
{
  Table *const table = (Table *)handle;
  CrateHash128 hash = crate_hash128_start(table->rows->checks->view->world);
  if (record->line == 1u) { // names of columns
    return CRATE_OK;
  }
  for (size_t i = 0; i < record->count; ++i) {
    hash = crate_hash128_add(hash, record->cells[i]);
  }
  return take_row(table, hash);
}

static CrateStatus
take_line(void *handle, CrateText line, uint64_t number)
{
  Table *const table = (Table *)handle;
  const CrateHash128 hash =
    crate_hash128_start(table->rows->checks->view->world);
  (void)number;
  return line.size ? take_row(table, crate_hash128_add(hash, line)) : CRATE_OK;
}

static CrateStatus
pour_records(void *handle, CrateText piece)
{
  return crate_csv_add((CrateCsv *)handle, piece);
}

static CrateStatus
pour_lines(void *handle, CrateText piece)
{
  return crate_data_lines_add((CrateDataLines *)handle, piece);
}

static CrateStatus
read_records(Table *table, CratePackage *package)
{
  CrateCsv csv;
  crate_csv_init(&csv, table->rows->checks->view->world, '\0',
                 (CrateCsvTaker){take_record, table});
  const CratePour to = {pour_records, &csv};
  CrateStatus st = crate_package_pour_unpacked(package, table->use->path, &to);
  st = st ? st : crate_csv_end(&csv);
  crate_csv_clear(&csv);
  return st;
}

static CrateStatus
read_lines(Table *table, CratePackage *package)
{
  CrateDataLines lines;
  crate_data_lines_init(&lines, table->rows->checks->view->world, take_line,
                        table);
  const CratePour to = {pour_lines, &lines};
  CrateStatus st = crate_package_pour_unpacked(package, table->use->path, &to);
  st = st ? st : crate_data_lines_end(&lines);
  crate_data_lines_clear(&lines);
  return st;
}

/// Files that have rows, by the ending of their names; NULL: which nobody reads
/// here.
static const struct {
  const char *ending;
  CrateStatus (*read)(Table *table, CratePackage *package);
} formats[] = {
  {".csv", read_records},    {".tsv", read_records}, {".csv.gz", read_records},
  {".tsv.gz", read_records}, {".jsonl", read_lines}, {".ndjson", read_lines},
  {".jsonl.gz", read_lines}, {".parquet", NULL},     {".arrow", NULL},
  {".feather", NULL},        {".xlsx", NULL},
};
enum { FORMATS = sizeof(formats) / sizeof(*formats) };

static CrateStatus
report_shared(const Rows *rows, const Table *table)
{
  const CrateUse *const use = table->use;
  return !table->shared ||
             (double)table->shared < rows->share * (double)table->count
           ? CRATE_OK
           : crate_check_report(
               rows->call, use->origin,
               "%llu of the %llu rows of \"%.*s\" are in \"%.*s\" too",
               (unsigned long long)table->shared,
               (unsigned long long)table->count, CRATE_TEXT_ARG(use->path),
               CRATE_TEXT_ARG(rows->uses.items[table->other - 1u].path));
}

/// What could not be read, and whole files that are the same, are said by the
/// rule about files.
static CrateStatus
look_at(Rows *rows, const CrateUse *use)
{
  Table table = {.rows = rows, .use = use};
  const bool twin = use->tested && crate_uses_twin(&rows->uses, use);
  for (size_t i = 0; i < FORMATS && !twin; ++i) {
    if (!crate_text_ends(use->path, crate_text(formats[i].ending))) {
      continue;
    }
    if (!formats[i].read) {
      rows->unread = rows->unread ? rows->unread : use;
      return CRATE_OK;
    }
    const CrateStatus st = formats[i].read(&table, rows->checks->view->package);
    rows->over = rows->over || st == CRATE_OVER_LIMIT;
    return !st                     ? report_shared(rows, &table)
           : st == CRATE_NO_MEMORY ? st
                                   : CRATE_OK;
  }
  return CRATE_OK;
}

static bool
is_tested_and_trained(const CrateUses *uses)
{
  bool found[2] = {false, false};
  for (size_t i = 0; i < uses->count; ++i) {
    found[uses->items[i].tested] = true;
  }
  return found[0] && found[1];
}

/// What was not read does not pass, or was not checked.
static CrateStatus
excuse(const Rows *rows)
{
  const CrateNativeCall *const call = rows->call;
  char reason[300];
  if (rows->over) {
    CRATE_TRY(call->gave_up(call, CRATE_TEXT("the data have more rows than can "
                                             "be kept, or longer ones")));
  }
  if (!rows->unread) {
    return CRATE_OK;
  }
  const CrateText path = crate_text_slice(rows->unread->path, 0, 200);
  snprintf(reason, sizeof(reason), "rows of files such as %.*s are not read",
           CRATE_TEXT_ARG(path));
  CrateText text = crate_text(reason);
  text.size = crate_text_utf8_span(text); // a cut may split a character
  return call->not_checked(call, text);
}

/// Asked once, for the document. Parameter: the share of a file's rows that
/// may not be in both, "0.01".
CrateStatus
crate_check_shared_rows(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateText parameter = crate_check_parameter(call);
  Rows rows = {.call = call, .checks = checks};
  char share[16] = "";
  snprintf(share, sizeof(share), "%.*s", CRATE_TEXT_ARG(parameter));
  rows.share = strtod(share, NULL);
  crate_seen_init(&rows.trained, checks->view->world, MOST_ROWS);
  CrateStatus st = crate_uses_gather(checks, &rows.uses);
  const bool both = is_tested_and_trained(&rows.uses);
  for (size_t i = 0; i < rows.uses.count && both && !st; ++i) {
    st = look_at(&rows, &rows.uses.items[i]); // those trained on come first
  }
  st = st ? st : excuse(&rows);
  crate_seen_clear(&rows.trained);
  crate_uses_clear(checks->view->world, &rows.uses);
  return st;
}
