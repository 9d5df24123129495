// SPDX-License-Identifier: Apache-2.0
// The syntaxes of PROV: what they say is the same, and what is wrong is placed.
#include "convert/prov/constraints/constraints.h"
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

static const char xml[] =
  "<?xml version='1.0' encoding='ASCII'?>\n"
  "<prov:document xmlns:prov='http://www.w3.org/ns/prov#'\n"
  "  xmlns:xsd='http://www.w3.org/2001/XMLSchema' xmlns='http://e/d#'\n"
  "  xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'\n"
  "  xmlns:ex='http://e/'>\n"
  "<prov:plan prov:id='ex:e1'><prov:label xml:lang='en'>one</prov:label>\n"
  "  <prov:value xsi:type='xsd:int'> 4 </prov:value>\n"
  "  <ex:size xsi:type='xsd:double'>2.5</ex:size></prov:plan>\n"
  "<prov:entity prov:id='e2'/><!-- in the default namespace -->\n"
  "<prov:activity prov:id='ex:a1'>\n"
  "  <prov:startTime>2011-11-16T16:05:00</prov:startTime>\n"
  "  <prov:endTime> 2011-11-16T16:06:00.5Z </prov:endTime>\n"
  "  <prov:type xsi:type='xsd:string'>edit</prov:type></prov:activity>\n"
  "<prov:activity prov:id='ex:a2'></prov:activity>\n"
  "<prov:agent prov:id='ex:g1'><prov:location>x&#9;y</prov:location>\n"
  "  <ex:of xsi:type='xsd:QName'>ex:(g2)</ex:of></prov:agent>\n"
  "<prov:wasGeneratedBy prov:id='ex:gen1'><prov:entity prov:ref='ex:e1'/>\n"
  "  <prov:activity prov:ref='ex:a1'/>\n"
  "  <prov:time>2011-11-16T16:05:30+01:00</prov:time></prov:wasGeneratedBy>\n"
  "<prov:wasGeneratedBy><prov:entity prov:ref='e2'/>\n"
  "  <prov:role xsi:type='xsd:QName'>ex:out</prov:role></prov:wasGeneratedBy>"
  "<prov:used prov:id='ex:use1'><prov:activity prov:ref='ex:a1'/>\n"
  "  <prov:entity prov:ref='e2'/></prov:used>\n"
  "<prov:used><prov:activity prov:ref='ex:a1'/>\n"
  "  <prov:entity prov:ref='e2'/></prov:used>\n"
  "<prov:wasInformedBy><prov:informed prov:ref='ex:a2'/>\n"
  "  <prov:informant prov:ref='ex:a1'/></prov:wasInformedBy>\n"
  "<prov:wasStartedBy><prov:activity prov:ref='ex:a1'/>\n"
  "  <prov:trigger prov:ref='ex:e1'/><prov:starter prov:ref='ex:a2'/>\n"
  "  </prov:wasStartedBy>\n"
  "<prov:wasEndedBy><prov:activity prov:ref='ex:a1'/>\n"
  "  <prov:time>2011-11-16T16:06:00.5Z</prov:time></prov:wasEndedBy>\n"
  "<prov:wasInvalidatedBy><prov:entity prov:ref='ex:e1'/>\n"
  "  <prov:activity prov:ref='ex:a2'/></prov:wasInvalidatedBy>\n"
  "<prov:wasDerivedFrom><prov:generatedEntity prov:ref='ex:e1'/>\n"
  "  <prov:usedEntity prov:ref='e2'/><prov:activity prov:ref='ex:a1'/>\n"
  "  <prov:generation prov:ref='ex:gen1'/><prov:usage prov:ref='ex:use1'/>\n"
  "  </prov:wasDerivedFrom>\n"
  "<prov:wasDerivedFrom><prov:generatedEntity prov:ref='ex:e1'/>\n"
  "  <prov:usedEntity prov:ref='e2'/></prov:wasDerivedFrom>\n"
  "<prov:wasAttributedTo><prov:entity prov:ref='ex:e1'/>\n"
  "  <prov:agent prov:ref='ex:g1'/></prov:wasAttributedTo>\n"
  "<prov:wasAssociatedWith><prov:activity prov:ref='ex:a1'/>\n"
  "  <prov:agent prov:ref='ex:g1'/><prov:plan prov:ref='ex:e1'/>\n"
  "  </prov:wasAssociatedWith>\n"
  "<prov:actedOnBehalfOf><prov:delegate prov:ref='ex:g1'/>\n"
  "  <prov:responsible prov:ref='ex:g2'/><prov:activity prov:ref='ex:a1'/>\n"
  "  </prov:actedOnBehalfOf>\n"
  "<prov:wasInfluencedBy><prov:influencee prov:ref='ex:e1'/>\n"
  "  <prov:influencer prov:ref='ex:g1'/></prov:wasInfluencedBy>\n"
  "<prov:specializationOf><prov:specificEntity prov:ref='ex:e1'/>\n"
  "  <prov:generalEntity prov:ref='e2'/></prov:specializationOf>\n"
  "<prov:alternateOf><prov:alternate1 prov:ref='ex:e1'/>\n"
  "  <prov:alternate2 prov:ref='e2'/></prov:alternateOf>\n"
  "<prov:mentionOf><prov:specificEntity prov:ref='ex:e1'/>\n"
  "  <prov:generalEntity prov:ref='e2'/><prov:bundle prov:ref='ex:b1'/>\n"
  "  </prov:mentionOf>\n"
  "<prov:hadMember><prov:collection prov:ref='ex:e1'/>\n"
  "  <prov:entity prov:ref='e2'/></prov:hadMember>\n"
  "<prov:bundleContent xmlns='http://e/' xmlns:ex='http://other/'\n"
  "  prov:id='b1'><prov:entity prov:id='ex:e1'>\n"
  "  <prov:label>a\n\"b\" </prov:label></prov:entity>\n"
  "</prov:bundleContent></prov:document>\n";

static const char jsonld[] =
  "{\"@context\": [{\"ex\": \"http://e/\", \"d\": \"http://e/d#\", "
  "\"@version\": 1.1},\n"
  "  \"https://openprovenance.org/prov-jsonld/context.jsonld\"], \"@graph\": "
  "[\n"
  "{\"@type\": [\"Entity\", \"prov:Plan\"], \"@id\": \"ex:e1\",\n"
  "  \"label\": [{\"@value\": \"one\", \"@language\": \"en\"}],\n"
  "  \"value\": [{\"@value\": \"4\", \"@type\": \"xsd:int\"}], \"ex:size\": "
  "2.5},\n"
  "{\"@type\": \"prov:Entity\", \"@id\": \"d:e2\"},\n"
  "{\"@type\": \"Activity\", \"@id\": \"ex:a1\", \"startTime\": "
  "\"2011-11-16T16:05:00\",\n"
  "  \"endTime\": {\"@value\": \"2011-11-16T16:06:00.5Z\"},\n"
  "  \"type\": {\"@value\": \"edit\"}},\n"
  "{\"@type\": \"Activity\", \"@id\": \"http://e/a2\"},\n"
  "{\"@type\": \"Agent\", \"@id\": \"ex:g1\", \"location\": [{\"@value\": "
  "\"x\\ty\"}],\n"
  "  \"ex:of\": [{\"@value\": \"ex:(g2)\", \"@type\": "
  "\"prov:QUALIFIED_NAME\"}]},\n"
  "{\"@type\": \"Generation\", \"@id\": \"ex:gen1\", \"entity\": \"ex:e1\",\n"
  "  \"activity\": {\"@id\": \"ex:a1\"}, \"time\": "
  "\"2011-11-16T16:05:30+01:00\"},\n"
  "{\"@type\": \"Generation\", \"entity\": \"d:e2\", \"role\": [\"ex:out\"]},\n"
  "{\"@type\": \"Usage\", \"@id\": \"ex:use1\", \"activity\": \"ex:a1\",\n"
  "  \"entity\": \"d:e2\"},\n"
  "{\"@type\": \"Usage\", \"activity\": \"ex:a1\", \"entity\": \"d:e2\"},\n"
  "{\"@type\": \"Communication\", \"informed\": \"ex:a2\", \"informant\": "
  "\"ex:a1\"},\n"
  "{\"@type\": \"Start\", \"activity\": \"ex:a1\", \"trigger\": \"ex:e1\",\n"
  "  \"starter\": \"ex:a2\"},\n"
  "{\"@type\": \"End\", \"activity\": \"ex:a1\", \"time\": "
  "\"2011-11-16T16:06:00.5Z\"},\n"
  "{\"@type\": \"Invalidation\", \"entity\": \"ex:e1\", \"activity\": "
  "\"ex:a2\"},\n"
  "{\"@type\": \"Derivation\", \"generatedEntity\": \"ex:e1\",\n"
  "  \"usedEntity\": \"d:e2\", \"activity\": \"ex:a1\", \"generation\": "
  "\"ex:gen1\",\n"
  "  \"usage\": \"ex:use1\"},\n"
  "{\"@type\": \"Derivation\", \"generatedEntity\": \"ex:e1\",\n"
  "  \"usedEntity\": \"d:e2\"},\n"
  "{\"@type\": \"Attribution\", \"entity\": \"ex:e1\", \"agent\": \"ex:g1\"},\n"
  "{\"@type\": \"Association\", \"activity\": \"ex:a1\", \"agent\": "
  "\"ex:g1\",\n"
  "  \"plan\": \"ex:e1\"},\n"
  "{\"@type\": \"Delegation\", \"delegate\": \"ex:g1\", \"responsible\": "
  "\"ex:g2\",\n"
  "  \"activity\": \"ex:a1\"},\n"
  "{\"@type\": \"Influence\", \"influencee\": \"ex:e1\", \"influencer\": "
  "\"ex:g1\"},\n"
  "{\"@type\": \"Specialization\", \"specificEntity\": \"ex:e1\",\n"
  "  \"generalEntity\": \"d:e2\"},\n"
  "{\"@type\": \"Alternate\", \"alternate1\": \"ex:e1\", \"alternate2\": "
  "\"d:e2\"},\n"
  "{\"@type\": \"provext:Mention\", \"specificEntity\": \"ex:e1\",\n"
  "  \"generalEntity\": \"d:e2\", \"bundle\": \"ex:b1\"},\n"
  "{\"@type\": \"Membership\", \"collection\": \"ex:e1\", \"entity\": "
  "[\"d:e2\"]},\n"
  "{\"@type\": \"Bundle\", \"@id\": \"ex:b1\", \"@context\": [{\"o\": "
  "\"http://other/\"}],\n"
  "  \"@graph\": [{\"@type\": \"Entity\", \"@id\": \"o:e1\",\n"
  "  \"label\": \"a\\n\\\"b\\\" \"}]}]}\n";

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
what_syntaxes_say_is_one_graph(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    CrateSyntax syntax;
  } others[] = {{json, CRATE_SYNTAX_PROV_JSON},
                {xml, CRATE_SYNTAX_PROV_XML},
                {jsonld, CRATE_SYNTAX_PROV_JSONLD}};
  CheckWorld check;
  check_world_init(&check);
  char *const a =
    turn(&check.world, crate_text(notation), CRATE_SYNTAX_PROVN, "canonical");
  assert_non_null(a);
  assert_non_null(strstr(a, "<http://e/a1> <http://www.w3.org/ns/prov#used> "
                            "<http://e/d#e2> .\n"));
  for (size_t i = 0; i < sizeof(others) / sizeof(*others); ++i) {
    char *const b = turn(&check.world, crate_text(others[i].text),
                         others[i].syntax, "canonical");
    assert_string_equal(check.said, "");
    assert_string_equal(a, b);
    free(b);
  }
  free(a);
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
#define TURTLE(property)                                                       \
  "@prefix prov: <http://www.w3.org/ns/prov#> .\n"                             \
  "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"                       \
  "<urn:x:a(1)-.b.> a prov:Entity; <http://e/" property                        \
  "> -7, '-07'^^xsd:int,\n"                                                    \
  "  'a\\n\\\\\\t\"'@EN, '2011'^^xsd:gYear, true, <http://e/>, <http://e/-x> " \
  ".\n"                                                                        \
  "<http://e/%C3%A9\u00e9\u00d7y> a prov:Entity, prov:Agent;\n"                \
  "  prov:generatedAtTime '2011-11-16'^^xsd:date,\n"                           \
  "    '2011-11-16T00:00:00'^^xsd:dateTime .\n"                                \
  "<http://e/r> prov:wasRevisionOf <http://e/empty>; \n"                       \
  "  prov:wasQuotedFrom <http://e/b>; prov:hadPrimarySource <http://e/b> .\n"  \
  "<http://e/empty> a prov:Bundle .\n"                                         \
  "<http://e/b> a prov:Entity, prov:Bundle .\n"                                \
  "<x:> a prov:Plan, prov:Entity; prov:used 'no thing' .\n"                    \
  "_:b a prov:Entity; prov:wasDerivedFrom _:c; prov:atLocation _:d;\n"         \
  "  prov:qualifiedGeneration _:g .\n"                                         \
  "_:g a prov:Generation; prov:activity _:act; prov:hadRole 'out' .\n"         \
  "_:e prov:qualifiedDerivation [a prov:Derivation; prov:entity _:b;\n"        \
  "  prov:hadGeneration _:g] .\n"

static const char turtle[] = TURTLE("p=");

/// The same where attributes have names that XML has, too.
static const char turtle_for_xml[] = TURTLE("p");

static void
what_is_written_is_read_back(void **state)
{
  (void)state;
  const struct {
    const char *text;
    CrateSyntax syntax;
    bool odd; // attributes without a name in XML
  } inputs[] = {
    {notation, CRATE_SYNTAX_PROVN, false},
    {json, CRATE_SYNTAX_PROV_JSON, false},
    {xml, CRATE_SYNTAX_PROV_XML, false},
    {jsonld, CRATE_SYNTAX_PROV_JSONLD, false},
    {turtle, CRATE_SYNTAX_TURTLE, true},
    {turtle_for_xml, CRATE_SYNTAX_TURTLE, false},
    {"", CRATE_SYNTAX_TURTLE, false},
  };
  for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); ++i) {
    check_round(inputs[i].text, inputs[i].syntax, CRATE_SYNTAX_PROVN, "provn");
    check_round(inputs[i].text, inputs[i].syntax, CRATE_SYNTAX_PROV_JSON,
                "prov-json");
    check_round(inputs[i].text, inputs[i].syntax, CRATE_SYNTAX_PROV_JSONLD,
                "prov-jsonld");
    if (!inputs[i].odd) {
      check_round(inputs[i].text, inputs[i].syntax, CRATE_SYNTAX_PROV_XML,
                  "prov-xml");
    }
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
    {"<x:a> prov:generatedAtTime '2011-11-16T16:05:00Z'^^"
     "<http://www.w3.org/2001/XMLSchema#dateTime> .",
     "  wasGeneratedBy(ns1:a, -, 2011-11-16T16:05:00Z)\n"},
    {"<x:a> prov:invalidatedAtTime '2011-11-16T16:05:00Z'^^"
     "<http://www.w3.org/2001/XMLSchema#dateTime> .",
     "  wasInvalidatedBy(ns1:a, -, 2011-11-16T16:05:00Z)\n"},
    {"<x:a> prov:wasRevisionOf <x:b> .",
     "  wasDerivedFrom(ns1:a, ns1:b, [prov:type='prov:Revision'])\n"},
    {"<x:a> prov:hadPrimarySource <x:b> ; prov:value 'v' .",
     "  entity(ns1:a, [prov:value=\"v\"])\n"
     "  wasDerivedFrom(ns1:a, ns1:b, [prov:type='prov:PrimarySource'])\n"},
    {"<x:a> prov:qualifiedQuotation [ prov:entity <x:b> ] .",
     "  wasDerivedFrom(ns1:a, ns1:b, [prov:type='prov:Quotation'])\n"},
    {"<x:a> prov:qualifiedRevision [ a prov:Revision ; prov:entity <x:b> ] .",
     "  wasDerivedFrom(ns1:a, ns1:b, [prov:type='prov:Revision'])\n"},
    {"<x:a> prov:generated <x:b> ; prov:invalidated <x:c> .",
     "  wasGeneratedBy(ns1:b, ns1:a, -)\n"
     "  wasInvalidatedBy(ns1:c, ns1:a, -)\n"},
    {"<x:a> a prov:Bundle .", "\n  bundle ns1:a\n  endBundle\n"},
    {"<x:a> a prov:Bundle ; prov:value 'v' .",
     "  entity(ns1:a, [prov:type='prov:Bundle', prov:value=\"v\"])\n"},
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

#define IN_XML(place, words) AT(place, words) " [invalid-prov-xml]"
#define DOCUMENT(more)                                                         \
  "<p:document xmlns:p='http://www.w3.org/ns/prov#'>" more "</p:document>"

static void
what_is_no_prov_xml_is_placed(void **state)
{
  (void)state;
  static const Bad bad[] = {
    {"<a>", "in:1:4: expected the end tags of what is open [invalid-xml]"},
    {"<document/>",
     IN_XML("1:1", "prov:document, in the namespace " CRATE_PROV_NAMESPACE)},
    {DOCUMENT("text"), IN_XML("1:50", "elements, no text")},
    {DOCUMENT("<p:entity/>"), IN_XML("1:50", "prov:id with its name")},
    {DOCUMENT("<p:entity p:id='x:a'/>"),
     IN_XML("1:50", "a prefix that is declared in its names")},
    {DOCUMENT("<p:entity p:id='a'/>"),
     IN_XML("1:50", "names with a prefix, as there is no default namespace")},
    {DOCUMENT("<p:entity p:id='p:a b'/>"),
     IN_XML("1:50", "names that make absolute IRIs")},
    {DOCUMENT("<p:entity xmlns:x='y' p:id='x:a'/>"),
     IN_XML("1:50", "names that make absolute IRIs")},
    {DOCUMENT("<p:hadDictionaryMember/>"),
     IN_XML("1:50", "a statement of PROV-DM such as prov:entity or prov:used; "
                    "extensions are not read")},
    {DOCUMENT("<p:used><p:activity p:ref='p:a'/>"
              "<p:activity p:ref='p:b'/></p:used>"),
     IN_XML("1:83", "this once")},
    {DOCUMENT("<p:used><p:activity/></p:used>"),
     IN_XML("1:58", "prov:ref with the name of a thing")},
    {DOCUMENT("<p:wasInformedBy/>"),
     IN_XML("1:50", "both ends of the relation, by PROV-XML's names")},
    {DOCUMENT("<p:activity p:id='p:a'><p:endTime>now</p:endTime>"
              "</p:activity>"),
     IN_XML("1:73", "a time such as 2011-11-16T16:05:00Z")},
    {DOCUMENT("<p:hadMember><p:collection p:ref='p:a'/>"
              "<p:entity p:ref='p:b'/><p:type>t</p:type></p:hadMember>"),
     IN_XML("1:113", "no attributes: this relation has none")},
    {DOCUMENT("<p:entity p:id='p:a'><p:value><p:x/></p:value></p:entity>"),
     IN_XML("1:80", "text, no elements")},
    {DOCUMENT("<p:entity p:id='p:a'><p:value xml:lang='?'/></p:entity>"),
     IN_XML("1:71", "a language tag in xml:lang")},
    {DOCUMENT("<p:bundleContent/>"), IN_XML("1:50", "prov:id with its name")},
    {DOCUMENT("<p:bundleContent p:id='p:b'><p:bundleContent p:id='p:c'/>"
              "</p:bundleContent>"),
     IN_XML("1:78", "no bundle within a bundle")},
  };
  check_bad(bad, sizeof(bad) / sizeof(*bad), CRATE_SYNTAX_PROV_XML);
}

#define IN_LD(place, words) AT(place, words) " [invalid-prov-jsonld]"
#define GRAPH(more) "{\"@graph\": [" more "]}"

static void
what_is_no_prov_jsonld_is_placed(void **state)
{
  (void)state;
  static const Bad bad[] = {
    {"[]", IN_LD("1:1", "an object, the document, with \"@graph\" in it")},
    {"{\"@graph\": {}}", IN_LD("1:12", "an array of statements")},
    {"{\"@context\": \"http://e/\", \"@graph\": []}",
     IN_LD("1:14", "the context of PROV-JSONLD, or prefixes")},
    {"{\"@context\": [{\"e\": \"f\"}], \"@graph\": []}",
     IN_LD("1:21", "an absolute IRI")},
    {GRAPH("1"), IN_LD("1:13", "an object, the statement")},
    {GRAPH("{\"@type\": \"Thing\"}"),
     IN_LD("1:23", "a statement of PROV-DM with its \"@type\", such as "
                   "\"Entity\" or \"Usage\"")},
    {GRAPH("{\"@type\": \"Entity\"}"), IN_LD("1:13", "\"@id\" with its name")},
    {GRAPH("{\"@type\": \"Entity\", \"@id\": \"ex:a\"}"),
     IN_LD("1:40", "a prefix that is declared")},
    {GRAPH("{\"@type\": \"Entity\", \"@id\": \"prov:a\", \"no\": 1}"),
     IN_LD("1:50", "a member of PROV-JSONLD, or an attribute with a prefix")},
    {GRAPH("{\"@type\": \"Usage\"}"),
     IN_LD("1:13", "both ends of the relation, by PROV-JSONLD's names")},
    {GRAPH("{\"@type\": \"Usage\", \"activity\": \"prov:a\", \"time\": 1}"),
     IN_LD("1:62", "a time in a string, such as 2011-11-16T16:05:00Z")},
    {GRAPH("{\"@type\": \"Membership\", \"collection\": \"prov:a\", "
           "\"entity\": \"prov:b\", \"type\": []}"),
     IN_LD("1:81", "no attributes: this relation has none")},
    {GRAPH("{\"@type\": \"Entity\", \"@id\": \"prov:a\", \"value\": {}}"),
     IN_LD("1:59", "\"@value\" with the value")},
    {GRAPH("{\"@type\": \"Bundle\"}"), IN_LD("1:13", "\"@id\" with its name")},
    {GRAPH("{\"@type\": \"Bundle\", \"@id\": \"prov:b\", \"@graph\": "
           "[{\"@type\": \"Bundle\", \"@id\": \"prov:c\"}]}"),
     IN_LD("1:61", "no bundle within a bundle")},
  };
  check_bad(bad, sizeof(bad) / sizeof(*bad), CRATE_SYNTAX_PROV_JSONLD);
}

static void
a_context_tells_prov_jsonld(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  const CrateConversion what = {.name = CRATE_TEXT("a.jsonld"),
                                .bytes = crate_text(jsonld)};
  CrateBuffer buffer;
  crate_buffer_init(&buffer, &check.world);
  assert_int_equal(crate_convert(&check.world, &what,
                                 crate_format_find(CRATE_TEXT("canonical")),
                                 &buffer),
                   CRATE_OK);
  char *const expected =
    turn(&check.world, crate_text(notation), CRATE_SYNTAX_PROVN, "canonical");
  assert_true(crate_text_is(crate_buffer_text(&buffer), expected));
  free(expected);
  crate_buffer_clear(&buffer);
}

static void
what_is_not_of_prov_is_passed_over_and_said(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  char *const out =
    turn(&check.world,
         crate_text(DOCUMENT("<p:other><x/></p:other><y/>"
                             "<p:entity xmlns:z='z:' p:id='p:a' z:b='c'/>")),
         CRATE_SYNTAX_PROV_XML, "provn");
  assert_string_equal(out, "document\n  entity(prov:a)\nendDocument\n");
  assert_string_equal(check.said,
                      "in:1:50: 3 elements or attributes that are not of PROV "
                      "stand between its own and are not read, from here on "
                      "[not-provenance]");
  free(out);
}

static void
what_xml_cannot_hold_is_refused(void **state)
{
  (void)state;
  static const struct {
    const char *text, *said;
  } cases[] = {
    {"<x:a> a prov:Entity ; <x:y/> 1 .",
     "in:0:0: \"x:y/\" ends in no name of an XML element [no-prov-xml]"},
    {"<x:a> a prov:Entity ; prov:value '\\u0001' .",
     "in:0:0: \"\x01\" holds a character that XML does not have "
     "[no-prov-xml]"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); ++i) {
    char text[400];
    CheckWorld check;
    check_world_init(&check);
    snprintf(text, sizeof(text), PREFIXES "%s", cases[i].text);
    assert_null(
      turn(&check.world, crate_text(text), CRATE_SYNTAX_TURTLE, "prov-xml"));
    assert_string_equal(check.said, cases[i].said);
  }
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

static CrateStatus
read_xml(const CrateWorld *world)
{
  return try_to(world, xml, CRATE_SYNTAX_PROV_XML, "nquads");
}

static CrateStatus
write_xml(const CrateWorld *world)
{
  return try_to(world, notation, CRATE_SYNTAX_PROVN, "prov-xml");
}

static CrateStatus
read_jsonld(const CrateWorld *world)
{
  return try_to(world, jsonld, CRATE_SYNTAX_PROV_JSONLD, "nquads");
}

static CrateStatus
write_jsonld(const CrateWorld *world)
{
  return try_to(world, notation, CRATE_SYNTAX_PROVN, "prov-jsonld");
}

/// What breaks constraints of each sort.
static const char invalid[] =
  "document default <http://e/>\n"
  "entity(a) entity(b) wasDerivedFrom(a, b) wasDerivedFrom(b, a)\n"
  "used(u; x, a, -) used(u; x, b, -) used(x, x, -)\n"
  "activity(y, 2011-11-16T16:00:00Z, 2011-11-15T16:00:00Z)\n"
  "specializationOf(a, a) endDocument\n";

static CrateStatus
check_constraints(const CrateWorld *world)
{
  const CrateConversion what = {.name = CRATE_TEXT("in"),
                                .bytes = CRATE_TEXT(invalid),
                                .syntax = CRATE_SYNTAX_PROVN};
  CrateBuffer buffer;
  size_t count;
  crate_buffer_init(&buffer, world);
  const CrateStatus status =
    crate_check_constraints(world, &what, &buffer, &count);
  if (!status) {
    assert_int_equal(count, 4);
    assert_int_equal(memcmp(buffer.data, "in:2:21: error: ", 16), 0);
  }
  crate_buffer_clear(&buffer);
  return status;
}

static void
the_table_of_constraints_is_sorted(void **state)
{
  (void)state;
  for (size_t i = 0; crate_prov_constraint_at(i); ++i) {
    assert_int_equal(crate_prov_constraint_at(i)->number, 22 + i);
  }
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_notation) > 20);
  assert_true(check_failing_allocations(read_json) > 20);
  assert_true(check_failing_allocations(write_notation) > 20);
  assert_true(check_failing_allocations(write_json) > 20);
  assert_true(check_failing_allocations(check_constraints) > 20);
  assert_true(check_failing_allocations(read_jsonld) > 20);
  assert_true(check_failing_allocations(write_jsonld) > 20);
  assert_true(check_failing_allocations(read_xml) > 20);
  assert_true(check_failing_allocations(write_xml) > 20);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_syntaxes_say_is_one_graph),
    cmocka_unit_test(what_is_written_is_read_back),
    cmocka_unit_test(things_are_what_relations_need),
    cmocka_unit_test(what_has_no_place_is_said),
    cmocka_unit_test(what_is_no_prov_n_is_placed),
    cmocka_unit_test(what_is_no_prov_json_is_placed),
    cmocka_unit_test(what_is_no_prov_xml_is_placed),
    cmocka_unit_test(what_is_no_prov_jsonld_is_placed),
    cmocka_unit_test(a_context_tells_prov_jsonld),
    cmocka_unit_test(what_is_not_of_prov_is_passed_over_and_said),
    cmocka_unit_test(what_xml_cannot_hold_is_refused),
    cmocka_unit_test(the_table_of_constraints_is_sorted),
    cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
