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
  {".provn", "provn", CRATE_SYNTAX_PROVN},
  {"prov.json", "prov-json", CRATE_SYNTAX_PROV_JSON},
  {NULL, "prov-jsonld", CRATE_SYNTAX_PROV_JSONLD}, // its names are JSON-LD's
  {"prov.xml", "prov-xml", CRATE_SYNTAX_PROV_XML},
  {".provx", "prov-xml", CRATE_SYNTAX_PROV_XML},
  {".cff", "cff", CRATE_SYNTAX_CFF},
  {"datacite.json", "datacite-json", CRATE_SYNTAX_DATACITE_JSON},
  {"datacite.xml", "datacite-xml", CRATE_SYNTAX_DATACITE_XML},
  {".md", "model-card", CRATE_SYNTAX_MODEL_CARD},
  {".jsonld", "jsonld", CRATE_SYNTAX_JSONLD},
  {".json", "jsonld", CRATE_SYNTAX_JSONLD},
  {".html", "html", CRATE_SYNTAX_HTML},
  {".htm", "html", CRATE_SYNTAX_HTML},
  {".xhtml", "html", CRATE_SYNTAX_HTML},
  {NULL, "rdfa", CRATE_SYNTAX_RDFA}, // their names are those of JSON-LD's pages
  {NULL, "microdata", CRATE_SYNTAX_MICRODATA},
};

#define SYNTAX_COUNT (sizeof(syntaxes) / sizeof(*syntaxes))

CrateSyntax
crate_syntax_of(CrateText file_name)
{
  for (size_t i = 0; i < SYNTAX_COUNT; ++i) {
    if (syntaxes[i].ending &&
        crate_text_ends(file_name, crate_text(syntaxes[i].ending))) {
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

CrateStatus
crate_rdf_source_check_size(const CrateRdfSource *source)
{
  const size_t most = source->world->limits.document_bytes;
  const CrateDiagnostic place = crate_rdf_source_place(source);
  return source->bytes.size <= most
           ? CRATE_OK
           : crate_world_say(source->world, CRATE_OVER_LIMIT, &place,
                             "larger than the %zu bytes a document may have",
                             most);
}

/// Says the first byte that is not, as line and column.
CrateStatus
crate_rdf_source_check_text(const CrateRdfSource *source)
{
  const CrateText bytes = source->bytes;
  const size_t bad = crate_text_utf8_span(bytes);
  if (bad == bytes.size) {
    return CRATE_OK;
  }
  CrateDiagnostic place = crate_rdf_source_place(source);
  size_t line = 0;
  place.line = 1;
  for (size_t i = 0; i < bad; ++i) {
    if (bytes.data[i] == '\n') {
      ++place.line;
      line = i + 1;
    }
  }
  place.column = (uint32_t)(bad - line + 1);
  return crate_world_say(source->world, CRATE_MALFORMED, &place,
                         "byte 0x%02X is not UTF-8",
                         (unsigned)(unsigned char)bytes.data[bad]);
}

/// Whether crate_rdf_read() knows it.
static bool
is_read_here(CrateSyntax syntax)
{
  return syntax >= CRATE_SYNTAX_NTRIPLES && syntax <= CRATE_SYNTAX_RDFXML;
}

CrateStatus
crate_rdf_read(CrateGraph *graph,
               CrateSyntax syntax,
               CrateText name,
               CrateText base,
               CrateText bytes)
{
  const CrateRdfSource source = {
    .world = graph->world, .name = name, .base = base, .bytes = bytes};
  const CrateDiagnostic place = crate_rdf_source_place(&source);
  if (syntax == CRATE_SYNTAX_BINARY) {
    return crate_rdf_thaw(graph, bytes);
  }
  if (!is_read_here(syntax)) {
    return crate_world_say(graph->world, CRATE_UNSUPPORTED, &place,
                           "no RDF syntax that is read here");
  }
  CRATE_TRY(crate_rdf_source_check_size(&source));
  // XML names its own encoding; the others are UTF-8 by definition.
  if (syntax == CRATE_SYNTAX_RDFXML) {
    return crate_rdfxml_read(graph, &source);
  }
  CRATE_TRY(crate_rdf_source_check_text(&source));
  if (syntax == CRATE_SYNTAX_TURTLE || syntax == CRATE_SYNTAX_TRIG) {
    return crate_turtle_read(graph, &source, syntax == CRATE_SYNTAX_TRIG);
  }
  return crate_nquads_read(graph, &source, syntax == CRATE_SYNTAX_NQUADS);
}
