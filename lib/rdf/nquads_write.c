// SPDX-License-Identifier: Apache-2.0
// Canonical N-Triples and N-Quads: RDFC-1.0, section 5.
#include "rdf/nquads_write.h"
#include "rdf/names.h"

void
crate_nquads_add_number(CrateBuffer *buffer, uint32_t number)
{
  char digits[10];
  size_t at = sizeof(digits);
  do {
    digits[--at] = (char)('0' + number % 10u);
    number /= 10u;
  } while (number);
  crate_buffer_add(buffer, (CrateText){digits + at, sizeof(digits) - at});
}

void
crate_nquads_add_escape(CrateBuffer *buffer, unsigned char byte)
{
  static const char controls[] = "btn?fr"; // U+0008 to U+000D
  char escape[] = "\\u00XX";
  size_t size = 2;
  if (byte == '"' || byte == '\\') {
    escape[1] = (char)byte;
  } else if (byte >= 0x08u && byte <= 0x0Du && byte != 0x0Bu) {
    escape[1] = controls[byte - 0x08u];
  } else {
    escape[4] = "0123456789ABCDEF"[byte >> 4u];
    escape[5] = "0123456789ABCDEF"[byte & 15u];
    size = 6;
  }
  crate_buffer_add(buffer, (CrateText){escape, size});
}

/// Eight bytes, none of which a string literal escapes? One bit trick each:
/// a control, a quote, a backslash, DEL. Bytes above ASCII pass.
static bool
is_plain_word(uint64_t word)
{
  const uint64_t ones = UINT64_MAX / 255u;
  const uint64_t high = ones << 7u;
  const uint64_t quote = word ^ (ones * '"');
  const uint64_t slash = word ^ (ones * '\\');
  const uint64_t del = word ^ (ones * 0x7Fu);
  const uint64_t bad = ((word - ones * 0x20u) & ~word) |
                       ((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
                       ((del - ones) & ~del);
  return !(bad & high);
}

static bool
is_plain_byte(unsigned char byte)
{
  return byte >= 0x20u && byte != '"' && byte != '\\' && byte != 0x7Fu;
}

/// Bytes at the start that a string literal holds as they are.
static size_t
plain_span(CrateText text)
{
  size_t at = 0;
  for (; text.size - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
    uint64_t word;
    memcpy(&word, text.data + at, sizeof(word));
    if (!is_plain_word(word)) {
      break;
    }
  }
  while (at < text.size && is_plain_byte((unsigned char)text.data[at])) {
    ++at;
  }
  return at;
}

static void
add_string(CrateBuffer *buffer, CrateText text)
{
  crate_buffer_add_byte(buffer, '"');
  while (text.size) {
    const size_t plain = plain_span(text);
    crate_buffer_add(buffer, (CrateText){text.data, plain});
    if (plain < text.size) {
      crate_nquads_add_escape(buffer, (unsigned char)text.data[plain]);
    }
    text = crate_text_slice(text, plain + 1, text.size);
  }
  crate_buffer_add_byte(buffer, '"');
}

void
crate_nquads_add_iri(CrateBuffer *buffer, CrateText iri)
{
  crate_buffer_add_byte(buffer, '<');
  for (;;) {
    const size_t plain = crate_name_iri_span(iri);
    crate_buffer_add(buffer, crate_text_slice(iri, 0, plain));
    if (plain == iri.size) {
      break;
    }
    crate_buffer_print(buffer, "\\u%04X",
                       (unsigned)(unsigned char)iri.data[plain]);
    iri = crate_text_slice(iri, plain + 1, iri.size);
  }
  crate_buffer_add_byte(buffer, '>');
}

void
crate_nquads_add_literal(CrateBuffer *buffer,
                         const CrateTerms *terms,
                         const CrateTermInfo *info)
{
  add_string(buffer, info->text);
  if (info->language.size) {
    crate_buffer_add_byte(buffer, '@');
    crate_buffer_add(buffer, info->language);
  } else if (info->datatype != CRATE_XSD_STRING) {
    crate_buffer_add(buffer, CRATE_TEXT("^^"));
    crate_nquads_add_iri(buffer, crate_terms_info(terms, info->datatype).text);
  }
}

void
crate_rdf_write_term(CrateBuffer *buffer,
                     const CrateTerms *terms,
                     CrateTerm term)
{
  const CrateTermInfo info = crate_terms_info(terms, term);
  switch (info.kind) {
    case CRATE_TERM_IRI:
      crate_nquads_add_iri(buffer, info.text);
      break;
    case CRATE_TERM_BLANK:
      crate_buffer_add(buffer, CRATE_TEXT("_:b"));
      crate_nquads_add_number(buffer, term);
      break;
    case CRATE_TERM_LITERAL:
      crate_nquads_add_literal(buffer, terms, &info);
      break;
    case CRATE_TERM_NONE:
      break;
  }
}

static void
write_quads(CrateBuffer *buffer, const CrateGraph *graph, bool named)
{
  const CrateTerms *const terms = crate_graph_terms(graph);
  const CrateQuad *const quads = crate_graph_quads(graph);
  const size_t count = crate_graph_size(graph);
  for (size_t i = 0; i < count && !crate_buffer_status(buffer); ++i) {
    if (quads[i].graph && !named) {
      continue;
    }
    crate_rdf_write_term(buffer, terms, quads[i].subject);
    crate_buffer_add_byte(buffer, ' ');
    crate_rdf_write_term(buffer, terms, quads[i].predicate);
    crate_buffer_add_byte(buffer, ' ');
    crate_rdf_write_term(buffer, terms, quads[i].object);
    if (quads[i].graph) {
      crate_buffer_add_byte(buffer, ' ');
      crate_rdf_write_term(buffer, terms, quads[i].graph);
    }
    crate_buffer_add(buffer, CRATE_TEXT(" .\n"));
    crate_buffer_drain(buffer);
  }
}

void
crate_rdf_write_nquads(CrateBuffer *buffer, const CrateGraph *graph)
{
  write_quads(buffer, graph, true);
}

void
crate_rdf_write_ntriples(CrateBuffer *buffer, const CrateGraph *graph)
{
  write_quads(buffer, graph, false);
}
