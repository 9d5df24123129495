// SPDX-License-Identifier: Apache-2.0
// HTML 13.2.4.2, and the lists of names of 13.2.6, as one table.
#include "html/tags.h"
#include <stdlib.h>

#define VOID CRATE_HTML_VOID
#define SPECIAL CRATE_HTML_SPECIAL
#define METADATA CRATE_HTML_METADATA
#define RAW CRATE_HTML_RAW_TEXT
#define PART CRATE_HTML_TABLE_PART
// A block that is closed by an end tag of its own.
#define BLOCK (SPECIAL | CRATE_HTML_BLOCK)
#define DIVISION (BLOCK | CRATE_HTML_SCOPED_END)
#define HEADING (BLOCK | CRATE_HTML_HEADING)
#define ITEM (BLOCK | CRATE_HTML_ITEM)
#define LIST (DIVISION | CRATE_HTML_LIST)
#define CELL (SPECIAL | PART | CRATE_HTML_SCOPE)
#define ROW (SPECIAL | PART | CRATE_HTML_TABLE_LIKE)
#define ROWS (ROW | CRATE_HTML_ROWS)
#define OBJECT (SPECIAL | CRATE_HTML_SCOPE | CRATE_HTML_SCOPED_END)

typedef struct Row {
  const char *name;
  CrateHtmlTraits traits;
} Row;

/// Sorted by name.
static const Row rows[] = {
  {"a", CRATE_HTML_LONE},
  {"address", DIVISION},
  {"applet", OBJECT},
  {"area", VOID | SPECIAL},
  {"article", DIVISION},
  {"aside", DIVISION},
  {"base", VOID | SPECIAL | METADATA},
  {"basefont", VOID | SPECIAL | METADATA},
  {"bgsound", VOID | SPECIAL | METADATA},
  {"blockquote", DIVISION},
  {"body", SPECIAL},
  {"br", VOID | SPECIAL},
  {"button", SPECIAL | CRATE_HTML_LONE | CRATE_HTML_SCOPED_END},
  {"caption", CELL},
  {"center", DIVISION},
  {"col", VOID | SPECIAL | PART},
  {"colgroup", SPECIAL | PART},
  {"dd", ITEM},
  {"details", DIVISION},
  {"dialog", DIVISION},
  {"dir", DIVISION},
  {"div", DIVISION},
  {"dl", DIVISION},
  {"dt", ITEM},
  {"embed", VOID | SPECIAL},
  {"fieldset", DIVISION},
  {"figcaption", DIVISION},
  {"figure", DIVISION},
  {"footer", DIVISION},
  {"form", DIVISION},
  {"frame", VOID | SPECIAL},
  {"frameset", SPECIAL},
  {"h1", HEADING},
  {"h2", HEADING},
  {"h3", HEADING},
  {"h4", HEADING},
  {"h5", HEADING},
  {"h6", HEADING},
  {"head", SPECIAL},
  {"header", DIVISION},
  {"hgroup", DIVISION},
  {"hr", BLOCK | VOID},
  {"html", SPECIAL | CRATE_HTML_SCOPE},
  {"iframe", SPECIAL | RAW},
  {"img", VOID | SPECIAL},
  {"input", VOID | SPECIAL},
  {"keygen", VOID | SPECIAL},
  {"li", ITEM},
  {"link", VOID | SPECIAL | METADATA},
  {"listing", DIVISION},
  {"main", DIVISION},
  {"marquee", OBJECT},
  {"math", CRATE_HTML_FOREIGN},
  {"menu", DIVISION},
  {"meta", VOID | SPECIAL | METADATA},
  {"nav", DIVISION},
  {"nobr", CRATE_HTML_LONE},
  {"noembed", SPECIAL | RAW},
  {"noframes", SPECIAL | METADATA | RAW},
  {"noscript", SPECIAL | METADATA},
  {"object", OBJECT},
  {"ol", LIST},
  {"optgroup", CRATE_HTML_LONE},
  {"option", CRATE_HTML_LONE},
  {"p", BLOCK},
  {"param", VOID | SPECIAL},
  {"plaintext", BLOCK},
  {"pre", DIVISION},
  {"script", SPECIAL | METADATA | RAW},
  {"search", DIVISION},
  {"section", DIVISION},
  {"select", SPECIAL},
  {"source", VOID | SPECIAL},
  {"style", SPECIAL | METADATA | RAW},
  {"summary", DIVISION},
  {"svg", CRATE_HTML_FOREIGN},
  {"table", BLOCK | CRATE_HTML_SCOPE | CRATE_HTML_TABLE_LIKE},
  {"tbody", ROWS},
  {"td", CELL},
  {"template", SPECIAL | CRATE_HTML_SCOPE | METADATA},
  {"textarea", SPECIAL | CRATE_HTML_REFERENCES},
  {"tfoot", ROWS},
  {"th", CELL},
  {"thead", ROWS},
  {"title", SPECIAL | METADATA | CRATE_HTML_REFERENCES},
  {"tr", ROW},
  {"track", VOID | SPECIAL},
  {"ul", LIST},
  {"wbr", VOID | SPECIAL},
  {"xmp", BLOCK | RAW},
};

static int
compare(const void *key, const void *row)
{
  const CrateText *const name = (const CrateText *)key;
  return crate_text_compare(*name, crate_text(((const Row *)row)->name));
}

CrateHtmlTraits
crate_html_traits(CrateText name)
{
  const Row *const row = (const Row *)bsearch(
    &name, rows, sizeof rows / sizeof *rows, sizeof *rows, compare);
  return row ? row->traits : 0;
}
