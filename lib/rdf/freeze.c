// SPDX-License-Identifier: Apache-2.0
// A graph as bytes that are read in one pass: a head, a record for each term,
// the quads, and the texts one after another. Numbers are the machine's own,
// as the form never leaves it; the magic tells when it did.
#include "rdf/graph.h"
#include <cratekit/rdf.h>

#define MAGIC 0x31674B43u // "CKg1" on little-endian machines

typedef struct {
  uint32_t magic, terms, quads, text_size;
} Head;

/// A term; its number is its place, from 1. A datatype stands before.
typedef struct {
  uint32_t kind, datatype, size, language_size;
} Record;

static void
add_number(CrateBuffer *buffer, const void *object, size_t size)
{
  crate_buffer_add(buffer, (CrateText){object, size});
}

/// Mark a term and its datatype as used.
static void
use(const CrateTerms *terms, uint32_t *numbers, CrateTerm term)
{
  if (!numbers[term]) {
    numbers[term] = 1;
    const CrateTermInfo info = crate_terms_info(terms, term);
    numbers[info.datatype] = 1;
  }
}

/// Number the terms in use from 1, in the order of their own numbers, which
/// puts datatypes first. Answers how many there are.
static uint32_t
number_terms(const CrateGraph *graph, uint32_t *numbers)
{
  const CrateTerms *const terms = crate_graph_terms(graph);
  const CrateQuad *const quads = crate_graph_quads(graph);
  for (size_t i = 0; i < crate_graph_size(graph); ++i) {
    use(terms, numbers, quads[i].subject);
    use(terms, numbers, quads[i].predicate);
    use(terms, numbers, quads[i].object);
    use(terms, numbers, quads[i].graph);
  }
  uint32_t count = 0;
  numbers[0] = 0;
  for (CrateTerm t = 1; t < crate_terms_end(terms); ++t) {
    numbers[t] = numbers[t] ? ++count : 0;
  }
  return count;
}

static CrateStatus
write_frozen(CrateBuffer *buffer, const CrateGraph *graph, uint32_t *numbers)
{
  const CrateTerms *const terms = crate_graph_terms(graph);
  const CrateTerm end = crate_terms_end(terms);
  Head head = {.magic = MAGIC, .terms = number_terms(graph, numbers)};
  uint64_t text_size = 0;
  for (CrateTerm t = 1; t < end; ++t) {
    const CrateTermInfo info = crate_terms_info(terms, t);
    text_size += numbers[t] ? info.text.size + info.language.size : 0;
  }
  if (text_size > UINT32_MAX || crate_graph_size(graph) > UINT32_MAX) {
    return CRATE_OVER_LIMIT;
  }
  head.quads = (uint32_t)crate_graph_size(graph);
  head.text_size = (uint32_t)text_size;
  add_number(buffer, &head, sizeof(head));
  for (CrateTerm t = 1; t < end; ++t) {
    const CrateTermInfo info = crate_terms_info(terms, t);
    const Record record = {(uint32_t)info.kind, numbers[info.datatype],
                           (uint32_t)info.text.size,
                           (uint32_t)info.language.size};
    if (numbers[t]) {
      add_number(buffer, &record, sizeof(record));
    }
  }
  for (size_t i = 0; i < crate_graph_size(graph); ++i) {
    const CrateQuad *const q = &crate_graph_quads(graph)[i];
    const CrateQuad quad = {numbers[q->subject], numbers[q->predicate],
                            numbers[q->object], numbers[q->graph]};
    add_number(buffer, &quad, sizeof(quad));
  }
  for (CrateTerm t = 1; t < end; ++t) {
    if (numbers[t]) {
      crate_buffer_add(buffer, crate_terms_info(terms, t).text);
      crate_buffer_add(buffer, crate_terms_info(terms, t).language);
    }
  }
  return crate_buffer_status(buffer);
}

CrateStatus
crate_rdf_freeze(CrateBuffer *buffer, const CrateGraph *graph)
{
  const size_t size =
    crate_terms_end(crate_graph_terms(graph)) * sizeof(uint32_t);
  uint32_t *const numbers = crate_world_allocate(graph->world, size);
  if (!numbers) {
    return CRATE_NO_MEMORY;
  }
  memset(numbers, 0, size);
  const CrateStatus st = write_frozen(buffer, graph, numbers);
  crate_world_release(graph->world, numbers);
  return st;
}

/// Bytes on the way into a graph; the parts have been measured.
typedef struct {
  CrateGraph *graph;
  CrateTerms *terms;
  const char *records, *quads;
  CrateText texts;  // not yet taken
  CrateTerm *known; // by frozen number
  Head head;
} Thaw;

static CrateStatus
damaged(const CrateGraph *graph)
{
  const CrateDiagnostic place = {.code = CRATE_TEXT("invalid-rdf")};
  return crate_world_say(graph->world, CRATE_MALFORMED, &place,
                         "the frozen graph is damaged, or of another version");
}

static CrateText
take_text(Thaw *thaw, uint32_t size)
{
  const CrateText text = crate_text_slice(thaw->texts, 0, size);
  thaw->texts = crate_text_slice(thaw->texts, size, thaw->texts.size);
  return text;
}

static CrateStatus
thaw_term(Thaw *thaw, uint32_t number)
{
  Record record;
  memcpy(&record, thaw->records + (number - 1u) * sizeof(record),
         sizeof(record));
  if (record.size > thaw->texts.size ||
      record.language_size > thaw->texts.size - record.size) {
    return damaged(thaw->graph);
  }
  const CrateText text = take_text(thaw, record.size);
  const CrateText language = take_text(thaw, record.language_size);
  CrateTerm *const out = &thaw->known[number];
  if (record.kind == CRATE_TERM_IRI) {
    return crate_terms_iri(thaw->terms, text, out);
  }
  if (record.kind == CRATE_TERM_BLANK) {
    return crate_terms_blank(thaw->terms, text, out);
  }
  if (record.kind != CRATE_TERM_LITERAL || !record.datatype ||
      record.datatype >= number ||
      crate_terms_kind(thaw->terms, thaw->known[record.datatype]) !=
        CRATE_TERM_IRI) {
    return damaged(thaw->graph);
  }
  return crate_terms_literal(thaw->terms, text, thaw->known[record.datatype],
                             language, out);
}

static CrateStatus
thaw_quad(Thaw *thaw, uint32_t i)
{
  CrateQuad quad;
  memcpy(&quad, thaw->quads + i * sizeof(quad), sizeof(quad));
  const uint32_t last = thaw->head.terms;
  if (!quad.subject || !quad.predicate || !quad.object || quad.subject > last ||
      quad.predicate > last || quad.object > last || quad.graph > last) {
    return damaged(thaw->graph);
  }
  quad = (CrateQuad){thaw->known[quad.subject], thaw->known[quad.predicate],
                     thaw->known[quad.object], thaw->known[quad.graph]};
  return crate_graph_add(thaw->graph, quad, CRATE_NO_ORIGIN);
}

static CrateStatus
thaw_all(Thaw *thaw)
{
  thaw->known[0] = CRATE_NO_TERM;
  for (uint32_t number = 1; number <= thaw->head.terms; ++number) {
    CRATE_TRY(thaw_term(thaw, number));
  }
  for (uint32_t i = 0; i < thaw->head.quads; ++i) {
    CRATE_TRY(thaw_quad(thaw, i));
  }
  return CRATE_OK;
}

CrateStatus
crate_rdf_thaw(CrateGraph *graph, CrateText bytes)
{
  Thaw thaw = {.graph = graph, .terms = crate_graph_terms(graph)};
  if (bytes.size < sizeof(Head)) {
    return damaged(graph);
  }
  memcpy(&thaw.head, bytes.data, sizeof(Head));
  // Sums of 64 bits: each factor has 32, and each size less than 5.
  const uint64_t records = (uint64_t)thaw.head.terms * sizeof(Record);
  const uint64_t quads = (uint64_t)thaw.head.quads * sizeof(CrateQuad);
  if (thaw.head.magic != MAGIC ||
      sizeof(Head) + records + quads + thaw.head.text_size != bytes.size) {
    return damaged(graph);
  }
  thaw.records = bytes.data + sizeof(Head);
  thaw.quads = thaw.records + records;
  thaw.texts = (CrateText){thaw.quads + quads, thaw.head.text_size};
  thaw.known = crate_world_allocate(
    graph->world, (thaw.head.terms + (size_t)1) * sizeof(*thaw.known));
  if (!thaw.known) {
    return CRATE_NO_MEMORY;
  }
  const CrateStatus st = thaw_all(&thaw);
  crate_world_release(graph->world, thaw.known);
  return st;
}
