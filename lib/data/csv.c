// SPDX-License-Identifier: Apache-2.0
#include "data/csv.h"

/// Bytes of the first line that tell enough of it.
#define LONGEST_FIRST_LINE 65536u

void
crate_csv_init(CrateCsv *csv,
               const CrateWorld *world,
               char delimiter,
               CrateCsvTaker to)
{
  *csv =
    (CrateCsv){.world = world, .to = to, .line = 1, .delimiter = delimiter};
  crate_buffer_init(&csv->kept, world);
  crate_buffer_init(&csv->plain, world);
  csv->special[(unsigned char)delimiter] = 1; // NUL is special anyway
  csv->special['\n'] = csv->special['\r'] = csv->special['\0'] = 1;
}

void
crate_csv_clear(CrateCsv *csv)
{
  crate_buffer_clear(&csv->kept);
  crate_buffer_clear(&csv->plain);
  crate_world_release(csv->world, csv->cells);
  csv->cells = NULL;
}

/// The record that is being taken apart.
typedef struct {
  CrateCsv *csv;
  const char *at, *end;
  bool last;     ///< Nothing comes after `end`.
  uint64_t line; ///< That `at` is on.
} Scan;

static CrateStatus
add_cell(CrateCsv *csv, const char *start, const char *end)
{
  if (csv->count == csv->capacity) {
    CRATE_TRY(crate_world_reserve(csv->world, &csv->cells, &csv->capacity,
                                  csv->count + 1u, sizeof(CrateText)));
  }
  csv->cells[csv->count++] = (CrateText){start, (size_t)(end - start)};
  return CRATE_OK;
}

/// To the byte that ends an unquoted cell, or the end.
static const char *
skip_plain(Scan *scan, const char *at)
{
  const unsigned char *const special = scan->csv->special;
  for (;; ++at) {
    while (at < scan->end && !special[(unsigned char)*at]) {
      ++at;
    }
    if (at == scan->end || *at) {
      return at;
    }
    scan->csv->flaws |= CRATE_CSV_NUL;
  }
}

/// To the quote that closes a cell; `end` when there is none.
static const char *
skip_quoted(const Scan *scan, const char *at, bool *doubled)
{
  while (at < scan->end) {
    at = (const char *)memchr(at, '"', (size_t)(scan->end - at));
    if (!at) {
      return scan->end;
    }
    if (at + 1 == scan->end || at[1] != '"') {
      return at;
    }
    *doubled = true;
    at += 2;
  }
  return scan->end;
}

/// A cell with quotes in it, as it is meant. Its place in the buffer is kept
/// as an offset until the record is whole: the buffer may move.
static CrateStatus
undo_quotes(CrateCsv *csv, const char *start, const char *end)
{
  const size_t from = csv->plain.size;
  while (start < end) {
    const char *quote = (const char *)memchr(start, '"', (size_t)(end - start));
    quote = quote ? quote + 1 : end;
    crate_buffer_add(&csv->plain, (CrateText){start, (size_t)(quote - start)});
    start = quote < end && *quote == '"' ? quote + 1 : quote;
  }
  CRATE_TRY(crate_buffer_status(&csv->plain));
  CRATE_TRY(add_cell(csv, NULL, NULL));
  // Data that is not there marks a cell to be found later.
  csv->cells[csv->count - 1u] = (CrateText){NULL, csv->plain.size - from};
  return CRATE_OK;
}

static uint64_t
count_lines(const char *at, const char *end)
{
  uint64_t lines = 0;
  while (at < end &&
         (at = (const char *)memchr(at, '\n', (size_t)(end - at)))) {
    ++lines;
    ++at;
  }
  return lines;
}

/// A cell in quotes. `whole`: its end is in sight.
static CrateStatus
read_quoted(Scan *scan, bool *whole)
{
  CrateCsv *const csv = scan->csv;
  const char *const start = scan->at + 1;
  bool doubled = false;
  const char *const close = skip_quoted(scan, start, &doubled);
  // A quote at the very end may be the first of two.
  *whole = scan->last || close + 1 < scan->end;
  if (!*whole) {
    return CRATE_OK;
  }
  csv->flaws |= close == scan->end ? CRATE_CSV_OPEN_QUOTE : 0u;
  csv->flaws |=
    memchr(start, '\0', (size_t)(close - start)) ? CRATE_CSV_NUL : 0u;
  scan->line += count_lines(start, close);
  scan->at = close == scan->end ? close : close + 1;
  const char *const next = skip_plain(scan, scan->at);
  if (next != scan->at) { // keep it all: nobody knows what was meant
    csv->flaws |= CRATE_CSV_STRAY_QUOTE;
    scan->at = next;
    return add_cell(csv, start - 1, next);
  }
  return doubled ? undo_quotes(csv, start, close) : add_cell(csv, start, close);
}

static CrateStatus
read_cell(Scan *scan, bool *whole)
{
  *whole = true;
  if (scan->at < scan->end && *scan->at == '"') {
    return read_quoted(scan, whole);
  }
  const char *const start = scan->at;
  scan->at = skip_plain(scan, start);
  return add_cell(scan->csv, start, scan->at);
}

/// Past the end of a line. `whole`: it is in sight; a CR may have an LF after.
static void
end_line(Scan *scan, bool *whole)
{
  if (scan->at == scan->end) {
    *whole = scan->last;
    return;
  }
  if (*scan->at == '\r') {
    *whole = scan->last || scan->at + 1 < scan->end;
    scan->at += scan->at + 1 < scan->end && scan->at[1] == '\n';
  }
  ++scan->at;
  ++scan->line;
}

/// Cells that had quotes in them lie in the buffer, in order.
static void
find_plain_cells(CrateCsv *csv)
{
  const char *at = csv->plain.data;
  for (size_t i = 0; i < csv->count && csv->plain.size; ++i) {
    if (!csv->cells[i].data) {
      csv->cells[i].data = at;
      at += csv->cells[i].size;
    }
  }
}

/// Read one record, if a whole one is there.
static CrateStatus
read_record(Scan *scan, CrateCsvRecord *record, bool *whole)
{
  CrateCsv *const csv = scan->csv;
  const char *const start = scan->at;
  csv->count = 0;
  csv->flaws = 0;
  csv->plain.size = 0;
  for (;;) {
    CRATE_TRY(read_cell(scan, whole));
    if (!*whole || scan->at == scan->end || *scan->at != csv->delimiter) {
      break;
    }
    ++scan->at;
  }
  const char *const end = scan->at;
  if (*whole) {
    end_line(scan, whole);
  }
  find_plain_cells(csv);
  *record = (CrateCsvRecord){.cells = csv->cells,
                             .count = csv->count,
                             .line = csv->line,
                             .flaws = csv->flaws,
                             .text = {start, (size_t)(end - start)}};
  return CRATE_OK;
}

/// Hand over all whole records, and tell where the first other one begins.
static CrateStatus
read_records(CrateCsv *csv, CrateText text, bool last, size_t *rest)
{
  Scan scan = {csv, text.data, text.data + text.size, last, csv->line};
  *rest = text.size;
  while (scan.at < scan.end) {
    const char *const start = scan.at;
    CrateCsvRecord record;
    bool whole = false;
    CRATE_TRY(read_record(&scan, &record, &whole));
    if (!whole) {
      *rest = (size_t)(start - text.data);
      return CRATE_OK;
    }
    if (record.text.size) { // a line with nothing on it is none
      CRATE_TRY(csv->to.take(csv->to.handle, &record));
    }
    csv->line = scan.line;
  }
  return CRATE_OK;
}

/// What the first line speaks for.
static char
delimiter_of(CrateText line)
{
  static const char delimiters[] = ",\t;|";
  for (const char *one = delimiters; *one; ++one) {
    if (crate_text_find(line, *one) < line.size) {
      return *one;
    }
  }
  return ',';
}

/// Look at the first line, when it is there: how columns are parted; and a
/// byte order mark, which is not part of the first cell.
static bool
begin(CrateCsv *csv, CrateText text, bool last, size_t *mark)
{
  const size_t end = crate_text_find(text, '\n');
  *mark = 0;
  if (csv->begun) {
    return true;
  }
  if (!last && end == text.size && text.size < LONGEST_FIRST_LINE) {
    return false;
  }
  csv->begun = true;
  *mark = crate_text_starts(text, CRATE_TEXT("\xef\xbb\xbf")) ? 3u : 0u;
  if (!csv->delimiter) {
    csv->delimiter = delimiter_of(crate_text_slice(text, 0, end));
    csv->special[(unsigned char)csv->delimiter] = 1;
  }
  return true;
}

/// Move what is no whole record yet to the start of the buffer.
static void
keep(CrateCsv *csv, size_t from)
{
  CrateBuffer *const kept = &csv->kept;
  memmove(kept->data, kept->data + from, kept->size - from);
  kept->size -= from;
  // Looked at again when there is twice as much: no byte is read often.
  csv->wait = 2u * kept->size;
}

CrateStatus
crate_csv_add(CrateCsv *csv, CrateText piece)
{
  size_t rest = 0;
  crate_buffer_add(&csv->kept, piece);
  CRATE_TRY(crate_buffer_status(&csv->kept));
  const CrateText all = crate_buffer_text(&csv->kept);
  size_t mark = 0;
  if (csv->kept.size < csv->wait || !begin(csv, all, false, &mark)) {
    return CRATE_OK;
  }
  CRATE_TRY(
    read_records(csv, crate_text_slice(all, mark, all.size), false, &rest));
  keep(csv, mark + rest);
  return csv->kept.size > CRATE_CSV_LONGEST ? CRATE_OVER_LIMIT : CRATE_OK;
}

CrateStatus
crate_csv_end(CrateCsv *csv)
{
  size_t rest = 0;
  size_t mark = 0;
  const CrateText all = crate_buffer_text(&csv->kept);
  (void)begin(csv, all, true, &mark);
  return all.size > mark
           ? read_records(csv, crate_text_slice(all, mark, all.size), true,
                          &rest)
           : CRATE_OK;
}
