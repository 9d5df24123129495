// SPDX-License-Identifier: Apache-2.0
// One table of formats.
#include "convert/convert.h"

typedef CrateStatus (*Verb)(CrateJob *job);

/// A format, what it is made of, and how.
typedef struct Row {
  CrateFormat about;
  Verb read, write;
} Row;

#define GRAPH crate_job_read_graph
#define DOCUMENT crate_job_read_document
#define FILES crate_job_read_files

static const Row rows[] = {
  {{"bag", "application/zip", ".zip",
    "the crate with its files as a bag (BagIt 1.0) in an archive"},
   FILES,
   crate_job_bag},
  {{"canonical", "application/n-quads", ".nq", "canonical N-Quads by RDFC-1.0"},
   GRAPH,
   crate_job_canonical},
  {{"canonical-hash", "text/plain", ".txt",
    "the hash of canonical N-Quads, in hexadecimal digits"},
   GRAPH,
   crate_job_canonical_hash},
  {{"canonical-map", "application/json", ".json",
    "the blank node identifiers that RDFC-1.0 issues, as JSON"},
   GRAPH,
   crate_job_canonical_map},
  {{"cff", "application/yaml", ".cff",
    "CITATION.cff, Citation File Format 1.2"},
   GRAPH,
   crate_job_layout},
  {{"compacted", "application/ld+json", ".jsonld",
    "JSON-LD compacted with --context"},
   DOCUMENT,
   crate_job_compacted},
  {{"datacite-json", "application/vnd.datacite.datacite+json", ".json",
    "DataCite 4.6 metadata as JSON"},
   GRAPH,
   crate_job_layout},
  {{"datacite-xml", "application/vnd.datacite.datacite+xml", ".xml",
    "DataCite 4.6 metadata as XML"},
   GRAPH,
   crate_job_layout},
  {{"dot", "text/vnd.graphviz", ".dot",
    "the provenance as a graph for Graphviz"},
   DOCUMENT,
   crate_job_dot},
  {{"expanded", "application/ld+json", ".jsonld", "expanded JSON-LD"},
   DOCUMENT,
   crate_job_expanded},
  {{"flattened", "application/ld+json", ".jsonld",
    "flattened JSON-LD, compacted with --context if there is one"},
   DOCUMENT,
   crate_job_flattened},
  {{"folder", "inode/directory", "/", "the crate with its files, as a folder"},
   FILES,
   crate_job_folder},
  {{"framed", "application/ld+json", ".jsonld", "JSON-LD framed with --frame"},
   DOCUMENT,
   crate_job_framed},
  {{"html", "text/html", ".html",
    "a web page of the crate: ro-crate-preview.html"},
   DOCUMENT,
   crate_job_html},
  {{"jsonld", "application/ld+json", ".jsonld",
    "the graph as expanded JSON-LD"},
   GRAPH,
   crate_job_jsonld},
  {{"markdown", "text/markdown", ".md", "the card of a model or a data set"},
   DOCUMENT,
   crate_job_markdown},
  {{"model-card", "text/markdown", ".md", "the YAML that heads a model card"},
   GRAPH,
   crate_job_layout},
  {{"nquads", "application/n-quads", ".nq", "N-Quads"},
   GRAPH,
   crate_job_nquads},
  {{"ntriples", "application/n-triples", ".nt", "N-Triples"},
   GRAPH,
   crate_job_ntriples},
  {{"prov-json", "application/json", ".json", "PROV-JSON, from PROV-O"},
   GRAPH,
   crate_job_prov_json},
  {{"prov-jsonld", "application/ld+json", ".jsonld",
    "PROV-JSONLD, from PROV-O"},
   GRAPH,
   crate_job_prov_jsonld},
  {{"prov-xml", "application/provenance+xml", ".xml", "PROV-XML, from PROV-O"},
   GRAPH,
   crate_job_prov_xml},
  {{"provn", "text/provenance-notation", ".provn", "PROV-N, from PROV-O"},
   GRAPH,
   crate_job_provn},
  {{"rdfxml", "application/rdf+xml", ".rdf", "RDF/XML"},
   GRAPH,
   crate_job_rdfxml},
  {{"ro-crate-json", "application/ld+json", ".json",
    "RO-Crate metadata, flattened, compacted and in order"},
   DOCUMENT,
   crate_job_ro_crate_json},
  {{"svg", "image/svg+xml", ".svg", "the provenance, drawn"},
   DOCUMENT,
   crate_job_svg},
  {{"trig", "application/trig", ".trig", "TriG"}, GRAPH, crate_job_trig},
  {{"turtle", "text/turtle", ".ttl", "Turtle"}, GRAPH, crate_job_turtle},
  {{"zip", "application/zip", ".zip",
    "the crate with its files as an archive, of the same bytes each time"},
   FILES,
   crate_job_zip},
};

#define ROW_COUNT (sizeof(rows) / sizeof(*rows))

const CrateFormat *
crate_format_at(size_t i)
{
  return i < ROW_COUNT ? &rows[i].about : NULL;
}

const CrateFormat *
crate_format_find(CrateText name)
{
  for (size_t i = 0; i < ROW_COUNT; ++i) {
    if (crate_text_is(name, rows[i].about.name)) {
      return &rows[i].about;
    }
  }
  return NULL;
}

bool
crate_format_is_of_crates(const CrateFormat *format)
{
  const Row *row = rows;
  while (row < rows + ROW_COUNT && &row->about != format) {
    ++row;
  }
  return row < rows + ROW_COUNT &&
         (row->read == FILES || row->write == crate_job_ro_crate_json);
}

void
crate_job_init(CrateJob *job,
               const CrateWorld *world,
               const CrateConversion *what,
               const CrateFormat *format,
               CrateBuffer *buffer)
{
  *job = (CrateJob){.world = world,
                    .what = what,
                    .format = format,
                    .options = what->options,
                    .document = {.world = world},
                    .buffer = buffer};
  crate_arena_init(&job->arena, world);
  crate_arena_init(&job->document.arena, world);
}

CrateStatus
crate_convert(const CrateWorld *world,
              const CrateConversion *what,
              const CrateFormat *format,
              CrateBuffer *buffer)
{
  size_t i = 0;
  while (i < ROW_COUNT && &rows[i].about != format) {
    ++i;
  }
  if (i == ROW_COUNT) {
    return CRATE_BAD_ARGUMENT;
  }
  CrateJob job;
  crate_job_init(&job, world, what, format, buffer);
  CrateStatus status = rows[i].read(&job);
  status = status ? status : rows[i].write(&job);
  crate_job_clear(&job);
  CRATE_TRY(status);
  crate_buffer_flush(buffer);
  return crate_buffer_status(buffer);
}
