// SPDX-License-Identifier: Apache-2.0
// References of a Croissant document: to nodes that are there, and of the
// kind that is meant.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"
#include <cratekit/iri.h>

/// Whether anything is said of a node but what we found out.
static bool
is_described(const CrateView *view, CrateTerm node)
{
  return crate_graph_about(view->graph, node, 0).count;
}

static bool
is_any_of(const CrateView *view, CrateTerm node, CrateText kinds)
{
  while (kinds.size) {
    const CrateText kind = crate_text_next_word(&kinds);
    const bool object = crate_text_is(kind, "object") &&
                        crate_terms_kind(view->terms, node) == CRATE_TERM_BLANK;
    if (object || crate_check_is_a(view, node, kind)) {
      return true;
    }
  }
  return false;
}

/// A reference in a wrapper, {"field": {"@id": ...}}: what it leads to.
static CrateTerm
unwrap(const CrateView *view, CrateTerm value)
{
  const CrateTerm field = crate_check_value_of(view, value, CROISSANT "field");
  return field && crate_terms_kind(view->terms, value) == CRATE_TERM_BLANK
           ? field
           : value;
}

static CrateStatus
report_dangling(const CrateNativeCall *call, CrateTerm value, CrateText name)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateText near = crate_check_near_id(checks, name);
  return near.size
           ? crate_check_report_value(call, value,
                                      "nothing is called \"%.*s\"; did you "
                                      "mean \"%.*s\"?",
                                      CRATE_TEXT_ARG(name),
                                      CRATE_TEXT_ARG(near))
           : crate_check_report_value(call, value, "nothing is called \"%.*s\"",
                                      CRATE_TEXT_ARG(name));
}

/// Each value is a node of this document and of one of the kinds that are the
/// parameter; "object": one that is described in its place.
CrateStatus
crate_check_refers(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText kinds = crate_check_parameter(call);
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTerm value = call->values[i];
    const CrateTerm node = unwrap(view, value);
    const CrateText name = crate_check_shown(view, node);
    if (is_any_of(view, value, kinds) || is_any_of(view, node, kinds)) {
      continue;
    }
    if (crate_terms_kind(view->terms, node) == CRATE_TERM_LITERAL) {
      CRATE_TRY(crate_check_report_value(
        call, value, "write {\"@id\": \"%.*s\"} for the string",
        CRATE_TEXT_ARG(name)));
    } else if (!is_described(view, node)) {
      CRATE_TRY(report_dangling(call, value, name));
    } else {
      CRATE_TRY(
        crate_check_report_value(call, value, "\"%.*s\" is none of %.*s",
                                 CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(kinds)));
    }
  }
  return CRATE_OK;
}

/// A key is made of the record set's own fields.
CrateStatus
crate_check_own_field(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < call->value_count; ++i) {
    CrateTerm node = call->values[i];
    const CrateTerm field = crate_check_term(view, CROISSANT "field");
    // A sub-field is its record set's, too.
    for (int depth = 0; depth < 16; ++depth) {
      const CrateQuadList parents =
        crate_check_subjects_of(view, CROISSANT "subField", node);
      if (!parents.count) {
        break;
      }
      node = crate_quad_list_at(parents, 0)->subject;
    }
    const CrateText name = crate_check_shown(view, call->values[i]);
    if (!field || !crate_graph_find(view->graph, call->focus, field, node)) {
      CRATE_TRY(
        is_described(view, call->values[i])
          ? crate_check_report_value(call, call->values[i],
                                     "\"%.*s\" is no field of this RecordSet",
                                     CRATE_TEXT_ARG(name))
          : report_dangling(call, call->values[i], name));
    }
  }
  return CRATE_OK;
}

/// Whether a path leads out of what it is relative to, or is no path.
static bool
leaves(CrateText path)
{
  return crate_iri_is_absolute(path) ||
         crate_text_starts(path, CRATE_TEXT("/")) || crate_check_climbs(path);
}

/// The contentUrl of what is contained in something is a path inside it.
CrateStatus
crate_check_inside(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  if (!crate_check_value_of(view, call->focus, CROISSANT "containedIn")) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateText path = crate_check_shown(view, call->values[i]);
    if (leaves(path)) {
      CRATE_TRY(crate_check_report_value(
        call, call->values[i], "\"%.*s\" is none", CRATE_TEXT_ARG(path)));
    }
  }
  return CRATE_OK;
}

/// A walk along one property, which must not come back to where it was.
typedef struct {
  const CrateNativeCall *call;
  const CrateView *view;
  CrateTerm property;
  uint8_t *seen; ///< By term: 1 on the way, 2 done.
  struct Step {
    CrateTerm node;
    size_t next;
  } * steps;
} Walk;

static CrateStatus
report_cycle(const Walk *walk, const CrateQuad *quad)
{
  const CrateText name = crate_check_shown(walk->view, quad->object);
  return crate_check_report(
    walk->call,
    crate_check_member(walk->view, quad->subject,
                       crate_check_origin(walk->view, quad)),
    quad->subject == quad->object ? "\"%.*s\" is its own"
                                  : "the way from \"%.*s\" leads back to it",
    CRATE_TEXT_ARG(name));
}

/// Depth first without recursion; each cycle is met at its first node's way
/// in, and reported where that node begins it.
static CrateStatus
walk_from(Walk *walk, CrateTerm start)
{
  size_t depth = 0;
  walk->steps[depth++] = (struct Step){start, 0};
  walk->seen[start] = 1;
  while (depth) {
    struct Step *const step = &walk->steps[depth - 1u];
    const CrateQuadRange range =
      crate_graph_about(walk->view->graph, step->node, walk->property);
    if (step->next == range.count) {
      walk->seen[step->node] = 2;
      --depth;
      continue;
    }
    const CrateQuad *const quad = &range.first[step->next++];
    if (walk->seen[quad->object] == 1) {
      // The step that left the node which the way comes back to.
      size_t i = 0;
      while (walk->steps[i].node != quad->object) {
        ++i;
      }
      const CrateQuadRange out = crate_graph_about(
        walk->view->graph, walk->steps[i].node, walk->property);
      CRATE_TRY(report_cycle(walk, &out.first[walk->steps[i].next - 1u]));
    } else if (!walk->seen[quad->object]) {
      walk->seen[quad->object] = 1;
      walk->steps[depth++] = (struct Step){quad->object, 0};
    }
  }
  return CRATE_OK;
}

/// Entities first, in the order of the document, so that the place is that of
/// the first of them.
static CrateStatus
walk_all(Walk *walk)
{
  const CrateView *const view = walk->view;
  const CrateQuadList list = crate_graph_with(view->graph, walk->property);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateTerm term = view->entities[i].term;
    if (term && !walk->seen[term] &&
        crate_graph_about(view->graph, term, walk->property).count) {
      CRATE_TRY(walk_from(walk, term));
    }
  }
  for (size_t i = 0; i < list.count; ++i) {
    const CrateTerm subject = crate_quad_list_at(list, i)->subject;
    if (!walk->seen[subject]) {
      CRATE_TRY(walk_from(walk, subject));
    }
  }
  return CRATE_OK;
}

/// Asked once, for the document: no way along the property that is the
/// parameter leads back.
CrateStatus
crate_check_acyclic(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateTerm end = crate_terms_end(view->terms);
  Walk walk = {.call = call, .view = view, .property = call->parameter};
  if (!crate_graph_with(view->graph, call->parameter).count) {
    return CRATE_OK;
  }
  walk.seen = (uint8_t *)crate_world_allocate(view->world, end);
  walk.steps = (struct Step *)crate_world_allocate(
    view->world, (crate_graph_with(view->graph, call->parameter).count + 1u) *
                   sizeof(struct Step));
  CrateStatus st = walk.seen && walk.steps ? CRATE_OK : CRATE_NO_MEMORY;
  if (!st) {
    memset(walk.seen, 0, end);
    st = walk_all(&walk);
  }
  crate_world_release(view->world, walk.seen);
  crate_world_release(view->world, walk.steps);
  return st;
}
