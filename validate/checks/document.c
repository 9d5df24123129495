// SPDX-License-Identifier: Apache-2.0
// The document as a whole: is it JSON, JSON-LD, and of the shape asked for?
#include "validate/checks/checks.h"

/// Offset of the problem's line and column.
static uint32_t
problem_offset(const CrateView *view)
{
  const CrateText bytes = view->document.bytes;
  size_t at = 0;
  for (uint32_t line = 1; line < view->problem.line; ++line) {
    const CrateText rest = crate_text_slice(bytes, at, bytes.size);
    at += crate_text_find(rest, '\n') + 1u;
  }
  at += view->problem.column ? view->problem.column - 1u : 0u;
  return (uint32_t)(at < bytes.size ? at : bytes.size);
}

static CrateStatus
report_problem(const CrateNativeCall *call, bool with_code)
{
  const CrateView *const view = crate_check_view(call);
  const CrateProblem *const problem = &view->problem;
  const uint32_t offset =
    problem->line ? problem_offset(view) : CRATE_NO_ORIGIN;
  return with_code ? crate_check_report(call, offset, "%.*s [%.*s]",
                                        CRATE_TEXT_ARG(problem->message),
                                        CRATE_TEXT_ARG(problem->code))
                   : crate_check_report(call, offset, "%.*s",
                                        CRATE_TEXT_ARG(problem->message));
}

CrateStatus
crate_check_well_formed(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateJson *const duplicate = view->document.first_duplicate;
  if (view->state == CRATE_VIEW_BYTES &&
      !crate_text_is(view->problem.code, "invalid-utf-8")) {
    return report_problem(call, false);
  }
  return view->state < CRATE_VIEW_JSON || !duplicate
           ? CRATE_OK
           : crate_check_report(call, duplicate->offset,
                                "the key \"%.*s\" stands twice in one object",
                                CRATE_TEXT_ARG(crate_json_text(duplicate)));
}

CrateStatus
crate_check_utf8(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  return view->state == CRATE_VIEW_BYTES &&
             crate_text_is(view->problem.code, "invalid-utf-8")
           ? report_problem(call, false)
           : CRATE_OK;
}

CrateStatus
crate_check_jsonld(const CrateNativeCall *call)
{
  return crate_check_view(call)->state == CRATE_VIEW_ENTITIES
           ? report_problem(call, true)
           : CRATE_OK;
}

/// JSON-LD reads an object with more than @context and @graph as an entity
/// that names a graph, and the graph is not the document's any more. Keys that
/// mean nothing do no harm.
static CrateStatus
look_beside_graph(const CrateNativeCall *call, const CrateJson *root)
{
  const CrateView *const view = crate_check_view(call);
  for (const CrateJson *key = crate_json_first_key(root); key;
       key = crate_json_next_key(key)) {
    const CrateText name = crate_json_text(key);
    CrateKeyKind kind = CRATE_KEY_UNDEFINED;
    if (crate_text_is(name, "@context") || crate_text_is(name, "@graph")) {
      continue;
    }
    if (view->context) {
      CRATE_TRY(crate_context_key(view->context, name, &kind, NULL));
    }
    if (crate_text_starts(name, CRATE_TEXT("@")) ||
        (kind != CRATE_KEY_UNDEFINED && kind != CRATE_KEY_NULL)) {
      CRATE_TRY(crate_check_report(call, key->offset,
                                   "\"%.*s\" beside @graph hides all entities "
                                   "in a named graph",
                                   CRATE_TEXT_ARG(name)));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_check_graph_array(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateJson *const root = view->document.root;
  if (!crate_json_is(root, CRATE_JSON_OBJECT)) {
    return crate_check_report(call, root->offset,
                              "the document is no JSON object");
  }
  const CrateJson *const graph = crate_json_get(root, CRATE_TEXT("@graph"));
  if (!crate_json_is(graph, CRATE_JSON_ARRAY)) {
    return crate_check_report(call, graph ? graph->offset : root->offset,
                              graph ? "@graph is no array"
                                    : "there is no @graph");
  }
  if (!crate_json_get(root, CRATE_TEXT("@context"))) {
    CRATE_TRY(crate_check_report(call, root->offset, "there is no @context"));
  }
  CRATE_TRY(look_beside_graph(call, root));
  for (const CrateJson *item = graph->first; item; item = item->next) {
    if (item->kind != CRATE_JSON_OBJECT && item->kind != CRATE_JSON_ARRAY) {
      CRATE_TRY(crate_check_report(call, item->offset,
                                   "a member of @graph is no entity object"));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_check_direct_children(const CrateNativeCall *call)
{
  const CrateJson *const graph =
    crate_json_get(crate_check_view(call)->document.root, CRATE_TEXT("@graph"));
  for (const CrateJson *item = crate_json_first(graph); item;
       item = item->next) {
    if (item->kind == CRATE_JSON_ARRAY) {
      CRATE_TRY(crate_check_report(
        call, item->offset, "entities are wrapped in an array inside @graph"));
    }
  }
  return CRATE_OK;
}
