// SPDX-License-Identifier: Apache-2.0
// The formats that write a graph as it is.
#include "convert/convert.h"
#include "package/digest.h"

CrateStatus
crate_job_canonical(CrateJob *job)
{
  return crate_rdf_canonicalize(job->buffer, job->graph, job->what->hash, NULL);
}

/// One line: two documents have the same one if they say the same, whatever
/// their blank nodes are called and in whatever order.
CrateStatus
crate_job_canonical_hash(CrateJob *job)
{
  const unsigned kinds =
    CRATE_DIGEST_SET(job->what->hash == CRATE_SHA384 ? CRATE_DIGEST_SHA384
                                                     : CRATE_DIGEST_SHA256);
  char digits[128];
  CrateDigester digester = {0};
  CrateBuffer text;
  crate_buffer_init(&text, job->world);
  CrateStatus st =
    crate_rdf_canonicalize(&text, job->graph, job->what->hash, NULL);
  st = st ? st : crate_digester_start(&digester, kinds);
  st = st ? st : crate_digester_add(&digester, crate_buffer_text(&text));
  st = st ? st : crate_digester_finish(&digester, digits);
  if (!st) {
    crate_buffer_add(job->buffer,
                     (CrateText){digits, crate_digest_room(kinds)});
    crate_buffer_add_byte(job->buffer, '\n');
  }
  crate_digester_clear(&digester);
  crate_buffer_clear(&text);
  return st;
}

CrateStatus
crate_job_nquads(CrateJob *job)
{
  crate_rdf_write_nquads(job->buffer, job->graph);
  return CRATE_OK;
}

/// N-Triples and Turtle have no place for named graphs: say so, never drop.
static CrateStatus
refuse_named_graphs(const CrateJob *job, const char *instead)
{
  const size_t count = crate_graph_size(job->graph);
  // Sorted by graph, the default one first.
  if (!count || !crate_graph_quads(job->graph)[count - 1].graph) {
    return CRATE_OK;
  }
  const CrateDiagnostic place = {.file = job->what->name,
                                 .code = CRATE_TEXT("named-graphs")};
  return crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                         "the document has named graphs, which this format "
                         "cannot hold; convert to %s",
                         instead);
}

CrateStatus
crate_job_ntriples(CrateJob *job)
{
  CRATE_TRY(refuse_named_graphs(job, "nquads"));
  crate_rdf_write_ntriples(job->buffer, job->graph);
  return CRATE_OK;
}

CrateStatus
crate_job_rdfxml(CrateJob *job)
{
  CRATE_TRY(refuse_named_graphs(job, "trig"));
  return crate_rdf_write_xml(job->buffer, job->what->name, job->graph,
                             job->what->prefixes, job->what->prefix_count);
}

CrateStatus
crate_job_trig(CrateJob *job)
{
  const CrateConversion *const what = job->what;
  return what->prefix_count
           ? crate_rdf_write_turtle(job->buffer, job->graph, what->prefixes,
                                    what->prefix_count)
           : crate_rdf_write_turtle(job->buffer, job->graph, job->prefixes,
                                    job->prefix_count);
}

CrateStatus
crate_job_turtle(CrateJob *job)
{
  CRATE_TRY(refuse_named_graphs(job, "trig"));
  return crate_job_trig(job);
}
