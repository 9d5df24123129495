// SPDX-License-Identifier: Apache-2.0
#include "convert/pages/drawing.h"
#include "convert/pages/layout.h"
#include "convert/pages/text.h"

/// In pixels. A label has two lines of so many columns.
enum {
  WIDTH = 176,
  HEIGHT = 46,
  COLUMNS = 22,
  GAP = 112, ///< Between layers: room for an edge's label.
  STEP = WIDTH + GAP,
  ROW = HEIGHT + 22,
  BEND = 18,
  MARGIN = 12,
  MOST_LABELS = 120, ///< Of edges: more would hide the drawing.
};

static const char *const classes[] = {"p-entity", "p-activity", "p-agent"};

/// The same rules are in page.css.
#define STYLE                                                                  \
  "<style>"                                                                    \
  "svg{font:12px system-ui,sans-serif;background:#fff}"                        \
  ".p-entity{fill:#fffc87}.p-activity{fill:#9fb1fc}.p-agent{fill:#fed37f}"     \
  ".p-shape{stroke:#555}.p-name{fill:#111;text-anchor:middle}"                 \
  ".p-edge{fill:none;stroke:#666;stroke-width:1.2}.p-head{fill:#666}"          \
  ".p-label{fill:#444;font-size:10px;text-anchor:middle;paint-order:stroke;"   \
  "stroke:#fff;stroke-width:3px}"                                              \
  "a:focus .p-shape,a:hover .p-shape{stroke-width:3}"                          \
  "</style>"

typedef struct Canvas {
  CrateBuffer *buffer;
  const CrateProvenance *provenance;
  const CrateLayoutEdge *edges;
  CrateLayout layout;
} Canvas;

typedef struct Point {
  int x, y;
} Point;

static Point
middle_of(CrateLayoutPoint point)
{
  return (Point){MARGIN + WIDTH / 2 + (int)point.layer * STEP,
                 MARGIN + HEIGHT / 2 + point.y};
}

/// Up to two lines in the middle of a node.
static void
add_label(CrateBuffer *buffer, CrateText name, Point at)
{
  CrateText rest = crate_text_cut(name, CRATE_PAGE_NAME);
  const CrateText first = crate_text_next_line(&rest, COLUMNS);
  const CrateText second = crate_text_next_line(&rest, COLUMNS - 1u);
  const CrateText lines[] = {first, second};
  for (int i = 0; i < 2 && lines[i].size; ++i) {
    crate_buffer_print(buffer, "<text class=\"p-name\" x=\"%d\" y=\"%d\">",
                       at.x, at.y + 4 + (second.size ? i * 15 - 7 : 0));
    crate_page_name(buffer, lines[i]);
    if (i && rest.size) {
      crate_buffer_add_string(buffer, "\xE2\x80\xA6");
    }
    crate_buffer_add_string(buffer, "</text>");
  }
}

static void
add_shape(CrateBuffer *buffer, CrateProvenanceKind kind, Point at)
{
  const int left = at.x - WIDTH / 2;
  const int top = at.y - HEIGHT / 2;
  if (kind == CRATE_PROVENANCE_AGENT) {
    crate_buffer_print(buffer,
                       "<path class=\"p-shape %s\" d=\"M%d %d v-%d l%d -%d "
                       "l%d %d v%d z\"/>",
                       classes[kind], left, top + HEIGHT, HEIGHT - 8, WIDTH / 2,
                       8, WIDTH / 2, 8, HEIGHT - 8);
    return;
  }
  crate_buffer_print(
    buffer,
    "<rect class=\"p-shape %s\" x=\"%d\" y=\"%d\" width=\"%d\" "
    "height=\"%d\" rx=\"%d\"/>",
    classes[kind], left, top, WIDTH, HEIGHT,
    kind == CRATE_PROVENANCE_ENTITY ? HEIGHT / 2 : 2);
}

/// A node, a link where there is somewhere to go.
static void
add_node(const Canvas *canvas, size_t index)
{
  CrateBuffer *const buffer = canvas->buffer;
  const CrateProvenanceNode *const node = &canvas->provenance->nodes[index];
  const bool links = node->href.size && (node->href.data[0] == '#' ||
                                         crate_page_is_link(node->href));
  const Point at = middle_of(canvas->layout.nodes[index]);
  if (links) {
    crate_buffer_add_string(buffer, "<a href=\"");
    crate_page_href(buffer, node->href);
    crate_buffer_add_string(buffer, "\">");
  } else {
    crate_buffer_add_string(buffer, "<g>");
  }
  crate_buffer_print(buffer,
                     "<title>%s: ", crate_provenance_kind_name(node->kind));
  crate_page_name(buffer, node->name);
  if (!crate_text_equal(node->name, node->id)) {
    crate_buffer_add_string(buffer, " (");
    crate_page_name(buffer, node->id);
    crate_buffer_add_byte(buffer, ')');
  }
  crate_buffer_add_string(buffer, "</title>");
  add_shape(buffer, node->kind, at);
  add_label(buffer, node->name, at);
  crate_buffer_add_string(buffer, links ? "</a>\n" : "</g>\n");
}

/// The points of an edge from its tail to its head, one after the other.
static Point
point_of(const Canvas *canvas, size_t index, uint32_t i)
{
  const CrateProvenanceEdge *const edge = &canvas->provenance->edges[index];
  const CrateLayoutEdge *const way = &canvas->edges[index];
  const CrateLayoutPoint *const nodes = canvas->layout.nodes;
  if (!i || i > way->count) {
    return middle_of(nodes[i ? edge->to : edge->from]);
  }
  // Bends are from left to right, whichever way the arrow points.
  const bool leftwards = nodes[edge->to].layer < nodes[edge->from].layer;
  const uint32_t bend = leftwards ? way->count - i : i - 1u;
  return middle_of(canvas->layout.bends[way->first + bend]);
}

/// From node to node a curve through the room between two layers, and level
/// past what stands in a layer.
static void
add_curve(const Canvas *canvas, size_t index, int side)
{
  CrateBuffer *const buffer = canvas->buffer;
  const uint32_t count = canvas->edges[index].count;
  Point last = point_of(canvas, index, 0);
  crate_buffer_print(buffer, "<path class=\"p-edge\" d=\"M%d %d", last.x + side,
                     last.y);
  for (uint32_t i = 1; i <= count + 1u; ++i) {
    const Point next = point_of(canvas, index, i);
    const int middle = (last.x + next.x) / 2;
    crate_buffer_print(buffer, " C%d %d %d %d %d %d", middle, last.y, middle,
                       next.y, next.x - side, next.y);
    if (i <= count) {
      crate_buffer_print(buffer, " H%d", next.x + side);
    }
    last = next;
  }
  crate_buffer_print(buffer,
                     "\"/><path class=\"p-head\" d=\"M%d %d l%d -4 v8 z\"/>",
                     last.x - side, last.y, side < 0 ? 8 : -8);
}

static void
add_edge(const Canvas *canvas, size_t index)
{
  const CrateProvenanceEdge *const edge = &canvas->provenance->edges[index];
  if (edge->from == edge->to) {
    return; // the list beside the drawing has it
  }
  const Point tail = point_of(canvas, index, 0);
  const Point next = point_of(canvas, index, 1);
  const int side = next.x < tail.x ? -(WIDTH / 2) : WIDTH / 2;
  add_curve(canvas, index, side);
  if (canvas->provenance->edge_count <= MOST_LABELS) {
    crate_buffer_print(canvas->buffer,
                       "<text class=\"p-label\" x=\"%d\" y=\"%d\">%s</text>",
                       tail.x + side + (side < 0 ? -GAP : GAP) / 2,
                       (tail.y + next.y) / 2 - 3, edge->label);
  }
  crate_buffer_add_byte(canvas->buffer, '\n');
}

/// Origins stand on the left, so an edge leads from right to left.
static CrateStatus
lay_out(Canvas *canvas, CrateArena *arena)
{
  const CrateProvenance *const provenance = canvas->provenance;
  const CrateLayoutSpacing spacing = {ROW, BEND};
  CrateLayoutEdge *const edges =
    crate_arena_array(arena, provenance->edge_count + 1u, sizeof *edges);
  if (!edges) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < provenance->edge_count; ++i) {
    edges[i].left = provenance->edges[i].to;
    edges[i].right = provenance->edges[i].from;
  }
  canvas->edges = edges;
  return crate_layout_make(arena, provenance->node_count, edges,
                           provenance->edge_count, spacing, &canvas->layout);
}

static void
draw(const Canvas *canvas, bool alone)
{
  CrateBuffer *const buffer = canvas->buffer;
  const CrateProvenance *const provenance = canvas->provenance;
  const uint32_t layers =
    canvas->layout.layer_count ? canvas->layout.layer_count : 1u;
  const int width = 2 * MARGIN + WIDTH + ((int)layers - 1) * STEP;
  const int height = 2 * MARGIN + HEIGHT + canvas->layout.height;
  crate_buffer_print(
    buffer,
    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" "
    "aria-label=\"Provenance: %zu things, %zu relations\" width=\"%d\" "
    "height=\"%d\" viewBox=\"0 0 %d %d\">\n",
    provenance->node_count, provenance->edge_count, width, height, width,
    height);
  crate_buffer_add_string(buffer, alone ? STYLE "\n" : "");
  for (size_t i = 0; i < provenance->edge_count; ++i) {
    add_edge(canvas, i);
  }
  for (size_t i = 0; i < provenance->node_count; ++i) {
    add_node(canvas, i);
    crate_buffer_drain(buffer);
  }
  crate_buffer_add_string(buffer, "</svg>\n");
}

CrateStatus
crate_provenance_svg(CrateBuffer *buffer,
                     const CrateProvenance *provenance,
                     bool alone)
{
  CrateArena arena;
  Canvas canvas = {.buffer = buffer, .provenance = provenance};
  crate_arena_init(&arena, buffer->world);
  const CrateStatus status = lay_out(&canvas, &arena);
  if (!status) {
    crate_buffer_add_string(
      buffer, alone ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" : "");
    draw(&canvas, alone);
  }
  crate_arena_clear(&arena);
  return status;
}
