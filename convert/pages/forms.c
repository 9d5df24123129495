// SPDX-License-Identifier: Apache-2.0
// The formats for people: from any document to a book and its provenance.
#include "convert/convert.h"
#include "convert/pages/card.h"
#include "convert/pages/drawing.h"
#include "convert/pages/html.h"
#include "convert/pages/text.h"
#include <cratekit/view.h>

/// What these formats are made from.
typedef struct Material {
  CrateBook book;
  CrateJsonDocument reshaped; ///< Where the document is not read as it is.
  CrateProvenance provenance;
  CrateArena arena;
  CrateText base;
} Material;

/// JSON-LD keeps its relative names whatever folder it lies in, and so the
/// same bytes come of it everywhere.
static CrateStatus
read_graph(CrateJob *job, Material *material)
{
  material->base = job->options.base;
  if (job->graph) {
    return CRATE_OK; // the input was RDF
  }
  CrateJsonldOptions options = job->options;
  CrateTerms *terms;
  options.base = CRATE_TEXT(CRATE_VIEW_DOCUMENT);
  options.keep_malformed_iris = true;
  material->base = options.base;
  CRATE_TRY(crate_terms_new(job->world, &terms));
  const CrateStatus status = crate_graph_new(job->world, terms, &job->graph);
  if (status) {
    crate_terms_free(terms);
    return status;
  }
  CRATE_TRY(
    crate_jsonld_read(&job->document, job->library, &options, job->graph));
  return crate_graph_index(job->graph);
}

/// The document as it is, or flattened and compacted where only that shows
/// its entities.
static CrateStatus
read_book(CrateJob *job, Material *material)
{
  const bool is_json = !job->graph;
  if (is_json) {
    CRATE_TRY(
      crate_book_read(&job->document, job->library, false, &material->book));
    if (!material->book.is_involved) {
      return CRATE_OK;
    }
    crate_book_clear(&material->book);
  }
  CrateJson *root = NULL;
  material->book = (CrateBook){.world = NULL};
  CRATE_TRY(crate_job_reshape(job, &root));
  material->reshaped = (CrateJsonDocument){
    .world = job->world, .name = job->what->name, .root = root};
  return crate_book_read(&material->reshaped, job->library, true,
                         &material->book);
}

/// Nodes link to sections of a page, or to what they are.
static void
link_nodes(Material *material, bool to_sections)
{
  for (size_t i = 0; i < material->provenance.node_count; ++i) {
    CrateProvenanceNode *const node = &material->provenance.nodes[i];
    const uint32_t entry =
      to_sections ? crate_book_find(&material->book, node->id) : CRATE_NO_ENTRY;
    if (entry == CRATE_NO_ENTRY) {
      node->href =
        crate_page_is_link(node->id) ? node->id : (CrateText){NULL, 0};
      continue;
    }
    const CrateText parts[] = {CRATE_TEXT("#"),
                               material->book.entries[entry].anchor};
    if (crate_arena_join(&material->arena, parts, 2, &node->href)) {
      node->href = (CrateText){NULL, 0}; // no memory is said soon enough
    }
  }
}

static CrateStatus
gather(CrateJob *job, Material *material, bool with_book)
{
  *material = (Material){.book = {.world = NULL}};
  crate_arena_init(&material->arena, job->world);
  CRATE_TRY(with_book ? read_book(job, material) : CRATE_OK);
  CRATE_TRY(read_graph(job, material));
  CRATE_TRY(crate_provenance_find(job->graph, material->base, &material->arena,
                                  &material->provenance));
  link_nodes(material, with_book);
  return CRATE_OK;
}

static void
clear(Material *material)
{
  crate_book_clear(&material->book);
  crate_arena_clear(&material->arena);
}

CrateStatus
crate_job_html(CrateJob *job)
{
  Material material;
  CrateStatus status = gather(job, &material, true);
  if (!status) {
    const CratePage page = {job->buffer, &material.book, &material.provenance};
    status = crate_page_write(&page);
  }
  clear(&material);
  return status;
}

CrateStatus
crate_job_markdown(CrateJob *job)
{
  Material material;
  CrateStatus status = gather(job, &material, true);
  status = status ? status
                  : crate_card_write(job->buffer, &material.book,
                                     &material.provenance);
  clear(&material);
  return status;
}

/// An empty drawing is no mistake, but hardly what somebody hoped for.
static void
note_nothing(const CrateJob *job, const Material *material)
{
  if (!material->provenance.node_count) {
    const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                   .file = job->what->name,
                                   .code = CRATE_TEXT("no-provenance")};
    crate_world_say(job->world, CRATE_OK, &place,
                    "neither actions nor statements of PROV-O: there is "
                    "nothing to draw");
  }
}

CrateStatus
crate_job_dot(CrateJob *job)
{
  Material material;
  const CrateStatus status = gather(job, &material, false);
  if (!status) {
    note_nothing(job, &material);
    crate_provenance_dot(job->buffer, &material.provenance);
  }
  clear(&material);
  return status;
}

/// A drawing leaves out what no eye could follow, and says so.
CrateStatus
crate_job_svg(CrateJob *job)
{
  Material material;
  CrateStatus status = gather(job, &material, false);
  if (!status) {
    note_nothing(job, &material);
    crate_provenance_cut(&material.provenance, CRATE_DRAWING_NODES);
    if (material.provenance.left_out) {
      const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                     .file = job->what->name,
                                     .code = CRATE_TEXT("drawing-cut")};
      crate_world_say(job->world, CRATE_OK, &place,
                      "the first %u things are drawn, %zu are left out; dot "
                      "has all of them",
                      CRATE_DRAWING_NODES, material.provenance.left_out);
    }
    status = crate_provenance_svg(job->buffer, &material.provenance, true);
  }
  clear(&material);
  return status;
}
