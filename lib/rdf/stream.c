// SPDX-License-Identifier: Apache-2.0
// From N-Triples or N-Quads to a syntax of their family, a window at a time:
// nothing is sorted, and no more is kept than the statement before.
#include "rdf/nquads_scan.h"
#include "rdf/prefixes.h"

/// Read at once; grows for a line that is longer.
#define WINDOW ((size_t)1 << 20u)

typedef struct {
  const CrateWorld *world;
  CrateBuffer *buffer;
  const CratePrefix *prefixes;
  size_t prefix_count;
  CrateSyntax to;
  CrateBuffer open[3]; ///< Subject, predicate and graph of the one before.
  bool started;        ///< A statement stands open.
  bool above;          ///< Something is to be set apart by an empty line.
} Writer;

enum { SUBJECT, PREDICATE, GRAPH };

typedef struct {
  CrateWorld world; ///< With a sink that knows of the lines before.
  const CrateSink *sink;
  const CrateFeed *feed;
  CrateText name;
  char *room;
  size_t size, capacity;
  uint32_t lines; ///< Before the window.
  bool first, ended;
} Window;

static bool
is_grouped(const Writer *writer)
{
  return writer->to == CRATE_SYNTAX_TURTLE || writer->to == CRATE_SYNTAX_TRIG;
}

/// An IRI, shortened if a prefix fits. Escapes stay as they are.
static void
write_iri(const Writer *writer, CrateText raw)
{
  const CrateText iri = crate_text_slice(raw, 1, raw.size - 1);
  const size_t found =
    crate_prefixes_find(writer->prefixes, writer->prefix_count, iri);
  if (found == writer->prefix_count) {
    crate_buffer_add(writer->buffer, raw);
    return;
  }
  const CratePrefix *const prefix = &writer->prefixes[found];
  crate_buffer_add(writer->buffer, prefix->prefix);
  crate_buffer_add_byte(writer->buffer, ':');
  crate_buffer_add(writer->buffer,
                   crate_text_slice(iri, prefix->iri.size, iri.size));
}

static void
write_term(const Writer *writer, const CrateNquadsTerm *term)
{
  const size_t typed = term->datatype.size;
  if (term->kind == CRATE_TERM_IRI) {
    write_iri(writer, term->raw);
  } else if (typed && writer->prefix_count) {
    // The datatype's IRI is the end of the token.
    size_t start = term->raw.size;
    while (term->raw.data[start - 1] != '<') {
      --start;
    }
    crate_buffer_add(writer->buffer, crate_text_slice(term->raw, 0, start - 1));
    write_iri(writer, crate_text_slice(term->raw, start - 1, term->raw.size));
  } else {
    crate_buffer_add(writer->buffer, term->raw);
  }
}

static bool
is_type(CrateText raw)
{
  return crate_text_is(raw,
                       "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>");
}

/// Whether a term is the one that stands open; if not, it does from now on.
static bool
same(Writer *writer, unsigned which, CrateText raw)
{
  CrateBuffer *const open = &writer->open[which];
  if (writer->started && crate_text_equal(crate_buffer_text(open), raw)) {
    return true;
  }
  open->size = 0;
  crate_buffer_add(open, raw);
  return false;
}

/// End what stands open of a subject.
static void
end_subject(Writer *writer)
{
  if (writer->started) {
    crate_buffer_add(writer->buffer, CRATE_TEXT(" .\n"));
  }
  writer->started = false;
}

/// End the block of a graph; the default graph has none.
static void
end_graph(Writer *writer)
{
  end_subject(writer);
  if (writer->open[GRAPH].size) {
    crate_buffer_add(writer->buffer, CRATE_TEXT("}\n"));
  }
  writer->open[GRAPH].size = 0;
}

static void
start_graph(Writer *writer, const CrateNquadsTerm *graph)
{
  if (graph->kind) {
    crate_buffer_add(&writer->open[GRAPH], graph->raw);
    crate_buffer_add_string(writer->buffer, writer->above ? "\n" : "");
    write_term(writer, graph);
    crate_buffer_add(writer->buffer, CRATE_TEXT(" {\n"));
  }
}

static void
start_subject(Writer *writer, const CrateNquadsTerm *subject, CrateText indent)
{
  end_subject(writer);
  crate_buffer_add_string(writer->buffer,
                          writer->above && !indent.size ? "\n" : "");
  crate_buffer_add(writer->buffer, indent);
  write_term(writer, subject);
  writer->above = true;
}

/// A statement of Turtle: what it shares with the one before is not repeated.
static void
write_grouped(Writer *writer, const CrateNquad *quad)
{
  const CrateNquadsTerm *const terms = quad->terms;
  CrateBuffer *const buffer = writer->buffer;
  const CrateText indent = {"  ", writer->open[GRAPH].size ? 2 : 0};
  const bool subject = same(writer, SUBJECT, terms[0].raw);
  if (!subject) {
    start_subject(writer, &terms[0], indent);
  }
  if (same(writer, PREDICATE, terms[1].raw)) {
    crate_buffer_add(buffer, CRATE_TEXT(" , "));
  } else {
    crate_buffer_add_string(buffer, subject ? " ;\n  " : "\n  ");
    crate_buffer_add(buffer, indent);
    if (is_type(terms[1].raw)) {
      crate_buffer_add_byte(buffer, 'a');
    } else {
      write_term(writer, &terms[1]);
    }
    crate_buffer_add_byte(buffer, ' ');
  }
  write_term(writer, &terms[2]);
  writer->started = true;
}

static void
write_line(const Writer *writer, const CrateNquad *quad)
{
  for (unsigned i = 0; i < 4u && quad->terms[i].kind; ++i) {
    crate_buffer_add(writer->buffer, quad->terms[i].raw);
    crate_buffer_add_byte(writer->buffer, ' ');
  }
  crate_buffer_add(writer->buffer, CRATE_TEXT(".\n"));
}

static void
write_quad(Writer *writer, const CrateNquad *quad)
{
  const CrateText graph = quad->terms[3].raw;
  if (!is_grouped(writer)) {
    write_line(writer, quad);
  } else {
    if (!crate_text_equal(crate_buffer_text(&writer->open[GRAPH]), graph)) {
      end_graph(writer);
      start_graph(writer, &quad->terms[3]);
    }
    write_grouped(writer, quad);
  }
  crate_buffer_drain(writer->buffer);
}

static CrateStatus
check_graph(const Writer *writer, const Window *window, const CrateNquad *quad)
{
  const bool holds =
    writer->to == CRATE_SYNTAX_NQUADS || writer->to == CRATE_SYNTAX_TRIG;
  if (holds || !quad->terms[3].kind) {
    return crate_buffer_status(writer->buffer);
  }
  CrateDiagnostic place = {
    .file = window->name, .line = 1, .code = CRATE_TEXT("named-graphs")};
  for (const char *c = window->room; c < quad->start; ++c) {
    place.line += *c == '\n';
  }
  return crate_world_say(&window->world, CRATE_UNSUPPORTED, &place,
                         "the document has named graphs, which this format "
                         "cannot hold; convert to %s",
                         is_grouped(writer) ? "trig" : "nquads");
}

/// The statements of one window, which ends with a line.
static CrateStatus
write_window(Writer *writer, const Window *window, size_t size, bool quads)
{
  const CrateRdfSource source = {.world = &window->world,
                                 .name = window->name,
                                 .bytes = {window->room, size}};
  CRATE_TRY(crate_rdf_source_check_text(&source));
  CrateNquadsScan scan;
  CrateNquad quad;
  crate_nquads_scan_init(&scan, &source, quads);
  if (!window->first) {
    scan.cursor.at = window->room; // a mark is one at the start alone
  }
  CrateStatus status = CRATE_OK;
  while (!status && !(status = crate_nquads_scan(&scan, &quad))) {
    status = check_graph(writer, window, &quad);
    if (!status) {
      write_quad(writer, &quad);
    }
  }
  crate_nquads_scan_clear(&scan);
  return status == CRATE_NOT_FOUND ? CRATE_OK : status;
}

/// Bytes up to the last end of a line; of the last window, all.
static size_t
whole_lines(const Window *window)
{
  size_t size = window->size;
  while (!window->ended && size && window->room[size - 1] != '\n') {
    --size;
  }
  return size;
}

/// A place in the window is one in the document.
static void
say_shifted(void *handle, const CrateDiagnostic *diagnostic)
{
  const Window *const window = (const Window *)handle;
  CrateDiagnostic shifted = *diagnostic;
  shifted.line += shifted.line ? window->lines : 0;
  if (window->sink->write) {
    window->sink->write(window->sink->handle, &shifted);
  }
}

/// Fill the window, making it larger when a line asks for it.
static CrateStatus
fill(Window *window)
{
  const size_t most = window->world.limits.document_bytes;
  do {
    if (window->size >= most) {
      const CrateDiagnostic place = {
        .file = window->name, .line = 1, .code = CRATE_TEXT("line-too-long")};
      return crate_world_say(&window->world, CRATE_OVER_LIMIT, &place,
                             "a line of more than %zu bytes", most);
    }
    CRATE_TRY(crate_world_reserve(&window->world, &window->room,
                                  &window->capacity, window->size + WINDOW, 1));
    size_t got = 0;
    CRATE_TRY(window->feed->read(window->feed->handle,
                                 window->room + window->size,
                                 window->capacity - window->size, &got));
    window->size += got;
    window->ended = !got;
  } while (!window->ended && !whole_lines(window));
  return CRATE_OK;
}

/// Go past what has been written.
static void
shift(Window *window, size_t size)
{
  for (size_t i = 0; i < size; ++i) {
    window->lines += window->room[i] == '\n';
  }
  memmove(window->room, window->room + size, window->size - size);
  window->size -= size;
  window->first = false;
}

static CrateStatus
write_windows(Writer *writer, Window *window, bool quads)
{
  do {
    CRATE_TRY(fill(window));
    const size_t size = whole_lines(window);
    CRATE_TRY(write_window(writer, window, size, quads));
    shift(window, size);
  } while (!window->ended);
  end_graph(writer);
  return crate_buffer_status(writer->buffer);
}

static CrateStatus
start(Writer *writer)
{
  if (!is_grouped(writer)) {
    writer->prefix_count = 0;
  }
  CRATE_TRY(crate_prefixes_check(writer->world, writer->prefixes,
                                 writer->prefix_count));
  for (size_t i = 0; i < writer->prefix_count; ++i) {
    crate_prefixes_declare(writer->buffer, &writer->prefixes[i]);
    writer->above = true;
  }
  return CRATE_OK;
}

CrateStatus
crate_rdf_stream(const CrateWorld *world,
                 const CrateStream *stream,
                 const CrateFeed *feed,
                 CrateBuffer *buffer)
{
  Writer writer = {.world = world,
                   .buffer = buffer,
                   .prefixes = stream->prefixes,
                   .prefix_count = stream->prefix_count,
                   .to = stream->to};
  Window window = {.world = *world,
                   .sink = &world->sink,
                   .feed = feed,
                   .name = stream->name,
                   .first = true};
  window.world.sink = (CrateSink){say_shifted, &window};
  for (unsigned i = 0; i < 3u; ++i) {
    crate_buffer_init(&writer.open[i], world);
  }
  CrateStatus status = start(&writer);
  if (!status) {
    status =
      write_windows(&writer, &window, stream->from == CRATE_SYNTAX_NQUADS);
  }
  for (unsigned i = 0; i < 3u; ++i) {
    status = status ? status : crate_buffer_status(&writer.open[i]);
    crate_buffer_clear(&writer.open[i]);
  }
  crate_world_release(world, window.room);
  return status;
}
