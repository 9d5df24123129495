// SPDX-License-Identifier: Apache-2.0
// Web pages: what tree they are, what they say, and that each of their
// allocations may fail.
#include "html/html.h"
#include "html/read.h"
#include "html/token.h"
#include "support/check.h"
#include <cratekit/rdf.h>

/// A tree as text: elements in brackets, texts in quotes.
static void
describe(const CrateHtml *node, CrateBuffer *out)
{
  if (!node->name.size) {
    crate_buffer_print(out, "'%.*s'", CRATE_TEXT_ARG(node->text));
    return;
  }
  crate_buffer_print(out, "[%.*s", CRATE_TEXT_ARG(node->name));
  for (const CrateHtml *n = node->first; n; n = n->next) {
    assert_ptr_equal(n->parent, node);
    assert_ptr_equal(n->previous ? n->previous->next : node->first, n);
    describe(n, out);
  }
  crate_buffer_add_byte(out, ']');
}

static void
check_tree(const char *page, const char *expected)
{
  CheckWorld check;
  CrateHtmlDocument document;
  CrateBuffer out;
  check_world_init(&check);
  crate_buffer_init(&out, &check.world);
  assert_int_equal(crate_html_read(&check.world, CRATE_TEXT("in"),
                                   crate_text(page), &document),
                   CRATE_OK);
  assert_string_equal(check.said, "");
  describe(document.root, &out);
  assert_text(crate_buffer_text(&out), expected);
  crate_buffer_clear(&out);
  crate_html_clear(&document);
}

static void
pages_become_the_trees_that_browsers_make(void **state)
{
  (void)state;
  static const struct {
    const char *page, *tree;
  } rows[] = {
    {"", "[html[body]]"},
    {"a", "[html[body'a']]"},
    {"<title>a</title>b", "[html[head[title'a']][body'b']]"},
    {"<head></head><link>a", "[html[head[link]][body'a']]"},
    {"<html><head><noscript><meta></noscript><body><p>a",
     "[html[head[noscript[meta]]][body[p'a']]]"},
    {"<p>a<p>b", "[html[body[p'a'][p'b']]]"},
    {"</p>a</p><br></br>", "[html[body'a'[p][br][br]]]"},
    {"<p><button><p>a</button>", "[html[body[p[button[p'a']]]]]"},
    {"<ul><li>a<ul><li>b</ul><li>c",
     "[html[body[ul[li'a'[ul[li'b']]][li'c']]]]"},
    {"<dl><dt>a<dd>b<dt>c", "[html[body[dl[dt'a'][dd'b'][dt'c']]]]"},
    {"<h1>a<h2>b</h1>c", "[html[body[h1'a'][h2'b']'c']]"},
    {"<a>b<a>c", "[html[body[a'b'][a'c']]]"},
    {"<b><p>a</b>c", "[html[body[b[p'a''c']]]]"},
    {"<div></span>a</div>b", "[html[body[div'a']'b']]"},
    {"<table><td>a<tr><td>b",
     "[html[body[table[tbody[tr[td'a']][tr[td'b']]]]]]"},
    {"<table><caption>a<col><tbody><th>b</table>c",
     "[html[body[table[caption'a'][colgroup[col]][tbody[tr[th'b']]]]'c']]"},
    {"<table>a<tr><b>c</b><td>d", "[html[body'a'[b'c'][table[tbody[tr[td'd']]]]"
                                  "]]"},
    {"<table><table>a", "[html[body[table]'a'[table]]]"},
    {"<td>a</td>", "[html[body'a']]"},
    {"<select><option>a<optgroup><option>b",
     "[html[body[select[option'a'][optgroup[option'b']]]]]"},
    {"<svg><p/>a", "[html[body[svg][p'a']]]"},
    {"<svg><g/><a/>b</svg>c", "[html[body[svg[g][a]'b']'c']]"},
    {"<svg><![CDATA[<a>&lt;]]></svg><![CDATA[b]]>",
     "[html[body[svg'<a>&lt;']]]"},
    {"<template><td>a</td></template>b",
     "[html[head[template[td'a']]][body'b']]"},
    {"<script><!-- </p> --></script><textarea>&lt;<b></textarea>",
     "[html[head[script'<!-- </p> -->']][body[textarea'<<b>']]]"},
    {"<!-- a --><!--><p>b<!-- --!>c<!-- d", "[html[body[p'b''c']]]"},
    {"a</body>b</html>c", "[html[body'a''b''c']]"},
    {"a<b c", "[html[body'a']]"},
    {"1 < 2 <3 </ 4>", "[html[body'1 ''< 2 ''<3 ']]"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    check_tree(rows[i].page, rows[i].tree);
  }
}

static void
xhtml_is_xml_when_it_is_well_formed(void **state)
{
  (void)state;
#define ROOT "<html xmlns='http://www.w3.org/1999/xhtml'>"
  check_tree(ROOT "<p/><P>&eacute;</P></html>", "[html[p][P'\xC3\xA9']]");
  check_tree("<?xml version='1.0'?><a b='c'/>", "[a]");
  check_tree(ROOT "<p/><P>a</html>", "[html[body[p][p'a']]]");
  check_tree(ROOT "<p a=b/>c</html>", "[html[body[p'c']]]");
  check_tree(ROOT "<p a='b' a='c'/>d</html>", "[html[body[p'd']]]");
  check_tree(ROOT "<p/>a &none; b</html>", "[html[body[p'a &none; b']]]");
  check_tree(ROOT "<p/></html>a", "[html[body[p'a']]]");
  check_tree("<!DOCTYPE html [<!ENTITY a 'b'>]>" ROOT "<p/>a</html>",
             "[html[body']>'[p'a']]]");
}

static void
attributes_are_there_once(void **state)
{
  (void)state;
  CheckWorld check;
  CrateHtmlDocument document;
  check_world_init(&check);
  assert_int_equal(
    crate_html_read(&check.world, CRATE_TEXT("in"),
                    CRATE_TEXT("<html A=1 a=2><html a=3 b='&lt;\r\n'><body c>"
                               "<body d=e/ =f g/h>"),
                    &document),
    CRATE_OK);
  const CrateHtml *const root = document.root;
  assert_text(*crate_html_get(root, "a"), "1");
  assert_text(*crate_html_get(root, "b"), "<\n");
  assert_int_equal(root->attribute_count, 2);
  assert_text(*crate_html_get(root->last, "c"), "");
  assert_text(*crate_html_get(root->last, "d"), "e/");
  assert_non_null(crate_html_get(root->last, "=f"));
  assert_non_null(crate_html_get(root->last, "h"));
  assert_null(crate_html_get(root->last, "e"));
  crate_html_clear(&document);
}

static void
all_text_is_one_or_a_copy(void **state)
{
  (void)state;
  CheckWorld check;
  CrateHtmlDocument document;
  CrateText text;
  check_world_init(&check);
  assert_int_equal(crate_html_read(&check.world, CRATE_TEXT("in"),
                                   CRATE_TEXT("<p>a<b>b<i></i></b>c<p><b>d"),
                                   &document),
                   CRATE_OK);
  const CrateHtml *const p = document.root->last->first;
  assert_int_equal(crate_html_text(&document.arena, p, &text), CRATE_OK);
  assert_text(text, "abc");
  assert_int_equal(crate_html_text(&document.arena, p->next, &text), CRATE_OK);
  assert_ptr_equal(text.data, p->next->first->first->text.data);
  crate_html_clear(&document);
}

/// Statements of a page, read by one of the readers.
static CrateStatus
read_page(const CrateWorld *world,
          CrateStatus (*reader)(CrateGraph *graph,
                                const CrateRdfSource *source),
          CrateText bytes,
          CrateText base,
          size_t *count)
{
  CrateTerms *terms = NULL;
  CrateGraph *graph = NULL;
  const CrateRdfSource source = {
    .world = world, .name = CRATE_TEXT("in"), .base = base, .bytes = bytes};
  CrateStatus status = crate_terms_new(world, &terms);
  status = status ? status : crate_graph_new(world, terms, &graph);
  status = status ? status : reader(graph, &source);
  *count = graph ? crate_graph_size(graph) : 0;
  crate_graph_free(graph);
  crate_terms_free(terms);
  return status;
}

static const CrateText base = {"http://example.org/", 19};

/// A bit of everything; &#xE9; as a byte of windows-1252.
#define RDFA                                                                   \
  "<meta charset=latin1><base href='x#y'><body vocab='v/' lang=en "            \
  "prefix='p: q'><div about='[p:a]' typeof='T p:U' rel='a p:b' rev='p:c' "     \
  "inlist><i property='d' content='\xE9'>&amp;</i><b rel=e resource=_:b>"      \
  "</b><p typeof=P property='f g' inlist>x<b>y</b></p></div>"                  \
  "<time property=t>2020</time><p property=h datatype='rdf:HTML'>"             \
  "<b z=1>w</b></p><p property=m datatype='rdf:XMLLiteral'><b>n</b></p>"       \
  "<table><tr><i property=i>j</i><td>k</table>"                                \
  "<p about=k><link property='rdfa:copy' resource=l></p>"                      \
  "<div resource=l typeof='rdfa:Pattern'><b property=n>o</b></div>"

static CrateStatus
read_rdfa(const CrateWorld *world)
{
  size_t count;
  CRATE_TRY(
    read_page(world, crate_html_read_rdfa, CRATE_TEXT(RDFA), base, &count));
  assert_int_equal(count, 34);
  return read_page(world, crate_html_read_rdfa,
                   CRATE_TEXT(ROOT "<p property='rdf:value'>a&amp;<b/></html>"),
                   base, &count);
}

static CrateStatus
read_microdata(const CrateWorld *world)
{
  size_t count;
  CRATE_TRY(read_page(
    world, crate_html_read_microdata,
    CRATE_TEXT("<p itemscope itemid=a itemtype='http://schema.org/A' "
               "itemref='b c'><p id=b><a itemprop='d e' href=f></a>"
               "<data itemprop=g value=3></data><i itemprop=h>a<b>b</b></i>"
               "<link itemprop=additionalType href='j'><p id=c itemscope "
               "itemprop=k itemref=d itemprop-reverse=l><p id=d itemscope "
               "itemprop=m itemref=c>"),
    base, &count));
  assert_int_equal(count, 12);
  return CRATE_OK;
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(read_rdfa) > 20);
  assert_true(check_failing_allocations(read_microdata) > 20);
}

static void
limits_hold(void **state)
{
  (void)state;
  CheckWorld check;
  size_t count;
  check_world_init(&check);
  check.world.limits.path_work = 40;
  assert_int_equal(
    read_page(&check.world, crate_html_read_microdata,
              CRATE_TEXT("<p itemscope itemref=a><p itemscope itemref=a><p "
                         "itemscope itemref=a><div id=a><i></i><i></i><i></i>"
                         "<i></i><i></i><i></i><i></i><i></i><i></i><i></i>"
                         "<i></i><i></i><i></i><i></i><i></i><i></i><i></i>"),
              base, &count),
    CRATE_OVER_LIMIT);
  assert_non_null(strstr(check.said, "[itemref-work]"));
  check_world_init(&check);
  check.world.limits.depth = 4;
  assert_int_equal(read_page(&check.world, crate_html_read_rdfa,
                             CRATE_TEXT("<p><b>\n<i>"), base, &count),
                   CRATE_OVER_LIMIT);
  assert_string_equal(check.said, "in:2:1: elements nested more than 4 deep "
                                  "[invalid-html]");
  check_world_init(&check);
  check.world.limits.document_bytes = 2;
  assert_int_equal(read_page(&check.world, crate_html_read_rdfa,
                             CRATE_TEXT("<p>"), base, &count),
                   CRATE_OVER_LIMIT);
}

static void
a_relative_iri_needs_a_base(void **state)
{
  (void)state;
  CheckWorld check;
  size_t count;
  const CrateText none = {NULL, 0};
  check_world_init(&check);
  assert_int_equal(
    read_page(&check.world, crate_html_read_rdfa,
              CRATE_TEXT("<p about='http://a/' property='rdf:value'>b"), none,
              &count),
    CRATE_OK);
  assert_int_equal(count, 1);
  assert_int_equal(read_page(&check.world, crate_html_read_rdfa,
                             CRATE_TEXT("<p property='rdf:value' inlist>b"),
                             CRATE_TEXT("http://a b/"), &count),
                   CRATE_OK); // not even the page has an IRI
  assert_int_equal(count, 0);
  assert_int_equal(read_page(&check.world, crate_html_read_rdfa,
                             CRATE_TEXT("<p property='rdf:value'>b"), none,
                             &count),
                   CRATE_MALFORMED);
  assert_string_equal(check.said, "in:0:0: a relative IRI, but there is no "
                                  "base IRI; give one with --base "
                                  "[invalid-html]");
}

static void
circles_are_told_once(void **state)
{
  (void)state;
  static const char *const pages[] = {
    "<p itemscope itemref=a id=a>",
    "<p itemscope itemref=a><p itemscope itemprop=b id=a itemref=b><p "
    "itemscope itemprop=c id=b itemref=a>",
  };
  for (size_t i = 0; i < sizeof pages / sizeof *pages; ++i) {
    CheckWorld check;
    size_t count;
    check_world_init(&check);
    assert_int_equal(read_page(&check.world, crate_html_read_microdata,
                               crate_text(pages[i]), base, &count),
                     CRATE_OK);
    assert_int_equal(check.count, 1);
    assert_non_null(strstr(check.said, "[itemref-loop]"));
  }
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(pages_become_the_trees_that_browsers_make),
  cmocka_unit_test(xhtml_is_xml_when_it_is_well_formed),
  cmocka_unit_test(attributes_are_there_once),
  cmocka_unit_test(all_text_is_one_or_a_copy),
  cmocka_unit_test(every_allocation_may_fail),
  cmocka_unit_test(limits_hold),
  cmocka_unit_test(a_relative_iri_needs_a_base),
  cmocka_unit_test(circles_are_told_once),
};

CHECK_MAIN(tests)
