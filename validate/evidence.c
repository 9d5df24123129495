// SPDX-License-Identifier: Apache-2.0
// What meets a rule of a score card: the values that the paths of its shape
// lead to. A rule that is broken has a finding; one that is met has this.
#include "validate/evidence.h"
#include "base/regex.h"
#include "crate/vocabulary.h"

#define SH "http://www.w3.org/ns/shacl#"

/// Most values that are named of one path, nodes that it is followed through,
/// and levels of shapes and paths.
enum { MOST_NAMED = 2, MOST_NODES = 64, MOST_DEEP = 12 };

/// A node that a path led to, and the statement that led there: NULL at its
/// start.
typedef struct {
  CrateTerm node;
  const CrateQuad *quad;
  bool inverse;
} Reached;

typedef struct {
  Reached items[MOST_NODES];
  size_t count;
} Nodes;

/// Follows the paths of shapes through a crate, and writes what it finds.
typedef struct {
  const CrateGraph *shapes;
  const CrateView *view;
  CrateArena arena; // expressions
  CrateMatcher *matcher;
  CrateBuffer *out;
  size_t found;
  size_t others; ///< Nodes like the one that was looked at.
} Search;

static CrateStatus look_at_shape(Search *search,
                                 CrateTerm shape,
                                 const Nodes *focus,
                                 unsigned depth);

static CrateTerm
word(const Search *search, const char *iri)
{
  return crate_terms_find_iri(search->view->terms, crate_text(iri));
}

/// The one value that a shape has of a term of SHACL; or 0.
static CrateTerm
said(const Search *search, CrateTerm shape, const char *iri)
{
  const CrateTerm predicate = word(search, iri);
  return predicate ? crate_graph_object(search->shapes, shape, predicate)
                   : CRATE_NO_TERM;
}

static void
add(Nodes *nodes, Reached reached)
{
  for (size_t i = 0; i < nodes->count; ++i) {
    if (nodes->items[i].node == reached.node) {
      return;
    }
  }
  if (nodes->count < MOST_NODES) {
    nodes->items[nodes->count++] = reached;
  }
}

static void
follow_predicate(const Search *search,
                 CrateTerm predicate,
                 const Nodes *from,
                 Nodes *to)
{
  const CrateGraph *const graph = search->view->graph;
  for (size_t n = 0; n < from->count; ++n) {
    const CrateQuadRange range =
      crate_graph_values(graph, from->items[n].node, predicate);
    for (size_t i = 0; i < range.count; ++i) {
      add(to, (Reached){range.first[i].object, &range.first[i], false});
    }
  }
}

static void
follow_inverse(const Search *search,
               CrateTerm predicate,
               const Nodes *from,
               Nodes *to)
{
  for (size_t n = 0; n < from->count; ++n) {
    const CrateQuadList list =
      crate_graph_towards(search->view->graph, predicate, from->items[n].node);
    for (size_t i = 0; i < list.count; ++i) {
      const CrateQuad *const quad = crate_quad_list_at(list, i);
      add(to, (Reached){quad->subject, quad, true});
    }
  }
}

static void follow(const Search *search,
                   CrateTerm path,
                   const Nodes *from,
                   Nodes *to,
                   unsigned depth);

/// Members of a list: one behind another, or each from the start.
static void
follow_list(const Search *search,
            CrateTerm list,
            const Nodes *from,
            Nodes *to,
            unsigned depth,
            bool sequence)
{
  Nodes here = *from;
  for (unsigned i = 0; i < MOST_NODES; ++i) {
    const CrateTerm first =
      crate_graph_object(search->shapes, list, CRATE_RDF_FIRST);
    Nodes there = {.count = 0};
    if (!first) {
      break;
    }
    follow(search, first, &here, &there, depth);
    list = crate_graph_object(search->shapes, list, CRATE_RDF_REST);
    if (sequence) {
      here = there;
    }
    for (size_t n = 0; !sequence && n < there.count; ++n) {
      add(to, there.items[n]);
    }
  }
  for (size_t n = 0; sequence && n < here.count; ++n) {
    add(to, here.items[n]);
  }
}

/// Again and again, until nothing new is met.
static void
follow_often(const Search *search,
             CrateTerm path,
             const Nodes *from,
             Nodes *to,
             unsigned depth)
{
  size_t before = MOST_NODES + 1u;
  while (to->count != before) {
    const Nodes here = *to;
    before = to->count;
    follow(search, path, before ? &here : from, to, depth);
  }
}

/// SHACL 2.3.1; as far as it goes, which is all that a card's rules use.
static void
follow(const Search *search,
       CrateTerm path,
       const Nodes *from,
       Nodes *to,
       unsigned depth)
{
  const CrateTerm inverse = said(search, path, SH "inversePath");
  const CrateTerm either = said(search, path, SH "alternativePath");
  const CrateTerm once = said(search, path, SH "zeroOrOnePath");
  const CrateTerm any = said(search, path, SH "zeroOrMorePath");
  const CrateTerm more = said(search, path, SH "oneOrMorePath");
  if (depth > MOST_DEEP) {
    return;
  }
  for (size_t i = 0; (once || any) && i < from->count; ++i) {
    add(to, from->items[i]);
  }
  if (inverse) {
    follow_inverse(search, inverse, from, to);
  } else if (either) {
    follow_list(search, either, from, to, depth + 1u, false);
  } else if (once) {
    follow(search, once, from, to, depth + 1u);
  } else if (any || more) {
    follow_often(search, any ? any : more, from, to, depth + 1u);
  } else if (crate_graph_object(search->shapes, path, CRATE_RDF_FIRST)) {
    follow_list(search, path, from, to, depth + 1u, true);
  } else {
    follow_predicate(search, path, from, to);
  }
}

static CrateText
local_name(const Search *search, CrateTerm predicate)
{
  const CrateText iri = crate_terms_info(search->view->terms, predicate).text;
  size_t start = iri.size;
  while (start && !strchr("#/:", iri.data[start - 1u])) {
    --start;
  }
  return crate_text_slice(iri, start, iri.size);
}

/// How a person knows a value; of a nameless node its name or value.
static CrateText
shown(const Search *search, CrateTerm node)
{
  static const char *const names[] = {SCHEMA "name", SCHEMA "value"};
  const CrateView *const view = search->view;
  CrateText text = crate_view_name(view, node);
  const bool blank = crate_terms_kind(view->terms, node) == CRATE_TERM_BLANK;
  for (size_t i = 0; blank && i < 2; ++i) {
    const CrateTerm predicate = word(search, names[i]);
    const CrateTerm name =
      predicate ? crate_graph_object(view->graph, node, predicate) : 0;
    if (name) {
      return crate_terms_info(view->terms, name).text;
    }
  }
  return blank ? (CrateText){NULL, 0} : text;
}

static void
write_value(Search *search, const Reached *reached)
{
  enum { LONGEST = 100 };
  CrateText text = shown(search, reached->node);
  const CrateText name = reached->quad
                           ? local_name(search, reached->quad->predicate)
                           : CRATE_TEXT("@id");
  const bool cut = text.size > LONGEST;
  text = crate_text_slice(text, 0, cut ? LONGEST : text.size);
  text.size = crate_text_utf8_span(text);
  crate_buffer_print(search->out, "%s%.*s%s", search->found++ ? ", " : "",
                     CRATE_TEXT_ARG(name), reached->inverse ? " of" : "");
  if (text.size) {
    crate_buffer_print(search->out, " \"%.*s%s\"", CRATE_TEXT_ARG(text),
                       cut ? "..." : "");
  }
}

/// Whether a value is what a shape's sh:pattern asks for, if it has one.
static CrateStatus
fits(Search *search, CrateTerm shape, CrateTerm node, bool *fit)
{
  const CrateTerms *const terms = search->view->terms;
  const CrateTerm pattern = said(search, shape, SH "pattern");
  CrateRegex *regex = NULL;
  CrateRegexFlaw flaw;
  *fit = true;
  if (!pattern) {
    return CRATE_OK;
  }
  const uint32_t options =
    said(search, shape, SH "flags") ? CRATE_REGEX_CASELESS : 0u;
  CrateStatus st =
    crate_regex_compile(&search->arena, crate_terms_info(terms, pattern).text,
                        options, &regex, &flaw);
  if (!st && !search->matcher) {
    st = crate_matcher_new(search->view->world, &search->matcher);
  }
  st = st ? st
          : crate_matcher_find(search->matcher, regex,
                               crate_terms_info(terms, node).text, 0, NULL);
  *fit = !st;
  return st == CRATE_NO_MEMORY ? st : CRATE_OK;
}

/// The first few values of a path that are what is asked of them.
static CrateStatus
write_values(Search *search, CrateTerm shape, const Nodes *nodes)
{
  const CrateTerm wanted = said(search, shape, SH "qualifiedValueShape");
  size_t named = 0;
  for (size_t i = 0; i < nodes->count && named < MOST_NAMED; ++i) {
    bool fit = true;
    if (wanted) {
      CRATE_TRY(fits(search, wanted, nodes->items[i].node, &fit));
    }
    if (fit) {
      write_value(search, &nodes->items[i]);
      ++named;
    }
  }
  return CRATE_OK;
}

/// The parts of a shape; of alternatives the first that leads to something.
static CrateStatus
look_at_parts(Search *search,
              CrateTerm shape,
              const Nodes *focus,
              unsigned depth)
{
  const CrateTerm property = word(search, SH "property");
  const CrateQuadRange parts =
    crate_graph_values(search->shapes, shape, property);
  for (size_t i = 0; i < parts.count; ++i) {
    CRATE_TRY(look_at_shape(search, parts.first[i].object, focus, depth + 1u));
  }
  CrateTerm list = said(search, shape, SH "or");
  const size_t before = search->found;
  for (unsigned i = 0; list && i < MOST_NODES && search->found == before; ++i) {
    const CrateTerm first =
      crate_graph_object(search->shapes, list, CRATE_RDF_FIRST);
    if (first) {
      CRATE_TRY(look_at_shape(search, first, focus, depth + 1u));
    }
    list = crate_graph_object(search->shapes, list, CRATE_RDF_REST);
  }
  return CRATE_OK;
}

static CrateStatus
look_at_shape(Search *search,
              CrateTerm shape,
              const Nodes *focus,
              unsigned depth)
{
  const CrateTerm path = said(search, shape, SH "path");
  if (depth > MOST_DEEP) {
    return CRATE_OK;
  }
  if (path) {
    Nodes nodes = {.count = 0};
    const size_t before = search->found;
    follow(search, path, focus, &nodes, 0);
    CRATE_TRY(look_at_parts(search, shape, &nodes, depth));
    return search->found > before ? CRATE_OK
                                  : write_values(search, shape, &nodes);
  }
  if (depth && said(search, shape, SH "pattern") && focus->count) {
    bool fit = false;
    CRATE_TRY(fits(search, shape, focus->items[0].node, &fit));
    if (fit) {
      write_value(search, &focus->items[0]);
    }
    return CRATE_OK;
  }
  return look_at_parts(search, shape, focus, depth);
}

/// What a rule looks at: the first node of its class, or its only node.
static void
find_focus(Search *search, CrateTerm shape, Nodes *focus)
{
  const CrateTerm class = said(search, shape, SH "targetClass");
  const CrateTerm node = said(search, shape, SH "targetNode");
  const CrateQuadList list =
    class ? crate_graph_towards(search->view->graph, CRATE_RDF_TYPE, class)
          : (CrateQuadList){NULL, NULL, 0};
  if (list.count) {
    add(focus, (Reached){crate_quad_list_at(list, 0)->subject, NULL, false});
    search->others = list.count - 1u;
  } else if (node) {
    add(focus, (Reached){node, NULL, false});
  }
}

CrateStatus
crate_evidence_write(const CrateProfile *profile,
                     const CrateRule *rule,
                     const CrateView *view,
                     CrateBuffer *out)
{
  Search search = {.shapes = profile->graph, .view = view, .out = out};
  Nodes focus = {.count = 0};
  if (view->state < CRATE_VIEW_GRAPH) {
    return CRATE_OK;
  }
  crate_arena_init(&search.arena, view->world);
  find_focus(&search, rule->shape, &focus);
  const CrateStatus st = look_at_shape(&search, rule->shape, &focus, 0);
  if (!st && !search.found) { // it is about the document as such
    crate_buffer_print(out, "%zu statements about %zu entities",
                       crate_graph_size(view->graph), view->entity_count);
  }
  if (!st && search.found && search.others) {
    crate_buffer_print(out, ", of the first of %zu", search.others + 1u);
  }
  crate_matcher_free(search.matcher);
  crate_arena_clear(&search.arena);
  return st ? st : crate_buffer_status(out);
}
