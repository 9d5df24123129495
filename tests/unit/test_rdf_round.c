// SPDX-License-Identifier: Apache-2.0
// Random datasets with blank nodes, lists and circles: what is true of all.
#include "support/check.h"
#include <cratekit/rdf.h>

#define NODES 8u
#define RUNS 3000u

/// A small generator of our own, so that a failure can be had again.
static uint32_t
draw(uint64_t *seed, uint32_t below)
{
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*seed >> 33u) % below;
}

/// Statements, and how to write them: under which labels, in which order.
typedef struct {
  uint32_t subject[20], predicate[20], object[20], graph[20];
  uint32_t count;
} Dataset;

static void
draw_dataset(uint64_t *seed, Dataset *out)
{
  out->count = 1 + draw(seed, 20);
  for (uint32_t i = 0; i < out->count; ++i) {
    out->subject[i] = draw(seed, NODES + 2);
    out->predicate[i] = draw(seed, 5);
    out->object[i] = draw(seed, NODES + 5);
    out->graph[i] = draw(seed, 4) ? 0 : 1 + draw(seed, NODES);
  }
}

/// A chain of list cells here and there, so that there are lists at all.
static void
draw_list(uint64_t *seed, Dataset *out)
{
  const uint32_t length = draw(seed, 4);
  for (uint32_t i = 0; i < length && out->count + 2 < 20; ++i) {
    for (uint32_t k = 0; k < 2; ++k) {
      out->subject[out->count] = i;
      out->predicate[out->count] = k; // rdf:first, rdf:rest
      out->object[out->count] =
        k ? (i + 1 == length ? NODES + 2 : i + 1) : draw(seed, NODES + 5);
      out->graph[out->count++] = 0;
    }
  }
}

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/// Numbers below NODES are blank nodes; their labels turn by `shift`.
static void
add_node(CrateBuffer *buffer, uint32_t node, uint32_t shift)
{
  static const char *const others[] = {
    "<http://e/a>", "<http://e/b>", "<" RDF "nil>", "\"x\"",
    "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"};
  if (node < NODES) {
    crate_buffer_print(buffer, "_:n%u ", (node + shift) % NODES);
  } else {
    crate_buffer_print(buffer, "%s ", others[node - NODES]);
  }
}

static void
add_dataset(CrateBuffer *buffer, const Dataset *data, uint32_t shift)
{
  static const char *const predicates[] = {"<" RDF "first> ", "<" RDF "rest> ",
                                           "<http://e/p> ", "<http://e/q> ",
                                           "<" RDF "type> "};
  for (uint32_t k = 0; k < data->count; ++k) {
    const uint32_t i = (k + shift) % data->count;
    add_node(buffer, data->subject[i], shift);
    crate_buffer_add_string(buffer, predicates[data->predicate[i]]);
    add_node(buffer, data->object[i], shift);
    if (data->graph[i]) {
      add_node(buffer, data->graph[i], shift);
    }
    crate_buffer_add_string(buffer, ".\n");
  }
}

/// What to make of a document.
typedef CrateStatus (*Form)(CrateBuffer *out, CrateGraph *graph);

static CrateStatus
canonical(CrateBuffer *out, CrateGraph *graph)
{
  return crate_rdf_canonicalize(out, graph, CRATE_SHA256, NULL);
}

static CrateStatus
trig(CrateBuffer *out, CrateGraph *graph)
{
  return crate_rdf_write_turtle(out, graph, NULL, 0);
}

static CrateStatus
nquads(CrateBuffer *out, CrateGraph *graph)
{
  crate_rdf_write_nquads(out, graph);
  return crate_buffer_status(out);
}

static CrateStatus
frozen(CrateBuffer *out, CrateGraph *graph)
{
  return crate_rdf_freeze(out, graph);
}

/// Read a document and write it in another form.
static void
make(const CrateWorld *world,
     CrateSyntax syntax,
     const CrateBuffer *in,
     Form form,
     CrateBuffer *out)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  crate_buffer_init(out, world);
  assert_int_equal(crate_terms_new(world, &terms), CRATE_OK);
  assert_int_equal(crate_graph_new(world, terms, &graph), CRATE_OK);
  assert_int_equal(crate_rdf_read(graph, syntax, CRATE_TEXT("in"),
                                  CRATE_TEXT(""), crate_buffer_text(in)),
                   CRATE_OK);
  assert_int_equal(crate_graph_index(graph), CRATE_OK);
  assert_int_equal(form(out, graph), CRATE_OK);
  crate_graph_free(graph);
  crate_terms_free(terms);
}

static void
assert_same(const CrateBuffer *a, const CrateBuffer *b)
{
  if (!crate_text_equal(crate_buffer_text(a), crate_buffer_text(b))) {
    print_error("%.*s\nis not\n%.*s\n", CRATE_TEXT_ARG(crate_buffer_text(a)),
                CRATE_TEXT_ARG(crate_buffer_text(b)));
    fail();
  }
}

/// Canonical form of N-Quads, and of what they become on the way.
static void
check_way(const CrateWorld *world,
          const CrateBuffer *in,
          const CrateBuffer *expected,
          Form form,
          CrateSyntax syntax)
{
  CrateBuffer between;
  CrateBuffer after;
  make(world, CRATE_SYNTAX_NQUADS, in, form, &between);
  make(world, syntax, &between, canonical, &after);
  if (!crate_text_equal(crate_buffer_text(&after),
                        crate_buffer_text(expected))) {
    print_error("on the way:\n%.*s\n",
                CRATE_TEXT_ARG(crate_buffer_text(&between)));
  }
  assert_same(&after, expected);
  crate_buffer_clear(&between);
  crate_buffer_clear(&after);
}

static void
check_dataset(const CrateWorld *world, const Dataset *data, uint32_t shift)
{
  CrateBuffer one;
  CrateBuffer other;
  CrateBuffer expected;
  CrateBuffer found;
  crate_buffer_init(&one, world);
  crate_buffer_init(&other, world);
  add_dataset(&one, data, 0);
  add_dataset(&other, data, shift);
  make(world, CRATE_SYNTAX_NQUADS, &one, canonical, &expected);
  make(world, CRATE_SYNTAX_NQUADS, &other, canonical, &found);
  assert_same(&found, &expected);
  check_way(world, &one, &expected, trig, CRATE_SYNTAX_TRIG);
  check_way(world, &one, &expected, nquads, CRATE_SYNTAX_NQUADS);
  check_way(world, &one, &expected, frozen, CRATE_SYNTAX_BINARY);
  crate_buffer_clear(&one);
  crate_buffer_clear(&other);
  crate_buffer_clear(&expected);
  crate_buffer_clear(&found);
}

static void
labels_and_order_change_nothing_and_round_trips_lose_nothing(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  for (uint64_t run = 0; run < RUNS; ++run) {
    uint64_t seed = run;
    Dataset data;
    draw_dataset(&seed, &data);
    draw_list(&seed, &data);
    check_dataset(&check.world, &data, 1 + draw(&seed, NODES - 1));
  }
}

/// Thaw bytes into a fresh graph.
static CrateStatus
thaw(const CrateWorld *world, CrateText bytes)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  assert_int_equal(crate_terms_new(world, &terms), CRATE_OK);
  assert_int_equal(crate_graph_new(world, terms, &graph), CRATE_OK);
  const CrateStatus st = crate_rdf_thaw(graph, bytes);
  crate_graph_free(graph);
  crate_terms_free(terms);
  return st;
}

static void
damaged_bytes_do_not_thaw(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateBuffer in;
  CrateBuffer bytes;
  crate_buffer_init(&in, &check.world);
  crate_buffer_add_string(&in, "_:a <http://e/p> \"x\"@en <http://e/g> .\n"
                               "_:a <http://e/p> \"1\"^^<http://e/t> .\n");
  make(&check.world, CRATE_SYNTAX_NQUADS, &in, frozen, &bytes);
  assert_int_equal(thaw(&check.world, crate_buffer_text(&bytes)), CRATE_OK);
  for (size_t size = 0; size < bytes.size; ++size) {
    // A copy of its own, so that a read past the end is seen.
    char *const cut = malloc(size + 1);
    assert_non_null(cut);
    memcpy(cut, bytes.data, size);
    char *const exact = realloc(cut, size ? size : 1);
    assert_non_null(exact);
    assert_int_equal(thaw(&check.world, (CrateText){exact, size}),
                     CRATE_MALFORMED);
    free(exact);
  }
  for (size_t i = 0; i < bytes.size * 8; ++i) {
    bytes.data[i / 8] ^= (char)(1u << (i % 8));
    const CrateStatus st = thaw(&check.world, crate_buffer_text(&bytes));
    assert_true(st == CRATE_OK || st == CRATE_MALFORMED);
    bytes.data[i / 8] ^= (char)(1u << (i % 8));
  }
  crate_buffer_clear(&in);
  crate_buffer_clear(&bytes);
}

static void
poisoned_graphs_end_at_the_work_limit(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  check.world.limits.canonical_work = 10000;
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  assert_int_equal(crate_terms_new(&check.world, &terms), CRATE_OK);
  assert_int_equal(crate_graph_new(&check.world, terms, &graph), CRATE_OK);
  CrateTerm p = 0;
  CrateTerm nodes[12];
  assert_int_equal(crate_terms_iri(terms, CRATE_TEXT("http://e/p"), &p), 0);
  for (size_t i = 0; i < 12; ++i) {
    assert_int_equal(crate_terms_blank(terms, CRATE_TEXT(""), &nodes[i]), 0);
    for (size_t k = 0; k < i; ++k) { // a clique: all look alike
      const CrateQuad there = {nodes[i], p, nodes[k], 0};
      const CrateQuad back = {nodes[k], p, nodes[i], 0};
      assert_int_equal(crate_graph_add(graph, there, CRATE_NO_ORIGIN), 0);
      assert_int_equal(crate_graph_add(graph, back, CRATE_NO_ORIGIN), 0);
    }
  }
  CrateBuffer out;
  crate_buffer_init(&out, &check.world);
  assert_int_equal(canonical(&out, graph), CRATE_OVER_LIMIT);
  assert_non_null(strstr(check.said, "[canonical-work]"));
  crate_buffer_clear(&out);
  crate_graph_free(graph);
  crate_terms_free(terms);
}

static void
deep_chains_keep_within_the_stack_of_the_reader(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateBuffer in;
  CrateBuffer expected;
  crate_buffer_init(&in, &check.world);
  for (int i = 0; i < 5000; ++i) {
    crate_buffer_print(&in,
                       "_:n%d <http://e/p> _:n%d .\n"
                       "_:n%d <http://e/v> \"%d\" .\n",
                       i, i + 1, i, i);
  }
  make(&check.world, CRATE_SYNTAX_NQUADS, &in, canonical, &expected);
  check_way(&check.world, &in, &expected, trig, CRATE_SYNTAX_TRIG);
  crate_buffer_clear(&in);
  crate_buffer_clear(&expected);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(
      labels_and_order_change_nothing_and_round_trips_lose_nothing),
    cmocka_unit_test(damaged_bytes_do_not_thaw),
    cmocka_unit_test(poisoned_graphs_end_at_the_work_limit),
    cmocka_unit_test(deep_chains_keep_within_the_stack_of_the_reader),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
