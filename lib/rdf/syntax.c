// SPDX-License-Identifier: Apache-2.0
#include "rdf/syntax.h"
#include "rdf/graph.h"

static const struct {
  const char *ending, *name;
  CrateSyntax syntax;
} syntaxes[] = {
  {".nt", "ntriples", CRATE_SYNTAX_NTRIPLES},
  {".nq", "nquads", CRATE_SYNTAX_NQUADS},
  {".ttl", "turtle", CRATE_SYNTAX_TURTLE},
  {".turtle", "turtle", CRATE_SYNTAX_TURTLE},
  {".trig", "trig", CRATE_SYNTAX_TRIG},
  {".rdf", "rdfxml", CRATE_SYNTAX_RDFXML},
  {".rdfs", "rdfxml", CRATE_SYNTAX_RDFXML},
  {".owl", "rdfxml", CRATE_SYNTAX_RDFXML},
  {".jsonld", "jsonld", CRATE_SYNTAX_JSONLD},
  {".json", "jsonld", CRATE_SYNTAX_JSONLD},
  {".html", "html", CRATE_SYNTAX_HTML},
  {".htm", "html", CRATE_SYNTAX_HTML},
  {".xhtml", "html", CRATE_SYNTAX_HTML},
};

#define SYNTAX_COUNT (sizeof(syntaxes) / sizeof(*syntaxes))

CrateSyntax
crate_syntax_of(CrateText file_name)
{
  for (size_t i = 0; i < SYNTAX_COUNT; ++i) {
    if (crate_text_ends(file_name, crate_text(syntaxes[i].ending))) {
      return syntaxes[i].syntax;
    }
  }
  return CRATE_SYNTAX_UNKNOWN;
}

CrateSyntax
crate_syntax_named(CrateText name)
{
  for (size_t i = 0; i < SYNTAX_COUNT; ++i) {
    if (crate_text_is(name, syntaxes[i].name)) {
      return syntaxes[i].syntax;
    }
  }
  return CRATE_SYNTAX_UNKNOWN;
}

/// The first byte that is not UTF-8, as line and column.
static CrateStatus
refuse_bytes(const CrateWorld *world,
             CrateText name,
             CrateText bytes,
             size_t bad)
{
  CrateDiagnostic place = {
    .file = name, .line = 1, .code = CRATE_TEXT("invalid-rdf")};
  size_t line = 0;
  for (size_t i = 0; i < bad; ++i) {
    if (bytes.data[i] == '\n') {
      ++place.line;
      line = i + 1;
    }
  }
  place.column = (uint32_t)(bad - line + 1);
  return crate_world_say(world, CRATE_MALFORMED, &place,
                         "byte 0x%02X is not UTF-8",
                         (unsigned)(unsigned char)bytes.data[bad]);
}

CrateStatus
crate_rdf_read(CrateGraph *graph,
               CrateSyntax syntax,
               CrateText name,
               CrateText base,
               CrateText bytes)
{
  const CrateWorld *const world = graph->world;
  const CrateDiagnostic place = {.file = name,
                                 .code = CRATE_TEXT("invalid-rdf")};
  if (syntax == CRATE_SYNTAX_BINARY) {
    return crate_rdf_thaw(graph, bytes);
  }
  if (syntax == CRATE_SYNTAX_UNKNOWN || syntax == CRATE_SYNTAX_JSONLD ||
      syntax == CRATE_SYNTAX_HTML) {
    return crate_world_say(world, CRATE_UNSUPPORTED, &place,
                           "no RDF syntax that is read here");
  }
  if (bytes.size > world->limits.document_bytes) {
    return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                           "larger than the %zu bytes a document may have",
                           world->limits.document_bytes);
  }
  // XML names its own encoding; the others are UTF-8 by definition.
  const CrateRdfSource source = {world, name, base, bytes};
  if (syntax == CRATE_SYNTAX_RDFXML) {
    return crate_rdfxml_read(graph, &source);
  }
  const size_t good = crate_text_utf8_span(bytes);
  if (good < bytes.size) {
    return refuse_bytes(world, name, bytes, good);
  }
  if (syntax == CRATE_SYNTAX_TURTLE || syntax == CRATE_SYNTAX_TRIG) {
    return crate_turtle_read(graph, &source, syntax == CRATE_SYNTAX_TRIG);
  }
  return crate_nquads_read(graph, &source, syntax == CRATE_SYNTAX_NQUADS);
}
