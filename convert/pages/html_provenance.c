// SPDX-License-Identifier: Apache-2.0
// What came from what: a drawing, and the same in words.
#include "convert/pages/drawing.h"
#include "convert/pages/html.h"
#include "convert/pages/text.h"

/// Which relations stand in which column of the table of activities.
static const struct {
  const char *label;
  unsigned column;
  bool inwards; ///< The activity is what the arrow points to.
} columns[] = {
  {"used", 0, false},          {"instrument", 1, false},
  {"hadPlan", 1, false},       {"wasAssociatedWith", 2, false},
  {"wasGeneratedBy", 3, true},
};

enum { COLUMNS = 4 };
static const char *const titles[COLUMNS] = {"Used", "With", "By", "Made"};

/// A node's name, linked to its section where it has one.
static void
write_node(const CratePage *page, uint32_t index)
{
  const CrateProvenanceNode *const node = &page->provenance->nodes[index];
  if (node->href.size) {
    crate_buffer_add_string(page->buffer, "<a href=\"");
    crate_page_href(page->buffer, node->href);
    crate_buffer_add_string(page->buffer, "\">");
  }
  crate_page_name(page->buffer, node->name);
  crate_buffer_add_string(page->buffer, node->href.size ? "</a>" : "");
}

/// The column of an edge of an activity, or COLUMNS for none.
static unsigned
column_of(const CrateProvenance *provenance, const CrateProvenanceEdge *edge)
{
  for (size_t i = 0; i < sizeof columns / sizeof *columns; ++i) {
    const uint32_t activity = columns[i].inwards ? edge->to : edge->from;
    if (!strcmp(edge->label, columns[i].label) &&
        provenance->nodes[activity].kind == CRATE_PROVENANCE_ACTIVITY) {
      return columns[i].column;
    }
  }
  return COLUMNS;
}

/// One cell: the other ends of the edges that belong there, so many.
static void
write_cell(const CratePage *page,
           uint32_t activity,
           uint32_t from,
           const CrateProvenanceEnds *in,
           unsigned column)
{
  const CrateProvenance *const provenance = page->provenance;
  size_t written = 0;
  crate_buffer_print(page->buffer, "<td data-name=\"%s\">", titles[column]);
  for (uint32_t i = from; i < provenance->edge_count &&
                          provenance->edges[i].from == activity && column < 3u;
       ++i) {
    if (column_of(provenance, &provenance->edges[i]) == column &&
        written < CRATE_PAGE_VALUES) {
      crate_buffer_add_string(page->buffer, written++ ? ", " : "");
      write_node(page, provenance->edges[i].to);
    }
  }
  for (uint32_t i = in->first[activity];
       column == 3u && i < in->first[activity + 1u]; ++i) {
    const CrateProvenanceEdge *const edge = &provenance->edges[in->all[i]];
    if (column_of(provenance, edge) == column && written < CRATE_PAGE_VALUES) {
      crate_buffer_add_string(page->buffer, written++ ? ", " : "");
      write_node(page, edge->from);
    }
  }
  crate_buffer_add_string(page->buffer, "</td>");
}

static void
write_activities(const CratePage *page, const CrateProvenanceEnds *in)
{
  CrateBuffer *const buffer = page->buffer;
  const CrateProvenance *const provenance = page->provenance;
  uint32_t edge = 0;
  size_t written = 0;
  crate_buffer_add_string(
    buffer, "<table class=\"cards\">\n<caption>What was done</caption>\n"
            "<thead><tr><th scope=\"col\">Activity</th>");
  for (unsigned i = 0; i < COLUMNS; ++i) {
    crate_buffer_print(buffer, "<th scope=\"col\">%s</th>", titles[i]);
  }
  crate_buffer_add_string(buffer, "</tr></thead>\n<tbody>\n");
  for (uint32_t i = 0; i < provenance->node_count; ++i) {
    while (edge < provenance->edge_count && provenance->edges[edge].from < i) {
      ++edge;
    }
    if (provenance->nodes[i].kind != CRATE_PROVENANCE_ACTIVITY ||
        written++ >= CRATE_PAGE_ROWS) {
      continue;
    }
    crate_buffer_add_string(buffer, "<tr><th scope=\"row\">");
    write_node(page, i);
    crate_buffer_add_string(buffer, "</th>");
    for (unsigned column = 0; column < COLUMNS; ++column) {
      write_cell(page, i, edge, in, column);
    }
    crate_buffer_add_string(buffer, "</tr>\n");
    crate_buffer_drain(buffer);
  }
  crate_buffer_add_string(buffer, "</tbody>\n</table>\n");
}

/// Relations that no column has.
static void
write_others(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  const CrateProvenance *const provenance = page->provenance;
  size_t written = 0;
  for (size_t i = 0; i < provenance->edge_count; ++i) {
    const CrateProvenanceEdge *const edge = &provenance->edges[i];
    if (column_of(provenance, edge) < COLUMNS || written >= CRATE_PAGE_ROWS) {
      continue;
    }
    crate_buffer_add_string(
      buffer, written++ ? "<li>" : "<h3>Other relations</h3>\n<ul>\n<li>");
    write_node(page, edge->from);
    crate_buffer_print(buffer, " %s ", edge->label);
    write_node(page, edge->to);
    crate_buffer_add_string(buffer, "</li>\n");
    crate_buffer_drain(buffer);
  }
  crate_buffer_add_string(buffer, written ? "</ul>\n" : "");
}

static CrateStatus
write_figure(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  CrateProvenance drawn = *page->provenance;
  CrateArena arena;
  crate_arena_init(&arena, page->book->world);
  const size_t size = (drawn.edge_count + 1u) * sizeof *drawn.edges;
  drawn.edges = crate_arena_allocate(&arena, size);
  CrateStatus status = drawn.edges ? CRATE_OK : crate_arena_status(&arena);
  if (!status) {
    memcpy(drawn.edges, page->provenance->edges, size - sizeof *drawn.edges);
    crate_provenance_cut(&drawn, CRATE_PAGE_NODES);
    crate_buffer_add_string(
      buffer, "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
              "aria-label=\"Drawing of the provenance\">\n");
    status = crate_provenance_svg(buffer, &drawn, false);
    crate_buffer_add_string(
      buffer, "</div>\n<figcaption>Arrows point back to where something came "
              "from. <span class=\"key e\">things</span> <span class=\"key "
              "a\">what was done</span> <span class=\"key g\">people and "
              "programs</span> The table says the same in words.");
    if (drawn.left_out) {
      crate_buffer_print(buffer, " %zu more things are not drawn.",
                         drawn.left_out);
    }
    crate_buffer_add_string(buffer, "</figcaption>\n</figure>\n");
  }
  crate_arena_clear(&arena);
  return status;
}

CrateStatus
crate_page_provenance(const CratePage *page)
{
  CrateArena arena;
  CrateProvenanceEnds in;
  if (!page->provenance->node_count) {
    return CRATE_OK;
  }
  crate_buffer_add_string(page->buffer,
                          "<section aria-labelledby=\"provenance\">\n"
                          "<h2 id=\"provenance\">Provenance</h2>\n");
  CRATE_TRY(write_figure(page));
  crate_arena_init(&arena, page->book->world);
  const CrateStatus status =
    crate_provenance_ends(page->provenance, &arena, &in);
  if (!status) {
    write_activities(page, &in);
    write_others(page);
    crate_buffer_add_string(page->buffer, "</section>\n");
  }
  crate_arena_clear(&arena);
  return status;
}
