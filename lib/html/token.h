// SPDX-License-Identifier: Apache-2.0
/// @file Tags and texts of a web page, one after another (HTML 13.2.5).
#ifndef CRATE_HTML_TOKEN_H
#define CRATE_HTML_TOKEN_H
#include <cratekit/text.h>

typedef enum {
  CRATE_HTML_END, ///< Of the page; a tag that it cuts off is none.
  CRATE_HTML_TEXT,
  CRATE_HTML_CDATA, ///< A text without references.
  CRATE_HTML_START_TAG,
  CRATE_HTML_END_TAG,
  CRATE_HTML_OTHER, ///< A comment, a doctype, an instruction.
} CrateHtmlTokenKind;

/// A piece of the page. Everything is a view into it, nothing is decoded.
typedef struct CrateHtmlToken {
  CrateHtmlTokenKind kind;
  CrateText name;       ///< Of a tag, as written.
  CrateText text;       ///< All of a text; what is behind the name of a tag.
  const char *at;       ///< Where it starts.
  bool is_self_closing; ///< A start tag that ends in "/>".
} CrateHtmlToken;

/// Step over the next piece. Linear in what it steps over.
/// @param is_xml Sections of CDATA are texts, instructions end in "?>".
void crate_html_next_token(CrateText *page, bool is_xml, CrateHtmlToken *token);

/// One attribute, as written.
typedef struct CrateHtmlPart {
  CrateText name;
  CrateText value; ///< `data` NULL when it has none.
  bool is_quoted;
} CrateHtmlPart;

/// Take one attribute off a start tag's text; false when there is no more.
bool crate_html_next_attribute(CrateText *text, CrateHtmlPart *part);

/// Take what is in an element that holds no markup: up to its end tag.
CrateText crate_html_take_raw(CrateText *page, CrateText name);

static inline bool
crate_html_is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

#endif // CRATE_HTML_TOKEN_H
