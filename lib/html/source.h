// SPDX-License-Identifier: Apache-2.0
/// @file What the readers of RDFa and of microdata share.
#ifndef CRATE_HTML_SOURCE_H
#define CRATE_HTML_SOURCE_H
#include "html/html.h"
#include "rdf/syntax.h"
#include <cratekit/map.h>

/// What names are made with, a base, a vocabulary, a prefix, may be so long;
/// longer ones are none. Each name costs as much.
#define CRATE_HTML_LONGEST_PREFIX 2048u

/// A page on its way into a graph.
typedef struct CrateHtmlSource {
  CrateHtmlDocument document;
  CrateGraph *graph;
  CrateTerms *terms;
  CrateText address; ///< Of the page, or what stands for it.
  CrateText base;    ///< By its <base>.
  CrateMap blanks;   ///< Labels of blank nodes, to terms.
  size_t malformed;  ///< IRIs that are none.
  char first[120];   ///< The first one of these, or its start.
  size_t first_size;
} CrateHtmlSource;

/// Read the page, find its base. To be cleared in any case.
CRATE_NODISCARD CrateStatus crate_html_source_open(CrateHtmlSource *source,
                                                   CrateGraph *graph,
                                                   const CrateRdfSource *from);

void crate_html_source_clear(CrateHtmlSource *source);

/// Warn of IRIs that were none, if there were any: what they say is left out.
CRATE_NODISCARD CrateStatus
crate_html_source_say_malformed(const CrateHtmlSource *source,
                                const CrateRdfSource *from);

/// An IRI; `*out` is 0 for what is none, such as one with a space.
CRATE_NODISCARD CrateStatus crate_html_source_iri(CrateHtmlSource *source,
                                                  CrateText iri,
                                                  CrateTerm *out);

/// The same of a reference, by the page's base.
CRATE_NODISCARD CrateStatus crate_html_source_resolve(CrateHtmlSource *source,
                                                      CrateText reference,
                                                      CrateTerm *out);

/// And by another base.
CRATE_NODISCARD CrateStatus
crate_html_source_resolve_by(CrateHtmlSource *source,
                             CrateText base,
                             CrateText reference,
                             CrateTerm *out);

/// The blank node of a label, always the same.
CRATE_NODISCARD CrateStatus crate_html_source_blank(CrateHtmlSource *source,
                                                    CrateText label,
                                                    CrateTerm *out);

/// A string, in a language if it is one.
CRATE_NODISCARD CrateStatus crate_html_source_string(CrateHtmlSource *source,
                                                     CrateText text,
                                                     CrateText language,
                                                     CrateTerm *out);

/// Into the graph, unless a part of it is missing. CRATE_MALFORMED, said, when
/// it needs a base that there is not.
CRATE_NODISCARD CrateStatus crate_html_source_add(CrateHtmlSource *source,
                                                  CrateQuad quad,
                                                  uint32_t origin);

/// The language of an element's text: its own, or else what was around it.
CrateText crate_html_language(const CrateHtmlDocument *document,
                              const CrateHtml *element,
                              CrateText around);

/// The datatype that a date, a time or a duration is written in, empty for
/// what is none (HTML 2.3.5, HTML+RDFa 3.1).
CrateText crate_html_time_type(CrateText text);

/// Take the next word off a list that is separated by HTML's spaces.
CrateText crate_html_next_word(CrateText *list);

/// Without the spaces around it.
CrateText crate_html_trim(CrateText text);

#endif // CRATE_HTML_SOURCE_H
