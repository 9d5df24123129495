// SPDX-License-Identifier: Apache-2.0
/// @file The readers behind crate_rdf_read().
#ifndef CRATE_RDF_SYNTAX_H
#define CRATE_RDF_SYNTAX_H
#include <cratekit/rdf.h>

/// A document to be read. Everything is borrowed.
typedef struct CrateRdfSource {
  const CrateWorld *world;
  CrateText name, base, bytes;
  CrateText code; ///< Of what is said about it; empty: "invalid-rdf".
} CrateRdfSource;

/// Where the document is to blame: its name and code, no line yet.
static inline CrateDiagnostic
crate_rdf_source_place(const CrateRdfSource *source)
{
  const CrateDiagnostic place = {
    .file = source->name,
    .code = source->code.size ? source->code : CRATE_TEXT("invalid-rdf")};
  return place;
}

/// Refuse what is too large.
CRATE_NODISCARD CrateStatus
crate_rdf_source_check_size(const CrateRdfSource *source);

/// Refuse what is not UTF-8.
CRATE_NODISCARD CrateStatus
crate_rdf_source_check_text(const CrateRdfSource *source);

/// N-Triples, or N-Quads with `quads`. The bytes are valid UTF-8.
CRATE_NODISCARD CrateStatus crate_nquads_read(CrateGraph *graph,
                                              const CrateRdfSource *source,
                                              bool quads);

/// Turtle, or TriG with `graphs`. The bytes are valid UTF-8.
CRATE_NODISCARD CrateStatus crate_turtle_read(CrateGraph *graph,
                                              const CrateRdfSource *source,
                                              bool graphs);

CRATE_NODISCARD CrateStatus crate_rdfxml_read(CrateGraph *graph,
                                              const CrateRdfSource *source);

/// Refuse XML that is not well nested, too deep, or declares entities that
/// would be read from elsewhere.
CRATE_NODISCARD CrateStatus crate_xml_guard(CrateGraph *graph,
                                            const CrateRdfSource *source);

#endif // CRATE_RDF_SYNTAX_H
