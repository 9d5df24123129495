// SPDX-License-Identifier: Apache-2.0
// A document of provenance against PROV-CONSTRAINTS. The syntaxes of PROV are
// checked as they stand, as two statements that contradict each other may be
// none in their graph; all else by what its graph says in PROV-O.
#include "convert/prov/constraints/constraints.h"
#include "convert/convert.h"

/// PROV-JSONLD is told by its context.
static CrateStatus
find_syntax(const CrateJob *job, CrateSyntax *syntax)
{
  const CrateConversion *const what = job->what;
  CRATE_TRY(crate_job_find_syntax(job, syntax));
  if (*syntax != CRATE_SYNTAX_JSONLD || what->syntax) {
    return CRATE_OK;
  }
  CrateJsonDocument json;
  const CrateStatus status =
    crate_json_read(job->world, what->name, what->bytes, &json);
  if (!status && crate_prov_is_jsonld(json.root)) {
    *syntax = CRATE_SYNTAX_PROV_JSONLD;
  }
  crate_json_clear(&json);
  return status;
}

static CrateStatus
check_statements(const CrateJob *job, CrateSyntax syntax, size_t *count)
{
  const CrateConversion *const what = job->what;
  CrateTerms *terms;
  CrateProv document;
  CRATE_TRY(crate_terms_new(job->world, &terms));
  crate_prov_init(&document, job->world, terms);
  CrateStatus status = crate_job_read_statements(job, syntax, &document);
  status = status ? status
                  : crate_prov_check(&document, what->name, what->bytes,
                                     job->buffer, count);
  crate_prov_clear(&document);
  crate_terms_free(terms);
  return status;
}

static CrateStatus
check_graph(CrateJob *job, size_t *count)
{
  const CrateConversion *const what = job->what;
  CrateProv document;
  CRATE_TRY(crate_job_read_graph(job));
  crate_prov_init(&document, job->world, crate_graph_terms(job->graph));
  CrateStatus status = crate_prov_from_graph(&document, job->graph, what->name);
  status = status ? status
                  : crate_prov_check(&document, what->name, what->bytes,
                                     job->buffer, count);
  crate_prov_clear(&document);
  return status;
}

CrateStatus
crate_check_constraints(const CrateWorld *world,
                        const CrateConversion *what,
                        CrateBuffer *buffer,
                        size_t *count)
{
  CrateJob job = {.world = world,
                  .what = what,
                  .options = what->options,
                  .document = {.world = world},
                  .buffer = buffer};
  CrateSyntax syntax;
  *count = 0;
  crate_arena_init(&job.arena, world);
  crate_arena_init(&job.document.arena, world);
  CrateStatus status = find_syntax(&job, &syntax);
  status = status ? status
           : crate_syntax_is_prov(syntax)
             ? check_statements(&job, syntax, count)
             : check_graph(&job, count);
  crate_job_clear(&job);
  return status;
}
