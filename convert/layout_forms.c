// SPDX-License-Identifier: Apache-2.0
// Documents that are no RDF, by way of the graph that a layout makes of them.
#include "base/bundle.h"
#include "convert/mapping.h"
#include "convert/tree/layout.h"
#include <stdio.h>

typedef enum { FORM_JSON, FORM_YAML, FORM_FRONT_MATTER, FORM_XML } Form;

/// A kind of document: its name as a syntax and as a format, its layout.
typedef struct {
  const char *name, *layout;
  Form form;
} Kind;

static const Kind kinds[] = {
  {"cff", "mapping/cff.layout", FORM_YAML},
  {"datacite-json", "mapping/datacite-json.layout", FORM_JSON},
  {"datacite-xml", "mapping/datacite-xml.layout", FORM_XML},
  {"model-card", "mapping/model-card.layout", FORM_FRONT_MATTER},
};

#define KIND_COUNT (sizeof(kinds) / sizeof(*kinds))

static const Kind *
find_kind(CrateSyntax syntax)
{
  for (size_t i = 0; i < KIND_COUNT; ++i) {
    if (crate_syntax_named(crate_text(kinds[i].name)) == syntax) {
      return &kinds[i];
    }
  }
  return NULL;
}

bool
crate_job_has_layout(CrateSyntax syntax)
{
  return syntax && find_kind(syntax);
}

static CrateStatus
open_layout(const CrateJob *job, const Kind *kind, CrateLayout *layout)
{
  const CrateText name = crate_text(kind->layout);
  return crate_layout_read(layout, job->world, crate_graph_terms(job->graph),
                           name, crate_bundle_find(name));
}

/// Add what a tree says to the job's graph.
static CrateStatus
lift(const CrateJob *job, const CrateLayout *layout, const CrateTree *tree)
{
  return crate_layout_lift(layout, tree, job->what->name, job->what->bytes,
                           job->graph);
}

static CrateStatus
read_json(CrateJob *job, const CrateLayout *layout)
{
  CrateTree *tree = NULL;
  CRATE_TRY(crate_json_read(job->world, job->what->name, job->what->bytes,
                            &job->document));
  CRATE_TRY(crate_tree_from_json(&job->document, &job->arena, &tree));
  return lift(job, layout, tree);
}

static CrateStatus
read_yaml(CrateJob *job, const CrateLayout *layout)
{
  CrateTree *tree = NULL;
  CRATE_TRY(crate_tree_read_yaml(job->world, job->what->name, job->what->bytes,
                                 &job->arena, &tree));
  return lift(job, layout, tree);
}

static CrateStatus
lift_xml(CrateJob *job,
         const CrateLayout *layout,
         const CrateXmlDocument *document)
{
  CrateTree *tree = NULL;
  CRATE_TRY(crate_tree_from_xml(document, &job->arena, &tree));
  if (!crate_text_equal(tree->key, layout->root_key)) {
    char what[64];
    snprintf(what, sizeof(what), "an element <%.*s>",
             CRATE_TEXT_ARG(layout->root_key));
    return crate_xml_expected(document, tree->origin, "invalid-xml", what);
  }
  return lift(job, layout, tree);
}

static CrateStatus
read_xml(CrateJob *job, const CrateLayout *layout)
{
  CrateXmlDocument document;
  CrateStatus status =
    crate_xml_read(job->world, job->what->name, job->what->bytes, &document);
  status = status ? status : lift_xml(job, layout, &document);
  crate_xml_clear(&document);
  return status;
}

CrateStatus
crate_job_read_layout(CrateJob *job, CrateSyntax syntax)
{
  static CrateStatus (*const readers[])(CrateJob *, const CrateLayout *) = {
    [FORM_JSON] = read_json,
    [FORM_YAML] = read_yaml,
    [FORM_FRONT_MATTER] = read_yaml,
    [FORM_XML] = read_xml,
  };
  const Kind *const kind = find_kind(syntax);
  CrateLayout layout;
  CrateStatus status = open_layout(job, kind, &layout);
  status = status ? status : readers[kind->form](job, &layout);
  crate_layout_clear(&layout);
  return status;
}

static CrateStatus
write_tree(const CrateJob *job, Form form, const CrateTree *tree)
{
  const char *const fence = form == FORM_FRONT_MATTER ? "---\n" : "";
  switch (form) {
    case FORM_JSON:
      crate_tree_write_json(job->buffer, tree);
      return CRATE_OK;
    case FORM_XML:
      return crate_tree_write_xml(job->buffer, job->what->name, tree);
    default:
      crate_buffer_add_string(job->buffer, fence);
      CRATE_TRY(crate_tree_write_yaml(job->buffer, tree));
      crate_buffer_add_string(job->buffer, fence);
      return CRATE_OK;
  }
}

/// Tell what the document has no place for.
static void
warn(const CrateJob *job, const bool *written)
{
  const size_t size = crate_graph_size(job->graph);
  size_t count = 0;
  const CrateQuad *first = NULL;
  for (size_t i = 0; i < size; ++i) {
    if (!written[i]) {
      first = first ? first : &crate_graph_quads(job->graph)[i];
      ++count;
    }
  }
  if (count) {
    const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                   .file = job->what->name,
                                   .code = CRATE_TEXT("not-carried")};
    const CrateTermInfo info =
      crate_terms_info(crate_graph_terms(job->graph), first->predicate);
    (void)crate_world_say(
      job->world, CRATE_OK, &place,
      "%zu statement%s no place in %s, one of them of <%.*s>", count,
      count == 1 ? " has" : "s have", job->format->name,
      CRATE_TEXT_ARG(info.text));
  }
}

static CrateStatus
say_nothing_to_write(const CrateJob *job, const CrateLayout *layout)
{
  const CrateDiagnostic place = {.file = job->what->name,
                                 .code = CRATE_TEXT("no-root")};
  const CrateTermInfo info =
    crate_terms_info(crate_graph_terms(job->graph), layout->root_type);
  return crate_world_say(job->world, CRATE_NOT_FOUND, &place,
                         "nothing in it is a <%.*s>, of which %s is made",
                         CRATE_TEXT_ARG(info.text), job->format->name);
}

static CrateStatus
write_layout(CrateJob *job, const Kind *kind, const CrateLayout *layout)
{
  CrateTree *tree = NULL;
  bool *const written = (bool *)crate_arena_array(
    &job->arena, crate_graph_size(job->graph) + 1, sizeof(bool));
  if (!written) {
    return crate_arena_status(&job->arena);
  }
  const CrateStatus status = crate_layout_lower(
    layout, job->what->name, job->graph, &job->arena, written, &tree);
  if (status) {
    return status == CRATE_NOT_FOUND ? say_nothing_to_write(job, layout)
                                     : status;
  }
  if (job->what->losses) {
    CRATE_TRY(crate_job_report_losses(job, job->graph, written));
  } else {
    warn(job, written);
  }
  return write_tree(job, kind->form, tree);
}

CrateStatus
crate_job_layout(CrateJob *job)
{
  const Kind *kind = kinds;
  while (!crate_text_is(crate_text(kind->name), job->format->name)) {
    ++kind;
  }
  CrateLayout layout;
  CrateStatus status = open_layout(job, kind, &layout);
  status = status ? status : write_layout(job, kind, &layout);
  crate_layout_clear(&layout);
  return status;
}
