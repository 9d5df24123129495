// SPDX-License-Identifier: Apache-2.0
// The reader of layouts.
#include "convert/tree/layout.h"

#define MOST_PREFIXES 8u
#define MOST_LEVELS 16u
#define MOST_GROUPS 8u
#define MOST_ROWS 1024u

typedef struct {
  CrateText name, iri;
} Prefix;

/// Rows with a name, to stand in several places.
typedef struct {
  CrateText name;
  CrateText lines; ///< As they stand in the layout, a level deeper.
  uint32_t line;   ///< Of the first one.
} Group;

typedef struct {
  CrateLayout *layout;
  const CrateWorld *world;
  CrateTerms *terms;
  Prefix prefixes[MOST_PREFIXES];
  unsigned prefix_count;
  Group groups[MOST_GROUPS];
  unsigned group_count;
  uint32_t line;
  uint32_t open[MOST_LEVELS]; ///< The row last seen at each depth.
  uint32_t depth;             ///< Of the row before, plus 1.
} Reader;

static CrateStatus
refuse(const Reader *reader, const char *what)
{
  const CrateDiagnostic place = {.file = reader->layout->name,
                                 .line = reader->line,
                                 .code = CRATE_TEXT("invalid-layout")};
  return crate_world_say(reader->world, CRATE_MALFORMED, &place, "expected %s",
                         what);
}

static CrateText
without_spaces(CrateText line)
{
  while (line.size && line.data[0] == ' ') {
    line = crate_text_slice(line, 1, line.size);
  }
  return line;
}

/// Cells are as far apart as their table wants.
static CrateText
next_cell(CrateText *line)
{
  *line = without_spaces(*line);
  return crate_text_next_word(line);
}

/// The term of "prefix:name".
static CrateStatus
find_term(const Reader *reader, CrateText word, CrateTerm *out)
{
  const size_t colon = crate_text_find(word, ':');
  for (unsigned i = 0; i < reader->prefix_count; ++i) {
    const Prefix *const prefix = &reader->prefixes[i];
    if (crate_text_equal(prefix->name, crate_text_slice(word, 0, colon))) {
      const CrateText parts[] = {prefix->iri,
                                 crate_text_slice(word, colon + 1, word.size)};
      CrateText iri;
      CRATE_TRY(crate_arena_join(&reader->layout->arena, parts, 2, &iri));
      return crate_terms_iri(reader->terms, iri, out);
    }
  }
  return refuse(reader, "a property with a prefix that the layout declares");
}

static CrateStatus
read_prefix(Reader *reader, CrateText line)
{
  const CrateText name = next_cell(&line);
  const CrateText iri = next_cell(&line);
  if (!iri.size || reader->prefix_count == MOST_PREFIXES) {
    return refuse(reader, "a prefix and its IRI, eight at most");
  }
  reader->prefixes[reader->prefix_count++] = (Prefix){name, iri};
  return CRATE_OK;
}

static CrateStatus
read_root(Reader *reader, CrateText line)
{
  const CrateText type = next_cell(&line);
  reader->layout->root_key = next_cell(&line);
  return find_term(reader, type, &reader->layout->root_type);
}

static CrateStatus
read_form(const Reader *reader, CrateText word, CrateLayoutRow *row)
{
  static const char *const forms[] = {"text", "number", "boolean",  "iri",
                                      "node", "part",   "language", "covered"};
  row->required = crate_text_ends(word, CRATE_TEXT("!"));
  word = crate_text_slice(word, 0, word.size - row->required);
  const bool many = crate_text_ends(word, CRATE_TEXT("*"));
  const bool some = crate_text_ends(word, CRATE_TEXT("+"));
  row->count = many   ? CRATE_LAYOUT_MANY
               : some ? CRATE_LAYOUT_ONE_OR_MANY
                      : CRATE_LAYOUT_ONE;
  word = crate_text_slice(word, 0, word.size - (many || some));
  for (unsigned i = 0; i < sizeof(forms) / sizeof(*forms); ++i) {
    if (crate_text_is(word, forms[i])) {
      row->form = (CrateLayoutForm)i;
      return CRATE_OK;
    }
  }
  return refuse(reader, "a form: text, number, boolean, iri, node, part, "
                        "language or covered, with *, + or !");
}

/// What a row says after its key.
static CrateStatus
read_cells(const Reader *reader, CrateText line, CrateLayoutRow *row)
{
  if (crate_text_starts(line, CRATE_TEXT("="))) {
    row->form = CRATE_LAYOUT_CONSTANT;
    row->constant = crate_text_slice(line, 1, line.size);
    return CRATE_OK;
  }
  const CrateText property = next_cell(&line);
  CRATE_TRY(read_form(reader, next_cell(&line), row));
  const bool part = row->form == CRATE_LAYOUT_PART;
  if (part != crate_text_is(property, "-")) {
    return refuse(reader, part ? "\"-\", as a part has no property"
                               : "a property, as this is no part");
  }
  return part ? CRATE_OK : find_term(reader, property, &row->property);
}

static CrateStatus
read_row(Reader *reader, CrateText line, uint32_t depth)
{
  CrateLayout *const layout = reader->layout;
  if (layout->row_count == MOST_ROWS) {
    return refuse(reader, "fewer rows");
  }
  if (depth > reader->depth || depth == MOST_LEVELS) {
    return refuse(reader, "two spaces more than the row above, at most");
  }
  const uint32_t index = layout->row_count++;
  CrateLayoutRow *const row = &layout->rows[index];
  *row = (CrateLayoutRow){.depth = depth, .end = index + 1};
  row->key = next_cell(&line);
  for (uint32_t i = 0; i < depth; ++i) {
    layout->rows[reader->open[i]].end = index + 1;
  }
  reader->open[depth] = index;
  CRATE_TRY(read_cells(reader, without_spaces(line), row));
  const bool holds =
    row->form == CRATE_LAYOUT_NODE || row->form == CRATE_LAYOUT_PART;
  reader->depth = depth + (holds ? 1u : 0u);
  return CRATE_OK;
}

/// One row, or what stands for a group of them.
static CrateStatus read_cells_of_line(Reader *reader,
                                      CrateText line,
                                      uint32_t under);

/// The rows of a group, as if they stood here. Groups hold no groups.
static CrateStatus
read_group(Reader *reader, CrateText name, uint32_t depth)
{
  const uint32_t line = reader->line;
  unsigned i = 0;
  while (i < reader->group_count &&
         !crate_text_equal(reader->groups[i].name, name)) {
    ++i;
  }
  if (i == reader->group_count) {
    return refuse(reader, "a group that stands above");
  }
  CrateText lines = reader->groups[i].lines;
  reader->line = reader->groups[i].line;
  for (; lines.size; ++reader->line) {
    const size_t end = crate_text_find(lines, '\n');
    CRATE_TRY(
      read_cells_of_line(reader, crate_text_slice(lines, 2, end), depth + 1));
    lines = crate_text_slice(lines, end + 1, lines.size);
  }
  reader->line = line;
  return CRATE_OK;
}

/// `under`: 0, or the depth of the place where a group is used, plus 1.
static CrateStatus
read_cells_of_line(Reader *reader, CrateText line, uint32_t under)
{
  const CrateText bare = without_spaces(line);
  const size_t indent = line.size - bare.size;
  const uint32_t depth = (uint32_t)(indent / 2) + (under ? under - 1 : 0);
  CrateText rest = bare;
  const CrateText word = next_cell(&rest);
  if (!bare.size ||
      (bare.data[0] == '#' && !crate_text_starts(bare, CRATE_TEXT("#text ")))) {
    return CRATE_OK;
  }
  return indent % 2 ? refuse(reader, "two spaces a level")
         : !under && crate_text_is(word, "use")
           ? read_group(reader, next_cell(&rest), depth)
           : read_row(reader, bare, depth);
}

/// The lines below "group NAME", which are taken off the text.
static CrateStatus
keep_group(Reader *reader, CrateText name, CrateText *text)
{
  if (!name.size || reader->group_count == MOST_GROUPS) {
    return refuse(reader, "a group's name, eight at most");
  }
  size_t size = 0;
  uint32_t lines = 0;
  while (crate_text_starts(crate_text_slice(*text, size, text->size),
                           CRATE_TEXT("  "))) {
    const CrateText rest = crate_text_slice(*text, size, text->size);
    size += crate_text_find(rest, '\n') + 1;
    ++lines;
  }
  reader->groups[reader->group_count++] =
    (Group){name, crate_text_slice(*text, 0, size), reader->line + 1};
  reader->line += lines;
  *text = crate_text_slice(*text, size, text->size);
  return CRATE_OK;
}

/// A line, or a group; both are taken off the text.
static CrateStatus
read_line(Reader *reader, CrateText *text)
{
  const size_t end = crate_text_find(*text, '\n');
  const CrateText line = crate_text_slice(*text, 0, end);
  CrateText rest = line;
  const CrateText word = crate_text_next_word(&rest);
  *text = crate_text_slice(*text, end + 1, text->size);
  ++reader->line;
  return crate_text_is(word, "prefix") ? read_prefix(reader, rest)
         : crate_text_is(word, "root") ? read_root(reader, rest)
         : crate_text_is(word, "group")
           ? keep_group(reader, next_cell(&rest), text)
           : read_cells_of_line(reader, line, 0);
}

static CrateStatus
read_lines(Reader *reader, CrateText text)
{
  CrateLayout *const layout = reader->layout;
  layout->rows = (CrateLayoutRow *)crate_arena_array(&layout->arena, MOST_ROWS,
                                                     sizeof(CrateLayoutRow));
  if (!layout->rows) {
    return crate_arena_status(&layout->arena);
  }
  while (text.size) {
    CRATE_TRY(read_line(reader, &text));
  }
  return layout->root_type ? CRATE_OK : refuse(reader, "a line \"root CLASS\"");
}

CrateStatus
crate_layout_read(CrateLayout *layout,
                  const CrateWorld *world,
                  CrateTerms *terms,
                  CrateText name,
                  CrateText bytes)
{
  Reader reader = {.layout = layout, .world = world, .terms = terms};
  *layout = (CrateLayout){.name = name};
  crate_arena_init(&layout->arena, world);
  return read_lines(&reader, bytes);
}

void
crate_layout_clear(CrateLayout *layout)
{
  crate_arena_clear(&layout->arena);
}
