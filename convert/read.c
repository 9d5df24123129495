// SPDX-License-Identifier: Apache-2.0
// The input of a conversion, in the form that the format asks for: any syntax
// becomes a graph, and any becomes JSON-LD.
#include "html/read.h"
#include "convert/surgery/merge.h"
#include "convert/vocabularies.h"

CrateStatus
crate_job_find_syntax(const CrateJob *job, CrateSyntax *syntax)
{
  const CrateConversion *const what = job->what;
  *syntax = what->syntax ? what->syntax : crate_syntax_of(what->name);
  *syntax = *syntax ? *syntax : crate_syntax_of_root(what->bytes);
  if (*syntax) {
    return CRATE_OK;
  }
  const CrateDiagnostic place = {.file = what->name,
                                 .code = CRATE_TEXT("unknown-syntax")};
  return crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                         "cannot tell the syntax from the name, "
                         "say it with --from");
}

/// A library of our own, when the conversion brings none.
static CrateStatus
find_library(CrateJob *job)
{
  job->library = job->what->library;
  return job->library ? CRATE_OK : crate_library_new(job->world, &job->library);
}

static bool
is_json(CrateSyntax syntax)
{
  return syntax == CRATE_SYNTAX_JSONLD || syntax == CRATE_SYNTAX_HTML;
}

static CrateStatus
read_json(CrateJob *job, CrateSyntax syntax, bool all)
{
  if (syntax == CRATE_SYNTAX_HTML) {
    return crate_job_read_page(job, all);
  }
  return crate_json_read(job->world, job->what->name, job->what->bytes,
                         &job->document);
}

static bool
is_markup(CrateSyntax syntax)
{
  return syntax == CRATE_SYNTAX_RDFA || syntax == CRATE_SYNTAX_MICRODATA;
}

/// What a web page says in its markup.
static CrateStatus
read_markup(CrateJob *job, CrateSyntax syntax)
{
  const CrateRdfSource source = {.world = job->world,
                                 .name = job->what->name,
                                 .base = job->what->options.base,
                                 .bytes = job->what->bytes};
  return syntax == CRATE_SYNTAX_RDFA
           ? crate_html_read_rdfa(job->graph, &source)
           : crate_html_read_microdata(job->graph, &source);
}

static CrateStatus
read_rdf(CrateJob *job, CrateSyntax syntax)
{
  const CrateConversion *const what = job->what;
  CrateTerms *terms;
  CRATE_TRY(crate_terms_new(job->world, &terms));
  const CrateStatus status = crate_graph_new(job->world, terms, &job->graph);
  if (status) {
    crate_terms_free(terms);
    return status;
  }
  if (is_json(syntax)) {
    CRATE_TRY(read_json(job, syntax, true)); // toRdf(), step 2
    const bool prov = syntax == CRATE_SYNTAX_JSONLD && !what->syntax &&
                      crate_prov_is_jsonld(job->document.root);
    CRATE_TRY(prov ? CRATE_OK
                   : crate_jsonld_read(&job->document, job->library,
                                       &job->options, job->graph));
    CRATE_TRY(prov ? CRATE_OK : crate_job_context_prefixes(job));
    crate_json_clear(&job->document); // many bytes that nobody needs any more
    CRATE_TRY(prov ? crate_job_read_prov(job, CRATE_SYNTAX_PROV_JSONLD)
                   : CRATE_OK);
  } else if (crate_syntax_is_prov(syntax)) {
    CRATE_TRY(crate_job_read_prov(job, syntax));
  } else if (crate_job_has_layout(syntax)) {
    CRATE_TRY(crate_job_read_layout(job, syntax));
  } else if (is_markup(syntax)) {
    CRATE_TRY(read_markup(job, syntax));
  } else {
    CRATE_TRY(crate_rdf_read(job->graph, syntax, what->name, what->options.base,
                             what->bytes));
  }
  CRATE_TRY(crate_graph_index(job->graph));
  CRATE_TRY(what->mapping.text.data
              ? crate_job_map(job, &what->mapping, what->lossless)
              : CRATE_OK);
  return crate_job_speak(job);
}

CrateStatus
crate_job_read_graph(CrateJob *job)
{
  CrateSyntax syntax;
  CRATE_TRY(crate_job_find_syntax(job, &syntax));
  CRATE_TRY(find_library(job));
  return read_rdf(job, syntax);
}

CrateStatus
crate_job_read_document(CrateJob *job)
{
  CrateSyntax syntax;
  CRATE_TRY(crate_job_find_syntax(job, &syntax));
  CRATE_TRY(find_library(job));
  if (is_json(syntax) && !job->what->mapping.text.data &&
      !job->what->vocabulary) {
    return read_json(job, syntax, false);
  }
  CRATE_TRY(read_rdf(job, syntax));
  job->document.name = job->what->name;
  return crate_jsonld_from_graph(job->world, job->graph, &job->options,
                                 &job->arena, &job->document.root);
}

void
crate_job_clear(CrateJob *job)
{
  CrateTerms *const terms = job->graph ? crate_graph_terms(job->graph) : NULL;
  crate_job_clear_guests(job);
  crate_graph_free(job->graph);
  crate_terms_free(terms);
  crate_json_clear(&job->document);
  crate_arena_clear(&job->arena);
  crate_world_release(job->world, job->page);
  if (!job->what->library) {
    crate_library_free(job->library);
  }
}
