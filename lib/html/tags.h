// SPDX-License-Identifier: Apache-2.0
/// @file What HTML's parser has to know of elements, by name.
#ifndef CRATE_HTML_TAGS_H
#define CRATE_HTML_TAGS_H
#include "html/html.h"

enum {
  CRATE_HTML_VOID = 1u << 0,        ///< Never has content.
  CRATE_HTML_SPECIAL = 1u << 1,     ///< End tags of others stop at it.
  CRATE_HTML_BLOCK = 1u << 2,       ///< Its start tag ends a paragraph.
  CRATE_HTML_SCOPE = 1u << 3,       ///< Nothing is looked for outside of it.
  CRATE_HTML_METADATA = 1u << 4,    ///< Belongs into the head.
  CRATE_HTML_RAW_TEXT = 1u << 5,    ///< Holds no markup.
  CRATE_HTML_REFERENCES = 1u << 6,  ///< Holds no markup, but references.
  CRATE_HTML_HEADING = 1u << 7,     ///< One ends another.
  CRATE_HTML_ITEM = 1u << 8,        ///< li, dd, dt: one ends its like.
  CRATE_HTML_LIST = 1u << 9,        ///< No list item is looked for outside.
  CRATE_HTML_ROWS = 1u << 10,       ///< tbody, thead, tfoot.
  CRATE_HTML_TABLE_PART = 1u << 11, ///< What tables are made of.
  CRATE_HTML_TABLE_LIKE = 1u << 12, ///< Holds parts only: others go before it.
  CRATE_HTML_LONE = 1u << 13,       ///< One in another ends that one.
  CRATE_HTML_FOREIGN = 1u << 14,    ///< svg, math, and what is in them.
  CRATE_HTML_SCOPED_END = 1u << 15, ///< Its end tag looks within its scope.
};

/// Of a name in lower case; 0 when there is nothing to know.
CrateHtmlTraits crate_html_traits(CrateText name);

#endif // CRATE_HTML_TAGS_H
