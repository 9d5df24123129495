// SPDX-License-Identifier: Apache-2.0
/// @file Words of strangers on a page: never markup, never a script's link,
/// never longer than a person would read.
#ifndef CRATE_CONVERT_PAGES_TEXT_H
#define CRATE_CONVERT_PAGES_TEXT_H
#include <cratekit/buffer.h>

/// Bytes of one text that a page shows.
#define CRATE_PAGE_TEXT 8000u

/// Bytes of a name.
#define CRATE_PAGE_NAME 200u

/// The first bytes of a text, no character cut in two.
CrateText crate_text_cut(CrateText text, size_t most);

/// Content of XML and HTML, line breaks kept, and a word about the rest of a
/// text that is very long.
void crate_page_text(CrateBuffer *buffer, CrateText text);

/// The same in one line, as content or attribute: what is longer than a name
/// ends in an ellipsis.
void crate_page_name(CrateBuffer *buffer, CrateText text);

/// Whether a page may link there: http and https, and files of the crate,
/// which have no scheme and do not lead out of it.
bool crate_page_is_link(CrateText reference);

/// The value of href, between the quotes, of what may be linked to.
void crate_page_href(CrateBuffer *buffer, CrateText reference);

/// Take the next line off a text that is broken into lines of so many columns
/// (wide letters take two), at spaces or after punctuation where there are any.
CrateText crate_text_next_line(CrateText *text, size_t columns);

#endif // CRATE_CONVERT_PAGES_TEXT_H
