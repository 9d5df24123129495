// SPDX-License-Identifier: Apache-2.0
// A graph becomes another one by a mapping; what no mapping carried is told.
#include "convert/mapping.h"
#include "convert/sssom.h"
#include <cratekit/iri.h>
#include <stdlib.h>

/// A statement that was left behind, and where it stands.
typedef struct {
  uint32_t origin;
  uint32_t quad;
} Loss;

static int
compare_losses(const void *a, const void *b)
{
  const Loss *const x = (const Loss *)a;
  const Loss *const y = (const Loss *)b;
  if (x->origin != y->origin) {
    return x->origin < y->origin ? -1 : 1;
  }
  return (x->quad > y->quad) - (x->quad < y->quad);
}

/// Lines of a document, as they are counted for ever later bytes.
typedef struct {
  CrateText bytes;
  size_t at;
  uint32_t line;
} Counter;

static uint32_t
line_of(Counter *counter, uint32_t origin)
{
  for (; counter->at < origin && counter->at < counter->bytes.size;
       ++counter->at) {
    counter->line += counter->bytes.data[counter->at] == '\n';
  }
  return counter->line;
}

static void
write_loss(CrateBuffer *out,
           const CrateTerms *terms,
           const CrateQuad *quad,
           CrateText name,
           uint32_t line)
{
  crate_buffer_add(out, name);
  if (line) {
    crate_buffer_print(out, ":%u", (unsigned)line);
  }
  crate_buffer_add_string(out, ": ");
  const CrateTerm parts[] = {quad->subject, quad->predicate, quad->object,
                             quad->graph};
  for (size_t i = 0; i < 4; ++i) {
    if (parts[i]) {
      crate_rdf_write_term(out, terms, parts[i]);
      crate_buffer_add_byte(out, ' ');
    }
  }
  crate_buffer_add_string(out, ".\n");
}

static void
write_losses(const CrateJob *job,
             const CrateGraph *source,
             const Loss *losses,
             size_t count)
{
  Counter counter = {job->what->bytes, 0, 1};
  for (size_t i = 0; i < count; ++i) {
    const uint32_t origin = losses[i].origin;
    write_loss(job->what->losses, crate_graph_terms(source),
               crate_graph_quads(source) + losses[i].quad, job->what->name,
               origin == CRATE_NO_ORIGIN ? 0 : line_of(&counter, origin));
    crate_buffer_drain(job->what->losses);
  }
}

CrateStatus
crate_job_report_losses(const CrateJob *job,
                        const CrateGraph *source,
                        const bool *used)
{
  const size_t size = crate_graph_size(source);
  const CrateQuad *const quads = crate_graph_quads(source);
  Loss *const losses = crate_world_allocate(job->world, size * sizeof(Loss));
  if (!losses) {
    return CRATE_NO_MEMORY;
  }
  size_t count = 0;
  for (size_t i = 0; i < size; ++i) {
    if (!used[i]) {
      losses[count++] =
        (Loss){crate_graph_origin(source, &quads[i]), (uint32_t)i};
    }
  }
  qsort(losses, count, sizeof(*losses), compare_losses);
  write_losses(job, source, losses, count);
  crate_world_release(job->world, losses);
  crate_buffer_flush(job->what->losses);
  return crate_buffer_status(job->what->losses);
}

static CrateStatus
add_source(const CrateGraph *source, CrateGraph *added)
{
  const CrateQuad *const quads = crate_graph_quads(source);
  for (size_t i = 0; i < crate_graph_size(source); ++i) {
    CRATE_TRY(
      crate_graph_add(added, quads[i], crate_graph_origin(source, &quads[i])));
  }
  return crate_graph_index(added);
}

/// What a mapping makes stands where the metadata of a crate would, in the
/// folder of the document: from here on that is the base.
static CrateStatus
move_base(CrateJob *job)
{
  CrateText *const base = &job->options.base;
  return base->size
           ? crate_iri_resolve(&job->arena, *base,
                               CRATE_TEXT("ro-crate-metadata.json"), base)
           : CRATE_OK;
}

/// A request, or a table that is made into one.
static CrateStatus
read_mapping(const CrateJob *job,
             const CrateMapping *mapping,
             CrateUpdate **out)
{
  CrateTerms *const terms = crate_graph_terms(job->graph);
  if (!crate_text_ends(mapping->name, CRATE_TEXT(".tsv"))) {
    return crate_update_read(job->world, terms, mapping->name,
                             job->options.base, mapping->text, out);
  }
  CrateBuffer text;
  crate_buffer_init(&text, job->world);
  CrateStatus st =
    crate_sssom_write(job->world, mapping->name, mapping->text, &text);
  st = st ? st
          : crate_update_read(job->world, terms, mapping->name,
                              job->options.base, crate_buffer_text(&text), out);
  crate_buffer_clear(&text);
  return st;
}

/// Run it on the job's graph, into another one.
static CrateStatus
run_mapping(CrateJob *job,
            const CrateMapping *mapping,
            bool lossless,
            CrateGraph *added,
            bool *used)
{
  const CrateGraph *const source = job->graph;
  CrateUpdate *update;
  CRATE_TRY(move_base(job));
  CRATE_TRY(read_mapping(job, mapping, &update));
  CrateStatus st = crate_update_run(update, source, added, used);
  crate_update_free(update);
  if (!st && job->what->losses && used) {
    st = crate_job_report_losses(job, source, used);
  }
  return !st && lossless ? add_source(source, added) : st;
}

CrateStatus
crate_job_map(CrateJob *job, const CrateMapping *mapping, bool lossless)
{
  CrateGraph *added;
  bool *const used =
    crate_world_allocate(job->world, crate_graph_size(job->graph));
  if (!used) {
    return CRATE_NO_MEMORY;
  }
  CrateStatus st =
    crate_graph_new(job->world, crate_graph_terms(job->graph), &added);
  st = st ? st : run_mapping(job, mapping, lossless, added, used);
  crate_world_release(job->world, used);
  if (st) {
    crate_graph_free(added);
    return st;
  }
  // What a mapping made was never written otherwise: people want numbers.
  job->options.use_native_types |=
    job->format &&
    crate_text_is(crate_text(job->format->name), "ro-crate-json");
  crate_graph_free(job->graph); // the terms stay
  job->graph = added;
  return CRATE_OK;
}
