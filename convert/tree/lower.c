// SPDX-License-Identifier: Apache-2.0
// From a graph to a document, by a layout. Depth is the layout's.
#include "convert/tree/layout.h"
#include <stdlib.h>

typedef struct {
  const CrateLayout *layout;
  CrateText name; ///< Of the input, for diagnostics.
  const CrateGraph *graph;
  const CrateTerms *terms;
  CrateArena *arena;
  bool *written;
} Lower;

static CrateStatus lower_rows(const Lower *lower,
                              uint32_t first,
                              uint32_t end,
                              CrateTerm subject,
                              CrateTree *parent);

typedef struct {
  const CrateQuad *quad;
  uint32_t origin;
} Place;

static int
compare_places(const void *a, const void *b)
{
  const Place *const x = (const Place *)a;
  const Place *const y = (const Place *)b;
  return x->origin != y->origin ? (x->origin > y->origin ? 1 : -1)
                                : (x->quad > y->quad) - (x->quad < y->quad);
}

/// The values of a property as their document had them.
static CrateStatus
values_of(const Lower *lower,
          CrateTerm subject,
          CrateTerm property,
          Place **out,
          size_t *count)
{
  const CrateQuadRange range =
    crate_graph_values(lower->graph, subject, property);
  Place *const places =
    (Place *)crate_arena_array(lower->arena, range.count + 1, sizeof(Place));
  if (!places) {
    return crate_arena_status(lower->arena);
  }
  for (size_t i = 0; i < range.count; ++i) {
    const CrateQuad *const quad = &range.first[i];
    places[i] = (Place){quad, crate_graph_origin(lower->graph, quad)};
  }
  qsort(places, range.count, sizeof(Place), compare_places);
  *out = places;
  *count = range.count;
  return CRATE_OK;
}

static void
mark(const Lower *lower, const CrateQuad *quad)
{
  if (lower->written) {
    lower->written[quad - crate_graph_quads(lower->graph)] = true;
  }
}

/// XML takes no arrays for an answer; who reads a list always, gets one.
static CrateTree *
add(const Lower *lower,
    CrateTree *parent,
    CrateTreeKind kind,
    const CrateLayoutRow *row,
    CrateText text)
{
  CrateTree *const tree = crate_tree_add(lower->arena, parent, kind, row->key,
                                         text, CRATE_JSON_NOWHERE);
  if (tree) {
    tree->list = row->count == CRATE_LAYOUT_MANY;
  }
  return tree;
}

static bool
is_boolean(CrateText text)
{
  return crate_text_is(text, "true") || crate_text_is(text, "false");
}

static CrateTreeKind
kind_of(const CrateLayoutRow *row, const CrateTermInfo *info)
{
  const CrateTerm type = info->datatype;
  const bool number = type == CRATE_XSD_INTEGER || type == CRATE_XSD_DECIMAL ||
                      type == CRATE_XSD_DOUBLE;
  const bool native =
    row->form == CRATE_LAYOUT_NUMBER || row->form == CRATE_LAYOUT_BOOLEAN;
  return !native                                      ? CRATE_TREE_STRING
         : number && crate_tree_is_number(info->text) ? CRATE_TREE_NUMBER
         : type == CRATE_XSD_BOOLEAN && is_boolean(info->text)
           ? CRATE_TREE_BOOLEAN
           : CRATE_TREE_STRING;
}

static CrateStatus
lower_value(const Lower *lower,
            const CrateLayoutRow *row,
            const CrateQuad *quad,
            CrateTree *parent)
{
  const CrateTermInfo info = crate_terms_info(lower->terms, quad->object);
  if (row->form == CRATE_LAYOUT_COVERED) {
    mark(lower, quad);
    return CRATE_OK;
  }
  if (info.kind == CRATE_TERM_BLANK) {
    return CRATE_OK; // a node where the layout has a value
  }
  mark(lower, quad);
  const bool language = row->form == CRATE_LAYOUT_LANGUAGE;
  if (language && !info.language.size) {
    return CRATE_OK;
  }
  return add(lower, parent, kind_of(row, &info), row,
             language ? info.language : info.text)
           ? CRATE_OK
           : crate_arena_status(lower->arena);
}

/// A node or a part, unless nothing is in it.
static CrateStatus
lower_node(const Lower *lower,
           uint32_t index,
           CrateTerm subject,
           CrateTree *parent)
{
  const CrateLayoutRow *const row = &lower->layout->rows[index];
  CrateTree *const before = parent->last;
  CrateTree *const node =
    add(lower, parent, CRATE_TREE_NODE, row, (CrateText){NULL, 0});
  if (!node) {
    return crate_arena_status(lower->arena);
  }
  CRATE_TRY(lower_rows(lower, index + 1, row->end, subject, node));
  bool said = false;
  for (uint32_t i = index + 1; i < row->end; i = lower->layout->rows[i].end) {
    said |= lower->layout->rows[i].form != CRATE_LAYOUT_CONSTANT &&
            crate_tree_find(node, lower->layout->rows[i].key);
  }
  if (!said) {
    parent->last = before;
    *(before ? &before->next : &parent->first) = NULL;
  }
  return CRATE_OK;
}

/// What has to be there and is not, as the graph says nothing of the kind.
static void
miss(const Lower *lower, const CrateLayoutRow *row)
{
  const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                 .file = lower->name,
                                 .code = CRATE_TEXT("nothing-to-say")};
  (void)crate_world_say(lower->arena->world, CRATE_OK, &place,
                        "\"%.*s\" has to be there, and nothing is known for "
                        "it; add it to the input or to the result",
                        CRATE_TEXT_ARG(row->key));
}

static CrateStatus
lower_property(const Lower *lower,
               uint32_t index,
               CrateTerm subject,
               CrateTree *parent)
{
  const CrateLayoutRow *const row = &lower->layout->rows[index];
  Place *places = NULL;
  size_t count = 0;
  CRATE_TRY(values_of(lower, subject, row->property, &places, &count));
  const CrateTree *const before = parent->last;
  for (size_t i = 0; i < count; ++i) {
    const CrateQuad *const quad = places[i].quad;
    if (row->count == CRATE_LAYOUT_ONE && parent->last != before) {
      return CRATE_OK; // the others are not written
    }
    if (row->form != CRATE_LAYOUT_NODE) {
      CRATE_TRY(lower_value(lower, row, quad, parent));
    } else if (crate_terms_kind(lower->terms, quad->object) !=
               CRATE_TERM_LITERAL) {
      mark(lower, quad);
      CRATE_TRY(lower_node(lower, index, quad->object, parent));
    }
  }
  if (row->required && parent->last == before) {
    miss(lower, row);
  }
  return CRATE_OK;
}

static CrateStatus
lower_rows(const Lower *lower,
           uint32_t first,
           uint32_t end,
           CrateTerm subject,
           CrateTree *parent)
{
  const CrateLayoutRow *const rows = lower->layout->rows;
  for (uint32_t i = first; i < end; i = rows[i].end) {
    if (rows[i].form == CRATE_LAYOUT_CONSTANT) {
      if (!add(lower, parent, CRATE_TREE_STRING, &rows[i], rows[i].constant)) {
        return crate_arena_status(lower->arena);
      }
    } else if (rows[i].form == CRATE_LAYOUT_PART) {
      CRATE_TRY(lower_node(lower, i, subject, parent));
    } else {
      CRATE_TRY(lower_property(lower, i, subject, parent));
    }
  }
  return CRATE_OK;
}

/// The node of the root's class that the document speaks of first.
static const CrateQuad *
find_root(const CrateLayout *layout, const CrateGraph *graph)
{
  const CrateQuadList list =
    crate_graph_towards(graph, CRATE_RDF_TYPE, layout->root_type);
  const CrateQuad *root = NULL;
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    if (!root ||
        crate_graph_origin(graph, quad) < crate_graph_origin(graph, root)) {
      root = quad;
    }
  }
  return root;
}

CrateStatus
crate_layout_lower(const CrateLayout *layout,
                   CrateText name,
                   const CrateGraph *graph,
                   CrateArena *arena,
                   bool *written,
                   CrateTree **out)
{
  const Lower lower = {layout, name,   graph, crate_graph_terms(graph),
                       arena,  written};
  const CrateQuad *const root = find_root(layout, graph);
  if (!root) {
    return CRATE_NOT_FOUND;
  }
  mark(&lower, root);
  *out = crate_tree_add(arena, NULL, CRATE_TREE_NODE, layout->root_key,
                        (CrateText){NULL, 0}, CRATE_JSON_NOWHERE);
  return *out ? lower_rows(&lower, 0, layout->row_count, root->subject, *out)
              : crate_arena_status(arena);
}
