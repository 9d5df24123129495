// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"
#include <cratekit/graph.h>

static CrateTerm
iri(CrateTerms *terms, const char *text)
{
  CrateTerm term = 0;
  assert_int_equal(crate_terms_iri(terms, crate_text(text), &term), CRATE_OK);
  return term;
}

static void
equal_terms_have_one_number(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateTerms *terms = NULL;
  assert_int_equal(crate_terms_new(&check.world, &terms), CRATE_OK);
  const CrateText none = {NULL, 0};
  CrateTerm a, b, c, d, e;
  assert_int_equal(crate_terms_literal(terms, CRATE_TEXT("x"), 0, none, &a),
                   CRATE_OK);
  assert_int_equal(
    crate_terms_literal(terms, CRATE_TEXT("x"), CRATE_XSD_STRING, none, &b), 0);
  assert_int_equal(
    crate_terms_literal(terms, CRATE_TEXT("x"), 0, CRATE_TEXT("en"), &c), 0);
  assert_int_equal(
    crate_terms_literal(terms, CRATE_TEXT("x"), 0, CRATE_TEXT("EN"), &d), 0);
  assert_int_equal(
    crate_terms_literal(terms, CRATE_TEXT("x"), 0, CRATE_TEXT("de"), &e), 0);
  assert_int_equal(a, b);
  assert_int_equal(c, d);
  assert_int_not_equal(a, c);
  assert_int_not_equal(c, e);
  assert_int_not_equal(iri(terms, "x"), a);
  assert_text(crate_terms_info(terms, d).language, "en");
  assert_int_equal(
    crate_terms_find_iri(terms, CRATE_TEXT("http://www.w3.org/1999/02/"
                                           "22-rdf-syntax-ns#type")),
    CRATE_RDF_TYPE);
  assert_int_equal(
    crate_terms_find_literal(terms, CRATE_TEXT("x"), 0, CRATE_TEXT("eN")), c);
  assert_int_equal(crate_terms_find_literal(terms, CRATE_TEXT("y"), 0, none),
                   CRATE_NO_TERM);
  assert_text(crate_terms_info(terms, CRATE_XSD_ANY_URI).text,
              "http://www.w3.org/2001/XMLSchema#anyURI");
  crate_terms_free(terms);
}

/// Many terms, so that the table grows; answers the last.
static CrateTerm
add_many(CrateTerms *terms, const char *prefix)
{
  CrateTerm last = 0;
  for (int i = 0; i < 1000; ++i) {
    char text[32];
    snprintf(text, sizeof(text), "%s%d", prefix, i);
    last = iri(terms, text);
  }
  return last;
}

static void
terms_are_forgotten_back_to_the_mark(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateTerms *terms = NULL;
  assert_int_equal(crate_terms_new(&check.world, &terms), CRATE_OK);
  const CrateTerm before = add_many(terms, "before");
  crate_terms_mark(terms);
  const CrateTerm end = crate_terms_end(terms);
  for (int round = 0; round < 3; ++round) {
    assert_int_equal(iri(terms, "before999"), before);
    assert_int_equal(iri(terms, "after"), end);
    add_many(terms, round == 1 ? "other" : "after"); // grows, twice
    add_many(terms, "more");
    add_many(terms, "most");
    crate_terms_rewind(terms);
    assert_int_equal(crate_terms_end(terms), end);
    assert_int_equal(crate_terms_find_iri(terms, CRATE_TEXT("after")), 0);
    assert_int_equal(crate_terms_find_iri(terms, CRATE_TEXT("most7")), 0);
    assert_int_equal(crate_terms_kind(terms, end), CRATE_TERM_NONE);
    assert_int_equal(add_many(terms, "before"), before);
    assert_int_equal(crate_terms_end(terms), end);
  }
  crate_terms_free(terms);
}

static void
blank_nodes_are_never_shared(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateTerms *terms = NULL;
  assert_int_equal(crate_terms_new(&check.world, &terms), CRATE_OK);
  CrateTerm a, b;
  assert_int_equal(crate_terms_blank(terms, CRATE_TEXT("b0"), &a), CRATE_OK);
  assert_int_equal(crate_terms_blank(terms, CRATE_TEXT("b0"), &b), CRATE_OK);
  assert_int_not_equal(a, b);
  assert_text(crate_terms_info(terms, a).text, "b0");
  crate_terms_free(terms);
}

typedef struct {
  CheckWorld check;
  CrateTerms *terms;
  CrateGraph *graph;
  CrateTerm a, b, c, p, q;
} Sample;

static void
sample_init(Sample *s)
{
  check_world_init(&s->check);
  assert_int_equal(crate_terms_new(&s->check.world, &s->terms), CRATE_OK);
  assert_int_equal(crate_graph_new(&s->check.world, s->terms, &s->graph),
                   CRATE_OK);
  s->a = iri(s->terms, "a");
  s->b = iri(s->terms, "b");
  s->c = iri(s->terms, "c");
  s->p = iri(s->terms, "p");
  s->q = iri(s->terms, "q");
}

static void
sample_clear(Sample *s)
{
  crate_graph_free(s->graph);
  crate_terms_free(s->terms);
}

static void
add(Sample *s, CrateTerm x, CrateTerm y, CrateTerm z, CrateTerm g, uint32_t o)
{
  const CrateQuad quad = {x, y, z, g};
  assert_int_equal(crate_graph_add(s->graph, quad, o), CRATE_OK);
}

static void
the_three_questions_are_answered(void **state)
{
  (void)state;
  Sample s;
  sample_init(&s);
  add(&s, s.b, s.p, s.c, 0, 30);
  add(&s, s.a, s.q, s.c, 0, 20);
  add(&s, s.a, s.p, s.b, 0, 10);
  add(&s, s.a, s.p, s.c, 0, 11);
  add(&s, s.a, s.p, s.a, s.q, 12); // of another graph: not asked for
  assert_int_equal(crate_graph_index(s.graph), CRATE_OK);
  assert_int_equal(crate_graph_about(s.graph, s.a, s.p).count, 2);
  assert_int_equal(crate_graph_about(s.graph, s.a, 0).count, 3);
  assert_int_equal(crate_graph_about(s.graph, s.c, 0).count, 0);
  const CrateQuadList list = crate_graph_towards(s.graph, s.p, s.c);
  assert_int_equal(list.count, 2);
  assert_int_equal(crate_quad_list_at(list, 0)->subject, s.a);
  assert_int_equal(crate_quad_list_at(list, 1)->subject, s.b);
  assert_int_equal(crate_graph_towards(s.graph, 0, s.c).count, 3);
  assert_int_equal(crate_graph_with(s.graph, s.p).count, 3);
  assert_int_equal(crate_graph_object(s.graph, s.a, s.q), s.c);
  assert_null(crate_graph_find(s.graph, s.a, s.p, s.a));
  const CrateQuad *const quad = crate_graph_find(s.graph, s.a, s.p, s.c);
  assert_non_null(quad);
  assert_int_equal(crate_graph_origin(s.graph, quad), 11);
  sample_clear(&s);
}

static void
repeats_vanish_and_the_earliest_origin_stays(void **state)
{
  (void)state;
  Sample s;
  sample_init(&s);
  add(&s, s.a, s.p, s.b, 0, 7);
  add(&s, s.a, s.p, s.c, 0, 8);
  add(&s, s.a, s.p, s.b, 0, 9);
  assert_int_equal(crate_graph_index(s.graph), CRATE_OK);
  assert_int_equal(crate_graph_size(s.graph), 2);
  assert_int_equal(
    crate_graph_origin(s.graph, crate_graph_find(s.graph, s.a, s.p, s.b)), 7);
  sample_clear(&s);
}

static void
the_quad_ceiling_holds(void **state)
{
  (void)state;
  Sample s;
  sample_init(&s);
  s.check.world.limits.quads = 1;
  add(&s, s.a, s.p, s.b, 0, 7);
  const CrateQuad quad = {s.a, s.p, s.c, 0};
  assert_int_equal(crate_graph_add(s.graph, quad, 0), CRATE_OVER_LIMIT);
  assert_int_equal(crate_graph_size(s.graph), 1);
  sample_clear(&s);
}

static void
a_list_is_read_and_a_cycle_refused(void **state)
{
  (void)state;
  Sample s;
  sample_init(&s);
  CrateArena arena;
  crate_arena_init(&arena, &s.check.world);
  add(&s, s.a, CRATE_RDF_FIRST, s.p, 0, 0);
  add(&s, s.a, CRATE_RDF_REST, s.b, 0, 0);
  add(&s, s.b, CRATE_RDF_FIRST, s.q, 0, 0);
  add(&s, s.b, CRATE_RDF_REST, CRATE_RDF_NIL, 0, 0);
  add(&s, s.c, CRATE_RDF_FIRST, s.q, 0, 0);
  add(&s, s.c, CRATE_RDF_REST, s.c, 0, 0);
  assert_int_equal(crate_graph_index(s.graph), CRATE_OK);
  CrateTerm *members = NULL;
  size_t count = 0;
  assert_int_equal(crate_graph_list(s.graph, s.a, &arena, &members, &count),
                   CRATE_OK);
  assert_int_equal(count, 2);
  assert_int_equal(members[0], s.p);
  assert_int_equal(members[1], s.q);
  assert_int_equal(crate_graph_list(s.graph, s.c, &arena, &members, &count),
                   CRATE_MALFORMED);
  assert_int_equal(crate_graph_list(s.graph, s.p, &arena, &members, &count),
                   CRATE_MALFORMED);
  crate_arena_clear(&arena);
  sample_clear(&s);
}

static CrateStatus
fill_and_index(const CrateWorld *world)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  CrateStatus st = crate_terms_new(world, &terms);
  if (!st) {
    st = crate_graph_new(world, terms, &graph);
  }
  for (unsigned i = 0; i < 40 && !st; ++i) {
    char text[8];
    CrateTerm term = 0;
    snprintf(text, sizeof(text), "t%u", i);
    st = crate_terms_iri(terms, crate_text(text), &term);
    if (!st) {
      st = crate_graph_add(graph, (CrateQuad){term, 1, term, 0}, i);
    }
  }
  if (!st) {
    st = crate_graph_index(graph);
  }
  crate_graph_free(graph);
  crate_terms_free(terms);
  return st;
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(fill_and_index) > 8);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(equal_terms_have_one_number),
    cmocka_unit_test(terms_are_forgotten_back_to_the_mark),
    cmocka_unit_test(blank_nodes_are_never_shared),
    cmocka_unit_test(the_three_questions_are_answered),
    cmocka_unit_test(repeats_vanish_and_the_earliest_origin_stays),
    cmocka_unit_test(the_quad_ceiling_holds),
    cmocka_unit_test(a_list_is_read_and_a_cycle_refused),
    cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
