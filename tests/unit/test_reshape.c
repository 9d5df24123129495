// SPDX-License-Identifier: Apache-2.0
// Compaction, flattening, framing and RDF as JSON-LD: what the W3C suites do
// not look at.
#include "support/check.h"
#include <cratekit/jsonld.h>
#include <cratekit/rdf.h>

typedef enum { COMPACT, FLATTEN, FRAME, FROM_RDF } Verb;

/// A conversion: `beside` is the context or the frame, NULL for none; with
/// FROM_RDF the document is N-Quads.
typedef struct Conversion {
  Verb verb;
  const char *document, *beside;
  CrateJsonldOptions options;
} Conversion;

static CrateStatus
from_rdf(const CrateWorld *world,
         const Conversion *what,
         CrateArena *arena,
         CrateBuffer *out)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  CrateJson *result = NULL;
  CrateStatus status = crate_terms_new(world, &terms);
  status = status ? status : crate_graph_new(world, terms, &graph);
  status = status ? status
                  : crate_rdf_read(graph, CRATE_SYNTAX_NQUADS, CRATE_TEXT("t"),
                                   CRATE_TEXT(""), crate_text(what->document));
  status = status ? status : crate_graph_index(graph);
  status = status ? status
                  : crate_jsonld_from_graph(world, graph, &what->options, arena,
                                            &result);
  if (!status) {
    crate_json_write(out, result, 0);
    status = crate_buffer_status(out);
  }
  crate_graph_free(graph);
  crate_terms_free(terms);
  return status;
}

static CrateStatus
reshape(const CrateWorld *world,
        const Conversion *what,
        CrateArena *arena,
        CrateBuffer *out)
{
  CrateJsonDocument document;
  CrateJsonDocument beside = {.world = world};
  CrateLibrary *library = NULL;
  CrateJson *result = NULL;
  const CrateJsonldOptions *const options = &what->options;
  crate_arena_init(&beside.arena, world);
  CrateStatus status = crate_json_read(world, CRATE_TEXT("t"),
                                       crate_text(what->document), &document);
  if (!status && what->beside) {
    status = crate_json_read(world, CRATE_TEXT("b"), crate_text(what->beside),
                             &beside);
  }
  status = status ? status : crate_library_new(world, &library);
  if (!status) {
    status = what->verb == COMPACT
               ? crate_jsonld_compact(&document, &beside, library, options,
                                      arena, &result)
             : what->verb == FLATTEN
               ? crate_jsonld_flatten(&document, what->beside ? &beside : NULL,
                                      library, options, arena, &result)
               : crate_jsonld_frame(&document, &beside, library, options, arena,
                                    &result);
  }
  if (!status) {
    crate_json_write(out, result, 0);
    status = crate_buffer_status(out);
  }
  crate_library_free(library);
  crate_json_clear(&beside);
  crate_json_clear(&document);
  return status;
}

static CrateStatus
convert(const CrateWorld *world, const Conversion *what, CrateBuffer *out)
{
  CrateArena arena;
  crate_arena_init(&arena, world);
  const CrateStatus status = what->verb == FROM_RDF
                               ? from_rdf(world, what, &arena, out)
                               : reshape(world, what, &arena, out);
  crate_arena_clear(&arena);
  return status;
}

/// Convert and compare, or compare the first complaint.
static void
check_conversion(const Conversion *what, const char *expected)
{
  CheckWorld check;
  CrateBuffer out;
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  const CrateStatus status = convert(&check.world, what, &out);
  if (status) {
    assert_string_equal(check.said, expected);
  } else {
    assert_text(crate_buffer_text(&out), expected);
  }
  crate_buffer_clear(&out);
}

static void
a_second_list_is_not_lost(void **state)
{
  (void)state;
  check_conversion(
    &(Conversion){.verb = COMPACT,
                  .document = "{\"@id\":\"x:a\",\"x:l\":[{\"@list\":[1]},"
                              "{\"@list\":[2]}]}",
                  .beside = "{\"l\":{\"@id\":\"x:l\",\"@container\":"
                            "\"@list\"}}"},
    "{\"@context\":{\"l\":{\"@id\":\"x:l\",\"@container\":\"@list\"}},"
    "\"@id\":\"x:a\",\"l\":[1],\"x:l\":{\"@list\":[2]}}");
}

static void
a_second_json_literal_is_not_lost(void **state)
{
  (void)state;
  check_conversion(
    &(Conversion){.verb = COMPACT,
                  .document =
                    "{\"@id\":\"x:a\",\"x:j\":[{\"@value\":[1],\"@type\":"
                    "\"@json\"},{\"@value\":[2],\"@type\":\"@json\"}]}",
                  .beside = "{\"j\":{\"@id\":\"x:j\",\"@type\":\"@json\"}}"},
    "{\"@context\":{\"j\":{\"@id\":\"x:j\",\"@type\":\"@json\"}},"
    "\"@id\":\"x:a\",\"j\":[1],\"x:j\":{\"@type\":\"@json\",\"@value\":[2]}}");
}

static void
a_relative_iri_is_read_as_nothing_else(void **state)
{
  (void)state;
  check_conversion(
    &(Conversion){.verb = COMPACT,
                  .document = "[{\"@id\":\"http://e/@id\"},"
                              "{\"@id\":\"http://e/a:b\",\"x:p\":[{\"@id\":"
                              "\"http://e/@id\"},{\"@id\":\"http://e/\"},"
                              "{\"@id\":\"http://e/key\"},"
                              "{\"@id\":\"http://e//s\"}]}]",
                  .beside = "{\"key\":\"@id\"}",
                  .options = {.base = {"http://e/", 9}}},
    "{\"@context\":{\"key\":\"@id\"},\"key\":\"./a:b\",\"x:p\":[{\"key\":"
    "\"./@id\"},{\"key\":\"./\"},{\"key\":\"./key\"},{\"key\":\".//s\"}]}");
}

static void
the_shortest_compact_iri_is_taken(void **state)
{
  (void)state;
  check_conversion(
    &(Conversion){.verb = COMPACT,
                  .document = "{\"@id\":\"http://e/a/b/c\",\"http://e/\":1,"
                              "\"http://e/a/x\":2}",
                  .beside = "{\"f\":\"http://e/a/\",\"long\":\"http://e/\","
                            "\"e\":\"http://e/a/\",\"ab\":\"http://e/a/b/\"}"},
    "{\"@context\":{\"f\":\"http://e/a/\",\"long\":\"http://e/\","
    "\"e\":\"http://e/a/\",\"ab\":\"http://e/a/b/\"},"
    "\"@id\":\"ab:c\",\"long\":1,\"e:x\":2}");
}

static void
a_prefix_is_found_behind_equal_ones(void **state)
{
  (void)state;
  check_conversion(
    &(Conversion){.verb = COMPACT,
                  .document = "{\"@id\":\"http://e/x/1\",\"x:p\":1}",
                  .beside = "{\"a\":\"http://e/\",\"many-1\":"
                            "\"http://e/x/\",\"many-2\":\"http://e/x/\"}"},
    "{\"@context\":{\"a\":\"http://e/\",\"many-1\":\"http://e/x/\","
    "\"many-2\":\"http://e/x/\"},\"@id\":\"a:x/1\",\"x:p\":1}");
}

static void
a_compact_iri_is_read_as_one(void **state)
{
  (void)state;
  check_conversion(
    &(Conversion){.verb = COMPACT,
                  .document = "{\"@id\":\"http://e/x\",\"x:p\":"
                              "{\"@id\":\"_:b\",\"x:q\":1}}",
                  .beside = "{\"_\":\"http://e/\",\"h\":\"http:\"}"},
    "{\"@context\":{\"_\":\"http://e/\",\"h\":\"http:\"},"
    "\"@id\":\"http://e/x\",\"x:p\":{\"@id\":\"_:b\",\"x:q\":1}}");
}

static void
labels_that_stay_are_not_given_again(void **state)
{
  (void)state;
  check_conversion(&(Conversion){.verb = FLATTEN,
                                 .document =
                                   "[{\"x:p\":{\"x:q\":1}},{\"@id\":\"_:b0\","
                                   "\"x:r\":{\"@id\":\"_:b2\"}}]",
                                 .options = {.keep_labels = true}},
                   "[{\"@id\":\"_:b1\",\"x:p\":[{\"@id\":\"_:b3\"}]},"
                   "{\"@id\":\"_:b3\",\"x:q\":[{\"@value\":1}]},"
                   "{\"@id\":\"_:b0\",\"x:r\":[{\"@id\":\"_:b2\"}]}]");
}

static void
an_iri_that_looks_compact_is_refused(void **state)
{
  (void)state;
  check_conversion(&(Conversion){.verb = COMPACT,
                                 .document = "{\"@id\":\"tag:x\",\"x:p\":1}",
                                 .beside = "{\"tag\":\"http://tag/\"}"},
                   "t:0:0: \"tag:x\" would be read as a compact IRI, as the "
                   "context has a prefix "
                   "of the name of its scheme [IRI-confused-with-prefix]");
}

static void
equal_values_of_a_node_are_one_however_many(void **state)
{
  CheckWorld check;
  CrateBuffer json;
  CrateBuffer out;
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&json, &check.world);
  crate_buffer_init(&out, &check.world);
  crate_buffer_add_string(&json, "[{\"@id\":\"x:a\",\"x:p\":[0");
  for (int i = 0; i < 30000; ++i) {
    crate_buffer_print(&json, ",%d,{\"@value\":[%d],\"@type\":\"@json\"}",
                       i % 12, i % 3);
  }
  crate_buffer_add_string(&json, "]}]");
  crate_buffer_add_byte(&json, '\0');
  const Conversion what = {.verb = FLATTEN, .document = json.data};
  assert_int_equal(convert(&check.world, &what, &out), CRATE_OK);
  size_t count = 0;
  for (size_t i = 0; i + 8 < out.size; ++i) {
    count += !memcmp(out.data + i, "\"@value\"", 8);
  }
  assert_int_equal(count, 12 + 3);
  crate_buffer_clear(&json);
  crate_buffer_clear(&out);
}

/// A chain of nodes, each of which refers to the next.
static void
add_chain(CrateBuffer *json, int length)
{
  crate_buffer_add_string(json, "[{}");
  for (int i = 0; i < length; ++i) {
    crate_buffer_print(json, ",{\"@id\":\"x:%d\",\"x:p\":{\"@id\":\"x:%d\"}}",
                       i, i + 1);
  }
  crate_buffer_add_string(json, "]");
  crate_buffer_add_byte(json, '\0');
}

static void
a_long_chain_is_embedded_up_to_the_limit(void **state)
{
  static const struct {
    int length;
    CrateStatus status;
  } table[] = {{100, CRATE_OK}, {100000, CRATE_OVER_LIMIT}};
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    CheckWorld check;
    CrateBuffer json;
    CrateBuffer out;
    check_world_init(&check);
    crate_buffer_init(&json, &check.world);
    crate_buffer_init(&out, &check.world);
    add_chain(&json, table[i].length);
    const Conversion what = {
      .verb = FRAME, .document = json.data, .beside = "{\"@id\":\"x:0\"}"};
    assert_int_equal(convert(&check.world, &what, &out), table[i].status);
    crate_buffer_clear(&json);
    crate_buffer_clear(&out);
  }
}

#define FIRST "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
#define REST "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
#define NIL "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"

/// Lists in lists from RDF, which has no nesting of its own.
static void
lists_in_lists_end_at_the_limit(void **state)
{
  CheckWorld check;
  CrateBuffer quads;
  CrateBuffer out;
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&quads, &check.world);
  crate_buffer_init(&out, &check.world);
  crate_buffer_add_string(&quads, "<x:s> <x:p> _:b0 .\n");
  for (int i = 0; i < 10000; ++i) {
    crate_buffer_print(&quads,
                       "_:b%d " FIRST " _:b%d .\n_:b%d " REST " " NIL " .\n", i,
                       i + 1, i);
  }
  crate_buffer_add_byte(&quads, '\0');
  const Conversion what = {.verb = FROM_RDF, .document = quads.data};
  assert_int_equal(convert(&check.world, &what, &out), CRATE_OVER_LIMIT);
  crate_buffer_clear(&quads);
  crate_buffer_clear(&out);
}

static void
a_list_with_another_type_is_none(void **state)
{
  (void)state;
  check_conversion(
    &(Conversion){.verb = FROM_RDF,
                  .document =
                    "<x:s> <x:p> _:l .\n_:l " FIRST " \"1\" .\n_:l " REST
                    " " NIL " .\n_:l <http://www.w3.org/1999/02/"
                    "22-rdf-syntax-ns#type> <x:Special> .\n"},
    "[{\"@id\":\"x:s\",\"x:p\":[{\"@id\":\"_:l\"}]},{\"@id\":\"_:l\","
    "\"@type\":[\"x:Special\"],"
    "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#first\":[{\"@value\":"
    "\"1\"}],\"http://www.w3.org/1999/02/22-rdf-syntax-ns#rest\":["
    "{\"@list\":[]}]}]");
}

static void
blank_nodes_of_one_label_stay_two(void **state)
{
  (void)state;
  check_conversion(
    &(Conversion){.verb = FROM_RDF,
                  .document = "_:a <x:p> _:b .\n_:b <x:p> \"v\" _:a .\n"},
    "[{\"@graph\":[{\"@id\":\"_:b\",\"x:p\":[{\"@value\":\"v\"}]}],"
    "\"@id\":\"_:a\",\"x:p\":[{\"@id\":\"_:b\"}]}]");
}

static void
numbers_become_native_only_when_json_has_them(void **state)
{
#define XSD "<http://www.w3.org/2001/XMLSchema#"
  (void)state;
  check_conversion(
    &(Conversion){.verb = FROM_RDF,
                  .document =
                    "<x:a> <x:p> \"+007\"^^" XSD "integer> .\n"
                    "<x:a> <x:q> \"9007199254740993\"^^" XSD "integer> .\n"
                    "<x:a> <x:r> \"1.\"^^" XSD "double> .\n"
                    "<x:a> <x:s> \"1e\"^^" XSD "double> .\n"
                    "<x:a> <x:t> \"-INF\"^^" XSD "double> .\n",
                  .options = {.use_native_types = true}},
    "[{\"@id\":\"x:a\",\"x:p\":[{\"@value\":7}],\"x:q\":[{\"@type\":"
    "\"http://www.w3.org/2001/XMLSchema#integer\",\"@value\":"
    "\"9007199254740993\"}],\"x:r\":[{\"@value\":1}],\"x:s\":[{\"@type\":"
    "\"http://www.w3.org/2001/XMLSchema#double\",\"@value\":\"1e\"}],"
    "\"x:t\":[{\"@type\":\"http://www.w3.org/2001/XMLSchema#double\","
    "\"@value\":\"-INF\"}]}]");
}

static void
frames_are_refused_with_a_place(void **state)
{
  static const struct {
    const char *frame, *said;
  } table[] = {
    {"{\"@id\": \"_:a\"}",
     "b:1:1: @id of a frame takes IRIs, or {} [invalid-frame]"},
    {"{\"x:p\": {\"@embed\":\n\"@some\"}}",
     "b:2:1: @embed takes @once, @always or @never [invalid-@embed-value]"},
    {"[{\"@id\": \"x:a\"}, {\"@id\": \"x:b\"}]",
     "b:1:18: a frame is one object [invalid-frame]"},
    {"{\"@type\": {\"@default\": 1}}",
     "b:1:11: @type of a frame takes IRIs, {} or {\"@default\": IRI} "
     "[invalid-type-value]"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    check_conversion(&(Conversion){.verb = FRAME,
                                   .document = "{\"@id\":\"x:a\",\"x:p\":{"
                                               "\"@id\":\"x:b\"}}",
                                   .beside = table[i].frame},
                     table[i].said);
  }
}

/// Contexts of many kinds, and what they apply to.
#define CONTEXT                                                                \
  "{\"@version\":1.1,\"x\":\"http://x/\",\"l\":{\"@id\":\"x:l\","              \
  "\"@container\":\"@list\"},\"i\":{\"@id\":\"x:i\",\"@container\":"           \
  "\"@index\"},\"j\":{\"@id\":\"x:j\",\"@type\":\"@json\"},\"n\":\"@nest\","   \
  "\"m\":{\"@id\":\"x:m\",\"@nest\":\"n\"},\"T\":{\"@id\":\"x:T\","            \
  "\"@context\":{\"s\":\"x:s\"}},\"g\":{\"@id\":\"x:g\",\"@container\":["      \
  "\"@graph\",\"@id\"]},\"lang\":{\"@id\":\"x:lang\",\"@container\":"          \
  "\"@language\"},\"r\":{\"@reverse\":\"x:r\"},\"t\":{\"@id\":\"x:t\","        \
  "\"@container\":\"@type\"}}"
#define NODES                                                                  \
  "[{\"@id\":\"http://x/1\",\"@type\":[\"T\",\"x:U\"],\"s\":1.5,\"l\":[1,[2,"  \
  "{\"@id\":\"x:2\"}]],\"i\":{\"a\":{\"@id\":\"_:b\"}},\"j\":{\"k\":[null]},"  \
  "\"m\":\"v\",\"g\":{\"x:3\":{\"m\":\"w\"}},\"lang\":{\"en\":[\"a\",\"b\"]}," \
  "\"r\":{\"@id\":\"x:2\"},\"t\":{\"T\":{\"@id\":\"x:4\"}}},{\"@id\":\"x:2\"," \
  "\"x:p\":[1,2,3,4,5,6,7,8,9,10,11,12]}]"

static CrateStatus
convert_quietly(const CrateWorld *world, const Conversion *what)
{
  CrateBuffer out;
  crate_buffer_init(&out, world);
  const CrateStatus status = convert(world, what, &out);
  crate_buffer_clear(&out);
  return status;
}

static CrateStatus
compact_all(const CrateWorld *world)
{
  return convert_quietly(
    world,
    &(Conversion){.verb = COMPACT,
                  .document = "{\"@context\":" CONTEXT ",\"@graph\":" NODES "}",
                  .beside = CONTEXT});
}

static CrateStatus
flatten_all(const CrateWorld *world)
{
  return convert_quietly(
    world,
    &(Conversion){.verb = FLATTEN,
                  .document = "{\"@context\":" CONTEXT ",\"@graph\":" NODES "}",
                  .beside = CONTEXT,
                  .options = {.ordered = true}});
}

static CrateStatus
frame_all(const CrateWorld *world)
{
  return convert_quietly(
    world,
    &(Conversion){
      .verb = FRAME,
      .document = "{\"@context\":" CONTEXT ",\"@graph\":" NODES "}",
      .beside = "{\"@context\":" CONTEXT ",\"@type\":\"T\",\"@embed\":"
                "\"@always\",\"r\":{},\"x:q\":{\"@default\":\"d\"},"
                "\"x:o\":{},\"l\":{\"@list\":[{\"x:p\":{\"@value\":[1,2]}}]},"
                "\"@included\":{\"@id\":[\"x:2\",\"x:4\"]}}"});
}

static CrateStatus
serialize_all(const CrateWorld *world)
{
  return convert_quietly(
    world,
    &(Conversion){
      .verb = FROM_RDF,
      .document =
        "<x:s> <x:p> _:b0 .\n_:b0 " FIRST " \"1\" .\n_:b0 " REST " " NIL
        " .\n<x:s> <x:q> \"a\"@en <x:g> .\n<x:s> <x:q> \"1.0\"^^" XSD
        "double> .\n<x:s> <x:q> \"{\\\"a\\\":[1]}\"^^"
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .\n"
        "<x:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <x:T> .\n",
      .options = {.use_native_types = true, .ordered = true}});
}

static void
failing_allocations_leave_nothing_behind(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(compact_all) > 10);
  assert_true(check_failing_allocations(flatten_all) > 10);
  assert_true(check_failing_allocations(frame_all) > 10);
  assert_true(check_failing_allocations(serialize_all) > 10);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_second_list_is_not_lost),
    cmocka_unit_test(a_second_json_literal_is_not_lost),
    cmocka_unit_test(a_relative_iri_is_read_as_nothing_else),
    cmocka_unit_test(the_shortest_compact_iri_is_taken),
    cmocka_unit_test(a_prefix_is_found_behind_equal_ones),
    cmocka_unit_test(a_compact_iri_is_read_as_one),
    cmocka_unit_test(labels_that_stay_are_not_given_again),
    cmocka_unit_test(a_list_with_another_type_is_none),
    cmocka_unit_test(an_iri_that_looks_compact_is_refused),
    cmocka_unit_test(equal_values_of_a_node_are_one_however_many),
    cmocka_unit_test(a_long_chain_is_embedded_up_to_the_limit),
    cmocka_unit_test(lists_in_lists_end_at_the_limit),
    cmocka_unit_test(blank_nodes_of_one_label_stay_two),
    cmocka_unit_test(numbers_become_native_only_when_json_has_them),
    cmocka_unit_test(frames_are_refused_with_a_place),
    cmocka_unit_test(failing_allocations_leave_nothing_behind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
