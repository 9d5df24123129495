// SPDX-License-Identifier: Apache-2.0
// Expansion and deserialisation: what the W3C suites do not look at.
#include "support/check.h"
#include <cratekit/jsonld.h>
#include <cratekit/rdf.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const base = "https://example.org/";

/// Deserialise; the quads are written into `out` in canonical form.
static CrateStatus
read_into(const CrateWorld *world,
          CrateLibrary *library,
          const char *json,
          CrateRdfDirection direction,
          CrateBuffer *out)
{
  CrateJsonDocument document;
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  const CrateJsonldOptions options = {.base = crate_text(base),
                                      .rdf_direction = direction};
  CrateStatus status =
    crate_json_read(world, CRATE_TEXT("t"), crate_text(json), &document);
  status = status ? status : crate_terms_new(world, &terms);
  status = status ? status : crate_graph_new(world, terms, &graph);
  status =
    status ? status : crate_jsonld_read(&document, library, &options, graph);
  status = status ? status : crate_graph_index(graph);
  status =
    status ? status : crate_rdf_canonicalize(out, graph, CRATE_SHA256, NULL);
  crate_graph_free(graph);
  crate_terms_free(terms);
  crate_json_clear(&document);
  return status;
}

/// Deserialise and give the N-Quads, or the first complaint.
static void
check_read(const char *json, CrateRdfDirection direction, const char *expected)
{
  CheckWorld check;
  CrateLibrary *library;
  CrateBuffer out;
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  assert_int_equal(crate_library_new(&check.world, &library), CRATE_OK);
  const CrateStatus status =
    read_into(&check.world, library, json, direction, &out);
  if (status) {
    assert_string_equal(check.said, expected);
  } else {
    assert_text(crate_buffer_text(&out), expected);
  }
  crate_buffer_clear(&out);
  crate_library_free(library);
}

static void
complaints_have_a_place_and_a_code(void **state)
{
  static const struct {
    const char *json, *said;
  } table[] = {
    {"{\"@context\": 1}",
     "t:1:14: @context takes an object, an IRI, null or an array of these "
     "[invalid-local-context]"},
    {"{\"@context\": \"https://example.org/none\"}",
     "t:1:14: no copy of \"https://example.org/none\" is known and nothing "
     "is fetched; add --map IRI-PREFIX=DIR [loading-remote-context-failed]"},
    {"{\"@context\": {\"a\":\n {\"@id\": \"b\"}}}",
     "t:2:10: term \"a\": @id takes an absolute IRI, a blank node or a "
     "keyword; is a prefix or @vocab missing? [invalid-IRI-mapping]"},
    {"{\"@context\": {\"a\": {\"@id\": \"x:a\",\n\"@context\": {\"@vocab\": 1}"
     "}}}",
     "t:2:24: @vocab takes an IRI, a blank node or null "
     "[invalid-scoped-context]"},
    {"[{\"@id\": \"x:a\"},\n {\"@id\": 1}]",
     "t:2:10: @id takes an IRI as a string [invalid-@id-value]"},
    {"{\"x:p\": {\"@value\": [1]}}",
     "t:1:20: @value takes a string, a number, a boolean or null; other JSON "
     "needs @type @json [invalid-value-object-value]"},
    {"[{\"@id\": \"x:a\", \"@index\": \"1\"},\n"
     "{\"@id\": \"x:a\", \"@index\": \"2\"}]",
     "t:2:1: this node has another @index elsewhere [conflicting-indexes]"},
    {"{\"@context\": \"none\"}",
     "t:1:14: no copy of \"https://example.org/none\" is known and nothing "
     "is fetched; add --map IRI-PREFIX=DIR [loading-remote-context-failed]"},
    {"{\"@context\": {\"@vocab\": \"@type\"}}",
     "t:1:25: @vocab takes an IRI, a blank node or null "
     "[invalid-vocab-mapping]"},
    {"{\"@context\": {\"@vocab\": \"@other\"}}",
     "t:1:25: @vocab takes an IRI, a blank node or null "
     "[invalid-vocab-mapping]"},
    {"{\"@context\": {\"@protected\": 1}}",
     "t:1:29: @protected takes true or false [invalid-@protected-value]"},
    {"{\"@context\": {\"a\": {\"@id\": \"x:a\", \"@protected\": 1}}}",
     "t:1:49: term \"a\": @protected takes true or false "
     "[invalid-@protected-value]"},
    {"{\"@context\": {\"a\": {\"@id\": \"x:a\", \"@direction\": 1}}}",
     "t:1:49: term \"a\": @direction takes \"ltr\", \"rtl\" or null "
     "[invalid-base-direction]"},
    {"{\"x:p\": {\"@value\": \"v\", \"@direction\": \"up\"}}",
     "t:1:39: @direction takes \"ltr\" or \"rtl\" [invalid-base-direction]"},
    {"{\"x:p\": {\"@value\": [1e999], \"@type\": \"@json\"}}",
     "t:1:20: a number in a JSON literal is out of range "
     "[invalid-JSON-literal]"},
    {"{\"@context\": {\"a\": \"b:x\", \"b\": \"a:x\"}}",
     "t:1:15: term \"a\": the definition of this term needs itself "
     "[cyclic-IRI-mapping]"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    check_read(table[i].json, CRATE_DIRECTION_NONE, table[i].said);
  }
}

#define XSD "http://www.w3.org/2001/XMLSchema#"

static void
numbers_take_their_canonical_form(void **state)
{
  static const struct {
    const char *json, *literal;
  } table[] = {
    {"5", "\"5\"^^<" XSD "integer>"},
    {"-0", "\"0\"^^<" XSD "integer>"},
    {"-0.0", "\"0\"^^<" XSD "integer>"},
    {"1.0", "\"1\"^^<" XSD "integer>"},
    {"1e3", "\"1000\"^^<" XSD "integer>"},
    {"5.3", "\"5.3E0\"^^<" XSD "double>"},
    {"-0.015", "\"-1.5E-2\"^^<" XSD "double>"},
    {"1e21", "\"1.0E21\"^^<" XSD "double>"},
    {"1e400", "\"INF\"^^<" XSD "double>"},
    {"123456789012345678901", "\"123456789012345678901\"^^<" XSD "integer>"},
    {"1234567890123456789012", "\"1.234567890123457E21\"^^<" XSD "double>"},
    {"{\"@value\": 10, \"@type\": \"" XSD "double\"}",
     "\"1.0E1\"^^<" XSD "double>"},
    {"{\"@value\": 0, \"@type\": \"" XSD "double\"}",
     "\"0.0E0\"^^<" XSD "double>"},
    {"{\"@value\": true, \"@type\": \"x:b\"}", "\"true\"^^<x:b>"},
    {"{\"@value\": {\"b\": 1.50, \"a\": []}, \"@type\": \"@json\"}",
     "\"{\\\"a\\\":[],\\\"b\\\":1.5}\"^^"
     "<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    char json[256];
    char expected[256];
    snprintf(json, sizeof json, "{\"@id\": \"x:s\", \"x:p\": %s}",
             table[i].json);
    snprintf(expected, sizeof expected, "<x:s> <x:p> %s .\n", table[i].literal);
    check_read(json, CRATE_DIRECTION_NONE, expected);
  }
}

static void
the_last_of_repeated_keys_counts(void **state)
{
  (void)state;
  check_read("{\"@id\": \"x:a\", \"x:p\": 1, \"x:p\": 2, \"@id\": \"x:b\"}",
             CRATE_DIRECTION_NONE, "<x:b> <x:p> \"2\"^^<" XSD "integer> .\n");
}

static void
what_is_ill_formed_is_left_out(void **state)
{
  (void)state;
  check_read("[{\"@id\": \"x:a b\", \"x:p\": {\"@id\": \"x:c\", \"x:q\": 1}},"
             "{\"@id\": \"x:d\", \"x:p\": {\"@value\": \"v\", \"@language\": "
             "\"a_b\"}, \"x:q##\": 1, \"@type\": [\"x:<\", \"x:T\"]}]",
             CRATE_DIRECTION_NONE,
             "<x:c> <x:q> \"1\"^^<" XSD "integer> .\n"
             "<x:d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
             "<x:T> .\n");
}

static void
a_label_is_one_node_in_the_document(void **state)
{
  (void)state;
  check_read("[{\"@id\": \"_:a\", \"x:p\": {\"@id\": \"_:a\"}},"
             "{\"@id\": \"x:g\", \"@graph\": {\"@id\": \"_:a\", \"x:p\": "
             "{\"@id\": \"_:b\"}}}]",
             CRATE_DIRECTION_NONE,
             "_:c14n1 <x:p> _:c14n0 <x:g> .\n_:c14n1 <x:p> _:c14n1 .\n");
}

static void
a_list_of_a_property_left_out_leaves_its_nodes(void **state)
{
  (void)state;
  check_read("{\"@id\": \"x:a\", \"_:p\": {\"@list\": [1, {\"@id\": \"x:b\", "
             "\"x:q\": 1}]}}",
             CRATE_DIRECTION_NONE, "<x:b> <x:q> \"1\"^^<" XSD "integer> .\n");
}

/// Expand a document; the result as one line of JSON.
static void
check_expand(const char *json, bool ordered, const char *expected)
{
  CheckWorld check;
  CrateJsonDocument document;
  CrateArena arena;
  CrateBuffer out;
  CrateJson *expanded;
  const CrateJsonldOptions options = {.ordered = ordered};
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  crate_buffer_init(&out, &check.world);
  assert_int_equal(
    crate_json_read(&check.world, CRATE_TEXT("t"), crate_text(json), &document),
    CRATE_OK);
  assert_int_equal(
    crate_jsonld_expand(&document, NULL, &options, &arena, &expanded),
    CRATE_OK);
  crate_json_write(&out, expanded, 0);
  assert_text(crate_buffer_text(&out), expected);
  crate_buffer_clear(&out);
  crate_arena_clear(&arena);
  crate_json_clear(&document);
}

static void
keys_are_visited_in_order_on_demand(void **state)
{
  static const char json[] =
    "{\"@context\": {\"l\": {\"@id\": \"x:l\", \"@container\": \"@language\"}"
    "}, \"x:b\": 1, \"l\": {\"en\": \"e\", \"de\": \"d\"}, \"x:a\": 2}";
  (void)state;
  check_expand(json, false,
               "[{\"x:b\":[{\"@value\":1}],\"x:l\":[{\"@language\":\"en\","
               "\"@value\":\"e\"},{\"@language\":\"de\",\"@value\":\"d\"}],"
               "\"x:a\":[{\"@value\":2}]}]");
  check_expand(json, true,
               "[{\"x:a\":[{\"@value\":2}],\"x:b\":[{\"@value\":1}],"
               "\"x:l\":[{\"@language\":\"de\",\"@value\":\"d\"},"
               "{\"@language\":\"en\",\"@value\":\"e\"}]}]");
}

static void
keywords_of_contexts_say_nothing_in_a_node(void **state)
{
  (void)state;
  check_expand("{\"@vocab\": \"x:\", \"@base\": 1, \"x:p\": 1}", false,
               "[{\"x:p\":[{\"@value\":1}]}]");
}

/// Many properties, each under two keys: the index of a node's properties.
static void
a_wide_node_keeps_every_value(void **state)
{
  enum { COUNT = 500 };
  CheckWorld check;
  CrateBuffer json;
  CrateBuffer out;
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&json, &check.world);
  crate_buffer_init(&out, &check.world);
  crate_buffer_add_string(&json,
                          "{\"@context\": {\"y\": \"x:\"}, \"@id\": \"x:s\"");
  for (int i = 0; i < COUNT; ++i) {
    crate_buffer_print(&json, ", \"x:p%d\": 1, \"y:p%d\": 2", i, i);
  }
  crate_buffer_add(&json, (CrateText){"}", 2});
  assert_int_equal(crate_buffer_status(&json), CRATE_OK);
  assert_int_equal(
    read_into(&check.world, NULL, json.data, CRATE_DIRECTION_NONE, &out),
    CRATE_OK);
  size_t lines = 0;
  for (size_t i = 0; i < out.size; ++i) {
    lines += out.data[i] == '\n';
  }
  assert_int_equal(lines, 2 * COUNT);
  crate_buffer_clear(&json);
  crate_buffer_clear(&out);

  check_expand("{\"@context\": {\"y\": \"x:\"}, \"x:p\": 1, \"y:p\": 2}", false,
               "[{\"x:p\":[{\"@value\":1},{\"@value\":2}]}]");
}

/// A remote context is processed once over the same terms; what one node
/// says after it is no other node's.
static void
a_context_named_again_is_not_what_followed_it(void **state)
{
  (void)state;
  check_read(
    "{\"@context\": {\"t\": \"x:t\"}, \"@graph\": ["
    "{\"@context\": [\"https://w3id.org/ro/terms\", {\"@vocab\": \"x:v/\"}], "
    "\"@id\": \"x:1\", \"t\": 1, \"u\": 1},"
    "{\"@context\": [\"https://w3id.org/ro/terms\", {\"localPath\": \"x:l\"}], "
    "\"@id\": \"x:2\", \"localPath\": 1, \"u\": 1},"
    "{\"@context\": \"https://w3id.org/ro/terms\", \"@id\": \"x:3\", "
    "\"localPath\": 1, \"u\": 1, \"t\": 1},"
    "{\"@id\": \"x:4\", \"localPath\": 1, \"u\": 1, \"t\": 1}]}",
    CRATE_DIRECTION_NONE,
    "<x:1> <x:t> \"1\"^^<" XSD "integer> .\n"
    "<x:1> <x:v/u> \"1\"^^<" XSD "integer> .\n"
    "<x:2> <x:l> \"1\"^^<" XSD "integer> .\n"
    "<x:3> <https://w3id.org/ro/terms/#localPath> \"1\"^^<" XSD "integer> .\n"
    "<x:3> <x:t> \"1\"^^<" XSD "integer> .\n"
    "<x:4> <x:t> \"1\"^^<" XSD "integer> .\n");
}

/// A thousand nodes, each with a context of its own, under another.
static CrateStatus
read_thousand(CheckWorld *check, const char *node)
{
  CrateLibrary *library;
  CrateBuffer json;
  CrateBuffer out;
  crate_buffer_init(&json, &check->world);
  crate_buffer_init(&out, &check->world);
  assert_int_equal(crate_library_new(&check->world, &library), CRATE_OK);
  crate_buffer_add_string(&json,
                          "{\"@context\": {\"u\": \"x:u\"}, \"@graph\": [{}");
  for (int i = 0; i < 1000; ++i) {
    crate_buffer_add_string(&json, node);
  }
  crate_buffer_add(&json, (CrateText){"]}", 3});
  assert_int_equal(crate_buffer_status(&json), CRATE_OK);
  const CrateStatus status =
    read_into(&check->world, library, json.data, CRATE_DIRECTION_NONE, &out);
  crate_library_free(library);
  crate_buffer_clear(&json);
  crate_buffer_clear(&out);
  return status;
}

static void
a_large_context_is_refused_only_over_ever_other_terms(void **state)
{
  CheckWorld check;
  (void)state;
  check_world_init(&check);
  assert_int_equal(
    read_thousand(&check, ",{\"@context\": \"https://schema.org\"}"), CRATE_OK);
  assert_int_equal(
    read_thousand(&check, ",{\"@context\": [\"https://schema.org\", {}]}"),
    CRATE_OK);
  assert_int_equal(read_thousand(&check, ",{\"@context\": [{\"t\": \"x:t\"}, "
                                         "\"https://schema.org\"]}"),
                   CRATE_MALFORMED);
  assert_non_null(strstr(check.said, "[context-overflow]"));
}

/// A scoped context is processed anew for each active context that meets it.
static void
a_large_scoped_context_is_not_used_over_and_over(void **state)
{
  enum { COUNT = 2000 };
  CheckWorld check;
  CrateBuffer json;
  CrateBuffer out;
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&json, &check.world);
  crate_buffer_init(&out, &check.world);
  crate_buffer_add_string(
    &json, "{\"@context\": {\"t\": {\"@id\": \"x:t\", \"@context\": {");
  for (int i = 0; i < COUNT; ++i) {
    crate_buffer_print(&json, "%s\"s%d\": \"x:s%d\"", i ? "," : "", i, i);
  }
  crate_buffer_add_string(&json, "}}}, \"@graph\": [");
  for (int i = 0; i < COUNT; ++i) {
    crate_buffer_print(&json,
                       "%s{\"@context\": {\"q\": \"x:q\"}, \"t\": {\"s1\": 1}}",
                       i ? "," : "");
  }
  crate_buffer_add_string(&json, "]}");
  crate_buffer_add_byte(&json, '\0');
  assert_int_equal(
    read_into(&check.world, NULL, json.data, CRATE_DIRECTION_NONE, &out),
    CRATE_MALFORMED);
  assert_non_null(strstr(check.said, "[context-overflow]"));
  crate_buffer_clear(&json);
  crate_buffer_clear(&out);
}

static void
the_ceiling_of_memory_is_told_from_want_of_it(void **state)
{
  CheckWorld check;
  (void)state;
  check_world_init(&check);
  check.world.limits.memory_bytes = 300000;
  assert_int_equal(
    read_thousand(&check, ",{\"@context\": {\"t\": \"x:t\"}, \"t\": 1}"),
    CRATE_OVER_LIMIT);
}

static void
a_graph_object_is_not_wrapped_again(void **state)
{
  (void)state;
  check_expand("{\"@context\": {\"g\": {\"@id\": \"x:g\", \"@container\": "
               "[\"@graph\", \"@index\"]}}, \"g\": {\"a\": [{\"@graph\": []}, "
               "{\"@graph\": [], \"x:p\": 1}]}}",
               false,
               "[{\"x:g\":[{\"@graph\":[],\"@index\":\"a\"},{\"@graph\":[{"
               "\"@graph\":[],\"x:p\":[{\"@value\":1}]}],\"@index\":\"a\"}]}]");
}

static void
a_direction_can_go_into_the_datatype(void **state)
{
  (void)state;
  check_read("{\"@id\": \"x:a\", \"x:p\": {\"@value\": \"v\", \"@language\": "
             "\"AR-eg\", \"@direction\": \"rtl\"}}",
             CRATE_DIRECTION_I18N_DATATYPE,
             "<x:a> <x:p> \"v\"^^<https://www.w3.org/ns/i18n#ar-eg_rtl> .\n");
}

static void
quads_know_where_they_came_from(void **state)
{
  static const char json[] =
    "{\"@context\": {\"@vocab\": \"x:\"},\n"
    " \"@graph\": [{\"@id\": \"x:a\", \"@type\": \"T\", \"p\": [\"v\", "
    "{\"@id\": \"x:b\"}]}]}";
  static const char *const places[] = {"\"T\"", "\"v\"", "{\"@id\": \"x:b\""};
  CheckWorld check;
  CrateJsonDocument document;
  CrateTerms *terms;
  CrateGraph *graph;
  (void)state;
  check_world_init(&check);
  assert_int_equal(
    crate_json_read(&check.world, CRATE_TEXT("t"), CRATE_TEXT(json), &document),
    CRATE_OK);
  assert_int_equal(crate_terms_new(&check.world, &terms), CRATE_OK);
  assert_int_equal(crate_graph_new(&check.world, terms, &graph), CRATE_OK);
  assert_int_equal(crate_jsonld_read(&document, NULL, NULL, graph), CRATE_OK);
  assert_int_equal(crate_graph_size(graph), 3);
  for (size_t i = 0; i < 3; ++i) {
    const CrateQuad *const quad = &crate_graph_quads(graph)[i];
    const size_t expected = (size_t)(strstr(json, places[i]) - json);
    assert_int_equal(crate_graph_origin(graph, quad), expected);
  }
  crate_graph_free(graph);
  crate_terms_free(terms);
  crate_json_clear(&document);
}

/// A bit of everything, so that every allocation there is can fail.
static const char everything[] =
  "{\"@context\": [\"https://w3id.org/ro/crate/1.1/context\","
  "\"https://w3id.org/ro/terms/workflow-run/context\", {"
  "\"@version\": 1.1, \"x\": \"http://x/\", \"l\": {\"@id\": \"x:l\", "
  "\"@container\": \"@list\"}, \"i\": {\"@id\": \"x:i\", \"@container\": "
  "\"@index\"}, \"j\": {\"@id\": \"x:j\", \"@type\": \"@json\"}, \"n\": "
  "\"@nest\", \"T\": {\"@id\": \"x:T\", \"@context\": {\"s\": \"x:s\"}}, "
  "\"g\": {\"@id\": \"x:g\", \"@container\": [\"@graph\", \"@id\"]}, \"lang\": "
  "{\"@id\": \"x:lang\", \"@container\": \"@language\"}, \"r\": {\"@reverse\": "
  "\"x:r\"}}], \"@graph\": [{\"@id\": \"./\", \"@type\": [\"Dataset\", \"T\"],"
  "\"s\": 1.5, \"l\": [1, [2]], \"i\": {\"a\": {\"@id\": \"_:b\"}}, \"j\": "
  "{\"k\": [null]}, \"n\": {\"name\": \"v\"}, \"g\": {\"x:1\": {\"name\": "
  "\"w\"}}, \"lang\": {\"en\": \"e\"}, \"r\": {\"@id\": \"x:q\"}, \"name\": "
  "{\"@value\": \"d\", \"@direction\": \"rtl\"}}], \"@graph\": [{\"@id\": "
  "\"./\", \"@type\": [\"Dataset\", \"T\"], \"s\": 1.5, \"l\": [1, [2]], "
  "\"i\": {\"a\": {\"@id\": \"_:b\"}}, \"j\": {\"k\": [null]}, \"n\": "
  "{\"name\": \"v\"}, \"g\": {\"x:1\": {\"name\": \"w\"}}, \"lang\": {\"en\": "
  "\"e\"}, \"r\": {\"@id\": \"x:q\"}, \"name\": {\"@value\": \"d\", "
  "\"@direction\": \"rtl\"}}]}";

static CrateStatus
read_everything(const CrateWorld *world)
{
  CrateLibrary *library;
  CrateBuffer out;
  CRATE_TRY(crate_library_new(world, &library));
  crate_buffer_init(&out, world);
  const CrateStatus status = read_into(world, library, everything,
                                       CRATE_DIRECTION_COMPOUND_LITERAL, &out);
  crate_buffer_clear(&out);
  crate_library_free(library);
  return status;
}

static CrateStatus
expand_everything(const CrateWorld *world)
{
  CrateLibrary *library;
  CrateJsonDocument document;
  CrateArena arena;
  CrateJson *expanded;
  CRATE_TRY(crate_library_new(world, &library));
  crate_arena_init(&arena, world);
  CrateStatus status =
    crate_json_read(world, CRATE_TEXT("t"), CRATE_TEXT(everything), &document);
  status = status
             ? status
             : crate_jsonld_expand(&document, library, NULL, &arena, &expanded);
  crate_library_free(library);
  crate_arena_clear(&arena);
  crate_json_clear(&document);
  return status;
}

static void
any_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_everything) > 3);
  assert_true(check_failing_allocations(expand_everything) > 3);
}

static void
the_result_outlives_the_library(void **state)
{
  static const char json[] =
    "{\"@context\": [\"https://w3id.org/ro/crate/1.1/context\", {\"@language\""
    ": \"en\", \"b\": \"http://b/\", \"v\": {\"@id\": \"b:v\", \"@type\": "
    "\"@vocab\"}}], \"@id\": \"b:c\", \"name\": \"v\", "
    "\"@type\": \"b:T\", \"v\": \"b\"}";
  CheckWorld check;
  CrateLibrary *library;
  CrateJsonDocument document;
  CrateArena arena;
  CrateBuffer out;
  CrateJson *expanded;
  (void)state;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  crate_buffer_init(&out, &check.world);
  assert_int_equal(crate_library_new(&check.world, &library), CRATE_OK);
  assert_int_equal(
    crate_json_read(&check.world, CRATE_TEXT("t"), CRATE_TEXT(json), &document),
    CRATE_OK);
  assert_int_equal(
    crate_jsonld_expand(&document, library, NULL, &arena, &expanded), CRATE_OK);
  crate_library_free(library);
  crate_json_write(&out, expanded, 0);
  assert_text(crate_buffer_text(&out),
              "[{\"@id\":\"http://b/c\",\"@type\":[\"http://b/T\"],"
              "\"http://schema.org/name\":[{\"@language\":\"en\","
              "\"@value\":\"v\"}],\"http://b/v\":[{\"@id\":\"http://b/\"}]}]");
  crate_buffer_clear(&out);
  crate_arena_clear(&arena);
  crate_json_clear(&document);
}

static void
the_depth_is_limited(void **state)
{
  // Prefixes that need one another: deep in no document, deep all the same.
  CheckWorld check;
  CrateBuffer json;
  CrateBuffer out;
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&json, &check.world);
  crate_buffer_init(&out, &check.world);
  crate_buffer_add_string(&json, "{\"@context\": {");
  for (int i = 0; i < 5000; ++i) {
    crate_buffer_print(&json, "\"t%d\": \"t%d:x\",", i, i + 1);
  }
  crate_buffer_add_string(&json, "\"t5000\": \"x:y#\"}}");
  crate_buffer_add_byte(&json, '\0');
  assert_int_equal(crate_buffer_status(&json), CRATE_OK);
  assert_int_equal(
    read_into(&check.world, NULL, json.data, CRATE_DIRECTION_NONE, &out),
    CRATE_OVER_LIMIT);
  assert_non_null(strstr(check.said, "[too-deep]"));
  crate_buffer_clear(&json);
  crate_buffer_clear(&out);
}

static void
write_file(const char *path, const char *text)
{
  FILE *const file = fopen(path, "w");
  assert_non_null(file);
  assert_true(fputs(text, file) >= 0);
  assert_int_equal(fclose(file), 0);
}

/// A folder with contexts, one that includes itself, and links that leave.
typedef struct Folder {
  char path[64];
  char mapped[80];
} Folder;

static void
folder_make(Folder *folder)
{
  char path[128];
  strcpy(folder->path, "/tmp/test_jsonld_XXXXXX");
  assert_non_null(mkdtemp(folder->path));
  snprintf(folder->mapped, sizeof folder->mapped, "%s/in", folder->path);
  assert_int_equal(mkdir(folder->mapped, 0700), 0);
  snprintf(path, sizeof path, "%s/out.jsonld", folder->path);
  write_file(path, "{\"@context\": {\"p\": \"x:out\"}}");
  snprintf(path, sizeof path, "%s/link.jsonld", folder->mapped);
  assert_int_equal(symlink("../out.jsonld", path), 0);
  snprintf(path, sizeof path, "%s/good.jsonld", folder->mapped);
  write_file(path, "{\"@context\": {\"p\": \"x:in\"}}");
  snprintf(path, sizeof path, "%s/self", folder->mapped);
  write_file(path, "{\"@context\": \"self\"}");
  snprintf(path, sizeof path, "%s/bad.json", folder->mapped);
  write_file(path, "{\"@context\": ");
  snprintf(path, sizeof path, "%s/none.json", folder->mapped);
  write_file(path, "[]");
}

static void
folder_remove(const Folder *folder)
{
  static const char *const names[] = {
    "in/link.jsonld", "in/good.jsonld", "in/self",
    "in/bad.json",    "in/none.json",   "out.jsonld",
  };
  char path[128];
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    snprintf(path, sizeof path, "%s/%s", folder->path, names[i]);
    assert_int_equal(unlink(path), 0);
  }
  assert_int_equal(rmdir(folder->mapped), 0);
  assert_int_equal(rmdir(folder->path), 0);
}

static void
a_map_leads_into_its_folder_and_nowhere_else(void **state)
{
  static const struct {
    const char *iri, *answer;
  } table[] = {
    {"https://m/good", "<x:s> <x:in> \"v\" .\n"},
    {"https://m/good.jsonld", "<x:s> <x:in> \"v\" .\n"},
    {"https://m/g%6Fod", "<x:s> <x:in> \"v\" .\n"},
    {"https://m/link", "[loading-remote-context-failed]"},
    {"https://m/%2e%2e/out.jsonld", "[loading-remote-context-failed]"},
    {"https://m//good", "[loading-remote-context-failed]"},
    {"https://m/bad", "[invalid-json]"},
    {"https://m/none", "[invalid-remote-context]"},
    {"https://m/self", "[context-overflow]"},
    {"relative", "[loading-remote-context-failed]"},
    {"https://n/good", "<x:s> <x:in> \"v\" .\n"}, // mapped without a slash
  };
  CheckWorld check;
  Folder folder;
  (void)state;
  folder_make(&folder);
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    char json[256];
    CrateLibrary *library;
    CrateBuffer out;
    check_world_init(&check);
    crate_buffer_init(&out, &check.world);
    assert_int_equal(crate_library_new(&check.world, &library), CRATE_OK);
    assert_int_equal(crate_library_map(library, CRATE_TEXT("https://m/"),
                                       crate_text(folder.mapped)),
                     CRATE_OK);
    assert_int_equal(crate_library_map(library, CRATE_TEXT("https://n"),
                                       crate_text(folder.mapped)),
                     CRATE_OK);
    snprintf(json, sizeof json,
             "{\"@context\": \"%s\", \"@id\": \"x:s\", \"p\": \"v\"}",
             table[i].iri);
    if (read_into(&check.world, library, json, CRATE_DIRECTION_NONE, &out)) {
      assert_non_null(strstr(check.said, table[i].answer));
    } else {
      assert_text(crate_buffer_text(&out), table[i].answer);
    }
    crate_buffer_clear(&out);
    crate_library_free(library);
  }
  folder_remove(&folder);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(complaints_have_a_place_and_a_code),
    cmocka_unit_test(numbers_take_their_canonical_form),
    cmocka_unit_test(the_last_of_repeated_keys_counts),
    cmocka_unit_test(what_is_ill_formed_is_left_out),
    cmocka_unit_test(a_label_is_one_node_in_the_document),
    cmocka_unit_test(a_list_of_a_property_left_out_leaves_its_nodes),
    cmocka_unit_test(keys_are_visited_in_order_on_demand),
    cmocka_unit_test(keywords_of_contexts_say_nothing_in_a_node),
    cmocka_unit_test(a_wide_node_keeps_every_value),
    cmocka_unit_test(a_context_named_again_is_not_what_followed_it),
    cmocka_unit_test(a_large_context_is_refused_only_over_ever_other_terms),
    cmocka_unit_test(a_large_scoped_context_is_not_used_over_and_over),
    cmocka_unit_test(the_ceiling_of_memory_is_told_from_want_of_it),
    cmocka_unit_test(a_graph_object_is_not_wrapped_again),
    cmocka_unit_test(a_direction_can_go_into_the_datatype),
    cmocka_unit_test(quads_know_where_they_came_from),
    cmocka_unit_test(any_allocation_may_fail),
    cmocka_unit_test(the_result_outlives_the_library),
    cmocka_unit_test(the_depth_is_limited),
    cmocka_unit_test(a_map_leads_into_its_folder_and_nowhere_else),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
