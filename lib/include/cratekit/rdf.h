// SPDX-License-Identifier: Apache-2.0
/// @file RDF syntaxes: reading them into a graph, writing a graph in them.
#ifndef CRATE_RDF_H
#define CRATE_RDF_H
#include <cratekit/buffer.h>
#include <cratekit/graph.h>
CRATE_BEGIN_DECLS

typedef enum {
  CRATE_SYNTAX_UNKNOWN,
  CRATE_SYNTAX_NTRIPLES,
  CRATE_SYNTAX_NQUADS,
  CRATE_SYNTAX_TURTLE,
  CRATE_SYNTAX_TRIG,
  CRATE_SYNTAX_RDFXML,
  CRATE_SYNTAX_JSONLD,
  CRATE_SYNTAX_HTML,          ///< JSON-LD embedded in a web page.
  CRATE_SYNTAX_PROVN,         ///< PROV-N, read by crate_convert().
  CRATE_SYNTAX_PROV_JSON,     ///< PROV-JSON, likewise.
  CRATE_SYNTAX_PROV_XML,      ///< PROV-XML.
  CRATE_SYNTAX_PROV_JSONLD,   ///< PROV-JSONLD.
  CRATE_SYNTAX_CFF,           ///< CITATION.cff.
  CRATE_SYNTAX_DATACITE_JSON, ///< DataCite's metadata, as JSON.
  CRATE_SYNTAX_DATACITE_XML,  ///< And as XML.
  CRATE_SYNTAX_MODEL_CARD,    ///< YAML at the head of Markdown.
  CRATE_SYNTAX_RDFA,          ///< RDFa 1.1 in a web page.
  CRATE_SYNTAX_MICRODATA,     ///< Microdata in a web page.
  CRATE_SYNTAX_BINARY, ///< Our own precompiled form; see crate_rdf_thaw().
} CrateSyntax;

/// The syntax that a file name's ending stands for ("a/b.ttl" -> TURTLE).
CRATE_API CrateSyntax crate_syntax_of(CrateText file_name);

/// The syntax of a name that a person gives ("turtle", "ntriples", "rdfxml").
CRATE_API CrateSyntax crate_syntax_named(CrateText name);

/**
   Read a document into a graph; blank nodes of two calls are never one.

   JSON-LD is not read here (lib/jsonld is to the right of this room), nor are
   web pages and the syntaxes of PROV.
   @param name  Borrowed: for diagnostics.
   @param base  Borrowed: base IRI.
   @param bytes Borrowed.
   @return CRATE_MALFORMED, said to the sink with line and column and code
   "invalid-rdf"; CRATE_UNSUPPORTED when raptor2 is not installed.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_rdf_read(CrateGraph *graph,
                                                     CrateSyntax syntax,
                                                     CrateText name,
                                                     CrateText base,
                                                     CrateText bytes);

/// Prefix for the Turtle writer; both are kept during the call only.
typedef struct CratePrefix {
  CrateText prefix, iri;
} CratePrefix;

/// N-Triples (default graph only) or N-Quads, in the graph's order, in the
/// canonical form of each term (RDF 1.1 N-Quads, RDFC-1.0 section 5). A blank
/// node is called "b" and its number, for the labels of several documents may
/// clash. The buffer is drained on the way (crate_buffer_drain()).
CRATE_API void crate_rdf_write_nquads(CrateBuffer *buffer,
                                      const CrateGraph *graph);

CRATE_API void crate_rdf_write_ntriples(CrateBuffer *buffer,
                                        const CrateGraph *graph);

/// Write one term as N-Triples does.
CRATE_API void crate_rdf_write_term(CrateBuffer *buffer,
                                    const CrateTerms *terms,
                                    CrateTerm term);

/// Turtle, or TriG when there are named graphs. Graph must be indexed.
CRATE_API CRATE_NODISCARD CrateStatus
crate_rdf_write_turtle(CrateBuffer *buffer,
                       const CrateGraph *graph,
                       const CratePrefix *prefixes,
                       size_t prefix_count);

/// Where bytes come from, as they are asked for.
typedef struct CrateFeed {
  /// Fill a part of the room; `got` is 0 at the end. Failures are said.
  CrateStatus (*read)(void *handle, char *room, size_t size, size_t *got);
  void *handle; ///< Passed to `read`.
} CrateFeed;

/// From a syntax that streams to one of the same family.
typedef struct CrateStream {
  CrateText name;              ///< Of the document, for diagnostics.
  CrateSyntax from;            ///< NTRIPLES or NQUADS.
  CrateSyntax to;              ///< NTRIPLES, NQUADS, TURTLE or TRIG.
  const CratePrefix *prefixes; ///< For Turtle and TriG; all are declared.
  size_t prefix_count;
} CrateStream;

/**
   Convert without making a graph: in the order of the document, with its blank
   node labels, repeats kept, in memory that does not depend on its size (a line
   is at most the world's document_bytes).

   @param buffer Gets the result; drained on the way. Holds a part when the call
   fails.
   @return As crate_rdf_read(); CRATE_UNSUPPORTED, said with code
   "named-graphs", for a graph that the syntax has no place for.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_rdf_stream(const CrateWorld *world,
                 const CrateStream *stream,
                 const CrateFeed *feed,
                 CrateBuffer *buffer);

/// RDF/XML (RDF 1.1 XML Syntax) of the default graph. Graph must be indexed;
/// `name` is for diagnostics.
/// CRATE_UNSUPPORTED, said with code "no-rdfxml", for what XML has no way to
/// write: properties that end in no name, characters that XML does not have.
CRATE_API CRATE_NODISCARD CrateStatus
crate_rdf_write_xml(CrateBuffer *buffer,
                    CrateText name,
                    const CrateGraph *graph,
                    const CratePrefix *prefixes,
                    size_t prefix_count);

typedef enum { CRATE_SHA256, CRATE_SHA384 } CrateHash;

/**
   RDFC-1.0 (RDF Dataset Canonicalization): the canonical N-Quads.

   @param labels May be NULL; else filled by term number (size
   crate_terms_end()) with the number n of the issued "c14n<n>" plus 1.
   @return CRATE_OVER_LIMIT when the work exceeds the world's canonical_work,
   said to the sink with code "canonical-work".
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_rdf_canonicalize(CrateBuffer *buffer,
                       CrateGraph *graph,
                       CrateHash hash,
                       uint32_t *labels);

/// Write a graph (default and named, with origins dropped) in a form that
/// crate_rdf_thaw() reads in one pass. Not an exchange format.
CRATE_API CRATE_NODISCARD CrateStatus crate_rdf_freeze(CrateBuffer *buffer,
                                                       const CrateGraph *graph);

/// Add what crate_rdf_freeze() wrote. Bounds are checked all the same.
CRATE_API CRATE_NODISCARD CrateStatus crate_rdf_thaw(CrateGraph *graph,
                                                     CrateText bytes);

CRATE_END_DECLS
#endif // CRATE_RDF_H
