// SPDX-License-Identifier: Apache-2.0
/// @file Any RDF document, JSON-LD included, read into a graph.
#ifndef CRATE_CRATE_DOCUMENT_H
#define CRATE_CRATE_DOCUMENT_H
#include "base/file.h"
#include <cratekit/jsonld.h>
#include <cratekit/rdf.h>

/// What a graph's origins are offsets into. End it even on failure.
typedef struct CrateDocument {
  CrateArena arena;
  CrateFile file;
  CrateJsonDocument json; ///< Read only when the document is JSON-LD.
  CrateText base;         ///< Taken, or made from the path: a file: IRI.
} CrateDocument;

/**
   Read a file into a graph, by the ending of its name; ".json" is JSON-LD.

   @param base Empty: the file's own IRI (RFC 8089).
   @return Failures are said.
*/
CrateStatus crate_document_read(const CrateWorld *world,
                                CrateLibrary *library,
                                CrateText path,
                                CrateText base,
                                CrateGraph *graph,
                                CrateDocument *out);

void crate_document_clear(CrateDocument *document);

#endif // CRATE_CRATE_DOCUMENT_H
