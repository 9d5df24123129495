// SPDX-License-Identifier: Apache-2.0
/// @file What the files of convert/ share.
#ifndef CRATE_CONVERT_CONVERT_H
#define CRATE_CONVERT_CONVERT_H
#include "convert/prov/prov.h"
#include <cratekit/convert.h>

/// One conversion: what a document became, and where the result goes. Which of
/// the two forms there is depends on what the format asks for.
typedef struct CrateJob {
  const CrateWorld *world;
  const CrateConversion *what;
  const CrateFormat *format;  ///< NULL: nothing is written.
  CrateJsonldOptions options; ///< With the base that the document has.
  CrateLibrary *library;
  CrateGraph *graph;     ///< Indexed.
  CratePrefix *prefixes; ///< Those the document declares, of PROV.
  size_t prefix_count;
  CrateJsonDocument document; ///< JSON-LD; of RDF it has no bytes.
  const CrateJson *nodes;     ///< What surgery made of the document, expanded
                              ///< and flattened; NULL: nothing.
  struct CrateGuest *guests;  ///< Crates that were merged into this one.
  size_t guest_count;
  CrateJsonDocument context; ///< Of the vocabulary that is asked for.
  uint32_t parts;            ///< Of mappings, that were gone through.
  CrateArena arena;          ///< For trees in the making.
  char *page;                ///< Bytes of the document, when it was a page.
  CrateBuffer *buffer;
} CrateJob;

/// Write a graph: the formats of RDF.
CrateStatus crate_job_canonical(CrateJob *job);
CrateStatus crate_job_canonical_hash(CrateJob *job);
CrateStatus crate_job_nquads(CrateJob *job);
CrateStatus crate_job_ntriples(CrateJob *job);
CrateStatus crate_job_turtle(CrateJob *job);
CrateStatus crate_job_trig(CrateJob *job);
CrateStatus crate_job_provn(CrateJob *job);
CrateStatus crate_job_prov_json(CrateJob *job);
CrateStatus crate_job_prov_jsonld(CrateJob *job);
CrateStatus crate_job_prov_xml(CrateJob *job);
CrateStatus crate_job_rdfxml(CrateJob *job);
CrateStatus crate_job_layout(CrateJob *job);

/// Write the identifiers that RDFC-1.0 issues, as a JSON object from the labels
/// of the document to "c14n0" and so on, in the order of issue.
CrateStatus crate_job_canonical_map(CrateJob *job);

/// Write a graph as expanded JSON-LD.
CrateStatus crate_job_jsonld(CrateJob *job);

/// Write a document: the forms of JSON-LD.
CrateStatus crate_job_expanded(CrateJob *job);
CrateStatus crate_job_compacted(CrateJob *job);
CrateStatus crate_job_flattened(CrateJob *job);
CrateStatus crate_job_framed(CrateJob *job);
CrateStatus crate_job_ro_crate_json(CrateJob *job);

/// Write a document for people.
CrateStatus crate_job_html(CrateJob *job);
CrateStatus crate_job_markdown(CrateJob *job);
CrateStatus crate_job_dot(CrateJob *job);
CrateStatus crate_job_svg(CrateJob *job);

/// Write the package that the conversion names.
CrateStatus crate_job_zip(CrateJob *job);
CrateStatus crate_job_bag(CrateJob *job);
CrateStatus crate_job_folder(CrateJob *job);

/// Flatten the job's document and compact it, with the context that is asked
/// for, its own or RO-Crate's. The result lives in the job's arena.
CrateStatus crate_job_reshape(CrateJob *job, CrateJson **out);

/// The context that this compacts with. A view of the job's, or in its arena.
CrateStatus crate_job_context_value(CrateJob *job, const CrateJson **out);

/// The same with a context of the caller's.
CrateStatus crate_job_reshape_with(CrateJob *job,
                                   const CrateJsonDocument *context,
                                   CrateJson **out);

/// All that a conversion begins with. End it with crate_job_clear(), always.
void crate_job_init(CrateJob *job,
                    const CrateWorld *world,
                    const CrateConversion *what,
                    const CrateFormat *format,
                    CrateBuffer *buffer);

/// Read the input into the job's graph, or into its document. Failures are
/// said. Whatever they leave, crate_job_clear() releases.
CrateStatus crate_job_read_graph(CrateJob *job);
CrateStatus crate_job_read_document(CrateJob *job);

/// For a format that is made of files: what they say matters only where it is
/// to be changed.
CrateStatus crate_job_read_files(CrateJob *job);

/// Nothing is lost in silence: name keys of the job's document that no context
/// defines, in warnings.
CrateStatus crate_job_name_dropped(CrateJob *job);

void crate_job_clear(CrateJob *job);

/// The document's syntax, or a word about what to do.
CrateStatus crate_job_find_syntax(const CrateJob *job, CrateSyntax *syntax);

/// The syntax of a document of XML, by its root; UNKNOWN for all else.
CrateSyntax crate_syntax_of_root(CrateText bytes);

/// Whether crate_job_read_prov() reads it.
bool crate_syntax_is_prov(CrateSyntax syntax);

/// Read a syntax of PROV into the job's graph, its prefixes into the job.
CrateStatus crate_job_read_prov(CrateJob *job, CrateSyntax syntax);

/// The prefixes that the JSON-LD of the job declares, if any, and usual ones.
CrateStatus crate_job_context_prefixes(CrateJob *job);

/// Whether a syntax is that of documents with a layout.
bool crate_job_has_layout(CrateSyntax syntax);

/// Read such a document into the job's graph.
CrateStatus crate_job_read_layout(CrateJob *job, CrateSyntax syntax);

/// Read a syntax of PROV as it stands: more than its graph can hold.
CrateStatus crate_job_read_statements(const CrateJob *job,
                                      CrateSyntax syntax,
                                      CrateProv *document);

/// Read the JSON-LD of a web page into the job's document: JSON-LD API, HTML
/// Content Algorithms. `all`: what is taken when the conversion does not say.
CrateStatus crate_job_read_page(CrateJob *job, bool all);

#endif // CRATE_CONVERT_CONVERT_H
