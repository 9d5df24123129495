// SPDX-License-Identifier: Apache-2.0
// From a document to a graph, by a layout.
#include "convert/tree/layout.h"
#include "rdf/names.h"
#include <cratekit/iri.h>

typedef struct {
  const CrateLayout *layout;
  CrateGraph *graph;
  CrateTerms *terms;
  const CrateWorld *world;
  CrateJsonDocument document; ///< To find lines in.
} Lift;

#define MOST_LANGUAGES 4u

typedef struct {
  CrateTerm property;
  CrateText tag;
} Language;

/// Of the values of one node.
typedef struct {
  Language items[MOST_LANGUAGES];
  uint32_t count;
} Languages;

static CrateStatus lift_children(Lift *lift,
                                 uint32_t first,
                                 uint32_t end,
                                 const CrateTree *node,
                                 CrateTerm subject);

/// The row of a key among those of one level; `end` when there is none.
static uint32_t
find_row(const Lift *lift, uint32_t first, uint32_t end, CrateText key)
{
  const CrateLayoutRow *const rows = lift->layout->rows;
  while (first < end && !crate_text_equal(rows[first].key, key)) {
    first = rows[first].end;
  }
  return first < end ? first : end;
}

static CrateDiagnostic
place_of(const Lift *lift, const CrateTree *tree, CrateText code)
{
  const CratePlace at = crate_json_place(&lift->document, tree->origin);
  return (CrateDiagnostic){.file = lift->document.name,
                           .line = at.line,
                           .column = at.column,
                           .code = code};
}

static void
warn(const Lift *lift, const CrateTree *tree, const char *what)
{
  CrateDiagnostic place = place_of(lift, tree, CRATE_TEXT("not-carried"));
  place.level = CRATE_DIAGNOSTIC_WARNING;
  (void)crate_world_say(lift->world, CRATE_OK, &place, "\"%.*s\" %s",
                        CRATE_TEXT_ARG(crate_text_slice(tree->key, 0, 80)),
                        what);
}

static CrateStatus
expected(const Lift *lift, const CrateTree *tree, const char *what)
{
  const CrateDiagnostic place =
    place_of(lift, tree, CRATE_TEXT("invalid-value"));
  return crate_world_say(lift->world, CRATE_MALFORMED, &place,
                         "expected %s, not \"%.*s\"", what,
                         CRATE_TEXT_ARG(crate_text_slice(tree->text, 0, 80)));
}

static CrateStatus
add(const Lift *lift,
    CrateTerm subject,
    const CrateLayoutRow *row,
    CrateTerm object,
    const CrateTree *tree)
{
  const CrateQuad quad = {subject, row->property, object, CRATE_NO_TERM};
  return crate_graph_add(lift->graph, quad, tree->origin);
}

/// The language tags that a node's children say, each of the values of one
/// property.
static CrateStatus
find_languages(const Lift *lift,
               uint32_t first,
               uint32_t end,
               const CrateTree *node,
               Languages *out)
{
  const CrateLayoutRow *const rows = lift->layout->rows;
  out->count = 0;
  for (uint32_t i = first; i < end && out->count < MOST_LANGUAGES;
       i = rows[i].end) {
    const CrateTree *const tag = rows[i].form == CRATE_LAYOUT_LANGUAGE
                                   ? crate_tree_find(node, rows[i].key)
                                   : NULL;
    if (tag && crate_name_language_span(tag->text) < tag->text.size) {
      return expected(lift, tag, "a language tag, such as en-GB");
    }
    if (tag) {
      out->items[out->count++] = (Language){rows[i].property, tag->text};
    }
  }
  return CRATE_OK;
}

static CrateText
language_of(const Languages *languages, CrateTerm property)
{
  for (uint32_t i = 0; i < languages->count; ++i) {
    if (languages->items[i].property == property) {
      return languages->items[i].tag;
    }
  }
  return (CrateText){NULL, 0};
}

static bool
is_whole(CrateText number)
{
  const size_t start = number.size > 1 && strchr("+-", number.data[0]);
  return crate_tree_digits(number, start) == number.size;
}

static CrateTerm
datatype_of(const CrateLayoutRow *row, const CrateTree *tree)
{
  const bool text = row->form == CRATE_LAYOUT_TEXT;
  return text                               ? CRATE_XSD_STRING
         : tree->kind == CRATE_TREE_BOOLEAN ? CRATE_XSD_BOOLEAN
         : tree->kind != CRATE_TREE_NUMBER  ? CRATE_XSD_STRING
         : is_whole(tree->text)             ? CRATE_XSD_INTEGER
         : memchr(tree->text.data, 'e', tree->text.size) ||
             memchr(tree->text.data, 'E', tree->text.size)
           ? CRATE_XSD_DOUBLE
           : CRATE_XSD_DECIMAL;
}

static CrateStatus
lift_value(Lift *lift,
           const CrateLayoutRow *row,
           const CrateTree *tree,
           const Languages *languages,
           CrateTerm subject)
{
  CrateTerm object = 0;
  const CrateText text = tree->text;
  if (row->form == CRATE_LAYOUT_IRI) {
    if (!crate_iri_is_absolute(text) || crate_name_iri_span(text) < text.size) {
      return expected(lift, tree, "an absolute IRI");
    }
    CRATE_TRY(crate_terms_iri(lift->terms, text, &object));
  } else {
    const CrateText language = language_of(languages, row->property);
    CRATE_TRY(crate_terms_literal(lift->terms, text,
                                  language.size ? 0 : datatype_of(row, tree),
                                  language, &object));
  }
  return add(lift, subject, row, object, tree);
}

/// A node in which nothing is said is none.
static CrateStatus
lift_node(Lift *lift, uint32_t index, const CrateTree *tree, CrateTerm subject)
{
  const CrateLayoutRow *const row = &lift->layout->rows[index];
  if (row->form == CRATE_LAYOUT_PART) {
    return lift_children(lift, index + 1, row->end, tree, subject);
  }
  CrateTerm object = 0;
  const size_t before = crate_graph_size(lift->graph);
  CRATE_TRY(crate_terms_blank(lift->terms, (CrateText){NULL, 0}, &object));
  CRATE_TRY(lift_children(lift, index + 1, row->end, tree, object));
  return crate_graph_size(lift->graph) > before
           ? add(lift, subject, row, object, tree)
           : CRATE_OK;
}

/// What stands beside the text of an element, where the layout has but a text.
static void
warn_beside(const Lift *lift, const CrateTree *tree, const CrateTree *text)
{
  for (const CrateTree *child = tree->first; text && child;
       child = child->next) {
    if (child != text) {
      warn(lift, child, "is not carried, the layout has no row for it");
    }
  }
}

/// A text where the layout has a node: that of an element without attributes,
/// else what its first row says, as a name for somebody with a name.
static CrateStatus
lift_short(Lift *lift, uint32_t index, const CrateTree *tree, CrateTerm subject)
{
  const CrateLayoutRow *const rows = lift->layout->rows;
  const uint32_t end = rows[index].end;
  const uint32_t text = find_row(lift, index + 1, end, CRATE_TEXT("#text"));
  CrateTree only = *tree;
  CrateTree node = {.kind = CRATE_TREE_NODE,
                    .first = &only,
                    .last = &only,
                    .key = tree->key,
                    .origin = tree->origin};
  only.key = rows[text < end ? text : index + 1].key;
  only.next = NULL;
  return lift_node(lift, index, &node, subject);
}

static CrateStatus
lift_child(Lift *lift,
           uint32_t index,
           const CrateTree *tree,
           const Languages *languages,
           CrateTerm subject)
{
  const CrateLayoutRow *const row = &lift->layout->rows[index];
  const bool holds =
    row->form == CRATE_LAYOUT_NODE || row->form == CRATE_LAYOUT_PART;
  const CrateTree *const text = crate_tree_find(tree, CRATE_TEXT("#text"));
  if (row->form == CRATE_LAYOUT_LANGUAGE ||
      row->form == CRATE_LAYOUT_CONSTANT || tree->kind == CRATE_TREE_NULL) {
    return CRATE_OK;
  }
  if (holds) {
    return tree->kind == CRATE_TREE_NODE
             ? lift_node(lift, index, tree, subject)
             : lift_short(lift, index, tree, subject);
  }
  if (tree->kind == CRATE_TREE_NODE && !text) {
    warn(lift, tree, "is no single value");
    return CRATE_OK;
  }
  warn_beside(lift, tree, text);
  return lift_value(lift, row, text ? text : tree, languages, subject);
}

static CrateStatus
lift_children(Lift *lift,
              uint32_t first,
              uint32_t end,
              const CrateTree *node,
              CrateTerm subject)
{
  Languages languages;
  CRATE_TRY(find_languages(lift, first, end, node, &languages));
  for (const CrateTree *child = node->first; child; child = child->next) {
    const uint32_t row = find_row(lift, first, end, child->key);
    if (row == end) {
      warn(lift, child, "is not carried, the layout has no row for it");
    } else {
      CRATE_TRY(lift_child(lift, row, child, &languages, subject));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_layout_lift(const CrateLayout *layout,
                  const CrateTree *root,
                  CrateText name,
                  CrateText bytes,
                  CrateGraph *graph)
{
  Lift lift = {.layout = layout,
               .graph = graph,
               .terms = crate_graph_terms(graph),
               .world = layout->arena.world,
               .document = {.name = name, .bytes = bytes}};
  CrateTerm subject = 0;
  CRATE_TRY(crate_terms_blank(lift.terms, (CrateText){NULL, 0}, &subject));
  const CrateQuad quad = {subject, CRATE_RDF_TYPE, layout->root_type, 0};
  CRATE_TRY(crate_graph_add(graph, quad, root->origin));
  return lift_children(&lift, 0, layout->row_count, root, subject);
}
