// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"
#include <cratekit/shapes.h>

#define PREFIXES                                                               \
  "@prefix sh: <http://www.w3.org/ns/shacl#> ."                                \
  "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."                         \
  "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."               \
  "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."                    \
  "@prefix : <http://e/> ."

/// Shapes and data in one graph, and what came of them as lines of text:
/// "Component focus value: message".
typedef struct Judge {
  CheckWorld check;
  CrateTerms *terms;
  CrateGraph *graph;
  CrateShapes *shapes;
  char lines[4000];
  size_t used;
  const bool *skip;
  unsigned results, unchecked, gave_up;
  CrateResult last;
} Judge;

static void
print(Judge *judge, const char *before, CrateTerm term)
{
  const CrateTermInfo info = crate_terms_info(judge->terms, term);
  CrateText text = info.text;
  const size_t hash = crate_text_find(text, '#');
  if (info.kind == CRATE_TERM_IRI) {
    text = hash < text.size ? crate_text_slice(text, hash + 1, text.size)
                            : crate_text_slice(text, 9, text.size);
  }
  judge->used += (size_t)snprintf(judge->lines + judge->used,
                                  sizeof(judge->lines) - judge->used, "%s%.*s",
                                  before, CRATE_TEXT_ARG(text));
}

static void
print_text(Judge *judge, const char *before, CrateText text)
{
  judge->used += (size_t)snprintf(judge->lines + judge->used,
                                  sizeof(judge->lines) - judge->used,
                                  "%s%.*s\n", before, CRATE_TEXT_ARG(text));
}

static CrateStatus
take(void *handle, const CrateResult *result)
{
  Judge *const judge = (Judge *)handle;
  ++judge->results;
  judge->last = *result;
  if (judge->used + 1000 < sizeof(judge->lines)) {
    print(judge, "", result->component);
    print(judge, " ", result->focus);
    print(judge, " ", result->value);
    print_text(judge, ": ", result->message);
  }
  return CRATE_OK;
}

static CrateStatus
miss(void *handle, CrateTerm shape, CrateText reason, bool gave_up)
{
  Judge *const judge = (Judge *)handle;
  ++judge->unchecked;
  judge->gave_up += gave_up;
  print(judge, "not checked ", shape);
  print_text(judge, ": ", reason);
  return CRATE_OK;
}

static CrateStatus
read_document(Judge *judge, const char *document)
{
  CRATE_TRY(crate_terms_new(&judge->check.world, &judge->terms));
  CRATE_TRY(crate_graph_new(&judge->check.world, judge->terms, &judge->graph));
  CRATE_TRY(crate_rdf_read(judge->graph, CRATE_SYNTAX_TURTLE, CRATE_TEXT("doc"),
                           CRATE_TEXT("http://e/"), crate_text(document)));
  return crate_graph_index(judge->graph);
}

static CrateStatus
run(Judge *judge)
{
  const CrateResultSink sink = {take, miss, judge};
  judge->used = judge->results = judge->unchecked = 0;
  judge->gave_up = 0;
  judge->lines[0] = '\0';
  return crate_shapes_run(judge->shapes, judge->graph, judge->skip, &sink);
}

static CrateStatus
compile(Judge *judge,
        const char *document,
        const CrateNative *natives,
        size_t count)
{
  memset(judge, 0, sizeof(*judge));
  check_world_init(&judge->check);
  assert_int_equal(read_document(judge, document), CRATE_OK);
  return crate_shapes_new(&judge->check.world, judge->graph, natives, count,
                          &judge->shapes);
}

static void
judge_init(Judge *judge, const char *document)
{
  const CrateStatus status = compile(judge, document, NULL, 0);
  assert_string_equal(judge->check.said, "");
  assert_int_equal(status, CRATE_OK);
  assert_int_equal(run(judge), CRATE_OK);
}

static void
judge_clear(Judge *judge)
{
  crate_shapes_free(judge->shapes);
  crate_graph_free(judge->graph);
  crate_terms_free(judge->terms);
}

typedef struct Verdict {
  const char *document, *lines;
} Verdict;

// The suite of the W3C looks at which results there are; here are the words,
// and what the suite leaves out.
static const Verdict VERDICTS[] = {
  {":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:minCount 1 ] .",
   "MinCountConstraintComponent a : expected 1 or more values of <http://e/p>, "
   "found 0\n"},
  {":s sh:targetNode :a ; sh:class :C . :a a :D . :D rdfs:subClassOf :E .",
   "ClassConstraintComponent a a: <http://e/a> is not an instance of "
   "<http://e/C>\n"},
  {":s sh:targetClass :C ; sh:nodeKind sh:Literal . :a a :D . "
   ":D rdfs:subClassOf :E . :E rdfs:subClassOf :C , :D .",
   "NodeKindConstraintComponent a a: <http://e/a> is not of kind "
   "sh:Literal\n"},
  {":s sh:targetNode 5 ; sh:datatype xsd:string .",
   "DatatypeConstraintComponent 5 5: 5 is not a well-formed "
   "literal of datatype xsd:string\n"},
  {":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:in ( 1 :x ) ] . "
   ":a :p 1 , 01 , :x .",
   "InConstraintComponent a 01: 01 is not one of "
   "1, <http://e/x>\n"},
  {":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:uniqueLang true ] . "
   ":a :p \"a\"@en , \"b\"@EN , \"c\"@en , \"d\"@de .",
   "UniqueLangConstraintComponent a : <http://e/p> has several values in the "
   "language en, expected one\n"},
  {":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:languageIn "
   "( \"en\" ) ] . :a :p \"a\"@en-GB , \"b\"@eng , \"c\" .",
   "LanguageInConstraintComponent a b: \"b\"@eng is in none of the languages "
   "\"en\"\n"
   "LanguageInConstraintComponent a c: \"c\" is in none of the languages "
   "\"en\"\n"},
  {":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:pattern \"^.b$\" ; "
   "sh:flags \"i\" ] . :a :p \"aB\" , \"ab\\n\" , _:b .",
   "PatternConstraintComponent a ab\n: \"ab\n\" does not match the pattern "
   "\"^.b$\"\n"
   "PatternConstraintComponent a b: _:b does not match the pattern "
   "\"^.b$\"\n"},
  {":s sh:targetNode \"x: y\" ; sh:pattern \"\\\\i \\\\c+ : [ ] y\" ; "
   "sh:flags \"x\" .",
   "PatternConstraintComponent x: y x: y: \"x: y\" does not match the pattern "
   "\"\\i \\c+ : [ ] y\"\n"},
  {":s sh:targetNode \"xx: y\" ; sh:pattern \"^\\\\i \\\\c+ [ ] y\" ; "
   "sh:flags \"x\" .",
   ""},
  {":s sh:targetNode \"a.b\" , \"axb\" ; sh:pattern \"a.b\" ; sh:flags \"q\" .",
   "PatternConstraintComponent axb axb: \"axb\" does not match the pattern "
   "\"a.b\"\n"},
  {":s sh:targetNode \"\xc3\xa9\xc3\xa9\" ; sh:maxLength 2 ; sh:minLength 3 .",
   "MinLengthConstraintComponent \xc3\xa9\xc3\xa9 \xc3\xa9\xc3\xa9: "
   "\"\xc3\xa9\xc3\xa9\" has fewer than 3 characters\n"},
  {":s sh:targetNode :a ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;"
   " sh:property [ sh:path :p ] . :a a :C ; :p 1 ; :q 2 .",
   "ClosedConstraintComponent a 2: the property <http://e/q> is not among "
   "those that are allowed\n"},
  {":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:lessThan :q ] . "
   ":a :p 3 ; :q 3 , 4 .",
   "LessThanConstraintComponent a 3: 3 is not less than 3 of "
   "<http://e/q>\n"},
  {":s sh:targetNode :a ; sh:property [ sh:path ( :p [ sh:inversePath :q ] ) ;"
   " sh:maxCount 0 ] . :a :p :b . :c :q :b .",
   "MaxCountConstraintComponent a : expected at most 0 values of "
   "(<http://e/p>/^<http://e/q>), found 1\n"},
  {":s sh:targetNode :a ; sh:property [ sh:path [ sh:alternativePath ( :p "
   "[ sh:oneOrMorePath [ sh:zeroOrOnePath [ sh:zeroOrMorePath :q ] ] ] ) ] ; "
   "sh:maxCount 1 ] . :a :p :b ; :q :c . :c :q :a .",
   "MaxCountConstraintComponent a : expected at most 1 values of "
   "(<http://e/p>|<http://e/q>*?+), found 3\n"},
  {":s sh:targetNode :a ; sh:not [ sh:class :C ] ; sh:message "
   "\"{$this} {?value} {$not} {$none} {x} {$\"@en , \"nein\"@de . :a a :C .",
   "NotConstraintComponent a a: http://e/a http://e/a (unnamed) {$none} {x} "
   "{$\n"},
  {":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:minCount 2 ; "
   "sh:maxCount 3 ; sh:message \"{$path}: {$minCount} to {$maxCount}, not "
   "{$count}\" ] . :a :p 1 .",
   "MinCountConstraintComponent a : http://e/p: 2 to 3, not 1\n"},
  {":s sh:targetNode :a ; sh:deactivated true ; sh:class :C .", ""},
  {":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:minCount 1 ; "
   "sh:deactivated true ] ; sh:node [ sh:class :C ; sh:deactivated true ] .",
   ""},
  {":s sh:targetNode :a ; sh:property [ sh:path [ sh:inversePath ( :p :q ) ] ; "
   "sh:hasValue :c ] . :b :q :a . :c :p :b .",
   ""},
  {":s sh:targetNode :a ; sh:class :C ; sh:message \"one\" , \"two\" .",
   "ClassConstraintComponent a a: one\n"},
  {":s sh:targetNode :a ; sh:property [ sh:path :p ; "
   "sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 2 ] . "
   ":a :p :b . :b a :C .",
   "QualifiedMinCountConstraintComponent a : expected 2 or more values of "
   "<http://e/p> with the shape (unnamed), found 1\n"},
  {":s sh:targetNode :a ; sh:sparql [] .",
   "not checked s: sh:sparql is beyond SHACL Core\n"},
  {":s sh:targetNode :a ; sh:not :elsewhere .",
   "not checked elsewhere: the shapes graph says nothing about it\n"},
  {":k a sh:ConstraintComponent ; sh:parameter [ sh:path :mine ] . "
   ":s sh:targetNode :a ; :mine 5 ; sh:class :C .",
   "not checked s: <http://e/mine> is beyond SHACL Core\n"
   "ClassConstraintComponent a a: <http://e/a> is not an instance of "
   "<http://e/C>\n"},
};

static void
results_say_what_is_wrong(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof(VERDICTS) / sizeof(*VERDICTS); ++i) {
    char document[2000];
    Judge judge;
    snprintf(document, sizeof(document), "%s%s", PREFIXES,
             VERDICTS[i].document);
    judge_init(&judge, document);
    assert_string_equal(judge.lines, VERDICTS[i].lines);
    judge_clear(&judge);
  }
}

static const Verdict ILL_FORMED[] = {
  {":s a sh:NodeShape ; sh:dataType xsd:string .",
   "sh:dataType is not a SHACL term, did you mean sh:datatype (in shape "
   "<http://e/s>)"},
  {":s sh:targetClas :C .",
   "sh:targetClas is not a SHACL term, did you mean sh:targetClass (in shape "
   "<http://e/s>)"},
  {":s a sh:nodeshape .",
   "sh:nodeshape is not a SHACL term, did you mean sh:NodeShape (in shape "
   "<http://e/s>)"},
  {":s a sh:NodeShape ; sh:zzzzzzzz 1 .",
   "sh:zzzzzzzz is not a SHACL term (in shape <http://e/s>)"},
  {":s sh:property [ sh:path :p ; sh:minCount \"1\" ] .",
   "shape <http://e/s> at <http://e/p>: sh:minCount expects an xsd:integer, "
   "not \"1\""},
  {":s sh:minCount 1 .",
   "shape <http://e/s>: sh:minCount expects a shape with sh:path around it"},
  {":s sh:class \"C\" .",
   "shape <http://e/s>: sh:class expects an IRI, not \"C\""},
  {":s sh:datatype xsd:string , xsd:date .",
   "shape <http://e/s>: sh:datatype expects one value at most"},
  {":s sh:nodeKind sh:Iri .",
   "shape <http://e/s>: sh:nodeKind expects one of the six node kinds, not "
   "sh:Iri"},
  {":s sh:property [ sh:path :p , :q ] .",
   "shape <http://e/s> at <http://e/p>: sh:path expects one value at most; is "
   "the name "
   "of the shape used twice?"},
  {":s sh:property [ sh:path \"p\" ] .",
   "shape <http://e/s> at : sh:path expects a path, not a literal, not \"p\""},
  {":s sh:property [ sh:path ( :p ) ] .",
   "shape <http://e/s> at (<http://e/p>): sh:path expects a list of at least "
   "two paths, not []"},
  {":s sh:property [ sh:path [ sh:inversePath :p ; sh:zeroOrMorePath :q ] ] .",
   "shape <http://e/s> at ^<http://e/p>: sh:path expects an IRI, a list, or a "
   "node with exactly one statement, by one of the path predicates, not []"},
  {":s sh:class :C ; sh:path _:p . _:p sh:inversePath _:p .",
   "shape <http://e/s>: sh:path expects a path that neither contains itself "
   "nor is nested too deep, not _:p"},
  {":s sh:in :x .",
   "shape <http://e/s>: sh:in expects a well-formed list, not <http://e/x>"},
  {":s sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .",
   "shape <http://e/s>: sh:in expects a well-formed list, not _:l"},
  {":s sh:node [ sh:path :p ] .",
   "shape <http://e/s>: sh:node expects a node shape (one without sh:path), "
   "not []"},
  {":s sh:property [ sh:class :C ] .",
   "shape <http://e/s>: sh:property expects a property shape (one with "
   "sh:path), not []"},
  {":s sh:or ( 1 ) .", "shape <http://e/s>: sh:or expects a shape, not 1"},
  {":s sh:node :t . :t sh:not [ sh:node :s ] .",
   "shape <http://e/s>: expects shapes that do not lead back to it, as "
   "recursion has no defined meaning"},
  {":s sh:pattern \"(\" .",
   "shape <http://e/s>: sh:pattern expects a regular expression (missing "
   "closing parenthesis at byte 1), not \"(\""},
  {":s sh:pattern \"a\" ; sh:flags \"z\" .",
   "shape <http://e/s>: sh:flags expects letters out of smixq, not \"z\""},
  {":s sh:pattern 5 .",
   "shape <http://e/s>: sh:pattern expects an xsd:string, not "
   "5"},
  {":s sh:targetNode [] .",
   "shape <http://e/s>: sh:targetNode expects an IRI or a literal, not []"},
  {":s sh:targetClass \"C\" .",
   "shape <http://e/s>: sh:targetClass expects an IRI, not \"C\""},
  {"_:s a sh:NodeShape , rdfs:Class .",
   "shape _:s: expects an IRI as its name, since it is a class"},
  {":s a sh:PropertyShape .",
   "shape <http://e/s>: sh:path is missing from a property shape"},
  {":s a sh:NodeShape ; sh:path :p .",
   "shape <http://e/s>: sh:path is not allowed in a node shape"},
  {":s sh:class :C ; sh:message 1 .",
   "shape <http://e/s>: sh:message expects a string, with or without a "
   "language, not 1"},
  {":s sh:class :C ; sh:severity \"high\" .",
   "shape <http://e/s>: sh:severity expects an IRI, not \"high\""},
  {":s sh:class :C ; sh:severity sh:Warnin .",
   "sh:Warnin is not a SHACL term, did you mean sh:Warning (in shape "
   "<http://e/s>)"},
  {":s sh:class :C ; sh:deactivated 1 .",
   "shape <http://e/s>: sh:deactivated expects an xsd:boolean, not "
   "1"},
  {":s sh:closed true ; sh:ignoredProperties ( \"p\" ) .",
   "shape <http://e/s>: sh:ignoredProperties expects an IRI, not \"p\""},
  {":s sh:languageIn ( :en ) .",
   "shape <http://e/s>: sh:languageIn expects an xsd:string, not "
   "<http://e/en>"},
};

static void
ill_formed_shapes_are_reported(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof(ILL_FORMED) / sizeof(*ILL_FORMED); ++i) {
    char document[2000];
    char expected[1000];
    Judge judge;
    snprintf(document, sizeof(document), "%s%s", PREFIXES,
             ILL_FORMED[i].document);
    snprintf(expected, sizeof(expected), ":0:0: %s [ill-formed-shape]",
             ILL_FORMED[i].lines);
    const CrateStatus status = compile(&judge, document, NULL, 0);
    if (status != CRATE_MALFORMED) {
      fail_msg("accepted: %s", ILL_FORMED[i].document);
    }
    assert_null(judge.shapes);
    assert_string_equal(judge.check.said, expected);
    judge_clear(&judge);
  }
}

static void
what_is_unknown_decides_nothing(void **state)
{
  (void)state;
  Judge judge;
  judge_init(&judge,
             PREFIXES ":s sh:targetNode :a ; sh:or ( :u [ sh:class :C ] ) ; "
                      "sh:xone ( :u [ sh:nodeKind sh:IRI ] ) ; sh:not :u ; "
                      "sh:and ( :u [ sh:nodeKind sh:IRI ] ) ; sh:node :u ; "
                      "sh:property [ sh:path :p ; sh:qualifiedValueShape :u ; "
                      "sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 0 ] . "
                      ":u sh:sparql [] . :a :p 1 .");
  assert_int_equal(judge.results, 0);
  assert_int_equal(judge.unchecked, 1);
  judge_clear(&judge);
  judge_init(&judge, PREFIXES
             ":s sh:targetNode :a ; "
             "sh:xone ( :u [ sh:nodeKind sh:IRI ] [ sh:nodeKind sh:IRI ] ) ; "
             "sh:and ( :u [ sh:class :C ] ) ; "
             "sh:property [ sh:path :p ; sh:qualifiedValueShape :u ; "
             "sh:qualifiedMinCount 2 ] . :u sh:sparql [] . :a :p 1 .");
  assert_int_equal(judge.results, 3);
  judge_clear(&judge);
}

static void
a_result_knows_its_rule_and_its_statement(void **state)
{
  (void)state;
  Judge judge;
  judge_init(&judge, PREFIXES
             ":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:severity "
             ":Grave ; sh:property [ sh:path :q ; sh:class :C ; sh:severity "
             "sh:Info ] ] . :a :p :b . :b :q 5 .");
  assert_int_equal(judge.results, 1);
  const CrateResult *const last = &judge.last;
  assert_int_equal(last->rule, crate_shapes_at(judge.shapes, 0));
  assert_int_not_equal(last->shape, last->rule);
  assert_int_equal(last->quad->subject, last->focus);
  assert_int_equal(last->quad->object, last->value);
  assert_int_equal(last->predicate, last->quad->predicate);
  assert_int_equal(last->path, last->predicate);
  assert_int_not_equal(last->origin, CRATE_NO_ORIGIN);
  assert_text(crate_terms_info(judge.terms, last->severity).text,
              "http://www.w3.org/ns/shacl#Info");
  judge_clear(&judge);
}

static void
a_rule_that_is_skipped_says_nothing(void **state)
{
  (void)state;
  Judge judge;
  judge_init(&judge, PREFIXES ":s sh:targetNode :a ; sh:class :C . "
                              ":t sh:targetNode :a ; sh:class :D .");
  assert_int_equal(crate_shapes_count(judge.shapes), 2);
  assert_int_equal(judge.results, 2);
  const CrateTerm second = crate_shapes_at(judge.shapes, 1);
  assert_int_equal(crate_shapes_find(judge.shapes, second), 1);
  assert_int_equal(crate_shapes_find(judge.shapes, CRATE_RDF_TYPE), 2);
  const bool first_only[] = {true, false};
  judge.skip = first_only;
  assert_int_equal(run(&judge), CRATE_OK);
  assert_int_equal(judge.results, 1);
  judge.skip = NULL;
  assert_int_equal(run(&judge), CRATE_OK);
  assert_int_equal(judge.results, 2);
  judge_clear(&judge);
}

/// A native component: values must not be longer than the parameter says.
static CrateStatus
check_short(const CrateNativeCall *call)
{
  const CrateTerms *const terms = crate_graph_terms(call->data);
  const CrateText limit = crate_terms_info(terms, call->parameter).text;
  assert_ptr_equal(call->handle, &check_short);
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateText text = crate_terms_info(terms, call->values[i]).text;
    if (crate_text_is(text, "?")) {
      CRATE_TRY(call->not_checked(call, CRATE_TEXT("cannot measure")));
    } else if (text.size > (size_t)(limit.data[0] - '0')) {
      CRATE_TRY(call->report(call, call->values[i], CRATE_NO_ORIGIN,
                             CRATE_TEXT("too long")));
    }
  }
  return CRATE_OK;
}

static void
natives_are_components_like_any_other(void **state)
{
  (void)state;
  const CrateNative native = {CRATE_TEXT("http://e/short"), check_short,
                              (void *)(uintptr_t)&check_short};
  Judge judge;
  assert_int_equal(
    compile(&judge,
            PREFIXES
            ":s sh:targetNode :a ; sh:property [ sh:path :p ; :short 2 ] ; "
            "sh:node [ sh:property [ sh:path :p ; :short 9 ; sh:message "
            "\"no: {$detail} {$short}\" ] ] . "
            ":t sh:targetNode :b ; sh:property [ sh:path :p ; :short 1 ; "
            "sh:message \"{$value} is {$detail} for {$short}\" ] ; "
            "sh:not [ sh:path :p ; :short 1 ] . "
            ":a :p \"abc\" , \"ab\" , \"?\" . :b :p \"??\" .",
            &native, 1),
    CRATE_OK);
  assert_int_equal(run(&judge), CRATE_OK);
  assert_string_equal(judge.lines, "not checked : cannot measure\n"
                                   "short a abc: too long\n"
                                   "not checked : cannot measure\n"
                                   "short b ??: ?? is too long for 1\n");
  judge_clear(&judge);
}

/// A native component that names a byte of the document.
static CrateStatus
blame_byte(const CrateNativeCall *call)
{
  const bool placed = call->parameter == CRATE_RDF_NIL;
  return call->report(call, call->values[0], placed ? 77 : CRATE_NO_ORIGIN,
                      CRATE_TEXT("here"));
}

static void
a_native_may_name_a_byte_or_leave_it_to_the_statement(void **state)
{
  (void)state;
  const CrateNative native = {CRATE_TEXT("http://e/byte"), blame_byte, NULL};
  Judge judge;
  for (int placed = 0; placed < 2; ++placed) {
    char document[600];
    snprintf(document, sizeof(document),
             "%s:s sh:targetNode :a ; sh:property [ sh:path :p ; :byte %s ] . "
             ":a :p 1 .",
             PREFIXES, placed ? "rdf:nil" : ":other");
    assert_int_equal(compile(&judge, document, &native, 1), CRATE_OK);
    assert_int_equal(run(&judge), CRATE_OK);
    assert_int_equal(judge.results, 1);
    assert_int_equal(judge.last.quad == NULL, placed);
    assert_int_equal(judge.last.origin == 77, placed);
    judge_clear(&judge);
  }
}

static void
a_catastrophic_pattern_is_not_checked(void **state)
{
  (void)state;
  Judge judge;
  judge_init(&judge, PREFIXES
             ":s sh:targetNode \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\" ; "
             "sh:pattern \"^(a|aa|a?)+$\" .");
  assert_string_equal(judge.lines, "not checked s: matching sh:pattern would "
                                   "take too long\n");
  assert_int_equal(judge.gave_up, 1);
  judge_clear(&judge);
}

/// Append formatted text to a document, up to 399 bytes.
static void add(CrateBuffer *document, const char *format, ...)
  CRATE_PRINTF(2, 3);

static void
add(CrateBuffer *document, const char *format, ...)
{
  char text[400];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  crate_buffer_add_string(document, text);
}

static void
judge_buffer(Judge *judge, CrateBuffer *document)
{
  crate_buffer_add_byte(document, '\0');
  assert_int_equal(crate_buffer_status(document), CRATE_OK);
  judge_init(judge, document->data);
  crate_buffer_clear(document);
}

// Followed along each of its ways the lattice has 2^30 of them.
static void
a_lattice_of_nodes_is_walked_once(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBuffer document;
  Judge judge;
  for (int kind = 0; kind < 2; ++kind) {
    check_world_init(&check);
    crate_buffer_init(&document, &check.world);
    add(&document, "%s :s0 sh:targetNode :n0x0 .", PREFIXES);
    for (int i = 0; i < 30; ++i) {
      add(&document,
          kind ? ":s%d sh:property [ sh:path :p ; sh:node :s%d ] ."
               : ":s%d sh:property [ sh:path :p ; sh:property "
                 "[ sh:path :q ; sh:maxCount 0 ] ; sh:node :s%d ] .",
          i, i + 1);
      add(&document, ":n%dx0 :p :n%dx0 , :n%dx1 .", i, i + 1, i + 1);
      add(&document, ":n%dx1 :p :n%dx0 , :n%dx1 .", i, i + 1, i + 1);
    }
    add(&document, ":s30 sh:nodeKind sh:IRI .");
    judge_buffer(&judge, &document);
    assert_int_equal(judge.results, 0);
    judge_clear(&judge);
  }
}

static void
pairs_are_not_compared_without_end(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBuffer document;
  Judge judge;
  check_world_init(&check);
  crate_buffer_init(&document, &check.world);
  add(&document,
      "%s :s sh:targetNode :a ; sh:property [ sh:path :p ; "
      "sh:lessThan :q ] .",
      PREFIXES);
  for (int i = 0; i < 1100; ++i) {
    add(&document, ":a :p %d ; :q %d .", i, i + 2000);
  }
  judge_buffer(&judge, &document);
  assert_int_equal(judge.unchecked, 1);
  assert_int_equal(judge.results, 0);
  judge_clear(&judge);
}

static void
nested_closures_cost_no_more_than_one(void **state)
{
  (void)state;
  CheckWorld check;
  CrateBuffer document;
  Judge judge;
  check_world_init(&check);
  crate_buffer_init(&document, &check.world);
  add(&document,
      "%s :s sh:targetNode :n0 ; sh:property [ sh:maxCount 0 ; "
      "sh:path ",
      PREFIXES);
  for (int i = 0; i < 30; ++i) {
    add(&document, "( [ sh:zeroOrMorePath ");
  }
  add(&document, ":p");
  for (int i = 0; i < 30; ++i) {
    add(&document, "] [ sh:zeroOrMorePath :q ] )");
  }
  add(&document, "] .");
  for (int i = 0; i < 300; ++i) {
    add(&document, ":n%d :p :n%d ; :q :n%d .", i, (i * 7 + 1) % 300,
        (i * 5 + 3) % 300);
  }
  judge_buffer(&judge, &document);
  assert_int_equal(judge.results, 1);
  assert_non_null(strstr(judge.lines, ", found 192\n"));
  judge_clear(&judge);
}

static void
shapes_that_refer_too_deep_are_refused(void **state)
{
  (void)state;
  char document[12000];
  int used = snprintf(document, sizeof(document), "%s", PREFIXES);
  Judge judge;
  for (int i = 0; i < 100; ++i) {
    used += snprintf(document + used, sizeof(document) - (size_t)used,
                     ":s%d sh:node :s%d .", i, i + 1);
  }
  assert_int_equal(compile(&judge, document, NULL, 0), CRATE_OVER_LIMIT);
  assert_string_equal(judge.check.said,
                      ":0:0: shapes refer to one another over more than 64 "
                      "levels; expected fewer [shape-depth]");
  judge_clear(&judge);
}

static void
an_entailment_is_a_failure(void **state)
{
  (void)state;
  Judge judge;
  assert_int_equal(
    compile(&judge, PREFIXES "[] sh:entailment :Regime .", NULL, 0),
    CRATE_UNSUPPORTED);
  assert_string_equal(judge.check.said,
                      ":0:0: sh:entailment asks for http://e/Regime; expected "
                      "none, as nothing is inferred [unsupported-entailment]");
  judge_clear(&judge);
}

// Two siblings that lead to one another through their own constraints.
static void
siblings_count_as_references(void **state)
{
  (void)state;
  Judge judge;
  assert_int_equal(
    compile(&judge,
            PREFIXES
            ":s sh:property :q , :r . "
            ":q sh:path :p ; sh:qualifiedValueShape [ sh:class :C ] ; "
            "sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true . "
            ":r sh:path :p ; sh:qualifiedValueShape :t ; "
            "sh:qualifiedMinCount 1 . :t sh:property :q .",
            NULL, 0),
    CRATE_MALFORMED);
  judge_clear(&judge);
}

static const char *const EVERYTHING = PREFIXES
  ":s a sh:NodeShape , rdfs:Class ; sh:targetNode :a , 1 ; sh:targetClass :C ; "
  "sh:targetSubjectsOf :p ; sh:targetObjectsOf :p ; sh:closed true ; "
  "sh:ignoredProperties ( rdf:type ) ; sh:in ( :a :b ) ; "
  "sh:or ( [ sh:class :D ] [ sh:datatype xsd:string ] ) ; sh:equals :q ; "
  "sh:property [ sh:path ( :p [ sh:zeroOrMorePath :q ] ) ; sh:minCount 1 ; "
  "sh:pattern \"^a\\\\i\" ; sh:flags \"ix\" ; sh:uniqueLang true ; "
  "sh:languageIn ( \"en\" ) ; sh:qualifiedValueShape [ sh:class :D ] ; "
  "sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMaxCount 0 ] ; "
  "sh:property [ sh:path :p ; sh:qualifiedValueShape [ sh:class :E ] ; "
  "sh:qualifiedMinCount 1 ; sh:lessThan :q ; sh:message \"{$value} m\" ] ; "
  "sh:sparql [] . :a :p \"x\"@en , \"y\"@en , :b ; :q 1 . :b a :C , :D .";

static CrateStatus
judge_everything(const CrateWorld *world)
{
  Judge judge;
  memset(&judge, 0, sizeof(judge));
  judge.check.world = *world;
  judge.check.world.sink = (CrateSink){NULL, NULL};
  CrateStatus status = read_document(&judge, EVERYTHING);
  if (!status) {
    status =
      crate_shapes_new(&judge.check.world, judge.graph, NULL, 0, &judge.shapes);
  }
  if (!status) {
    status = run(&judge);
  }
  judge_clear(&judge);
  return status;
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(judge_everything) > 50);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(results_say_what_is_wrong),
  cmocka_unit_test(ill_formed_shapes_are_reported),
  cmocka_unit_test(what_is_unknown_decides_nothing),
  cmocka_unit_test(a_result_knows_its_rule_and_its_statement),
  cmocka_unit_test(a_rule_that_is_skipped_says_nothing),
  cmocka_unit_test(natives_are_components_like_any_other),
  cmocka_unit_test(a_native_may_name_a_byte_or_leave_it_to_the_statement),
  cmocka_unit_test(a_catastrophic_pattern_is_not_checked),
  cmocka_unit_test(a_lattice_of_nodes_is_walked_once),
  cmocka_unit_test(pairs_are_not_compared_without_end),
  cmocka_unit_test(nested_closures_cost_no_more_than_one),
  cmocka_unit_test(shapes_that_refer_too_deep_are_refused),
  cmocka_unit_test(an_entailment_is_a_failure),
  cmocka_unit_test(siblings_count_as_references),
  cmocka_unit_test(every_allocation_may_fail),
};

CHECK_MAIN(tests)
