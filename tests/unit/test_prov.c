// SPDX-License-Identifier: Apache-2.0
// The syntaxes of PROV: what they say is the same, and what is wrong is placed.
#include "convert/prov/prov.h"
#include "support/check.h"
#include <cratekit/convert.h>

/// Every kind of statement, with and without what it may leave out.
static const char notation[] =
  "document\n"
  "  default <http://e/d#>\n"
  "  prefix ex <http://e/>\n"
  "  // a comment\n"
  "  entity(ex:e1, [prov:type='prov:Plan', prov:label=\"one\"@en,\n"
  "                 prov:value=4, ex:size=\"2.5\" %% xsd:double])\n"
  "  entity(e2) /* in the default namespace */\n"
  "  activity(ex:a1, 2011-11-16T16:05:00, 2011-11-16T16:06:00.5Z,\n"
  "    [prov:type=\"edit\"])\n"
  "  activity(ex:a2, -, -)\n"
  "  agent(ex:g1, [prov:location=\"x\\ty\", ex:of='ex:\\(g2\\)'])\n"
  "  wasGeneratedBy(ex:gen1; ex:e1, ex:a1, 2011-11-16T16:05:30+01:00)\n"
  "  wasGeneratedBy(e2, -, -, [prov:role='ex:out'])\n"
  "  used(ex:use1; ex:a1, e2, -)\n"
  "  used(ex:a1, e2, -)\n"
  "  wasInformedBy(ex:a2, ex:a1)\n"
  "  wasStartedBy(ex:a1, ex:e1, ex:a2, -)\n"
  "  wasEndedBy(ex:a1, -, -, 2011-11-16T16:06:00.5Z)\n"
  "  wasInvalidatedBy(ex:e1, ex:a2, -)\n"
  "  wasDerivedFrom(ex:e1, e2, ex:a1, ex:gen1, ex:use1)\n"
  "  wasDerivedFrom(-; ex:e1, e2)\n"
  "  wasAttributedTo(ex:e1, ex:g1)\n"
  "  wasAssociatedWith(ex:a1, ex:g1, ex:e1)\n"
  "  actedOnBehalfOf(ex:g1, ex:g2, ex:a1)\n"
  "  wasInfluencedBy(ex:e1, ex:g1)\n"
  "  specializationOf(ex:e1, e2)\n"
  "  alternateOf(ex:e1, e2)\n"
  "  mentionOf(ex:e1, e2, ex:b1)\n"
  "  hadMember(ex:e1, e2)\n"
  "  bundle ex:b1\n"
  "    prefix ex <http://other/>\n"
  "    entity(ex:e1, [prov:label=\"\"\"a\n\"b\" \"\"\"])\n"
  "  endBundle\n"
  "endDocument\n";

static const char json[] =
  "{\"prefix\": {\"default\": \"http://e/d#\", \"ex\": \"http://e/\"},\n"
  "\"entity\": {\"ex:e1\": {\"prov:type\": {\"$\": \"prov:Plan\",\n"
  "  \"type\": \"prov:QUALIFIED_NAME\"},\n"
  "  \"prov:label\": {\"$\": \"one\", \"lang\": \"en\"}, \"prov:value\": 4,\n"
  "  \"ex:size\": 2.5}, \"e2\": [{}, {}]},\n"
  "\"activity\": {\"ex:a1\": {\"prov:startTime\": \"2011-11-16T16:05:00\",\n"
  "  \"prov:endTime\": \"2011-11-16T16:06:00.5Z\", \"prov:type\": \"edit\"},\n"
  "  \"ex:a2\": {}},\n"
  "\"agent\": {\"ex:g1\": {\"prov:location\": \"x\\ty\",\n"
  "  \"ex:of\": {\"$\": \"ex:(g2)\", \"type\": \"xsd:QName\"}}},\n"
  "\"wasGeneratedBy\": {\"ex:gen1\": {\"prov:entity\": \"ex:e1\",\n"
  "  \"prov:activity\": \"ex:a1\",\n"
  "  \"prov:time\": \"2011-11-16T16:05:30+01:00\"},\n"
  "  \"_:1\": {\"prov:entity\": \"e2\", \"prov:role\": [{\"$\": \"ex:out\",\n"
  "  \"type\": \"prov:QUALIFIED_NAME\"}]}},\n"
  "\"used\": {\"ex:use1\": {\"prov:activity\": \"ex:a1\",\n"
  "  \"prov:entity\": \"e2\"},\n"
  "  \"_:2\": {\"prov:activity\": \"ex:a1\", \"prov:entity\": \"e2\"}},\n"
  "\"wasInformedBy\": {\"_:3\": {\"prov:informed\": \"ex:a2\",\n"
  "  \"prov:informant\": \"ex:a1\"}},\n"
  "\"wasStartedBy\": {\"_:4\": {\"prov:activity\": \"ex:a1\",\n"
  "  \"prov:trigger\": \"ex:e1\", \"prov:starter\": \"ex:a2\"}},\n"
  "\"wasEndedBy\": {\"_:5\": {\"prov:activity\": \"ex:a1\",\n"
  "  \"prov:time\": \"2011-11-16T16:06:00.5Z\"}},\n"
  "\"wasInvalidatedBy\": {\"_:6\": {\"prov:entity\": \"ex:e1\",\n"
  "  \"prov:activity\": \"ex:a2\"}},\n"
  "\"wasDerivedFrom\": {\"_:7\": [{\"prov:generatedEntity\": \"ex:e1\",\n"
  "  \"prov:usedEntity\": \"e2\", \"prov:activity\": \"ex:a1\",\n"
  "  \"prov:generation\": \"ex:gen1\", \"prov:usage\": \"ex:use1\"},\n"
  "  {\"prov:generatedEntity\": \"ex:e1\", \"prov:usedEntity\": \"e2\"}]},\n"
  "\"wasAttributedTo\": {\"_:8\": {\"prov:entity\": \"ex:e1\",\n"
  "  \"prov:agent\": \"ex:g1\"}},\n"
  "\"wasAssociatedWith\": {\"_:9\": {\"prov:activity\": \"ex:a1\",\n"
  "  \"prov:agent\": \"ex:g1\", \"prov:plan\": \"ex:e1\"}},\n"
  "\"actedOnBehalfOf\": {\"_:10\": {\"prov:delegate\": \"ex:g1\",\n"
  "  \"prov:responsible\": \"ex:g2\", \"prov:activity\": \"ex:a1\"}},\n"
  "\"wasInfluencedBy\": {\"_:11\": {\"prov:influencee\": \"ex:e1\",\n"
  "  \"prov:influencer\": \"ex:g1\"}},\n"
  "\"specializationOf\": {\"_:12\": {\"prov:specificEntity\": \"ex:e1\",\n"
  "  \"prov:generalEntity\": \"e2\"}},\n"
  "\"alternateOf\": {\"_:13\": {\"prov:alternate1\": \"ex:e1\",\n"
  "  \"prov:alternate2\": \"e2\"}},\n"
  "\"mentionOf\": {\"_:14\": {\"prov:specificEntity\": \"ex:e1\",\n"
  "  \"prov:generalEntity\": \"e2\", \"prov:bundle\": \"ex:b1\"}},\n"
  "\"hadMember\": {\"_:15\": {\"prov:collection\": \"ex:e1\",\n"
  "  \"prov:entity\": \"e2\"}},\n"
  "\"bundle\": {\"b1\": {\"prefix\": {\"default\": \"http://e/\",\n"
  "  \"ex\": \"http://other/\"},\n"
  "  \"entity\": {\"ex:e1\": {\"prov:label\": \"a\\n\\\"b\\\" \"}}}}}\n";

/// Convert; the answer is freed by the caller, NULL when that fails.
static char *
turn(const CrateWorld *world,
     CrateText text,
     CrateSyntax syntax,
     const char *format)
{
  const CrateConversion what = {
    .name = CRATE_TEXT("in"), .bytes = text, .syntax = syntax};
  CrateBuffer buffer;
  crate_buffer_init(&buffer, world);
  char *answer = NULL;
  if (!crate_convert(world, &what, crate_format_find(crate_text(format)),
                     &buffer)) {
    answer = calloc(buffer.size + 1, 1);
    assert_non_null(answer);
    memcpy(answer, buffer.size ? buffer.data : "", buffer.size);
  }
  crate_buffer_clear(&buffer);
  return answer;
}

static void
prov_n_and_prov_json_are_one_graph(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  char *const a =
    turn(&check.world, crate_text(notation), CRATE_SYNTAX_PROVN, "canonical");
  char *const b =
    turn(&check.world, crate_text(json), CRATE_SYNTAX_PROV_JSON, "canonical");
  assert_string_equal(check.said, "");
  assert_non_null(a);
  assert_non_null(b);
  assert_string_equal(a, b);
  assert_non_null(strstr(a, "<http://e/a1> <http://www.w3.org/ns/prov#used> "
                            "<http://e/d#e2> .\n"));
  free(a);
  free(b);
}

/// Through a format and back again: the same graph, and the same bytes when
/// it is done once more.
static void
check_round(const char *text,
            CrateSyntax from,
            CrateSyntax syntax,
            const char *format)
{
  CheckWorld check;
  check_world_init(&check);
  char *const before = turn(&check.world, crate_text(text), from, "canonical");
  char *const written = turn(&check.world, crate_text(text), from, format);
  assert_string_equal(check.said, "");
  char *const after =
    turn(&check.world, crate_text(written), syntax, "canonical");
  char *const again = turn(&check.world, crate_text(written), syntax, format);
  assert_string_equal(check.said, "");
  assert_string_equal(before, after);
  assert_string_equal(written, again);
  free(before);
  free(written);
  free(after);
  free(again);
}

/// Names that need escapes or a namespace of their own, nodes without names,
/// and what PROV-DM has no word for but a place.
static const char turtle[] =
  "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
  "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
  "<urn:x:a(1)-.b.> a prov:Entity; <http://e/p=> -7, '-07'^^xsd:int,\n"
  "  'a\\n\\\\\\t\"'@EN, '2011'^^xsd:gYear, true, <http://e/>, <http://e/-x> "
  ".\n"
  "<http://e/%C3%A9\u00e9\u00d7y> a prov:Entity, prov:Agent;\n"
  "  prov:generatedAtTime '2011-11-16'^^xsd:date .\n"
  "<x:> a prov:Plan, prov:Entity; prov:used 'no thing' .\n"
  "_:b a prov:Entity; prov:wasDerivedFrom _:c; prov:atLocation _:d;\n"
  "  prov:qualifiedGeneration _:g .\n"
  "_:g a prov:Generation; prov:activity _:act; prov:hadRole 'out' .\n"
  "_:e prov:qualifiedDerivation [a prov:Derivation; prov:entity _:b;\n"
  "  prov:hadGeneration _:g] .\n";

static void
what_is_written_is_read_back(void **state)
{
  (void)state;
  const struct {
    const char *text;
    CrateSyntax syntax;
  } inputs[] = {
    {notation, CRATE_SYNTAX_PROVN},
    {json, CRATE_SYNTAX_PROV_JSON},
    {turtle, CRATE_SYNTAX_TURTLE},
    {"", CRATE_SYNTAX_TURTLE},
  };
  for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); ++i) {
    check_round(inputs[i].text, inputs[i].syntax, CRATE_SYNTAX_PROVN, "provn");
    check_round(inputs[i].text, inputs[i].syntax, CRATE_SYNTAX_PROV_JSON,
                "prov-json");
  }
}

#define PREFIXES "@prefix prov: <http://www.w3.org/ns/prov#> . "

/// A thing that is not said to be one is what its relations need; nothing else
/// is made up.
static void
things_are_what_relations_need(void **state)
{
  (void)state;
  static const struct {
    const char *text, *line;
  } cases[] = {
    {"<x:a> prov:used <x:e> . <x:e> prov:value 'v' .",
     "  entity(ns1:e, [prov:value=\"v\"])\n  used(ns1:a, ns1:e, -)\n"},
    {"<x:a> a prov:Person .", "  agent(ns1:a, [prov:type='prov:Person'])\n"},
    {"<x:a> prov:wasDerivedFrom <x:b> .", "  wasDerivedFrom(ns1:a, ns1:b)\n"},
    {"<x:a> prov:startedAtTime '2011-11-16T16:05:00Z'^^"
     "<http://www.w3.org/2001/XMLSchema#dateTime> .",
     "  activity(ns1:a, 2011-11-16T16:05:00Z, -)\n"},
    {"<x:a> a prov:Agent, prov:Entity .", "  entity(ns1:a)\n  agent(ns1:a)\n"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); ++i) {
    char text[400], expected[400];
    CheckWorld check;
    check_world_init(&check);
    snprintf(text, sizeof(text), PREFIXES "%s", cases[i].text);
    snprintf(expected, sizeof(expected),
             "document\n  prefix ns1 <x:>\n\n%sendDocument\n", cases[i].line);
    char *const out =
      turn(&check.world, crate_text(text), CRATE_SYNTAX_TURTLE, "provn");
    assert_string_equal(check.said, "");
    assert_string_equal(out, expected);
    free(out);
  }
}

static void
what_has_no_place_is_said(void **state)
{
  (void)state;
  static const struct {
    const char *text, *said;
  } cases[] = {
    {"<x:a> <x:p> 1, 2 .", "in:0:0: PROV-DM has no place for 2 of the "
                           "statements, which are lost; the first is <x:p> of "
                           "\"x:a\" [not-provenance]"},
    {"<x:e> prov:qualifiedDerivation [ a prov:Derivation ] .",
     "in:0:0: PROV-DM has no place for 1 of the statements, which are lost; "
     "the first is <http://www.w3.org/ns/prov#qualifiedDerivation> of \"x:e\" "
     "[not-provenance]"},
    {"<x:a> prov:qualifiedUsage <x:u> . <x:b> prov:qualifiedUsage <x:u> .",
     "in:0:0: PROV-DM has no place for 1 of the statements, which are lost; "
     "the first is <http://www.w3.org/ns/prov#qualifiedUsage> of \"x:b\" "
     "[not-provenance]"},
    {"<x:a> prov:mentionOf <x:b> .",
     "in:0:0: PROV-DM has no place for 1 of the statements, which are lost; "
     "the first is <http://www.w3.org/ns/prov#mentionOf> of \"x:a\" "
     "[not-provenance]"},
    {"<x:a> prov:qualifiedUsage [ prov:entity <x:b>, <x:c> ] .",
     "in:0:0: PROV-DM has no place for 1 of the statements, which are lost; "
     "the first is <http://www.w3.org/ns/prov#entity> of \"\" "
     "[not-provenance]"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); ++i) {
    char text[400];
    CheckWorld check;
    check_world_init(&check);
    snprintf(text, sizeof(text), PREFIXES "%s", cases[i].text);
    free(turn(&check.world, crate_text(text), CRATE_SYNTAX_TURTLE, "provn"));
    assert_string_equal(check.said, cases[i].said);
  }
}

typedef struct {
  const char *text, *said;
} Bad;

static void
check_bad(const Bad *bad, size_t count, CrateSyntax syntax)
{
  for (size_t i = 0; i < count; ++i) {
    CheckWorld check;
    check_world_init(&check);
    assert_null(turn(&check.world, crate_text(bad[i].text), syntax, "nquads"));
    assert_string_equal(check.said, bad[i].said);
  }
}

#define AT(place, words) "in:" place ": expected " words
#define IN_N(place, words) AT(place, words) " [invalid-prov-n]"
#define IN_JSON(place, words) AT(place, words) " [invalid-prov-json]"

static void
what_is_no_prov_n_is_placed(void **state)
{
  (void)state;
  static const Bad bad[] = {
    {"", IN_N("1:1", "\"document\"")},
    {"document entity(a) endDocument",
     IN_N("1:17", "a prefix, as there is no default")},
    {"document\nentity(ex:a) endDocument",
     IN_N("2:8", "a prefix that is declared")},
    {"document prefix ex <a> endDocument", IN_N("1:20", "an absolute IRI")},
    {"document used(-, prov:a, -) endDocument",
     IN_N("1:27", "more arguments, or a name instead of '-'")},
    {"document entity(-) endDocument", IN_N("1:18", "an identifier")},
    {"document entity(prov:a, [prov:b=1.5]) endDocument",
     IN_N("1:33",
          "a value: \"text\", 'name', an integer, or \"text\" %% type")},
    {"document entity(prov:a, [_:b=1]) endDocument",
     IN_N("1:26", "a qualified name that is no blank node")},
    {"document entity(prov:a, [prov:b=\"x\n\"]) endDocument",
     IN_N("1:33", "the end of this string")},
    {"document activity(prov:a, 2011-11-16) endDocument",
     IN_N("1:27", "a time such as 2011-11-16T16:05:00Z, or '-'")},
    {"document hadMember(prov:a, prov:b, [prov:c=1]) endDocument",
     IN_N("1:37", "')': this relation has no attributes")},
    {"document /* endDocument", IN_N("1:10", "the \"*/\" of this comment")},
    {"document prov:dictionary(prov:a) endDocument",
     IN_N("1:10", "a statement of PROV-DM such as entity( or used(, "
                  "\"bundle\", or the end; extensions are not read")},
    {"document endDocument more",
     IN_N("1:22", "nothing behind \"endDocument\"")},
    {"document entity(prov:a\xff) endDocument",
     "in:1:23: byte 0xFF is not UTF-8 [invalid-prov-n]"},
  };
  check_bad(bad, sizeof(bad) / sizeof(*bad), CRATE_SYNTAX_PROVN);
}

static void
what_is_no_prov_json_is_placed(void **state)
{
  (void)state;
  static const Bad bad[] = {
    {"[]", IN_JSON("1:1", "an object, the document")},
    {"{\"entities\": {}}",
     IN_JSON("1:2", "\"prefix\", \"bundle\" or a kind of statement")},
    {"{\"entity\": {\"ex:a\": {}}}",
     IN_JSON("1:13", "a prefix that is declared")},
    {"{\"entity\": {\"prov:a\": {\"prov:b\": null}}}",
     IN_JSON("1:34", "a string, a number or a boolean")},
    {"{\"entity\": {\"prov:a b\": {}}}",
     IN_JSON("1:13", "a name that makes an IRI")},
    {"{\"used\": {\"_:1\": {}}}",
     IN_JSON("1:18", "both ends of the relation, by PROV-JSON's names")},
    {"{\"activity\": {\"prov:a\": {\"prov:startTime\": \"now\"}}}",
     IN_JSON("1:44", "a time in a string, such as 2011-11-16T16:05:00Z")},
    {"{\"prefix\": {\"ex\": \"a\"}}", IN_JSON("1:19", "an absolute IRI")},
  };
  check_bad(bad, sizeof(bad) / sizeof(*bad), CRATE_SYNTAX_PROV_JSON);
}

/// A conversion that may run out of memory anywhere.
static CrateStatus
try_to(const CrateWorld *world,
       const char *text,
       CrateSyntax syntax,
       const char *format)
{
  const CrateConversion what = {
    .name = CRATE_TEXT("in"), .bytes = crate_text(text), .syntax = syntax};
  CrateBuffer buffer;
  crate_buffer_init(&buffer, world);
  const CrateStatus status =
    crate_convert(world, &what, crate_format_find(crate_text(format)), &buffer);
  crate_buffer_clear(&buffer);
  return status;
}

static CrateStatus
read_notation(const CrateWorld *world)
{
  return try_to(world, notation, CRATE_SYNTAX_PROVN, "nquads");
}

static CrateStatus
read_json(const CrateWorld *world)
{
  return try_to(world, json, CRATE_SYNTAX_PROV_JSON, "nquads");
}

static CrateStatus
write_notation(const CrateWorld *world)
{
  return try_to(world, turtle, CRATE_SYNTAX_TURTLE, "provn");
}

static CrateStatus
write_json(const CrateWorld *world)
{
  return try_to(world, notation, CRATE_SYNTAX_PROVN, "prov-json");
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_notation) > 20);
  assert_true(check_failing_allocations(read_json) > 20);
  assert_true(check_failing_allocations(write_notation) > 20);
  assert_true(check_failing_allocations(write_json) > 20);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(prov_n_and_prov_json_are_one_graph),
    cmocka_unit_test(what_is_written_is_read_back),
    cmocka_unit_test(things_are_what_relations_need),
    cmocka_unit_test(what_has_no_place_is_said),
    cmocka_unit_test(what_is_no_prov_n_is_placed),
    cmocka_unit_test(what_is_no_prov_json_is_placed),
    cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
