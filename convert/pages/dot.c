// SPDX-License-Identifier: Apache-2.0
#include "base/terminal.h"
#include "convert/pages/drawing.h"
#include "convert/pages/text.h"

static const char *const shapes[] = {
  "shape=ellipse fillcolor=\"#fffc87\"",
  "shape=box fillcolor=\"#9fb1fc\"",
  "shape=house fillcolor=\"#fed37f\"",
};

/// The inside of a quoted string: Graphviz reads escapes and character
/// references in it.
static void
add_quoted(CrateBuffer *buffer, CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (text.data[i] == '&') {
      crate_buffer_add_string(buffer, "&amp;");
      continue;
    }
    if (text.data[i] == '"' || text.data[i] == '\\') {
      crate_buffer_add_byte(buffer, '\\');
    }
    crate_buffer_add_byte(buffer, text.data[i]);
  }
}

/// A text of a stranger: controls are shown, never obeyed.
static void
add_tamed(CrateBuffer *buffer, CrateText text)
{
  CrateBuffer tamed;
  crate_buffer_init(&tamed, buffer->world);
  crate_terminal_escape(&tamed, text);
  add_quoted(buffer, crate_buffer_text(&tamed));
  if (crate_buffer_status(&tamed) && !buffer->status) {
    buffer->status = crate_buffer_status(&tamed);
  }
  crate_buffer_clear(&tamed);
}

/// A label in lines.
static void
add_label(CrateBuffer *buffer, CrateText text)
{
  CrateText rest = crate_text_cut(text, CRATE_PAGE_NAME);
  const bool whole = rest.size == text.size;
  bool first = true;
  do {
    if (!first) {
      crate_buffer_add_string(buffer, "\\n");
    }
    add_tamed(buffer, crate_text_next_line(&rest, 28));
    first = false;
  } while (rest.size);
  if (!whole) {
    crate_buffer_add_string(buffer, "\xE2\x80\xA6");
  }
}

static void
add_node(CrateBuffer *buffer, const CrateProvenanceNode *node, size_t index)
{
  crate_buffer_print(buffer, "  n%zu [%s label=\"", index, shapes[node->kind]);
  add_label(buffer, node->name);
  crate_buffer_add_string(buffer, "\" tooltip=\"");
  add_tamed(buffer, crate_text_cut(node->id, CRATE_PAGE_NAME));
  if (crate_page_is_link(node->href)) {
    crate_buffer_add_string(buffer, "\" URL=\"");
    crate_page_href(buffer, node->href); // its & as &amp;, as it is to be
  }
  crate_buffer_add_string(buffer, "\"];\n");
}

void
crate_provenance_dot(CrateBuffer *buffer, const CrateProvenance *provenance)
{
  crate_buffer_add_string(
    buffer, "digraph provenance {\n"
            "  graph [rankdir=RL fontname=\"sans-serif\"];\n"
            "  node [style=filled color=\"#555555\" fontname=\"sans-serif\" "
            "fontsize=11];\n"
            "  edge [color=\"#555555\" fontname=\"sans-serif\" fontsize=9];\n");
  for (size_t i = 0; i < provenance->node_count; ++i) {
    add_node(buffer, &provenance->nodes[i], i);
    crate_buffer_drain(buffer);
  }
  for (size_t i = 0; i < provenance->edge_count; ++i) {
    const CrateProvenanceEdge *const edge = &provenance->edges[i];
    crate_buffer_print(buffer, "  n%u -> n%u [label=\"%s\"];\n",
                       (unsigned)edge->from, (unsigned)edge->to, edge->label);
    crate_buffer_drain(buffer);
  }
  crate_buffer_add_string(buffer, "}\n");
}
