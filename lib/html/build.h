// SPDX-License-Identifier: Apache-2.0
/// @file A page's tree in the making.
#ifndef CRATE_HTML_BUILD_H
#define CRATE_HTML_BUILD_H
#include "html/decode.h"
#include "html/tags.h"
#include "html/token.h"

// Of one element. Looking one up takes as long as there are many.
#define CRATE_HTML_MOST_ATTRIBUTES 1024u

typedef struct CrateHtmlBuilder {
  CrateHtmlDocument *document;
  CrateText rest;   ///< Of the page.
  CrateHtml **open; ///< The stack of open elements, 13.2.4.2.
  size_t count, capacity;
  CrateHtml *html, *head, *body; ///< NULL until there is one.
} CrateHtmlBuilder;

/// The element that is filled; NULL at the very start.
static inline CrateHtml *
crate_html_current(const CrateHtmlBuilder *builder)
{
  return builder->count ? builder->open[builder->count - 1u] : NULL;
}

/// Give a node the name of a tag, and what is known of it.
CRATE_NODISCARD CrateStatus crate_html_name(CrateHtmlBuilder *builder,
                                            const CrateHtmlToken *tag,
                                            CrateHtml *out);

/// A new element with the attributes of a tag, nowhere yet.
CRATE_NODISCARD CrateStatus crate_html_make(CrateHtmlBuilder *builder,
                                            const CrateHtmlToken *tag,
                                            CrateHtml **out);

/// A new element that the page left out.
CRATE_NODISCARD CrateStatus crate_html_make_implied(CrateHtmlBuilder *builder,
                                                    const char *name,
                                                    const char *at,
                                                    CrateHtml **out);

/// A new text.
CRATE_NODISCARD CrateStatus crate_html_make_text(CrateHtmlBuilder *builder,
                                                 CrateText raw,
                                                 CrateHtmlSort sort,
                                                 CrateHtml **out);

/// Give an element the attributes of a tag that it does not have.
CRATE_NODISCARD CrateStatus crate_html_add_attributes(CrateHtmlBuilder *builder,
                                                      const CrateHtmlToken *tag,
                                                      CrateHtml *element);

/// Put a node under a parent: before one of its children, or (NULL) last.
void crate_html_insert(CrateHtml *parent, CrateHtml *before, CrateHtml *node);

/// Open an element. CRATE_OVER_LIMIT, said, when it is nested too deep.
CRATE_NODISCARD CrateStatus crate_html_open(CrateHtmlBuilder *builder,
                                            CrateHtml *element);

/// Read by the rules of XML. CRATE_MALFORMED, not said, when it is none.
CRATE_NODISCARD CrateStatus crate_html_build_xml(CrateHtmlBuilder *builder);

/// Read by the rules of HTML.
CRATE_NODISCARD CrateStatus crate_html_build(CrateHtmlBuilder *builder);

#endif // CRATE_HTML_BUILD_H
