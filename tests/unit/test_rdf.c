// SPDX-License-Identifier: Apache-2.0
#include "rdf/names.h"
#include "support/check.h"
#include <cratekit/rdf.h>

#define BASE "http://example.org/base"

/// Terms and a graph of one world.
typedef struct {
  CrateTerms *terms;
  CrateGraph *graph;
} Store;

static CrateStatus
store_open(Store *store, const CrateWorld *world)
{
  *store = (Store){NULL, NULL};
  CRATE_TRY(crate_terms_new(world, &store->terms));
  return crate_graph_new(world, store->terms, &store->graph);
}

static void
store_close(Store *store)
{
  crate_graph_free(store->graph);
  crate_terms_free(store->terms);
}

static CrateStatus
read_text(Store *store, CrateSyntax syntax, CrateText text)
{
  return crate_rdf_read(store->graph, syntax, CRATE_TEXT("in"),
                        CRATE_TEXT(BASE), text);
}

typedef enum { AS_NQUADS, AS_TURTLE, AS_CANONICAL } As;

/// Index and write; the caller frees the NUL-ended text.
static char *
write_text(const CrateWorld *world, Store *store, As as)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, world);
  assert_int_equal(crate_graph_index(store->graph), CRATE_OK);
  if (as == AS_NQUADS) {
    crate_rdf_write_nquads(&buffer, store->graph);
  } else if (as == AS_TURTLE) {
    assert_int_equal(crate_rdf_write_turtle(&buffer, store->graph, NULL, 0),
                     CRATE_OK);
  } else {
    assert_int_equal(
      crate_rdf_canonicalize(&buffer, store->graph, CRATE_SHA256, NULL),
      CRATE_OK);
  }
  crate_buffer_add_byte(&buffer, '\0');
  assert_int_equal(crate_buffer_status(&buffer), CRATE_OK);
  char *const text = malloc(buffer.size);
  assert_non_null(text);
  memcpy(text, buffer.data, buffer.size);
  crate_buffer_clear(&buffer);
  return text;
}

/// Read in one syntax, write in another, compare.
static void
check_convert(CrateSyntax syntax, CrateText text, As as, const char *expected)
{
  CheckWorld check;
  check_world_init(&check);
  Store store;
  assert_int_equal(store_open(&store, &check.world), CRATE_OK);
  const CrateStatus st = read_text(&store, syntax, text);
  assert_string_equal(check.said, "");
  assert_int_equal(st, CRATE_OK);
  char *const written = write_text(&check.world, &store, as);
  assert_string_equal(written, expected);
  free(written);
  store_close(&store);
}

static void
check_refused(CrateSyntax syntax,
              CrateText text,
              CrateStatus status,
              const char *said)
{
  CheckWorld check;
  check_world_init(&check);
  Store store;
  assert_int_equal(store_open(&store, &check.world), CRATE_OK);
  assert_int_equal(read_text(&store, syntax, text), status);
  assert_string_equal(check.said, said);
  assert_int_equal(check.count, 1);
  store_close(&store);
}

static void
names_tell_the_syntax(void **state)
{
  (void)state;
  assert_int_equal(crate_syntax_of(CRATE_TEXT("a/b.ttl")), CRATE_SYNTAX_TURTLE);
  assert_int_equal(crate_syntax_of(CRATE_TEXT("b.nq")), CRATE_SYNTAX_NQUADS);
  assert_int_equal(crate_syntax_of(CRATE_TEXT("b.json")), CRATE_SYNTAX_JSONLD);
  assert_int_equal(crate_syntax_of(CRATE_TEXT("b.txt")), CRATE_SYNTAX_UNKNOWN);
  assert_int_equal(crate_syntax_of(CRATE_TEXT("")), CRATE_SYNTAX_UNKNOWN);
  assert_int_equal(crate_syntax_named(CRATE_TEXT("rdfxml")),
                   CRATE_SYNTAX_RDFXML);
  assert_int_equal(crate_syntax_named(CRATE_TEXT(".ttl")),
                   CRATE_SYNTAX_UNKNOWN);
}

#define S "<http://e/s> <http://e/p> "

static void
errors_of_n_quads_are_located(void **state)
{
  (void)state;
  static const struct {
    const char *text, *said;
  } rows[] = {
    {S "<o> .", "in:1:27: expected an absolute IRI, which starts with a scheme "
                "[invalid-rdf]"},
    {"\n# c\n" S "\"a .",
     "in:3:31: expected '\"' to end the string on its line [invalid-rdf]"},
    {"\r\n\r\n" S "\"\\q\" .",
     "in:3:29: expected one of t b n r f \" ' \\ u U after a backslash "
     "[invalid-rdf]"},
    {S "\"\\uD800\" .",
     "in:1:29: expected an escape that names a character [invalid-rdf]"},
    {S "\"a\"@ .", "in:1:31: expected a language tag after '@' [invalid-rdf]"},
    {S "<http://e/o>",
     "in:1:39: expected a graph name (<IRI> or _:label) or '.' "
     "[invalid-rdf]"},
    {S "<http://e/o> . x",
     "in:1:42: expected the end of the line after a statement "
     "[invalid-rdf]"},
    {"<http://e/\\u0020> <http://e/p> <http://e/o> .",
     "in:1:17: expected an escape that IRIs allow [invalid-rdf]"},
    {"_:s \"p\" <http://e/o> .", "in:1:5: expected a predicate: <IRI> "
                                 "[invalid-rdf]"},
    {S "\"\xFF\" .", "in:1:28: byte 0xFF is not UTF-8 [invalid-rdf]"},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    check_refused(CRATE_SYNTAX_NQUADS, crate_text(rows[i].text),
                  CRATE_MALFORMED, rows[i].said);
  }
}

static void
each_byte_of_an_iri_is_looked_at(void **state)
{
  (void)state;
  // The same verdict wherever a byte stands: blocks and tail alike.
  static const char banned[] = "<>\"{}|^`\\";
  for (int byte = 0; byte < 256; ++byte) {
    const bool fine = byte > ' ' && !strchr(banned, byte);
    for (size_t place = 0; place < 40; ++place) {
      char text[40];
      memset(text, 'a', sizeof(text));
      text[place] = (char)byte;
      assert_int_equal(crate_name_iri_span((CrateText){text, 40}),
                       fine ? 40 : place);
    }
  }
}

static void
n_triples_have_no_graph_name(void **state)
{
  (void)state;
  check_refused(CRATE_SYNTAX_NTRIPLES,
                CRATE_TEXT(S "<http://e/o> <http://e/g> ."), CRATE_MALFORMED,
                "in:1:40: expected '.' at the end of the statement "
                "[invalid-rdf]");
}

static void
errors_of_turtle_are_located(void **state)
{
  (void)state;
  static const struct {
    const char *text, *said;
  } rows[] = {
    {"@prefix e: <http://e/> .\ne:a e:b f:c .",
     "in:2:9: expected the prefix f: to be declared with @prefix "
     "[invalid-rdf]"},
    {"<a> <b> <c>", "in:1:12: expected '.', ';' or ',' [invalid-rdf]"},
    {"<a> <b> [ <c> <d> .", "in:1:19: expected ']' or ';' [invalid-rdf]"},
    {"<a> <b> ( 1 2", "in:1:14: expected ')' or an object [invalid-rdf]"},
    {"<a> <b> \"\"\"x\ny\"\" .",
     "in:2:6: expected the three quotes that end the string [invalid-rdf]"},
    {"<a> <b> 'x\n' .",
     "in:1:11: expected the quote that ends the string on its line "
     "[invalid-rdf]"},
    {"@prefix e: <http://e/>\ne:a e:b e:c .",
     "in:2:1: expected '.' at the end of the directive [invalid-rdf]"},
    {"<a> <b> <c> . }", "in:1:15: expected a name with a prefix, or <IRI>; is "
                        "a '.' or ';' missing before? [invalid-rdf]"},
    {"@prefix e: <http://e/> . e:a%4 e:b e:c .",
     "in:1:29: expected two hexadecimal digits after '%' [invalid-rdf]"},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    check_refused(CRATE_SYNTAX_TURTLE, crate_text(rows[i].text),
                  CRATE_MALFORMED, rows[i].said);
  }
}

static void
a_relative_iri_needs_a_base(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  Store store;
  assert_int_equal(store_open(&store, &check.world), CRATE_OK);
  assert_int_equal(crate_rdf_read(store.graph, CRATE_SYNTAX_TURTLE,
                                  CRATE_TEXT("in"), CRATE_TEXT(""),
                                  CRATE_TEXT("<a> <b> <c> .")),
                   CRATE_MALFORMED);
  assert_string_equal(check.said,
                      "in:1:1: expected an absolute IRI, as there is no base "
                      "IRI; give one with @base or --base [invalid-rdf]");
  store_close(&store);
}

static void
nesting_ends_at_the_limit(void **state)
{
  (void)state;
  static const char *const openers[] = {"(", "[ <p> ", "( [ <p> "};
  static const char *const places[] = {"522", "3082", "2058"};
  for (size_t i = 0; i < 3; ++i) {
    CheckWorld check;
    check_world_init(&check);
    CrateBuffer text;
    crate_buffer_init(&text, &check.world);
    crate_buffer_add_string(&text, "<a> <b> ");
    for (int k = 0; k < 100000; ++k) {
      crate_buffer_add_string(&text, openers[i]);
    }
    char said[80];
    (void)snprintf(said, sizeof(said),
                   "in:1:%s: brackets nested deeper than 512 levels [depth]",
                   places[i]);
    check_refused(CRATE_SYNTAX_TURTLE, crate_buffer_text(&text),
                  CRATE_OVER_LIMIT, said);
    crate_buffer_clear(&text);
  }
}

static void
generated_nodes_are_not_those_with_names(void **state)
{
  (void)state;
  // Names that raptor or our own writer could make up.
  static const char text[] = "[] <http://e/p> 1 . _:genid1 <http://e/p> 1 . "
                             "_:b20 <http://e/p> 1 . _:g0 <http://e/p> 1 .";
  check_convert(CRATE_SYNTAX_TURTLE, crate_text(text), AS_TURTLE,
                "[]\n  <http://e/p> 1 .\n\n[]\n  <http://e/p> 1 .\n\n"
                "[]\n  <http://e/p> 1 .\n\n[]\n  <http://e/p> 1 .\n");
}

static void
rdf_xml_keeps_nodes_apart(void **state)
{
  (void)state;
  static const char text[] =
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n"
    "<rdf:Description rdf:nodeID='genid1' rdf:value='a'/>\n"
    "<rdf:Description rdf:value='b'/>\n"
    "<rdf:Description rdf:nodeID='g0' rdf:value='c'/>\n"
    "</rdf:RDF>";
  check_convert(CRATE_SYNTAX_RDFXML, crate_text(text), AS_TURTLE,
                "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
                ".\n\n[]\n  rdf:value \"a\" .\n\n[]\n  rdf:value \"b\" .\n\n"
                "[]\n  rdf:value \"c\" .\n");
}

#define XML_OPEN                                                               \
  "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "              \
  "xmlns:e='http://e/'>\n"

static void
rdf_xml_reads_nothing_from_elsewhere(void **state)
{
  (void)state;
  static const struct {
    const char *text, *said;
  } rows[] = {
    {"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
     "in:1:25: expected an entity with its value in quotes: nothing is read "
     "from elsewhere [invalid-rdf]"},
    {"<!DOCTYPE r [<!ENTITY x PUBLIC 'a' 'http://127.0.0.1/'>]>",
     "in:1:25: expected an entity with its value in quotes: nothing is read "
     "from elsewhere [invalid-rdf]"},
    {"<!DOCTYPE r [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]>",
     "in:1:23: expected the name of a general entity [invalid-rdf]"},
    {"<!DOCTYPE r [<!ENTITY x '<a/>'>]>",
     "in:1:25: expected an entity without markup in it [invalid-rdf]"},
    {"<!DOCTYPE r [<!ENTITY x '&#x3C;a/>'>]>",
     "in:1:25: expected an entity without markup in it [invalid-rdf]"},
    {"<!DOCTYPE r [<!ENTITY ",
     "in:1:23: expected the name of a general entity [invalid-rdf]"},
    {"<!DOCTYPE r [<!ENTITY x",
     "in:1:23: expected the name of a general entity [invalid-rdf]"},
    {"<!DOCTYPE r [<!ENTITY x ",
     "in:1:25: expected an entity with its value in quotes: nothing is read "
     "from elsewhere [invalid-rdf]"},
    {"<!DOCTYPE r [<!ENTITY x '",
     "in:1:25: expected the quote that ends this text [invalid-rdf]"},
    {"<!DOCTYPE r [ %x; ]>",
     "in:1:15: expected no parameter entities [invalid-rdf]"},
    {XML_OPEN "<e:a>\n</e:b></r:RDF>",
     "in:3:1: expected the end tag </e:a> [invalid-rdf]"},
    {XML_OPEN "<e:a/>", "in:2:7: expected the end tag </r:RDF> [invalid-rdf]"},
    {XML_OPEN "<e:a", "in:2:1: expected the '>' of this tag [invalid-rdf]"},
    {"<!-- ", "in:1:1: expected the end of this comment [invalid-rdf]"},
    {"\xFF\xFE<", "in:1:1: expected XML in UTF-8 [invalid-rdf]"},
    {XML_OPEN "<e:a r:nodeID='1 2'/></r:RDF>",
     "in:0:0: rdf:nodeID \"1 2\" is no XML name [invalid-rdf]"},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    check_refused(CRATE_SYNTAX_RDFXML, crate_text(rows[i].text),
                  CRATE_MALFORMED, rows[i].said);
  }
}

static void
elements_end_at_the_limit(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateBuffer text;
  crate_buffer_init(&text, &check.world);
  crate_buffer_add_string(&text, XML_OPEN);
  for (int i = 0; i < 20000; ++i) {
    crate_buffer_add_string(&text, "<r:Description><e:p>");
  }
  check_refused(CRATE_SYNTAX_RDFXML, crate_buffer_text(&text), CRATE_OVER_LIMIT,
                "in:0:0: elements nested deeper than 512 levels [depth]");
  crate_buffer_clear(&text);
}

static void
strings_keep_every_character(void **state)
{
  (void)state;
  static const char nul[] = "<http://e/s> <http://e/p> \"a\\u0000b\"@de-AT, "
                            "\"c\0d\" .";
  check_convert(CRATE_SYNTAX_TURTLE, (CrateText){nul, sizeof(nul) - 1},
                AS_NQUADS, S "\"a\\u0000b\"@de-AT .\n" S "\"c\\u0000d\" .\n");
  check_convert(CRATE_SYNTAX_NTRIPLES,
                CRATE_TEXT(S "\"\\u0000\\b\\t\\n\\f\\r\\u007F\\\"\\\\\\'"
                             "\\u00E9\\U0001F600\"@en-gb-OED .\n"),
                AS_NQUADS,
                S "\"\\u0000\\b\\t\\n\\f\\r\\u007F\\\"\\\\'"
                  "\xC3\xA9\xF0\x9F\x98\x80\"@en-gb-OED .\n");
}

#define XSD_NS "http://www.w3.org/2001/XMLSchema#"

static void
only_literals_that_read_back_alike_are_bare(void **state)
{
  (void)state;
  static const struct {
    const char *type, *text;
    bool bare;
  } rows[] = {
    {"integer", "1", true},     {"integer", "-01", true},
    {"integer", "1.0", false},  {"integer", " 1", false},
    {"integer", "", false},     {"decimal", "1.5", true},
    {"decimal", "1.", false},   {"decimal", "1", false},
    {"decimal", "+.5", true},   {"double", "1.5E0", true},
    {"double", "1.5", false},   {"double", "INF", false},
    {"double", "NaN", false},   {"double", "1.e-3", true},
    {"boolean", "true", true},  {"boolean", "0", false},
    {"boolean", "True", false}, {"double", "1E", false},
    {"decimal", "1.5 ", false}, {"integer", "+", false},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    char in[200];
    char out[300];
    snprintf(in, sizeof(in), S "\"%s\"^^<" XSD_NS "%s> .", rows[i].text,
             rows[i].type);
    snprintf(out, sizeof(out),
             rows[i].bare ? "<http://e/s>\n  <http://e/p> %s .\n"
                          : "@prefix xsd: <" XSD_NS "> .\n\n<http://e/s>\n"
                            "  <http://e/p> \"%s\"^^xsd:%s .\n",
             rows[i].text, rows[i].type);
    check_convert(CRATE_SYNTAX_NTRIPLES, crate_text(in), AS_TURTLE, out);
  }
}

static void
turtle_is_laid_out_for_people(void **state)
{
  (void)state;
  char expected[500];
  const unsigned shared = CRATE_TERMS_FIXED_END + 13; // number of _:t
  snprintf(expected, sizeof(expected),
           "@prefix schema: <http://schema.org/> .\n"
           "\n"
           "<http://e/a>\n"
           "  a schema:Thing ;\n"
           "  schema:name \"x\" , \"\"\"two\nlines\"\"\" ;\n"
           "  schema:list ( 1 () [\n"
           "    schema:name \"y\"\n"
           "  ] ) ;\n"
           "  schema:two _:b%u .\n"
           "\n"
           "_:b%u\n"
           "  schema:self _:b%u .\n"
           "\n"
           "<http://e/b>\n"
           "  schema:two _:b%u .\n",
           shared, shared, shared, shared);
  check_convert(
    CRATE_SYNTAX_TURTLE,
    CRATE_TEXT("@prefix s: <http://schema.org/> . <http://e/a> a s:Thing ; "
               "s:name 'x', '''two\nlines''' ; "
               "s:list ( 1 () [ s:name 'y' ] ) ; "
               "s:two _:t . <http://e/b> s:two _:t . _:t s:self _:t ."),
    AS_TURTLE, expected);
}

static void
names_that_need_escapes_stay_whole(void **state)
{
  (void)state;
  check_convert(CRATE_SYNTAX_NTRIPLES,
                CRATE_TEXT("<http://schema.org/a/b> <http://schema.org/c.> "
                           "<http://schema.org/-d> .\n"
                           "<http://schema.org/> <http://schema.org/e.f> "
                           "<http://schema.org/1> ."),
                AS_TURTLE,
                "@prefix schema: <http://schema.org/> .\n\n"
                "<http://schema.org/a/b>\n"
                "  <http://schema.org/c.> <http://schema.org/-d> .\n\n"
                "schema:\n  schema:e.f schema:1 .\n");
}

static void
prefixes_of_people_are_checked(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  Store store;
  CrateBuffer out;
  crate_buffer_init(&out, &check.world);
  assert_int_equal(store_open(&store, &check.world), CRATE_OK);
  assert_int_equal(crate_graph_index(store.graph), CRATE_OK);
  const CratePrefix wrong[] = {{CRATE_TEXT("a b"), CRATE_TEXT("http://e/")}};
  assert_int_equal(crate_rdf_write_turtle(&out, store.graph, wrong, 1),
                   CRATE_BAD_ARGUMENT);
  assert_string_equal(check.said, ":0:0: \"a b\" is no prefix, or given twice "
                                  "[invalid-prefix]");
  const CratePrefix twice[] = {{CRATE_TEXT("a"), CRATE_TEXT("http://e/")},
                               {CRATE_TEXT("a"), CRATE_TEXT("http://f/")}};
  assert_int_equal(crate_rdf_write_turtle(&out, store.graph, twice, 2),
                   CRATE_BAD_ARGUMENT);
  const CratePrefix good[] = {{CRATE_TEXT(""), CRATE_TEXT("http://e/")}};
  assert_int_equal(crate_rdf_write_turtle(&out, store.graph, good, 1),
                   CRATE_OK);
  crate_buffer_clear(&out);
  store_close(&store);
}

static CrateStatus
count_flush(void *handle, CrateText bytes)
{
  size_t *const most = handle;
  most[0] += bytes.size;
  most[1] = bytes.size > most[1] ? bytes.size : most[1];
  return CRATE_OK;
}

static void
long_outputs_stay_small_in_memory(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  Store store;
  assert_int_equal(store_open(&store, &check.world), CRATE_OK);
  CrateBuffer text;
  crate_buffer_init(&text, &check.world);
  for (int i = 0; i < 20000; ++i) {
    crate_buffer_print(&text, S "\"%d\" .\n", i);
  }
  assert_int_equal(
    read_text(&store, CRATE_SYNTAX_NQUADS, crate_buffer_text(&text)), CRATE_OK);
  assert_int_equal(crate_graph_index(store.graph), CRATE_OK);
  size_t sizes[2] = {0, 0};
  CrateBuffer out;
  crate_buffer_init(&out, &check.world);
  out.flush = count_flush;
  out.handle = sizes;
  crate_rdf_write_nquads(&out, store.graph);
  crate_buffer_flush(&out);
  assert_int_equal(sizes[0], text.size);
  assert_true(sizes[1] < CRATE_BUFFER_DRAIN + 1000);
  crate_buffer_clear(&out);
  crate_buffer_clear(&text);
  store_close(&store);
}

/// Every syntax in, every form out.
static CrateStatus
go_round(const CrateWorld *world, CrateSyntax syntax, CrateText text)
{
  Store store;
  CrateStatus st = store_open(&store, world);
  CrateBuffer out;
  crate_buffer_init(&out, world);
  if (!st) {
    st = read_text(&store, syntax, text);
  }
  if (!st) {
    st = crate_graph_index(store.graph);
  }
  if (!st) {
    st = crate_rdf_write_turtle(&out, store.graph, NULL, 0);
  }
  if (!st) {
    st = crate_rdf_write_xml(&out, CRATE_TEXT("x"), store.graph, NULL, 0);
  }
  if (!st) {
    crate_rdf_write_nquads(&out, store.graph);
    st = crate_rdf_canonicalize(&out, store.graph, CRATE_SHA384, NULL);
  }
  if (!st) {
    out.size = 0;
    st = crate_rdf_freeze(&out, store.graph);
  }
  if (!st) {
    st = crate_rdf_thaw(store.graph, crate_buffer_text(&out));
  }
  crate_buffer_clear(&out);
  store_close(&store);
  return st;
}

static CrateStatus
round_trig(const CrateWorld *world)
{
  return go_round(world, CRATE_SYNTAX_TRIG,
                  CRATE_TEXT("@prefix : <x#> . @base <y/> . :a :b ( 1 'x'@en "
                             "[ :c '\\u0041'^^:d ] ) . :g { _:a :A _:b . _:b "
                             ":b _:a , _:c . _:c :b _:d . _:d :b _:a }"));
}

static CrateStatus
round_nquads(const CrateWorld *world)
{
  return go_round(world, CRATE_SYNTAX_NQUADS,
                  CRATE_TEXT("_:a <http://e/\\u0041> \"x\\n\"^^<http://e/"
                             "\\u0042> .\n_:a <http://e/p> _:b _:g .\n"
                             "_:b <http://e/p> _:a _:g .\n"));
}

static CrateStatus
round_rdfxml(const CrateWorld *world)
{
  return go_round(world, CRATE_SYNTAX_RDFXML,
                  CRATE_TEXT(XML_OPEN "<r:Description r:nodeID='a'><e:p "
                                      "r:parseType='Resource'><e:q "
                                      "r:datatype='http://e/t'>x</e:q></e:p>"
                                      "</r:Description></r:RDF>"));
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(round_trig) > 20);
  assert_true(check_failing_allocations(round_nquads) > 20);
  assert_true(check_failing_allocations(round_rdfxml) > 20);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(names_tell_the_syntax),
    cmocka_unit_test(errors_of_n_quads_are_located),
    cmocka_unit_test(each_byte_of_an_iri_is_looked_at),
    cmocka_unit_test(n_triples_have_no_graph_name),
    cmocka_unit_test(errors_of_turtle_are_located),
    cmocka_unit_test(a_relative_iri_needs_a_base),
    cmocka_unit_test(nesting_ends_at_the_limit),
    cmocka_unit_test(generated_nodes_are_not_those_with_names),
    cmocka_unit_test(rdf_xml_keeps_nodes_apart),
    cmocka_unit_test(rdf_xml_reads_nothing_from_elsewhere),
    cmocka_unit_test(elements_end_at_the_limit),
    cmocka_unit_test(strings_keep_every_character),
    cmocka_unit_test(only_literals_that_read_back_alike_are_bare),
    cmocka_unit_test(turtle_is_laid_out_for_people),
    cmocka_unit_test(names_that_need_escapes_stay_whole),
    cmocka_unit_test(prefixes_of_people_are_checked),
    cmocka_unit_test(long_outputs_stay_small_in_memory),
    cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
