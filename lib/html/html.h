// SPDX-License-Identifier: Apache-2.0
/// @file A web page as a tree: HTML, or XHTML when it is well-formed.
#ifndef CRATE_HTML_HTML_H
#define CRATE_HTML_HTML_H
#include <cratekit/arena.h>

#define CRATE_HTML_CODE "invalid-html"

typedef struct CrateHtmlAttribute {
  CrateText name;  ///< In lower case, but for XHTML.
  CrateText value; ///< Decoded; empty when it has none, never `data` NULL.
} CrateHtmlAttribute;

/// What the parser knows of an element by its name: see tags.h.
typedef uint32_t CrateHtmlTraits;

/// An element, or a text. Comments are left out.
typedef struct CrateHtml CrateHtml;
struct CrateHtml {
  CrateHtml *parent, *first, *last, *previous, *next;
  CrateText name; ///< Of an element, as attributes' names; of a text empty.
  CrateText text; ///< Of a text, decoded.
  CrateHtmlAttribute *attributes;
  uint32_t attribute_count;
  CrateHtmlTraits traits;
  uint32_t offset; ///< Byte of the page it starts at.
  uint32_t mark;   ///< 0, for whoever walks the tree.
};

typedef struct CrateHtmlDocument {
  const CrateWorld *world;
  CrateText name;  ///< For diagnostics.
  CrateText bytes; ///< In UTF-8: the caller's, or a copy in the arena.
  CrateArena arena;
  CrateHtml *root;
  bool is_xml;    ///< Was well-formed, and said to be XHTML.
  bool is_xhtml1; ///< Its doctype is of XHTML 1.
} CrateHtmlDocument;

/**
   Read a page. HTML is forgiving: there is a tree of any bytes.

   @param name  Borrowed until the document is cleared, as are the bytes.
   @return CRATE_OVER_LIMIT for what is nested too deep or has too many
   attributes, CRATE_UNSUPPORTED for other encodings than UTF-8, UTF-16 and
   windows-1252; both are said. The document is to be cleared in any case.
*/
CRATE_NODISCARD CrateStatus crate_html_read(const CrateWorld *world,
                                            CrateText name,
                                            CrateText bytes,
                                            CrateHtmlDocument *document);

void crate_html_clear(CrateHtmlDocument *document);

/// The value of an attribute, NULL when it is not there.
const CrateText *crate_html_get(const CrateHtml *element, const char *name);

static inline bool
crate_html_is(const CrateHtml *node, const char *name)
{
  return crate_text_is(node->name, name);
}

/// The next node in the order of the document, below `top`; NULL at its end.
CrateHtml *crate_html_next(const CrateHtml *node, const CrateHtml *top);

/// The same, but what is in the node is stepped over.
CrateHtml *crate_html_skip(const CrateHtml *node, const CrateHtml *top);

/// All text below an element: a view of the one there is, or a copy.
CRATE_NODISCARD CrateStatus crate_html_text(CrateArena *arena,
                                            const CrateHtml *element,
                                            CrateText *out);

#endif // CRATE_HTML_HTML_H
