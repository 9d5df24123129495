// SPDX-License-Identifier: Apache-2.0
/// @file From the bytes of a page to its characters.
#ifndef CRATE_HTML_DECODE_H
#define CRATE_HTML_DECODE_H
#include "html/html.h"

/// Have a document's bytes in UTF-8: by its byte order mark, by what it says
/// itself (HTML 13.2.3), else they are. What is no character becomes U+FFFD.
CRATE_NODISCARD CrateStatus
crate_html_decode_bytes(CrateHtmlDocument *document);

/// Where a text stands.
typedef enum {
  CRATE_HTML_RAW,     ///< No references: scripts and their like.
  CRATE_HTML_CONTENT, ///< Of an element.
  CRATE_HTML_VALUE,   ///< Of an attribute: "&copy=" is no reference.
} CrateHtmlSort;

/// Resolve references, make line ends one.
/// @param strict Answer CRATE_MALFORMED for what is no reference: XHTML.
/// @param out The part itself where there are none, else a copy.
CRATE_NODISCARD CrateStatus crate_html_decode(CrateArena *arena,
                                              CrateText raw,
                                              CrateHtmlSort sort,
                                              bool strict,
                                              CrateText *out);

/// The code point of a byte of windows-1252.
uint32_t crate_html_windows_1252(uint32_t byte);

/// HTML's named character references: lines of a name, as it stands behind the
/// "&", and code points in hexadecimal digits, sorted by name.
CrateText crate_html_characters(void);

#endif // CRATE_HTML_DECODE_H
