// SPDX-License-Identifier: Apache-2.0
// The order of a workflow's steps: Provenance Run Crate, HowToStep position. A
// step needs another's output when a ParameterConnection says so, or when its
// run read what only the other's run wrote.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

#define WFRUN "https://w3id.org/ro/terms/workflow-run#"

/// No position, or none that can be told: judged by nobody.
#define NOWHERE INT64_MIN

/// The step that writes something, of several the first.
typedef struct {
  int64_t position;
  CrateTerm step; // 0: nobody; then position means nothing
} Producer;

/// Everything by term number.
typedef struct {
  const CrateNativeCall *call;
  const CrateGraph *data;
  int64_t *position;          // of a step, or NOWHERE
  CrateTerm *workflow;        // of a step
  Producer *of_tool;          // first step that uses it
  Producer *of_parameter;     // that an output of a tool is
  Producer *of_connection;    // of its sources the last
  CrateTerm *step_of_control; // of a ControlAction
  CrateTerm *step_of_run;     // that a ControlAction leads to
  CrateTerm *run_of_data;     // that wrote it
  CrateTerm end;
} Order;

static CrateTerm
find(const Order *order, const char *iri)
{
  return crate_terms_find_iri(crate_graph_terms(order->data), crate_text(iri));
}

static CrateQuadList
with(const Order *order, const char *iri)
{
  const CrateTerm predicate = find(order, iri);
  return crate_graph_with(order->data, predicate);
}

static bool
has_type(const Order *order, CrateTerm subject, const char *iri)
{
  const CrateTerm type = find(order, iri);
  return type && crate_graph_find(order->data, subject, CRATE_RDF_TYPE, type);
}

/// A whole number, in a literal of any type.
static bool
read_integer(CrateText text, int64_t *out)
{
  const bool negative = text.size && text.data[0] == '-';
  const size_t start = negative || (text.size && text.data[0] == '+');
  int64_t value = 0;
  if (text.size == start || text.size - start > 18u) {
    return false;
  }
  for (size_t i = start; i < text.size; ++i) {
    if (text.data[i] < '0' || text.data[i] > '9') {
      return false;
    }
    value = value * 10 + (text.data[i] - '0');
  }
  *out = negative ? -value : value;
  return true;
}

static CrateStatus
read_positions(Order *order)
{
  const CrateQuadList list = with(order, SCHEMA "position");
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    const CrateText text =
      crate_terms_info(crate_graph_terms(order->data), quad->object).text;
    if (has_type(order, quad->subject, SCHEMA "HowToStep") &&
        !read_integer(text, &order->position[quad->subject])) {
      CRATE_TRY(crate_check_report(
        order->call, crate_graph_origin(order->data, quad),
        "\"%.*s\" is no whole number", CRATE_TEXT_ARG(text)));
    }
  }
  return CRATE_OK;
}

static void
take_earlier(Producer *best, Producer other)
{
  if (other.step && (!best->step || other.position < best->position)) {
    *best = other;
  }
}

/// From the steps to their tools, to the outputs of these, to connections.
static void
follow_connections(Order *order)
{
  static const char *const outputs[] = {
    BIOSCHEMAS "ComputationalWorkflow#output",
    BIOSCHEMAS "properties/output",
    BIOSCHEMAS "terms/output",
  };
  const CrateQuadList tools = with(order, SCHEMA "workExample");
  for (size_t i = 0; i < tools.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(tools, i);
    if (has_type(order, quad->subject, SCHEMA "HowToStep")) {
      take_earlier(&order->of_tool[quad->object],
                   (Producer){order->position[quad->subject], quad->subject});
    }
  }
  for (size_t o = 0; o < sizeof(outputs) / sizeof(*outputs); ++o) {
    const CrateQuadList list = with(order, outputs[o]);
    for (size_t i = 0; i < list.count; ++i) {
      const CrateQuad *const quad = crate_quad_list_at(list, i);
      take_earlier(&order->of_parameter[quad->object],
                   order->of_tool[quad->subject]);
    }
  }
  const CrateQuadList sources = with(order, WFRUN "sourceParameter");
  for (size_t i = 0; i < sources.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(sources, i);
    const Producer other = order->of_parameter[quad->object];
    Producer *const last = &order->of_connection[quad->subject];
    if (other.step && (!last->step || other.position > last->position)) {
      *last = other;
    }
  }
}

/// Told once for each step that comes too early.
static CrateStatus
compare(Order *order, CrateTerm first, CrateTerm second)
{
  const CrateTerm position = find(order, SCHEMA "position");
  const CrateView *const view =
    ((const CrateChecks *)order->call->handle)->view;
  const int64_t before = order->position[first];
  const int64_t after = order->position[second];
  if (first == second || before == NOWHERE || after == NOWHERE ||
      before < after) {
    return CRATE_OK;
  }
  order->position[second] = NOWHERE;
  const CrateQuadRange range = crate_graph_about(order->data, second, position);
  return crate_check_report(
    order->call, crate_graph_origin(order->data, range.first),
    "\"%.*s\" needs what \"%.*s\" gives, but has no larger position",
    CRATE_TEXT_ARG(crate_view_name(view, second)),
    CRATE_TEXT_ARG(crate_view_name(view, first)));
}

static CrateStatus
compare_connected(Order *order)
{
  const CrateQuadList list = with(order, WFRUN "connection");
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    const Producer producer = order->of_connection[quad->object];
    if (producer.step) {
      CRATE_TRY(compare(order, producer.step, quad->subject));
    }
  }
  return CRATE_OK;
}

/// Set what has one value; a second one makes it unknowable.
static void
set_only(const Order *order, CrateTerm *slot, CrateTerm value)
{
  *slot = !*slot || *slot == value ? value : order->end;
}

/// From the steps to their ControlActions, to the runs of the tools.
static void
follow_control(Order *order)
{
  const CrateQuadList steps = with(order, SCHEMA "step");
  for (size_t i = 0; i < steps.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(steps, i);
    set_only(order, &order->workflow[quad->object], quad->subject);
  }
  const CrateQuadList controls = with(order, SCHEMA "instrument");
  for (size_t i = 0; i < controls.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(controls, i);
    if (has_type(order, quad->subject, SCHEMA "ControlAction")) {
      set_only(order, &order->step_of_control[quad->subject], quad->object);
    }
  }
  const CrateQuadList runs = with(order, SCHEMA "object");
  for (size_t i = 0; i < runs.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(runs, i);
    const CrateTerm step = order->step_of_control[quad->subject];
    if (step) {
      set_only(order, &order->step_of_run[quad->object], step);
    }
  }
}

static CrateTerm
step_of(const Order *order, CrateTerm run)
{
  const CrateTerm step =
    run && run != order->end ? order->step_of_run[run] : CRATE_NO_TERM;
  return step == order->end ? CRATE_NO_TERM : step;
}

/// What one step's run alone wrote, and another's read.
static CrateStatus
compare_runs(Order *order)
{
  const CrateQuadList results = with(order, SCHEMA "result");
  for (size_t i = 0; i < results.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(results, i);
    if (order->step_of_run[quad->subject]) {
      set_only(order, &order->run_of_data[quad->object], quad->subject);
    }
  }
  const CrateQuadList objects = with(order, SCHEMA "object");
  for (size_t i = 0; i < objects.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(objects, i);
    const CrateTerm first = step_of(order, order->run_of_data[quad->object]);
    const CrateTerm second = step_of(order, quad->subject);
    if (first && second && order->workflow[first] &&
        order->workflow[first] == order->workflow[second] &&
        order->workflow[first] != order->end) {
      CRATE_TRY(compare(order, first, second));
    }
  }
  return CRATE_OK;
}

static CrateStatus
make_order(Order *order, CrateArena *arena)
{
  const size_t n = (size_t)order->end + 1u;
  order->position = (int64_t *)crate_arena_array(arena, n, sizeof(int64_t));
  order->workflow = (CrateTerm *)crate_arena_array(arena, n, sizeof(CrateTerm));
  order->of_tool = (Producer *)crate_arena_array(arena, n, sizeof(Producer));
  order->of_parameter =
    (Producer *)crate_arena_array(arena, n, sizeof(Producer));
  order->of_connection =
    (Producer *)crate_arena_array(arena, n, sizeof(Producer));
  order->step_of_control =
    (CrateTerm *)crate_arena_array(arena, n, sizeof(CrateTerm));
  order->step_of_run =
    (CrateTerm *)crate_arena_array(arena, n, sizeof(CrateTerm));
  order->run_of_data =
    (CrateTerm *)crate_arena_array(arena, n, sizeof(CrateTerm));
  if (!order->position || !order->workflow || !order->of_tool ||
      !order->of_parameter || !order->of_connection ||
      !order->step_of_control || !order->step_of_run || !order->run_of_data) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < n; ++i) {
    order->position[i] = NOWHERE;
  }
  return CRATE_OK;
}

CrateStatus
crate_check_step_order(const CrateNativeCall *call)
{
  Order order = {
    .call = call,
    .data = call->data,
    .end = crate_terms_end(crate_graph_terms(call->data)),
  };
  const CrateQuadList positions = with(&order, SCHEMA "position");
  if (!positions.count) {
    return CRATE_OK;
  }
  CrateArena arena;
  crate_arena_init(&arena, crate_check_view(call)->world);
  CrateStatus st = make_order(&order, &arena);
  if (!st) {
    st = read_positions(&order);
  }
  if (!st) {
    follow_connections(&order);
    st = compare_connected(&order);
  }
  if (!st) {
    follow_control(&order);
    st = compare_runs(&order);
  }
  crate_arena_clear(&arena);
  return st;
}
