// SPDX-License-Identifier: Apache-2.0
// The syntaxes of PROV, by way of the graph that PROV-O makes of them.
#include "convert/convert.h"

/// As many as Turtle takes; who declares more sees some names in full.
#define MOST_PREFIXES 200u

/// A prefix for the job, unless it has one of that name.
static CrateStatus
keep_prefix(CrateJob *job, CrateMap *names, const CratePrefix *from)
{
  if (!from->prefix.size || job->prefix_count == MOST_PREFIXES ||
      crate_map_get(names, from->prefix, NULL)) {
    return CRATE_OK;
  }
  CratePrefix *const to = &job->prefixes[job->prefix_count++];
  CRATE_TRY(crate_arena_copy(&job->arena, from->prefix, &to->prefix));
  CRATE_TRY(crate_arena_copy(&job->arena, from->iri, &to->iri));
  return crate_map_put(names, to->prefix, 1);
}

/// The prefixes as declared, in the job's arena, and that of labels.
static CrateStatus
keep_prefixes(CrateJob *job, const CrateProv *document)
{
  static const CratePrefix labels = {
    {"rdfs", 4}, {CRATE_PROV_RDFS, sizeof(CRATE_PROV_RDFS) - 1}};
  job->prefixes =
    crate_arena_array(&job->arena, MOST_PREFIXES, sizeof(*job->prefixes));
  if (!job->prefixes) {
    return crate_arena_status(&job->arena);
  }
  CrateMap names;
  crate_map_init(&names, job->world);
  CrateStatus status = CRATE_OK;
  for (size_t i = 0; !status && i < document->prefix_count; ++i) {
    status = keep_prefix(job, &names, &document->prefixes[i]);
  }
  status = status ? status : keep_prefix(job, &names, &labels);
  crate_map_clear(&names);
  return status;
}

/// The reader of each syntax of PROV.
static const struct {
  CrateSyntax syntax;
  CrateStatus (*read)(CrateProv *document, CrateText name, CrateText bytes);
} readers[] = {
  {CRATE_SYNTAX_PROVN, crate_provn_read},
  {CRATE_SYNTAX_PROV_JSON, crate_prov_json_read},
  {CRATE_SYNTAX_PROV_XML, crate_prov_xml_read},
  {CRATE_SYNTAX_PROV_JSONLD, crate_prov_jsonld_read},
};

static size_t
reader_of(CrateSyntax syntax)
{
  size_t i = 0;
  while (i < sizeof(readers) / sizeof(*readers) &&
         readers[i].syntax != syntax) {
    ++i;
  }
  return i;
}

bool
crate_syntax_is_prov(CrateSyntax syntax)
{
  return reader_of(syntax) < sizeof(readers) / sizeof(*readers);
}

CrateStatus
crate_job_read_statements(const CrateJob *job,
                          CrateSyntax syntax,
                          CrateProv *document)
{
  const CrateConversion *const what = job->what;
  return readers[reader_of(syntax)].read(document, what->name, what->bytes);
}

static CrateStatus
read_document(CrateJob *job, CrateSyntax syntax, CrateProv *document)
{
  CRATE_TRY(crate_job_read_statements(job, syntax, document));
  CRATE_TRY(keep_prefixes(job, document));
  return crate_prov_to_graph(document, job->graph);
}

CrateStatus
crate_job_read_prov(CrateJob *job, CrateSyntax syntax)
{
  CrateProv document;
  crate_prov_init(&document, job->world, crate_graph_terms(job->graph));
  const CrateStatus status = read_document(job, syntax, &document);
  crate_prov_clear(&document);
  return status;
}

/// The graph's statements of PROV, with the prefixes to write them by.
static CrateStatus
make_document(const CrateJob *job, CrateProv *document)
{
  const CrateConversion *const what = job->what;
  const bool given = what->prefix_count;
  const CratePrefix *const prefixes = given ? what->prefixes : job->prefixes;
  const size_t count = given ? what->prefix_count : job->prefix_count;
  CRATE_TRY(crate_prov_from_graph(document, job->graph, what->name));
  CRATE_TRY(crate_world_reserve(job->world, &document->prefixes,
                                &document->prefix_capacity, count + 1,
                                sizeof(*document->prefixes)));
  for (size_t i = 0; i < count; ++i) {
    document->prefixes[document->prefix_count++] = prefixes[i];
  }
  return CRATE_OK;
}

static CrateStatus
write_prov(CrateJob *job,
           CrateStatus (*write)(CrateProv *document,
                                CrateText name,
                                CrateBuffer *buffer))
{
  CrateProv document;
  crate_prov_init(&document, job->world, crate_graph_terms(job->graph));
  CrateStatus status = make_document(job, &document);
  status = status ? status : write(&document, job->what->name, job->buffer);
  crate_prov_clear(&document);
  return status;
}

CrateStatus
crate_job_provn(CrateJob *job)
{
  return write_prov(job, crate_provn_write);
}

CrateStatus
crate_job_prov_json(CrateJob *job)
{
  return write_prov(job, crate_prov_json_write);
}

CrateStatus
crate_job_prov_jsonld(CrateJob *job)
{
  return write_prov(job, crate_prov_jsonld_write);
}

CrateStatus
crate_job_prov_xml(CrateJob *job)
{
  return write_prov(job, crate_prov_xml_write);
}
