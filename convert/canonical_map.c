// SPDX-License-Identifier: Apache-2.0
// The blank node identifiers that RDFC-1.0 issues.
#include "convert/convert.h"

/// Sort blank nodes by the number they were issued: term_of[number].
static void
invert(const uint32_t *labels, CrateTerm end, CrateTerm *term_of)
{
  for (CrateTerm term = 1; term < end; ++term) {
    if (labels[term]) {
      term_of[labels[term] - 1] = term;
    }
  }
}

static void
write_map(CrateBuffer *buffer,
          const CrateTerms *terms,
          const CrateTerm *term_of,
          uint32_t count)
{
  crate_buffer_add_byte(buffer, '{');
  for (uint32_t i = 0; i < count; ++i) {
    const CrateText label = crate_terms_info(terms, term_of[i]).text;
    crate_buffer_add_string(buffer, i ? ",\n  " : "\n  ");
    crate_json_write_string(buffer, label);
    crate_buffer_print(buffer, ": \"c14n%u\"", (unsigned)i);
    crate_buffer_drain(buffer);
  }
  crate_buffer_add_string(buffer, count ? "\n}\n" : "}\n");
}

CrateStatus
crate_job_canonical_map(CrateJob *job)
{
  const CrateTerms *const terms = crate_graph_terms(job->graph);
  const CrateTerm end = crate_terms_end(terms);
  // Labels by term, then terms by label.
  uint32_t *const labels =
    crate_world_allocate(job->world, 2u * (size_t)end * sizeof(*labels));
  if (!labels) {
    return CRATE_NO_MEMORY;
  }
  memset(labels, 0, 2u * (size_t)end * sizeof(*labels));
  CrateBuffer quads; // not wanted: only the labels are
  crate_buffer_init(&quads, job->world);
  const CrateStatus st =
    crate_rdf_canonicalize(&quads, job->graph, job->what->hash, labels);
  crate_buffer_clear(&quads);
  if (!st) {
    uint32_t count = 0;
    for (CrateTerm term = 1; term < end; ++term) {
      count += labels[term] != 0;
    }
    invert(labels, end, labels + end);
    write_map(job->buffer, terms, labels + end, count);
  }
  crate_world_release(job->world, labels);
  return st;
}
