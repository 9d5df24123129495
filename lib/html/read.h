// SPDX-License-Identifier: Apache-2.0
/// @file The statements that a web page makes in its markup.
#ifndef CRATE_HTML_READ_H
#define CRATE_HTML_READ_H
#include "rdf/syntax.h"

/**
   RDFa 1.1, as HTML5, XHTML5 and XHTML 1 are its hosts.

   @return CRATE_MALFORMED, said, when there is a relative IRI and no base;
   else as crate_html_read(): there is no page that is wrong.
*/
CRATE_NODISCARD CrateStatus crate_html_read_rdfa(CrateGraph *graph,
                                                 const CrateRdfSource *source);

/// Microdata, by the note "Microdata to RDF"; likewise.
CRATE_NODISCARD CrateStatus
crate_html_read_microdata(CrateGraph *graph, const CrateRdfSource *source);

#endif // CRATE_HTML_READ_H
