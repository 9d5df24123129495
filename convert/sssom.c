// SPDX-License-Identifier: Apache-2.0
#include "convert/sssom.h"
#include "data/csv.h"
#include "rdf/prefixes.h"
#include <cratekit/iri.h>
#include <cratekit/map.h>

/// Columns that say what to do.
typedef enum { SUBJECT, OBJECT, MODIFIER, COLUMNS } Column;

static const char *const column_names[COLUMNS] = {"subject_id", "object_id",
                                                  "predicate_modifier"};

typedef struct {
  const CrateWorld *world;
  CrateText name;
  CrateBuffer *out;
  CrateArena arena;        // prefixes and their IRIs
  CrateMap prefixes;       // of the table's head -> CrateText *
  size_t columns[COLUMNS]; // 0: not there, else its number from 1
  bool begun;              // behind the names of the columns
} Table;

static CrateStatus
expected(const Table *table, const CrateCsvRecord *record, const char *what)
{
  const CrateDiagnostic place = {
    .file = table->name,
    .line = (uint32_t)(record->line < UINT32_MAX ? record->line : UINT32_MAX),
    .column = 1,
    .code = CRATE_TEXT("invalid-sssom")};
  return crate_world_say(table->world, CRATE_MALFORMED, &place, "expected %s",
                         what);
}

static CrateText
trimmed(CrateText text)
{
  while (text.size && strchr(" \t#\"'", text.data[0])) {
    text = crate_text_slice(text, 1, text.size);
  }
  while (text.size && strchr(" \t\r\"'", text.data[text.size - 1u])) {
    --text.size;
  }
  return text;
}

/// "#  prefix: IRI", a line of curie_map in the head; others say nothing here.
static CrateStatus
read_head(Table *table, CrateText line)
{
  const size_t colon = crate_text_find(line, ':');
  const CrateText prefix = trimmed(crate_text_slice(line, 0, colon));
  const CrateText iri = trimmed(crate_text_slice(line, colon + 1u, line.size));
  if (!crate_iri_is_absolute(iri) || crate_iri_span(iri) < iri.size) {
    return CRATE_OK;
  }
  CrateText key;
  CrateText *const kept = crate_arena_allocate(&table->arena, sizeof(*kept));
  if (!kept) {
    return crate_arena_status(&table->arena);
  }
  CRATE_TRY(crate_arena_copy(&table->arena, iri, kept));
  CRATE_TRY(crate_arena_copy(&table->arena, prefix, &key));
  return crate_map_put(&table->prefixes, key, (uintptr_t)kept);
}

static CrateStatus
read_columns(Table *table, const CrateCsvRecord *record)
{
  for (size_t i = 0; i < record->count; ++i) {
    for (size_t c = 0; c < COLUMNS; ++c) {
      if (crate_text_is(record->cells[i], column_names[c])) {
        table->columns[c] = i + 1u;
      }
    }
  }
  table->begun = true;
  return table->columns[SUBJECT] && table->columns[OBJECT]
           ? CRATE_OK
           : expected(table, record, "columns subject_id and object_id");
}

static CrateText
cell_of(const Table *table, const CrateCsvRecord *record, Column column)
{
  const size_t i = table->columns[column];
  return i && i <= record->count ? trimmed(record->cells[i - 1u])
                                 : (CrateText){NULL, 0};
}

/// The namespace of a prefix: the table's own, or a usual one.
static CrateText
namespace_of(const Table *table, CrateText prefix)
{
  uintptr_t known = 0;
  if (crate_map_get(&table->prefixes, prefix, &known)) {
    return *(const CrateText *)known;
  }
  size_t count;
  const CratePrefix *const usual = crate_prefixes_usual(&count);
  for (size_t i = 0; i < count; ++i) {
    if (crate_text_equal(usual[i].prefix, prefix)) {
      return usual[i].iri;
    }
  }
  return (CrateText){NULL, 0};
}

/// Write a CURIE or an IRI as an IRI.
static CrateStatus
add_term(const Table *table,
         const CrateCsvRecord *record,
         CrateText term,
         CrateBuffer *out)
{
  const size_t colon = crate_text_find(term, ':');
  const CrateText rest = crate_text_slice(term, colon + 1u, term.size);
  const CrateText space = namespace_of(table, crate_text_slice(term, 0, colon));
  const bool whole = crate_text_starts(rest, CRATE_TEXT("//"));
  if (colon == term.size || crate_iri_span(term) < term.size ||
      (!space.size && !whole)) {
    return expected(table, record,
                    "terms with a prefix of the curie_map, or whole IRIs");
  }
  crate_buffer_add_byte(out, '<');
  if (whole) {
    crate_buffer_add(out, term);
  } else {
    crate_buffer_add(out, space);
    crate_buffer_add(out, rest);
  }
  crate_buffer_add_byte(out, '>');
  return CRATE_OK;
}

/// A term is a class or a property as the document uses it: as the other one
/// it matches nothing.
static CrateStatus
add_operations(const Table *table, CrateText from, CrateText to, bool inverse)
{
  CrateBuffer *const out = table->out;
  crate_buffer_add_string(out, "INSERT { ?x a ");
  crate_buffer_add(out, to);
  crate_buffer_add_string(out, " } WHERE { ?x a ");
  crate_buffer_add(out, from);
  crate_buffer_add_string(out, " } ;\nINSERT { ");
  crate_buffer_add_string(out, inverse ? "?y " : "?x ");
  crate_buffer_add(out, to);
  crate_buffer_add_string(out, inverse ? " ?x" : " ?y");
  crate_buffer_add_string(out, " } WHERE { ?x ");
  crate_buffer_add(out, from);
  crate_buffer_add_string(out, " ?y } ;\n");
  return crate_buffer_status(out);
}

static CrateStatus
read_row(Table *table, const CrateCsvRecord *record)
{
  CrateText object = cell_of(table, record, OBJECT);
  const CrateText subject = cell_of(table, record, SUBJECT);
  const bool inverse = object.size && object.data[0] == '^';
  object = crate_text_slice(object, inverse, object.size);
  if (crate_text_is(cell_of(table, record, MODIFIER), "Not") ||
      (!subject.size && !object.size)) {
    return CRATE_OK;
  }
  CrateBuffer from;
  CrateBuffer to;
  crate_buffer_init(&from, table->world);
  crate_buffer_init(&to, table->world);
  CrateStatus st = add_term(table, record, subject, &from);
  st = st ? st : add_term(table, record, object, &to);
  st = st ? st : crate_buffer_status(&from);
  st = st ? st : crate_buffer_status(&to);
  st = st ? st
          : add_operations(table, crate_buffer_text(&from),
                           crate_buffer_text(&to), inverse);
  crate_buffer_clear(&from);
  crate_buffer_clear(&to);
  return st;
}

static CrateStatus
take(void *handle, const CrateCsvRecord *record)
{
  Table *const table = handle;
  if (record->text.size && record->text.data[0] == '#') {
    return read_head(table, record->text);
  }
  return table->begun ? read_row(table, record) : read_columns(table, record);
}

CrateStatus
crate_sssom_write(const CrateWorld *world,
                  CrateText name,
                  CrateText bytes,
                  CrateBuffer *update)
{
  Table table = {.world = world, .name = name, .out = update};
  CrateCsv csv;
  crate_arena_init(&table.arena, world);
  crate_map_init(&table.prefixes, world);
  crate_csv_init(&csv, world, '\t', (CrateCsvTaker){take, &table});
  CrateStatus st = crate_csv_add(&csv, bytes);
  st = st ? st : crate_csv_end(&csv);
  crate_csv_clear(&csv);
  crate_map_clear(&table.prefixes);
  crate_arena_clear(&table.arena);
  return st;
}
