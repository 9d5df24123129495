// SPDX-License-Identifier: Apache-2.0
// XML as a tree: what it holds, and what is no XML.
#include "support/check.h"
#include "xml/xml.h"

static const char text[] =
  "\xEF\xBB\xBF<?xml version='1.0' encoding=\"utf-8\" standalone='yes'?>\n"
  "<!-- a - comment --><?style sheet?>\n"
  "<d:doc xmlns:d='http://d/' xmlns='http://e/' a='1' d:a='x&#x26;\ty'>\n"
  "  one &lt; two\r\n<in xmlns:d='http://f/'><d:deep/></in>"
  "<![CDATA[<&amp;>]]>&#233;\n"
  "  <none xmlns='' >t</none\n></d:doc>\n<!-- behind -->";

static void
a_tree_is_read(void **state)
{
  (void)state;
  CheckWorld check;
  CrateXmlDocument document;
  CrateText all;
  check_world_init(&check);
  assert_int_equal(
    crate_xml_read(&check.world, CRATE_TEXT("in"), CRATE_TEXT(text), &document),
    CRATE_OK);
  assert_string_equal(check.said, "");
  const CrateXml *const root = document.root;
  assert_true(crate_xml_is(root->name, "http://d/", "doc"));
  assert_text(*crate_xml_get(root, "", "a"), "1");
  assert_text(*crate_xml_get(root, "http://d/", "a"), "x& y");
  assert_null(crate_xml_get(root, "http://e/", "a"));
  assert_int_equal(crate_xml_text(&document.arena, root, &all), CRATE_OK);
  assert_text(all, "\n  one < two\n<&amp;>\xC3\xA9\n  ");
  const CrateXml *const in = crate_xml_first(root);
  assert_true(crate_xml_is(in->name, "http://e/", "in"));
  assert_true(crate_xml_is(crate_xml_first(in)->name, "http://f/", "deep"));
  assert_ptr_equal(crate_xml_first(in)->parent, in);
  const CrateXml *const none = crate_xml_next(in);
  assert_true(crate_xml_is(none->name, "", "none"));
  assert_null(crate_xml_next(none));
  assert_int_equal(text[none->offset], '<');
  crate_xml_clear(&document);
}

static void
names_in_values_have_a_scope(void **state)
{
  (void)state;
  CheckWorld check;
  CrateXmlDocument document;
  CrateXmlScope scope;
  CrateText iri;
  check_world_init(&check);
  assert_int_equal(
    crate_xml_read(&check.world, CRATE_TEXT("in"), CRATE_TEXT(text), &document),
    CRATE_OK);
  CrateXml *const root = document.root;
  CrateXml *const in = root->first->next;
  assert_int_equal(crate_xml_scope_init(&scope, &check.world), CRATE_OK);
  assert_false(crate_xml_scope_find(&scope, CRATE_TEXT("d"), &iri));
  assert_true(crate_xml_scope_find(&scope, CRATE_TEXT(""), &iri));
  assert_text(iri, "");
  assert_int_equal(crate_xml_scope_enter(&scope, root), CRATE_OK);
  assert_int_equal(crate_xml_scope_enter(&scope, in), CRATE_OK);
  assert_true(crate_xml_scope_find(&scope, CRATE_TEXT("d"), &iri));
  assert_text(iri, "http://f/");
  assert_int_equal(crate_xml_scope_leave(&scope, in), CRATE_OK);
  assert_true(crate_xml_scope_find(&scope, CRATE_TEXT("d"), &iri));
  assert_text(iri, "http://d/");
  assert_int_equal(crate_xml_scope_leave(&scope, root), CRATE_OK);
  assert_false(crate_xml_scope_find(&scope, CRATE_TEXT("d"), &iri));
  crate_xml_scope_clear(&scope);
  crate_xml_clear(&document);
}

#define IN(place, words) "in:" place ": expected " words " [invalid-xml]"

static void
what_is_no_xml_is_placed(void **state)
{
  (void)state;
  static const struct {
    const char *text, *said;
  } bad[] = {
    {"", IN("1:1", "an element")},
    {"text", IN("1:1", "an element")},
    {"<a/><b/>", IN("1:5", "nothing behind the root element")},
    {"<a>\n<b></a>", IN("2:6", "the end tag of the element that is open")},
    {"<a>", IN("1:4", "the end tags of what is open")},
    {"<a b='1' b='2'/>", IN("1:10", "each attribute once")},
    {"<a xmlns:x='u:' xmlns:y='u:' x:b='' y:b=''/>",
     IN("1:37", "each attribute once")},
    {"<a xmlns:x='u:' xmlns:x='v:'/>", IN("1:2", "each prefix declared once")},
    {"<a xmlns:x=''/>",
     IN("1:4", "a prefix and a namespace that may go together")},
    {"<a xmlns:xmlns='u:'/>",
     IN("1:4", "a prefix and a namespace that may go together")},
    {"<a><x:b/></a>", IN("1:5", "a prefix that is declared")},
    {"<a x:b=''/>", IN("1:4", "a prefix that is declared")},
    {"<a:b:c/>", IN("1:5", "white space, '>' or \"/>\"")},
    {"<1/>", IN("1:2", "a name, with one prefix at most")},
    {"<a b=1/>", IN("1:6", "a value in quotes")},
    {"<a b/>", IN("1:5", "'=' and the value of this attribute")},
    {"<a b='1'c='2'/>", IN("1:9", "white space, '>' or \"/>\"")},
    {"<a b='<'/>", IN("1:7", "&lt; instead of '<'")},
    {"<a b='", IN("1:7", "the quote that ends this value")},
    {"<a>]]></a>", IN("1:4", "\"]]&gt;\" instead of \"]]>\"")},
    {"<a><!-- -- --></a>", IN("1:11", "'>': no \"--\" in a comment")},
    {"<!--", IN("1:5", "the \"-->\" of this comment")},
    {"<a><?xml version='1.0'?></a>",
     IN("1:6", "the name of an instruction, and not \"xml\"")},
    {"<?xml encoding='utf-8'?><a/>", IN("1:6", "version 1.0 of XML")},
    {"<?xml version='2.0'?><a/>", IN("1:16", "version 1.0 of XML")},
    {"<?xml version='1.'?><a/>", IN("1:16", "version 1.0 of XML")},
    {"<?xml version='1.0'encoding='utf-8'?><a/>", IN("1:20", "\"?>\"")},
    {"<?xml version='1.0' standalone='maybe'?><a/>",
     IN("1:33", "\"yes\" or \"no\"")},
    {"<?xml version='1.0' encoding='latin1'?><a/>", IN("1:31", "XML in UTF-8")},
    {"<a>\xFF</a>", IN("1:4", "XML in UTF-8")},
    {"<a>\x01</a>", IN("1:4", "a character of XML")},
    {"<a>&#0;</a>", IN("1:4", "&lt; &gt; &amp; &apos; &quot; or the number of "
                              "a character of XML, such as &#38;")},
    {"<a>&x;</a>", IN("1:4", "&lt; &gt; &amp; &apos; &quot; or the number of "
                             "a character of XML, such as &#38;")},
    {"<!DOCTYPE a [<!ENTITY x SYSTEM '/etc/passwd'>]><a>&x;</a>",
     IN("1:1", "no declarations: a document type is not read, as it could "
               "have others read")},
  };
  for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); ++i) {
    CheckWorld check;
    CrateXmlDocument document;
    check_world_init(&check);
    assert_int_equal(crate_xml_read(&check.world, CRATE_TEXT("in"),
                                    crate_text(bad[i].text), &document),
                     CRATE_MALFORMED);
    assert_string_equal(check.said, bad[i].said);
    crate_xml_clear(&document);
  }
}

static void
depth_has_a_limit(void **state)
{
  (void)state;
  CheckWorld check;
  CrateXmlDocument document;
  check_world_init(&check);
  check.world.limits.depth = 2;
  assert_int_equal(crate_xml_read(&check.world, CRATE_TEXT("in"),
                                  CRATE_TEXT("<a><b/></a>"), &document),
                   CRATE_OK);
  crate_xml_clear(&document);
  assert_int_equal(crate_xml_read(&check.world, CRATE_TEXT("in"),
                                  CRATE_TEXT("<a><b><c/></b></a>"), &document),
                   CRATE_OVER_LIMIT);
  assert_string_equal(check.said,
                      "in:0:0: elements nested deeper than 2 levels [depth]");
  crate_xml_clear(&document);
}

static CrateStatus
read_text(const CrateWorld *world)
{
  CrateXmlDocument document;
  CrateText all;
  CrateStatus status =
    crate_xml_read(world, CRATE_TEXT("in"), CRATE_TEXT(text), &document);
  status =
    status ? status : crate_xml_text(&document.arena, document.root, &all);
  crate_xml_clear(&document);
  return status;
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_text) > 1);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(a_tree_is_read),
  cmocka_unit_test(names_in_values_have_a_scope),
  cmocka_unit_test(what_is_no_xml_is_placed),
  cmocka_unit_test(depth_has_a_limit),
  cmocka_unit_test(every_allocation_may_fail),
};

CHECK_MAIN(tests)
