// SPDX-License-Identifier: Apache-2.0
// The serialized canonical form of RDFC-1.0: lines in code point order.
//
// Terms are written once and ranked; a line is then four ranks. That orders
// lines as their bytes do: a term that is the beginning of another is
// followed by a space, which is below all that may follow it in the other.
#include "rdf/canon.h"
#include "rdf/nquads_write.h"
#include <stdlib.h>

/// A term as it is written.
typedef struct {
  CrateText text;
  CrateTerm term;
} Written;

/// A line by the ranks of its terms; graph 0 is the default graph, and a
/// line without a name stands before those with one ('.' is below '<', '_').
typedef struct {
  uint32_t subject, predicate, object, graph;
} Line;

typedef struct {
  const CrateCanon *canon;
  CrateBuffer texts;
  Written *written; // by rank - 1, once sorted
  uint32_t *ranks;  // by term; first 1 for the terms in use
  Line *lines;
  size_t used, size;
} Job;

static int
compare_written(const void *a, const void *b)
{
  return crate_text_compare(((const Written *)a)->text,
                            ((const Written *)b)->text);
}

static int
compare_lines(const void *a, const void *b)
{
  const Line *const x = a;
  const Line *const y = b;
  if (x->subject != y->subject) {
    return x->subject < y->subject ? -1 : 1;
  }
  if (x->predicate != y->predicate) {
    return x->predicate < y->predicate ? -1 : 1;
  }
  if (x->object != y->object) {
    return x->object < y->object ? -1 : 1;
  }
  return (x->graph > y->graph) - (x->graph < y->graph);
}

static void
add_term(Job *job, CrateTerm term)
{
  const CrateCanon *const canon = job->canon;
  const uint32_t node = canon->node_of[term] - 1u;
  if (node == UINT32_MAX) {
    crate_rdf_write_term(&job->texts, canon->terms, term);
  } else {
    crate_buffer_add_string(&job->texts, "_:c14n");
    crate_nquads_add_number(&job->texts, canon->issued[node] - 1u);
  }
}

/// Mark the terms in use and count them.
static void
mark_terms(Job *job)
{
  const CrateQuad *const quads = crate_graph_quads(job->canon->graph);
  for (size_t i = 0; i < job->size; ++i) {
    job->ranks[quads[i].subject] = 1;
    job->ranks[quads[i].predicate] = 1;
    job->ranks[quads[i].object] = 1;
    job->ranks[quads[i].graph] = 1;
  }
  job->ranks[0] = 0;
  for (CrateTerm t = 1; t < crate_terms_end(job->canon->terms); ++t) {
    job->used += job->ranks[t];
  }
}

/// Write each term once, and rank them by their texts.
static CrateStatus
rank_terms(Job *job)
{
  size_t count = 0;
  for (CrateTerm t = 1; t < crate_terms_end(job->canon->terms); ++t) {
    if (job->ranks[t]) {
      const size_t start = job->texts.size;
      add_term(job, t);
      job->written[count].term = t;
      job->written[count++].text.size = job->texts.size - start;
    }
  }
  CRATE_TRY(crate_buffer_status(&job->texts));
  const char *at = job->texts.data; // it moves no more
  for (size_t i = 0; i < count; ++i) {
    job->written[i].text.data = at;
    at += job->written[i].text.size;
  }
  qsort(job->written, count, sizeof(*job->written), compare_written);
  for (size_t i = 0; i < count; ++i) {
    job->ranks[job->written[i].term] = (uint32_t)i + 1u;
  }
  return CRATE_OK;
}

static void
sort_lines(Job *job)
{
  const CrateQuad *const quads = crate_graph_quads(job->canon->graph);
  for (size_t i = 0; i < job->size; ++i) {
    job->lines[i] =
      (Line){job->ranks[quads[i].subject], job->ranks[quads[i].predicate],
             job->ranks[quads[i].object], job->ranks[quads[i].graph]};
  }
  qsort(job->lines, job->size, sizeof(*job->lines), compare_lines);
}

static void
write_lines(const Job *job, CrateBuffer *buffer)
{
  for (size_t i = 0; i < job->size && !crate_buffer_status(buffer); ++i) {
    const Line *const line = &job->lines[i];
    const uint32_t ranks[] = {line->subject, line->predicate, line->object,
                              line->graph};
    for (size_t k = 0; k < 4 && ranks[k]; ++k) {
      crate_buffer_add(buffer, job->written[ranks[k] - 1u].text);
      crate_buffer_add_byte(buffer, ' ');
    }
    crate_buffer_add(buffer, CRATE_TEXT(".\n"));
    crate_buffer_drain(buffer);
  }
}

static CrateStatus
write_all(Job *job, CrateBuffer *buffer)
{
  const CrateWorld *const world = job->canon->world;
  const size_t size = crate_terms_end(job->canon->terms) * sizeof(*job->ranks);
  job->ranks = crate_world_allocate(world, size);
  if (!job->ranks) {
    return CRATE_NO_MEMORY;
  }
  memset(job->ranks, 0, size);
  mark_terms(job);
  job->written = crate_world_allocate(world, job->used * sizeof(*job->written));
  job->lines = crate_world_allocate(world, job->size * sizeof(*job->lines));
  if (!job->written || !job->lines) {
    return CRATE_NO_MEMORY;
  }
  CRATE_TRY(rank_terms(job));
  sort_lines(job);
  write_lines(job, buffer);
  return crate_buffer_status(buffer);
}

CrateStatus
crate_canon_write(const CrateCanon *canon, CrateBuffer *buffer)
{
  const CrateWorld *const world = canon->world;
  Job job = {.canon = canon, .size = crate_graph_size(canon->graph)};
  crate_buffer_init(&job.texts, world);
  const CrateStatus st = write_all(&job, buffer);
  crate_buffer_clear(&job.texts);
  crate_world_release(world, job.ranks);
  crate_world_release(world, job.written);
  crate_world_release(world, job.lines);
  return st;
}
